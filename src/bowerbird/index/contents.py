"""What the index holds in memory, changed by one writer; a view is taken after each change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.errors import InputError
from bowerbird.domain.ports import VectorRows
from bowerbird.index.column import Mask
from bowerbird.index.columns import Columns
from bowerbird.index.product_rows import ProductRows
from bowerbird.index.vector_base import VectorBase
from bowerbird.index.vector_field import VectorField


@dataclass(frozen=True, slots=True)
class Change:
    """Products to add with their vectors by field, and the store numbers to remove."""

    products: Sequence[ProductRows] = ()
    vectors: Sequence[Mapping[str, VectorRows]] = ()
    removed: Sequence[int] = field(default=())


class Contents:
    """Columns, vectors and who is alive: a base from disk and what came after it."""

    def __init__(self, columns: Columns, bases: Sequence[VectorBase]) -> None:
        self.columns = columns
        self.base_documents = columns.document_count
        self.alive: Mask = np.ones(self.base_documents, bool)
        self.fields = {base.field: VectorField(base.field, base.dim, base, self.base_documents) for base in bases}
        seqs = columns.seqs.array
        rising = bool((seqs[1:] > seqs[:-1]).all())
        # A base built from documents out of order is looked up by dictionary, like what comes after it.
        self._ordered = seqs if rising else seqs[:0]
        self._positions = {} if rising else {int(seq): at for at, seq in enumerate(seqs)}

    @property
    def new_documents(self) -> int:
        """Documents added since the base."""
        return self.columns.document_count - self.base_documents

    @property
    def dead_documents(self) -> int:
        """Removed documents that still take room."""
        return len(self.alive) - int(np.count_nonzero(self.alive))

    def fresh(self, change: Change) -> Change:
        """The part of a change that is not in here yet, products by rising number. Checks all vectors.

        Raises InputError for vectors of a wrong shape.
        """
        gone = set(change.removed)
        pairs = {
            rows.seq: (rows, vectors)
            for rows, vectors in zip(change.products, change.vectors, strict=True)
            if rows.seq not in gone
        }
        numbers = np.array(sorted(pairs), np.int64)
        new = [int(seq) for seq, at in zip(numbers, self._find(numbers), strict=True) if at < 0]
        for seq in new:
            self._check(pairs[seq][0], pairs[seq][1])
        return Change([pairs[seq][0] for seq in new], [pairs[seq][1] for seq in new], sorted(gone))

    def apply(self, change: Change) -> None:
        """Take in what ``fresh`` let through."""
        first = self.columns.document_count
        if change.products:
            self._open_fields(change.vectors)
            self.columns.append(change.products)
            for name, vector_field in self.fields.items():
                vector_field.append(first, [vectors.get(name) for vectors in change.vectors])
            self._positions.update({rows.seq: first + at for at, rows in enumerate(change.products)})
        alive = np.concatenate([self.alive, np.ones(len(change.products), bool)])
        found = self._find(np.array(change.removed, np.int64))
        alive[found[found >= 0]] = False
        # A new array: the views before keep theirs.
        self.alive = alive

    def _find(self, seqs: NDArray[np.int64]) -> NDArray[np.int64]:
        """Documents, dead ones too, of store numbers; -1 where there is none."""
        base, found = self._ordered, np.full(len(seqs), -1, np.int64)
        if len(base):
            at = np.minimum(np.searchsorted(base, seqs), len(base) - 1)
            found = np.where(base[at] == seqs, at, -1)
        for place in np.flatnonzero(found < 0):
            found[place] = self._positions.get(int(seqs[place]), -1)
        return found

    def _check(self, rows: ProductRows, vectors: Mapping[str, VectorRows]) -> None:
        for name, entry in vectors.items():
            known = self.fields.get(name) or VectorField(name, entry.vectors.shape[-1], None, 0)
            try:
                known.check(entry)
            except InputError as error:
                error.where = f"product {rows.id!r}"
                raise

    def _open_fields(self, vectors: Sequence[Mapping[str, VectorRows]]) -> None:
        for given in vectors:
            for name, entry in given.items():
                if name not in self.fields and len(entry.vectors):
                    self.fields[name] = VectorField(name, entry.vectors.shape[1], None, self.base_documents)

    @property
    def nbytes(self) -> dict[str, int]:
        """Bytes on the heap and mapped from files; dictionaries and the term index are not counted."""
        sizes = {"heap": self.columns.nbytes + self.alive.nbytes, "mapped": 0}
        for vector_field in self.fields.values():
            for kind, size in vector_field.nbytes.items():
                sizes[kind] += size
        return sizes
