"""What a shopper leans to at one moment: long-term and session tastes in one, with what they said themselves on top.

A share says how much of all that a shopper looked at has a value, shrunk towards nothing where that is little. The
session counts the more the more of it is fresh.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from bowerbird.domain.taste_edits import NO_EDITS, TASTE_FIELDS, TasteEdits
from bowerbird.profile.facts import kind_of, levels_of, value_key
from bowerbird.profile.tastes import Tastes

if TYPE_CHECKING:
    from bowerbird.domain.ports import Floats

LIKED, HIDDEN = 1.0, -1.0
_NOTHING = 1e-6
"""A session that counts no more than this is long over."""


@dataclass(frozen=True, slots=True)
class AffinitySettings:
    """How tastes are weighed against each other and against not knowing."""

    prior: float = 3.0
    """So much weight of looking at nothing in particular is added to each field: a view counts 1."""
    session: float = 3.0
    """With so much fresh weight the session counts as much as all the time before."""
    price_prior: float = 4.0
    """So much weight of the middle price is added to the prices."""
    price_spread: float = 0.5
    """The spread of that, as a logarithm of a price over the middle one."""


DEFAULT = AffinitySettings()


@dataclass(frozen=True, slots=True, eq=False)
class Affinity:
    """What a shopper leans to; values are in the form of ``value_key``.

    ``shares`` are -1..1 by field and value, as learned, and ``said`` 1 for what the shopper likes and -1 for what they
    hid. ``text`` and ``look`` (d,) float32 are means of unit vectors, the shorter the less is known. ``level`` is the
    mean and the spread of the logarithms of prices over the middle one of their kind, None where nothing is known.
    ``breadth`` is 0 for one who looked at one kind of thing alone, and 1 for one who looked at two as much.
    """

    shares: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    said: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    text: Floats | None = None
    look: Floats | None = None
    level: tuple[float, float] | None = None
    price_most: float | None = None
    breadth: float = 0.0

    @property
    def empty(self) -> bool:
        """Whether it says nothing."""
        return not self.shares and not self.said and self.text is None and self.look is None and not self.price_most

    def reach(self, path: str) -> float:
        """How far what is known holds for a kind of thing, 0..1: wholly for what was looked at.

        What held over several kinds is taken to hold for others too.
        """
        shares = self.shares.get("category", {})
        levels = levels_of(path)
        below = levels[1:] or levels
        seen = sum(shares.get(value_key(level), 0.0) > 0 for level in below) / len(below)
        return seen + (1 - seen) * self.breadth


def affinity_of(
    long: Tastes, session: Tastes, now: float, edits: TasteEdits = NO_EDITS, settings: AffinitySettings = DEFAULT
) -> Affinity:
    """What tastes come to at a moment, in seconds since 1970."""
    # A clock that goes ahead tells nothing that is yet to come.
    fresh = max(session.weight * session.left_at(max(now, session.at)), 0.0)
    part = fresh / (fresh + settings.session)
    weighed = [
        (one.as_of(max(now, one.at)), share) for one, share in ((long, 1 - part), (session, part)) if share > _NOTHING
    ]
    shares: dict[str, dict[str, float]] = {}
    for tastes, share in weighed:
        for name, weights in tastes.values.items():
            known = shares.setdefault(name, {})
            for value, found in _shares(weights, max(tastes.weight, 0.0) + settings.prior).items():
                known[value] = known.get(value, 0.0) + share * found
    said = _said(edits)
    return Affinity(
        shares={name: _less_hidden(found, said.get(name, {})) for name, found in shares.items() if found},
        said=said,
        text=_mixed([(share / (max(one.weight, 0.0) + settings.prior), one.text) for one, share in weighed]),
        look=_mixed([(share / (max(one.weight, 0.0) + settings.prior), one.look) for one, share in weighed]),
        level=_level(weighed, settings),
        price_most=edits.price_most,
        breadth=_breadth(shares.get("category", {})),
    )


def _shares(weights: Mapping[str, float], total: float) -> dict[str, float]:
    found: dict[str, float] = {}
    for value, weight in weights.items():
        key = value_key(value)
        found[key] = min(max(found.get(key, 0.0) + weight / total, -1.0), 1.0)
    return found


def _said(edits: TasteEdits) -> dict[str, dict[str, float]]:
    said = {
        name: {value_key(value): LIKED for value in edits.liked.get(name, ())}
        | {value_key(value): HIDDEN for value in edits.hidden.get(name, ())}
        for name in TASTE_FIELDS
    }
    return {name: found for name, found in said.items() if found}


def _less_hidden(shares: Mapping[str, float], said: Mapping[str, float]) -> dict[str, float]:
    """What was learned, without what the shopper has said they do not want."""
    return {key: share for key, share in shares.items() if said.get(key) != HIDDEN}


def _mixed(parts: list[tuple[float, Floats | None]]) -> Floats | None:
    known = [(weight, vector) for weight, vector in parts if vector is not None and weight]
    if not known:
        return None
    width = len(known[-1][1])
    mixed = sum(np.float32(weight) * vector for weight, vector in known if len(vector) == width)
    return np.asarray(mixed, np.float32)


def _level(weighed: list[tuple[Tastes, float]], settings: AffinitySettings) -> tuple[float, float] | None:
    """The mean and spread of price levels, after ``price_prior`` prices about the middle."""
    weight, total, squares = (sum(share * one.levels[place] for one, share in weighed) for place in range(3))
    if weight <= 0:
        return None
    prior = settings.price_prior
    weight, squares = weight + prior, squares + prior * settings.price_spread**2
    mean = total / weight
    return float(mean), float(np.sqrt(max(squares / weight - mean * mean, 0.01)))


def _breadth(shares: Mapping[str, float]) -> float:
    """How many kinds more than one were looked at, up to one, counted by Hill's number of order 2 (Hill, 1973)."""
    kinds = [share for path, share in shares.items() if share > 0 and kind_of(path) == path and _is_kind(path, shares)]
    total = sum(kinds)
    return min(total**2 / sum(share**2 for share in kinds) - 1, 1.0) if total > 0 else 0.0


def _is_kind(path: str, shares: Mapping[str, float]) -> bool:
    """Whether a path is of two levels, or of one that has none below it."""
    return "/" in path or not any(other.startswith(f"{path}/") for other in shares)
