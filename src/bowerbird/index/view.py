"""The embedded index at one moment: the one place where columns, terms and vectors meet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.filters import Filter
from bowerbird.domain.ports import Matches, Selection, TermQuery, WordCounts
from bowerbird.domain.query import FacetRequest, Sort
from bowerbird.domain.results import FacetCounts
from bowerbird.index.column import Mask
from bowerbird.index.columns import Columns
from bowerbird.index.facets import count_facets
from bowerbird.index.ordering import distinct_texts, first_codes, fitting_variants, lowest_numbers, order_documents
from bowerbird.index.selection import RowSelection, Selector
from bowerbird.index.term_index import TermIndex
from bowerbird.index.term_search import TermView
from bowerbird.index.vector_field import VectorField, VectorView
from bowerbird.index.word_hashes import hash_words
from bowerbird.index.word_rows import WordRows


class EmbeddedView:
    """``IndexView`` over columns, terms and vectors; see there for what each method does."""

    def __init__(
        self, columns: Columns, alive: Mask, fields: Mapping[str, VectorField], terms: TermIndex, applied: int
    ) -> None:
        self.applied = applied
        self.columns = columns
        self._selector = Selector(columns, alive)
        self.size = self._selector.everything.count
        self.alive = alive
        self._seqs: NDArray[np.int64] = columns.seqs.first(len(alive))
        # Numbers rise from document to document; only a caller that mixes them up pays for a sorter.
        rising = bool((self._seqs[1:] > self._seqs[:-1]).all())
        self._sorter = None if rising else np.argsort(self._seqs)
        self._vectors = {
            name: VectorView(field, len(alive), alive, self.size == len(alive)) for name, field in fields.items()
        }
        self._spans: dict[str, tuple[float, float]] = {}
        self._terms = TermView(terms.schema, terms.searcher())

    def seqs(self, documents: NDArray[np.int32]) -> NDArray[np.int64]:
        """The store's numbers of documents."""
        numbers: NDArray[np.int64] = self._seqs[documents]
        return numbers

    def find(self, seqs: NDArray[np.int64]) -> NDArray[np.int32]:
        """The living documents of store numbers, -1 where this view has none."""
        if not len(self._seqs):
            return np.full(len(seqs), -1, np.int32)
        at = np.minimum(np.searchsorted(self._seqs, seqs, sorter=self._sorter), len(self._seqs) - 1)
        if self._sorter is not None:
            at = self._sorter[at]
        there = (self._seqs[at] == seqs) & self.alive[at]
        return np.where(there, at, -1).astype(np.int32)

    def select(self, condition: Filter | None) -> RowSelection:
        """The living documents that meet a filter. Raises InputError for an unknown field or a wrong type."""
        return self._selector.select(condition)

    def match_terms(self, query: TermQuery, limit: int, within: Selection | None = None) -> Matches:
        """The best ``limit`` documents by BM25 over the weighted fields; for ``total`` see ``TermView.match``."""
        return self._terms.match(query, limit, self._narrowing(within), self)

    def nearest(
        self, vector_field: str, vector: NDArray[np.float32], limit: int, within: Selection | None = None
    ) -> Matches:
        """The best ``limit`` documents by the inner product of their nearest row; unknown fields match nothing."""
        return self._nearest(vector_field, vector, limit, within)

    def about_nearest(
        self, vector_field: str, vector: NDArray[np.float32], limit: int, within: Selection | None = None
    ) -> Matches:
        """As ``nearest``, sooner: some of the best may be missing. The scores are exact."""
        return self._nearest(vector_field, vector, limit, within, about=True)

    def similarities(
        self, vector_field: str, vector: NDArray[np.float32], documents: NDArray[np.int32]
    ) -> NDArray[np.float32]:
        """The exact inner product of each document's nearest row; NaN where it has none."""
        view = self._vectors.get(vector_field)
        if view is None:
            return np.full(len(documents), np.nan, np.float32)
        return view.similarities(vector, documents)

    def vectors_of(self, vector_field: str, document: int) -> NDArray[np.float32]:
        """A document's own rows in a vector field, (n, d); (0, d) where it has none, (0, 0) in an unknown field."""
        view = self._vectors.get(vector_field)
        return np.empty((0, 0), np.float32) if view is None else view.vectors_of(document)

    def first_rows(self, vector_field: str, documents: NDArray[np.int32]) -> NDArray[np.float32]:
        """The first of each document's rows, (n, d); NaN where it has none, (n, 0) in an unknown field."""
        view = self._vectors.get(vector_field)
        return np.empty((len(documents), 0), np.float32) if view is None else view.first_rows(documents)

    def count_facets(
        self, documents: NDArray[np.int32] | None, condition: Filter | None, requests: Sequence[FacetRequest]
    ) -> tuple[FacetCounts, ...]:
        """Facets over ``documents`` (None: all) under the filter, counting products, not variants."""
        return count_facets(self._selector, documents, condition, requests)

    def order(self, documents: NDArray[np.int32], sort: Sort, within: Selection | None = None) -> NDArray[np.int32]:
        """Documents ordered by a column, stable; missing values last."""
        selection = self._narrowing(within)
        return order_documents(self._selector, documents, sort, None if selection is None else selection.rows)

    def fitting_variants(self, document: int, within: Selection | None) -> tuple[int, ...]:
        """The positions of the variants that meet the selection's filter; empty without variants."""
        selection = self._narrowing(within)
        return fitting_variants(self._selector, document, None if selection is None else selection.rows)

    def fields(self) -> Mapping[str, str]:
        """Every field that filters and facets know, with its kind: keyword, number or path."""
        return self.columns.fields()

    def numbers(self, name: str, documents: NDArray[np.int32]) -> NDArray[np.float64]:
        """The lowest number in a field of each document; NaN where it has none, or nobody has the field."""
        return lowest_numbers(self._selector, documents, self._selector.field_of(name) or name)

    def codes(self, name: str, documents: NDArray[np.int32]) -> NDArray[np.int32]:
        """The first value of a text field of each document as a code, -1 where it has none."""
        return first_codes(self._selector, documents, self._selector.field_of(name) or name)

    def texts(self, name: str, documents: NDArray[np.int32]) -> list[tuple[str, ...]]:
        """Every distinct text in a field of each document, in its order; of equal spellings the shop's first."""
        return distinct_texts(self._selector, documents, self._selector.field_of(name) or name)

    def keys(self, documents: NDArray[np.int32]) -> NDArray[np.uint64]:
        """The ids of documents as 64 bits: the same for every version of a product in every view."""
        keys: NDArray[np.uint64] = self.columns.document_ids.first(len(self.alive))[documents]
        return keys

    def documents_of(self, keys: NDArray[np.uint64]) -> NDArray[np.int32]:
        """The living documents of keys, whichever version of the product the view holds; -1 where it holds none."""
        if not self.size:
            return np.full(len(keys), -1, np.int32)
        known, documents = self._by_key
        at = np.minimum(known.searchsorted(keys), len(known) - 1)
        return np.where(known[at] == keys, documents[at], np.int32(-1))

    @cached_property
    def _by_key(self) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
        """The keys of the living documents, rising, with the documents; made when somebody asks."""
        living = np.flatnonzero(self.alive).astype(np.int32)
        keys = self.keys(living)
        order = np.argsort(keys, kind="stable")
        return keys[order], living[order]

    def count_words(self, field: str, words: Sequence[str], documents: NDArray[np.int32]) -> WordCounts:
        """Count cut words in one field of documents; all zeros in a field that nobody has."""
        rows = self.columns.words.get(field)
        if rows is None:
            rows = WordRows()
            rows.append([np.empty(0, np.uint32)] * len(self.alive))
        return rows.count(hash_words(words), documents, len(self.alive))

    def vocabulary(self, term_field: str, prefix: str, limit: int) -> list[tuple[str, int]]:
        """Terms that begin with ``prefix`` and the documents that hold each, most frequent first."""
        return self._terms.vocabulary(term_field, prefix, limit)

    def document_frequency(self, term: str) -> int:
        """About how many documents hold a term."""
        return self._terms.document_frequency(term)

    def keyword_field(self, name: str) -> str | None:
        """A field's real name where it holds texts only, else None."""
        name = self._selector.resolve(name, "filters")
        return name if name in self.columns.keywords and name not in self.columns.numbers else None

    def number_field(self, name: str) -> tuple[str, float, float] | None:
        """A field's real name, lowest and highest number, where it holds numbers only, else None."""
        name = self._selector.resolve(name, "filters")
        column = self.columns.numbers.get(name)
        if column is None or name in self.columns.keywords:
            return None
        if name not in self._spans:
            self._spans[name] = column.span(self._selector.row_count)
        lowest, highest = self._spans[name]
        return None if np.isnan(lowest) else (name, lowest, highest)

    def _nearest(
        self,
        vector_field: str,
        vector: NDArray[np.float32],
        limit: int,
        within: Selection | None,
        *,
        about: bool = False,
    ) -> Matches:
        view = self._vectors.get(vector_field)
        selection = self._narrowing(within)
        if view is None or limit <= 0 or (selection is not None and not selection.count):
            return Matches(np.empty(0, np.int32), np.empty(0, np.float32), 0, np.empty(0, np.int32))
        return view.nearest(vector, limit, selection, about=about)

    def _narrowing(self, within: Selection | None) -> RowSelection | None:
        if within is None or within is self._selector.everything:
            return None
        if isinstance(within, RowSelection):
            return within
        return RowSelection(np.asarray(within.mask) & self.alive, within.count)
