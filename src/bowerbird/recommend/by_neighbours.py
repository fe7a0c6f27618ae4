"""The products that a table of neighbours leads a shopper to: as ``by_model`` has it for models of vectors.

What a history reads as is a score for each product of the table, most of them 0.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np

from bowerbird.domain.ports import IndexView
from bowerbird.recommend.interactions import Keys, keys_of
from bowerbird.recommend.neighbours_model import NeighboursModel

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bowerbird.domain.ports import Documents, Floats, Mask


@dataclass(frozen=True, eq=False)
class NeighbourScan:
    """A table of neighbours ready to be looked through; safe from many threads."""

    model: NeighboursModel
    keys: Keys
    """The product of each row."""
    _places: dict[int, int]
    _seen: WeakKeyDictionary[IndexView, Documents] = field(default_factory=WeakKeyDictionary)

    @classmethod
    def of(cls, model: NeighboursModel) -> NeighbourScan:
        """Get a table ready."""
        keys = keys_of(model.products)
        return cls(model, keys, {key: place for place, key in enumerate(keys.tolist())})

    def places(self, keys: Keys) -> NDArray[np.int32]:
        """The rows of products, -1 for those that the model does not know."""
        return np.array([self._places.get(key, -1) for key in keys.tolist()], np.int32)

    def read(self, keys: Keys, weights: Floats) -> Floats | None:
        """What a history leads to, oldest first: (rows,) scores; None where nothing of it is known."""
        places = self.places(keys)
        known = places >= 0
        if not known.any():
            return None
        led_to, found = self.model.score(places[known], weights[known])
        scores = np.zeros(len(self.keys), np.float32)
        scores[led_to] = found
        return scores

    def best(self, view: IndexView, scores: Floats, allowed: Mask, count: int) -> tuple[Documents, Floats]:
        """The best allowed documents of those that a history leads to, with scores, best first."""
        rows = np.flatnonzero(scores)
        documents = self._documents_in(view)[rows]
        kept = (documents >= 0) & allowed[documents]
        documents, found = documents[kept], scores[rows[kept]]
        order = np.argsort(-found, kind="stable")[:count]
        return documents[order], found[order]

    def scores(self, scores: Floats, keys: Keys) -> Floats:
        """Scores of products for a history that was read; NaN for those that the model does not know."""
        places = self.places(keys)
        found = np.full(len(keys), np.nan, np.float32)
        found[places >= 0] = scores[places[places >= 0]]
        return found

    def _documents_in(self, view: IndexView) -> Documents:
        documents = self._seen.get(view)
        if documents is None:
            documents = self._seen[view] = view.documents_of(self.keys)
        return documents
