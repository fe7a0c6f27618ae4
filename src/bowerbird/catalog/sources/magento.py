"""Magento 2's product CSV: simple and configurable products, attributes and categories in lists.

A configurable's variants are the simple rows that its ``configurable_variations`` name, wherever in the file they
stand; they wait as light records until they are claimed. A store view's row that follows its product's, and whose
code begins with a language (``zh_cn``), is its translation. Other rows of store views, disabled products, and products
that are "Not Visible Individually" and belong to no configurable are skipped and counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from bowerbird.catalog.attributes import attribute_name, parse_value, parse_values
from bowerbird.catalog.categories import category_path
from bowerbird.catalog.sources.grouping import cell, choose_price, is_on_sale, share_attributes, summarise
from bowerbird.catalog.sources.rows import BadRow, Item, RawItem, RawRow, RawRows, Reading, Record, SkippedRow

_PAIR = re.compile(r",(?=[A-Za-z_]\w*=)")
_VARIATION = re.compile(r"\|(?=\s*sku=)")
_DROPPED = frozenset(("has_options", "required_options", "options_container", "gift_message_available", "url_path"))
_LANGUAGES = frozenset("ar cs da de en es fi fr he hu it ja ko nl no pl pt ru sv th tr vi zh".split())
"""What the code of a store view may begin with; left out are those that are more often a country's (``ca``, ``uk``)."""
_LINKS = {
    "related": "related_skus",
    "crosssell": "crosssell_skus",
    "upsell": "upsell_skus",
    "grouped": "associated_skus",
}


Translations: TypeAlias = "dict[str, dict[str, str]]"


def read_magento(rows: RawRows, reading: Reading) -> Iterator[Item]:
    """Records of a Magento export."""
    waiting: dict[str, Record] = {}
    unclaimed: dict[str, SkippedRow] = {}
    parents: list[tuple[Record, list[dict[str, str]]]] = []
    for row, translations in _with_translations(rows()):
        if isinstance(row, BadRow):
            yield row
            continue
        reason = _hidden(row.values)
        if reason:
            yield SkippedRow(row.file, row.line, reason)
            continue
        record = _record(row, reading)
        if translations:
            record.fields["translations"] = translations
        variations = _variations(cell(row.values, "configurable_variations"))
        if variations:
            if all(variation["sku"] in waiting for variation in variations):
                yield _configurable(record, variations, waiting, unclaimed, reading)
            else:
                parents.append((record, variations))
            continue
        if _is_alone(row.values):
            yield record
        sku = cell(row.values, "sku")
        waiting[sku] = _variant(row, record)
        if not _is_alone(row.values):
            unclaimed[sku] = SkippedRow(row.file, row.line, "not visible individually and in no configurable")
    for record, variations in parents:
        yield _configurable(record, variations, waiting, unclaimed, reading)
    yield from unclaimed.values()


def _with_translations(rows: Iterable[RawItem]) -> Iterator[tuple[RawItem, Translations]]:
    """Each row with the translations in the rows right after it, which is where Magento writes them."""
    held: RawItem | None = None
    translations: Translations = {}
    for row in rows:
        texts = _translated(held, row)
        if texts:
            translations.setdefault(*texts)
            continue
        if held is not None:
            yield held, translations
        held, translations = row, {}
    if held is not None:
        yield held, translations


def _translated(product: RawItem | None, row: RawItem) -> tuple[str, dict[str, str]] | None:
    """The language and texts of a store view's row, where it says something of ``product`` in another language."""
    if isinstance(product, BadRow) or product is None or isinstance(row, BadRow):
        return None
    language = cell(row.values, "store_view_code").lower().replace("-", "_").partition("_")[0]
    if language not in _LANGUAGES or cell(row.values, "sku") != cell(product.values, "sku"):
        return None
    own = {"title": cell(product.values, "name"), "description": _description(product.values)}
    texts = {"title": cell(row.values, "name"), "description": _description(row.values)}
    texts = {name: text for name, text in texts.items() if text and text != own[name]}
    return (language, texts) if texts and not _hidden(product.values) else None


def parse_pairs(text: str) -> dict[str, str]:
    """``a=1,b=2`` lists, with commas inside values; quoted pairs (``"a=x, y=z"``) are kept whole."""
    if '"' in text:
        parts = [match[1].replace('""', '"') if match[1] is not None else match[2] for match in _QUOTED.finditer(text)]
    else:
        parts = _PAIR.split(text)
    pairs = (part.partition("=") for part in parts if "=" in part)
    return {name.strip(): value.strip() for name, _, value in pairs}


_QUOTED = re.compile(r'"((?:[^"]|"")*)"(?=,|$)|([^,"][^"]*?)(?=,[A-Za-z_"]\w*=?|$)')


def _hidden(values: Mapping[str, object]) -> str:
    if cell(values, "store_view_code") not in ("", "default", "all"):
        return "a store view's translation"
    return "not online" if cell(values, "product_online") in ("0", "2") else ""


def _is_alone(values: Mapping[str, object]) -> bool:
    return cell(values, "visibility").lower() not in ("not visible individually", "1")


