"""Shops whose encoders are fakes, and questions to ask them."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from bowerbird.domain.filters import parse_filter
from bowerbird.domain.ports import Floats
from bowerbird.domain.product import Product
from bowerbird.domain.query import PhotoInput, Query, Wish
from bowerbird.engine.assemble import open_shop
from bowerbird.engine.engine import Engine
from bowerbird.engine.models import Models
from bowerbird.testing.fakes import ColourShapeImageEncoder, HashingTextEncoder

SECONDS_TO_BE_FOUND = 1.0


class CountedTexts(HashingTextEncoder):
    """The fake text encoder, which knows how many passages it has encoded."""

    def __init__(self, dim: int = 64, seed: int = 0) -> None:
        super().__init__(dim, seed)
        self.encoded = 0

    def encode(self, texts: Sequence[str]) -> Floats:
        self.encoded += len(texts)
        return super().encode(texts)


class CountedPhotos(ColourShapeImageEncoder):
    """The fake image encoder, which knows how many photos it has encoded; ``seed`` turns its space."""

    def __init__(self, seed: int = 0) -> None:
        self.seed = seed
        self.fingerprint = f"colour-shape-image-{seed}"
        self.encoded = 0
        self._count = threading.Lock()

    def encode(self, photos: Sequence[Image.Image]) -> Floats:
        with self._count:
            self.encoded += len(photos)
        return np.roll(super().encode(photos), self.seed, axis=1)


def fake_models(dim: int = 64, seed: int = 0) -> Models:
    return Models(text=CountedTexts(dim, seed), image=CountedPhotos(seed), built_in=False)


def open_fake_shop(folder: Path, models: Models | None = None, *, fit: bool = False) -> Engine:
    return open_shop(folder, models=models or fake_models(), fit=fit)


def ask(
    text: str = "", *, photos: Sequence[bytes | PhotoInput] = (), without: str = "", filters: str = "", **more
) -> Query:
    shown = tuple(photo if isinstance(photo, PhotoInput) else PhotoInput(photo) for photo in photos)
    return Query(wish=Wish(text=text, photos=shown), without=Wish(text=without), filters=parse_filter(filters), **more)


def ids(engine: Engine, text: str = "", **how) -> list[str]:
    return [hit.product.id for hit in engine.search(ask(text, **how)).hits]


def everything(engine: Engine) -> dict[str, str]:
    """Id and title of all that a search shows."""
    shown: dict[str, str] = {}
    page = 1
    while True:
        hits = engine.search(Query(page=page, per_page=500)).hits
        shown |= {hit.product.id: hit.product.title for hit in hits}
        if len(hits) < 500:
            return shown
        page += 1


def becomes_true(check: Callable[[], object], seconds: float = SECONDS_TO_BE_FOUND) -> bool:
    """Whether ``check`` holds within the time that the requirement gives."""
    until = time.monotonic() + seconds
    while True:
        # Looked at after the clock, so that a slow look counts too.
        late = time.monotonic() > until
        if check():
            return True
        if late:
            return False
        time.sleep(0.01)


def lamps(count: int, first: int = 0, word: str = "Lamp") -> list[Product]:
    return [Product(f"lamp-{number}", f"{word} number{number}") for number in range(first, first + count)]


def generations(shop: Path) -> list[str]:
    return sorted(path.name for path in (shop / "index").iterdir() if path.is_dir())


def current(shop: Path) -> Path:
    return shop / "index" / (shop / "index" / "CURRENT").read_text().strip()


def lose(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


def cut_short(path: Path) -> None:
    if path.is_dir():
        for part in path.rglob("*"):
            if part.is_file():
                cut_short(part)
    else:
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def spoil(path: Path) -> None:
    files = [part for part in path.rglob("*") if part.is_file()] if path.is_dir() else [path]
    for part in files:
        part.write_bytes(b"\xff\x00not this" * 3)
