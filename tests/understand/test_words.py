import pytest

from bowerbird.understand.plain import plain, units_of
from bowerbird.understand.words import load_words


@pytest.mark.parametrize("word", ["shoe", "running", "beautiful", "backpack", "cashmere", "adidas", "wifi"])
def test_words_of_the_language_of_commerce_and_names_are_words(word):
    assert word in load_words()


@pytest.mark.parametrize("word", ["", "jaket", "hedphones", "xyzzyq", "beibao", "65w"])
def test_slips_and_strangers_are_none(word):
    assert word not in load_words()


def test_every_english_word_of_the_lexicon_is_one(lexicon):
    words = load_words()
    spelt = {unit.surface for one in lexicon.concepts.values() for name in one.en for unit in units_of(plain(name))}
    assert spelt <= words.commerce


def test_names_are_listed_in_small_letters_without_remarks():
    names = load_words().names
    assert len(names) > 2_000
    assert not [name for name in names if name != plain(name) or "#" in name or not name.strip()]


def test_the_lists_are_read_once():
    assert load_words() is load_words()
