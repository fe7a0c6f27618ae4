"""What the trained models in use take in between two trainings: new products, and what shoppers did since.

A thread of its own looks now and then. Factors are solved for anew with the whole histories of the shoppers who came
since, always from the trained ones; into other models new products are folded. Shoppers are read from the log with
every request, so that whatever is updated here, nobody's history is forgotten.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bowerbird.domain.event import Who
from bowerbird.events.log import EventLog
from bowerbird.recommend.asked import Scan
from bowerbird.recommend.by_model import ModelScan
from bowerbird.recommend.event_histories import histories_of
from bowerbird.recommend.factors_model import FactorsModel
from bowerbird.recommend.fold_in import fold_in
from bowerbird.recommend.interactions import NAMES
from bowerbird.recommend.live_counts import LiveCounts

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class UpdateSettings:
    """How often models take in what came since they were trained."""

    seconds: float = 60.0
    """Between two looks."""
    events: int = 200
    """With fewer new events than this nothing is done."""
    shoppers: int = 500
    """Of so many of the shoppers who came last factors take in the histories."""
    looked_through: int = 20_000
    """So many of the newest events are looked through for those shoppers."""


class RecommenderUpdates:
    """Updates the models of a shop. One thread calls it."""

    def __init__(self, events: EventLog, counts: Callable[[], LiveCounts], settings: UpdateSettings) -> None:
        self._log, self._counts, self.settings = events, counts, settings
        self._applied = 0
        self._trained: Mapping[str, Scan] = {}

    def due(self, trained: Mapping[str, Scan]) -> bool:
        """Whether there is enough that models of now have not taken in."""
        new = self._counts().applied - self._applied
        return bool(trained) and (trained != self._trained or new >= self.settings.events)

    def update(self, trained: Mapping[str, Scan]) -> dict[str, Scan]:
        """Trained models, by sort, with what came since. Raises StorageError."""
        counts = self._counts()
        applied = counts.applied
        updated = {sort: self._updated(scan, counts) for sort, scan in trained.items()}
        self._applied, self._trained = applied, trained
        return updated

    def forget(self) -> None:
        """Update all anew, whatever was taken in: a shopper in it is to be forgotten."""
        self._trained = {}

    def _updated(self, scan: Scan, counts: LiveCounts) -> Scan:
        if not isinstance(scan, ModelScan):
            return scan
        if isinstance(scan.model, FactorsModel):
            return self._taught(scan, scan.model)
        return fold_in(scan, counts, time.time())

    def _taught(self, scan: ModelScan, model: FactorsModel) -> ModelScan:
        since = int(model.seen.get("until_seq", 0))
        shoppers = self._came_since(since)
        if not shoppers:
            return scan
        told = histories_of(self._log, shoppers)
        return ModelScan.of(model.taught(told.histories, told.seqs > since))

    def _came_since(self, seq: int) -> list[Who]:
        """The shoppers of the latest events after a number, those who came last first."""
        last = self._log.last_seq()
        seq = max(seq, last - self.settings.looked_through)
        shoppers: dict[Who, None] = {}
        while events := self._log.after(seq, 2_000, NAMES):
            seq = events[-1].seq
            for one in events:
                who = one.event.who
                if who.known:
                    named = Who(user=who.user) if who.user else Who(session=who.session)
                    shoppers.pop(named, None)
                    shoppers[named] = None
        return list(shoppers)[::-1][: self.settings.shoppers]


class UpdateThread:
    """Calls for updates now and then; a fault is logged, and what is there stays in use."""

    def __init__(self, update: Callable[[], None], seconds: float) -> None:
        self._update, self._seconds = update, seconds
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="recommender-updates", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Finish what is under way and stop."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while not self._stopping.wait(self._seconds):
            try:
                self._update()
            except Exception as error:  # a model from elsewhere; the others are to be taught on
                log.error("recommenders do not take in what is new: %s", error)
