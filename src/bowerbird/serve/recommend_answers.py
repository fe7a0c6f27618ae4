"""From recommendations to the HTTP shapes, as plain dicts for orjson."""

from __future__ import annotations

from typing import Any

from bowerbird.domain.recommendation import Recommendations, RecommendedHit, RecommendedPage, Why
from bowerbird.domain.shop_only import is_shop_only
from bowerbird.serve.answers import hit_body


def recommendations_body(found: Recommendations, lang: str = "", *, whole: bool) -> dict[str, Any]:
    """One list; ``whole`` with what only those may know who may write."""
    return {
        "surface": found.surface.value,
        "anchor": {"id": found.anchor, "title": found.title} if found.anchor else None,
        "hits": [recommended_body(hit, lang, whole=whole) for hit in found.hits],
        "query_id": found.query_id,
        "took_ms": round(found.took_ms, 2),
        "propensity": round(found.propensity, 4),
    }


def page_body(page: RecommendedPage, lang: str = "", *, whole: bool) -> dict[str, Any]:
    """The lists of a page."""
    return {
        "page": page.kind.value,
        "surfaces": [recommendations_body(one, lang, whole=whole) for one in page.lists],
        "took_ms": round(page.took_ms, 2),
    }


def recommended_body(found: RecommendedHit, lang: str, *, whole: bool) -> dict[str, Any]:
    """One hit with its reason."""
    return {
        **hit_body(found.hit, lang=lang, whole=whole),
        "why": why_body(found.why, whole=whole),
        "source": found.source,
        "explored": found.explored,
    }


def why_body(why: Why, *, whole: bool) -> dict[str, str]:
    """A reason; what only the shop knows of a product is no reason for others."""
    told = whole or not is_shop_only(why.field)
    return {
        "kind": why.kind.value,
        "product": why.product,
        "title": why.title,
        "field": why.field if told else "",
        "value": why.value if told else "",
    }
