"""The alignment: photos and texts in one space, so that words find photos and photos find words.

Two towers, each a linear map plus a hidden layer, run in numpy; ``learn`` fits them. Knows nothing of products.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.errors import ArtefactError
from bowerbird.encode.photo_parts import PhotoParts, unit_rows
from bowerbird.storage.artefacts import read_manifest, write_artefact

KIND = "alignment"
VERSION = 1
_ARRAYS = "towers.npz"
_GELU = float(np.sqrt(2.0 / np.pi))


@dataclass(frozen=True, eq=False)
class Tower:
    """``x @ skip + gelu(x @ hidden + hidden_bias) @ back + bias``; no hidden units make it linear.

    Shapes: skip (inputs, d), bias (d,), hidden (inputs, h), hidden_bias (h,), back (h, d). All are f32 that f16 holds
    exactly, so that a saved tower is the tower.
    """

    skip: NDArray[np.float32]
    bias: NDArray[np.float32]
    hidden: NDArray[np.float32]
    hidden_bias: NDArray[np.float32]
    back: NDArray[np.float32]

    def __post_init__(self) -> None:
        for name in _TOWER_ARRAYS:
            rounded = np.asarray(getattr(self, name)).astype(np.float16)
            if not np.isfinite(rounded).all():
                raise ValueError(f"the tower's {name} holds what f16 cannot")
            object.__setattr__(self, name, rounded.astype(np.float32))
        inputs, d = self.skip.shape
        h = len(self.hidden_bias)
        if (self.bias.shape, self.hidden.shape, self.back.shape) != ((d,), (inputs, h), (h, d)):
            raise ValueError(f"a tower's arrays do not fit: {[getattr(self, n).shape for n in _TOWER_ARRAYS]}")

    @classmethod
    def linear(cls, skip: NDArray[np.float32], bias: NDArray[np.float32]) -> Tower:
        """A tower without hidden units."""
        inputs, d = skip.shape
        none = np.zeros(0, np.float32)
        return cls(skip, bias, none.reshape(inputs, 0), none, none.reshape(0, d))

    def run(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """(n, inputs) to (n, d), not yet at length one."""
        out = rows @ self.skip + self.bias
        if len(self.hidden_bias):
            out += gelu(rows @ self.hidden + self.hidden_bias) @ self.back
        return np.asarray(out, dtype=np.float32)


_TOWER_ARRAYS = ("skip", "bias", "hidden", "hidden_bias", "back")


def gelu(x: NDArray[np.float32]) -> NDArray[np.float32]:
    """The tanh form of the Gaussian error linear unit (Hendrycks and Gimpel 2016)."""
    return np.asarray(0.5 * x * (1.0 + np.tanh(_GELU * (x + 0.044715 * x * x * x))), dtype=np.float32)


@dataclass(frozen=True, eq=False)
class Alignment:
    """Maps raw photo vectors and text vectors into one space of unit vectors.

    Without towers both sides are in one space already (CLIP and its kin) and are only brought to length one.
    ``fitted_on`` tells what it was fitted on and how it was measured.
    """

    photo_dim: int
    text_dim: int
    dim: int
    name: str
    parts: PhotoParts | None = None
    photo_tower: Tower | None = None
    text_tower: Tower | None = None
    fitted_on: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(
        cls, parts: PhotoParts, photo_tower: Tower, text_tower: Tower, name: str, fitted_on: Mapping[str, Any]
    ) -> Alignment:
        """An alignment of two towers. Raises ValueError where they do not fit."""
        text_dim, dim = text_tower.skip.shape
        if photo_tower.skip.shape != (parts.dim, dim):
            raise ValueError(f"a photo tower of shape {photo_tower.skip.shape}; expected ({parts.dim}, {dim})")
        return cls(parts.raw_dim, text_dim, dim, name, parts, photo_tower, text_tower, fitted_on)

    @classmethod
    def identity(cls, dim: int) -> Alignment:
        """For a joint model, whose towers share a space of ``dim`` already."""
        return cls(dim, dim, dim, "identity")

    @cached_property
    def fingerprint(self) -> str:
        """Changes whenever the same vectors would be mapped elsewhere."""
        digest = blake2b(f"{VERSION} {self.photo_dim} {self.text_dim} {self.dim} {self.parts}".encode(), digest_size=12)
        for array in self._arrays().values():
            digest.update(np.ascontiguousarray(array).tobytes())
        return digest.hexdigest()

    def photos(self, raw: NDArray[np.float32]) -> NDArray[np.float32]:
        """(n, photo_dim) raw photo vectors to (n, dim) unit rows."""
        if self.photo_tower is None or self.parts is None:
            return unit_rows(raw)
        return unit_rows(self.photo_tower.run(self.parts.prepare(raw)))

    def texts(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """(n, text_dim) text vectors to (n, dim) unit rows."""
        return unit_rows(vectors if self.text_tower is None else self.text_tower.run(vectors))

    def save(self, folder: Path) -> None:
        """Write the artefact, manifest last; ``folder`` must not be there yet. Raises StorageError."""
        with write_artefact(folder, KIND, VERSION) as draft:
            # NpzFile is a zip: f16 of trained weights does not compress, so it is stored as it is.
            np.savez(draft.folder / _ARRAYS, allow_pickle=False, **self._arrays())
            draft.details.update(
                name=self.name,
                photo_dim=self.photo_dim,
                text_dim=self.text_dim,
                dim=self.dim,
                parts=None if self.parts is None else asdict(self.parts),
                fingerprint=self.fingerprint,
                fitted_on=dict(self.fitted_on),
            )

    @classmethod
    def load(cls, folder: Path) -> Alignment:
        """Read an artefact. Raises ArtefactError when it is torn, damaged or of another version."""
        details = read_manifest(folder, KIND, VERSION).details
        try:
            arrays = read_arrays(folder / _ARRAYS)
            towers: dict[str, Tower | None] = {"photo": None, "text": None}
            if details["parts"] is not None:
                for side in towers:
                    towers[side] = Tower(*(arrays[f"{side}.{name}"] for name in _TOWER_ARRAYS))
            loaded = cls(
                int(details["photo_dim"]), int(details["text_dim"]), int(details["dim"]), str(details["name"]),
                None if details["parts"] is None else PhotoParts(**details["parts"]),
                towers["photo"], towers["text"], details["fitted_on"],
            )  # fmt: skip
            expected = str(details["fingerprint"])
        except (KeyError, TypeError, ValueError) as error:
            raise ArtefactError(f"{folder}: is no whole alignment: {error}") from error
        if loaded.fingerprint != expected:
            raise ArtefactError(f"{folder}: is damaged: its arrays are not those that were written")
        return loaded

    def _arrays(self) -> dict[str, NDArray[np.float16]]:
        towers = {"photo": self.photo_tower, "text": self.text_tower}
        return {
            f"{side}.{name}": getattr(tower, name).astype(np.float16)
            for side, tower in towers.items()
            if tower is not None
            for name in _TOWER_ARRAYS
        }


def read_arrays(path: Path) -> dict[str, NDArray[Any]]:
    """Every array of an .npz file. Raises ArtefactError when it cannot be read."""
    try:
        with np.load(path, allow_pickle=False) as file:
            return {name: file[name] for name in file.files}
    except (OSError, ValueError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise ArtefactError(f"{path}: is torn: {error}") from error


def default_alignment() -> Alignment:
    """The packaged alignment for the built-in encoders: what a new shop starts from."""
    return Alignment.load(Path(__file__).parent / "defaults" / "alignment")
