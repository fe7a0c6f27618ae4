"""The example leg: a product of the shop that is wanted, or not, looked for by its own text and photo vectors."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from bowerbird.domain.ports import IndexView, Selection
from bowerbird.retrieve.by_vectors import VectorSettings, find_nearest
from bowerbird.retrieve.fuse import weigh
from bowerbird.retrieve.parts import ExamplePart

if TYPE_CHECKING:
    from bowerbird.domain.ports import Documents, Floats

WEIGHTS = {"text": 0.5, "photo": 0.5}
"""What reads alike and what looks alike count for the same."""

UNKNOWN = -1
"""The document of an example that was written a moment ago: the next view has it."""


def find_example(
    view: IndexView,
    document: int,
    number: int,
    within: Selection | None,
    settings: VectorSettings,
    apart: Documents | None = None,
) -> ExamplePart:
    """What reads and looks like a product; ``apart`` are the documents, itself among them, that are no matches.

    On each leg's scale 1 is the product itself, so that where nothing reads like it, how things look decides.
    """
    suffix = "" if number == 1 else f" {number}"
    legs = []
    for vector_field, weight in WEIGHTS.items():
        vector = own_vector(view, vector_field, document)
        if vector is None:
            continue
        leg = find_nearest(view, f"like.{vector_field}{suffix}", vector_field, vector, within, settings, apart)
        if leg is not None:
            itself = float(view.similarities(vector_field, vector, np.array([document], np.int32))[0])
            legs.append((replace(leg, one=max(itself, leg.zero + 1e-6)), weight))
    return ExamplePart(1.0, tuple(legs))


def measure_likeness(view: IndexView, document: int, documents: Documents, settings: VectorSettings) -> Floats | None:
    """How far documents are like one, 0..1, which is itself at 1; None where it has no vectors."""
    found, weights = [], []
    for vector_field, weight in WEIGHTS.items():
        vector = own_vector(view, vector_field, document)
        leg = None if vector is None else find_nearest(view, vector_field, vector_field, vector, None, settings)
        if leg is not None:
            found.append(leg.scaled(view.similarities(vector_field, leg.vector, documents)))
            weights.append(weight)
    return weigh(found, weights) if found else None


def own_vector(view: IndexView, vector_field: str, document: int) -> Floats | None:
    """The middle of a document's own rows in a field, at length one; None where it has none."""
    if document == UNKNOWN:
        return None
    rows = view.vectors_of(vector_field, document)
    if not len(rows):
        return None
    mean = rows.astype(np.float32).mean(axis=0)
    norm = float(np.linalg.norm(mean))
    middle: Floats = mean / np.float32(norm if norm > 0 else 1.0)
    return middle
