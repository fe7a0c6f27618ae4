"""The learned rankers that a shop keeps, the one in use and those that were before it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from bowerbird.domain.errors import ArtefactError, BowerbirdError, NotFoundError
from bowerbird.rank.behaviour import Behaviour
from bowerbird.rank.model import RankModel, read_seen
from bowerbird.storage import artefacts
from bowerbird.storage.faults import storage_faults
from bowerbird.storage.files import write_whole
from bowerbird.storage.shop_folder import ShopFolder

KEPT = 5
"""So many rankers stay besides the one in use, those it may be rolled back to and those of running experiments."""
_HISTORY = "history.json"


@dataclass(frozen=True)
class KeptRanker:
    """A ranker on the shelf, with what it was trained on and how it did."""

    name: str
    in_use: bool
    seen: dict[str, Any] = field(default_factory=dict)


class RankerShelf:
    """The folders of one shop's rankers and clicks. One process at a time should write."""

    def __init__(self, folder: ShopFolder, needed: Callable[[], Collection[str]] = frozenset) -> None:
        """``needed`` names the rankers that something else ranks with, such as an arm of a running experiment."""
        self._models, self._clicks, self._needed = folder.rankers, folder.clicks, needed

    def add(self, model: RankModel, behaviour: Behaviour | None) -> str:
        """Keep a ranker, and put what clicks say in use; returns the ranker's name."""
        name = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
        if behaviour is not None:
            behaviour.save(self._clicks / name, dict(model.seen))
            artefacts.swap_current(self._clicks, name)
            artefacts.prune(self._clicks, keep=1)
        model.save(self._models / name)
        self._prune(name)
        return name

    def promote(self, name: str) -> None:
        """Put a ranker in use. Raises NotFoundError; ArtefactError for one that this program cannot use."""
        folder = self._folder(name)
        RankModel.load(folder)
        before = self.current
        artefacts.swap_current(self._models, name)
        self._remember([*self._history(), before] if before not in (None, name) else self._history())
        self._prune(name)

    def rollback(self) -> str | None:
        """Put the ranker before the present one in use again, or none; returns its name."""
        history = [name for name in self._history() if (self._models / name).is_dir()]
        if self.current is None:
            raise NotFoundError("no learned ranker is in use")
        if not history:
            with storage_faults(self._models):
                (self._models / artefacts.CURRENT).unlink(missing_ok=True)
            return None
        artefacts.swap_current(self._models, history[-1])
        self._remember(history[:-1])
        return history[-1]

    @property
    def current(self) -> str | None:
        """The name of the ranker in use."""
        try:
            folder = artefacts.current(self._models)
        except ArtefactError:
            return None
        return None if folder is None else folder.name

    def all(self) -> list[KeptRanker]:
        """Every ranker on the shelf, the newest first; one that cannot be read says why."""
        found = []
        names = sorted(path.name for path in self._models.glob("*/") if (path / artefacts.MANIFEST).is_file())
        current = self.current
        for name in reversed(names):
            try:
                seen = dict(read_seen(self._models / name))
            except ArtefactError as error:
                seen = {"fault": str(error)}
            found.append(KeptRanker(name, name == current, seen))
        return found

    def _prune(self, newest: str) -> None:
        """Remove old rankers that nothing ranks with or may go back to."""
        try:
            artefacts.prune(self._models, KEPT, {newest, *self._history(), *self._needed()})
        except BowerbirdError:
            # What is needed cannot be told: everything stays until it can.
            return

    def _folder(self, name: str) -> Path:
        folder = self._models / name
        if not name or "/" in name or name.startswith(".") or not folder.is_dir():
            raise NotFoundError(f"no ranker {name[:100]!r}; see: bowerbird rank show")
        return folder

    def _history(self) -> list[str]:
        try:
            return [str(name) for name in orjson.loads((self._models / _HISTORY).read_bytes())]
        except (OSError, ValueError, TypeError):
            return []

    def _remember(self, names: Sequence[str | None]) -> None:
        with storage_faults(self._models):
            write_whole(self._models / _HISTORY, orjson.dumps([name for name in names if name][-KEPT:]))
