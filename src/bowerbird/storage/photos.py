"""The shop's photos: bytes on disk under their content hash, and a table of what the catalogue calls them.

A file is written once and never again changes, so others (a snapshot) may share it by a second name. That a
photo is what it claims to be is checked by ``photo_decoding`` before it comes here.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select

from bowerbird.domain.errors import NotFoundError
from bowerbird.storage.database import Database
from bowerbird.storage.faults import storage_faults
from bowerbird.storage.files import content_hash, flush, is_temporary, temporary_name
from bowerbird.storage.schema import photos
from bowerbird.storage.sqlite import MAX_VARIABLES, insert_or_replace

_EXTENSIONS = {
    "JPEG": "jpg",
    "PNG": "png",
    "WEBP": "webp",
    "GIF": "gif",
    "BMP": "bmp",
    "AVIF": "avif",
    "TIFF": "tif",
}
_OTHER = "bin"
_MEDIA_TYPES = {"jpg": "image/jpeg", "tif": "image/tiff"}
_HASH = re.compile("[0-9a-f]{40}")


@dataclass(frozen=True, slots=True)
class PhotoInfo:
    """What decoding found: size in pixels, and the format by Pillow's name, such as ``JPEG``."""

    width: int
    height: int
    format: str


@dataclass(frozen=True, slots=True)
class NewPhoto:
    """A photo to keep under ``ref``, the catalogue's name for it; ``source`` is its bytes or a file to copy."""

    ref: str
    source: bytes | Path
    info: PhotoInfo


@dataclass(frozen=True, slots=True)
class StoredPhoto:
    """What is known of a photo; ``hash`` is None where it could not be had, and ``note`` says why."""

    ref: str
    hash: str | None
    width: int = 0
    height: int = 0
    format: str = ""
    bytes: int = 0
    note: str = ""


_COLUMNS = (
    photos.c.ref,
    photos.c.hash,
    photos.c.width,
    photos.c.height,
    photos.c.format,
    photos.c.bytes,
    photos.c.note,
)
_BY_REF = select(*_COLUMNS).where(photos.c.ref.in_(bindparam("keys", expanding=True)))
_FORGET = delete(photos).where(photos.c.ref == bindparam("gone"))
_PUT = insert_or_replace(photos)


