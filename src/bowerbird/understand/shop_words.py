"""What of the lexicon a shop has, and how it writes it: its values of every field, by concept, and its own names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bowerbird.domain.errors import InputError
from bowerbird.domain.filters import Filter, OneOf, Under, any_of
from bowerbird.domain.ports import IndexView
from bowerbird.domain.product import Measure, Product
from bowerbird.domain.query import FacetRequest
from bowerbird.domain.shop_only import is_shop_only
from bowerbird.understand.brand_names import learn_brand_names
from bowerbird.understand.lexicon import Lexicon
from bowerbird.understand.phrases import PhraseTable, says_little
from bowerbird.understand.plain import plain

_FIELD_TYPES = (
    (("color", "colour", "颜色"), "color"),
    (("size", "尺码", "尺寸"), "size"),
    (("material", "fabric", "材质", "面料"), "material"),
    (("pattern", "图案"), "pattern"),
    (("gender", "audience", "age_group", "性别", "人群"), "audience"),
    (("season", "季节"), "season"),
)
_OPEN_TYPES = ("kind", "color", "material", "pattern", "audience", "occasion", "season", "style", "feature", "size")
_KIND_FIELDS = ("style", "type", "kind", "product_type", "category", "department", "class", "品类", "类型", "类别")
_NEVER = frozenset(
    {"id", "currency", "availability", "updated_at", "review_count", "sentiment", "in_stock", "price", "rating"}
)
_MOST_FIELDS = 400
_MOST_VALUES = 2_000
_LONGEST_VALUE = 40


@dataclass(frozen=True, slots=True)
class ShopWords:
    """A shop's values by concept, its brands, and the units of its numbers.

    ``values`` are (field, value) pairs by concept key; ``own`` are the shop's own values by their plain text, where the
    lexicon has no concept for them; ``units`` are the number fields by the unit they are measured in.
    """

    values: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    brands: tuple[str, ...] = ()
    brands_in_chinese: Mapping[str, str] = field(default_factory=dict)
    own: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)
    sizes: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    units: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    numbers: frozenset[str] = frozenset()
    currency: str | None = None

    def has(self, key: str) -> bool:
        """Whether the shop has a concept, a brand or a name of its own."""
        return key in self.values or key.partition(":")[0] not in _OPEN_TYPES

    def names(self) -> Iterator[tuple[str, str]]:
        """The shop's own names with the keys that they stand for."""
        for brand in self.brands:
            yield brand, f"brand:{brand}"
        for name, brand in self.brands_in_chinese.items():
            yield name, f"brand:{brand}"
        for text, (type_, _, value) in self.own.items():
            yield text, f"{type_}:{value}"

    def filter_for(self, key: str, lexicon: Lexicon) -> tuple[Filter | None, float]:
        """The filter that products of a concept meet, and how well it says it: less where only a broader one is had."""
        name = key.partition(":")[2]
        if key not in lexicon.concepts:
            own = self.own.get(plain(name))
            return (None, 0.0) if own is None else (_filter_of([(own[1], own[2])]), 1.0)
        found = [pair for below in lexicon.narrower(key) for pair in self.values.get(below, ())]
        if found:
            return _filter_of(found), 1.0
        share = 0.6
        for above in lexicon.broader(key):
            # Clothing is no help to who looks for a poncho: only the next broader name or two say something.
            if above in self.values and share > 0.2:
                return _filter_of(self.values[above]), share
            share *= 0.5
        return None, 0.0


