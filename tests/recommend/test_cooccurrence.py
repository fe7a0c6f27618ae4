from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from recommend_world import columns

from bowerbird.recommend.cooccurrence import VIEWED, Together, g2
from bowerbird.recommend.interactions import product_key

ALL = replace(VIEWED, least_g2=0.0, shrinkage=0.0)
visits = st.lists(
    st.tuples(st.sampled_from("xyz"), st.sampled_from("abcdefg"), st.sampled_from([0.0, 60.0, 900.0, 7_200.0])),
    max_size=60,
)


def as_log(steps):
    """Shoppers taking turns, each step some seconds after the one before."""
    at, rows = 0.0, []
    for shopper, product, pause in steps:
        at += pause
        rows.append((shopper, product, at))
    return columns(*rows) if rows else columns()


def table(together):
    counts = {}
    for one in "abcdefg":
        for other in "abcdefg":
            if found := together.count(product_key(one), product_key(other)):
                counts[one, other] = found
    return counts


@given(visits, st.integers(0, 60), st.integers(1, 4))
def test_counting_as_events_come_gives_what_counting_the_whole_log_gives(steps, folded_after, largest):
    settings = replace(ALL, largest=largest)
    live, whole = Together(settings), Together(settings)
    columns_ = as_log(steps)
    live.take(*(column[:folded_after] for column in columns_))
    live.fold()
    live.take(*(column[folded_after:] for column in columns_))
    whole.rebuild(*columns_)
    assert table(live) == table(whole)
    for one in "abcdefg":
        found, expected = live.neighbours(product_key(one)), whole.neighbours(product_key(one))
        assert dict(zip(*map(np.ndarray.tolist, found), strict=True)) == pytest.approx(
            dict(zip(*map(np.ndarray.tolist, expected), strict=True))
        )


@given(visits, visits)
def test_a_log_may_be_counted_whole_and_then_go_on(before, after):
    live, whole = Together(ALL), Together(ALL)
    at = sum(pause for _, _, pause in before)
    early, late = as_log(before), as_log(after)
    late = (late[0], late[1], late[2] + at)
    live.rebuild(*early)
    live.take(*late)
    whole.rebuild(*(np.concatenate(pair) for pair in zip(early, late, strict=True)))
    assert table(live) == table(whole)


@given(visits, st.integers(1, 3))
def test_a_count_lacks_no_more_than_it_says(steps, kept):
    live, whole = Together(replace(ALL, kept=kept)), Together(ALL)
    columns_ = as_log(steps)
    for at in range(0, len(steps), 5):
        live.take(*(column[at : at + 5] for column in columns_))
        live.fold()
    whole.take(*columns_)
    for one in "abcdefg":
        for other in "abcdefg":
            key, neighbour = product_key(one), product_key(other)
            true, found = whole.count(key, neighbour), live.count(key, neighbour)
            assert found <= true <= found + live.missed(key)


@given(visits)
def test_what_is_kept_comes_back_the_same(steps):
    columns_ = as_log(steps)
    half = len(steps) // 2
    first, second = Together(ALL), Together(ALL)
    first.take(*(column[:half] for column in columns_))
    again = Together.of_arrays(first.to_arrays(), ALL)
    again.take(*(column[half:] for column in columns_))
    second.take(*columns_)
    assert table(again) == table(second)


def test_a_product_is_together_with_another_once_a_visit():
    together = Together(ALL)
    together.take(*columns(("x", "a", 0), ("x", "b", 60), ("x", "a", 120), ("x", "b", 180)))
    assert table(together) == {("a", "b"): 1, ("b", "a"): 1}


def test_a_long_pause_ends_a_visit():
    together = Together(ALL)
    together.take(*columns(("x", "a", 0), ("x", "b", 1_801)))
    assert table(together) == {}


def test_what_chance_explains_is_no_neighbour():
    # Everybody buys a bag; half of the phones come with a case, which nobody else buys.
    together = Together(replace(VIEWED, shrinkage=1.0))
    rows = []
    for number in range(40):
        shopper = f"shopper {number}"
        rows.append((shopper, "bag", 0.0))
        if number < 20:
            rows += [(shopper, "phone", 0.0)] + [(shopper, "case", 0.0)] * (number < 10)
    together.take(*columns(*rows))
    keys, scores = together.neighbours(product_key("phone"))
    assert keys.tolist() == [product_key("case")]
    assert 0 < scores[0] < 1


def test_the_ratio_is_that_of_the_paper():
    # Dunning 1993, table 4 form: both 110, left 2442, right 111, neither 29114.
    found = g2(np.array([110]), 110 + 2442, np.array([110 + 111]), 110 + 2442 + 111 + 29114)
    assert found[0] == pytest.approx(270.72, abs=0.01)


def test_fewer_baskets_count_less():
    shared = Counter({"many": 8, "few": 2})
    together = Together(replace(VIEWED, least_g2=0.0))
    rows = [(f"{name} {i}", part, 0.0) for name, count in shared.items() for i in range(count) for part in ("p", name)]
    rows += [(f"other {i}", "q", 0.0) for i in range(50)]
    together.take(*columns(*rows))
    keys, _ = together.neighbours(product_key("p"))
    assert keys.tolist() == [product_key("many"), product_key("few")]


def test_a_forgotten_shopper_leaves_no_open_basket():
    together = Together(ALL)
    shoppers, products, at = columns(("x", "a", 0.0), ("y", "b", 0.0))
    together.take(shoppers, products, at)
    assert together.held_of([int(shoppers[0])]) == [product_key("a")]
    assert together.forget([int(shoppers[0])])
    assert int(shoppers[0]) not in together.to_arrays()["open/shoppers"].tolist()
    assert int(shoppers[1]) in together.to_arrays()["open/shoppers"].tolist()
