"""``--map field=column``: which column of a file is which field of the canonical record.

A column may be nested (``price=offer.price``; through a list it gathers every entry), a template over columns
(``images=photos/{sku}.jpg``), or, for ``attributes`` only, a prefix (``attributes=attr_*``). Several columns of one
field are parted by commas (``categories=department,kind`` makes one path of them; other fields take the first filled).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from bowerbird.catalog.records import PRODUCT_FIELDS
from bowerbird.domain.errors import SettingError

_TEMPLATE = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """A checked mapping: columns by field, and the prefixes and columns that make attributes."""

    columns: Mapping[str, tuple[str, ...]]
    prefixes: tuple[str, ...] = ()

    @property
    def names_attributes(self) -> bool:
        """Whether the mapping says which columns are attributes, so that no other ones are."""
        return bool(self.prefixes) or "attributes" in self.columns

    def wanted(self) -> set[str]:
        """Every column that has to be in the file, prefixes with their star."""
        named = {column for columns in self.columns.values() for column in columns}
        plain = {column for column in named if not _TEMPLATE.search(column)}
        return (
            plain | {name for column in named for name in _TEMPLATE.findall(column)} | {p + "*" for p in self.prefixes}
        )

    def used(self) -> set[str]:
        """The columns that are spent on fields; those that a template only quotes keep their own role."""
        named = {column for columns in self.columns.values() for column in columns if not _TEMPLATE.search(column)}
        return named | {column.partition(".")[0] for column in named}


def parse_mapping(mapping: Mapping[str, str] | Iterable[str]) -> ColumnMap:
    """Check ``field=column`` pairs, given as a dictionary or as texts. Raises SettingError naming the nearest field."""
    pairs = mapping.items() if isinstance(mapping, Mapping) else [_pair(text) for text in mapping]
    columns: dict[str, tuple[str, ...]] = {}
    prefixes: list[str] = []
    for name, column in pairs:
        if name not in PRODUCT_FIELDS:
            near = get_close_matches(name, PRODUCT_FIELDS, n=1, cutoff=0.5)
            expected = f"{near[0]} (the nearest field)" if near else "one of " + ", ".join(PRODUCT_FIELDS)
            raise SettingError("the mapping names an unknown field", field="map", found=name, expected=expected)
        parts = [column] if "{" in column else [part.strip() for part in column.split(",") if part.strip()]
        if not parts:
            raise SettingError("the mapping names no column", field="map", found=f"{name}=", expected=f"{name}=column")
        stars = [part[:-1] for part in parts if part.endswith("*")]
        if stars and name != "attributes":
            raise SettingError(
                "only attributes take a prefix", field="map", found=f"{name}={column}", expected="a column"
            )
        prefixes += stars
        named = tuple(part for part in parts if not part.endswith("*"))
        if named:
            columns[name] = columns.get(name, ()) + named
    return ColumnMap(columns, tuple(prefixes))


def require_columns(mapping: ColumnMap, rows: Iterable[Mapping[str, object]]) -> None:
    """Raise SettingError for a mapped column that none of ``rows`` has; reads no further than it must."""
    missing = mapping.wanted()
    known: dict[str, None] = {}
    for row in rows:
        if not missing:
            return
        known.update(dict.fromkeys(row))
        missing = {column for column in missing if not _is_in(column, row)}
    if missing:
        column = min(missing)
        near = get_close_matches(column, known, n=1, cutoff=0.4)
        names = ", ".join(list(known)[:30])
        expected = f"{near[0]} (the nearest column)" if near else f"one of: {names}"
        raise SettingError("the mapping names a column that no row has", field="map", found=column, expected=expected)


def look_up(row: Mapping[str, object], column: str) -> object:
    """The value of a column, a nested path or a template; None where the row has none."""
    if column in row:
        return row[column]
    if "{" in column:
        return _filled(row, column)
    value: object = row
    for name in column.split("."):
        value = _step(value, name)
    return value


def has_column(row: Mapping[str, object], column: str) -> bool:
    """Whether a row has a column or the start of a nested path."""
    return column in row or ("." in column and column.partition(".")[0] in row and look_up(row, column) is not None)


def _is_in(column: str, row: Mapping[str, object]) -> bool:
    if column.endswith("*"):
        return any(name.startswith(column[:-1]) for name in row)
    return has_column(row, column)


def _step(value: object, name: str) -> object:
    if isinstance(value, Mapping):
        return value.get(name)
    if isinstance(value, list):
        found = [_step(entry, name) for entry in value]
        return [entry for entry in found if entry is not None] or None
    return None


def _filled(row: Mapping[str, object], template: str) -> str | None:
    values = {name: look_up(row, name) for name in _TEMPLATE.findall(template)}
    if any(value is None or value == "" for value in values.values()):
        return None
    return _TEMPLATE.sub(lambda match: str(values[match[1]]), template)


def _pair(text: str) -> tuple[str, str]:
    name, sign, column = text.partition("=")
    if not sign:
        raise SettingError("not a mapping", field="map", found=text, expected="field=column")
    return name.strip(), column.strip()
