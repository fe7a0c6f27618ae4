"""Keeps the index up to date: follows the change log and shows every write in the next view.

Writes that come close together are taken in one go. Whoever wrote is told nothing here: a write was durable, and
so acknowledged, before it is in the log.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence

from bowerbird.domain.errors import BowerbirdError, StorageError
from bowerbird.domain.ports import IndexDocument, SearchIndex
from bowerbird.storage.products import Change, ProductStore, Stored

Make = Callable[[Sequence[Stored]], list[IndexDocument]]

LOOK_SECONDS = 0.2
"""How often the log is looked at for writes of other processes."""
GROUP_SECONDS = 0.03
"""How long writes are gathered before they are taken."""
GROUP = 512
"""At most so many changes become visible at once."""
CHECKPOINT_AFTER = 2_000
"""Changes that may be only in memory; a start after a crash takes them again from the log."""
IDLE_SECONDS = 3.0
"""After so long without a change what is in memory is written, for other processes to read."""
KEPT_CHANGES = 100_000
"""So many of the newest changes stay in the log: they lead from a version just replaced to the present one."""
RETRY_SECONDS = 1.0

log = logging.getLogger(__name__)


def catch_up(products: ProductStore, index: SearchIndex, make: Make, limit: int = GROUP) -> int:
    """Bring the index one group of changes further; the number taken, 0 when it is up to date."""
    changes = products.changes(index.view().applied, limit)
    if not changes:
        return 0
    # Only the newest version of a product is in the store: older ones of this group are skipped by not being found.
    present = products.get_many(change.seq for change in changes if not change.deleted)
    documents = make([Stored(seq, product) for seq, product in sorted(present.items())])
    index.apply(documents, _ended(changes), changes[-1].seq)
    return len(changes)


def _ended(changes: Sequence[Change]) -> list[int]:
    """The versions that are no more."""
    return [change.replaced for change in changes if change.replaced is not None]


class KeepUp:
    """A thread that calls ``catch_up`` whenever there is something to take.

    A fault is logged, shown by ``fault`` and tried again: the log holds what is missing.
    """

    def __init__(self, products: ProductStore, index: SearchIndex, make: Make) -> None:
        self.fault: BowerbirdError | None = None
        self._products, self._index, self._make = products, index, make
        self._failed = 0
        self._written = threading.Event()
        self._stopping = threading.Event()
        self._since_checkpoint = 0
        self._last_change = time.monotonic()
        self._thread = threading.Thread(target=self._run, name="keep-up", daemon=True)

    @property
    def running(self) -> bool:
        """Whether the log is being followed."""
        return self._thread.is_alive()

    def start(self) -> None:
        """Start following."""
        self._thread.start()

    def wait_until(self, seq: int, seconds: float = 600.0) -> None:
        """Wait until every change up to ``seq`` is in the view. Raises the fault that stops it, or StorageError."""
        failed, until = self._failed, time.monotonic() + seconds
        self.notify()
        while self._index.view().applied < seq:
            # What failed before may do now.
            if self.fault is not None and self._failed > failed:
                raise self.fault
            if time.monotonic() > until or not self.running:
                raise StorageError(f"the index stands at change {self._index.view().applied} of {seq}")
            time.sleep(0.01)

    def notify(self) -> None:
        """Something was written: take it soon."""
        self._written.set()

    def stop(self) -> None:
        """Finish the group in hand and stop."""
        self._stopping.set()
        self._written.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        try:
            self._follow()
        finally:
            if not self._stopping.is_set():
                self.fault = StorageError("the index is not kept up to date any more: see the log, and start again")

    def _follow(self) -> None:
        while not self._stopping.is_set():
            if self._written.wait(LOOK_SECONDS):
                self._written.clear()
                self._stopping.wait(GROUP_SECONDS)
            try:
                self._take()
                self.fault = None
            except BowerbirdError as error:
                if str(error) != str(self.fault):
                    log.error("the index stands still: %s", error)
                self.fault = error
                self._failed += 1
                self._stopping.wait(RETRY_SECONDS)

    def _take(self) -> None:
        while not self._stopping.is_set() and (taken := catch_up(self._products, self._index, self._make)):
            self._since_checkpoint += taken
            self._last_change = time.monotonic()
            if self._since_checkpoint >= CHECKPOINT_AFTER:
                self._checkpoint()
        if self._since_checkpoint and time.monotonic() - self._last_change > IDLE_SECONDS:
            self._checkpoint()

    def _checkpoint(self) -> None:
        self._index.checkpoint()
        self._since_checkpoint = 0
        forgettable = self._index.view().applied - KEPT_CHANGES
        if forgettable > 0:
            self._products.forget_changes(forgettable)
