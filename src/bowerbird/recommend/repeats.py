"""When things are bought again: how often each product is, and after how long.

The time to the next purchase is taken as log-normal. A product's own mean is drawn towards that of the whole shop,
and a shopper's own intervals say more than everybody's.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bowerbird.recommend.interactions import Interactions, Keys, Times
from bowerbird.recommend.keyed_rows import KeyedRows

_DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class RepeatSettings:
    """What is known of intervals before anybody bought anything again."""

    usual: float = 30 * _DAY
    """Seconds from one purchase to the next, where nothing is known."""
    spread: float = 0.6
    """The standard deviation of the logarithm of the time to the next purchase."""
    shrinkage: float = 3.0
    """Intervals that the shop's mean counts as, beside a product's own."""
    shortest: float = 0.5 * _DAY
    """What comes sooner belongs to the same purchase."""


DEFAULT_REPEATS = RepeatSettings()


class Repeats:
    """Purchases, purchases again and the intervals between, by product; one writer, many readers."""

    def __init__(self, settings: RepeatSettings = DEFAULT_REPEATS) -> None:
        self.settings = settings
        self._rows = KeyedRows(3)
        self._all = np.zeros(3)

    def take(self, products: Keys, intervals: Times) -> None:
        """Count purchases (n,) with the seconds since the same shopper bought the product last, NaN for the first."""
        again = intervals >= self.settings.shortest
        first = np.isnan(intervals)
        logs = np.where(again, np.log(np.where(again, intervals, 1.0)), 0.0)
        values = np.stack([first, again, logs], axis=1).astype(np.float64)
        self._rows.add(products, values)
        self._all = self._all + values.sum(axis=0)

    def usual(self, products: Keys) -> Times:
        """Seconds to the next purchase that are usual for each product, (n,)."""
        rows, shrinkage = self._rows.of(products), self.settings.shrinkage
        _, repeats, logs = self._all
        prior = (logs + shrinkage * math.log(self.settings.usual)) / (repeats + shrinkage)
        return np.asarray(np.exp((rows[:, 2] + shrinkage * prior) / (rows[:, 1] + shrinkage)))

    def shares(self, products: Keys) -> Times:
        """How likely each product is bought again, 0..1, drawn towards the shop's share."""
        rows, shrinkage = self._rows.of(products), self.settings.shrinkage
        firsts, repeats, _ = self._all
        prior = (repeats + 1.0) / (firsts + repeats + 10.0)
        return np.asarray((rows[:, 1] + shrinkage * prior) / (rows[:, 0] + rows[:, 1] + shrinkage))

    def to_arrays(self) -> dict[str, NDArray[np.generic]]:
        """Everything as arrays."""
        return {"keys": self._rows.keys, "values": self._rows.values, "all": self._all}

    @classmethod
    def of_arrays(cls, arrays: dict[str, NDArray[np.generic]], settings: RepeatSettings) -> Repeats:
        """What ``to_arrays`` took apart."""
        made = cls(settings)
        made._rows = KeyedRows.of_arrays(arrays["keys"].astype(np.uint64), arrays["values"].astype(np.float64))
        made._all = arrays["all"].astype(np.float64)
        return made


@dataclass(frozen=True, slots=True, eq=False)
class Due:
    """Products of one shopper, (n,): how much each is due, 0..1, and whether its time has come."""

    scores: Times
    due: NDArray[np.bool_]


def measure_due(products: Keys, bought: list[Times], now: float, repeats: Repeats) -> Due:
    """How due products are whose purchases (each rising, at least one) are given.

    A product's interval is its usual one, or the shopper's own where they bought it more than once. It is due from
    the time by which a sixth have bought it again (a standard deviation before the mean), and long after its time it
    fades: who did not come back for it then hardly will.
    """
    settings = repeats.settings
    own_logs = [np.log(np.maximum(np.diff(times), settings.shortest)) for times in bought]
    own = np.array([len(logs) for logs in own_logs], np.float64)
    summed = np.array([logs.sum() for logs in own_logs])
    middle = (summed + np.log(repeats.usual(products))) / (own + 1.0)
    last = np.array([times[-1] for times in bought], np.float64)
    z = (np.log(np.maximum(now - last, 1.0)) - middle) / settings.spread
    # By tanh the logistic curve, which is close to the normal one: the chance that the time has come.
    come = 0.5 + 0.5 * np.tanh(0.85 * z)
    faded = np.exp(-0.5 * np.maximum(z - 1.0, 0.0) ** 2 / 4.0)
    likely = (repeats.shares(products) + own) / (own + 1.0)
    return Due(come * faded * likely, z >= -1.0)


def intervals_of(purchases: Interactions) -> Times:
    """Seconds since the same shopper bought the same product last, NaN for the first time; (n,) in the log's order."""
    order = np.lexsort((np.arange(len(purchases)), purchases.products, purchases.shoppers))
    intervals = np.full(len(order), np.nan)
    same = (np.diff(purchases.shoppers[order]) == 0) & (np.diff(purchases.products[order]) == 0)
    intervals[order[1:][same]] = np.maximum(np.diff(purchases.at[order])[same], 0.0)
    return intervals
