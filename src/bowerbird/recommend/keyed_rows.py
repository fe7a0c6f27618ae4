"""A few numbers for each of many products: added to by one writer, read by any number of threads."""

from __future__ import annotations

from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from bowerbird.recommend.interactions import Keys


class KeyedRows:
    """(n, width) float64 rows by key; a key that nobody wrote is all zeros."""

    def __init__(self, width: int) -> None:
        self.width = width
        self._places: dict[int, int] = {}
        self._values = np.zeros((16, width))
        self._keys = np.zeros(16, np.uint64)

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, key: int) -> bool:
        return key in self._places

    @property
    def keys(self) -> Keys:
        """Every key, in the order of its coming."""
        return self._keys[: len(self._places)]

    @property
    def values(self) -> NDArray[np.float64]:
        """The rows of ``keys``; a writer may change them in place."""
        return self._values[: len(self._places)]

    def of(self, keys: Keys) -> NDArray[np.float64]:
        """The rows of some keys, (n, width)."""
        places = np.fromiter(map(self._places.get, keys.tolist(), repeat(-1)), np.int64, len(keys))
        # The places first: a row is there before its place is told.
        rows: NDArray[np.float64] = self._values[places]
        rows[places < 0] = 0.0
        return rows

    def add(self, keys: Keys, values: NDArray[np.float64]) -> None:
        """Add (n, width) numbers to the rows of (n,) keys, which may repeat."""
        places = self.place(keys)
        np.add.at(self._values, places, values)

    def place(self, keys: Keys) -> NDArray[np.int64]:
        """Where the rows of keys are, made where they are new."""
        distinct, inverse = np.unique(keys, return_inverse=True)
        places = np.fromiter((self._place(key) for key in distinct.tolist()), np.int64, len(distinct))
        return places[inverse]

    def _place(self, key: int) -> int:
        place = self._places.get(key)
        if place is None:
            place = len(self._places)
            if place == len(self._values):
                self._values = np.concatenate([self._values, np.zeros_like(self._values)])
                self._keys = np.concatenate([self._keys, np.zeros_like(self._keys)])
            self._keys[place] = key
            self._places[key] = place
        return place

    @classmethod
    def of_arrays(cls, keys: Keys, values: NDArray[np.float64]) -> KeyedRows:
        """Rows that ``keys`` and ``values`` gave."""
        rows = cls(values.shape[1])
        rows._keys, rows._values = keys.astype(np.uint64), values.astype(np.float64)
        rows._places = {key: place for place, key in enumerate(keys.tolist())}
        if not len(keys):
            rows._keys, rows._values = np.zeros(16, np.uint64), np.zeros((16, values.shape[1]))
        return rows
