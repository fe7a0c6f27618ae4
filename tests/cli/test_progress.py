from __future__ import annotations

import io
import time

from bowerbird.cli import progress as module
from bowerbird.cli.progress import ShownProgress


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_what_is_done_quickly_shows_nothing(monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    with ShownProgress() as progress:
        progress("reading", 1, 2)
    assert terminal.getvalue() == ""


def test_a_long_stage_is_shown_even_if_it_says_nothing_more(monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setattr(module, "QUIET_SECONDS", 0.01)
    with ShownProgress() as progress:
        progress("building", 0, 2)
        while progress.bars is None:
            time.sleep(0.01)
        progress("building", 1, 2)
        progress("reading", 5, None)
    assert "building" in terminal.getvalue() and "1/2" in terminal.getvalue()
    assert "reading" in terminal.getvalue()


def test_nothing_is_shown_where_nobody_watches(monkeypatch):
    silent = io.StringIO()
    monkeypatch.setattr("sys.stderr", silent)
    monkeypatch.setattr(module, "QUIET_SECONDS", 0.0)
    with ShownProgress() as progress:
        progress("building", 0, 2)
    assert silent.getvalue() == ""
