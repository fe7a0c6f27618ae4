"""The parts of a wish: its words, each photo and each example, every one with the legs that look for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.ports import IndexView, Matches
from bowerbird.retrieve.by_vectors import VectorLeg
from bowerbird.retrieve.fuse import find_sorted, first_present, weigh

if TYPE_CHECKING:
    from bowerbird.domain.ports import Documents, Floats


@dataclass(frozen=True, slots=True, eq=False)
class Signal:
    """One leg's values for some documents, as found and on a scale where 1 is the best; NaN where it has none."""

    raw: Floats
    scaled: Floats


@dataclass(frozen=True, slots=True, eq=False)
class TermLeg:
    """The products that hold enough of the words, sorted by document, with BM25 scores.

    ``whole`` are the documents that hold all of them, sorted.
    """

    matches: Matches
    whole: Documents
    by_document: NDArray[np.intp]
    weight: float
    name: str = "terms"

    @classmethod
    def make(cls, matches: Matches, weight: float, whole: Documents | None = None) -> TermLeg:
        """Prepare matches for looking documents up."""
        whole = np.empty(0, np.int32) if whole is None else whole
        return cls(matches, whole, np.argsort(matches.documents, kind="stable"), weight)

    def read(self, documents: Documents) -> Signal:
        """Scores of documents, 0 for those that did not match; scaled by the best."""
        places = find_sorted(self.matches.documents[self.by_document], documents)
        scores = np.where(places >= 0, self.matches.scores[self.by_document[places]], 0.0).astype(np.float32)
        return Signal(scores, self.scaled(scores))

    def scaled(self, scores: Floats) -> Floats:
        """BM25 over the best of the query: what does not match stands at 0."""
        best = float(self.matches.scores[0])
        return scores / np.float32(best if best > 0 else 1.0)


@dataclass(frozen=True, slots=True, eq=False)
class WordsPart:
    """Words: the terms, and the vectors that are near in meaning."""

    weight: float
    terms: TermLeg | None
    legs: tuple[tuple[VectorLeg, float], ...]

    @property
    def found(self) -> bool:
        """Whether anything at all was found."""
        return self.terms is not None or bool(self.legs)

    def read(self, view: IndexView, documents: Documents) -> dict[str, Signal]:
        """Every leg's values for documents."""
        signals = {leg.name: _read_vectors(view, leg, documents) for leg, _ in self.legs}
        return signals if self.terms is None else {self.terms.name: self.terms.read(documents), **signals}

    def score(self, signals: Mapping[str, Signal]) -> Floats:
        """The weighted mean over the legs for which a product has a value."""
        weights = {leg.name: weight for leg, weight in self.legs}
        if self.terms is not None:
            weights[self.terms.name] = self.terms.weight
        return weigh([signals[name].scaled for name in weights], list(weights.values()))

    def score_beside_photos(self, signals: Mapping[str, Signal], documents: Documents, least: float) -> Floats:
        """The score where photos are wanted too: words narrow what is looked through.

        What holds them all counts at least ``least``, and, where there is such a product, what does not less than the
        rest of it.
        """
        scores = self.score(signals)
        if self.terms is None or not len(self.terms.whole):
            return scores
        whole = find_sorted(self.terms.whole, documents) >= 0
        rest = np.float32(1 - least) * scores
        return np.where(whole, np.float32(least) + rest, rest).astype(np.float32)

    def score_terms_alone(self, scores: Floats) -> Floats:
        """The least score of products with these BM25 scores, their vectors not looked at."""
        if self.terms is None:
            return np.zeros(len(scores), np.float32)
        total = self.terms.weight + sum(weight for _, weight in self.legs)
        return self.terms.scaled(scores) * np.float32(self.terms.weight / total)


@dataclass(frozen=True, slots=True, eq=False)
class PhotoPart:
    """A photo: what looks like it, and, among products without photos, what reads like it."""

    weight: float
    legs: tuple[tuple[VectorLeg, float], ...]

    @property
    def found(self) -> bool:
        """Whether anything at all was found."""
        return bool(self.legs)

    def read(self, view: IndexView, documents: Documents) -> dict[str, Signal]:
        """Every leg's values for documents."""
        return {leg.name: _read_vectors(view, leg, documents) for leg, _ in self.legs}

    def score(self, signals: Mapping[str, Signal]) -> Floats:
        """The first leg for which a product has a value, by that leg's weight."""
        return np.nan_to_num(
            first_present([signals[leg.name].scaled * np.float32(weight) for leg, weight in self.legs]), nan=0.0
        )


@dataclass(frozen=True, slots=True, eq=False)
class ExamplePart:
    """A product of the shop: what reads and looks like it."""

    weight: float
    legs: tuple[tuple[VectorLeg, float], ...]

    @property
    def found(self) -> bool:
        """Whether anything at all was found."""
        return bool(self.legs)

    def read(self, view: IndexView, documents: Documents) -> dict[str, Signal]:
        """Every leg's values for documents."""
        return {leg.name: _read_vectors(view, leg, documents) for leg, _ in self.legs}

    def score(self, signals: Mapping[str, Signal]) -> Floats:
        """The weighted mean over the legs for which a product has a value."""
        return weigh([signals[leg.name].scaled for leg, _ in self.legs], [weight for _, weight in self.legs])


def _read_vectors(view: IndexView, leg: VectorLeg, documents: Documents) -> Signal:
    raw = view.similarities(leg.vector_field, leg.vector, documents)
    return Signal(raw, leg.scaled(raw))
