"""Which English words are words: a general dictionary, the lexicon's names, and names that things are sold under."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bowerbird.understand.lexicon import load_lexicon
from bowerbird.understand.plain import plain, units_of

_RARE = 20
"""The dictionary counts film subtitles, in which what is seen more seldom is often a slip itself."""


@dataclass(frozen=True, slots=True)
class EnglishWords:
    """``counts`` of the general dictionary by word; ``commerce`` are the lexicon's words.

    ``names`` are brands, model families and jargon: words that are right, and that nothing else was meant to be.
    """

    counts: dict[str, int]
    commerce: frozenset[str]
    names: frozenset[str]

    def __contains__(self, word: str) -> bool:
        return word in self.commerce or word in self.names or word in self.counts


@cache
def load_words() -> EnglishWords:
    """Read the lists, once (about .1 s)."""
    # The package's own reader makes objects of every word; all that is wanted of it is its list.
    packed = (files("spellchecker") / "resources" / "en.json.gz").read_bytes()
    counts: dict[str, int] = {
        word: count for word, count in json.loads(gzip.decompress(packed)).items() if count >= _RARE and word.isalpha()
    }
    commerce = {
        unit.surface
        for concept in load_lexicon().concepts.values()
        for name in concept.en
        for unit in units_of(plain(name))
    }
    listed = (files("bowerbird.understand") / "lexicon" / "names.txt").read_text(encoding="utf-8")
    names = {unit.surface for line in listed.splitlines() if not line.startswith("#") for unit in units_of(plain(line))}
    return EnglishWords(counts, frozenset(commerce), frozenset(names))
