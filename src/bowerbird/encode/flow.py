"""Encoding, step by step: the texts of products, then their photos, each only where the cache has no vector.

Start here. ``product_text`` says what is read, ``text`` and ``image`` run the models, ``cache`` keeps what
they gave; ``terms`` cuts words for the term index; ``hub`` and ``build`` make the model folders.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.ports import ImageEncoder, TextEncoder
from bowerbird.domain.product import Product
from bowerbird.encode.cache import Encoded, encode_photos, encode_texts, text_hash
from bowerbird.encode.product_text import product_text
from bowerbird.encode.progress import Progress, no_progress
from bowerbird.storage.vectors import VectorStore


@dataclass(frozen=True, slots=True)
class EncodeReport:
    """What ``encode_products`` did, by the photos' models in order."""

    texts: Encoded
    photos: tuple[Encoded, ...]


def encode_products(
    products: Sequence[Product],
    photos: Sequence[str],
    text: TextEncoder,
    images: Sequence[ImageEncoder],
    store: VectorStore,
    read_photo: Callable[[str], bytes],
    progress: Progress = no_progress,
) -> EncodeReport:
    """Fill the vector cache for a batch of products and the content hashes of their photos.

    ``read_photo`` gives the bytes of a hash.
    """
    texts = encode_texts(text, store, (product_text(product) for product in products), progress)
    seen = (encode_photos(image, store, photos, read_photo, progress=progress) for image in images)
    return EncodeReport(texts, tuple(seen))


def text_vectors(products: Sequence[Product], encoder: TextEncoder, store: VectorStore) -> NDArray[np.float32]:
    """The (n, dim) text vectors of products, from the cache; missing ones are encoded first."""
    texts = [product_text(product) for product in products]
    hashes = [text_hash(text) for text in texts]
    vectors, missing = store.get_matrix(encoder.fingerprint, hashes, encoder.dim)
    if missing.any():
        encode_texts(encoder, store, (text for text, absent in zip(texts, missing, strict=True) if absent))
        vectors, _ = store.get_matrix(encoder.fingerprint, hashes, encoder.dim)
    return vectors.astype(np.float32)


def photo_vectors(
    hashes: Sequence[str], encoder: ImageEncoder, store: VectorStore
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """The (n, dim) raw photo vectors of hashes, from the cache, and an (n,) mask of those that are not there."""
    vectors, missing = store.get_matrix(encoder.fingerprint, hashes, encoder.dim)
    return vectors.astype(np.float32), missing
