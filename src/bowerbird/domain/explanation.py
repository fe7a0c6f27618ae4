"""How a query was read, and why a product was found: plain data that a page puts into the shopper's words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PartKind(StrEnum):
    """What a part of a query is."""

    WORDS = "words"
    CORRECTION = "correction"
    TRANSLATION = "translation"
    FILTER = "filter"
    CONDITION = "condition"
    PREFERENCE = "preference"
    GIVEN_UP = "given_up"
    PHOTO = "photo"
    LIKE = "like"
    NOT_WORDS = "not_words"
    NOT_PHOTO = "not_photo"
    UNLIKE = "unlike"


@dataclass(frozen=True, slots=True)
class QueryPart:
    """One part of a query as it was read; what a kind does not have is None.

    ``text`` is the words, the words put right, or the condition as it is written in a filter; ``replaced`` the words
    that were put right; ``number`` counts photos from 1; ``product`` and ``title`` are an example's. A condition, a
    preference and a condition that was given up since nothing met it have the words that they were read from,
    ``replaced``, which stand in the query from ``start`` to ``end``, and their type as ``field``.
    """

    kind: PartKind
    text: str | None = None
    weight: float | None = None
    replaced: str | None = None
    field: str | None = None
    number: int | None = None
    box: tuple[float, float, float, float] | None = None
    product: str | None = None
    title: str | None = None
    start: int | None = None
    end: int | None = None


class ReasonKind(StrEnum):
    """What spoke for a product."""

    WORDS = "words"
    MEANING = "meaning"
    PHOTO = "photo"
    LIKE = "like"
    FILTER = "filter"
    PREFERENCE = "preference"
    RATING = "rating"
    CHOSEN = "chosen"
    """The shop's own rules placed it, or raised it: ``value`` is pin or boost."""
    PRAISED = "praised"
    """Its reviews are better than this shop's usually are: ``words`` are what several of them praise."""
    CLICKED = "clicked"
    """Those who searched for this chose it more often than others."""
    POPULAR = "popular"
    """Shoppers choose it more often than others, whatever they search for."""
    TASTE = "taste"
    """It is what the shopper likes: ``value``, its ``field``, was looked at or said to be liked by them."""
    PRICE = "price"
    """It costs clearly less than the middle of what was found: ``value`` is the share it costs less."""
    AVAILABLE = "available"
    """What was asked by ``field``, a size, is in stock."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that spoke for a product; what a kind does not have is None.

    ``strength`` is 0 to 1, 1 for the best of this search; ``words`` are the query's that stand in ``field``;
    ``number`` counts the query's photos or examples from 1; ``value`` is the product's own value of ``field``, or its
    stars; ``count`` its reviews.
    """

    kind: ReasonKind
    strength: float | None = None
    field: str | None = None
    words: tuple[str, ...] | None = None
    number: int | None = None
    value: str | float | None = None
    count: int | None = None
