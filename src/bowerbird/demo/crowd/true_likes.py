"""What products are truly worth to the shoppers of a crowd, in closed form: what lists of them are judged by.

A shopper clicks on a product that they look at with the chance of its *attraction*, whose log-odds are a base, the
shopper's tastes times the product's features, what fashion adds, and a whim. Where something was asked for, whether it
is that takes the place of whether its kind is liked. What lasts and is bought already attracts hardly anyone again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from bowerbird.demo.crowd.assortment import Assortment, Floats
from bowerbird.demo.crowd.personas import CADENCE
from bowerbird.demo.crowd.tastes import Shopper
from bowerbird.demo.shop_world import AskedFor
from bowerbird.demo.shoppers import Behaviour, chance
from bowerbird.domain.errors import InputError

Places: TypeAlias = NDArray[np.int64]
_Half: TypeAlias = tuple[list[str], Floats]

BASE: Final = -2.6
ASKED, NOT_ASKED, ASKED_COLOUR, OWNED = 2.0, -1.6, 1.2, -4.0
CROWD_BEHAVIOUR: Final = Behaviour(eta=0.8, depth=12, conversion=0.45)
"""How far down they look, and how often what attracts them goes into the cart."""
_WHIM: Final = 0.3
_SALT: Final = 22


@dataclass(frozen=True, eq=False)
class TrueLikes:
    """The truth about a crowd in an assortment; ``seed`` settles the whims."""

    assortment: Assortment
    shoppers: Sequence[Shopper]
    seed: int
    behaviour: Behaviour = field(default_factory=lambda: CROWD_BEHAVIOUR)

    @cached_property
    def place_of(self) -> dict[str, int]:
        """The place of each product by its id."""
        return {name: place for place, name in enumerate(self.assortment.ids)}

    @cached_property
    def _halves(self) -> tuple[_Half, _Half]:
        """The features that are kinds, and all others."""
        names, features = np.array(self.assortment.names), self.assortment.features
        of_kind = np.array([name.startswith("kind ") for name in self.assortment.names])
        return (names[of_kind].tolist(), features[:, of_kind]), (names[~of_kind].tolist(), features[:, ~of_kind])

    @cached_property
    def _durable(self) -> NDArray[np.bool_]:
        return np.array([kind not in CADENCE for kind in self.assortment.kinds])

    def parts(self, row: int) -> tuple[Floats, Floats]:
        """What shopper ``row`` thinks of every product's kind, and of all else of it, in log-odds, (products,) each."""
        shopper = self.shoppers[row]
        random = np.random.default_rng([self.seed, _SALT, shopper.number])
        whims = random.normal(0.0, _WHIM, len(self.assortment))
        kind, rest = (
            features @ np.array([shopper.likes.get(name, 0.0) for name in names]) for names, features in self._halves
        )
        return kind, BASE + whims + rest

    def attraction(
        self, row: int, asked: AskedFor | None = None, days: float = 0.0, owned: Iterable[str] = ()
    ) -> Floats:
        """The chance of each product to attract shopper ``row`` so many days before the end, (products,)."""
        kind, rest = self.parts(row)
        odds = rest + (kind if asked is None else self.answers(asked)) + self.assortment.fashion(days)
        had = self.places([product for product in owned if product in self.place_of])
        odds[had] += np.where(self._durable[had], OWNED, 0.0)
        return chance(odds)

    def answers(self, asked: AskedFor) -> Floats:
        """How far each product is what was asked for, in log-odds, (products,)."""
        shop = self.assortment
        same = shop.of_kind(asked.kind)
        colour = shop.of_colour(asked.colour)
        return np.where(same, ASKED, NOT_ASKED) + np.where(same & colour, ASKED_COLOUR, 0.0)

    def value(self, attraction: Floats, products: Sequence[str]) -> float:
        """The true utility of a list: the attractive products that are looked at, on average.

        Raises InputError for a product that the shop does not have.
        """
        shown = attraction[self.places(products)[: self.behaviour.depth]]
        return float(shown @ self.behaviour.examination[: len(shown)])

    def best(self, attraction: Floats, length: int) -> list[str]:
        """The products of the highest true utility among those that can be bought."""
        order = np.argsort(-np.where(self.assortment.in_stock, attraction, -1.0), kind="stable")
        return [self.assortment.ids[place] for place in order[:length].tolist()]

    def places(self, products: Iterable[str]) -> Places:
        """Where products stand in the assortment. Raises InputError for a stranger."""
        try:
            return np.array([self.place_of[product] for product in products], np.int64)
        except KeyError as unknown:
            raise InputError("a product without its truth", field="id", found=unknown.args[0]) from None
