"""Why one product stands where it stands in a search, or why it is not there; made only when somebody asks.

The search is run as it always is. On top of it come what is too dear for every hit: which word answers which, and
where a photo looks like the product.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from threading import Lock

import numpy as np
from PIL import Image

from bowerbird.domain.errors import NotFoundError
from bowerbird.domain.explained import Explained, HeatMap, Outcome, Unmet, Whose, WordMatch
from bowerbird.domain.filter_text import filter_text, top_conditions
from bowerbird.domain.filters import Filter
from bowerbird.domain.ports import Floats, Selection, TextEncoder
from bowerbird.domain.product import Product
from bowerbird.domain.query import Query
from bowerbird.domain.rules import RuleMove, moves_of
from bowerbird.domain.understanding import RewriteReason
from bowerbird.engine.experimenting import Trial
from bowerbird.engine.live import Live
from bowerbird.engine.paging import places_of_page
from bowerbird.engine.ranking import Ranker
from bowerbird.engine.searching import Search
from bowerbird.engine.stores import Stores
from bowerbird.present.languages import description_in, title_in
from bowerbird.profile.affinity import Affinity
from bowerbird.rank.heat_map import heat_maps, render_heat_map
from bowerbird.rank.rules import RuleBook
from bowerbird.rank.word_matches import NONE, WordMatcher
from bowerbird.retrieve.candidates import Candidates
from bowerbird.retrieve.flow import EncodedQuery, RetrieveSettings
from bowerbird.understand.sentiment import is_chinese

MOST_PHOTOS = 3
"""Photos of a query that heat maps are made of: each costs as much as fifty searches."""
LONGEST_SIDE = 512
"""Of a heat map's picture, in pixels."""
_LOOKED_AT = 2_000


class Explainer:
    """Explains products one at a time; remembers words in vectors between calls. Safe from many threads."""

    def __init__(self, stores: Stores, settings: RetrieveSettings) -> None:
        self._stores, self._settings = stores, settings
        self._lock = Lock()
        self._matcher: tuple[TextEncoder, WordMatcher] | None = None

    def explain(
        self,
        live: Live,
        query: Query,
        product_id: str,
        ranker: Ranker | Trial,
        book: RuleBook,
        affinity: Affinity | None = None,
    ) -> Explained:
        """One product in one search. Raises NotFoundError; InputError and PhotoError as the search does."""
        stored = self._stores.products.get(product_id)
        if stored is None:
            raise NotFoundError(f"no product {product_id[:200]!r}")
        query = replace(query, explain=True, facets=(), page=1, per_page=1)
        search = Search(live, self._stores, self._settings, query, ranker, book, affinity)
        candidates, within, encoded = search.find()
        candidates = search.order(candidates, within)
        (document,) = search.view.find(np.array([stored.seq])).tolist()
        told = _place(search, candidates, within, document, stored.product)
        if told is None:
            told = _missing(search, candidates, within, encoded, document, stored.product)
        return replace(
            told,
            words=tuple(self._match_words(live, search, stored.product)),
            heat_maps=tuple(_heat_maps(live, search, document)),
        )

    def _match_words(self, live: Live, search: Search, product: Product) -> Iterator[WordMatch]:
        """Each word that was looked for with the product's word most like it, over its title and description."""
        if live.encoders.text is None:
            return
        seen: set[str] = set()
        for text in _wordings(search):
            lang = "zh" if is_chinese(text) else "en"
            title = title_in(product, lang)
            said = f"{title}\n{description_in(product, lang)[:_LOOKED_AT]}"
            found = self._matcher_of(live).match(text, said)
            for row, (word, best) in enumerate(zip(found.query, found.best.tolist(), strict=True)):
                if word.text.casefold() in seen:
                    continue
                seen.add(word.text.casefold())
                if best == NONE:
                    yield WordMatch(word.text, None, None, 0.0)
                    continue
                other = found.product[best]
                field = "title" if other.start < len(title) else "description"
                yield WordMatch(word.text, other.text, field, float(found.similarities[row, best]))

    def _matcher_of(self, live: Live) -> WordMatcher:
        """The matcher that belongs to the encoders in use."""
        text = live.encoders.text
        assert text is not None
        with self._lock:
            # Told by its encoder: to hold what is live itself would keep its index after a swap.
            if self._matcher is None or self._matcher[0] is not text:
                self._matcher = (text, WordMatcher(text, live.encoders.cut))
            return self._matcher[1]


