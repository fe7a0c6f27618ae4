"""From the domain's results to the HTTP shapes, as plain dicts for orjson."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import IntEnum
from typing import TYPE_CHECKING, Any

import orjson
from starlette.responses import Response

from bowerbird.domain.explanation import PartKind, QueryPart, Reason
from bowerbird.domain.product import AttributeValue, Measure, Product, Variant
from bowerbird.domain.results import FacetCounts, Hit, Results, Swatch
from bowerbird.domain.shop_only import is_shop_only
from bowerbird.present.languages import title_in
from bowerbird.serve.experiment_answers import shown_body
from bowerbird.serve.hit_ranking_answers import moves_body, ranking_body
from bowerbird.serve.rules_answers import merchandising_body
from bowerbird.serve.schemas import MAX_EXAMPLES, MAX_PHOTOS
from bowerbird.serve.shop_only import told
from bowerbird.serve.understanding_answers import intent_body, rewrite_body
from bowerbird.storage.photo_decoding import DEFAULT_LIMITS, FORMATS

if TYPE_CHECKING:
    from bowerbird.engine.capabilities import Capabilities

_PHOTO_HASH = re.compile(r"[0-9a-f]{16,128}")


def json_response(body: Any, status: int = 200) -> Response:
    """A JSON response that no cache keeps."""
    return Response(
        orjson.dumps(body, option=orjson.OPT_SERIALIZE_NUMPY),
        status,
        {"Cache-Control": "no-store"},
        media_type="application/json",
    )


class Detail(IntEnum):
    """How much is told of each hit."""

    PLAIN = 0
    REASONS = 1
    """Why it was found, in a shopper's terms."""
    RANKING = 2
    """And how it came to its place."""


def results_body(results: Results, detail: Detail = Detail.PLAIN, lang: str = "", *, whole: bool) -> dict[str, Any]:
    """One page of hits, in a language where they have it; ``whole`` with what only those may know who may write."""
    body: dict[str, Any] = {
        "hits": [hit_body(hit, detail, lang, whole=whole) for hit in results.hits],
        "total": results.total,
        "facets": [facet_body(facet) for facet in results.facets],
        "page": results.page,
        "per_page": results.per_page,
        "took_ms": round(results.took_ms, 2),
        "query_id": results.query_id,
        "did_you_mean": results.did_you_mean,
        "exhaustive": results.exhaustive,
        "understood": understood_body(results),
        **merchandising_body(results, whole),
        **shown_body(results.experiment),
    }
    if detail >= Detail.RANKING:
        body["timings_ms"] = dict(results.timings_ms)
    return body


def hit_body(hit: Hit, detail: Detail = Detail.PLAIN, lang: str = "", *, whole: bool) -> dict[str, Any]:
    """One hit; price, currency, availability and photo are those of the chosen variant where it has its own."""
    product = hit.product
    variant = chosen_variant(hit)
    price, currency = price_of(product, variant)
    image = photo_address(hit.image)
    body = {
        "id": product.id,
        "title": title_in(product, lang),
        "brand": product.brand,
        "price": number(price),
        "currency": currency,
        "availability": availability_of(product, variant),
        "image": image,
        "categories": list(product.categories),
        "rating": product.rating,
        "review_count": len(product.reviews),
        "url": product.url,
        "score": float(hit.score),
        "signals": dict(hit.signals),
        "variant": None if variant is None else variant_body(variant, product, image, whole),
        "highlights": dict(hit.highlights),
        "swatches": swatches_body(product, hit.swatches),
        "variant_count": len(product.variants),
    }
    if hit.team:
        body["team"] = hit.team
    if detail >= Detail.REASONS:
        body["reasons"] = [reason_body(one) for one in hit.reasons if whole or not is_shop_only(one.field or "")]
    if detail >= Detail.RANKING:
        if whole:
            body["rules"] = moves_body(hit.moves)
        body["ranking"] = ranking_body(hit.ranking, whole)
    return body


