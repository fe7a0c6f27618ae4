"""Shopify's product CSV: rows of one Handle are a product's variants and further photos.

The product's id is its handle. A variant's id is its SKU, or the handle with the option values where the SKU is
missing or used twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from bowerbird.catalog.attributes import attribute_name, parse_value
from bowerbird.catalog.categories import path_of_names, split_list
from bowerbird.catalog.sources.grouping import cell, choose_price, gather, share_attributes, summarise
from bowerbird.catalog.sources.rows import BadRow, Item, RawRow, RawRows, Reading, Record, SkippedRow

# Newer templates' headers (and lower-case ones) to the long-standing names.
HEADERS: dict[str, str] = {
    "url handle": "handle", "description": "body (html)", "body html": "body (html)", "product type": "type",
    "published on online store": "published", "sku": "variant sku", "barcode": "variant barcode",
    "price": "variant price", "variant compare-at price": "variant compare at price",
    "compare-at price": "variant compare at price", "compare at price": "variant compare at price",
    "inventory quantity": "variant inventory qty", "inventory policy": "variant inventory policy",
    "continue selling when out of stock": "variant inventory policy", "inventory tracker": "variant inventory tracker",
    "weight value (grams)": "variant grams", "weight": "variant grams", "image url": "image src",
    "product image url": "image src", "variant image url": "variant image", "product category": "product category",
    "standardized product type": "product category", "google product category": "product category",
    **{f"option{n} name": f"option{n} name" for n in (1, 2, 3)},
}  # fmt: skip
_METAFIELD = re.compile(r"(.+?)\s*\((?:product|variant)\.metafields\.[^)]+\)")


def read_shopify(rows: RawRows, reading: Reading) -> Iterator[Item]:
    """Records of a Shopify export."""

    def named() -> Iterator[BadRow | RawRow]:
        for row in rows():
            if isinstance(row, BadRow):
                yield row
            else:
                values = {header_name(name): value for name, value in row.values.items()}
                yield RawRow(row.file, row.line, values)

    for group in gather(named, lambda row: cell(row.values, "handle")):
        if isinstance(group, BadRow):
            yield group
        else:
            yield _product(group[0], group[1], reading)


@lru_cache(maxsize=20_000)
def header_name(header: str) -> str:
    """A header in its long-standing name, lower case."""
    name = " ".join(header.lower().split())
    return HEADERS.get(name, name)


def _product(handle: str, rows: list[RawRow], reading: Reading) -> Record | SkippedRow:
    lead = next((row for row in rows if cell(row.values, "title")), rows[0])
    hidden = _hidden(lead)
    if hidden:
        return SkippedRow(lead.file, lead.line, hidden)
    options = [cell(lead.values, f"option{n} name") for n in (1, 2, 3)]
    variants = _variants(handle, rows, options, reading)
    attributes = _attributes(lead)
    fields: dict[str, object] = {
        "id": handle,
        "title": cell(lead.values, "title"),
        "description": cell(lead.values, "body (html)"),
        "brand": cell(lead.values, "vendor"),
        "categories": _categories(lead),
        "images": _images(rows),
    }
    if len(variants) == 1 and not any(_option_values(variants[0].raw, options).values()):
        only = variants[0].fields
        inner = only.get("attributes")
        attributes |= inner if isinstance(inner, dict) else {}
        sku = cell(variants[0].raw, "variant sku")
        attributes |= {"sku": sku} if sku else {}
        fields |= {key: only[key] for key in ("price", "availability") if key in only}
        variants = []
    else:
        attributes |= share_attributes(variants) if len(variants) > 1 else {}
        summarise(fields, variants, reading.currency)
    fields["attributes"] = {name: value for name, value in attributes.items() if value not in (None, "")}
    return Record(fields, lead.file, lead.line, lead.values, tuple(variants))


def _hidden(row: RawRow) -> str:
    status = cell(row.values, "status").lower()
    if status in ("draft", "archived", "unlisted"):
        return f"status is {status}"
    return "not published" if cell(row.values, "published").lower() in ("false", "no", "0") else ""


def _variants(handle: str, rows: list[RawRow], options: list[str], reading: Reading) -> list[Record]:
    found = [row for row in rows if cell(row.values, "variant price") or cell(row.values, "option1 value")]
    skus = [cell(row.values, "variant sku") for row in found]
    variants = []
    for row, sku in zip(found, skus, strict=True):
        values = _option_values(row.values, options)
        chosen = "-".join(values.values())
        variant_id = sku if sku and skus.count(sku) == 1 else f"{handle}/{chosen or 1}"
        attributes: dict[str, object] = {attribute_name(name): text for name, text in values.items()}
        attributes["barcode"] = cell(row.values, "variant barcode").lstrip("'")
        price, full = cell(row.values, "variant price"), cell(row.values, "variant compare at price")
        # Shopify shows the compare-at price struck through, and only where it is the higher one.
        if full:
            choose_price(attributes, full, price, True, reading.currency)
        image = cell(row.values, "variant image")
        fields: dict[str, object] = {
            "id": variant_id,
            "price": price,
            "availability": _availability(row),
            "images": [image] if image else [],
            "attributes": {name: value for name, value in attributes.items() if value not in (None, "")},
        }
        variants.append(Record(fields, row.file, row.line, row.values))
    return variants


def _option_values(values: Mapping[str, object], options: list[str]) -> dict[str, str]:
    """What a variant row chose of each option, as the words on the button; Shopify's placeholder is no choice."""
    found = {}
    for n, name in enumerate(options, start=1):
        text = cell(values, f"option{n} value")
        if name and text and (name, text) != ("Title", "Default Title"):
            found[name] = text
    return found


def _availability(row: RawRow) -> str:
    policy = cell(row.values, "variant inventory policy").lower()
    quantity = cell(row.values, "variant inventory qty")
    tracked = cell(row.values, "variant inventory tracker")
    if not quantity or ("variant inventory tracker" in row.values and not tracked):
        return "in_stock"  # not tracked: Shopify sells it without counting
    if not re.fullmatch(r"[+-]?\d+(?:\.0+)?", quantity):
        return quantity
    if float(quantity) > 0:
        return "in_stock"
    return "backorder" if policy in ("continue", "true") else "out_of_stock"


def _images(rows: list[RawRow]) -> list[str]:
    placed = []
    for order, row in enumerate(rows):
        address = cell(row.values, "image src")
        position = cell(row.values, "image position")
        if address:
            placed.append((int(position) if position.isdigit() else 10_000 + order, order, address))
    return list(dict.fromkeys(address for _, _, address in sorted(placed)))


def _categories(row: RawRow) -> list[str]:
    path, kind = cell(row.values, "product category"), cell(row.values, "type")
    paths = [path_of_names(path.split(">"))] if path and not path.isdigit() else []
    if kind and not any(known.endswith(kind) for known in paths):
        paths.append(path_of_names(kind.split(">")))
    return paths


def _attributes(row: RawRow) -> dict[str, object]:
    attributes: dict[str, object] = {}
    tags = split_list(cell(row.values, "tags"))
    if tags:
        attributes["tags"] = tags
    for column, value in row.values.items():
        match = _METAFIELD.fullmatch(column)
        name = attribute_name(match[1].removeprefix("google shopping / ")) if match else ""
        if column.startswith("google shopping / "):
            name = attribute_name(column.removeprefix("google shopping / "))
        text = cell(row.values, column)
        if (
            name
            and text
            and isinstance(value, str)
            and name not in ("google_product_category", "mpn", "custom_product")
        ):
            attributes[name] = parse_value(name, text)
    return attributes
