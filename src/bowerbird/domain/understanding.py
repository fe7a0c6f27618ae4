"""What a shopper's words were understood to mean: one object that every step of understanding adds to.

Offsets count the characters of the query as it was typed, so that each part can be shown on it and taken away again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from bowerbird.domain.filters import Filter, all_of
from bowerbird.domain.query import Sort


class Language(StrEnum):
    """What a query is written in; ``MIXED`` is English and Chinese beside each other."""

    ENGLISH = "en"
    CHINESE = "zh"
    MIXED = "mixed"
    PINYIN = "pinyin"
    OTHER = "other"


class EntityType(StrEnum):
    """What a stretch of a query names."""

    CATEGORY = "category"
    BRAND = "brand"
    COLOR = "color"
    SIZE = "size"
    MATERIAL = "material"
    PATTERN = "pattern"
    AUDIENCE = "audience"
    OCCASION = "occasion"
    SEASON = "season"
    STYLE = "style"
    FEATURE = "feature"
    PRICE = "price"
    QUANTITY = "quantity"
    RATING = "rating"
    STOCK = "stock"
    NEWNESS = "newness"


@dataclass(frozen=True, slots=True)
class Bounds:
    """A span of numbers, open where an end is None; ``unit`` is a currency for prices and a unit for quantities."""

    low: float | None = None
    high: float | None = None
    unit: str | None = None


class Level(StrEnum):
    """A price in words: cheap, worth its price, dear, reduced."""

    LOW = "low"
    VALUE = "value"
    HIGH = "high"
    SALE = "sale"


Value: TypeAlias = "str | Bounds | Level"


@dataclass(frozen=True, slots=True)
class Entity:
    """A stretch of the query, ``q[start:end]``, and what it names.

    ``value`` is the canonical English name, the shop's own spelling of a brand, or what a number bounds; ``concept``
    is the lexicon's key, empty where the lexicon does not have it.
    """

    type: EntityType
    value: Value
    text: str
    start: int
    end: int
    negated: bool = False
    concept: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """A part of the query that excludes what does not meet it."""

    type: EntityType
    text: str
    start: int
    end: int
    filter: Filter


@dataclass(frozen=True, slots=True)
class Preference:
    """A part of the query that raises what meets a filter, or what stands first in an order, by ``weight``."""

    type: EntityType
    text: str
    start: int
    end: int
    weight: float
    filter: Filter | None = None
    sort: Sort | None = None


class RewriteReason(StrEnum):
    """Why retrieval runs a wording."""

    TYPED = "typed"
    CORRECTED = "corrected"
    TRANSLATED = "translated"
    SYNONYM = "synonym"
    HOMOPHONE = "homophone"
    MODEL = "model"


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A query that retrieval runs: its words, what its finds count, 0..1, and why it is run."""

    text: str
    weight: float
    reason: RewriteReason


@dataclass(frozen=True, slots=True)
class Intent:
    """What the shopper is after; ``sure`` is False where the likeliest is not likely enough to act on."""

    name: str = "find"
    probabilities: Mapping[str, float] = field(default_factory=dict)
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Sentiment:
    """``label`` is positive, neutral or negative; ``score`` goes from -1 to 1."""

    label: str = "neutral"
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Understanding:
    """A query as it was understood.

    ``words`` is what is left to look for: the query without what only asks and without what became a condition.
    ``unwanted`` are words for what is not wanted. ``corrected`` and ``translated`` are None where there is nothing to
    put right or into another language.
    """

    q: str
    language: Language = Language.ENGLISH
    tokens: tuple[str, ...] = ()
    words: str = ""
    corrected: str | None = None
    translated: str | None = None
    entities: tuple[Entity, ...] = ()
    conditions: tuple[Condition, ...] = ()
    soft: tuple[Preference, ...] = ()
    unwanted: str = ""
    intent: Intent = Intent()
    sentiment: Sentiment = Sentiment()
    rewritten: tuple[Rewrite, ...] = ()
    timings_ms: Mapping[str, float] = field(default_factory=dict)

    @property
    def filters(self) -> Filter | None:
        """All conditions as one filter."""
        return all_of([condition.filter for condition in self.conditions])
