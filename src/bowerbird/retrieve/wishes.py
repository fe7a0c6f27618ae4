"""Turn a wish, words and photos, into vectors: each photo is encoded once, however many legs and pages use it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from bowerbird.domain.errors import ModelError
from bowerbird.domain.ports import Cut, ImageEncoder, PhotoMetric, SharedSpace, TextEncoder
from bowerbird.domain.query import PhotoInput, Wish
from bowerbird.domain.understanding import Rewrite, RewriteReason
from bowerbird.retrieve.photo_cache import PhotoCache, PhotoVectors, key_of_photo
from bowerbird.storage.photo_decoding import crop, decode_photo

if TYPE_CHECKING:
    from PIL.Image import Image

    from bowerbird.domain.ports import Floats


def read_photo(photo: PhotoInput) -> Image:
    """Decode a query's photo and cut out its box. Raises PhotoError."""
    image = decode_photo(photo.data)
    return image if photo.box is None else crop(image, photo.box)


@dataclass(frozen=True, slots=True)
class Encoders:
    """What turns a query into terms and vectors; what is None gives no leg.

    With ``joint_text`` and ``joint_image`` they are the shared space, and ``space`` is not asked.
    """

    cut: Cut
    text: TextEncoder | None = None
    image: ImageEncoder | None = None
    metric: PhotoMetric | None = None
    space: SharedSpace | None = None
    joint_text: TextEncoder | None = None
    joint_image: ImageEncoder | None = None
    read_photo: Callable[[PhotoInput], Image] = read_photo
    photos: PhotoCache = field(default_factory=PhotoCache, repr=False, compare=False)


@dataclass(frozen=True, slots=True, eq=False)
class EncodedWords:
    """Words with their vectors in the text space and in the shared one, where those exist.

    ``strength`` is what the finds of this wording count beside those of the others, 0..1.
    """

    text: str
    weight: float
    vector: Floats | None = None
    shared: Floats | None = None
    strength: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class EncodedPhoto:
    """A photo's vectors in the photo space and in the shared one, where those exist."""

    weight: float
    vector: Floats | None = None
    shared: Floats | None = None


@dataclass(frozen=True, slots=True, eq=False)
class EncodedWish:
    """A wish in vectors: its words in every wording that is run, the heaviest first.

    ``examples`` are documents of one view, -1 for one that the view does not have yet.
    """

    words: tuple[EncodedWords, ...] = ()
    photos: tuple[EncodedPhoto, ...] = ()
    examples: tuple[int, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether it asks for nothing at all."""
        return not self.words and not self.photos and not self.examples


def encode_wish(
    wish: Wish, encoders: Encoders, examples: Sequence[int] = (), wordings: Sequence[Rewrite] | None = None
) -> EncodedWish:
    """Encode a wish; ``examples`` are the documents of its products in the view that is searched.

    ``wordings`` are what its text was understood as; without them it is looked for as it is. Raises PhotoError for a
    photo that cannot be read, ModelError without an image model.
    """
    if wordings is None:
        wordings = (Rewrite(wish.text, 1.0, RewriteReason.TYPED),)
    words = tuple(
        _encode_words(text, wish.text_weight, one.weight, encoders)
        for one in wordings
        if wish.text_weight > 0 and (text := " ".join(one.text.split()))
    )
    return EncodedWish(words, _encode_photos(wish.photos, encoders), tuple(examples))


def _encode_words(text: str, weight: float, strength: float, encoders: Encoders) -> EncodedWords:
    vector = None if encoders.text is None else _unless_zeros(encoders.text.encode_query(text))
    shared = None
    if encoders.joint_text is not None:
        shared = _unless_zeros(encoders.joint_text.encode_query(text))
    elif vector is not None and encoders.space is not None:
        shared = encoders.space.texts(vector[None, :])[0]
    return EncodedWords(text, weight, vector, shared, strength)


def _unless_zeros(vector: Floats) -> Floats | None:
    """The vector of words that the model could read."""
    return vector if vector.any() else None


def _encode_photos(photos: Sequence[PhotoInput], encoders: Encoders) -> tuple[EncodedPhoto, ...]:
    wanted = [photo for photo in photos if photo.weight > 0]
    if not wanted:
        return ()
    if encoders.image is None and encoders.joint_image is None:
        raise ModelError("this shop has no image model, so it cannot be searched by photo")
    keys = [key_of_photo(photo) for photo in wanted]
    known = {key: found for key in keys if (found := encoders.photos.get(key)) is not None}
    new = {key: photo for key, photo in zip(keys, wanted, strict=True) if key not in known}
    for key, vectors in zip(new, _look_at(list(new.values()), encoders), strict=True):
        encoders.photos.put(key, vectors)
        known[key] = vectors
    return tuple(EncodedPhoto(photo.weight, *known[key]) for key, photo in zip(keys, wanted, strict=True))


def _look_at(photos: Sequence[PhotoInput], encoders: Encoders) -> list[PhotoVectors]:
    """The vectors of photos, encoded together."""
    if not photos:
        return []
    images = [encoders.read_photo(photo) for photo in photos]
    raw = None if encoders.image is None else np.asarray(encoders.image.encode(images), np.float32)
    vectors = None if raw is None or encoders.metric is None else encoders.metric.project(raw)
    shared = None
    if encoders.joint_image is not None:
        shared = np.asarray(encoders.joint_image.encode(images), np.float32)
    elif raw is not None and encoders.space is not None:
        shared = encoders.space.photos(raw)
    return [
        PhotoVectors(None if vectors is None else vectors[row], None if shared is None else shared[row])
        for row in range(len(photos))
    ]
