"""Which products are met together: counted as shoppers come by, scored with shrinkage and a test of significance.

A *basket* is what one shopper met without a pause longer than ``gap``: the views of a visit, the purchases of a few
days. A product counts once a basket, and so does a pair. Only pairs that are together more often than chance would
have them count, by the log-likelihood ratio (Dunning, "Accurate Methods for the Statistics of Surprise and
Coincidence", Computational Linguistics 19, 1993), with a cosine that is shrunk where few baskets speak for it.

Counts are a large table that never changes and a small one that does, merged now and then; of each product only the
``kept`` neighbours with the highest counts stay then. ``missed`` says how much a count may have lost by that, as in
lossy counting (Manku and Motwani, "Approximate Frequency Counts over Data Streams", VLDB 2002).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import repeat
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from bowerbird.recommend.baskets import Baskets, pairs_of
from bowerbird.recommend.interactions import Keys, Times
from bowerbird.recommend.pair_counts import NO_PAIRS, PairCounts

if TYPE_CHECKING:
    from bowerbird.domain.ports import Floats

_HOUR: Final = 3_600.0


@dataclass(frozen=True, slots=True)
class TogetherSettings:
    """What is together, and what of it counts."""

    gap: float = 0.5 * _HOUR
    """A pause of more seconds than this ends a basket."""
    largest: int = 50
    """Products of one basket that count: who looks at more is no shopper."""
    kept: int = 200
    """Neighbours that a product keeps."""
    least_g2: float = 6.63
    """The least log-likelihood ratio of a pair: one in a hundred by chance (chi-square, one degree of freedom)."""
    shrinkage: float = 3.0
    """A pair seen in so many baskets counts half of its cosine."""


VIEWED: Final = TogetherSettings()
BOUGHT: Final = TogetherSettings(gap=72 * _HOUR, shrinkage=2.0)


class Together:
    """Live counts of one kind of being together; one writer, many readers."""

    def __init__(self, settings: TogetherSettings = VIEWED) -> None:
        self.settings = settings
        self._counts = _Counts(NO_PAIRS)
        self._baskets = Baskets(settings.gap, settings.largest)

    def take(self, shoppers: Keys, products: Keys, at: Times) -> None:
        """Count what shoppers met, in the order of the log; all (n,)."""
        counts = self._counts
        for shopper, product, when in zip(shoppers.tolist(), products.tolist(), at.tolist(), strict=True):
            others = self._baskets.put(shopper, product, when)
            if others is not None:
                counts.add(product, others)

    def rebuild(self, shoppers: Keys, products: Keys, at: Times) -> None:
        """Count a whole log at once; gives what taking it piece by piece gives."""
        grouped = self._baskets.regroup(shoppers, products, at)
        table = pairs_of(grouped.baskets, grouped.products)
        self._counts = _Counts(table.pruned(self.settings.kept))

    def fold(self) -> None:
        """Merge the small table into the large one, and let go of the weakest neighbours."""
        self._counts = _Counts(self._counts.whole().pruned(self.settings.kept))

    @property
    def unfolded(self) -> int:
        """The entries of the small table."""
        return self._counts.entries

    def neighbours(self, product: int, count: int = 100) -> tuple[Keys, Floats]:
        """The best ``count`` products that are with one significantly often, with scores 0..1, best first."""
        keys, scores, _ = self.neighbours_of(np.array([product], np.uint64))
        order = np.argsort(-scores, kind="stable")[:count]
        return keys[order], scores[order]

    def neighbours_of(self, products: Keys) -> tuple[Keys, Floats, NDArray[np.intp]]:
        """All that is with each of some products significantly often: keys, scores 0..1, and which one it is with."""
        counts = self._counts
        rows = [counts.row(product) for product in products.tolist()]
        lengths = [len(keys) for keys, _, _ in rows]
        whose = np.repeat(np.arange(len(rows)), lengths)
        if not len(whose):
            return np.empty(0, np.uint64), np.empty(0, np.float32), whose
        keys = np.concatenate([keys for keys, _, _ in rows])
        together = np.concatenate([found for _, found, _ in rows])
        own = np.repeat([total for _, _, total in rows], lengths)
        scores = score_pairs(together, own, counts.totals(keys), counts.baskets, self.settings)
        kept = scores > 0
        return keys[kept], scores[kept], whose[kept]

    def count(self, product: int, other: int) -> int:
        """In how many baskets two products were together, as far as it is known."""
        keys, together, _ = self._counts.row(product)
        found = together[keys == np.uint64(other)]
        return int(found[0]) if len(found) else 0

    def missed(self, product: int) -> int:
        """How many baskets a count of a product's neighbour may lack at most."""
        return self._counts.missed(product)

    @property
    def products(self) -> Keys:
        """Every product that is in the large table, rising."""
        return self._counts.base.keys

    def forget(self, shoppers: Collection[int]) -> bool:
        """Drop the open baskets of shoppers; whether there were any. What they were counted for has no name on it."""
        return self._baskets.forget(shoppers)

    def held_of(self, shoppers: Collection[int]) -> list[int]:
        """The products in the open baskets of shoppers."""
        return self._baskets.held_of(shoppers)

    def close_before(self, now: float) -> None:
        """Let go of baskets that nothing more can come into."""
        self._baskets.close_before(now)

    def to_arrays(self) -> dict[str, NDArray[np.generic]]:
        """Everything as arrays, folded."""
        self.fold()
        return {**self._counts.base.to_arrays(), **self._baskets.to_arrays()}

    @classmethod
    def of_arrays(cls, arrays: dict[str, NDArray[np.generic]], settings: TogetherSettings) -> Together:
        """What ``to_arrays`` took apart."""
        made = cls(settings)
        made._counts = _Counts(PairCounts.of_arrays(arrays))
        made._baskets = Baskets.of_arrays(arrays, settings.gap, settings.largest)
        return made


