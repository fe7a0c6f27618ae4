import pytest
from hypothesis import given
from hypothesis import strategies as st

from bowerbird.measure import intervals
from bowerbird.measure.intervals import mean_interval, mean_intervals, randomisation_p

shares = st.floats(0, 1, allow_nan=False)


def test_values_that_are_all_alike_leave_no_doubt():
    found = mean_interval([0.5] * 20)
    assert (found.mean, found.low, found.high, found.count) == (0.5, 0.5, 0.5, 20)


def test_of_a_coin_s_hundred_values_the_interval_is_that_of_the_binomial():
    found = mean_interval([0.0, 1.0] * 50)
    assert found.low == pytest.approx(0.40, abs=0.015)
    assert found.high == pytest.approx(0.60, abs=0.015)


def test_more_values_make_it_narrower():
    few, many = mean_interval([0.0, 0.5, 1.0] * 4), mean_interval([0.0, 0.5, 1.0] * 100)
    assert many.high - many.low < (few.high - few.low) / 3


def test_one_value_has_no_bounds():
    assert not mean_interval([0.3]).bounded
    assert mean_interval([0.3, 0.4]).bounded


def test_columns_are_resampled_together_and_as_each_alone():
    columns = {"a": [0.1, 0.9, 0.4], "b": [0.2, 0.0, 1.0]}
    assert mean_intervals(columns) == {name: mean_interval(values) for name, values in columns.items()}
    assert mean_intervals({}) == {}


def test_the_seed_alone_decides():
    values = [(number * 7 % 60) / 60 for number in range(60)]
    assert mean_interval(values, seed=3) == mean_interval(values, seed=3)
    assert mean_interval(values, seed=3) != mean_interval(values, seed=4)


def test_many_queries_are_resampled_in_pieces(monkeypatch):
    values = [0.0, 1.0] * 50
    monkeypatch.setattr(intervals, "_CELLS", 1000)
    found = mean_interval(values, rounds=999)
    assert (found.low, found.high) == (pytest.approx(0.4, abs=0.02), pytest.approx(0.6, abs=0.02))
    assert randomisation_p([0.1] * 60, rounds=999) == 1 / 1000


@given(st.lists(shares, min_size=2, max_size=30))
def test_the_mean_lies_between_its_bounds_and_they_between_the_extremes(values):
    found = mean_interval(values, rounds=2000)
    assert min(values) - 1e-9 <= found.low <= found.high <= max(values) + 1e-9


def test_few_differences_are_tried_in_every_way():
    assert randomisation_p([0.1, 0.1, 0.1]) == 2 / 8
    assert randomisation_p([0.3, 0.1, -0.1]) == 6 / 8
    assert randomisation_p([0.1] * 10) == 2 / 1024


def test_queries_without_a_difference_say_nothing():
    assert randomisation_p([0.1, 0.0, 0.1, 0.0, 0.1]) == 2 / 8
    assert randomisation_p([0.0, 0.0]) == 1


def test_many_differences_are_drawn_and_never_give_nought():
    assert randomisation_p([0.1] * 60) == 1 / 10_001
    assert randomisation_p([0.1, -0.1] * 30) == 1
    uneven = randomisation_p([0.1] * 40 + [-0.1] * 20)
    # 40 of 60 tosses or more, or 20 or fewer: 0.0137 by the binomial.
    assert uneven == pytest.approx(0.0137, abs=0.004)
    assert uneven == randomisation_p([0.1] * 40 + [-0.1] * 20)
