"""The merchandising rules in force, compiled once a version and looked for again where another process writes them."""

from __future__ import annotations

import threading
import time

from bowerbird.domain.errors import BowerbirdError
from bowerbird.rank.faults import Faults
from bowerbird.rank.rules import NO_RULES, RuleBook
from bowerbird.storage.rules import RuleStore

LOOK_SECONDS = 1.0


class RuleBooks:
    """Hands out the rules in force. Safe from many threads; rules that cannot be read are noted, the last ones stay."""

    def __init__(self, store: RuleStore, faults: Faults) -> None:
        self._store, self._faults = store, faults
        self._lock = threading.Lock()
        self._book = NO_RULES
        self._looked_at: float | None = None

    def current(self) -> RuleBook:
        """The rules of now: what this process wrote at once, what others wrote within a second."""
        looked_at = self._looked_at
        if looked_at is None or time.monotonic() - looked_at > LOOK_SECONDS:
            self.renew()
        return self._book

    def renew(self) -> None:
        """Look at once."""
        with self._lock:
            if self._looked_at is not None:
                # Other searches go on with what is there meanwhile; only where nothing is yet do they wait.
                self._looked_at = time.monotonic()
            try:
                if self._store.number() != self._book.version:
                    version = self._store.current()
                    self._book = RuleBook(version.rules, version.change.number)
            except BowerbirdError as error:
                self._faults.note("rules", error)
            self._looked_at = time.monotonic()
