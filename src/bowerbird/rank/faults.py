"""Faults that ranking got over: each is reported once and counted, and the search goes on without the part."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Mapping

log = logging.getLogger(__name__)

_KEPT = 1_000
"""Distinct faults that are remembered as reported; past so many they are only counted."""


class Faults:
    """Counts faults by the part they came from. Safe from many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[str] = Counter()
        self._reported: set[tuple[str, str]] = set()

    def note(self, part: str, error: Exception | str) -> None:
        """Count a fault of a part, such as ``model`` or ``rule:summer``; the first of its kind is logged."""
        kind = (part, str(error))
        with self._lock:
            self._counts[part] += 1
            new = kind not in self._reported and len(self._reported) < _KEPT
            if new:
                self._reported.add(kind)
        if new:
            log.warning("ranking goes on without %s: %s", part, error)

    @property
    def counts(self) -> Mapping[str, int]:
        """How often each part failed since the shop was opened."""
        with self._lock:
            return dict(self._counts)
