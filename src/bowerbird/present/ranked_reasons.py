"""What the ranking tells a shopper of a product: few things, and only what the numbers carry."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from decimal import Decimal

from bowerbird.domain.explanation import Reason, ReasonKind
from bowerbird.domain.product import Availability, Product, Review
from bowerbird.domain.rules import RuleMove
from bowerbird.rank.standing import Standing
from bowerbird.storage.recent import Recent
from bowerbird.understand.aspects import praised_aspects

MOST = 3
LEAST_REVIEWS = 4
"""Fewer reviews are no praise yet."""
LEAST_OPINION = 0.2
"""Where reviews are not good by themselves, being better than others is no praise."""
LEAST_PRAISE = 0.12
"""How far above the shop's mean reviews must be, on -1..1: about one product in ten of those with reviews."""
LEAST_LEAD = math.log(1.5)
"""How much more often than the middle of what was found a product must be chosen."""
LOW_PRICE = 0.7
"""What costs at most this share of the middle price is told to cost less."""

_READ = 60
"""Reviews of one product that are read for what they praise."""
_SIZES = ("size", "尺码", "尺寸")
_read: Recent[int, tuple[str, ...]] = Recent(2_000)


def ranked_reasons(
    product: Product, variant: int | None, standing: Standing | None, moves: Sequence[RuleMove]
) -> tuple[Reason, ...]:
    """What the shop's rules did for a product, what of it the shopper likes, what buyers say and do, and its price.

    At most ``MOST`` of them.
    """
    found = list(_chosen(moves))
    if standing is not None:
        if standing.taste is not None:
            found.append(Reason(ReasonKind.TASTE, field=standing.taste[0], value=standing.taste[1]))
        found += _praised(product, standing)
        found += _wanted(standing)
        found += _cheap(product, variant, standing)
    return tuple(found[:MOST])


def in_stock(reasons: Sequence[Reason], product: Product, variant: int | None) -> list[Reason]:
    """The reasons with a size that was asked for told as one that can be had, where it can."""
    own = None if variant is None else product.variants[variant].availability
    if (own or product.availability) is not Availability.IN_STOCK:
        return list(reasons)
    return [_available(reason) if _is_size(reason) else reason for reason in reasons]


def _is_size(reason: Reason) -> bool:
    asked = reason.kind in (ReasonKind.FILTER, ReasonKind.PREFERENCE)
    return asked and reason.value is not None and (reason.field or "").casefold() in _SIZES


def _available(reason: Reason) -> Reason:
    return Reason(ReasonKind.AVAILABLE, field=reason.field, value=reason.value)


def _chosen(moves: Sequence[RuleMove]) -> Iterator[Reason]:
    """A pin, or a boost that raised the product: a boost that changed nothing is no reason."""
    if any(move.action == "pin" for move in moves):
        yield Reason(ReasonKind.CHOSEN, value="pin")
    elif any(move.action == "boost" and _rose(move) for move in moves):
        yield Reason(ReasonKind.CHOSEN, value="boost")


def _rose(move: RuleMove) -> bool:
    return move.before is not None and move.after is not None and move.after < move.before


def _praised(product: Product, standing: Standing) -> Iterator[Reason]:
    if standing.praise is None or standing.opinion is None or len(product.reviews) < LEAST_REVIEWS:
        return
    if standing.praise >= LEAST_PRAISE and standing.opinion >= LEAST_OPINION:
        yield Reason(ReasonKind.PRAISED, words=_aspects(product.reviews) or None, count=len(product.reviews))


def _aspects(reviews: Sequence[Review]) -> tuple[str, ...]:
    """What reviews praise, remembered: the same products are found again and again."""
    read = tuple(reviews[:_READ])
    key = hash(read)
    known = _read.get(key)
    if known is None:
        known = praised_aspects([f"{review.title}. {review.text}" for review in read])
        _read.put(key, known)
    return known


def _wanted(standing: Standing) -> Iterator[Reason]:
    """Chosen more often for this search, or else at all: one of the two is enough."""
    if standing.clicked is not None and standing.clicked >= LEAST_LEAD:
        yield Reason(ReasonKind.CLICKED)
    elif standing.popularity is not None and standing.popularity >= LEAST_LEAD:
        yield Reason(ReasonKind.POPULAR)


def _cheap(product: Product, variant: int | None, standing: Standing) -> Iterator[Reason]:
    """Told of the price that the hit shows, which need not be the one it was ranked by."""
    own = None if variant is None else product.variants[variant].price
    price: Decimal | None = own if own is not None else product.price
    if price is None or standing.middle_price is None or price <= 0:
        return
    share = float(price) / standing.middle_price
    if share <= LOW_PRICE:
        yield Reason(ReasonKind.PRICE, value=round(1 - share, 2))
