"""Prices in a query: under $50, between 20 and 40, 60美元以下, 两三百, 100元左右, not too expensive.

Works on plain texts (see ``plain``). A bare number is a price only beside a word that bounds it, and never where a unit
follows it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from bowerbird.domain.understanding import Bounds, Entity, EntityType, Level
from bowerbird.understand.numbers import NUMBER, read_number
from bowerbird.understand.phrasings import any_of

AROUND = 0.2
"""How far "around 100" reaches to both sides."""

_CURRENCIES = {
    "USD": r"us\$|usd|\$|dollars?|bucks?|美元|美金|美刀|刀",
    "EUR": r"eur|euros?|€|欧元|欧",
    "GBP": r"gbp|pounds?|quid|£|英镑",
    "CNY": r"cny|rmb|yuan|人民币|元人民币|块钱|元钱|块|元|[¥￥]",
}
_SIGN = "|".join(_CURRENCIES.values())


def _amount(tag: str, bare: bool = True) -> str:
    """One amount as groups named by ``tag``; ``bare`` allows it without a currency where no unit follows."""
    number = rf"(?P<{tag}>{NUMBER})"
    before = rf"(?P<{tag}c>{_SIGN})\s?{number}(?![\d.]*\d)"
    after = rf"{number}\s?(?P<{tag}d>{_SIGN})(?![a-z])"
    if not bare:
        return rf"(?:{before.replace(f'?P<{tag}>', f'?P<{tag}1>')}|{after})"
    alone = rf"{number.replace(f'?P<{tag}>', f'?P<{tag}2>')}(?![\d.,]*\d|[a-z])"
    return rf"(?:{before.replace(f'?P<{tag}>', f'?P<{tag}1>')}|{after}|{alone})"


_A, _B = _amount("a"), _amount("b")
_AC, _BC = _amount("a", bare=False), _amount("b", bare=False)
_TO = r"\s?(?:-|~|to|到|至)\s?"
_UNDER = any_of(
    "under",
    "below",
    "(?:less|cheaper|lower) than",
    "up ?to",
    "at most",
    "no(?:t)? more than",
    "no higher than",
    "not over",
    "max(?:imum)?(?: of| price)?",
    "within",
    "beneath",
    "budget(?: of| is|:)?",
    "<=?",
)
_OVER = any_of(
    "over",
    "above",
    "(?:more|higher) than",
    "at least",
    "starting (?:at|from)",
    "from",
    "min(?:imum)?(?: of| price)?",
    ">=?",
    "upwards of",
    "no less than",
)
_AT_MOST = any_of(
    "不超过", "不高于", "低于", "少于", "小于", "最多", "至多", "不到", "别超过", "不要超过", "预算", "控制在"
)
_OR_LESS = any_of("(?:or|and) (?:less|under|below)", "max(?:imum)?(?![a-z])", "tops(?![a-z])", "or cheaper", "budget")
_ABOUT = r"(?:around|about|approx(?:imately|\.)?|roughly|circa|~|near|大概|大约|差不多|约)"
_AT = r"(?:价格|价位|价钱|售价|单价)?(?:在|是|:)?"
_SOME = "(?:(?:[几数]|[一二两三四五六七八九]{2})[十百千]|[二三四五六七八九]?十几)"
_BIG = "(?<![一二两三四五六七八九十百千万])[一二两三四五六七八九十]{0,3}[百千万][一二两三四五六七八九十百千]{0,4}"
"""Such numbers are prices without saying so."""
_INSIDE = r"(?:以下|以内|之内|之下|内(?![衣裤胆存搭饰裤置增]))"
# The first that fits from a place wins, so ranges stand before single bounds.
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("range", rf"(?:between|from)\s+{_A}\s?(?:and|to|-|~)\s?{_B}"),
    ("range", rf"{_AT}{_A}{_TO}{_B}\s?(?:之间|以内|左右|price range)"),
    ("range", rf"{_AT}{_AC}{_TO}{_B}"),
    ("range", rf"{_AT}{_A}{_TO}{_BC}"),
    ("range", rf"(?P<a>{_BIG}){_TO}(?P<b>{_BIG})(?!{NUMBER})\s?(?P<bd>{_SIGN})?"),
    ("max", rf"{_UNDER}\s*{_A}"),
    ("max", rf"{_AT_MOST}\s?(?:在|是|:)?\s?{_A}\s?{_INSIDE}?"),
    ("max", rf"{_A}\s?{_OR_LESS}"),
    ("max", rf"{_AT}{_A}\s?(?:{_INSIDE}|封顶)"),
    ("min", rf"{_OVER}\s*{_A}"),
    ("min", rf"(?:高于|超过|大于|多于|至少|最少|不低于)\s?{_A}\s?(?:以上)?"),
    ("min", rf"{_A}\s?(?:and up|and above|or more|or above|upwards)"),
    ("min", rf"{_AC}\s?(?:\+|plus)"),
    ("min", rf"{_AT}{_A}\s?(?:以上|往上|起(?!司|泡|球))"),
    ("around", rf"{_ABOUT}\s?{_A}\s?(?:左右|上下)?"),
    ("around", rf"{_AT}{_A}\s?(?:左右|上下|附近|出头)"),
    ("around", rf"{_AC}\s?(?:ish(?![a-z])|or so(?![a-z]))"),
    ("more", rf"(?P<a>{NUMBER})多\s?(?P<ad>{_SIGN})?"),
    ("some", rf"(?P<a>{_SOME})(?P<ad>块钱|元钱|美元|块|元)?"),
    ("exact", rf"(?:price[d]? at|for|at)?\s?{_AC}"),
)
_NOT_DEAR = any_of(
    "not (?:too |very |so )?(?:expensive|pricey|dear)",
    "nothing (?:too )?(?:expensive|pricey)",
    "(?:isn't|is not|aren't) (?:too )?(?:expensive|pricey)",
)
_LOW = re.compile(rf"(?<![a-z]){_NOT_DEAR}|(?:不要|不是|别|不)(?:太|很|那么)?贵的?")
_READY = tuple((kind, re.compile(("" if kind == "some" else r"(?<![a-z0-9.])") + text)) for kind, text in _PATTERNS)
_NUMERAL = re.compile(NUMBER)


class PriceReader:
    """Finds prices; ``units`` is a regular expression of the units that make a number no price."""

    def __init__(self, units: str) -> None:
        self._unit = re.compile(rf"\s?-?(?:{units}|stars?|星)(?![a-z])")

    def find(self, text: str) -> Iterator[Entity]:
        """The prices of a plain text; they may overlap."""
        for match in _LOW.finditer(text):
            yield _entity(text, match.start(), match.end(), Level.LOW)
        if not _NUMERAL.search(text):
            return
        for kind, pattern in _READY:
            for match in pattern.finditer(text):
                bounds = None if self._has_unit(text, match) else _bounds(kind, match)
                if bounds is not None:
                    start, end = _trimmed(text, match.start(), match.end())
                    yield _entity(text, start, end, bounds)

    def _has_unit(self, text: str, match: re.Match[str]) -> bool:
        """Whether a unit follows a number without a currency: pounds are money as soon as a word bounds them."""
        for tag in ("a2", "b2", "a"):
            end = match.end(tag) if tag in match.re.groupindex else -1
            priced = tag == "a" and (match.groupdict().get("ad") or match.groupdict().get("ac"))
            if end >= 0 and not priced and self._unit.match(text, end):
                return True
        return False


def _entity(text: str, start: int, end: int, value: Bounds | Level) -> Entity:
    return Entity(EntityType.PRICE, value, text[start:end], start, end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    found = text[start:end]
    return start + len(found) - len(found.lstrip()), end - len(found) + len(found.rstrip())


def _bounds(kind: str, match: re.Match[str]) -> Bounds | None:
    first = _number(match, "a")
    if first is None:
        return None
    low, high = first
    currency = _currency(match)
    if kind == "range":
        second = _number(match, "b")
        if second is None or second[1] < low:
            return None
        return Bounds(low, second[1], currency)
    if kind == "max":
        return Bounds(None, high, currency)
    if kind == "min":
        return Bounds(low, None, currency)
    if kind == "more":
        return Bounds(low, low + _step(low), currency) if low >= 10 else None
    if kind == "some":
        return Bounds(low, high, currency) if high > low else None
    if high > low:
        return Bounds(low, high, currency)
    return Bounds(round(low * (1 - AROUND), 2), round(high * (1 + AROUND), 2), currency)


def _step(number: float) -> float:
    """The place of a number's last digit that is not nought: what "300 and some" may still grow by."""
    step = 1.0
    while number % (step * 10) == 0 and step < 1e6:
        step *= 10
    return step


def _number(match: re.Match[str], tag: str) -> tuple[float, float] | None:
    groups = match.groupdict()
    text = next((groups[name] for name in (tag, f"{tag}1", f"{tag}2") if groups.get(name)), None)
    found = None if text is None else read_number(text)
    return found if found is None or math.isfinite(found[1]) else None


def _currency(match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    for name in ("ac", "ad", "bc", "bd"):
        sign = groups.get(name)
        if sign:
            return next(code for code, known in _CURRENCIES.items() if re.fullmatch(known, sign))
    return None
