"""Events out of a file of JSON lines into the log; a bad line or event stops no other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import orjson

from bowerbird.domain.errors import InputError
from bowerbird.domain.event import Event
from bowerbird.events.flow import read_events
from bowerbird.events.log import EventLog

BATCH = 1_000
LONGEST_LINE = 32_000_000
KEPT_ERRORS = 1_000


@dataclass
class Importing:
    """What came of a file so far: ``errors`` are the first ones with their lines, from 1."""

    recorded: int = 0
    known: int = 0
    refused: int = 0
    errors: list[tuple[int, InputError]] = field(default_factory=list)

    def refuse(self, line: int, error: InputError) -> None:
        """Count an error."""
        self.refused += 1
        if len(self.errors) < KEPT_ERRORS:
            self.errors.append((line, error))


def import_events(
    lines: Iterable[bytes], log: EventLog, now: float, oldest: float, progress: Callable[[int], None]
) -> Importing:
    """Record the events of lines, each one event or a batch as ``read_events`` takes it; empty lines are passed over.

    ``progress`` is told how many events were read. Raises StorageError: what came before is kept.
    """
    done = Importing()
    waiting: list[Event] = []

    def record() -> None:
        new = sum(one.new for one in log.record(waiting))
        done.recorded += new
        done.known += len(waiting) - new
        waiting.clear()
        progress(done.recorded + done.known + done.refused)

    for number, line in enumerate(lines, 1):
        if not line.isspace():
            waiting += _read(number, line, done, now, oldest)
        if len(waiting) >= BATCH:
            record()
    record()
    return done


def _read(number: int, line: bytes, done: Importing, now: float, oldest: float) -> Iterable[Event]:
    try:
        if len(line) > LONGEST_LINE:
            raise InputError("too long a line", found=len(line), expected=f"at most {LONGEST_LINE:,} bytes")
        read = read_events(orjson.loads(line), now, oldest)
    except orjson.JSONDecodeError as error:
        done.refuse(number, InputError(f"no JSON: {error}"))
        return ()
    except InputError as error:
        done.refuse(number, error)
        return ()
    for one in read.refused:
        done.refuse(number, one.error)
    return read.events
