"""The first candidates once more, read by a cross-encoder, within a time that is set.

A cross-encoder reads the query and a product's text together (Nogueira and Cho, "Passage Re-ranking with BERT", 2019),
a hundred times as slowly as vectors are compared. It looks at the first candidates from the top down; what it has not
read when the time is over keeps its place and its score, and so does everything where the model fails.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.ports import CrossEncoder
from bowerbird.rank.faults import Faults
from bowerbird.storage.recent import Recent

if TYPE_CHECKING:
    from bowerbird.domain.ports import Floats

PART = "cross_encoder"
"""What its faults are counted under."""

ReadTexts: TypeAlias = Callable[[Sequence[int]], Sequence[str]]
"""The texts of products, by their seqs."""


@dataclass(frozen=True, slots=True)
class RerankingSettings:
    """How much is read, and how far it counts."""

    first: int = 24
    """Candidates that are read, from the top."""
    weight: float = 0.5
    """What the cross-encoder counts, 0..1; the rest is what the score counts."""
    budget: float = 0.15
    """Seconds after which no further batch is begun."""
    batch: int = 4
    """Pairs that are read at a time."""
    ahead: int = 4
    """Batches that are sorted by length together: like lengths waste no padding, and the top still comes first."""
    kept: int = 20_000
    """Pairs of query and product whose numbers are remembered."""


@dataclass(frozen=True, slots=True, eq=False)
class Reranked:
    """The new order, and for every candidate as it was given its score and the model's number.

    ``order`` (n,) are positions among the candidates given. ``scores`` (n,) are blended where there is a logit;
    ``logits`` (n,) are NaN where the model did not read.
    """

    order: NDArray[np.intp]
    scores: Floats
    logits: Floats

    @property
    def read(self) -> int:
        """How many candidates the model has read, now or before."""
        return int(np.count_nonzero(~np.isnan(self.logits)))


class Reranker:
    """Re-ranks with a cross-encoder and remembers its numbers; safe from many threads where that one is."""

    def __init__(
        self,
        encoder: CrossEncoder,
        faults: Faults,
        settings: RerankingSettings | None = None,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._encoder, self._faults, self._clock = encoder, faults, clock
        self.settings = settings or RerankingSettings()
        self._kept: Recent[tuple[str, int], float] = Recent(self.settings.kept)

    def rerank(self, query: str, seqs: NDArray[np.int64], scores: Floats, texts: ReadTexts) -> Reranked:
        """Re-rank candidates given best first with their (n,) seqs and (n,) scores on 0..1. Never raises for the model.

        ``texts`` is asked for the texts of those that are not remembered.
        """
        query = " ".join(query.split())
        given = [int(seq) for seq in seqs[: self.settings.first]]
        logits = np.full(len(scores), np.nan, np.float32)
        if query:
            try:
                self._read(query, given, logits, texts)
            except Exception as error:
                # ONNX Runtime's errors share no base, and a shopper is owed an answer whatever a model does.
                self._faults.note(PART, error)
        blended = blend(scores, logits, self.settings.weight)
        return Reranked(reorder(blended, logits), blended, logits)

    def _read(self, query: str, seqs: Sequence[int], logits: Floats, texts: ReadTexts) -> None:
        deadline = self._clock() + self.settings.budget
        new = []
        for position, seq in enumerate(seqs):
            known = self._kept.get((query, seq))
            if known is None:
                new.append(position)
            else:
                logits[position] = known
        if not new:
            return
        read = dict(zip(new, texts([seqs[position] for position in new]), strict=True))
        for batch in batches(new, [len(text) for text in read.values()], self.settings.batch, self.settings.ahead):
            if self._clock() >= deadline:
                self._faults.note(PART, "it ran out of time")
                return
            found = np.asarray(self._encoder.score(query, [read[position] for position in batch]), np.float32)
            if found.shape != (len(batch),) or not np.isfinite(found).all():
                self._faults.note(PART, "it gave what are no numbers")
                return
            logits[batch] = found
            for position, logit in zip(batch, found.tolist(), strict=True):
                self._kept.put((query, seqs[position]), logit)


def batches(positions: Sequence[int], lengths: Sequence[int], size: int, ahead: int) -> Iterator[list[int]]:
    """Cut positions into batches, from the first; ``ahead`` batches at a time are sorted by length."""
    length = dict(zip(positions, lengths, strict=True))
    for start in range(0, len(positions), size * ahead):
        near = sorted(positions[start : start + size * ahead], key=length.__getitem__)
        for first in range(0, len(near), size):
            yield near[first : first + size]


def blend(scores: Floats, logits: Floats, weight: float) -> Floats:
    """``weight * sigmoid(logit) + (1 - weight) * score``, (n,) f32; the score itself where there is no logit."""
    # By tanh, which does not overflow.
    likely = 0.5 * (1 + np.tanh(0.5 * logits))
    mixed = weight * likely + (1 - weight) * scores
    return np.where(np.isnan(logits), scores, mixed).astype(np.float32)


def reorder(scores: Floats, logits: Floats) -> NDArray[np.intp]:
    """Sort those with a logit by score among the places that they held; the others keep theirs."""
    order = np.arange(len(scores))
    places = np.flatnonzero(~np.isnan(logits))
    order[places] = places[np.argsort(-scores[places], kind="stable")]
    return order
