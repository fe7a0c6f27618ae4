import pytest

from bowerbird.domain.understanding import Intent, Language, Understanding
from bowerbird.measure.groups import describe_understanding, group_queries, length_group, popularity_groups


def test_queries_are_grouped_in_every_dimension_in_their_own_order():
    kinds = {
        "red shoe": {"length": "2 words", "language": "en"},
        "hat": {"length": "1 word", "language": "en"},
        "鞋": {"length": "1 word", "language": "zh"},
    }
    assert group_queries(kinds, kinds.__getitem__) == {
        "length": {"1 word": ("hat", "鞋"), "2 words": ("red shoe",)},
        "language": {"en": ("red shoe", "hat"), "zh": ("鞋",)},
    }


def test_short_stands_before_long_head_before_tail_and_other_groups_largest_first():
    kinds = {
        "a": {"length": "4 words or more", "searches": "tail", "intent": "track"},
        "b": {"length": "1 word", "searches": "head", "intent": "find"},
        "c": {"length": "3 words", "searches": "torso", "intent": "find"},
    }
    found = group_queries(kinds, kinds.__getitem__)
    assert list(found["length"]) == ["1 word", "3 words", "4 words or more"]
    assert list(found["searches"]) == ["head", "torso", "tail"]
    assert list(found["intent"]) == ["find", "track"]


def test_a_query_without_a_group_is_in_none_of_that_dimension():
    found = group_queries(["a", "b"], lambda query: {"intent": "find"} if query == "a" else {})
    assert found == {"intent": {"find": ("a",)}}


@pytest.mark.parametrize(
    ("words", "group"),
    [(0, "1 word"), (1, "1 word"), (2, "2 words"), (3, "3 words"), (4, "4 words or more"), (9, "4 words or more")],
)
def test_length_goes_up_to_four_words(words, group):
    assert length_group(words) == group


def test_an_understanding_tells_length_language_and_intent():
    found = Understanding("黑色双肩包", Language.CHINESE, ("黑色", "双肩包"), intent=Intent("track", sure=True))
    assert describe_understanding(found) == {"length": "2 words", "language": "zh", "intent": "track"}


def test_an_unsure_intent_is_to_find_goods():
    found = Understanding("shoes", tokens=("shoes",), intent=Intent("track", sure=False))
    assert describe_understanding(found)["intent"] == "find"


def test_head_torso_and_tail_are_a_third_of_the_searches_each():
    counts = {"rare": 1, "phone": 6, "case": 3, "cable": 2}
    # In order 6, 3, 2, 1 of 12: their middles lie at 3, 7.5, 10 and 11.5.
    assert popularity_groups(counts) == {"phone": "head", "case": "torso", "cable": "tail", "rare": "tail"}


def test_queries_of_one_count_stay_together():
    assert popularity_groups({"a": 5, "b": 5, "c": 5}) == dict.fromkeys("abc", "torso")
    assert popularity_groups({"a": 0, "b": 0}) == {"a": "torso", "b": "torso"}
    assert popularity_groups({}) == {}
