"""Products by one number, best first: what is popular, what is new. Looked at under any filter of any view."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np

from bowerbird.domain.ports import IndexView
from bowerbird.recommend.interactions import Keys

if TYPE_CHECKING:
    from bowerbird.domain.ports import Documents, Floats, Mask

_HEAD = 4_096
"""So many of the best are looked through before anything else is: under most filters they hold a page."""


@dataclass(frozen=True, eq=False)
class Chart:
    """``keys`` (n,) rising, ``values`` (n,) above 0 where a product counts; ``head`` are places of the best."""

    keys: Keys
    values: Floats
    head: Documents
    _seen: WeakKeyDictionary[IndexView, tuple[Documents, Floats]] = field(default_factory=WeakKeyDictionary)

    @classmethod
    def of(cls, keys: Keys, values: Floats) -> Chart:
        """A chart of distinct keys in any order."""
        order = np.argsort(keys)
        keys, values = keys[order], values[order].astype(np.float32)
        head = np.arange(len(keys))
        if len(head) > _HEAD:
            head = np.argpartition(-values, _HEAD)[:_HEAD]
        head = head[np.argsort(-values[head], kind="stable")]
        return cls(keys, values, head.astype(np.int32))

    def best(self, view: IndexView, allowed: Mask, count: int, enough: int | None = None) -> tuple[Documents, Floats]:
        """The best ``count`` allowed documents with their values; fewer where no more are in the chart.

        With ``enough`` of them among the very best, no more are looked for.
        """
        documents, values = self._head_in(view)
        kept = np.flatnonzero(allowed[documents])[:count]
        if len(kept) < (count if enough is None else enough) and len(self.head) < len(self.keys):
            return self._among(view, np.flatnonzero(allowed).astype(np.int32), count)
        return documents[kept], values[kept]

    def values_of(self, keys: Keys) -> Floats:
        """The values of some products; 0 where the chart has none."""
        if not len(self.keys):
            return np.zeros(len(keys), np.float32)
        at = np.minimum(self.keys.searchsorted(keys), len(self.keys) - 1)
        found: Floats = np.where(self.keys[at] == keys, self.values[at], np.float32(0))
        return found

    def _among(self, view: IndexView, documents: Documents, count: int) -> tuple[Documents, Floats]:
        values = self.values_of(view.keys(documents))
        documents, values = documents[values > 0], values[values > 0]
        order = np.argsort(-values, kind="stable")[:count]
        return documents[order], values[order]

    def _head_in(self, view: IndexView) -> tuple[Documents, Floats]:
        """The documents of the head in a view; found once a view."""
        seen = self._seen.get(view)
        if seen is None:
            documents = view.documents_of(self.keys[self.head])
            there = documents >= 0
            seen = self._seen[view] = documents[there], self.values[self.head][there]
        return seen


NO_CHART = Chart.of(np.empty(0, np.uint64), np.empty(0, np.float32))
