"""From the domain's results to the HTTP shapes, as plain dicts for orjson."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import orjson
from starlette.responses import Response

from bowerbird.domain.product import AttributeValue, Measure, Product, Variant
from bowerbird.domain.results import FacetCounts, Hit, Results

_PHOTO_HASH = re.compile(r"[0-9a-f]{16,128}")


def json_response(body: Any, status: int = 200) -> Response:
    """A JSON response that no cache keeps."""
    return Response(
        orjson.dumps(body, option=orjson.OPT_SERIALIZE_NUMPY),
        status,
        {"Cache-Control": "no-store"},
        media_type="application/json",
    )


def results_body(results: Results, explain: bool = False) -> dict[str, Any]:
    """One page of hits."""
    body: dict[str, Any] = {
        "hits": [hit_body(hit) for hit in results.hits],
        "total": results.total,
        "facets": [facet_body(facet) for facet in results.facets],
        "page": results.page,
        "per_page": results.per_page,
        "took_ms": round(results.took_ms, 2),
        "query_id": results.query_id,
        "did_you_mean": results.did_you_mean,
        "exhaustive": results.exhaustive,
    }
    if explain:
        body["timings_ms"] = dict(results.timings_ms)
    return body


def hit_body(hit: Hit) -> dict[str, Any]:
    """One hit; price, currency, availability and photo are those of the chosen variant where it has its own."""
    product = hit.product
    variant = chosen_variant(hit)
    price, currency = price_of(product, variant)
    availability = (variant.availability if variant is not None else None) or product.availability
    image = photo_address(hit.image)
    return {
        "id": product.id,
        "title": product.title,
        "brand": product.brand,
        "price": number(price),
        "currency": currency,
        "availability": availability.value if availability is not None else None,
        "image": image,
        "categories": list(product.categories),
        "rating": product.rating,
        "review_count": len(product.reviews),
        "url": product.url,
        "score": float(hit.score),
        "signals": dict(hit.signals),
        "variant": None if variant is None else variant_body(variant, product, image),
        "highlights": dict(hit.highlights),
    }


def chosen_variant(hit: Hit) -> Variant | None:
    """The variant that a hit shows."""
    if hit.variant is None or not 0 <= hit.variant < len(hit.product.variants):
        return None
    return hit.product.variants[hit.variant]


def price_of(product: Product, variant: Variant | None) -> tuple[Decimal | None, str | None]:
    """The price shown for a hit: its variant's, else its own, else its cheapest variant's; and the currency."""
    if variant is not None and variant.price is not None:
        return variant.price, variant.currency or product.currency
    if product.price is not None:
        return product.price, product.currency
    priced = [other for other in product.variants if other.price is not None]
    if not priced:
        return None, product.currency
    cheapest = min(priced, key=lambda other: other.price or Decimal(0))
    return cheapest.price, cheapest.currency or product.currency


def variant_body(variant: Variant, product: Product, image: str | None) -> dict[str, Any]:
    """A variant with what it takes from its product filled in; ``image`` is the address its hit shows."""
    return {
        "id": variant.id,
        "title": variant.title or product.title,
        "price": number(price_of(product, variant)[0]),
        "image": image,
        "attributes": plain_attributes(variant.attributes),
    }


def facet_body(facet: FacetCounts) -> dict[str, Any]:
    """A facet's values by falling count."""
    stats = facet.stats
    return {
        "field": facet.field,
        "values": [{"value": value.value, "count": int(value.count)} for value in facet.values],
        "stats": None if stats is None else {"min": stats.minimum, "max": stats.maximum, "mean": stats.mean},
    }


def plain_attributes(attributes: Mapping[str, AttributeValue]) -> dict[str, Any]:
    """Attributes as JSON writes them; a measure is its value and unit."""
    return {name: _plain(value) for name, value in attributes.items()}


def photo_address(image: str | None) -> str | None:
    """Where a page finds a photo: a stored one by its content hash, a remote one where the catalogue says."""
    if image is None:
        return None
    if _PHOTO_HASH.fullmatch(image):
        return f"/photos/{image}"
    return image if image.startswith(("https://", "http://", "/photos/")) else None


def number(value: Decimal | None) -> float | None:
    """A price as JSON writes it."""
    return None if value is None else float(value)


def _plain(value: AttributeValue) -> Any:
    if isinstance(value, Measure):
        return {"value": value.value, "unit": value.unit}
    return list(value) if isinstance(value, tuple) else value
