"""What clicks say of products, the bias of positions taken out: how popular each is, and how often it answers a query.

Fitted by ``learn`` from a log of searches, kept in the shop as arrays, and read here by product and query.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.errors import ArtefactError
from bowerbird.storage.artefacts import check_files, read_manifest, write_artefact

if TYPE_CHECKING:
    from bowerbird.domain.ports import Floats

KIND, VERSION = "clicks", 1
_ARRAYS = "clicks.npz"
_LEAST = 1e-6
"""What a product that was seen and never clicked counts as: there is no logarithm of nothing."""

Keys = NDArray[np.uint64]


@dataclass(frozen=True, eq=False)
class Behaviour:
    """Clicks by product and by query and product.

    ``products`` (p,) rising keys with ``popularity`` (p,), clicks a full view. ``pairs`` (q,) rising mixes of query and
    product with ``rates`` (q,), clicks of that query a full view. Without any clicks all are empty.
    """

    products: Keys = field(default_factory=lambda: np.empty(0, np.uint64))
    popularity: Floats = field(default_factory=lambda: np.empty(0, np.float32))
    pairs: Keys = field(default_factory=lambda: np.empty(0, np.uint64))
    rates: Floats = field(default_factory=lambda: np.empty(0, np.float32))
    seen: Mapping[str, Any] = field(default_factory=dict)
    """What it was fitted on."""

    def read(self, query: str, products: Keys) -> dict[str, Floats]:
        """``popularity`` and ``click_through`` of products (n,) for a query's key; NaN where nobody saw them."""
        found: dict[str, Floats] = {}
        if len(self.products):
            found["popularity"] = np.log(np.maximum(_look_up(self.products, self.popularity, products), _LEAST))
        if len(self.pairs) and query:
            found["click_through"] = _look_up(self.pairs, self.rates, mix(query, products))
        return found

    def save(self, folder: Path, seen: dict[str, Any]) -> None:
        """Write the artefact, with what it was fitted on; ``folder`` must not be there yet. Raises StorageError."""
        with write_artefact(folder, KIND, VERSION) as draft:
            np.savez_compressed(
                draft.folder / _ARRAYS,
                allow_pickle=False,
                products=self.products,
                popularity=self.popularity,
                pairs=self.pairs,
                rates=self.rates,
            )
            draft.details.update(seen)

    @classmethod
    def load(cls, folder: Path) -> Behaviour:
        """Read an artefact. Raises ArtefactError when it is torn, damaged or of another version."""
        manifest = read_manifest(folder, KIND, VERSION)
        check_files(folder, manifest)
        try:
            with (folder / _ARRAYS).open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
                products, popularity = _columns(arrays["products"], arrays["popularity"])
                pairs, rates = _columns(arrays["pairs"], arrays["rates"])
                return cls(products, popularity, pairs, rates, manifest.details)
        except (OSError, KeyError, ValueError, BadZipFile) as error:
            raise ArtefactError(f"{folder}: is no whole table of clicks: {error}") from error


def mix(query: str, products: Keys) -> Keys:
    """Keys of a query with each of some products."""
    salt = np.uint64(crc32(query.encode()) * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF)
    return products ^ salt


def _columns(keys: NDArray[Any], values: NDArray[Any]) -> tuple[Keys, Floats]:
    """Keys with their values, as ``Behaviour`` has them. Raises ValueError for what cannot be looked up in."""
    if keys.dtype != np.uint64 or keys.ndim != 1 or keys.shape != values.shape or (keys[1:] < keys[:-1]).any():
        raise ValueError("keys that do not rise, or not as many values")
    if not np.isfinite(values).all() or (values < 0).any():
        raise ValueError("values that are no clicks a view")
    return keys, values.astype(np.float32)


def _look_up(keys: Keys, values: Floats, wanted: Keys) -> Floats:
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[at] == wanted, values[at], np.nan).astype(np.float32)
