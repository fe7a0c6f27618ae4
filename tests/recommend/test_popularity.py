from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from recommend_world import DAY, NOW, buy, event, interactions, view

from bowerbird.domain.event import EventName
from bowerbird.recommend.interactions import product_key
from bowerbird.recommend.popularity import DEFAULT_POPULARITY, Popularity

days = st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 2_000)), min_size=1, max_size=30)


def counts(popularity, now):
    keys, values = popularity.at(now)
    return {int(key): row for key, row in zip(keys, values, strict=True)}


@given(days, st.floats(0, 400))
def test_counts_fade_by_their_half_lives_however_they_came(steps, later):
    steps = sorted(steps, key=lambda step: step[1])
    popularity = Popularity()
    for product, day in steps:
        popularity.take(interactions(view(product, "x", day * DAY)))
    now = (steps[-1][1] + later) * DAY
    found = counts(popularity, now)
    for product in {product for product, _ in steps}:
        ages = np.array([now - day * DAY for name, day in steps if name == product])
        half_lives = (DEFAULT_POPULARITY.popular, DEFAULT_POPULARITY.lately, DEFAULT_POPULARITY.before)
        expected = [float((2.0 ** (-ages / half_life)).sum()) for half_life in half_lives]
        assert found[product_key(product)] == pytest.approx(expected, rel=1e-6, abs=1e-12)


def test_a_purchase_says_more_than_a_view():
    popularity = Popularity()
    popularity.take(interactions(view("looked-at", "x") + buy("bought", "y")))
    chart = popularity.popular(NOW)
    assert [int(chart.keys[place]) for place in chart.head] == [product_key("bought"), product_key("looked-at")]


def test_a_trend_is_more_than_a_products_own_past():
    popularity = Popularity()
    evergreen = [one for day in range(60) for n in range(10) for one in view("evergreen", f"{n}", NOW - day * DAY)]
    sudden = [one for n in range(25) for one in view("sudden", f"{n}", NOW - 60.0 * n)]
    popularity.take(interactions(sorted(evergreen + sudden, key=lambda one: one.at)))
    assert popularity.trending(NOW).keys.tolist() == [product_key("sudden")]


def test_two_clicks_are_no_trend():
    popularity = Popularity()
    evergreen = [one for day in range(60) for n in range(10) for one in view("evergreen", f"{n}", NOW - day * DAY)]
    popularity.take(interactions(evergreen + view("odd", "a") + view("odd", "b")))
    assert popularity.trending(NOW).keys.tolist() == []


def test_being_shown_makes_nothing_popular():
    popularity = Popularity()
    popularity.take(interactions([event(EventName.VIEW_ITEM_LIST, "a b", "x")]))
    assert len(popularity.popular(NOW).keys) == 0


def test_what_is_kept_comes_back_the_same():
    popularity = Popularity()
    popularity.take(interactions(view("a b", "x") + buy("b", "y", NOW + DAY)))
    again = Popularity.of_arrays(popularity.to_arrays(), DEFAULT_POPULARITY)
    again.take(interactions(view("c", "x", NOW + 2 * DAY)))
    popularity.take(interactions(view("c", "x", NOW + 2 * DAY)))
    now = NOW + 3 * DAY
    assert {key: row.tolist() for key, row in counts(again, now).items()} == {
        key: row.tolist() for key, row in counts(popularity, now).items()
    }


def test_a_clock_that_is_far_wrong_breaks_nothing():
    popularity = Popularity()
    popularity.take(interactions(view("a", "x", 1.0) + view("b", "x", NOW) + view("c", "x", NOW * 100)))
    popularity.take(interactions(view("d", "x", NOW)))
    assert all(np.isfinite(row).all() for row in counts(popularity, NOW).values())
