"""Searching the term index as one view sees it: BM25 (Robertson and Zaragoza, 2009) over weighted fields.

A word scores the sum, over the fields, of boost x BM25; the variants of a word are added up too.
Filters: what of them the index can check itself is part of the query (``tags``), the rest is applied to the
best hits by mask; when too few are left, more hits are asked for.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from tantivy import Occur, Query, Schema, Searcher

from bowerbird.domain.errors import InputError
from bowerbird.domain.ports import Matches, TermClause, TermQuery
from bowerbird.index.selection import RowSelection
from bowerbird.index.tags import FieldKinds, necessary_tags
from bowerbird.index.term_index import SEQ, TAGS, TERM_FIELDS

PREFIX_WEIGHT = 0.7
"""What a longer word counts, relative to the word it begins with."""
PREFIX_WORDS = 16
"""How many of the most frequent longer words a prefix stands for, in each field."""
FREQUENCY_FIELDS = ("whole", "sku", "title", "brand", "category", "attributes")

_FIRST_HITS = 1_000
_MOST_HITS = 50_000
# A tag that most products carry narrows nothing down.
_COMMON = 0.6


class Numbering(FieldKinds, Protocol):
    """What a view tells the term search of its documents and fields."""

    @property
    def size(self) -> int:
        """The number of living documents."""
        ...

    def find(self, seqs: NDArray[np.int64]) -> NDArray[np.int32]:
        """Documents of store numbers, -1 where there is none."""
        ...


class TermView:
    """A searcher, and queries in its words."""

    def __init__(self, schema: Schema, searcher: Searcher) -> None:
        self._schema, self._searcher = schema, searcher
        # Wraps the searcher's method and not this object's: no cycle that would keep old views alive.
        self._words = lru_cache(maxsize=256)(searcher.terms_with_prefix)

    def match(self, query: TermQuery, limit: int, selection: RowSelection | None, numbering: Numbering) -> Matches:
        """The best ``limit`` documents among a selection (None: all).

        ``total`` is exact, except that beyond 50,000 hits before the filter it is estimated from those seen.
        """
        wanted = self._query(query)
        if wanted is None or limit <= 0 or (selection is not None and not selection.count):
            return Matches(np.empty(0, np.int32), np.empty(0, np.float32), 0)
        if selection is None:
            documents, scores, count = self._hits(wanted, limit, numbering)
            return Matches(documents, scores, count)
        wanted, passing = self._narrowed(wanted, selection, numbering)
        window = int(min(_MOST_HITS, max(_FIRST_HITS, 1.5 * limit * passing / selection.count)))
        while True:
            documents, scores, count = self._hits(wanted, window, numbering)
            fits = selection.mask[documents]
            fitting = int(np.count_nonzero(fits))
            if fitting >= limit or count <= window or window >= _MOST_HITS:
                break
            window = min(_MOST_HITS, window * 5)
        total = fitting if count <= window else round(fitting * count / max(1, len(documents)))
        return Matches(documents[fits][:limit], scores[fits][:limit], total)

    def _hits(
        self, query: Query, limit: int, numbering: Numbering
    ) -> tuple[NDArray[np.int32], NDArray[np.float32], int]:
        result = self._searcher.search(query, limit=limit, count=True)
        hits = result.hits
        if not hits:
            return np.empty(0, np.int32), np.empty(0, np.float32), 0
        found, addresses = zip(*hits, strict=True)
        seqs = np.array(self._searcher.fast_field_values(SEQ, list(addresses)), np.int64)
        scores = np.array(found, np.float32)
        documents = numbering.find(seqs)
        known = documents >= 0
        if not known.all():
            documents, scores = documents[known], scores[known]
        order = np.lexsort((documents, -scores))
        count: int = result.count  # type: ignore[attr-defined]  # missing from tantivy's stubs
        return documents[order], scores[order], count

    def _narrowed(self, query: Query, selection: RowSelection, numbering: Numbering) -> tuple[Query, int]:
        """The query with the filter's tags, and about how many living documents carry them."""
        parts = [(Occur.Must, query)]
        passing = size = numbering.size
        for tags in necessary_tags(selection.condition, numbering):
            carrying = sum(self._searcher.doc_freq(TAGS, tag) for tag in tags)
            if carrying >= _COMMON * size:
                continue
            passing = min(passing, carrying)
            carriers = [(Occur.Should, Query.term_query(self._schema, TAGS, tag, "basic")) for tag in sorted(tags)]
            parts.append((Occur.Must, Query.const_score_query(Query.boolean_query(carriers), 0.0)))
        return (Query.boolean_query(parts) if len(parts) > 1 else query), passing

    def _query(self, query: TermQuery) -> Query | None:
        for name in query.boosts:
            if name not in TERM_FIELDS:
                raise InputError("unknown term field", field="boosts", found=name, expected=", ".join(TERM_FIELDS))
        clauses = [parts for clause in query.clauses if (parts := self._clause(clause, query))]
        if len(clauses) < max(1, query.minimum):
            return None
        if query.minimum <= 1 or len(clauses) == 1:
            # A flat disjunction is the form that tantivy is quickest at.
            return Query.boolean_query([(Occur.Should, part) for parts in clauses for part in parts])
        return Query.boolean_query(
            [(Occur.Should, Query.boolean_query([(Occur.Should, part) for part in parts])) for parts in clauses],
            minimum_number_should_match=query.minimum,
        )

    def _clause(self, clause: TermClause, query: TermQuery) -> list[Query]:
        parts = []
        for name, boost in query.boosts.items():
            weights: dict[str, float] = {}
            for term, weight in clause.variants:
                if clause.prefix:
                    for longer, _ in self._words(name, term, None, PREFIX_WORDS):
                        weights[longer] = max(weights.get(longer, 0.0), weight * PREFIX_WEIGHT)
            for term, weight in clause.variants:
                weights[term] = max(weights.get(term, 0.0), weight)
            for term, weight in weights.items():
                if weight * boost > 0 and term:
                    exact = Query.term_query(self._schema, name, term, "freq")
                    parts.append(Query.boost_query(exact, weight * boost))
        return parts

    def vocabulary(self, term_field: str, prefix: str, limit: int) -> list[tuple[str, int]]:
        """Terms that begin with ``prefix``, most frequent first. Raises InputError for an unknown field."""
        if term_field not in TERM_FIELDS:
            raise InputError("unknown term field", found=term_field, expected=", ".join(TERM_FIELDS))
        if limit <= 0:
            return []
        return list(self._words(term_field, prefix, None, limit))

    def document_frequency(self, term: str) -> int:
        """About how many documents hold a term: of the field where most do, removed ones too until they are merged."""
        return max(self._searcher.doc_freq(name, term) for name in FREQUENCY_FIELDS)
