"""Chinese typed in Latin letters (beibao, yujia ku, lyq), and Chinese words that sound like others.

What a word sounds like comes from pypinyin. Toneless syllables, joined; the initials of names of three and more
characters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from bowerbird.encode.folding import HAN
from bowerbird.understand.plain import plain

_HAN_NAME = re.compile(rf"[{HAN}]+")
_FEWEST_INITIALS = 3
_LONGEST = 40
# What ends and begins a syllable in the other dialects' way: typed ü is v or u.
_SPELLINGS = str.maketrans({"ü": "v"})


@dataclass(frozen=True, slots=True)
class Sounded:
    """A stretch of a text that sounds like a name: ``text[start:end]``, the name in characters."""

    name: str
    start: int
    end: int


@dataclass
class Sounds:
    """Names by how they sound. Filled from Chinese names; then only read: safe from many threads."""

    names: Sequence[str]
    weight: Callable[[str], float] = field(default=lambda name: 0.0)
    """What speaks for a name among those that sound alike, the greatest is taken."""

    @cached_property
    def _tables(self) -> tuple[dict[str, str], dict[str, str], frozenset[str]]:
        full: dict[str, str] = {}
        initials: dict[str, str] = {}
        syllables: set[str] = set()
        for name in sorted(set(self.names), key=lambda name: (len(name) == 1, -self.weight(name), len(name), name)):
            if not _HAN_NAME.fullmatch(name):
                continue
            sounds = syllables_of(name)
            syllables.update(sounds)
            full.setdefault("".join(sounds), name)
            # lüse is typed lvse, and where the dots are dropped luse.
            full.setdefault("".join(sounds).replace("v", "u"), name)
            if len(name) >= _FEWEST_INITIALS:
                initials.setdefault("".join(sound[0] for sound in sounds), name)
        return full, initials, frozenset(syllables)

    def warm(self) -> None:
        """Make the tables now (about a third of a second for 15,000 names) instead of at the first look-up."""
        assert self._tables

    def like(self, word: str) -> str | None:
        """The name that sounds exactly like a Chinese word, None where there is none but itself."""
        full, _, _ = self._tables
        found = full.get("".join(syllables_of(word)))
        return found if found is not None and found != word and len(found) == len(word) else None

    def read(self, words: Sequence[tuple[str, int, int]], is_word: Callable[[str], bool]) -> list[Sounded]:
        """The names typed in Latin letters in a text's words (text, start, end), from left to right.

        ``is_word`` tells words that mean something as they are; a run of words is read as sounds only where one of
        them does not.
        """
        found: list[Sounded] = []
        for run in self._runs(words):
            if all(is_word(word) for word, _, _ in run):
                continue
            found.extend(self._cover(run) or [one for word in run if not is_word(word[0]) for one in self._alone(word)])
        return found

    def _runs(self, words: Sequence[tuple[str, int, int]]) -> Iterable[list[tuple[str, int, int]]]:
        """Words side by side that are made of syllables."""
        run: list[tuple[str, int, int]] = []
        for word in words:
            if self._is_sound(word[0]):
                run.append(word)
                continue
            if run:
                yield run
            run = []
            if word[0].isascii() and word[0].isalpha():
                yield [word]
        if run:
            yield run

    def _is_sound(self, word: str) -> bool:
        """Whether letters can be parted into syllables."""
        syllables = self._tables[2]
        if not word.isascii() or not word.isalpha() or len(word) > _LONGEST:
            return False
        reached = {0}
        for at in range(len(word)):
            if at in reached:
                reached.update(at + size for size in range(1, 7) if word[at : at + size] in syllables)
        return len(word) in reached

    def _cover(self, run: Sequence[tuple[str, int, int]]) -> list[Sounded]:
        """Names that make up a whole run, the longest first; none where some of it is left over."""
        full = self._tables[0]
        text = "".join(word for word, _, _ in run).translate(_SPELLINGS)
        places = [at for word, start, _ in run for at in range(start, start + len(word))]
        if len(text) > _LONGEST:
            return []
        best: list[list[tuple[int, int]] | None] = [[], *[None] * len(text)]
        for end in range(1, len(text) + 1):
            for start in range(max(0, end - 24), end):
                before = best[start]
                known = best[end]
                if before is not None and text[start:end] in full and (known is None or len(before) + 1 < len(known)):
                    best[end] = [*before, (start, end)]
        whole = best[len(text)]
        if whole is not None and len(whole) == 1 and len(full[text]) == 1:
            # bao and ku are sounds of too many things to be one alone.
            return []
        return [Sounded(full[text[a:b]], places[a], places[b - 1] + 1) for a, b in whole or ()]

    def _alone(self, word: tuple[str, int, int]) -> list[Sounded]:
        """One word as a whole name, or as the initials of one."""
        full, initials, _ = self._tables
        text, start, end = word
        name = full.get(text.translate(_SPELLINGS))
        if name is not None and len(name) == 1:
            return []
        if name is None and len(text) >= _FEWEST_INITIALS and not set(text) & set("aeiou"):
            name = initials.get(text)
        return [] if name is None else [Sounded(name, start, end)]


def syllables_of(name: str) -> list[str]:
    """The toneless syllables of Chinese characters."""
    from pypinyin import Style, lazy_pinyin

    sounds: list[str] = lazy_pinyin(plain(name), style=Style.NORMAL, v_to_u=False, errors="ignore")
    return [sound for sound in sounds if sound]
