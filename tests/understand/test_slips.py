import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from bowerbird.understand.slips import FIRST, slip_cost

words = st.text(alphabet="abcdeiknosty", max_size=8)


@pytest.mark.parametrize(
    ("common", "seldom", "meant"),
    [
        ("jakcet", "jamket", "jacket"),
        ("runing", "runnng", "running"),
        ("besutiful", "bekutiful", "beautiful"),
        ("grey", "grxy", "gray"),
        ("jackek", "zacket", "jacket"),
        ("shooes", "shokes", "shoes"),
        ("fone", "hone", "vone"),
    ],
    ids=["swapped", "undoubled", "a neighbouring key", "a vowel", "not the first letter", "doubled", "a like sound"],
)
def test_the_commoner_a_slip_is_the_cheaper(common, seldom, meant):
    assert 0 < slip_cost(common, meant) < slip_cost(seldom, meant)


@given(words)
def test_the_same_word_costs_nothing(word):
    assert slip_cost(word, word) == 0


@given(words, words)
def test_another_word_costs_something(one, other):
    assert (slip_cost(one, other) > 0) is (one != other)


@given(words, words)
def test_a_slip_costs_about_one(one, other):
    slips = OSA.distance(one, other)
    assert slip_cost(one, other) <= (1 + FIRST) * slips + 1e-9
    assert slip_cost(one, other) >= 0.6 * slips - 1e-9
