"""Between two trainings the factors in use are taught what was done since: new products, and new likes of old ones.

Each time it begins again from the trained factors, with everything since, so that nothing drifts and nothing is kept:
a restart teaches the same again.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

from bowerbird.domain.errors import BowerbirdError
from bowerbird.domain.event import Logged
from bowerbird.engine.recommender_models import RecommenderModels
from bowerbird.events.log import EventLog
from bowerbird.recommend.by_model import ModelScan
from bowerbird.recommend.event_histories import histories_of
from bowerbird.recommend.factors_model import SORT, FactorsModel
from bowerbird.recommend.interactions import NAMES

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class UpdateSettings:
    """How often the factors are taught."""

    after: float = 30.0
    """Seconds between two times, while anything happens."""
    share: float = 0.05
    """At most this share of the time is spent on it."""
    most: int = 50_000
    """The latest events that are taught; more than that since the last training call for a new one."""


class FactorUpdates:
    """Teaches the factors in use what was done since they were trained. Safe beside requests."""

    def __init__(self, log: EventLog, models: RecommenderModels, settings: UpdateSettings | None = None) -> None:
        self._log, self._models, self._settings = log, models, settings or UpdateSettings()
        self._trained: FactorsModel | None = None
        self._taught: FactorsModel | None = None
        self._until = 0
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def update(self) -> int:
        """Teach what came since; how many events that were, 0 where there is nothing new. Raises StorageError."""
        scan = self._models.current()[0].get(SORT)
        if scan is None or not isinstance(scan.model, FactorsModel):
            return 0
        if scan.model is not self._taught:
            self._trained, self._until = scan.model, 0
        trained = self._trained
        assert trained is not None
        since = int(trained.seen.get("until_seq", 0))
        events = list(self._events(max(since, self._log.last_seq() - self._settings.most)))
        if not events or events[-1].seq <= self._until:
            return 0
        told = histories_of(self._log, [one.event.who for one in events])
        taught = trained.taught(told.histories, told.seqs > since)
        if self._models.replace(SORT, scan, ModelScan.of(taught)):
            self._taught, self._until = taught, events[-1].seq
        return len(events)

    def follow(self) -> None:
        """Teach now and then, from now on."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._follow, name="factor-updates", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Teach no more."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()

    def _events(self, seq: int) -> Iterator[Logged]:
        while found := self._log.after(seq, names=NAMES):
            yield from found
            seq = found[-1].seq

    def _follow(self) -> None:
        pause = self._settings.after
        while not self._stopping.wait(pause):
            began = time.monotonic()
            try:
                self.update()
            except BowerbirdError as error:
                _LOG.warning("the factors are not taught: %s", error)
            pause = max(self._settings.after, (time.monotonic() - began) / self._settings.share)
