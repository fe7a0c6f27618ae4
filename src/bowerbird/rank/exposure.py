"""Exposure: how much of the shoppers' attention each seller gets, and a floor so that small sellers are seen.

A place is examined with weight ``1 / log2(1 + rank)``, and a seller's exposure is the sum over its places (Singh and
Joachims, "Fairness of Exposure in Rankings", KDD 2018). The floor moves up what is nearly as good as what it passes,
the move that costs the least first, and tells which products moved for whom.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.ports import Mask

Order: TypeAlias = NDArray[np.intp]
Codes: TypeAlias = NDArray[np.int32]
Values: TypeAlias = NDArray[np.float64]

_LEAST_GAIN = 1e-9
# Scores are 32-bit floats.
_ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class ExposureSettings:
    """What a seller is owed."""

    floor: float = 0.0
    """The share of the exposure of the first places that each seller gets, 0..1; 0 moves nothing."""
    first: int = 24
    """The places that are looked at."""
    tolerance: float = 0.05
    """How far below the score of the product whose place it takes a product may lie."""


@dataclass(frozen=True, slots=True)
class Move:
    """A candidate that was moved up for its seller; candidates are positions among those given."""

    candidate: int
    seller: int
    """The code of the seller that it was moved for."""
    passed: int
    """The candidate whose place it took; that one and its seller's next ones went down by one of their places."""
    loss: float
    """What the move cost: how far the sum of score times examination weight fell."""


@dataclass(frozen=True, slots=True, eq=False)
class Raised:
    """The order, (n,) positions among the candidates given, and the moves that led to it."""

    order: Order
    moves: tuple[Move, ...] = ()


def examination(count: int) -> Values:
    """The examination weights of the first ``count`` places, (count,) f64, 1 for the first."""
    weights: Values = 1.0 / np.log2(np.arange(2, count + 2))
    return weights


def measure_exposure(sellers: Sequence[str | None], first: int | None = None) -> dict[str, float]:
    """Each seller's exposure in one ranking, given the seller of each product in order; None is nobody's."""
    shown = sellers[:first]
    found: dict[str, float] = {}
    for seller, weight in zip(shown, examination(len(shown)).tolist(), strict=True):
        if seller is not None:
            found[seller] = found.get(seller, 0.0) + weight
    return found


