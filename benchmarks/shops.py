"""Shops for benchmarks: an invented catalogue with vectors that nobody had to encode, and what a process uses."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from invented import DIM, Catalogue, Request
from numpy.typing import NDArray
from PIL.Image import Image

from bowerbird.domain.product import Product
from bowerbird.encode.cache import text_hash
from bowerbird.encode.product_text import product_text
from bowerbird.engine.documents import Maps
from bowerbird.engine.engine import Engine
from bowerbird.engine.keeper import Keeper
from bowerbird.engine.models import Models
from bowerbird.engine.settings import EngineSettings
from bowerbird.engine.stores import Stores
from bowerbird.storage.photos import StoredPhoto

WORK = Path(__file__).parent / ".work"


class GivenTexts:
    """Text vectors looked up, not encoded: for measuring everything but the encoder."""

    dim = DIM
    fingerprint = "invented-texts"

    def __init__(self, requests: Sequence[Request] = ()) -> None:
        self.vectors = {request.text: request.text_vector for request in requests}

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Never asked: every vector is in the cache."""
        raise AssertionError(f"{len(texts)} texts are not in the cache")

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """The request's own vector; other wordings get that of some request, so that the work is the same."""
        found = self.vectors.get(text)
        if found is None and self.vectors:
            others = list(self.vectors)
            found = self.vectors[others[len(text) % len(others)]]
        return np.zeros(DIM, np.float32) if found is None else found


class GivenPhotos:
    """Photo vectors that come from the cache."""

    dim = DIM
    fingerprint = "invented-photos"

    def encode(self, photos: Sequence[Image]) -> NDArray[np.float32]:
        """Never asked."""
        raise AssertionError(f"{len(photos)} photos are not in the cache")


class GivenSpace:
    """A shared space in which each request's words have the photo vector that was invented for them."""

    dim = DIM

    def __init__(self, requests: Sequence[Request] = ()) -> None:
        self.vectors = {request.text_vector.tobytes(): request.photo_vector for request in requests}

    def photos(self, raw: NDArray[np.float32]) -> NDArray[np.float32]:
        """Photos are in it already."""
        return raw

    def texts(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """The request's own photo vector; the vector itself for other words."""
        return np.stack([self.vectors.get(row.tobytes(), row) for row in vectors])


class BenchKeeper(Keeper):
    """A keeper whose maps are given, too."""

    given_maps = Maps(GivenSpace(), None, "invented")

    def _maps(self, progress: object) -> Maps:
        return self.given_maps


def open_invented(folder: Path, requests: Sequence[Request] = (), text: object = None) -> Engine:
    """Open an invented shop whose encoders answer the given requests."""
    stores = Stores.open(folder)
    models = Models(text=text or GivenTexts(requests), image=GivenPhotos())  # type: ignore[arg-type]
    settings = EngineSettings(fit=False)
    keeper = BenchKeeper(stores, settings, models)
    keeper.given_maps = Maps(GivenSpace(requests), None, "invented")
    return Engine(stores, keeper, settings)


def make_invented(folder: Path, size: int, seed: int = 7) -> dict[str, float]:
    """Fill a shop with ``size`` invented products, their cached vectors and the index; seconds by step."""
    stores = Stores.open(folder)
    seconds = {"store": 0.0, "vectors": 0.0}
    for chunk in Catalogue(seed).chunks(size):
        products = [with_photo(product) for product in chunk.products]
        started = time.perf_counter()
        stores.products.put_many(products)
        seconds["store"] += time.perf_counter() - started
        started = time.perf_counter()
        hashes = [text_hash(product_text(product)) for product in products]
        stores.vectors.put_matrix(GivenTexts.fingerprint, hashes, chunk.texts)
        refs = [product.images[0] for product in products]
        stores.vectors.put_matrix(GivenPhotos.fingerprint, [text_hash(ref) for ref in refs], chunk.photos)
        # Pictures are not needed here: the table says they are there under the hashes that the vectors have.
        stores.photos._write_rows([StoredPhoto(ref, text_hash(ref), 1, 1, "JPEG", 1) for ref in refs])
        seconds["vectors"] += time.perf_counter() - started
    stores.close()
    engine = open_invented(folder)
    started = time.perf_counter()
    engine.build()
    seconds["index"] = time.perf_counter() - started
    engine.close()
    return seconds


def with_photo(product: Product) -> Product:
    """The product with one photo of its own."""
    from dataclasses import replace

    return replace(product, images=(f"{product.id}.jpg",))


def memory_mb() -> dict[str, float]:
    """The memory of this process: its own pages and those mapped from files, in MB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    values = {line.split(":")[0]: line.split()[1] for line in status.splitlines() if line.startswith("Rss")}
    return {"anonymous": int(values["RssAnon"]) / 1000, "mapped": int(values["RssFile"]) / 1000}


def disk_mb(folder: Path) -> float:
    """What a folder takes on disk, in MB."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def machine() -> dict[str, object]:
    """When and where a figure was measured."""
    cpu = next(
        (line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line),
        platform.processor(),
    )
    return {
        "date": datetime.now(UTC).isoformat(timespec="minutes"),
        "cpu": cpu,
        "cores": len(os.sched_getaffinity(0)),
        "load": os.getloadavg()[0],
        "python": platform.python_version(),
    }
