"""Several recommenders as one: standardised scores, weighed by what foretells the validation products."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bowerbird.learn.fit_mixer import Choice, fit_weights
from bowerbird.measure.next_item import HeldOut, Score, gains_at, rank_all

LEARNED_FROM = 4_000
"""Shoppers whose validation products the weights are chosen by."""
CANDIDATES = 60
"""The best products of each source that are there to choose from."""
STEPS = (0.0, 0.5, 0.75, 1.35, 2.0)
"""What each weight is multiplied by, in turn, to see whether validation gets better."""
Scores = NDArray[np.float32]


@dataclass(frozen=True)
class Weights:
    """What each source counts, and the nDCG@10 of the whole on the validation products that it was chosen by."""

    by_source: Mapping[str, float]
    chosen_by: float


def blended(sources: Mapping[str, Score], weights: Weights) -> Score:
    """The weighed sum of standardised scores."""
    used = {name: weight for name, weight in weights.by_source.items() if weight > 0}

    def score(rows: NDArray[np.int64]) -> Scores:
        total: Scores = sum(np.float32(weight) * standardised(sources[name](rows)) for name, weight in used.items())
        return total

    return score


def standardised(scores: Scores) -> Scores:
    """Each row less its mean, over its standard deviation; zeros where it says nothing."""
    centred: Scores = scores - scores.mean(axis=1, keepdims=True)
    deviation = centred.std(axis=1, keepdims=True)
    return np.divide(centred, deviation, out=np.zeros_like(centred), where=deviation > 0)


def choose_weights(sources: Mapping[str, Score], held: HeldOut, seed: int = 0) -> Weights:
    """Weights by a conditional logit over the sources' best products, then each tried larger and smaller."""
    rows = np.sort(np.random.default_rng(seed).permutation(len(held))[:LEARNED_FROM])
    part = held.take(rows)
    tables = {name: standardised(score(rows)) for name, score in sources.items()}
    names = list(tables)
    found = fit_weights(choices(list(tables.values()), part), np.ones(len(names)), pull=1.0)
    found /= found.max()
    best = measure(tables, found, part)
    for place in [*range(len(names)), *range(len(names))]:
        for step in STEPS:
            tried = found.copy()
            tried[place] *= step
            value = measure(tables, tried, part)
            if value > best:
                found, best = tried, value
    return Weights({name: round(float(weight), 4) for name, weight in zip(names, found, strict=True)}, round(best, 4))


def measure(tables: Mapping[str, Scores], weights: NDArray[np.float64], held: HeldOut) -> float:
    """The nDCG@10 of weighed tables."""

    def score(rows: NDArray[np.int64]) -> Scores:
        total: Scores = sum(np.float32(one) * table[rows] for one, table in zip(weights, tables.values(), strict=True))
        return total

    return float(gains_at(rank_all(score, held), 10).mean())


def choices(tables: Sequence[Scores], held: HeldOut) -> list[Choice]:
    """For each shopper whose product some source has among its best: the best of all, what each says of them."""
    found = []
    for row in range(len(held)):
        seen = held.seen[held.starts[row] : held.starts[row + 1]]
        own = [table[row].copy() for table in tables]
        for scores in own:
            scores[seen] = -np.inf
        best = np.unique(np.concatenate([np.argpartition(-scores, CANDIDATES)[:CANDIDATES] for scores in own]))
        best = best[~np.isin(best, seen)]
        place = np.flatnonzero(best == held.wanted[row])
        if len(place):
            found.append(Choice(np.stack([table[row, best] for table in tables], axis=1), int(place[0])))
    return found
