"""Invented shops whose photos and texts are linear views of the same hidden things."""

import numpy as np
import pytest

from bowerbird.learn.pairs import Pairs, Phrases

HIDDEN = 6


@pytest.fixture
def planted() -> Pairs:
    """One photo a product; its title is the thing itself, its kind one of six by the largest hidden number."""
    rng = np.random.default_rng(0)
    products = 300
    things = rng.normal(size=(products, HIDDEN))
    to_photo, to_text = np.linalg.qr(rng.normal(size=(24, HIDDEN)))[0], rng.normal(size=(HIDDEN, 16))
    photos = things @ to_photo.T + 0.05 * rng.normal(size=(products, 24))
    numbers = np.arange(products)
    phrases = (
        Phrases(numbers, unit(things @ to_text)),
        Phrases(np.argmax(things, axis=1), unit(np.eye(HIDDEN) @ to_text)),
    )
    return Pairs("planted", (photos.astype(np.float32),), phrases, numbers)


def unit(rows: np.ndarray) -> np.ndarray:
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
