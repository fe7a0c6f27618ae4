"""English for the Chinese words between the names: 腰疼 is lower back pain, 能放 is fits, 那种 is nothing.

It is kept as a table, ``data/glossary.tsv``: a Chinese word, and the one to three English words that stand for it in a
query, none where the word only holds the sentence together.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from bowerbird.domain.errors import FormatError
from bowerbird.encode.folding import HAN

HEADER = "zh\ten"
_WORD = re.compile(f"[{HAN}]+")
# 不甜 is not sweet: what follows one of these that is in no word of the glossary is better left out than turned round.
_NOT = frozenset("不没无非别未")
# A character that is in no word weighs more than any number of words.
_LEFT_OVER = 1_000_000


class Glossary:
    """Chinese words and their English. Made once, then only read: safe from many threads."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = dict(words)
        # How long the words are that begin with a character, the shortest first: most begin few.
        sizes: dict[str, set[int]] = {}
        for word in self._words:
            sizes.setdefault(word[0], set()).add(len(word))
        self._sizes = {first: tuple(sorted(found)) for first, found in sizes.items()}

    def __len__(self) -> int:
        return len(self._words)

    def __getitem__(self, word: str) -> str:
        return self._words[word]

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def english(self, run: str) -> str:
        """A run of simplified Chinese characters in English words, in their order; what is unknown is left out."""
        pieces = self.cut(run)
        said: list[str] = []
        negated = False
        for at, piece in enumerate(pieces):
            english = self._words.get(piece)
            if english is None:
                negated = piece in _NOT
            elif english:
                if not negated and (len(piece) > 1 or self._stands_alone(pieces, at)):
                    said.append(english)
                negated = False
        return " ".join(said)

    def cut(self, run: str) -> list[str]:
        """A run as words of the glossary and single characters that are in none: as few of these as can be.

        Of the ways to leave as few, that of the fewest words is taken, and of those the one with the longer word first.
        """
        # For each place, from the last: what is left over and the words from here, as one number, and this word's size.
        costs = [0] * (len(run) + 1)
        taken = [1] * len(run)
        for start in range(len(run) - 1, -1, -1):
            cost = costs[start + 1] + _LEFT_OVER
            for size in self._sizes.get(run[start], ()):
                end = start + size
                if end > len(run):
                    break
                if costs[end] < cost and run[start:end] in self._words:
                    cost, taken[start] = costs[end] + 1, size
            costs[start] = cost
        pieces: list[str] = []
        at = 0
        while at < len(run):
            pieces.append(run[at : at + taken[at]])
            at += taken[at]
        return pieces

    def _stands_alone(self, pieces: list[str], at: int) -> bool:
        """Whether a single character is a word, not part of one that the glossary lacks, as 装 is of 装饰."""
        return not any(
            len(other) == 1 and self._words.get(other) != ""
            for other in (*pieces[max(at - 1, 0) : at], *pieces[at + 1 : at + 2])
        )


@cache
def load_glossary() -> Glossary:
    """Read the table in the package, once. Raises FormatError, naming the line, for a row that is wrong."""
    table = files("bowerbird.understand") / "data" / "glossary.tsv"
    return Glossary(read_glossary(table.read_text(encoding="utf-8"), table.name))


def read_glossary(text: str, name: str) -> dict[str, str]:
    """The English by the Chinese word. Raises FormatError for a wrong header or row, or a word that comes twice."""
    words: dict[str, str] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if number == 1:
            if line != HEADER:
                raise FormatError("wrong header", where=f"{name}:1", found=line, expected=HEADER)
            continue
        if not line:
            continue
        zh, tab, en = line.partition("\t")
        if not tab or "\t" in en or not _WORD.fullmatch(zh) or zh in words:
            raise FormatError("no word of a glossary", where=f"{name}:{number}", found=line, expected=HEADER)
        words[zh] = en
    return words
