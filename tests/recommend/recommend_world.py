"""Events of a few shoppers, and the columns that live counts take."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from bowerbird.domain.event import Event, EventItem, EventName, Logged, Who
from bowerbird.recommend.interactions import Interactions, product_key, shopper_key

NOW = 1_700_000_000.0
DAY = 86_400.0


def logged(events: Iterable[Event], first: int = 1) -> list[Logged]:
    return [Logged(seq, event) for seq, event in enumerate(events, first)]


def event(
    name: EventName, products: str | Sequence[str], user: str = "", at: float = NOW, session: str = "", **more: object
) -> Event:
    names = products.split() if isinstance(products, str) else products
    ident = more.pop("id", None) or f"{name}-{user}-{session}-{at}-{'-'.join(names)}"
    return Event(str(ident), name, at, Who(user, session), tuple(EventItem(one) for one in names), **more)


def view(products: str, user: str = "", at: float = NOW, session: str = "") -> list[Event]:
    """One view after the other, a minute apart."""
    return [event(EventName.VIEW_ITEM, one, user, at + 60 * i, session) for i, one in enumerate(products.split())]


def buy(products: str, user: str = "", at: float = NOW, session: str = "") -> list[Event]:
    return [event(EventName.PURCHASE, products, user, at, session)]


def columns(*rows: tuple[str, str, float]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Shopper, product and time as keys."""
    return (
        np.array([shopper_key(shopper) for shopper, _, _ in rows], np.uint64),
        np.array([product_key(product) for _, product, _ in rows], np.uint64),
        np.array([at for _, _, at in rows], np.float64),
    )


def interactions(events: Iterable[Event]) -> Interactions:
    return Interactions.read(logged(events))
