"""One vector field of the living index: the rows on disk, the new ones in memory, and views of both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.errors import InputError
from bowerbird.domain.ports import Matches, VectorRows
from bowerbird.index.arrays import Array, Growing
from bowerbird.index.column import Mask, spread
from bowerbird.index.columns import ranges_of
from bowerbird.index.selection import RowSelection
from bowerbird.index.vector_base import VectorBase

_GATHER_ONE_IN = 20
"""Filters that leave fewer rows than one in this many: their rows are gathered and multiplied, which is quicker
than testing every bit of a bitmap (measured at 384-d, 200,000 and 400,000 rows)."""
_CHUNK = 65_536
_RERANKED = 100
"""At least this many rows beyond the limit are re-ordered by their 16-bit vectors."""
_ABOUT = 2
"""A scan by signs looks at so many times as many rows: the best then are among them nearly always."""


class VectorField:
    """The rows of a field; one writer appends, views read."""

    def __init__(self, name: str, dim: int, base: VectorBase | None, base_documents: int) -> None:
        self.name, self.dim = name, dim
        self.base = base
        self.base_documents = base_documents
        self.vectors = Growing.empty(np.float32, dim)
        self.documents = Growing.empty(np.int64)
        self.variants = Growing.empty(np.int32)
        self.starts = Growing(np.zeros(1, np.int64))
        """The first new row of each document after the base, and behind the last the number of rows."""

    def append(self, first_document: int, rows: list[VectorRows | None]) -> None:
        """Add the rows of consecutive documents. Raises InputError when their width is another."""
        missing = first_document - self.base_documents - (len(self.starts) - 1)
        counts = [0] * missing + [0 if entry is None else len(entry.vectors) for entry in rows]
        given = [entry for entry in rows if entry is not None and len(entry.vectors)]
        for entry in given:
            self.check(entry)
        if given:
            self.vectors.append(np.concatenate([_halved(entry.vectors) for entry in given]))
            self.variants.append(np.concatenate([np.array(entry.variants, np.int32) for entry in given]))
            owners = np.arange(first_document - missing, first_document + len(rows))
            self.documents.append(np.repeat(owners, counts))
        self.starts.append(self.starts.array[-1] + np.cumsum(np.array(counts, np.int64)))

    def check(self, entry: VectorRows) -> None:
        """Raise InputError when rows do not fit this field."""
        if entry.vectors.ndim != 2 or entry.vectors.shape[1] != self.dim or len(entry.variants) != len(entry.vectors):
            raise InputError(
                f"the vectors of {self.name!r} have another shape",
                field=self.name,
                found=(entry.vectors.shape, len(entry.variants)),
                expected=f"(n, {self.dim}) and n variants",
            )

    def rows_before(self, document_count: int) -> Iterator[tuple[Array, NDArray[np.float32], Array]]:
        """Documents, vectors and variants of all rows of the first documents, in blocks: on disk, then new."""
        if self.base is not None:
            for at in range(0, self.base.rows, _CHUNK):
                rows = np.arange(at, min(at + _CHUNK, self.base.rows))
                yield self.base.documents[rows], self.base.vectors.take(rows), self.base.variants[rows]
        new = int(self.starts.array[: max(0, document_count - self.base_documents) + 1][-1])
        yield self.documents.first(new), self.vectors.first(new), self.variants.first(new)

    @property
    def nbytes(self) -> dict[str, int]:
        """Bytes on the heap and mapped."""
        sizes = {"heap": 0, "mapped": 0} if self.base is None else self.base.nbytes
        sizes["heap"] += sum(part.nbytes for part in (self.vectors, self.documents, self.variants, self.starts))
        return sizes


@dataclass(frozen=True, slots=True)
class _Found:
    """Rows with exact scores, not yet one a document."""

    documents: Array
    variants: Array
    scores: NDArray[np.float32]


class VectorView:
    """A field as one view of the index sees it."""

    def __init__(self, field: VectorField, document_count: int, alive: Mask, all_alive: bool) -> None:
        self._field, self._base = field, field.base
        self._alive, self._all_alive = alive, all_alive
        self._document_count = document_count
        self._new_starts = field.starts.array[: max(0, document_count - field.base_documents) + 1]
        new = int(self._new_starts[-1])
        self._new_vectors = field.vectors.first(new)
        self._new_documents = field.documents.first(new)
        self._new_variants = field.variants.first(new)
        self._alive_rows: Mask | None = None

    def nearest(
        self, vector: NDArray[np.float32], limit: int, selection: RowSelection | None, *, about: bool = False
    ) -> Matches:
        """The best documents of a selection (None: all living) by the inner product of their nearest row.

        ``about`` may miss some of them, and takes a fraction of the time where there are many rows.
        """
        vector = np.ascontiguousarray(vector, np.float32)
        if vector.shape != (self._field.dim,):
            raise InputError(
                "the query vector has another width",
                field=self._field.name,
                found=vector.shape,
                expected=f"({self._field.dim},)",
            )
        found, total = [], 0
        if self._base is not None and self._base.rows:
            part, total = self._among_base(self._base, vector, limit, selection, about=about)
            found.append(part)
        if len(self._new_documents):
            chosen = (self._alive if selection is None else selection.mask)[self._new_documents]
            documents = self._new_documents[chosen]
            scores = self._new_vectors @ vector
            found.append(_Found(documents, self._new_variants[chosen], scores[chosen]))
            total += int(np.count_nonzero(np.diff(documents))) + 1 if len(documents) else 0
        best = _merge(found, limit)
        variants = best.variants.astype(np.int32, copy=False)
        return Matches(best.documents.astype(np.int32), best.scores, total, variants)

    def _among_base(
        self, base: VectorBase, vector: NDArray[np.float32], limit: int, selection: RowSelection | None, *, about: bool
    ) -> tuple[_Found, int]:
        chosen = self._base_rows(base, selection)
        if chosen is None:
            rows = base.rows
        elif selection is not None and base.identical and len(self._alive) == base.rows:
            rows = selection.count
        else:
            rows = int(np.count_nonzero(chosen))
        single = base.rows == base.owner_count
        documents = rows
        if not single:
            living = self._alive if selection is None else selection.mask
            documents = int(np.count_nonzero(living[: base.document_count] & base.owning))
        if chosen is not None and rows <= max(256, base.rows // _GATHER_ONE_IN):
            return _exact(base, self._few(base, selection, chosen), vector, limit if single else rows), documents
        wanted = min(limit, documents)
        more = _RERANKED // _ABOUT if about else max(_RERANKED, wanted // 4)
        count = int((wanted + more) * base.rows / base.owner_count)
        while True:
            count = min(count, rows)
            if about and base.rows >= base.signs_from:
                found = base.signs.search(vector, _ABOUT * count, chosen)
                exact = _Found(base.documents[found], base.variants[found], base.vectors.exact(found, vector))
            else:
                exact = _exact(base, base.scan.search(vector, count, chosen, rows / base.rows), vector, count)
            if count >= rows or single or len(np.unique(exact.documents)) >= wanted:
                return exact, documents
            count *= 4

    def _few(self, base: VectorBase, selection: RowSelection | None, chosen: Mask) -> Array:
        if selection is not None and base.identical and len(self._alive) == base.rows:
            return selection.documents
        return np.flatnonzero(chosen)

    def _base_rows(self, base: VectorBase, selection: RowSelection | None) -> Mask | None:
        if selection is not None:
            return selection.mask[: base.rows] if base.identical else selection.mask[base.documents]
        if self._all_alive:
            return None
        if self._alive_rows is None:
            self._alive_rows = self._alive[: base.rows] if base.identical else self._alive[base.documents]
        return self._alive_rows

    def similarities(self, vector: NDArray[np.float32], documents: Array) -> NDArray[np.float32]:
        """The exact inner product of each document's nearest row; NaN where it has none."""
        scores = np.full(len(documents), np.nan, np.float32)
        vector = np.asarray(vector, np.float32)
        for of_base in (True, False):
            at = np.flatnonzero((documents < self._field.base_documents) == of_base)
            first, lengths = self._ranges(documents[at], of_base)
            at, first, lengths = at[lengths > 0], first[lengths > 0], lengths[lengths > 0]
            if len(at):
                rows = first if int(lengths.max()) == 1 else spread(first, lengths)
                found = (
                    self._base.vectors.exact(rows, vector)
                    if of_base and self._base
                    else self._new_vectors[rows] @ vector
                )
                scores[at] = np.maximum.reduceat(found, np.cumsum(lengths) - lengths)
        return scores

    def first_rows(self, documents: Array) -> NDArray[np.float32]:
        """The first row of each document, (n, d); NaN where it has none."""
        rows = np.full((len(documents), self._field.dim), np.nan, np.float32)
        for of_base in (True, False):
            at = np.flatnonzero((documents < self._field.base_documents) == of_base)
            first, lengths = self._ranges(documents[at], of_base)
            if (lengths > 0).any():
                rows[at[lengths > 0]] = self._rows(first[lengths > 0], of_base)
        return rows

    def vectors_of(self, document: int) -> NDArray[np.float32]:
        """A document's own rows, (n, d)."""
        of_base = document < self._field.base_documents
        first, lengths = self._ranges(np.array([document]), of_base)
        return self._rows(np.arange(first[0], first[0] + lengths[0]), of_base)

    def _ranges(self, documents: Array, of_base: bool) -> tuple[Array, Array]:
        if of_base:
            if self._base is None:
                return np.zeros(len(documents), np.int64), np.zeros(len(documents), np.int64)
            return ranges_of(self._base.starts, documents)
        # A field that stopped coming knows nothing of the latest documents.
        positions = documents - self._field.base_documents
        known = positions < len(self._new_starts) - 1
        first, lengths = (
            ranges_of(self._new_starts, np.where(known, positions, 0))
            if known.any()
            else (
                np.zeros(len(documents), np.int64),
                np.zeros(len(documents), np.int64),
            )
        )
        return first, np.where(known, lengths, 0)

    def _rows(self, rows: Array, of_base: bool) -> NDArray[np.float32]:
        if of_base and self._base is not None:
            return self._base.vectors.take(rows)
        taken: NDArray[np.float32] = self._new_vectors[rows]
        return taken


