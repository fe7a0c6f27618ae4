"""Small copies of the shop's photos, each made once: upright, in sRGB, on white, without metadata.

They are derived from the photos: they are no part of a snapshot, and may be deleted at any time. Their files are not
flushed to the disk, so one that a crash left torn is told by its own bytes and made again.

At 320 pixels a WebP takes 6 ms to make and an AVIF of the same bytes and fidelity 15 ms (drawn pictures: 3.6 and
3.7 kB, a shop's real photos: 5.8 kB each), a JPEG 1 ms at twice the bytes. So WebP comes first.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, features

from bowerbird.domain.errors import NotFoundError, PhotoError
from bowerbird.storage.files import temporary_name
from bowerbird.storage.photo_decoding import decode_photo
from bowerbird.storage.photos import PhotoStore

log = logging.getLogger(__name__)

WIDTHS = (160, 320, 640, 1280)


class ThumbnailKind(StrEnum):
    """The formats of thumbnails by their files' endings, the preferred first."""

    WEBP = "webp"
    AVIF = "avif"
    JPEG = "jpg"

    @property
    def media_type(self) -> str:
        """What HTTP calls it."""
        return "image/jpeg" if self is ThumbnailKind.JPEG else f"image/{self.value}"


# One thread a picture: a page of them keeps the cores busy anyway, and searches need theirs.
_SAVING: dict[ThumbnailKind, dict[str, Any]] = {
    ThumbnailKind.WEBP: {"format": "WEBP", "quality": 78, "method": 4},
    ThumbnailKind.AVIF: {"format": "AVIF", "quality": 60, "speed": 8, "max_threads": 1},
    ThumbnailKind.JPEG: {"format": "JPEG", "quality": 82, "optimize": True, "progressive": True},
}
KINDS = tuple(kind for kind in ThumbnailKind if kind is ThumbnailKind.JPEG or features.check(kind.value))
"""The formats that this machine's Pillow writes."""


_TALLEST = 8_192
"""WebP ends at 16,383 pixels, and no page shows so much of one picture."""


@dataclass(slots=True)
class _Turn:
    lock: threading.Lock
    waiting: int = 0


class Thumbnails:
    """Makes and keeps thumbnails; safe from many threads, of which one makes each."""

    def __init__(self, photos: PhotoStore, folder: Path) -> None:
        self.photos = photos
        self.folder = folder
        self._turns: dict[Path, _Turn] = {}
        self._guard = threading.Lock()

    def kept(self, digest: str, width: int, kind: ThumbnailKind) -> bytes | None:
        """A thumbnail that was made before, None where there is no whole one."""
        try:
            data = self._place(digest, width, kind).read_bytes()
        except OSError:
            return None
        return data if is_whole(data, kind) else None

    def get(self, digest: str, width: int, kind: ThumbnailKind) -> bytes:
        """A thumbnail, made if need be. Raises NotFoundError where the photo is not there or cannot be read."""
        kept = self.kept(digest, width, kind)
        if kept is not None:
            return kept
        path = self._place(digest, width, kind)
        with self._alone(path):
            kept = self.kept(digest, width, kind)
            if kept is not None:
                return kept
            try:
                data = make_thumbnail(self.photos.read(digest), width, kind)
            except PhotoError as error:
                raise NotFoundError(f"the photo {digest} cannot be read: {error}") from error
            self._keep(path, data)
        return data

    def _place(self, digest: str, width: int, kind: ThumbnailKind) -> Path:
        return self.folder / str(width) / digest[:2] / f"{digest}.{kind.value}"

    def _keep(self, path: Path, data: bytes) -> None:
        """Write under another name and rename; a disk that refuses costs the next request the work again, no more."""
        beside = temporary_name(path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(data)
            beside.replace(path)
        except OSError as error:
            log.warning("a thumbnail is not kept: %s", error)
            try:
                beside.unlink(missing_ok=True)
            except OSError:
                log.debug("nor could its torn copy be removed: %s", beside)

    @contextmanager
    def _alone(self, path: Path) -> Iterator[None]:
        """Be the one thread that makes a file; the others wait and find it made."""
        with self._guard:
            turn = self._turns.setdefault(path, _Turn(threading.Lock()))
            turn.waiting += 1
        try:
            with turn.lock:
                yield
        finally:
            with self._guard:
                turn.waiting -= 1
                if not turn.waiting:
                    del self._turns[path]


def make_thumbnail(data: bytes, width: int, kind: ThumbnailKind) -> bytes:
    """A photo's bytes to those of its copy, at most ``width`` pixels wide and never wider than itself.

    Raises PhotoError.
    """
    image = decode_photo(data, target_side=width, srgb=True)
    scale = min(1.0, width / image.width, _TALLEST / image.height)
    if scale < 1.0:
        size = (max(1, round(scale * image.width)), max(1, round(scale * image.height)))
        image = image.resize(size, Image.Resampling.LANCZOS)
    # A new image has none of the photo's metadata, such as where it was taken.
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    buffer = BytesIO()
    try:
        bare.save(buffer, **_SAVING[kind])
    except (OSError, ValueError) as error:
        raise PhotoError(f"the photo cannot be made smaller ({error})", found=f"{image.size}") from error
    return buffer.getvalue()


def is_whole(data: bytes, kind: ThumbnailKind) -> bool:
    """Whether the bytes are a whole file, as far as its format tells how long it is."""
    match kind:
        case ThumbnailKind.JPEG:
            return data[:2] == b"\xff\xd8" and data[-2:] == b"\xff\xd9"
        case ThumbnailKind.WEBP:
            return data[:4] == b"RIFF" and len(data) == int.from_bytes(data[4:8], "little") + 8
        case ThumbnailKind.AVIF:
            return data[4:8] == b"ftyp" and _boxes_fill(data)


def _boxes_fill(data: bytes) -> bool:
    """Whether the top boxes of an ISO media file end where the file ends."""
    at = 0
    while at + 8 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        if size < 8:
            return False
        at += size
    return at == len(data)
