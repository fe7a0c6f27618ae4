"""How likely one word was typed for another: a weighted edit distance over the slips that fingers and ears make.

Damerau's four errors (CACM 7(3), 1964), each the cheaper the commoner it is: letters swapped, doubled or undoubled, a
neighbouring key, one vowel for another, letters that sound alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import permutations

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_VOWELS = frozenset("aeiouy")
_SOUNDS = ("ck", "cs", "ckq", "sz", "fv", "gj", "iy", "td", "mn", "ae", "ei", "ou")
SWAPPED, DOUBLED, NEAR, VOWEL, OTHER = 0.75, 0.6, 0.8, 0.7, 1.0
FIRST = 0.45
"""What a slip in the first letter costs more."""


@cache
def _substitutions() -> dict[tuple[str, str], float]:
    costs: dict[tuple[str, str], float] = {}
    alike = [*((pair, VOWEL) for letters in (*_SOUNDS, "".join(_VOWELS)) for pair in permutations(letters, 2))]
    for pair, cost in (*((pair, NEAR) for pair in _neighbours()), *alike):
        costs[pair] = min(cost, costs.get(pair, OTHER))
    return costs


def _neighbours() -> Iterator[tuple[str, str]]:
    """Keys beside each other, in their row and the one below."""
    for row, letters in enumerate(_ROWS):
        for column, letter in enumerate(letters):
            for below in _ROWS[row : row + 2]:
                for other in below[max(0, column - 1) : column + 2]:
                    if other != letter:
                        yield letter, other
                        yield other, letter


def slip_cost(typed: str, meant: str) -> float:
    """The cost of typing one word for another, 0 for the same; about 1 a slip."""
    substitutions = _substitutions()
    before: list[float] = []
    row = [0.0]
    for place, letter in enumerate(meant):
        row.append(row[-1] + _gap(meant, place, letter) + (FIRST if place == 0 else 0.0))
    for at, given in enumerate(typed):
        last, before = before, row
        row = [before[0] + _gap(typed, at, given) + (FIRST if at == 0 else 0.0)]
        for place, wanted in enumerate(meant):
            first = FIRST if at == 0 or place == 0 else 0.0
            best = before[place] + (0.0 if given == wanted else substitutions.get((given, wanted), OTHER) + first)
            best = min(best, before[place + 1] + _gap(typed, at, given) + (FIRST if at == 0 else 0.0))
            best = min(best, row[place] + _gap(meant, place, wanted) + (FIRST if place == 0 else 0.0))
            if at and place and given == meant[place - 1] and typed[at - 1] == wanted and given != wanted:
                best = min(best, last[place - 1] + SWAPPED + (FIRST if at == 1 or place == 1 else 0.0))
            row.append(best)
    return row[-1]


def _gap(word: str, place: int, letter: str) -> float:
    """What a letter costs that the other word does not have: less where it stands doubled."""
    doubled = (place > 0 and word[place - 1] == letter) or (place + 1 < len(word) and word[place + 1] == letter)
    return DOUBLED if doubled else OTHER if letter not in _VOWELS else 0.9
