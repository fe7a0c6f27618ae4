"""Reading an event's fields, whatever a sender calls them: checked, bounded, and told by the sender's own names."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from bowerbird.domain.errors import InputError
from bowerbird.domain.record_checks import list_at, moment_at, text_at, wrong

LONGEST_ID = 200
"""How long ids, names and lists' names may be."""
LONGEST_QUERY = 500
"""Words that were searched for are cut after so many characters."""
MAX_ITEMS = 200
MAX_POSITION = 100_000
_MOST = 1e12
_TIME = "seconds, milliseconds or microseconds since 1970, or ISO 8601 with its zone"


class Fields:
    """The objects that a field may stand in, the nearest first; ``at`` is where they are in the event."""

    def __init__(self, layers: Sequence[Any], at: str = "") -> None:
        self._layers = [layer for layer in layers if isinstance(layer, dict)]
        self._at = at

    def find(self, *names: str) -> tuple[str, Any]:
        """The first of some fields that is there, by its name; null and ``{}`` are absent."""
        for layer in self._layers:
            for name in names:
                value = layer.get(name)
                if value is not None and value != {}:
                    return name, value
        return names[0], None

    def text(self, *names: str, longest: int = LONGEST_ID) -> str:
        """A short text without control characters, empty where there is none; whole numbers may stand for ids."""
        name, value = self.find(*names)
        if value is None:
            return ""
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value) if abs(value) < 10**18 else value
        if isinstance(value, str) and not value.strip():
            return ""
        return text_at(value, self.place(name), longest).strip()

    def needed(self, *names: str) -> str:
        """A text that must be there."""
        found = self.text(*names)
        if not found:
            raise wrong(f"{names[0]} is missing", self.place(names[0]))
        return found

    def words(self, *names: str) -> str:
        """Words that somebody typed: blanks made one, and cut where they are too many."""
        name, value = self.find(*names)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise wrong("no text", self.place(name), value, "a text")
        plain = " ".join(value[: 4 * LONGEST_QUERY].split())[:LONGEST_QUERY]
        return text_at(plain, self.place(name), LONGEST_QUERY) if plain else ""

    def number(self, *names: str, least: float = 0.0, most: float = _MOST) -> float | None:
        """A finite number between two ends, None where there is none; it may be written as a text."""
        name, value = self.find(*names)
        if value is None or value == "":
            return None
        number = as_number(value)
        if number is None or not least <= number <= most:
            raise wrong("no such number", self.place(name), value, f"a number from {least:,g} to {most:,g}")
        return number

    def position(self, *names: str) -> int:
        """A place in a list, which counts from 1; 0 where there is none."""
        number = self.number(*names, most=MAX_POSITION)
        if number is None:
            return 0
        if not number.is_integer():
            raise self.wrong(names, "no position", "a whole number that counts from 1")
        return int(number)

    def moment(self, *names: str) -> float | None:
        """A time in seconds since 1970, None where there is none."""
        name, value = self.find(*names)
        if value is None or value == "":
            return None
        number = as_number(value)
        if number is None:
            if not isinstance(value, str):
                raise wrong("no time", self.place(name), value, _TIME)
            return moment_at(value, self.place(name)).timestamp()
        # In seconds, milliseconds are a time in the year 5000 and later, and microseconds one far beyond.
        scale = 1e6 if abs(number) >= 1e14 else 1e3 if abs(number) >= 1e11 else 1.0
        return number / scale

    def currency(self, *names: str) -> str:
        """The three letters of a currency, empty where there is none."""
        found = self.text(*names, longest=3).upper()
        if found and not (len(found) == 3 and found.isascii() and found.isalpha()):
            raise self.wrong(names, "no currency", "three letters such as EUR")
        return found

    def objects(self, *names: str) -> list[Fields]:
        """A list of at most ``MAX_ITEMS`` objects, empty where there is none."""
        name, value = self.find(*names)
        if value is None:
            return []
        at = self.place(name)
        rows = list_at(value, at, 0, MAX_ITEMS, "items")
        for number, row in enumerate(rows):
            if not isinstance(row, dict):
                raise wrong("no object", f"{at}[{number}]", row, "an object")
        return [Fields([row], f"{at}[{number}]") for number, row in enumerate(rows)]

    def wrong(self, names: Sequence[str], message: str, expected: str) -> InputError:
        """The error for the first of some fields as it stands here."""
        name, value = self.find(*names)
        return wrong(message, self.place(name), value, expected)

    def place(self, name: str) -> str:
        """Where a field is in the event."""
        return f"{self._at}.{name}" if self._at else name


def as_number(value: Any) -> float | None:
    """The finite number that a value is or spells; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    if isinstance(value, str) and len(value) > 40:
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None
