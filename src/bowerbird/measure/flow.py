"""Measure a search against judgements: every judged query is searched once and its ranking rated."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import TypeAlias

from bowerbird.measure.groups import Describe, group_queries, popularity_groups
from bowerbird.measure.intervals import Interval, mean_intervals
from bowerbird.measure.metrics import (
    expected_reciprocal_rank,
    judged_ndcg,
    judged_share,
    ndcg,
    precision,
    recall,
    reciprocal_rank,
)

Search: TypeAlias = Callable[[str, int], Sequence[str]]
"""Words and a depth in, product ids out, best first."""

Progress: TypeAlias = Callable[[str, int, int | None], None]
"""Hears the stage, how much of it is done, and of how much."""

Metric: TypeAlias = Callable[[Sequence[str], Mapping[str, float], float], float]
"""A ranking, its query's ratings and the highest rating of all judgements in, a value out."""

DEPTH = 100
SHOWN = 10
MISSED = 3
SEARCHES, JUDGED_PRODUCTS = "searches", "judged products"
"""What head, torso and tail are by: how often a query is searched or, where nobody knows, its judged products."""

METRICS: Mapping[str, Metric] = {
    "ndcg@10": lambda ranking, ratings, highest: ndcg(ranking, ratings, 10),
    "judged_ndcg@10": lambda ranking, ratings, highest: judged_ndcg(ranking, ratings, 10),
    "err@10": lambda ranking, ratings, highest: expected_reciprocal_rank(ranking, ratings, highest, 10),
    "mrr": lambda ranking, ratings, highest: reciprocal_rank(ranking, ratings),
    "precision@10": lambda ranking, ratings, highest: precision(ranking, ratings, 10),
    "recall@10": lambda ranking, ratings, highest: recall(ranking, ratings, 10),
    "recall@100": lambda ranking, ratings, highest: recall(ranking, ratings, 100),
    "judged@10": lambda ranking, ratings, highest: judged_share(ranking, ratings, 10),
}


@dataclass(frozen=True, slots=True)
class Rated:
    """A product of one query: its rank, None where it was not found, and its rating, None where nobody gave one."""

    product: str
    rank: int | None
    rating: float | None


@dataclass(frozen=True, slots=True)
class QueryResult:
    """One query's values by metric, its relevant products and how many of the first ten nobody rated.

    ``first`` is what came first, ``missed`` the best rated of what did not; ``groups`` its group by dimension.
    """

    query: str
    relevant: int
    unjudged: int
    values: Mapping[str, float]
    first: tuple[Rated, ...] = ()
    missed: tuple[Rated, ...] = ()
    groups: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Group:
    """The queries of one group, and each metric's mean over them with its interval."""

    queries: tuple[str, ...]
    means: Mapping[str, Interval]


@dataclass(frozen=True, slots=True)
class Report:
    """Values by query; ``skipped`` queries have no relevant product and count nowhere.

    ``highest`` is the highest rating of all judgements.
    """

    rows: tuple[QueryResult, ...]
    skipped: tuple[str, ...] = ()
    highest: float = 0.0

    @property
    def means(self) -> dict[str, float]:
        """Each metric's mean over the queries, empty without queries."""
        if not self.rows:
            return {}
        return {name: sum(row.values[name] for row in self.rows) / len(self.rows) for name in self.rows[0].values}

    def values(self, metric: str) -> dict[str, float]:
        """One metric by query."""
        return {row.query: row.values[metric] for row in self.rows}

    def intervals(self) -> dict[str, Interval]:
        """Each metric's mean over the queries with its bootstrap interval, empty without queries."""
        return _intervals(self.rows)

    def by_group(self) -> dict[str, dict[str, Group]]:
        """The means with intervals by dimension and group."""
        rows = {row.query: row for row in self.rows}
        grouped = group_queries(rows, lambda query: rows[query].groups)
        return {
            dimension: {
                name: Group(queries, _intervals([rows[query] for query in queries])) for name, queries in groups.items()
            }
            for dimension, groups in grouped.items()
        }

    def to_dict(self) -> dict[str, object]:
        """The report as plain values for JSON."""
        return {
            "queries": len(self.rows),
            "skipped": list(self.skipped),
            "means": self.means,
            "intervals": {name: asdict(interval) for name, interval in self.intervals().items()},
            "groups": {
                dimension: {name: asdict(group) for name, group in groups.items()}
                for dimension, groups in self.by_group().items()
            },
            "by_query": [
                {
                    "query": row.query,
                    "relevant": row.relevant,
                    "unjudged@10": row.unjudged,
                    "groups": dict(row.groups),
                    **row.values,
                }
                for row in self.rows
            ],
        }


