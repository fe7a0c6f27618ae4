"""The learned ranker: trees over the signals that start from the default score (LambdaMART: Burges, 2010).

The trees only say where the default score is wrong, so a model that has seen little changes little. The file tells
the signals it was trained on and the data it saw; other signals than this program's are refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.errors import ArtefactError
from bowerbird.rank.signals import SIGNALS, SignalTable
from bowerbird.rank.trees import load_lightgbm
from bowerbird.storage.artefacts import check_files, read_manifest, write_artefact

if TYPE_CHECKING:
    import lightgbm

    from bowerbird.domain.ports import Floats

KIND, VERSION = "ranker", 1
_TREES = "trees-{}.txt"
_MOST_START = 1_000.0


@dataclass(frozen=True, eq=False)
class RankModel:
    """Trees over the signals called ``names``, added to ``start`` times the default score.

    Several fits' trees are averaged; only the first ``rounds`` of each count, where that is given. ``seen`` is what the
    model was trained on and how it did. Safe from many threads.
    """

    fits: tuple[lightgbm.Booster, ...]
    names: tuple[str, ...]
    start: float
    seen: Mapping[str, Any] = field(default_factory=dict)
    rounds: int | None = None

    def scores(self, table: SignalTable, default: Floats) -> Floats:
        """(n,) scores; any number, greater is better."""
        added = self._predict(self._inputs(table), raw_score=True)
        return np.asarray(np.float32(self.start) * default + added, np.float32)

    def contributions(self, table: SignalTable, rows: NDArray[np.intp] | None = None) -> list[dict[str, float]]:
        """For each row of a table what every signal added, by SHAP (Lundberg and Lee, 2017).

        With what the trees add for an average product, as ``average``, and ``start`` times the default score they sum
        to the score.
        """
        inputs = self._inputs(table)
        inputs = inputs if rows is None else inputs[rows]
        found = self._predict(inputs, pred_contrib=True)
        names = (*self.names, "average")
        return [dict(zip(names, row.tolist(), strict=True)) for row in found]

    def save(self, folder: Path) -> None:
        """Write the artefact, manifest last; ``folder`` must not be there yet. Raises StorageError."""
        with write_artefact(folder, KIND, VERSION) as draft:
            for number, trees in enumerate(self.fits):
                written = trees.model_to_string(num_iteration=self.rounds)
                (draft.folder / _TREES.format(number)).write_text(written, encoding="utf-8")
            signals = {name: [SIGNALS[name].unit, SIGNALS[name].direction.value] for name in self.names}
            draft.details.update(start=self.start, fits=len(self.fits), signals=signals, seen=dict(self.seen))

    @classmethod
    def load(cls, folder: Path) -> RankModel:
        """Read an artefact. Raises ArtefactError when it is torn, damaged, of another version or of other signals."""
        lightgbm = load_lightgbm()
        manifest = read_manifest(folder, KIND, VERSION)
        check_files(folder, manifest)
        try:
            signals = {str(name): (unit, way) for name, (unit, way) in manifest.details["signals"].items()}
            start, seen = float(manifest.details["start"]), dict(manifest.details["seen"])
            _check_signals(folder, signals)
            fits = tuple(
                lightgbm.Booster(model_str=(folder / _TREES.format(number)).read_text(encoding="utf-8"))
                for number in range(int(manifest.details["fits"]))
            )
            if not 0 < start < _MOST_START:
                raise ValueError(f"the default score cannot count {start}")
            if not fits or any(trees.feature_name() != list(signals) for trees in fits):
                raise ValueError("the trees are over other signals than are named")
        except (OSError, KeyError, TypeError, ValueError, AttributeError, lightgbm.basic.LightGBMError) as error:
            raise ArtefactError(f"{folder}: is no whole ranker: {error}") from error
        return cls(fits, tuple(signals), start, seen)

    def _predict(self, inputs: NDArray[np.float64], **how: bool) -> NDArray[np.float64]:
        """The mean over the fits."""
        found = [
            np.asarray(trees.predict(inputs, num_iteration=self.rounds, num_threads=1, **how)) for trees in self.fits
        ]
        mean: NDArray[np.float64] = np.add.reduce(found) / len(found)
        return mean

    def _inputs(self, table: SignalTable) -> NDArray[np.float64]:
        columns = [table.names.index(name) for name in self.names]
        return np.ascontiguousarray(table.values[:, columns], np.float64)


def read_seen(folder: Path) -> Mapping[str, Any]:
    """What the ranker in a folder was trained on, without opening it. Raises ArtefactError."""
    seen = read_manifest(folder, KIND, VERSION).details.get("seen")
    return seen if isinstance(seen, dict) else {}


def _check_signals(folder: Path, signals: Mapping[str, tuple[Any, Any]]) -> None:
    for name, told in signals.items():
        known = SIGNALS.get(name)
        if known is None:
            raise ArtefactError(f"{folder}: was trained on the signal {name!r}, which this program does not have")
        if told != (known.unit, known.direction.value):
            raise ArtefactError(
                f"{folder}: was trained on {name!r} in {told[0]!r}, {told[1]}; this program's is in {known.unit!r},"
                f" {known.direction.value}"
            )
