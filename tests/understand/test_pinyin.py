import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bowerbird.understand.pinyin import Sounds, syllables_of

NAMES = ["背包", "杯子", "被子", "瑜伽裤", "连衣裙", "羽绒服", "绿色", "红色", "裙", "包", "裤", "咸", "T恤", "老人"]


@pytest.fixture(scope="module")
def sounds():
    return Sounds(NAMES)


def read(sounds, text, *known):
    words, at = [], 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        words.append((word, start, at))
    return [(one.name, text[one.start : one.end]) for one in sounds.read(words, lambda word: word in known)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("beibao", [("背包", "beibao")]),
        ("bei bao", [("背包", "bei bao")]),
        ("yujia ku", [("瑜伽裤", "yujia ku")]),
        ("hongse lianyiqun", [("红色", "hongse"), ("连衣裙", "lianyiqun")]),
        ("hongselianyiqun", [("红色", "hongse"), ("连衣裙", "lianyiqun")]),
        ("lvse", [("绿色", "lvse")]),
        ("lyq", [("连衣裙", "lyq")]),
        ("yrf", [("羽绒服", "yrf")]),
    ],
)
def test_a_name_typed_by_its_sound_or_its_initials_is_read(sounds, text, found):
    assert read(sounds, text) == found


@pytest.mark.parametrize("text", ["", "dress", "xyzzyq", "beibaox", "beibao65", "hj", "aei", "背包", "beibao" * 20])
def test_letters_that_sound_like_no_name_are_left(sounds, text):
    assert read(sounds, text) == []


@pytest.mark.parametrize("text", ["bao", "ku", "qun", "xian"])
def test_one_syllable_is_the_sound_of_too_many_things_to_be_one(sounds, text):
    assert read(sounds, text) == []


def test_words_that_mean_something_are_not_sounds(sounds):
    assert read(sounds, "red lianyiqun", "red") == [("连衣裙", "lianyiqun")]
    assert read(sounds, "bei bao", "bei", "bao") == []
    assert read(sounds, "laoren", "laoren") == []


def test_of_names_that_sound_alike_the_weightier_is_read():
    heavy = {"杯子": 5.0, "被子": 1.0}
    assert read(Sounds(NAMES, lambda name: heavy.get(name, 0.0)), "beizi") == [("杯子", "beizi")]
    assert read(Sounds(NAMES, lambda name: -heavy.get(name, 0.0)), "beizi") == [("被子", "beizi")]


@pytest.mark.parametrize(
    ("word", "meant"),
    [("倍包", "背包"), ("连意裙", "连衣裙"), ("背包", None), ("椅子", None), ("西安", None), ("", None), ("abc", None)],
)
def test_a_chinese_word_is_like_the_name_that_sounds_the_same(sounds, word, meant):
    assert sounds.like(word) == meant


@pytest.mark.parametrize(
    ("name", "syllables"),
    [("背包", ["bei", "bao"]), ("旅行包", ["lv", "xing", "bao"]), ("連衣裙", ["lian", "yi", "qun"]), ("65w", [])],
)
def test_syllables_have_no_tones_and_are_those_of_the_simplified_characters(name, syllables):
    assert syllables_of(name) == syllables


def test_without_names_nothing_is_read():
    assert read(Sounds([]), "beibao lyq") == []
    assert Sounds([]).like("背包") is None


# The first text waits for tables to be made.
@settings(deadline=None)
@given(st.text(alphabet="abeghilnoquxyz ", max_size=60))
def test_what_is_read_stands_in_the_text_in_order(sounds, text):
    words = [(word, text.index(word), text.index(word) + len(word)) for word in set(text.split())]
    words.sort(key=lambda one: one[1])
    end = 0
    for one in sounds.read(words, lambda word: False):
        assert end <= one.start < one.end <= len(text)
        end = one.end
