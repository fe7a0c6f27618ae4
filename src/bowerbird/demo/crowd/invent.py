"""The crowd and what it did: every event of so many shoppers over the last months, in the order of time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count as counting
from operator import attrgetter
from random import Random
from typing import Final

from bowerbird.demo.crowd.assortment import Assortment
from bowerbird.demo.crowd.personas import CADENCE
from bowerbird.demo.crowd.shelves import Shelves
from bowerbird.demo.crowd.tastes import Shopper, invent_shoppers
from bowerbird.demo.crowd.true_likes import TrueLikes
from bowerbird.demo.crowd.visit import DAY, Mind, Visit, weigh_kinds
from bowerbird.demo.kinds import KINDS
from bowerbird.domain.event import Event

DAYS: Final = 90.0
_SALT: Final = 0x11FE
_TOLD_EVERY: Final = 50
_MOST_WANTED: Final = 50.0
_HAS_ENOUGH, _GOES_WITH = 0.3, 3.0
_BUYS_AGAIN: Final = 0.75
_SAME_AGAIN: Final = 0.8
_SHORTEST_PAUSE: Final = 2 * 3_600.0


@dataclass(frozen=True, slots=True, eq=False)
class Crowd:
    """Shoppers, the events of all of them in the order of time, and by shopper the sessions they came in."""

    shoppers: tuple[Shopper, ...]
    events: list[Event]
    sessions: tuple[tuple[str, ...], ...]


def invent_crowd(
    assortment: Assortment,
    seed: int,
    count: int,
    end: float,
    days: float = DAYS,
    told: Callable[[int, int], None] = lambda done, total: None,
) -> Crowd:
    """So many shoppers over the ``days`` before ``end`` (seconds since 1970); ``told`` hears how many are done.

    The same for the same seed, shop and end; a shopper does the same however many others there are.
    """
    likes = TrueLikes(assortment, tuple(invent_shoppers(seed, count, days)), seed)
    shelves = Shelves(assortment)
    events: list[Event] = []
    sessions = []
    for row, shopper in enumerate(likes.shoppers, start=1):
        own = _Life(likes, shelves, row - 1, end).live()
        events += own
        names = dict.fromkeys(event.who.session for event in own if event.who.session)
        sessions.append(tuple(names))
        if shopper.number % _TOLD_EVERY == 0 or row == count:
            told(row, count)
    events.sort(key=attrgetter("at"))
    return Crowd(tuple(likes.shoppers), events, tuple(sessions))


class _Life:
    """One shopper's visits, planned and those that come of what they bought."""

    def __init__(self, likes: TrueLikes, shelves: Shelves, row: int, end: float) -> None:
        self.shopper, self.seed, self.shelves, self.end = likes.shoppers[row], likes.seed, shelves, end
        self.rng = Random((likes.seed << 44) + (self.shopper.number << 16) + _SALT)
        kind, rest = likes.parts(row)
        self.mind = Mind(self.shopper, kind.tolist(), rest.tolist(), weigh_kinds(self.shopper, shelves.shop))
        self.ahead: list[tuple[float, int, str, int | None]] = []
        self._order = counting()

    def live(self) -> list[Event]:
        """Every event, in the order of time."""
        events: list[Event] = []
        self._plan()
        free = 0.0
        while self.ahead:
            at, _, kind, again = heappop(self.ahead)
            if (at := max(at, free)) > self.end - _SHORTEST_PAUSE:
                continue
            visit = Visit(self.mind, self.shelves, self.seed, at, self.end, self._session(), self.rng)
            visit.run(kind or self.mind.want(self.rng), again)
            events += visit.events
            free = visit.at + _SHORTEST_PAUSE
            self._after(visit)
        return events

    def _plan(self) -> None:
        days = self.shopper.came
        while days > self.shopper.left:
            self._come(days)
            days -= self.rng.expovariate(self.shopper.rate)

    def _come(self, days: float, kind: str = "", again: int | None = None) -> None:
        """Come on a day that lies so many days before the end, mostly in the evening; for a kind, or a product."""
        moment = self.end - days * DAY
        hour = min(23.5, max(6.0, self.rng.gauss(18, 4)))
        heappush(self.ahead, (moment // DAY * DAY + hour * 3_600, next(self._order), kind, again))

    def _session(self) -> str:
        """Accounts have a session a visit; without one, a device stands for the shopper."""
        number = self.shopper.number + 1
        return f"visit-{number}-{next(self._order)}" if self.shopper.user else f"device-{number}"

    def _after(self, visit: Visit) -> None:
        """What is used up is bought again; of what lasts they have enough, and want what goes with it."""
        wants, shop = self.mind.wants, self.shelves.shop
        for place in visit.bought:
            kind = shop.kinds[place]
            for other in KINDS[kind].goes_with:
                if other in wants:
                    wants[other] = min(wants[other] * _GOES_WITH, _MOST_WANTED)
            cadence = CADENCE.get(kind)
            if cadence is None:
                wants[kind] *= _HAS_ENOUGH
            elif self.rng.random() < _BUYS_AGAIN:
                due = visit.days - cadence * max(0.4, self.rng.gauss(1.0, 0.15))
                if due > self.shopper.left:
                    self._come(due, kind, place if self.rng.random() < _SAME_AGAIN else None)