def _variations(text: str) -> list[dict[str, str]]:
    variations = [parse_pairs(part) for part in _VARIATION.split(text)] if text else []
    return [variation for variation in variations if variation.get("sku")]


def _record(row: RawRow, reading: Reading) -> Record:
    values = row.values
    attributes = _attributes(values)
    holds = is_on_sale(reading, cell(values, "special_price_from_date"), cell(values, "special_price_to_date"))
    price = choose_price(attributes, cell(values, "price"), cell(values, "special_price"), holds, reading.currency)
    url = cell(values, "url_key")
    fields: dict[str, object] = {
        "id": cell(values, "sku"),
        "title": cell(values, "name"),
        "description": _description(values),
        "brand": str(attributes.pop("manufacturer", "") or attributes.pop("brand", "") or ""),
        "categories": _categories(cell(values, "categories")),
        "price": price,
        "availability": _availability(values),
        "images": _images(values),
        "attributes": attributes,
        "url": f"{url}.html" if url else "",
        "links": {kind: ids for kind, column in _LINKS.items() if (ids := _skus(cell(values, column)))},
    }
    fields = {name: value for name, value in fields.items() if value not in (None, "", [], {})}
    return Record(fields, row.file, row.line, values)


def _description(values: Mapping[str, object]) -> str:
    both = (cell(values, "short_description"), cell(values, "description"))
    return "\n\n".join(dict.fromkeys(filter(None, both)))


def _variant(row: RawRow, record: Record) -> Record:
    kept: dict[str, object] = {
        key: record.fields[key] for key in ("id", "price", "availability", "images") if key in record.fields
    }
    attributes = record.fields.get("attributes")
    kept["attributes"] = dict(attributes) if isinstance(attributes, dict) else {}
    return Record(kept, row.file, row.line, row.values)


def _configurable(
    record: Record, variations: list[dict[str, str]], waiting: Mapping[str, Record],
    unclaimed: dict[str, SkippedRow], reading: Reading,
) -> Record:  # fmt: skip
    variants = []
    for variation in variations:
        sku = variation["sku"]
        axes = {attribute_name(name): value for name, value in variation.items() if name != "sku"}
        unclaimed.pop(sku, None)
        simple = waiting.get(sku)
        if simple is None:
            # The configurable alone knows of it: its choices can be searched, its price is not known.
            variants.append(Record({"id": sku, "attributes": axes}, record.file, record.line, record.raw))
            continue
        held = simple.fields["attributes"]
        fields = {**simple.fields, "attributes": {**(held if isinstance(held, dict) else {}), **axes}}
        variants.append(Record(fields, simple.file, simple.line, simple.raw))
    held = record.fields.get("attributes")
    attributes = held if isinstance(held, dict) else {}
    shared = share_attributes(variants) if len(variants) > 1 else {}
    fields = {**record.fields, "attributes": {**shared, **attributes}}
    if cell(record.raw, "is_in_stock") != "0":
        # A configurable counts no stock of its own: it can be had when a variant can.
        fields.pop("availability", None)
    summarise(fields, variants, reading.currency)
    return Record(fields, record.file, record.line, record.raw, tuple(variants))


def _attributes(values: Mapping[str, object]) -> dict[str, object]:
    attributes: dict[str, object] = {}
    for name, text in parse_pairs(cell(values, "additional_attributes")).items():
        key = attribute_name(name)
        if name not in _DROPPED and key:
            value = parse_values(key, text.split("|"))
            if value is not None:
                attributes[key] = value
    for name in ("weight", "country_of_manufacture"):
        value = parse_value(name, cell(values, name))
        if value is not None:
            attributes.setdefault(name, value)
    return attributes


def _availability(values: Mapping[str, object]) -> str:
    stock, quantity = cell(values, "is_in_stock"), cell(values, "qty")
    if stock == "0" or (not stock and quantity and not _is_positive(quantity)):
        return "out_of_stock"
    if stock == "1" and quantity and not _is_positive(quantity) and cell(values, "manage_stock") != "0":
        return "backorder" if cell(values, "allow_backorders") in ("1", "2") else "in_stock"
    return "in_stock" if stock or quantity else ""


def _is_positive(quantity: str) -> bool:
    try:
        return float(quantity) > 0
    except ValueError:
        return True


def _categories(text: str) -> list[str]:
    # A comma inside a name is told from the list's by the root that every path begins with.
    root = text.partition("/")[0]
    parts = re.split(rf",(?={re.escape(root)}(?:/|,|$))", text) if root and "/" in text else text.split(",")
    paths = (category_path(part, "/") for part in parts)
    return list(dict.fromkeys(path for path in paths if path))


def _images(values: Mapping[str, object]) -> list[str]:
    names = [cell(values, column) for column in ("base_image", "image", "small_image")]
    names += cell(values, "additional_images").split(",")
    return list(dict.fromkeys(name.strip() for name in names if name.strip() and name.strip() != "no_selection"))


def _skus(text: str) -> list[str]:
    return [sku.strip() for sku in text.split(",") if sku.strip()]
