"""Spelling from the shop's own words and the lexicon's: what is put right, and what may stand for a strange word.

A noisy channel (Kernighan, Church and Gale, COLING 1990): the word that was meant is the one that is common in the
shop, goes with its neighbours, and is easily mistyped as what was typed. Words that the shop, the lexicon or the
dictionary has are never touched, nor are brands, and nothing with a digit. Chinese is not misspelt letter by letter.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from math import log1p

import numpy as np
from rapidfuzz.distance import OSA

from bowerbird.encode.folding import fold
from bowerbird.encode.terms import stem_plural
from bowerbird.understand.lexicon import load_lexicon
from bowerbird.understand.slips import DOUBLED, slip_cost
from bowerbird.understand.vocabulary import Vocabulary, words_of
from bowerbird.understand.words import EnglishWords, load_words
from bowerbird.understand.working import Correction, Working

_SHORTEST = 4
_FOR_TWO_SLIPS = 8
_WEIGHTS = {1: 0.7, 2: 0.4}
_MOST_COMPARED = 24
_RARE = 150
_MOST_WORDS = 24
_LONGEST_TEXT = 400
_PIECE = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class SpellingSettings:
    """What speaks for a correction; chosen on the dev part of ``benchmarks/understand_typos.tsv`` and ``_good.tsv``."""

    slip: float = 3.0
    """What one slip costs."""

    shop: float = 0.5
    """What the logarithm of a word's count in the shop is worth."""

    commerce: float = 0.8
    """What it is worth that the lexicon has a word which the shop has not."""

    company: float = 3.2
    """What it is worth that a word stands beside its neighbour in some product's text or the lexicon's names."""

    least: float = -4.5
    """The least that a correction must be worth: two slips need a good reason."""


