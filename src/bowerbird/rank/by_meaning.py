"""Signals by vectors: nearness by pair of modalities, as retrieval measured it, attention, and what is typical."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from bowerbird.domain.ports import IndexView
from bowerbird.understand.attention import intent_attention

if TYPE_CHECKING:
    from bowerbird.domain.ports import Documents, Floats

TYPICAL_OF = 20
"""The first so many candidates are what the others are held against."""

_SIGNALS = {
    "terms": "terms",
    "text": "meaning",
    "joint.photo": "look_of_words",
    "photo": "look",
    "joint.text": "text_of_photo",
    "like.text": "reads_like",
    "like.photo": "looks_like",
}
_NUMBER = re.compile(r" \d+$")


def nearness(found: Mapping[str, Floats], count: int) -> dict[str, Floats]:
    """Retrieval's signals of the first ``count`` candidates by their names here; of several photos the best counts."""
    signals: dict[str, Floats] = {}
    for name, values in found.items():
        known = _SIGNALS.get(_NUMBER.sub("", name))
        if known is not None:
            first = values[:count]
            signals[known] = first if known not in signals else np.fmax(signals[known], first)
    return signals


def attention(similarities: Floats) -> Floats:
    """How much of the query's attention each product takes, (n,), over that of the one that takes most.

    ``similarities`` are inner products with the query; a product without one takes none.
    """
    known = np.nan_to_num(similarities, nan=-1.0)
    if not len(known):
        return known
    # A query of one number and products of one number each: their products are the similarities.
    shares = intent_attention(np.ones(1, np.float32), known[:, None])
    return np.asarray(shares / shares.max(), np.float32)


def typical(view: IndexView, documents: Documents) -> Floats | None:
    """How like the first candidates each reads, (n,) cosines; None where they have no texts in vectors.

    Pseudo-relevance feedback: Rocchio, The SMART retrieval system, 1971, with the query left out.
    """
    rows = [view.vectors_of("text", document) for document in documents[:TYPICAL_OF].tolist()]
    rows = [found for found in rows if len(found)]
    if not rows:
        return None
    middle = np.concatenate(rows).astype(np.float32).mean(axis=0)
    norm = float(np.linalg.norm(middle))
    return view.similarities("text", middle / np.float32(norm), documents) if norm > 0 else None
