"""A dry run: the same search under two sets of rules, and where each product went."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bowerbird.domain.errors import InputError
from bowerbird.domain.query import Query
from bowerbird.domain.results import Results
from bowerbird.domain.rules import AppliedRule, Banner, Rule
from bowerbird.rank.rules import NO_RULES, RuleBook

MOST = 100
SearchWith = Callable[[Query, RuleBook], Results]
"""A search under given rules."""


@dataclass(frozen=True, slots=True)
class TriedHit:
    """A product among the first hits before or after.

    Positions count from 1, None past the first hits; ``causes`` are the rules that were about it after, each with the
    action that it took.
    """

    product: str
    title: str
    before: int | None
    after: int | None
    causes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class TriedSide:
    """What a search came to under one set of rules."""

    total: int
    banners: tuple[Banner, ...] = ()
    redirect: str | None = None
    applied_rules: tuple[AppliedRule, ...] = ()


@dataclass(frozen=True, slots=True)
class RulesTrial:
    """A search before and after: ``hits`` in their order after, then those that are no longer among the first."""

    before: TriedSide
    after: TriedSide
    hits: tuple[TriedHit, ...]


def try_rules(
    search: SearchWith,
    query: Query,
    in_force: RuleBook,
    draft: Sequence[Rule] | None = None,
    *,
    first: int = 10,
    at: datetime | None = None,
) -> RulesTrial:
    """Search under the rules in force and under a draft; without a draft under no rules and under those in force.

    ``first`` is how many hits are compared; ``at`` the time, with its zone, that the search is taken to be made at.
    Raises InputError.
    """
    if not 1 <= first <= MOST:
        raise InputError("no such number of hits", field="first", found=first, expected=f"1 to {MOST}")
    if at is not None and at.tzinfo is None:
        raise InputError("a time without its zone", field="at", found=at.isoformat(), expected="such as 12:00+02:00")
    now = RuleBook(in_force.rules, in_force.version, at)
    before, after = (NO_RULES, now) if draft is None else (now, RuleBook(draft, at=at))
    asked = replace(query, page=1, per_page=first, facets=(), rules=True, explain=True)
    return compare(search(asked, before), search(asked, after))


def compare(before: Results, after: Results) -> RulesTrial:
    """Where each product of two searches went."""
    titles = {hit.product.id: hit.product.title for hit in (*after.hits, *before.hits)}
    stood = {hit.product.id: place for place, hit in enumerate(before.hits, 1)}
    stands = {hit.product.id: place for place, hit in enumerate(after.hits, 1)}
    causes: dict[str, list[tuple[str, str]]] = {}
    for rule in after.applied_rules:
        for effect in rule.effects:
            causes.setdefault(effect.product, []).append((rule.id, effect.action))
    hits = tuple(
        TriedHit(product, title, stood.get(product), stands.get(product), tuple(causes.get(product, ())))
        for product, title in titles.items()
    )
    return RulesTrial(_side(before), _side(after), hits)


def _side(results: Results) -> TriedSide:
    return TriedSide(results.total, results.banners, results.redirect, results.applied_rules)
