"""Which surfaces a page shows first, for a shopper like this one: learned from what is clicked where.

One Bayesian linear regression a surface, of the chance of a click on what is known of the shopper, and Thompson
sampling: each page draws coefficients and shows first what they like best (Li et al., "A Contextual-Bandit Approach to
Personalized News Article Recommendation", WWW 2010, for the model; Chapelle and Li, "An Empirical Evaluation of
Thompson Sampling", NIPS 2011). Lower places are looked at less: a click there is expected that much less.

What a page was ordered by is written in the ``query_id`` of each of its lists, which events bring back. So the event
log alone is enough to learn from, in any order, and again after a crash.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntFlag
from typing import Final
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.event import EventName, Logged
from bowerbird.domain.recommendation import Surface
from bowerbird.storage.recent import Recent

_SHOWN = EventName.VIEW_ITEM_LIST
_CLICKED = (EventName.SELECT_ITEM, EventName.ADD_TO_CART)
ARMS: Final = tuple(Surface)
_DRAWS = 128
_REMEMBERED = 100_000
_CODE = re.compile(r"[0-9a-f]{32}-([0-9a-f]{2})([0-9a-f])([0-9a-f])([0-9a-f]{2})")


class Context(IntFlag):
    """What a page is ordered by: what is known of the shopper, one bit each."""

    NOTHING = 0
    KNOWN = 1
    """They have a history."""
    DEEP = 2
    """They looked at three products or more in this visit."""
    BOUGHT = 4
    """They bought something before."""
    CART = 8
    """Something lies in the cart."""
    RETURNING = 16
    """Their history is older than a day."""
    EVENING = 32
    WEEKEND = 64


_DIM: Final = 1 + len(Context)


@dataclass(frozen=True, slots=True)
class BanditSettings:
    """How quickly the order of surfaces is learned."""

    noise: float = 0.3
    """The standard deviation of a click about its chance: at most one half."""
    prior: float = 20.0
    """Looks that the order by rule counts as."""
    first: float = 0.12
    """The chance of a click that the first surface by rule is taken to have; each one after it a little less."""
    step: float = 0.01


DEFAULT_BANDIT = BanditSettings()


@dataclass(frozen=True, slots=True)
class Shown:
    """What the ``query_id`` of a list tells: its surface, its place on the page from 1, and in what context.

    ``propensity`` is the chance (to 1/255) that the surface stood at that place. Place 0 was chosen by nobody.
    """

    surface: Surface
    place: int = 0
    context: Context = Context.NOTHING
    propensity: float = 1.0

    def query_id(self) -> str:
        """A new id that says this."""
        share = round(255 * self.propensity)
        return f"{uuid4().hex}-{int(self.context):02x}{ARMS.index(self.surface):x}{min(self.place, 15):x}{share:02x}"

    @classmethod
    def read(cls, query_id: str) -> Shown | None:
        """What an id says; None for one of something else."""
        found = _CODE.fullmatch(query_id)
        if found is None:
            return None
        context, arm, place, share = (int(part, 16) for part in found.groups())
        if arm >= len(ARMS) or context >= 1 << len(Context):
            return None
        return cls(ARMS[arm], place, Context(context), share / 255)


class SurfaceBandit:
    """What was learned of each surface; one writer, many readers."""

    def __init__(self, settings: BanditSettings = DEFAULT_BANDIT) -> None:
        self.settings = settings
        self._looks = np.zeros((len(ARMS), _DIM, _DIM))
        self._clicks = np.zeros((len(ARMS), _DIM))
        self._counted: Recent[tuple[str, bool], bool] = Recent(_REMEMBERED)

    def take(self, events: Iterable[Logged]) -> None:
        """Learn from lists that were shown and clicked."""
        for logged in events:
            event = logged.event
            clicked = event.name in _CLICKED
            if not event.query_id or not (clicked or event.name is _SHOWN):
                continue
            shown = Shown.read(event.query_id)
            if shown is None or not shown.place or self._counted.get((event.query_id, clicked)):
                continue
            self._counted.put((event.query_id, clicked), True)
            self.learn(shown, clicked)

    def learn(self, shown: Shown, clicked: bool) -> None:
        """A list was shown, or, after that, clicked."""
        arm, x = ARMS.index(shown.surface), _features(shown.context) * _looked_at(shown.place)
        if clicked:
            self._clicks[arm] += x
        else:
            self._looks[arm] += np.outer(x, x)

    def order(
        self, surfaces: Sequence[Surface], context: Context, random: np.random.Generator
    ) -> tuple[list[Surface], list[float]]:
        """Surfaces, given in their order by rule, in the order to show them, and the chance of each at its place."""
        if not surfaces:
            return [], []
        scores = self._draw(surfaces, context, random)
        orders = np.argsort(-scores, axis=1)
        order = orders[0]
        propensities = (orders == order).mean(axis=0)
        return [surfaces[place] for place in order.tolist()], propensities.tolist()

    def expected(self, surface: Surface, context: Context, rank: int = 0) -> float:
        """The chance of a click on a surface at the first place; ``rank`` is its place by rule, from 0."""
        mean, _ = self._posterior(surface, rank)
        return float(_features(context) @ mean)

    def to_arrays(self) -> dict[str, NDArray[np.generic]]:
        """Everything as arrays."""
        return {"looks": self._looks, "clicks": self._clicks}

    @classmethod
    def of_arrays(cls, arrays: dict[str, NDArray[np.generic]], settings: BanditSettings) -> SurfaceBandit:
        """What ``to_arrays`` took apart; what is of another shape is learned anew."""
        made = cls(settings)
        if arrays["looks"].shape == made._looks.shape and arrays["clicks"].shape == made._clicks.shape:
            made._looks, made._clicks = arrays["looks"].astype(np.float64), arrays["clicks"].astype(np.float64)
        return made

    def _draw(self, surfaces: Sequence[Surface], context: Context, random: np.random.Generator) -> NDArray[np.float64]:
        """(draws, surfaces) chances of a click under coefficients drawn from what is believed of them."""
        x = _features(context)
        scores = np.empty((_DRAWS, len(surfaces)))
        for rank, surface in enumerate(surfaces):
            mean, covariance = self._posterior(surface, rank)
            spread = self.settings.noise * np.sqrt(x @ covariance @ x)
            scores[:, rank] = x @ mean + spread * random.standard_normal(_DRAWS)
        return scores

    def _posterior(self, surface: Surface, rank: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        arm, settings = ARMS.index(surface), self.settings
        precision = self._looks[arm] + settings.prior * np.eye(_DIM)
        said = self._clicks[arm].copy()
        said[0] += settings.prior * max(settings.first - rank * settings.step, 0.0)
        covariance = np.linalg.inv(precision)
        return covariance @ said, covariance


def _features(context: Context) -> NDArray[np.float64]:
    """(1 + bits,) of 0 and 1, the first always 1."""
    bits = [1.0, *(float(bool(context & bit)) for bit in Context)]
    return np.array(bits)


def _looked_at(place: int) -> float:
    """How likely a list at a place of a page is looked at, against the first."""
    return float(max(place, 1) ** -0.5)
