"""Quantities with units (65w, 1.5 l, at least 16GB, 10-15 inch, 2万毫安), by the lexicon's own units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from bowerbird.domain.understanding import Bounds, Entity, EntityType
from bowerbird.understand.lexicon import Lexicon
from bowerbird.understand.numbers import NUMBER, read_number
from bowerbird.understand.plain import plain

_SYMBOLS = {
    "w": "W", "kw": "kW", "v": "V", "a": "A", "ma": "mA", "mah": "mAh", "ah": "Ah", "wh": "Wh", "kwh": "kWh",
    "gb": "GB", "tb": "TB", "mb": "MB", "ghz": "GHz", "mhz": "MHz", "hz": "Hz", "mp": "MP", "megapixel": "MP",
    "lumen": "lm", "piece": "pcs", "hour": "h", "minute": "min", "litre": "l", "liter": "l", "gram": "g",
    "kilogram": "kg", "pound": "lb", "ounce": "oz", "foot": "ft", "metre": "m", "meter": "m", "watt": "W",
    "volt": "V", "decibel": "dB",
}  # fmt: skip
_AT_LEAST = r"at least|min(?:imum)?(?: of)?|over|above|more than|from|>=?|不低于|不少于|至少|最少|大于|超过|高于"
_AT_MOST = (
    r"at most|up to|under|below|less than|max(?:imum)?(?: of)?|within|<=?|no more than|不超过|最多|至多|小于|低于|少于"
)
_OR_MORE = r"or more|and up|and above|or above|or larger|or bigger|plus|\+|以上|起"
_OR_LESS = r"or less|and under|or under|and below|or below|or smaller|max|以下|以内|之内"
_NUMERAL = re.compile(NUMBER)
_SET_OF = re.compile(rf"(?<![a-z])(?:set|pack|box|case|pair|bundle) of (?P<a>{NUMBER})(?![a-z\d])")


class QuantityReader:
    """Finds quantities. Made once, then only read: safe from many threads."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._units: dict[str, str] = {}
        for concept in lexicon.concepts.values():
            if concept.type == "unit":
                for name in (*concept.en, *concept.zh):
                    self._units.setdefault(plain(name).strip(" -"), symbol_of(concept.id, concept.value))

    @cached_property
    def units(self) -> str:
        """A regular expression of every unit as it is written, the longest first."""
        names = sorted((name for name in self._units if name), key=len, reverse=True)
        return "|".join(map(_spelt, names)) or r"(?!)"

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        unit = rf"(?P<unit>{self.units})(?![a-z])"
        numbers = rf"(?P<a>{NUMBER})(?:\s?(?:{self.units})?\s?(?:-|~|to|到|至)\s?(?P<b>{NUMBER}))?"
        return re.compile(
            rf"(?<![a-z\d.])(?<![a-z\d]-)(?<!/)(?:(?P<least>{_AT_LEAST})\s?|(?P<most>{_AT_MOST})\s?)?{numbers}\s?-?{unit}"
            rf"(?:\s?(?:(?P<more>{_OR_MORE})|(?P<less>{_OR_LESS})))?"
        )

    def find(self, text: str) -> Iterator[Entity]:
        """The quantities of a plain text."""
        if not _NUMERAL.search(text):
            return
        for match in _SET_OF.finditer(text):
            count = read_number(match["a"])
            if count is not None:
                yield Entity(EntityType.QUANTITY, Bounds(*count, "pcs"), match.group(), match.start(), match.end())
        for match in self._pattern.finditer(text):
            bounds = self._bounds(match)
            # 一双 and 一个 are how Chinese says "a".
            if bounds is not None and not (bounds.unit == "pcs" and match.group().startswith("一")):
                yield Entity(EntityType.QUANTITY, bounds, match.group(), match.start(), match.end())

    def _bounds(self, match: re.Match[str]) -> Bounds | None:
        unit = self.symbol(match["unit"])
        first = read_number(match["a"])
        if first is None:
            return None
        if match["b"]:
            second = read_number(match["b"])
            return None if second is None or second[1] < first[0] else Bounds(first[0], second[1], unit)
        if match["least"] or match["more"]:
            return Bounds(first[0], None, unit)
        if match["most"] or match["less"]:
            return Bounds(None, first[1], unit)
        return Bounds(first[0], first[1], unit)

    def symbol(self, name: str) -> str:
        """The symbol of a unit as it is written in a query or a catalogue; the text itself where it is none."""
        written = plain(name).strip(" -")
        return self._units.get(written) or self._units.get(written.removesuffix("s")) or name


def _spelt(name: str) -> str:
    plural = name.isascii() and name.isalpha() and len(name) > 2
    return re.escape(name) + ("s?" if plural else "")


def symbol_of(unit: str, value: str = "") -> str:
    """How a unit of the lexicon is written after a number; all that only counts, packs and pairs too, is pieces."""
    return "pcs" if value == "count:1" else _SYMBOLS.get(unit, unit)
