"""WooCommerce's product CSV: simple, variable with its variations, grouped and external products.

The product's id is its SKU, or its ID where it has no SKU. Variations name their parent by SKU or ``id:NN`` and may
come before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from bowerbird.catalog.attributes import attribute_name, parse_value, parse_values
from bowerbird.catalog.categories import path_of_names, split_list
from bowerbird.catalog.sources.grouping import cell, choose_price, gather, is_on_sale, share_attributes, summarise
from bowerbird.catalog.sources.rows import BadRow, Item, RawRow, RawRows, Reading, Record, SkippedRow
from bowerbird.domain.errors import InputError

_LABELLED = re.compile(r"(weight|length|width|height) \(([a-z]+)\)")


def read_woocommerce(rows: RawRows, reading: Reading) -> Iterator[Item]:
    """Records of a WooCommerce export."""

    def named() -> Iterator[BadRow | RawRow]:
        for row in rows():
            if isinstance(row, BadRow):
                yield row
            else:
                yield RawRow(row.file, row.line, {_header(name): value for name, value in row.values.items()})

    ids = _ids(named)

    def key(row: RawRow) -> str:
        if _kind(row) == "variation":
            reference = cell(row.values, "parent")
            return ids.get(reference, f"\x00{reference}")
        return _id(row.values) if _kind(row) == "variable" else ""

    for group in gather(named, key):
        if isinstance(group, BadRow):
            yield group
        else:
            yield from _products(group[1], ids, reading)


def _header(header: str) -> str:
    name = " ".join(header.lower().split())
    match = _LABELLED.fullmatch(name)
    return match[1] if match else name


def _kind(row: RawRow) -> str:
    return cell(row.values, "type").lower().split(",")[0].strip()


def _id(values: Mapping[str, object]) -> str:
    return cell(values, "sku") or cell(values, "id")


def _ids(rows: Callable[[], Iterator[BadRow | RawRow]]) -> dict[str, str]:
    """Every way to refer to a product (SKU, ``id:NN``) to its id here."""
    ids: dict[str, str] = {}
    for row in rows():
        if isinstance(row, RawRow):
            product_id, number = _id(row.values), cell(row.values, "id")
            if number:
                ids[f"id:{number}"] = product_id
            if product_id:
                ids[product_id] = product_id
    return ids


def _products(rows: list[RawRow], ids: Mapping[str, str], reading: Reading) -> Iterator[Item]:
    leads = [row for row in rows if _kind(row) != "variation"]
    variations = [row for row in rows if _kind(row) == "variation"]
    if not leads:
        for row in variations:
            error = InputError(
                "the variation's parent is not in the file", field="parent", found=cell(row.values, "parent"),
                expected="the SKU or id:NN of a variable product",
            )  # fmt: skip
            yield BadRow(row.file, row.line, error, row.values)
        return
    lead = leads[0]
    for row in leads[1:]:
        error = InputError(
            "another product has this id", field="sku", found=_id(row.values), expected="an id of its own"
        )
        yield BadRow(row.file, row.line, error, row.values)
    hidden = _hidden(lead)
    if hidden:
        yield SkippedRow(lead.file, lead.line, hidden)
        return
    fields, attributes = _fields(lead, ids, reading)
    variants = []
    axes = [attribute_name(name) for name, _ in _attribute_cells(lead.values)]
    for row in sorted(variations, key=lambda row: int(cell(row.values, "position") or 0)):
        if cell(row.values, "published") not in ("0", "-1"):
            variants.append(_variant(row, reading))
    if variants:
        # What a variation chooses of, the parent lists in full: the choice is the variation's.
        chosen = {name for variant in variants for name in _attributes_of(variant)}
        attributes = {name: value for name, value in attributes.items() if name not in chosen or name not in axes}
        attributes |= share_attributes(variants) if len(variants) > 1 else {}
        for name in ("price", "availability"):
            fields.pop(name, None)
        summarise(fields, variants, reading.currency)
    fields["attributes"] = attributes
    yield Record(fields, lead.file, lead.line, lead.values, tuple(variants))


def _hidden(row: RawRow) -> str:
    if cell(row.values, "published") in ("0", "-1"):
        return "not published"
    if cell(row.values, "visibility in catalog").lower() == "hidden":
        return "hidden in the catalogue"
    return ""


def _fields(row: RawRow, ids: Mapping[str, str], reading: Reading) -> tuple[dict[str, object], dict[str, object]]:
    values = row.values
    attributes: dict[str, object] = {}
    for name, text in _attribute_cells(values):
        key = attribute_name(name)
        value = parse_values(key, split_list(text))
        if key and value is not None and key != "brand":
            attributes[key] = value
    for name in ("weight", "length", "width", "height"):
        value = parse_value(name, cell(values, name))
        if value is not None:
            attributes.setdefault(name, value)
    for name, column in (("tags", "tags"), ("gtin", "gtin, upc, ean, or isbn"), ("sku", "sku")):
        text = cell(values, column)
        if text and not (name == "sku" and text == _id(values)):
            attributes[name] = split_list(text) if name == "tags" else text
    full = "\n\n".join(
        filter(None, (_unescape(cell(values, "short description")), _unescape(cell(values, "description"))))
    )
    brands = cell(values, "brands") or next(
        (text for name, text in _attribute_cells(values) if attribute_name(name) == "brand"), ""
    )
    # An address may hold a comma: the list is cut only where another photo begins.
    parts = re.split(r",(?=\s*(?:https?://|/|[^,\s]+\.\w{3,4}\s*(?:,|$)))", cell(values, "images"))
    images = [part.strip() for part in parts if part.strip()]
    fields: dict[str, object] = {
        "id": _id(values),
        "title": cell(values, "name"),
        "description": full,
        "brand": split_list(brands)[0] if brands else "",
        "categories": _categories(values),
        "price": _price(attributes, values, reading),
        "availability": _availability(values),
        "images": images,
        "url": cell(values, "external url"),
        "links": _links(values, ids),
    }
    return {name: value for name, value in fields.items() if value not in (None, "", [], {})}, attributes


def _variant(row: RawRow, reading: Reading) -> Record:
    values = row.values
    attributes: dict[str, object] = {
        attribute_name(name): text for name, text in _attribute_cells(values) if attribute_name(name) and text
    }
    image = next((part for part in split_list(cell(values, "images"))), "")
    fields: dict[str, object] = {
        "id": _id(values),
        "title": "",
        "price": _price(attributes, values, reading),
        "availability": _availability(values),
        "images": [image] if image else [],
    }
    fields["attributes"] = attributes
    return Record(fields, row.file, row.line, values)


def _attributes_of(variant: Record) -> list[str]:
    attributes = variant.fields.get("attributes")
    return list(attributes) if isinstance(attributes, dict) else []


def _attribute_cells(values: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    n = 1
    while (column := f"attribute {n} name") in values:
        name, text = cell(values, column), cell(values, f"attribute {n} value(s)")
        if name and text:
            yield name, text
        n += 1


def _price(attributes: dict[str, object], values: Mapping[str, object], reading: Reading) -> object:
    holds = is_on_sale(reading, cell(values, "date sale price starts"), cell(values, "date sale price ends"))
    sale, full = cell(values, "sale price"), cell(values, "regular price")
    return choose_price(attributes, full, sale, holds, reading.currency)


def _availability(values: Mapping[str, object]) -> str:
    word = cell(values, "in stock?").lower()
    if word == "backorder":
        return "backorder"
    stock = cell(values, "stock")
    if word in ("0", "no", "false"):
        return "out_of_stock"
    if re.fullmatch(r"[+-]?\d+(?:\.\d+)?", stock) and float(stock) <= 0:
        allowed = cell(values, "backorders allowed?").lower() in ("1", "notify", "yes")
        return "backorder" if allowed else "out_of_stock"
    return word or ("in_stock" if stock else "")


def _categories(values: Mapping[str, object]) -> list[str]:
    paths = (path_of_names(part.split(">")) for part in split_list(cell(values, "categories")))
    return list(dict.fromkeys(path for path in paths if path and path != "Uncategorized"))


def _links(values: Mapping[str, object], ids: Mapping[str, str]) -> dict[str, list[str]]:
    columns = {"upsell": "upsells", "crosssell": "cross-sells", "grouped": "grouped products"}
    links = {
        kind: [ids.get(text, text) for text in split_list(cell(values, column))] for kind, column in columns.items()
    }
    return {kind: found for kind, found in links.items() if found}


def _unescape(text: str) -> str:
    r"""WooCommerce writes line ends inside cells as ``\n``."""
    return text.replace("\\r", "").replace("\\n", "\n")