class _Counts:
    """A table that never changes, and what came after it; swapped as a whole, so that readers see both together."""

    def __init__(self, base: PairCounts) -> None:
        self.base = base
        self.baskets = base.baskets
        self.entries = 0
        self._pairs: dict[int, dict[int, int]] = {}
        self._totals: dict[int, int] = {}

    def add(self, product: int, others: Collection[int]) -> None:
        """A product came into a basket that holds others; the first one makes the basket."""
        self.baskets += not others
        self._totals[product] = self._totals.get(product, 0) + 1
        for one, other in ((product, other) for other in others):
            for left, right in ((one, other), (other, one)):
                row = self._pairs.setdefault(left, {})
                row[right] = row.get(right, 0) + 1
        self.entries += 2 * len(others) + 1

    def row(self, product: int) -> tuple[Keys, NDArray[np.int64], int]:
        """A product's neighbours (n,), in how many baskets they are together, and in how many the product is."""
        keys, counts, own = self.base.row(product)
        own += self._totals.get(product, 0)
        # A copy in one step, as the writer goes on.
        late = self._pairs.get(product, {}).copy()
        if late:
            new = np.fromiter(late.keys(), np.uint64, len(late))
            more = np.fromiter(late.values(), np.int64, len(late))
            keys, inverse = np.unique(np.concatenate([keys, new]), return_inverse=True)
            counts = np.bincount(inverse, np.concatenate([counts, more]), len(keys)).astype(np.int64)
        return keys, counts, own

    def totals(self, keys: Keys) -> NDArray[np.int64]:
        """In how many baskets each product is."""
        totals = self.base.totals_of(keys)
        if self._totals:
            totals = totals + np.fromiter(map(self._totals.get, keys.tolist(), repeat(0)), np.int64, len(keys))
        return totals

    def missed(self, product: int) -> int:
        return self.base.missed_of(product)

    def whole(self) -> PairCounts:
        """Both tables as one."""
        if not self.entries:
            return self.base
        pairs = [(left, right, count) for left, row in self._pairs.items() for right, count in row.items()]
        lefts, rights, counts = zip(*pairs, strict=True) if pairs else ((), (), ())
        return self.base.plus(
            (np.array(lefts, np.uint64), np.array(rights, np.uint64), np.array(counts, np.int64)),
            np.array(list(self._totals.keys()), np.uint64),
            np.array(list(self._totals.values()), np.int64),
            self.baskets,
        )


def score_pairs(
    together: NDArray[np.int64],
    own: NDArray[np.int64],
    others: NDArray[np.int64],
    baskets: int,
    settings: TogetherSettings,
) -> Floats:
    """Scores 0..1 of pairs (n,), 0 for those that chance explains.

    ``together`` of ``own`` baskets with a product also hold its neighbour, which is in ``others`` of all ``baskets``.
    """
    significant = (g2(together, own, others, baskets) >= settings.least_g2) & (together * baskets > own * others)
    cosine = together / np.sqrt(np.maximum(own * others.astype(np.float64), 1.0))
    scores: Floats = np.where(significant, cosine * together / (together + settings.shrinkage), 0.0).astype(np.float32)
    return scores


def g2(
    together: NDArray[np.int64], own: NDArray[np.int64], others: NDArray[np.int64], baskets: int
) -> NDArray[np.float64]:
    """Dunning's log-likelihood ratio of the 2 x 2 table of each pair, (n,)."""
    both = together.astype(np.float64)
    # Counts that lost something to pruning may contradict each other by as much.
    left, right = np.maximum(own - both, 0.0), np.maximum(others - both, 0.0)
    neither = np.maximum(baskets - both - left - right, 0.0)
    total = both + left + right + neither
    found = np.zeros(len(both))
    for cell, row, column in (
        (both, both + left, both + right),
        (left, both + left, left + neither),
        (right, right + neither, both + right),
        (neither, right + neither, left + neither),
    ):
        with np.errstate(divide="ignore", invalid="ignore"):
            found += np.where(cell > 0, cell * np.log(cell * total / (row * column)), 0.0)
    return 2.0 * found
