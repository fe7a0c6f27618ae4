"""How a shopper leaves the log, for good and in short steps, and how old events do.

An erasure is written down before it begins, so that a crash leaves none half done: it is taken up again at the next
opening. The note holds the names, which are needed until the end, and goes last.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import orjson
from sqlalchemy import Connection, bindparam, delete, insert, or_, select, update

from bowerbird.domain.event import Who
from bowerbird.events.schema import erasures, events, shoppers
from bowerbird.events.shoppers import (
    THEIRS,
    keys_of,
    known_by_key,
    roots_among,
    roots_of,
    session_key,
    with_sessions,
)
from bowerbird.events.writing import DAY_SECONDS, last_of, set_last

STEP = 500
"""How many events go in one transaction: others write between two."""

_NOTE = select(erasures.c.names).where(erasures.c.number == bindparam("which"))
_NOTES = select(erasures.c.number).order_by(erasures.c.number)
_SET_NOTE = update(erasures).where(erasures.c.number == bindparam("which")).values(names=bindparam("left"))
_DROP_NOTE = delete(erasures).where(erasures.c.number == bindparam("which"))
_SEQS_OF = select(events.c.seq).where(events.c.shopper.in_(THEIRS)).limit(STEP)
_SEQS_BEFORE = select(events.c.seq).where(events.c.at < bindparam("before")).order_by(events.c.at).limit(STEP)
_DELETE = delete(events).where(events.c.seq.in_(bindparam("seqs", expanding=True)))
_DELETE_SHOPPERS = delete(shoppers).where(shoppers.c.number.in_(THEIRS))
_visits = shoppers.alias("visits")
_DELETE_UNSEEN = delete(shoppers).where(
    shoppers.c.seen < bindparam("day"),
    # A user is known for as long as one of the sessions is.
    or_(
        shoppers.c.account.is_not(None),
        ~select(_visits.c.number).where(_visits.c.account == shoppers.c.number).exists(),
    ),
)


@dataclass(frozen=True, slots=True)
class Erased:
    """How many events were erased, and of how many names: a user and the sessions that were the user's."""

    events: int
    names: int


def keys_to_erase(connection: Connection, who: Who) -> list[str]:
    """The keys of everything that is one shopper's, and those given that the log does not know: others may."""
    keys = set(with_sessions(connection, roots_of(connection, who)).values())
    session = session_key(who.session)
    foreign = session not in keys and session in known_by_key(connection, [session])
    return sorted({*keys, *keys_of(who)} - ({session} if foreign else set()))


def write_down(connection: Connection, keys: Collection[str]) -> int:
    """Note that whom some keys name is to be erased; the number of the note."""
    number = last_of(connection, "erasure") + 1
    connection.execute(insert(erasures).values(number=number, names=orjson.dumps(sorted(keys))))
    set_last(connection, "erasure", number)
    return number


def noted(connection: Connection) -> list[int]:
    """The erasures that have not ended, oldest first."""
    return list(connection.execute(_NOTES).scalars())


def names_noted(connection: Connection, number: int) -> list[str]:
    """The keys that an erasure is about; none where the log is rid of them already, or it has ended."""
    note = connection.execute(_NOTE, {"which": number}).scalar_one_or_none()
    keys: list[str] = orjson.loads(note) if note else []
    return keys


def erase_some(connection: Connection, number: int) -> tuple[int, bool]:
    """Erase some of the events that a note is about; how many, and whether the shopper is gone from the log."""
    keys = names_noted(connection, number)
    roots = roots_among(connection, keys)
    erased = _delete(connection, connection.execute(_SEQS_OF, {"roots": roots}).scalars().all()) if roots else 0
    if erased == STEP:
        return erased, False
    found = with_sessions(connection, roots)
    if roots:
        connection.execute(_DELETE_SHOPPERS, {"roots": roots})
    # Sessions may have become the user's meanwhile.
    note = orjson.dumps(sorted({*keys, *found.values()}))
    connection.execute(_SET_NOTE, {"which": number, "left": note})
    return erased, True


def forget_names(connection: Connection, number: int) -> None:
    """Empty a note: what is left to do needs no names."""
    connection.execute(_SET_NOTE, {"which": number, "left": b""})


def end(connection: Connection, numbers: Sequence[int]) -> None:
    """Drop notes: nothing is left to do."""
    connection.execute(_DROP_NOTE, [{"which": number} for number in numbers])


def forget_some(connection: Connection, before: float) -> int:
    """Delete some of the events before a time, the oldest first; how many."""
    return _delete(connection, connection.execute(_SEQS_BEFORE, {"before": before}).scalars().all())


def forget_unseen(connection: Connection, before: float) -> int:
    """Delete the names that no event since a time is about; how many."""
    return connection.execute(_DELETE_UNSEEN, {"day": int(before // DAY_SECONDS)}).rowcount


def _delete(connection: Connection, seqs: Collection[int]) -> int:
    if seqs:
        connection.execute(_DELETE, {"seqs": list(seqs)})
    return len(seqs)
