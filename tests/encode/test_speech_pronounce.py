"""How words are said."""

from __future__ import annotations

from pathlib import Path

import pytest

from bowerbird.encode.pronounce import PHONES, Pronouncer, open_pronouncer, read_dictionary
from bowerbird.encode.pronounce_accents import say_british
from bowerbird.encode.speech_choice import has_embedded_speech

KNOWN = {
    **{"women's": ("W IH M AH N Z",), "jacket": ("JH AE K AH T",), "watch": ("W AA CH",)},
    **{"active": ("AE K T IH V",), "wear": ("W EH R",), "x": ("EH K S",), "l": ("EH L",)},
}


@pytest.fixture(scope="module")
def pronouncer() -> Pronouncer:
    if not has_embedded_speech():
        pytest.skip("the extra speech is not installed")
    from bowerbird.encode.speech_build import acoustic_folder

    return open_pronouncer(acoustic_folder() / "cmudict-en-us.dict")


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("jacket", "JH AE K AH T"),
        ("jackets", "JH AE K AH T S"),
        ("jacket's", "JH AE K AH T S"),
        ("watchs", "W AA CH IH Z"),
        ("womens", "W IH M AH N Z"),
        ("activewear", "AE K T IH V W EH R"),
        ("xxl", "EH K S EH K S EH L"),
    ],
)
def test_a_word_is_said_by_its_parts(word: str, said: str) -> None:
    assert Pronouncer(KNOWN).say(word)[0] == said


@pytest.mark.parametrize("word", ["", "'s", "红", "12"])
def test_what_has_no_letters_is_not_said(word: str) -> None:
    assert Pronouncer(KNOWN).say(word) == ()


def test_a_dictionary_gives_other_ways_to_say_a_word(tmp_path: Path) -> None:
    path = tmp_path / "some.dict"
    path.write_text("a AH\na(2) EY\nred R EH D\n")
    assert read_dictionary(path) == {"a": ("AH", "EY"), "red": ("R EH D",)}


def test_names_that_no_dictionary_has_are_said_in_its_phones(pronouncer: Pronouncer) -> None:
    for name in ("kangeroo", "erikssen", "fjallraven", "zyxel", "qwrt", "lumatech", "hoodlie"):
        ways = pronouncer.say(name)
        assert ways
        assert all(PHONES.issuperset(way.split()) for way in ways)
    assert pronouncer.say("lumatech") == ("L UW M AH T EH K",)
    assert pronouncer.say("hoodies") == ("HH UH D IY Z",)


@pytest.mark.parametrize(
    ("american", "british"),
    [
        ("SH AO R T S", "SH AO T S"),
        ("AH N D ER", "AH N D AH"),
        ("D AA L ER Z", "D AO L AH Z"),
        ("B AE G", "B AA G"),
        ("R EH D", "R EH D"),
        ("S K AA R F", "S K AA F"),
        ("G IH R", "G IH AH"),
        ("SH ER T", "SH ER T"),
    ],
)
def test_the_british_say_it_otherwise(american: str, british: str) -> None:
    assert say_british(american) == british
