"""What a shopper likes, learned from what they did: decayed sums over events, which come in any order.

Every event counts by its kind, and half for each half-life that has passed since (exponential decay: Cormode et al.,
Forward decay, 2009). Sums decay all alike, so folding more events in, or another's tastes, gives what folding all of
them at once would have given. The same sums with a half-life of days and one of minutes are a shopper's long-term and
session tastes.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from bowerbird.domain.event import Event, EventName
from bowerbird.domain.taste_edits import TASTE_FIELDS
from bowerbird.profile.facts import ProductFacts

if TYPE_CHECKING:
    from bowerbird.domain.ports import Floats

DAY = 86_400.0
LONG_TERM = 30 * DAY
"""The half-life of long-term tastes, in seconds."""
SESSION = 15 * 60.0
"""The half-life of session tastes: who looks around looks at a product about every minute."""

WEIGHTS: Mapping[EventName, float] = {
    EventName.SELECT_ITEM: 0.5,
    EventName.VIEW_ITEM: 1.0,
    EventName.ADD_TO_WISHLIST: 2.0,
    EventName.ADD_TO_CART: 3.0,
    EventName.REMOVE_FROM_CART: -3.0,
    EventName.PURCHASE: 6.0,
    EventName.REFUND: -6.0,
}
"""What an event of each kind counts; those that are not here tell of no taste. What is taken back counts against."""

MOST = 24
"""So many values of a field are kept, those that count most."""
_LEAST = 1e-3
"""What counts less than this is dropped."""

Moments: TypeAlias = "tuple[float, float, float]"
"""Of weighed numbers: the sums of the weights, of weight x number, and of weight x number squared."""
Item: TypeAlias = "tuple[str, str]"
"""The ids of a product and of one of its variants, the latter empty where none is meant."""


@dataclass(frozen=True, slots=True, eq=False)
class Tastes:
    """Decayed sums as of ``at`` (seconds since 1970).

    ``values`` are weights by field and value, of categories with all that are above them; ``text`` and ``look`` the
    sums of unit vectors, (d,) float32; ``prices`` the moments of the logarithms of prices by kind of thing, and
    ``levels`` those of prices against the middle one of their kind. ``weight`` is the sum over all that was counted.
    """

    half_life: float = LONG_TERM
    at: float = 0.0
    weight: float = 0.0
    values: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    text: Floats | None = None
    look: Floats | None = None
    prices: Mapping[str, Moments] = field(default_factory=dict)
    levels: Moments = (0.0, 0.0, 0.0)

    def left_at(self, at: float) -> float:
        """How much of them is left at another moment: a half after each half-life."""
        return float(np.exp2(-(at - self.at) / self.half_life))

    def as_of(self, at: float) -> Tastes:
        """The same, decayed to another moment; one before ``at`` gives what they will have been worth then."""
        if at == self.at or not (self.weight or self.values):
            return replace(self, at=at)
        share = self.left_at(at)
        return replace(
            self,
            at=at,
            weight=share * self.weight,
            values={
                name: {value: share * weight for value, weight in found.items()} for name, found in self.values.items()
            },
            text=None if self.text is None else np.float32(share) * self.text,
            look=None if self.look is None else np.float32(share) * self.look,
            prices={kind: _scaled(found, share) for kind, found in self.prices.items()},
            levels=_scaled(self.levels, share),
        )


def fold(tastes: Tastes, events: Iterable[Event], facts: Mapping[Item, ProductFacts]) -> Tastes:
    """Tastes with events taken in, in any order; an item without facts tells nothing."""
    counted = [
        (WEIGHTS[event.name], event.at, known)
        for event in events
        if event.name in WEIGHTS
        for item in event.items
        if (known := facts.get((item.product, item.variant)) or facts.get((item.product, ""))) is not None
    ]
    if not counted:
        return tastes
    at = max(tastes.at, max(moment for _, moment, _ in counted))
    sums = _Sums(tastes.as_of(at))
    for weight, moment, known in counted:
        worth = weight * 2.0 ** -((at - moment) / tastes.half_life)
        if abs(worth) > 1e-9:
            sums.add(worth, known)
    return sums.tastes()


def merge(first: Tastes, second: Tastes) -> Tastes:
    """The tastes of all the events behind both, which must have one half-life."""
    assert first.half_life == second.half_life
    at = max(first.at, second.at)
    sums = _Sums(first.as_of(at))
    sums.add_all(second.as_of(at))
    return sums.tastes()


class _Sums:
    """Sums under way; all of one moment."""

    def __init__(self, tastes: Tastes) -> None:
        self._tastes = tastes
        self._weight = tastes.weight
        self._values = {name: dict(tastes.values.get(name, {})) for name in TASTE_FIELDS}
        self._prices = dict(tastes.prices)
        self._levels = tastes.levels
        self._text = [] if tastes.text is None else [(1.0, tastes.text)]
        self._look = [] if tastes.look is None else [(1.0, tastes.look)]

    def add(self, weight: float, facts: ProductFacts) -> None:
        self._weight += weight
        for name, value, share in facts.told:
            found = self._values[name]
            found[value] = found.get(value, 0.0) + weight * share
        if facts.price is not None and facts.price > 0:
            number = math.log(facts.price)
            self._prices[facts.kind] = _plus(self._prices.get(facts.kind), _moments(weight, number))
        if facts.level is not None:
            self._levels = _plus(self._levels, _moments(weight, facts.level))
        if facts.text is not None:
            self._text.append((weight, facts.text))
        if facts.look is not None:
            self._look.append((weight, facts.look))

    def add_all(self, other: Tastes) -> None:
        self._weight += other.weight
        for name, weights in other.values.items():
            found = self._values[name]
            for value, weight in weights.items():
                found[value] = found.get(value, 0.0) + weight
        for kind, moments in other.prices.items():
            self._prices[kind] = _plus(self._prices.get(kind), moments)
        self._levels = _plus(self._levels, other.levels)
        self._text += [] if other.text is None else [(1.0, other.text)]
        self._look += [] if other.look is None else [(1.0, other.look)]

    def tastes(self) -> Tastes:
        return replace(
            self._tastes,
            weight=self._weight,
            values={name: kept for name, found in self._values.items() if (kept := _trimmed(found))},
            text=_summed(self._text),
            look=_summed(self._look),
            prices=_trimmed_prices(self._prices),
            levels=self._levels,
        )


def _trimmed(weights: Mapping[str, float]) -> dict[str, float]:
    kept = {value: weight for value, weight in weights.items() if abs(weight) >= _LEAST}
    if len(kept) <= MOST:
        return kept
    return dict(sorted(kept.items(), key=lambda pair: (-abs(pair[1]), pair[0]))[:MOST])


def _trimmed_prices(prices: Mapping[str, Moments]) -> dict[str, Moments]:
    kept = {kind: moments for kind, moments in prices.items() if abs(moments[0]) >= _LEAST}
    if len(kept) <= MOST:
        return kept
    return dict(sorted(kept.items(), key=lambda pair: (-abs(pair[1][0]), pair[0]))[:MOST])


def _summed(parts: list[tuple[float, Floats]]) -> Floats | None:
    """The weighed sum of vectors of one width; one of another width, of another model, is left out."""
    if not parts:
        return None
    width = len(parts[-1][1])
    fitting = [(weight, vector) for weight, vector in parts if len(vector) == width]
    weights = np.array([weight for weight, _ in fitting])
    return (weights @ np.array([vector for _, vector in fitting], np.float64)).astype(np.float32)


def _moments(weight: float, number: float) -> Moments:
    return weight, weight * number, weight * number * number


def _plus(first: Moments | None, second: Moments) -> Moments:
    if first is None:
        return second
    return first[0] + second[0], first[1] + second[1], first[2] + second[2]


def _scaled(moments: Moments, share: float) -> Moments:
    return share * moments[0], share * moments[1], share * moments[2]
