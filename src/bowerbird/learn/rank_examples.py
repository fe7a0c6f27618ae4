"""What a ranker is trained on: queries with their candidates' signals and how good each candidate is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bowerbird.rank.signals import SignalTable

if TYPE_CHECKING:
    from bowerbird.domain.ports import Floats

MOST_LEVELS = 31
"""LightGBM tells so many grades apart at most."""


@dataclass(frozen=True, eq=False)
class RankExample:
    """One query: ``table`` (n, signals), ``default`` (n,) scores in the order of the table, ``gains`` (n,) at least 0.

    ``ideal`` are the best gains there are for the query, falling, those that were not retrieved too; ``weight`` is what
    the query counts; ``judged`` (n,) which candidates anybody judged.
    """

    query: str
    table: SignalTable
    default: Floats
    gains: Floats
    ideal: tuple[float, ...]
    weight: float = 1.0
    judged: NDArray[np.bool_] | None = None

    @property
    def telling(self) -> bool:
        """Whether there is anything to learn from it."""
        return bool(self.ideal) and self.ideal[0] > 0

    def ndcg(self, scores: Floats, depth: int = 10, *, judged_only: bool = False) -> float:
        """The nDCG of an order by scores, as ``measure.metrics.ndcg``; equal scores keep the table's order.

        With ``judged_only`` the candidates that nobody judged are left out.
        """
        order = np.argsort(-np.round(scores.astype(np.float64), 6), kind="stable")
        if judged_only and self.judged is not None:
            order = order[self.judged[order]]
        best = discounted(np.array(self.ideal[:depth]))
        return discounted(self.gains[order[:depth]]) / best if best else 0.0


def discounted(gains: NDArray[np.floating]) -> float:
    """The sum of gains over log2(rank + 1)."""
    return float((gains / np.log2(np.arange(len(gains)) + 2)).sum())


@dataclass(frozen=True, eq=False)
class TrainingData:
    """Examples put together: ``inputs`` (rows, signals) f64, ``labels`` (rows,) grades, ``groups`` rows by query.

    ``levels`` are the gains of the grades; ``default`` (rows,) and ``weights`` (rows,) by row.
    """

    inputs: NDArray[np.float64]
    labels: NDArray[np.int32]
    groups: tuple[int, ...]
    levels: tuple[float, ...]
    default: Floats
    weights: Floats


def put_together(examples: Sequence[RankExample], names: Sequence[str], levels: Sequence[float]) -> TrainingData:
    """Rows of all examples, one after the other."""
    columns = [examples[0].table.names.index(name) for name in names]
    edges = (np.array(levels[1:]) + np.array(levels[:-1])) / 2
    gains = np.concatenate([one.gains for one in examples])
    return TrainingData(
        inputs=np.concatenate([one.table.values[:, columns] for one in examples]).astype(np.float64),
        labels=np.searchsorted(edges, gains).astype(np.int32),
        groups=tuple(len(one.gains) for one in examples),
        levels=tuple(levels),
        default=np.concatenate([one.default for one in examples]),
        weights=np.concatenate([np.full(len(one.gains), one.weight, np.float32) for one in examples]),
    )


def grade_levels(examples: Sequence[RankExample]) -> tuple[float, ...]:
    """The gains that grades stand for: every one where they are few, else evenly spread from 0 to the highest."""
    gains = np.unique(np.concatenate([np.zeros(1, np.float32), *(one.gains for one in examples)]))
    if len(gains) > MOST_LEVELS:
        gains = np.linspace(0, float(gains.max()), MOST_LEVELS)
    return tuple(float(gain) for gain in gains)
