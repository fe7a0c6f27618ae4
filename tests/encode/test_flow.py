"""Encoding a batch of products fills the cache once, and only with what was missing."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from bowerbird.domain.product import Product
from bowerbird.encode.cache import encode_photos, encode_texts
from bowerbird.encode.flow import EncodeReport, encode_products, photo_vectors, text_vectors
from bowerbird.storage.database import Database
from bowerbird.storage.vectors import VectorStore
from bowerbird.testing.fakes import ColourShapeImageEncoder, HashingTextEncoder


class Counting(HashingTextEncoder):
    """Counts the texts it was given."""

    seen = 0

    def encode(self, texts):
        self.seen += len(texts)
        return super().encode(texts)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[VectorStore]:
    database = Database.open(tmp_path)
    yield VectorStore(database)
    database.close()


def photo(color: str) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (60, 40), color).save(buffer, "PNG")
    return buffer.getvalue()


def test_the_same_text_is_encoded_once(store: VectorStore) -> None:
    encoder = Counting()
    first = encode_texts(encoder, store, ["red shoe", "red shoe", "kettle"])
    second = encode_texts(encoder, store, ["red shoe", "kettle", "lamp"])
    assert (first.encoded, first.cached) == (2, 0)
    assert (second.encoded, second.cached) == (1, 2)
    assert encoder.seen == 3


def test_another_model_encodes_anew(store: VectorStore) -> None:
    encode_texts(Counting(), store, ["red shoe"])
    other = Counting(seed=1)
    assert encode_texts(other, store, ["red shoe"]).encoded == 1


def test_a_broken_photo_is_reported_and_the_others_are_encoded(store: VectorStore) -> None:
    files = {"a": photo("red"), "b": b"not a photo", "c": photo("blue")}
    told: list[tuple[str, int, int | None]] = []
    report = encode_photos(
        ColourShapeImageEncoder(), store, files, files.__getitem__, progress=lambda *step: told.append(step)
    )
    assert report.encoded == 2
    assert list(report.failed) == ["b"]
    assert "not a photo" in report.failed["b"]
    assert told[-1][1:] == (3, 3)
    vectors, missing = photo_vectors(["a", "b", "c"], ColourShapeImageEncoder(), store)
    assert missing.tolist() == [False, True, False]
    assert np.linalg.norm(vectors[0]) > 0


def test_products_are_encoded_with_their_photos(store: VectorStore) -> None:
    products = [
        Product("1", "Red shoe", images=("a.png", "gone.png")),
        Product("2", "Blue kettle", images=("c.png",)),
    ]
    files = {"hash-a": photo("red"), "hash-c": photo("blue")}
    text, image = HashingTextEncoder(), ColourShapeImageEncoder()

    def encode() -> EncodeReport:
        return encode_products(products, list(files), text, [image], store, files.__getitem__)

    report, again = encode(), encode()
    assert (report.texts.encoded, report.photos[0].encoded, report.photos[0].failed) == (2, 2, {})
    assert (again.texts.encoded, again.photos[0].encoded) == (0, 0)
    rows = text_vectors(products, text, store)
    assert rows[0] @ text.encode_query("red shoe") > rows[1] @ text.encode_query("red shoe")


def test_texts_are_encoded_in_the_same_order_whatever_order_they_come_in(tmp_path: Path) -> None:
    class Noting(HashingTextEncoder):
        def encode(self, texts):
            self.order = list(texts)
            return super().encode(texts)

    texts = [f"lamp {number}" for number in range(50)]
    orders = []
    for name, given in (("a", texts), ("b", texts[::-1])):
        database = Database.open(tmp_path / name)
        encoder = Noting()
        encode_texts(encoder, VectorStore(database), given)
        orders.append(encoder.order)
        database.close()
    assert orders[0] == orders[1] and set(orders[0]) == set(texts)
