"""Fitting which products shoppers go on to: counts of pairs in the order of time, shrunk and tested.

Item-based collaborative filtering (Sarwar et al., WWW 2001) with three things that purchases in order reward: a pair
counts less the further apart its products were, less the other way round than it was, and the last products of a
history count most when it is read. Without the three it is the cosine of item-kNN (``COSINE``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.special import xlogy

from bowerbird.domain.errors import InputError
from bowerbird.encode.progress import Progress, no_progress
from bowerbird.recommend.histories import Histories
from bowerbird.recommend.neighbours_model import NeighboursModel

if TYPE_CHECKING:
    from bowerbird.domain.ports import Floats


@dataclass(frozen=True, slots=True)
class NeighbourSettings:
    """What of a pair counts; chosen on the validation products of ``benchmarks/sequences.py``."""

    reach: int = 50
    """Products further apart in a history than this are no pair."""
    apart: float = 0.5
    """A pair g places apart counts g to the power of minus this."""
    backwards: float = 0.5
    """What a pair counts for the way back, from the later product to the earlier."""
    popularity: float = 0.35
    """The power of a neighbour's own count that its score is divided by; the product's has the rest up to 1."""
    shrinkage: float = 20.0
    """Added to what a score is divided by, so that pairs of rare products are believed slowly."""
    least_g2: float = 3.84
    """The least log-likelihood ratio of a pair: one in twenty by chance (chi-square, one degree of freedom)."""
    kept: int = 500
    """Neighbours that a product keeps."""
    fade: float = 0.7
    """What each product of a history counts beside the one after it."""


COSINE = NeighbourSettings(apart=0.0, backwards=1.0, popularity=0.5, fade=1.0)
"""Item-kNN: the cosine of two products' shoppers, shrunk and tested."""


def fit_neighbours(
    histories: Histories, settings: NeighbourSettings | None = None, progress: Progress = no_progress
) -> NeighboursModel:
    """Count, test and cut. Raises InputError where nobody came by two products, or only by chance."""
    settings = settings or NeighbourSettings()
    pairs, weighed = _count_pairs(histories, settings, progress)
    if not pairs.nnz:
        raise InputError("nobody came by two products", field="histories", expected="histories of at least two")
    totals = np.bincount(histories.items, minlength=len(histories.products)).astype(np.float64)
    scores = _score(pairs, weighed, totals, len(histories), settings)
    if not scores.nnz:
        raise InputError("every pair of products is met by chance", field="histories", expected="more histories")
    starts, neighbours, values = _strongest(scores, settings.kept)
    return NeighboursModel(histories.products, starts, neighbours, values, settings.fade)


def _count_pairs(histories: Histories, settings: NeighbourSettings, progress: Progress) -> tuple[Any, Any]:
    """(products, products) csr arrays: how many shoppers came by both; and these weighed, as the settings say."""
    size = len(histories.products)
    counts = sparse.csr_array((size, size), dtype=np.float32)
    ahead = sparse.csr_array((size, size), dtype=np.float32)
    for gap, (earlier, later) in _steps(histories, settings.reach):
        progress("counting pairs", gap, settings.reach)
        step = sparse.csr_array((np.ones(len(earlier), np.float32), (earlier, later)), (size, size))
        counts = counts + step
        ahead = ahead + step * np.float32(gap**-settings.apart)
    progress("counting pairs", settings.reach, settings.reach)
    return (counts + counts.T).tocsr(), (ahead + settings.backwards * ahead.T).tocsr()


def _steps(histories: Histories, reach: int) -> Iterator[tuple[int, tuple[NDArray[np.int32], NDArray[np.int32]]]]:
    """For each distance the (earlier, later) products that are so far apart in a history, both (n,)."""
    owners = np.repeat(np.arange(len(histories)), histories.lengths)
    for gap in range(1, min(reach, int(histories.lengths.max(initial=0)) - 1) + 1):
        earlier, later = histories.items[:-gap], histories.items[gap:]
        pairs = (owners[:-gap] == owners[gap:]) & (earlier != later)
        yield gap, (earlier[pairs], later[pairs])


def _score(pairs: Any, weighed: Any, totals: NDArray[np.float64], shoppers: int, settings: NeighbourSettings) -> Any:
    """Weighed counts over the products' own, 0 for pairs that chance explains; a csr array."""
    found = weighed.tocoo()
    rows, columns = found.coords
    both = np.asarray(pairs[rows, columns]).ravel()
    own, others = totals[rows], totals[columns]
    significant = (_g2(both, own, others, shoppers) >= settings.least_g2) & (both * shoppers > own * others)
    power = settings.popularity
    values: Floats = (found.data / (own ** (1 - power) * others**power + settings.shrinkage)).astype(np.float32)
    kept = significant & (values > 0)
    return sparse.csr_array((values[kept], (rows[kept], columns[kept])), found.shape)


def _strongest(scores: Any, kept: int) -> tuple[NDArray[np.int64], NDArray[np.int32], Floats]:
    """The starts, places and scores of each row's ``kept`` highest, places rising."""
    rows = np.repeat(np.arange(scores.shape[0]), np.diff(scores.indptr))
    order = np.lexsort((-scores.data, rows))
    places = np.arange(len(order)) - np.repeat(scores.indptr[:-1], np.diff(scores.indptr))
    chosen = np.sort(order[places < kept])
    starts = np.concatenate([[0], np.cumsum(np.bincount(rows[chosen], minlength=scores.shape[0]))]).astype(np.int64)
    return starts, scores.indices[chosen].astype(np.int32), scores.data[chosen]


def _g2(
    both: NDArray[np.float64], own: NDArray[np.float64], others: NDArray[np.float64], shoppers: int
) -> NDArray[np.float64]:
    """Dunning's log-likelihood ratio of each pair's 2 x 2 table, (n,)."""
    cells = np.stack([both, own - both, others - both, shoppers - own - others + both]).clip(0)
    sides = np.stack([cells[0] + cells[1], cells[2] + cells[3], cells[0] + cells[2], cells[1] + cells[3]])
    found: NDArray[np.float64] = 2 * (
        xlogy(cells, cells).sum(0) - xlogy(sides, sides).sum(0) + xlogy(shoppers, shoppers)
    )
    return found
