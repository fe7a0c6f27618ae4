"""Which candidates stand on the page that is asked for, their products, and where photos can be had."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from bowerbird.domain.ports import Documents, IndexView, Selection
from bowerbird.domain.product import Product
from bowerbird.domain.query import Query, Sort
from bowerbird.domain.ranking import HitRanking
from bowerbird.present.hits import Found
from bowerbird.rank.standing import Standing
from bowerbird.retrieve.candidates import Candidates
from bowerbird.storage.photos import PhotoStore
from bowerbird.storage.products import ProductStore


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


@dataclass(frozen=True, slots=True)
class PlaceTales:
    """By place among the candidates, how a product came there and how it stands beside the others."""

    rankings: Mapping[int, HitRanking] = field(default_factory=dict)
    standings: Mapping[int, Standing] = field(default_factory=dict)


def read_page(
    view: IndexView,
    products: ProductStore,
    candidates: Candidates,
    page: Documents,
    within: Selection | None,
    tales: PlaceTales,
) -> dict[int, Found]:
    """The products at the places of a page, by document in its order; those that are no more are left out."""
    present = read_versions(products, view.seqs(candidates.documents[page]).tolist())
    return found_on_page(view, present, candidates, page, within, tales)


def read_versions(products: ProductStore, seqs: Sequence[int]) -> dict[int, Product]:
    """The products of store numbers. One that was replaced a moment ago comes as it is now, one deleted is left out."""
    present = products.get_many(seqs)
    if len(present) < len(set(seqs)):
        late = products.current(seq for seq in seqs if seq not in present)
        present |= {seq: stored.product for seq, stored in late.items()}
    return present


def found_on_page(
    view: IndexView,
    present: Mapping[int, Product],
    candidates: Candidates,
    page: Documents,
    within: Selection | None,
    tales: PlaceTales,
) -> dict[int, Found]:
    """``read_page`` for products that were read before, by store number."""
    documents = candidates.documents[page]
    seqs = view.seqs(documents).tolist()
    found = {}
    for place, document, seq in zip(page.tolist(), documents.tolist(), seqs, strict=True):
        product = present.get(seq)
        if product is None:
            continue
        fitting = view.fitting_variants(document, within) if product.variants else ()
        found[document] = Found(
            product=product,
            score=float(candidates.scores[place]),
            signals=candidates.signals_at(place),
            # A product replaced a moment ago may have other variants than the view knows.
            fitting=tuple(position for position in fitting if position < len(product.variants)),
            nearest=int(candidates.variants[place]),
            ranking=tales.rankings.get(place),
            standing=tales.standings.get(place),
        )
    return found


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
