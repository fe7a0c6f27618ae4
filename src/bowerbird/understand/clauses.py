"""A review clause by clause: one clear "but" outweighs three polite clauses, which a sum over grams cannot know."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bowerbird.encode.folding import HAN

MOST = 64
"""Clauses that are read of one text; what follows counts as one more."""
CLEAR = 0.4
"""A clause whose polarity is further from zero than this says clearly what it says."""
FEATURES = 12

# Chinese clauses are often set apart by blanks alone, English words always are.
_BREAKS = re.compile(rf"[,.!?;~，。！？；～、…\n]+|(?<=[{HAN}])\s+|\s+(?=[{HAN}])")


def split_clauses(texts: Sequence[str]) -> tuple[list[str], NDArray[np.intp]]:
    """The clauses of all texts, and starts (texts + 1,) intp; every text has at least one."""
    clauses: list[str] = []
    starts = [0]
    for text in texts:
        found = [clause for clause in _BREAKS.split(text, MOST) if clause.strip()]
        clauses += found or [text]
        starts.append(len(clauses))
    return clauses, np.array(starts, np.intp)


def clause_features(
    whole: NDArray[np.float32], clauses: NDArray[np.float32], starts: NDArray[np.intp]
) -> NDArray[np.float32]:
    """What the head is told of each text, (n, FEATURES) f32.

    How long a text is stays out of it: among the reviews that there are to learn from, short ones of clothes are all
    bad, since short good ones were never collected.

    Args:
        whole: (n,) polarity of whole texts.
        clauses: (m,) polarity of their clauses.
        starts: (n + 1,) where each text's clauses begin.
    """
    firsts, counts = starts[:-1], np.diff(starts)
    ordered = clauses[np.lexsort((clauses, np.repeat(np.arange(len(counts)), counts)))]
    lasts = starts[1:] - 1

    def mean(values: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.asarray(np.add.reduceat(values, firsts) / counts, np.float32)

    average = mean(clauses)
    spread = np.sqrt(np.maximum(mean(clauses**2) - average**2, 0.0))
    second = np.minimum(1, counts - 1)
    found = [
        whole, clauses[firsts], clauses[lasts],
        ordered[firsts], ordered[firsts + second], ordered[lasts], ordered[lasts - second], average,
        mean((clauses < 0).astype(np.float32)), mean((clauses < -CLEAR).astype(np.float32)),
        mean((clauses > CLEAR).astype(np.float32)), spread,
    ]  # fmt: skip
    return np.column_stack(found).astype(np.float32)


@dataclass(frozen=True, eq=False)
class Head:
    """One hidden layer over standardised features.

    Shapes, all f32: mean and spread (f,), hidden (f, h), hidden_bias (h,), out (h,), out_bias (1,).
    """

    mean: NDArray[np.float32]
    spread: NDArray[np.float32]
    hidden: NDArray[np.float32]
    hidden_bias: NDArray[np.float32]
    out: NDArray[np.float32]
    out_bias: NDArray[np.float32]

    def __post_init__(self) -> None:
        f, h = self.hidden.shape
        shapes = [getattr(self, name).shape for name in HEAD_ARRAYS]
        if shapes != [(f,), (f,), (f, h), (h,), (h,), (1,)]:
            raise ValueError(f"a head's arrays do not fit: {shapes}")

    def run(self, features: NDArray[np.float32]) -> NDArray[np.float32]:
        """(n, f) to (n,): the log odds of a good review."""
        units = np.maximum((features - self.mean) / self.spread @ self.hidden + self.hidden_bias, 0.0)
        return np.asarray(units @ self.out + self.out_bias, np.float32)


HEAD_ARRAYS = ("mean", "spread", "hidden", "hidden_bias", "out", "out_bias")
