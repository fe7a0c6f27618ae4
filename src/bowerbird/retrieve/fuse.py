"""Fusion: scaled signals into one score. Pure functions over arrays, one row a document.

On chorus-electronics (benchmarks/fusion.py) a weighted sum of scaled scores beats reciprocal ranks: a rank forgets
how far the first stands before the second.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from bowerbird.domain.ports import Documents, Floats


def weigh(signals: Sequence[Floats], weights: Sequence[float]) -> Floats:
    """The weighted mean of the signals each row has (NaN: it has none); 0 for a row without any."""
    if not signals:
        raise ValueError("no signals to weigh")
    values = np.stack(signals)
    present = ~np.isnan(values)
    shares = np.asarray(weights, np.float32)[:, None] * present
    total = shares.sum(axis=0)
    summed = (np.where(present, values, 0.0) * shares).sum(axis=0)
    means: Floats = np.divide(summed, total, out=np.zeros_like(summed), where=total > 0).astype(np.float32, copy=False)
    return means


def first_present(signals: Sequence[Floats]) -> Floats:
    """For each row the first signal that it has; NaN for a row without any."""
    result = signals[0].copy()
    for signal in signals[1:]:
        result = np.where(np.isnan(result), signal, result)
    return result


def reciprocal_ranks(rankings: Sequence[Documents], documents: Documents, constant: float = 60.0) -> Floats:
    """The sum over rankings of 1 / (constant + rank), for sorted ``documents``.

    Cormack, Clarke and Büttcher, Reciprocal rank fusion, SIGIR 2009.
    """
    scores = np.zeros(len(documents), np.float32)
    for ranking in rankings:
        places = find_sorted(documents, ranking)
        kept = places >= 0
        scores[places[kept]] += 1.0 / (constant + 1.0 + np.flatnonzero(kept))
    return scores


def find_sorted(documents: Documents, wanted: Documents) -> NDArray[np.intp]:
    """The places of ``wanted`` in sorted ``documents``, -1 for those that are not there."""
    if not len(documents):
        return np.full(len(wanted), -1, np.intp)
    places = np.minimum(np.searchsorted(documents, wanted), len(documents) - 1)
    return np.where(documents[places] == wanted, places, -1)


def rank(scores: Floats, seqs: NDArray[np.int64]) -> NDArray[np.intp]:
    """Places by falling score; equal scores, to the fifth decimal, the newest product first."""
    return np.lexsort((-seqs, -np.round(scores.astype(np.float64), 5)))
