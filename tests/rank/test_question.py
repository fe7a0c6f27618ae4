from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bowerbird.domain.filters import And, Equals, Range, parse_filter
from bowerbird.encode.terms import Terms
from bowerbird.rank.question import LONGEST_KEY, Question, cut_wordings, query_key


def test_two_spellings_of_a_query_are_counted_as_one():
    assert query_key("  Red   SHOE ") == query_key("red shoe") == "red shoe"
    assert query_key("Ｒｅｄ") == "red"
    assert Question("Red  Shoe").key == "red shoe"
    assert query_key("red shoe") != query_key("shoe red")


@given(st.text(max_size=900))
@example("Ǽ Ⓐ ŉ")
def test_a_key_is_never_long_and_is_its_own_key(text: str):
    key = query_key(text)
    assert len(key) <= LONGEST_KEY
    assert len(key) == LONGEST_KEY or query_key(key) == key


@pytest.mark.parametrize(
    ("filters", "band"),
    [
        ("", None),
        ("brand = Luma", None),
        ("price < 50", (None, 50)),
        ("Price >= 20", (20, None)),
        ("price 20..40 AND brand = Luma", (20, 40)),
        ("price < 50 AND price < 30 AND price > 10", (10, 30)),
        ("price < 50 OR brand = Luma", None),
        ("NOT price < 50", None),
    ],
)
def test_the_asked_price_is_what_all_conditions_leave(filters, band):
    assert Question(filters=parse_filter(filters)).price == band


def test_a_price_in_the_shopper_s_filter_counts_beside_what_was_understood():
    own = And((Equals("brand", "Luma"), Range("price", None, 50.0)))
    assert Question(filters=And((own, Range("price", 5.0, None)))).price == (5, 50)


def test_wordings_are_cut_as_the_index_is_and_those_without_words_left_out():
    assert cut_wordings(Terms().cut, ["Red shoes", "!?", ""]) == (("red", "shoe"),)
    (many,) = cut_wordings(Terms().cut, ["lamp " * 10_000])
    assert len(many) <= 200
