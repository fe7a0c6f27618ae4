"""Visitors of the tiny shop whose likes are obvious: a few who cook, a few who run, and what each of them did.

Whoever cooks looks at the kitchen and the groceries and buys tea with the teapot; whoever runs looks at what Kestrel
makes and buys the shorts with the shoes. Nobody looks at the other's things.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Final

from bowerbird.domain.event import Event, EventItem, EventName, Who

COOKS: Final = (
    "teapot-porcelain", "tea-longjing", "mug-stoneware", "pan-iron", "knife-chef", "kettle-electric", "honey-wild",
    "coffee-beans",
)  # fmt: skip
RUNS: Final = (
    "runner-swift", "shorts-run", "cap-baseball", "hoodie-fleece", "polo-pique", "backpack-trail", "watch-smart",
)  # fmt: skip
BOUGHT_TOGETHER: Final = {"cook": ("teapot-porcelain", "tea-longjing"), "runner": ("runner-swift", "shorts-run")}
_DAY: Final = 86_400.0
_SHOWN: Final = 5


def tiny_visits(end: float, visitors: int = 10, visits: int = 3, seed: int = 1) -> list[Event]:
    """What ``cook-1``, ``runner-1``, ``cook-2``... did in one visit a day before ``end``, in the order of time."""
    told = (
        event
        for number in range(visitors)
        for visit in range(visits)
        for event in _visit(number, visit, end - _DAY * (visits - visit), Random(f"{seed} {number} {visit}"))
    )
    return sorted(told, key=lambda event: event.at)


def _visit(number: int, visit: int, at: float, rng: Random) -> Iterator[Event]:
    """A list is shown, two products of it are opened, and what goes together is bought."""
    sort = "runner" if number % 2 else "cook"
    visitor = f"{sort}-{number // 2 + 1}"
    who = Who(visitor, f"{visitor}-visit-{visit + 1}")
    query_id = f"q-{visitor}-{visit}"
    count = 0

    def told(name: EventName, items: tuple[EventItem, ...], query_id: str = "", transaction: str = "") -> Event:
        nonlocal count
        count += 1
        surface = "for-you" if query_id else ""
        moment = at + 60.0 * number + 5.0 * count
        return Event(f"{visitor}-{visit}-{count}", name, moment, who, items, query_id, surface, transaction=transaction)

    shown = rng.sample(RUNS if sort == "runner" else COOKS, k=_SHOWN)
    items = tuple(EventItem(product, position) for position, product in enumerate(shown, start=1))
    yield told(EventName.VIEW_ITEM_LIST, items, query_id)
    for item in items[:2]:
        yield told(EventName.SELECT_ITEM, (item,), query_id)
        yield told(EventName.VIEW_ITEM, (EventItem(item.product),))
    if visit == 0:
        bought = tuple(EventItem(product, price=10.0) for product in BOUGHT_TOGETHER[sort])
        for item in bought:
            yield told(EventName.VIEW_ITEM, (item,))
            yield told(EventName.ADD_TO_CART, (item,))
        yield told(EventName.PURCHASE, bought, transaction=f"t-{visitor}")
