"""How long work tells how far it is."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Called with the stage, how much of it is done, and of how much, where that is known."""

    def __call__(self, stage: str, done: int, total: int | None = None) -> None:
        """Show how far a stage is."""


def no_progress(stage: str, done: int, total: int | None = None) -> None:
    """Nobody watches."""
