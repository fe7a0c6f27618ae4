"""What a product costs and in which forms it can be bought: prices, variants, stock, dates."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from bowerbird.demo.brands import TIER_FACTOR
from bowerbird.demo.invent import Invented, Stream, chances
from bowerbird.demo.kinds.kind import Plain
from bowerbird.demo.kinds.palettes import MATERIAL_COST

TODAY: Final = date(2026, 9, 1)
"""The day the shop was made up; nothing in it is later."""
DAYS: Final = tuple((TODAY - timedelta(days=back)).isoformat() for back in range(731))
"""Two years of dates, the newest first."""
CURRENCY: Final = "USD"
_NO_STOCK, _NOT_YET, _LATER = 0.12, 0.015, 0.03


@dataclass(frozen=True, slots=True)
class OfferedVariant:
    """One form that can be bought: the position of its colour, its size, its price and how many there are."""

    id: str
    colour: int
    size: Plain | None
    price: float
    stock: int
    availability: str


@dataclass(frozen=True, slots=True)
class Offer:
    """Price, variants (none where there is just one form), stock and dates of a product."""

    price: float
    availability: str
    stock: int
    variants: tuple[OfferedVariant, ...]
    updated_at: str
    days_sold: int
    """For how many days before ``TODAY`` it has been sold."""


def make_offer(product: Invented) -> Offer:
    """The offer of a product."""
    rng = chances(product.seed, product.number, Stream.OFFER)
    kind, brand = product.kind, product.brand
    price = kind.price.median * TIER_FACTOR[brand.tier] * MATERIAL_COST.get(product.material, 1.0)
    price *= 0.72 if product.audience == "kids" and kind.department in ("Clothing", "Shoes", "Sports") else 1.0
    for row in product.facts:
        price *= row.factor
    price *= math.exp(rng.gauss(0.0, kind.price.spread * 0.7))
    ending = rng.random()
    days_sold = 20 + int(rng.random() * (len(DAYS) - 20))
    updated = DAYS[int(rng.random() ** 1.5 * days_sold)]
    stamp = f"{updated}T{6 + int(rng.random() * 14):02d}:{int(rng.random() * 60):02d}:00Z"
    variants = _variants(product, price, ending, rng)
    if variants:
        states = {variant.availability for variant in variants}
        state = next(word for word in ("in_stock", "preorder", "backorder", "out_of_stock") if word in states)
        stock = sum(variant.stock for variant in variants)
        return Offer(min(variant.price for variant in variants), state, stock, variants, stamp, days_sold)
    stock, standing = _draw_stock(rng)
    return Offer(charm(price, brand.tier, ending), standing, stock, (), stamp, days_sold)


def charm(price: float, tier: int, ending: float) -> float:
    """A price as shops write them: 19.99, 34.95, 129; ``ending`` is a chance that picks the way."""
    if price < 10:
        return max(0.99, round(price) - (0.01 if ending < 0.5 else 0.51 if ending < 0.7 else 0.05))
    if price < 100:
        if tier >= 2 and ending < 0.6:
            return float(round(price))
        less = 0.01 if ending < 0.55 else 0.05 if ending < 0.75 else 0.1 if ending < 0.9 else 0.5
        return round(round(price) - less, 2)
    if tier >= 2 or ending < 0.5:
        step = 5 if price < 400 else 10
        return float(round(price / step) * step - (1 if tier < 2 else 0))
    return round(round(price) - 0.01, 2)


def _variants(product: Invented, price: float, ending: float, rng: Random) -> tuple[OfferedVariant, ...]:
    kind, colours = product.kind, product.colours
    sizes = kind.sizes.draw(product.audience, rng) if kind.sizes else ()
    if len(colours) == 1 and len(sizes) == 0:
        return ()
    tier, made = product.brand.tier, []
    by_size = [(f"-{text.lower()}", value, charm(price * factor, tier, ending)) for text, value, factor in sizes]
    by_size = by_size or [("", "", charm(price, tier, ending))]
    for at, colour in enumerate(colours):
        stem = f"{product.id}-{colour}" if kind.names_colour else product.id
        for suffix, value, cost in by_size:
            stock, state = _draw_stock(rng)
            made.append(OfferedVariant(stem + suffix, at, value or None, cost, stock, state))
    return tuple(made)


def _draw_stock(rng: Random) -> tuple[int, str]:
    chance = rng.random()
    if chance < _NO_STOCK:
        state = "backorder" if chance < _LATER else "preorder" if chance < _LATER + _NOT_YET else "out_of_stock"
        return 0, state
    return 1 + int(rng.expovariate(1 / 24)), "in_stock"
