"""Building a generation of the index from nothing, beside whatever is in use."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from bowerbird.domain.errors import ArtefactError
from bowerbird.domain.ports import IndexDocument
from bowerbird.index.columns import Columns
from bowerbird.index.generation import TERMS, BaseWriter, IndexManifest, write_index_manifest, writing_base
from bowerbird.index.product_rows import ProductRows, rows_of
from bowerbird.index.term_index import TermBuilder
from bowerbird.index.vector_scan import ScanSettings
from bowerbird.storage.faults import storage_faults
from bowerbird.storage.files import flush, temporary_name

_BATCH = 2_000

Progress = Callable[[str, int], None]
"""Told the stage and how many documents, or in the stage "vectors" how many fields, are done."""


@dataclass(frozen=True, slots=True)
class IndexSettings:
    """How the embedded index is built and kept."""

    scan: ScanSettings = field(default_factory=ScanSettings)
    term_heap_bytes: int = 256_000_000
    """Memory that the term index may fill before it writes a segment."""
    term_threads: int = 1
    fold_new: int = 10_000
    """A checkpoint folds new documents into the base beyond this many: they are scanned in full."""
    fold_dead_share: float = 0.25
    """A checkpoint folds when removed documents take more than this share."""


def build_index(
    folder: Path,
    documents: Iterable[IndexDocument],
    *,
    applied: int,
    fingerprints: Mapping[str, str] | None = None,
    settings: IndexSettings | None = None,
    progress: Progress | None = None,
) -> None:
    """Build a generation that appears at ``folder`` when whole; ``applied`` is the change it stands at.

    Documents should come by rising number; of a number that comes twice the first is taken. Memory: the
    columns, one field's 8-bit vectors, and the term index's heap. Raises ArtefactError where ``folder`` is
    there already, DiskFullError, StorageError, InputError for vectors or terms that do not fit.
    """
    settings = settings or IndexSettings()
    progress = progress or (lambda stage, done: None)
    if folder.exists():
        raise ArtefactError(f"{folder}: is there already")
    beside = temporary_name(folder)
    with storage_faults(folder):
        try:
            beside.mkdir(parents=True)
            with writing_base(beside / "base-1") as base:
                _fill(beside, base, documents, settings, progress)
            write_index_manifest(beside, IndexManifest("base-1", applied, fingerprints=dict(fingerprints or {})))
            flush(beside / TERMS)
            beside.rename(folder)
            flush(folder.parent)
        except BaseException:
            shutil.rmtree(beside, ignore_errors=True)
            raise


def _fill(
    folder: Path, base: BaseWriter, documents: Iterable[IndexDocument], settings: IndexSettings, progress: Progress
) -> None:
    columns = Columns()
    terms = TermBuilder(folder / TERMS, settings.term_heap_bytes, settings.term_threads)
    stream, seen = iter(documents), set[int]()
    while batch := list(islice(stream, _BATCH)):
        rows: list[ProductRows] = []
        for document in batch:
            if document.seq in seen:
                continue
            seen.add(document.seq)
            flat = rows_of(document)
            terms.add(flat, document.terms)
            base.add(columns.document_count + len(rows), document.vectors)
            rows.append(flat)
        columns.append(rows)
        progress("documents", columns.document_count)
    terms.finish()
    progress("terms", columns.document_count)
    columns.settle()
    fields = 0

    def next_field(_: str) -> None:
        nonlocal fields
        progress("vectors", fields)
        fields += 1

    base.finish(columns, settings.scan, next_field)
    progress("vectors", fields)
