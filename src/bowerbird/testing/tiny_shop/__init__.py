"""A tiny shop whose right answers are obvious: about fifty hand-made products with drawn photos.

    source = write_tiny_shop(folder)        # folder/products.jsonl, folder/media/, folder/asked/
    for question in TINY_ANSWERS: ...

``products.jsonl`` holds canonical records, one a line, whose images are names of files in ``media/``. ``asked/``
holds photos that no product owns: other views of products, as a shopper would take them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any

from bowerbird.testing.tiny_shop.answers import TINY_ANSWERS, Question
from bowerbird.testing.tiny_shop.pictures import ASKED, CATALOGUE, write_pictures

__all__ = ["TINY_ANSWERS", "Question", "tiny_records", "write_tiny_catalogue", "write_tiny_shop"]


def write_tiny_shop(folder: Path, photo_size: int = 640, drawn: Callable[[int, int], None] | None = None) -> Path:
    """Write the catalogue and its photos (square, ``photo_size`` pixels) and return the path of products.jsonl.

    The same version writes the same pictures; what is there from the same version and size is left alone.
    ``drawn`` is told, after each picture, how many of how many are done.
    """
    stamp, fingerprint = folder / ".drawn", _fingerprint(photo_size)
    if not (stamp.is_file() and stamp.read_text(encoding="utf-8") == fingerprint):
        count = len(CATALOGUE) + len(ASKED)
        for done, _ in enumerate(write_pictures(folder / "media", folder / "asked", photo_size), start=1):
            if drawn is not None:
                drawn(done, count)
        stamp.write_text(fingerprint, encoding="utf-8")
    return write_tiny_catalogue(folder)


def write_tiny_catalogue(folder: Path) -> Path:
    """Write products.jsonl alone, without photos, and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "products.jsonl"
    path.write_bytes(_catalogue())
    return path


def tiny_records() -> list[dict[str, Any]]:
    """The canonical records, freshly parsed, in the catalogue's order."""
    return [json.loads(line) for line in _catalogue().splitlines()]


def _fingerprint(photo_size: int) -> str:
    digest = hashlib.sha256(str(photo_size).encode())
    for part in sorted(resources.files(__package__).iterdir(), key=lambda entry: entry.name):
        if part.name.endswith(".py"):
            digest.update(part.read_bytes())
    return digest.hexdigest()


def _catalogue() -> bytes:
    return resources.files(__package__).joinpath("products.jsonl").read_bytes()
