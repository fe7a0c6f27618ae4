"""Compare two settings over the same queries: the mean difference and how sure one can be of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import numpy as np

from bowerbird.domain.errors import InputError

TIE = 1e-9


@dataclass(frozen=True, slots=True)
class Comparison:
    """The second setting against the first on one metric; ``low`` and ``high`` bound the mean difference.

    ``wins``, ``losses`` and ``ties`` count queries from the second setting's side; ``by_query`` holds its
    differences, worst first.
    """

    metric: str
    queries: int
    first: float
    second: float
    difference: float
    low: float
    high: float
    confidence: float
    wins: int
    losses: int
    ties: int
    by_query: Mapping[str, float]

    @property
    def certain(self) -> bool:
        """Whether the interval excludes no difference."""
        return self.low > 0 or self.high < 0

    def to_dict(self) -> dict[str, object]:
        """The comparison as plain values for JSON."""
        return {**asdict(self), "certain": self.certain}

    def __str__(self) -> str:
        return (
            f"{self.metric}: {self.first:.4f} -> {self.second:.4f}, difference {self.difference:+.4f} "
            f"({self.confidence:.0%} interval {self.low:+.4f} to {self.high:+.4f}; "
            f"{self.wins} better, {self.losses} worse, {self.ties} equal of {self.queries})"
        )


def compare(
    first: Mapping[str, float],
    second: Mapping[str, float],
    metric: str = "ndcg@10",
    *,
    confidence: float = 0.95,
    rounds: int = 10_000,
    seed: int = 0,
) -> Comparison:
    """Compare values by query of two settings; raises InputError when they are not over the same queries.

    The interval is the paired percentile bootstrap over queries: Sakai, Evaluating evaluation metrics
    based on the bootstrap, SIGIR 2006.
    """
    if set(first) != set(second) or not first:
        unlike = sorted(set(first).symmetric_difference(second))
        raise InputError(
            "the two settings were not measured on the same queries",
            field="queries",
            found=unlike[:3],
            expected="the same queries, at least one",
        )
    queries = sorted(first)
    differences = np.array([second[query] - first[query] for query in queries])
    draws = np.random.default_rng(seed).integers(0, len(queries), (rounds, len(queries)))
    tail = (1 - confidence) / 2
    low, high = np.quantile(differences[draws].mean(axis=1), [tail, 1 - tail])
    return Comparison(
        metric=metric,
        queries=len(queries),
        first=float(np.mean([first[query] for query in queries])),
        second=float(np.mean([second[query] for query in queries])),
        difference=float(differences.mean()),
        low=float(low),
        high=float(high),
        confidence=confidence,
        wins=int((differences > TIE).sum()),
        losses=int((differences < -TIE).sum()),
        ties=int((np.abs(differences) <= TIE).sum()),
        by_query=dict(sorted(zip(queries, differences.tolist(), strict=True), key=lambda pair: (pair[1], pair[0]))),
    )
