"""The vector legs: the nearest products in one vector field, and a scale on which legs can be compared.

Inner products mean something else in every space: .3 is near in one and far in another. So each leg is measured
against its own background, the inner products of the query with products drawn evenly from the whole shop.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np

from bowerbird.domain.ports import IndexView, Matches, Selection

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bowerbird.domain.ports import Documents, Floats


_FEWEST = 16
_MAD_TO_DEVIATION = 1.4826


@dataclass(frozen=True, slots=True)
class VectorSettings:
    """How neighbours are found and which of them count."""

    neighbours: int = 300
    """How many of the nearest products a leg may bring in."""

    floor: float = 0.5
    """The least scaled value at which a product is in the result set for its vector alone."""

    strange_floor: float = 0.7
    """The same for words that no product holds: they may mean nothing here, and what is nearest is still far."""

    photo_floor: float = 0.25
    """The same for a photo: what looks half like it is still worth showing."""

    fewest_for_photo: int = 24
    """So many neighbours of a photo are in the result set however far they are: a page of the nearest there is."""

    sample: int = 256
    """How many products the background is measured on."""

    spread: float = 4.0
    """A leg whose best stands fewer standard deviations than this above the background is not scaled up to 1."""

    about: bool = False
    """Whether some of the nearest may be missed for the sake of speed."""


@dataclass(frozen=True, slots=True, eq=False)
class VectorLeg:
    """One vector looked for in one field: the matches, and the inner products that scale to 0 and to 1."""

    name: str
    vector_field: str
    vector: Floats
    matches: Matches
    zero: float
    one: float

    def scaled(self, similarities: Floats) -> Floats:
        """Inner products on the leg's scale: 0 is the background, 1 the best; NaN stays NaN."""
        values = (similarities - self.zero) / (self.one - self.zero)
        scaled: Floats = np.maximum(values, 0.0).astype(np.float32, copy=False)
        return scaled

    def near(self, floor: float, fewest: int = 0) -> Documents:
        """The neighbours that are in the result set for this leg alone, at least ``fewest`` where there are so many."""
        count = max(int(np.count_nonzero(self.scaled(self.matches.scores) >= floor)), fewest)
        documents: Documents = self.matches.documents[:count]
        return documents


def find_nearest(
    view: IndexView,
    name: str,
    vector_field: str,
    vector: Floats,
    within: Selection | None,
    settings: VectorSettings,
    apart: Documents | None = None,
) -> VectorLeg | None:
    """Look a vector up; None where the field holds nothing within the selection but what is to be kept ``apart``."""
    nearest = view.about_nearest if settings.about else view.nearest
    matches = nearest(vector_field, vector, settings.neighbours, within)
    if apart is not None:
        matches = _leave_out(matches, apart)
    if not len(matches.documents):
        return None
    middle, deviation = measure_background(view, vector_field, vector, settings.sample)
    one = max(float(matches.scores[0]), middle + settings.spread * deviation)
    return VectorLeg(name, vector_field, vector, matches, middle, max(one, middle + 1e-6))


def _leave_out(matches: Matches, apart: Documents) -> Matches:
    kept = ~np.isin(matches.documents, apart)
    return replace(
        matches,
        documents=matches.documents[kept],
        scores=matches.scores[kept],
        total=matches.total - int(np.count_nonzero(~kept)),
        variants=None if matches.variants is None else matches.variants[kept],
    )


def measure_background(view: IndexView, vector_field: str, vector: Floats, sample: int) -> tuple[float, float]:
    """Middle and spread of a vector's inner products with products drawn evenly from the view.

    The median, and the median distance from it in standard deviations of a normal distribution (Hampel, 1974): the
    few products that are meant do not move them. Where the field has too few for that, 0 and 0.
    """
    values = _Sample.of(view, vector_field, sample).similarities(vector)
    if len(values) < _FEWEST:
        return 0.0, 0.0
    middle = float(np.median(values))
    return middle, _MAD_TO_DEVIATION * float(np.median(np.abs(values - middle)))


@dataclass(frozen=True, slots=True, eq=False)
class _Sample:
    """The vectors of products drawn evenly over the whole shop; a product's rows begin at ``starts``."""

    rows: Floats
    starts: NDArray[np.intp]

    @classmethod
    def of(cls, view: IndexView, vector_field: str, count: int) -> _Sample:
        """Drawn once a view and field: every query is measured against the same products."""
        drawn = _samples.setdefault(view, {})
        if (vector_field, count) not in drawn:
            drawn[vector_field, count] = cls._draw(view, vector_field, count)
        return drawn[vector_field, count]

    @classmethod
    def _draw(cls, view: IndexView, vector_field: str, count: int) -> _Sample:
        mask = view.select(None).mask
        positions = np.unique(np.linspace(0, len(mask) - 1, min(count, len(mask))).astype(np.int32))
        found = [view.vectors_of(vector_field, int(document)) for document in positions[mask[positions]]]
        found = [rows for rows in found if len(rows)]
        if not found:
            return cls(np.empty((0, 0), np.float32), np.empty(0, np.intp))
        starts = np.cumsum([0, *(len(rows) for rows in found[:-1])])
        return cls(np.concatenate(found).astype(np.float32), starts)

    def similarities(self, vector: Floats) -> Floats:
        """The inner product of each product's nearest row."""
        if not len(self.starts):
            return np.empty(0, np.float32)
        nearest: Floats = np.maximum.reduceat(self.rows @ vector, self.starts)
        return nearest


# An old view takes its entry with it.
_samples: WeakKeyDictionary[IndexView, dict[tuple[str, int], _Sample]] = WeakKeyDictionary()
