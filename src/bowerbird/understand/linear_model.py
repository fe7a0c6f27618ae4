"""Sums of weights over a text's grams: the one kind of model behind sentiment and intent, run in numpy.

Every gram that the model knows has a row of small numbers. A text's scores are the sum of the rows of its grams, each
gram once, divided by the length of the text's vector: binary TF-IDF with cosine normalisation (Salton and Buckley
1988), rarity already multiplied into the weights.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.errors import ArtefactError
from bowerbird.encode.alignment import read_arrays
from bowerbird.storage.artefacts import read_manifest, write_artefact
from bowerbird.understand.ngrams import Grams, GramSettings, text_grams

VERSION = 1
BATCH = 512
"""Texts that are summed up at once: more fall out of the processor's caches."""
_ARRAYS = "weights.npz"
_SCALES = "scales"
_PLACE_BITS = 32
_PLACES = (1 << _PLACE_BITS) - 1


@dataclass(frozen=True, eq=False)
class GramWeights:
    """Rows of weights by gram.

    Shapes: hashes (n,) u32, rising; squares (n,) i8, each gram's share of a text's squared length; weights (n, k) i8;
    scales (k,) f32, by which the weights are multiplied; square_scale likewise for the squares.
    """

    grams: GramSettings
    hashes: NDArray[np.uint32]
    squares: NDArray[np.int8]
    square_scale: float
    weights: NDArray[np.int8]
    scales: NDArray[np.float32]

    def __post_init__(self) -> None:
        n, k = self.weights.shape
        if (self.hashes.shape, self.squares.shape, self.scales.shape) != ((n,), (n,), (k,)) or n == 0:
            raise ValueError(f"weights of shape {(n, k)} do not fit their hashes, squares or scales")
        if not (np.diff(self.hashes.astype(np.int64)) > 0).all():
            raise ValueError("the hashes do not rise")

    @classmethod
    def rounded(
        cls, grams: GramSettings, hashes: NDArray[np.uint32], squares: NDArray[np.float32], weights: NDArray[np.float32]
    ) -> GramWeights:
        """From exact numbers, each column to 8 bits of its own scale."""
        square_scale = round_squares(squares)[1]
        scales = np.maximum(np.abs(weights).max(0), 1e-9).astype(np.float32) / np.float32(127)
        small = np.rint(weights / scales).astype(np.int8)
        return cls(grams, hashes, round_squares(squares)[0], square_scale, small, scales)

    def scores(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(texts, k) f32: what each text's grams weigh together; zeros for a text without a known gram."""
        found = np.zeros((len(texts), len(self.scales)), np.float32)
        for start in range(0, len(texts), BATCH):
            batch = texts[start : start + BATCH]
            found[start : start + len(batch)] = self._sums(text_grams(batch, self.grams))
        return found

    def find(self, hashes: NDArray[np.uint32]) -> NDArray[np.intp]:
        """(m,) places among the rows of weights, -1 where a gram is unknown.

        The hashes are spread evenly, so their first bits tell within a few places where to look.
        """
        firsts, shift, most = self._directory
        places = firsts.take(hashes >> shift)
        known = self._hashes_and_end
        there = known.take(places)
        late = np.flatnonzero(there < hashes)
        for _ in range(most):
            if not len(late):
                break
            places[late] += 1
            there[late] = known.take(places[late])
            late = late[there[late] < hashes[late]]
        places[(there != hashes) | (places == len(self.hashes))] = -1
        return places

    def _sums(self, grams: Grams) -> NDArray[np.float32]:
        places = self.find(grams.hashes)
        hit = places >= 0
        # Sorted by text, then gram; a gram that a text repeats is there once.
        once = np.sort(grams.owners()[hit] << _PLACE_BITS | places[hit])
        once = once[np.diff(once, prepend=-1) > 0]
        owners = once >> _PLACE_BITS
        rows = self._table.take(once & _PLACES, axis=0)
        sums = np.zeros((len(grams.starts) - 1, rows.shape[1]), np.float32)
        firsts = np.flatnonzero(np.diff(owners, prepend=-1))
        if len(firsts):
            sums[owners[firsts]] = np.add.reduceat(rows.astype(np.float32), firsts, axis=0)
        lengths = np.sqrt(np.maximum(sums[:, :1] * np.float32(self.square_scale), 1e-12))
        return np.asarray(sums[:, 1:] * self.scales / lengths, np.float32)

    @cached_property
    def _table(self) -> NDArray[np.int8]:
        """Squares and weights side by side, so that one look-up brings both."""
        return np.column_stack([self.squares, self.weights])

    @cached_property
    def _directory(self) -> tuple[NDArray[np.intp], np.uint32, int]:
        """The first place of each bucket of leading bits, the shift to them, and the largest bucket's size."""
        bits = max(1, min(20, int(np.log2(len(self.hashes))) + 2))
        shift = 32 - bits
        edges = np.arange(2**bits, dtype=np.int64) << shift
        firsts = np.searchsorted(self.hashes, edges.astype(np.uint32)).astype(np.intp)
        most = int(np.diff(firsts, append=len(self.hashes)).max())
        return firsts, np.uint32(shift), most + 1

    @cached_property
    def _hashes_and_end(self) -> NDArray[np.uint32]:
        return np.append(self.hashes, np.uint32(0xFFFFFFFF))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """What is written; hashes as differences, and weights column by column, which pack better."""
        return {
            "steps": np.diff(self.hashes, prepend=np.uint32(0)),
            "squares": self.squares,
            "weights": np.ascontiguousarray(self.weights.T),
            _SCALES: self.scales,
        }

    @classmethod
    def of_arrays(cls, arrays: Mapping[str, NDArray[Any]], details: Mapping[str, Any]) -> GramWeights:
        """The reverse of ``arrays`` and ``details``. Raises KeyError, TypeError or ValueError where they do not fit."""
        return cls(
            GramSettings(**details["grams"]),
            np.cumsum(arrays["steps"], dtype=np.uint32),
            arrays["squares"],
            float(details["square_scale"]),
            np.ascontiguousarray(arrays["weights"].T),
            arrays[_SCALES],
        )

    def details(self) -> dict[str, Any]:
        """What the manifest tells of them."""
        return {"grams": asdict(self.grams), "square_scale": self.square_scale}


def round_squares(squares: NDArray[np.float32]) -> tuple[NDArray[np.int8], float]:
    """Squares as small numbers from 1 to 127, and the scale that brings them back."""
    scale = float(squares.max()) / 127
    return np.clip(np.rint(squares / scale), 1, 127).astype(np.int8), scale


@dataclass(frozen=True, eq=False)
class LinearModel:
    """Named gram weights, further small arrays, and what they were fitted on, as one artefact on disk."""

    kind: str
    weights: Mapping[str, GramWeights]
    more: Mapping[str, NDArray[np.float32]] = field(default_factory=dict)
    fitted_on: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def fingerprint(self) -> str:
        """Changes whenever a text would be scored otherwise."""
        digest = blake2b(f"{self.kind} {VERSION} {sorted(self._details().items())}".encode(), digest_size=12)
        for name, array in sorted(self._arrays().items()):
            digest.update(name.encode())
            digest.update(np.ascontiguousarray(array).tobytes())
        return digest.hexdigest()

    def save(self, folder: Path) -> None:
        """Write the artefact, manifest last; ``folder`` must not be there yet. Raises StorageError."""
        with write_artefact(folder, self.kind, VERSION) as draft:
            np.savez_compressed(draft.folder / _ARRAYS, allow_pickle=False, **self._arrays())
            draft.details.update(weights=self._details(), fingerprint=self.fingerprint, fitted_on=dict(self.fitted_on))

    @classmethod
    def load(cls, folder: Path, kind: str) -> LinearModel:
        """Read an artefact. Raises ArtefactError when it is torn, damaged, or of another kind or version."""
        details = read_manifest(folder, kind, VERSION).details
        arrays = read_arrays(folder / _ARRAYS)
        try:
            weights = {
                name: GramWeights.of_arrays(_under(arrays, name), kept) for name, kept in details["weights"].items()
            }
            loaded = cls(kind, weights, _under(arrays, "more"), details["fitted_on"])
            expected = str(details["fingerprint"])
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise ArtefactError(f"{folder}: is no whole {kind} model: {error}") from error
        if loaded.fingerprint != expected:
            raise ArtefactError(f"{folder}: is damaged: its arrays are not those that were written")
        return loaded

    def _arrays(self) -> dict[str, NDArray[Any]]:
        arrays = {f"more.{name}": array for name, array in self.more.items()}
        for name, weights in self.weights.items():
            arrays |= {f"{name}.{part}": array for part, array in weights.arrays().items()}
        return arrays

    def _details(self) -> dict[str, Any]:
        return {name: weights.details() for name, weights in self.weights.items()}


def _under(arrays: Mapping[str, NDArray[Any]], prefix: str) -> dict[str, NDArray[Any]]:
    return {name.removeprefix(f"{prefix}."): array for name, array in arrays.items() if name.startswith(f"{prefix}.")}
