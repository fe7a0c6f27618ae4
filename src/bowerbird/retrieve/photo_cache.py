"""The latest query photos in vectors: the next page, or a slider that moves, does not look at the photo again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from bowerbird.domain.query import PhotoInput
from bowerbird.storage.files import content_hash

if TYPE_CHECKING:
    from bowerbird.domain.ports import Floats

ROOM = 256
"""How many photos are kept: some kilobytes each."""

PhotoKey: TypeAlias = "tuple[str, tuple[float, float, float, float] | None]"


class PhotoVectors(NamedTuple):
    """A photo in the photo space and in the shared one, where those exist."""

    vector: Floats | None
    shared: Floats | None


class PhotoCache:
    """Vectors by a photo's content and box, the longest unused forgotten first; safe from many threads.

    It belongs to one set of models and maps, and so goes when they go.
    """

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._kept: OrderedDict[PhotoKey, PhotoVectors] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: PhotoKey) -> PhotoVectors | None:
        """What is kept of a photo."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def put(self, key: PhotoKey, vectors: PhotoVectors) -> None:
        """Keep a photo's vectors."""
        with self._lock:
            self._kept[key] = vectors
            self._kept.move_to_end(key)
            while len(self._kept) > self._room:
                self._kept.popitem(last=False)

    def __len__(self) -> int:
        return len(self._kept)


def key_of_photo(photo: PhotoInput) -> PhotoKey:
    """What a photo goes by: its content and its box; how much it weighs does not change what it shows."""
    return content_hash(photo.data), photo.box
