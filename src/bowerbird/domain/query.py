"""The query: one object for words, photos, negatives, filters, facets, sort and page."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from bowerbird.domain.event import Who
from bowerbird.domain.filters import Filter


class Sort(StrEnum):
    """How hits are ordered; ties fall back to relevance, then to the newest."""

    RELEVANCE = "relevance"
    PRICE_ASC = "price:asc"
    PRICE_DESC = "price:desc"
    RATING = "rating:desc"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class PhotoInput:
    """One photo of a query: its encoded bytes, weight and optional crop box.

    ``box`` is x, y, width, height: fractions of the photo when all are at most 1, else pixels.
    """

    data: bytes
    weight: float = 1.0
    box: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """Words, photos and products of the shop that are wanted, or, under ``Query.without``, unwanted.

    ``products`` are ids: examples of what is meant, by their own photos and texts.
    """

    text: str = ""
    text_weight: float = 1.0
    photos: tuple[PhotoInput, ...] = ()
    products: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether it asks for nothing at all."""
        return not self.text.strip() and not self.photos and not self.products


@dataclass(frozen=True, slots=True)
class FacetRequest:
    """A facet to count; a disjunctive one ignores the filter's own condition on its field."""

    field: str
    limit: int = 20
    disjunctive: bool = True
    ranges: tuple[tuple[float | None, float | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """Everything a search needs; an empty wish browses the whole catalogue.

    ``lang`` is the language that hits are shown in where the catalogue has them in it, such as ``zh``; empty for the
    catalogue's own. ``unfinished`` says that the last word is still being typed: longer words match it too.
    ``understand`` reads the words for conditions, preferences and other wordings; without it they are looked for as
    they are. ``correct`` puts misspelt words right. ``explain`` tells all about each hit's place, ``reasons`` only
    what a shopper wants to know of it. ``audience`` is a tag of the shopper that merchandising rules may ask for, such
    as ``members``; without ``rules`` none of them is applied. ``shopper`` names the shopper, by any name that stays the
    same: experiments go by it, and who gives none takes part in none. ``who`` is the shopper whose tastes hits are
    arranged by; nobody's where it names none.
    """

    wish: Wish = Wish()
    without: Wish = Wish()
    filters: Filter | None = None
    facets: tuple[FacetRequest, ...] = ()
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    per_page: int = 24
    explain: bool = False
    reasons: bool = False
    lang: str = ""
    unfinished: bool = False
    understand: bool = True
    correct: bool = True
    audience: str = ""
    rules: bool = True
    shopper: str = ""
    who: Who = field(default_factory=Who)
