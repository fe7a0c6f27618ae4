"""Spelling from the shop's own words: "did you mean", and what may stand for a word no product has.

Words the shop has, its brands, and anything with a digit are never corrected. Chinese is left alone: it is not
misspelt letter by letter.
"""

from __future__ import annotations

import numpy as np
from rapidfuzz.distance import OSA

from bowerbird.encode.folding import fold
from bowerbird.understand.vocabulary import Vocabulary, words_of

_SHORTEST = 4
_FOR_TWO_SLIPS = 8
_WEIGHTS = {1: 0.7, 2: 0.4}
_MOST_COMPARED = 4_000


class Spelling:
    """Near words of one vocabulary. Made once, then only read: safe from many threads.

    A word's letters are 32 bits; a slip changes at most two of them, so comparing bits leaves few words to compare
    by the optimal string alignment distance (a transposition is one slip).
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._counts = vocabulary.words
        words = [word for word in vocabulary.words if word.isalpha() and len(word) >= _SHORTEST - 1]
        words.sort(key=lambda word: -vocabulary.words[word])
        self._words = words
        self._lengths = np.array([len(word) for word in words], np.int16)
        self._letters = np.array([_letters(word) for word in words], np.uint32)

    def knows(self, word: str) -> bool:
        """Whether some product has the word."""
        return all(part in self._counts for part in words_of(word))

    def near(self, word: str, limit: int = 3) -> list[tuple[str, float]]:
        """The shop's words within one slip, or two in a long word, with weights; none for a word it has."""
        return [(found, _WEIGHTS[slips]) for slips, found in self._nearest(word)[:limit]]

    def suggest(self, text: str) -> str | None:
        """The text with its unknown words put right, None where there is nothing to put right.

        A word in two pieces ("lap top") and two words in one ("usbhub") are put right too.
        """
        pieces = text.split()
        put_right = []
        position = 0
        while position < len(pieces):
            piece = pieces[position]
            after = pieces[position + 1] if position + 1 < len(pieces) else ""
            joined = self._join(piece, after)
            put_right.append(joined or self._put_right(piece))
            position += 2 if joined else 1
        result = " ".join(put_right)
        return None if fold(result)[0] == fold(" ".join(pieces))[0] else result

    def _put_right(self, piece: str) -> str:
        if self.knows(piece) or not _correctable(piece):
            return piece
        found = self._nearest(piece)
        if found and found[0][0] == 1:
            return found[0][1]
        return self._split(fold(piece)[0]) or (found[0][1] if found else piece)

    def _nearest(self, word: str) -> list[tuple[int, str]]:
        folded = fold(word)[0].strip("'").replace("'", "")
        if not _correctable(folded) or folded in self._counts:
            return []
        slips = 2 if len(folded) >= _FOR_TWO_SLIPS else 1
        alike = np.abs(self._lengths - len(folded)) <= slips
        alike &= np.bitwise_count(self._letters ^ np.uint32(_letters(folded))) <= 2 * slips
        found = []
        for place in np.flatnonzero(alike)[:_MOST_COMPARED]:
            candidate = self._words[place]
            distance = OSA.distance(folded, candidate, score_cutoff=slips)
            if distance <= slips:
                found.append((distance, candidate[0] != folded[0], -self._counts[candidate], candidate))
        return [(distance, candidate) for distance, _, _, candidate in sorted(found)]

    def _join(self, first: str, second: str) -> str | None:
        """Two pieces that the shop writes as one, when one of them means nothing to it."""
        if not (_is_plain(first) and _is_plain(second)) or (self.knows(first) and self.knows(second)):
            return None
        joined = fold(first + second)[0]
        return joined if joined in self._counts else None

    def _split(self, word: str) -> str | None:
        """The commonest two of the shop's words that make up a word."""
        best, most = None, 0
        for at in range(3, len(word) - 2):
            both = (word[:at], word[at:])
            count = min(self._counts.get(part, 0) for part in both)
            if count > most:
                best, most = " ".join(both), count
        return best


def _correctable(word: str) -> bool:
    return len(word) >= _SHORTEST and _is_plain(word)


def _is_plain(word: str) -> bool:
    folded = fold(word)[0]
    return folded.isascii() and folded.replace("'", "").isalpha()


def _letters(word: str) -> int:
    bits = 0
    for character in word:
        bits |= 1 << (ord(character) % 32)
    return bits
