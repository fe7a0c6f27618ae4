"""What a shopper likes, as conditions to find products by: brands, kinds and colours, the strongest first."""

from __future__ import annotations

from dataclasses import dataclass

from bowerbird.domain.filters import Equals, Filter, Under
from bowerbird.domain.ports import IndexView
from bowerbird.profile.affinity import LIKED, Affinity
from bowerbird.profile.facts import levels_of, value_key
from bowerbird.recommend.exclusions import can_be_asked
from bowerbird.recommend.kinds import taste_fields
from bowerbird.recommend.shopper import Shopper

MOST = 4
_LEAST_SHARE = 0.3
"""A taste counts that is so large a part of the strongest one: who was away for long still has theirs."""
_TELLING = ("brand", "category", "color")
"""Whom something is for and what size it is are no tastes to find things by."""


@dataclass(frozen=True, slots=True)
class Liked:
    """A value of one of the shop's fields, as the shop spells it, and the products that have it."""

    field: str
    value: str
    condition: Filter


def liked_by(shopper: Shopper, view: IndexView) -> list[Liked]:
    """At most ``MOST`` values that a shopper leans to, those they named themselves first."""
    fields, found = taste_fields(view), list[Liked]()
    for taste, value in _ranked(shopper.affinity):
        if len(found) == MOST:
            break
        if taste not in fields:
            continue
        name = fields[taste][0]
        condition: Filter = Under(name, value) if taste == "category" else Equals(name, value)
        if can_be_asked(view, condition):
            found.append(Liked(name, _spelt(shopper, taste, value), condition))
    return found


def _ranked(affinity: Affinity) -> list[tuple[str, str]]:
    """Tastes with their values, the strongest first."""
    learned = {
        (taste, value): share
        for taste in _TELLING
        for value, share in affinity.shares.get(taste, {}).items()
        if affinity.said.get(taste, {}).get(value, 0.0) >= 0
    }
    least = _LEAST_SHARE * max((share for share in learned.values() if share > 0), default=1.0)
    said = {
        (taste, value): 1.0 + how
        for taste in _TELLING
        for value, how in affinity.said.get(taste, {}).items()
        if how >= LIKED
    }
    strong = {**{one: share for one, share in learned.items() if share >= least}, **said}
    # A category that is liked within another one says all that the other does.
    wider = {(taste, level) for taste, value in strong if taste == "category" for level in levels_of(value)[:-1]}
    return sorted(strong.keys() - wider, key=lambda one: (-strong[one], one))


def _spelt(shopper: Shopper, taste: str, value: str) -> str:
    """A value as the shop, or else the shopper, spells it."""
    profile, edits = shopper.profile, shopper.profile.edits
    told = (*profile.session.values.get(taste, ()), *profile.long.values.get(taste, ()), *edits.liked.get(taste, ()))
    return next((one for one in told if value_key(one) == value), value)
