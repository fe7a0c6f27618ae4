"""Attribute values: numbers with units, yes and no, several values; text stays text when in doubt.

Model numbers, article codes and sizes ("M", "32", "XL", "6 foot") are words to a shopper, so they stay words.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache

from bowerbird.catalog.cleaning import clean_line
from bowerbird.domain.product import AttributeValue, Measure

# Spelled-out and typographic forms to the one unit that is kept. Values are never converted between units.
_UNITS: dict[str, str] = {
    **{unit: unit for unit in "mm cm m km in ft g kg mg lb oz ml cl dl l W kW V A mA mAh Ah Wh kWh".split()},
    **{unit: unit for unit in "Hz kHz MHz GHz".split()},
    **{unit: unit for unit in "KB MB GB TB Mbps Gbps dB lm cd nm bar Nm rpm dpi ppm".split()},
    **{"%": "%", '"': "in", "″": "in", "”": "in", "''": "in", "inch": "in", "inches": "in", "feet": "ft", "foot": "ft"},
    **{"L": "l", "liter": "l", "litre": "l", "liters": "l", "litres": "l", "ML": "ml", "mL": "ml"},
    **{"KG": "kg", "Kg": "kg", "gr": "g", "grams": "g", "gram": "g", "lbs": "lb", "MM": "mm", "CM": "cm"},
    **{"watt": "W", "watts": "W", "w": "W", "volt": "V", "volts": "V", "kw": "kW", "mah": "mAh", "wh": "Wh"},
    **{"hz": "Hz", "khz": "kHz", "mhz": "MHz", "ghz": "GHz", "Mhz": "MHz", "Ghz": "GHz", "kb": "KB", "mb": "MB"},
    **{"gb": "GB", "tb": "TB", "RPM": "rpm", "Watt": "W", "Watts": "W", "Volt": "V", "°C": "°C", "°F": "°F", "°": "°"},
    **{"months": "months", "month": "months", "years": "years", "year": "years", "hours": "h", "hour": "h", "h": "h"},
    **{"min": "min", "minutes": "min", "days": "days", "pcs": "pcs", "pieces": "pcs", "pc(s)": "pcs", "pages": "pages"},
    **{"毫米": "mm", "厘米": "cm", "米": "m", "克": "g", "千克": "kg", "公斤": "kg", "毫升": "ml", "升": "l"},
    **{"瓦": "W", "英寸": "in"},
}  # fmt: skip
# A letter alone after a number is as often a code ("32A", "5V" of a model) unless a blank or a decimal parts them.
_SHY = frozenset("m g l A V W h w L".split())
_MEASURE = re.compile(r"([+-]?\d{1,12}(?:[.,]\d{1,6})?)(\s?)([^\d\s].{0,8})")
_SIZE_NAMES = re.compile(
    r"(?:(?:shoe|clothing|clothes|apparel|dress|shirt|pants|trouser|waist|bra|cup|ring|hat|glove|sock|eu|us|uk|size)_)?"
    r"(?:sizes?|size_type|size_system|taille|größe|groesse|talla|taglia|尺码|尺寸|码数)"
)
_NUMBER_NAMES = re.compile(
    r"(?:.*_)?(?:weight|width|height|depth|length|diameter|volume|capacity|power|voltage|wattage|year|quantity|count"
    r"|pieces|pages|calories|age|grams)"
)
_NAME_UNIT = re.compile(
    r"(.+?)_+\(?(mm|cm|kg|mg|lb|oz|ml|kw|mah|hz|khz|mhz|ghz|kb|mb|gb|tb|rpm|dpi|inch|watts?|volts?|percent)\)?_*"
)
_PLAIN_NUMBER = re.compile(r"[+-]?(?:0|[1-9]\d{0,14})(?:\.\d{1,12})?")
_YES = frozenset(("yes", "true", "是"))
_NO = frozenset(("no", "false", "否"))
_CAMEL = re.compile(r"(?<=[a-z][a-z])(?=[A-Z])")
_NOT_NAME = re.compile(r"[^\w]+")


@lru_cache(maxsize=20_000)
def attribute_name(column: str) -> str:
    """A platform's column or label as an attribute's name: ``Base Colour`` and ``baseColour`` give base_colour."""
    words = _NOT_NAME.sub("_", _CAMEL.sub("_", clean_line(column))).lower()
    return re.sub(r"_{2,}", "_", words).strip("_")


def parse_value(name: str, text: str) -> AttributeValue | None:
    """The value of an attribute that was written as text; None for blank text."""
    value = clean_line(text)
    if not value:
        return None
    lowered = value.lower()
    if lowered in _YES or lowered in _NO:
        return lowered in _YES
    if is_size(name) or len(value) > 30:
        return value
    measure = parse_measure(value)
    if measure is not None:
        return measure
    if _PLAIN_NUMBER.fullmatch(value):
        number = measured(name, float(value))
        if isinstance(number, Measure) or _NUMBER_NAMES.fullmatch(name):
            return number
    return value


def parse_measure(text: str) -> Measure | None:
    """A number with a known unit, such as ``65 W``, ``1,5 l`` or ``13.3"``; None for any other text."""
    match = _MEASURE.fullmatch(text)
    if match is None:
        return None
    number, gap, unit = match[1], match[2], match[3].rstrip(".")
    known = _UNITS.get(unit)
    if known is None or (unit in _SHY and not gap and "." not in number and "," not in number):
        return None
    digits = number.lstrip("+-")
    if len(digits) > 1 and digits[0] == "0" and digits[1].isdigit():
        return None
    return Measure(float(number.replace(",", ".")), known)


def measured(name: str, number: float) -> float | Measure:
    """A number under a name that carries its unit, such as ``weight_kg``, with that unit; else the number."""
    match = _NAME_UNIT.fullmatch(name.lower())
    if match is None:
        return number
    unit = "%" if match[2] == "percent" else _UNITS.get(match[2])
    return number if unit is None else Measure(number, unit)


def is_size(name: str) -> bool:
    """Whether an attribute of this name holds sizes, which stay words."""
    return _SIZE_NAMES.fullmatch(name.lower()) is not None


def parse_values(name: str, parts: list[str]) -> AttributeValue | None:
    """One value as itself, several as texts in their order without repeats, none as None."""
    texts = list(dict.fromkeys(text for text in map(clean_line, parts) if text))
    if len(texts) <= 1:
        return parse_value(name, texts[0]) if texts else None
    return tuple(texts)


def parse_number(text: str) -> float | None:
    """A finite number written as a program writes it, else None."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
