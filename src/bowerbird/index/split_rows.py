"""Vectors of 16 bits kept as two files of 8: the high bytes for a first look, the low ones to be exact.

A field's numbers are multiplied so that the largest becomes 32,767, and rounded: as exact as half floats for unit
rows of some hundred numbers, and an order of magnitude quicker to turn into floats. Reading the high bytes alone
halves the memory traffic of looking through a few thousand scattered rows.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.errors import ArtefactError
from bowerbird.index.arrays import Array

_LARGEST = 32_767
_CHUNK = 65_536
# Blocks that stay in the first caches between gathering, converting and multiplying (measured at 384-d).
_BLOCK = 128


class SplitRows:
    """(n, d) rows in two mapped files; safe from many threads."""

    def __init__(self, path: Path, rows: int, dim: int, scale: float) -> None:
        """Open what ``write_split_rows`` wrote. Raises ArtefactError when it is torn or missing."""
        self.high: NDArray[np.int8] = map_rows(path.with_suffix(".high"), np.int8, rows, dim)
        self.low: NDArray[np.uint8] = map_rows(path.with_suffix(".low"), np.uint8, rows, dim)
        self.dim = dim
        self._scale = scale

    def __len__(self) -> int:
        return len(self.high)

    def take(self, rows: Array) -> NDArray[np.float32]:
        """Rows as floats, (n, d)."""
        taken = self.high[rows].astype(np.float32)
        taken *= 256
        taken += self.low[rows]
        taken *= 1 / self._scale
        return taken

    def coarse(self, rows: Array, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """Inner products of the high bytes: right to within about a hundredth of the largest."""
        # The low bytes are taken as half full, which shifts all rows alike.
        middle = 128 * float(vector.sum())
        return (_products(self.high, rows, vector) * 256 + middle) / np.float32(self._scale)

    def exact(self, rows: Array, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """Inner products, exact to 16 bits."""
        scores = _products(self.high, rows, vector)
        scores *= 256
        scores += _products(self.low, rows, vector)
        scores /= np.float32(self._scale)
        return scores

    @property
    def nbytes(self) -> int:
        """The bytes mapped."""
        return self.high.nbytes + self.low.nbytes


def write_split_rows(vectors: NDArray[np.float16], path: Path) -> float:
    """Write rows to ``path`` with the suffixes .high and .low; returns the scale."""
    pieces = range(0, len(vectors), _CHUNK)
    largest = max((float(np.abs(vectors[at : at + _CHUNK]).max()) for at in pieces), default=0.0)
    scale = _LARGEST / largest if largest > 0 else 1.0
    with path.with_suffix(".high").open("wb") as high, path.with_suffix(".low").open("wb") as low:
        for at in pieces:
            scaled = vectors[at : at + _CHUNK].astype(np.float32)
            scaled *= scale
            whole = np.rint(scaled, out=scaled).astype(np.int16)
            high.write((whole >> 8).astype(np.int8).data)
            low.write((whole & 255).astype(np.uint8).data)
    return scale


def map_rows(path: Path, dtype: Any, rows: int, dim: int) -> NDArray[Any]:
    """A mapped file of (rows, dim) numbers. Raises ArtefactError when it is missing or of another size."""
    if not rows:
        return np.empty((0, dim), dtype)
    try:
        mapped: NDArray[Any] = np.memmap(path, dtype, mode="r", shape=(rows, dim))
    except (OSError, ValueError) as error:
        raise ArtefactError(f"{path}: is torn or missing: {error}") from error
    if path.stat().st_size != mapped.nbytes:
        raise ArtefactError(f"{path}: is torn: {path.stat().st_size} bytes where {mapped.nbytes} were written")
    return mapped.view(np.ndarray)


def _products(numbers: Array, rows: Array, vector: NDArray[np.float32]) -> NDArray[np.float32]:
    count, dim = len(rows), numbers.shape[1]
    products = np.empty(count, np.float32)
    taken = np.empty((min(_BLOCK, count), dim), numbers.dtype)
    floats = np.empty(taken.shape, np.float32)
    for at in range(0, count, _BLOCK):
        size = min(_BLOCK, count - at)
        # "clip" lets numpy write into ``out`` directly; rows are never out of bounds.
        numbers.take(rows[at : at + size], axis=0, out=taken[:size], mode="clip")
        floats[:size] = taken[:size]
        np.matmul(floats[:size], vector, out=products[at : at + size])
    return products
