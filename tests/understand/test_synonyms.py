import pytest
from hypothesis import given
from hypothesis import strategies as st

from bowerbird.domain.errors import InputError
from bowerbird.understand.plain import plain
from bowerbird.understand.synonyms import MOST, Synonyms, SynonymSets, read_synonyms

BOTH = {"two_way": [["sofa", "couch", "长沙发"]], "one_way": {"xmas": ["christmas tree"]}}


def found(synonyms, text):
    return [(text[start:end], list(others)) for start, end, others in synonyms.find(plain(text))]


def test_words_of_a_group_stand_for_each_other():
    synonyms = Synonyms(read_synonyms(BOTH))
    assert found(synonyms, "red Sofas") == [("Sofas", ["couch", "长沙发"])]
    assert found(synonyms, "红色长沙发") == [("长沙发", ["sofa", "couch"])]


def test_one_way_words_stand_for_others_and_not_the_other_way():
    synonyms = Synonyms(read_synonyms(BOTH))
    assert found(synonyms, "xmas lights") == [("xmas", ["christmas tree"])]
    assert found(synonyms, "christmas tree") == []


def test_a_word_in_both_has_all_its_others():
    synonyms = Synonyms(read_synonyms({"two_way": [["sofa", "couch"]], "one_way": {"Sofa": ["settee"]}}))
    assert found(synonyms, "sofa") == [("sofa", ["couch", "settee"])]


def test_only_whole_words_are_found():
    assert found(Synonyms(read_synonyms(BOTH)), "sofabed couchette") == []


def test_without_synonyms_nothing_is_found():
    assert found(Synonyms(), "sofa") == []
    assert read_synonyms({}) == SynonymSets()


def test_what_is_read_is_written_as_it_was():
    assert read_synonyms(BOTH).as_json() == BOTH
    assert read_synonyms(read_synonyms(BOTH).as_json()) == read_synonyms(BOTH)


def test_blanks_are_made_one_and_repeats_left_out():
    sets = read_synonyms({"two_way": [["  arm   chair ", "arm chair", "recliner"]]})
    assert sets.two_way == (("arm chair", "recliner"),)


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (None, "synonyms"),
        ([], "synonyms"),
        ("sofa", "synonyms"),
        ({"two_ways": []}, "synonyms"),
        ({"two_way": {}}, "synonyms"),
        ({"one_way": []}, "synonyms"),
        ({"two_way": [["a b", "c d"]] * (MOST + 1)}, "synonyms"),
        ({"two_way": ["sofa"]}, "two_way[0]"),
        ({"two_way": [["sofa", "couch"], ["sofa"]]}, "two_way[1]"),
        ({"two_way": [["sofa", 3]]}, "two_way[0]"),
        ({"two_way": [["sofa", None]]}, "two_way[0]"),
        ({"two_way": [["sofa", ""]]}, "two_way[0]"),
        ({"two_way": [["sofa", "!?"]]}, "two_way[0]"),
        ({"two_way": [["sofa", "x" * 101]]}, "two_way[0]"),
        ({"two_way": [["sofa", "\x00\n"]]}, "two_way[0]"),
        ({"two_way": [["sofa", " sofa "]]}, "two_way[0]"),
        ({"one_way": {"xmas": []}}, "one_way.xmas"),
        ({"one_way": {"xmas": "tree"}}, "one_way.xmas"),
        ({"one_way": {"": ["tree"]}}, "one_way"),
    ],
)
def test_what_are_no_synonyms_is_refused_with_its_place(body, place):
    with pytest.raises(InputError) as refused:
        read_synonyms(body)
    assert place in (refused.value.where, refused.value.field)
    assert refused.value.expected


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["two_way", "one_way", "a"]), inner),
    max_leaves=8,
)


@given(json_values)
def test_any_body_is_taken_or_refused(body):
    try:
        sets = read_synonyms(body)
    except InputError:
        return
    assert read_synonyms(sets.as_json()) == sets
    found(Synonyms(sets), "any words")
