"""Histories as arrays: cut, chosen from, and asked about."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bowerbird.domain.errors import InputError
from bowerbird.recommend.histories import Histories

PRODUCTS = tuple("abcde")
WALKS = st.lists(st.lists(st.integers(0, 4), max_size=6), max_size=8)


def walks_of(histories):
    return [histories.of(shopper).tolist() for shopper in range(len(histories))]


@given(WALKS)
def test_what_goes_in_comes_out(walks):
    assert walks_of(Histories.from_sequences(walks, PRODUCTS)) == walks


@given(WALKS, st.integers(0, 4))
def test_the_last_products_are_cut_off(walks, count):
    cut = Histories.from_sequences(walks, PRODUCTS).without_last(count)
    assert walks_of(cut) == [walk[: max(len(walk) - count, 0)] for walk in walks]


@given(WALKS)
def test_each_shopper_may_lose_another_number(walks):
    counts = np.arange(len(walks)) % 3
    cut = Histories.from_sequences(walks, PRODUCTS).without_last(counts)
    assert walks_of(cut) == [walk[: max(len(walk) - at % 3, 0)] for at, walk in enumerate(walks)]


@given(WALKS)
def test_whose_last_product_is_new_to_them_is_told(walks):
    expected = [bool(walk) and walk[-1] not in walk[:-1] for walk in walks]
    assert Histories.from_sequences(walks, PRODUCTS).ends_anew.tolist() == expected


@given(WALKS, st.randoms())
def test_some_shoppers_alone_keep_their_own(walks, chance):
    chosen = [at for at in range(len(walks)) if chance.random() < 0.5]
    chance.shuffle(chosen)
    part = Histories.from_sequences(walks, PRODUCTS).take(np.array(chosen, np.int64))
    assert walks_of(part) == [walks[at] for at in chosen]


def test_a_product_that_is_not_there_is_refused():
    with pytest.raises(InputError, match="not there"):
        Histories.from_sequences([[5]], PRODUCTS)
