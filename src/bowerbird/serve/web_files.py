"""The files of the page, as they lie in the package: which there are, of what type, and their bytes for browsers."""

from __future__ import annotations

import gzip
import hashlib
import threading
from dataclasses import dataclass
from pathlib import Path

from bowerbird.domain.errors import NotFoundError

WEB = Path(__file__).resolve().parent.parent / "web"
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
}
_COMPRESSED_ALREADY = (".png", ".woff2")
_LEAST_TO_COMPRESS = 600


@dataclass(frozen=True, slots=True)
class WebFile:
    """A file as it is sent; ``zipped`` is None where that would save little."""

    content: bytes
    zipped: bytes | None
    kind: str
    tag: str


class WebFiles:
    """The files below a folder; safe from many threads.

    Names are looked up in a table made at the start, so that no name a browser can send leads anywhere else. A file
    that is written anew is read again.
    """

    def __init__(self, folder: Path = WEB) -> None:
        self._paths = {
            path.relative_to(folder).as_posix(): path
            for path in sorted(folder.rglob("*"))
            if path.suffix in _TYPES and path.is_file() and not path.is_symlink()
        }
        self._read: dict[str, tuple[int, WebFile]] = {}
        self._lock = threading.Lock()

    @property
    def names(self) -> tuple[str, ...]:
        """Every file there is, such as ``js/main.js``."""
        return tuple(self._paths)

    def get(self, name: str) -> WebFile:
        """A file by its name. Raises NotFoundError."""
        path = self._paths.get(name)
        try:
            written = -1 if path is None else path.stat().st_mtime_ns
        except FileNotFoundError:
            path = None
        if path is None:
            raise NotFoundError("no such file of the page")
        with self._lock:
            kept = self._read.get(name)
            if kept is None or kept[0] != written:
                kept = self._read[name] = (written, _file(path))
        return kept[1]


def _file(path: Path) -> WebFile:
    content = path.read_bytes()
    zipped = None
    if path.suffix not in _COMPRESSED_ALREADY and len(content) >= _LEAST_TO_COMPRESS:
        # Without a time in it, the same file is the same bytes.
        zipped = gzip.compress(content, 9, mtime=0)
    tag = hashlib.sha256(content).hexdigest()[:32]
    return WebFile(content, zipped if zipped and len(zipped) < 0.9 * len(content) else None, _TYPES[path.suffix], tag)
