"""More like this: the products nearest to one product's own vectors, by text and by photo."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from bowerbird.domain.ports import IndexView, Selection
from bowerbird.retrieve.by_example import WEIGHTS, own_vector
from bowerbird.retrieve.by_vectors import VectorSettings, find_nearest
from bowerbird.retrieve.candidates import Candidates
from bowerbird.retrieve.fuse import rank, weigh


def find_similar(
    view: IndexView,
    document: int,
    within: Selection | None = None,
    settings: VectorSettings | None = None,
    fields: Collection[str] = tuple(WEIGHTS),
) -> Candidates:
    """The neighbours of a document in some vector fields, itself left out; empty where it has no vectors there."""
    settings = settings or VectorSettings()
    legs = []
    for vector_field in fields:
        vector = own_vector(view, vector_field, document)
        if vector is not None:
            legs.append(find_nearest(view, vector_field, vector_field, vector, within, settings))
    found = [leg for leg in legs if leg is not None]
    if not found:
        nothing = np.empty(0, np.int32)
        return Candidates(nothing, np.empty(0, np.float32), nothing, 0)
    documents = np.unique(np.concatenate([leg.near(settings.floor / 2) for leg in found])).astype(np.int32)
    documents = documents[documents != document]
    raw = {leg.name: view.similarities(leg.vector_field, leg.vector, documents) for leg in found}
    # The product itself is its own nearest neighbour, so 1 on each leg's scale is the product itself.
    signals = {leg.name: leg.scaled(raw[leg.name]) for leg in found}
    scores = weigh(list(signals.values()), [WEIGHTS[name] for name in signals])
    order = rank(scores, view.seqs(documents))
    return Candidates(
        documents=documents[order],
        scores=scores[order],
        variants=np.full(len(documents), -1, np.int32),
        total=len(documents),
        signals={name: values[order] for name, values in signals.items()},
        raw={name: values[order] for name, values in raw.items()},
    )
