"""Texts as sparse rows of grams, and the fits of linear models on them. Needs scipy, from the ``train`` extra."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.errors import MissingExtraError
from bowerbird.understand.linear_model import GramWeights, round_squares
from bowerbird.understand.ngrams import GramSettings, text_grams

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

BATCH = 2_000
Loss = Callable[[NDArray[np.float64]], tuple[float, NDArray[np.float64]]]
"""Of scores (n, k): the loss, and its slope (n, k)."""


@dataclass(frozen=True, eq=False)
class GramMatrix:
    """Rows of texts over the grams that are kept.

    ``rows`` is (texts, grams) f32 of unit rows; hashes (grams,) u32, rising; idf (grams,) f32, what a gram's mark
    weighs before the rows are brought to length one, rounded as the packaged model rounds it.
    """

    settings: GramSettings
    hashes: NDArray[np.uint32]
    idf: NDArray[np.float32]
    rows: csr_matrix

    def weights(self, per_gram: NDArray[np.float32]) -> GramWeights:
        """The packaged form of weights (grams, k) over ``rows``."""
        weighed = np.asarray(per_gram, np.float32) * self.idf[:, None]
        return GramWeights.rounded(self.settings, self.hashes, self.idf**2, weighed)

    def of(self, texts: Sequence[str]) -> csr_matrix:
        """Further texts as rows over the same grams."""
        return _weigh(_mark(texts, self.settings, self.hashes), self.idf)


def gram_matrix(
    texts: Sequence[str],
    settings: GramSettings,
    *,
    fewest: int = 2,
    power: float = 1.5,
    more: NDArray[np.uint32] | None = None,
) -> GramMatrix:
    """Mark which grams each text has, and weigh them by rarity: (1 + ln(texts / texts with it)) ** power.

    Kept are the grams of at least ``fewest`` texts, and ``more`` whether a text has them or not.
    """
    hashes = count_grams(texts, settings, fewest)
    if more is not None:
        hashes = np.union1d(hashes, more)
    marks = _mark(texts, settings, hashes)
    found = np.bincount(marks.indices, minlength=len(hashes))
    idf = (1 + np.log(len(texts) / np.maximum(found, 1))) ** power
    squares, scale = round_squares((idf**2).astype(np.float32))
    idf = np.sqrt(squares * np.float32(scale)).astype(np.float32)
    return GramMatrix(settings, hashes, idf, _weigh(marks, idf))


def fit_weights(
    rows: csr_matrix,
    gates: NDArray[np.float32],
    loss: Loss,
    *,
    ease: float,
    around: NDArray[np.float32] | None = None,
    most: int = 120,
) -> NDArray[np.float32]:
    """Weights (grams, k) that make ``loss`` of the gated scores small, by L-BFGS (Liu and Nocedal 1989).

    Args:
        rows: (n, grams).
        gates: (n, k) by which the k scores of each text are multiplied before the loss sees them.
        loss: of the gated scores (n, k), summed over texts.
        ease: how far the weights may go: the penalty is half their squared distance over it.
        around: (grams, k) what they are held to, zeros where it is not given.
        most: passes over the rows.
    """
    try:
        from scipy.optimize import minimize
    except ImportError as error:
        raise MissingExtraError("fitting text models (scipy)", "train") from error
    back = rows.T.tocsr()
    shape = (rows.shape[1], gates.shape[1])
    held_to = np.zeros(shape) if around is None else around.astype(np.float64)

    def objective(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = flat.reshape(shape)
        value, slope = loss((rows @ weights.astype(np.float32)).astype(np.float64) * gates)
        down = back @ np.ascontiguousarray(slope * gates, np.float32)
        apart = weights - held_to
        return value + float((apart**2).sum()) / (2 * ease), (down + apart / ease).ravel()

    best = minimize(
        objective, held_to.ravel(), jac=True, method="L-BFGS-B",
        options={"maxiter": most, "maxcor": 6, "ftol": 1e-6},
    )  # fmt: skip
    return np.asarray(best.x.reshape(shape), np.float32)


def hinge(labels: NDArray[np.int_], importance: NDArray[np.float64] | None = None) -> Loss:
    """The squared hinge of the summed scores, labels +1 or -1, as a support vector machine's (Fan et al. 2008)."""

    def loss(scores: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        short = np.maximum(0.0, 1.0 - labels * scores.sum(1))
        weighed = short if importance is None else short * importance
        return float(short @ weighed), np.repeat((-2.0 * labels * weighed)[:, None], scores.shape[1], axis=1)

    return loss


def logistic(shares: NDArray[np.float64], importance: NDArray[np.float64] | None = None) -> Loss:
    """The cross entropy of the sigmoid of the summed scores against shares (n,) of good ones."""

    def loss(scores: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        odds = scores.sum(1)
        each = np.logaddexp(0.0, odds) - shares * odds
        slope = 0.5 + 0.5 * np.tanh(odds / 2) - shares
        if importance is not None:
            each, slope = each * importance, slope * importance
        return float(each.sum()), np.repeat(slope[:, None], scores.shape[1], axis=1)

    return loss


def cross_entropy(shares: NDArray[np.float64], importance: NDArray[np.float64] | None = None) -> Loss:
    """Of the softmax of the scores against shares (n, k) that sum to one."""

    def loss(scores: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        shifted = scores - scores.max(1, keepdims=True)
        logs = shifted - np.log(np.exp(shifted).sum(1, keepdims=True))
        each = -(shares * logs).sum(1)
        slope = np.exp(logs) - shares
        if importance is None:
            return float(each.sum()), slope
        return float(each @ importance), slope * importance[:, None]

    return loss


def count_grams(texts: Sequence[str], settings: GramSettings, fewest: int) -> NDArray[np.uint32]:
    """The grams that at least ``fewest`` texts have, rising."""
    once = [np.zeros(0, np.uint32)]
    for start in range(0, len(texts), BATCH):
        grams = text_grams(texts[start : start + BATCH], settings)
        once.append((np.unique((grams.owners().astype(np.uint64) << np.uint64(32)) | grams.hashes)).astype(np.uint32))
    hashes, counts = np.unique(np.concatenate(once), return_counts=True)
    return np.asarray(hashes[counts >= fewest], np.uint32)


def _mark(texts: Sequence[str], settings: GramSettings, hashes: NDArray[np.uint32]) -> csr_matrix:
    """1 where a text has a gram."""
    from scipy.sparse import csr_matrix, vstack

    parts: list[Any] = []
    for start in range(0, len(texts), BATCH):
        batch = texts[start : start + BATCH]
        grams = text_grams(batch, settings)
        places = np.minimum(np.searchsorted(hashes, grams.hashes), len(hashes) - 1)
        hit = hashes[places] == grams.hashes
        ones = np.ones(int(hit.sum()), np.float32)
        marks = csr_matrix((ones, (grams.owners()[hit], places[hit])), shape=(len(batch), len(hashes)))
        marks.sum_duplicates()
        marks.data[:] = 1.0
        parts.append(marks)
    return vstack(parts, format="csr", dtype=np.float32)


def _weigh(marks: csr_matrix, idf: NDArray[np.float32]) -> csr_matrix:
    from scipy.sparse import diags

    lengths = np.sqrt(np.maximum(marks @ (idf**2), 1e-12)).astype(np.float32)
    return (diags(1 / lengths) @ marks @ diags(idf)).tocsr().astype(np.float32)
