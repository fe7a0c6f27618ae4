"""One generation of the index on disk.

    FOLDER/manifest.json      what is here, written last, replaced in one step
    FOLDER/terms/             tantivy
    FOLDER/base-1/            columns and vectors as they were built or folded last (an artefact of its own)
    FOLDER/delta-3.arrays     what came since, oldest first

The manifest's ``applied`` is the floor: every change after it has to be given again after a crash.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from bowerbird.domain.errors import ArtefactError
from bowerbird.domain.ports import VectorRows
from bowerbird.index.arrays import Array, read_arrays, write_arrays
from bowerbird.index.columns import Columns, columns_from_arrays, columns_to_arrays
from bowerbird.index.contents import Change, Contents
from bowerbird.index.product_rows import ProductRows
from bowerbird.index.vector_base import VectorBase, VectorWriter
from bowerbird.index.vector_scan import ScanSettings
from bowerbird.index.word_hashes import Hashes
from bowerbird.storage.artefacts import MANIFEST, read_manifest, write_artefact
from bowerbird.storage.faults import storage_faults
from bowerbird.storage.files import flush, write_whole

KIND, BASE_KIND = "index", "index-base"
VERSION = 3
TERMS = "terms"
_COLUMNS = "columns.arrays"


@dataclass(frozen=True, slots=True)
class IndexManifest:
    """What a generation is made of; ``fingerprints`` are the caller's, of models and alignments."""

    base: str
    applied: int
    deltas: tuple[tuple[str, int], ...] = ()
    """Names and sizes in bytes."""
    fingerprints: Mapping[str, str] = field(default_factory=dict)
    next_number: int = 2

    def with_delta(self, name: str, size: int, applied: int) -> IndexManifest:
        """The manifest after a checkpoint."""
        return replace(self, deltas=(*self.deltas, (name, size)), applied=applied, next_number=self.next_number + 1)


def write_index_manifest(folder: Path, manifest: IndexManifest) -> None:
    """Replace the manifest in one step."""
    details = {
        "kind": KIND,
        "version": VERSION,
        "base": manifest.base,
        "applied": manifest.applied,
        "deltas": manifest.deltas,
        "fingerprints": dict(manifest.fingerprints),
        "next_number": manifest.next_number,
    }
    with storage_faults(folder):
        write_whole(folder / MANIFEST, orjson.dumps(details, option=orjson.OPT_INDENT_2))


