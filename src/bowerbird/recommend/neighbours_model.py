"""Which products shoppers go on to from each product: a sparse table, read for a history by adding up its rows.

Item-based collaborative filtering (Sarwar et al., WWW 2001). What is in the table is ``learn.fit_neighbours``'s
business. It is no inner product of short vectors, so it gives its best products instead of a vector to compare.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.errors import ArtefactError
from bowerbird.recommend.model_files import ModelFiles, read_model, write_model

if TYPE_CHECKING:
    from bowerbird.domain.ports import Floats, Numbers

SORT, VERSION = "neighbours", 1


@dataclass(frozen=True, eq=False)
class NeighboursModel:
    """Product p leads to ``neighbours[starts[p]:starts[p + 1]]`` (int32 places) with ``scores`` (float32, above 0).

    Of a history, the product ``age`` places before the last one counts ``fade`` ** age.
    """

    products: tuple[str, ...]
    starts: NDArray[np.int64]
    neighbours: Numbers
    scores: Floats
    fade: float = 1.0
    seen: Mapping[str, Any] = field(default_factory=dict)

    def score(self, history: Numbers, weights: Floats) -> tuple[Numbers, Floats]:
        """The places that a history leads to, rising, and their scores; both empty where it leads nowhere.

        Products of the history itself are among them where others lead to them.
        """
        counts = weights * np.float32(self.fade) ** np.arange(len(history), dtype=np.float32)[::-1]
        spans = [slice(self.starts[place], self.starts[place + 1]) for place in history.tolist()]
        if not spans:
            return np.empty(0, np.int32), np.empty(0, np.float32)
        told = np.concatenate([self.scores[span] * count for span, count in zip(spans, counts, strict=True)])
        places, which = np.unique(np.concatenate([self.neighbours[span] for span in spans]), return_inverse=True)
        return places, np.bincount(which, told, len(places)).astype(np.float32)

    def save(self, folder: Path) -> None:
        """Write the artefact, manifest last; ``folder`` must not be there yet. Raises StorageError."""
        arrays: dict[str, NDArray[Any]] = {"starts": self.starts, "neighbours": self.neighbours, "scores": self.scores}
        write_model(folder, SORT, VERSION, ModelFiles(self.products, arrays, {"fade": self.fade}, self.seen))

    @classmethod
    def load(cls, folder: Path) -> NeighboursModel:
        """Read an artefact. Raises ArtefactError when it is torn, damaged or of another version."""
        shapes = {"starts": ("ends",), "neighbours": ("pairs",), "scores": ("pairs",)}
        files = read_model(folder, SORT, VERSION, shapes, ("fade",))
        starts, places = files.arrays["starts"], files.arrays["neighbours"]
        fits = len(starts) == len(files.products) + 1 and starts[0] == 0 and starts[-1] == len(places)
        if not fits or (np.diff(starts) < 0).any() or (len(places) and not _inside(places, len(files.products))):
            raise ArtefactError(f"{folder}: is no whole recommender: its table does not fit its products")
        given: dict[str, Any] = {**files.arrays, **files.numbers}
        return cls(products=files.products, **given, seen=files.seen)


def _inside(places: Numbers, count: int) -> bool:
    return 0 <= int(places.min()) and int(places.max()) < count
