"""Numbers between how they are said and how they are written: ``fifty`` and 50, ``1/4`` and ``quarter``."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
).split()
_TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()
_SCALES = {"hundred": 100, "thousand": 1_000}
_VALUES = {word: value for value, word in enumerate(_SMALL)} | {word: 10 * n for n, word in enumerate(_TENS) if n > 1}
_FRACTIONS = {"1/2": "half", "1/4": "quarter", "3/4": "three quarter"}

NUMBER_WORDS = frozenset(_VALUES) | frozenset(_SCALES)

# A number counts as a price or a size, and is written in digits, where one of these stands before or behind it.
BEFORE = frozenset(
    "under over below above than between size about around least most exceed exceeding within budget from to at".split()
)
BEHIND = frozenset(
    """dollar dollars buck bucks euro euros pound pounds cent cents inch inches foot feet centimeter centimeters
    centimetre centimetres meter meters millimeter millimeters liter liters litre litres ounce ounces gram grams kilo
    kilos kilogram kilograms watt watts volt volts gigabyte gigabytes terabyte terabytes megapixel megapixels percent
    star stars hour hours piece pieces pack""".split()
)
_JOINING = frozenset(("and", "to", "or"))
_NO_PRICE_END = frozenset((*_SCALES, "and", "a"))


def say_number(text: str) -> list[str]:
    """The words for a whole number below a million, a decimal or a common fraction; a longer one digit by digit."""
    if text in _FRACTIONS:
        return _FRACTIONS[text].split()
    whole, _, part = text.partition(".")
    if not (whole + part).isascii() or not (whole + part).isdigit():
        return []
    words = _say_whole(int(whole)) if whole and len(whole) <= 6 else [_SMALL[int(digit)] for digit in whole]
    return words + (["point", *(_SMALL[int(digit)] for digit in part)] if part else [])


def _say_whole(value: int) -> list[str]:
    if value < 20:
        return [_SMALL[value]]
    if value < 100:
        return [_TENS[value // 10], *([_SMALL[value % 10]] if value % 10 else [])]
    for scale, size in (("thousand", 1_000), ("hundred", 100)):
        if value >= size:
            rest = _say_whole(value % size) if value % size else []
            return [*_say_whole(value // size), scale, *rest]
    raise AssertionError(value)


def write_numbers(text: str) -> str:
    """A transcript with prices and sizes in digits: ``under fifty dollars`` comes out as ``under 50 dollars``.

    A number elsewhere (``two tone jacket``) stays in words.
    """
    words = text.split()
    runs = _find_runs(words)
    written: list[str] = []
    place = 0
    for index, (start, stop) in enumerate(runs):
        written += words[place:start]
        place = stop
        follows = index > 0 and runs[index - 1][1] == start - 1 and words[start - 1] in _JOINING
        leads = index + 1 < len(runs) and runs[index + 1][0] == stop + 1 and words[stop] in _JOINING
        before = start > 0 and words[start - 1] in BEFORE
        behind = _has_unit(words, stop)
        joined = (follows and written[-2].replace(".", "").isdigit()) or (
            leads and _has_unit(words, runs[index + 1][1])
        )
        if before or behind or joined:
            written.append(_write_run(words[start:stop], as_price=not behind or words[stop] in ("dollar", "dollars")))
        else:
            written += words[start:stop]
    return " ".join(written + words[place:])


def _has_unit(words: Sequence[str], at: int) -> bool:
    return at < len(words) and words[at] in BEHIND


def _find_runs(words: Sequence[str]) -> list[tuple[int, int]]:
    """Where number words stand together; ``and`` belongs to a run after ``hundred``, ``point`` between digits."""
    runs: list[tuple[int, int]] = []
    start = None
    for index, word in enumerate([*words, ""]):
        follows = index + 1 < len(words) and words[index + 1] in _VALUES
        inner = start is not None and follows and (word == "point" or (word == "and" and words[index - 1] in _SCALES))
        article = start is None and word == "a" and index + 1 < len(words) and words[index + 1] in _SCALES
        if word in NUMBER_WORDS or inner or article:
            start = index if start is None else start
        elif start is not None:
            runs.append((start, index))
            start = None
    return runs


def _write_run(words: Sequence[str], as_price: bool) -> str:
    if "point" in words:
        at = words.index("point")
        return f"{_value(words[:at])}.{''.join(str(_VALUES[word]) for word in words[at + 1 :] if word in _VALUES)}"
    cut = _cents_start(words) if as_price else None
    if cut is not None:
        return f"{_value(words[:cut])}.{_value(words[cut:]):02}"
    return str(_value(words))


def _cents_start(words: Sequence[str]) -> int | None:
    """Where the cents of a price begin: ``nineteen ninety nine`` is 19.99, ``thirty two fifty`` 32.50."""
    for cut in range(1, len(words)):
        head, tail = words[:cut], words[cut:]
        new_number = _VALUES.get(tail[0], 0) >= 10 and words[cut - 1] not in _NO_PRICE_END
        if new_number and not _SCALES.keys() & set(tail) and _value(tail) < 100:
            return cut if _value(head) > 0 else None
    return None


def _value(words: Sequence[str]) -> int:
    total = current = 0
    for word in words:
        if word == "thousand":
            total += max(current, 1) * 1_000
            current = 0
        elif word == "hundred":
            current = max(current, 1) * 100
        elif word in _VALUES:
            current += _VALUES[word]
    return total + current


_NUMBER = re.compile(r"\d+/\d+|\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+")


def split_numbers(text: str) -> list[str]:
    """A folded text cut into numbers and what stands between them, blanks and thousands' commas left out."""
    pieces: list[str] = []
    place = 0
    for found in _NUMBER.finditer(text):
        pieces += [text[place : found.start()].strip(), found[0].replace(",", "")]
        place = found.end()
    return [piece for piece in [*pieces, text[place:].strip()] if piece]
