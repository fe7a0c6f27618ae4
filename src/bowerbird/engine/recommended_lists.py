"""Lists under way for one shopper over one view: found, read from the store, and dressed as the hits of a search."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from bowerbird.domain.errors import NotFoundError
from bowerbird.domain.filters import Filter
from bowerbird.domain.product import Availability, Product
from bowerbird.domain.query import Query
from bowerbird.domain.recommendation import Recommendations, RecommendedHit, RecommendRequest, Surface, Why
from bowerbird.engine.live import Live
from bowerbird.engine.paging import PlaceTales, found_on_page, photo_addresses, read_versions
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

_HOUR = 3_600.0
_ABOUT_A_PRODUCT = (Surface.SIMILAR, Surface.BOUGHT_TOGETHER, Surface.VIEWED_TOGETHER)


class RecommendedLists:
    """Makes the lists of one answer; no product stands in two of them that are not the shopper's own."""

    def __init__(self, live: Live, stores: Stores, shop: Shop, shopper: Shopper, rules: Rules) -> None:
        self._live, self._stores, self._shop, self._shopper, self._rules = live, stores, shop, shopper, rules
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
            about = self._document(asked.anchor)
            present, titles = self._read(listed, about, request.lang)
            hits = self._dress(listed, self._found(listed, present, condition), titles, request)
        anchor, title = titles.get(about, ("", ""))
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

    def _read(self, listed: Listed, about: int, lang: str) -> tuple[dict[int, Product], dict[int, tuple[str, str]]]:
        """The products of a list by store number; by document, ids and titles of those that others are there for."""
        anchors = np.array(sorted({one.anchor for one in listed.told} | {about}), np.int32)
        anchors = anchors[anchors >= 0]
        seqs = self._shop.view.seqs(np.concatenate([listed.documents, anchors])).tolist()
        present = read_versions(self._stores.products, list(dict.fromkeys(seqs)))
        titles = {
            document: (present[seq].id, title_in(present[seq], lang))
            for document, seq in zip(anchors.tolist(), seqs[len(listed.documents) :], strict=True)
            if seq in present
        }
        return present, titles

    def _found(self, listed: Listed, present: Mapping[int, Product], condition: Filter | None) -> dict[int, Found]:
        """What was read of a list, in order, less what was sold out a moment ago, which the view is yet to learn."""
        view, count = self._shop.view, len(listed.documents)
        candidates = Candidates(listed.documents, listed.scores, np.full(count, -1, np.int32), count)
        places = np.arange(count, dtype=np.int32)
        found = found_on_page(view, present, candidates, places, view.select(condition), PlaceTales())
        return {document: one for document, one in found.items() if _can_be_had(one.product)}

    def _dress(
        self,
        listed: Listed,
        found: Mapping[int, Found],
        titles: Mapping[int, tuple[str, str]],
        request: RecommendRequest,
    ) -> tuple[RecommendedHit, ...]:
        terms = self._live.maker.terms
        dressed = Dressed.of(Query(filters=request.filters, lang=request.lang), "", None, ())
        hits = make_hits(list(found.values()), dressed, terms.cut, terms.find, self._addresses)
        told = dict(zip(listed.documents.tolist(), listed.told, strict=True))
        return tuple(
            RecommendedHit(hit, _why(told[document], titles), told[document].source, told[document].explored)
            for document, hit in zip(found, hits, strict=True)
        )

    def _addresses(self, refs: Iterable[str]) -> dict[str, str]:
        return photo_addresses(self._stores.photos, refs)


def _why(told: Told, titles: Mapping[int, tuple[str, str]]) -> Why:
    product, title = titles.get(told.anchor, ("", ""))
    return Why(told.kind, product, title, told.field, told.value)


def _can_be_had(product: Product) -> bool:
    offers = [variant.availability or product.availability for variant in product.variants] or [product.availability]
    return any(offer is None or offer is Availability.IN_STOCK for offer in offers)