def swatches_body(product: Product, swatches: Iterable[Swatch]) -> list[dict[str, Any]]:
    """The colours of a product, each with the price and stock of the variant that stands for it."""
    shown = []
    for swatch in swatches:
        variant = product.variants[swatch.variant]
        shown.append(
            {
                "value": swatch.value,
                "variant": variant.id,
                "image": photo_address(swatch.image),
                "price": number(price_of(product, variant)[0]),
                "availability": availability_of(product, variant),
            }
        )
    return shown


def understood_body(results: Results) -> dict[str, Any]:
    """The query as it was read: its parts, and what was understood of the words as a whole."""
    body: dict[str, Any] = {"parts": [part_body(part) for part in results.understood]}
    found = results.understanding
    if found is not None:
        body |= {
            "language": found.language.value,
            "intent": intent_body(found.intent),
            "sentiment": {"label": found.sentiment.label, "score": round(found.sentiment.score, 3)},
            "rewritten": [rewrite_body(one) for one in found.rewritten],
        }
    return body


def part_body(part: QueryPart) -> dict[str, Any]:
    """A part of a query as it was read; a photo always tells its box, all else only what it has."""
    held: dict[str, Any] = {
        "kind": part.kind.value,
        "text": part.text,
        "weight": part.weight,
        "from": part.replaced,
        "field": part.field,
        "number": part.number,
        "id": part.product,
        "title": part.title,
        "span": None if part.start is None or part.end is None else [part.start, part.end],
    }
    body = _present(held)
    if part.kind in (PartKind.PHOTO, PartKind.NOT_PHOTO):
        body["box"] = None if part.box is None else list(part.box)
    return body


def reason_body(reason: Reason) -> dict[str, Any]:
    """One thing that spoke for a product, only what its kind has."""
    return _present(
        {
            "kind": reason.kind.value,
            "strength": None if reason.strength is None else round(reason.strength, 3),
            "field": reason.field,
            "words": None if reason.words is None else list(reason.words),
            "number": reason.number,
            "value": reason.value,
            "count": reason.count,
        }
    )


def _present(body: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if value is not None}


def availability_of(product: Product, variant: Variant | None) -> str | None:
    """Whether a variant, or the product, can be had."""
    availability = (variant.availability if variant is not None else None) or product.availability
    return None if availability is None else availability.value


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


def variant_body(variant: Variant, product: Product, image: str | None, whole: bool) -> dict[str, Any]:
    """A variant with what it takes from its product filled in; ``image`` is the address its hit shows."""
    return {
        "id": variant.id,
        "title": variant.title or product.title,
        "price": number(price_of(product, variant)[0]),
        "image": image,
        "attributes": plain_attributes(variant.attributes, whole),
    }


def facet_body(facet: FacetCounts) -> dict[str, Any]:
    """A facet's values by falling count."""
    stats = facet.stats
    return {
        "field": facet.field,
        "values": [{"value": value.value, "count": int(value.count)} for value in facet.values],
        "stats": None if stats is None else {"min": stats.minimum, "max": stats.maximum, "mean": stats.mean},
    }


def fields_body(fields: Mapping[str, str], whole: bool) -> list[dict[str, str]]:
    """The fields that filters and facets know."""
    return [{"name": name, "kind": kind} for name, kind in told(fields, whole).items()]


def capabilities_body(capabilities: Capabilities, whole: bool) -> dict[str, Any]:
    """What a page may offer over a shop."""
    return {
        "speech": bool(capabilities.speech),
        "speech_languages": list(capabilities.speech),
        "languages": list(capabilities.languages),
        "photo": {
            "max_bytes": DEFAULT_LIMITS.max_bytes,
            "max_pixels": DEFAULT_LIMITS.max_pixels,
            "formats": [f"image/{name.lower()}" for name in FORMATS],
        },
        "max_photos": MAX_PHOTOS,
        "max_examples": MAX_EXAMPLES,
        "fields": fields_body(capabilities.fields, whole),
        "facets": list(capabilities.facets),
        "currency": capabilities.currency,
        "products": capabilities.products,
    }


def plain_attributes(attributes: Mapping[str, AttributeValue], whole: bool) -> dict[str, Any]:
    """Attributes as JSON writes them; a measure is its value and unit."""
    return {name: _plain(value) for name, value in told(attributes, whole).items()}


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
