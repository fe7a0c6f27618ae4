"""What a served shop was told by its visitors: read from its event log, as another process would."""

from __future__ import annotations

import json
import time
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bowerbird.domain.event import Event
from bowerbird.events.log import EventLog

WAIT_SECONDS = 15.0


class Told:
    """The events of a shop's log from here on."""

    def __init__(self, shop: Path) -> None:
        self._log = EventLog.open(shop)
        self._seq = self._log.last_seq()

    def all(self) -> list[Event]:
        """Everything told since, oldest first."""
        return [one.event for one in self._log.after(self._seq, 10_000)]

    def wait_for(self, name: str, fits: Callable[[Event], bool] = lambda event: True) -> Event:
        """The first event of a name that fits; waits until there is one."""
        end = time.monotonic() + WAIT_SECONDS
        seen = self._seq
        while time.monotonic() < end:
            for one in self._log.after(seen, 10_000):
                seen = one.seq
                if one.event.name == name and fits(one.event):
                    return one.event
            self._log.wait(seen, 1.0)
        raise AssertionError(f"no {name} that fits among {self.all()}")

    def close(self) -> None:
        """Let go of the log."""
        self._log.close()


def tell(address: str, events: Sequence[dict[str, Any]]) -> None:
    """Tell a shop of events as its page would."""
    body = json.dumps({"events": list(events)}).encode()
    request = urllib.request.Request(f"{address}/v1/events", body, {"Content-Type": "application/json"})
    urllib.request.urlopen(request).close()
