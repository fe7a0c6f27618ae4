"""The histories of an event log: who came by which products, in the order of time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.event import Logged, Who
from bowerbird.events.log import EventLog
from bowerbird.recommend.histories import Histories
from bowerbird.recommend.interactions import NAMES, WEIGHTS

LONGEST = 200
"""So many products of a shopper are kept, the latest: who comes by more is mostly no shopper."""


_Told: TypeAlias = "tuple[float, int, str, float]"
"""When, in which event, which product, and what it weighs."""


@dataclass(frozen=True, eq=False)
class LoggedHistories:
    """Histories, and the events that they were read from: the number of the last, and how many.

    ``seqs`` (n,) int64 is the number of the latest event behind each entry.
    """

    histories: Histories
    seqs: NDArray[np.int64]
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
    by_shopper: dict[str, list[_Told]] = {}
    count = 0
    for logged in _until(log, last):
        count += 1
        told = [one for one in _told_by(logged) if known is None or one[2] in known]
        if told:
            by_shopper.setdefault(shopper_of(logged.event.who), []).extend(told)
    by_shopper.pop("", None)
    for session, user in log.merged_sessions().items():
        if session in by_shopper:
            by_shopper.setdefault(user, []).extend(by_shopper.pop(session))
    return _arrays(by_shopper, last, count, longest)


def histories_of(log: EventLog, shoppers: Iterable[Who], longest: int = LONGEST) -> LoggedHistories:
    """The histories of some shoppers alone, each once, as ``read_histories`` has them. Raises StorageError."""
    keys = {log.merged(who): who for who in dict.fromkeys(shoppers) if who.known}
    by_shopper, last, count = dict[str, list[_Told]](), 0, 0
    for key, who in keys.items():
        events = log.of_shopper(who, names=WEIGHTS)
        by_shopper[key] = [told for one in events for told in _told_by(one)]
        last, count = max([last, *(one.seq for one in events)]), count + len(events)
    return _arrays(by_shopper, last, count, longest)


def _until(log: EventLog, last: int) -> Iterator[Logged]:
    return takewhile(lambda logged: logged.seq <= last, (one for batch in log.iterate(NAMES) for one in batch))


def shopper_of(who: Who) -> str:
    """The key of who an event names, empty for nobody; a session may be a user's by now."""
    return f"u:{who.user}" if who.user else f"s:{who.session}" if who.session else ""


def _told_by(logged: Logged) -> list[_Told]:
    event = logged.event
    return [(event.at, logged.seq, item.product, WEIGHTS[event.name]) for item in event.items]


def _arrays(by_shopper: dict[str, list[_Told]], until: int, events: int, longest: int) -> LoggedHistories:
    names = sorted(by_shopper)
    found = [_collapse(by_shopper[name])[-longest:] for name in names]
    products = sorted({product for entries in found for _, _, product, _ in entries})
    places = {product: place for place, product in enumerate(products)}
    flat = [entry for entries in found for entry in entries]
    histories = Histories(
        products=tuple(products),
        starts=np.cumsum([0, *(len(entries) for entries in found)]).astype(np.int64),
        items=np.array([places[product] for _, _, product, _ in flat], np.int32),
        weights=np.array([weight for *_, weight in flat], np.float32),
        at=np.array([at for at, *_ in flat], np.float64),
        shoppers=tuple(names),
    )
    return LoggedHistories(histories, np.array([seq for _, seq, *_ in flat], np.int64), until, events)


def _collapse(told: list[_Told]) -> list[_Told]:
    """In the order of time, with what follows itself taken together."""
    found: list[_Told] = []
    for at, seq, product, weight in sorted(told, key=lambda one: one[:2]):
        if found and found[-1][2] == product:
            found[-1] = (at, seq, product, max(found[-1][3], weight))
        else:
            found.append((at, seq, product, weight))
    return found
