"""The merchandising rules: every change writes the whole set as a new version, and the newest is in force.

Undoing writes the version before as a new one, so it stands in the history and can itself be undone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson
from sqlalchemy import Connection, bindparam, func, insert, select

from bowerbird.domain.errors import ArtefactError, InputError, NotFoundError
from bowerbird.domain.record_checks import text_at
from bowerbird.domain.rule_records import read_rules, rule_to_record
from bowerbird.domain.rules import Rule
from bowerbird.storage.database import Database
from bowerbird.storage.schema import rules

MAX_BYTES = 8_000_000
"""The largest set, as JSON."""
_AUTHOR = 100
_NOTE = 500


@dataclass(frozen=True, slots=True)
class RuleChange:
    """One entry of the history: who wrote a version, when (UTC, ISO 8601), why, and how many rules it has."""

    number: int
    author: str = ""
    at: str = ""
    note: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """A version of the whole set; number 0 is the empty one before the first change."""

    change: RuleChange = RuleChange(0)
    rules: tuple[Rule, ...] = ()


_TOLD = (rules.c.number, rules.c.author, rules.c.at, rules.c.note, rules.c.count)
_NUMBER = select(func.coalesce(func.max(rules.c.number), 0))
_NEWEST = select(*_TOLD, rules.c.document).order_by(rules.c.number.desc()).limit(1)
_AT = select(*_TOLD, rules.c.document).where(rules.c.number == bindparam("wanted"))
_DOCUMENT = select(rules.c.document, rules.c.count).where(rules.c.number == bindparam("wanted"))
_HISTORY = select(*_TOLD).order_by(rules.c.number.desc()).limit(bindparam("most"))


class RuleStore:
    """Reads and writes the rules; safe from many threads and beside other processes."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def number(self) -> int:
        """The number of the version in force, 0 before the first."""
        with self.database.read() as connection:
            return _newest(connection)

    def current(self) -> RuleVersion:
        """The version in force. Raises ArtefactError where it cannot be read."""
        with self.database.read() as connection:
            row = connection.execute(_NEWEST).one_or_none()
        return RuleVersion() if row is None else _version(row)

    def at(self, number: int) -> RuleVersion:
        """A version of the history, 0 for the empty one before the first. Raises NotFoundError, ArtefactError."""
        if number == 0:
            return RuleVersion()
        with self.database.read() as connection:
            row = connection.execute(_AT, {"wanted": number}).one_or_none() if 0 < number < 1 << 63 else None
        if row is None:
            raise NotFoundError(f"no version {number} of the rules")
        return _version(row)

    def history(self, limit: int = 100) -> list[RuleChange]:
        """The latest changes, newest first."""
        with self.database.read() as connection:
            return [RuleChange(*row) for row in connection.execute(_HISTORY, {"most": max(0, limit)})]

    def replace(
        self, wanted: Iterable[Rule], author: str, note: str = "", *, expected: int | None = None
    ) -> RuleVersion:
        """Put a whole set in force, durable on return; a set that equals the one in force writes nothing.

        ``expected`` is the version that the caller has seen: where another is in force, nothing is written. Raises
        InputError for that, for rules that no record could hold, and for a blank author.
        """
        _check(author, note)
        kept, document = _encoded(wanted)

        def work(connection: Connection) -> RuleVersion:
            newest = connection.execute(_NEWEST).one_or_none()
            _expect(expected, 0 if newest is None else newest.number)
            if newest is None and not kept:
                return RuleVersion()
            if newest is not None and newest.document == document:
                return RuleVersion(RuleChange(*newest[:-1]), kept)
            return RuleVersion(_write(connection, author, note, len(kept), document), kept)

        return self.database.write(work)

    def undo(self, author: str, *, expected: int | None = None) -> RuleVersion:
        """Put the version before the one in force back, as a new version, durable on return.

        ``expected`` is the version to undo. Raises NotFoundError before the first change, InputError as ``replace``.
        """
        _check(author, "")

        def work(connection: Connection) -> RuleChange:
            number = _newest(connection)
            _expect(expected, number)
            if number == 0:
                raise NotFoundError("no rules were set yet, so there is nothing to undo")
            before = connection.execute(_DOCUMENT, {"wanted": number - 1}).one_or_none()
            document, count = (b"[]", 0) if before is None else before
            return _write(connection, author, f"undoes version {number}", count, document)

        return self.at(self.database.write(work).number)


def _check(author: str, note: str) -> None:
    text_at(author, "author", _AUTHOR)
    text_at(note, "note", _NOTE, shortest=0)


def _encoded(wanted: Iterable[Rule]) -> tuple[tuple[Rule, ...], bytes]:
    """Rules as they will be read again, and their document. Raises InputError for those that would not be."""
    records = [rule_to_record(rule) for rule in wanted]
    kept = read_rules(records)
    document = orjson.dumps(records)
    if len(document) > MAX_BYTES:
        raise InputError(
            "the rules are too large", field="rules", found=len(document), expected=f"at most {MAX_BYTES:,} bytes"
        )
    return kept, document


def _expect(expected: int | None, number: int) -> None:
    if expected is not None and expected != number:
        raise InputError(
            "the rules were changed meanwhile",
            field="version",
            found=expected,
            expected=f"the newest version, {number}",
        )


def _newest(connection: Connection) -> int:
    return int(connection.execute(_NUMBER).scalar_one())


def _write(connection: Connection, author: str, note: str, count: int, document: bytes) -> RuleChange:
    at = datetime.now(UTC).isoformat(timespec="seconds")
    change = RuleChange(_newest(connection) + 1, author, at, note, count)
    row = {"number": change.number, "author": author, "at": at, "note": note, "count": count, "document": document}
    connection.execute(insert(rules).values(row))
    return change


def _version(row: Sequence[Any]) -> RuleVersion:
    change = RuleChange(*row[:-1])
    try:
        return RuleVersion(change, read_rules(orjson.loads(row[-1])))
    except (InputError, orjson.JSONDecodeError) as error:
        # Written by a newer program, or damaged: the history still has the versions before.
        raise ArtefactError(f"version {change.number} of the rules cannot be read: {error}") from error
