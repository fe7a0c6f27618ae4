"""Fitting the judges of sentiment: Chinese on labelled reviews, English on starred ones and a lexicon's words.

Whatever a later step learns from an earlier one's output is taken from rows that the earlier step was not fitted on.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.errors import MissingExtraError
from bowerbird.encode.progress import Progress, no_progress
from bowerbird.learn.gram_matrix import (
    GramMatrix,
    count_grams,
    cross_entropy,
    fit_weights,
    gram_matrix,
    hinge,
    logistic,
)
from bowerbird.learn.reviews import Reviews
from bowerbird.understand.clauses import Head, clause_features, split_clauses
from bowerbird.understand.ngrams import GramSettings, text_grams
from bowerbird.understand.sentiment import Judge, gate, weigh_experts

NEGATIONS = ("not", "never", "isn't", "don't", "didn't", "doesn't", "wasn't", "no", "nothing")
LEAST_SPREAD = 1e-3
Parts = list[NDArray[np.bool_]]
"""Which texts are held out, fold by fold."""


@dataclass(frozen=True, slots=True)
class SentimentSettings:
    """How the judges are fitted; chosen on the validation part."""

    chinese: GramSettings = field(default_factory=lambda: GramSettings(5))
    english: GramSettings = field(default_factory=lambda: GramSettings(3))
    fewest: int = 3
    power: float = 1.5
    expert_ease: float = 0.2
    clause_weight: float = 0.3
    """What all clauses of a review weigh together beside the review, and the characters that a clause must have."""
    least_clause: int = 3
    gate_ease: float = 10.0
    opinion_ease: float = 3.0
    english_ease: float = 20.0
    """How far weights may go, see ``fit_weights``."""
    english_power: float = 0.7
    plain_odds: float = 1.0
    """How much likelier a text is taken to judge nothing before it is read."""
    word_polarity: float = 10.0
    word_opinion: float = 3.0
    """What a lexicon's word of valence 1 adds before anything is fitted."""
    turn: float = 0.74
    """How far a negation turns a word round (Hutto and Gilbert 2014)."""
    short: int = 30
    """Reviews up to so many characters teach what an opinion is: long ones are told from queries by length alone."""
    folds: int = 5
    hidden: int = 128
    networks: int = 4
    """Networks of the head, fitted from different starts and averaged."""
    decay: float = 0.1
    epochs: int = 30
    seed: int = 0


def fit_chinese(
    reviews: Reviews,
    complaints: Sequence[str],
    plain: Sequence[str],
    settings: SentimentSettings,
    progress: Progress = no_progress,
) -> Judge:
    """The Chinese judge: gates, experts, head and opinion, from labelled reviews and texts that judge nothing.

    ``complaints`` are what shoppers type rather than review; they tell opinions from plain words.
    """
    matrix = gram_matrix(reviews.texts, settings.chinese, fewest=settings.fewest, power=settings.power)
    names, topics = np.unique(reviews.topics, return_inverse=True)
    parts = draw_parts(len(reviews), settings)
    progress("topics", 0, 4)
    towards, gates = _fit_gates(matrix, reviews.texts, topics, parts, settings)
    progress("experts", 1, 4)
    experts, features = _fit_experts(matrix, reviews, gates, parts, settings)
    progress("head", 2, 4)
    head = fit_head(features, reviews.labels, settings)
    progress("opinion", 3, 4)
    said = [*(text for text in reviews.texts if len(text) <= settings.short), *complaints]
    opinion, curve = _fit_opinion(matrix, said, plain, settings)
    progress("opinion", 4, 4)
    weights = matrix.weights(np.column_stack([opinion, experts, towards]).astype(np.float32))
    # The head gives log odds as they are.
    return Judge(weights, np.array([*curve, 1.0, 0.0], np.float32), np.zeros(len(names), np.float32), head)


def fit_english(
    reviews: Reviews, valences: Mapping[str, float], plain: Sequence[str], settings: SentimentSettings
) -> Judge:
    """The English judge: one sum, fitted on judged texts and on a lexicon's words.

    Args:
        reviews: label 0 means as good as bad.
        valences: how good or bad single words are, -4 to 4: what the weights of words and of negated words are
            held to, so that the texts need only correct them.
        plain: texts that judge nothing.
        settings: how to fit.
    """
    known, priors = _priors(valences, settings)
    texts = list(reviews.texts)
    matrix = gram_matrix([*texts, *plain], settings.english, fewest=1, power=settings.english_power, more=known)
    places = np.searchsorted(matrix.hashes, known)
    around = np.zeros((len(matrix.hashes), 2), np.float32)
    around[places] = priors / matrix.idf[places, None]
    ones = np.ones((len(texts), 1), np.float32)
    shares = (reviews.labels + 1) / 2
    rows = matrix.rows[: len(texts)]
    polarity = fit_weights(
        rows, ones, logistic(shares, balance(reviews.labels)), ease=settings.english_ease, around=around[:, 1:]
    )
    said = [text for text, label in zip(texts, reviews.labels.tolist(), strict=True) if label]
    opinion, curve = _fit_opinion(matrix, said, plain, settings, around[:, :1])
    weights = matrix.weights(np.column_stack([opinion, polarity[:, 0]]).astype(np.float32))
    return Judge(weights, np.array([*curve, 1.0, 0.0], np.float32), np.zeros(0, np.float32))


