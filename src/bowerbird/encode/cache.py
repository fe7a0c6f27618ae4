"""Encoding only what was not encoded before: vectors are kept by model and content hash, in 16 bits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.errors import PhotoError
from bowerbird.domain.ports import ImageEncoder, TextEncoder
from bowerbird.encode.progress import Progress, no_progress
from bowerbird.encode.sessions import count_cores, map_bounded
from bowerbird.storage.files import content_hash
from bowerbird.storage.photo_decoding import DEFAULT_LIMITS, PhotoLimits, decode_photo
from bowerbird.storage.vectors import VectorStore

Item = TypeVar("Item")

TEXT_BATCH = 2_048
PHOTO_BATCH = 8
# Any built-in or hub model so far takes less; photos are decoded to no less than twice this.
_PHOTO_SIDE = 384


@dataclass(slots=True)
class Encoded:
    """What was done: ``failed`` gives the reason for each photo, by hash, that could not be read."""

    encoded: int = 0
    cached: int = 0
    failed: dict[str, str] = field(default_factory=dict)


def text_hash(text: str) -> str:
    """The content hash of a text."""
    return content_hash(text.encode("utf-8", "surrogatepass"))


def encode_texts(
    encoder: TextEncoder, store: VectorStore, texts: Iterable[str], progress: Progress = no_progress
) -> Encoded:
    """Put the vectors of those texts into the store that are not there yet."""
    by_hash = {text_hash(text): text for text in texts}
    missing = store.missing(encoder.fingerprint, by_hash)
    report = Encoded(cached=len(by_hash) - len(missing))
    # Texts of like length side by side: a batch then holds little padding. What stands in a batch rounds its vectors,
    # so the order is the same in every process: the same shop gives the same index.
    waiting = sorted(missing, key=lambda key: (len(by_hash[key]), key))
    for batch in _batches(waiting, TEXT_BATCH):
        store.put_matrix(encoder.fingerprint, batch, encoder.encode([by_hash[key] for key in batch]))
        report.encoded += len(batch)
        progress("encoding texts", report.encoded, len(waiting))
    return report


def encode_photos(
    encoder: ImageEncoder,
    store: VectorStore,
    hashes: Iterable[str],
    read: Callable[[str], bytes],
    *,
    limits: PhotoLimits = DEFAULT_LIMITS,
    progress: Progress = no_progress,
) -> Encoded:
    """Put the vectors of those photos into the store that are not there yet.

    ``read`` gives a hash's bytes. Decoding and encoding run on all cores, a few photos at a time.
    """
    wanted = list(dict.fromkeys(hashes))
    missing = store.missing(encoder.fingerprint, wanted)
    report = Encoded(cached=len(wanted) - len(missing))
    waiting = [key for key in wanted if key in missing]

    def encode(batch: Sequence[str]) -> tuple[list[str], NDArray[np.float32] | None, dict[str, str]]:
        images, failed = {}, {}
        for key in batch:
            try:
                images[key] = decode_photo(read(key), limits, target_side=_PHOTO_SIDE)
            except PhotoError as error:
                failed[key] = str(error)
        return list(images), encoder.encode(list(images.values())) if images else None, failed

    for keys, vectors, failed in map_bounded(encode, _batches(waiting, PHOTO_BATCH), count_cores()):
        if vectors is not None:
            store.put_matrix(encoder.fingerprint, keys, vectors)
        report.encoded += len(keys)
        report.failed.update(failed)
        progress("encoding photos", report.encoded + len(report.failed), len(waiting))
    return report


def _batches(items: Iterable[Item], size: int) -> Iterable[list[Item]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
