"""Which surfaces a page may show, in their order by rule, and what of the shopper the bandit orders them by."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from bowerbird.domain.recommendation import PageKind, RecommendRequest, Surface
from bowerbird.recommend.bandit import Context
from bowerbird.recommend.shopper import Shopper

PAGES: Final[Mapping[PageKind, tuple[Surface, ...]]] = {
    PageKind.HOME: (
        Surface.FOR_YOU,
        Surface.BECAUSE_YOU_VIEWED,
        Surface.BUY_AGAIN,
        Surface.TRENDING,
        Surface.NEW,
        Surface.RECENTLY_VIEWED,
    ),
    PageKind.PRODUCT: (
        Surface.SIMILAR,
        Surface.BOUGHT_TOGETHER,
        Surface.VIEWED_TOGETHER,
        Surface.RECENTLY_VIEWED,
    ),
    PageKind.CART: (
        Surface.COMPLETE_THE_CART,
        Surface.BUY_AGAIN,
        Surface.FOR_YOU,
        Surface.RECENTLY_VIEWED,
    ),
}
OWN: Final = (Surface.BUY_AGAIN, Surface.RECENTLY_VIEWED)
"""What is the shopper's own may stand on a page twice: it is looked for where it always is."""
_DAY = 86_400.0
_EVENING = 18


def surfaces_for(kind: PageKind, shopper: Shopper) -> tuple[Surface, ...]:
    """The surfaces of a page that have something to show to a shopper, in their order by rule."""
    missing: set[Surface] = set()
    if not len(shopper.bought):
        missing.add(Surface.BUY_AGAIN)
    if not shopper.viewed:
        missing |= {Surface.RECENTLY_VIEWED, Surface.BECAUSE_YOU_VIEWED}
    if not shopper.profile.personal:
        missing.add(Surface.BECAUSE_YOU_VIEWED)
    return tuple(surface for surface in PAGES[kind] if surface not in missing)


def context_of(request: RecommendRequest, shopper: Shopper) -> Context:
    """What a page is ordered by."""
    local = datetime.fromtimestamp(shopper.now)
    known = {
        Context.KNOWN: bool(shopper.acts),
        Context.DEEP: shopper.visit_length >= 3,
        Context.BOUGHT: bool(len(shopper.bought)),
        Context.CART: bool(request.cart),
        Context.RETURNING: shopper.since is not None and shopper.now - shopper.since > _DAY,
        Context.EVENING: local.hour >= _EVENING,
        Context.WEEKEND: local.weekday() >= 5,
    }
    context = Context.NOTHING
    for bit, holds in known.items():
        context |= bit if holds else Context.NOTHING
    return context
