"""What the readers of sources yield: raw rows, then records; and beside them what could not be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

from bowerbird.catalog.limits import ImportLimits
from bowerbird.domain.errors import InputError


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as the file has it; ``line`` is the first line of a text row, else the row's number from 1."""

    file: str
    line: int
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be read; ``raw`` is all of it, for the rejects file."""

    file: str
    line: int
    error: InputError
    raw: object


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that is sound but not meant to be sold here, such as a draft; ``id`` is its product's."""

    file: str
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Record:
    """One product under canonical names with uncleaned values, and its variants, each with its own row.

    ``fields`` holds no ``variants`` where ``variants`` here has some: the flow checks each by itself, so that one
    bad variant row is rejected and its product still imported.
    """

    fields: dict[str, object]
    file: str
    line: int
    raw: Mapping[str, object]
    variants: tuple[Record, ...] = ()


RawItem: TypeAlias = "RawRow | BadRow"
Item: TypeAlias = "Record | BadRow | SkippedRow"
RawRows: TypeAlias = Callable[[], Iterator[RawItem]]
"""Rows that can be read again from the start."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a source is to be read.

    ``mapping`` says which column is which field (see ``mapping.py``); ``encoding`` None means UTF-8, or UTF-16 by its
    mark; ``currency`` is what prices are in that name none; ``now`` decides whether a dated sale price holds.
    """

    limits: ImportLimits = field(default_factory=ImportLimits)
    mapping: Mapping[str, str] | Sequence[str] = ()
    encoding: str | None = None
    currency: str | None = None
    now: datetime = field(default_factory=lambda: datetime.now(UTC))


Reader: TypeAlias = Callable[[Path, Reading], Iterator[Item]]
"""A format: a path and how to read it in, records, bad rows and skipped rows out, in bounded memory."""