class ExposureLedger:
    """Adds up exposure over many searches. Safe from many threads.

    At most ``room`` sellers are kept by name: past it the half with the least are put together as the rest.
    """

    def __init__(self, room: int = 10_000) -> None:
        self._room = max(1, room)
        self._lock = threading.Lock()
        self._exposure: dict[str, float] = {}
        self._rest = 0.0
        self._searches = 0

    def add(self, sellers: Sequence[str | None], first: int | None = None) -> None:
        """Count one ranking, as ``measure_exposure`` does."""
        found = measure_exposure(sellers, first)
        with self._lock:
            self._searches += 1
            for seller, exposure in found.items():
                self._exposure[seller] = self._exposure.get(seller, 0.0) + exposure
            if len(self._exposure) > self._room:
                for seller, exposure in self._most_seen()[(self._room + 1) // 2 :]:
                    self._rest += exposure
                    del self._exposure[seller]

    def _most_seen(self) -> list[tuple[str, float]]:
        return sorted(self._exposure.items(), key=lambda pair: -pair[1])

    @property
    def searches(self) -> int:
        """How many rankings were counted."""
        with self._lock:
            return self._searches

    def exposure(self) -> Mapping[str, float]:
        """Each seller's exposure so far, the most seen first."""
        with self._lock:
            return dict(self._most_seen())

    def shares(self) -> Mapping[str, float]:
        """Each seller's share of all exposure, the most seen first; together below 1 where some were put together."""
        with self._lock:
            total = sum(self._exposure.values()) + self._rest
            return {seller: exposure / total for seller, exposure in self._most_seen()}


def give_floor(
    scores: NDArray[np.floating], sellers: Codes, settings: ExposureSettings, pinned: Mask | None = None
) -> Raised:
    """Move candidates up until every seller that has something nearly as good gets its share of the first places.

    ``scores`` (n,) and ``sellers`` (n,) codes, -1 unknown, come in the order that would otherwise be shown; ``pinned``
    (n,) candidates stay where they are. Only the seller whose place is taken pays for a move, which is made only where
    it brings the sellers, all together, nearer to what they are owed; a candidate moves up at most once.
    """
    count = len(scores)
    if settings.floor <= 0 or not count or not (np.asarray(sellers) >= 0).any():
        return Raised(np.arange(count))
    fixed = np.zeros(count, bool) if pinned is None else np.asarray(pinned, bool)
    free = np.flatnonzero(~fixed)
    weights = np.zeros(count)
    weights[: settings.first] = examination(min(count, settings.first))
    floor = _Floor(np.asarray(scores, float), np.asarray(sellers), weights, settings)
    order, moves = floor.fill(fixed, free)
    whole = np.arange(count)
    whole[free] = order
    return Raised(whole, tuple(moves))


class _Floor:
    """The search for moves. Works among the places that are not pinned: those have a weight each, 0 past the first."""

    def __init__(self, scores: Values, sellers: Codes, weights: Values, settings: ExposureSettings) -> None:
        self._scores, self._weights, self._tolerance = scores, weights, settings.tolerance
        # Codes may be sparse; groups are dense, the unknown ones last in a group that is owed nothing.
        names, groups = np.unique(np.where(sellers < 0, np.iinfo(np.int32).max, sellers), return_inverse=True)
        self._names, self._groups = names, groups
        self._owed: Values = np.full(len(names), settings.floor * weights.sum())
        self._owed[names == np.iinfo(np.int32).max] = 0.0

    def fill(self, fixed: Mask, free: Order) -> tuple[Order, list[Move]]:
        """The free candidates in their new order, and the moves."""
        pinned: Values = np.bincount(self._groups[fixed], self._weights[fixed], len(self._names)).astype(float)
        weights, order, movable = self._weights[free], free, np.ones(len(self._scores), bool)
        moves: list[Move] = []
        while (found := self._cheapest(order, weights, pinned, movable)) is not None:
            origin, place = found
            candidate, passed = int(order[origin]), int(order[place])
            movable[candidate] = False
            moved = self._take_place(order, origin, place)
            loss = float(weights @ self._scores[order] - weights @ self._scores[moved])
            moves.append(Move(candidate, int(self._names[self._groups[candidate]]), passed, loss))
            order = moved
        return order, moves

    def _cheapest(self, order: Order, weights: Values, pinned: Values, movable: Mask) -> tuple[int, int] | None:
        """The move, from and to, that costs the least of those that give a seller its floor, else the most helpful.

        None where no move brings the sellers, all together, nearer to what they are owed.
        """
        places, groups, scores = int(np.count_nonzero(weights)), self._groups[order], self._scores[order]
        missing = self._owed - pinned - np.bincount(groups, weights, len(self._names))
        origins = np.flatnonzero(movable[order] & (missing > _LEAST_GAIN)[groups])
        mine, theirs = groups[origins, None], groups[:places]
        worse = scores[:places] - scores[origins, None]
        # What the one seller gains the other loses.
        gained = weights[:places] - weights[origins, None]
        robbed = np.maximum(missing[theirs] + gained, 0) - np.maximum(missing[theirs], 0)
        better = np.minimum(missing[mine], gained) - robbed
        allowed = (worse <= self._tolerance + _ROUNDING) & (mine != theirs) & (gained > 0) & (better > _LEAST_GAIN)
        if not allowed.any():
            return None
        enough = allowed & (gained >= missing[mine] - _LEAST_GAIN)
        cost = np.where(enough, worse * gained, np.inf) if enough.any() else np.where(allowed, -better, np.inf)
        row, place = np.unravel_index(int(cost.argmin()), cost.shape)
        return int(origins[row]), int(place)

    def _take_place(self, order: Order, origin: int, place: int) -> Order:
        """Move a candidate up; the seller whose place it took moves down by one of its own places, the others stay."""
        groups = self._groups[order[place:origin]]
        theirs = place + np.flatnonzero(groups == groups[0])
        moved = order.copy()
        moved[[*theirs[1:], origin]] = order[theirs]
        moved[place] = order[origin]
        return moved
