"""The event log: what shoppers did and were shown, in the order of commits.

It lies in a SQLite file of its own, so that events never hold up writes of products, or in PostgreSQL. Several
processes may write and follow it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Select, bindparam, select

from bowerbird.domain.event import Event, EventName, Logged, Who
from bowerbird.events import migrations
from bowerbird.events.documents import to_event
from bowerbird.events.schema import events, shoppers
from bowerbird.events.shoppers import is_user, merged_key, name_in, one_shopper
from bowerbird.events.writing import Batch, Prepared, Recorded, last_of, prepare
from bowerbird.storage.database import Database

FILE = "events.db"
LOOK_SECONDS = 0.1
"""How often who waits looks for what other processes recorded."""

_named = shoppers.alias("named")
_visits = shoppers.alias("visits")
_LOGGED = (
    select(
        events.c.seq,
        events.c.id,
        events.c.name,
        events.c.at,
        _named.c.key.label("shopper_key"),
        _visits.c.key.label("session_key"),
        events.c.doc,
    )
    .outerjoin(_named, _named.c.number == events.c.shopper)
    .outerjoin(_visits, _visits.c.number == events.c.session)
)
_AFTER = _LOGGED.where(events.c.seq > bindparam("after")).order_by(events.c.seq).limit(bindparam("batch"))
_NAMED_AFTER = _AFTER.where(events.c.name.in_(bindparam("names", expanding=True)))
_OF = _LOGGED.where(events.c.shopper.in_(bindparam("numbers", expanding=True)))
_NEWEST_OF = _OF.order_by(events.c.seq.desc()).limit(bindparam("batch"))
_AFTER_OF = _OF.where(events.c.seq > bindparam("after")).order_by(events.c.seq).limit(bindparam("batch"))


class EventLog:
    """Records events and tells them; safe from many threads and beside other processes."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._news = threading.Condition()
        self._written = 0
        self._closed = False

    @classmethod
    def open(cls, place: Path | str) -> EventLog:
        """Open the log in a shop's folder, or at the URL of a PostgreSQL database, made where there is none yet.

        Raises SettingError, MissingExtraError, StorageError, ArtefactError.
        """
        if isinstance(place, Path):
            return cls(Database.open_file(place / FILE, migrations.STEPS))
        return cls(Database.connect(place, migrations.STEPS))

    def record(self, batch: Sequence[Event]) -> list[Recorded]:
        """Write events in one transaction, durable on return; those that are there by their id stay as they are.

        A session that is named together with a user becomes that user's, unless it is another's. Raises StorageError,
        DiskFullError: then none was kept.
        """
        if not batch:
            return []
        prepared: list[Prepared] = [prepare(event) for event in batch]
        told = self.database.write(lambda connection: Batch(connection).record(prepared))
        with self._news:
            self._written = max(self._written, *(one.seq for one in told))
            self._news.notify_all()
        return told

    def after(self, seq: int, limit: int = 1_000, names: Collection[EventName] | None = None) -> list[Logged]:
        """The first ``limit`` events after a number, in order, of some names or of all."""
        if names is None:
            return self._read(_AFTER, after=seq, batch=limit)
        return self._read(_NAMED_AFTER, after=seq, batch=limit, names=sorted(name.value for name in names))

    def iterate(self, names: Collection[EventName] | None = None, batch: int = 2_000) -> Iterator[list[Logged]]:
        """All events in order, in lists of up to ``batch``, each read by itself so that no writer is held up."""
        seq = 0
        while found := self.after(seq, batch, names):
            yield found
            seq = found[-1].seq

    def last_seq(self) -> int:
        """The number of the newest event, 0 before the first."""
        with self.database.read() as connection:
            return last_of(connection, "seq")

    def of_shopper(self, who: Who, limit: int = 500) -> list[Logged]:
        """The newest events of one shopper, whatever the session they were done in, oldest first."""
        with self.database.read() as connection:
            numbers = sorted(one_shopper(connection, who))
            rows = connection.execute(_NEWEST_OF, {"numbers": numbers, "batch": limit}).all() if numbers else []
        return [_logged(row) for row in reversed(rows)]

    def merged(self, who: Who) -> str:
        """The key of the shopper that somebody is: ``u:<user>``, or ``s:<session>`` while a session is nobody's.

        Empty for nobody.
        """
        with self.database.read() as connection:
            return merged_key(connection, who)

    def export(self, who: Who, batch: int = 1_000) -> Iterator[Logged]:
        """Every event of one shopper, oldest first."""
        with self.database.read() as connection:
            numbers = sorted(one_shopper(connection, who))
        seq = 0
        while numbers and (found := self._read(_AFTER_OF, numbers=numbers, after=seq, batch=batch)):
            yield from found
            seq = found[-1].seq

    def wait(self, seq: int, timeout: float) -> bool:
        """Wait until there is an event after a number, for ``timeout`` seconds at most; whether there is one.

        What this process records is told at once, what another one does within ``LOOK_SECONDS``.
        """
        end = time.monotonic() + timeout
        while not self._closed:
            if self.last_seq() > seq:
                return True
            left = end - time.monotonic()
            if left <= 0:
                return False
            with self._news:
                if self._written <= seq and not self._closed:
                    self._news.wait(min(left, LOOK_SECONDS))
        return False

    def close(self) -> None:
        """Let go of the database, and of those who wait."""
        with self._news:
            self._closed = True
            self._news.notify_all()
        self.database.close()

    def _read(self, statement: Select[Any], **values: Any) -> list[Logged]:
        with self.database.read() as connection:
            rows = connection.execute(statement, values).all()
        return [_logged(row) for row in rows]


def _logged(row: Any) -> Logged:
    seq, event_id, name, at, shopper, session, document = row
    if is_user(shopper):
        who = Who(name_in(shopper), name_in(session))
    else:
        # The session of an event whose user is gone tells nobody's name.
        who = Who(session=name_in(shopper))
    return Logged(seq, to_event(event_id, name, at, who, document))
