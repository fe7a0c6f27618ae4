import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bowerbird.understand.emojis import find_emojis
from bowerbird.understand.knowledge import lexicon_table
from bowerbird.understand.phrases import PhraseTable


@pytest.fixture(scope="module")
def names():
    return lexicon_table()


@pytest.mark.parametrize(
    ("text", "pictures"),
    [
        ("👗", [("👗", "kind:dress")]),
        ("red 👗 m", [("👗", "kind:dress")]),
        ("🎒👜", [("🎒", "kind:backpack"), ("👜", "kind:handbag")]),
        ("✂️", [("✂️", "kind:scissors")]),
        ("👶", [("👶", "audience:baby")]),
    ],
)
def test_an_emoji_is_what_it_is_a_picture_of(names, text, pictures):
    assert [(text[one.start : one.end], one.key) for one in find_emojis(text, names)] == pictures


@pytest.mark.parametrize("text", ["", "red dress", "红色", "☺ ☯", "🇨🇳", "👨‍👩‍👧", "©®"])
def test_other_pictures_name_nothing(names, text):
    assert list(find_emojis(text, names)) == []


def test_the_chinese_name_serves_where_the_english_one_is_not_known():
    assert [one.key for one in find_emojis("👗", PhraseTable([("连衣裙", "kind:dress")]))] == ["kind:dress"]
    assert list(find_emojis("👗", PhraseTable())) == []


# The first text waits for tables to be made.
@settings(deadline=None)
@given(st.text(alphabet="👗🎒👶👨‍👩️🏽🇨🇳a红 ", max_size=20))
def test_what_is_found_stands_in_the_text_in_order(names, text):
    end = 0
    for one in find_emojis(text, names):
        assert end <= one.start < one.end <= len(text)
        end = one.end
