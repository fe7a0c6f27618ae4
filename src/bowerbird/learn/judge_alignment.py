"""How well words find photos in a shared space, on photos that were not fitted on."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from bowerbird.encode.alignment import Alignment
from bowerbird.learn.pairs import KIND, TITLE, Pairs

_TOP = 10
_BLOCK = 512


@dataclass(frozen=True, slots=True)
class AlignmentScores:
    """Over a gallery of held-out photos.

    ``title_at_1``, ``title_at_10``: the share of products whose title finds a photo of theirs first, within ten;
    ``title_mrr``: the mean reciprocal rank of that photo; ``kind_at_10``: the share of the first ten photos that are
    of the kind asked for, over kinds with ten photos or more (NaN where there are none).
    """

    products: int
    kinds: int
    title_at_1: float
    title_at_10: float
    title_mrr: float
    kind_at_10: float

    @property
    def overall(self) -> float:
        """What candidates are compared by: the mean of titles (rank and first ten) and kinds."""
        titles = (self.title_mrr + self.title_at_10) / 2
        return titles if np.isnan(self.kind_at_10) else (titles + self.kind_at_10) / 2

    def rounded(self) -> dict[str, float | int]:
        """For reports."""
        return {name: round(value, 4) for name, value in asdict(self).items() if not np.isnan(value)}


def judge_alignment(alignment: Alignment, held_out: Pairs) -> AlignmentScores:
    """Ask for every product of ``held_out`` by its title, and for every kind, among its photos."""
    photos = alignment.photos(held_out.photos)
    _, firsts = np.unique(held_out.products, return_index=True)
    titles = alignment.texts(held_out.phrases[TITLE].of(firsts))
    ranks = _ranks(titles, photos, held_out.products[firsts], held_out.products)
    kinds = held_out.phrases[KIND]
    counts = np.bincount(kinds.ids, minlength=len(kinds.vectors))
    asked = np.flatnonzero(counts >= _TOP)
    precision = float("nan")
    if len(asked):
        scores = alignment.texts(kinds.vectors[asked]) @ photos.T
        best = np.argsort(-scores, axis=1, kind="stable")[:, :_TOP]
        precision = float(np.mean(kinds.ids[best] == asked[:, None]))
    return AlignmentScores(
        products=len(firsts),
        kinds=len(asked),
        title_at_1=float(np.mean(ranks == 0)),
        title_at_10=float(np.mean(ranks < _TOP)),
        title_mrr=float(np.mean(1.0 / (ranks + 1))),
        kind_at_10=precision,
    )


def _ranks(
    queries: NDArray[np.float32], photos: NDArray[np.float32], wanted: NDArray[np.intp], owners: NDArray[np.intp]
) -> NDArray[np.intp]:
    """For each query, how many photos of other products score above the best photo of the wanted one."""
    ranks = []
    for start in range(0, len(queries), _BLOCK):
        scores = queries[start : start + _BLOCK] @ photos.T
        own = wanted[start : start + _BLOCK, None] == owners[None]
        best = np.where(own, scores, -np.inf).max(axis=1, keepdims=True)
        ranks.append(((scores > best) & ~own).sum(axis=1))
    return np.concatenate(ranks)
