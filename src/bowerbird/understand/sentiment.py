"""How somebody feels about it: positive, neutral or negative, of a review or of a query, Chinese or English.

Two questions are asked of a text's grams: does it say what somebody thinks at all (``opinion``), and is that good or
bad (``polarity``)? A plain query says nothing, so it is neutral however nice its words sound. A Chinese text's
polarity is judged by several experts, each weighed by how far the text is about its topic: "薄" is good of a phone
and bad of a duvet (a mixture of experts: Jacobs et al. 1991). Its clauses are judged alike, and a small network draws
the conclusion.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.errors import ArtefactError
from bowerbird.domain.understanding import Sentiment
from bowerbird.encode.folding import HAN
from bowerbird.understand.clauses import HEAD_ARRAYS, Head, clause_features, split_clauses
from bowerbird.understand.linear_model import GramWeights, LinearModel
from bowerbird.understand.once import once

KIND = "sentiment"
NEUTRAL_BAND = 0.2
"""Scores nearer to zero than this are called neutral."""
LONGEST = 4_000
"""Characters that are read of one text."""
BATCH = 512

_HAN = re.compile(f"[{HAN}]")
_CURVE = 4


@dataclass(frozen=True, eq=False)
class Judge:
    """One language's weights and what turns their sums into a score.

    The columns of ``weights`` are opinion, polarity, then one expert a topic, then one gate a topic. ``curve`` (4,)
    is the slope and offset of opinion's and of polarity's logistic curve (Platt 1999); ``gate_bias`` is (topics,).
    """

    weights: GramWeights
    curve: NDArray[np.float32]
    gate_bias: NDArray[np.float32]
    head: Head | None = None

    def __post_init__(self) -> None:
        if self.curve.shape != (_CURVE,) or len(self.weights.scales) != 2 + 2 * len(self.gate_bias):
            raise ValueError("a judge's curve, gates and weights do not fit")

    def scores(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(texts,) f32 from -1 to 1."""
        opinion, polarity = self.sums(texts)
        slope_o, offset_o, slope_p, offset_p = self.curve
        # 2 sigmoid(x) - 1 is tanh(x / 2).
        said = 0.5 + 0.5 * np.tanh((slope_o * opinion + offset_o) / 2)
        return np.asarray(said * np.tanh((slope_p * polarity + offset_p) / 2), np.float32)

    def sums(self, texts: Sequence[str]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Opinion and polarity before their curves, each (texts,) f32."""
        clauses, starts = split_clauses(texts)
        sums, of_clauses = np.split(self.weights.scores([*texts, *clauses]), [len(texts)])
        # A text says what somebody thinks where one of its clauses does: "love this jacket, any in blue?"
        opinion = np.maximum(sums[:, 0], np.maximum.reduceat(of_clauses[:, 0], starts[:-1]))
        topics = len(self.gate_bias)
        experts = slice(1, 2 + topics)
        gates = gate(sums[:, 2 + topics :] + self.gate_bias)
        polarity = weigh_experts(sums[:, experts], gates)
        if self.head is None:
            return opinion, polarity
        by_clause = weigh_experts(of_clauses[:, experts], np.repeat(gates, np.diff(starts), axis=0))
        features = clause_features(polarity, by_clause, starts)
        return opinion, self.head.run(np.column_stack([features, gates, sums[:, experts]]))


class SentimentModel:
    """Judges texts of both languages; safe from many threads."""

    def __init__(self, chinese: Judge, english: Judge) -> None:
        self.chinese, self.english = chinese, english

    @classmethod
    def load(cls, folder: Path) -> SentimentModel:
        """Read an artefact. Raises ArtefactError when it is torn, damaged or of another version."""
        model = LinearModel.load(folder, KIND)
        try:
            chinese, english = (_judge(model, name) for name in ("zh", "en"))
        except (KeyError, ValueError) as error:
            raise ArtefactError(f"{folder}: is no whole sentiment model: {error}") from error
        return cls(chinese, english)

    def score(self, text: str) -> Sentiment:
        """How somebody feels who writes this."""
        score = float(self.score_many([text])[0])
        return Sentiment(label(score), score)

    def score_many(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(texts,) f32 from -1 to 1; nearer to zero than ``NEUTRAL_BAND`` is neutral."""
        scores = np.zeros(len(texts), np.float32)
        chinese = np.array([is_chinese(text) for text in texts], np.bool_)
        for judge, whose in ((self.chinese, chinese), (self.english, ~chinese)):
            places = np.flatnonzero(whose)
            for start in range(0, len(places), BATCH):
                batch = places[start : start + BATCH]
                scores[batch] = judge.scores([texts[place][:LONGEST] for place in batch.tolist()])
        return scores


def label(score: float) -> str:
    """The name of a score: positive, neutral or negative."""
    if abs(score) < NEUTRAL_BAND:
        return "neutral"
    return "positive" if score > 0 else "negative"


def is_chinese(text: str) -> bool:
    """Whether the Chinese judge reads a text: one Chinese character is enough."""
    return _HAN.search(text) is not None


def gate(sums: NDArray[np.float32]) -> NDArray[np.float32]:
    """(n, topics) f32: how far each text is about each topic, summing to one."""
    if not sums.shape[1]:
        return sums
    powers = np.exp(sums - sums.max(1, keepdims=True))
    return np.asarray(powers / powers.sum(1, keepdims=True), np.float32)


def weigh_experts(sums: NDArray[np.float32], gates: NDArray[np.float32]) -> NDArray[np.float32]:
    """(n,) f32: the first of sums (n, 1 + topics), and the others as far as ``gates`` (n, topics) let them speak."""
    return np.asarray(sums[:, 0] + (gates * sums[:, 1:]).sum(1), np.float32)


@once
def load() -> SentimentModel:
    """The packaged model, read once."""
    return SentimentModel.load(Path(__file__).parent / "models" / "sentiment")


def _judge(model: LinearModel, name: str) -> Judge:
    more = model.more
    head = None
    if f"{name}.head.out" in more:
        head = Head(*(more[f"{name}.head.{part}"] for part in HEAD_ARRAYS))
    return Judge(model.weights[name], more[f"{name}.curve"], more[f"{name}.gate_bias"], head)
