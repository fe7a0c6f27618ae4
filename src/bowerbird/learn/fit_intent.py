"""Fitting the intent model: weights, then the scale that makes its probabilities true, by folds over groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.errors import MissingExtraError
from bowerbird.learn.gram_matrix import GramMatrix, cross_entropy, fit_weights, gram_matrix
from bowerbird.understand.intent import INTENTS, IntentModel
from bowerbird.understand.linear_model import GramWeights
from bowerbird.understand.ngrams import GramSettings

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix


@dataclass(frozen=True, slots=True)
class IntentSettings:
    """How the intent model is fitted; chosen by folds over groups."""

    grams: GramSettings = field(default_factory=lambda: GramSettings(2))
    fewest: int = 2
    power: float = 0.0
    ease: float = 5.0
    vector_weight: float = 3.0
    """How far a sentence vector's numbers are stretched before weights are fitted to them."""
    names_weight: float = 40.0
    """What all names of goods of one language weigh together; an utterance weighs 1."""
    names: int = 4_000
    """Names of goods of one language, half of them with a property before."""
    foreign_weight: float = 0.3
    """What an utterance of another corpus weighs."""
    foreign: int = 60
    """Utterances of another corpus that one intent gets."""
    folds: int = 5
    errors: float = 0.05
    """The share of wrong guesses among those that are called sure."""
    seed: int = 0


@dataclass(frozen=True, eq=False)
class Examples:
    """Texts with intents (n,) by place in ``INTENTS``, weights (n,), groups (n,) and vectors (n, dim), zeros for none.

    Texts of a group stay on one side of a split; ``own`` (n,) tells which are measured on.
    """

    texts: tuple[str, ...]
    intents: NDArray[np.intp]
    importance: NDArray[np.float64]
    groups: NDArray[np.str_]
    vectors: NDArray[np.float32]
    own: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.texts)


@dataclass(frozen=True, eq=False)
class HeldOut:
    """What models say of examples that they were not fitted on: odds (n, 9) of the own ones, at ``places``."""

    places: NDArray[np.intp]
    odds: NDArray[np.float32]
    intents: NDArray[np.intp]

    @property
    def accuracy(self) -> float:
        """The share of examples whose likeliest intent is right."""
        return float((self.odds.argmax(1) == self.intents).mean())


def fit_intent(examples: Examples, settings: IntentSettings) -> tuple[IntentModel, HeldOut]:
    """The model fitted on all examples, its scale and threshold on held-out ones, which are given back too."""
    held_out = judge_held_out(examples, settings)
    scale = fit_scale(held_out.odds, held_out.intents)
    sure = np.array([fit_threshold(held_out.odds * scale[0] + scale[1:], held_out.intents, settings.errors)])
    weights, vector, bias = _fit(examples, np.ones(len(examples), np.bool_), settings)
    return IntentModel(weights, vector, bias, scale, sure.astype(np.float32)), held_out


def judge_held_out(examples: Examples, settings: IntentSettings) -> HeldOut:
    """Fit on all groups but a fold's, and let each model judge the own examples of its fold."""
    names, groups = np.unique(examples.groups, return_inverse=True)
    folds = np.random.default_rng(settings.seed).integers(0, settings.folds, len(names))[groups]
    odds = np.zeros((len(examples), len(INTENTS)), np.float32)
    for fold in range(settings.folds):
        weights, vector, bias = _fit(examples, folds != fold, settings)
        held = np.flatnonzero((folds == fold) & examples.own)
        plain = np.zeros(len(INTENTS) + 1, np.float32)
        model = IntentModel(weights, vector, bias, plain, plain[:1])
        odds[held] = model.odds([examples.texts[place] for place in held.tolist()], examples.vectors[held])
    places = np.flatnonzero(examples.own)
    return HeldOut(places, odds[places], examples.intents[places])


def fit_scale(odds: NDArray[np.float32], intents: NDArray[np.intp]) -> NDArray[np.float32]:
    """Scale and offsets (10,) that make held-out guesses likeliest, the offsets held to zero."""
    try:
        from scipy.optimize import minimize
    except ImportError as error:
        raise MissingExtraError("fitting text models (scipy)", "train") from error
    loss = cross_entropy(np.eye(len(INTENTS))[intents])

    def objective(at: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        value, slope = loss(odds * at[0] + at[1:])
        down = np.concatenate([[(slope * odds).sum()], slope.sum(0) + at[1:]])
        return value + float(at[1:] @ at[1:]) / 2, down

    start = np.zeros(len(INTENTS) + 1)
    start[0] = 1.0
    return np.asarray(minimize(objective, start, jac=True, method="L-BFGS-B").x, np.float32)


def fit_threshold(odds: NDArray[np.float32], intents: NDArray[np.intp], errors: float) -> float:
    """The lowest probability from which on no more than ``errors`` of the guesses are wrong."""
    powers = np.exp(odds - odds.max(1, keepdims=True))
    best = (powers / powers.sum(1, keepdims=True)).max(1)
    order = np.argsort(-best)
    wrong = np.cumsum((odds.argmax(1) != intents)[order]) / np.arange(1, len(order) + 1)
    good = np.flatnonzero(wrong <= errors)
    return float(best[order][good[-1]]) if len(good) else 1.0


def _fit(
    examples: Examples, which: NDArray[np.bool_], settings: IntentSettings
) -> tuple[GramWeights, NDArray[np.float32], NDArray[np.float32]]:
    """Gram weights, vector weights (dim, 9) and bias (9,).

    A text with a vector is there twice, with and without it, at half its weight each, so that the model can do
    without the encoder.
    """
    places = np.flatnonzero(which)
    matrix = gram_matrix(
        [examples.texts[place] for place in places.tolist()], settings.grams, fewest=settings.fewest,
        power=settings.power,
    )  # fmt: skip
    vectors = examples.vectors[places]
    twice = np.flatnonzero(np.abs(vectors).sum(1) > 0)
    order = np.concatenate([np.arange(len(places)), twice])
    rows = _beside(matrix, vectors * np.float32(settings.vector_weight), order)
    importance = examples.importance[places].copy()
    importance[twice] /= 2
    shares = np.eye(len(INTENTS))[examples.intents[places][order]]
    ones = np.ones(shares.shape, np.float32)
    found = fit_weights(rows, ones, cross_entropy(shares, importance[order]), ease=settings.ease)
    grams = len(matrix.hashes)
    dim = vectors.shape[1]
    return matrix.weights(found[:grams]), found[grams : grams + dim] * np.float32(settings.vector_weight), found[-1]


def _beside(matrix: GramMatrix, vectors: NDArray[np.float32], order: NDArray[np.intp]) -> csr_matrix:
    """Rows of grams, vector and a one; from ``len(vectors)`` on in ``order`` the vectors are left out."""
    from scipy.sparse import csr_matrix, hstack

    known = vectors[order]
    known[len(vectors) :] = 0
    parts: Sequence[Any] = [matrix.rows[order], csr_matrix(known), csr_matrix(np.ones((len(order), 1), np.float32))]
    return hstack(parts, format="csr", dtype=np.float32)
