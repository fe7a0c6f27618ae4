"""A search from query to results: understand, encode, retrieve, rank, order, count, hydrate, present."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import uuid4

import numpy as np

from bowerbird.domain.errors import InputError
from bowerbird.domain.filters import Filter
from bowerbird.domain.ports import Documents, IndexView, Selection
from bowerbird.domain.query import Query, Sort, Wish
from bowerbird.domain.results import FacetCounts, Results
from bowerbird.domain.rules import moves_of
from bowerbird.domain.understanding import Condition, Preference, Understanding
from bowerbird.engine.experimenting import Trial
from bowerbird.engine.facet_counts import Narrowed, count_facets
from bowerbird.engine.live import Live
from bowerbird.engine.merchandising import Merchandiser
from bowerbird.engine.paging import PlaceTales, photo_addresses, places_of_page, read_page
from bowerbird.engine.ranking import GivenRanker, Ranker
from bowerbird.engine.stores import Stores
from bowerbird.engine.turns import turns
from bowerbird.present.hits import make_hits
from bowerbird.present.languages import title_in
from bowerbird.present.reasons import Asked
from bowerbird.present.understood import Understood, parts_of
from bowerbird.profile.affinity import Affinity
from bowerbird.rank.explain import explain_places
from bowerbird.rank.faults import Faults
from bowerbird.rank.flow import Ranked
from bowerbird.rank.question import Question, cut_wordings
from bowerbird.rank.rules import NO_RULES, Moment, RuleBook
from bowerbird.rank.standing import standings
from bowerbird.retrieve.candidates import Candidates
from bowerbird.retrieve.flow import EncodedQuery, RetrieveSettings, retrieve_encoded
from bowerbird.retrieve.wishes import encode_wish
from bowerbird.understand.conditions import as_preference, give_up_one
from bowerbird.understand.lexicon import load_lexicon
from bowerbird.understand.title_kind import kinds_asked

_DRESSED_FOR = 1_000
"""How many characters of a query are marked in what it found."""


class Search:
    """One search under way over one view; made anew for every query."""

    def __init__(
        self,
        live: Live,
        stores: Stores,
        settings: RetrieveSettings,
        query: Query,
        ranker: Ranker | Trial | GivenRanker | None = None,
        book: RuleBook = NO_RULES,
        affinity: Affinity | None = None,
    ) -> None:
        """Without a ``ranker`` retrieval's order stands; ``book`` holds the merchandising rules in force.

        ``affinity`` is what the shopper leans to.
        """
        self.affinity = affinity
        self.live, self.stores, self.settings, self.query, self.ranker = live, stores, settings, query, ranker
        self.book = book if query.rules else NO_RULES
        self.faults = Faults() if ranker is None else ranker.faults
        self.ranked: Ranked | None = None
        self.asked_question: Question | None = None
        self.merchandiser: Merchandiser | None = None
        self.view: IndexView = live.index.view()
        self.titles: dict[str, str] = {}
        self.shown: dict[str, int] = {}
        self.reading: Understanding | None = None
        self.conditions: tuple[Condition, ...] = ()
        self.preferences: tuple[Preference, ...] = ()
        self.given_up: tuple[Condition, ...] = ()
        self.filters = query.filters
        self.narrowed = Narrowed()
        self.timings: dict[str, float] = {}
        self.started = self.at = time.perf_counter()

    def run(self) -> Results:
        """All steps in order. Raises InputError for a filter or facet the shop does not know, PhotoError."""
        candidates, within, encoded = self.find()
        with turns:
            return self.finish(self.order(candidates, within), within, encoded)

    def order(self, candidates: Candidates, within: Selection | None) -> Candidates:
        """Candidates ranked, and arranged as the rules have them."""
        candidates = self._arrange(self._rank(candidates), within)
        self._lap("rank")
        return candidates

    def find(self) -> tuple[Candidates, Selection | None, EncodedQuery]:
        """The steps down to retrieval: candidates, what they were narrowed to, and the query in vectors."""
        query = self.query
        if query.page < 1 or query.per_page < 0:
            name, found = ("page", query.page) if query.page < 1 else ("per_page", query.per_page)
            raise InputError("is too small", field=name, found=found, expected="a page from 1 on")
        reading = self._read()
        self._lap("understand")
        encoders = self.live.encoders
        wanted = self._examples(query.wish.products, "like")
        unwanted = self._examples(query.without.products, "not.like")
        wordings = None if reading is None else reading.rewritten
        without = query.without if reading is None else _more_unwanted(query.without, reading.unwanted)
        encoded = EncodedQuery(
            encode_wish(query.wish, encoders, wanted, wordings), encode_wish(without, encoders, unwanted)
        )
        self._lap("encode")
        with turns:
            self.merchandiser = self._merchandise()
            within = self._select()
            self._lap("filter")
            candidates = self._retrieve(encoded, within)
            while not candidates.total and self.conditions:
                # Nothing meets all that was asked for: a condition that was only understood is given up.
                within = self._give_up_one()
                candidates = self._retrieve(encoded, within)
            self._lap("retrieve")
        return candidates, within, encoded

    def _read(self) -> Understanding | None:
        """What the words mean, with the conditions and preferences that this search goes by."""
        query = self.query
        text = query.wish.text
        if not query.understand or not text.strip() or query.wish.text_weight <= 0:
            return None
        self.reading = self.live.reader.read(text, self.view, correcting=query.correct, unfinished=query.unfinished)
        last = len(text.rstrip())
        # "under 5" may go on to be "under 50".
        self.conditions = tuple(one for one in self.reading.conditions if not (query.unfinished and one.end >= last))
        self.preferences = self.reading.soft
        return self.reading

    def _select(self) -> Selection | None:
        """The documents that meet the filter and what was understood as a condition."""
        narrowing = None if self.merchandiser is None else self.merchandiser.narrowing
        given = () if self.query.filters is None else (self.query.filters,)
        self.narrowed = Narrowed((*given, *(condition.filter for condition in self.conditions)), narrowing)
        self.filters = self.narrowed.whole
        return None if self.filters is None else self.view.select(self.filters)

    def _give_up_one(self) -> Selection | None:
        self.conditions, given_up = give_up_one(self.conditions)
        if given_up is not None:
            self.given_up = (*self.given_up, given_up)
            self.preferences = (*self.preferences, as_preference(given_up, self.live.reader.settings.conditions))
        return self._select()

    def finish(self, candidates: Candidates, within: Selection | None, encoded: EncodedQuery | None = None) -> Results:
        """From candidates to one page of results; ``encoded`` is what facets need that look past their own filter."""
        page = places_of_page(self.view, self.query, candidates, within)
        self._lap("order")
        facets = () if encoded is None else self._facets(candidates, encoded)
        self._lap("facets")
        results = self._results(candidates, page, within, facets)
        self._lap("present")
        total = 1000 * (time.perf_counter() - self.started)
        return replace(results, took_ms=total, timings_ms=self.timings if self.query.explain else {})

    def _examples(self, ids: Sequence[str], field: str) -> list[int]:
        """The documents of products given as examples. Raises InputError for one that the shop does not have."""
        if not ids:
            return []
        known = self.stores.products.get_by_ids(ids)
        for position, product_id in enumerate(ids):
            if product_id not in known:
                raise InputError(
                    "no such product", field=f"{field}[{position}]", found=product_id, expected="a product's id"
                )
            self.titles[product_id] = title_in(known[product_id].product, self.query.lang)
        documents: list[int] = self.view.find(np.array([known[id].seq for id in ids], np.int64)).tolist()
        return documents

    def _retrieve(self, encoded: EncodedQuery, within: Selection | None) -> Candidates:
        live = self.live
        return retrieve_encoded(
            self.view,
            encoded,
            within,
            live.encoders,
            self.settings,
            live.spelling,
            preferences=self.preferences,
            last_is_prefix=self.query.unfinished,
        )

    def _rank(self, candidates: Candidates) -> Candidates:
        """The candidates in the ranker's order, where they are shown by relevance to something."""
        query = self.query
        if self.ranker is None or query.sort is not Sort.RELEVANCE or query.wish.empty or not len(candidates):
            return candidates
        self.asked_question = self.question()
        self.ranked = self.ranker.rank(self.view, candidates, self.asked_question)
        return self.ranked.candidates

    def question(self) -> Question:
        """What ranking is told of the query, once it is found for."""
        wish = self.query.wish
        texts = (wish.text,) if self.reading is None else tuple(one.text for one in self.reading.rewritten)
        wordings = cut_wordings(self.live.encoders.cut, texts) if wish.text_weight > 0 else ()
        alone = not wish.photos and not wish.products
        entities = () if self.reading is None else self.reading.entities
        kinds = kinds_asked(entities, load_lexicon())
        return Question(
            wish.text, wordings, self.preferences, self.filters, time.time(), alone, kinds, affinity=self.affinity
        )

    def _merchandise(self) -> Merchandiser:
        """The rules that are about this search."""
        query = self.query
        language = query.lang if self.reading is None else self.reading.language.value
        moment = Moment(query.wish.text, language, query.filters, query.audience)
        return Merchandiser(self.book, moment, self.view, self.stores, self.faults)

    def _arrange(self, candidates: Candidates, within: Selection | None) -> Candidates:
        """The candidates as merchandising rules have them; where the shopper chose the order, only what is left out."""
        if self.merchandiser is None:
            return candidates
        chosen = self.query.sort is not Sort.RELEVANCE
        candidates, sources = self.merchandiser.apply(candidates, within, reorder=not chosen)
        if self.ranked is not None:
            rows = np.append(self.ranked.rows, -1)[sources]
            self.ranked = replace(self.ranked, candidates=candidates, rows=rows)
        return candidates

    def _facets(self, candidates: Candidates, encoded: EncodedQuery) -> tuple[FacetCounts, ...]:
        """Facets over the result set; a disjunctive one over the set that its own condition does not narrow."""

        def find(condition: Filter | None) -> Documents:
            wider = self._retrieve(encoded, None if condition is None else self.view.select(condition))
            return wider.documents if self.merchandiser is None else self.merchandiser.kept(wider)

        requests = self.query.facets
        return count_facets(self.view, requests, self.narrowed, candidates.documents, find) if requests else ()

    def _results(
        self, candidates: Candidates, page: Documents, within: Selection | None, facets: tuple[FacetCounts, ...]
    ) -> Results:
        query = self.query
        tales = self._told_of_places(page.tolist())
        found = read_page(self.view, self.stores.products, candidates, page, within, tales)
        self.shown = {one.product.id: document for document, one in found.items()}
        merchandised = self._merchandised({document: one.product.id for document, one in found.items()})
        moves = moves_of(merchandised.get("applied_rules", ()))
        dressed = [replace(one, moves=moves.get(one.product.id, ())) for one in found.values()]
        did_you_mean = self._did_you_mean()
        # What was found for the words put right is marked, and its variant chosen, by those.
        asked = self._asked(did_you_mean)
        terms = self.live.maker.terms
        reasons = query.explain or query.reasons
        return Results(
            hits=make_hits(dressed, asked, terms.cut, terms.find, self._photo_addresses, reasons),
            total=candidates.total,
            facets=facets,
            page=query.page,
            per_page=query.per_page,
            query_id=uuid4().hex,
            did_you_mean=did_you_mean,
            exhaustive=candidates.exhaustive,
            understood=parts_of(query, did_you_mean, self.titles, self._understood()),
            understanding=self.reading,
            **merchandised,
        )

    def _merchandised(self, names: Mapping[int, str]) -> dict[str, Any]:
        """What merchandising rules add to the results; ``names`` are the ids of the hits by document."""
        if self.merchandiser is None:
            return {}
        # What was left out is looked for as far down as the page goes.
        return self.merchandiser.told(names, self.query.page * self.query.per_page if self.query.explain else 0)

    def _asked(self, did_you_mean: str | None) -> Asked:
        """What hits are dressed for: every wording's words, and the filters that were gone by."""
        query, reading = self.query, self.reading
        words = query.wish.text[:_DRESSED_FOR]
        if reading is not None:
            wordings = (reading.words, *(one.text for one in reading.rewritten))
            words = " ".join(dict.fromkeys(text[:_DRESSED_FOR] for text in wordings))
        preferred = tuple(one.filter for one in self.preferences if one.filter is not None)
        return Asked.of(replace(query, filters=self.filters), words, did_you_mean, preferred)

    def _understood(self) -> Understood | None:
        if self.reading is None:
            return None
        return Understood(self.reading, self.conditions, self.preferences, self.given_up)

    def _did_you_mean(self) -> str | None:
        """The words put right, None where products hold every one of them: those written a moment ago count too."""
        if self.reading is not None and self.query.correct:
            return self.reading.corrected
        text, cut = self.query.wish.text, self.live.encoders.cut
        # A word that is still being typed is not misspelt yet.
        words = list(cut(text))[:-1] if self.query.unfinished else cut(text)
        if all(self.view.document_frequency(token.text) for token in words):
            return None
        return self.live.spelling.suggest(text)

    def _told_of_places(self, places: Sequence[int]) -> PlaceTales:
        """How the hits of a page came to their places, and how they stand there, where that is asked."""
        if self.ranked is None or not (self.query.explain or self.query.reasons):
            return PlaceTales()
        explained = explain_places(self.ranked, places, self.faults) if self.query.explain else {}
        return PlaceTales(explained, standings(self.ranked, self.view, places, self.asked_question))

    def _photo_addresses(self, refs: Iterable[str]) -> Mapping[str, str]:
        return photo_addresses(self.stores.photos, refs)

    def _lap(self, step: str) -> None:
        now = time.perf_counter()
        self.timings[step] = 1000 * (now - self.at)
        self.at = now


def _more_unwanted(wish: Wish, words: str) -> Wish:
    """An unwanted wish with what the words themselves rule out."""
    return replace(wish, text=f"{wish.text} {words}".strip()) if words else wish