def evaluate(
    search: Search,
    judgements: Mapping[str, Mapping[str, float]],
    progress: Progress | None = None,
    describe: Describe | None = None,
) -> Report:
    """Search every query that has a relevant product and rate what came back; ``describe`` tells a query's groups."""
    highest = max((rating for ratings in judgements.values() for rating in ratings.values()), default=0.0)
    rows, skipped = [], []
    for done, (query, ratings) in enumerate(judgements.items(), start=1):
        if any(rating > 0 for rating in ratings.values()):
            row = rate(query, search(query, DEPTH), ratings, highest)
            rows.append(row if describe is None else replace(row, groups=describe(query)))
        else:
            skipped.append(query)
        if progress is not None:
            progress("evaluate", done, len(judgements))
    popular = popularity_groups({row.query: len(judgements[row.query]) for row in rows})
    return Report(tuple(_regrouped(rows, JUDGED_PRODUCTS, popular)), tuple(skipped), highest)


def with_searches(report: Report, searches: Mapping[str, float]) -> Report:
    """The report with head, torso and tail by how often each query is searched; one that is not listed never is."""
    popular = popularity_groups({row.query: searches.get(row.query, 0.0) for row in report.rows})
    return replace(report, rows=tuple(_regrouped(report.rows, SEARCHES, popular)))


def rate(query: str, ranking: Sequence[str], ratings: Mapping[str, float], highest: float) -> QueryResult:
    """Rate one ranking by every metric; a product listed twice counts once, where it stands first."""
    ranking = list(dict.fromkeys(ranking))
    return QueryResult(
        query=query,
        relevant=sum(rating > 0 for rating in ratings.values()),
        unjudged=sum(product not in ratings for product in ranking[:SHOWN]),
        values={name: metric(ranking, ratings, highest) for name, metric in METRICS.items()},
        first=tuple(Rated(product, rank, ratings.get(product)) for rank, product in enumerate(ranking[:SHOWN], 1)),
        missed=_missed(ranking, ratings),
    )


def _missed(ranking: Sequence[str], ratings: Mapping[str, float]) -> tuple[Rated, ...]:
    """The best rated relevant products that are not among the first, those that were found before those that not."""
    ranks = {product: rank for rank, product in enumerate(ranking, start=1)}
    missed = [product for product, rating in ratings.items() if rating > 0 and ranks.get(product, DEPTH + 1) > SHOWN]
    missed.sort(key=lambda product: (-ratings[product], ranks.get(product, DEPTH + 1)))
    return tuple(Rated(product, ranks.get(product), ratings[product]) for product in missed[:MISSED])


def _regrouped(rows: Sequence[QueryResult], dimension: str, groups: Mapping[str, str]) -> list[QueryResult]:
    regrouped = []
    for row in rows:
        kept = {name: group for name, group in row.groups.items() if name not in (SEARCHES, JUDGED_PRODUCTS)}
        regrouped.append(replace(row, groups={**kept, dimension: groups[row.query]}))
    return regrouped


def _intervals(rows: Sequence[QueryResult]) -> dict[str, Interval]:
    return mean_intervals({name: [row.values[name] for row in rows] for name in rows[0].values}) if rows else {}
