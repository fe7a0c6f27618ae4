"""Which products are new: when each was first seen in the shop, whatever was written to it since."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.ports import IndexView
from bowerbird.recommend.chart import Chart
from bowerbird.recommend.keyed_rows import KeyedRows

_UNDATED = 1.0
"""The time of what was there before anybody looked and that has no date: before all else."""


class FirstSeen:
    """The time at which each product came; one writer, many readers."""

    def __init__(self) -> None:
        self._rows = KeyedRows(1)
        self._looked_up_to = -1

    def look(self, view: IndexView, now: float) -> bool:
        """Note the products of a view that were not there before; whether there were any.

        Those of the first view were there before: they came when they were last updated, as far as they say.
        """
        documents = np.flatnonzero(view.select(None).mask).astype(np.int32)
        seqs = view.seqs(documents)
        late = seqs > self._looked_up_to
        if not late.any():
            return False
        first = not len(self._rows)
        documents = documents[late]
        keys = view.keys(documents)
        new = np.array([key not in self._rows for key in keys.tolist()], bool)
        times = np.full(len(keys), now)
        if first:
            dates = view.numbers("updated_at", documents)
            # Nobody's date lies ahead; of those without one the last written are the newest.
            order = np.argsort(np.argsort(seqs[late])) / (1.0 + len(keys))
            times = np.where(np.isnan(dates), _UNDATED + order, np.minimum(dates, now))
        self._rows.add(keys[new], times[new, None])
        self._looked_up_to = int(seqs.max())
        return bool(new.any())

    def is_behind(self, view: IndexView) -> bool:
        """Whether a view may hold products that were not looked at."""
        everything = np.arange(len(view.select(None).mask), dtype=np.int32)
        return bool(len(everything)) and int(view.seqs(everything[-1:])[0]) > self._looked_up_to

    def chart(self) -> Chart:
        """Products, the newest first; values are places, the newest highest."""
        # 32-bit floats know the time to two minutes, so what counts is the order.
        order = np.argsort(self._rows.values[:, 0], kind="stable")
        places = np.empty(len(order), np.float32)
        places[order] = 1.0 + np.arange(len(order), dtype=np.float32)
        return Chart.of(self._rows.keys, places)

    def times_of(self, keys: NDArray[np.uint64]) -> NDArray[np.float64]:
        """When products came, 0 for those that nobody saw yet."""
        times: NDArray[np.float64] = self._rows.of(keys)[:, 0]
        return times

    def to_arrays(self) -> dict[str, NDArray[np.generic]]:
        """Everything as arrays."""
        return {"keys": self._rows.keys, "values": self._rows.values, "seq": np.array([self._looked_up_to])}

    @classmethod
    def of_arrays(cls, arrays: dict[str, NDArray[np.generic]]) -> FirstSeen:
        """What ``to_arrays`` took apart."""
        made = cls()
        made._rows = KeyedRows.of_arrays(arrays["keys"].astype(np.uint64), arrays["values"].astype(np.float64))
        made._looked_up_to = int(arrays["seq"][0])
        return made
