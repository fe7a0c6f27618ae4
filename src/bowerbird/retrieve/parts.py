"""The parts of a wish: its words, each photo and each example, every one with the legs that look for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.ports import IndexView, Matches
from bowerbird.retrieve.by_vectors import VectorLeg
from bowerbird.retrieve.fuse import find_sorted, first_present, weigh

if TYPE_CHECKING:
    from bowerbird.domain.ports import Documents, Floats


AGAIN = "@"
"""What stands between a signal's name and the number of the wording it is of, from the second on."""


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
    def make(cls, matches: Matches, weight: float, whole: Documents | None = None, name: str = "terms") -> TermLeg:
        """Prepare matches for looking documents up."""
        whole = np.empty(0, np.int32) if whole is None else whole
        return cls(matches, whole, np.argsort(matches.documents, kind="stable"), weight, name)

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
class Wording:
    """One way to say it: the terms, the vectors that are near in meaning, and what its finds count, 0..1."""

    strength: float
    terms: TermLeg | None
    legs: tuple[tuple[VectorLeg, float], ...]

    def read(self, view: IndexView, documents: Documents) -> dict[str, Signal]:
        """Every leg's values for documents."""
        signals = {leg.name: _read_vectors(view, leg, documents) for leg, _ in self.legs}
        return signals if self.terms is None else {self.terms.name: self.terms.read(documents), **signals}

    def score(self, signals: Mapping[str, Signal]) -> Floats:
        """The weighted mean over the legs for which a product has a value."""
        weights = {leg.name: weight for leg, weight in self.legs}
        if self.terms is not None:
            weights[self.terms.name] = self.terms.weight
        return np.float32(self.strength) * weigh([signals[name].scaled for name in weights], list(weights.values()))

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
        return np.where(whole, np.float32(least * self.strength) + rest, rest).astype(np.float32)

    def score_terms_alone(self, scores: Floats) -> Floats:
        """The least score of products with these BM25 scores, their vectors not looked at."""
        if self.terms is None:
            return np.zeros(len(scores), np.float32)
        total = self.terms.weight + sum(weight for _, weight in self.legs)
        return self.terms.scaled(scores) * np.float32(self.strength * self.terms.weight / total)


@dataclass(frozen=True, slots=True, eq=False)
class WordsPart:
    """Words in every wording that is run: a product counts by the one that speaks best for it."""

    weight: float
    wordings: tuple[Wording, ...]

    @property
    def found(self) -> bool:
        """Whether anything at all was found."""
        return any(wording.terms is not None or wording.legs for wording in self.wordings)

    @property
    def legs(self) -> tuple[tuple[VectorLeg, float], ...]:
        """The vector legs of all wordings."""
        return tuple(leg for wording in self.wordings for leg in wording.legs)

    @property
    def terms(self) -> tuple[TermLeg, ...]:
        """The term legs of all wordings."""
        return tuple(wording.terms for wording in self.wordings if wording.terms is not None)

    def read(self, view: IndexView, documents: Documents) -> dict[str, Signal]:
        """Every leg's values for documents."""
        return {name: signal for wording in self.wordings for name, signal in wording.read(view, documents).items()}

    def score(self, signals: Mapping[str, Signal]) -> Floats:
        """The best of the wordings."""
        return _best([wording.score(signals) for wording in self._telling])

    def score_beside_photos(self, signals: Mapping[str, Signal], documents: Documents, least: float) -> Floats:
        """The best of the wordings where photos are wanted too."""
        return _best([wording.score_beside_photos(signals, documents, least) for wording in self._telling])

    @property
    def _telling(self) -> list[Wording]:
        return [wording for wording in self.wordings if wording.terms is not None or wording.legs]


def _best(scores: list[Floats]) -> Floats:
    best: Floats = scores[0] if len(scores) == 1 else np.maximum.reduce(scores)
    return best


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


Part: TypeAlias = WordsPart | PhotoPart | ExamplePart


def _read_vectors(view: IndexView, leg: VectorLeg, documents: Documents) -> Signal:
    raw = view.similarities(leg.vector_field, leg.vector, documents)
    return Signal(raw, leg.scaled(raw))
