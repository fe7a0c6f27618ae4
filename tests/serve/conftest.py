from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bowerbird.storage.database import Database
from bowerbird.storage.keys import KeyStore

# The tests share serve_world.py, which lies beside them and in no package.
sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def engine():
    from serve_world import FakeEngine

    return FakeEngine()


@pytest.fixture
def keys(tmp_path):
    database = Database.open(tmp_path / "shop")
    yield KeyStore(database)
    database.close()


@pytest.fixture
def make_client(engine, keys):
    from serve_world import client_of

    return lambda settings=None: client_of(engine, settings, keys)


@pytest.fixture
def client(make_client):
    with make_client() as client:
        yield client
