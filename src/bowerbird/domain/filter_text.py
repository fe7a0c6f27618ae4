"""A filter written out again, so that a page can show what was asked and hand a part of it back."""

from __future__ import annotations

import re
from decimal import Decimal

from bowerbird.domain.filters import (
    And,
    Equals,
    Exists,
    Filter,
    Not,
    OneOf,
    Or,
    Range,
    Scalar,
    Under,
)

_PLAIN = re.compile(r"[^\W\d][\w-]*")
_WORDS_OF_THE_GRAMMAR = frozenset({"and", "or", "not", "in", "under", "exists", "true", "false"})


def top_conditions(condition: Filter | None) -> tuple[Filter, ...]:
    """The conditions that all have to hold: those a page shows one by one."""
    if condition is None:
        return ()
    return condition.parts if isinstance(condition, And) else (condition,)


def filter_text(condition: Filter) -> str:
    """The condition in the grammar of ``parse_filter``, which reads the same condition from it."""
    match condition:
        case Equals(field, value):
            return f"{_name(field)} = {_value(value)}"
        case OneOf(field, values):
            return f"{_name(field)} IN [{', '.join(_value(value) for value in values)}]"
        case Range():
            return _range(condition)
        case Under(field, path):
            return f"{_name(field)} UNDER {_quoted(path)}"
        case Exists(field):
            return f"{_name(field)} EXISTS"
        case Not(Equals(field, value)):
            return f"{_name(field)} != {_value(value)}"
        case Not(part):
            return f"NOT ({filter_text(part)})"
        case And(parts):
            return " AND ".join(_bracketed(part) for part in parts)
        case Or(parts):
            return " OR ".join(_bracketed(part) for part in parts)


def _bracketed(part: Filter) -> str:
    text = filter_text(part)
    return f"({text})" if isinstance(part, And | Or) else text


def _range(condition: Range) -> str:
    name, low, high = _name(condition.field), condition.low, condition.high
    if low is not None and high is not None and condition.low_inclusive and condition.high_inclusive:
        return f"{name} {_number(low)}..{_number(high)}"
    ends = []
    if low is not None:
        ends.append(f"{name} {'>=' if condition.low_inclusive else '>'} {_number(low)}")
    if high is not None:
        ends.append(f"{name} {'<=' if condition.high_inclusive else '<'} {_number(high)}")
    return " AND ".join(ends)


def _name(field: str) -> str:
    return _plain_or_quoted(field)


def _value(value: Scalar) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return _number(value) if isinstance(value, float | int) else _plain_or_quoted(value)


def _number(number: float) -> str:
    # The grammar knows no exponents.
    return format(Decimal(repr(float(number))), "f").removesuffix(".0")


def _plain_or_quoted(text: str) -> str:
    return text if _PLAIN.fullmatch(text) and text.lower() not in _WORDS_OF_THE_GRAMMAR else _quoted(text)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
