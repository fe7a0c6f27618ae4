"""What a ranker is trained on: queries with their candidates' signals and how good each candidate is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bowerbird.measure.metrics import discounted
from bowerbird.rank.signals import SignalTable

if TYPE_CHECKING:
    from bowerbird.domain.ports import Floats

MOST_LEVELS = 31
"""LightGBM tells so many grades apart at most."""


@dataclass(frozen=True, eq=False)
class RankExample:
    """One query: ``table`` (n, signals), ``default`` (n,) scores in the order of the table, ``gains`` (n,) at least 0.

    ``ideal`` are the best gains there are for the query, falling, those that were not retrieved too; ``weight`` is what
    the query counts; ``judged`` (n,) which candidates anybody judged. Where the gains come of clicks, ``clicked``, it
    is measured on those alone: nobody knows of what was never shown.
    """

    query: str
    table: SignalTable
    default: Floats
    gains: Floats
    ideal: tuple[float, ...]
    weight: float = 1.0
    judged: NDArray[np.bool_] | None = None
    clicked: bool = False

    @property
    def telling(self) -> bool:
        """Whether there is anything to learn from it."""
        return bool(self.ideal) and self.ideal[0] > 0

    def ndcg(self, scores: Floats, depth: int = 10, *, judged_only: bool = False) -> float:
        """The nDCG of an order by scores, as ``measure.metrics.ndcg``; equal scores keep the table's order.

        With ``judged_only`` the candidates that nobody judged are left out.
        """
        order = np.argsort(-np.round(scores.astype(np.float64), 6), kind="stable")
        if (judged_only or self.clicked) and self.judged is not None:
            order = order[self.judged[order]]
        best = discounted(self.ideal[:depth])
        return discounted(self.gains[order[:depth]].tolist()) / best if best else 0.0


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
    """The gains that grades stand for: every one where they are few, else 0 and quantiles of those above it."""
    gains = np.concatenate([one.gains for one in examples])
    levels = np.unique(np.append(gains, 0.0))
    if len(levels) > MOST_LEVELS:
        levels = np.unique(np.append(np.quantile(gains[gains > 0], np.linspace(0, 1, MOST_LEVELS - 1)), 0.0))
    return tuple(float(level) for level in levels)


def fill_unshown(examples: Sequence[RankExample]) -> list[RankExample]:
    """Examples of clicks whose candidates that were never shown have the gain that their default score promises.

    That is a line through the gains of what was shown, rising or level. With 0 instead a ranker would learn what was
    shown and not what was liked: no clicks are known of just those products, and a tree can see that.
    """
    shown = [(one.default[one.judged], one.gains[one.judged]) for one in examples if one.judged is not None]
    default = np.concatenate([scores for scores, _ in shown]) if shown else np.empty(0, np.float32)
    gains = np.concatenate([found for _, found in shown]) if shown else np.empty(0, np.float32)
    if not len(gains):
        return list(examples)
    spread = float(default.var())
    slope = max(0.0, float(np.cov(default, gains, bias=True)[0, 1]) / spread) if spread > 0 else 0.0
    middle, usual = float(default.mean()), float(gains.mean())
    filled = []
    for one in examples:
        promised = np.clip(usual + slope * (one.default - middle), 0.0, None).astype(np.float32)
        known = np.zeros(len(promised), np.bool_) if one.judged is None else one.judged
        filled.append(replace(one, gains=np.where(known, one.gains, promised)))
    return filled
