"""Variety among the first places: not five photos of the same shoe, and not one brand alone.

Maximal marginal relevance (Carbonell and Goldstein, "The Use of MMR, Diversity-Based Reranking for Reordering Documents
and Producing Summaries", SIGIR 1998): each place goes to the candidate with the largest
``relevance * score - (1 - relevance) * likeness to what is shown``. Caps say how often one brand, seller or kind may
stand among the first places. Nothing is dropped: what is passed over comes later.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.ports import Mask

Order: TypeAlias = NDArray[np.intp]
Codes: TypeAlias = NDArray[np.int32]
Values: TypeAlias = NDArray[np.float32]

_NEVER = np.float32(-np.inf)


@dataclass(frozen=True, slots=True)
class DiversitySettings:
    """How far variety counts."""

    first: int = 24
    """Places that are chosen for variety; what comes after keeps its order."""
    relevance: float = 0.7
    """What the score counts, above 0 to 1; the rest is what being unlike the products shown counts. 1: no variety."""


DEFAULT_DIVERSITY = DiversitySettings()


@dataclass(frozen=True, slots=True, eq=False)
class Cap:
    """At most ``most`` candidates of one code among the first ``first`` places.

    ``codes`` are (n,) ints, one a candidate: its brand, seller or kind; -1 is unknown and never capped.
    """

    codes: Codes
    most: int
    first: int


def diversify(
    scores: Values,
    vectors: Values | None = None,
    caps: Sequence[Cap] = (),
    settings: DiversitySettings = DEFAULT_DIVERSITY,
    pinned: Mask | None = None,
) -> Order:
    """Order candidates by maximal marginal relevance under caps; (n,) positions among those given.

    ``scores`` (n,) are finite and on the scale of the likeness, about 0..1; candidates come in the order that they
    would have otherwise. ``vectors`` (n, d) are unit rows, a row of NaN is like nothing. ``pinned`` (n,) candidates
    stay where they are, and count as shown from the beginning. Where the caps leave none, they give way.
    """
    fixed = np.zeros(len(scores), bool) if pinned is None else np.asarray(pinned, bool)
    free = np.flatnonzero(~fixed)
    in_order = -np.arange(len(scores), dtype=np.float32)
    relevance = np.float32(settings.relevance)
    worth = np.asarray(scores, np.float32) * relevance
    # Without variety the order that came in says more than the scores do: rules may have moved what they liked.
    likeness = None if vectors is None or settings.relevance >= 1 else _Likeness(vectors, 1 - relevance)
    limits = [_Limit(cap) for cap in caps]
    last = min(len(scores), max([settings.first if likeness else 0, *(cap.first for cap in caps)]))
    for position in np.flatnonzero(fixed[:last]).tolist():
        for limit in limits:
            limit.take(position, counts=position < limit.first)
        if likeness and position < settings.first:
            likeness.show(position)

    taken = fixed.copy()
    chosen: list[int] = []
    for place in free[free < last].tolist():
        values = worth - likeness.cost if likeness and place < settings.first else in_order
        best = _best(values, taken, [limit.full for limit in limits if place < limit.first])
        chosen.append(best)
        taken[best] = True
        for limit in limits:
            limit.take(best, counts=place < limit.first)
        if likeness and place < settings.first:
            likeness.show(best)

    order = np.arange(len(scores))
    order[free] = [*chosen, *np.flatnonzero(~taken)]
    return order


def cap(caps: Sequence[Cap], count: int, pinned: Mask | None = None) -> Order:
    """Order ``count`` candidates by caps alone: what is capped goes down, everything else keeps its order."""
    return diversify(np.zeros(count, np.float32), None, caps, pinned=pinned)


class _Likeness:
    """The cost of being like what is shown: each candidate's largest similarity to it, never below 0, weighed."""

    def __init__(self, vectors: Values, weight: np.float32) -> None:
        rows = np.asarray(vectors, np.float32)
        missing: Mask = np.asarray(np.isnan(rows[:, :1]).any(axis=1))
        self._rows = np.where(missing[:, None], np.float32(0), rows) if missing.any() else rows
        self._weight = weight
        self.cost = np.zeros(len(rows), np.float32)

    def show(self, position: int) -> None:
        np.maximum(self.cost, self._rows @ (self._rows[position] * self._weight), out=self.cost)


class _Limit:
    """A cap as it is used up; ``full`` are the candidates whose code is."""

    def __init__(self, cap: Cap) -> None:
        self.first, self._codes, self._most = cap.first, cap.codes, cap.most
        self._counts: dict[int, int] = {}
        self.full = np.asarray(cap.codes >= 0) if cap.most <= 0 else np.zeros(len(cap.codes), bool)

    def take(self, position: int, *, counts: bool) -> None:
        code = int(self._codes[position])
        if code < 0 or not counts:
            return
        self._counts[code] = self._counts.get(code, 0) + 1
        if self._counts[code] == self._most:
            self.full |= self._codes == code


def _best(values: Values, taken: Mask, full: Sequence[Mask]) -> int:
    """The candidate of the largest value that is neither taken nor capped; the caps give way where none is left."""
    barred = taken
    for mask in full:
        barred = barred | mask
    if full and barred.all():
        barred = taken
    return int(np.where(barred, _NEVER, values).argmax())
