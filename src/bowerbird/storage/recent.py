"""The latest results by key, in memory: what was worked out a moment ago is not worked out again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Kept = TypeVar("Kept")


class Recent(Generic[Key, Kept]):
    """At most ``room`` results, the longest unused forgotten first; safe from many threads."""

    def __init__(self, room: int = 256) -> None:
        self._room = room
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Key) -> Kept | None:
        """What was put last under a key and is still here."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def put(self, key: Key, value: Kept) -> None:
        """Keep a result."""
        with self._lock:
            self._kept[key] = value
            self._kept.move_to_end(key)
            while len(self._kept) > self._room:
                self._kept.popitem(last=False)

    def drop(self, keys: Iterable[Key]) -> None:
        """Forget what was put under some keys."""
        with self._lock:
            for key in keys:
                self._kept.pop(key, None)

    def __len__(self) -> int:
        return len(self._kept)
