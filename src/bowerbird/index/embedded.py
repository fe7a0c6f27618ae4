"""The embedded index: terms in tantivy, vectors in faiss, attributes in numpy, all derived from the store."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Lock, RLock

import numpy as np

from bowerbird.domain.ports import IndexDocument
from bowerbird.index.build import IndexSettings
from bowerbird.index.contents import Change
from bowerbird.index.generation import (
    TERMS,
    BaseWriter,
    joined,
    read_base,
    read_delta,
    read_index_manifest,
    write_delta,
    write_index_manifest,
    writing_base,
)
from bowerbird.index.product_rows import rows_of
from bowerbird.index.term_index import TermIndex, check_terms
from bowerbird.index.vector_field import VectorField
from bowerbird.index.view import EmbeddedView

_MOST_DELTAS = 32


class EmbeddedIndex:
    """``SearchIndex`` over one folder that ``build_index`` made.

    One process may change it; any number of threads may use its views. A store number stands for one
    written version of a product for ever: giving it again, even with other content, changes nothing.
    """

    def __init__(self, folder: Path, settings: IndexSettings | None = None) -> None:
        """Open a generation. Raises ArtefactError when it is torn, missing, or of another version."""
        self.folder = folder
        self._settings = settings or IndexSettings()
        self._manifest = read_index_manifest(folder)
        self._contents = read_base(folder / self._manifest.base, self._settings.scan)
        for name, _ in self._manifest.deltas:
            self._contents.apply(self._contents.fresh(read_delta(folder / name)))
        self._terms = TermIndex(folder / TERMS)
        self._unsaved: list[Change] = []
        self._applied = self._manifest.applied
        self._changing = RLock()
        self._saving = Lock()
        self._view = self._take_view()

    @property
    def fingerprints(self) -> Mapping[str, str]:
        """What the caller said at the build about models and alignments."""
        return self._manifest.fingerprints

    def view(self) -> EmbeddedView:
        """The newest view."""
        return self._view

    def apply(self, documents: Iterable[IndexDocument], removed: Sequence[int], applied: int) -> None:
        """Add documents, remove store numbers, and show both in the next view.

        The terms are on disk afterwards, the rest with the next checkpoint. Raises InputError when vectors
        or terms do not fit, StorageError when the disk refuses; then nothing has changed.
        """
        given = list(documents)
        for document in given:
            check_terms(document.terms)
        with self._changing:
            rows = [rows_of(document) for document in given]
            change = self._contents.fresh(Change(rows, [document.vectors for document in given], removed))
            if change.products or change.removed:
                terms = {document.seq: document.terms for document in given}
                self._terms.apply([(product, terms[product.seq]) for product in change.products], change.removed)
                self._contents.apply(change)
                self._unsaved.append(change)
            elif applied <= self._applied:
                return
            self._applied = max(self._applied, applied)
            self._view = self._take_view()

    def checkpoint(self) -> None:
        """Write what is only in memory, the manifest last; now and then fold it into the base.

        Cheap while little is new. A fold runs beside searches and changes.
        """
        with self._saving:
            with self._changing:
                self._save()
                fold = self._wants_fold()
                view, fields = self._view, dict(self._contents.fields)
            if fold:
                self._fold(view, fields)

    def close(self) -> None:
        """Checkpoint and release the files."""
        self.checkpoint()
        with self._changing:
            self._terms.close()

    def sizes(self) -> dict[str, int]:
        """Bytes on the heap, mapped from files and on disk, and the number of term segments."""
        return {
            **self._contents.nbytes,
            "disk": _bytes_below(self.folder),
            "term_segments": self._terms.searcher().num_segments,
        }

    def _take_view(self) -> EmbeddedView:
        contents = self._contents
        return EmbeddedView(contents.columns, contents.alive, contents.fields, self._terms, self._applied)

    def _save(self) -> None:
        manifest = self._manifest
        if not self._unsaved:
            if self._applied > manifest.applied:
                self._manifest = replace(manifest, applied=self._applied)
                write_index_manifest(self.folder, self._manifest)
            return
        change = joined(self._unsaved)
        outdated = []
        if len(manifest.deltas) >= _MOST_DELTAS:
            outdated = [self.folder / name for name, _ in manifest.deltas]
            change = joined([*(read_delta(path) for path in outdated), change])
            manifest = replace(manifest, deltas=())
        name = f"delta-{manifest.next_number}.arrays"
        size = write_delta(self.folder / name, change)
        manifest = manifest.with_delta(name, size, self._applied)
        write_index_manifest(self.folder, manifest)
        self._manifest = manifest
        self._unsaved = []
        for path in outdated:
            path.unlink(missing_ok=True)

    def _wants_fold(self) -> bool:
        contents, settings = self._contents, self._settings
        dead = contents.dead_documents
        return contents.new_documents > settings.fold_new or dead > max(
            settings.fold_new // 10, settings.fold_dead_share * len(contents.alive)
        )

    def _fold(self, view: EmbeddedView, fields: Mapping[str, VectorField]) -> None:
        """Write everything a saved view shows as a new base, then move over with what came meanwhile."""
        manifest = self._manifest
        name = f"base-{manifest.next_number}"
        shutil.rmtree(self.folder / name, ignore_errors=True)
        with writing_base(self.folder / name) as base:
            for vector_field in fields.values():
                _write_living(base, vector_field, view)
            base.finish(view.columns.kept(view.alive), self._settings.scan, lambda _: None)
        contents = read_base(self.folder / name, self._settings.scan)
        with self._changing:
            for change in self._unsaved:
                contents.apply(contents.fresh(change))
            folded = replace(manifest, base=name, deltas=(), next_number=manifest.next_number + 1)
            write_index_manifest(self.folder, folded)
            self._manifest, self._contents = folded, contents
            self._view = self._take_view()
        shutil.rmtree(self.folder / manifest.base, ignore_errors=True)
        for delta, _ in manifest.deltas:
            (self.folder / delta).unlink(missing_ok=True)


def _write_living(base: BaseWriter, vector_field: VectorField, view: EmbeddedView) -> None:
    """Stream a field's rows of living documents, renumbered without gaps."""
    renumbered = np.cumsum(view.alive) - 1
    for documents, vectors, variants in vector_field.rows_before(len(view.alive)):
        keep = view.alive[documents]
        if keep.any():
            writer = base.writer(vector_field.name, vector_field.dim)
            writer.add_block(renumbered[documents[keep]], vectors[keep], variants[keep])


def _bytes_below(folder: Path) -> int:
    """What the files in a folder take up; the term index makes and removes files at any time."""
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            with suppress(FileNotFoundError):
                total += (Path(place) / name).stat().st_size
    return total
