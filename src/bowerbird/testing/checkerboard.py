"""A world whose next products are known: a checkerboard, whose shoppers keep to the squares of their own colour."""

from __future__ import annotations

import numpy as np

from bowerbird.domain.event import Event, EventItem, EventName, Who
from bowerbird.recommend.histories import Histories

PRODUCTS = tuple(f"p{number}" for number in range(10))
_BEGIN = 1_780_000_000.0


def checkerboard(shoppers: int = 40, seed: int = 0) -> Histories:
    """Shopper s came by four of the five products whose number is as even or odd as s, in any order."""
    rng = np.random.default_rng(seed)
    walks = [rng.permutation(np.arange(shopper % 2, len(PRODUCTS), 2))[:4] for shopper in range(shoppers)]
    return Histories.from_sequences([walk.tolist() for walk in walks], PRODUCTS)


def checkerboard_events(shoppers: int = 200, seed: int = 0) -> list[Event]:
    """The same as views a minute apart: half of the shoppers have accounts, the others are sessions."""
    histories = checkerboard(shoppers, seed)
    return [
        Event(
            f"{shopper}-{place}",
            EventName.VIEW_ITEM,
            _BEGIN + 60.0 * place,
            Who(user=f"ann{shopper}") if shopper % 4 < 2 else Who(session=f"visit{shopper}"),
            (EventItem(PRODUCTS[item]),),
        )
        for shopper in range(shoppers)
        for place, item in enumerate(histories.of(shopper).tolist())
    ]
