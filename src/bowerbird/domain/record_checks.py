"""Checks on values out of JSON, each told by its place: ``rules[3].then[0].pin[1].position``."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from bowerbird.domain.errors import InputError

_TURNING = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
"""They turn the direction of what follows them: a text, or what stands behind it, would read as another one."""


def wrong(message: str, at: str, found: object = None, expected: str | None = None) -> InputError:
    """The error for a value at a place."""
    return InputError(message, field=at, where=at, found=found, expected=expected)


def object_at(value: Any, at: str, known: Sequence[str], required: Iterable[str] = ()) -> dict[str, Any]:
    """An object that has no other keys than the known ones; null is absent. Raises InputError naming the nearest."""
    if not isinstance(value, dict):
        raise wrong("no object", at, value, f"an object of {', '.join(known)}")
    for name in value:
        if name not in known:
            nearest = difflib.get_close_matches(str(name)[:100], known, 1, 0.5)
            raise wrong("unknown key", at, str(name), nearest[0] if nearest else f"one of {', '.join(known)}")
    given = {name: one for name, one in value.items() if one is not None}
    for name in required:
        if name not in given:
            raise wrong(f"{name} is missing", f"{at}.{name}")
    return given


def list_at(value: Any, at: str, fewest: int, most: int, of: str) -> list[Any]:
    """A list of a bounded length. Raises InputError."""
    expected = f"a list of {fewest} to {most:,} {of}"
    if not isinstance(value, list | tuple):
        raise wrong("no list", at, value, expected)
    if not fewest <= len(value) <= most:
        raise wrong(f"too {'few' if len(value) < fewest else 'many'} {of}", at, len(value), expected)
    return list(value)


def text_at(value: Any, at: str, longest: int, *, shortest: int = 1, lines: bool = False) -> str:
    """A text of a bounded length without control characters; ``lines`` allows several. Raises InputError."""
    expected = f"a text of {shortest} to {longest:,} characters"
    if not isinstance(value, str):
        raise wrong("no text", at, value, expected)
    if not shortest <= len(value) <= longest or len(value.strip()) < shortest:
        raise wrong("too short" if len(value) <= longest else "too long", at, value, expected)
    plain = value.replace("\n", " ") if lines else value
    # What is printable holds none of them: no need to look at each character.
    if not plain.isprintable() and any(map(_unwanted, plain)):
        raise wrong("holds control characters", at, value, "printable text")
    return value


def _unwanted(character: str) -> bool:
    # Cs are halves of characters, which no file can hold.
    return unicodedata.category(character) in ("Cc", "Cs") or character in _TURNING


def integer_at(value: Any, at: str, low: int, high: int) -> int:
    """A whole number between two ends. Raises InputError."""
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise wrong("no such number", at, value, f"a whole number from {low:,} to {high:,}")
    return value


def boolean_at(value: Any, at: str) -> bool:
    """True or false. Raises InputError."""
    if not isinstance(value, bool):
        raise wrong("neither true nor false", at, value, "true or false")
    return value


def moment_at(value: Any, at: str) -> datetime:
    """A time with its zone, as ISO 8601 writes it. Raises InputError."""
    try:
        moment = datetime.fromisoformat(value)
        # The edges of the calendar cannot be compared across time zones.
        usable = moment.tzinfo is not None and 1 < moment.year < 9999
    except (TypeError, ValueError):
        usable = False
    if not usable:
        raise wrong("no moment", at, value, "a time with its zone, such as 2026-06-01T00:00:00+02:00")
    return moment


def address_at(value: Any, at: str, longest: int) -> str:
    """An http(s) address or a path on the same site: nothing that runs as a script or leads elsewhere unseen.

    Raises InputError.
    """
    text = text_at(value, at, longest)
    # Browsers drop blanks and controls inside addresses, and read \\ as /: what is left may be another address.
    plain = not any(character.isspace() or character == "\\" for character in text) and not any(
        unicodedata.category(character)[0] == "C" for character in text
    )
    if not plain or not (_is_path(text) or _is_web_address(text)):
        raise wrong("no safe address", at, text, "https://..., http://... or a path such as /sale")
    return text


def _is_path(text: str) -> bool:
    return text.startswith("/") and not text.startswith("//")


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        return False
    # A name before the host makes https://bank.example@evil.example look like another place.
    return parts.scheme in ("http", "https") and bool(host) and "@" not in parts.netloc
