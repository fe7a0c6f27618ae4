from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bowerbird.catalog.flow import ImportOptions, ImportTarget, import_catalogue
from bowerbird.catalog.report import ImportReport
from bowerbird.domain.product import Product
from bowerbird.storage.database import Database
from bowerbird.storage.photos import PhotoStore
from bowerbird.storage.products import ProductStore


@dataclass
class Shop:
    products: ProductStore
    photos: PhotoStore
    rejects_folder: Path
    fetched: Path

    def take(self, source: Path, **options) -> ImportReport:
        target = ImportTarget(self.products, self.photos, self.rejects_folder, self.fetched)
        return import_catalogue(source, target, ImportOptions(**options))

    def all(self) -> dict[str, Product]:
        return {stored.product.id: stored.product for batch in self.products.iterate() for stored in batch}

    def rejects(self) -> list[dict]:
        lines = [line for path in sorted(self.rejects_folder.glob("*.jsonl")) for line in path.read_text().splitlines()]
        return [json.loads(line) for line in lines]


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    root = tmp_path / "shop"
    root.mkdir()
    database = Database.open(root)
    yield Shop(ProductStore(database), PhotoStore(database, root / "photos"), root / "rejects", root / "fetched.jsonl")
    database.close()


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Put content into a file of the sources' folder, away from the shop."""

    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write
