"""Kill -9 in the middle of writes: what was acknowledged is there, what was deleted stays away."""

import random
import runpy
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from bowerbird.storage.database import Database
from bowerbird.storage.products import Change, ProductStore

pytestmark = pytest.mark.crash

ROUNDS = 20
WRITER = Path(__file__).with_name("writing_process.py")
_writer = runpy.run_path(str(WRITER))
LANES, step = _writer["LANES"], _writer["step"]


def live_and_die(shop: Path, life: int, seconds: float) -> Counter[int]:
    """Let a writer run and kill it; the number of writes it acknowledged in each lane."""
    command = [sys.executable, str(WRITER), str(shop), str(life)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(seconds)
        process.kill()
        rest = process.stdout.read()
    return Counter(int(line) for line in (first + rest).split())


def look(shop: Path) -> tuple[dict[str, str], list[Change]]:
    database = Database.open(shop)
    store = ProductStore(database)
    living = {stored.product.id: stored.product.title for batch in store.iterate() for stored in batch}
    log = store.changes(0, limit=1_000_000)
    database.close()
    return living, log


def test_twenty_kills_lose_no_acknowledged_write_and_bring_nothing_back(tmp_path: Path):
    chance = random.Random(7)
    expected: dict[str, str | None] = {}
    for life in range(ROUNDS):
        acknowledged = live_and_die(tmp_path, life, chance.uniform(0.02, 0.25))
        assert acknowledged.total() > 0
        living, log = look(tmp_path)
        for lane in range(LANES):
            for number in range(1, acknowledged[lane] + 1):
                product_id, title = step(life, lane, number)
                expected[product_id] = title
            # One more write may have been under way: the kill left it done or undone, and nothing between.
            product_id, title = step(life, lane, acknowledged[lane] + 1)
            assert living.get(product_id) in (expected.get(product_id), title)
            expected[product_id] = living.get(product_id)
        assert living == {product_id: title for product_id, title in expected.items() if title is not None}
        assert [change.seq for change in log] == list(range(1, len(log) + 1))
