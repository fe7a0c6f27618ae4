"""Numbered steps from an empty database to ``schema``; a step that was shipped is never edited."""

from __future__ import annotations

from sqlalchemy import Connection, text

from bowerbird.storage.migrations import Steps, number_and_bytes


def m001_create_tables(connection: Connection) -> None:
    """The tables of the first version."""
    number, blob = number_and_bytes(connection.dialect)
    for statement in (
        "CREATE TABLE counters (name TEXT NOT NULL PRIMARY KEY, value BIGINT NOT NULL)",
        "INSERT INTO counters (name, value) VALUES ('seq', 0), ('shopper', 0), ('erasure', 0)",
        f"CREATE TABLE shoppers (number {number} NOT NULL PRIMARY KEY, key TEXT NOT NULL UNIQUE,"
        " account BIGINT, seen INTEGER NOT NULL)",
        "CREATE INDEX shoppers_by_account ON shoppers (account)",
        f"CREATE TABLE events (seq {number} NOT NULL PRIMARY KEY, id TEXT NOT NULL UNIQUE,"
        f" at DOUBLE PRECISION NOT NULL, name TEXT NOT NULL, shopper BIGINT, session BIGINT, doc {blob} NOT NULL)",
        "CREATE INDEX events_by_shopper ON events (shopper, seq)",
        "CREATE INDEX events_by_time ON events (at)",
        f"CREATE TABLE erasures (number {number} NOT NULL PRIMARY KEY, names {blob} NOT NULL)",
    ):
        connection.execute(text(statement))


def m002_create_taste_edits(connection: Connection) -> None:
    """What shoppers say of their own tastes."""
    _, blob = number_and_bytes(connection.dialect)
    for statement in (
        f"CREATE TABLE taste_edits (key TEXT NOT NULL PRIMARY KEY, doc {blob} NOT NULL)",
        "INSERT INTO counters (name, value) VALUES ('taste_edit', 0)",
    ):
        connection.execute(text(statement))


STEPS: Steps = (m001_create_tables, m002_create_taste_edits)
