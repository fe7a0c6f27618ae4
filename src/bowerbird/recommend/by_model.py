"""The products that a trained model likes best for a shopper: a scan by 8-bit numbers, then exact scores.

Made once a model; which document each of its rows is, once a view of the index.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import faiss
import numpy as np

from bowerbird.domain.ports import IndexView, Recommender
from bowerbird.index.vector_scan import look
from bowerbird.recommend.interactions import Keys, keys_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bowerbird.domain.ports import Documents, Floats, Mask

_MORE = 64
"""So many rows beyond what is wanted, and half as many again, get their exact score."""


@dataclass(frozen=True, eq=False)
class Added:
    """Products that a model was not trained on: (m,) keys with (m, d) vectors.

    ``stand_ins`` gives, by key, the row of the trained product that stands for one in a history.
    """

    keys: Keys
    vectors: Floats
    stand_ins: Mapping[int, int] = field(default_factory=dict)


NOTHING_ADDED = Added(np.empty(0, np.uint64), np.empty((0, 0), np.float32))


@dataclass(frozen=True, eq=False)
class ModelScan:
    """A trained model ready to be looked through; safe from many threads."""

    model: Recommender
    keys: Keys
    """The product of each row."""
    _codes: Any
    _places: dict[int, int]
    added: Added = NOTHING_ADDED
    """What came after the model was trained."""
    _seen: WeakKeyDictionary[IndexView, Documents] = field(default_factory=WeakKeyDictionary)

    @classmethod
    def of(cls, model: Recommender) -> ModelScan:
        """Get a model ready; about a second for 200,000 products."""
        keys = keys_of(model.products)
        vectors = np.asarray(model.vectors, np.float32)
        largest = float(np.abs(vectors).max()) if vectors.size else 1.0
        codes = faiss.IndexScalarQuantizer(
            vectors.shape[1], faiss.ScalarQuantizer.QT_8bit_direct_signed, faiss.METRIC_INNER_PRODUCT
        )
        codes.add(np.rint(vectors * (127 / (largest or 1.0))))
        places = {key: place for place, key in enumerate(keys.tolist())}
        return cls(model, keys, codes, places)

    def places(self, keys: Keys) -> NDArray[np.int32]:
        """The rows of products, or of those that stand for them; -1 for those that the model does not know."""
        stand_ins = self.added.stand_ins
        return np.array([self._places.get(key, stand_ins.get(key, -1)) for key in keys.tolist()], np.int32)

    def read(self, keys: Keys, weights: Floats) -> Floats | None:
        """What the model makes of a history, oldest first, (d,); None where it knows nothing of it."""
        places = self.places(keys)
        known = places >= 0
        if not known.any():
            return None
        return self.model.read(places[known], weights[known])

    def best(self, view: IndexView, vector: Floats, allowed: Mask, count: int) -> tuple[Documents, Floats]:
        """The best allowed documents for a vector that was read, with exact scores, best first."""
        documents = self._documents_in(view)
        chosen = allowed[documents] & (documents >= 0)
        wanted = min(count + count // 2 + _MORE, len(documents))
        rows = look(self._codes, np.ascontiguousarray(vector, np.float32), wanted, chosen, 0)
        found, scores = documents[rows], self.model.vectors[rows] @ vector
        if len(self.added.keys):
            late = view.documents_of(self.added.keys)
            kept = (late >= 0) & allowed[late]
            found = np.concatenate([found, late[kept]])
            scores = np.concatenate([scores, self.added.vectors[kept] @ vector])
        order = np.argsort(-scores, kind="stable")[:count]
        return found[order], scores[order]

    def knows(self, keys: Keys) -> NDArray[np.bool_]:
        """Which products the model was trained on, (n,)."""
        return np.array([key in self._places for key in keys.tolist()], bool)

    def plus(self, added: Added) -> ModelScan:
        """The same model with other products added; those it was trained on stay as they are."""
        return replace(self, added=added)

    def scores(self, vector: Floats, keys: Keys) -> Floats:
        """Exact scores of trained products for a vector that was read; NaN for others."""
        places = np.array([self._places.get(key, -1) for key in keys.tolist()], np.int32)
        found = np.full(len(keys), np.nan, np.float32)
        found[places >= 0] = self.model.vectors[places[places >= 0]] @ vector
        return found

    def _documents_in(self, view: IndexView) -> Documents:
        documents = self._seen.get(view)
        if documents is None:
            documents = self._seen[view] = view.documents_of(self.keys)
        return documents
