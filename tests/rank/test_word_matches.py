"""Which word of a product answers which word of a query."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bowerbird.encode.terms import Terms
from bowerbird.rank.word_matches import PRODUCT_WORDS, QUERY_WORDS, WordMatcher
from bowerbird.testing.fakes import HashingTextEncoder

CUT = Terms().cut
NEAR = {"sofa": (1, 0, 0), "couch": (0.9, 0.4, 0), "crimson": (0, 0, 1), "red": (0, 0.3, 0.9), "wood": (0, 1, 0)}


class Dictionary:
    """Knows a few words and which of them mean nearly the same; cannot read Chinese."""

    dim = 3
    fingerprint = "dictionary"

    def __init__(self) -> None:
        self.batches: list[list[str]] = []

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        self.batches.append(list(texts))
        rows = np.asarray([NEAR.get(text, (0.1, 0.1, 0.1)) for text in texts], np.float32).reshape(-1, 3)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    def encode_query(self, text: str) -> np.ndarray:
        return self.encode([text])[0] if text.isascii() else np.zeros(3, np.float32)


def test_each_query_word_finds_the_product_word_that_means_it() -> None:
    found = WordMatcher(Dictionary(), CUT).match("red sofa", "A crimson couch of wood")
    assert [word.text for word in found.query] == ["red", "sofa"]
    assert [word.text for word in found.product] == ["A", "crimson", "couch", "of", "wood"]
    assert found.similarities.shape == (2, 5)
    assert found.similarities.dtype == np.float32
    assert [found.product[place].text for place in found.best] == ["crimson", "couch"]


def test_a_word_tells_where_it_stands() -> None:
    text = "A crimson couch"
    found = WordMatcher(Dictionary(), CUT).match("sofa", text)
    word = found.product[int(found.best[0])]
    assert text[word.start : word.end] == word.text == "couch"


def test_two_forms_of_one_word_are_the_same_whatever_the_encoder_says() -> None:
    found = WordMatcher(Dictionary(), CUT).match("sofas", "couch, sofa")
    assert found.similarities[0].tolist()[1] == 1
    assert found.product[int(found.best[0])].text == "sofa"


def test_a_model_number_is_the_same_however_it_is_written() -> None:
    found = WordMatcher(Dictionary(), CUT).match("dv7-1211ea", "laptop dv71211ea")
    assert found.similarities[0].tolist()[1] == 1


def test_a_word_that_the_encoder_cannot_read_is_like_nothing_but_itself() -> None:
    found = WordMatcher(Dictionary(), CUT).match("鞋", "包 鞋")
    by_word = dict(zip([word.text for word in found.product], found.similarities[0].tolist(), strict=True))
    assert by_word == {"包": 0, "鞋": 1}


def test_new_words_are_encoded_in_one_batch_and_known_ones_not_again() -> None:
    encoder = Dictionary()
    matcher = WordMatcher(encoder, CUT)
    matcher.match("red sofa", "Crimson couch")
    matcher.match("red sofa", "crimson wood")
    assert encoder.batches == [["red", "sofa", "crimson", "couch"], ["wood"]]


def test_a_word_that_is_said_twice_counts_once() -> None:
    found = WordMatcher(Dictionary(), CUT).match("red", "wood wood Wood")
    assert [word.text for word in found.product] == ["wood"]


def test_of_a_long_text_the_words_that_are_asked_for_are_not_cut_off() -> None:
    text = " ".join(f"w{number}" for number in range(200)) + " sofa"
    found = WordMatcher(HashingTextEncoder(), CUT).match("red sofa", text)
    assert len(found.product) == PRODUCT_WORDS
    assert found.product[int(found.best[1])].text == "sofa"
    assert [word.text for word in found.product][:3] == ["w0", "w1", "w2"]


def test_a_long_query_is_cut() -> None:
    found = WordMatcher(HashingTextEncoder(), CUT).match(" ".join(f"w{number}" for number in range(50)), "sofa")
    assert found.similarities.shape == (QUERY_WORDS, 1)


def test_without_words_there_is_nothing_to_compare() -> None:
    matcher = WordMatcher(Dictionary(), CUT)
    nothing, unasked = matcher.match("red sofa", " - "), matcher.match("", "red sofa")
    assert nothing.similarities.shape == (2, 0)
    assert nothing.best.tolist() == [-1, -1]
    assert unasked.similarities.shape == (0, 2)
    assert unasked.best.tolist() == []


@given(st.text(max_size=60), st.text(max_size=120))
def test_any_texts_give_a_matrix_of_their_words_on_its_scale(query: str, text: str) -> None:
    found = WordMatcher(HashingTextEncoder(), CUT).match(query, text)
    assert found.similarities.shape == (len(found.query), len(found.product))
    assert (np.abs(found.similarities) <= 1).all()
    for words, whole in ((found.query, query), (found.product, text)):
        assert all(whole[word.start : word.end] == word.text for word in words)


@given(st.lists(st.sampled_from(sorted(NEAR)), min_size=1, unique=True))
def test_a_text_answers_each_of_its_own_words_with_itself(words: list[str]) -> None:
    found = WordMatcher(Dictionary(), CUT).match(" ".join(words), " ".join(words))
    np.testing.assert_array_equal(np.diag(found.similarities), np.ones(len(words), np.float32))
