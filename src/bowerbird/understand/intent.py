"""What a shopper is after: a linear model over grams, and over a sentence vector where there is one.

Most queries just name goods, so whatever the model is not sure of is best taken for ``find``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.errors import ArtefactError
from bowerbird.domain.understanding import Intent
from bowerbird.understand.linear_model import GramWeights, LinearModel

KIND = "intent"
INTENTS = ("find", "compare", "ask", "buy", "recommend", "track", "return", "complain", "chat")
LONGEST = 400
"""Characters that are read of one query."""

_ARRAYS = ("vector", "bias", "scale", "sure")


@dataclass(frozen=True, eq=False)
class IntentModel:
    """Guesses intents; safe from many threads.

    Shapes, all f32: vector (dim, 9), what each number of a sentence vector adds to each intent; bias (9,), fitted with
    the weights; scale (10,), by which the log odds are multiplied, the same for all, and then what is added to each
    (vector scaling: Guo et al. 2017); sure (1,), how likely an intent must be to be acted on.
    """

    weights: GramWeights
    vector: NDArray[np.float32]
    bias: NDArray[np.float32]
    scale: NDArray[np.float32]
    sure: NDArray[np.float32]

    def __post_init__(self) -> None:
        k = len(INTENTS)
        shapes = (self.weights.scales.shape, self.bias.shape, self.scale.shape, self.sure.shape)
        if shapes != ((k,), (k,), (k + 1,), (1,)) or self.vector.shape[1:] != (k,):
            raise ValueError("an intent model's arrays do not fit")

    def predict(self, text: str, vector: NDArray[np.float32] | None = None) -> Intent:
        """The likeliest intent and how likely each is.

        Args:
            text: what was typed.
            vector: its (dim,) f32 sentence vector; None where the text encoder does not read its language. One of
                another length, as of another encoder, is left aside.

        Where the likeliest intent is not likely enough to act on, ``sure`` is False: take it for ``find`` then.
        """
        known = None if vector is None or np.shape(vector) != (len(self.vector),) else np.asarray(vector)[None]
        shares = self.probabilities([text], known)[0].tolist()
        best = max(range(len(INTENTS)), key=shares.__getitem__)
        sure = shares[best] >= float(self.sure[0])
        return Intent(INTENTS[best], dict(zip(INTENTS, shares, strict=True)), sure)

    def probabilities(self, texts: Sequence[str], vectors: NDArray[np.float32] | None = None) -> NDArray[np.float32]:
        """(n, 9) f32 in the order of ``INTENTS``; vectors (n, dim) f32, rows of zeros where a text has none."""
        odds = (self.odds(texts, vectors)) * self.scale[0] + self.scale[1:]
        powers = np.exp(odds - odds.max(1, keepdims=True))
        return np.asarray(powers / powers.sum(1, keepdims=True), np.float32)

    def odds(self, texts: Sequence[str], vectors: NDArray[np.float32] | None = None) -> NDArray[np.float32]:
        """(n, 9) f32 log odds before they are scaled."""
        sums = self.weights.scores([text[:LONGEST] for text in texts]) + self.bias
        return sums if vectors is None else np.asarray(sums + vectors @ self.vector, np.float32)

    def as_model(self, fitted_on: dict[str, object]) -> LinearModel:
        """As an artefact that can be saved."""
        return LinearModel(KIND, {"grams": self.weights}, {name: getattr(self, name) for name in _ARRAYS}, fitted_on)

    @classmethod
    def load(cls, folder: Path) -> IntentModel:
        """Read an artefact. Raises ArtefactError when it is torn, damaged or of another version."""
        model = LinearModel.load(folder, KIND)
        try:
            return cls(model.weights["grams"], *(model.more[name] for name in _ARRAYS))
        except (KeyError, ValueError) as error:
            raise ArtefactError(f"{folder}: is no whole intent model: {error}") from error


@cache
def load() -> IntentModel:
    """The packaged model, read once."""
    return IntentModel.load(Path(__file__).parent / "models" / "intent")
