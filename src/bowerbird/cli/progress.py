"""Progress on stderr: silent for the first two seconds, silent where nobody watches, then one bar a stage."""

from __future__ import annotations

import sys
import threading
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

QUIET_SECONDS = 2.0


class ShownProgress:
    """Called with (stage, done, total) by whatever takes long, from any thread; total is None while unknown."""

    def __init__(self, quiet: bool | None = None) -> None:
        self.quiet = not sys.stderr.isatty() if quiet is None else quiet
        self.stages: dict[str, tuple[int, int | None]] = {}
        self.bars: Progress | None = None
        self.tasks: dict[str, TaskID] = {}
        self._lock = threading.Lock()
        # A stage that says nothing for long is shown all the same.
        self._opening = threading.Timer(QUIET_SECONDS, self._open)
        self._opening.daemon = True

    def __call__(self, stage: str, done: int, total: int | None = None) -> None:
        """Note how far a stage is, and show it once two seconds have gone."""
        with self._lock:
            self.stages[stage] = (done, total)
            if self.bars is not None:
                self._show(self.bars, stage)

    def __enter__(self) -> ShownProgress:
        if not self.quiet:
            self._opening.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Show no more."""
        self._opening.cancel()
        with self._lock:
            self.quiet = True
            if self.bars is not None:
                self.bars.stop()

    def _open(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        with self._lock:
            if self.quiet:
                return
            self.bars = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeRemainingColumn(),
                console=Console(stderr=True),
            )
            self.bars.start()
            for stage in self.stages:
                self._show(self.bars, stage)

    def _show(self, bars: Progress, stage: str) -> None:
        done, total = self.stages[stage]
        if stage not in self.tasks:
            self.tasks[stage] = bars.add_task(stage, total=total)
        bars.update(self.tasks[stage], completed=done, total=total)
