"""API keys: shown once when made, kept only as a salted hash.

A key is ``bb_<kind>_<id><secret>``. Its secret has 256 random bits, so one round of a fast hash is enough
to keep it: there is nothing to guess that a slow one would protect.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, TypeAlias, get_args

from sqlalchemy import Connection, delete, insert, select

from bowerbird.domain.errors import InputError, NotFoundError
from bowerbird.storage.database import Database
from bowerbird.storage.schema import keys

KeyKind: TypeAlias = Literal["search", "write"]

_ID_BYTES = 4
_SECRET_BYTES = 32
_FORM = re.compile(rf"bb_(search|write)_([0-9a-f]{{{2 * _ID_BYTES}}})([\w-]{{20,100}})", re.ASCII)


@dataclass(frozen=True, slots=True)
class KeyInfo:
    """What may be shown of a key; ``id`` names it when it is revoked."""

    id: str
    kind: KeyKind
    label: str
    created_at: str


class KeyStore:
    """Makes, checks and revokes API keys; safe from many threads and beside a serving process."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def create(self, kind: KeyKind, label: str) -> str:
        """Make a key and return it, for the only time. Raises InputError for an unknown kind."""
        if kind not in get_args(KeyKind):
            raise InputError("an unknown kind of key", field="kind", found=kind, expected="search or write")
        number = secrets.token_hex(_ID_BYTES)
        key = f"bb_{kind}_{number}{secrets.token_urlsafe(_SECRET_BYTES)}"
        salt = secrets.token_bytes(16)
        row = {
            "id": number,
            "kind": kind,
            "label": label,
            "salt": salt,
            "digest": _digest(key, salt),
            "created_at": datetime.now(UTC).isoformat(timespec="seconds"),
        }

        def put(connection: Connection) -> None:
            connection.execute(insert(keys).values(row))

        self.database.write(put)
        return key

    def check(self, key: str) -> KeyKind | None:
        """What a key allows; None for one that was never made, or was revoked."""
        form = _FORM.fullmatch(key)
        if form is None:
            return None
        with self.database.read() as connection:
            row = connection.execute(select(keys).where(keys.c.id == form[2])).one_or_none()
        if row is None or not hmac.compare_digest(_digest(key, row.salt), row.digest):
            return None
        kind: KeyKind = row.kind
        return kind

    def list(self) -> list[KeyInfo]:
        """Every key, oldest first, without its secret."""
        with self.database.read() as connection:
            rows = connection.execute(select(keys).order_by(keys.c.created_at, keys.c.id)).all()
        return [KeyInfo(row.id, row.kind, row.label, row.created_at) for row in rows]

    def revoke(self, key_id: str) -> None:
        """Make a key worthless at once. Raises NotFoundError."""

        def remove(connection: Connection) -> int:
            return connection.execute(delete(keys).where(keys.c.id == key_id)).rowcount

        if not self.database.write(remove):
            raise NotFoundError(f"no API key {key_id!r}")


def _digest(key: str, salt: bytes) -> bytes:
    return hashlib.blake2b(key.encode(), salt=salt, digest_size=32).digest()
