"""One batch of events within a transaction: which are new, whose they are, and which sessions become a user's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from bowerbird.domain.event import Event
from bowerbird.events.documents import to_document
from bowerbird.events.schema import counters, events, shoppers
from bowerbird.events.shoppers import Known, keys_of, known_by_key, rows_by, session_key, user_key

DAY_SECONDS = 86_400

LAST = select(counters.c.value).where(counters.c.name == bindparam("counter"))
_SET_LAST = update(counters).where(counters.c.name == bindparam("counter")).values(value=bindparam("last"))
_KNOWN = select(events.c.id, events.c.seq).where(events.c.id.in_(bindparam("keys", expanding=True)))
_CHANGE = (
    update(shoppers)
    .where(shoppers.c.number == bindparam("which"))
    .values(account=bindparam("of"), seen=bindparam("day"))
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What recording an event came to; one that was there already keeps its number."""

    id: str
    seq: int
    new: bool


@dataclass(frozen=True, slots=True)
class Prepared:
    """An event in its stored form."""

    event: Event
    document: bytes


def prepare(event: Event) -> Prepared:
    """Bring an event into its stored form."""
    return Prepared(event, to_document(event))


class Batch:
    """Writes events; of two of one id the first counts. Made for one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[str, Known] = {}
        self._new: list[Known] = []
        self._changed: dict[int, Known] = {}

    def record(self, batch: Sequence[Prepared]) -> list[Recorded]:
        """Write what is new; for every event its number."""
        there: dict[str, int] = dict(rows_by(self._connection, _KNOWN, {one.event.id for one in batch}))
        before = set(there)
        new: dict[str, Prepared] = {}
        for one in batch:
            if one.event.id not in there:
                new.setdefault(one.event.id, one)
        if not new:
            return [Recorded(one.event.id, there[one.event.id], False) for one in batch]
        first = last_of(self._connection, "seq") + 1
        self._meet([one.event for one in new.values()])
        rows = [self._row(seq, one) for seq, one in enumerate(new.values(), first)]
        self._save_shoppers()
        self._connection.execute(insert(events), rows)
        set_last(self._connection, "seq", first + len(rows) - 1)
        there |= {row["id"]: row["seq"] for row in rows}
        told = []
        for one in batch:
            told.append(Recorded(one.event.id, there[one.event.id], one.event.id not in before))
            before.add(one.event.id)
        return told

    def _meet(self, batch: Sequence[Event]) -> None:
        """Look up the shoppers of a batch, and give those that come for the first time their numbers."""
        keys = dict.fromkeys(key for event in batch for key in keys_of(event.who))
        self._known = known_by_key(self._connection, keys)
        strangers = [key for key in keys if key not in self._known]
        if strangers:
            first = last_of(self._connection, "shopper") + 1
            self._new = [Known(number, key, None, 0) for number, key in enumerate(strangers, first)]
            self._known |= {one.key: one for one in self._new}
            set_last(self._connection, "shopper", first + len(strangers) - 1)

    def _row(self, seq: int, one: Prepared) -> dict[str, Any]:
        event, who = one.event, one.event.who
        user = self._seen(user_key(who.user), event.at) if who.user else None
        session = self._seen(session_key(who.session), event.at) if who.session else None
        if user is not None and session is not None and session.account is None:
            session.account = user.number
            self._changed[session.number] = session
        shopper = session if user is None else user
        return {
            "seq": seq,
            "id": event.id,
            "at": event.at,
            "name": event.name.value,
            "shopper": None if shopper is None else shopper.number,
            "session": None if session is None or user is None else session.number,
            "doc": one.document,
        }

    def _seen(self, key: str, at: float) -> Known:
        shopper, day = self._known[key], int(at // DAY_SECONDS)
        if day > shopper.seen:
            shopper.seen = day
            self._changed[shopper.number] = shopper
        return shopper

    def _save_shoppers(self) -> None:
        if self._new:
            rows = [{"number": o.number, "key": o.key, "account": o.account, "seen": o.seen} for o in self._new]
            self._connection.execute(insert(shoppers), rows)
        new = {one.number for one in self._new}
        changed = [one for number, one in self._changed.items() if number not in new]
        if changed:
            self._connection.execute(_CHANGE, [{"which": o.number, "of": o.account, "day": o.seen} for o in changed])


def last_of(connection: Connection, counter: str) -> int:
    """The last number that a counter gave."""
    return int(connection.execute(LAST, {"counter": counter}).scalar_one())


def set_last(connection: Connection, counter: str, last: int) -> None:
    """Say which number a counter gave last."""
    connection.execute(_SET_LAST, {"counter": counter, "last": last})
