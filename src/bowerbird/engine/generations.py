"""Generations of the index: built beside the one in use from the store, then swapped in by one pointer."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson

from bowerbird.domain.errors import ArtefactError
from bowerbird.domain.ports import IndexDocument
from bowerbird.encode.progress import Progress
from bowerbird.engine.documents import DocumentMaker
from bowerbird.engine.stores import Stores
from bowerbird.index.build import build_index
from bowerbird.storage import artefacts
from bowerbird.storage.faults import storage_faults
from bowerbird.storage.files import write_whole
from bowerbird.understand.vocabulary import Phrase, PhraseKind, Vocabulary, VocabularyBuilder

VOCABULARY = "vocabulary.json"
_BATCH = 2_000


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: ``action`` is built, caught up, or left to the process that keeps the index."""

    action: str
    products: int
    seconds: float
    applied: int
    fitted: str = ""

    def to_dict(self) -> dict[str, object]:
        """The report for JSON."""
        return {**asdict(self), "seconds": round(self.seconds, 2)}

    def __str__(self) -> str:
        fitted = f" {self.fitted}." if self.fitted else ""
        return f"Index {self.action}: {self.products:,} products in {self.seconds:.1f} s.{fitted}"


def encode_all(stores: Stores, maker: DocumentMaker, progress: Progress) -> None:
    """Put every raw vector that a build will need into the cache."""
    total, done = stores.products.count(), 0
    for batch in stores.products.iterate(batch=_BATCH):
        products = [stored.product for stored in batch]
        maker.encode(products, maker.photos_of(products), _within(progress, done, len(batch), total))
        done += len(batch)
        progress("encoding", done, total)


def _within(progress: Progress, before: int, size: int, all_products: int) -> Progress:
    """Turn the progress of one batch into that of all."""

    def tell(stage: str, done: int, total: int | None = None) -> None:
        progress("encoding", before + (done * size // total if total else 0), all_products)

    return tell


def build_generation(stores: Stores, maker: DocumentMaker, fingerprints: dict[str, str], progress: Progress) -> Path:
    """Build the whole index anew beside the present one, without swapping; returns its folder."""
    applied, total = stores.products.last_seq(), stores.products.count()
    vocabulary = VocabularyBuilder(maker.terms.cut)
    folder = stores.folder.index / f"g{applied:012d}-{time.time_ns():x}"

    def documents() -> Iterator[IndexDocument]:
        for batch in stores.products.iterate(batch=_BATCH):
            yield from maker.make(batch)
            for stored in batch:
                vocabulary.add(stored.product)

    build_index(
        folder,
        documents(),
        applied=applied,
        fingerprints=fingerprints,
        progress=lambda stage, done: progress(f"indexing {stage}", done, total if stage == "documents" else None),
    )
    try:
        write_vocabulary(folder, vocabulary.finish())
    except BaseException:
        discard(folder)
        raise
    return folder


def swap_in(stores: Stores, folder: Path) -> None:
    """Make a generation the current one."""
    artefacts.swap_current(stores.folder.index, folder.name)


def remove_others(stores: Stores) -> None:
    """Remove every generation but the current one, and what crashes left behind."""
    artefacts.prune(stores.folder.index, keep=0)


def discard(folder: Path) -> None:
    """Remove what was derived and is torn, or did not come into service."""
    shutil.rmtree(folder, ignore_errors=True)


def current_generation(stores: Stores) -> Path | None:
    """The generation in use; None where there is none. Raises ArtefactError when the pointer leads nowhere."""
    return artefacts.current(stores.folder.index)


def write_vocabulary(folder: Path, vocabulary: Vocabulary) -> None:
    """Keep the words and phrases that suggestions and spelling are made of."""
    body = {
        "words": vocabulary.words,
        "brands": sorted(vocabulary.brands),
        "phrases": [(phrase.text, phrase.kind.value, phrase.count) for phrase in vocabulary.phrases],
    }
    with storage_faults(folder):
        write_whole(folder / VOCABULARY, orjson.dumps(body))


def read_vocabulary(folder: Path) -> Vocabulary:
    """Read what ``write_vocabulary`` wrote. Raises ArtefactError."""
    path = folder / VOCABULARY
    try:
        body = orjson.loads(path.read_bytes())
        phrases = tuple(Phrase(text, PhraseKind(kind), int(count)) for text, kind, count in body["phrases"])
        return Vocabulary(
            {str(word): int(count) for word, count in body["words"].items()}, frozenset(body["brands"]), phrases
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ArtefactError(f"{path}: is missing or torn: {error}") from error
