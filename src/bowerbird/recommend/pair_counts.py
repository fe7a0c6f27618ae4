"""A table of how often products are together: never changed, so that any number of threads read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bowerbird.recommend.interactions import Keys

Counts = NDArray[np.int32]

_BLOCK = 4_096
"""Products that are multiplied at a time, so that memory does not grow with the pairs that pruning will drop."""


@dataclass(frozen=True, eq=False)
class PairCounts:
    """Product ``keys[i]``, rising, has the neighbours ``others[starts[i]:starts[i + 1]]``, rising, with ``counts``.

    ``totals`` (n,) are the baskets of each product, ``missed`` (n,) what a count of its neighbours may lack,
    ``baskets`` the number of all.
    """

    keys: Keys
    starts: NDArray[np.int64]
    others: Keys
    counts: Counts
    totals: Counts
    missed: Counts
    baskets: int = 0

    def row(self, product: int) -> tuple[Keys, NDArray[np.int64], int]:
        """The neighbours of a product, the baskets they share, and how many the product is in."""
        place = self._place(product)
        if place < 0:
            return np.empty(0, np.uint64), np.empty(0, np.int64), 0
        span = slice(int(self.starts[place]), int(self.starts[place + 1]))
        return self.others[span], self.counts[span].astype(np.int64), int(self.totals[place])

    def missed_of(self, product: int) -> int:
        """What a count of a product's neighbours may lack."""
        place = self._place(product)
        return int(self.missed[place]) if place >= 0 else 0

    def totals_of(self, keys: Keys) -> NDArray[np.int64]:
        """The baskets of some products."""
        if not len(self.keys):
            return np.zeros(len(keys), np.int64)
        at = np.minimum(self.keys.searchsorted(keys), len(self.keys) - 1)
        return np.where(self.keys[at] == keys, self.totals[at], 0).astype(np.int64)

    def plus(
        self, pairs: tuple[Keys, Keys, NDArray[np.int64]], keys: Keys, totals: NDArray[np.int64], baskets: int
    ) -> PairCounts:
        """With more pairs (left, right, count), and more baskets by product; ``baskets`` is the new number of all."""
        lefts = np.concatenate([np.repeat(self.keys, np.diff(self.starts)), pairs[0]])
        rights = np.concatenate([self.others, pairs[1]])
        counts = np.concatenate([self.counts.astype(np.int64), pairs[2]])
        every = np.union1d(np.union1d(self.keys, keys), lefts)
        order = np.lexsort((rights, lefts))
        lefts, rights, counts = lefts[order], rights[order], counts[order]
        new = np.ones(len(order), bool)
        new[1:] = (lefts[1:] != lefts[:-1]) | (rights[1:] != rights[:-1])
        firsts = np.flatnonzero(new)
        summed = np.add.reduceat(counts, firsts) if len(firsts) else counts
        starts = np.searchsorted(lefts[firsts], np.append(every, np.uint64(2**64 - 1)))
        starts[-1] = len(firsts)
        whole = self.totals_of(every)
        np.add.at(whole, np.searchsorted(every, keys), totals)
        missed = np.array([0], np.int32)[np.zeros(len(every), np.intp)]
        if len(self.keys):
            missed[np.searchsorted(every, self.keys)] = self.missed
        return PairCounts(
            every, starts, rights[firsts], summed.astype(np.int32), whole.astype(np.int32), missed, baskets
        )

    def pruned(self, kept: int) -> PairCounts:
        """With the ``kept`` neighbours of highest count of each product; of equal ones those of lower key."""
        lengths = np.diff(self.starts)
        if not len(lengths) or int(lengths.max()) <= kept:
            return self
        rows = np.repeat(np.arange(len(self.keys)), lengths)
        order = np.lexsort((self.others, -self.counts, rows))
        places = np.arange(len(order)) - np.repeat(self.starts[:-1], lengths)
        lost = order[places == kept]
        missed = self.missed.copy()
        missed[rows[lost]] += self.counts[lost]
        chosen = np.sort(order[places < kept])
        starts = np.concatenate([[0], np.cumsum(np.minimum(lengths, kept))])
        return PairCounts(
            self.keys, starts, self.others[chosen], self.counts[chosen], self.totals, missed, self.baskets
        )

    def to_arrays(self) -> dict[str, NDArray[np.generic]]:
        """Everything as arrays."""
        names = ("keys", "starts", "others", "counts", "totals", "missed")
        return {**{name: getattr(self, name) for name in names}, "baskets": np.array([self.baskets], np.int64)}

    @classmethod
    def of_arrays(cls, arrays: dict[str, NDArray[Any]]) -> PairCounts:
        """What ``to_arrays`` took apart."""
        names = ("keys", "starts", "others", "counts", "totals", "missed")
        return cls(**{name: arrays[name] for name in names}, baskets=int(arrays["baskets"][0]))

    def _place(self, product: int) -> int:
        if not len(self.keys):
            return -1
        at = int(self.keys.searchsorted(np.uint64(product)))
        return at if at < len(self.keys) and int(self.keys[at]) == product else -1


_NOTHING = np.empty(0, np.int32)
NO_PAIRS = PairCounts(
    np.empty(0, np.uint64), np.zeros(1, np.int64), np.empty(0, np.uint64), _NOTHING, _NOTHING, _NOTHING
)


def rows_to_pairs(keys: Keys, held: Any, baskets: int) -> PairCounts:
    """Counts from a sparse (baskets, products) matrix of ones, whose columns are ``keys``, rising."""
    totals = np.asarray(held.sum(axis=0), np.int32).reshape(-1)
    columns = held.tocsc()
    by_product = held.T.tocsr()
    starts, others, counts = [np.zeros(1, np.int64)], [], []
    for at in range(0, len(keys), _BLOCK):
        block = (by_product[at : at + _BLOCK] @ columns).tocoo()
        apart = block.coords[0] + at != block.coords[1]
        rows, neighbours, shared = block.coords[0][apart], block.coords[1][apart], block.data[apart]
        order = np.lexsort((neighbours, rows))
        lengths = np.bincount(rows, minlength=min(_BLOCK, len(keys) - at))
        starts.append(starts[-1][-1] + np.cumsum(lengths))
        others.append(keys[neighbours[order]])
        counts.append(shared[order].astype(np.int32))
    nothing = np.zeros(len(keys), np.int32)
    return PairCounts(
        keys,
        np.concatenate(starts),
        np.concatenate(others) if others else np.empty(0, np.uint64),
        np.concatenate(counts) if counts else np.empty(0, np.int32),
        totals,
        nothing,
        baskets,
    )
