import pytest
from hypothesis import given
from hypothesis import strategies as st

from bowerbird.understand.working import Correction, Working, without


def test_without_corrections_a_text_stands_for_itself():
    working = Working.of("red shoe")
    assert working.text == "red shoe"
    assert working.typed(4, 8) == (4, 8)


def test_a_word_put_right_stands_for_what_was_typed():
    typed = "rnning shoos red"
    working = Working.of(typed, [Correction(0, 6, "running"), Correction(7, 12, "shoes")])
    assert working.text == "running shoes red"
    for meant, was in [("running", "rnning"), ("shoes", "shoos"), ("running shoes", "rnning shoos"), ("red", "red")]:
        start, end = working.typed(working.text.index(meant), working.text.index(meant) + len(meant))
        assert typed[start:end] == was


def test_part_of_a_word_put_right_stands_for_all_that_was_typed():
    working = Working.of("lap top bag", [Correction(0, 7, "laptop")])
    assert working.typed(0, 3) == (0, 7)


def test_halves_of_a_word_parted_in_two_stand_apart():
    working = Working.of("denimjacket", [Correction(0, 11, "denim jacket")])
    assert working.text == "denim jacket"
    assert working.typed(0, 5)[1] <= working.typed(6, 12)[0]


@pytest.mark.parametrize(("start", "end"), [(0, 0), (3, 3), (5, 2)])
def test_no_stretch_stands_for_nothing(start, end):
    assert Working.of("red shoe").typed(start, end) == (0, 0)


@given(st.text(max_size=30), st.data())
def test_every_character_stands_for_some_that_were_typed(typed, data):
    places = sorted(data.draw(st.sets(st.integers(0, len(typed)), max_size=6)))
    pairs = list(zip(places[::2], places[1::2], strict=False))
    working = Working.of(typed, [Correction(start, end, data.draw(st.text(max_size=5))) for start, end in pairs])
    assert len(working.text) == len(working.starts) == len(working.ends)
    for place in range(len(working.text)):
        start, end = working.typed(place, place + 1)
        assert 0 <= start < end <= len(typed)


@pytest.mark.parametrize(
    ("text", "spans", "left"),
    [
        ("red shoe under 50", [(9, 17)], "red shoe"),
        ("red shoe under 50", [(0, 4), (9, 17)], "shoe"),
        ("red shoe under 50", [(9, 17), (0, 4)], "shoe"),
        ("red, not blue", [(5, 13)], "red"),
        ("红色，不要黑色", [(3, 7)], "红色"),
        ("red  shoe", [], "red shoe"),
        ("red shoe", [(0, 6), (2, 8)], ""),
        ("red shoe", [(0, 0)], "red shoe"),
        ("", [], ""),
    ],
)
def test_stretches_are_taken_out_of_a_text(text, spans, left):
    assert without(text, spans) == left
