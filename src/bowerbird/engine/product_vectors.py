"""What the encoders make of products, one row each: where the training of a recommender may begin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from bowerbird.index.product_rows import id_hash

if TYPE_CHECKING:
    from bowerbird.domain.ports import Floats, IndexView

FIELDS = ("text", "photo")


def product_vectors(view: IndexView, products: Sequence[str], fields: Sequence[str] = FIELDS) -> Floats:
    """(products, dim) float32: the unit mean of a product's rows in each vector field, one field beside the other.

    Zeros where a product has none, or is no longer there; dim 0 where nobody has any.
    """
    keys = np.array([id_hash(product) for product in products], np.uint64)
    documents = view.documents_of(keys)
    return np.concatenate([_field_rows(view, documents.tolist(), name) for name in fields], axis=1)


def _field_rows(view: IndexView, documents: Sequence[int], name: str) -> Floats:
    found = {place: view.vectors_of(name, document) for place, document in enumerate(documents) if document >= 0}
    means = {place: rows.mean(axis=0) for place, rows in found.items() if len(rows)}
    rows = np.zeros((len(documents), max((len(mean) for mean in means.values()), default=0)), np.float32)
    for place, mean in means.items():
        rows[place] = mean / max(float(np.linalg.norm(mean)), 1e-12)
    return rows
