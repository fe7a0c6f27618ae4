"""Why one product stands where it stands in one search, or why it is not there. Plain data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bowerbird.domain.product import Product
from bowerbird.domain.results import Hit
from bowerbird.domain.rules import RuleMove


class Outcome(StrEnum):
    """What became of a product in a search."""

    FOUND = "found"
    HIDDEN = "hidden"
    """It was found, and a merchandising rule leaves it out."""
    EXCLUDED = "excluded"
    """It does not meet a condition."""
    EXAMPLE = "example"
    """The search is for what is like it, or unlike it: such a product is no hit itself."""
    NOT_FOUND = "not_found"
    """It meets every condition, and nothing that was asked for brought it."""
    NOT_INDEXED = "not_indexed"
    """It was written a moment ago, or only that version was: the next view of the index has it."""


class Whose(StrEnum):
    """Where a condition comes from: the search's filter, its words, or a merchandising rule."""

    FILTER = "filter"
    WORDS = "words"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Unmet:
    """A condition that a product does not meet, as filters write it."""

    text: str
    whose: Whose


@dataclass(frozen=True, slots=True)
class WordMatch:
    """A word of the query and the product's word that is most like it, which stands in ``field``.

    ``similarity`` is their cosine, 1 where they are the same word; ``match`` is None where the product has no words.
    """

    word: str
    match: str | None
    field: str | None
    similarity: float


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Where the query's photo ``number``, from 1, looks like the product.

    ``grid`` is rows from the top of 0..1; ``picture`` the photo with the heat over it, a PNG.
    """

    number: int
    grid: tuple[tuple[float, ...], ...]
    picture: bytes


@dataclass(frozen=True, slots=True)
class Explained:
    """One product in one search.

    ``place`` is its place among all ``total`` results, from 1, and ``hit`` what a page of them would show, both only
    where it was found. ``moves`` are the rules that were about it, ``unmet`` the conditions it does not meet: where it
    meets each of them and no variant all, they are all told.
    """

    product: Product
    outcome: Outcome
    total: int
    place: int | None = None
    hit: Hit | None = None
    moves: tuple[RuleMove, ...] = ()
    unmet: tuple[Unmet, ...] = ()
    words: tuple[WordMatch, ...] = ()
    heat_maps: tuple[HeatMap, ...] = ()