class PhotoStore:
    """Keeps and finds photos; safe from many threads."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database = database
        self.folder = folder
        # A photo being kept again must not lose its file to a prune that has just counted its rows.
        self._files = threading.Lock()

    def put(self, ref: str, data: bytes, info: PhotoInfo) -> StoredPhoto:
        """Keep one photo; its file and its row are durable on return."""
        return self.put_many([NewPhoto(ref, data, info)])[0]

    def put_many(self, batch: Sequence[NewPhoto]) -> list[StoredPhoto]:
        """Keep photos; their files and then their rows are durable on return.

        A photo whose content is there already costs no second file. Raises StorageError, DiskFullError.
        """
        with self._files:
            rows = self._write_files(batch)
            self._write_rows(rows)
        return rows

    def fail(self, ref: str, reason: str) -> None:
        """Note that a photo cannot be had, and why."""
        self._write_rows([StoredPhoto(ref, None, note=reason)])

    def by_ref(self, refs: Iterable[str]) -> dict[str, StoredPhoto]:
        """What is known of photos by the catalogue's names; unknown ones are left out."""
        keys = iter(tuple(dict.fromkeys(refs)))
        found: dict[str, StoredPhoto] = {}
        with self.database.read() as connection:
            while piece := list(islice(keys, MAX_VARIABLES)):
                for row in connection.execute(_BY_REF, {"keys": piece}):
                    found[row[0]] = StoredPhoto(*row)
        return found

    def hashes(self) -> list[str]:
        """The content hashes of all photos, each once, in order."""
        statement = select(photos.c.hash).where(photos.c.hash.is_not(None)).distinct().order_by(photos.c.hash)
        with self.database.read() as connection:
            return [str(digest) for digest in connection.execute(statement).scalars()]

    def count(self) -> int:
        """The number of distinct photos that could be had."""
        with self.database.read() as connection:
            return int(connection.execute(select(func.count(photos.c.hash.distinct()))).scalar_one())

    def path(self, digest: str) -> Path:
        """The file of a content hash. Raises NotFoundError."""
        if _HASH.fullmatch(digest):
            for extension in (*_EXTENSIONS.values(), _OTHER):
                path = self._place(digest, extension)
                if path.is_file():
                    return path
        raise NotFoundError(f"no photo {digest!r}")

    def read(self, digest: str) -> bytes:
        """The bytes of a content hash. Raises NotFoundError, StorageError."""
        path = self.path(digest)
        with storage_faults(path):
            return path.read_bytes()

    def prune(self, used: Container[str]) -> int:
        """Forget every photo whose ref is not in ``used``, and remove the files nobody uses; the files removed."""
        with self._files, storage_faults(self.folder):
            with self.database.read() as connection:
                rows = connection.execute(select(photos.c.ref, photos.c.hash)).all()
            gone = [ref for ref, _ in rows if ref not in used]
            self._forget(gone)
            kept = {digest for ref, digest in rows if ref in used}
            orphans = {digest for ref, digest in rows if digest is not None and digest not in kept}
            for path in self.folder.glob("*/*"):
                if path.stem in orphans or is_temporary(path):
                    path.unlink()
        return len(orphans)

    def _place(self, digest: str, extension: str) -> Path:
        return self.folder / digest[:2] / f"{digest}.{extension}"

    def _write_files(self, batch: Sequence[NewPhoto]) -> list[StoredPhoto]:
        rows: list[StoredPhoto] = []
        written: dict[Path, Path] = {}
        try:
            with storage_faults(self.folder):
                for photo in batch:
                    rows.append(self._write_file(photo, written))
                # All are written before the first is flushed: the disk then takes them in one go.
                for beside in written.values():
                    flush(beside)
                for path, beside in written.items():
                    beside.replace(path)
                for folder in sorted({path.parent for path in written}):
                    flush(folder)
                if written:
                    flush(self.folder)
        except BaseException:
            for beside in written.values():
                beside.unlink(missing_ok=True)
            raise
        return rows

    def _write_file(self, photo: NewPhoto, written: dict[Path, Path]) -> StoredPhoto:
        # Bytes that are hashed and then written cannot change in between, as the shop's own file could.
        data = photo.source.read_bytes() if isinstance(photo.source, Path) else photo.source
        info, digest, size = photo.info, content_hash(data), len(data)
        path = self._place(digest, _EXTENSIONS.get(info.format, _OTHER))
        if path not in written and not (path.is_file() and path.stat().st_size == size):
            path.parent.mkdir(parents=True, exist_ok=True)
            written[path] = beside = temporary_name(path)
            beside.write_bytes(data)
        return StoredPhoto(photo.ref, digest, info.width, info.height, info.format, size)

    def _write_rows(self, rows: Sequence[StoredPhoto]) -> None:
        values = [_values(row) for row in rows]

        def put(connection: Connection) -> None:
            connection.execute(_PUT, values)

        if values:
            self.database.write(put)

    def _forget(self, refs: Sequence[str]) -> None:
        def forget(connection: Connection) -> None:
            connection.execute(_FORGET, [{"gone": ref} for ref in refs])

        if refs:
            self.database.write(forget)


def _values(row: StoredPhoto) -> dict[str, Any]:
    return {
        "ref": row.ref,
        "hash": row.hash,
        "width": row.width,
        "height": row.height,
        "format": row.format,
        "bytes": row.bytes,
        "note": row.note,
    }


def media_type(path: Path) -> str:
    """The media type of a stored photo, told by its name."""
    kind = path.suffix.removeprefix(".")
    return _MEDIA_TYPES.get(kind, f"image/{kind}")
