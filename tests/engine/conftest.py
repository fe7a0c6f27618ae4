from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

# The tests share engine_world.py, which lies beside them and in no package.
sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def fake_shop(tiny_shop, tmp_path_factory) -> Path:
    """The tiny shop, imported and built with fake encoders, closed: copy it or leave it as it is."""
    from engine_world import open_fake_shop

    folder = tmp_path_factory.mktemp("engine") / "shop"
    engine = open_fake_shop(folder)
    engine.import_catalogue(tiny_shop)
    engine.build()
    engine.close()
    return folder


@pytest.fixture(scope="module")
def engine(fake_shop, tmp_path_factory):
    """An engine to read with."""
    from engine_world import open_fake_shop

    folder = tmp_path_factory.mktemp("reading") / "shop"
    shutil.copytree(fake_shop, folder)
    opened = open_fake_shop(folder)
    yield opened
    opened.close()


@pytest.fixture
def shop(fake_shop, tmp_path) -> Path:
    """A copy of the tiny shop to do anything with."""
    return Path(shutil.copytree(fake_shop, tmp_path / "shop"))


@pytest.fixture
def own(shop):
    """An engine to write with."""
    from engine_world import open_fake_shop

    opened = open_fake_shop(shop)
    opened.start()
    yield opened
    opened.close()


@pytest.fixture
def photo_of(tiny_shop):
    return lambda name: (tiny_shop.parent / "media" / f"{name}.jpg").read_bytes()
