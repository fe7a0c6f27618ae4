"""Kill -9 of a service under five hundred events a second: what it acknowledged is there, once."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bowerbird.events.log import EventLog

pytestmark = pytest.mark.crash

NURSERY = Path(__file__).with_name("event_nursery.py")
LANES, BATCH, PAUSE = 5, 10, 0.1
"""So many lanes send so many events at once, and again after so many seconds: 500 a second."""


class Nursery:
    """Lets services live, one at a time."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(NURSERY)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def bear(self, shop: Path, events: str) -> tuple[int, str]:
        """The process and the host of a new service."""
        self.process.stdin.write(json.dumps({"shop": str(shop), "events": events}) + "\n")
        self.process.stdin.flush()
        word, number, address = self.process.stdout.readline().split()
        assert word == "serves"
        return int(number), urlsplit(address).netloc

    def kill(self, number: int) -> None:
        os.kill(number, signal.SIGKILL)
        assert self.process.stdout.readline() == "gone\n"

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


@pytest.fixture
def nursery():
    opened = Nursery()
    yield opened
    opened.close()


class Lane:
    """Sends batches one after another; one that was not acknowledged is sent again to the next service."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.acknowledged: set[str] = set()
        self.waiting: list[str] = []
        self.sent = 0
        self.first = threading.Event()

    def send(self, host: str) -> None:
        connection = HTTPConnection(host, timeout=60)
        due = time.monotonic()
        try:
            while True:
                self._send_one(connection)
                self.first.set()
                due += PAUSE
                time.sleep(max(0.0, due - time.monotonic()))
        except (HTTPException, OSError):
            # It was killed.
            connection.close()

    def _send_one(self, connection: HTTPConnection) -> None:
        if not self.waiting:
            self.waiting = [f"{self.name}-{self.sent + n}" for n in range(BATCH)]
            self.sent += BATCH
        events = [
            {"id": one, "name": "view_item", "items": [{"item_id": "p"}], "user": f"u{n % 3}", "session": one[-2:]}
            for n, one in enumerate(self.waiting)
        ]
        connection.request("POST", "/v1/events", json.dumps(events), {"Content-Type": "application/json"})
        answer = connection.getresponse()
        told = json.loads(answer.read())
        assert answer.status == 200 and told["recorded"] + told["known"] == BATCH, told
        self.acknowledged.update(self.waiting)
        self.waiting = []


def live_and_die(nursery: Nursery, shop: Path, events: str, lanes: list[Lane], seconds: float) -> None:
    number, host = nursery.bear(shop, events)
    for lane in lanes:
        lane.first.clear()
    threads = [threading.Thread(target=lane.send, args=(host,)) for lane in lanes]
    for thread in threads:
        thread.start()
    # Something is acknowledged in every life, however slow the machine.
    for lane in lanes:
        assert lane.first.wait(60)
    time.sleep(seconds)
    nursery.kill(number)
    for thread in threads:
        thread.join()


def kill_again_and_again(nursery: Nursery, shop: Path, events: str, rounds: int) -> None:
    chance = random.Random(11)
    lanes = [Lane(str(number)) for number in range(LANES)]
    for _ in range(rounds):
        live_and_die(nursery, shop, events, lanes, chance.uniform(0.02, 0.6))
        log = EventLog.open(events or shop)
        logged = [one for batch in log.iterate() for one in batch]
        log.close()
        ids = [one.event.id for one in logged]
        acknowledged = set().union(*(lane.acknowledged for lane in lanes))
        under_way = {one for lane in lanes for one in lane.waiting}
        assert [one.seq for one in logged] == list(range(1, len(logged) + 1))
        assert len(set(ids)) == len(ids), "an event is there once"
        assert acknowledged <= set(ids), "nothing acknowledged is lost"
        assert set(ids) <= acknowledged | under_way
    assert len(acknowledged) >= rounds * LANES * BATCH


def test_twenty_kills_under_load_lose_no_acknowledged_event_and_keep_none_twice(tmp_path, nursery):
    kill_again_and_again(nursery, tmp_path / "shop", "", 20)


def test_nor_do_they_where_a_server_keeps_the_events(tmp_path, nursery, postgres):
    kill_again_and_again(nursery, tmp_path / "shop", postgres.new_database(), 5)