def read_shop_words(
    view: IndexView, lexicon: Lexicon, names: PhraseTable, products: Iterable[Product] = ()
) -> ShopWords:
    """Look through a view's fields.

    ``names`` are the lexicon's, ``products`` a sample that tells units and what brands are called in Chinese.
    """
    products = list(products)
    values: dict[str, dict[tuple[str, str], None]] = {}
    own: dict[str, tuple[str, str, str]] = {}
    sizes: dict[str, list[tuple[str, str]]] = {}
    # What only the shop knows is no condition that a shopper could mean.
    fields = {name: kind for name, kind in view.fields().items() if not is_shop_only(name)}
    brands: tuple[str, ...] = ()
    for name, kind in list(fields.items())[:_MOST_FIELDS]:
        if name in _NEVER or kind == "number":
            continue
        written = _values_of(view, name)
        if name == "brand":
            brands = tuple(value for value in written if not says_little(plain(value)))
            continue
        type_ = _type_of(name)
        for value in written:
            if type_ == "size":
                sizes.setdefault(plain(value), []).append((name, value))
            keys = list(_keys_of(value, kind, type_, name.casefold().startswith(_KIND_FIELDS), names))
            for key in keys:
                values.setdefault(key, {})[name, value] = None
            text = plain(value.rsplit("/", 1)[-1] if kind == "path" else value)
            if not keys and _is_name(text) and (kind == "path" or type_ in ("color", "material", "pattern")):
                own.setdefault(text, ("kind" if kind == "path" else str(type_), name, value))
    currencies = _values_of(view, "currency") if "currency" in fields else []
    return ShopWords(
        values={key: tuple(pairs) for key, pairs in values.items()},
        brands=brands,
        brands_in_chinese=learn_brand_names(products),
        own=own,
        sizes={text: tuple(pairs) for text, pairs in sizes.items()},
        units=_units_of(products),
        numbers=frozenset(name for name, kind in fields.items() if kind == "number"),
        currency=currencies[0] if currencies else None,
    )


def _values_of(view: IndexView, name: str) -> list[str]:
    """A field's values, the most frequent first; none where it has too many to be a choice."""
    try:
        (counts,) = view.count_facets(None, None, [FacetRequest(name, limit=_MOST_VALUES + 1)])
    except InputError:
        return []
    if len(counts.values) > _MOST_VALUES and name != "brand":
        return []
    return [one.value for one in counts.values if len(one.value) <= 4 * _LONGEST_VALUE]


def _type_of(name: str) -> str | None:
    """What a field's values are, by its name."""
    folded = name.casefold()
    return next((type_ for starts, type_ in _FIELD_TYPES if folded.startswith(starts)), None)


def _keys_of(value: str, kind: str, type_: str | None, names_kinds: bool, names: PhraseTable) -> Iterator[str]:
    """The concepts that a value is a name of: the whole of it, or each of its parts.

    ``names_kinds`` says that the field tells what a product is: what fits a keyboard is none.
    """
    wanted = ("kind", "audience", "occasion", "season") if kind == "path" else (type_,) if type_ else _OPEN_TYPES
    whole = kind == "path" or (type_ is None and names_kinds)
    text = value.rsplit("/", 1)[-1] if kind == "path" else value
    if len(text) > _LONGEST_VALUE:
        return
    parts = [text] if names.keys_of(text) else _parts_of(text)
    for part in parts:
        for key in names.keys_of(part):
            found = key.partition(":")[0]
            if found in wanted and (found != "kind" or whole):
                yield key


def _parts_of(text: str) -> list[str]:
    for sign in ("/", "&", ",", " and ", "、", "·"):
        text = text.replace(sign, "|")
    return [part.strip() for part in text.split("|") if part.strip()]


def _is_name(text: str) -> bool:
    return len(text) > 2 and any(character.isalpha() for character in text) and not says_little(text)


def _units_of(products: Iterable[Product]) -> dict[str, tuple[str, ...]]:
    """The fields of measures by their units, as the catalogue writes those."""
    found: dict[str, dict[str, None]] = {}
    for product in products:
        for attributes in (product.attributes, *(variant.attributes for variant in product.variants[:4])):
            for name, value in attributes.items():
                if isinstance(value, Measure) and value.unit and not is_shop_only(name):
                    found.setdefault(value.unit, {})[name] = None
    return {unit: tuple(names) for unit, names in found.items()}


def _filter_of(pairs: Iterable[tuple[str, str]]) -> Filter:
    """The filter that any of some (field, value) pairs meets."""
    paths: list[str] = []
    others: dict[str, dict[str, None]] = {}
    for name, value in pairs:
        if name == "category":
            paths.append(value)
        else:
            others.setdefault(name, {})[value] = None
    # A path below another one adds nothing.
    top = [path for path in dict.fromkeys(paths) if not any(path.startswith(f"{other}/") for other in paths)]
    parts: list[Filter] = [Under("category", path) for path in top]
    parts += [OneOf(name, tuple(values)) for name, values in others.items()]
    return any_of(parts)
