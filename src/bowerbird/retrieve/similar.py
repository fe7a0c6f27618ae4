"""More like this: the products nearest to one product's own vectors, by text and by photo."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bowerbird.domain.ports import IndexView, Selection
from bowerbird.retrieve.by_vectors import VectorSettings, find_nearest
from bowerbird.retrieve.candidates import Candidates
from bowerbird.retrieve.fuse import rank, weigh

if TYPE_CHECKING:
    from bowerbird.domain.ports import Floats

_WEIGHTS = {"text": 0.5, "photo": 0.5}


def find_similar(
    view: IndexView, document: int, within: Selection | None = None, settings: VectorSettings | None = None
) -> Candidates:
    """The neighbours of a document, itself left out; empty where it has no vectors."""
    settings = settings or VectorSettings()
    legs = []
    for vector_field in _WEIGHTS:
        rows = view.vectors_of(vector_field, document)
        if len(rows):
            legs.append(find_nearest(view, vector_field, vector_field, _middle(rows), within, settings))
    found = [leg for leg in legs if leg is not None]
    if not found:
        nothing = np.empty(0, np.int32)
        return Candidates(nothing, np.empty(0, np.float32), nothing, 0)
    documents = np.unique(np.concatenate([leg.near(settings.floor / 2) for leg in found])).astype(np.int32)
    documents = documents[documents != document]
    raw = {leg.name: view.similarities(leg.vector_field, leg.vector, documents) for leg in found}
    # The product itself is its own nearest neighbour, so 1 on each leg's scale is the product itself.
    signals = {leg.name: leg.scaled(raw[leg.name]) for leg in found}
    scores = weigh(list(signals.values()), [_WEIGHTS[name] for name in signals])
    order = rank(scores, view.seqs(documents))
    return Candidates(
        documents=documents[order],
        scores=scores[order],
        variants=np.full(len(documents), -1, np.int32),
        total=len(documents),
        signals={name: values[order] for name, values in signals.items()},
        raw={name: values[order] for name, values in raw.items()},
    )


def _middle(rows: Floats) -> Floats:
    mean = rows.astype(np.float32).mean(axis=0)
    norm = float(np.linalg.norm(mean))
    middle: Floats = mean / np.float32(norm if norm > 0 else 1.0)
    return middle
