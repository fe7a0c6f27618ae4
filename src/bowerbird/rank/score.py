"""The default score: relevance x intent x sentiment x offer x taste. Each factor has an exponent, and 0 leaves it out.

A product of factors can be read: a factor of 1.05 raises by five parts in a hundred whatever the others are. It needs
no training; a learned model starts from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bowerbird.rank.signals import SignalTable
from bowerbird.understand.attention import sentiment_weight

if TYPE_CHECKING:
    from bowerbird.domain.ports import Floats


@dataclass(frozen=True, slots=True)
class ScoreSettings:
    """The exponents, chosen on chorus-electronics and the clothing shop's dev queries.

    ``benchmarks/rank_quality.py`` measures them, and what they come to where the measured queries choose none.
    """

    brand: float = 0.2
    """Of ``(1 + brand_match) / 2``: who names a brand wants it from the brand, not what fits it."""

    described: float = 0.1
    """Of one half, for what has no description: an offer that nobody described is seldom the one that was meant."""

    typical: float = 0.2
    """Of ``(1 + typical) / 2``: what is unlike everything else that answers is seldom the answer."""

    fit: float = 0.5
    """Of ``(1 + kind_fit + attribute_fit) / 3``, the first at least ``title_coverage``, beside what retrieval does."""

    attention: float = 0.0
    """Of the share of the query's attention a product takes. Off: it says nothing that relevance does not, and .005
    already costs .008 nDCG@10 on chorus-electronics; the learned model sees it."""

    kind: float = 0.05
    """Of one half, for a title that names another kind of thing than was asked for."""

    sentiment: float = 0.05
    """Of exp(sentiment / 2), against the shop's mean: a product nobody speaks of stands where it stood."""

    popularity: float = 0.05
    """Of clicks a view, against the candidates' middle."""

    click_through: float = 0.2
    """Of ``1 + 4 x`` the clicks this query's shoppers gave it a view."""

    stock: float = 0.15
    """Of one half, for what cannot be bought now."""

    freshness: float = 0.0
    """Of the freshness, 0.5 to 1. Off by default: most catalogues' dates tell of edits, not of novelty."""

    margin: float = 0.0
    """Of ``1 + margin``. Off by default: the merchant decides whether shoppers should see what earns most."""

    personal: float = 1.0
    """Of ``MOST_PERSONAL`` to the power of half the taste, -1..1: at 1 the product a shopper likes most rises by at
    most that factor over the one they like least, so that what a query means stays first."""

    hidden: float = 1.0
    """Of one half, for what the shopper said they do not want: that is no guess."""


MOST_PERSONAL = 1.25
BY_LOOK = ScoreSettings(
    brand=0,
    described=0,
    typical=0,
    fit=0,
    attention=0,
    kind=0,
    sentiment=0,
    popularity=0,
    click_through=0,
    stock=0,
    personal=0,
)
"""For a query without words: who shows a photo wants what looks like it before what others like."""


@dataclass(frozen=True, slots=True, eq=False)
class Score:
    """The score of each candidate, (n,), and the factors that it is the product of, (n,) each."""

    values: Floats
    factors: Mapping[str, Floats]


def score(table: SignalTable, settings: ScoreSettings, mean_sentiment: float = 0.0) -> Score:
    """The default score of every row of a table."""
    factors: dict[str, Floats] = {"relevance": np.maximum(table.known("relevance", 0.0), 0.0)}
    for name, (base, exponent) in _bases(table, settings, mean_sentiment).items():
        if exponent:
            factors[name] = np.power(base, np.float32(exponent)).astype(np.float32)
    return Score(np.multiply.reduce(list(factors.values())).astype(np.float32), factors)


def _bases(
    table: SignalTable, settings: ScoreSettings, mean_sentiment: float
) -> dict[str, tuple[NDArray[np.floating], float]]:
    """What each exponent is of; above 0, and 1 where nothing is known."""
    popularity = table.column("popularity")
    middle = float(np.nanmedian(popularity)) if not np.isnan(popularity).all() else 0.0
    clicked = table.column("click_through")
    # What was never shown for this query is taken for as good as the middle of what was.
    usual = float(np.nanmedian(clicked)) if not np.isnan(clicked).all() else 0.0
    # Without a brand among the words nobody is less for theirs.
    brand = table.known("brand_match", 0.0)
    described = table.known("body_length", 1.0) > 0
    # What is called leggings is leggings, whatever its fields forget.
    kind = np.maximum(table.known("kind_fit", 1.0), table.known("title_coverage", 0.0))
    fit = (1 + kind + table.known("attribute_fit", 1.0)) / 3
    bases = {
        "brand": ((1 + brand) / 2 if brand.any() else np.ones_like(brand), settings.brand),
        "described": (np.where(described, 1.0, 0.5), settings.described),
        "kind": (np.where(table.known("same_kind", 1.0) > 0, 1.0, 0.5), settings.kind),
        "typical": (np.maximum(1 + table.known("typical", 0.0), 1e-3) / 2, settings.typical),
        "attention": (np.maximum(table.known("attention", 1.0), 1e-3), settings.attention),
        "fit": (fit, settings.fit),
        "sentiment": (sentiment_weight(table.known("sentiment", mean_sentiment) - mean_sentiment), settings.sentiment),
        "popularity": (np.exp(np.clip(table.known("popularity", middle) - middle, -3, 3)), settings.popularity),
        "click_through": (1 + 4 * table.known("click_through", usual), settings.click_through),
        "stock": (np.where(table.known("stock", 1.0) > 0, 1.0, 0.5), settings.stock),
        "freshness": (0.5 + table.known("freshness", 1.0) / 2, settings.freshness),
        "margin": (1 + np.maximum(table.known("margin", 0.0), -0.9), settings.margin),
    }
    if not np.isnan(table.column("taste")).all():
        taste = np.clip(table.known("taste", 0.0), -1, 1)
        bases["personal"] = (np.power(MOST_PERSONAL, taste / 2), settings.personal)
        bases["hidden"] = (np.where(table.known("hidden", 0.0) > 0, 0.5, 1.0), settings.hidden)
    return bases
