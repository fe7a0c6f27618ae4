"""How good one ranking is: pure functions of the ranked ids and the ratings people gave.

A product without a rating counts as rated 0 unless said otherwise; a rating above 0 is relevant.
Every value lies in 0..1, and all but ``judged_share`` are 0 for a query without a relevant product: averages leave such
queries out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import log2


def ndcg(ranking: Sequence[str], ratings: Mapping[str, float], depth: int = 10) -> float:
    """Discounted gain of the first ``depth`` over the best possible; the gain is the rating itself.

    Järvelin and Kekäläinen, Cumulated gain-based evaluation of IR techniques, TOIS 20(4), 2002,
    with the discount 1 / log2(rank + 1) and linear gain.
    """
    best = discounted(sorted(ratings.values(), reverse=True)[:depth])
    return discounted(ratings.get(product, 0.0) for product in ranking[:depth]) / best if best else 0.0


def judged_ndcg(ranking: Sequence[str], ratings: Mapping[str, float], depth: int = 10) -> float:
    """The nDCG of the ranking less every product nobody rated.

    Sakai, Alternatives to Bpref, SIGIR 2007 (condensed lists).
    """
    return ndcg([product for product in ranking if product in ratings], ratings, depth)


def reciprocal_rank(ranking: Sequence[str], ratings: Mapping[str, float]) -> float:
    """One over the rank of the first relevant product, 0 without one (Voorhees, TREC-8, 1999)."""
    for rank, product in enumerate(ranking, start=1):
        if ratings.get(product, 0.0) > 0:
            return 1.0 / rank
    return 0.0


def expected_reciprocal_rank(
    ranking: Sequence[str], ratings: Mapping[str, float], highest: float, depth: int = 10
) -> float:
    """The mean of one over the rank at which a shopper who reads from the top is satisfied and stops.

    A product rated r satisfies with probability (2^r - 1) / 2^highest, ``highest`` being the highest rating of the
    whole set of judgements: Chapelle et al., Expected reciprocal rank for graded relevance, CIKM 2009.
    """
    value, still_reading = 0.0, 1.0
    for rank, product in enumerate(ranking[:depth], start=1):
        rating = min(ratings.get(product, 0.0), highest)
        # As differences of exponents: ratings up to 5000 would overflow a float otherwise.
        satisfied = 2.0 ** (rating - highest) - 2.0**-highest
        value += still_reading * satisfied / rank
        still_reading *= 1 - satisfied
    return value


def precision(ranking: Sequence[str], ratings: Mapping[str, float], depth: int) -> float:
    """The share of the first ``depth`` places that hold a relevant product; an empty place holds none."""
    return sum(ratings.get(product, 0.0) > 0 for product in ranking[:depth]) / depth


def judged_share(ranking: Sequence[str], ratings: Mapping[str, float], depth: int) -> float:
    """The share of the first ``depth`` products that anybody rated, as relevant or not; 1 where none came."""
    first = ranking[:depth]
    return sum(product in ratings for product in first) / len(first) if first else 1.0


def recall(ranking: Sequence[str], ratings: Mapping[str, float], depth: int) -> float:
    """The share of the relevant products that stand among the first ``depth``."""
    relevant = {product for product, rating in ratings.items() if rating > 0}
    return len(relevant.intersection(ranking[:depth])) / len(relevant) if relevant else 0.0


def discounted(gains: Iterable[float]) -> float:
    """The sum of gains in order of rank, each over log2(rank + 1)."""
    return sum(gain / log2(rank + 1) for rank, gain in enumerate(gains, start=1))
