"""Compare two settings over the same queries: the mean difference and how sure one can be of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import numpy as np

from bowerbird.domain.errors import InputError
from bowerbird.measure.intervals import CONFIDENCE, ROUNDS, mean_interval, randomisation_p

TIE = 1e-9


@dataclass(frozen=True, slots=True)
class Comparison:
    """The second setting against the first on one metric; ``low`` and ``high`` bound the mean difference.

    ``p_value`` is how often chance alone would make a mean difference as large.
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
    p_value: float
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
            f"randomisation p {self.p_value:.4f}; "
            f"{self.wins} better, {self.losses} worse, {self.ties} equal of {self.queries})"
        )


def compare(
    first: Mapping[str, float],
    second: Mapping[str, float],
    metric: str = "ndcg@10",
    *,
    confidence: float = CONFIDENCE,
    rounds: int = ROUNDS,
    seed: int = 0,
) -> Comparison:
    """Compare values by query of two settings; raises InputError when they are not over the same queries.

    The interval is the paired percentile bootstrap over queries: Sakai, Evaluating evaluation metrics
    based on the bootstrap, SIGIR 2006. The p value is that of the paired randomisation test.
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
    differences[np.abs(differences) <= TIE] = 0.0
    change = mean_interval(differences.tolist(), confidence, rounds, seed)
    return Comparison(
        metric=metric,
        queries=len(queries),
        first=float(np.mean([first[query] for query in queries])),
        second=float(np.mean([second[query] for query in queries])),
        difference=change.mean,
        low=change.low,
        high=change.high,
        confidence=confidence,
        p_value=randomisation_p(differences.tolist(), rounds, seed),
        wins=int((differences > 0).sum()),
        losses=int((differences < 0).sum()),
        ties=int((differences == 0).sum()),
        by_query=dict(sorted(zip(queries, differences.tolist(), strict=True), key=lambda pair: (pair[1], pair[0]))),
    )
