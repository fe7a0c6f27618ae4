"""Photos to raw vectors, by a model folder's preprocessing and ONNX graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from bowerbird.domain.errors import ModelError
from bowerbird.encode.colour import colour_vector
from bowerbird.encode.model_folder import ImagePart, read_manifest
from bowerbird.encode.sessions import count_cores, map_bounded, open_session
from bowerbird.storage.photo_decoding import decode_photo

Photo: TypeAlias = "Image.Image | bytes | Path"

_BATCH = 8
_TOP_LABELS = 10


class OnnxImageEncoder:
    """An image encoder that needs no torch; safe from many threads.

    With the built-in model a row is 1280 pooled features, the 384 of the label prior (the unit sum of the
    text vectors of the ten likeliest ImageNet labels, each weighed by its probability) and the colour
    vector. Other models give their own image vector, at unit length.

    Args:
        folder: a model folder of kind image or joint.
        workers: threads that decode and run batches; all cores by default.

    Raises:
        ModelError: the folder has no usable image model.
    """

    def __init__(self, folder: Path, *, workers: int | None = None) -> None:
        manifest = read_manifest(folder)
        if manifest.image is None:
            raise ModelError(f"{folder} holds no image model")
        self.manifest = manifest
        self._part: ImagePart = manifest.image
        self._workers = workers or count_cores()
        self._session = open_session(folder / self._part.graph)
        self._input = self._session.get_inputs()[0].name
        self._labels: NDArray[np.float32] | None = None
        if self._part.labels:
            self._labels = np.load(folder / self._part.labels, allow_pickle=False).astype(np.float32)

    @property
    def dim(self) -> int:
        """The length of a raw vector."""
        return self._part.dim

    @property
    def fingerprint(self) -> str:
        """Changes whenever the same photo would give another vector."""
        return self.manifest.fingerprint

    def encode(self, photos: Iterable[Photo]) -> NDArray[np.float32]:
        """Photos to (n, dim) float32; raises PhotoError for bytes or a file that is no photo."""
        if isinstance(photos, Sequence) and 0 < len(photos) <= _BATCH:
            return self._encode_batch(list(photos))
        rows = list(map_bounded(self._encode_batch, _batched(photos), self._workers))
        return np.concatenate(rows) if rows else np.empty((0, self.dim), np.float32)

    def _encode_batch(self, photos: list[Photo]) -> NDArray[np.float32]:
        fitted = [fit(open_photo(photo, self._part), self._part) for photo in photos]
        pixels = np.stack([to_input(image, self._part) for image in fitted])
        outputs = self._session.run(None, {self._input: pixels})
        parts = [np.asarray(outputs[0], np.float32)]
        if self._labels is not None:
            parts.append(label_prior(outputs[1], self._labels))
        if self._part.colours:
            parts.append(np.stack([colour_vector(image) for image in fitted]))
        return np.concatenate(parts, axis=1) if len(parts) > 1 else parts[0]


def open_photo(photo: Photo, part: ImagePart) -> Image.Image:
    """Decode bytes or a file, no larger than the model needs; images pass."""
    if isinstance(photo, Image.Image):
        return photo if photo.mode == "RGB" else photo.convert("RGB")
    data = photo.read_bytes() if isinstance(photo, Path) else photo
    return decode_photo(data, target_side=max(part.size))


def fit(image: Image.Image, part: ImagePart) -> Image.Image:
    """Resize and crop an RGB photo to the size the network takes.

    Resizes only what the crop keeps, which equals resizing all and then cropping, and bounds the
    memory for a photo of any proportions.
    """
    height, width = part.crop
    full_width, full_height = _resized(image.width, image.height, part)
    left, top = (full_width - width) // 2, (full_height - height) // 2
    across, down = image.width / full_width, image.height / full_height
    resample = Image.Resampling(part.resample)
    if left >= 0 and top >= 0:
        box = (left * across, top * down, (left + width) * across, (top + height) * down)
        return image.resize((width, height), resample, box=box)
    resized = image.resize((full_width, full_height), resample)
    return resized.crop((left, top, left + width, top + height))


def to_input(image: Image.Image, part: ImagePart) -> NDArray[np.float32]:
    """One fitted RGB photo to the (3, height, width) float32 that the graph takes."""
    pixels = np.asarray(image, np.float32)
    mean, std = np.asarray(part.mean, np.float32), np.asarray(part.std, np.float32)
    return np.ascontiguousarray(((pixels * np.float32(part.scale) - mean) / std).transpose(2, 0, 1))


def label_prior(logits: NDArray[np.float32], labels: NDArray[np.float32]) -> NDArray[np.float32]:
    """(n, labels) logits and (labels, dim) label vectors to (n, dim) unit rows."""
    top = np.argpartition(-logits, _TOP_LABELS, axis=1)[:, :_TOP_LABELS]
    likely = np.take_along_axis(logits, top, axis=1)
    weights = np.exp(likely - likely.max(axis=1, keepdims=True))
    prior = np.einsum("nk,nkd->nd", weights, labels[top])
    prior /= np.maximum(np.linalg.norm(prior, axis=1, keepdims=True), 1e-9)
    return np.asarray(prior, np.float32)


def _resized(width: int, height: int, part: ImagePart) -> tuple[int, int]:
    if part.resize == "none":
        return width, height
    if part.resize == "exact":
        return part.size[1], part.size[0]
    side = part.size[0]
    factor = side / min(width, height)
    to_whole = round if part.round_longer_side else int
    if width <= height:
        return side, max(side, to_whole(height * factor))
    return max(side, to_whole(width * factor)), side


def _batched(photos: Iterable[Photo]) -> Iterator[list[Photo]]:
    iterator = iter(photos)
    while batch := list(islice(iterator, _BATCH)):
        yield batch
