"""What a query says by set phrases: stars, stock, newness and sizes.

All of it works on plain texts (see ``plain``); what only asks and what excludes is in ``phrasings``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bowerbird.domain.understanding import Bounds, Entity, EntityType
from bowerbird.understand.numbers import read_number
from bowerbird.understand.phrasings import any_of

WELL_RATED = 4.0
"""The stars that "top rated" asks for."""

_STARS = r"(?P<stars>[1-5](?:\.\d)?|one|two|three|four|five)"
_CHINESE_STARS = r"(?P<stars>[1-5](?:\.\d)?|[一二三四五])"
_OR_MORE = any_of(r"\+", "and up", "or more", "or better", "and above", "or higher", "or above", "plus")
_RATINGS = (
    rf"{_STARS} out of 5(?: stars?)?(?![a-z]) ?{_OR_MORE}?",
    rf"(?:at least |over |above |rated )?{_STARS}\s?\+?[ -]?stars?(?![a-z])(?: rating| rated| reviews?)?\s?{_OR_MORE}?",
    rf"(?:rated|ratings?|review score)(?: of| above| over| at least|:)?\s?{_STARS}(?:\s?{_OR_MORE})?",
    r"(?:评分|评价|好评)(?:在|大于|高于|不低于|超过|至少)?\s?(?P<stars>[1-5](?:\.\d)?)\s?[分星]?(?:及?以上|起)?",
    rf"(?:至少)?{_CHINESE_STARS}\s?星级?(?:及?以上|好评|评价|起)*",
)
_WELL_RATED = (
    r"(?<![a-z])(?:top|best|highly|high|well|highest)[ -](?:rated|rating|reviewed)(?![a-z])",
    r"(?<![a-z])(?:with )?(?:good|great|excellent|best) (?:reviews|ratings)(?![a-z])",
    "(?:高评分|评分最?高|好评最?多|好评如潮|好评率高|好评|口碑好|评价[好高]|高评价|高分(?!子))的?(?=$|[^的])",
)
_STOCK = (
    rf"(?<![a-z]){any_of('in[ -]stock', 'available (?:now|today)', 'ready to ship', 'ships today')}(?: only)?(?![a-z])",
    "(?:(?<!没)有现货|现货|(?<!没)有货的?|有库存|马上发货|当天发货|能马上发)",
)
_NEW_WORDS = (
    "new arrivals?",
    "newest",
    "latest",
    "new in",
    "just in",
    "just arrived",
    "new releases?",
    "newly released",
    "brand new",
    "new season",
    "new collection",
    "this season's",
)
_NEWNESS = (
    rf"(?<![a-z]){any_of(*_NEW_WORDS)}(?![a-z])",
    "(?:最新款|最新上市|最新|新款|新品|新上市|新上架|上新|刚上市|刚到货|当季新款|今年新款)",
)
_LETTERS = r"(?:[2-6]?x{1,3}l|x{1,4}s|xs|s|m|l|xl|[2-6]xl)"
_SIZES = (
    rf"(?<![a-z])(?:in )?(?:a )?sizes?:?\s?(?:uk |us |eu )?(?P<size>\d{{1,3}}(?:\.5)?|{_LETTERS}|one size)(?![a-z\d])",
    rf"(?<![a-z\d])(?P<size>\d{{2}}(?:\.5)?|{_LETTERS})\s?[码号]",
    r"(?<![a-z\d])(?:uk|us|eu|eur)\s?(?P<size>\d{1,2}(?:\.5)?)(?![a-z\d])",
    r"(?:尺码|尺寸|码数):?\s?(?P<size>\d{1,3}(?:\.5)?|[smlx\d]{1,4})(?![a-z\d])",
    r"(?<![a-z\d])(?P<size>[2-6]xl|x{1,3}l|xx?s)(?![a-z\d])",
)
_CAPITAL_SIZE = re.compile(r"(?<![A-Za-z\d'&.-])[SML](?![A-Za-z\d'&-])")
_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}

_RATING_PATTERNS = [re.compile(rf"(?<![a-z\d.]){text}") for text in _RATINGS]
_SIMPLE: list[tuple[EntityType, str | Bounds, re.Pattern[str]]] = [
    *((EntityType.RATING, Bounds(WELL_RATED, None, "stars"), re.compile(text)) for text in _WELL_RATED),
    *((EntityType.STOCK, "in_stock", re.compile(text)) for text in _STOCK),
    *((EntityType.NEWNESS, "new", re.compile(text)) for text in _NEWNESS),
]
_SIZE_PATTERNS = [re.compile(text) for text in _SIZES]


def find_cues(text: str, typed: str) -> Iterator[Entity]:
    """Ratings, stock, newness and sizes of a plain text; ``typed`` is the same text as it was typed."""
    for pattern in _RATING_PATTERNS:
        for match in pattern.finditer(text):
            stars = match["stars"]
            span = read_number(stars) if stars not in _WORDS else (float(_WORDS[stars]),) * 2
            if span is not None:
                yield _entity(text, match, EntityType.RATING, Bounds(span[0], None, "stars"))
    for type_, value, simple in _SIMPLE:
        for match in simple.finditer(text):
            yield _entity(text, match, type_, value)
    for pattern in _SIZE_PATTERNS:
        for match in pattern.finditer(text):
            yield _entity(text, match, EntityType.SIZE, match["size"])
    for match in _CAPITAL_SIZE.finditer(typed):
        if not typed.isupper():
            yield _entity(text, match, EntityType.SIZE, match.group().lower())


def _entity(text: str, match: re.Match[str], type_: EntityType, value: str | Bounds) -> Entity:
    start, end = match.span()
    found = text[start:end]
    start, end = start + len(found) - len(found.lstrip()), end - len(found) + len(found.rstrip())
    return Entity(type_, value, text[start:end], start, end)
