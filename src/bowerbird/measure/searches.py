"""How often queries are searched, read from CSV: the columns ``query`` and ``searches``."""

from __future__ import annotations

import csv
import math
from pathlib import Path

from bowerbird.domain.errors import FormatError, InputError, NotFoundError

_COLUMNS = "the columns query, searches"


def read_searches(path: Path) -> dict[str, float]:
    """Searches by query; rows of one query are added up.

    Raises NotFoundError for a missing file, FormatError for one that is no such table and InputError, with the line,
    for a row that cannot be used.
    """
    if not path.is_file():
        raise NotFoundError(f"no file of searches at {path}")
    searches: dict[str, float] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines, strict=True)
            header = [column.strip().lower() for column in reader.fieldnames or ()]
            if not {"query", "searches"}.issubset(header):
                raise FormatError("columns are missing", where=f"{path.name}, line 1", found=header, expected=_COLUMNS)
            reader.fieldnames = header
            for row in reader:
                query = (row["query"] or "").strip()
                count = _read_count(row["searches"], f"{path.name}, line {reader.line_num}")
                searches[query] = searches.get(query, 0.0) + count
    except UnicodeDecodeError as error:
        raise FormatError("the file is not UTF-8", where=path.name) from error
    except csv.Error as error:
        raise FormatError(str(error), where=path.name, expected=_COLUMNS) from error
    return searches


def _read_count(text: str | None, where: str) -> float:
    try:
        count = float(text or "")
    except ValueError:
        count = math.nan
    if not math.isfinite(count) or count < 0:
        raise InputError("no count", field="searches", where=where, found=text, expected="a number of at least 0")
    return count
