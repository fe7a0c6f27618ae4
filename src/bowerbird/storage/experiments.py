"""The experiments: what they are, who started and stopped them, and what was counted.

A search is counted once, whatever comes how often: its id is kept with the tally, in one transaction. What a shopper
did is kept by a digest of the shopper's name, for the tally alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from itertools import islice
from typing import Any, TypeAlias

import orjson
from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from bowerbird.domain.errors import ArtefactError, InputError, NotFoundError
from bowerbird.domain.record_checks import text_at
from bowerbird.storage.database import Database
from bowerbird.storage.schema import experiment_searches as searches
from bowerbird.storage.schema import experiment_shoppers as shoppers
from bowerbird.storage.schema import experiments
from bowerbird.storage.sqlite import MAX_VARIABLES, insert_or_replace

MAX_BYTES = 100_000
"""The largest definition, as JSON."""
ITSELF = "bowerbird"
"""Who stopped an experiment that stopped by itself."""
_AUTHOR, _WHY = 100, 500

Who: TypeAlias = "tuple[str, str]"
"""An arm and a shopper in it."""
Fold: TypeAlias = "Callable[[Any, Mapping[Who, Any], Sequence[Outcome]], Folded]"
"""From the tally, what was counted of the shoppers before, and new outcomes to what is kept; changes nothing itself."""


@dataclass(frozen=True, slots=True)
class StoredExperiment:
    """An experiment with its definition and tally, both JSON; times are UTC in ISO 8601, empty while it runs."""

    number: int
    name: str
    document: bytes
    author: str
    started_at: str
    running: bool = True
    stopped_by: str = ""
    stopped_at: str = ""
    why: str = ""
    tally: bytes = b"{}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one search, by metric."""

    query_id: str
    arm: str
    shopper: str
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Folded:
    """What is kept after counting; ``stop`` says why the experiment is to stop by itself, None to let it run."""

    tally: Any
    shoppers: Mapping[Who, Any]
    stop: str | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """How many searches were new, how many were known before, and how the experiment stands now."""

    new: int
    known: int
    experiment: StoredExperiment


_TOLD = [experiments.c[name] for name in StoredExperiment.__slots__]
_ALL = select(*_TOLD).order_by(experiments.c.number)
_ONE = select(*_TOLD).where(experiments.c.name == bindparam("wanted"))
_CHANGED = select(func.coalesce(func.max(experiments.c.changed), 0))
_LAST = select(func.coalesce(func.max(experiments.c.number), 0))
_SEARCHES = select(searches.c.query_id).where(
    searches.c.experiment == bindparam("of"), searches.c.query_id.in_(bindparam("keys", expanding=True))
)
_SHOPPERS = select(shoppers.c.arm, shoppers.c.shopper, shoppers.c.sums).where(
    shoppers.c.experiment == bindparam("of"), shoppers.c.shopper.in_(bindparam("keys", expanding=True))
)

_OF_ANY = shoppers.c.shopper.in_(bindparam("keys", expanding=True))
_COUNTED = (
    select(experiments.c.name, shoppers.c.arm, shoppers.c.sums)
    .join(experiments, experiments.c.number == shoppers.c.experiment)
    .where(_OF_ANY)
    .order_by(experiments.c.number)
)
_ERASE = delete(shoppers).where(_OF_ANY)


