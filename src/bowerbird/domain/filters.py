"""The filter: a small typed grammar over product and variant fields.

    brand = "Luma" AND (color IN [red, "dark blue"] OR price < 50)
    category UNDER "Women/Tops" AND NOT material = leather
    price 20..40 AND rating >= 4 AND size EXISTS AND availability = in_stock

Operators: ``=`` ``!=`` ``<`` ``<=`` ``>`` ``>=`` ``IN [..]`` ``a..b`` (either end may be left out),
``UNDER`` (a category path or any path below it), ``EXISTS``; joined by ``AND``, ``OR``, ``NOT`` and brackets.
Words are case-insensitive. A filter is met by a product when one of its variants meets the whole of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bowerbird.domain.errors import FilterError

Scalar: TypeAlias = "str | float | bool"
MAX_LENGTH = 8_000
MAX_DEPTH = 32


@dataclass(frozen=True, slots=True)
class Equals:
    """The field has this value (for a field of many values: among them)."""

    field: str
    value: Scalar


@dataclass(frozen=True, slots=True)
class OneOf:
    """The field has one of these values."""

    field: str
    values: tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class Range:
    """The field's number lies between the ends; ``None`` leaves an end open."""

    field: str
    low: float | None = None
    high: float | None = None
    low_inclusive: bool = True
    high_inclusive: bool = True


@dataclass(frozen=True, slots=True)
class Under:
    """The field's path is this one or lies below it."""

    field: str
    path: str


@dataclass(frozen=True, slots=True)
class Exists:
    """The field has any value."""

    field: str


