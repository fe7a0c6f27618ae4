"""How well the next product of each shopper is foretold: the place of the one that was held out.

Every product is ranked, never a sample, except in ``rank_among_sampled``, which is there to stand beside figures that
were published so. What a shopper had before is left out of the ranking, unless it is itself what came next. A product
that scores the same as the one wanted counts as before it: a model that cannot tell products apart earns nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.errors import InputError

if TYPE_CHECKING:
    from bowerbird.domain.ports import Floats, Numbers

Rows: TypeAlias = NDArray[np.int64]
Score: TypeAlias = Callable[[Rows], "Floats"]
"""Some shoppers to (shoppers, products) scores; the array is written on."""
CHUNK = 512


@dataclass(frozen=True, eq=False)
class HeldOut:
    """For each shopper the product wanted, (n,) int32, and those seen before, ``seen[starts[s]:starts[s + 1]]``.

    Raises InputError where the parts do not fit together.
    """

    wanted: Numbers
    starts: NDArray[np.int64]
    seen: Numbers

    def __post_init__(self) -> None:
        if len(self.starts) != len(self.wanted) + 1 or self.starts[0] != 0 or self.starts[-1] != len(self.seen):
            raise InputError("held-out products that do not fit the histories", field="starts", found=len(self.starts))

    def __len__(self) -> int:
        return len(self.wanted)

    def take(self, shoppers: NDArray[np.int64]) -> HeldOut:
        """Those of some shoppers alone."""
        parts = [self.seen[self.starts[shopper] : self.starts[shopper + 1]] for shopper in shoppers.tolist()]
        starts = np.cumsum([0, *map(len, parts)]).astype(np.int64)
        return HeldOut(self.wanted[shoppers], starts, np.concatenate([np.empty(0, np.int32), *parts]))


@dataclass(frozen=True)
class NextItemScores:
    """Means over ``shoppers``: by depth the share found (recall, or hit rate: one is wanted) and nDCG; and MRR."""

    recall: Mapping[int, float]
    ndcg: Mapping[int, float]
    mrr: float
    shoppers: int

    def to_dict(self) -> dict[str, Any]:
        """As plain values, rounded for people."""
        found: dict[str, Any] = {f"recall@{depth}": round(value, 4) for depth, value in self.recall.items()}
        found |= {f"ndcg@{depth}": round(value, 4) for depth, value in self.ndcg.items()}
        return {**found, "mrr": round(self.mrr, 4), "shoppers": self.shoppers}


def rank_all(score: Score, held: HeldOut, chunk: int = CHUNK) -> NDArray[np.int64]:
    """The rank of each shopper's product among all, from 1; (n,) int64.

    ``score`` is asked for ``chunk`` shoppers at a time. Raises InputError for a score that is no number.
    """
    ranks = np.empty(len(held), np.int64)
    for start in range(0, len(held), chunk):
        rows = np.arange(start, min(start + chunk, len(held)))
        scores, wanted = score(rows), held.wanted[rows]
        own = _own_scores(scores, wanted)
        first, last = held.starts[rows[0]], held.starts[rows[-1] + 1]
        at = np.repeat(np.arange(len(rows)), np.diff(held.starts[rows[0] : rows[-1] + 2]))
        scores[at, held.seen[first:last]] = -np.inf
        scores[np.arange(len(rows)), wanted] = -np.inf
        ranks[rows] = 1 + (scores >= own[:, None]).sum(axis=1)
    return ranks


def rank_among_sampled(
    score: Score, held: HeldOut, negatives: int = 100, seed: int = 0, chunk: int = CHUNK
) -> NDArray[np.int64]:
    """The rank of each shopper's product among itself and ``negatives`` others drawn evenly from those unseen.

    As SASRec was measured (Kang and McAuley 2018), over every shopper. It flatters: use it only beside such figures.
    """
    ranks = np.empty(len(held), np.int64)
    rng = np.random.default_rng(seed)
    for start in range(0, len(held), chunk):
        rows = np.arange(start, min(start + chunk, len(held)))
        scores = score(rows)
        own = _own_scores(scores, held.wanted[rows])
        for at, row in enumerate(rows):
            known = np.append(held.seen[held.starts[row] : held.starts[row + 1]], held.wanted[row])
            drawn = _draw_unseen(rng, scores.shape[1], known, negatives)
            ranks[row] = 1 + (scores[at, drawn] >= own[at]).sum()
    return ranks


def summarise(ranks: NDArray[np.int64], depths: tuple[int, ...] = (5, 10, 20)) -> NextItemScores:
    """The means of ranks from 1. With one product wanted its nDCG is 1 / log2(rank + 1), 0 past the depth.

    Raises InputError where there are none.
    """
    if not len(ranks):
        raise InputError("there is no held-out product to measure on", field="shoppers", expected="at least one")
    return NextItemScores(
        recall={depth: float((ranks <= depth).mean()) for depth in depths},
        ndcg={depth: float(gains_at(ranks, depth).mean()) for depth in depths},
        mrr=float((1 / ranks).mean()),
        shoppers=len(ranks),
    )


def gains_at(ranks: NDArray[np.int64], depth: int) -> NDArray[np.float64]:
    """The nDCG at a depth of each shopper, (n,)."""
    gains: NDArray[np.float64] = np.where(ranks <= depth, 1 / np.log2(ranks + 1), 0.0)
    return gains


def _own_scores(scores: Floats, wanted: Numbers) -> Floats:
    if np.isnan(scores).any():
        raise InputError("a recommender gave a score that is no number", field="scores")
    return scores[np.arange(len(wanted)), wanted].copy()


def _draw_unseen(rng: np.random.Generator, products: int, known: Numbers, count: int) -> NDArray[np.int64]:
    """``count`` different products that are not known; all of them where there are fewer."""
    if products <= 2 * (count + len(known)):
        return rng.permutation(np.setdiff1d(np.arange(products), known))[:count]
    found = np.empty(0, np.int64)
    while len(found) < count:
        drawn = rng.integers(0, products, 2 * count)
        fresh = drawn[~np.isin(drawn, known)]
        found = fresh[np.sort(np.unique(fresh, return_index=True)[1])]
    return found[:count]
