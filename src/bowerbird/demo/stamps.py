"""What made a file: a fingerprint of code and settings, kept beside it, so that what is up to date is left alone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from bowerbird.storage.files import write_whole

_SOURCES = (".py", ".txt")


def fingerprint(names: tuple[str, ...], *settings: object) -> str:
    """Of the modules, folders and phrases of this package that are named, and of settings."""
    digest = hashlib.blake2b(repr(settings).encode(), digest_size=16)
    package = resources.files(__package__)
    for name in names:
        for path, source in _sources(package.joinpath(name), name):
            digest.update(path.encode())
            digest.update(source.read_bytes())
    return digest.hexdigest()


def is_current(stamp: Path, text: str) -> bool:
    """Whether a stamp says that."""
    try:
        return stamp.read_text(encoding="utf-8") == text
    except (OSError, ValueError):
        return False


def write_stamp(stamp: Path, text: str) -> None:
    """Say it."""
    write_whole(stamp, text.encode())


def _sources(entry: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    if entry.is_dir():
        for inner in sorted(entry.iterdir(), key=lambda part: part.name):
            if inner.is_dir() or inner.name.endswith(_SOURCES):
                yield from _sources(inner, f"{path}/{inner.name}")
    else:
        yield path, entry
