"""A folder of Magento sample data, read as one catalogue.

Product CSVs in the platform's own columns go through ``magento``. The rest is the samples' own shape: products with
lists divided by newlines inside cells, photos in ``images_*.csv``, category trees in ``categories.csv``, reviews in
``*reviews*.csv`` (stars, or percent above 5), links in ``related.csv``, ``crosssell.csv`` and ``upsell.csv``, where
the same file may lie in several folders. In these newline lists every product counts, whatever its visibility.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bowerbird.catalog.attributes import attribute_name, parse_values
from bowerbird.catalog.categories import path_of_names, without_ancestors
from bowerbird.catalog.sources.grouping import cell, choose_price
from bowerbird.catalog.sources.magento import read_magento
from bowerbird.catalog.sources.opening import look_into
from bowerbird.catalog.sources.rows import BadRow, Item, RawRow, Reading, Record, SkippedRow
from bowerbird.catalog.sources.tables import Table, open_table
from bowerbird.domain.errors import FormatError, InputError

_LINK_KINDS = ("related", "crosssell", "upsell")
_OWN_COLUMNS = frozenset(
    "category name sku price special_price qty description short_description attribute_set visibility url_key new sale"
    " product_type image".split()
)


@dataclass(slots=True)
class _Beside:
    """What stands in other files than the products: light, so all of it is held."""

    images: dict[str, list[str]] = field(default_factory=dict)
    reviews: dict[str, list[dict[str, object]]] = field(default_factory=dict)
    review_places: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    links: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    paths: dict[str, list[list[str]]] = field(default_factory=dict)
    bad: list[BadRow] = field(default_factory=list)

    def complete(self, record: Record) -> Record:
        """The record with what the other files know of it."""
        sku = str(record.fields.get("id"))
        if sku in self.images:
            record.fields["images"] = self.images[sku]
        if sku in self.reviews:
            record.fields["reviews"] = self.reviews[sku]
            self.review_places.pop(sku, None)
        if sku in self.links:
            record.fields["links"] = self.links[sku]
        return record


def is_sample_folder(folder: Path) -> bool:
    """Whether a folder holds CSVs of Magento products."""
    return any(_kind(path) in ("products", "export") for path in _tables(folder))


def read_samples(folder: Path, reading: Reading) -> Iterator[Item]:
    """Records of all products below a folder, each complete with its photos, reviews and links."""
    beside = _Beside()
    products: list[tuple[Path, str]] = []
    for path in _tables(folder):
        kind = _kind(path)
        if kind in ("products", "export"):
            products.append((path, kind))
        elif kind:
            _read_beside(beside, path, kind, reading)
    if not products:
        raise FormatError("no product files in the folder", where=str(folder), expected="Magento CSVs")
    yield from beside.bad
    for path, kind in products:
        table = _table(path, reading)
        items = read_magento(table.rows, reading) if kind == "export" else _read_lists(table, beside, reading)
        for item in items:
            yield beside.complete(item) if isinstance(item, Record) else item
    for places in beside.review_places.values():
        for file, line in places:
            yield SkippedRow(file, line, "a review of a product that is not here")


def _tables(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.csv") if path.is_file())


def _kind(path: Path) -> str:
    """What a file of a sample folder holds, by its header, and links by the file's name too."""
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        header = {cell.strip().strip('"') for cell in file.readline().split(",")}
    if {"sku", "linked_sku"} <= header:
        return path.stem if path.stem in _LINK_KINDS else ""
    if {"sku", "rating_value"} <= header or {"sku", "review"} <= header:
        return "reviews"
    if {"sku", "product_type"} <= header or {"sku", "additional_attributes"} <= header:
        return "export"
    if {"sku", "name", "price"} <= header:
        return "products"
    if {"sku", "image"} == header:
        return "images"
    return "categories" if {"name", "path", "url_key"} <= header else ""


def _table(path: Path, reading: Reading) -> Table:
    return open_table(look_into(path, reading.limits, reading.encoding), reading.limits)


def _read_beside(beside: _Beside, path: Path, kind: str, reading: Reading) -> None:
    for row in _table(path, reading).rows():
        if isinstance(row, BadRow):
            beside.bad.append(row)
            continue
        sku = cell(row.values, "sku")
        if kind == "images":
            held = beside.images.setdefault(sku, [])
            held += [name for name in _lines(cell(row.values, "image")) if name not in held]
        elif kind == "reviews":
            _add_review(beside, row, sku)
        elif kind == "categories":
            name, above = cell(row.values, "name"), cell(row.values, "path")
            names = [*(part for part in re.split(r"[/\n]", above) if part), name]
            if names not in beside.paths.setdefault(name, []):
                beside.paths[name].append(names)
        else:
            held = beside.links.setdefault(sku, {}).setdefault(kind, [])
            held += [linked for linked in _lines(cell(row.values, "linked_sku")) if linked not in held]


def _add_review(beside: _Beside, row: RawRow, sku: str) -> None:
    text = cell(row.values, "rating_value")
    try:
        stars: float | None = float(text) if text else None
    except ValueError:
        error = InputError("not a rating", field="rating_value", found=text, expected="1 to 5 stars or a percentage")
        beside.bad.append(BadRow(row.file, row.line, error, row.values))
        return
    if stars is not None and stars > 5:
        stars = stars / 20  # Magento stores percent: 100 is five stars
    beside.reviews.setdefault(sku, []).append(
        {
            "text": cell(row.values, "review"),
            "rating": stars,
            "title": cell(row.values, "title"),
            "author": cell(row.values, "reviewer"),
        }
    )
    places = beside.review_places.setdefault(sku, [])
    places.append((row.file, row.line))


def _read_lists(table: Table, beside: _Beside, reading: Reading) -> Iterator[Item]:
    for row in table.rows():
        if isinstance(row, BadRow):
            yield row
            continue
        values = row.values
        attributes: dict[str, object] = {}
        for column in values:
            name, text = attribute_name(column), cell(values, column)
            if column not in _OWN_COLUMNS and name and text:
                # The samples mark yes by 1 and no by nothing.
                value = True if text == "1" else parse_values(name, _lines(text))
                if value is not None:
                    attributes[name] = value
        special = cell(values, "special_price")
        fields: dict[str, object] = {
            "id": cell(values, "sku"),
            "title": cell(values, "name"),
            "description": cell(values, "description"),
            "categories": _categories(_lines(cell(values, "category")), beside),
            "price": choose_price(attributes, cell(values, "price"), special, True, reading.currency),
            "availability": cell(values, "qty"),
            "attributes": attributes,
        }
        yield Record({name: value for name, value in fields.items() if value != ""}, row.file, row.line, values)


def _categories(names: list[str], beside: _Beside) -> list[str]:
    """Names of one cell to paths: of several categories of a name, the one whose parents the cell names too."""
    paths = []
    for name in names:
        known = beside.paths.get(name, [[name]])
        best = max(known, key=lambda path: (len(set(path) & set(names)) - len(set(path) - set(names)), -len(path)))
        paths.append(path_of_names(best))
    return without_ancestors(paths)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]
