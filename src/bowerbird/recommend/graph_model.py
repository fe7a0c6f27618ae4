"""What a graph of shoppers and products says: a vector a product, and shoppers read as the sum of their products.

LightGCN (He et al., SIGIR 2020) without the shoppers' own vectors, which only those have who were there in training:
a shopper is what one more step of the propagation makes of their products, so everybody is read alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from bowerbird.recommend.model_files import ModelFiles, read_model, write_model

if TYPE_CHECKING:
    from bowerbird.domain.ports import Floats, Numbers

SORT, VERSION = "graph", 1


@dataclass(frozen=True, eq=False)
class GraphModel:
    """``vectors`` (n, d) float32 are what shoppers are compared with, ``messages`` (n, d) what each product tells them.

    A product ``age`` places before the last one counts ``fade`` ** age.
    """

    products: tuple[str, ...]
    vectors: Floats
    messages: Floats
    fade: float = 1.0
    seen: Mapping[str, Any] = field(default_factory=dict)

    def read(self, history: Numbers, weights: Floats) -> Floats:
        """The sum of the products' messages over the root of its weight, (d,); zeros for an empty history."""
        if not len(history):
            return np.zeros(self.vectors.shape[1], np.float32)
        counts = weights * np.float32(self.fade) ** np.arange(len(history), dtype=np.float32)[::-1]
        read: Floats = counts @ self.messages[history] / np.sqrt(counts.sum())
        return read

    def save(self, folder: Path) -> None:
        """Write the artefact, manifest last; ``folder`` must not be there yet. Raises StorageError."""
        arrays = {"vectors": self.vectors, "messages": self.messages}
        write_model(folder, SORT, VERSION, ModelFiles(self.products, arrays, {"fade": self.fade}, self.seen))

    @classmethod
    def load(cls, folder: Path) -> GraphModel:
        """Read an artefact. Raises ArtefactError when it is torn, damaged or of another version."""
        shapes = {"vectors": ("products", "d"), "messages": ("products", "d")}
        files = read_model(folder, SORT, VERSION, shapes, ("fade",))
        given: dict[str, Any] = {**files.arrays, **files.numbers}
        return cls(products=files.products, **given, seen=files.seen)
