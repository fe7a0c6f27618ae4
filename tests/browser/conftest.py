"""A real shop behind a real server, looked at by a real browser."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

# The tests share served_shop.py and visit.py, which lie beside them and in no package.
sys.path.insert(0, str(Path(__file__).parent))

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from served_shop import ShopServer
    from visit import Visit

CHROMIUM = Path("/usr/bin/chromium")
# Cameras and microphones are invented ones, and nobody has to be asked for them.
ARGUMENTS = ["--no-sandbox", "--use-fake-device-for-media-stream", "--force-color-profile=srgb"]


def _required() -> bool:
    return os.environ.get("CI") == "true" or bool(os.environ.get("BOWERBIRD_REQUIRE_BROWSER"))


def _without(reason: str) -> None:
    if _required():
        pytest.fail(f"{reason}, and this run requires the browser tests", pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium without a window. Skips where there is none, and fails where the run requires it."""
    if not CHROMIUM.is_file():
        _without(f"no browser at {CHROMIUM}")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def made(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the catalogue and the shop of it, made once for all processes that run these tests."""
    from served_shop import make_once

    own = tmp_path_factory.getbasetemp()
    return make_once((own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "browser")


@pytest.fixture(scope="session")
def catalogue(made: Path) -> Path:
    """products.jsonl of the shop; media/ and asked/ lie beside it."""
    return made / "catalogue" / "products.jsonl"


@pytest.fixture(scope="session")
def shop(made: Path) -> Path:
    """The shop's folder, imported and indexed with the real encoders. To be copied, not served: others use it too."""
    return made / "shop"


@pytest.fixture(scope="session")
def server(shop: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ShopServer]:
    """The shop, served for all tests that leave it as it is."""
    from served_shop import ShopServer

    served = ShopServer(Path(shutil.copytree(shop, tmp_path_factory.mktemp("served") / "shop")))
    served.start()
    yield served
    served.stop()


@pytest.fixture
def own_server(shop: Path, tmp_path: Path) -> Iterator[ShopServer]:
    """A copy of the shop behind a server that a test may stop and start."""
    from served_shop import ShopServer

    served = ShopServer(Path(shutil.copytree(shop, tmp_path / "shop")))
    served.start()
    yield served
    served.stop()


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Where screenshots go."""
    folder = Path(os.environ.get("BOWERBIRD_SCREENSHOTS") or tmp_path / "screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def visit_shop(browser: Browser, server: ShopServer, pictures: Path):
    """Open a visit with the settings given; at the end, every visit must have been without a fault."""
    from visit import Visit

    visits: list[Visit] = []

    def opened(address: str = server.address, **settings: object) -> Visit:
        visits.append(Visit(browser, address, pictures, **settings))
        return visits[-1]

    yield opened
    faults = [fault for made in visits for fault in made.close()]
    assert faults == []


@pytest.fixture
def visit(visit_shop) -> Visit:
    """A visit in English on a desktop screen."""
    return visit_shop()
