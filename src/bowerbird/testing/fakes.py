"""Encoders without weights: quick, deterministic, and honest enough that similar things come out similar.

The text encoder hashes words and character 3-grams to fixed random directions, so texts that share words or
spellings are near each other; it knows no meaning. The image encoder sees which of twelve named colours a thing
has and where it stands out from its ground. The shared space knows the names of those colours and nothing else.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from PIL.Image import Image

Floats: TypeAlias = NDArray[np.float32]

COLOURS: dict[str, tuple[int, int, int]] = {
    "red": (196, 34, 42),
    "orange": (240, 140, 36),
    "yellow": (244, 204, 60),
    "green": (70, 140, 66),
    "teal": (40, 120, 124),
    "blue": (50, 96, 180),
    "navy": (26, 42, 90),
    "pink": (236, 150, 170),
    "brown": (136, 84, 46),
    "black": (30, 30, 34),
    "grey": (134, 136, 142),
    "white": (246, 245, 240),
}
_SHAPE_GRID = 8


class HashingTextEncoder:
    """Words and character 3-grams as random directions, summed to unit vectors."""

    def __init__(self, dim: int = 64, seed: int = 0) -> None:
        self.dim = dim
        self.seed = seed
        self._directions: dict[str, Floats] = {}

    @property
    def fingerprint(self) -> str:
        """Changes with the dimension and the seed."""
        return f"hashing-text-{self.dim}-{self.seed}-v1"

    def encode(self, texts: Sequence[str]) -> Floats:
        """Passages in, (n, dim) unit rows out; an empty text gets a row of its own too."""
        if not texts:
            return np.zeros((0, self.dim), dtype=np.float32)
        return np.stack([self.encode_query(text) for text in texts])

    def encode_query(self, text: str) -> Floats:
        """One text in, (dim,) out."""
        total = self._direction("\0every text has this") * np.float32(0.05)
        for piece, weight in _pieces(text):
            total = total + self._direction(piece) * np.float32(weight)
        return np.asarray(total / np.linalg.norm(total), dtype=np.float32)

    def _direction(self, piece: str) -> Floats:
        known = self._directions.get(piece)
        if known is None:
            random = np.random.default_rng([self.seed, zlib.crc32(piece.encode())])
            known = random.standard_normal(self.dim).astype(np.float32)
            known /= np.linalg.norm(known)
            self._directions[piece] = known
        return known


class ColourShapeImageEncoder:
    """A histogram of named colours (12) beside a coarse map of where the thing is (8 x 8), on what stands out."""

    dim = len(COLOURS) + _SHAPE_GRID * _SHAPE_GRID
    fingerprint = "colour-shape-image-v1"

    def encode(self, photos: Sequence[Image]) -> Floats:
        """RGB photos in, (n, 76) out."""
        if not photos:
            return np.zeros((0, self.dim), dtype=np.float32)
        return np.stack([self._encode_one(photo) for photo in photos])

    def _encode_one(self, photo: Image) -> Floats:
        side = _SHAPE_GRID * 6
        pixels = np.asarray(photo.convert("RGB").resize((side, side)), dtype=np.float32)
        edge = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
        contrast = np.abs(pixels - np.median(edge, axis=0)).max(axis=2)
        thing = np.clip((contrast - 18) / 30, 0, 1)
        if thing.sum() < 1:
            thing = np.ones_like(thing)
        palette = np.array(list(COLOURS.values()), dtype=np.float32)
        distance = np.linalg.norm(pixels[:, :, None, :] - palette, axis=3) / 40
        near = np.exp(-(distance**2)) + 1e-6
        colours = (near / near.sum(axis=2, keepdims=True) * thing[..., None]).sum(axis=(0, 1))
        shape = thing.reshape(_SHAPE_GRID, 6, _SHAPE_GRID, 6).mean(axis=(1, 3)).ravel()
        shape -= shape.mean()
        colours /= np.linalg.norm(colours)
        shape /= max(float(np.linalg.norm(shape)), 1e-6)
        return np.concatenate([colours, shape]).astype(np.float32)


class ColourSharedSpace:
    """Photos by their named colours, texts by the colour words they hold; serves the two fakes above."""

    dim = len(COLOURS)

    def __init__(self, texts: HashingTextEncoder) -> None:
        self._names = texts.encode(list(COLOURS))

    def photos(self, raw: Floats) -> Floats:
        """(n, 76) to (n, 12) unit rows."""
        return _unit(np.asarray(raw[:, : self.dim], dtype=np.float32) + np.float32(1e-3))

    def texts(self, vectors: Floats) -> Floats:
        """(n, text dim) to (n, 12) unit rows; a text without a colour word lies amid all colours."""
        return _unit(np.maximum(vectors @ self._names.T - 0.3, 0).astype(np.float32) + np.float32(1e-3))


def _pieces(text: str) -> list[tuple[str, float]]:
    pieces: list[tuple[str, float]] = []
    for word in re.findall(r"\w+", text.lower()):
        if re.search(r"[\u3400-\u9fff]", word):
            pieces += [(word[at : at + n], 0.7 * n) for n in (1, 2) for at in range(len(word) - n + 1)]
            continue
        pieces.append((word, 1.0))
        edged = f"<{word}>"
        grams = [edged[at : at + 3] for at in range(len(edged) - 2)]
        pieces += [(gram, 1.0 / len(grams) ** 0.5) for gram in grams]
    return pieces


def _unit(rows: Floats) -> Floats:
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)
