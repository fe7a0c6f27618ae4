"""What the crowd did, taken into the shop's event log: once, and instead of what another crowd did there."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Final

from bowerbird.demo.crowd.files import read_about, read_events
from bowerbird.demo.stamps import is_current, write_stamp
from bowerbird.events.log import EventLog

_RECORDED: Final = ".recorded"
_NOBODY: Final = "nobody"
_BATCH: Final = 2_000
_EVER: Final = 253_402_300_800.0
"""The end of the year 9999, in seconds since 1970."""


def record_crowd(shop: Path, folder: Path, told: Callable[[int, int], None]) -> int:
    """Record the crowd of a folder; how many events are new. What was recorded before is left as it is."""
    about = read_about(folder)
    done = new = 0
    events = read_events(folder)
    with closing(EventLog.open(shop)) as log:
        _make_room(log, folder, about.name)
        while batch := list(islice(events, _BATCH)):
            new += sum(one.new for one in log.record(batch))
            done += len(batch)
            told(done, about.events)
    return new


def forget_crowd(shop: Path, folder: Path) -> None:
    """Forget what a crowd did, where one was recorded."""
    if (folder / _RECORDED).is_file():
        with closing(EventLog.open(shop)) as log:
            _make_room(log, folder, _NOBODY)


def _make_room(log: EventLog, folder: Path, crowd: str) -> None:
    """Forget whatever was done in the shop of another crowd.

    The stamp is written before the first event of the crowd that it names, so a start that was broken off is seen.
    """
    stamp = folder / _RECORDED
    if not is_current(stamp, crowd):
        log.forget_before(_EVER)
        write_stamp(stamp, crowd)
