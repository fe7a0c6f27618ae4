from collections.abc import Iterator
from pathlib import Path

import pytest

from bowerbird.storage.database import Database
from bowerbird.storage.products import ProductStore


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database.open(tmp_path / "shop")
    yield opened
    opened.close()


@pytest.fixture
def store(database: Database) -> ProductStore:
    return ProductStore(database)
