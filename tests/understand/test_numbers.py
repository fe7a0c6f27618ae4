import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bowerbird.understand.numbers import NUMBER, read_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("50", 50),
        ("0", 0),
        (".5", 0.5),
        ("1,299.50", 1299.5),
        ("1,000,000", 1_000_000),
        ("2k", 2000),
        ("1.5万", 15_000),
        ("3千", 3000),
        ("fifty", 50),
        ("twenty five", 25),
        ("twenty-five", 25),
        ("a hundred", 100),
        ("two hundred and fifty", 250),
        ("one thousand two hundred", 1200),
        ("十", 10),
        ("十五", 15),
        ("二十", 20),
        ("三百", 300),
        ("三百五", 350),
        ("三百零五", 305),
        ("三百五十", 350),
        ("一千二", 1200),
        ("一千零五十", 1050),
        ("两千", 2000),
        ("一万二", 12_000),
        ("三五", 35),
        (" 50 ", 50),
    ],
)
def test_a_number_is_read_however_it_is_written(text, number):
    assert read_number(text) == (number, number)


@pytest.mark.parametrize(
    ("text", "span"),
    [("两三百", (200, 300)), ("七八百", (700, 800)), ("五六十", (50, 60)), ("一两千", (1000, 2000))],
)
def test_two_digits_side_by_side_are_a_span(text, span):
    assert read_number(text) == span


@pytest.mark.parametrize(("text", "span"), [("几百", (100, 1000)), ("数千", (1000, 10_000)), ("几十", (10, 100))])
def test_some_hundreds_are_anything_up_to_the_next_place(text, span):
    assert read_number(text) == span


@pytest.mark.parametrize("text", ["", "  ", "a", "and", "abc", "1.2.3", "三百多", "红", "²", "٣", "k", "-"])
def test_what_is_no_number_is_none(text):
    assert read_number(text) is None


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("under 1,299.50 now", ["1,299.50"]),
        ("20-40", ["20", "40"]),
        ("twenty five or 30", ["twenty five", "30"]),
        ("两三百块", ["两三百"]),
        ("1.5万以下", ["1.5万"]),
        ("stone often", []),
        ("2k 4kg", ["2k", "4"]),
    ],
)
def test_numbers_are_found_in_a_text(text, written):
    assert re.findall(NUMBER, text) == written


def test_a_text_of_numerals_that_are_no_number_is_looked_through_without_trying_every_way():
    # Trying every way to part them would take years, not a moment.
    assert re.fullmatch(NUMBER + "!", "三十四" * 100) is None
    assert re.fullmatch(NUMBER + "!", "twenty " * 100) is None


@given(st.integers(1, 9999))
def test_a_number_written_in_chinese_is_read_again(number):
    assert read_number(_in_chinese(number)) == (number, number)


@given(st.integers(0, 10**9))
def test_figures_are_read_with_and_without_thousands_signs(number):
    assert read_number(str(number)) == read_number(f"{number:,}") == (number, number)


@given(st.text(alphabet="零一二三四五六七八九十百千万两几数0123456789.,k abcdefhntuwyz-", max_size=20))
def test_any_text_is_a_number_or_none(text):
    found = read_number(text)
    assert found is None or found[0] <= found[1]


def _in_chinese(number):
    """As it is said in full: 1,050 is 一千零五十."""
    digits = "零一二三四五六七八九"
    said, gap = "", False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            said += ("零" if gap and said else "") + digits[digit] + name
        gap = not digit
    return said
