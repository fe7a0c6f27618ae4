"""A profile as its shopper can read it: what they seem to like, how surely, and in which prices."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bowerbird.domain.taste_edits import TASTE_FIELDS
from bowerbird.profile.affinity import DEFAULT, AffinitySettings, affinity_of
from bowerbird.profile.facts import value_key
from bowerbird.profile.profile import Profile
from bowerbird.profile.tastes import Moments

MOST_TOLD = 12
"""So many values of a field are told."""
LEAST_TOLD = 0.05
LEAST_LOOKS = 1.0
"""A price band needs so much weight: a view counts 1."""
_WITHIN = 0.8


@dataclass(frozen=True, slots=True)
class Liked:
    """A value that a shopper seems to like; ``strength`` and, of the last minutes alone, ``session`` are 0..1."""

    value: str
    strength: float
    session: float = 0.0


@dataclass(frozen=True, slots=True)
class PriceBand:
    """The prices that a shopper looks at in a kind of thing, in the shop's currency; ``category`` empty for all."""

    low: float
    high: float
    category: str = ""
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class TasteSummary:
    """The values of each field that count most, the strongest first, and price bands, the surest first."""

    values: Mapping[str, tuple[Liked, ...]] = field(default_factory=dict)
    price: PriceBand | None = None
    prices: tuple[PriceBand, ...] = ()


def summary_of(profile: Profile, now: float, settings: AffinitySettings = DEFAULT) -> TasteSummary:
    """What a profile says at a moment, whether or not anything is arranged by it."""
    affinity = affinity_of(profile.long, profile.session, now, settings=settings)
    fresh = affinity_of(profile.session, profile.session, now, settings=settings)
    written = {
        name: {value_key(value): value for one in (profile.session, profile.long) for value in one.values.get(name, ())}
        for name in TASTE_FIELDS
    }
    values: dict[str, tuple[Liked, ...]] = {}
    for name, shares in affinity.shares.items():
        kept = _narrow(shares) if name == "category" else dict(shares)
        ordered = sorted((-share, key) for key, share in kept.items() if share >= LEAST_TOLD)[:MOST_TOLD]
        session = fresh.shares.get(name, {})
        values[name] = tuple(
            Liked(written[name][key], -share, max(session.get(key, 0.0), 0.0)) for share, key in ordered
        )
    long = profile.long.as_of(max(now, profile.long.at))
    bands = [band for kind, moments in long.prices.items() if (band := _band(moments, kind)) is not None]
    return TasteSummary(
        values={name: values[name] for name in TASTE_FIELDS if values.get(name)},
        price=_band(_summed(long.prices.values()), ""),
        prices=tuple(sorted((band for band in bands if band.category), key=lambda band: -band.weight)[:MOST_TOLD]),
    )


def _narrow(shares: Mapping[str, float]) -> dict[str, float]:
    """Paths without those that only say less exactly what one below them says."""
    return {
        path: share
        for path, share in shares.items()
        if not any(other.startswith(f"{path}/") and found >= _WITHIN * share for other, found in shares.items())
    }


def _band(moments: Moments, category: str) -> PriceBand | None:
    """One standard deviation about the mean of the logarithms."""
    weight, total, squares = moments
    if weight < LEAST_LOOKS:
        return None
    mean = total / weight
    variance = squares / weight - mean * mean
    if variance < -1e-6 * (1.0 + mean * mean):
        # What was taken back was not all counted before: the sums are of no prices.
        return None
    spread = math.sqrt(max(variance, 0.0))
    return PriceBand(round(math.exp(mean - spread), 2), round(math.exp(mean + spread), 2), category, weight)


def _summed(parts: Iterable[Moments]) -> Moments:
    weight, total, squares = 0.0, 0.0, 0.0
    for one in parts:
        weight, total, squares = weight + one[0], total + one[1], squares + one[2]
    return weight, total, squares
