"""What the shop knows of one shopper, as a page shows it to them."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bowerbird.domain.event import Who
from bowerbird.domain.product import Product
from bowerbird.domain.taste_edits import TasteEdits
from bowerbird.engine.paging import photo_addresses
from bowerbird.engine.profiles import Profiles
from bowerbird.engine.stores import Stores
from bowerbird.present.languages import title_in
from bowerbird.present.variants import image_of
from bowerbird.profile.profile import Interaction, Profile
from bowerbird.profile.summary import TasteSummary, summary_of

MOST_RECENT = 24


@dataclass(frozen=True, slots=True)
class RecentProduct:
    """A product that a shopper did something with, and the last thing they did."""

    product: Product
    title: str
    image: str | None
    last: Interaction


@dataclass(frozen=True, slots=True)
class ShopperTastes:
    """What was learned of a shopper, what they say themselves, and what they looked at lately, the latest first."""

    learned: TasteSummary
    said: TasteEdits
    recent: tuple[RecentProduct, ...] = ()
    currency: str | None = None


class TastePanel:
    """Where shoppers read, put right and clear what is known of them. Safe from many threads."""

    def __init__(self, profiles: Profiles, stores: Stores) -> None:
        self._profiles, self._stores = profiles, stores

    def read(self, who: Who, lang: str = "") -> ShopperTastes:
        """What is known of a shopper now, with titles in a language where products have it. Raises StorageError."""
        profile = self._profiles.of(who)
        recent = _recent(profile, self._stores, lang)
        currency = next((one.product.currency for one in recent if one.product.currency), None)
        return ShopperTastes(summary_of(profile, time.time()), profile.edits, recent, currency)

    def edit(self, who: Who, said: Mapping[str, Any]) -> None:
        """Take in what a shopper says of their tastes, durable on return. Raises InputError, StorageError."""
        self._profiles.change(who, said)

    def clear(self, who: Who) -> None:
        """Forget the tastes that were learned of a shopper until now. Raises StorageError."""
        self._profiles.clear(who)


def _recent(profile: Profile, stores: Stores, lang: str) -> tuple[RecentProduct, ...]:
    latest: dict[str, Interaction] = {}
    for one in reversed(profile.history):
        latest.setdefault(one.product, one)
    found = stores.products.get_by_ids(list(latest)[:MOST_RECENT])
    shown = [(found[name].product, last) for name, last in latest.items() if name in found]
    images = [image_of(product, None) for product, _ in shown]
    addresses = photo_addresses(stores.photos, (ref for refs in images for ref in refs[:4]))
    return tuple(
        RecentProduct(product, title_in(product, lang), _first(refs, addresses), last)
        for (product, last), refs in zip(shown, images, strict=True)
    )


def _first(refs: tuple[str, ...], addresses: Mapping[str, str]) -> str | None:
    return next((addresses[ref] for ref in refs if ref in addresses), None)
