"""Hashed n-grams of texts: what the small linear models look at.

A text is cut into units: a word of letters, a run of digits, or any other single character, so that "not worth it"
and "不值这个价" both are a handful of units. A gram is one to ``longest`` units in a row, with the frame before the
first and after the last unit as units too. (Grams of letters were tried beside them: they bear typing errors, but
judged neither sentiment nor intent better.) Everything runs over whole batches; a gram is known by its hash only.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bowerbird.encode.folding import fold

LONGEST_REPEAT = 3
"""A character that is typed more often in a row counts no further."""

_FRAME = 1
_DROPPED = 0
_BLANK = 32
_WORD = np.uint32(0x9E3779B1)
_ROLL = np.uint32(0x01000193)
_SIXTEEN, _THIRTEEN = np.uint32(16), np.uint32(13)
_MIX_A, _MIX_B = np.uint32(0x85EBCA6B), np.uint32(0xC2B2AE35)


@dataclass(frozen=True, slots=True)
class GramSettings:
    """Which grams a model looks at: those of one to ``longest`` units."""

    longest: int = 5


@dataclass(frozen=True, eq=False, slots=True)
class Grams:
    """The grams of n texts, text after text: hashes (m,) u32, starts (n + 1,) intp; repeated grams stay repeated."""

    hashes: NDArray[np.uint32]
    starts: NDArray[np.intp]

    def owners(self) -> NDArray[np.intp]:
        """(m,) intp: the text that each gram is of."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))


def text_grams(texts: Sequence[str], settings: GramSettings) -> Grams:
    """The grams of every text; empty texts have those of their frames alone."""
    return _roll(*_word_units(*_codes(texts)), settings.longest)


def _codes(texts: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.bool_]]:
    """Folded code points of all texts with a frame before, between and after them; long repeats are cut short."""
    raw = np.frombuffer("\n".join(["", *texts, ""]).encode("utf-32-le", "surrogatepass"), np.uint32)
    frames = np.zeros(len(raw), np.bool_)
    frames[np.cumsum([0, *(len(text) + 1 for text in texts)])] = True
    codes = _FOLDED.of(raw)
    codes[frames] = _FRAME
    kept = codes != _DROPPED
    if not kept.all():
        codes, frames = codes[kept], frames[kept]
    again = np.zeros(len(codes), np.bool_)
    again[1:] = codes[1:] == codes[:-1]
    dropped = again & (codes == _BLANK)
    run = again.copy()
    for _ in range(LONGEST_REPEAT - 1):
        run[1:] &= run[:-1].copy()
    # The first ones of a long run have no full run behind them.
    run[:LONGEST_REPEAT] = False
    dropped |= run
    dropped &= ~frames
    if not dropped.any():
        return codes, frames
    return codes[~dropped], frames[~dropped]


def _word_units(codes: NDArray[np.uint32], frames: NDArray[np.bool_]) -> tuple[NDArray[np.uint32], NDArray[np.bool_]]:
    """One hash a unit, blanks left out, and where the frames are among them."""
    digits = (codes >= 48) & (codes <= 57)
    kinds = digits.astype(np.int8)
    kinds += 2 * (((codes >= 97) & (codes <= 122)) | (codes == 39) | ((codes >= 0xDF) & (codes < 0x250)))
    begins = np.ones(len(codes), np.bool_)
    begins[1:] = (kinds[1:] != kinds[:-1]) | (kinds[1:] == 0)
    at = np.flatnonzero(begins)
    lengths = np.diff(at, append=len(codes))
    places = np.arange(len(codes)) - np.repeat(at, lengths)
    # Of longer numbers only the length counts: "128" and "256" say the same about a review.
    long_number = np.repeat((lengths > 1) & (kinds[at] == 1), lengths)
    values = np.where(long_number, np.uint32(48), codes)
    hashes = _mixed(np.add.reduceat(values * _powers(int(lengths.max()))[places], at, dtype=np.uint32))
    kept = codes[at] != _BLANK
    return hashes[kept], frames[at][kept]


def _powers(count: int) -> NDArray[np.uint32]:
    return np.cumprod(np.full(count, _WORD, np.uint32), dtype=np.uint32)


def _roll(units: NDArray[np.uint32], frames: NDArray[np.bool_], longest: int) -> Grams:
    """Grams of one to ``longest`` units; a frame begins or ends a gram, but is none alone and lies inside none."""
    count = len(units)
    hashes = np.zeros((count, longest), np.uint32)
    good = np.zeros((count, longest), np.bool_)
    rolled = units.copy()
    # free: no frame among the units after the first and before the last.
    free = np.ones(count, np.bool_)
    for size in range(1, min(longest, count) + 1):
        reach = count - size + 1
        if size > 1:
            rolled = rolled[:reach] * _ROLL + units[size - 1 :]
        if size > 2:
            free = free[:reach] & ~frames[size - 2 : size - 2 + reach]
        hashes[:reach, size - 1] = _mixed(rolled + np.uint32(size))
        good[:reach, size - 1] = free[:reach]
    good[:, 0] = ~frames
    edges = np.flatnonzero(frames)
    # The last frame begins nothing; every other one begins a text.
    good[edges[-1]] = False
    starts = np.concatenate([[0], np.cumsum(good.sum(1))])[edges]
    return Grams(hashes[good], starts.astype(np.intp))


def _mixed(hashes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """The finaliser of MurmurHash3 (Appleby 2011): every bit of the input moves every bit of the output."""
    hashes = hashes ^ (hashes >> _SIXTEEN)
    hashes *= _MIX_A
    hashes ^= hashes >> _THIRTEEN
    hashes *= _MIX_B
    hashes ^= hashes >> _SIXTEEN
    return hashes


class _FoldTable:
    """One folded code point for each code point, filled as characters come by.

    As ``folding.fold``, but of a character that folds into several the first one stands for all, and signs such as
    emoji stay, since they tell what somebody thinks.
    """

    def __init__(self) -> None:
        self._known = np.full(0x110000, -1, np.int32)

    def of(self, codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
        folded = self._known[codes]
        unknown = folded < 0
        if unknown.any():
            for code in np.unique(codes[unknown]).tolist():
                self._known[code] = _fold_code(code)
            folded = self._known[codes]
        return folded.view(np.uint32)


def _fold_code(code: int) -> int:
    character = chr(code)
    if unicodedata.category(character) == "So":
        return code
    folded, _ = fold(character)
    if not folded:
        return _DROPPED
    return _BLANK if folded.isspace() or ord(folded[0]) < _BLANK else ord(folded[0])


_FOLDED = _FoldTable()
