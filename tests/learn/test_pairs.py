import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bowerbird.learn.pairs import pair_up, split_products


def read(texts):
    return np.array([[len(text), sum(map(ord, text))] for text in texts], np.float32)


def test_each_photo_gets_the_vector_of_each_of_its_texts():
    texts = [("a", "kind"), ("bb", "kind"), ("a", "other")]
    pairs = pair_up("shop", [np.zeros((3, 4), np.float32)], texts, [0, 1, 0], read)
    for slot in range(2):
        expected = read([names[slot] for names in texts])
        np.testing.assert_array_equal(pairs.phrases[slot].of(np.arange(3)), expected)
    np.testing.assert_array_equal(pairs.take(np.array([1])).phrases[0].of(np.array([0])), read(["bb"]))


def test_a_slot_that_says_nothing_new_is_left_out():
    texts = [("a", "k", "a"), ("b", "k", "b")]
    assert len(pair_up("shop", [np.zeros((2, 4), np.float32)], texts, [0, 1], read).phrases) == 2


def test_lengths_must_match():
    with pytest.raises(ValueError, match="do not match"):
        pair_up("shop", [np.zeros((2, 4), np.float32)], [("a", "b")], [0, 1], read)


@given(st.lists(st.integers(0, 20), min_size=1, max_size=60), st.floats(0.0, 1.0), st.integers(0, 5))
def test_no_product_is_on_both_sides(products, share, seed):
    owners = np.array(products)
    kept, held = split_products(owners, share, seed)
    assert sorted([*kept, *held]) == list(range(len(owners)))
    assert not set(owners[kept]) & set(owners[held])
