"""The same hybrid search on other embedded engines, each with the settings its documents recommend.

Run by ``search.py`` once an engine, in an environment of its own: ``rivals.py NAME DATA`` prints one line of JSON.
``DATA`` is a folder written by ``search.py``: products.jsonl, texts.npy, photos.npy, requests.jsonl. Words are
already cut and joined by blanks, so that every engine matches the same terms. One query is: words in two
text fields or one joined field, two vectors of 384 floats, a filter on department, price and stock, the best 24,
and the counts of three facets under the filter. What an engine cannot do (facets, for most) is done beside it in
numpy, as its user would have to, and its time counts.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from rival_data import Data
from rival_engines import Chroma, LanceDb, MilvusLite, QdrantEdge, Zvec


class Rival(Protocol):
    """One engine under test."""

    name: str
    notes: str

    def __init__(self, folder: Path) -> None: ...

    def build(self, data: Data) -> None:
        """Fill the engine."""
        ...

    def search(self, request: dict[str, Any], vectors: np.ndarray) -> list[int]:
        """The ids of the best hits."""
        ...


RIVALS: dict[str, type[Rival]] = {rival.name: rival for rival in (Zvec, QdrantEdge, LanceDb, MilvusLite, Chroma)}


def main() -> None:
    """Build, search and print one line of JSON."""
    name, data = sys.argv[1], Data(Path(sys.argv[2]))
    with tempfile.TemporaryDirectory() as scratch:
        rival = RIVALS[name](Path(scratch))
        started = time.perf_counter()
        rival.build(data)
        built = time.perf_counter() - started
        times, overlaps = [], []
        for number, (request, vectors) in enumerate(zip(data.requests, data.vectors, strict=True)):
            started = time.perf_counter()
            found = rival.search(request, vectors)
            if number >= len(data.requests) // 10:
                times.append(1000 * (time.perf_counter() - started))
                overlaps.append(len(found))
        size = sum(path.stat().st_size for path in Path(scratch).rglob("*") if path.is_file())
        answer = {
            "name": rival.name,
            "notes": rival.notes,
            "products": len(data.rows),
            "docs_per_second": len(data.rows) / built,
            "p50_ms": statistics.median(times),
            "p95_ms": float(np.percentile(times, 95)),
            "hits": statistics.mean(overlaps),
            "disk_mb": size / 1e6,
        }
        print(json.dumps(answer), flush=True)
        # Some of these engines leave threads or locks behind that hold up a clean exit.
        shutil.rmtree(scratch, ignore_errors=True)
        sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
