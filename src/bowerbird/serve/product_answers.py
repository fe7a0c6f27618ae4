"""From a product dressed for its page to the HTTP shape, as plain dicts for orjson."""

from __future__ import annotations

from typing import Any

from bowerbird.domain.product import Review
from bowerbird.present.product_page import ProductPage
from bowerbird.serve.answers import (
    availability_of,
    number,
    photo_address,
    plain_attributes,
    price_of,
    swatches_body,
)
from bowerbird.serve.shop_only import told


def page_body(page: ProductPage, whole: bool) -> dict[str, Any]:
    """What a product's own page shows; ``whole`` with what only those may know who may write."""
    product = page.product
    price, currency = price_of(product, None)
    return {
        "id": product.id,
        "title": page.title,
        "description": page.description,
        "brand": product.brand,
        "categories": list(product.categories),
        "price": number(price),
        "currency": currency,
        "availability": availability_of(product, None),
        "rating": product.rating,
        "review_count": len(product.reviews),
        "rating_counts": {str(stars): count for stars, count in page.rating_counts.items()},
        "url": product.url,
        "photos": [
            {
                "address": photo_address(photo.address),
                "variant": None if photo.variant < 0 else product.variants[photo.variant].id,
            }
            for photo in page.photos
        ],
        "attributes": plain_attributes(product.attributes, whole),
        "options": {name: list(values) for name, values in told(page.options, whole).items()},
        "variants": [_variant(page, position, whole) for position in range(len(product.variants))],
        "reviews": [_review(review) for review in page.reviews],
        "swatches": swatches_body(product, page.swatches),
        "languages": list(product.translations),
    }


def _variant(page: ProductPage, position: int, whole: bool) -> dict[str, Any]:
    product = page.product
    variant = product.variants[position]
    price, currency = price_of(product, variant)
    return {
        "id": variant.id,
        "title": variant.title or page.title,
        "price": number(price),
        "currency": currency,
        "availability": availability_of(product, variant),
        "attributes": plain_attributes(variant.attributes, whole),
        "options": told(page.choices[position], whole),
        "image": photo_address(page.images[position]),
    }


def _review(review: Review) -> dict[str, Any]:
    return {
        "text": review.text,
        "rating": review.rating,
        "title": review.title,
        "author": review.author,
        "created_at": review.created_at,
    }
