"""Google Merchant and OpenAI product feeds: RSS 2.0, Atom, TSV and CSV to records.

Rows of one ``item_group_id`` are the variants of one product of that id. ``price`` is the sale price while its dates
hold, with the full one kept as the attribute ``list_price``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from bowerbird.catalog.attributes import attribute_name, parse_value, parse_values
from bowerbird.catalog.categories import path_of_names, split_list
from bowerbird.catalog.sources.grouping import cell, choose_price, gather, is_on_sale, share_attributes, summarise
from bowerbird.catalog.sources.rows import BadRow, Item, RawRow, RawRows, Reading, Record, SkippedRow

_AXES = ("color", "size", "material", "pattern", "age_group", "gender", "size_type", "size_system")
_SEPARATORS = " ,-–|/(:"
_SEPARATOR = re.compile(r"[\s,\-–|/(:]")
_KEPT = (
    "condition", "gtin", "mpn", "energy_efficiency_class", "unit_pricing_measure", "multipack", "is_bundle",
    "custom_label_0", "custom_label_1", "custom_label_2", "custom_label_3", "custom_label_4", "shipping_weight",
    "product_weight", "product_length", "product_width", "product_height", "availability_date",
)  # fmt: skip


@lru_cache(maxsize=20_000)
def column_name(column: str) -> str:
    """A header cell in the feed's own spelling: ``g:Image Link`` is image_link."""
    name = re.sub(r"[\s\-]+", "_", column.strip().lower())
    return name.removeprefix("g:").removeprefix("g_")


def read_google(rows: RawRows, reading: Reading) -> Iterator[Item]:
    """Records of feed rows under the feed's own column names."""

    def named() -> Iterator[BadRow | RawRow]:
        for row in rows():
            if isinstance(row, BadRow):
                yield row
            else:
                yield RawRow(row.file, row.line, {column_name(name): value for name, value in row.values.items()})

    for group in gather(named, lambda row: cell(row.values, "item_group_id")):
        if isinstance(group, BadRow):
            yield group
            continue
        name, members = group
        shown = [row for row in members if cell(row.values, "enable_search").lower() not in ("false", "no", "0")]
        for row in members:
            if row not in shown:
                yield SkippedRow(row.file, row.line, "search is not enabled")
        if shown:
            yield _single(shown[0], reading) if not name else _grouped(name, shown, reading)


def _single(row: RawRow, reading: Reading) -> Record:
    return Record(_fields(row, reading), row.file, row.line, row.values)


def _grouped(name: str, rows: list[RawRow], reading: Reading) -> Record:
    variants = []
    for row in rows:
        fields = _fields(row, reading)
        kept = ("id", "title", "price", "availability", "images", "attributes")
        variants.append(Record({key: fields[key] for key in kept if key in fields}, row.file, row.line, row.values))
    # The first row speaks for the product, except where that would make the order of rows matter.
    lead = min(rows, key=lambda row: cell(row.values, "id"))
    fields = _fields(lead, reading)
    fields |= {"id": name, "title": _common_title(rows, cell(lead.values, "title"))}
    fields["attributes"] = share_attributes(variants)
    for key in ("price", "availability"):
        fields.pop(key, None)
    summarise(fields, variants, reading.currency)
    return Record(fields, lead.file, lead.line, lead.values, tuple(variants))


def _fields(row: RawRow, reading: Reading) -> dict[str, object]:
    values = row.values
    attributes = _attributes(values)
    window = cell(values, "sale_price_effective_date").split("/")
    holds = is_on_sale(reading, window[0], window[1] if len(window) > 1 else "")
    description = cell(values, "description")
    highlights = _several(values.get("product_highlight"))
    if highlights:
        description = "\n\n".join((description, "\n".join(highlights)))
    price = choose_price(attributes, values.get("price"), values.get("sale_price"), holds, reading.currency)
    fields: dict[str, object] = {
        "id": cell(values, "id"),
        "title": cell(values, "title"),
        "description": description,
        "brand": cell(values, "brand"),
        "categories": _categories(values),
        "price": price,
        "availability": values.get("availability"),
        "images": [*_several(values.get("image_link")), *_several(values.get("additional_image_link"))],
        "attributes": attributes,
        "rating": cell(values, "product_review_rating"),
        "url": cell(values, "link"),
    }
    return {name: value for name, value in fields.items() if value not in (None, "", [])}


