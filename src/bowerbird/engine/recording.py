"""What shoppers do, kept and told; and one shopper erased from, or exported of, every part that keeps something.

Parts that keep something beside the log register. An erasure is carried out by the process that keeps the shop; another
one writes it down and waits.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bowerbird.domain.errors import BowerbirdError, StorageError
from bowerbird.domain.event import Event, Logged
from bowerbird.domain.ports import Eraser
from bowerbird.events.erasing import Erased
from bowerbird.events.log import EventLog
from bowerbird.events.writing import DAY_SECONDS, Recorded

LOOK_SECONDS = 1.0
"""How often the keeper looks for erasures that another process wrote down."""
WAIT_SECONDS = 120.0
"""How long another process waits for the keeper to carry out its erasure."""

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class ShopperExport:
    """Everything kept of a shopper: the keys, the events, oldest first, and by its name what another part keeps."""

    keys: tuple[str, ...]
    events: Iterator[Logged]
    parts: Mapping[str, Mapping[str, Any]]


class Recording:
    """The event log of an open shop with its duties; ``log`` itself is for reading. Safe from many threads."""

    def __init__(self, log: EventLog, keep_days: int, *, keeper: bool) -> None:
        self.log = log
        self._keep_days, self._keeper = keep_days, keeper
        self._erasers: list[Eraser] = []
        self._closing = threading.Event()
        self._watcher: threading.Thread | None = None

    def register(self, eraser: Eraser) -> None:
        """Let a part know of erasures and exports."""
        self._erasers.append(eraser)

    def record(self, events: Sequence[Event]) -> list[Recorded]:
        """Keep events, durable on return. Raises as ``EventLog.record``."""
        return self.log.record(events)

    @property
    def oldest(self) -> float:
        """The time before which events are not kept, in seconds since 1970."""
        return time.time() - self._keep_days * DAY_SECONDS if self._keep_days else 0.0

    def erase(self, keys: Collection[str]) -> Erased:
        """Erase everywhere whom some keys of the log name.

        Raises StorageError where that could only be written down, to be done later.
        """
        kept = self.log.knows(keys) or any(part.export(keys) for part in self._erasers)
        if not kept and not self.log.noted_erasures():
            # The log is not rewritten for nobody, unless somebody who is gone from it waits for that.
            return Erased(0, 0)
        return self.log.erase(keys, self._erasers) if self._keeper else self._leave_to_keeper(keys)

    def export(self, keys: Collection[str]) -> ShopperExport:
        """Everything that is kept of whom some keys of the log name."""
        parts = {part.name: told for part in self._erasers if (told := part.export(keys))}
        return ShopperExport(tuple(keys), self.log.export(keys), parts)

    def resume(self) -> None:
        """Finish the erasures that a crash broke off, now that every part has registered."""
        try:
            if self._keeper:
                self.log.finish_erasures(self._erasers)
        except BowerbirdError as error:
            _LOG.error("an erasure is not finished yet: %s", error)

    def forget_old(self) -> int:
        """Delete the events that have been kept for as long as they may be; how many."""
        return self.log.forget_before(self.oldest)

    def watch(self) -> None:
        """Carry out other processes' erasures and forget old events every day. For long-running processes."""
        if self._keeper and self._watcher is None:
            self._watcher = threading.Thread(target=self._watch, name="keep-events", daemon=True)
            self._watcher.start()

    def close(self) -> None:
        """Stop watching."""
        self._closing.set()
        if self._watcher is not None:
            self._watcher.join()

    def _leave_to_keeper(self, keys: Collection[str]) -> Erased:
        events = self.log.count_of(keys)
        number = self.log.note_erasure(keys)
        end = time.monotonic() + WAIT_SECONDS
        while number in self.log.noted_erasures():
            if time.monotonic() > end or self._closing.wait(0.1):
                raise StorageError("the erasure is written down; the process that keeps the shop carries it out")
        for part in self._erasers:
            # What this process has in memory.
            part.erase(keys)
        return Erased(events, len(keys))

    def _watch(self) -> None:
        forgotten_at: float | None = None
        while not self._closing.is_set():
            try:
                self.log.finish_erasures(self._erasers)
                if forgotten_at is None or time.monotonic() - forgotten_at > DAY_SECONDS:
                    forgotten_at = time.monotonic()
                    self.forget_old()
            except BowerbirdError as error:
                _LOG.error("events stay longer than they should: %s", error)
            self._closing.wait(LOOK_SECONDS)