def _exact(base: VectorBase, rows: Array, vector: NDArray[np.float32], limit: int) -> _Found:
    """Rows with their exact scores; only the likely best where there are many more than ``limit``."""
    wanted = limit + max(_RERANKED, limit // 4)
    if len(rows) > 2 * wanted:
        coarse = base.vectors.coarse(rows, vector)
        rows = rows[np.argpartition(coarse, len(rows) - wanted)[len(rows) - wanted :]]
    return _Found(base.documents[rows], base.variants[rows], base.vectors.exact(rows, vector))


def _merge(parts: list[_Found], limit: int) -> _Found:
    """The best row of each document, best documents first; equals in the order of documents."""
    if not parts:
        return _Found(np.empty(0, np.int64), np.empty(0, np.int32), np.empty(0, np.float32))
    documents = np.concatenate([part.documents for part in parts])
    variants = np.concatenate([part.variants for part in parts])
    scores = np.concatenate([part.scores for part in parts])
    order = np.lexsort((documents, -scores))
    _, firsts = np.unique(documents[order], return_index=True)
    best = order[np.sort(firsts)[: max(0, limit)]]
    return _Found(documents[best], variants[best], scores[best])


def _halved(vectors: Array) -> NDArray[np.float32]:
    # As the disk will keep them, so that a restart changes no score.
    return np.asarray(vectors, np.float16).astype(np.float32)
