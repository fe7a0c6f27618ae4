"""Factors between two trainings: new products come in, and nothing of an old shopper is forgotten."""

from __future__ import annotations

import numpy as np
import pytest

from bowerbird.learn.fit_factors import FactorSettings, fit_factors
from bowerbird.recommend.histories import Histories
from bowerbird.testing.checkerboard import PRODUCTS, checkerboard

SMALL = FactorSettings(factors=2, regularisation=0.1, confidence=10.0, rounds=30, fade=1.0)


@pytest.fixture(scope="module")
def model():
    return fit_factors(checkerboard(200), SMALL)


def scores(model, history):
    return model.vectors @ model.read(np.array(history, np.int32), np.ones(len(history), np.float32))


def test_a_new_product_goes_to_those_who_like_what_its_shoppers_like(model):
    new = Histories.from_sequences([[0, 2, 4, 10], [2, 6, 10], [8, 4, 10]], (*PRODUCTS, "new"))
    taught = model.taught(new)
    assert taught.products == (*PRODUCTS, "new")
    assert scores(taught, [0, 2, 6])[10] > 3 * abs(scores(taught, [1, 3, 5])[10])


def test_products_are_told_by_their_ids_and_not_by_their_places(model):
    new = Histories.from_sequences([[0, 1], [0, 2]], ("new", "p2", "p4"))
    taught = model.taught(new)
    assert taught.products == (*PRODUCTS, "new")
    assert scores(taught, [0, 2, 6])[10] > scores(taught, [1, 3, 5])[10]


def test_what_old_shoppers_like_stays_when_a_few_new_ones_mix_colours(model):
    mixed = Histories.from_sequences([[0, 1, 2, 3], [4, 5, 6, 7]] * 3, PRODUCTS)
    taught = model.taught(mixed)
    for start in (0, 1):
        found = scores(taught, list(range(start, 8, 2)))
        assert found[8 + start] > found[1 - start :: 2].max()


def test_what_many_do_differently_is_learned(model):
    # Product 0 now goes with the odd ones.
    taught = model.taught(Histories.from_sequences([[0, 1, 3, 5], [7, 0, 9, 3]] * 200, PRODUCTS))
    before, after = scores(model, [1, 3, 5]), scores(taught, [1, 3, 5])
    assert after[0] > before[0] + 0.1


def test_only_what_is_fresh_is_learned_and_the_whole_history_says_by_whom(model):
    histories = Histories.from_sequences([[0, 2, 4, 10], [2, 6, 10], [8, 4, 10]], (*PRODUCTS, "new"))
    fresh = histories.items == 10
    taught = model.taught(histories, fresh)
    np.testing.assert_array_equal(taught.vectors[:10], model.vectors)
    assert scores(taught, [0, 2, 6])[10] > 3 * abs(scores(taught, [1, 3, 5])[10])


def test_taught_nothing_it_stays_as_it_is(model):
    taught = model.taught(Histories.from_sequences([], PRODUCTS))
    np.testing.assert_array_equal(taught.vectors, model.vectors)


def test_those_nobody_came_by_yet_are_nothing_to_anybody(model):
    taught = model.taught(Histories.from_sequences([[0]], (*PRODUCTS, "unseen")))
    assert not taught.vectors[10].any()
