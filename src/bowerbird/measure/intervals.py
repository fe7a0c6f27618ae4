"""How far a mean over queries can be trusted: resampling, seeded, so that the same values give the same answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CONFIDENCE = 0.95
ROUNDS = 10_000
_CELLS = 1_000_000
"""How many draws are held at once."""
_NEARLY = 1e-12


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean over ``count`` values and the bounds that resampling puts it between; of one value they are no bounds."""

    mean: float
    low: float
    high: float
    count: int

    @property
    def bounded(self) -> bool:
        """Whether there were values enough to say anything about the spread."""
        return self.count > 1


def mean_interval(
    values: Sequence[float], confidence: float = CONFIDENCE, rounds: int = ROUNDS, seed: int = 0
) -> Interval:
    """The mean of at least one value with its percentile bootstrap interval.

    Efron and Tibshirani, An introduction to the bootstrap, 1993, chapter 13.
    """
    return mean_intervals({"": values}, confidence, rounds, seed)[""]


def mean_intervals(
    columns: Mapping[str, Sequence[float]], confidence: float = CONFIDENCE, rounds: int = ROUNDS, seed: int = 0
) -> dict[str, Interval]:
    """The interval of each column, all resampled by the same draws; columns are of one length of at least one."""
    table = np.array(list(columns.values()), dtype=float).T
    if not table.size:
        return {}
    means = np.concatenate([counts @ table for counts in _resampled(len(table), rounds, seed)]) / len(table)
    tail = (1 - confidence) / 2
    lows, highs = np.quantile(means, [tail, 1 - tail], axis=0)
    return {
        name: Interval(float(mean), float(low), float(high), len(table))
        for name, mean, low, high in zip(columns, table.mean(axis=0), lows, highs, strict=True)
    }


def randomisation_p(differences: Sequence[float], rounds: int = ROUNDS, seed: int = 0) -> float:
    """How often a mean difference as large comes from chance alone: the paired randomisation test, two-sided.

    Under the hypothesis of no difference each query's sign is a coin's: all ways to set them are tried where they are
    few, else ``rounds`` are drawn and the observed one counted with them. Smucker, Allan and Carterette, A comparison
    of statistical significance tests for information retrieval evaluation, CIKM 2007.
    """
    # Queries without a difference change no sum, and leaving them out lets more cases be tried exactly.
    values = np.array([value for value in differences if value], dtype=float)
    observed = abs(values.sum()) - _NEARLY * np.abs(values).sum()
    ways = 2 ** len(values)
    if ways <= rounds:
        bits = (np.arange(ways)[:, None] >> np.arange(len(values))) & 1
        return float(np.mean(np.abs((1 - 2 * bits) @ values) >= observed))
    generator = np.random.default_rng(seed)
    as_large = 1
    for size in _blocks(len(values), rounds):
        signs = 1 - 2 * generator.integers(0, 2, (size, len(values)), dtype=np.int8)
        as_large += int((np.abs(signs @ values) >= observed).sum())
    return as_large / (rounds + 1)


def _resampled(length: int, rounds: int, seed: int) -> Iterator[NDArray[np.int64]]:
    """How often each of ``length`` values is drawn, a row a round, some rounds at a time."""
    generator = np.random.default_rng(seed)
    for size in _blocks(length, rounds):
        draws = generator.integers(0, length, (size, length)) + np.arange(size)[:, None] * length
        yield np.bincount(draws.ravel(), minlength=size * length).reshape(size, length)


def _blocks(length: int, rounds: int) -> Iterator[int]:
    """``rounds`` in pieces whose draws fit in memory however many queries there are."""
    most = max(1, _CELLS // length)
    for start in range(0, rounds, most):
        yield min(most, rounds - start)
