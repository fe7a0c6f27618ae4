"""Which of a product's words answers which word of the query, by the text encoder: how a meaning was matched.

Each word is encoded alone and its vector remembered, so that the second product of a page costs only its new words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.ports import Cut, Span, TextEncoder
from bowerbird.encode.terms import group_words
from bowerbird.storage.recent import Recent

if TYPE_CHECKING:
    from bowerbird.domain.ports import Floats

QUERY_WORDS = 16
"""Words of a query that are looked at."""
PRODUCT_WORDS = 48
"""Words of a product's text that are looked at; those that the query says come before the others."""
NONE = -1

_Terms: TypeAlias = frozenset[str]


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is written in its text, ``text[start:end]`` of it, where it first occurs."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class WordMatches:
    """The distinct words of a query and of a product's text, and how alike they are.

    ``similarities`` (q, p) f32 are cosines, 1 where both are the same term and 0 where the encoder cannot read one.
    ``best`` (q,) is the position of each query word's best product word, -1 where the text has no word.
    """

    query: tuple[Word, ...]
    product: tuple[Word, ...]
    similarities: Floats
    best: NDArray[np.intp]


class WordMatcher:
    """Compares words, at most ``room`` of which are remembered; safe from many threads where the encoder is."""

    def __init__(self, encoder: TextEncoder, cut: Cut, room: int = 20_000) -> None:
        self._encoder, self._cut = encoder, cut
        self._vectors: Recent[str, Floats] = Recent(room)

    def match(self, query: str, text: str) -> WordMatches:
        """Compare every word of a query with every word of a product's text. Raises ModelError as the encoder does."""
        asked = _words(query, self._cut)[:QUERY_WORDS]
        said = _choose(_words(text, self._cut), [terms for _, terms in asked])
        vectors = self._encode([word.text for word, _ in (*asked, *said)])
        similarities = np.clip(vectors[: len(asked)] @ vectors[len(asked) :].T, -1, 1)
        for row, (_, terms) in enumerate(asked):
            same = [bool(terms & others) for _, others in said]
            similarities[row, same] = 1
        best = similarities.argmax(axis=1) if said else np.full(len(asked), NONE)
        return WordMatches(tuple(word for word, _ in asked), tuple(word for word, _ in said), similarities, best)

    def _encode(self, words: Sequence[str]) -> Floats:
        """(n, dim) unit rows, zeros for what the encoder cannot read; new words in one batch."""
        known = {word: self._vectors.get(word) for word in dict.fromkeys(map(str.lower, words))}
        new = [word for word, vector in known.items() if vector is None]
        for word, vector in zip(new, self._encoder.encode(new), strict=True) if new else ():
            # An English model gives all Chinese words one vector, and tells so only of queries.
            readable = word.isascii() or self._encoder.encode_query(word).any()
            kept: Floats = np.array(vector) if readable else np.zeros_like(vector)
            self._vectors.put(word, kept)
            known[word] = kept
        rows = [vector for word in words if (vector := known[word.lower()]) is not None]
        return np.stack(rows) if rows else np.zeros((0, self._encoder.dim), np.float32)


def _words(text: str, cut: Cut) -> list[tuple[Word, _Terms]]:
    """The distinct words of a text, in order, each with its terms: a model number has several."""
    found: dict[_Terms, Word] = {}
    for group in group_words(cut(text)):
        start, end = min(span.start for span in group), max(span.end for span in group)
        found.setdefault(_terms_of(group, start, end), Word(text[start:end], start, end))
    return [(word, terms) for terms, word in found.items()]


def _terms_of(group: Sequence[Span], start: int, end: int) -> _Terms:
    """The terms that stand for a whole word, or where none does its parts."""
    whole = frozenset(span.text for span in group if (span.start, span.end) == (start, end))
    return whole or frozenset(span.text for span in group)


def _choose(words: Sequence[tuple[Word, _Terms]], asked: Sequence[_Terms]) -> list[tuple[Word, _Terms]]:
    """The words of a text that are looked at, in its order: those that are asked for, then the first of the others."""
    wanted = frozenset[str]().union(*asked)
    places = sorted(range(len(words)), key=lambda place: not (words[place][1] & wanted))[:PRODUCT_WORDS]
    return [words[place] for place in sorted(places)]
