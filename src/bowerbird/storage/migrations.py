"""Numbered steps from an empty database to ``schema``; a step that was shipped is never edited.

Another database, such as that of the events, has steps of its own and goes through them in the same way.

Each step runs in a transaction of its own together with the row that records it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeAlias

from sqlalchemy import Connection, Dialect, func, insert, inspect, select, text

from bowerbird.domain.errors import ArtefactError
from bowerbird.storage import schema

Step: TypeAlias = "Callable[[Connection], None]"
Steps: TypeAlias = "tuple[Step, ...]"


def m001_create_tables(connection: Connection) -> None:
    """The tables of the first version."""
    number, blob = number_and_bytes(connection.dialect)
    for statement in (
        "CREATE TABLE meta (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL)",
        "CREATE TABLE counters (name TEXT NOT NULL PRIMARY KEY, value BIGINT NOT NULL)",
        "INSERT INTO counters (name, value) VALUES ('seq', 0), ('forgotten', 0)",
        f"CREATE TABLE products (seq {number} NOT NULL PRIMARY KEY, id TEXT NOT NULL UNIQUE,"
        f" hash TEXT NOT NULL, doc {blob} NOT NULL)",
        f"CREATE TABLE changes (seq {number} NOT NULL PRIMARY KEY, product_id TEXT NOT NULL,"
        " replaced BIGINT, deleted BOOLEAN NOT NULL)",
        f"CREATE TABLE vectors (model TEXT NOT NULL, hash TEXT NOT NULL, vector {blob} NOT NULL,"
        " PRIMARY KEY (model, hash))",
        "CREATE TABLE photos (ref TEXT NOT NULL PRIMARY KEY, hash TEXT, width INTEGER NOT NULL,"
        " height INTEGER NOT NULL, format TEXT NOT NULL, bytes BIGINT NOT NULL, note TEXT NOT NULL)",
        "CREATE INDEX photos_by_hash ON photos (hash)",
        f"CREATE TABLE keys (id TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL, label TEXT NOT NULL,"
        f" salt {blob} NOT NULL, digest {blob} NOT NULL, created_at TEXT NOT NULL)",
    ):
        connection.execute(text(statement))


def m002_create_rules(connection: Connection) -> None:
    """The versions of the merchandising rules."""
    number, blob = number_and_bytes(connection.dialect)
    connection.execute(
        text(
            f"CREATE TABLE rules (number {number} NOT NULL PRIMARY KEY, author TEXT NOT NULL, at TEXT NOT NULL,"
            f" note TEXT NOT NULL, count INTEGER NOT NULL, document {blob} NOT NULL)"
        )
    )


def m003_create_experiments(connection: Connection) -> None:
    """The experiments with their tallies, what was counted of each shopper, and which searches were counted."""
    number, blob = number_and_bytes(connection.dialect)
    for statement in (
        f"CREATE TABLE experiments (number {number} NOT NULL PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
        f" document {blob} NOT NULL, author TEXT NOT NULL, started_at TEXT NOT NULL, running BOOLEAN NOT NULL,"
        f" stopped_by TEXT NOT NULL, stopped_at TEXT NOT NULL, why TEXT NOT NULL, changed BIGINT NOT NULL,"
        f" tally {blob} NOT NULL)",
        f"CREATE TABLE experiment_shoppers (experiment BIGINT NOT NULL, shopper {blob} NOT NULL, arm TEXT NOT NULL,"
        f" sums {blob} NOT NULL, PRIMARY KEY (experiment, shopper, arm))",
        "CREATE TABLE experiment_searches (experiment BIGINT NOT NULL, query_id TEXT NOT NULL,"
        " PRIMARY KEY (experiment, query_id))",
    ):
        connection.execute(text(statement))


STEPS: Steps = (m001_create_tables, m002_create_rules, m003_create_experiments)


def version(connection: Connection) -> int:
    """The number of the last step applied, 0 for an empty database."""
    if not inspect(connection).has_table(schema.migrations.name):
        return 0
    return int(connection.execute(select(func.coalesce(func.max(schema.migrations.c.number), 0))).scalar_one())


def pending(connection: Connection, where: object, steps: Steps) -> bool:
    """Whether steps are still to be applied.

    Raises ArtefactError for a database that a newer program has written.
    """
    found = version(connection)
    if found > len(steps):
        raise ArtefactError(
            f"{where}: the database is of version {found}; this program knows up to {len(steps)}: use a newer bowerbird"
        )
    return found < len(steps)


def apply_next(connection: Connection, steps: Steps) -> None:
    """Apply one step and record it; the caller commits both together."""
    schema.migrations.create(connection, checkfirst=True)
    number = version(connection) + 1
    if number > len(steps):
        return
    step = steps[number - 1]
    step(connection)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    connection.execute(insert(schema.migrations).values(number=number, name=step.__name__, applied_at=now))


def number_and_bytes(dialect: Dialect) -> tuple[str, str]:
    """How a database spells a primary key that is a number, and bytes."""
    if dialect.name == "sqlite":
        return "INTEGER", "BLOB"
    return "BIGINT", "BYTEA"
