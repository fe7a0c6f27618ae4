"""Recommendations: where they are shown, what they are asked with, and why each product is there."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from bowerbird.domain.event import Who
from bowerbird.domain.filters import Filter
from bowerbird.domain.results import Hit


class Surface(StrEnum):
    """A list of products with a purpose."""

    FOR_YOU = "for-you"
    SIMILAR = "similar"
    BOUGHT_TOGETHER = "bought-together"
    VIEWED_TOGETHER = "viewed-together"
    COMPLETE_THE_CART = "complete-the-cart"
    TRENDING = "trending"
    NEW = "new"
    BUY_AGAIN = "buy-again"
    RECENTLY_VIEWED = "recently-viewed"
    BECAUSE_YOU_VIEWED = "because-you-viewed"


class PageKind(StrEnum):
    """A page of the shop that shows several surfaces."""

    HOME = "home"
    PRODUCT = "product"
    CART = "cart"


class Likeness(StrEnum):
    """What ``similar`` goes by."""

    TEXT = "text"
    LOOK = "look"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class RecommendRequest:
    """What is asked of a surface; ``product`` and ``cart`` are ids, ``by`` is for ``similar`` alone."""

    surface: Surface
    who: Who = field(default_factory=Who)
    product: str = ""
    cart: tuple[str, ...] = ()
    limit: int = 12
    filters: Filter | None = None
    by: Likeness = Likeness.BOTH
    lang: str = ""


class WhyKind(StrEnum):
    """Why a product is recommended."""

    BOUGHT_WITH = "bought_with"
    VIEWED_WITH = "viewed_with"
    SIMILAR_TO = "similar_to"
    LOOKS_LIKE = "looks_like"
    NEXT = "next"
    """What shoppers with a visit like this one went on to."""
    SHOPPERS_LIKE_YOU = "shoppers_like_you"
    YOUR_TASTE = "your_taste"
    """It is of a brand, kind or colour that the shopper likes: ``field`` and ``value`` say which."""
    POPULAR = "popular"
    TRENDING = "trending"
    NEW = "new"
    BOUGHT_BEFORE = "bought_before"
    VIEWED_BEFORE = "viewed_before"


@dataclass(frozen=True, slots=True)
class Why:
    """The strongest reason for a recommendation; ``product`` and ``title`` are another product's."""

    kind: WhyKind
    product: str = ""
    title: str = ""
    field: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class RecommendedHit:
    """A product with its reason; ``source`` is what found it, ``explored`` says that it is shown to learn about it."""

    hit: Hit
    why: Why
    source: str
    explored: bool = False


@dataclass(frozen=True, slots=True)
class Recommendations:
    """One answer of a surface; ``query_id`` is echoed by the events about it.

    ``anchor`` is the product it is about, with its ``title``. Of a page's lists ``propensity`` is the chance that the
    list had of its place there, for estimates of what another order would have earned.
    """

    surface: Surface
    hits: tuple[RecommendedHit, ...]
    query_id: str
    took_ms: float = 0.0
    anchor: str = ""
    title: str = ""
    propensity: float = 1.0


@dataclass(frozen=True, slots=True)
class RecommendedPage:
    """The lists of a page in the order to show them; none is empty."""

    kind: PageKind
    lists: tuple[Recommendations, ...]
    took_ms: float = 0.0
