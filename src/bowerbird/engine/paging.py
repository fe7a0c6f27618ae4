"""Which candidates stand on the page that is asked for, and where photos can be had."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from bowerbird.domain.ports import Documents, IndexView, Selection
from bowerbird.domain.query import Query, Sort
from bowerbird.retrieve.candidates import Candidates
from bowerbird.storage.photos import PhotoStore


def places_of_page(view: IndexView, query: Query, candidates: Candidates, within: Selection | None) -> Documents:
    """The positions in ``candidates`` of the hits of a query's page, in the order that it asks for."""
    start = (query.page - 1) * query.per_page
    if query.sort is Sort.RELEVANCE or (query.sort is Sort.NEWEST and query.wish.empty and query.without.empty):
        return np.arange(start, min(start + query.per_page, len(candidates)), dtype=np.int32)
    ordered = view.order(candidates.documents, query.sort, within)
    shown = ordered[start : start + query.per_page]
    by_document = np.argsort(candidates.documents, kind="stable")
    places = by_document[np.searchsorted(candidates.documents[by_document], shown)]
    return places.astype(np.int32)


def photo_addresses(photos: PhotoStore, refs: Iterable[str]) -> dict[str, str]:
    """Where photos can be had: a stored one by its content hash, a remote one at its own address."""
    wanted = list(dict.fromkeys(refs))
    if not wanted:
        return {}
    stored = photos.by_ref(wanted)
    addresses: dict[str, str] = {}
    for ref in wanted:
        photo = stored.get(ref)
        if photo is not None and photo.hash is not None:
            addresses[ref] = photo.hash
        elif ref.startswith(("https://", "http://")):
            addresses[ref] = ref
    return addresses
