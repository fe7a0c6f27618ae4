"""What a shop ranks with: its learned model and what clicks say, read from its folder and again when they change."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from bowerbird.domain.errors import BowerbirdError
from bowerbird.domain.ports import IndexView
from bowerbird.rank.behaviour import Behaviour
from bowerbird.rank.faults import Faults
from bowerbird.rank.flow import Ranked, RankParts, RankSettings, rank
from bowerbird.rank.model import RankModel
from bowerbird.rank.question import Question
from bowerbird.retrieve.candidates import Candidates
from bowerbird.storage import artefacts
from bowerbird.storage.shop_folder import ShopFolder

LOOK_SECONDS = 1.0
"""How often the folder is looked at for what another process promoted."""

_Part = TypeVar("_Part", RankModel, Behaviour)


class Ranker:
    """Hands out what to rank with. Safe from many threads; a part that cannot be read is noted and left out."""

    def __init__(self, folder: ShopFolder, settings: RankSettings) -> None:
        self.settings = settings
        self._rankers, self._clicks = folder.rankers, folder.clicks
        self._lock = threading.Lock()
        self._parts = RankParts()
        self._stamps: tuple[str, str] | None = None
        self._looked_at = 0.0

    @property
    def faults(self) -> Faults:
        """What ranking got over since the shop was opened."""
        return self._parts.faults

    @property
    def parts(self) -> RankParts:
        """The promoted model and the clicks of now."""
        now = time.monotonic()
        if self._stamps is None or now - self._looked_at > LOOK_SECONDS:
            with self._lock:
                self._looked_at = now
                self._look()
        return self._parts

    def rank(self, view: IndexView, candidates: Candidates, question: Question) -> Ranked:
        """Candidates in the order of what this shop ranks with."""
        return rank(view, candidates, question, self.settings, self.parts)

    def renew(self) -> None:
        """Look at once."""
        with self._lock:
            self._looked_at = time.monotonic()
            self._look()

    def _look(self) -> None:
        stamps = _stamp(self._rankers), _stamp(self._clicks)
        if stamps == self._stamps:
            return
        before = self._stamps or ("", "")
        parts = self._parts
        if stamps[0] != before[0]:
            parts = replace(parts, model=self._read(self._rankers, RankModel, "model"))
        if stamps[1] != before[1]:
            parts = replace(parts, behaviour=self._read(self._clicks, Behaviour, "clicks") or Behaviour())
        self._parts, self._stamps = parts, stamps

    def _read(self, root: Path, kind: type[_Part], part: str) -> _Part | None:
        try:
            folder = artefacts.current(root)
            return None if folder is None else kind.load(folder)
        except BowerbirdError as error:
            self.faults.note(part, error)
            return None


def _stamp(root: Path) -> str:
    """What the pointer to the artefact in use says; empty where there is none."""
    try:
        return (root / artefacts.CURRENT).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
