"""CSV and TSV to raw rows, whatever platform wrote them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass

from bowerbird.catalog.limits import ImportLimits
from bowerbird.catalog.sources.opening import Opened, has_escaped_bytes, read_lines
from bowerbird.catalog.sources.rows import BadRow, RawItem, RawRow
from bowerbird.domain.errors import FormatError, InputError

DELIMITERS = (",", "\t", ";", "|")


@dataclass(frozen=True, slots=True)
class Table:
    """A text file of rows and columns whose header was read."""

    opened: Opened
    delimiter: str
    header: tuple[str, ...]
    limits: ImportLimits

    def rows(self) -> Iterator[RawItem]:
        """Every row below the header, read again from the start on each call."""
        name = self.opened.path.name
        for line, cells in _cells(self):
            if isinstance(cells, InputError):
                yield BadRow(name, line, cells, None)
                continue
            values = dict(zip(self.header, cells, strict=False))
            error = self._fault(cells)
            if error is None:
                yield RawRow(name, line, values)
            else:
                yield BadRow(name, line, error, {**values, **_surplus(self.header, cells)})

    def _fault(self, cells: list[str]) -> InputError | None:
        extra = cells[len(self.header) :]
        if len(cells) < len(self.header) or any(extra):
            return InputError(
                "the row has another number of columns than the header",
                found=f"{len(cells)} columns",
                expected=f"{len(self.header)}",
            )
        row = "".join(cells)
        if len(row) <= self.limits.max_field_chars and "\x00" not in row and not has_escaped_bytes(row):
            return None
        for column, cell in zip(self.header, cells, strict=False):
            if "\x00" in cell:
                return InputError("a NUL byte", field=column, found=cell, expected="text")
            if has_escaped_bytes(cell):
                raw = cell.encode("utf-8", "surrogateescape")
                return InputError("bytes that are not UTF-8", field=column, found=raw, expected="UTF-8")
            if len(cell) > self.limits.max_field_chars:
                return InputError(
                    "the field is too long", field=column, found=f"{len(cell):,} characters",
                    expected=f"at most {self.limits.max_field_chars:,}",
                )  # fmt: skip
        return None


def open_table(opened: Opened, limits: ImportLimits) -> Table:
    """Read the header; the delimiter is the one it holds most of. Raises FormatError for an unusable header."""
    where = str(opened.path)
    first = next((line for line in opened.sample.splitlines() if line.strip()), "")
    delimiter = max(DELIMITERS, key=_outside_quotes(first).count)
    table = Table(opened, delimiter, (), limits)
    header = next((cells for _, cells in _all_cells(table)), [])
    if isinstance(header, InputError):
        raise FormatError("the header cannot be read", where=where, found=header.message, expected="column names")
    if len(header) > limits.max_columns:
        raise FormatError(
            "too many columns", where=where, found=f"{len(header):,}", expected=f"at most {limits.max_columns:,}"
        )
    names = [cell.strip().lstrip("\ufeff") for cell in header]
    while names and not names[-1]:
        names.pop()
    names = [name or f"column {position + 1}" for position, name in enumerate(names)]
    twice = next((name for position, name in enumerate(names) if name in names[:position]), None)
    if twice is not None and len(set(names)) <= len(names) // 2:
        raise FormatError("columns share their names", where=where, found=twice, expected="a header of column names")
    return Table(opened, delimiter, _distinct(names), limits)


def _distinct(names: list[str]) -> tuple[str, ...]:
    """Names without repeats: the second ``image`` becomes ``image#2``."""
    seen: dict[str, int] = {}
    distinct = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        distinct.append(name if seen[name] == 1 else f"{name}#{seen[name]}")
    return tuple(distinct)


def _cells(table: Table) -> Iterator[tuple[int, list[str] | InputError]]:
    rows = _all_cells(table)
    next(rows, None)
    return rows


def _all_cells(table: Table) -> Iterator[tuple[int, list[str] | InputError]]:
    """Every row that is not blank with the number of its first line."""
    # The limit is one for the whole process, and only ever raised; the check by field is ours.
    csv.field_size_limit(max(csv.field_size_limit(), table.limits.max_row_bytes))
    reader = csv.reader(read_lines(table.opened, table.limits), delimiter=table.delimiter)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, InputError("the row cannot be read", found=str(error), expected="CSV")
            continue
        if any(cell.strip() for cell in cells):
            yield line, cells


def _surplus(header: tuple[str, ...], cells: list[str]) -> dict[str, str]:
    return {f"column {position + 1}": cells[position] for position in range(len(header), len(cells))}


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])
