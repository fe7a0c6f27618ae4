"""The log of searches: what was shown, clicked and ordered; as a file of lines and as arrays to estimate on.

A line of the file is a JSON object with ``query``, ``products`` in the order shown and ``clicks`` as positions from 1;
``orders``, ``shopper``, ``query_id``, ``experiment``, ``arm``, ``teams``, ``metrics`` and ``propensities`` may be
missing, other keys are passed over. Like judgements, and unlike a catalogue, a log with a bad line is refused as a
whole.
"""

from __future__ import annotations

import gzip
import math
import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, cast

import numpy as np
import orjson
from numpy.typing import NDArray

from bowerbird.domain.errors import FormatError, InputError, NotFoundError
from bowerbird.measure.impressions import TEAMS, Impression, read_impression

__all__ = [
    "TEAMS",
    "ClickTable",
    "Impression",
    "encode_impressions",
    "positions_from",
    "read_impressions",
    "read_table",
]

_MAX_LINE = 1_000_000
_KEYS = "an object with query, products and clicks"


@dataclass(frozen=True, slots=True, eq=False)
class ClickTable:
    """A log as arrays: a row for each product shown, a session for each search; codes point into the tuples of names.

    ``starts`` (sessions + 1, int64) holds the first row of each session and, last, the number of rows. ``query``,
    ``shopper`` and ``arm`` are codes by session; ``product`` (code), ``position`` (from 1), ``click``, ``order``,
    ``team`` (a place in TEAMS) and ``propensity`` are by row. ``propensity`` is None where no line had any, and NaN
    in the rows of the lines without.
    """

    queries: tuple[str, ...]
    products: tuple[str, ...]
    shoppers: tuple[str, ...]
    arms: tuple[str, ...]
    starts: NDArray[np.int64]
    query: NDArray[np.int32]
    shopper: NDArray[np.int32]
    arm: NDArray[np.int32]
    product: NDArray[np.int32]
    position: NDArray[np.int32]
    click: NDArray[np.bool_]
    order: NDArray[np.bool_]
    team: NDArray[np.int8]
    propensity: NDArray[np.float64] | None = None

    @property
    def sessions(self) -> int:
        """How many searches."""
        return len(self.query)

    @property
    def rows(self) -> int:
        """How many products were shown, each time counted."""
        return len(self.product)

    @property
    def session(self) -> NDArray[np.int64]:
        """The session of each row, (rows,)."""
        return np.repeat(np.arange(self.sessions), np.diff(self.starts))

    def sums(self, values: NDArray[Any]) -> NDArray[np.float64]:
        """The sum of a value by row over each session: (rows,) in, (sessions,) out."""
        return np.bincount(self.session, weights=values, minlength=self.sessions).astype(np.float64)

    def pairs(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Each row's (query, product) as a code (rows,), and the query and the product of each code (pairs,)."""
        keys = self.query.astype(np.int64)[self.session] * max(len(self.products), 1) + self.product
        found, codes = np.unique(keys, return_inverse=True)
        return codes, *np.divmod(found, max(len(self.products), 1))

    def rows_of(self, sessions: NDArray[np.integer]) -> NDArray[np.int64]:
        """The rows of some sessions, by their numbers, one session after the other."""
        lengths = np.diff(self.starts)[sessions]
        ends = np.cumsum(lengths)
        shifts: NDArray[np.int64] = np.repeat(self.starts[sessions] - (ends - lengths), lengths)
        return shifts + np.arange(len(shifts))

    def select(self, sessions: NDArray[Any]) -> ClickTable:
        """The table of some sessions, by their numbers or a mask; a number given twice counts twice."""
        chosen = np.flatnonzero(sessions) if sessions.dtype == np.bool_ else sessions
        starts = np.concatenate([[0], np.cumsum(np.diff(self.starts)[chosen])]).astype(np.int64)
        rows = self.rows_of(chosen)
        return ClickTable(
            queries=self.queries,
            products=self.products,
            shoppers=self.shoppers,
            arms=self.arms,
            starts=starts,
            query=self.query[chosen],
            shopper=self.shopper[chosen],
            arm=self.arm[chosen],
            product=self.product[rows],
            position=self.position[rows],
            click=self.click[rows],
            order=self.order[rows],
            team=self.team[rows],
            propensity=None if self.propensity is None else self.propensity[rows],
        )


def read_table(path: Path) -> ClickTable:
    """Read a whole log into arrays, a line at a time; raises as ``read_impressions``."""
    return encode_impressions(read_impressions(path))


def encode_impressions(impressions: Iterable[Impression]) -> ClickTable:
    """Impressions as arrays; none of them is held longer than it takes."""
    log = _Columns()
    for impression in impressions:
        log.add(impression)
    return log.table()


def read_impressions(path: Path) -> Iterator[Impression]:
    """The impressions of a ``.jsonl`` file, also ``.gz``, one by one.

    Raises NotFoundError for a missing file, FormatError for one that is no log and InputError, with the line, for a
    line that cannot be used: whoever counts must then throw away what came before.
    """
    if not path.is_file():
        raise NotFoundError(f"no log at {path}")
    empty = True
    for where, line in _lines(path):
        empty = False
        yield read_impression(line, where)
    if empty:
        raise FormatError("the log holds no searches", where=path.name, expected=f"{_KEYS} a line")


@dataclass(slots=True)
class _Columns:
    """Grows typed columns row by row, so that a log needs no Python object a product."""

    names: tuple[dict[str, int], ...] = field(default_factory=lambda: ({}, {}, {}, {}))
    sessions: array[int] = field(default_factory=lambda: array("i"))
    lengths: array[int] = field(default_factory=lambda: array("i"))
    product: array[int] = field(default_factory=lambda: array("i"))
    marks: bytearray = field(default_factory=bytearray)
    propensity: array[float] = field(default_factory=lambda: array("d"))
    random: bool = False

    def add(self, seen: Impression) -> None:
        queries, products, shoppers, arms = self.names
        for known, name in ((queries, seen.query), (shoppers, seen.shopper), (arms, seen.arm)):
            self.sessions.append(known.setdefault(name, len(known)))
        self.lengths.append(len(seen.products))
        self.product.extend(products.setdefault(name, len(products)) for name in seen.products)
        # One byte a row: click, order and the team's code above them.
        marks = bytearray(TEAMS.index(team) << 2 for team in seen.teams) or bytearray(len(seen.products))
        for position in seen.clicks:
            marks[position - 1] |= 1
        for position in seen.orders:
            marks[position - 1] |= 2
        self.marks += marks
        self.random = self.random or seen.propensities is not None
        self.propensity.extend(seen.propensities or [math.nan] * len(seen.products))

    def table(self) -> ClickTable:
        sessions = np.array(self.sessions, np.int32).reshape(-1, 3)
        starts = np.concatenate([[0], np.cumsum(np.array(self.lengths, np.int64))]).astype(np.int64)
        marks = np.frombuffer(bytes(self.marks), np.uint8)
        queries, products, shoppers, arms = (tuple(names) for names in self.names)
        return ClickTable(
            queries=queries,
            products=products,
            shoppers=shoppers,
            arms=arms,
            starts=starts,
            query=sessions[:, 0].copy(),
            shopper=sessions[:, 1].copy(),
            arm=sessions[:, 2].copy(),
            product=np.array(self.product, np.int32),
            position=positions_from(starts),
            click=(marks & 1).astype(np.bool_),
            order=(marks & 2).astype(np.bool_),
            team=(marks >> 2).astype(np.int8),
            propensity=np.array(self.propensity, np.float64) if self.random else None,
        )


def positions_from(starts: NDArray[np.int64]) -> NDArray[np.int32]:
    """The position of each row in its session, from 1, int32."""
    return (np.arange(starts[-1]) - np.repeat(starts[:-1], np.diff(starts)) + 1).astype(np.int32)


def _lines(path: Path) -> Iterator[tuple[str, Mapping[str, object]]]:
    try:
        with _open(path) as lines:
            number = 0
            while text := lines.readline(_MAX_LINE + 1):
                number += 1
                where = f"{path.name}, line {number}"
                if len(text) > _MAX_LINE:
                    raise InputError("the line is too long", where=where, expected=f"at most {_MAX_LINE:,} bytes")
                if text.strip():
                    yield where, _parse(text.removeprefix(b"\xef\xbb\xbf") if number == 1 else text, where)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise FormatError("the file is not a whole gzip file", where=path.name) from error


def _open(path: Path) -> IO[bytes]:
    kinds = [suffix.lower() for suffix in path.suffixes if suffix != ".gz"]
    if not kinds or kinds[-1] not in (".jsonl", ".ndjson"):
        raise FormatError("unknown kind of log", where=path.name, expected=".jsonl or .jsonl.gz")
    return cast("IO[bytes]", gzip.open(path, "rb")) if path.suffix == ".gz" else path.open("rb")


def _parse(text: bytes, where: str) -> Mapping[str, object]:
    try:
        line = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise InputError("the line is no JSON", where=where, found=text.strip(), expected=_KEYS) from error
    if not isinstance(line, dict):
        raise InputError("the line is no object", where=where, found=line, expected=_KEYS)
    return line
