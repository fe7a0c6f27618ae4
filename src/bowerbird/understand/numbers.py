"""Numbers as shoppers write them: 1,299.50, 2k, fifty, twenty five, 三百五, 一千二, 1.5万, and 两三百 for 200 to 300.

Works on plain texts (see ``plain``); gives a span of numbers, which is one number where both ends are the same.
"""

from __future__ import annotations

import re

_SMALL = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen".split()
    )
}
_TENS = {
    word: 10 * value for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0, "半": 0.5}
_PLACES = {"十": 10, "百": 100, "千": 1000, "万": 10_000}

_ENGLISH_WORD = "|".join(sorted([*_SMALL, *_TENS, "hundred", "thousand"], key=len, reverse=True))
_ENGLISH = rf"(?:(?:a (?=hundred|thousand))?(?:{_ENGLISH_WORD})(?:[ -](?:and )?(?:{_ENGLISH_WORD}))*)(?![a-z])"
_NUMERAL = "[几数十百千万零〇一二两三四五六七八九]"
_HAN_DIGIT = "[零〇一二两三四五六七八九]"
_FIGURES = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
NUMBER = (
    rf"(?:(?:{_FIGURES})(?:k(?![a-z0-9])|[百千万])?"
    rf"|(?<!{_NUMERAL}){_NUMERAL}{{1,9}}(?!{_NUMERAL})"
    rf"|(?<![a-z]){_ENGLISH})"
)
"""A regular expression for one number, without groups of its own."""

_TWO_DIGITS = re.compile(rf"(?P<a>{_HAN_DIGIT})(?P<b>{_HAN_DIGIT})(?P<place>[十百千万])")
_SOME = re.compile(r"[几数](?P<place>[十百千万])")
_AND_SOME = re.compile(rf"(?P<tens>{_HAN_DIGIT}?十)几")


def read_number(text: str) -> tuple[float, float] | None:
    """The least and the greatest number that a text stands for, None where it is no number."""
    text = text.strip()
    if not text:
        return None
    if text[0].isascii() and (text[0].isdigit() or text[0] == "."):
        return _figures(text)
    if text[0].isascii():
        value = _english(text)
        return None if value is None else (value, value)
    return _chinese(text)


def _figures(text: str) -> tuple[float, float] | None:
    factor = 1.0
    if text[-1] in _PLACES:
        factor, text = float(_PLACES[text[-1]]), text[:-1]
    elif text[-1] == "k":
        factor, text = 1000.0, text[:-1]
    try:
        value = float(text.replace(",", "")) * factor
    except ValueError:
        return None
    return value, value


def _english(text: str) -> float | None:
    total, current, seen = 0.0, 0.0, False
    for word in re.split(r"[ -]+", text):
        if word == "and":
            continue
        if word == "a":
            current, seen = 1.0, False
        elif word == "hundred":
            current, seen = max(current, 1.0) * 100, True
        elif word == "thousand":
            total, current, seen = total + max(current, 1.0) * 1000, 0.0, True
        elif word in _SMALL or word in _TENS:
            current, seen = current + _SMALL.get(word, _TENS.get(word, 0)), True
        else:
            return None
    return total + current if seen else None


def _chinese(text: str) -> tuple[float, float] | None:
    some = _SOME.fullmatch(text)
    if some:
        place = float(_PLACES[some["place"]])
        return place, 10 * place
    and_some = _AND_SOME.fullmatch(text)
    if and_some:
        tens = _one_chinese(and_some["tens"]) or 0.0
        return tens, tens + 10
    two = _TWO_DIGITS.fullmatch(text)
    if two and 0 < _DIGITS[two["b"]] - _DIGITS[two["a"]] <= 2:
        place = float(_PLACES[two["place"]])
        return _DIGITS[two["a"]] * place, _DIGITS[two["b"]] * place
    value = _one_chinese(text)
    return None if value is None else (value, value)


def _one_chinese(text: str) -> float | None:
    if all(character in _DIGITS for character in text):
        # 三五 is spelt out digit by digit, as in a model's name.
        return float("".join(str(int(_DIGITS[character])) for character in text))
    total, section, digit, last = 0.0, 0.0, 0.0, 1
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character == "万":
            total, section, digit, last = total + max(section + digit, 1) * 10_000, 0.0, 0.0, 10_000
        elif character in _PLACES:
            last = _PLACES[character]
            section, digit = section + (digit or 1) * last, 0.0
        else:
            return None
    # The last place may be left out: 三百五 is 350, 一千二 is 1,200.
    if digit and last >= 100 and "零" not in text:
        digit *= last / 10
    return total + section + digit
