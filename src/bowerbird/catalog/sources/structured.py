"""JSONL, JSON, YAML and Parquet to raw rows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import orjson

from bowerbird.catalog.limits import ImportLimits
from bowerbird.catalog.sources.opening import Opened, has_escaped_bytes, read_document, read_lines
from bowerbird.catalog.sources.rows import BadRow, RawItem, RawRow
from bowerbird.domain.errors import FormatError, InputError, shorten

LIST_KEYS = ("products", "items", "data", "records", "results")


def read_json_lines(opened: Opened, limits: ImportLimits) -> Iterator[RawItem]:
    """One JSON object a line; a line that is none is a bad row."""
    name = opened.path.name
    for line, text in enumerate(read_lines(opened, limits), start=1):
        if not text.strip():
            continue
        try:
            if has_escaped_bytes(text):
                raise InputError("bytes that are not UTF-8", found=shorten(text), expected="UTF-8")
            value = orjson.loads(text)
            check_record(value, limits)
        except orjson.JSONDecodeError as error:
            yield BadRow(name, line, InputError(f"not JSON: {error}", expected="one JSON object a line"), text)
        except InputError as error:
            yield BadRow(name, line, error, text)
        else:
            yield RawRow(name, line, value)


def read_json_document(opened: Opened, limits: ImportLimits) -> Iterator[RawItem]:
    """A JSON array of objects, an object that holds one under ``products`` or the like, or one product."""
    name = opened.path.name
    try:
        document = orjson.loads(read_document(opened, limits))
    except orjson.JSONDecodeError as error:
        raise FormatError(f"not JSON: {error}", where=str(opened.path), expected="a JSON array of products") from error
    rows: object = document
    if isinstance(document, dict):
        rows = next((document[key] for key in LIST_KEYS if isinstance(document.get(key), list)), [document])
    if not isinstance(rows, list):
        raise FormatError("no list of products", where=str(opened.path), found=document, expected="a JSON array")
    for line, value in enumerate(rows, start=1):
        yield checked_row(name, line, value, limits)


def read_parquet(path: Path, limits: ImportLimits) -> Iterator[RawItem]:
    """The rows of a Parquet file, a thousand at a time. Raises FormatError."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            _check_parquet(file, path, limits)
            line = 0
            for batch in file.iter_batches(batch_size=1_000):
                for value in batch.to_pylist():
                    line += 1
                    yield checked_row(path.name, line, value, limits)
    except (pa.ArrowException, OSError, OverflowError) as error:
        raise FormatError(f"the Parquet file cannot be read ({error})", where=str(path), expected="Parquet") from error


def checked_row(file: str, line: int, value: object, limits: ImportLimits) -> RawItem:
    """A row that is an object within the limits, or the bad row that it is."""
    try:
        check_record(value, limits)
    except InputError as error:
        return BadRow(file, line, error, value)
    assert isinstance(value, dict)
    return RawRow(file, line, value)


def check_record(value: object, limits: ImportLimits) -> None:
    """Raise InputError unless ``value`` is an object of bounded width, depth and field length."""
    if not isinstance(value, dict):
        raise InputError("the row is not an object", found=value, expected="names and values")
    if len(value) > limits.max_columns:
        raise InputError("too many columns", found=f"{len(value):,}", expected=f"at most {limits.max_columns:,}")
    for name, entry in value.items():
        if type(entry) is str:
            if len(entry) > limits.max_field_chars:
                raise InputError(
                    "the field is too long", field=str(name), found=f"{len(entry):,} characters",
                    expected=f"at most {limits.max_field_chars:,}",
                )  # fmt: skip
        elif isinstance(entry, dict | list):
            check_depth(entry, limits, str(name))


def check_depth(value: object, limits: ImportLimits, field: str) -> None:
    """Raise InputError where lists and objects are nested too deeply or hold texts too long; uses no recursion."""
    level = [value]
    for _ in range(limits.max_depth):
        below: list[object] = []
        for entry in level:
            if isinstance(entry, dict):
                below.extend(entry.values())
            elif isinstance(entry, list | tuple):
                below.extend(entry)
            elif isinstance(entry, str) and len(entry) > limits.max_field_chars:
                raise InputError(
                    "the field is too long", field=field, found=f"{len(entry):,} characters",
                    expected=f"at most {limits.max_field_chars:,}",
                )  # fmt: skip
        if not below:
            return
        level = below
    raise InputError("nested too deeply", field=field, expected=f"at most {limits.max_depth} levels")


def _check_parquet(file: object, path: Path, limits: ImportLimits) -> None:
    metadata = file.metadata  # type: ignore[attr-defined]
    if metadata.num_columns > limits.max_columns:
        raise FormatError(
            "too many columns", where=str(path), found=f"{metadata.num_columns:,}",
            expected=f"at most {limits.max_columns:,}",
        )  # fmt: skip
    largest = max((metadata.row_group(at).total_byte_size for at in range(metadata.num_row_groups)), default=0)
    if largest > 4 * limits.max_document_bytes:
        raise FormatError(
            "a row group is too large", where=str(path), found=f"{largest:,} bytes",
            expected=f"at most {4 * limits.max_document_bytes:,}",
        )  # fmt: skip
