"""Everything that only PostgreSQL knows: how it is reached, and how its writers take turns.

As with SQLite there is one writer at a time, among all processes: a lock that each writing transaction takes first and
that ends with it. So numbers given inside are in the order of commits, and no two writers ever wait for each other.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from bowerbird.domain.errors import MissingExtraError, SettingError

_DRIVER = "postgresql+psycopg"
_EXPECTED = f"{_DRIVER}://user:password@host:5432/database"
_READERS = 8
_BUSY_SECONDS = 10
# Two numbers, so that shops in schemas of their own do not wait for each other.
_TURN = "SELECT pg_advisory_xact_lock(hashtext('bowerbird'), hashtext(current_schema()))"


def read_url(url: str) -> URL:
    """The address of a PostgreSQL database. Raises SettingError, MissingExtraError."""
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        # What was given may hold a password.
        raise SettingError("no address of a database", field="events", expected=_EXPECTED) from None
    if address.drivername not in (_DRIVER, "postgresql", "postgres"):
        raise SettingError("no such database", field="events", found=address.drivername, expected=_EXPECTED)
    if find_spec("psycopg") is None:
        raise MissingExtraError("PostgreSQL", "postgres")
    return address.set(drivername=_DRIVER)


def name_of(address: URL) -> str:
    """What a database is called in errors, without its password."""
    return address.set(query={}).render_as_string(hide_password=True)


def open_writer(address: URL) -> Engine:
    """An engine of one connection, whose transactions wait for their turn at once."""
    # Whatever the server's default: an acknowledged write is on its disk.
    engine = _engine(address, 1, 0, f"-c synchronous_commit=on -c lock_timeout={_BUSY_SECONDS}s")

    def on_begin(connection: Connection) -> None:
        connection.exec_driver_sql(_TURN)

    event.listen(engine, "begin", on_begin)
    return engine


def open_readers(address: URL) -> Engine:
    """An engine of several connections that cannot write; each transaction sees one moment."""
    engine = _engine(address, _READERS, 24, "-c default_transaction_read_only=on")
    return engine.execution_options(isolation_level="REPEATABLE READ")


def _engine(address: URL, connections: int, more: int, options: str) -> Engine:
    arguments: dict[str, Any] = {"connect_timeout": _BUSY_SECONDS, "options": options, "application_name": "bowerbird"}
    return create_engine(
        address,
        pool_size=connections,
        max_overflow=more,
        pool_timeout=30,
        # The server may have started anew since a connection was used last.
        pool_pre_ping=True,
        connect_args=arguments,
    )