def _attributes(values: Mapping[str, object]) -> dict[str, object]:
    attributes: dict[str, object] = {}
    for name in _AXES:
        text = cell(values, name)
        # Google's way to write several colours or materials of one article.
        parts = text.split("/") if name in ("color", "material") else [text]
        attributes[name] = parse_values(name, parts)
    for name in _KEPT:
        text = cell(values, name)
        attributes[name] = text if name in ("gtin", "mpn") else parse_value(name, text)
    category = cell(values, "google_product_category")
    if category.isdigit():
        attributes["google_product_category"] = category
    for detail in _details(values.get("product_detail")):
        label, text = detail
        attributes.setdefault(attribute_name(label), parse_value(attribute_name(label), text))
    return {name: value for name, value in attributes.items() if value is not None and value != "" and name}


def _details(value: object) -> Iterator[tuple[str, str]]:
    """``section:name:value`` lists, or the elements that mean the same in XML."""
    for entry in value if isinstance(value, list) else [value]:
        if isinstance(entry, Mapping):
            yield str(entry.get("attribute_name") or ""), str(entry.get("attribute_value") or "")
        elif isinstance(entry, str):
            for part in re.split(r",(?=[^,:]*:[^,:]+:)", entry):
                pieces = part.split(":", 2)
                if len(pieces) == 3:
                    yield pieces[1].strip(), pieces[2].strip()


def _categories(values: Mapping[str, object]) -> list[str]:
    paths = []
    for name in ("product_type", "google_product_category"):
        for text in _several(values.get(name), split=False):
            if not text.isdigit():
                # In a feed only ">" parts names, and a comma parts paths only where each has a ">".
                parts = split_list(text)
                several = len(parts) > 1 and all(">" in part for part in parts)
                paths += [path_of_names(part.split(">")) for part in (parts if several else [text])]
        if paths:
            break
    return list(dict.fromkeys(path for path in paths if path))


def _several(value: object, split: bool = True) -> list[str]:
    texts = [entry for entry in (value if isinstance(value, list) else [value]) if isinstance(entry, str)]
    if split:
        texts = [part for text in texts for part in re.split(r",(?=\s*(?:https?://|/|[A-Z\"]))", text)]
    return [text.strip().strip('"') for text in texts if text.strip()]


def _common_title(rows: list[RawRow], fallback: str) -> str:
    """The product's title among its variants': without the variant's own values, else what all begin with."""
    bare = {_without_values(row.values) for row in rows}
    if len(bare) == 1 and (title := bare.pop()):
        return title
    titles = [cell(row.values, "title") for row in rows]
    first, last = min(titles), max(titles)
    same = next((at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last)))
    prefix = first[:same]
    if any(len(title) > same and not _SEPARATOR.match(title[same:]) for title in titles):
        prefix = re.sub(r"\S+$", "", prefix)
    prefix = prefix.rstrip(_SEPARATORS)
    return prefix if prefix and len(prefix) >= 0.4 * min(map(len, titles)) else fallback


def _without_values(values: Mapping[str, object]) -> str:
    """A title without the colour, size and the like that it ends with."""
    title = cell(values, "title")
    own = [text for name in _AXES if (text := cell(values, name).lower())]
    while True:
        ending = next((text for text in own if title.lower().rstrip(")").endswith(text)), None)
        shorter = title.rstrip(")")[: -len(ending)] if ending else ""
        if not shorter or shorter[-1] not in _SEPARATORS:
            return title
        title = shorter.rstrip(_SEPARATORS)
