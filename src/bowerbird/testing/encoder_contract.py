"""What every encoder is held to.

A new one adds three lines:

class TestMyEncoder(TextEncoderContract):
    def make(self) -> TextEncoder:
        return MyEncoder(...)
"""

from __future__ import annotations

from abc import ABC, abstractmethod

import numpy as np
from PIL import Image

from bowerbird.domain.ports import ImageEncoder, SharedSpace, TextEncoder

_TEXTS = ("red leather handbag", "steel kettle", "", "青花瓷茶壶", "a " * 2_000, "naïve café\u200b \U0001f45c")
# Batches may round otherwise than single texts (int8 scales are per tensor); nothing may differ by more.
_ROUNDING = 0.03


class TextEncoderContract(ABC):
    """Subclass it, name the class Test..., and say how to make the encoder."""

    @abstractmethod
    def make(self) -> TextEncoder:
        """A fresh encoder."""

    def test_it_gives_unit_rows_of_float32(self) -> None:
        encoder = self.make()
        rows = encoder.encode(_TEXTS)
        assert rows.shape == (len(_TEXTS), encoder.dim)
        assert rows.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-3)

    def test_no_texts_give_no_rows(self) -> None:
        encoder = self.make()
        assert encoder.encode([]).shape == (0, encoder.dim)

    def test_a_query_is_one_vector(self) -> None:
        encoder = self.make()
        vector = encoder.encode_query("red shoes")
        assert vector.shape == (encoder.dim,)
        assert vector.dtype == np.float32
        assert abs(float(np.linalg.norm(vector)) - 1) < 1e-3

    def test_a_query_is_a_unit_vector_or_where_it_cannot_be_read_nothing(self) -> None:
        encoder = self.make()
        lengths = np.array([np.linalg.norm(encoder.encode_query(text)) for text in _TEXTS])
        assert ((np.abs(lengths - 1) < 1e-3) | (lengths == 0)).all()

    def test_the_same_text_gives_the_same_vector_whatever_stands_beside_it(self) -> None:
        encoder = self.make()
        together, alone = encoder.encode(_TEXTS), [encoder.encode([text])[0] for text in _TEXTS]
        assert np.abs(together - np.stack(alone)).max() <= _ROUNDING

    def test_two_encoders_made_alike_agree_and_share_a_fingerprint(self) -> None:
        first, second = self.make(), self.make()
        assert first.fingerprint == second.fingerprint != ""
        np.testing.assert_array_equal(first.encode(_TEXTS[:2]), second.encode(_TEXTS[:2]))

    def test_like_texts_are_nearer_than_unlike_ones(self) -> None:
        red, reds, other = self.make().encode(["red running shoes", "red shoes for running", "electric kettle"])
        assert red @ reds > red @ other


class ImageEncoderContract(ABC):
    """Subclass it, name the class Test..., and say how to make the encoder."""

    @abstractmethod
    def make(self) -> ImageEncoder:
        """A fresh encoder."""

    def test_it_gives_finite_rows_of_float32(self) -> None:
        encoder = self.make()
        rows = encoder.encode(_photos())
        assert rows.shape == (len(_photos()), encoder.dim)
        assert rows.dtype == np.float32
        assert np.isfinite(rows).all()

    def test_no_photos_give_no_rows(self) -> None:
        encoder = self.make()
        assert encoder.encode([]).shape == (0, encoder.dim)

    def test_the_same_photo_gives_the_same_vector_whatever_stands_beside_it(self) -> None:
        encoder = self.make()
        photos = _photos()
        together, alone = encoder.encode(photos), [encoder.encode([photo])[0] for photo in photos]
        for a, b in zip(together, alone, strict=True):
            assert a @ b >= (1 - _ROUNDING) * np.linalg.norm(a) * np.linalg.norm(b)

    def test_two_encoders_made_alike_agree_and_share_a_fingerprint(self) -> None:
        first, second = self.make(), self.make()
        assert first.fingerprint == second.fingerprint != ""
        np.testing.assert_array_equal(first.encode(_photos()[:2]), second.encode(_photos()[:2]))

    def test_a_photo_made_smaller_stays_nearest_to_itself(self) -> None:
        encoder = self.make()
        photos = _photos()[:3]
        small = encoder.encode([photo.resize((160, 160)) for photo in photos])
        full = encoder.encode(photos)
        unit = full / np.linalg.norm(full, axis=1, keepdims=True)
        assert (small @ unit.T).argmax(axis=1).tolist() == [0, 1, 2]


class SharedSpaceContract(ABC):
    """Subclass it, name the class Test..., and say how to make the space and raw rows for it."""

    @abstractmethod
    def make(self) -> SharedSpace:
        """A fresh space."""

    @abstractmethod
    def raw_photos(self) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        """Raw photo vectors, (n, photo dim)."""

    @abstractmethod
    def text_vectors(self) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        """Text vectors, (n, text dim)."""

    def test_both_sides_land_on_unit_rows_of_one_dimension(self) -> None:
        space = self.make()
        for rows, given in (
            (space.photos(self.raw_photos()), self.raw_photos()),
            (space.texts(self.text_vectors()), self.text_vectors()),
        ):
            assert rows.shape == (len(given), space.dim)
            assert rows.dtype == np.float32
            np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-4)


def _photos() -> list[Image.Image]:
    """A red disc, a blue bar and a striped square on a light ground, and one narrow picture."""
    y, x = np.mgrid[0:320, 0:320]
    disc, bar = (x - 160) ** 2 + (y - 160) ** 2 < 90**2, (abs(x - 160) < 120) & (abs(y - 160) < 30)
    square = (abs(x - 160) < 100) & (abs(y - 160) < 100)
    pictures = []
    for mask, colour in ((disc, (200, 30, 40)), (bar, (40, 80, 180)), (square & (y // 20 % 2 == 0), (30, 30, 34))):
        pixels = np.full((320, 320, 3), 236, dtype=np.uint8)
        pixels[mask] = colour
        pictures.append(Image.fromarray(pixels))
    return [*pictures, pictures[0].resize((40, 300))]
