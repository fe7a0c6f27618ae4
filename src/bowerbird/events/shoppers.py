"""Who is who in the log: the key of a user or session, its number, and the sessions that became a user's."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Connection, bindparam, or_, select

from bowerbird.domain.event import Who
from bowerbird.events.schema import shoppers
from bowerbird.storage.sqlite import MAX_VARIABLES

_USER, _SESSION = "u:", "s:"

_BY_KEY = select(shoppers.c.number, shoppers.c.key, shoppers.c.account, shoppers.c.seen).where(
    shoppers.c.key.in_(bindparam("keys", expanding=True))
)
_OF_ROOTS = or_(
    shoppers.c.number.in_(bindparam("roots", expanding=True)),
    shoppers.c.account.in_(bindparam("roots", expanding=True)),
)
_WITH_SESSIONS = select(shoppers.c.number, shoppers.c.key).where(_OF_ROOTS)
THEIRS = select(shoppers.c.number).where(_OF_ROOTS)
"""The numbers of shoppers and of the sessions that became theirs, however many those are: ``roots`` are few."""
_KEYS = select(shoppers.c.number, shoppers.c.key).where(shoppers.c.number.in_(bindparam("keys", expanding=True)))


@dataclass(slots=True)
class Known:
    """A row of ``shoppers``."""

    number: int
    key: str
    account: int | None
    seen: int


def user_key(user: str) -> str:
    """The key of a user."""
    return _USER + user


def session_key(session: str) -> str:
    """The key of a session."""
    return _SESSION + session


def name_in(key: str | None) -> str:
    """The user or session that a key names."""
    return "" if key is None else key[len(_USER) :]


def is_user(key: str | None) -> bool:
    """Whether a key is a user's."""
    return key is not None and key.startswith(_USER)


def keys_of(who: Who) -> list[str]:
    """The keys of the user and the session that somebody gives."""
    user = [user_key(who.user)] if who.user else []
    return user + ([session_key(who.session)] if who.session else [])


def known_by_key(connection: Connection, keys: Iterable[str]) -> dict[str, Known]:
    """The shoppers that the log knows, by key."""
    return {row.key: Known(*row) for row in rows_by(connection, _BY_KEY, keys)}


def roots_of(connection: Connection, who: Who) -> list[int]:
    """The numbers of one shopper, less the sessions that became the user's; none of who is not known.

    A session that is nobody's yet is its own shopper, and the user's who is named beside it.
    """
    known = known_by_key(connection, keys_of(who))
    user, session = known.get(user_key(who.user)), known.get(session_key(who.session))
    numbers = set()
    if user is not None:
        numbers.add(user.number)
    if session is not None:
        if session.account is None:
            numbers.add(session.number)
        elif not who.user:
            numbers.add(session.account)
    return sorted(numbers)


def roots_among(connection: Connection, keys: Collection[str]) -> list[int]:
    """The numbers of those whom keys name, less the sessions that are another's of them."""
    known = known_by_key(connection, keys).values()
    numbers = {one.number for one in known}
    return sorted(one.number for one in known if one.account not in numbers)


def with_sessions(connection: Connection, roots: Collection[int]) -> dict[int, str]:
    """Shoppers and the sessions that became theirs, keys by number."""
    rows = connection.execute(_WITH_SESSIONS, {"roots": list(roots)}) if roots else ()
    return {row.number: row.key for row in rows}


def merged_keys(connection: Connection, sessions: Collection[str]) -> dict[str, str]:
    """By session the key of the shopper that it is: a user's, or its own while it is nobody's."""
    known = known_by_key(connection, map(session_key, sessions))
    owners = dict(rows_by(connection, _KEYS, {one.account for one in known.values() if one.account is not None}))
    own = {session: session_key(session) for session in sessions}
    return {session: owners.get(known[key].account, key) if key in known else key for session, key in own.items()}


def rows_by(connection: Connection, statement: Any, keys: Iterable[Any]) -> Iterator[Any]:
    """The rows of a statement that takes a list of keys, however long, a bounded number of them at a time."""
    left = iter(keys)
    while piece := list(islice(left, MAX_VARIABLES)):
        yield from connection.execute(statement, {"keys": piece}).all()
