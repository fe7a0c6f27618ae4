from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bowerbird.rank.by_offer import freshness, margin, price_fit, price_level, shrunk_sentiment

NAN = float("nan")
PRICES = st.lists(st.floats(0.01, 1e6) | st.just(NAN) | st.just(0.0), max_size=30)


def numbers(*values: float) -> np.ndarray:
    return np.array(values, float)


def test_the_more_buyers_say_it_the_more_it_counts():
    few, many = shrunk_sentiment(numbers(0.8, 0.8), numbers(1, 100), 0.0)
    assert few < many < 0.8
    assert few == pytest.approx(0.8 * 2 / 6)


def test_a_product_that_nobody_speaks_of_stands_at_the_shop_s_mean():
    assert shrunk_sentiment(numbers(NAN, NAN), numbers(0, 50), 0.3) == pytest.approx([0.3, 0.3])
    assert shrunk_sentiment(numbers(0.5), numbers(NAN), 0.0)[0] == pytest.approx(0.5 * 2 / 6)


@given(st.floats(-1, 1), st.integers(0, 10_000), st.floats(-1, 1))
def test_what_is_said_lies_between_what_buyers_say_and_the_shop_s_mean(said: float, reviews: int, mean: float):
    (found,) = shrunk_sentiment(numbers(said), numbers(reviews), mean)
    assert min(said, mean) - 1e-6 <= found <= max(said, mean) + 1e-6


def test_a_price_is_held_against_the_middle_one():
    found = price_level(numbers(10, 20, 40, NAN, 0))
    np.testing.assert_allclose(found[:3], np.log([0.5, 1, 2]), rtol=1e-6)
    assert np.isnan(found[3:]).all()
    assert np.isnan(price_level(numbers(NAN, 0))).all()


def test_a_price_within_the_asked_band_fits_and_one_twice_as_far_fits_half():
    assert price_fit(numbers(20, 50, 100, 200, 10), (20, 50)) == pytest.approx([1, 1, 0.5, 0.25, 0.5])
    assert price_fit(numbers(5, 50), (None, 25)) == pytest.approx([1, 0.5])
    assert price_fit(numbers(5, 50), (10, None)) == pytest.approx([0.5, 1])


def test_without_a_band_the_middle_half_of_the_prices_is_usual():
    found = price_fit(numbers(1, 10, 10, 10, 80), None)
    assert found[1] == 1 and found[0] < 0.2 and found[4] < 0.2


@pytest.mark.parametrize("asked", [None, (None, 50), (10, None), (0, None), (-5, 0), (-5, 50)])
def test_what_has_no_price_fits_nothing(asked):
    assert np.isnan(price_fit(numbers(NAN, 20), asked)[0])
    assert price_fit(numbers(NAN, 20), asked)[1] == 1


@given(PRICES, st.none() | st.tuples(st.none() | st.floats(-10, 1e4), st.none() | st.floats(-10, 1e4)))
def test_a_fit_is_a_share_wherever_there_is_a_price(prices: list[float], asked: tuple[float, float] | None):
    given_prices = numbers(*prices)
    found = price_fit(given_prices, asked)
    known = given_prices > 0
    assert np.isnan(found[~known]).all()
    assert ((found[known] >= 0) & (found[known] <= 1)).all()


def test_news_is_worth_half_after_half_a_year_and_nobody_knows_of_what_is_not_dated():
    day = 86_400.0
    found = freshness(numbers(0, -180 * day, 10 * day, NAN), 0.0)
    assert found[:3] == pytest.approx([1, 0.5, 1]) and np.isnan(found[3])


def test_a_margin_is_as_told_or_by_the_cost():
    found = margin(numbers(0.3, NAN, NAN, NAN, 40), numbers(1, 5, 30, NAN, 1), numbers(10, 10, 10, 10, 10))
    assert found[[0, 1, 2, 4]] == pytest.approx([0.3, 0.5, -1, 1]) and np.isnan(found[3])
    assert np.isnan(margin(numbers(NAN, NAN), numbers(5, 5), numbers(0, NAN))).all()
