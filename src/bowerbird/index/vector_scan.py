"""Finding the likely nearest rows by 8-bit vectors: a flat scan, or lists of near rows where there are many.

The rows' high bytes are what is looked through (faiss QT_8bit_direct_signed), which
costs a few places in the order; the caller re-orders by 16-bit vectors. See Johnson et al., "Billion-scale
similarity search with GPUs" (arXiv:1702.08734), for inverted lists.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.errors import ArtefactError
from bowerbird.index.arrays import Array
from bowerbird.index.column import Mask
from bowerbird.index.split_rows import SplitRows

_CHUNK = 65_536
_POINTS_A_LIST = 64
_CALIBRATED_COUNT = 200


@dataclass(frozen=True, slots=True)
class ScanSettings:
    """How rows are scanned."""

    flat_up_to: int = 300_000
    """Up to this many rows a flat scan is quick enough; above, lists are built."""
    recall: float = 0.985
    """Share of the true hundred nearest that the lists must find at build time, for queries off the stored rows."""
    whole_below: float = 0.05
    """Filters that leave a smaller share than this scan every list, which is always right."""
    signs_from: int = 20_000
    """From so many rows on, what may miss some of the best is looked for by signs."""
    threads: int = 1
    """Threads for building."""
    seed: int = 7


class Scan:
    """A read-only 8-bit index over rows 0..n-1; safe from many threads."""

    def __init__(self, index: Any, probes: Mapping[str, int], settings: ScanSettings) -> None:
        self._index = index
        self._settings = settings
        self.probes = dict(probes)
        """For lists: how many to look at by the share of rows that a filter leaves."""
        self.lists = int(index.nlist) if probes else 0

    def search(self, query: NDArray[np.float32], count: int, chosen: Mask | None, share: float) -> NDArray[np.int64]:
        """The about ``count`` nearest rows by inner product among ``chosen``, best first.

        ``share`` is the part of all rows that is chosen.
        """
        probes = self._probes(share, count) if self.lists else 0
        found = look(self._index, query, count, chosen, probes)
        if len(found) < count and probes < self.lists:
            # The filter keeps other things than the query is about: its rows lie in lists further off.
            found = look(self._index, query, count, chosen, self.lists)
        return found

    def _probes(self, share: float, count: int) -> int:
        if share < self._settings.whole_below:
            return self.lists
        fitting = [probes for known, probes in self.probes.items() if float(known) <= share]
        fitting = fitting or [max(self.probes.values())]
        # Filters of a shop go by kind, as the lists do, while those of the calibration went by chance.
        return min(self.lists, math.ceil(min(fitting) / share * max(1.0, count / _CALIBRATED_COUNT)))

    @property
    def nbytes(self) -> int:
        """The bytes of the codes."""
        return int(self._index.ntotal) * int(self._index.d)


def look(index: Any, query: NDArray[np.float32], count: int, chosen: Mask | None, probes: int) -> NDArray[np.int64]:
    """The nearest rows that a faiss index finds in ``probes`` lists (0: it has none), best first."""
    # OpenMP's setting is each thread's own; one query gains nothing from a second one.
    faiss.omp_set_num_threads(1)
    largest = float(np.abs(query).max())
    # Distances are computed on whole numbers, the query's too.
    scaled = np.rint(query * (127 / largest if largest > 0 else 1.0))[None].astype(np.float32)
    parameters: Any = faiss.SearchParametersIVF() if probes else faiss.SearchParameters()
    if chosen is not None:
        bits = np.packbits(chosen, bitorder="little")
        selector = faiss.IDSelectorBitmap(len(bits), faiss.swig_ptr(bits))
        parameters.sel = selector
    if probes:
        parameters.nprobe = probes
    _, rows = index.search(scaled, count, params=parameters)
    found: NDArray[np.int64] = rows[0]
    return found[found >= 0]


def build_scan(vectors: SplitRows, path: Path, settings: ScanSettings) -> dict[str, int]:
    """Write the index of (n, d) rows; returns ``probes`` for ``open_scan``. Memory: the codes and one chunk."""
    rows, dim = len(vectors), vectors.dim
    faiss.omp_set_num_threads(settings.threads)
    if rows > settings.flat_up_to:
        index = _trained_lists(vectors, settings)
    else:
        kind = faiss.ScalarQuantizer.QT_8bit_direct_signed
        index = faiss.IndexScalarQuantizer(dim, kind, faiss.METRIC_INNER_PRODUCT)
    for at in range(0, rows, _CHUNK):
        index.add(vectors.high[at : at + _CHUNK].astype(np.float32))
    probes = _calibrate(index, vectors, settings) if rows > settings.flat_up_to else {}
    faiss.omp_set_num_threads(1)
    faiss.write_index(index, str(path))
    return probes


def open_scan(path: Path, rows: int, dim: int, probes: Mapping[str, int], settings: ScanSettings) -> Scan:
    """Open what ``build_scan`` wrote. Raises ArtefactError when it is torn or of another shape."""
    try:
        index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
    except RuntimeError as error:
        raise ArtefactError(f"{path}: cannot be read: {str(error).splitlines()[-1][:200]}") from error
    if index.ntotal != rows or index.d != dim:
        raise ArtefactError(f"{path}: holds {index.ntotal} x {index.d} numbers where {rows} x {dim} are expected")
    return Scan(index, probes, settings)


def _trained_lists(vectors: SplitRows, settings: ScanSettings) -> Any:
    rows, dim = len(vectors), vectors.dim
    lists = 2 ** round(np.log2(np.sqrt(rows)))
    kind = faiss.ScalarQuantizer.QT_8bit_direct_signed
    index = faiss.IndexIVFScalarQuantizer(faiss.IndexFlatIP(dim), dim, lists, kind, faiss.METRIC_INNER_PRODUCT, False)
    index.cp.niter, index.cp.seed = 8, settings.seed
    index.cp.max_points_per_centroid = _POINTS_A_LIST
    generator = np.random.default_rng(settings.seed)
    sample = np.sort(generator.choice(rows, min(rows, lists * _POINTS_A_LIST), replace=False))
    index.train(vectors.high[sample].astype(np.float32))
    return index


def _calibrate(index: Any, vectors: SplitRows, settings: ScanSettings) -> dict[str, int]:
    """The fewest lists that find ``recall`` of the true hundred, for filters that leave all, half and a fifth."""
    generator = np.random.default_rng(settings.seed)
    rows = len(vectors)
    queries = _queries_beside(vectors.take(np.sort(generator.choice(rows, 32, replace=False))), generator)
    probes = {}
    for share in (1.0, 0.5, 0.2):
        chosen = None if share == 1.0 else generator.random(rows) < share
        truth = [_hundred(index, vectors, query, index.nlist, chosen) for query in queries]
        count = 4
        while count < index.nlist:
            found = [_hundred(index, vectors, query, count, chosen) for query in queries]
            hits = sum(len(true & some) for true, some in zip(truth, found, strict=True))
            if hits >= settings.recall * sum(map(len, truth)):
                break
            count *= 2
        # Real queries lie farther off than the ones at hand.
        probes[str(share)] = min(int(index.nlist), count + count // 2)
    return probes


def _hundred(index: Any, vectors: SplitRows, query: Array, probes: int, chosen: Mask | None) -> set[int]:
    rows = look(index, query, _CALIBRATED_COUNT, chosen, probes)
    scores = vectors.exact(rows, query)
    return set(rows[np.argsort(-scores)[:100]].tolist())


def _queries_beside(stored: Array, generator: np.random.Generator) -> NDArray[np.float32]:
    """Queries at a cosine of about .8 and .6 from stored unit rows."""
    rows = stored.astype(np.float32, copy=True)
    noise = generator.normal(size=rows.shape).astype(np.float32)
    noise /= np.linalg.norm(noise, axis=1, keepdims=True)
    reach = np.where(np.arange(len(rows)) % 2, 0.75, 1.33)[:, None].astype(np.float32)
    rows += reach * noise * np.linalg.norm(rows, axis=1, keepdims=True)
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
    return rows