def _place(
    search: Search, candidates: Candidates, within: Selection | None, document: int, product: Product
) -> Explained | None:
    """The product's place among all results and what a page would show there; None where it is not among them."""
    whole = replace(search.query, page=1, per_page=len(candidates))
    order = places_of_page(search.view, whole, candidates, within)
    found = np.flatnonzero(candidates.documents[order] == document)
    if document < 0 or not len(found):
        return None
    place = int(found[0]) + 1
    # A page of one hit, as far down as the product stands.
    search.query = replace(search.query, page=place, per_page=1)
    hits = search.finish(candidates, within).hits
    hit = hits[0] if hits else None
    moves = () if hit is None else hit.moves
    return Explained(product, Outcome.FOUND, candidates.total, place, hit, moves)


def _missing(
    search: Search,
    candidates: Candidates,
    within: Selection | None,
    encoded: EncodedQuery,
    document: int,
    product: Product,
) -> Explained:
    """Why a product is not among the results."""
    if document < 0:
        return Explained(product, Outcome.NOT_INDEXED, candidates.total)
    if encoded.examples is not None and document in encoded.examples.tolist():
        return Explained(product, Outcome.EXAMPLE, candidates.total)
    moves = _moves(search, document, product.id)
    if any(move.action == "hide" for move in moves):
        return Explained(product, Outcome.HIDDEN, candidates.total, moves=moves)
    if within is not None and not within.mask[document]:
        return Explained(product, Outcome.EXCLUDED, candidates.total, moves=moves, unmet=_unmet(search, document))
    return Explained(product, Outcome.NOT_FOUND, candidates.total, moves=moves)


def _moves(search: Search, document: int, name: str) -> tuple[RuleMove, ...]:
    if search.merchandiser is None:
        return ()
    return moves_of(search.merchandiser.applied({document: name}, 0)).get(name, ())


def _unmet(search: Search, document: int) -> tuple[Unmet, ...]:
    """The conditions that a product does not meet; all where it meets each, but no variant of it meets all of them."""
    asked: list[tuple[Filter, Whose]] = [(one, Whose.FILTER) for one in top_conditions(search.query.filters)]
    for condition in search.conditions:
        asked += [(one, Whose.WORDS) for one in top_conditions(condition.filter)]
    narrowing = None if search.merchandiser is None else search.merchandiser.narrowing
    asked += [(one, Whose.RULE) for one in top_conditions(narrowing)]
    failed = [(one, whose) for one, whose in asked if not search.view.select(one).mask[document]]
    return tuple(Unmet(filter_text(one), whose) for one, whose in failed or asked)


def _wordings(search: Search) -> list[str]:
    """The words that were looked for: put right, and as they were translated."""
    wish, reading = search.query.wish, search.reading
    if wish.text_weight <= 0:
        return []
    if reading is None:
        return [wish.text] if wish.text.strip() else []
    translated = [one.text for one in reading.rewritten if one.reason is RewriteReason.TRANSLATED]
    return [text for text in (reading.words, *translated) if text.strip()]


def _heat_maps(live: Live, search: Search, document: int) -> Iterator[HeatMap]:
    """Where each of the query's photos looks like the product's nearest photo; none where it has no photo."""
    encoders = live.encoders
    numbered = [(number, photo) for number, photo in enumerate(search.query.wish.photos, 1) if photo.weight > 0]
    if document < 0 or not numbered or encoders.image is None or encoders.metric is None:
        return
    rows = np.asarray(search.view.vectors_of("photo", document), np.float32)
    if not len(rows):
        return
    for number, photo in numbered[:MOST_PHOTOS]:
        image = encoders.read_photo(photo)
        grid = heat_maps(image, [rows], encoders.image, encoders.metric)[0]
        yield HeatMap(number, tuple(tuple(row) for row in grid.tolist()), _picture(image, grid))


def _picture(image: Image.Image, grid: Floats) -> bytes:
    small = image.copy()
    small.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    buffer = io.BytesIO()
    render_heat_map(small, grid).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
