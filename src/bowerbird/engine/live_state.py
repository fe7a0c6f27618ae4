"""Keeps what is counted of events up to date: follows the log, redraws the charts, and writes it all down now and then.

After a crash the last whole copy is read, and what came after it is taken from the log again.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from bowerbird.domain.errors import ArtefactError, BowerbirdError
from bowerbird.domain.event import EventName, Logged
from bowerbird.domain.ports import IndexView
from bowerbird.engine.recommender_updates import UpdateSettings
from bowerbird.events.log import EventLog
from bowerbird.recommend.asked import Charts
from bowerbird.recommend.interactions import Times, shopper_key
from bowerbird.recommend.live_counts import LiveCounts, LiveSettings
from bowerbird.storage import artefacts

log = logging.getLogger(__name__)

BATCH = 1_000
LOOK_SECONDS = 1.0
RETRY_SECONDS = 1.0
_REMEMBERED, _PURCHASES = 200, (EventName.PURCHASE,)
"""So many of a shopper's newest purchases are looked through for when they last bought what they buy."""


@dataclass(frozen=True, slots=True)
class LiveStateSettings:
    """When what is counted is drawn and written anew."""

    counts: LiveSettings = field(default_factory=LiveSettings)
    charts_after: float = 2.0
    """Seconds between two drawings of the charts, while anything happens."""
    charts_share: float = 0.05
    """At most this share of the time is spent drawing them."""
    write_after: int = 50_000
    """Events that may be only in memory."""
    write_after_seconds: float = 300.0
    updates: UpdateSettings = field(default_factory=UpdateSettings)
    rebuild_above: int = 100_000
    """More events than this that are not counted yet are counted at once, with all others."""


class LiveState:
    """The live counts and charts of a shop. Safe from many threads."""

    def __init__(
        self,
        root: Path,
        events: EventLog,
        view: Callable[[], IndexView | None],
        settings: LiveStateSettings,
        *,
        keeps: bool,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """``root`` is where copies lie; only the process that ``keeps`` the shop writes them."""
        self._root, self._log, self._view, self._clock = root, events, view, clock
        self._settings, self._keeps = settings, keeps
        self._counts: LiveCounts | None = None
        self.charts = Charts()
        self._lock = threading.RLock()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._written = 0
        self._outdated = False
        self._written_at = time.monotonic()
        self._drawn_at = self._drawing_took = 0.0
        self._undrawn = True

    @property
    def counts(self) -> LiveCounts:
        """The counts; opened when first asked for, with all that the log holds by then."""
        if self._counts is None:
            with self._lock:
                if self._counts is None:
                    counts = self._open()
                    self._catch_up(counts)
                    self._draw(counts)
                    self._counts = counts
        return self._counts

    @property
    def applied(self) -> int:
        """The number of the last event that is counted, 0 before the counts are opened."""
        return 0 if self._counts is None else self._counts.applied

    def catch_up(self) -> int:
        """Count what came since; how many events."""
        with self._lock:
            taken = self._catch_up(self.counts)
            self._undrawn = self._undrawn or bool(taken)
            return taken

    def redraw(self) -> None:
        """Draw the charts as of now."""
        with self._lock:
            self._draw(self.counts)

    def follow(self) -> None:
        """Take events in as they are recorded, from now on."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._follow, name="live-counts", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Stop following, and write what is only in memory."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()
        with self._lock:
            if self._counts is not None and self._counts.applied > self._written:
                self.write()

    def write(self) -> None:
        """Write a copy of the counts, and remove those before it. Raises StorageError."""
        if not self._keeps:
            return
        with self._lock:
            counts = self.counts
            counts.close_baskets(min(counts.latest, self._clock()))
            name = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
            counts.save(self._root / name)
            artefacts.swap_current(self._root, name)
            artefacts.prune(self._root, keep=0)
            self._written, self._written_at = counts.applied, time.monotonic()
            self._outdated = False

    def erase(self, keys: Collection[str]) -> None:
        """Drop the open baskets of shoppers, in memory and on disk. Raises StorageError."""
        with self._lock:
            self.catch_up()
            # What is on disk holds them until it is written anew, should that fail the first time.
            self._outdated = self.counts.forget([shopper_key(key) for key in keys]) or self._outdated
            if self._outdated:
                self.write()

    def export(self, keys: Collection[str]) -> Mapping[str, Any]:
        """How many products lie in the open baskets of shoppers: which ones, their events tell."""
        held = self.counts.held_of([shopper_key(key) for key in keys])
        return {name: len(products) for name, products in held.items() if products}

    def _open(self) -> LiveCounts:
        settings = self._settings.counts
        try:
            folder = artefacts.current(self._root)
            if folder is not None:
                counts = LiveCounts.load(folder, settings)
                self._written = counts.applied
                # A log that was made anew numbers its events anew.
                if counts.applied <= self._log.last_seq():
                    return counts
        except ArtefactError as error:
            log.warning("what was counted of events is counted again: %s", error)
        return LiveCounts(settings)

    def _catch_up(self, counts: LiveCounts) -> int:
        """Take what the log has beyond the counts; many events on none are counted at once."""
        first = counts.applied
        if not first and self._log.last_seq() > self._settings.rebuild_above:
            counts.rebuild(self._log.iterate())
        while not self._stopping.is_set() and (events := self._log.after(counts.applied, BATCH)):
            counts.take(events, self._intervals(events))
        return counts.applied - first

    def _intervals(self, events: Sequence[Logged]) -> Times:
        """For each purchased product, the seconds since its shopper bought it last; NaN for the first time."""
        found: list[float] = []
        for one in events:
            if one.event.name is not EventName.PURCHASE or not one.event.items:
                continue
            before: dict[str, float] = {}
            # Who names nobody has no past, and of one order no product is bought again.
            for past in self._log.of_shopper(one.event.who, _REMEMBERED, _PURCHASES) if one.event.who.known else ():
                if past.seq < one.seq:
                    before |= dict.fromkeys((item.product for item in past.event.items), past.event.at)
            found += [one.event.at - before.get(item.product, np.nan) for item in one.event.items]
        return np.maximum(np.array(found, np.float64), 0.0)

    def _draw(self, counts: LiveCounts) -> None:
        started = time.monotonic()
        view, now = self._view(), self._clock()
        if view is not None:
            counts.first_seen.look(view, now)
        self.charts = Charts.draw(counts, now)
        self._drawn_at = time.monotonic()
        self._drawing_took = self._drawn_at - started
        self._undrawn = False

    def _follow(self) -> None:
        while not self._stopping.is_set():
            try:
                self._log.wait(self.counts.applied, LOOK_SECONDS)
                if self._stopping.is_set():
                    return
                self.catch_up()
                self._draw_when_due()
                self._write_when_due()
            except BowerbirdError as error:
                log.error("recommendations do not follow events: %s", error)
                self._stopping.wait(RETRY_SECONDS)

    def _draw_when_due(self) -> None:
        settings = self._settings
        pause = max(settings.charts_after, self._drawing_took / settings.charts_share)
        if time.monotonic() - self._drawn_at < pause:
            return
        view = self._view()
        if self._undrawn or (view is not None and self.counts.first_seen.is_behind(view)):
            self.redraw()

    def _write_when_due(self) -> None:
        behind = self.counts.applied - self._written
        late = time.monotonic() - self._written_at > self._settings.write_after_seconds
        if behind >= self._settings.write_after or (behind and late):
            self.write()