def balance(labels: NDArray[np.int_]) -> NDArray[np.float64]:
    """What each text weighs so that every label weighs as much as every other; 1 on average."""
    _, places, counts = np.unique(labels, return_inverse=True, return_counts=True)
    return np.asarray(len(labels) / len(counts) / counts[places], np.float64)


def _priors(
    valences: Mapping[str, float], settings: SentimentSettings
) -> tuple[NDArray[np.uint32], NDArray[np.float32]]:
    """Grams, rising, of the lexicon's words, plain and negated; and opinion and polarity to start from, (n, 2)."""
    words = list(valences)
    plain = text_grams(words, GramSettings(1)).hashes
    pairs = [f"{negation} {word}" for negation in NEGATIONS for word in words]
    grams = text_grams(pairs, GramSettings(2))
    # Of "not good": frame and not, not, not good, good, good and frame.
    negated = grams.hashes[grams.starts[:-1] + 2]
    value = np.array([valences[word] for word in words], np.float32)
    # The word itself counts beside the pair.
    turned = np.tile(-(1 + settings.turn) * value, len(NEGATIONS))
    polarity = settings.word_polarity * np.concatenate([value, turned])
    opinion = settings.word_opinion * np.abs(np.concatenate([value, np.zeros_like(turned)]))
    hashes, firsts = np.unique(np.concatenate([plain, negated]), return_index=True)
    return hashes, np.column_stack([opinion, polarity])[firsts].astype(np.float32)


def fit_platt(
    sums: NDArray[np.float32], shares: NDArray[np.float64], importance: NDArray[np.float64]
) -> tuple[float, float]:
    """Slope and offset of the logistic curve from sums to shares of good ones (Platt 1999)."""
    try:
        from scipy.optimize import minimize
    except ImportError as error:
        raise MissingExtraError("fitting text models (scipy)", "train") from error

    def loss(at: NDArray[np.float64]) -> float:
        odds = at[0] * sums + at[1]
        return float(np.mean(importance * (np.logaddexp(0.0, odds) - shares * odds)))

    slope, offset = minimize(loss, np.array([1.0, 0.0]), method="Nelder-Mead").x
    return float(slope), float(offset)


