"""Judgements: which products people rated how well for which query, read from CSV or JSONL.

CSV has a header and the columns ``query``, ``docid``, ``rating``; JSONL has an object a line with the same keys.
A product may also be named by ``product_id`` or ``id``. Unlike a catalogue, a file of judgements with a bad row
is refused as a whole: a figure over part of it would look like a figure over all of it.
"""

from __future__ import annotations

import csv
import gzip
import json
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, TypeAlias

from bowerbird.domain.errors import FormatError, InputError, NotFoundError

Judgements: TypeAlias = "dict[str, dict[str, float]]"
"""Ratings by query, then by product id, in the order of the file."""

_PRODUCT_COLUMNS = ("docid", "product_id", "id")
_COLUMNS = "the columns query, docid, rating"
_MAX_LINE = 1_000_000
_MAX_CELL = 100_000


def read_judgements(path: Path) -> Judgements:
    """Read a ``.csv``, ``.tsv`` or ``.jsonl`` file, also ``.gz``.

    Raises NotFoundError for a missing file, FormatError for one that is no table of judgements and
    InputError, with the line, for a row that cannot be used.
    """
    if not path.is_file():
        raise NotFoundError(f"no judgements file at {path}")
    judgements: Judgements = {}
    for where, row in _rows(path):
        query, product, rating = _read_row(row, where)
        ratings = judgements.setdefault(query, {})
        if ratings.setdefault(product, rating) != rating:
            raise InputError(
                f"{product!r} is rated twice for {query!r}",
                field="rating",
                where=where,
                found=rating,
                expected=f"{ratings[product]:g}, as before, or one row",
            )
    if not judgements:
        raise FormatError("the file holds no judgements", where=path.name, expected=_COLUMNS)
    return judgements


def _rows(path: Path) -> Iterator[tuple[str, Mapping[str, object]]]:
    kinds = [suffix for suffix in path.suffixes if suffix != ".gz"]
    kind = kinds[-1].lower() if kinds else ""
    try:
        with _open(path) as lines:
            if kind in (".jsonl", ".ndjson"):
                yield from _json_rows(path.name, lines)
            elif kind in (".csv", ".tsv"):
                yield from _table_rows(path.name, lines, "\t" if kind == ".tsv" else ",")
            else:
                raise FormatError("unknown kind of judgements", where=path.name, expected=".csv, .tsv or .jsonl")
    except UnicodeDecodeError as error:
        raise FormatError("the file is not UTF-8", where=path.name, found=error.object[error.start :][:8]) from error
    except (gzip.BadGzipFile, EOFError) as error:
        raise FormatError("the file is not a whole gzip file", where=path.name) from error


def _open(path: Path) -> IO[str]:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def _table_rows(name: str, lines: IO[str], delimiter: str) -> Iterator[tuple[str, Mapping[str, object]]]:
    reader = csv.DictReader(lines, delimiter=delimiter, strict=True)
    try:
        header = [column.strip().lower() for column in reader.fieldnames or ()]
        if not {"query", "rating"}.issubset(header) or not set(_PRODUCT_COLUMNS).intersection(header):
            raise FormatError("columns are missing", where=f"{name}, line 1", found=header, expected=_COLUMNS)
        reader.fieldnames = header
        for row in reader:
            where = f"{name}, line {reader.line_num}"
            if None in row:
                raise InputError(
                    "the row has too many fields", where=where, found=row[None], expected=f"{len(header)} fields"
                )
            # The reader's own limit belongs to the whole process, where an import may have raised it.
            if any(len(value) > _MAX_CELL for value in row.values() if value):
                raise FormatError("a field is too long", where=where, expected=f"at most {_MAX_CELL:,} characters")
            yield where, row
    except csv.Error as error:
        raise FormatError(str(error), where=f"{name}, line {reader.line_num}", expected=_COLUMNS) from error


def _json_rows(name: str, lines: IO[str]) -> Iterator[tuple[str, Mapping[str, object]]]:
    for number, line in enumerate(lines, start=1):
        where = f"{name}, line {number}"
        if not line.strip():
            continue
        if len(line) > _MAX_LINE:
            raise InputError("the line is too long", where=where, expected=f"at most {_MAX_LINE} characters")
        try:
            row = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            raise InputError("the line is no JSON", where=where, found=line.strip()) from error
        if not isinstance(row, dict):
            raise InputError("the line is no object", where=where, found=row, expected=_COLUMNS)
        yield where, row


def _read_row(row: Mapping[str, object], where: str) -> tuple[str, str, float]:
    query, rating = row.get("query"), row.get("rating")
    product = next((row[column] for column in _PRODUCT_COLUMNS if row.get(column) not in (None, "")), None)
    if not isinstance(query, str) or not query.strip():
        raise InputError("no query", field="query", where=where, found=query, expected="words")
    if isinstance(product, bool) or not isinstance(product, str | int) or not str(product).strip():
        raise InputError("no product", field="docid", where=where, found=product, expected="a product's id")
    return query.strip(), str(product).strip(), _read_rating(rating, where)


def _read_rating(value: object, where: str) -> float:
    expected = "a number of at least 0"
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise InputError("no rating", field="rating", where=where, found=value, expected=expected)
    try:
        rating = float(value)
    except ValueError as error:
        raise InputError("no rating", field="rating", where=where, found=value, expected=expected) from error
    if not math.isfinite(rating) or rating < 0:
        raise InputError("the rating is out of range", field="rating", where=where, found=value, expected=expected)
    return rating
