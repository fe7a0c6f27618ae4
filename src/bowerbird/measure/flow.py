"""Measure a search against judgements: every judged query is searched once and its ranking rated."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bowerbird.measure.metrics import judged_ndcg, ndcg, recall, reciprocal_rank

Search: TypeAlias = Callable[[str, int], Sequence[str]]
"""Words and a depth in, product ids out, best first."""

Progress: TypeAlias = Callable[[str, int, int | None], None]
"""Hears the stage, how much of it is done, and of how much."""

DEPTH = 100
METRICS: Mapping[str, Callable[[Sequence[str], Mapping[str, float]], float]] = {
    "ndcg@10": lambda ranking, ratings: ndcg(ranking, ratings, 10),
    "judged_ndcg@10": lambda ranking, ratings: judged_ndcg(ranking, ratings, 10),
    "mrr": reciprocal_rank,
    "recall@10": lambda ranking, ratings: recall(ranking, ratings, 10),
    "recall@100": lambda ranking, ratings: recall(ranking, ratings, 100),
}


@dataclass(frozen=True, slots=True)
class QueryResult:
    """One query's values by metric, its relevant products and how many of the first ten nobody rated."""

    query: str
    relevant: int
    unjudged: int
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Report:
    """Values by query; ``skipped`` queries have no relevant product and count nowhere."""

    rows: tuple[QueryResult, ...]
    skipped: tuple[str, ...] = ()

    @property
    def means(self) -> dict[str, float]:
        """Each metric's mean over the queries, empty without queries."""
        if not self.rows:
            return {}
        return {name: sum(row.values[name] for row in self.rows) / len(self.rows) for name in self.rows[0].values}

    def values(self, metric: str) -> dict[str, float]:
        """One metric by query."""
        return {row.query: row.values[metric] for row in self.rows}

    def to_dict(self) -> dict[str, object]:
        """The report as plain values for JSON."""
        return {
            "queries": len(self.rows),
            "skipped": list(self.skipped),
            "means": self.means,
            "by_query": [
                {"query": row.query, "relevant": row.relevant, "unjudged@10": row.unjudged, **row.values}
                for row in self.rows
            ],
        }


def evaluate(search: Search, judgements: Mapping[str, Mapping[str, float]], progress: Progress | None = None) -> Report:
    """Search every query that has a relevant product and rate what came back."""
    rows, skipped = [], []
    for done, (query, ratings) in enumerate(judgements.items(), start=1):
        if any(rating > 0 for rating in ratings.values()):
            rows.append(rate(query, search(query, DEPTH), ratings))
        else:
            skipped.append(query)
        if progress is not None:
            progress("evaluate", done, len(judgements))
    return Report(tuple(rows), tuple(skipped))


def rate(query: str, ranking: Sequence[str], ratings: Mapping[str, float]) -> QueryResult:
    """Rate one ranking by every metric; a product listed twice counts once, where it stands first."""
    ranking = list(dict.fromkeys(ranking))
    return QueryResult(
        query=query,
        relevant=sum(rating > 0 for rating in ratings.values()),
        unjudged=sum(product not in ratings for product in ranking[:10]),
        values={name: metric(ranking, ratings) for name, metric in METRICS.items()},
    )


def format_report(report: Report, by_query: bool = True) -> str:
    """The report as a table for a terminal: a row a query, worst nDCG first, the means last."""
    if not report.rows:
        return f"no query with a relevant product ({len(report.skipped)} without)"
    names = list(report.rows[0].values)
    width = min(40, max(len("mean"), *(len(row.query) for row in report.rows)))
    lines = [f"{'query':<{width}}  " + "  ".join(f"{name:>14}" for name in names) + "  relevant  unjudged@10"]
    if by_query:
        for row in sorted(report.rows, key=lambda row: (row.values[names[0]], row.query)):
            cells = "  ".join(f"{row.values[name]:>14.3f}" for name in names)
            lines.append(f"{row.query[:width]:<{width}}  {cells}  {row.relevant:>8}  {row.unjudged:>11}")
    means = report.means
    lines.append(f"{'mean':<{width}}  " + "  ".join(f"{means[name]:>14.4f}" for name in names))
    lines.append(f"{len(report.rows)} queries; {len(report.skipped)} without a relevant product left out")
    return "\n".join(lines)
