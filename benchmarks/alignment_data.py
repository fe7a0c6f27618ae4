"""The data sets of the alignment benchmark as vectors, encoded once and kept under ``benchmarks/.work``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from bowerbird.encode.models import open_image_encoder, open_text_encoder
from bowerbird.encode.progress import Progress
from bowerbird.learn.augment import crop, dim, mirror, recompress
from bowerbird.learn.pairs import Pairs, pair_up
from bowerbird.learn.photo_shops import PhotoShop, read_fashion, read_groceries, read_magento
from bowerbird.learn.photo_vectors import Change, PhotoVectors
from bowerbird.learn.train_default import Encode, changed_copy

REPOSITORY = Path(__file__).resolve().parent.parent
DATA = REPOSITORY.parent / "shared" / "data"
WORK = Path(__file__).resolve().parent / ".work" / "alignment"

DAMAGES: dict[str, Change] = {
    "cropped to 70 %": lambda photo, _: crop(photo, 0.7),
    "mirrored": lambda photo, _: mirror(photo),
    "quality 30": lambda photo, _: recompress(photo, 30),
    "dimmed by a third": lambda photo, _: dim(photo, 2 / 3),
    "all four": lambda photo, _: recompress(dim(mirror(crop(photo, 0.7)), 2 / 3), 30),
    "all four, crop anywhere": lambda photo, number: _damaged_anywhere(photo, number),
}


def _slug(name: str) -> str:
    return "-".join("".join(letter if letter.isalnum() else " " for letter in name).split())


def _damaged_anywhere(photo: Image.Image, number: int) -> Image.Image:
    across, down = np.random.default_rng(number).uniform(0, 1, 2)
    return recompress(dim(mirror(crop(photo, 0.7, across, down)), 2 / 3), 30)


@dataclass
class Sets:
    """Readers of the three shops, and the vectors of their photos."""

    vectors: PhotoVectors
    encode: Encode

    @classmethod
    def open(cls, progress: Progress) -> Sets:
        """Open the built-in encoders."""
        vectors = PhotoVectors(open_image_encoder(progress=progress), WORK, progress)
        return cls(vectors, open_text_encoder(progress=progress).encode)

    def photos(self, shop: PhotoShop, change: Change | None = None, name: str = "as-they-are") -> NDArray[np.float32]:
        """The raw vectors of a shop's photos."""
        return self.vectors.of(f"{shop.name}-{_slug(name)}", [photo.file for photo in shop.photos], change)

    def copies(self, shop: PhotoShop, count: int) -> list[NDArray[np.float32]]:
        """The raw vectors of ``count`` changed copies of every photo of a shop."""
        return [self.photos(shop, changed_copy(copy), f"copy-{copy}") for copy in range(count)]

    def pairs(self, shop: PhotoShop, copies: int) -> Pairs:
        """A shop's photos and changed copies, paired with texts."""
        views = [self.photos(shop), *self.copies(shop, copies)]
        return pair_up(shop.name, views, shop.phrases(), shop.owners(), self.encode)


def magento() -> PhotoShop:
    """The Magento shop."""
    return read_magento(DATA / "magento-store")


def groceries(part: str) -> PhotoShop:
    """The groceries, part train or val."""
    return read_groceries(DATA / "grocery-photos", part)


def fashion() -> PhotoShop:
    """The fashion photos."""
    return read_fashion(DATA / "fashion-photos")
