"""The products that a trained model likes best for a shopper: a scan by codes of four bits, then exact scores.

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
from bowerbird.recommend.interactions import Keys, keys_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bowerbird.domain.ports import Documents, Floats, Mask

_EXACT_UP_TO = 10_000
"""So few rows are compared exactly in less time than their codes are."""
_SAMPLE = 20_000
_LIKELY = 6
"""So many times as many rows as are wanted get their exact score."""
_FEW = 0.05
"""Where a smaller share of the products may come, those are compared exactly."""


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
    codes: Any
    _places: dict[int, int]
    added: Added = NOTHING_ADDED
    """What came after the model was trained."""
    _seen: WeakKeyDictionary[IndexView, Documents] = field(default_factory=WeakKeyDictionary)

    @classmethod
    def of(cls, model: Recommender) -> ModelScan:
        """Get a model ready; a few seconds for 200,000 products."""
        keys = keys_of(model.products)
        places = {key: place for place, key in enumerate(keys.tolist())}
        return cls(model, keys, _codes_of(np.asarray(model.vectors, np.float32)), places)

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
        rows = self._likely(documents, np.ascontiguousarray(vector, np.float32), allowed, count)
        found, scores = documents[rows], self.model.vectors[rows] @ vector
        if len(scores) > count:
            best = np.argpartition(-scores, count)[:count]
            found, scores = found[best], scores[best]
        if len(self.added.keys):
            late = view.documents_of(self.added.keys)
            kept = (late >= 0) & allowed[late]
            found = np.concatenate([found, late[kept]])
            scores = np.concatenate([scores, self.added.vectors[kept] @ vector])
        order = np.argsort(-scores, kind="stable")[:count]
        return found[order], scores[order]

    def _likely(self, documents: Documents, vector: Floats, allowed: Mask, count: int) -> NDArray[np.intp]:
        """Rows of allowed documents, ``count`` of the best among them nearly always."""
        wanted = _LIKELY * count
        share = max(np.count_nonzero(allowed) / len(allowed), 1e-9)
        if self.codes is not None and share >= _FEW:
            # What may not come is left out afterwards: codes are compared for many rows at once.
            rows = look(self.codes, vector, min(int(wanted / share), len(documents)))
            rows = rows[(documents[rows] >= 0) & allowed[documents[rows]]]
            if len(rows) >= count:
                return rows
        return np.flatnonzero((documents >= 0) & allowed[documents])

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


def _codes_of(vectors: Floats) -> Any:
    """Four bits a number, compared for 32 rows at once; None for few rows, which are compared exactly.

    André, Kermarrec and Le Scouarnec, "Cache Locality is Not Enough: High-Performance Nearest Neighbor Search with
    Product Quantization Fast Scan", VLDB 2015.
    """
    count, dim = vectors.shape
    if count <= _EXACT_UP_TO:
        return None
    codes: Any = faiss.IndexPQFastScan(dim, dim, 4, faiss.METRIC_INNER_PRODUCT)
    drawn = np.linspace(0, count - 1, min(count, _SAMPLE)).astype(np.intp)
    faiss.omp_set_num_threads(1)
    codes.train(vectors[drawn])
    codes.add(vectors)
    return codes


def look(codes: Any, vector: Floats, count: int) -> NDArray[np.int64]:
    """About the ``count`` rows with the largest inner product by their codes."""
    # OpenMP's setting is each thread's own.
    faiss.omp_set_num_threads(1)
    _, rows = codes.search(np.ascontiguousarray(vector, np.float32)[None], count)
    found: NDArray[np.int64] = rows[0]
    return found[found >= 0]
