"""Counting words in documents, against counting them one by one."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bowerbird.index.word_hashes import MOST_WORDS, hash_text, hash_words
from bowerbird.index.word_rows import WordRows, append_words

texts = st.lists(st.text("abc ", max_size=12), min_size=1, max_size=8)


@given(texts, st.data())
def test_counts_and_first_places_are_those_of_the_text(shop, data):
    rows = WordRows()
    split = data.draw(st.integers(0, len(shop)))
    rows.append([hash_text(text) for text in shop[:split]])
    rows.append([hash_text(text) for text in shop[split:]])
    documents = data.draw(st.lists(st.integers(0, len(shop) - 1), unique=True))
    found = rows.count(hash_words(["a", "bc"]), np.array(documents, np.int32), len(shop))
    for at, document in enumerate(documents):
        words = shop[document].split()
        assert found.lengths[at] == len(words)
        for word, count, place in zip(["a", "bc"], found.counts[at], found.places[at], strict=True):
            assert count == words.count(word)
            assert place == (words.index(word) if word in words else -1)


@given(texts, st.data())
def test_what_is_kept_counts_as_before(shop, data):
    rows = WordRows()
    rows.append([hash_text(text) for text in shop])
    alive = np.array(data.draw(st.lists(st.booleans(), min_size=len(shop), max_size=len(shop))))
    living = np.flatnonzero(alive).astype(np.int32)
    before = rows.count(hash_words(["a"]), living, len(shop))
    after = rows.kept(alive).count(hash_words(["a"]), np.arange(len(living), dtype=np.int32), len(living))
    np.testing.assert_array_equal(before.counts, after.counts)
    np.testing.assert_array_equal(before.places, after.places)


def test_a_field_that_comes_later_is_empty_for_those_before():
    rows: dict[str, WordRows] = {}
    append_words(rows, [{"title": hash_text("a b")}], 0)
    append_words(rows, [{"body": hash_text("b")}, {}], 1)
    documents = np.arange(3, dtype=np.int32)
    assert rows["title"].count(hash_words(["b"]), documents, 3).counts.tolist() == [[1], [0], [0]]
    assert rows["body"].count(hash_words(["b"]), documents, 3).counts.tolist() == [[0], [1], [0]]


def test_a_long_text_is_counted_as_far_as_it_is_kept():
    assert len(hash_text("word " * (MOST_WORDS + 50))) == MOST_WORDS
