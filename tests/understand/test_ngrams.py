import numpy as np
import pytest

from bowerbird.understand.ngrams import LONGEST_REPEAT, GramSettings, text_grams


def hashes(text: str, longest: int = 3) -> list[int]:
    return text_grams([text], GramSettings(longest)).hashes.tolist()


def test_a_batch_has_the_grams_that_its_texts_have_alone() -> None:
    texts = ["red shoes", "", "本店太差了", "a", "   ", "usb-c 65w", "很 好 ！"]
    together = text_grams(texts, GramSettings(4))
    for place, text in enumerate(texts):
        alone = together.hashes[together.starts[place] : together.starts[place + 1]]
        assert alone.tolist() == hashes(text, 4)
    assert together.owners().tolist() == np.repeat(np.arange(len(texts)), np.diff(together.starts)).tolist()


@pytest.mark.parametrize(("text", "units"), [("red running shoes", 3), ("本店太差了", 5), ("it's 不错", 3)])
def test_a_word_or_a_chinese_character_is_one_unit(text: str, units: int) -> None:
    assert len(hashes(text, 1)) == units


def test_a_gram_tells_whether_it_begins_or_ends_a_text() -> None:
    # Two units and a frame on each side: two single units, three pairs, two threes.
    assert len(hashes("不错", 3)) == 2 + 3 + 2
    assert set(hashes("不错")) - set(hashes("真不错啊"))


def test_order_counts_in_pairs_but_not_in_single_units() -> None:
    assert sorted(hashes("not good", 1)) == sorted(hashes("good not", 1))
    assert sorted(hashes("not good", 2)) != sorted(hashes("good not", 2))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Café", "cafe"), ("ＵＳＢ", "usb"), ("質量", "质量"), ("太好了！！！！！！", "太好了！！！"), ("a  b", "a b")],
)
def test_ways_to_write_the_same_are_the_same(one: str, other: str) -> None:
    assert hashes(one) == hashes(other)


def test_of_long_numbers_only_the_length_counts_but_single_digits_are_told_apart() -> None:
    assert hashes("order 4711") == hashes("order 9023")
    assert hashes("1星") != hashes("5星")


def test_emoji_are_kept() -> None:
    assert hashes("👍") != hashes("😡")


def test_long_repeats_are_cut_wherever_they_stand() -> None:
    assert hashes("好" * 50) == hashes("好" * LONGEST_REPEAT)
    assert hashes("aaa") == hashes("aaaaaaa")


@pytest.mark.parametrize("text", ["\x00", "\ud800", "\U0010ffff", "\n\n", "a\nb", "\u202eabc", "👩‍👩‍👧", "x" * 10_000])
def test_odd_characters_are_no_trouble(text: str) -> None:
    grams = text_grams([text, "ok"], GramSettings(5))
    assert grams.hashes[grams.starts[1] :].tolist() == hashes("ok", 5)


def test_no_texts_have_no_grams() -> None:
    grams = text_grams([], GramSettings(3))
    assert (len(grams.hashes), grams.starts.tolist()) == (0, [0])
