"""A search from query to results: understand, encode, retrieve, rank, order, count, hydrate, present."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from threading import Lock
from typing import Any
from uuid import uuid4

import numpy as np

from bowerbird.domain.errors import InputError
from bowerbird.domain.filters import all_of, fields_of, without_field
from bowerbird.domain.ports import Documents, IndexView, Selection
from bowerbird.domain.query import FacetRequest, Query, Sort, Wish
from bowerbird.domain.ranking import HitRanking
from bowerbird.domain.results import FacetCounts, Hit, Results
from bowerbird.domain.understanding import Condition, Preference, Understanding
from bowerbird.engine.live import Live
from bowerbird.engine.merchandising import Merchandiser
from bowerbird.engine.paging import photo_addresses, places_of_page
from bowerbird.engine.ranking import Ranker
from bowerbird.engine.stores import Stores
from bowerbird.present.hits import Found, make_hits
from bowerbird.present.languages import title_in
from bowerbird.present.reasons import Asked
from bowerbird.present.understood import Understood, parts_of
from bowerbird.rank.explain import explain_places
from bowerbird.rank.faults import Faults
from bowerbird.rank.flow import Ranked
from bowerbird.rank.question import Question
from bowerbird.rank.rules import NO_RULES, Moment, RuleBook
from bowerbird.retrieve.candidates import Candidates
from bowerbird.retrieve.flow import EncodedQuery, RetrieveSettings, retrieve_encoded
from bowerbird.retrieve.wishes import encode_wish
from bowerbird.understand.conditions import as_preference, give_up_one

# Between its calls into other libraries a search is Python, of which one thread runs at a time. Two searches that hand
# the interpreter to and fro a hundred times each take longer than one after the other; encoding runs beside them.
_turns = Lock()
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
        ranker: Ranker | None = None,
        book: RuleBook = NO_RULES,
    ) -> None:
        """Without a ``ranker`` retrieval's order stands; ``book`` holds the merchandising rules in force."""
        self.live, self.stores, self.settings, self.query, self.ranker = live, stores, settings, query, ranker
        self.book = book if query.rules else NO_RULES
        self.faults = Faults() if ranker is None else ranker.faults
        self.ranked: Ranked | None = None
        self.merchandiser: Merchandiser | None = None
        self.view: IndexView = live.index.view()
        self.titles: dict[str, str] = {}
        self.reading: Understanding | None = None
        self.conditions: tuple[Condition, ...] = ()
        self.preferences: tuple[Preference, ...] = ()
        self.given_up: tuple[Condition, ...] = ()
        self.filters = query.filters
        self.timings: dict[str, float] = {}
        self.started = self.at = time.perf_counter()

    def run(self) -> Results:
        """All steps in order. Raises InputError for a filter or facet the shop does not know, PhotoError."""
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
        with _turns:
            self.merchandiser = self._merchandise()
            within = self._select()
            self._lap("filter")
            candidates = self._retrieve(encoded, within)
            while not candidates.total and self.conditions:
                # Nothing meets all that was asked for: a condition that was only understood is given up.
                within = self._give_up_one()
                candidates = self._retrieve(encoded, within)
            self._lap("retrieve")
            candidates = self._arrange(self._rank(candidates), within)
            self._lap("rank")
            return self.finish(candidates, within, encoded)

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
        given = [one for one in (self.query.filters, narrowing) if one is not None]
        self.filters = all_of([*given, *(condition.filter for condition in self.conditions)])
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
        alone = not query.wish.photos and not query.wish.products
        question = Question(query.wish.text, self._wordings(), self.preferences, self.filters, time.time(), alone)
        self.ranked = self.ranker.rank(self.view, candidates, question)
        return self.ranked.candidates

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

    def _wordings(self) -> tuple[tuple[str, ...], ...]:
        """The cut words of every wording that was run."""
        query, cut = self.query, self.live.encoders.cut
        if query.wish.text_weight <= 0:
            return ()
        texts = (query.wish.text,) if self.reading is None else [one.text for one in self.reading.rewritten]
        found = (tuple(token.text for token in cut(text[:_DRESSED_FOR])) for text in texts)
        return tuple(words for words in found if words)

    def _facets(self, candidates: Candidates, encoded: EncodedQuery) -> tuple[FacetCounts, ...]:
        """Facets over the result set; a disjunctive one over the set that its own condition does not narrow."""
        query = self.query
        if not query.facets:
            return ()
        filtered = frozenset(fields_of(self.filters)) if self.filters is not None else frozenset[str]()
        counted: dict[str, FacetCounts] = {}
        plain = [request for request in query.facets if not (request.disjunctive and request.field in filtered)]
        for facet in self._count(candidates, plain):
            counted[facet.field] = facet
        for request in query.facets:
            if request.field in counted:
                continue
            relaxed = without_field(self.filters, request.field)
            wider = self._retrieve(encoded, None if relaxed is None else self.view.select(relaxed))
            (counted[request.field],) = self.view.count_facets(wider.documents, relaxed, [request])
        return tuple(counted[request.field] for request in query.facets)

    def _count(self, candidates: Candidates, requests: Sequence[FacetRequest]) -> tuple[FacetCounts, ...]:
        if not requests:
            return ()
        return self.view.count_facets(candidates.documents, self.filters, requests)

    def _results(
        self, candidates: Candidates, page: Documents, within: Selection | None, facets: tuple[FacetCounts, ...]
    ) -> Results:
        query = self.query
        documents = candidates.documents[page]
        found = self._hydrate(candidates, page, documents, within)
        did_you_mean = self._did_you_mean()
        # What was found for the words put right is marked, and its variant chosen, by those.
        asked = self._asked(did_you_mean)
        terms = self.live.maker.terms
        hits = make_hits(found, asked, terms.cut, terms.find, self._photo_addresses, query.explain)
        return Results(
            hits=hits,
            total=candidates.total,
            facets=facets,
            page=query.page,
            per_page=query.per_page,
            query_id=uuid4().hex,
            did_you_mean=did_you_mean,
            exhaustive=candidates.exhaustive,
            understood=parts_of(query, did_you_mean, self.titles, self._understood()),
            understanding=self.reading,
            **self._merchandised(documents, hits, candidates),
        )

    def _merchandised(self, documents: Documents, hits: Sequence[Hit], candidates: Candidates) -> dict[str, Any]:
        """What merchandising rules add to the results."""
        merchandiser = self.merchandiser
        if merchandiser is None:
            return {}
        seqs = dict(zip(self.view.seqs(documents).tolist(), documents.tolist(), strict=True))
        known = self.stores.products.get_by_ids([hit.product.id for hit in hits]) if self.book.rules else {}
        names = {seqs[one.seq]: name for name, one in known.items() if one.seq in seqs}
        looked_at = self.query.page * self.query.per_page if self.query.explain else 0
        return {
            "banners": merchandiser.banners,
            "redirect": merchandiser.redirect,
            "applied_rules": merchandiser.applied(names, looked_at),
        }

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

    def _hydrate(
        self, candidates: Candidates, page: Documents, documents: Documents, within: Selection | None
    ) -> list[Found]:
        """Read the products; one that was replaced a moment ago comes as it is now, one deleted is left out."""
        seqs = self.view.seqs(documents).tolist()
        present = self.stores.products.get_many(seqs)
        if len(present) < len(set(seqs)):
            late = self.stores.products.current(seq for seq in seqs if seq not in present)
            present |= {seq: stored.product for seq, stored in late.items()}
        explained = self._explain(page.tolist())
        found = []
        for place, document, seq in zip(page.tolist(), documents.tolist(), seqs, strict=True):
            product = present.get(seq)
            if product is None:
                continue
            fitting = self.view.fitting_variants(document, within) if product.variants else ()
            found.append(
                Found(
                    product=product,
                    score=float(candidates.scores[place]),
                    signals=candidates.signals_at(place),
                    # A product replaced a moment ago may have other variants than the view knows.
                    fitting=tuple(position for position in fitting if position < len(product.variants)),
                    nearest=int(candidates.variants[place]),
                    ranking=explained.get(place),
                )
            )
        return found

    def _explain(self, places: Sequence[int]) -> Mapping[int, HitRanking]:
        """How the hits of a page came to their places, where that is asked."""
        if self.ranked is None or self.ranker is None or not self.query.explain:
            return {}
        return explain_places(self.ranked, places, self.ranker.faults)

    def _photo_addresses(self, refs: Iterable[str]) -> Mapping[str, str]:
        return photo_addresses(self.stores.photos, refs)

    def _lap(self, step: str) -> None:
        now = time.perf_counter()
        self.timings[step] = 1000 * (now - self.at)
        self.at = now


def _more_unwanted(wish: Wish, words: str) -> Wish:
    """An unwanted wish with what the words themselves rule out."""
    return replace(wish, text=f"{wish.text} {words}".strip()) if words else wish
