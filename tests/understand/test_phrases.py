import pytest
from hypothesis import given
from hypothesis import strategies as st

from bowerbird.understand.phrases import PhraseTable, says_little
from bowerbird.understand.plain import plain, units_of


@pytest.fixture(scope="module")
def table():
    names = [("shoe", "shoe"), ("running shoe", "running"), ("鞋", "shoe"), ("跑鞋", "running"), ("men's", "men")]
    return PhraseTable(names)


def found(table, text):
    text = plain(text)
    return sorted((text[one.start : one.end], one.key) for one in table.find(units_of(text)))


def test_every_name_in_a_text_is_found_overlapping_ones_too(table):
    assert found(table, "red running shoe") == [("running shoe", "running"), ("shoe", "shoe")]
    assert found(table, "红色跑鞋") == [("跑鞋", "running"), ("鞋", "shoe")]


def test_a_name_is_found_in_another_number_and_marked_as_not_exact(table):
    (long, short) = table.find(units_of("running shoes"))
    assert (long.key, long.exact, short.exact) == ("running", False, False)
    assert all(one.exact for one in table.find(units_of("running shoe")))


def test_possessives_are_found_with_and_without_their_sign(table):
    assert found(table, "Men’s shoe") == [("men's", "men"), ("shoe", "shoe")]
    assert found(table, "mens") == [("mens", "men")]


def test_blanks_and_hyphens_between_words_are_all_one(table):
    assert ("running-shoe", "running") in found(table, "running-shoe")
    assert ("running   shoe", "running") in found(table, "running   shoe")


def test_a_name_inside_a_word_is_none(table):
    assert found(table, "shoelace horseshoe") == []


def test_a_name_can_stand_for_several_keys():
    table = PhraseTable([("orange", "color:orange"), ("orange", "kind:orange")])
    assert sorted(table.keys_of("Oranges")) == ["color:orange", "kind:orange"]


def test_a_table_beside_another_finds_what_either_has(table):
    both = PhraseTable([("kestrel", "brand:Kestrel")], beside=table)
    assert found(both, "kestrel shoe") == [("kestrel", "brand:Kestrel"), ("shoe", "shoe")]
    assert both.keys_of("shoe") == ["shoe"]
    assert table.keys_of("kestrel") == []


def test_keys_are_those_of_a_whole_text(table):
    assert table.keys_of("Running Shoes") == ["running"]
    assert table.keys_of("running") == table.keys_of("red shoe") == table.keys_of("") == []


@pytest.mark.parametrize("name", ["", "  ", "!?", "one two three four five six seven eight nine", "一二三四五六七八九"])
def test_names_of_nothing_and_names_that_are_too_long_are_left_out(name):
    assert PhraseTable([(name, "key")]).find(units_of(plain(f"{name} {name}"))) == []


@pytest.mark.parametrize(
    ("text", "little"),
    [("a", True), ("the", True), ("for", True), ("红", False), ("xl", False), ("red", False)],
)
def test_single_letters_and_little_words_name_nothing_by_themselves(text, little):
    assert says_little(text) is little


words = st.lists(st.sampled_from(["red", "shoe", "跑", "鞋", "65w"]), min_size=1, max_size=8)


@given(words, st.lists(words, max_size=5))
def test_a_name_is_found_wherever_it_stands(name, around):
    name = " ".join(name)
    text = " ".join([*(" ".join(part) for part in around), name, "end"])
    ends = {(one.start, one.end) for one in PhraseTable([(name, "key")]).find(units_of(text))}
    assert (len(text) - len(name) - 4, len(text) - 4) in ends
