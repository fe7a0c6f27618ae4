"""How a raw photo vector is made ready for a linear map: its parts cut, evened out and weighed.

The built-in image encoder gives 1280 pooled features, the 384 of the label prior and the 216 of the colours. Features
after a ReLU6 are many small values and a few large ones; their square roots, brought to length one, are closer to a
bell and measured better everywhere (the Hellinger kernel: Arandjelovic and Zisserman, "Three things everyone should
know to improve object retrieval", 2012). Vectors of other models are only brought to length one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bowerbird.encode.colour import COLOUR_DIM

FEATURES = 1280
PRIOR = 384
BUILT_IN_DIM = FEATURES + PRIOR + COLOUR_DIM
_TINY = 1e-12


@dataclass(frozen=True, slots=True)
class PhotoParts:
    """The lengths of the parts of a raw vector, and what each of them weighs; a weight of 0 leaves the part out."""

    features: int
    prior: int = 0
    colour: int = 0
    prior_weight: float = 1.0
    colour_weight: float = 0.5
    rooted: bool = False
    """Take square roots of the features, which then must not be negative."""

    @classmethod
    def of(cls, dim: int, *, prior_weight: float, colour_weight: float) -> PhotoParts:
        """The parts of the built-in encoder's vectors, or one part for a vector of any other length."""
        if dim != BUILT_IN_DIM:
            return cls(dim)
        return cls(FEATURES, PRIOR, COLOUR_DIM, prior_weight, colour_weight, rooted=True)

    @property
    def raw_dim(self) -> int:
        """The length of a raw vector."""
        return self.features + self.prior + self.colour

    @property
    def dim(self) -> int:
        """The length of a prepared vector."""
        return self.features + self.prior * (self.prior_weight > 0) + self.colour * (self.colour_weight > 0)

    @property
    def prior_columns(self) -> slice:
        """Where the label prior lies in a prepared vector."""
        return slice(self.features, self.features + self.prior * (self.prior_weight > 0))

    def prepare(self, raw: NDArray[np.float32]) -> NDArray[np.float32]:
        """(n, raw_dim) f32 to (n, dim) f32; raises ValueError for rows of another length."""
        if raw.ndim != 2 or raw.shape[1] != self.raw_dim:
            raise ValueError(f"photo vectors of shape {raw.shape}; expected (n, {self.raw_dim})")
        features = raw[:, : self.features]
        if self.rooted:
            features = np.sqrt(np.maximum(features, 0.0))
        kept = [unit_rows(features)]
        if self.prior and self.prior_weight > 0:
            kept.append(raw[:, self.features : self.features + self.prior] * np.float32(self.prior_weight))
        if self.colour and self.colour_weight > 0:
            kept.append(raw[:, self.features + self.prior :] * np.float32(self.colour_weight))
        return np.concatenate(kept, axis=1, dtype=np.float32) if len(kept) > 1 else kept[0]


def unit_rows(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rows at length one; rows of zeros stay."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, _TINY), dtype=np.float32)
