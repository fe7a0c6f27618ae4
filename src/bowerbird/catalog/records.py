"""The canonical record: one product as a dictionary, from a file's reader or from the HTTP API.

Keys: ``id``, ``title``, ``description``, ``brand``, ``categories``, ``price``, ``currency``, ``availability``,
``images``, ``attributes``, ``variants``, ``rating``, ``reviews``, ``url``, ``updated_at``, ``links``,
``translations``. Everything but ``id`` and ``title`` may be missing. Nothing in it is trusted: types, sizes and
characters are checked here, and every refusal is an InputError with the field, what was found and what was expected.
An unknown key is refused with the nearest known one (files without a mapping keep theirs as attributes before they
come here).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from difflib import get_close_matches

from bowerbird.catalog.availability import parse_availability
from bowerbird.catalog.categories import category_path
from bowerbird.catalog.cleaning import clean_line, clean_text, tidy_line
from bowerbird.catalog.limits import PRODUCT_LIMITS, ProductLimits
from bowerbird.catalog.prices import parse_currency, parse_price
from bowerbird.catalog.record_values import (
    read_attributes,
    read_fraction,
    read_line,
    read_list,
    read_mapping,
    read_text_list,
)
from bowerbird.domain.errors import InputError
from bowerbird.domain.product import AttributeValue, Availability, Measure, Product, Review, Translation, Variant

PRODUCT_FIELDS = (
    "id", "title", "description", "brand", "categories", "price", "currency", "availability", "images", "attributes",
    "variants", "rating", "reviews", "url", "updated_at", "links", "translations",
)  # fmt: skip
VARIANT_FIELDS = ("id", "title", "price", "currency", "availability", "images", "attributes")
REVIEW_FIELDS = ("text", "rating", "title", "author", "created_at")
TRANSLATION_FIELDS = ("title", "description")
_PRODUCT_KEYS, _VARIANT_KEYS, _REVIEW_KEYS, _TRANSLATION_KEYS = map(
    frozenset, (PRODUCT_FIELDS, VARIANT_FIELDS, REVIEW_FIELDS, TRANSLATION_FIELDS)
)

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}")
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.\-]*):")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?\s?(?:Z|[+-]\d{2}:?\d{2})?)?")


def product_from_record(
    record: Mapping[str, object], *, currency: str | None = None, limits: ProductLimits = PRODUCT_LIMITS
) -> Product:
    """Check and clean one record; ``currency`` is what prices are in that name none. Raises InputError."""
    record = read_mapping(record, "record", len(PRODUCT_FIELDS) + 100)
    refuse_unknown(record, _PRODUCT_KEYS)
    price, used = _read_price(record, currency, "")
    reviews = _read_reviews(record.get("reviews"), limits)
    rating = read_fraction(record.get("rating"), "rating", 0, 5)
    stars = [review.rating for review in reviews if review.rating is not None]
    if rating is None and stars:
        rating = round(sum(stars) / len(stars), 2)
    return Product(
        id=read_id(record.get("id"), limits=limits),
        title=_read_title(record.get("title"), limits),
        description=_read_text(record.get("description"), "description", limits),
        brand=read_line(record.get("brand"), "brand", limits.max_title_chars),
        categories=_read_categories(record.get("categories"), limits),
        price=price,
        currency=used,
        availability=_read_availability(record.get("availability"), "availability"),
        images=_read_images(record.get("images"), "images", limits),
        attributes=read_attributes(record.get("attributes"), "attributes", limits),
        variants=_read_variants(record.get("variants"), used or currency, limits),
        rating=rating,
        reviews=reviews,
        url=_read_url(record.get("url")),
        updated_at=_read_date(record.get("updated_at"), "updated_at"),
        links=_read_links(record.get("links"), limits),
        translations=_read_translations(record.get("translations"), limits),
    )


def variant_from_record(
    record: Mapping[str, object], *, field: str = "variants[0]", currency: str | None = None,
    limits: ProductLimits = PRODUCT_LIMITS,
) -> Variant:  # fmt: skip
    """Check and clean one variant; ``field`` names it in errors. Raises InputError."""
    record = read_mapping(record, field, len(VARIANT_FIELDS) + 100)
    refuse_unknown(record, _VARIANT_KEYS, field + ".")
    price, used = _read_price(record, currency, field + ".")
    return Variant(
        id=read_id(record.get("id"), f"{field}.id", limits),
        title=read_line(record.get("title"), f"{field}.title", limits.max_title_chars),
        price=price,
        currency=used,
        availability=_read_availability(record.get("availability"), f"{field}.availability"),
        images=_read_images(record.get("images"), f"{field}.images", limits),
        attributes=read_attributes(record.get("attributes"), f"{field}.attributes", limits),
    )


def product_to_record(product: Product) -> dict[str, object]:
    """The record of a product, ready for JSON: prices as numbers, measures as objects, empty fields left out."""
    record: dict[str, object] = {"id": product.id, "title": product.title}
    optional: dict[str, object] = {
        "description": product.description,
        "brand": product.brand,
        "categories": list(product.categories),
        "price": _number(product.price),
        "currency": product.currency,
        "availability": None if product.availability is None else product.availability.value,
        "images": list(product.images),
        "attributes": {name: _plain(value) for name, value in product.attributes.items()},
        "variants": [_variant_to_record(variant) for variant in product.variants],
        "rating": product.rating,
        "reviews": [_review_to_record(review) for review in product.reviews],
        "url": product.url,
        "updated_at": product.updated_at,
        "links": {kind: list(ids) for kind, ids in product.links.items()},
        "translations": {
            lang: _filled({"title": texts.title, "description": texts.description})
            for lang, texts in product.translations.items()
        },
    }
    record.update(_filled(optional))
    return record


def refuse_unknown(record: Mapping[str, object], known: frozenset[str], prefix: str = "") -> None:
    """Raise InputError for the first key that is not known, naming the nearest one that is."""
    if known.issuperset(record):
        return
    name = next(key for key in record if key not in known)
    near = get_close_matches(name.lower()[:64], known, n=1, cutoff=0.5)
    expected = f"{near[0]} (the nearest known field)" if near else "one of " + ", ".join(sorted(known))
    raise InputError("unknown field", field=(prefix + name)[:100], found=name, expected=expected)


def read_id(value: object, field: str = "id", limits: ProductLimits = PRODUCT_LIMITS) -> str:
    """An id as text: not empty, no control characters, bounded; whole numbers are taken too."""
    expected = f"text of 1 to {limits.max_id_chars} characters without control characters"
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**30:
        return str(value)
    if value is None or value == "":
        raise InputError("the id is missing", field=field, expected=expected)
    if isinstance(value, int) and not isinstance(value, bool):
        raise InputError("not an id", field=field, found="a number of more than 30 digits", expected=expected)
    if not isinstance(value, str) or len(value) > limits.max_id_chars or _CONTROL.search(value):
        raise InputError("not an id", field=field, found=value, expected=expected)
    text = tidy_line(value)
    if not text:
        raise InputError("the id is blank", field=field, found=value, expected=expected)
    return text


def _read_title(value: object, limits: ProductLimits) -> str:
    title = read_line(value, "title", limits.max_title_chars)
    if not title:
        raise InputError("the title is missing", field="title", found=value, expected="text")
    return title


def _read_text(value: object, field: str, limits: ProductLimits) -> str:
    if isinstance(value, str):
        if len(value) > limits.max_text_chars:
            raise InputError(
                "the text is too long", field=field, found=f"{len(value):,} characters",
                expected=f"at most {limits.max_text_chars:,}",
            )  # fmt: skip
        return clean_text(value)
    return read_line(value, field, limits.max_text_chars)


def _read_price(record: Mapping[str, object], currency: str | None, prefix: str) -> tuple[Decimal | None, str | None]:
    declared = record.get("currency")
    if declared is not None and declared != "":
        currency = parse_currency(declared, field=f"{prefix}currency")
    value = record.get("price")
    if value is None or (isinstance(value, str) and not value.strip()):
        return None, currency if declared else None
    return parse_price(value, currency, field=f"{prefix}price")


def _read_availability(value: object, field: str) -> Availability | None:
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    return parse_availability(value, field=field)


def _read_categories(value: object, limits: ProductLimits) -> tuple[str, ...]:
    texts = read_text_list(value, "categories", limits.max_categories, limits.max_title_chars)
    return tuple(dict.fromkeys(path for path in map(category_path, texts) if path))


def _read_images(value: object, field: str, limits: ProductLimits) -> tuple[str, ...]:
    texts = read_text_list(value, field, limits.max_images, 4_000)
    for text in texts:
        scheme = _SCHEME.match(text)
        if _CONTROL.search(text) or (scheme and len(scheme[1]) > 1 and scheme[1].lower() not in ("http", "https")):
            raise InputError("not an image", field=field, found=text, expected="a path or an http(s) address")
    return tuple(dict.fromkeys(text.strip() for text in texts if text.strip()))


def _read_url(value: object) -> str:
    url = tidy_line(value) if isinstance(value, str) else read_line(value, "url", 4_000)
    scheme = _SCHEME.match(url)
    if len(url) > 4_000 or (scheme and scheme[1].lower() not in ("http", "https")):
        raise InputError("not an address", field="url", found=url, expected="an http(s) address or a path")
    return url


def _read_date(value: object, field: str) -> str | None:
    if value is None or value == "":
        return None
    text = value.isoformat() if hasattr(value, "isoformat") else value
    if isinstance(text, str) and _DATE.fullmatch(text.strip()):
        text = text.strip()
        try:
            datetime.fromisoformat(text)
        except ValueError:
            pass
        else:
            return text
    raise InputError("not a date", field=field, found=value, expected="ISO 8601 such as 2026-03-01T12:00:00Z")


def _read_variants(value: object, currency: str | None, limits: ProductLimits) -> tuple[Variant, ...]:
    if value is None:
        return ()
    records = read_list(value, "variants", limits.max_variants)
    variants = []
    seen: set[str] = set()
    for position, record in enumerate(records):
        field = f"variants[{position}]"
        if not isinstance(record, Mapping):
            raise InputError("not a variant", field=field, found=record, expected="an object with an id")
        variant = variant_from_record(record, field=field, currency=currency, limits=limits)
        if variant.id in seen:
            raise InputError(
                "the id of another variant", field=f"{field}.id", found=variant.id, expected="an id of its own"
            )
        seen.add(variant.id)
        variants.append(variant)
    return tuple(variants)


def _read_reviews(value: object, limits: ProductLimits) -> tuple[Review, ...]:
    if value is None:
        return ()
    reviews = []
    for position, record in enumerate(read_list(value, "reviews", limits.max_reviews)):
        field = f"reviews[{position}]"
        if isinstance(record, str):
            record = {"text": record}
        if not isinstance(record, Mapping):
            raise InputError("not a review", field=field, found=record, expected="an object with a text")
        refuse_unknown(record, _REVIEW_KEYS, field + ".")
        reviews.append(
            Review(
                text=_read_text(record.get("text"), f"{field}.text", limits),
                rating=read_fraction(record.get("rating"), f"{field}.rating", 0, 5),
                title=read_line(record.get("title"), f"{field}.title", limits.max_title_chars),
                author=read_line(record.get("author"), f"{field}.author", limits.max_title_chars),
                created_at=_read_date(record.get("created_at"), f"{field}.created_at"),
            )
        )
    return tuple(reviews)


def _read_links(value: object, limits: ProductLimits) -> Mapping[str, tuple[str, ...]]:
    if value is None:
        return {}
    links: dict[str, tuple[str, ...]] = {}
    for kind, ids in read_mapping(value, "links", 50).items():
        field = f"links.{kind}"
        found = read_text_list(ids, field, limits.max_links, limits.max_id_chars)
        name = clean_line(kind)
        if found and name:
            links[name] = tuple(dict.fromkeys(read_id(text, field, limits) for text in found))
    return links


def _read_translations(value: object, limits: ProductLimits) -> Mapping[str, Translation]:
    if value is None:
        return {}
    translations: dict[str, Translation] = {}
    for name, record in read_mapping(value, "translations", limits.max_translations).items():
        field = f"translations.{name[:80]}"
        lang = name.strip().lower().replace("_", "-")
        if not _LANGUAGE.fullmatch(lang):
            raise InputError("not a language", field=field, found=name, expected="a tag such as zh or pt-br")
        if record is None:
            continue
        if not isinstance(record, Mapping):
            raise InputError("not a translation", field=field, found=record, expected="an object with a title")
        refuse_unknown(record, _TRANSLATION_KEYS, field + ".")
        translation = Translation(
            title=read_line(record.get("title"), f"{field}.title", limits.max_title_chars),
            description=_read_text(record.get("description"), f"{field}.description", limits),
        )
        if translation != Translation():
            translations[lang] = translation
    return translations


def _variant_to_record(variant: Variant) -> dict[str, object]:
    optional: dict[str, object] = {
        "title": variant.title,
        "price": _number(variant.price),
        "currency": variant.currency,
        "availability": None if variant.availability is None else variant.availability.value,
        "images": list(variant.images),
        "attributes": {name: _plain(value) for name, value in variant.attributes.items()},
    }
    return {"id": variant.id, **_filled(optional)}


def _review_to_record(review: Review) -> dict[str, object]:
    optional = {
        "rating": review.rating, "title": review.title, "author": review.author, "created_at": review.created_at,
    }  # fmt: skip
    return {"text": review.text, **_filled(optional)}


def _filled(optional: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in optional.items() if value is not None and value not in ("", [], {})}


def _plain(value: AttributeValue) -> object:
    if isinstance(value, Measure):
        return {"value": value.value, "unit": value.unit}
    return list(value) if isinstance(value, Sequence) and not isinstance(value, str) else value


def _number(price: Decimal | None) -> float | int | None:
    if price is None:
        return None
    return int(price) if price == price.to_integral_value() else float(price)
