"""Rows of any shape to canonical records: by a mapping, by well-known column names, and by canonical names.

A mapped field is taken from its column alone. A field without a mapping is taken from the best of its well-known
columns that the row has. What is left becomes attributes, unless the mapping says which columns are attributes;
article numbers (gtin, mpn, sku, …) are kept either way. Prefixes ``attr_t_``, ``attr_n_`` and ``attr_b_`` declare
text, numbers and booleans.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from bowerbird.catalog.attributes import attribute_name, measured, parse_number, parse_value
from bowerbird.catalog.categories import split_list
from bowerbird.catalog.mapping import ColumnMap, look_up, parse_mapping, require_columns
from bowerbird.catalog.records import PRODUCT_FIELDS
from bowerbird.catalog.sources.rows import BadRow, Item, RawItem, RawRow, RawRows, Reading, Record
from bowerbird.domain.errors import FormatError

# Best first. Compared without case, blanks, dashes and underscores.
ALIASES: dict[str, tuple[str, ...]] = {
    "id": ("id", "productid", "itemid", "objectid", "uniqueid", "sku", "articlenumber", "handle",
           "productcode", "asin", "uid"),
    "title": ("title", "name", "productname", "producttitle", "productdisplayname", "itemname", "label"),
    "description": (
        "description", "body", "longdescription", "productdescription", "bodyhtml", "shortdescription", "details",
        "text", "summary", "content", "descriptionhtml",
    ),
    "brand": ("brand", "brandname", "supplier", "vendor", "manufacturer", "maker", "productbrand", "designer"),
    "categories": (
        "categories", "category", "categorypath", "categorypaths", "categoryname", "productcategory", "producttype",
        "producttypes", "breadcrumbs", "department", "taxonomy",
    ),
    "price": ("price", "saleprice", "currentprice", "unitprice", "productprice", "regularprice", "sellingprice"),
    "currency": ("currency", "pricecurrency", "currencycode"),
    "availability": (
        "availability", "instock", "stock", "currentstock", "stockstatus", "inventory", "quantity", "qty",
        "stockquantity", "inventoryquantity", "isinstock", "available", "isavailable", "qtyinstock",
    ),
    "images": (
        "images", "image", "imagelink", "imageurl", "imageurls", "imagesrc", "img500x500", "imghigh",
        "img", "photo", "photos", "picture", "pictures", "imagepath", "mainimage", "primaryimage", "thumbnail",
        "imgthumb",
    ),
    "rating": ("rating", "averagerating", "ratingvalue", "avgrating", "reviewrating", "productreviewrating", "stars"),
    "reviews": ("reviews",),
    "url": ("url", "link", "producturl", "permalink", "productlink", "canonicalurl"),
    "updated_at": ("updatedat", "updated", "modifiedat", "lastmodified", "dateupdated", "datereleased", "date"),
    "attributes": ("attributes",),
    "variants": ("variants",),
    "links": ("links",),
    "translations": ("translations",),
}  # fmt: skip
_RANKS = {alias: (field, rank) for field, aliases in ALIASES.items() for rank, alias in enumerate(aliases)}
_ARTICLE_NUMBERS = frozenset(
    "gtin ean upc isbn barcode mpn sku modelnumber partnumber model articlenumber name".split()
)
_TYPED = re.compile(r"(?:attr|attribute|attrs)_([tnb])_(.+)", re.IGNORECASE)
_PREFIXED = re.compile(r"(?:attr|attribute|attributes|attrs)[_.](.+)", re.IGNORECASE)
_PICTURE = re.compile(r"(?:img|image|thumb|photo|picture)(?!.*licen[cs]e).*|.*(?:image|img|thumbnail)(?:url|link)?")
_ADDRESS = re.compile(r"(?:https?://|/)\S+")


@dataclass(frozen=True, slots=True)
class _Role:
    """What a column is: a field with its rank among the field's aliases, and its name and kind as an attribute."""

    field: str | None
    rank: int
    attribute: str
    kind: str
    picture: bool


def read_generic(rows: RawRows, reading: Reading) -> Iterator[Item]:
    """Records of rows. Raises SettingError for a wrong mapping, FormatError where no column can be id and title."""
    mapping = parse_mapping(reading.mapping)
    if reading.mapping:
        require_columns(mapping, (row.values for row in rows() if isinstance(row, RawRow)))
    shape = Shape(mapping)
    items = rows()
    first: list[RawItem] = []
    for item in items:
        first.append(item)
        if isinstance(item, RawRow):
            shape.require_id_and_title(item)
            break
    for item in chain(first, items):
        yield item if isinstance(item, BadRow) else Record(shape.record(item.values), item.file, item.line, item.values)


