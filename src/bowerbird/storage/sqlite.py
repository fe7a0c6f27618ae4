"""Everything that only SQLite knows: how it is opened, how it is written to, how it is copied while live.

Trap: Python's driver opens transactions by itself, too late and in the wrong mode; here it is told not to,
and what SQLAlchemy calls to begin one says which kind it wants.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, QueuePool, Table, create_engine, event
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.dialects.sqlite.dml import Insert

# Fewer than SQLite's own 32,766, and enough for the statement's text not to matter.
MAX_VARIABLES = 1_000

_BUSY_SECONDS = 10.0
# Readers find rows in the system's own pages instead of copying them first.
_MAPPED = f"PRAGMA mmap_size={1 << 30}"
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA journal_size_limit=67108864",
    # What is deleted is overwritten.
    "PRAGMA secure_delete=ON",
)


def open_writer(path: Path) -> Engine:
    """An engine of exactly one connection, whose transactions take the write lock at once."""
    engine = _engine(path, connections=1, more=0)
    _prepare(engine, (*_PRAGMAS, "PRAGMA cache_size=-65536"), begin="BEGIN IMMEDIATE")
    return engine


def open_readers(path: Path, connections: int) -> Engine:
    """An engine of several connections that cannot write; each transaction sees one moment."""
    engine = _engine(path, connections=connections, more=32)
    _prepare(engine, ("PRAGMA query_only=ON", "PRAGMA cache_size=-4096", _MAPPED), begin="BEGIN")
    return engine


def insert_or_replace(table: Table) -> Insert:
    """An insert that takes the place of the row with the same primary key."""
    statement = insert(table)
    names = [column.name for column in table.primary_key]
    rest = {column.name: statement.excluded[column.name] for column in table.c if column.name not in names}
    return statement.on_conflict_do_update(index_elements=names, set_=rest)


def back_up(source: Path, target: Path) -> None:
    """Copy a live database, as it is at one moment, into a new file that stands alone."""
    with closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as live:
        live.execute(f"PRAGMA busy_timeout={int(_BUSY_SECONDS * 1000)}")
        with closing(sqlite3.connect(target)) as copy:
            live.backup(copy, pages=-1)
            # The copy inherits the write-ahead log; without it, it is one file.
            copy.execute("PRAGMA journal_mode=DELETE")


def settle(engine: Engine) -> None:
    """Bring the write-ahead log into the database file, before a writer closes."""
    with engine.connect() as connection:
        cursor = connection.connection.cursor()
        # A reader elsewhere may keep part of the log in use: not worth waiting for.
        cursor.execute("PRAGMA busy_timeout=500")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.close()


def scrub(engine: Engine) -> None:
    """Write the database anew and empty the write-ahead log, so that neither holds what was deleted.

    Deleted rows are overwritten, but pages that were split or merged keep copies of rows in their unused parts.
    """
    with engine.connect() as connection:
        cursor = connection.connection.cursor()
        cursor.execute("VACUUM")
        busy, _, _ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        cursor.close()
    if busy:
        raise sqlite3.OperationalError("others are reading what was deleted")


def _engine(path: Path, connections: int, more: int) -> Engine:
    return create_engine(
        URL.create("sqlite", database=str(path.absolute())),
        poolclass=QueuePool,
        pool_size=connections,
        max_overflow=more,
        pool_timeout=30,
        connect_args={"check_same_thread": False, "timeout": _BUSY_SECONDS, "cached_statements": 256},
    )


def _prepare(engine: Engine, pragmas: Iterable[str], begin: str) -> None:
    def on_connect(driver: sqlite3.Connection, _record: Any) -> None:
        driver.isolation_level = None
        for pragma in pragmas:
            driver.execute(pragma).close()

    def do_begin(connection: Any) -> None:
        connection.cursor().execute(begin).close()

    event.listen(engine, "connect", on_connect)
    # Not by an event: whatever listens to a connection slows every statement down.
    engine.dialect.do_begin = do_begin  # type: ignore[method-assign, assignment]
