"""Trained models side by side in one folder: which is in use, which were before it, and which may go."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from bowerbird.domain.errors import ArtefactError, BowerbirdError, NotFoundError
from bowerbird.storage import artefacts
from bowerbird.storage.faults import storage_faults
from bowerbird.storage.files import write_whole

KEPT = 5
"""So many models stay besides the one in use, those it may be rolled back to and those that something else needs."""
_HISTORY = "history.json"


@dataclass(frozen=True)
class Kept:
    """A model on a shelf, with what it was trained on and how it did."""

    name: str
    in_use: bool
    seen: dict[str, Any] = field(default_factory=dict)


class Shelf:
    """One folder of artefacts of one kind. One process at a time should write.

    ``what`` names such a model to people, and ``listed_by`` the command that lists them; ``check`` opens one, or raises
    ArtefactError; ``read_seen`` tells what it was trained on; ``needed`` names those that something else uses.
    """

    def __init__(
        self,
        folder: Path,
        what: str,
        check: Callable[[Path], object],
        read_seen: Callable[[Path], Mapping[str, Any]],
        needed: Callable[[], Collection[str]] = frozenset,
        *,
        listed_by: str,
    ) -> None:
        self.folder, self._listed_by = folder, listed_by
        self._what, self._check, self._read_seen, self._needed = what, check, read_seen, needed

    def add(self, save: Callable[[Path], None]) -> str:
        """Keep the model that ``save`` writes into a folder; returns its name."""
        name = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
        save(self.folder / name)
        self._prune(name)
        return name

    def promote(self, name: str) -> None:
        """Put a model in use. Raises NotFoundError; ArtefactError for one that this program cannot use."""
        self._check(self.path(name))
        before = self.current
        artefacts.swap_current(self.folder, name)
        self._remember([*self._history(), before] if before not in (None, name) else self._history())
        self._prune(name)

    def rollback(self) -> str | None:
        """Put the model before the present one in use again, or none; returns its name. Raises NotFoundError."""
        history = [name for name in self._history() if (self.folder / name).is_dir()]
        if self.current is None:
            raise NotFoundError(f"no {self._what} is in use")
        if not history:
            with storage_faults(self.folder):
                (self.folder / artefacts.CURRENT).unlink(missing_ok=True)
            return None
        artefacts.swap_current(self.folder, history[-1])
        self._remember(history[:-1])
        return history[-1]

    @property
    def current(self) -> str | None:
        """The name of the model in use."""
        try:
            folder = artefacts.current(self.folder)
        except ArtefactError:
            return None
        return None if folder is None else folder.name

    def all(self) -> list[Kept]:
        """Every model, the newest first; one that cannot be read says why, under ``fault``."""
        found = []
        names = sorted(path.name for path in self.folder.glob("*/") if (path / artefacts.MANIFEST).is_file())
        current = self.current
        for name in reversed(names):
            try:
                seen = dict(self._read_seen(self.folder / name))
            except ArtefactError as error:
                seen = {"fault": str(error)}
            found.append(Kept(name, name == current, seen))
        return found

    def path(self, name: str) -> Path:
        """The folder of a model. Raises NotFoundError."""
        folder = self.folder / name
        if not name or "/" in name or name.startswith(".") or not folder.is_dir():
            raise NotFoundError(f"no {self._what} {name[:100]!r}; see: {self._listed_by}")
        return folder

    def _prune(self, newest: str) -> None:
        """Remove old models that nothing uses or may go back to."""
        try:
            artefacts.prune(self.folder, KEPT, {newest, *self._history(), *self._needed()})
        except BowerbirdError:
            # What is needed cannot be told: everything stays until it can.
            return

    def _history(self) -> list[str]:
        try:
            return [str(name) for name in orjson.loads((self.folder / _HISTORY).read_bytes())]
        except (OSError, ValueError, TypeError):
            return []

    def _remember(self, names: Sequence[str | None]) -> None:
        with storage_faults(self.folder):
            write_whole(self.folder / _HISTORY, orjson.dumps([name for name in names if name][-KEPT:]))
