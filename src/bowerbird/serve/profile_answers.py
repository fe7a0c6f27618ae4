"""From a shopper's tastes to the HTTP shape, as plain dicts for orjson."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bowerbird.serve.answers import number, photo_address, price_of

if TYPE_CHECKING:
    from bowerbird.engine.shopper_tastes import RecentProduct, ShopperTastes
    from bowerbird.profile.summary import PriceBand


def profile_body(found: ShopperTastes) -> dict[str, Any]:
    """What is known of a shopper, and what they said."""
    learned, said = found.learned, found.said
    return {
        "tastes": {
            name: [
                {"value": one.value, "strength": round(one.strength, 3), "session": round(one.session, 3)}
                for one in values
            ]
            for name, values in learned.values.items()
        },
        "price": None if learned.price is None else _band(learned.price, found.currency),
        "prices": [_band(one, found.currency) for one in learned.prices],
        "recent": [_recent(one) for one in found.recent],
        "edits": {
            "liked": {name: list(values) for name, values in said.liked.items()},
            "hidden": {name: list(values) for name, values in said.hidden.items()},
            "price_most": said.price_most,
            "forgotten": list(said.forgotten),
            "personal": said.personal,
        },
    }


def _band(band: PriceBand, currency: str | None) -> dict[str, Any]:
    return {"low": band.low, "high": band.high, "currency": currency, "category": band.category}


def _recent(one: RecentProduct) -> dict[str, Any]:
    price, currency = price_of(one.product, None)
    return {
        "id": one.product.id,
        "title": one.title,
        "image": photo_address(one.image),
        "price": number(price),
        "currency": currency,
        "event": one.last.name.value,
        "at": one.last.at,
    }
