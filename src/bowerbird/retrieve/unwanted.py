"""How far products are what was not wanted, 0..1. They sink by it and are never left out: a vector only guesses."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from bowerbird.domain.ports import Cut, IndexView
from bowerbird.retrieve.by_example import measure_likeness
from bowerbird.retrieve.by_terms import TermSettings, plan_terms
from bowerbird.retrieve.by_vectors import VectorSettings, find_nearest
from bowerbird.retrieve.fuse import weigh
from bowerbird.retrieve.wishes import EncodedWish, EncodedWords

if TYPE_CHECKING:
    from bowerbird.domain.ports import Documents, Floats

_WINDOW = 100_000


def measure_unwanted(
    view: IndexView,
    unwanted: EncodedWish,
    documents: Documents,
    cut: Cut,
    terms: TermSettings,
    vectors: VectorSettings,
) -> Floats:
    """For each document the greatest share in any unwanted part, by the part's weight where that is below 1."""
    result = np.zeros(len(documents), np.float32)
    for words in unwanted.words:
        share = _share_of_words(view, words, documents, cut, terms, vectors)
        result = np.maximum(result, share * np.float32(min(1.0, words.weight)))
    for photo in unwanted.photos:
        for vector_field, vector in (("photo", photo.vector), ("joint.text", photo.shared)):
            found = _nearness(view, vector_field, vector, documents, vectors)
            if found is not None:
                result = np.fmax(result, found * np.float32(min(1.0, photo.weight)))
    for document in unwanted.examples:
        likeness = measure_likeness(view, document, documents, vectors)
        if likeness is not None:
            result = np.fmax(result, _upper_half(likeness))
    return result


def _share_of_words(
    view: IndexView,
    words: EncodedWords,
    documents: Documents,
    cut: Cut,
    terms: TermSettings,
    vectors: VectorSettings,
) -> Floats:
    """Half for holding all of the words, half for being near them in meaning."""
    shares = []
    query = plan_terms(words.text, cut, view, replace(terms, share=1.0))
    if query is not None:
        matched = view.match_terms(query, _WINDOW).documents
        shares.append(np.isin(documents, matched).astype(np.float32))
    nearness = _nearness(view, "text", words.vector, documents, vectors)
    if nearness is not None:
        shares.append(nearness)
    return weigh(shares, [1.0] * len(shares)) if shares else np.zeros(len(documents), np.float32)


def _nearness(
    view: IndexView, vector_field: str, vector: Floats | None, documents: Documents, settings: VectorSettings
) -> Floats | None:
    """Nearness above the half-way mark, drawn out to 0..1: what is only a little alike must not sink."""
    if vector is None:
        return None
    leg = find_nearest(view, vector_field, vector_field, vector, None, settings)
    if leg is None:
        return None
    return _upper_half(leg.scaled(view.similarities(vector_field, vector, documents)))


def _upper_half(values: Floats) -> Floats:
    drawn_out: Floats = np.clip(2 * values - 1, 0.0, 1.0)
    return drawn_out