def _fit_gates(
    matrix: GramMatrix, texts: Sequence[str], topics: NDArray[np.intp], parts: Parts, settings: SentimentSettings
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Weights (grams, topics), and the gates (n, topics) of each text by weights that were fitted on other texts.

    What a text is about is told by single units and pairs; longer grams would only take room.
    """
    short = np.flatnonzero(np.isin(matrix.hashes, count_grams(texts, GramSettings(2), settings.fewest)))
    rows = matrix.rows[:, short]
    shares = np.eye(int(topics.max()) + 1)[topics]
    gates = np.zeros(shares.shape, np.float32)

    def fit(which: NDArray[np.bool_]) -> NDArray[np.float32]:
        ones = np.ones((int(which.sum()), shares.shape[1]), np.float32)
        return fit_weights(rows[which], ones, cross_entropy(shares[which]), ease=settings.gate_ease, most=60)

    for held in parts:
        gates[held] = gate(np.asarray(rows[held] @ fit(~held), np.float32))
    weights = np.zeros((len(matrix.hashes), shares.shape[1]), np.float32)
    weights[short] = fit(np.ones(len(texts), np.bool_))
    return weights, gates


def _fit_experts(
    matrix: GramMatrix, reviews: Reviews, gates: NDArray[np.float32], parts: Parts, settings: SentimentSettings
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Weights (grams, 1 + topics) of the shared expert and the topics', and what the head is to be fitted on.

    The clauses of a review are examples too, lightly: most are as good or bad as the whole, and short texts are rare
    otherwise.
    """
    from scipy.sparse import vstack

    rows, speaking = matrix.rows, np.column_stack([np.ones(len(gates), np.float32), gates])
    clauses, starts = split_clauses(reviews.texts)
    counts = np.diff(starts)
    owners = np.repeat(np.arange(len(reviews)), counts)
    clause_rows = matrix.of(clauses)
    teaching = (counts[owners] > 1) & (np.array([len(clause) for clause in clauses]) >= settings.least_clause)
    sums = np.zeros(speaking.shape, np.float32)
    by_clause = np.zeros(len(clauses), np.float32)

    def fit(which: NDArray[np.bool_]) -> NDArray[np.float32]:
        taught = teaching & which[owners]
        theirs = owners[taught]
        importance = np.concatenate([np.ones(int(which.sum())), settings.clause_weight / counts[theirs]])
        loss = hinge(np.concatenate([reviews.labels[which], reviews.labels[theirs]]), importance)
        examples = vstack([rows[which], clause_rows[taught]], format="csr")
        gated = np.concatenate([speaking[which], speaking[theirs]])
        return fit_weights(examples, gated, loss, ease=settings.expert_ease, most=80)

    for held in parts:
        weights, theirs = fit(~held), held[owners]
        sums[held] = rows[held] @ weights
        by_clause[theirs] = weigh_experts(clause_rows[theirs] @ weights, gates[owners[theirs]])
    features = clause_features(weigh_experts(sums, gates), by_clause, starts)
    return fit(np.ones(len(reviews), np.bool_)), np.column_stack([features, gates, sums])


def fit_head(features: NDArray[np.float32], labels: NDArray[np.int_], settings: SentimentSettings) -> Head:
    """Several networks of one hidden layer, put side by side into one that gives the mean of their log odds."""
    try:
        from sklearn.neural_network import MLPClassifier
    except ImportError as error:
        raise MissingExtraError("fitting text models (scikit-learn)", "train") from error
    mean, spread = features.mean(0), features.std(0)
    # What is the same for all tells nothing, and must not explode on the first text where it differs.
    spread = np.where(spread < LEAST_SPREAD, 1.0, spread).astype(np.float32)
    fitted = []
    for network in range(settings.networks):
        classifier = MLPClassifier(
            (settings.hidden,), alpha=settings.decay, batch_size=256, max_iter=settings.epochs,
            random_state=settings.seed + network,
        )  # fmt: skip
        with warnings.catch_warnings():
            # It is stopped by the number of epochs, on purpose.
            warnings.simplefilter("ignore")
            fitted.append(classifier.fit((features - mean) / spread, labels > 0))
    return Head(
        mean,
        spread,
        np.concatenate([one.coefs_[0] for one in fitted], axis=1).astype(np.float32),
        np.concatenate([one.intercepts_[0] for one in fitted]).astype(np.float32),
        np.concatenate([one.coefs_[1][:, 0] for one in fitted]).astype(np.float32) / np.float32(len(fitted)),
        np.mean([one.intercepts_[1] for one in fitted], axis=0).astype(np.float32),
    )


def _fit_opinion(
    matrix: GramMatrix,
    said: Sequence[str],
    plain: Sequence[str],
    settings: SentimentSettings,
    around: NDArray[np.float32] | None = None,
) -> tuple[NDArray[np.float32], tuple[float, float]]:
    """Weights (grams,) that tell what somebody thinks from plain words, and the curve of held-out sums.

    What each side weighs is set, however many texts it has.
    """
    from scipy.sparse import vstack

    rows = vstack([matrix.of(said), matrix.of(plain)], format="csr")
    shares = np.concatenate([np.ones(len(said)), np.zeros(len(plain))])
    importance = balance(shares.astype(np.int_)) * np.where(shares > 0, 1.0, settings.plain_odds)
    parts = draw_parts(len(shares), settings)
    sums = np.zeros(len(shares), np.float32)

    def fit(which: NDArray[np.bool_]) -> NDArray[np.float32]:
        ones = np.ones((int(which.sum()), 1), np.float32)
        loss = logistic(shares[which], importance[which])
        return fit_weights(rows[which], ones, loss, ease=settings.opinion_ease, around=around, most=60)[:, 0]

    for held in parts[:2]:
        sums[held] = rows[held] @ fit(~held)
    judged = parts[0] | parts[1]
    curve = fit_platt(sums[judged], shares[judged], importance[judged])
    return fit(np.ones(len(shares), np.bool_)), curve


def draw_parts(count: int, settings: SentimentSettings) -> Parts:
    """Which of so many texts are held out in each fold."""
    folds = np.random.default_rng(settings.seed).integers(0, settings.folds, count)
    return [folds == fold for fold in range(settings.folds)]
