"""Lists under way for one shopper over one view: found, read from the store, and dressed as the hits of a search."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from bowerbird.domain.errors import NotFoundError
from bowerbird.domain.filters import Filter
from bowerbird.domain.product import Availability, Product
from bowerbird.domain.query import Query
from bowerbird.domain.recommendation import Recommendations, RecommendedHit, RecommendRequest, Surface, Why
from bowerbird.engine.live import Live
from bowerbird.engine.paging import PlaceTales, photo_addresses, read_page
from bowerbird.engine.stores import Stores
from bowerbird.engine.turns import turns
from bowerbird.present.hits import Found, make_hits
from bowerbird.present.languages import title_in
from bowerbird.present.reasons import Asked as Dressed
from bowerbird.recommend.asked import Shop
from bowerbird.recommend.asking import Rules, ask
from bowerbird.recommend.bandit import Shown
from bowerbird.recommend.flow import Listed, Told, recommend
from bowerbird.recommend.interactions import product_key, shopper_key
from bowerbird.recommend.page import OWN
from bowerbird.recommend.shopper import Shopper
from bowerbird.retrieve.candidates import Candidates
from bowerbird.storage.recent import Recent

if TYPE_CHECKING:
    from bowerbird.domain.ports import Documents

Titles: TypeAlias = "Recent[tuple[int, str], tuple[str, str]]"
"""Ids and titles by version of a product, which never changes, and language."""

_HOUR = 3_600.0
_ABOUT_A_PRODUCT = (Surface.SIMILAR, Surface.BOUGHT_TOGETHER, Surface.VIEWED_TOGETHER)


class RecommendedLists:
    """Makes the lists of one answer; no product stands in two of them that are not the shopper's own."""

    def __init__(self, live: Live, stores: Stores, shop: Shop, shopper: Shopper, rules: Rules, titles: Titles) -> None:
        self._live, self._stores, self._shop, self._shopper, self._rules = live, stores, shop, shopper, rules
        self._titles = titles
        self._shown: list[int] = []

    def make(self, request: RecommendRequest, shown: Shown) -> Recommendations:
        """One list. Raises NotFoundError for the product of a list about one, InputError for the filter."""
        if request.surface in _ABOUT_A_PRODUCT:
            self._check_product(request.product)
        view = self._shop.view
        with turns:
            asked, condition = ask(view, request, self._shopper, self._rules, self.random(request.surface))
            own = request.surface in OWN
            asked.allowed[[] if own else self._shown] = False
            listed = recommend(self._shop, asked, self._rules.faults)
            self._shown += [] if own else listed.documents.tolist()
            titles = self._anchors(listed, asked.anchor, request.lang)
            hits = self._dress(listed, condition, titles, request)
        anchor, title = titles.get(self._document(asked.anchor), ("", ""))
        return Recommendations(request.surface, hits, shown.query_id(), anchor=anchor, title=title)

    def random(self, surface: Surface | None = None) -> np.random.Generator:
        """Chance that stays the same for a shopper for an hour: a list does not change while it is looked at."""
        key = self._shopper.profile.key
        if not key:
            return np.random.default_rng()
        name = "" if surface is None else surface.value
        return np.random.default_rng((shopper_key(key), int(self._shopper.now / _HOUR), sum(name.encode())))

    def _check_product(self, product: str) -> None:
        # Only what the view does not know, as it may have been written a moment ago, is asked of the store.
        if self._document(product_key(product)) < 0 and not self._stores.products.get_by_ids([product]):
            raise NotFoundError(f"no product {product[:200]!r}")

    def _document(self, key: int) -> int:
        return int(self._shop.view.documents_of(np.array([key], np.uint64))[0]) if key else -1

    def _anchors(self, listed: Listed, anchor: int, lang: str) -> dict[int, tuple[str, str]]:
        """The ids and titles of the products that others are there for, by document."""
        documents = {one.anchor for one in listed.told} | {self._document(anchor)}
        wanted = np.array(sorted(documents - {-1}), np.int32)
        seqs = self._shop.view.seqs(wanted).tolist()
        known = {seq: self._titles.get((seq, lang)) for seq in seqs}
        missing = [seq for seq, told in known.items() if told is None]
        for seq, product in (self._stores.products.get_many(missing) if missing else {}).items():
            known[seq] = told = product.id, title_in(product, lang)
            self._titles.put((seq, lang), told)
        named = zip(wanted.tolist(), (known[seq] for seq in seqs), strict=True)
        return {document: told for document, told in named if told is not None}

    def _dress(
        self, listed: Listed, condition: Filter | None, titles: Mapping[int, tuple[str, str]], request: RecommendRequest
    ) -> tuple[RecommendedHit, ...]:
        found = self._read(listed.documents, listed.scores, condition)
        terms = self._live.maker.terms
        dressed = Dressed.of(Query(filters=request.filters, lang=request.lang), "", None, ())
        hits = make_hits(list(found.values()), dressed, terms.cut, terms.find, self._addresses)
        told = dict(zip(listed.documents.tolist(), listed.told, strict=True))
        return tuple(
            RecommendedHit(hit, _why(told[document], titles), told[document].source, told[document].explored)
            for document, hit in zip(found, hits, strict=True)
        )

    def _read(self, documents: Documents, scores: np.ndarray, condition: Filter | None) -> dict[int, Found]:
        """The products of documents, in order, less those sold out a moment ago, which the view is yet to learn."""
        view, count = self._shop.view, len(documents)
        candidates = Candidates(documents, scores, np.full(count, -1, np.int32), count)
        places = np.arange(count, dtype=np.int32)
        found = read_page(view, self._stores.products, candidates, places, view.select(condition), PlaceTales())
        return {document: one for document, one in found.items() if _can_be_had(one.product)}

    def _addresses(self, refs: Iterable[str]) -> dict[str, str]:
        return photo_addresses(self._stores.photos, refs)


def _why(told: Told, titles: Mapping[int, tuple[str, str]]) -> Why:
    product, title = titles.get(told.anchor, ("", ""))
    return Why(told.kind, product, title, told.field, told.value)


def _can_be_had(product: Product) -> bool:
    offers = [variant.availability or product.availability for variant in product.variants] or [product.availability]
    return any(offer is None or offer is Availability.IN_STOCK for offer in offers)
