"""The stored form of a product: canonical JSON, so that equal products have equal bytes.

Only what is not at its default is written; keys are sorted, decimals are strings, a measure is
``{"value": …, "unit": …}``. Reading trusts the bytes: records from elsewhere are cleaned by ``catalog``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import orjson

from bowerbird.domain.errors import InputError
from bowerbird.domain.product import AttributeValue, Availability, Measure, Product, Review, Translation, Variant

_AVAILABILITIES = {str(word): word for word in Availability}


def product_to_json(product: Product) -> bytes:
    """Write a product. Raises InputError for what JSON cannot say: a number that is not finite, a broken text."""
    try:
        return orjson.dumps(_product(product), option=orjson.OPT_SORT_KEYS)
    except TypeError as error:
        raise InputError(
            f"the product cannot be stored: {error}", where=f"product {product.id!r}", expected="text in valid Unicode"
        ) from error


def product_from_json(data: bytes) -> Product:
    """Read what ``product_to_json`` wrote; the result equals the product that was written."""
    row = orjson.loads(data)
    get = row.get
    price, availability = get("price"), get("availability")
    links, translations = get("links"), get("translations")
    return Product(
        row["id"],
        row["title"],
        get("description", ""),
        get("brand", ""),
        tuple(get("categories", ())),
        None if price is None else Decimal(price),
        get("currency"),
        None if availability is None else _AVAILABILITIES[availability],
        tuple(get("images", ())),
        _read_attributes(get("attributes")),
        tuple([_read_variant(variant) for variant in get("variants", ())]),
        get("rating"),
        tuple([_read_review(review) for review in get("reviews", ())]),
        get("url", ""),
        get("updated_at"),
        {} if links is None else {kind: tuple(ids) for kind, ids in links.items()},
        {} if translations is None else {lang: Translation(**texts) for lang, texts in translations.items()},
    )


def _product(product: Product) -> dict[str, Any]:
    row: dict[str, Any] = {"id": product.id, "title": product.title}
    if product.description:
        row["description"] = product.description
    if product.brand:
        row["brand"] = product.brand
    if product.categories:
        row["categories"] = product.categories
    if product.variants:
        row["variants"] = [_variant(variant) for variant in product.variants]
    if product.rating is not None:
        row["rating"] = _number(product.rating)
    if product.reviews:
        row["reviews"] = [_review(review) for review in product.reviews]
    if product.url:
        row["url"] = product.url
    if product.updated_at is not None:
        row["updated_at"] = product.updated_at
    if product.links:
        row["links"] = dict(product.links)
    if product.translations:
        row["translations"] = {lang: _translation(texts) for lang, texts in product.translations.items()}
    _offer(product, row)
    return row


def _variant(variant: Variant) -> dict[str, Any]:
    row: dict[str, Any] = {"id": variant.id}
    if variant.title:
        row["title"] = variant.title
    _offer(variant, row)
    return row


def _offer(source: Product | Variant, row: dict[str, Any]) -> None:
    if source.price is not None:
        row["price"] = _decimal(source.price)
    if source.currency is not None:
        row["currency"] = source.currency
    if source.availability is not None:
        row["availability"] = source.availability
    if source.images:
        row["images"] = source.images
    if source.attributes:
        row["attributes"] = {name: _attribute(value) for name, value in source.attributes.items()}


def _review(review: Review) -> dict[str, Any]:
    row: dict[str, Any] = {"text": review.text}
    if review.rating is not None:
        row["rating"] = _number(review.rating)
    if review.title:
        row["title"] = review.title
    if review.author:
        row["author"] = review.author
    if review.created_at is not None:
        row["created_at"] = review.created_at
    return row


def _translation(texts: Translation) -> dict[str, str]:
    row = {"title": texts.title, "description": texts.description}
    return {name: text for name, text in row.items() if text}


def _attribute(value: AttributeValue) -> Any:
    if isinstance(value, str | bool | tuple):
        return value
    if isinstance(value, Measure):
        return {"value": _number(value.value), "unit": value.unit}
    return _number(value)


def _number(value: float) -> float:
    # JSON would turn what is not finite into null; a whole number and its float are the same product.
    if not math.isfinite(value):
        raise InputError("a number cannot be stored", found=value, expected="a finite number")
    return float(value)


def _decimal(value: Decimal) -> str:
    if not value.is_finite():
        raise InputError("a price cannot be stored", field="price", found=value, expected="a finite number")
    return str(value)


def _read_attributes(row: Mapping[str, Any] | None) -> dict[str, AttributeValue]:
    if row is None:
        return {}
    return {name: value if type(value) is str else _read_attribute(value) for name, value in row.items()}


def _read_attribute(value: Any) -> AttributeValue:
    if type(value) is list:
        return tuple(value)
    if type(value) is dict:
        return Measure(value["value"], value["unit"])
    number: float | bool = value
    return number


def _read_variant(row: Mapping[str, Any]) -> Variant:
    get = row.get
    price, availability = get("price"), get("availability")
    return Variant(
        row["id"],
        get("title", ""),
        None if price is None else Decimal(price),
        get("currency"),
        None if availability is None else _AVAILABILITIES[availability],
        tuple(get("images", ())),
        _read_attributes(get("attributes")),
    )


def _read_review(row: Mapping[str, Any]) -> Review:
    get = row.get
    return Review(row["text"], get("rating"), get("title", ""), get("author", ""), get("created_at"))