class Spelling:
    """Near words of one vocabulary. Made once, then only read: safe from many threads.

    A word's letters are 32 bits; a slip changes at most two of them, so comparing bits leaves few words to compare
    by the optimal string alignment distance (a transposition is one slip).
    """

    def __init__(
        self, vocabulary: Vocabulary, words: EnglishWords | None = None, settings: SpellingSettings | None = None
    ) -> None:
        self._english = words or load_words()
        self._settings = settings or SpellingSettings()
        self._counts = vocabulary.words
        self._pairs = _pairs_of(vocabulary)
        meant = {word for word in (*vocabulary.words, *self._english.commerce) if word.isalpha() and word.isascii()}
        ordered = sorted((word for word in meant if len(word) >= _SHORTEST - 1), key=lambda w: (-self._prior(w), w))
        self._words = ordered
        self._lengths = np.array([len(word) for word in ordered], np.int16)
        self._letters = np.array([_letters(word) for word in ordered], np.uint32)

    def knows(self, word: str) -> bool:
        """Whether some product has the word."""
        return all(part in self._counts for part in words_of(word))

    def near(self, word: str, limit: int = 3) -> list[tuple[str, float]]:
        """The shop's words within one slip, or two in a long word, with weights; none for a word it has."""
        folded = _folded(word)
        if folded in self._counts or not _correctable(folded):
            return []
        most = 2 if len(folded) >= _FOR_TWO_SLIPS else 1
        candidates = self._candidates(folded)
        found = [(slips, meant) for slips, meant in candidates if slips <= most and meant in self._counts]
        ranked = sorted(found, key=lambda pair: self._cost(folded, pair[1], "", ""))
        return [(meant, _WEIGHTS[slips]) for slips, meant in ranked[:limit]]

    def suggest(self, text: str) -> str | None:
        """The text with its strange words put right, None where there is nothing to put right."""
        found = self.corrections(text)
        return " ".join(Working.of(text, found).text.split()) if found else None

    def corrections(self, text: str) -> list[Correction]:
        """What strange words of a text were meant to be, in order.

        A word in two pieces ("lap top") and two words in one ("usbhub") are put right too.
        """
        pieces = list(_PIECE.finditer(text))
        if not 0 < len(pieces) <= _MOST_WORDS or len(text) > _LONGEST_TEXT:
            return []
        words: list[tuple[int, int, str]] = []
        position = 0
        while position < len(pieces):
            first = last = pieces[position]
            after = pieces[position + 1].group() if position + 1 < len(pieces) else ""
            joined = self._join(first.group(), after)
            if joined:
                last = pieces[position + 1]
            words.append((first.start(), last.end(), joined or first.group()))
            position += 2 if joined else 1
        meant = [word for _, _, word in words]
        # A second time round each word's neighbours are put right themselves.
        for _ in range(2 if len(words) > 1 else 1):
            around = ["", *meant, ""]
            meant = [
                self._put_right(word, around[place], around[place + 2]) for place, (_, _, word) in enumerate(words)
            ]
        return self._joined_again(
            [
                Correction(start, end, found)
                for (start, end, _), found in zip(words, meant, strict=True)
                if fold(found)[0] != fold(text[start:end])[0]
            ],
            words,
            meant,
        )

    def _joined_again(
        self, found: list[Correction], words: list[tuple[int, int, str]], meant: list[str]
    ) -> list[Correction]:
        """Corrections with two words joined that only put right are one word of the shop: "light wieght"."""
        changed = {one.start for one in found}
        for place in range(len(words) - 1):
            (start, _, _), (after, end, _) = words[place], words[place + 1]
            if not changed & {start, after}:
                continue
            joined = self._join(meant[place], meant[place + 1])
            if joined is not None:
                kept = [one for one in found if one.end <= start or one.start >= end]
                return sorted([*kept, Correction(start, end, joined)], key=lambda one: one.start)
        return found

    def _put_right(self, piece: str, before: str, after: str) -> str:
        folded = _folded(piece)
        if not _correctable(folded) or self._is_word(folded):
            return self._out_of_place(folded, _folded(before), _folded(after)) or piece
        best = self._best(folded, _folded(before), _folded(after))
        split = self._split(folded)
        if split is not None and (best is None or split[0] > best[0]):
            return split[1]
        return piece if best is None else best[1]

    def _out_of_place(self, word: str, before: str, after: str) -> str | None:
        """What a word that no shop sells was meant to be ("wooden char"), where a near one goes with its neighbour."""
        english = self._english
        bases = (word, stem_plural(word))
        if any(one in self._counts or one in english.commerce or one in english.names for one in bases):
            return None
        rare = english.counts.get(word, 0) < _RARE
        found: list[tuple[float, str]] = []
        for slips, meant in self._candidates(word):
            if slips > 1 or meant not in self._counts:
                continue
            cost = slip_cost(word, meant)
            in_company = (before, meant) in self._pairs or (meant, after) in self._pairs
            if in_company or (rare and cost <= DOUBLED):
                found.append((cost, meant))
        return min(found)[1] if found else None

    def _is_word(self, word: str) -> bool:
        """Whether a word is in order: the shop has it, or the lexicon, or the dictionary, or it is their plural."""
        if word in self._counts or word in self._english:
            return True
        base = stem_plural(word)
        return (
            base != word
            and not word.endswith(("ss", "ees", "oees"))
            and (base in self._counts or base in self._english)
        )

    def _best(self, word: str, before: str, after: str) -> tuple[float, str] | None:
        """The likeliest word that was meant, with what speaks for it."""
        candidates = self._candidates(word)
        if not candidates and len(word) == _SHORTEST:
            # Two slips in four letters leave too little to know it by, but for the company it keeps.
            far = self._candidates(word, 2)
            candidates = [one for one in far if (before, one[1]) in self._pairs or (one[1], after) in self._pairs]
        found = [(-self._cost(word, meant, before, after), meant) for _, meant in candidates]
        if not found:
            return None
        worth, meant = max(found, key=lambda pair: (pair[0], pair[1]))
        return (worth, meant) if worth >= self._settings.least else None

    def _cost(self, word: str, meant: str, before: str, after: str) -> float:
        settings = self._settings
        # A slip in a long word leaves more to know it by.
        slips = slip_cost(word, meant) * (1.15 if len(word) <= 5 else 1.0 if len(word) <= 7 else 0.8)
        company = ((before, meant) in self._pairs) + ((meant, after) in self._pairs)
        return settings.slip * slips - self._prior(meant) - settings.company * company

    def _prior(self, word: str) -> float:
        settings = self._settings
        count = self._counts.get(word, 0)
        prior = settings.shop * log1p(count) + (settings.commerce if count else 0.0)
        if word in self._english.commerce:
            prior += settings.commerce
        return prior

    def _candidates(self, word: str, slips: int = 0) -> list[tuple[int, str]]:
        """Words within some slips (one, or two in one of five letters or more), the nearest first."""
        slips = slips or (2 if len(word) >= 5 else 1)
        alike = np.abs(self._lengths - len(word)) <= slips
        alike &= np.bitwise_count(self._letters ^ np.uint32(_letters(word))) <= 2 * slips
        found: list[tuple[int, int, str]] = []
        for place in np.flatnonzero(alike).tolist():
            distance = OSA.distance(word, self._words[place], score_cutoff=slips)
            if distance <= slips:
                found.append((distance, place, self._words[place]))
        return [(distance, meant) for distance, _, meant in sorted(found)[:_MOST_COMPARED]]

    def _join(self, first: str, second: str) -> str | None:
        """Two pieces that the shop writes as one, and never beside each other."""
        one, two = _folded(first), _folded(second)
        if not (_is_plain(one) and _is_plain(two)) or min(len(one), len(two)) < 2:
            return None
        joined = one + two
        if joined not in self._counts or (one, two) in self._pairs:
            return None
        strange = not (one in self._counts and two in self._counts)
        return joined if strange or min(len(one), len(two)) >= 3 else None

    def _split(self, word: str) -> tuple[float, str] | None:
        """The two words that make up a strange one best, with what speaks for it."""
        best: tuple[float, str] | None = None
        for at in range(3, len(word) - 2):
            one, two = word[:at], word[at:]
            if not all(part in self._counts or part in self._english.commerce for part in (one, two)):
                continue
            if (one, two) not in self._pairs:
                continue
            worth = self._settings.company + (self._prior(one) + self._prior(two)) / 2 - self._settings.slip
            if best is None or worth > best[0]:
                best = (worth, f"{one} {two}")
        return best or self._split_with_slip(word)

    def _split_with_slip(self, word: str) -> tuple[float, str] | None:
        """The two words run together of which one is known and the other a slip away, where they go together."""
        for at in range(3, len(word) - 3):
            for known, other, order in ((word[:at], word[at:], 1), (word[at:], word[:at], -1)):
                if known not in self._counts or len(other) < _SHORTEST or other in self._counts:
                    continue
                for slips, meant in self._candidates(other, 1):
                    pair = (known, meant)[::order]
                    if slips == 1 and pair in self._pairs:
                        return self._settings.least + 0.1, " ".join(pair)
        return None


def _pairs_of(vocabulary: Vocabulary) -> frozenset[tuple[str, str]]:
    """Words that stand beside each other in the shop's phrases and the lexicon's names."""
    pairs: Counter[tuple[str, str]] = Counter()
    names = (name for concept in load_lexicon().concepts.values() for name in concept.en)
    for text in (*(phrase.text for phrase in vocabulary.phrases), *names):
        words = words_of(text)
        pairs.update(pairwise(words))
    return frozenset(pairs)


def _folded(word: str) -> str:
    return fold(word)[0].strip().strip("'.,!?;:").replace("'", "")


def _correctable(word: str) -> bool:
    return len(word) >= _SHORTEST and _is_plain(word)


def _is_plain(word: str) -> bool:
    return word.isascii() and word.isalpha()


def _letters(word: str) -> int:
    bits = 0
    for character in word:
        bits |= 1 << (ord(character) % 32)
    return bits
