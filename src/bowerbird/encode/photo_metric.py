"""The photo metric: the space in which photos of one product lie together.

A linear map that divides by the spread *within* products (several photos of one, and changed copies of the same photo)
and keeps the directions in which products differ most: linear discriminant analysis with a shrunk within-class
covariance (Fukunaga 1990; within-class covariance normalisation: Hatch, Kajarekar and Stolcke 2006). ``learn`` fits it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.errors import ArtefactError
from bowerbird.encode.alignment import read_arrays
from bowerbird.encode.photo_parts import PhotoParts, unit_rows
from bowerbird.storage.artefacts import read_manifest, write_artefact

KIND = "photo-metric"
VERSION = 1
_ARRAYS = "metric.npz"
_MATRICES = ("mean", "projection", "within", "total")
FEW_PHOTOS = 3
"""A product with fewer photos has no centre worth pulling them to."""


@dataclass(frozen=True, eq=False)
class Spread:
    """Covariances as low-rank factors, kept so that a shop with few photos can lean on them.

    A covariance is ``factor.T @ factor + floor * identity``, at trace 1. Shapes: (rank, dim) f32 that f16 holds.
    """

    within: NDArray[np.float32]
    total: NDArray[np.float32]
    within_floor: float
    total_floor: float

    def covariances(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """The within-product and the total covariance, each (dim, dim) f32."""
        eye = np.eye(self.within.shape[1], dtype=np.float32)
        return (
            self.within.T @ self.within + np.float32(self.within_floor) * eye,
            self.total.T @ self.total + np.float32(self.total_floor) * eye,
        )


@dataclass(frozen=True, eq=False)
class PhotoMetric:
    """Maps raw photo vectors to unit rows whose inner product tells whether two photos show one product.

    ``pull`` moves the stored photos of a product towards their common centre, 0 not at all, 1 all the way.
    """

    photo_dim: int
    dim: int
    name: str
    parts: PhotoParts | None = None
    mean: NDArray[np.float32] | None = None
    projection: NDArray[np.float32] | None = None
    pull: float = 0.0
    spread: Spread | None = None
    fitted_on: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def identity(cls, dim: int) -> PhotoMetric:
        """For a model of which nothing is known: the cosine of its own vectors."""
        return cls(dim, dim, "identity")

    @classmethod
    def of(
        cls,
        parts: PhotoParts,
        mean: NDArray[np.float32],
        projection: NDArray[np.float32],
        *,
        name: str,
        pull: float = 0.0,
        spread: Spread | None = None,
        fitted_on: Mapping[str, Any] | None = None,
    ) -> PhotoMetric:
        """A metric of a mean (parts.dim,) and a projection (parts.dim, dim), rounded to what f16 holds."""
        if mean.shape != (parts.dim,) or projection.shape[0] != parts.dim:
            raise ValueError(f"mean {mean.shape}, projection {projection.shape}; expected {parts.dim} inputs")
        return cls(
            parts.raw_dim, projection.shape[1], name, parts, _through_f16(mean), _through_f16(projection),
            pull, spread, fitted_on or {},
        )  # fmt: skip

    @cached_property
    def fingerprint(self) -> str:
        """Changes whenever the same photos would be mapped elsewhere."""
        known = f"{VERSION} {self.photo_dim} {self.dim} {self.parts} {self.pull:.4f}"
        digest = blake2b(known.encode(), digest_size=12)
        for array in (self.mean, self.projection):
            if array is not None:
                digest.update(np.ascontiguousarray(array).tobytes())
        return digest.hexdigest()

    def project(self, raw: NDArray[np.float32]) -> NDArray[np.float32]:
        """(n, photo_dim) raw photo vectors to (n, dim) f32 unit rows: for queries, and photos of any product."""
        if self.parts is None or self.mean is None or self.projection is None:
            return unit_rows(raw)
        return unit_rows(np.asarray((self.parts.prepare(raw) - self.mean) @ self.projection, np.float32))

    def product_rows(self, raw: NDArray[np.float32]) -> NDArray[np.float32]:
        """The (n, photo_dim) photos of ONE product as (n, dim) unit rows to be stored, pulled to their centre.

        A photo query then scores a mixture of the nearest photo and the product's centre, at no extra row.
        """
        return pull_together(self.project(raw), self.pull)

    def save(self, folder: Path) -> None:
        """Write the artefact, manifest last; ``folder`` must not be there yet. Raises StorageError."""
        arrays: dict[str, NDArray[np.float16]] = {}
        for name, array in self._matrices().items():
            arrays[name] = array.astype(np.float16)
        with write_artefact(folder, KIND, VERSION) as draft:
            np.savez(draft.folder / _ARRAYS, allow_pickle=False, **arrays)
            draft.details.update(
                name=self.name,
                photo_dim=self.photo_dim,
                dim=self.dim,
                pull=self.pull,
                parts=None if self.parts is None else asdict(self.parts),
                floors=None if self.spread is None else [self.spread.within_floor, self.spread.total_floor],
                fingerprint=self.fingerprint,
                fitted_on=dict(self.fitted_on),
            )

    @classmethod
    def load(cls, folder: Path) -> PhotoMetric:
        """Read an artefact. Raises ArtefactError when it is torn, damaged or of another version."""
        details = read_manifest(folder, KIND, VERSION).details
        arrays = {name: array.astype(np.float32) for name, array in read_arrays(folder / _ARRAYS).items()}
        try:
            spread = None
            if details["floors"] is not None:
                spread = Spread(arrays["within"], arrays["total"], *(float(floor) for floor in details["floors"]))
            loaded = cls(
                int(details["photo_dim"]), int(details["dim"]), str(details["name"]),
                None if details["parts"] is None else PhotoParts(**details["parts"]),
                arrays.get("mean"), arrays.get("projection"), float(details["pull"]),
                spread, details["fitted_on"],
            )  # fmt: skip
            expected = str(details["fingerprint"])
        except (KeyError, TypeError, ValueError) as error:
            raise ArtefactError(f"{folder}: is no whole photo metric: {error}") from error
        if loaded.fingerprint != expected:
            raise ArtefactError(f"{folder}: is damaged: its arrays are not those that were written")
        return loaded

    def _matrices(self) -> dict[str, NDArray[np.float32]]:
        spreads = (None, None) if self.spread is None else (self.spread.within, self.spread.total)
        found = (self.mean, self.projection, *spreads)
        return {name: array for name, array in zip(_MATRICES, found, strict=True) if array is not None}


def pull_together(rows: NDArray[np.float32], pull: float) -> NDArray[np.float32]:
    """Unit rows of one product moved towards their mean by the share ``pull``; fewer than three stay."""
    if pull == 0.0 or len(rows) < FEW_PHOTOS:
        return rows
    centre = unit_rows(np.mean(rows, axis=0, keepdims=True, dtype=np.float32))
    return unit_rows((1.0 - np.float32(pull)) * rows + np.float32(pull) * centre)


def default_photo_metric() -> PhotoMetric:
    """The packaged metric for the built-in image encoder: what a new shop starts from."""
    return PhotoMetric.load(Path(__file__).parent / "defaults" / "photo_metric")


def _through_f16(array: NDArray[np.float32]) -> NDArray[np.float32]:
    return array.astype(np.float16).astype(np.float32)
