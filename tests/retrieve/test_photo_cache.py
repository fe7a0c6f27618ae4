"""Query photos are looked at once, however often they are asked with."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest

from bowerbird.domain.errors import PhotoError
from bowerbird.domain.query import PhotoInput, Wish
from bowerbird.retrieve.photo_cache import PhotoCache, PhotoVectors, key_of_photo
from bowerbird.retrieve.wishes import encode_wish


def vectors(number: float) -> PhotoVectors:
    return PhotoVectors(np.full(4, number, np.float32), None)


def test_the_same_photo_with_another_weight_is_not_encoded_again(encoders):
    first = encode_wish(Wish(photos=(PhotoInput(b"red bag", 1.0),)), encoders).photos[0]
    again = encode_wish(Wish("leather", photos=(PhotoInput(b"red bag", 0.3),)), encoders).photos[0]
    assert encoders.image.calls == 1
    assert (first.weight, again.weight) == (1.0, 0.3)
    assert np.array_equal(first.vector, again.vector) and np.array_equal(first.shared, again.shared)


def test_another_box_or_another_photo_is_encoded(encoders):
    for photo in (
        PhotoInput(b"red bag"),
        PhotoInput(b"red bag", box=(0.0, 0.0, 0.5, 0.5)),
        PhotoInput(b"red bag", box=(0.0, 0.0, 0.5, 1.0)),
        PhotoInput(b"blue bag"),
    ):
        encode_wish(Wish(photos=(photo,)), encoders)
    assert encoders.image.calls == 4


def test_of_several_photos_only_the_new_ones_are_encoded_together_and_each_keeps_its_place(encoders):
    red, blue, shoe = (PhotoInput(shows) for shows in (b"red bag", b"blue bag", b"shoe"))
    encode_wish(Wish(photos=(blue,)), encoders)
    found = encode_wish(Wish(photos=(red, blue, red, shoe)), encoders).photos
    assert encoders.image.calls == 2
    alone = [encode_wish(Wish(photos=(photo,)), encoders).photos[0].vector for photo in (red, blue, red, shoe)]
    assert all(np.array_equal(one.vector, other) for one, other in zip(found, alone, strict=True))
    assert encoders.image.calls == 2


def test_a_photo_that_cannot_be_read_is_refused_each_time(encoders):
    def refuse(photo):
        raise PhotoError("broken")

    broken = replace(encoders, read_photo=refuse)
    for _ in range(2):
        with pytest.raises(PhotoError):
            encode_wish(Wish(photos=(PhotoInput(b"torn"),)), broken)


def test_the_longest_unused_is_forgotten_first():
    cache = PhotoCache(room=2)
    cache.put(("a", None), vectors(1))
    cache.put(("b", None), vectors(2))
    assert cache.get(("a", None)) is not None
    cache.put(("c", None), vectors(3))
    assert cache.get(("b", None)) is None
    assert cache.get(("a", None)) is not None and cache.get(("c", None)) is not None
    assert len(cache) == 2


def test_threads_share_it(encoders):
    cache = PhotoCache(room=8)

    def work(number: int) -> bool:
        key = (str(number % 16), None)
        cache.put(key, vectors(number % 16))
        found = cache.get(key)
        return found is None or float(found.vector[0]) == number % 16

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(work, range(2_000)))
    assert len(cache) == 8


def test_a_photo_goes_by_its_content_and_its_box():
    assert key_of_photo(PhotoInput(b"a", 2.0)) == key_of_photo(PhotoInput(b"a", 0.5))
    assert key_of_photo(PhotoInput(b"a")) != key_of_photo(PhotoInput(b"a", box=(0, 0, 1, 1)))
