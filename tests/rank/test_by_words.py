"""How well each field answers the words of a query, over products that are a few words."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rank_world import PlainView, floats

from bowerbird.domain.ports import WordCounts
from bowerbird.rank.by_words import MOST_WORDS, bm25, is_phrase, rarities, read_kind, read_words, share_of_best

SHOP = PlainView(
    5,
    {
        "title": ["red running shoe", "shoe tree", "lamp", "running red socks", "red red red red"],
        "body": ["", "keeps a red shoe in shape", "", "for running", ""],
        "brand": ["fleet", "", "glow", "fleet", ""],
    },
)
EVERYTHING = np.arange(5, dtype=np.int32)


def read(*wordings: str) -> dict[str, np.ndarray]:
    return read_words(SHOP, [wording.split() for wording in wordings], EVERYTHING)


def test_a_title_that_answers_counts_from_0_to_1_which_the_best_has():
    found = read("running shoe")["title_match"]
    assert found[0] == 1 and 0 < found[1] < 1 and found[2] == 0


def test_each_field_speaks_for_itself():
    found = read("fleet")
    assert found["brand_match"].tolist() == [1, 0, 0, 1, 0]
    assert not found["title_match"].any() and not found["body_match"].any() and not found["about_match"].any()


def test_coverage_is_the_share_of_the_words_that_stand_anywhere_rare_ones_counting_more():
    found = read("shoe lamp")
    rare, rarer = rarities(SHOP, ["shoe", "lamp"])
    assert rarer > rare
    assert found["coverage"][2] == pytest.approx(rarer / (rare + rarer))
    assert found["coverage"][1] == pytest.approx(rare / (rare + rarer))
    assert read("red shoe")["coverage"][1] == pytest.approx(1)
    assert read("red shoe")["title_coverage"][1] < 1


def test_words_beside_each_other_are_a_phrase_in_their_order_only():
    assert read("running shoe")["phrase"].tolist() == [1, 0, 0, 0, 0]
    assert read("running red")["phrase"].tolist() == [0, 0, 0, 1, 0]


def test_where_the_words_stand_in_the_title_is_told_where_they_do():
    found = read("running shoe")
    np.testing.assert_array_equal(found["title_before"], floats(1, 0, np.nan, 0, np.nan))
    np.testing.assert_array_equal(found["title_after"], floats(0, 1, np.nan, 2, np.nan))


def test_lengths_are_of_the_fields():
    found = read("red")
    assert found["title_length"].tolist() == [3, 2, 1, 3, 4]
    np.testing.assert_allclose(found["body_length"], np.log1p([0, 6, 0, 2, 0]), rtol=1e-6)


def test_of_several_wordings_the_one_that_speaks_best_for_a_product_counts():
    both, lamp, shoe = read("lamp", "red shoe"), read("lamp"), read("red shoe")
    assert both["coverage"].tolist() == np.maximum(lamp["coverage"], shoe["coverage"]).tolist()
    np.testing.assert_array_equal(both["title_before"], np.fmin(lamp["title_before"], shoe["title_before"]))


def test_a_title_that_names_the_kind_asked_for_is_of_it_and_one_that_names_none_is_not_known():
    shop = PlainView(3, {"kind": ["shoe", "lamp", ""]})
    np.testing.assert_array_equal(read_kind(shop, ["shoe", "boot"], EVERYTHING[:3])["same_kind"], floats(1, 0, np.nan))
    assert read_kind(shop, [], EVERYTHING[:3]) == read_kind(shop, ["shoe"], EVERYTHING[:0]) == {}


def test_without_words_or_products_nothing_is_read():
    assert read() == {} and read("") == {}
    assert read_words(SHOP, [["red"]], EVERYTHING[:0]) == {}


def test_words_that_nobody_has_match_nothing():
    found = read("zebra")
    assert not found["coverage"].any() and not found["title_match"].any()
    assert np.isnan(found["title_before"]).all()


def test_only_the_first_words_of_a_long_query_are_looked_at():
    many = " ".join(f"word{number}" for number in range(MOST_WORDS))
    assert not read(f"{many} lamp")["coverage"].any()


def test_a_word_said_often_or_in_a_short_field_counts_more_but_never_without_end():
    counts = WordCounts(np.array([[1], [3], [1]], np.int32), np.zeros((3, 1), np.int32), np.array([4, 4, 9]), 5.0)
    once, often, long = bm25(counts, floats(2.0), [0])
    assert long < once < often < 2.0 * 2.2


def test_phrases_need_every_word():
    assert is_phrase(np.array([[0, 1], [-1, 0], [2, 1], [3, 4]])).tolist() == [1, 0, 0, 1]


@given(st.lists(st.floats(0, 1e6, width=32), max_size=20))
def test_shares_of_the_best_lie_between_0_and_1(values: list[float]):
    shares = share_of_best(floats(*values))
    assert ((shares >= 0) & (shares <= 1)).all()
    assert not values or max(values) == 0 or shares.max() == 1


@given(st.lists(st.lists(st.sampled_from("red running shoe lamp fleet zebra".split()), max_size=5), max_size=4))
def test_every_signal_keeps_to_its_scale_whatever_is_asked(wordings: list[list[str]]):
    found = read_words(SHOP, wordings, EVERYTHING)
    for name in ("title_match", "body_match", "brand_match", "coverage", "title_coverage", "phrase"):
        if found:
            assert ((found[name] >= 0) & (found[name] <= 1 + 1e-6)).all(), name
