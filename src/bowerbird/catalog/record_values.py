"""Reading single untrusted values of a record: every function checks type and size and raises InputError."""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal
from typing import TypeGuard

from bowerbird.catalog.attributes import parse_number
from bowerbird.catalog.cleaning import clean_line, tidy_line
from bowerbird.catalog.limits import ProductLimits
from bowerbird.domain.errors import InputError
from bowerbird.domain.product import AttributeValue, Measure


def is_number(value: object) -> TypeGuard[int | float | Decimal]:
    """A number, which True and False are not."""
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def read_mapping(value: object, field: str, limit: int) -> Mapping[str, object]:
    """An object with text keys and at most ``limit`` of them."""
    if not isinstance(value, Mapping):
        raise InputError("not an object", field=field, found=value, expected="an object of names and values")
    if len(value) > limit:
        raise InputError("too many names", field=field, found=f"{len(value):,}", expected=f"at most {limit:,}")
    for name in value:
        if not isinstance(name, str):
            raise InputError("a name is not text", field=field, found=name, expected="text")
    return value


def read_list(value: object, field: str, limit: int) -> list[object]:
    """A list of at most ``limit`` entries."""
    if not isinstance(value, list | tuple):
        raise InputError("not a list", field=field, found=value, expected="a list")
    if len(value) > limit:
        raise InputError("too many entries", field=field, found=f"{len(value):,}", expected=f"at most {limit:,}")
    return list(value)


def read_line(value: object, field: str, limit: int) -> str:
    """Text on one line, cleaned; numbers are taken as they print, None is empty."""
    if value is None:
        return ""
    if isinstance(value, str):
        if len(value) > limit:
            raise InputError(
                "the text is too long", field=field, found=f"{len(value):,} characters", expected=f"at most {limit:,}"
            )
        return clean_line(value)
    if is_number(value):
        return str(value) if _is_below(value, 10**30) else _refuse_text(value, field)
    return _refuse_text(value, field)


def read_text_list(value: object, field: str, limit: int, chars: int) -> list[str]:
    """A list of texts; one text is a list of one, None is empty."""
    if value is None or value == "":
        return []
    entries = (
        [value] if isinstance(value, str | int) and not isinstance(value, bool) else read_list(value, field, limit)
    )
    texts = []
    for position, entry in enumerate(entries):
        if isinstance(entry, int) and not isinstance(entry, bool) and abs(entry) < 10**30:
            entry = str(entry)
        if not isinstance(entry, str) or len(entry) > chars:
            raise InputError(
                "not a text or too long", field=f"{field}[{position}]", found=entry,
                expected=f"text of at most {chars:,} characters",
            )  # fmt: skip
        texts.append(entry)
    return texts


def read_fraction(value: object, field: str, low: float, high: float) -> float | None:
    """A number between two ends, also written as text; None and blank text stay None."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    number: float | None = None
    if isinstance(value, str) and len(value) <= 40:
        number = parse_number(value.strip().replace(",", "."))
    elif is_number(value):
        number = float(value) if _is_below(value, 10**30) else None
    if number is None or not low <= number <= high:
        raise InputError("not a number in range", field=field, found=value, expected=f"a number from {low} to {high}")
    return number


def read_attributes(value: object, field: str, limits: ProductLimits) -> dict[str, AttributeValue]:
    """Names with texts, numbers, yes or no, measures (``{"value": 65, "unit": "W"}``) or lists of texts."""
    if value is None:
        return {}
    attributes: dict[str, AttributeValue] = {}
    for name, entry in read_mapping(value, field, limits.max_attributes).items():
        key = tidy_line(name)
        if not key or len(key) > limits.max_name_chars:
            raise InputError(
                "not an attribute's name", field=field, found=name, expected=f"1 to {limits.max_name_chars} characters"
            )
        if type(entry) is str and len(entry) <= limits.max_value_chars:
            read: AttributeValue | None = clean_line(entry) or None
        elif type(entry) is float and math.isfinite(entry):
            read = entry
        elif type(entry) is bool:
            read = entry
        else:
            read = _read_attribute(entry, f"{field}.{name[:80]}", limits)
        if read is not None:
            attributes[key] = read
    return attributes


def _read_attribute(value: object, field: str, limits: ProductLimits) -> AttributeValue | None:
    if value is None or isinstance(value, bool | Measure):
        return value
    if isinstance(value, str):
        return read_line(value, field, limits.max_value_chars) or None
    if isinstance(value, int | float | Decimal):
        return _read_number(value, field)
    if isinstance(value, Mapping):
        return _read_measure(value, field)
    if isinstance(value, list | tuple):
        entries = read_list(value, field, limits.max_values)
        texts = [_read_entry(entry, f"{field}[{at}]", limits) for at, entry in enumerate(entries)]
        return tuple(dict.fromkeys(text for text in texts if text)) or None
    raise InputError(
        "not an attribute's value", field=field, found=value, expected="text, a number, yes or no, or a list of texts"
    )


def _read_entry(value: object, field: str, limits: ProductLimits) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return read_line(value, field, limits.max_value_chars)


def _read_number(value: int | float | Decimal, field: str) -> float:
    if _is_below(value, 10**300):
        return float(value)
    raise InputError("not a number", field=field, found="one beyond all bounds", expected="a finite number")


def _read_measure(value: Mapping[object, object], field: str) -> Measure:
    number, unit = value.get("value"), value.get("unit")
    if len(value) != 2 or not is_number(number) or not isinstance(unit, str) or not 0 < len(unit.strip()) <= 32:
        raise InputError("not a measure", field=field, found=value, expected='{"value": 65, "unit": "W"}')
    return Measure(_read_number(number, field), tidy_line(unit))


def _is_below(value: int | float | Decimal, bound: int) -> bool:
    # Decimal's NaN raises when it is compared, and a float's is never below anything.
    return (not isinstance(value, Decimal) or value.is_finite()) and -bound < value < bound


def _refuse_text(value: object, field: str) -> str:
    if is_number(value):
        value = "a number of more than 30 digits"  # Python refuses to print the longest ones
    raise InputError("not a text", field=field, found=value, expected="text")
