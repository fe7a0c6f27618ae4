"""What the shoppers of the crowd are shown, by a simple model of a shop: no engine runs while they are invented.

A list is the products that fit it (of the kind and colour that was asked for, of a category, like another product),
those with more appeal and praise first, those in fashion raised, with some chance so that every product is seen at many
positions. Newcomers are shown from the day they came.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from random import Random
from typing import Final

import numpy as np

from bowerbird.demo.crowd.assortment import APPEAL, PRAISE, Assortment, Floats
from bowerbird.demo.kinds import KINDS
from bowerbird.demo.shop_world import AskedFor
from bowerbird.domain.recommendation import Surface

PAGE, ROW = 12, 8
"""How many products a page of results shows, and a row of a surface."""
_CANDIDATES: Final = 60
_CHANCE: Final = 1.5
_Ranked = tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A list as it is shown: places in the assortment, best first; ``query`` are the words of a search."""

    places: tuple[int, ...]
    surface: str
    asked: AskedFor | None = None
    query: str = ""


class Shelves:
    """The lists of a shop; ``days`` are always those before the end."""

    def __init__(self, assortment: Assortment) -> None:
        self.shop = assortment
        self._worth: Floats = assortment.column(APPEAL) + 0.3 * assortment.column(PRAISE)
        self._kinds = np.array(assortment.kinds)
        self._departments = np.array([KINDS[kind].department for kind in assortment.kinds])
        self._in_stock = np.array(assortment.in_stock)
        self._lift, self._came = assortment.lift.tolist(), assortment.came.tolist()
        self._newcomers = [(place, 0.0) for place, came in enumerate(self._came) if came < np.inf]
        self._fits = lru_cache(4_096)(self._rank_fitting)
        self._like = lru_cache(4_096)(self._rank_like)
        self._sides = assortment.features[:, [name.startswith(("colour", "pattern")) for name in assortment.names]]

    def search(self, asked: AskedFor, days: float, rng: Random) -> Shown:
        """A page of results."""
        return Shown(self._show(self._fits(asked.kind, asked.colour), days, PAGE, rng), "search", asked, asked.text)

    def category(self, asked: AskedFor, days: float, rng: Random) -> Shown:
        """A page of the category that the kind is in."""
        name = f"category:{KINDS[asked.kind].category}"
        return Shown(self._show(self._fits(asked.kind, ""), days, PAGE, rng), name, AskedFor("", asked.kind))

    def trending(self, days: float, rng: Random) -> Shown:
        """What the whole shop likes."""
        return Shown(self._show(self._fits("", ""), days, ROW, rng), Surface.TRENDING)

    def new(self, days: float, rng: Random) -> Shown:
        """What came lately; nothing before the first newcomers."""
        return Shown(self._show(self._newcomers, days, ROW, rng), Surface.NEW)

    def similar(self, place: int, asked: AskedFor | None, days: float, rng: Random) -> Shown:
        """What is like a product."""
        return Shown(self._show(self._like(place), days, ROW, rng), Surface.SIMILAR, asked)

    def complements(self, place: int, days: float, rng: Random) -> Shown | None:
        """What goes with a product, of one kind that is offered with its own; None where the shop has none."""
        kinds = [kind for kind in KINDS[self.shop.kinds[place]].goes_with if kind in self.shop.kinds]
        if not kinds:
            return None
        kind = rng.choice(kinds)
        places = self._show(self._fits(kind, ""), days, ROW, rng)
        return Shown(places, Surface.BOUGHT_TOGETHER, AskedFor("", kind))

    def _show(self, ranked: Iterable[tuple[int, float]], days: float, count: int, rng: Random) -> tuple[int, ...]:
        now = self.shop.rising(days)
        drawn = [
            (score + now * self._lift[place] + _CHANCE * rng.random(), place)
            for place, score in ranked
            if days <= self._came[place]
        ]
        return tuple(place for _, place in sorted(drawn, reverse=True)[:count])

    def _rank_fitting(self, kind: str, colour: str) -> _Ranked:
        scores = self._worth.copy()
        if kind:
            scores += 4.0 * (self._kinds == kind) + (self._departments == KINDS[kind].department)
        if colour:
            scores += 2.0 * self.shop.of_colour(colour)
        return self._best(scores)

    def _rank_like(self, place: int) -> _Ranked:
        scores = 0.3 * self._worth + 4.0 * (self._kinds == self._kinds[place])
        scores += self._sides @ self._sides[place]
        scores[place] = -np.inf
        return self._best(np.where(self._in_stock, scores, -np.inf))

    def _best(self, scores: Floats) -> _Ranked:
        order = np.argsort(-scores, kind="stable")[: min(_CANDIDATES, int(np.isfinite(scores).sum()))]
        return tuple((place, score) for place, score in zip(order.tolist(), scores[order].tolist(), strict=True))