class Shape:
    """Knows each column's role; roles are worked out once a column name."""

    def __init__(self, mapping: ColumnMap) -> None:
        self.mapping = mapping
        self.used = mapping.used()
        self.roles: dict[str, _Role] = {}

    def require_id_and_title(self, row: RawRow) -> None:
        """Raise FormatError unless the first row shows where ids and titles are."""
        found = {role.field for role in map(self.role, row.values)} | set(self.mapping.columns)
        for field in ("id", "title"):
            if field not in found:
                names = ", ".join(list(row.values)[:30])
                raise FormatError(
                    f"no column for the {field}", where=row.file, found=names,
                    expected=f"a column {field}, or --map {field}=column",
                )  # fmt: skip

    def role(self, column: str) -> _Role:
        """The role of a column name."""
        role = self.roles.get(column)
        if role is None:
            role = self.roles[column] = self._work_out(column)
        return role

    def record(self, values: Mapping[str, object]) -> dict[str, object]:
        """The canonical record of a row."""
        record = {field: self._mapped(field, columns, values) for field, columns in self.mapping.columns.items()}
        attributes: dict[str, object] = _as_mapping(record.pop("attributes", None))
        best: dict[str, tuple[int, str]] = {}
        for column, value in values.items():
            role = self.role(column)
            if role.field is not None and role.field not in self.mapping.columns and _is_given(value):
                held = best.get(role.field)
                if held is None or role.rank < held[0]:
                    best[role.field] = (role.rank, column)
        taken = {column for _, column in best.values()}
        for field, (_, column) in best.items():
            self._take(field, values[column], record, attributes, column)
        for column, value in values.items():
            if column not in taken and column not in self.used and value is not None and value != "":
                self._keep(column, value, attributes)
        if attributes:
            record["attributes"] = attributes
        return record

    def _work_out(self, column: str) -> _Role:
        key = re.sub(r"[\W_]+", "", column).lower()
        field, rank = _RANKS.get(key, (None, 0)) if key else (None, 0)
        if column in PRODUCT_FIELDS:
            field, rank = column, -1
        if column in self.used:
            field = None
        name, kind = column, ""
        prefix = next((p for p in self.mapping.prefixes if column.startswith(p) and len(column) > len(p)), None)
        if typed := _TYPED.fullmatch(column):
            field, kind, name = None, typed[1].lower(), typed[2]
        elif prefix is not None:
            field, kind, name = None, "mapped", column[len(prefix) :]
        elif prefixed := _PREFIXED.fullmatch(column):
            name = prefixed[1]
        if self.mapping.names_attributes and prefix is None:
            kind = "number" if key in _ARTICLE_NUMBERS else "dropped"
        return _Role(field, rank, attribute_name(name), kind, bool(_PICTURE.fullmatch(key)))

    def _mapped(self, field: str, columns: tuple[str, ...], values: Mapping[str, object]) -> object:
        found = [
            value for value in (look_up(values, column) for column in columns) if value is not None and value != ""
        ]
        if field == "attributes":
            names = [column for column in columns if look_up(values, column) is not None]
            if len(columns) == 1 and found and isinstance(found[0], Mapping):
                return found[0]
            return dict(zip((attribute_name(name) for name in names), found, strict=False))
        if field == "categories" and len(columns) > 1:
            return "/".join(str(value).replace("/", "\\/") for value in found)
        return _listed(field, found[0]) if found else None

    def _take(
        self, field: str, value: object, record: dict[str, object], attributes: dict[str, object], column: str
    ) -> None:
        if field == "attributes":
            if not isinstance(value, Mapping):
                record[field] = value
            attributes.update(_as_mapping(value))
        elif field == "translations" and not isinstance(value, Mapping):
            # A list of languages, or a remark, is no translation.
            self._keep(column, value, attributes)
        elif field == "url" and column != "url" and not (isinstance(value, str) and _ADDRESS.fullmatch(value.strip())):
            # A guessed column: a "link" that is a remark is an attribute, not a reason to refuse the product.
            self._keep(column, value, attributes)
        else:
            record[field] = _listed(field, value)

    def _keep(self, column: str, value: object, attributes: dict[str, object]) -> None:
        role = self.role(column)
        if role.kind == "dropped" or (role.picture and role.kind == "") or not role.attribute:
            return
        if isinstance(value, Mapping):
            for name, inner in value.items():
                if not isinstance(inner, Mapping | list) and inner is not None:
                    attributes.setdefault(attribute_name(f"{column}_{name}"), inner)
            return
        if isinstance(value, list) and any(isinstance(entry, Mapping | list) for entry in value):
            return
        attributes.setdefault(role.attribute, _typed(role, value))


def _typed(role: _Role, value: object) -> object:
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        return measured(role.attribute, float(value)) if abs(value) < 1e300 else value
    if isinstance(value, str) and role.kind not in ("t", "number"):
        if role.kind == "n":
            number = parse_number(value)
            return value if number is None else measured(role.attribute, number)
        if role.kind == "b" and value.strip() in ("0", "1"):
            return value.strip() == "1"
        return parse_value(role.attribute, value)
    return value


def _listed(field: str, value: object) -> object:
    """A cell that holds a list: images by comma, blank or bar, categories by bar, semicolon or newline."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    if field == "images" and not text.startswith("data:"):
        return [
            part
            for part in re.split(r"[|\n;]\s*|,\s*(?=https?://|/|[\w.\-]+\.\w{3,4}\b)|(?<=\S)\s+(?=https?://)", text)
            if part
        ]
    if field == "categories":
        parts = [part.strip() for part in re.split(r"[\n;]", text) if part.strip()]
        return list(chain.from_iterable(split_list(p) if ">" in p else [p] for p in parts))
    return value


def _is_given(value: object) -> bool:
    return value is not None and not (isinstance(value, str) and not value.strip())


def _as_mapping(value: object) -> dict[str, object]:
    return {str(name): entry for name, entry in value.items()} if isinstance(value, Mapping) else {}
