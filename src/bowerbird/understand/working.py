"""A query with words put right, that still knows which characters were typed for each of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_EMPTY = re.compile(r"[(\[{（【]\s*[)\]}）】]")
"""Brackets around what was taken out."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What ``q[start:end]`` was taken for."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Working:
    """``text`` with, for each character, where what it stands for begins and ends in what was typed."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, typed: str, corrections: Sequence[Correction] = ()) -> Working:
        """Put corrections, in order and apart, in their places."""
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        at = 0
        for one in (*corrections, Correction(len(typed), len(typed), "")):
            pieces.append(typed[at : one.start])
            starts.extend(range(at, one.start))
            ends.extend(range(at + 1, one.start + 1))
            pieces.append(one.text)
            for first, last in _places(typed[one.start : one.end], one.text):
                starts.append(one.start + first)
                ends.append(one.start + last)
            at = one.end
        return cls("".join(pieces), tuple(starts), tuple(ends))

    def typed(self, start: int, end: int) -> tuple[int, int]:
        """The stretch that was typed for ``text[start:end]``."""
        if start >= end:
            return 0, 0
        return self.starts[start], self.ends[end - 1]


def _places(typed: str, text: str) -> list[tuple[int, int]]:
    """For each character of a correction, the stretch of what was typed that it stands for.

    Where only blanks came in, each character is its own; else each stands for the whole word.
    """
    if typed.casefold() != "".join(text.split()).casefold() or len(typed) != len("".join(text.split())):
        return [(0, len(typed))] * len(text)
    found: list[tuple[int, int]] = []
    at = 0
    for character in text:
        place = min(at, len(typed) - 1)
        found.append((place, place + 1))
        at += not character.isspace()
    return found


def without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """A text less some stretches, blanks made one."""
    kept: list[str] = []
    at = 0
    for start, end in sorted(spans):
        if start > at:
            kept.append(text[at:start])
        at = max(at, end)
    kept.append(text[at:])
    left = _EMPTY.sub(" ", " ".join(kept))
    return " ".join(left.split()).strip(" ,;，；、。")
