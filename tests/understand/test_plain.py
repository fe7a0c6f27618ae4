import pytest
from hypothesis import given
from hypothesis import strategies as st

from bowerbird.understand.plain import plain, units_of


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Red DRESS", "red dress"),
        ("Café Crème", "cafe creme"),
        ("ＸＬ　ｓｉｚｅ", "xl size"),
        ("men’s", "men's"),
        ("20–40", "20-40"),
        ("10×20", "10x20"),
        ("3、4。", "3,4."),
        ("≥16", ">16"),
        ("～100", "~100"),
        ("紅色連衣裙", "红色连衣裙"),
        ("a\x00b\tc", "a b c"),
        ("", ""),
    ],
)
def test_a_text_is_read_in_plain_characters(typed, read):
    assert plain(typed) == read


@given(st.text())
def test_offsets_in_the_plain_text_are_those_of_what_was_typed(text):
    assert len(plain(text)) == len(text)


@pytest.mark.parametrize("character", ["İ", "ẞ", "Ａ", "É", "Σ", "Ж"])
def test_every_letter_is_made_small(character):
    assert plain(character) == plain(character).lower()


@pytest.mark.parametrize("text", ["5㎏", "gore-tex™", "№5", "ﬁsh", "½"])
def test_one_character_that_stands_for_several_is_not_cut_to_its_first(text):
    assert plain(text) == text


def test_plurals_and_possessives_share_a_key_with_their_singular():
    keys = [unit.key for unit in units_of("dress dresses dress's women's womens boots'")]
    assert keys == ["dress", "dress", "dress", "women", "women", "boot"]


def test_each_chinese_character_is_a_unit_and_each_word_of_letters():
    assert [unit.surface for unit in units_of("t恤 65w 女")] == ["t", "恤", "65w", "女"]
    assert [unit.surface for unit in units_of("wren & co, 100%")] == ["wren", "&", "co", "100", "%"]


@given(st.text())
def test_units_are_stretches_of_the_text_in_order(text):
    text = plain(text)
    end = 0
    for unit in units_of(text):
        assert unit.start >= end
        assert text[unit.start : unit.end] == unit.surface
        end = unit.end
