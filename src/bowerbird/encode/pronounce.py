"""How words are said, in the ARPAbet of the CMU dictionary, also words that no dictionary has.

A word is looked up; failing that it is read as a known word's plural or possessive, or as two known words written
together (``lumatech``); failing that a grapheme-to-phoneme model reads it letter by letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from bowerbird.encode.pronounce_letters import LetterReader

PHONES = frozenset(
    "AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W Y Z ZH".split()
)
_VOICELESS = frozenset("P T K F TH".split())
_SIBILANT = frozenset("S Z SH ZH CH JH".split())
_SHORTEST_PART = 3
_MOST_SAID = 4
_SHOP_WORDS = "pronounce_shop.txt"
_VOWELS = re.compile("[aeiouy]")


class Pronouncer:
    """Says words as phones of the CMU dictionary without stress; made once, read from many threads.

    Args:
        known: words with their pronunciations, phones joined by blanks.
        reader: reads words that are not known; None spells them letter by letter.
    """

    def __init__(self, known: Mapping[str, tuple[str, ...]], reader: LetterReader | None = None) -> None:
        self._known = known
        self._reader = reader

    def knows(self, word: str) -> bool:
        """Whether the dictionary itself has the word."""
        return word in self._known

    def say(self, word: str) -> tuple[str, ...]:
        """The ways to say a small-letter word, most usual first; empty where it has no letter that can be said."""
        said = self._known.get(word) or self._ending(word) or self._compound(word) or self._unknown(word)
        return said[:_MOST_SAID]

    def say_all(self, words: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Every word that can be said with the ways to say it."""
        said = {word: self.say(word) for word in words}
        return {word: ways for word, ways in said.items() if ways}

    def _ending(self, word: str) -> tuple[str, ...]:
        if word.endswith("'s") or (word.endswith("s") and not word.endswith("ss")):
            stem = word[:-2] if word.endswith("'s") else word[:-1]
            # Shops write "womens": the dictionary has it with its apostrophe.
            return self._known.get(f"{stem}'s") or tuple(_add_s(way) for way in self._known.get(stem, ()))
        return ()

    def _compound(self, word: str) -> tuple[str, ...]:
        cuts = range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
        # The evenest cut is the likeliest: "active wear" rather than "act ivewear".
        for cut in sorted(cuts, key=lambda cut: abs(len(word) / 2 - cut)):
            head, tail = word[:cut], word[cut:]
            if head in self._known and (rest := self._known.get(tail) or self._ending(tail)):
                return (f"{self._known[head][0]} {rest[0]}",)
        return ()

    def _unknown(self, word: str) -> tuple[str, ...]:
        stem, possessive = (word[:-2], True) if word.endswith("'s") else (word, False)
        letters = re.sub("[^a-z]", "", stem)
        if not letters:
            return ()
        ways = [self._spell(letters)] if len(letters) <= 4 and not _VOWELS.search(letters) else []
        if self._reader is not None and len(letters) > 1:
            ways.append(" ".join(self._reader.read(letters)))
        ways = [way for way in ways or [self._spell(letters)] if way]
        return tuple(_add_s(way) if possessive else way for way in ways)

    def _spell(self, letters: str) -> str:
        return " ".join(self._known[letter][0] for letter in letters if letter in self._known)


def open_pronouncer(dictionary: Path) -> Pronouncer:
    """A pronouncer on a CMU dictionary file, words of shops added, with the letter model.

    Raises MissingExtraError, ModelError.
    """
    known = read_dictionary(dictionary) | read_dictionary(Path(__file__).with_name(_SHOP_WORDS))
    return Pronouncer(known, LetterReader.open())


def read_dictionary(path: Path) -> dict[str, tuple[str, ...]]:
    """Words with their pronunciations from a CMU dictionary file: ``word(2) W ER D`` is another way to say ``word``."""
    known: dict[str, tuple[str, ...]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        entry, _, phones = line.partition(" ")
        word = entry[: entry.index("(")] if entry.endswith(")") else entry
        if word:
            known[word] = (*known.get(word, ()), phones.strip())
    return known


def _add_s(phones: str) -> str:
    last = phones.rpartition(" ")[2]
    return f"{phones} {'IH Z' if last in _SIBILANT else 'S' if last in _VOICELESS else 'Z'}"
