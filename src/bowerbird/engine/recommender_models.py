"""The trained recommenders that are in use: opened from the shop's folder, and again when others are put in use.

A model takes a while to open, so that a new one is opened beside the requests, which go on with the one before.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

import orjson

from bowerbird.domain.errors import BowerbirdError
from bowerbird.rank.faults import Faults
from bowerbird.recommend.asked import Scan
from bowerbird.recommend.blend import Mixer
from bowerbird.recommend.by_model import ModelScan
from bowerbird.recommend.by_neighbours import NeighbourScan
from bowerbird.recommend.models import Trained, open_recommender
from bowerbird.recommend.neighbours_model import NeighboursModel
from bowerbird.storage import artefacts

LOOK_SECONDS = 1.0

_Stamps: TypeAlias = "dict[str, str]"
"""What the pointers of each sort of model say, and under an empty name the mixer."""


class RecommenderModels:
    """Hands out trained models by sort, and the mixer. Safe from many threads; what cannot be read is noted."""

    def __init__(self, root: Path, mixer: Path, faults: Faults) -> None:
        """``root`` has a folder for each sort, with the models and the pointer to the one in use."""
        self.root, self._mixer_file, self._faults = root, mixer, faults
        self._lock = threading.Lock()
        self._stamps: _Stamps | None = None
        self._looked_at = 0.0
        self._mixer = Mixer()
        self.trained: Mapping[str, Scan] = {}
        """The models as they were trained."""
        self._updated: Mapping[str, Scan] = {}

    def current(self) -> tuple[Mapping[str, Scan], Mixer]:
        """The models, with what they took in since they were trained, and the mixer.

        Those put in use a moment ago follow when they are open.
        """
        if self._stamps is None:
            self.renew()
        elif time.monotonic() - self._looked_at > LOOK_SECONDS:
            self._looked_at = time.monotonic()
            if self._look() != self._stamps:
                threading.Thread(target=self.renew, name="open-recommenders", daemon=True).start()
        return self._updated, self._mixer

    def renew(self) -> None:
        """Open what is in use now, if it is not open yet."""
        with self._lock:
            self._looked_at = time.monotonic()
            stamps, before = self._look(), self._stamps or {}
            if stamps == self._stamps:
                return
            models, updated = dict(self.trained), dict(self._updated)
            for sort in sorted({*stamps, *before} - {""}):
                if stamps.get(sort) == before.get(sort):
                    continue
                for known in (models, updated):
                    known.pop(sort, None)
                scan = self._open(sort) if sort in stamps else None
                if scan is not None:
                    models[sort] = updated[sort] = scan
            if stamps.get("") != before.get(""):
                self._mixer = self._read_mixer()
            self.trained, self._updated = models, updated
            self._stamps = stamps

    def update(self, trained: Mapping[str, Scan], updated: Mapping[str, Scan]) -> None:
        """Hand out models with what they took in, unless others than the ``trained`` ones are in use by now."""
        with self._lock:
            if trained is self.trained:
                self._updated = updated

    def drop_updates(self) -> None:
        """Hand the models out as they were trained."""
        with self._lock:
            self._updated = self.trained

    def _look(self) -> _Stamps:
        found = {path.parent.name: _text(path) for path in self.root.glob(f"*/{artefacts.CURRENT}")}
        return {**found, "": _text(self._mixer_file)}

    def _open(self, sort: str) -> Scan | None:
        try:
            folder = artefacts.current(self.root / sort)
            return None if folder is None else _scan(open_recommender(folder))
        except Exception as error:  # whatever a file from elsewhere makes numpy or ONNX Runtime do
            self._faults.note(f"recommender:{sort}", error)
            return None

    def _read_mixer(self) -> Mixer:
        text = _text(self._mixer_file)
        try:
            return Mixer.read(orjson.loads(text)) if text else Mixer()
        except (BowerbirdError, ValueError) as error:
            self._faults.note("mixer", error)
            return Mixer()


def _scan(model: Trained) -> Scan:
    return NeighbourScan.of(model) if isinstance(model, NeighboursModel) else ModelScan.of(model)


def _text(path: Path) -> str:
    """What a small file says; empty where there is none."""
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
