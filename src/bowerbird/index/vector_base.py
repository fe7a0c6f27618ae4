"""A vector field on disk: its 16-bit rows, an 8-bit scan over them, and whose rows they are."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bowerbird.index.arrays import Array, read_arrays, write_arrays
from bowerbird.index.sign_scan import SignScan
from bowerbird.index.split_rows import SplitRows, map_rows, write_split_rows
from bowerbird.index.vector_scan import ScanSettings, build_scan, open_scan


class VectorWriter:
    """Streams a field's rows to disk as they come; memory does not grow with their width."""

    def __init__(self, folder: Path, number: int, vector_field: str, dim: int) -> None:
        self._folder, self._number = folder, number
        self._field, self.dim = vector_field, dim
        self._owners, self._variants = array("i"), array("i")
        self._stream = (folder / f"vectors-{number}.f16").open("wb")

    def add(self, document: int, vectors: Array, variants: tuple[int, ...]) -> None:
        """Add a document's (n, d) rows; documents must rise."""
        self._stream.write(np.ascontiguousarray(vectors, np.float16).data)
        self._owners.extend([document] * len(vectors))
        self._variants.extend(variants)

    def add_block(self, documents: Array, vectors: Array, variants: Array) -> None:
        """Add many documents' rows at once."""
        self._stream.write(np.ascontiguousarray(vectors, np.float16).data)
        self._owners.frombytes(documents.astype(np.int32).tobytes())
        self._variants.frombytes(variants.astype(np.int32).tobytes())

    def finish(self, settings: ScanSettings) -> None:
        """Build the scan and write what is needed to open the field again."""
        self._stream.close()
        count = len(self._owners)
        path, streamed = self._folder / _name(self._number), self._folder / f"vectors-{self._number}.f16"
        scale = write_split_rows(map_rows(streamed, np.float16, count, self.dim), path)
        streamed.unlink()
        probes = build_scan(SplitRows(path, count, self.dim, scale), path.with_suffix(".faiss"), settings)
        write_arrays(
            path.with_suffix(".arrays"),
            {"documents": np.array(self._owners, np.int32), "variants": np.array(self._variants, np.int32)},
            {"field": self._field, "dim": self.dim, "probes": probes, "scale": scale},
        )

    def close(self) -> None:
        """Let go of the file when a build fails."""
        self._stream.close()


class VectorBase:
    """The rows of a field that were there when the index was built or folded last."""

    def __init__(self, folder: Path, number: int, document_count: int, settings: ScanSettings) -> None:
        arrays, details = read_arrays(folder / f"{_name(number)}.arrays")
        self.field, self.dim = str(details["field"]), int(details["dim"])
        self.documents: NDArray[np.intp] = arrays["documents"].astype(np.intp)
        self.variants: NDArray[np.int32] = arrays["variants"]
        self.rows = len(self.documents)
        self.document_count = document_count
        counts = np.bincount(self.documents, minlength=document_count)
        self.starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])
        self.owning = counts > 0
        self.owner_count = int(np.count_nonzero(self.owning))
        self.identical = self.rows == self.owner_count == document_count
        """Whether row r is document r's only one."""
        self.vectors = SplitRows(folder / _name(number), self.rows, self.dim, float(details["scale"]))
        probes: Mapping[str, int] = details["probes"]
        self.scan = open_scan(folder / f"{_name(number)}.faiss", self.rows, self.dim, probes, settings)
        self.signs_from = settings.signs_from
        self._signs: SignScan | None = None
        self._making = threading.Lock()

    @property
    def signs(self) -> SignScan:
        """A scan by one bit a number; made when somebody first asks, which takes seconds for 200,000 rows."""
        if self._signs is None:
            with self._making:
                self._signs = self._signs or SignScan(self.vectors)
        return self._signs

    @property
    def nbytes(self) -> dict[str, int]:
        """Bytes: on the heap, and mapped from files."""
        heap = self.documents.nbytes + self.variants.nbytes + self.starts.nbytes + self.owning.nbytes
        heap += 0 if self._signs is None else self._signs.nbytes
        return {"heap": heap, "mapped": self.vectors.nbytes + self.scan.nbytes}


def _name(number: int) -> str:
    return f"vectors-{number}"
