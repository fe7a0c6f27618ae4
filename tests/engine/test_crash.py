"""Kill -9 in the middle of work, and full disks: nothing acknowledged is lost, and the index heals by itself."""

from __future__ import annotations

import json
import os
import random
import runpy
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from engine_world import ask, becomes_true, everything, ids, lamps, open_fake_shop

from bowerbird.domain.errors import DiskFullError
from bowerbird.domain.product import Product
from bowerbird.storage.database import Database
from bowerbird.storage.products import ProductStore

pytestmark = pytest.mark.crash

ROUNDS = 20
SECONDS_TO_HEAL = 2.0
NURSERY = Path(__file__).with_name("nursery.py")
_nursery = runpy.run_path(str(NURSERY))
LANES, IMPORTED, step = _nursery["LANES"], _nursery["IMPORTED"], _nursery["step"]


class Nursery:
    """Lets workers live and kills them."""

    def __init__(self, scratch: Path) -> None:
        self.scratch = scratch
        self.process = subprocess.Popen(
            [sys.executable, str(NURSERY)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def live_and_die(self, shop: Path, kind: str, life: int, seconds: float) -> list[list[str]]:
        """What a worker said, from being ready until it was killed."""
        order = {"shop": str(shop), "kind": kind, "life": life, "scratch": str(self.scratch)}
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        said: list[list[str]] = []
        worker = 0
        while [*said, [""]][0][0] != "ready":
            words = self.read()
            assert words[0] != "gone", "the worker died before it was ready"
            worker = int(words[1]) if words[0] == "born" else worker
            said += [words] if words[0] == "ready" else []
        # Something is acknowledged in every life, however slow the machine.
        said.append(self.read())
        time.sleep(seconds)
        os.kill(worker, signal.SIGKILL)
        while said[-1] != ["gone"]:
            said.append(self.read())
        return said[1:-1]

    def read(self) -> list[str]:
        line = self.process.stdout.readline()
        assert line, "the nursery is gone"
        assert line != "gone\n" or self.process.poll() is None
        return line.split()

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


@pytest.fixture
def nursery(tmp_path):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    opened = Nursery(scratch)
    yield opened
    opened.close()


def kept(shop: Path) -> dict[str, str]:
    """Id and title of all that the database has."""
    database = Database.open(shop)
    living = {stored.product.id: stored.product.title for batch in ProductStore(database).iterate() for stored in batch}
    database.close()
    return living


class Acknowledged:
    """What has to be there: each lane's writes, and one more that may have been under way."""

    def __init__(self) -> None:
        self.expected: dict[str, str | None] = {}
        self.imported: str | None = None

    def add(self, life: int, kind: str, said: list[list[str]], living: dict[str, str]) -> None:
        done = Counter(int(words[1]) for words in said if words[0] == "done")
        for lane in range(LANES):
            for number in range(1, done[lane] + 1):
                product_id, title = step(life, lane, number)
                self.expected[product_id] = title
            product_id, title = step(life, lane, done[lane] + 1)
            assert living.get(product_id) in (self.expected.get(product_id), title)
            self.expected[product_id] = living.get(product_id)
        imports = [words[1] for words in said if words[0] == "imported"]
        if imports:
            self.imported = imports[-1]
        if kind == "import":
            under_way = f"{life}.{len(imports) + 1}"
            shades = {living.get(f"i{at}") for at in range(IMPORTED)}
            before = None if self.imported is None else f"Shade {self.imported}"
            assert shades in ({before}, {f"Shade {under_way}"}), "an import's batch is written whole"
            (shade,) = shades
            self.imported = None if shade is None else shade.removeprefix("Shade ")

    def check(self, living: dict[str, str]) -> None:
        there = {product_id: title for product_id, title in self.expected.items() if title is not None}
        if self.imported is not None:
            there |= {f"i{at}": f"Shade {self.imported}" for at in range(IMPORTED)}
        assert living == {**there, **dict(lamp_titles())}


def lamp_titles() -> list[tuple[str, str]]:
    return [(lamp.id, lamp.title) for lamp in lamps(40, word="Lantern")]


def test_twenty_kills_lose_nothing_acknowledged_and_the_index_heals_within_two_seconds(tmp_path, nursery):
    shop, chance = tmp_path / "shop", random.Random(7)
    engine = open_fake_shop(shop)
    engine.put(lamps(40, word="Lantern"))
    engine.build()
    engine.close()
    acknowledged = Acknowledged()
    done = Counter[str]()
    for life in range(ROUNDS):
        kind = ("write", "build", "import")[life % 3]
        said = nursery.live_and_die(shop, kind, life, chance.uniform(0.02, 4.0 if kind == "build" else 0.4))
        done.update(words[0] for words in said)
        living = kept(shop)
        acknowledged.add(life, kind, said, living)
        acknowledged.check(living)
        if life % 4 == 3:
            # The next life starts on what this one left.
            continue
        engine = open_fake_shop(shop)
        began = time.monotonic()
        engine.start()
        shown = everything(engine)
        while shown != living and time.monotonic() - began < SECONDS_TO_HEAL:
            shown = everything(engine)
        assert shown == living, f"life {life}, {kind}"
        assert time.monotonic() - began < SECONDS_TO_HEAL
        assert len(ids(engine, "lantern", per_page=100)) >= 40
        engine.close()
    # Every kind of work came to its end now and then, so the kills met all of it.
    assert done["done"] > 100 and done["imported"] > 0 and done["built"] > 0, done


def full_disk(place: Path, megabytes: int) -> bool:
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(place)]
    try:
        return subprocess.run(command, capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


@pytest.fixture
def small_disk(tmp_path):
    """A disk of twelve megabytes, where this process may make one."""
    place = tmp_path / "small"
    place.mkdir()
    if not full_disk(place, 12):
        pytest.skip("a small disk can only be made by root")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def fill_up(place: Path) -> Path:
    """A file that takes all the room there is."""
    ballast = place / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (1 << 16, 1 << 12, 1 << 9, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue
    return ballast


@pytest.fixture
def on_small_disk(small_disk, fake_shop):
    shutil.copytree(fake_shop, small_disk / "shop")
    engine = open_fake_shop(small_disk / "shop")
    engine.start()
    yield engine
    (small_disk / "ballast").unlink(missing_ok=True)
    engine.close()


def test_on_a_full_disk_nothing_acknowledged_is_lost_searches_go_on_and_it_catches_up_by_itself(
    on_small_disk, small_disk
):
    engine = on_small_disk
    # Room for some writes, but not for all.
    (small_disk / "wedge").write_bytes(b"x" * 1_500_000)
    ballast = fill_up(small_disk)
    (small_disk / "wedge").unlink()
    written = 0
    with pytest.raises(DiskFullError, match="no space"):
        for number in range(2_000):
            engine.put([Product(f"big-{number}", f"Zorple number{number}", description=random.randbytes(4_000).hex())])
            written += 1
    assert written > 0
    fill_up(small_disk / "shop")
    with pytest.raises(DiskFullError):
        engine.put(lamps(200))
    for _ in range(20):
        assert ids(engine, "running shoes")[0] == "runner-swift"
    assert engine.product("big-0").title == "Zorple number0"
    assert engine.status()["products"] == 50 + written
    ballast.unlink()
    (small_disk / "shop" / "ballast").unlink()
    assert becomes_true(lambda: engine.search(ask()).total == 50 + written, seconds=10)
    assert becomes_true(lambda: engine.status()["fault"] is None, seconds=10)
    engine.put(lamps(1, word="Quibble"))
    assert becomes_true(lambda: ids(engine, "quibble")[:1] == ["lamp-0"])
    engine.close()
    again = open_fake_shop(small_disk / "shop")
    assert len(everything(again)) == 51 + written
    again.close()


def test_a_build_on_a_full_disk_leaves_the_old_index_in_service(on_small_disk, small_disk):
    engine, index = on_small_disk, small_disk / "shop" / "index"
    before = sorted(path.name for path in index.iterdir())
    ballast = fill_up(small_disk)
    with pytest.raises(DiskFullError):
        engine.build(force=True)
    assert sorted(path.name for path in index.iterdir()) == before
    assert ids(engine, "running shoes")[0] == "runner-swift"
    assert len(everything(engine)) == 50
    ballast.unlink()
    assert engine.build(force=True).action == "built"
    assert len(everything(engine)) == 50


def test_a_shop_that_cannot_be_opened_for_want_of_room_says_so_and_opens_when_there_is_some(on_small_disk, small_disk):
    on_small_disk.put(lamps(3))
    on_small_disk.close()
    ballast = fill_up(small_disk)
    with pytest.raises(DiskFullError, match="no space"):
        open_fake_shop(small_disk / "shop")
    ballast.unlink()
    engine = open_fake_shop(small_disk / "shop")
    assert engine.status()["keeps_index"]
    assert len(everything(engine)) == 53
    engine.close()


def test_a_snapshot_on_a_full_disk_leaves_nothing(on_small_disk, small_disk, tmp_path):
    ballast = fill_up(small_disk)
    with pytest.raises(DiskFullError):
        on_small_disk.snapshot(small_disk / "kept")
    assert not (small_disk / "kept").exists()
    ballast.unlink()
    assert on_small_disk.snapshot(tmp_path / "kept").products == 50
