"""Signals of the offer itself: what buyers say of it, its price, age, stock and margin. Pure functions of columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from bowerbird.domain.ports import Floats

SHRINKAGE = 4.0
"""The shop's mean counts as so many reviews in a product's."""
UNTOLD_REVIEWS = 2.0
"""A product that has stars and no reviews counts as having so many."""
USUAL_OF = 50
"""The first so many candidates tell which prices are usual."""
HALF_LIFE_DAYS = 180.0
_DAY = 86_400.0

Numbers = NDArray[np.float64]


def shrunk_sentiment(sentiment: Numbers, reviews: Numbers, shop_mean: float) -> Floats:
    """What buyers say, -1..1 (n,), the surer the more of them there are; the shop's mean where nobody says anything.

    The posterior mean under a prior worth ``SHRINKAGE`` reviews (empirical Bayes: Efron and Morris, 1973).
    """
    said = ~np.isnan(sentiment)
    count = np.where(said, np.maximum(np.nan_to_num(reviews), UNTOLD_REVIEWS), 0.0)
    summed = count * np.nan_to_num(sentiment) + SHRINKAGE * shop_mean
    return np.asarray(summed / (count + SHRINKAGE), np.float32)


def price_level(prices: Numbers) -> Floats:
    """The logarithm of each price over the middle one of the first candidates, (n,); NaN without a price."""
    middle = _middle(prices)
    with np.errstate(divide="ignore", invalid="ignore"):
        levels = np.log(np.where(prices > 0, prices, np.nan) / middle)
    return np.asarray(levels, np.float32)


def price_fit(prices: Numbers, asked: tuple[float | None, float | None] | None) -> Floats:
    """1 within the asked band, or the middle half of the first candidates' prices; half for each doubling outside.

    (n,); NaN without a price.
    """
    first = prices[:USUAL_OF]
    first = first[first > 0]
    if asked is None and not len(first):
        return np.full(len(prices), np.nan, np.float32)
    low, high = asked if asked is not None else tuple(np.quantile(first, [0.25, 0.75]).tolist())
    known = np.log2(np.where(prices > 0, prices, np.nan))
    # Nothing lies below an end of 0 or less, which a filter may ask for; taken from itself a missing price stays one.
    below = known - known if low is None or low <= 0 else np.log2(low) - known
    above = known - known if high is None or high <= 0 else known - np.log2(high)
    return np.asarray(np.exp2(-np.maximum(np.maximum(below, above), 0.0)), np.float32)


def freshness(updated: Numbers, now: float) -> Floats:
    """Half for every ``HALF_LIFE_DAYS`` since a product was changed, (n,); NaN where nobody told when that was.

    ``updated`` and ``now`` are seconds since 1970.
    """
    age = np.maximum(now - updated, 0.0) / _DAY
    return np.asarray(np.exp2(-age / HALF_LIFE_DAYS), np.float32)


def margin(margins: Numbers, costs: Numbers, prices: Numbers) -> Floats:
    """The share of the price that the shop keeps, (n,): as given, or by the cost; NaN where neither is told."""
    with np.errstate(divide="ignore", invalid="ignore"):
        by_cost = np.where(prices > 0, (prices - costs) / prices, np.nan)
    told: NDArray[Any] = np.where(np.isnan(margins), by_cost, margins)
    return np.asarray(np.clip(told, -1.0, 1.0), np.float32)


def _middle(prices: Numbers) -> float:
    first = prices[:USUAL_OF]
    first = first[first > 0]
    return float(np.median(first)) if len(first) else float("nan")
