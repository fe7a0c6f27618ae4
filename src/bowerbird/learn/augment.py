"""Changed copies of a photo: what shoppers, phones and platforms do to a shop's pictures.

Used to learn what a photo metric and an alignment should not mind. Every change takes and gives an RGB picture.
"""

from __future__ import annotations

from io import BytesIO

import numpy as np
from PIL import Image, ImageEnhance, ImageOps


def augmented(photo: Image.Image, seed: int) -> Image.Image:
    """A photo cropped somewhere, perhaps mirrored, brighter or darker, perhaps recoloured and re-compressed.

    The same seed gives the same changes.
    """
    rng = np.random.default_rng(seed)
    photo = crop(photo, rng.uniform(0.6, 1.0), rng.uniform(0.0, 1.0), rng.uniform(0.0, 1.0))
    if rng.random() < 0.5:
        photo = mirror(photo)
    photo = dim(photo, rng.uniform(0.55, 1.25))
    if rng.random() < 0.3:
        photo = ImageEnhance.Color(photo).enhance(rng.uniform(0.7, 1.3))
    if rng.random() < 0.5:
        photo = recompress(photo, int(rng.integers(25, 70)))
    return photo


def crop(photo: Image.Image, share: float, across: float = 0.5, down: float = 0.5) -> Image.Image:
    """Keep ``share`` of each side; ``across`` and ``down`` place the rest, 0 at the left or top, 1 at the other end."""
    width, height = max(1, round(photo.width * share)), max(1, round(photo.height * share))
    left, top = round((photo.width - width) * across), round((photo.height - height) * down)
    return photo.crop((left, top, left + width, top + height))


def mirror(photo: Image.Image) -> Image.Image:
    """Left becomes right."""
    return ImageOps.mirror(photo)


def dim(photo: Image.Image, factor: float) -> Image.Image:
    """Multiply the brightness."""
    return ImageEnhance.Brightness(photo).enhance(factor)


def recompress(photo: Image.Image, quality: int) -> Image.Image:
    """Through JPEG of the given quality and back."""
    packed = BytesIO()
    photo.save(packed, "JPEG", quality=quality)
    packed.seek(0)
    with Image.open(packed) as opened:
        return opened.convert("RGB")
