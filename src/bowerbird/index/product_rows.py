"""From a product to the rows that filters and facets look at: one for each variant, or one for the product.

Decisions: what a variant leaves empty it takes from its product; a product or variant whose availability
nobody told counts as in stock; every text is compared without regard to case, width and blanks.
"""

from __future__ import annotations

import hashlib
import math
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from typing import TypeAlias

from bowerbird.domain.ports import IndexDocument
from bowerbird.domain.product import AttributeValue, Availability, Measure, Product
from bowerbird.index.word_hashes import Hashes, hash_text

Value: TypeAlias = "str | float"
Values: TypeAlias = "tuple[Value, ...]"

PATH_FIELD = "category"
ID_FIELD = "id"
BUILT_IN: Mapping[str, str] = {
    ID_FIELD: "keyword",
    "brand": "keyword",
    PATH_FIELD: "path",
    "price": "number",
    "currency": "keyword",
    "availability": "keyword",
    "in_stock": "keyword",
    "rating": "number",
    "review_count": "number",
    "updated_at": "number",
}
"""The fields every product has, by kind; ``updated_at`` is in seconds since 1970, UTC."""

LONGEST_VALUE = 256
"""Longer texts are cut: nobody filters or counts by a whole description."""


@dataclass(frozen=True, slots=True)
class ProductRows:
    """A product as filters see it: values shared by all its rows, and what each variant says itself.

    ``own`` has one entry a row; without variants it is one empty entry and ``variant_ids`` is empty.
    """

    seq: int
    id: str
    shared: Mapping[str, Values]
    own: tuple[Mapping[str, Values], ...]
    variant_ids: tuple[str, ...] = ()
    words: Mapping[str, Hashes] = field(default_factory=dict)


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """The form in which two spellings of a value are the same: NFKC, case folded, single blanks."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())[:LONGEST_VALUE]


@lru_cache(maxsize=65_536)
def fold_path(path: str) -> str:
    """``fold`` for a category path: blanks around its slashes and empty parts do not count."""
    return fold(clean_path(path))


def clean_path(path: str) -> str:
    """A category path without empty parts and without blanks around its slashes."""
    return "/".join(part for part in (part.strip() for part in path.split("/")) if part)


def id_hash(text: str) -> int:
    """A product's or variant's id as 64 bits."""
    return int.from_bytes(hashlib.blake2b(fold(text).encode(), digest_size=8).digest(), "little")


def rows_of(document: IndexDocument) -> ProductRows:
    """Flatten what the index is given of a product."""
    rows = rows_of_product(document.seq, document.product)
    # The catalogue's own field of a name stands before what was worked out.
    worked_out = {name: (float(value),) for name, value in document.numbers.items() if math.isfinite(value)}
    words = {name: hash_text(text) for name, text in document.words.items()}
    return replace(rows, shared={**worked_out, **rows.shared}, words=words)


def rows_of_product(seq: int, product: Product) -> ProductRows:
    """Flatten a product alone."""
    shared: dict[str, Values] = {}
    _put_attributes(shared, product.attributes)
    _put_texts(shared, "brand", (product.brand,))
    _put_texts(shared, PATH_FIELD, map(clean_path, product.categories))
    _put_offer(shared, product.price, product.currency, product.availability)
    shared.setdefault("in_stock", ("true",))
    ratings = [review.rating for review in product.reviews if review.rating is not None]
    rating = product.rating if product.rating is not None else (sum(ratings) / len(ratings) if ratings else None)
    _put_number(shared, "rating", rating)
    _put_number(shared, "review_count", len(product.reviews))
    _put_number(shared, "updated_at", _epoch(product.updated_at))
    own: list[dict[str, Values]] = []
    for variant in product.variants:
        row: dict[str, Values] = {}
        _put_attributes(row, variant.attributes)
        _put_offer(row, variant.price, variant.currency, variant.availability)
        own.append(row)
    return ProductRows(seq, product.id, shared, tuple(own) or ({},), tuple(variant.id for variant in product.variants))


def _put_offer(
    row: dict[str, Values], price: Decimal | None, currency: str | None, availability: Availability | None
) -> None:
    _put_number(row, "price", None if price is None else float(price))
    _put_texts(row, "currency", (currency or "",))
    if availability is not None:
        row["availability"] = (availability.value,)
        row["in_stock"] = ("true" if availability is Availability.IN_STOCK else "false",)


def _put_attributes(row: dict[str, Values], attributes: Mapping[str, AttributeValue]) -> None:
    for name, value in attributes.items():
        if name in BUILT_IN:
            continue
        if isinstance(value, bool):
            row[name] = ("true" if value else "false",)
        elif isinstance(value, Measure):
            _put_number(row, name, value.value)
        elif isinstance(value, int | float):
            _put_number(row, name, value)
        else:
            _put_texts(row, name, (value,) if isinstance(value, str) else value)


def _put_texts(row: dict[str, Values], name: str, texts: Iterable[str]) -> None:
    # The first spelling of equal values stands for all; sets keep a row's values distinct.
    distinct = {fold(text): text.strip()[:LONGEST_VALUE] for text in reversed(tuple(texts)) if text and text.strip()}
    if distinct:
        row[name] = tuple(reversed(distinct.values()))


def _put_number(row: dict[str, Values], name: str, number: float | None) -> None:
    if number is not None and math.isfinite(number):
        row[name] = (float(number),)


def _epoch(text: str | None) -> float | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