class ExperimentStore:
    """Reads and writes experiments; safe from many threads and beside other processes."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def changed(self) -> int:
        """A number that rises whenever an experiment starts or stops, 0 before the first."""
        with self.database.read() as connection:
            return int(connection.execute(_CHANGED).scalar_one())

    def all(self) -> list[StoredExperiment]:
        """Every experiment, the oldest first."""
        with self.database.read() as connection:
            return [StoredExperiment(*row) for row in connection.execute(_ALL)]

    def get(self, name: str) -> StoredExperiment:
        """One experiment. Raises NotFoundError."""
        with self.database.read() as connection:
            return _get(connection, name)

    def start(self, name: str, document: bytes, author: str) -> StoredExperiment:
        """Start an experiment, durable on return; the same one again while it runs writes nothing.

        Raises InputError for a name that was used before: who takes part depends on it.
        """
        text_at(author, "author", _AUTHOR)
        if len(document) > MAX_BYTES:
            raise InputError("the definition is too large", found=len(document), expected=f"at most {MAX_BYTES:,}")

        def work(connection: Connection) -> StoredExperiment:
            row = connection.execute(_ONE, {"wanted": name}).one_or_none()
            if row is not None:
                known = StoredExperiment(*row)
                if known.running and known.document == document:
                    return known
                raise InputError("there was an experiment of this name", field="name", found=name, expected="a new one")
            number = int(connection.execute(_LAST).scalar_one()) + 1
            new = StoredExperiment(number, name, document, author, _now())
            values = {column: getattr(new, column) for column in StoredExperiment.__slots__}
            connection.execute(insert(experiments).values(**values, changed=_next(connection)))
            return new

        return self.database.write(work)

    def stop(self, name: str, author: str, why: str) -> StoredExperiment:
        """Stop an experiment, durable on return; one that is stopped stays as it is. Raises NotFoundError."""
        text_at(author, "author", _AUTHOR)
        text_at(why, "why", _WHY)

        def work(connection: Connection) -> StoredExperiment:
            if _get(connection, name).running:
                _stop(connection, name, author, why)
            return _get(connection, name)

        return self.database.write(work)

    def count(self, name: str, outcomes: Sequence[Outcome], fold: Fold) -> Counted:
        """Count the searches that were not counted before, durable on return; of two of one id the first counts.

        Raises NotFoundError, ArtefactError for a torn tally, and whatever ``fold`` raises: then nothing is counted.
        """

        def work(connection: Connection) -> Counted:
            found = _get(connection, name)
            known = _known_searches(connection, found.number, [one.query_id for one in outcomes])
            new = list({one.query_id: one for one in reversed(outcomes) if one.query_id not in known}.values())[::-1]
            if new:
                before = _known_shoppers(connection, found.number, new)
                folded = fold(parse(found.tally, f"the tally of {name}"), before, new)
                _keep(connection, found.number, new, folded)
                if folded.stop is not None and found.running:
                    _stop(connection, name, ITSELF, folded.stop[:_WHY])
            return Counted(len(new), len(outcomes) - len(new), _get(connection, name))

        return self.database.write(work)

    def of_shoppers(self, names: Iterable[str]) -> dict[str, dict[str, Any]]:
        """What was counted of shoppers, by experiment and arm. Raises ArtefactError."""
        told: dict[str, dict[str, Any]] = {}
        with self.database.read() as connection:
            for piece in _pieces(names):
                for name, arm, sums in connection.execute(_COUNTED, {"keys": piece}):
                    told.setdefault(name, {})[arm] = parse(sums, "what was counted of a shopper")
        return told

    def erase_shoppers(self, names: Iterable[str]) -> None:
        """Drop what was counted of shoppers, durable on return; the tallies stay."""
        pieces = list(_pieces(names))

        def work(connection: Connection) -> None:
            for piece in pieces:
                connection.execute(_ERASE, {"keys": piece})

        self.database.write(work)


def parse(document: bytes, what: str) -> Any:
    """JSON that was stored. Raises ArtefactError."""
    try:
        return orjson.loads(document)
    except orjson.JSONDecodeError as error:
        raise ArtefactError(f"{what} cannot be read: {error}") from error


def _get(connection: Connection, name: str) -> StoredExperiment:
    row = connection.execute(_ONE, {"wanted": name}).one_or_none()
    if row is None:
        raise NotFoundError(f"no experiment {name[:100]!r}")
    return StoredExperiment(*row)


def _next(connection: Connection) -> int:
    return int(connection.execute(_CHANGED).scalar_one()) + 1


def _stop(connection: Connection, name: str, author: str, why: str) -> None:
    stopped = {"running": False, "stopped_by": author, "stopped_at": _now(), "why": why, "changed": _next(connection)}
    connection.execute(update(experiments).where(experiments.c.name == name).values(stopped))


def _known_searches(connection: Connection, number: int, ids: Iterable[str]) -> set[str]:
    keys = iter(sorted(set(ids)))
    found: set[str] = set()
    while piece := list(islice(keys, MAX_VARIABLES)):
        found.update(connection.execute(_SEARCHES, {"of": number, "keys": piece}).scalars())
    return found


def _known_shoppers(connection: Connection, number: int, new: Sequence[Outcome]) -> dict[Who, Any]:
    names = {_digest(one.shopper): one.shopper for one in new}
    keys = iter(sorted(names))
    found: dict[Who, Any] = {}
    while piece := list(islice(keys, MAX_VARIABLES)):
        for arm, digest, sums in connection.execute(_SHOPPERS, {"of": number, "keys": piece}):
            found[arm, names[digest]] = parse(sums, "what was counted of a shopper")
    return found


def _keep(connection: Connection, number: int, new: Sequence[Outcome], folded: Folded) -> None:
    connection.execute(insert(searches), [{"experiment": number, "query_id": one.query_id} for one in new])
    rows = [
        {"experiment": number, "shopper": _digest(shopper), "arm": arm, "sums": orjson.dumps(sums)}
        for (arm, shopper), sums in folded.shoppers.items()
    ]
    if rows:
        connection.execute(insert_or_replace(shoppers), rows)
    tally = orjson.dumps(folded.tally)
    connection.execute(update(experiments).where(experiments.c.number == number).values(tally=tally))


def _pieces(names: Iterable[str]) -> Iterator[list[bytes]]:
    digests = iter(sorted(set(map(_digest, names))))
    while piece := list(islice(digests, MAX_VARIABLES)):
        yield piece


def _digest(shopper: str) -> bytes:
    return blake2b(shopper.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
