"""Finding about the nearest rows by 256 bits each: the signs of rows that were centred and turned at random.

The share of bits in which two rows differ estimates the angle between them (Charikar, "Similarity Estimation Techniques
from Rounding Algorithms", STOC 2002), and comparing bits reads an eighth of what comparing bytes does. Some of the best
are missed; the caller looks at many more than it wants, and orders those exactly. Made from the stored rows when
somebody first asks, and kept nowhere.
"""

from __future__ import annotations

from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from bowerbird.index.column import Mask
from bowerbird.index.split_rows import SplitRows

BITS = 256
"""Rows are looked at from so many directions: a row is as wide as the widest registers that compare bits."""
_CHUNK = 16_384
_SAMPLE = 16_384
_MOST_CHOSEN, _SPARE = 0.5, 1.3
"""Where so many rows may come, so many times as many as should be enough are looked at without asking which."""


class SignScan:
    """A read-only index of bits over rows 0..n-1; safe from many threads."""

    def __init__(self, vectors: SplitRows, seed: int = 7) -> None:
        rows, dim = len(vectors), vectors.dim
        self._directions = _directions(dim, BITS, np.random.default_rng(seed))
        drawn = np.linspace(0, rows - 1, min(rows, _SAMPLE)).astype(np.intp)
        # What all rows have in common tells none from another; photos' features are even all above 0.
        self._middle = vectors.take(drawn).mean(axis=0) @ self._directions
        self._index = _empty_index(BITS)
        for at in range(0, rows, _CHUNK):
            self._index.add(self._bits(vectors.take(np.arange(at, min(at + _CHUNK, rows)))))

    def search(self, query: NDArray[np.float32], count: int, chosen: Mask | None) -> NDArray[np.int64]:
        """The about ``count`` rows at the smallest angle among ``chosen``, best first."""
        if chosen is not None and (share := np.count_nonzero(chosen) / len(chosen)) >= _MOST_CHOSEN:
            # Leaving a few out afterwards is quicker than asking of every row whether it may come.
            rows = self._look(query, int(_SPARE * count / share), None)
            kept = rows[chosen[rows]]
            if len(kept) >= count:
                return kept[:count]
        return self._look(query, count, chosen)

    def _look(self, query: NDArray[np.float32], count: int, chosen: Mask | None) -> NDArray[np.int64]:
        # OpenMP's setting is each thread's own.
        faiss.omp_set_num_threads(1)
        parameters: Any = faiss.SearchParameters()
        if chosen is not None:
            packed = np.packbits(chosen, bitorder="little")
            parameters.sel = selector = faiss.IDSelectorBitmap(len(packed), faiss.swig_ptr(packed))
            assert selector is not None
        _, rows = self._index.search(self._bits(query[None]), min(count, self._index.ntotal), params=parameters)
        found: NDArray[np.int64] = rows[0]
        return found[found >= 0]

    def _bits(self, vectors: NDArray[np.float32]) -> NDArray[np.uint8]:
        return np.packbits(vectors @ self._directions > self._middle, axis=1, bitorder="little")

    @property
    def nbytes(self) -> int:
        """The bytes of the bits."""
        return int(self._index.ntotal) * int(self._index.d) // 8


def _empty_index(bits: int) -> Any:
    index: Any = faiss.IndexBinaryFlat(bits)
    # Distances are few whole numbers: counting them is quicker than a heap.
    index.use_heap = False
    return index


def _directions(dim: int, bits: int, random: np.random.Generator) -> NDArray[np.float32]:
    """(dim, bits): at right angles to each other, as many at a time as there is room for."""
    turns = [np.linalg.qr(random.standard_normal((dim, dim)))[0] for _ in range(-(-bits // dim))]
    return np.ascontiguousarray(np.concatenate(turns, axis=1)[:, :bits], np.float32)
