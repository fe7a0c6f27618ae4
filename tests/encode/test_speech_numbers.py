"""Numbers as they are said and as they are written."""

import pytest

from bowerbird.encode.speech_numbers import say_number, split_numbers, write_numbers


@pytest.mark.parametrize(
    ("heard", "written"),
    [
        ("under fifty dollars", "under 50 dollars"),
        ("men's jacket under fifty", "men's jacket under 50"),
        ("size thirty four", "size 34"),
        ("between twenty and thirty dollars", "between 20 and 30 dollars"),
        ("from twenty to forty", "from 20 to 40"),
        ("twenty to forty dollars", "20 to 40 dollars"),
        ("under a hundred and twenty dollars", "under 120 dollars"),
        ("less than two hundred fifty bucks", "less than 250 bucks"),
        ("over a thousand two hundred", "over 1200"),
        ("under nineteen ninety nine", "under 19.99"),
        ("thirty two fifty dollars", "32.50 dollars"),
        ("a yoga strap eight foot", "a yoga strap 8 foot"),
        ("one point five liters bottle", "1.5 liters bottle"),
    ],
)
def test_prices_and_sizes_come_out_in_digits(heard: str, written: str) -> None:
    assert write_numbers(heard) == written


@pytest.mark.parametrize(
    "heard",
    ["two tone jacket", "a one shoulder top", "four way stretch pants", "red jacket", "", "and", "under"],
)
def test_other_numbers_stay_in_words(heard: str) -> None:
    assert write_numbers(heard) == heard


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("55", "fifty five"),
        ("0", "zero"),
        ("120", "one hundred twenty"),
        ("1299", "one thousand two hundred ninety nine"),
        ("19.5", "nineteen point five"),
        ("1/4", "quarter"),
        ("1234567", "one two three four five six seven"),
        ("٣", ""),
        ("x", ""),
    ],
)
def test_numbers_are_said_in_words(written: str, said: str) -> None:
    assert " ".join(say_number(written)) == said


def test_a_text_is_cut_at_its_numbers() -> None:
    assert split_numbers("ball 55 cm for 1,299.50") == ["ball", "55", "cm for", "1299.50"]
