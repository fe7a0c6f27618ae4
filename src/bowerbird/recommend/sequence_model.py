"""The sequence model when it serves: a small graph that reads a history's vectors, and the products' unit rows.

The graph is fed with vectors, not with numbers of products, so products that come later need vectors alone. Needs ONNX
Runtime and no torch; ``learn.train_sequence`` makes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from bowerbird.domain.errors import ArtefactError, ModelError
from bowerbird.encode.sessions import open_session
from bowerbird.recommend.model_files import ModelFiles, read_model, write_model

if TYPE_CHECKING:
    from bowerbird.domain.ports import Floats, Numbers

SORT, VERSION = "sequence", 1
GRAPH = "network"


@dataclass(frozen=True, eq=False)
class SequenceModel:
    """``vectors`` (n, d) float32 unit rows, and ``graph``, the network that reads the last ``longest`` of a history."""

    products: tuple[str, ...]
    vectors: Floats
    graph: bytes
    longest: int
    seen: Mapping[str, Any] = field(default_factory=dict)

    def read(self, history: Numbers, weights: Floats) -> Floats:
        """Where the shopper stands, (d,): inner products with ``vectors`` are logits of what comes next.

        Places that are no product of this model are skipped; zeros where nothing is left. Runs on the calling thread.
        """
        known = (history >= 0) & (history < len(self.products))
        history, weights = history[known][-self.longest :], weights[known][-self.longest :]
        if not len(history):
            return np.zeros(self.vectors.shape[1], np.float32)
        fed = {"products": self.vectors[history][None], "importance": weights[None].astype(np.float32)}
        state: Floats = self._session.run(None, fed)[0]
        return state

    def save(self, folder: Path) -> None:
        """Write the artefact, manifest last; ``folder`` must not be there yet. Raises StorageError."""
        files = ModelFiles(
            self.products, {"vectors": self.vectors}, {"longest": self.longest}, self.seen, {GRAPH: self.graph}
        )
        write_model(folder, SORT, VERSION, files)

    @classmethod
    def load(cls, folder: Path) -> SequenceModel:
        """Read an artefact. Raises ArtefactError when it is torn, damaged or of another version."""
        files = read_model(folder, SORT, VERSION, {"vectors": ("products", "d")}, ("longest",), (GRAPH,))
        model = cls(
            files.products, files.arrays["vectors"], files.graphs[GRAPH], int(files.numbers["longest"]), files.seen
        )
        try:
            model.warm()
        except ModelError as error:
            raise ArtefactError(f"{folder}: {error}") from error
        return model

    def warm(self) -> None:
        """Open the graph before the first shopper comes. Raises ModelError for a torn one."""
        _ = self._session

    @cached_property
    def _session(self) -> Any:
        return open_session(self.graph)
