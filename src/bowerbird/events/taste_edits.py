"""What shoppers say of their own tastes, kept beside their events and erased with them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from typing import Any

import orjson
from sqlalchemy import Connection, bindparam, delete, insert, select, update

from bowerbird.domain.errors import ArtefactError, InputError
from bowerbird.domain.taste_edits import NO_EDITS, TasteEdits, read_edits
from bowerbird.events.schema import counters, taste_edits
from bowerbird.events.shoppers import rows_by
from bowerbird.events.writing import last_of, set_last
from bowerbird.storage.database import Database

_COUNTER = "taste_edit"
_OF = select(taste_edits.c.key, taste_edits.c.doc).where(taste_edits.c.key.in_(bindparam("keys", expanding=True)))
# Held until the end of the transaction, so that of two processes neither writes over the other's change.
_HOLD = select(counters.c.value).where(counters.c.name == _COUNTER).with_for_update()
_REPLACE = update(taste_edits).where(taste_edits.c.key == bindparam("which")).values(doc=bindparam("said"))
_DELETE = delete(taste_edits).where(taste_edits.c.key == bindparam("which"))


class TasteEditStore:
    """Reads and writes edits by the keys that the event log has for shoppers; safe from many threads."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def of(self, keys: Iterable[str]) -> TasteEdits:
        """What was said under some keys of one shopper, the first key's words before the others'."""
        keys = list(dict.fromkeys(key for key in keys if key))
        with self.database.read() as connection:
            found = _read(connection, keys)
        said = NO_EDITS
        for key in keys:
            said = said.joined(found.get(key, NO_EDITS))
        return said

    def change(self, key: str, change: Callable[[TasteEdits], TasteEdits]) -> TasteEdits:
        """Replace what was said under a key by ``change`` of it, durable on return. Raises StorageError."""

        def write(connection: Connection) -> TasteEdits:
            before = _hold(connection, [key])
            after = change(before.get(key, NO_EDITS))
            _put(connection, key, before, after)
            _count(connection)
            return after

        return self.database.write(write)

    def join(self, key: str, into: str) -> bool:
        """Give what was said under a key, a session's, to another one, its user's; whether anything was."""
        if self.of([key]).empty:
            return False

        def write(connection: Connection) -> bool:
            before = _hold(connection, [key, into])
            if key not in before:
                return False
            # What was cleared for the session alone is no reason to clear the account.
            said = replace(before[key], cleared=0)
            _put(connection, into, before, before.get(into, NO_EDITS).joined(said))
            _put(connection, key, before, NO_EDITS)
            _count(connection)
            return True

        return self.database.write(write)

    def version(self) -> int:
        """A number that rises with every change of anybody's edits."""
        with self.database.read() as connection:
            return last_of(connection, _COUNTER)

    def erase(self, keys: Collection[str]) -> int:
        """Delete what was said under keys; the number deleted. It counts as a change even where nothing was said."""

        def write(connection: Connection) -> int:
            before = _hold(connection, keys)
            for key in before:
                _put(connection, key, before, NO_EDITS)
            _count(connection)
            return len(before)

        return self.database.write(write)

    def export(self, keys: Collection[str]) -> dict[str, Any]:
        """What was said under keys, as records."""
        with self.database.read() as connection:
            return {key: said.as_record() for key, said in _read(connection, keys).items()}


def _hold(connection: Connection, keys: Iterable[str]) -> dict[str, TasteEdits]:
    connection.execute(_HOLD)
    return _read(connection, keys)


def _read(connection: Connection, keys: Iterable[str]) -> dict[str, TasteEdits]:
    return {key: _edits(document) for key, document in rows_by(connection, _OF, keys)}


def _edits(document: bytes) -> TasteEdits:
    try:
        return read_edits(orjson.loads(document))
    except (ValueError, AttributeError, InputError) as error:
        raise ArtefactError(f"a shopper's taste edits cannot be read: {error}") from error


def _put(connection: Connection, key: str, before: Collection[str], said: TasteEdits) -> None:
    """Write one shopper's edits; empty ones leave no row."""
    if said.empty:
        connection.execute(_DELETE, {"which": key})
    elif key in before:
        connection.execute(_REPLACE, {"which": key, "said": orjson.dumps(said.as_record())})
    else:
        connection.execute(insert(taste_edits), {"key": key, "doc": orjson.dumps(said.as_record())})


def _count(connection: Connection) -> None:
    set_last(connection, _COUNTER, last_of(connection, _COUNTER) + 1)