def read_index_manifest(folder: Path) -> IndexManifest:
    """Raises ArtefactError when the manifest is missing, torn, or of another kind or version."""
    path = folder / MANIFEST
    try:
        raw = orjson.loads(path.read_bytes())
        if raw["kind"] != KIND or raw["version"] != VERSION:
            raise ArtefactError(
                f"{folder}: is {raw['kind']!r} of version {raw['version']}; this program reads {KIND!r} of {VERSION}"
            )
        deltas = tuple((str(name), int(size)) for name, size in raw["deltas"])
        manifest = IndexManifest(
            str(raw["base"]), int(raw["applied"]), deltas, dict(raw["fingerprints"]), int(raw["next_number"])
        )
    except OSError as error:
        raise ArtefactError(f"{path}: cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise ArtefactError(f"{path}: is torn: {error}") from error
    for name, size in manifest.deltas:
        if not (folder / name).is_file() or (folder / name).stat().st_size != size:
            raise ArtefactError(f"{folder / name}: is missing or torn")
    return manifest


@contextmanager
def writing_base(target: Path) -> Iterator[BaseWriter]:
    """A folder that appears under ``target`` when everything was written."""
    with write_artefact(target, BASE_KIND, VERSION) as draft:
        writer = BaseWriter(draft.folder)
        try:
            yield writer
        finally:
            writer.close()
        draft.details["vector_fields"] = len(writer.writers)


class BaseWriter:
    """Writes columns and vectors; vectors stream through."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.writers: dict[str, VectorWriter] = {}

    def add(self, document: int, vectors: Mapping[str, VectorRows]) -> None:
        """Add the vectors of one document; documents must rise."""
        for name, entry in vectors.items():
            if len(entry.vectors):
                self.writer(name, entry.vectors.shape[1]).add(document, entry.vectors, entry.variants)

    def writer(self, name: str, dim: int) -> VectorWriter:
        """The stream of one vector field. Raises ArtefactError when rows of another width came before."""
        if name not in self.writers:
            self.writers[name] = VectorWriter(self.folder, len(self.writers), name, dim)
        if self.writers[name].dim != dim:
            raise ArtefactError(f"vectors of {name!r} have {dim} numbers where others have {self.writers[name].dim}")
        return self.writers[name]

    def finish(self, columns: Columns, settings: ScanSettings, progress: Callable[[str], None]) -> None:
        """Build the scans and write the columns."""
        for name, writer in self.writers.items():
            progress(name)
            writer.finish(settings)
        arrays, details = columns_to_arrays(columns)
        write_arrays(self.folder / _COLUMNS, arrays, details)

    def close(self) -> None:
        """Let go of all files."""
        for writer in self.writers.values():
            writer.close()


def read_base(folder: Path, settings: ScanSettings) -> Contents:
    """Open a base. Raises ArtefactError when it is torn or of another version."""
    manifest = read_manifest(folder, BASE_KIND, VERSION)
    arrays, details = read_arrays(folder / _COLUMNS)
    try:
        columns = columns_from_arrays(arrays, details)
        count = int(manifest.details["vector_fields"])
        bases = [VectorBase(folder, number, columns.document_count, settings) for number in range(count)]
    except (KeyError, TypeError, ValueError) as error:
        raise ArtefactError(f"{folder}: is torn: {error!r}") from error
    return Contents(columns, bases)


def write_delta(path: Path, change: Change) -> int:
    """Write a change; returns the file's size in bytes."""
    records = [
        (
            rows.seq,
            rows.id,
            dict(rows.shared),
            [dict(own) for own in rows.own],
            rows.variant_ids,
            {name: words.tolist() for name, words in rows.words.items()},
        )
        for rows in change.products
    ]
    arrays: dict[str, Array] = {
        "records": np.frombuffer(orjson.dumps(records), np.uint8),
        "removed": np.array(change.removed, np.int64),
    }
    names = sorted({name for vectors in change.vectors for name in vectors})
    for number, name in enumerate(names):
        entries = [vectors.get(name) for vectors in change.vectors]
        given = [entry for entry in entries if entry is not None]
        arrays[f"{number}/counts"] = np.array([0 if entry is None else len(entry.vectors) for entry in entries])
        arrays[f"{number}/vectors"] = np.concatenate([entry.vectors for entry in given]).astype(np.float16)
        arrays[f"{number}/variants"] = np.array([one for entry in given for one in entry.variants], np.int32)
    with storage_faults(path):
        write_arrays(path, arrays, {"fields": names})
        flush(path)
        return path.stat().st_size


def read_delta(path: Path) -> Change:
    """Read what ``write_delta`` wrote. Raises ArtefactError when it is torn."""
    arrays, details = read_arrays(path)
    try:
        records = orjson.loads(bytes(arrays["records"]))
        products = [
            ProductRows(
                int(seq), str(name), _values(shared), tuple(map(_values, own)), tuple(variant_ids), _words(words)
            )
            for seq, name, shared, own, variant_ids, words in records
        ]
        vectors: list[dict[str, VectorRows]] = [{} for _ in products]
        for number, name in enumerate(details["fields"]):
            rows, variants = arrays[f"{number}/vectors"].astype(np.float32), arrays[f"{number}/variants"].tolist()
            ends = np.cumsum(arrays[f"{number}/counts"])
            for place, (start, end) in enumerate(zip([0, *ends[:-1].tolist()], ends.tolist(), strict=True)):
                if end > start:
                    vectors[place][name] = VectorRows(rows[start:end], tuple(variants[start:end]))
    except (KeyError, TypeError, ValueError) as error:
        raise ArtefactError(f"{path}: is torn: {error!r}") from error
    return Change(products, vectors, arrays["removed"].tolist())


def joined(changes: Sequence[Change]) -> Change:
    """Several changes as one; only for changes whose numbers are new each time."""
    return Change(
        [rows for change in changes for rows in change.products],
        [vectors for change in changes for vectors in change.vectors],
        [seq for change in changes for seq in change.removed],
    )


def _values(raw: Mapping[str, Any]) -> dict[str, tuple[str | float, ...]]:
    return {name: tuple(values) for name, values in raw.items()}


def _words(raw: Mapping[str, Any]) -> dict[str, Hashes]:
    return {name: np.array(words, np.uint32) for name, words in raw.items()}
