"""Histories cut into batches of like length, and the products that each batch is told from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bowerbird.recommend.histories import Histories

if TYPE_CHECKING:
    from bowerbird.domain.ports import Floats


@dataclass(frozen=True, eq=False)
class Batch:
    """``items`` (n, length) int64 padded with 0 at the end, ``importance`` (n, length) float32, and what came next.

    ``known`` (n, length) bool tells places from padding; ``targets`` (m,) int64 are what followed them, row by row.
    """

    items: NDArray[np.int64]
    importance: Floats
    known: NDArray[np.bool_]
    targets: NDArray[np.int64]


def cut_batches(histories: Histories, longest: int, size: int, rng: np.random.Generator) -> Iterator[Batch]:
    """Every history of two or more once, in batches of about ``size`` places; a drawn part of one that is too long.

    Histories of like length go together, so that little is padded; which of them, and the order, is drawn.
    """
    rows = np.flatnonzero(histories.lengths > 1)
    lengths = np.minimum(histories.lengths[rows] - 1, longest)
    order = np.argsort(lengths + rng.random(len(rows)), kind="stable")
    rows, lengths = rows[order], lengths[order]
    # Rising lengths: a group ends where one more would carry its sum over a multiple of the size.
    group = (np.cumsum(lengths) - 1) // size
    groups = np.split(rows, np.flatnonzero(np.diff(group)) + 1)
    for chosen in rng.permutation(len(groups)).tolist():
        yield _batch(histories, groups[chosen], longest, rng)


def _batch(histories: Histories, rows: NDArray[np.intp], longest: int, rng: np.random.Generator) -> Batch:
    lengths = histories.lengths[rows]
    kept = np.minimum(lengths - 1, longest)
    first = histories.starts[rows] + rng.integers(0, lengths - kept)
    items, importance, known = gather(histories, first, kept)
    after = np.minimum(first[:, None] + 1 + np.arange(items.shape[1]), len(histories.items) - 1)
    return Batch(items, importance, known, histories.items[after][known].astype(np.int64))


def gather(
    histories: Histories, first: NDArray[np.int64], lengths: NDArray[np.int64]
) -> tuple[NDArray[np.int64], Floats, NDArray[np.bool_]]:
    """Parts of histories as (n, longest part) items, weights and a mask; padding is item 0 of weight 1."""
    at = np.arange(int(lengths.max(initial=1)))
    known = at < lengths[:, None]
    places = np.where(known, first[:, None] + at, 0)
    items = np.where(known, histories.items[places], 0).astype(np.int64)
    return items, np.where(known, histories.weights[places], 1).astype(np.float32), known


def draw_candidates(
    targets: NDArray[np.int64], products: int, negatives: int, rng: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
    """The products that a batch's softmax is over: all targets, and ``negatives`` drawn evenly.

    Returns the candidates (c,), where each target stands among them (m,), and how likely each was to be a candidate
    (c,) float32: what the softmax is corrected by (logQ: Bengio and Senécal 2008). 0 negatives, or as many as there
    are products, take them all, and nothing is to be corrected.
    """
    if negatives <= 0 or negatives >= products:
        return np.arange(products), targets, np.ones(products, np.float32)
    drawn = rng.choice(products, negatives, replace=False)
    candidates, counts = np.unique(np.concatenate([drawn, targets]), return_counts=True)
    counts = np.bincount(targets, minlength=products)[candidates]
    missed = (1 - negatives / products) * (1 - counts / len(targets)) ** len(targets)
    return candidates, np.searchsorted(candidates, targets), (1 - missed).astype(np.float32)


def latest_parts(histories: Histories, longest: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where the last ``longest`` products of each history begin, and how many they are."""
    kept = np.minimum(histories.lengths, longest)
    return histories.starts[1:] - kept, kept
