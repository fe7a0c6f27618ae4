"""Suggestions while typing: the shop's own categories, brands, kinds, titles and common phrases.

A phrase is found by the beginning of any of its words. Made once a generation; a look-up is two bisections and a
partial sort.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import OSA

from bowerbird.domain.ports import Cut
from bowerbird.encode.terms import group_words
from bowerbird.understand.vocabulary import Phrase, PhraseKind, Vocabulary, key_of

_KIND_WEIGHTS = {
    PhraseKind.CATEGORY: 3.0,
    PhraseKind.BRAND: 2.0,
    PhraseKind.KIND: 2.0,
    PhraseKind.PHRASE: 1.0,
    PhraseKind.TITLE: 0.5,
}
_END = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class SuggestSettings:
    """What is kept and shown."""

    phrases: int = 200_000
    """How many phrases are kept, the most frequent."""

    word_starts: int = 6
    """How many of a phrase's words can be typed first."""

    inner_discount: float = 0.5
    """What a phrase weighs that is found by a word other than its first."""

    compared: int = 5_000
    """How many of the most frequent phrases a misspelt beginning is compared with."""


class Suggester:
    """Phrases by prefix. Made once, then only read: safe from many threads."""

    def __init__(self, vocabulary: Vocabulary, cut: Cut, settings: SuggestSettings | None = None) -> None:
        self._settings = settings or SuggestSettings()
        self._phrases = vocabulary.phrases[: self._settings.phrases]
        entries = []
        for place, phrase in enumerate(self._phrases):
            weight = _KIND_WEIGHTS[phrase.kind] * float(np.log1p(phrase.count))
            for number, key in enumerate(self._keys(phrase.text, cut)):
                entries.append((key, weight if number == 0 else weight * self._settings.inner_discount, place))
        entries.sort()
        self._entry_keys = [key for key, _, _ in entries]
        self._weights = np.array([weight for _, weight, _ in entries], np.float32)
        self._places = np.array([place for _, _, place in entries], np.int32)
        self._common = [key_of(phrase.text) for phrase in self._phrases[: self._settings.compared]]

    def suggest(self, text: str, limit: int = 8) -> list[Phrase]:
        """The heaviest phrases that go on from what was typed; with a slip in it, those that nearly do."""
        typed = key_of(text)
        if not typed or limit <= 0:
            return []
        return self._by_prefix(typed, limit) or self._by_slip(typed, limit)

    def _by_prefix(self, typed: str, limit: int) -> list[Phrase]:
        low, high = bisect_left(self._entry_keys, typed), bisect_left(self._entry_keys, typed + _END)
        weights = self._weights[low:high]
        # Each phrase stands at most once for each of its words, so this many entries hold ``limit`` phrases.
        wanted = min(len(weights), limit * self._settings.word_starts)
        if wanted < len(weights):
            found = np.argpartition(-weights, wanted - 1)[:wanted]
        else:
            found = np.arange(len(weights))
        order = found[np.lexsort((self._places[low:high][found], -weights[found]))]
        places = dict.fromkeys(self._places[low:high][order].tolist())
        return [self._phrases[place] for place in list(places)[:limit]]

    def _by_slip(self, typed: str, limit: int) -> list[Phrase]:
        slips = 0 if len(typed) < 4 else 1 if len(typed) < 8 else 2
        if not slips or any(character.isdigit() for character in typed):
            return []
        found = []
        for place, key in enumerate(self._common):
            if len(key) >= len(typed) - slips:
                # What was typed may be short or long by its slips, so it is held against beginnings of each length.
                lengths = range(len(typed) - slips, len(typed) + slips + 1)
                distance = min(OSA.distance(typed, key[:length], score_cutoff=slips) for length in lengths)
                if distance <= slips:
                    weight = _KIND_WEIGHTS[self._phrases[place].kind] * np.log1p(self._phrases[place].count)
                    found.append((distance, -float(weight), place))
        return [self._phrases[place] for _, _, place in sorted(found)[:limit]]

    def _keys(self, text: str, cut: Cut) -> list[str]:
        starts = [word[0].start for word in group_words(cut(text))][: self._settings.word_starts]
        keys = [key_of(text), *(key_of(text[start:]) for start in starts[1:])]
        return [key for key in dict.fromkeys(keys) if key]
