"""What a search returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bowerbird.domain.explanation import QueryPart, Reason
from bowerbird.domain.product import Product
from bowerbird.domain.ranking import HitRanking
from bowerbird.domain.rules import AppliedRule, Banner, RuleMove
from bowerbird.domain.understanding import Understanding


@dataclass(frozen=True, slots=True)
class Swatch:
    """One of the colours a product comes in: the variant that stands for it, by its position, and its photo."""

    value: str
    variant: int
    image: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One product with its score and, by name, the signals the score was made of.

    ``variant`` is the position of the best-fitting variant in ``product.variants``, or None;
    ``highlights`` gives, by field, the text with the matched words between ``<mark>`` and ``</mark>``
    and everything else HTML-escaped; ``reasons``, the strongest first, and ``ranking`` are given where the query asks
    for them; ``moves`` is what merchandising rules did to it, and ``team`` the side of
    an interleaving that put it there, ``a`` or ``b``.
    """

    product: Product
    score: float
    signals: Mapping[str, float] = field(default_factory=dict)
    variant: int | None = None
    image: str | None = None
    highlights: Mapping[str, str] = field(default_factory=dict)
    swatches: tuple[Swatch, ...] = ()
    reasons: tuple[Reason, ...] = ()
    ranking: HitRanking | None = None
    moves: tuple[RuleMove, ...] = ()
    team: str = ""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet and the number of products that have it."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class FacetStats:
    """The spread of a numeric facet over the matching products."""

    minimum: float
    maximum: float
    mean: float


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """A facet's values by falling count, and its stats where the field is numeric."""

    field: str
    values: tuple[FacetValue, ...]
    stats: FacetStats | None = None


@dataclass(frozen=True, slots=True)
class ExperimentShown:
    """The experiment that a search was part of; ``arm`` is empty for an interleaving, of which every hit has a team.

    With these names, ``query_id`` and what the shopper did the outcome is told.
    """

    name: str
    arm: str
    query_id: str


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits.

    ``exhaustive`` is False where ``total`` and the facets stop at the matching window; ``understood`` is the query as
    it was read, part by part, and ``understanding`` all that was understood of its words. ``banners``, ``redirect`` (an
    address to go to instead) and ``applied_rules`` come from the merchandising rules in force; ``experiment`` is what
    the search was part of.
    """

    hits: tuple[Hit, ...]
    total: int
    facets: tuple[FacetCounts, ...] = ()
    page: int = 1
    per_page: int = 24
    took_ms: float = 0.0
    query_id: str = ""
    did_you_mean: str | None = None
    exhaustive: bool = True
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    understood: tuple[QueryPart, ...] = ()
    understanding: Understanding | None = None
    banners: tuple[Banner, ...] = ()
    redirect: str | None = None
    applied_rules: tuple[AppliedRule, ...] = ()
    experiment: ExperimentShown | None = None
