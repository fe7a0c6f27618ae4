"""From a request to what its sources are given: the product it is about, and what may come out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bowerbird.domain.filters import Filter
from bowerbird.domain.ports import IndexView
from bowerbird.domain.recommendation import RecommendRequest, Surface
from bowerbird.rank.faults import Faults
from bowerbird.rank.rules import RuleBook
from bowerbird.recommend.asked import Asked
from bowerbird.recommend.exclusions import allowed_mask, condition_of, hidden_by_rules, leave_out, said_by
from bowerbird.recommend.flow import pool_for
from bowerbird.recommend.interactions import Keys, keys_of, product_key
from bowerbird.recommend.shopper import Shopper

if TYPE_CHECKING:
    from bowerbird.domain.ports import Mask

_ABOUT_A_PRODUCT = (Surface.SIMILAR, Surface.BOUGHT_TOGETHER, Surface.VIEWED_TOGETHER)
_OWN = (Surface.RECENTLY_VIEWED, Surface.BUY_AGAIN)


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """The merchant's rules in force, and what went wrong with them."""

    book: RuleBook
    faults: Faults


def ask(
    view: IndexView, request: RecommendRequest, shopper: Shopper, rules: Rules, random: np.random.Generator
) -> tuple[Asked, Filter | None]:
    """What is asked, and the condition that each product's shown variant meets. Raises InputError for the filter."""
    condition = condition_of(request.filters, view, rules.book, rules.faults)
    allowed = open_to(view, request, shopper, rules, condition)
    cart = keys_of(request.cart)
    anchor = anchor_of(view, request, shopper)
    _take_out(allowed, view, request, shopper, cart, anchor)
    return Asked(request, shopper, allowed, anchor, cart, pool_for(request.limit), random), condition


def open_to(
    view: IndexView, request: RecommendRequest, shopper: Shopper, rules: Rules, condition: Filter | None
) -> Mask:
    """(documents,) bool, a fresh one: what meets the condition, and neither merchant nor shopper hid."""
    hidden = hidden_by_rules(view, request.filters, rules.book, rules.faults)
    said = [] if request.surface in _OWN else said_by(shopper, view)
    return allowed_mask(view, [condition, *said], hidden)


def anchor_of(view: IndexView, request: RecommendRequest, shopper: Shopper) -> int:
    """The key of the product that a list is about, 0 for none: the one given, or the last viewed still there."""
    if request.surface in _ABOUT_A_PRODUCT:
        return product_key(request.product) if request.product else 0
    if request.surface is not Surface.BECAUSE_YOU_VIEWED or not shopper.profile.personal:
        return 0
    if request.product:
        return product_key(request.product)
    viewed = np.array([key for key, _ in shopper.viewed], np.uint64)
    there = np.flatnonzero(view.documents_of(viewed) >= 0)
    return int(viewed[there[0]]) if len(there) else 0


def _take_out(
    allowed: Mask, view: IndexView, request: RecommendRequest, shopper: Shopper, cart: Keys, anchor: int
) -> None:
    """Take out what the shopper has or sees already: the cart, the product itself, and what they bought."""
    given = [product_key(request.product)] if request.product else []
    leave_out(allowed, view, np.array([*cart.tolist(), *given, *([anchor] if anchor else [])], np.uint64))
    if request.surface not in _OWN:
        leave_out(allowed, view, shopper.bought)
    if request.surface is Surface.FOR_YOU:
        seen = allowed.copy()
        leave_out(seen, view, shopper.recent)
        # What they know has its own lists; where there is hardly anything else, it is better than nothing.
        if np.count_nonzero(seen) >= request.limit:
            allowed &= seen
