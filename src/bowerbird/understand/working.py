"""A query with words put right, that still knows which characters were typed for each of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


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
            starts.extend([one.start] * len(one.text))
            ends.extend([one.end] * len(one.text))
            at = one.end
        return cls("".join(pieces), tuple(starts), tuple(ends))

    def typed(self, start: int, end: int) -> tuple[int, int]:
        """The stretch that was typed for ``text[start:end]``."""
        if start >= end:
            return 0, 0
        return self.starts[start], self.ends[end - 1]


def without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """A text less some stretches, blanks made one."""
    kept: list[str] = []
    at = 0
    for start, end in sorted(spans):
        if start > at:
            kept.append(text[at:start])
        at = max(at, end)
    kept.append(text[at:])
    return " ".join(" ".join(kept).split()).strip(" ,;，；、。")
