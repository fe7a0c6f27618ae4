"""The term index on disk: tantivy over texts that were cut into words before they came here.

It names products by their store numbers only. What is in it and not in the columns is never shown, and
adding a number again replaces it, so replaying changes after a crash is harmless.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import tantivy

from bowerbird.domain.errors import ArtefactError, DiskFullError, InputError, StorageError
from bowerbird.index.product_rows import ProductRows
from bowerbird.index.tags import tags_of

TERM_FIELDS = ("title", "brand", "category", "attributes", "body", "sku", "whole")
"""``whole`` may hold a product's whole text, weighted by repetition: one field to look at instead of many."""
SEQ, TAGS = "seq", "tags"

_LIVE_HEAP = 32_000_000


def term_schema() -> tantivy.Schema:
    """The fields: words with their frequencies, no positions; the number is an integer field.

    Deleting by an unsigned field finds nothing in tantivy-py 0.27, silently.
    """
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field(SEQ, indexed=True, fast=True)
    for name in TERM_FIELDS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field(TAGS, tokenizer_name="whitespace", index_option="basic")
    return builder.build()


@contextmanager
def term_faults(folder: Path) -> Iterator[None]:
    """Turn what tantivy raises into the error tree."""
    try:
        yield
    except (ValueError, OSError) as error:
        text = str(error)
        if "No space left" in text or "os error 28" in text:
            raise DiskFullError(f"{folder}: no space is left on the disk") from error
        if "LockBusy" in text or "Lockfile" in text or "lock" in text.lower():
            raise StorageError(f"{folder}: another process is writing to this index") from error
        raise StorageError(f"{folder}: the term index refused: {text[:200]}") from error


class TermBuilder:
    """Fills a new term index from nothing."""

    def __init__(self, folder: Path, heap_bytes: int, threads: int) -> None:
        folder.mkdir(parents=True)
        self._folder = folder
        with term_faults(folder):
            self._index = tantivy.Index(term_schema(), path=str(folder))
            self._writer = self._index.writer(heap_size=heap_bytes, num_threads=threads)

    def add(self, rows: ProductRows, terms: Mapping[str, str]) -> None:
        """Add a product."""
        with term_faults(self._folder):
            self._writer.add_document(_document(rows, terms))

    def finish(self) -> None:
        """Write everything and wait for merges."""
        with term_faults(self._folder):
            self._writer.commit()
            self._writer.wait_merging_threads()


class TermIndex:
    """An open term index; the writer is opened with the first change, so readers alone never lock it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            self._index = tantivy.Index.open(str(folder))
        except (ValueError, OSError) as error:
            raise ArtefactError(f"{folder}: the term index cannot be read: {str(error)[:200]}") from error
        self._index.config_reader(reload_policy="manual")
        self._index.reload()
        self.schema = self._index.schema
        self._writer: tantivy.IndexWriter | None = None

    def searcher(self) -> tantivy.Searcher:
        """What was committed last, for good."""
        return self._index.searcher()

    def apply(self, products: Sequence[tuple[ProductRows, Mapping[str, str]]], removed: Sequence[int]) -> None:
        """Add and remove products, durably. Raises StorageError; then nothing of it is kept."""
        with term_faults(self.folder):
            if self._writer is None:
                self._writer = self._index.writer(heap_size=_LIVE_HEAP, num_threads=1)
            try:
                # A number that is already here came with a commit that the columns lost in a crash.
                for seq in (*removed, *(rows.seq for rows, _ in products)):
                    self._writer.delete_documents_by_term(SEQ, seq)
                for rows, terms in products:
                    self._writer.add_document(_document(rows, terms))
                self._writer.commit()
            except (ValueError, OSError):
                # A failed writer stays failed; the next change opens a new one on what was committed.
                self._writer = None
                raise
            self._index.reload()

    def close(self) -> None:
        """Wait for merges and let go of the lock."""
        if self._writer is not None:
            with term_faults(self.folder):
                self._writer.wait_merging_threads()
            self._writer = None


def check_terms(terms: Mapping[str, str]) -> None:
    """Raise InputError for a text in a field that the term index does not have."""
    for name in terms:
        if name not in TERM_FIELDS:
            raise InputError("unknown term field", found=name, expected=", ".join(TERM_FIELDS))


def _document(rows: ProductRows, terms: Mapping[str, str]) -> tantivy.Document:
    check_terms(terms)
    document = tantivy.Document()
    document.add_integer(SEQ, rows.seq)
    for name, text in terms.items():
        if text:
            document.add_text(name, text)
    tags = tags_of(rows)
    if tags:
        document.add_text(TAGS, " ".join(tags))
    return document
