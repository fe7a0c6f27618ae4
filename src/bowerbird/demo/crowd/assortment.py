"""The invented shop as its shoppers see it: every product as numbers that tastes multiply.

What is here comes from the truth file and from the seed, never from the engine. Besides what a product's texts tell,
each has a style that no field names and an appeal of its own, some are in fashion lately, and some came to the shop
lately: what only the behaviour of shoppers can teach.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np
import orjson
from numpy.typing import NDArray

from bowerbird.demo.catalogue import PRODUCTS
from bowerbird.demo.kinds import KINDS
from bowerbird.demo.shop_world import praised
from bowerbird.demo.truth import Truth, read_truth

Floats: TypeAlias = NDArray[np.float64]

STYLES: Final = ("style 1", "style 2", "style 3", "style 4")
APPEAL: Final = "appeal"
DEAR, DEAR_SQUARED, PRAISE = "dear", "dear squared", "praise"
"""The logarithm of the price among its kind, its square, and what reviews truly say; in standard deviations."""
FASHION_DAYS: Final = 12.0
"""For how long what is in fashion has been on the rise."""
_SALT: Final = 21
_IN_FASHION, _NEWCOMERS, _NEWCOMER_DAYS = 0.03, 0.04, 14.0
_APPEAL = 0.6


@dataclass(frozen=True, slots=True)
class Form:
    """One variant that can be bought: its colour and size are empty where the product has just one."""

    id: str
    colour: str
    size: str
    price: float
    in_stock: bool


@dataclass(frozen=True, slots=True, eq=False)
class Assortment:
    """Products by place.

    ``features`` (products, len(names)) are multiplied with tastes by name: "kind mug", "brand Halden", "colour red" (a
    share of each of its colours), "pattern striped", "audience women", DEAR, DEAR_SQUARED, PRAISE, STYLES, APPEAL.
    ``lift`` (products,) is what fashion adds to a product's log-odds at the end, 0 for most; ``came`` (products,) how
    many days before the end it came to the shop, infinite for those that were always there.
    """

    ids: tuple[str, ...]
    kinds: tuple[str, ...]
    colours: tuple[tuple[str, ...], ...]
    prices: tuple[float, ...]
    in_stock: tuple[bool, ...]
    forms: tuple[tuple[Form, ...], ...]
    names: tuple[str, ...]
    features: Floats
    lift: Floats
    came: Floats

    def __len__(self) -> int:
        return len(self.ids)

    def column(self, name: str) -> Floats:
        """One feature, (products,)."""
        column: Floats = self.features[:, self.names.index(name)]
        return column

    def of_kind(self, kind: str) -> NDArray[np.bool_]:
        """Which products are of a kind, (products,)."""
        return np.array([own == kind for own in self.kinds])

    def of_colour(self, colour: str) -> NDArray[np.bool_]:
        """Which products come in a colour, (products,)."""
        return np.array([colour in own for own in self.colours])

    @staticmethod
    def rising(days: float) -> float:
        """How far fashion has come so many days before the end: 0 while there is none, 1 at the end."""
        return max(0.0, 1 - days / FASHION_DAYS)

    def fashion(self, days: float) -> Floats:
        """What fashion adds so many days before the end, in log-odds, (products,)."""
        return self.lift * self.rising(days)


def read_assortment(catalogue: Path, seed: int) -> Assortment:
    """The assortment of a made catalogue. Raises NotFoundError."""
    truths = list(read_truth(catalogue))
    with (catalogue / PRODUCTS).open("rb") as lines:
        return make_assortment(truths, (orjson.loads(line) for line in lines), seed)


def make_assortment(truths: Sequence[Truth], records: Iterable[Mapping[str, Any]], seed: int) -> Assortment:
    """The assortment of products and their records, in the same order; a product's numbers need no others of its kind.

    Only DEAR and PRAISE are relative to the shop.
    """
    random = [np.random.default_rng([seed, _SALT, number]) for number in range(len(truths))]
    own = np.array([one.normal(size=1 + len(STYLES)) for one in random])
    chances = np.array([one.random(3) for one in random])
    dear = _by_kind(truths)
    praise = _standard(np.array([praised(truth) for truth in truths]))
    named, columns = _named(truths)
    names = (*named, DEAR, DEAR_SQUARED, PRAISE, *STYLES, APPEAL)
    features = np.column_stack([columns, dear, dear**2, praise, own[:, 1:], _APPEAL * own[:, 0]])
    newest = np.arange(len(truths)) >= (1 - _NEWCOMERS) * len(truths)
    return Assortment(
        ids=tuple(truth.id for truth in truths),
        kinds=tuple(truth.kind for truth in truths),
        colours=tuple(truth.colours for truth in truths),
        prices=tuple(truth.price for truth in truths),
        in_stock=tuple(truth.stock > 0 for truth in truths),
        forms=tuple(_forms(truth, record) for truth, record in zip_longest(truths, records, fillvalue=None) if truth),
        names=names,
        features=features,
        lift=np.where((chances[:, 0] < _IN_FASHION) & ~newest, 0.6 + 0.9 * chances[:, 1], 0.0),
        came=np.where(newest, 2 + (_NEWCOMER_DAYS - 2) * chances[:, 2], np.inf),
    )


def _named(truths: Sequence[Truth]) -> tuple[tuple[str, ...], Floats]:
    """The features that are shares of words, and their names."""
    places: dict[str, int] = {}
    cells = []
    for row, truth in enumerate(truths):
        words = {f"kind {truth.kind}": 1.0, f"brand {truth.brand}": 1.0, f"pattern {truth.pattern}": 1.0}
        words[f"audience {truth.audience}"] = 1.0
        if KINDS[truth.kind].names_colour:
            words |= {f"colour {colour}": 1 / len(truth.colours) for colour in truth.colours}
        cells += [(row, places.setdefault(word, len(places)), share) for word, share in words.items()]
    columns = np.zeros((len(truths), len(places)))
    rows, at, shares = zip(*cells, strict=True)
    columns[list(rows), list(at)] = shares
    return tuple(places), columns


def _by_kind(truths: Sequence[Truth]) -> Floats:
    """How dear each product is among its kind, in standard deviations of the logarithm of the price."""
    kinds = np.array([truth.kind for truth in truths])
    prices = np.log([max(truth.price, 0.01) for truth in truths])
    for kind in np.unique(kinds):
        prices[kinds == kind] = _standard(prices[kinds == kind])
    return np.clip(prices, -2.5, 2.5)


def _standard(values: Floats) -> Floats:
    spread = float(values.std()) if len(values) > 1 else 0.0
    standard: Floats = (values - values.mean()) / (spread or 1.0)
    return standard


def _forms(truth: Truth, record: Mapping[str, Any] | None) -> tuple[Form, ...]:
    made = []
    for variant in (record or {}).get("variants", ()):
        attributes = variant["attributes"]
        size = attributes.get("size", "")
        made.append(
            Form(
                variant["id"],
                attributes.get("color", ""),
                size if isinstance(size, str) else "",
                variant["price"],
                variant["availability"] == "in_stock",
            )
        )
    return tuple(made)
