"""The latest query photos in vectors: the next page, or a slider that moves, does not look at the photo again."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from bowerbird.domain.query import PhotoInput
from bowerbird.storage.files import content_hash
from bowerbird.storage.recent import Recent

if TYPE_CHECKING:
    from bowerbird.domain.ports import Floats

PhotoKey: TypeAlias = "tuple[str, tuple[float, float, float, float] | None]"


class PhotoVectors(NamedTuple):
    """A photo in the photo space and in the shared one, where those exist."""

    vector: Floats | None
    shared: Floats | None


PhotoCache: TypeAlias = Recent[PhotoKey, PhotoVectors]
"""Vectors by a photo's content and box. It belongs to one set of models and maps, and so goes when they go."""


def key_of_photo(photo: PhotoInput) -> PhotoKey:
    """What a photo goes by: its content and its box; how much it weighs does not change what it shows."""
    return content_hash(photo.data), photo.box
