"""Events in, whoever sends them: unfold what came -> recognise each -> read it -> check its time -> give it an id.

A bad event is refused by itself with what is wrong with it; the others of its batch are read all the same. Without
consent an event is kept without who it was and which order.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any, TypeAlias
from uuid import uuid4

import orjson

from bowerbird.domain.errors import InputError
from bowerbird.domain.event import Event, Who
from bowerbird.domain.record_checks import wrong
from bowerbird.events.documents import to_document
from bowerbird.events.ga4 import read_ga4
from bowerbird.events.insights import read_insights
from bowerbird.events.segment import TYPES, read_segment

MAX_BATCH = 1_000
AHEAD_SECONDS = 86_400.0
"""So far ahead of ours a sender's clock may be."""
SLACK_SECONDS = 60.0
"""What is further ahead than this counts as done now: else nothing done after it would tell of a taste."""

Reader: TypeAlias = "Callable[[Mapping[str, Any], Mapping[str, Any]], Event]"


@dataclass(frozen=True, slots=True)
class RefusedEvent:
    """A bad event: its place in the batch, from 0, and what is wrong with it."""

    place: int
    error: InputError


@dataclass(frozen=True, slots=True)
class ReadEvents:
    """What came of a batch; ``alone`` says that it was one event and no batch."""

    events: tuple[Event, ...]
    refused: tuple[RefusedEvent, ...]
    alone: bool = False


def read_events(body: Any, now: float, oldest: float = 0.0) -> ReadEvents:
    """Read one event, a list of them, or an object with ``events`` (or Segment's ``batch``), parsed from JSON.

    ``now`` and ``oldest`` are in seconds since 1970; an event before ``oldest`` is refused. Raises InputError where the
    whole is nothing of the kind, or more than ``MAX_BATCH`` events.
    """
    records, shared, alone = unfold(body)
    events, refused = [], []
    for place, record in enumerate(records):
        try:
            events.append(read_event(record, shared, now, oldest))
        except InputError as error:
            refused.append(RefusedEvent(place, error))
    return ReadEvents(tuple(events), tuple(refused), alone)


def unfold(body: Any) -> tuple[list[Any], Mapping[str, Any], bool]:
    """The records of a body, what it says of all of them, and whether it is a single event."""
    if isinstance(body, list):
        return _few(body, "events"), {}, False
    if not isinstance(body, Mapping):
        raise InputError("no event", found=type(body).__name__, expected="an object or a list of objects")
    for name in ("events", "batch"):
        if name in body:
            if not isinstance(body[name], list):
                raise wrong("no list", name, body[name], "a list of events")
            return _few(body[name], name), {key: value for key, value in body.items() if key != name}, False
    return [body], {}, True


def read_event(record: Any, shared: Mapping[str, Any], now: float, oldest: float) -> Event:
    """One event of a record in whatever shape. Raises InputError."""
    if not isinstance(record, Mapping):
        raise InputError("no event", found=record, expected="an object")
    event = recognise(record)(record, shared)
    timed = not math.isnan(event.at)
    at = _check_time(event.at, now, oldest) if timed else now
    if not event.consent:
        # Nor may an id be made of what is left out.
        return replace(event, id=event.id or uuid4().hex, at=at, who=Who(), transaction="")
    return replace(event, id=event.id or (id_of(event) if timed else uuid4().hex), at=at)


def recognise(record: Mapping[str, Any]) -> Reader:
    """What reads a record, by its shape."""
    if "eventType" in record:
        return read_insights
    kind = record.get("type")
    if isinstance(kind, str) and kind in TYPES:
        return read_segment
    return read_ga4


def id_of(event: Event) -> str:
    """An id made of what an event says, so that it is known again when it comes again."""
    plain = orjson.dumps([event.name, event.at, event.who.user, event.who.session])
    return blake2b(plain + to_document(event), digest_size=16).hexdigest()


def _few(records: list[Any], name: str) -> list[Any]:
    if len(records) > MAX_BATCH:
        raise wrong("too many events", name, len(records), f"at most {MAX_BATCH:,}")
    return records


def _check_time(at: float, now: float, oldest: float) -> float:
    # Further back than any clock, for who keeps events for ever.
    if not max(oldest, 0.0) <= at <= now + AHEAD_SECONDS:
        raise wrong(
            "not a time that is kept", "timestamp", _moment(at), f"{_moment(max(oldest, 0.0))} to a day from now"
        )
    # Whoever's clock is ahead did it no later than now; a little keeps events in their order.
    return at if at <= now + SLACK_SECONDS else now


def _moment(at: float) -> str:
    try:
        return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")
    except (ValueError, OverflowError, OSError):
        return f"{at:g} s since 1970"
