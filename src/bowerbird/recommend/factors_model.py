"""Matrix factorisation for what shoppers did: a vector a product, and shoppers' vectors solved for when they come.

Hu, Koren and Volinsky, Collaborative filtering for implicit feedback datasets, ICDM 2008. A shopper's vector is the
least-squares answer to their history, so it needs no training and forgets nothing of it; new products, and new things
done with old ones, move the products' vectors in the same way (``taught``), between two trainings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from bowerbird.recommend.model_files import ModelFiles, read_model, write_model

if TYPE_CHECKING:
    from bowerbird.domain.ports import Floats, Mask, Numbers
    from bowerbird.recommend.histories import Histories

SORT, VERSION = "factors", 1
UNSEEN = 0.1
"""The share of the trained shoppers who are taken to have passed over a product that came later: with all of them such
a product is hardly ever shown, with none it pushes the others aside (``benchmarks/factor_updates.py``)."""


@dataclass(frozen=True, eq=False)
class FactorsModel:
    """Products' factors, and what it takes to solve for others.

    ``vectors`` (n, d) float32; ``support`` (n,) float32, the confidence that went into each; ``shoppers`` (d, d)
    float32, the sum of xx' over the ``shopper_count`` trained shoppers. The confidence in a product of weight w that
    stands ``age`` places before the last one is 1 + ``confidence`` * w * ``fade`` ** age.
    """

    products: tuple[str, ...]
    vectors: Floats
    support: Floats
    shoppers: Floats
    shopper_count: float
    regularisation: float
    confidence: float
    fade: float = 1.0
    seen: Mapping[str, Any] = field(default_factory=dict)

    def read(self, history: Numbers, weights: Floats) -> Floats:
        """The shopper's factors, (d,): (Y'CY + reg I)⁻¹ Y'Cp; zeros for an empty history.

        With G = Y'Y + reg I, and H and E the rows and the confidences above 1 of the history alone, that is
        G⁻¹H' (1 + E H G⁻¹ H')⁻¹ (1 + e): as large a system as the history is long, however many factors there are.
        """
        if not len(history):
            return np.zeros(self.vectors.shape[1], np.float32)
        places, extra = self._confidences(history, weights)
        grounded = self._grounded[places]
        left = extra[:, None] * (self.vectors[places] @ grounded.T)
        left[np.diag_indices(len(places))] += 1
        return (np.linalg.solve(left, 1 + extra) @ grounded).astype(np.float32)

    def taught(self, histories: Histories, fresh: Mask | None = None) -> FactorsModel:
        """The model after more was done: the factors of every product that this names are solved for again.

        ``histories`` are whole ones, which shoppers are read by; ``fresh`` (entries,) says which of them were done
        after the training, all where it is left out.

        What the trained shoppers said of a product is kept as if each had been a typical one: their confidence in it
        (``support``) times their mean xx'. Products it did not know are added; those that nobody came by are zeros.
        """
        known = {product: place for place, product in enumerate(self.products)}
        added = [product for product in histories.products if product not in known]
        known |= {product: len(self.products) + place for place, product in enumerate(added)}
        grown = replace(
            self,
            products=(*self.products, *added),
            vectors=np.concatenate([self.vectors, np.zeros((len(added), self.vectors.shape[1]), np.float32)]),
            support=np.concatenate([self.support, np.zeros(len(added), np.float32)]),
        )
        places = np.array([known[product] for product in histories.products], np.int32)[histories.items]
        entries = np.arange(len(places)) if fresh is None else np.flatnonzero(fresh)
        return grown._learn(places, histories, entries) if len(entries) else grown

    def _learn(self, places: Numbers, histories: Histories, entries: NDArray[np.intp]) -> FactorsModel:
        starts = histories.starts
        parts = [slice(starts[shopper], starts[shopper + 1]) for shopper in range(len(histories))]
        shoppers = np.stack([self.read(places[part], histories.weights[part]) for part in parts])
        owners = np.repeat(np.arange(len(histories)), histories.lengths)
        extra = (self.confidence * histories.weights).astype(np.float32)
        vectors, support = self.vectors.copy(), self.support.copy()
        order = entries[np.argsort(places[entries], kind="stable")]
        typical, here = self.shoppers / max(self.shopper_count, 1.0), shoppers.T @ shoppers
        for rows in np.split(order, np.flatnonzero(np.diff(places[order])) + 1):
            place, told, sure = places[rows[0]], shoppers[owners[rows]], extra[rows]
            passed = self.shoppers + support[place] * typical if support[place] else here + UNSEEN * self.shoppers
            kept = passed + self.regularisation * np.eye(len(typical))
            left = kept + told.T @ (told * sure[:, None])
            vectors[place] = np.linalg.solve(left, kept @ vectors[place] + told.T @ (1 + sure))
            support[place] += sure.sum()
        return replace(self, vectors=vectors, support=support)

    def save(self, folder: Path) -> None:
        """Write the artefact, manifest last; ``folder`` must not be there yet. Raises StorageError."""
        arrays = {"vectors": self.vectors, "support": self.support, "shoppers": self.shoppers}
        numbers = {name: float(getattr(self, name)) for name in _NUMBERS}
        write_model(folder, SORT, VERSION, ModelFiles(self.products, arrays, numbers, self.seen))

    @classmethod
    def load(cls, folder: Path) -> FactorsModel:
        """Read an artefact. Raises ArtefactError when it is torn, damaged or of another version."""
        shapes = {"vectors": ("products", "d"), "support": ("products",), "shoppers": ("d", "d")}
        files = read_model(folder, SORT, VERSION, shapes, _NUMBERS)
        given: dict[str, Any] = {**files.arrays, **files.numbers}
        return cls(products=files.products, **given, seen=files.seen)

    @cached_property
    def _grounded(self) -> Floats:
        """Y (Y'Y + reg I)⁻¹, (products, d), the same for every shopper."""
        rows = self.vectors.astype(np.float64)
        ground = rows.T @ rows + self.regularisation * np.eye(rows.shape[1])
        return np.linalg.solve(ground, rows.T).T.astype(np.float32)

    def _confidences(self, history: Numbers, weights: Floats) -> tuple[Numbers, Floats]:
        """The products of a history, each once, with what their confidence is above 1."""
        ages = np.arange(len(history))[::-1]
        places, which = np.unique(history, return_inverse=True)
        extra = np.bincount(which, self.confidence * weights * self.fade**ages)
        return places, extra.astype(np.float32)


_NUMBERS = ("shopper_count", "regularisation", "confidence", "fade")
