import pytest
from hypothesis import given
from hypothesis import strategies as st

from bowerbird.domain.product import Product
from bowerbird.encode.terms import Terms
from bowerbird.understand.spelling import Spelling
from bowerbird.understand.vocabulary import build_vocabulary

PRODUCTS = [
    Product("1", "Wireless headphones black", brand="Aurelio"),
    Product("2", "Rain jacket for women", brand="Luma", attributes={"material": "polyester"}),
    Product("3", "Rain jacket, blue", brand="Luma"),
    Product("4", "USB hub with 4 ports", description="A jaunty packet of ports"),
    Product("5", "Laptop sleeve", brand="Kolor"),
    Product("6", "女士防水夹克"),
]


@pytest.fixture(scope="module")
def spelling():
    return Spelling(build_vocabulary(PRODUCTS, Terms().cut))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("jaket", "jacket"),
        ("jakcet", "jacket"),
        ("rain jakcet", "rain jacket"),
        ("Hedphones", "headphones"),
        ("wireles hedphonse", "wireless headphones"),
        ("usbhub", "usb hub"),
        ("lap top", "laptop"),
        ("polyestre", "polyester"),
    ],
)
def test_a_slip_is_put_right(spelling, typed, meant):
    assert spelling.suggest(typed) == meant


@pytest.mark.parametrize(
    "typed", ["rain jacket", "Luma", "Kolor sleeve", "packet", "dv7-1211ea", "h4x0r", "xyzzyq", "rai", "夹克", "", "  "]
)
def test_words_the_shop_has_model_numbers_and_strangers_stay(spelling, typed):
    assert spelling.suggest(typed) is None


def test_of_two_words_as_near_the_commoner_is_meant(spelling):
    assert spelling.near("jacket") == []
    assert spelling.near("acket")[0][0] == "jacket"


def test_a_near_word_weighs_less_than_the_word_itself(spelling):
    assert all(0 < weight < 1 for _, weight in spelling.near("hedphonse"))


@given(st.text(max_size=40))
def test_any_text_gets_an_answer(spelling, text):
    spelling.suggest(text)
    spelling.near(text)


@given(st.sampled_from(["wireless", "headphones", "polyester"]), st.integers(0, 7))
def test_a_dropped_letter_is_found_again(spelling, word, at):
    assert word in [found for found, _ in spelling.near(word[:at] + word[at + 1 :])]