@dataclass(frozen=True, slots=True)
class And:
    """All of the parts hold."""

    parts: tuple[Filter, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of the parts holds."""

    parts: tuple[Filter, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Filter


Filter: TypeAlias = "Equals | OneOf | Range | Under | Exists | And | Or | Not"


def parse_filter(text: str) -> Filter | None:
    """Read a filter; blank text is no filter. Raises FilterError pointing at the character."""
    if len(text) > MAX_LENGTH:
        raise FilterError("the filter is too long", text=text, position=MAX_LENGTH, expected=f"at most {MAX_LENGTH}")
    if not text.strip():
        return None
    return _Parser(text).whole()


def fields_of(condition: Filter) -> Iterator[str]:
    """Every field that a filter names, in order, with repeats."""
    match condition:
        case And(parts) | Or(parts):
            for part in parts:
                yield from fields_of(part)
        case Not(part):
            yield from fields_of(part)
        case _:
            yield condition.field


def all_of(parts: Sequence[Filter]) -> Filter | None:
    """The filter that all of the parts make; None for none."""
    if len(parts) < 2:
        return parts[0] if parts else None
    return And(tuple(parts))


def any_of(parts: Sequence[Filter]) -> Filter:
    """The filter that any of one or more parts meets."""
    return parts[0] if len(parts) == 1 else Or(tuple(parts))


def without_field(condition: Filter | None, name: str) -> Filter | None:
    """The filter less its top-level conditions on one field: what a disjunctive facet of it counts under."""
    if condition is None:
        return None
    parts = condition.parts if isinstance(condition, And) else (condition,)
    return all_of([part for part in parts if set(fields_of(part)) != {name}])


_NUMBER = r"-?\d+(?:\.\d+)?"
_TOKEN = re.compile(
    rf"""\s*(?:
      (?P<range>(?P<low>{_NUMBER})?\.\.(?P<high>{_NUMBER})?)
    | (?P<op><=|>=|!=|=|<|>)
    | (?P<punct>[()\[\],])
    | (?P<quoted>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
    | (?P<word>[^\s()\[\],"'<>=!]+?(?=\.\.|[\s()\[\],"'<>=!]|$))
    )""",
    re.VERBOSE,
)
_KEYWORDS = frozenset({"AND", "OR", "NOT", "IN", "UNDER", "EXISTS"})


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    position: int
    low: str | None = None
    high: str | None = None


class _Parser:
    """Recursive descent; each method reads one rule of the grammar."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = list(self._tokens())
        self.at = 0
        self.depth = 0

    def whole(self) -> Filter:
        result = self.either()
        if self.at < len(self.tokens):
            raise self.error("unexpected text", expected="AND, OR or the end")
        return result

    def either(self) -> Filter:
        parts = [self.both()]
        while self.take("keyword", "OR"):
            parts.append(self.both())
        return any_of(parts)

    def both(self) -> Filter:
        parts = [self.single()]
        while self.take("keyword", "AND"):
            parts.append(self.single())
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def single(self) -> Filter:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.error("the filter is nested too deeply", expected=f"at most {MAX_DEPTH} levels")
        try:
            if self.take("keyword", "NOT"):
                return Not(self.single())
            if self.take("punct", "("):
                inner = self.either()
                self.expect("punct", ")")
                return inner
            return self.condition()
        finally:
            self.depth -= 1

    def condition(self) -> Filter:
        name = self.name()
        if self.take("keyword", "EXISTS"):
            return Exists(name)
        if self.take("keyword", "UNDER"):
            return Under(name, str(self.value(as_text=True)))
        if self.take("keyword", "IN"):
            return OneOf(name, self.values())
        token = self.peek()
        if token is not None and token.kind == "range":
            self.at += 1
            return self.span(name, token)
        if token is not None and token.kind == "op":
            self.at += 1
            return self.comparison(name, token.text)
        raise self.error(f"no operator after {name!r}", expected="= != < <= > >= IN .. UNDER or EXISTS")

    def comparison(self, name: str, operator: str) -> Filter:
        if operator == "=":
            return Equals(name, self.value())
        if operator == "!=":
            return Not(Equals(name, self.value()))
        at = self.at
        number = self.value()
        if isinstance(number, bool) or not isinstance(number, float):
            self.at = at
            raise self.error(f"{operator} compares numbers", expected="a number")
        if operator.startswith("<"):
            return Range(name, None, number, high_inclusive=operator == "<=")
        return Range(name, number, None, low_inclusive=operator == ">=")

    def span(self, name: str, token: _Token) -> Filter:
        low = None if token.low is None else float(token.low)
        high = None if token.high is None else float(token.high)
        if low is None and high is None:
            raise FilterError("a range needs an end", text=self.text, position=token.position, expected="20..40")
        return Range(name, low, high)

    def values(self) -> tuple[Scalar, ...]:
        self.expect("punct", "[")
        values = [self.value()]
        while self.take("punct", ","):
            values.append(self.value())
        self.expect("punct", "]")
        return tuple(values)

    def name(self) -> str:
        token = self.peek()
        if token is None or token.kind not in ("word", "quoted"):
            raise self.error("no field name", expected="a field such as brand or price")
        self.at += 1
        return token.text.removeprefix("attributes.")

    def value(self, as_text: bool = False) -> Scalar:
        token = self.peek()
        if token is None or token.kind not in ("word", "quoted"):
            raise self.error("no value", expected="a word, a number or a quoted text")
        self.at += 1
        if as_text or token.kind == "quoted":
            return token.text
        if re.fullmatch(_NUMBER, token.text):
            return float(token.text)
        return {"true": True, "false": False}.get(token.text.lower(), token.text)

    def peek(self) -> _Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def take(self, kind: str, text: str) -> bool:
        token = self.peek()
        if token is None or token.kind != kind or token.text != text:
            return False
        self.at += 1
        return True

    def expect(self, kind: str, text: str) -> None:
        if not self.take(kind, text):
            raise self.error(f"no {text!r}", expected=text)

    def error(self, message: str, expected: str) -> FilterError:
        token = self.peek()
        position = len(self.text) if token is None else token.position
        return FilterError(message, text=self.text, position=position, expected=expected)

    def _tokens(self) -> Iterator[_Token]:
        at, end = 0, len(self.text.rstrip())
        while at < end:
            match = _TOKEN.match(self.text, at)
            if match is None or match.end() == at:
                start = at + len(self.text[at:]) - len(self.text[at:].lstrip())
                what = "an unclosed quote" if self.text[start] in "\"'" else f"unexpected {self.text[start]!r}"
                raise FilterError(what, text=self.text, position=start, expected="a field, an operator or a value")
            kind = str(match.lastgroup if match.lastgroup not in ("low", "high") else "range")
            kind = "range" if match["range"] is not None else kind
            raw = match[kind]
            position = match.start(kind)
            at = match.end()
            if kind == "quoted":
                yield _Token("quoted", re.sub(r"\\(.)", r"\1", raw[1:-1]), position)
            elif kind == "word" and raw.upper() in _KEYWORDS:
                yield _Token("keyword", raw.upper(), position)
            else:
                yield _Token(kind, raw, position, match["low"], match["high"])
