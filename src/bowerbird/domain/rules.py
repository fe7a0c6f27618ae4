"""Merchandising rules: when a search is like this, let its results be like that.

A rule has conditions, which all have to hold, and actions, which are all taken. ``rule_records`` reads rules from JSON
and writes them; ``rank`` finds those in force for a search and applies them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from bowerbird.domain.errors import InputError
from bowerbird.domain.filters import Filter, parse_filter


class Match(StrEnum):
    """How a pattern lies in a query, case, accents, width and punctuation aside."""

    EXACT = "exact"
    """The query is the pattern."""
    PHRASE = "phrase"
    """The pattern's words stand in the query, whole and one after the other."""
    CONTAINS = "contains"
    """The pattern stands anywhere in the query, also inside a word."""


@dataclass(frozen=True, slots=True)
class QueryPattern:
    """What a shopper's words have to be like."""

    text: str
    match: Match = Match.PHRASE


@dataclass(frozen=True, slots=True)
class Conditions:
    """When a rule is in force: all that is given has to hold, so that nothing given is every search.

    ``category`` is a path, and holds where the search's filter keeps to it or below; ``audience`` is the tag that a
    search gives of its shopper; ``language`` is a tag such as ``zh``, of the query. The time is ``starts`` <= now <
    ``ends``, both with a time zone.
    """

    query: QueryPattern | None = None
    category: str = ""
    audience: str = ""
    language: str = ""
    starts: datetime | None = None
    ends: datetime | None = None


@dataclass(frozen=True, slots=True)
class WrittenFilter:
    """A filter as it was written and as it was read: what is stored is what a person wrote."""

    text: str
    condition: Filter

    @classmethod
    def read(cls, text: str) -> WrittenFilter:
        """Read a filter. Raises FilterError, InputError for a blank one."""
        condition = parse_filter(text)
        if condition is None:
            raise InputError("the filter is blank", field="filter", found=text, expected="such as brand = Luma")
        return cls(text, condition)


@dataclass(frozen=True, slots=True)
class Target:
    """The products that an action is about: those named by id, or those that meet a filter."""

    products: tuple[str, ...] = ()
    filter: WrittenFilter | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A product and where it is to stand, from 1."""

    product: str
    position: int


@dataclass(frozen=True, slots=True)
class Pin:
    """Place products at exact positions; one that the search did not find is put there too."""

    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Hide:
    """Leave products out; nothing brings a hidden one back."""

    target: Target


@dataclass(frozen=True, slots=True)
class Boost:
    """Multiply the scores of products by 1 + ``by``."""

    target: Target
    by: float


@dataclass(frozen=True, slots=True)
class Bury:
    """Divide the scores of products by 1 + ``by``."""

    target: Target
    by: float


@dataclass(frozen=True, slots=True)
class FilterBy:
    """Narrow the search to what meets a filter."""

    filter: WrittenFilter


@dataclass(frozen=True, slots=True)
class Redirect:
    """Send the shopper to a page instead of to results."""

    address: str


@dataclass(frozen=True, slots=True)
class Banner:
    """A message shown with the results; ``image`` and ``link`` are addresses, empty where there is none."""

    title: str
    text: str = ""
    image: str = ""
    link: str = ""


Action: TypeAlias = "Pin | Hide | Boost | Bury | FilterBy | Redirect | Banner"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. A higher ``priority`` goes first, and of equal ones the first in the list."""

    id: str
    actions: tuple[Action, ...]
    conditions: Conditions = Conditions()
    title: str = ""
    priority: int = 0
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class RuleEffect:
    """What a rule did to a product: ``action`` is pin, hide, boost or bury.

    ``before`` and ``after`` are its positions, from 1, without any rule and with all of them; None where it is not
    among the results.
    """

    product: str
    action: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class AppliedRule:
    """A rule that was in force for a search: the names of its actions, and what they did to the products shown."""

    id: str
    title: str = ""
    actions: tuple[str, ...] = ()
    effects: tuple[RuleEffect, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleMove:
    """What a rule did to one product, told with that product: as ``RuleEffect``, and which rule it was."""

    rule: str
    title: str
    action: str
    before: int | None
    after: int | None


def moves_of(applied: Iterable[AppliedRule]) -> dict[str, tuple[RuleMove, ...]]:
    """What rules did, by product."""
    moves: dict[str, tuple[RuleMove, ...]] = {}
    for rule in applied:
        for effect in rule.effects:
            move = RuleMove(rule.id, rule.title, effect.action, effect.before, effect.after)
            moves[effect.product] = (*moves.get(effect.product, ()), move)
    return moves


ACTION_NAMES: dict[type, str] = {
    Pin: "pin",
    Hide: "hide",
    Boost: "boost",
    Bury: "bury",
    FilterBy: "filter",
    Redirect: "redirect",
    Banner: "banner",
}
"""How records and people call the actions."""
