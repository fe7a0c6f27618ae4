import pytest

from bowerbird.domain.errors import InputError
from bowerbird.measure.compare import compare

FIRST = {f"q{number}": number / 100 for number in range(60)}


def test_a_steady_gain_is_certain():
    found = compare(FIRST, {query: value + 0.1 for query, value in FIRST.items()})
    assert found.difference == pytest.approx(0.1)
    assert found.low == pytest.approx(0.1) == found.high
    assert (found.wins, found.losses, found.ties) == (60, 0, 0)
    assert found.certain
    assert found.p_value == 1 / 10_001


def test_as_many_gains_as_losses_are_not():
    second = {query: value + (0.1 if number % 2 else -0.1) for number, (query, value) in enumerate(FIRST.items())}
    found = compare(FIRST, second)
    assert found.low < 0 < found.high
    assert not found.certain
    assert (found.wins, found.losses) == (30, 30)
    assert found.p_value == 1


def test_the_interval_depends_on_the_seed_alone():
    second = {query: (value * 7) % 1 for query, value in FIRST.items()}
    assert compare(FIRST, second, seed=3) == compare(FIRST, second, seed=3)
    assert compare(FIRST, second, seed=3).low != compare(FIRST, second, seed=4).low


def test_the_queries_stand_worst_first():
    second = {**FIRST, "q5": 0.0, "q6": 0.9}
    differences = compare(FIRST, second).by_query
    assert next(iter(differences)) == "q5"
    assert list(differences)[-1] == "q6"


def test_other_queries_cannot_be_compared():
    with pytest.raises(InputError, match="not measured on the same queries"):
        compare(FIRST, {"other": 1.0})
    with pytest.raises(InputError):
        compare({}, {})


def test_what_a_float_cannot_hold_is_no_difference():
    found = compare(FIRST, {query: value + 1e-15 for query, value in FIRST.items()})
    assert (found.wins, found.losses, found.ties, found.p_value) == (0, 0, 60, 1)


def test_the_comparison_is_a_line_to_read_and_a_body_for_json():
    found = compare({"a": 0.5, "b": 0.5, "c": 0.5}, {"a": 0.6, "b": 0.6, "c": 0.6}, "mrr")
    assert "mrr: 0.5000 -> 0.6000, difference +0.1000" in str(found)
    assert "randomisation p 0.2500; 3 better, 0 worse, 0 equal of 3" in str(found)
    assert found.to_dict()["p_value"] == 0.25
