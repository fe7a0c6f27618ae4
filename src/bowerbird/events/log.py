"""The event log: what shoppers did and were shown, in the order of commits.

It lies in a SQLite file of its own, so that events never hold up writes of products, or in PostgreSQL. Several
processes may write and follow it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, or_, select

from bowerbird.domain.errors import BowerbirdError
from bowerbird.domain.event import Event, EventName, Logged, Who
from bowerbird.domain.ports import Eraser
from bowerbird.events import erasing, migrations
from bowerbird.events.documents import to_event
from bowerbird.events.erasing import Erased
from bowerbird.events.schema import events, shoppers
from bowerbird.events.shoppers import THEIRS, is_user, merged_keys, name_in, roots_among, roots_of, user_key
from bowerbird.events.writing import Batch, Prepared, Recorded, last_of, prepare
from bowerbird.storage.database import Database
from bowerbird.storage.shop_folder import ShopFolder

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
_OF_NAMES = events.c.name.in_(bindparam("names", expanding=True))
_NAMED_AFTER = _AFTER.where(_OF_NAMES)
_OF = _LOGGED.where(events.c.shopper.in_(THEIRS))
_NEWEST_OF = _OF.where(_OF_NAMES).order_by(events.c.seq.desc()).limit(bindparam("batch"))
_user = shoppers.alias("user")
_USERS = select(shoppers.c.number).where(
    or_(
        shoppers.c.key == bindparam("key"),
        shoppers.c.account == select(_user.c.number).where(_user.c.key == bindparam("key")).scalar_subquery(),
    )
)
_NEWEST_OF_USER = (
    _LOGGED.where(events.c.shopper.in_(_USERS), _OF_NAMES).order_by(events.c.seq.desc()).limit(bindparam("batch"))
)
_AFTER_OF = _OF.where(events.c.seq > bindparam("after")).order_by(events.c.seq).limit(bindparam("batch"))


_COUNT_OF = select(func.count()).where(events.c.shopper.in_(THEIRS))
_MERGED = select(_visits.c.key, _named.c.key).join(_named, _named.c.number == _visits.c.account)
_BY_NAME = select(events.c.name, func.count(), func.min(events.c.at), func.max(events.c.at)).group_by(events.c.name)
_COUNT = select(func.count()).select_from(shoppers).where(func.substr(shoppers.c.key, 1, 2) == bindparam("kind"))


@dataclass(frozen=True, slots=True)
class LogStats:
    """How many events there are by name, of how many users and sessions; times in seconds since 1970."""

    events: Mapping[str, int]
    users: int
    sessions: int
    first: float | None
    last: float | None
    seq: int


class EventLog:
    """Records events and tells them; safe from many threads and beside other processes."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._news = threading.Condition()
        self._written = 0
        self._waiting = 0
        self._closed = False
        self._noting = threading.Lock()
        self._under_way: set[int] = set()
        self._scrubbing = threading.Lock()
        self._to_scrub = self._scrubbed = 0

    @classmethod
    def open(cls, place: Path | str) -> EventLog:
        """Open the log in a shop's folder, or at the URL of a PostgreSQL database, made where there is none yet.

        Raises SettingError, MissingExtraError, StorageError, ArtefactError.
        """
        if isinstance(place, Path):
            return cls(Database.open_file(ShopFolder(place).events, migrations.STEPS))
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
        """The number that the newest event got, which may be erased since; 0 before the first."""
        with self.database.read() as connection:
            return last_of(connection, "seq")

    def of_shopper(self, who: Who, limit: int = 500, names: Collection[EventName] = tuple(EventName)) -> list[Logged]:
        """The newest events of one shopper of some names, whatever the session they were done in, oldest first."""
        with self.database.read() as connection:
            rows = _newest_of(connection, who, {"batch": limit, "names": list(names)})
        return [_logged(row) for row in reversed(rows)]

    def merged(self, who: Who) -> str:
        """The key of the shopper that somebody is: ``u:<user>``, or ``s:<session>`` while a session is nobody's.

        Empty for nobody.
        """
        if who.user or not who.session:
            return user_key(who.user) if who.user else ""
        return self.owners([who.session])[who.session]

    def owners(self, sessions: Collection[str]) -> dict[str, str]:
        """``merged`` of many sessions at once, by session."""
        with self.database.read() as connection:
            return merged_keys(connection, sessions)

    def count_of(self, keys: Collection[str]) -> int:
        """How many events there are of whom some keys name."""
        with self.database.read() as connection:
            roots = roots_among(connection, keys)
            return int(connection.execute(_COUNT_OF, {"roots": roots}).scalar_one()) if roots else 0

    def knows(self, keys: Collection[str]) -> bool:
        """Whether any of some keys names somebody here."""
        with self.database.read() as connection:
            return bool(roots_among(connection, keys))

    def merged_sessions(self) -> dict[str, str]:
        """The keys of all sessions that became a user's, each with the user's."""
        with self.database.read() as connection:
            return {session: user for session, user in connection.execute(_MERGED)}

    def export(self, keys: Collection[str], batch: int = 1_000) -> Iterator[Logged]:
        """Every event of whom some keys name, oldest first."""
        with self.database.read() as connection:
            roots = roots_among(connection, keys)
        seq = 0
        while roots and (found := self._read(_AFTER_OF, roots=roots, after=seq, batch=batch)):
            yield from found
            seq = found[-1].seq

    def keys(self, who: Who) -> list[str]:
        """The keys of everything that is one shopper's: a user and the sessions that became the user's."""
        with self.database.read() as connection:
            return erasing.keys_to_erase(connection, who)

    def erase(self, keys: Collection[str], others: Sequence[Eraser] = ()) -> Erased:
        """Erase whom some keys name for good, here and where ``others`` keep something.

        Events are deleted in short steps; then the file is rewritten, and writers wait for that. A crash in the middle
        leaves a note, which ``finish_erasures`` takes up. Raises StorageError, with the note left, where the files
        cannot be rewritten now.
        """
        with self._noting:
            number = self.note_erasure(keys)
            self._under_way.add(number)
        return self._carry_out([number], others)

    def note_erasure(self, keys: Collection[str]) -> int:
        """Write down, durable on return, that whom some keys name is to be erased; ``finish_erasures`` does it."""
        return self.database.write(lambda connection: erasing.write_down(connection, keys))

    def noted_erasures(self) -> list[int]:
        """The erasures that have been noted and have not ended, oldest first."""
        with self.database.read() as connection:
            return erasing.noted(connection)

    def erasures(self) -> int:
        """How many erasures have been asked for so far: what was made earlier may have seen who was erased since."""
        with self.database.read() as connection:
            return last_of(connection, "erasure")

    def finish_erasures(self, others: Sequence[Eraser] = ()) -> int:
        """Carry out what was noted and nobody is about in this process; how many erasures. Raises as ``erase``."""
        with self._noting:
            left = [number for number in self.noted_erasures() if number not in self._under_way]
            self._under_way.update(left)
        if left:
            self._carry_out(left, others)
        return len(left)

    def forget_before(self, at: float) -> int:
        """Delete the events before a time, in seconds since 1970, and the names that are of no later one; how many."""
        forgotten = 0
        while some := self.database.write(lambda connection: erasing.forget_some(connection, at)):
            forgotten += some
        self.database.write(lambda connection: erasing.forget_unseen(connection, at))
        return forgotten

    def stats(self) -> LogStats:
        """What the log holds; it reads the whole of it."""
        with self.database.read() as connection:
            by_name = {name: (count, first, last) for name, count, first, last in connection.execute(_BY_NAME)}
            users, sessions = (int(connection.execute(_COUNT, {"kind": kind}).scalar_one()) for kind in ("u:", "s:"))
            seq = last_of(connection, "seq")
        times = [time for _, first, last in by_name.values() for time in (first, last)]
        counts = {name: count for name, (count, _, _) in by_name.items()}
        return LogStats(counts, users, sessions, min(times, default=None), max(times, default=None), seq)

    def wait(self, seq: int, timeout: float) -> bool:
        """Wait until there is an event after a number, for ``timeout`` seconds at most; whether there is one.

        What this process records is told at once, what another one does within ``LOOK_SECONDS``.
        """
        end = time.monotonic() + timeout
        with self._news:
            if self._closed:
                return False
            self._waiting += 1
        try:
            return self._wait(seq, end)
        finally:
            with self._news:
                self._waiting -= 1
                self._news.notify_all()

    def close(self) -> None:
        """Let go of those who wait, and of the database."""
        with self._news:
            self._closed = True
            self._news.notify_all()
            # Who waits may be reading just now.
            self._news.wait_for(lambda: self._waiting == 0)
        self.database.close()

    def _wait(self, seq: int, end: float) -> bool:
        while not self._closed:
            written = self._written
            # The last number given may be of an event that was erased since.
            if self.last_seq() > seq and self.after(seq, 1):
                return True
            left = end - time.monotonic()
            if left <= 0:
                break
            with self._news:
                if self._written == written and not self._closed:
                    self._news.wait(min(left, LOOK_SECONDS))
        return False

    def _carry_out(self, numbers: Sequence[int], others: Sequence[Eraser]) -> Erased:
        done: dict[int, Erased] = {}
        failed: list[BowerbirdError] = []
        try:
            for number in numbers:
                try:
                    done[number] = self._take_out(number, others)
                except BowerbirdError as error:
                    # One that cannot be finished now holds up none of the others.
                    failed.append(error)
            if done:
                self._scrub()
                self.database.write(lambda connection: erasing.end(connection, list(done)))
        finally:
            self._under_way.difference_update(numbers)
        if failed:
            raise failed[0]
        return Erased(sum(one.events for one in done.values()), sum(one.names for one in done.values()))

    def _take_out(self, number: int, others: Sequence[Eraser]) -> Erased:
        erased, gone = 0, False
        while not gone:
            some, gone = self.database.write(lambda connection: erasing.erase_some(connection, number))
            erased += some
        with self.database.read() as connection:
            keys = erasing.names_noted(connection, number)
        for other in others:
            other.erase(keys)
        self.database.write(lambda connection: erasing.forget_names(connection, number))
        return Erased(erased, len(keys))

    def _scrub(self) -> None:
        """Rewrite the files, once for all erasures that wait for it."""
        with self._news:
            self._to_scrub += 1
            mine = self._to_scrub
        with self._scrubbing:
            if self._scrubbed < mine:
                reached = self._to_scrub
                self.database.scrub()
                self._scrubbed = reached

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


def _newest_of(connection: Connection, who: Who, asked: Mapping[str, Any]) -> Sequence[Any]:
    """The rows of the newest events of one shopper, the newest first."""
    if who.user and not who.session:
        # The usual case, in one statement.
        return connection.execute(_NEWEST_OF_USER, {**asked, "key": user_key(who.user)}).all()
    roots = roots_of(connection, who)
    return connection.execute(_NEWEST_OF, {**asked, "roots": roots}).all() if roots else []
