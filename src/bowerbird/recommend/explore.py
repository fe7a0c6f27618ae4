"""Showing what is new, to learn whether it is liked: a product at most in so many places, never the first.

Each candidate's chance of a click has a Beta belief from how often it was shown and clicked; a draw from each says
which is tried (Thompson sampling; Chapelle and Li, NIPS 2011).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class ExploreSettings:
    """How much of a list is given to what is new."""

    one_in: int = 12
    """At most one place in so many; a shorter list has none to give."""
    from_place: int = 4
    """No place before this one, from 1, is given."""
    enough: float = 60.0
    """What was shown so often, in looks at a first place, is known well enough."""
    clicks: float = 1.0
    """The prior belief: so many clicks ..."""
    looks: float = 20.0
    """... in so many looks."""


DEFAULT_EXPLORE = ExploreSettings()
_DRAWS = 128


def places_to_give(length: int, random: np.random.Generator, settings: ExploreSettings = DEFAULT_EXPLORE) -> list[int]:
    """The places of a list, from 0, that are given to new products."""
    count, first = length // settings.one_in, settings.from_place - 1
    if count <= 0 or length - first < count:
        return []
    return sorted(int(place) for place in random.choice(np.arange(first, length), count, replace=False))


def choose_new(
    exposure: NDArray[np.float64], count: int, random: np.random.Generator, settings: ExploreSettings = DEFAULT_EXPLORE
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Places of at most ``count`` candidates to try, and the chance each had; ``exposure`` (n, 2) is looks and clicks.

    Those that were shown often enough are left out.
    """
    unknown = np.flatnonzero(exposure[:, 0] < settings.enough)
    if not len(unknown) or count <= 0:
        return unknown[:0], np.empty(0)
    looks, clicks = exposure[unknown, 0], np.minimum(exposure[unknown, 1], exposure[unknown, 0])
    draws = random.beta(settings.clicks + clicks, settings.looks + looks - clicks, (_DRAWS, len(unknown)))
    orders = np.argsort(-draws, axis=1)[:, :count]
    chosen = orders[0]
    chances = np.array([(orders == place).any(axis=1).mean() for place in chosen.tolist()])
    return unknown[chosen], chances
