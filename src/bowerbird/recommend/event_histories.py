"""The histories of an event log: who came by which products, in the order of time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile

import numpy as np

from bowerbird.domain.event import Logged, Who
from bowerbird.events.log import EventLog
from bowerbird.recommend.histories import Histories
from bowerbird.recommend.interactions import NAMES, WEIGHTS

LONGEST = 200
"""So many products of a shopper are kept, the latest: who comes by more is mostly no shopper."""


@dataclass(frozen=True, eq=False)
class LoggedHistories:
    """Histories, and the events that they were read from: the number of the last, and how many."""

    histories: Histories
    until: int
    events: int


def read_histories(
    log: EventLog, *, until: int | None = None, products: Collection[str] | None = None, longest: int = LONGEST
) -> LoggedHistories:
    """The histories that a log tells, up to event ``until``, of all products or only of some.

    The sessions of a user are one history with the user's. Events that follow each other with the same product, such as
    a view, a cart and a purchase, are one entry that weighs as the strongest. Shoppers are named by their keys,
    ``u:<user>`` or ``s:<session>``, in their order; events without a name are nobody's history. Raises StorageError.
    """
    last = log.last_seq() if until is None else until
    known = None if products is None else frozenset(products)
    by_shopper: dict[str, list[tuple[float, int, str, float]]] = {}
    count = 0
    for logged in _until(log, last):
        count += 1
        weight = WEIGHTS[logged.event.name]
        for item in logged.event.items:
            if known is None or item.product in known:
                told = (logged.event.at, logged.seq, item.product, weight)
                by_shopper.setdefault(shopper_of(logged.event.who), []).append(told)
    by_shopper.pop("", None)
    for session, user in log.merged_sessions().items():
        if session in by_shopper:
            by_shopper.setdefault(user, []).extend(by_shopper.pop(session))
    return LoggedHistories(_arrays(by_shopper, longest), last, count)


def histories_of(log: EventLog, shoppers: Iterable[Who], longest: int = LONGEST) -> Histories:
    """The whole histories of some shoppers, as ``read_histories`` reads them. Raises StorageError."""
    by_shopper: dict[str, list[tuple[float, int, str, float]]] = {}
    for who in shoppers:
        events = [one for one in log.of_shopper(who) if one.event.name in WEIGHTS]
        by_shopper[shopper_of(who)] = [
            (one.event.at, one.seq, item.product, WEIGHTS[one.event.name]) for one in events for item in one.event.items
        ]
    return _arrays(by_shopper, longest)


def _until(log: EventLog, last: int) -> Iterator[Logged]:
    return takewhile(lambda logged: logged.seq <= last, (one for batch in log.iterate(NAMES) for one in batch))


def shopper_of(who: Who) -> str:
    """The key of who an event names, empty for nobody; a session may be a user's by now."""
    return f"u:{who.user}" if who.user else f"s:{who.session}" if who.session else ""


def _arrays(by_shopper: dict[str, list[tuple[float, int, str, float]]], longest: int) -> Histories:
    names = sorted(by_shopper)
    found = [_collapse(by_shopper[name])[-longest:] for name in names]
    products = sorted({product for entries in found for _, product, _ in entries})
    places = {product: place for place, product in enumerate(products)}
    flat = [entry for entries in found for entry in entries]
    return Histories(
        products=tuple(products),
        starts=np.cumsum([0, *(len(entries) for entries in found)]).astype(np.int64),
        items=np.array([places[product] for _, product, _ in flat], np.int32),
        weights=np.array([weight for _, _, weight in flat], np.float32),
        at=np.array([at for at, _, _ in flat], np.float64),
        shoppers=tuple(names),
    )


def _collapse(told: list[tuple[float, int, str, float]]) -> list[tuple[float, str, float]]:
    """(time, product, weight) in order, with what follows itself taken together."""
    found: list[tuple[float, str, float]] = []
    for at, _, product, weight in sorted(told, key=lambda one: one[:2]):
        if found and found[-1][1] == product:
            found[-1] = (at, product, max(found[-1][2], weight))
        else:
            found.append((at, product, weight))
    return found
