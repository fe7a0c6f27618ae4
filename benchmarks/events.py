"""How many events a second a service records, and how long each request waits until they are on the disk.

    python benchmarks/events.py [--seconds 10] [--lanes 8] [--stores sqlite postgres] [--erase 500000]

A real ``bowerbird serve`` process over a shop of a few products, for SQLite and, where Debian's package is installed,
a PostgreSQL server started for it. The lanes send batches of 1, 10 and 100 events of mixed kinds over HTTP, each the
next one once the last is acknowledged; they share the machine with the service, whose own time on the processor is
told apart: it is the same on a busy machine. With ``--erase``, also how long erasing one shopper takes in a SQLite log
of so many events, which is rewritten for it, and how long it keeps a writer waiting.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from search import percentiles
from shops import machine

from bowerbird.domain.event import Who
from bowerbird.domain.product import Product
from bowerbird.engine.assemble import open_shop
from bowerbird.events.flow import read_events
from bowerbird.events.log import EventLog
from bowerbird.testing.postgres_server import running_server, why_not

BATCHES = (1, 10, 100)
SHOPPERS, PRODUCTS = 5_000, 50_000
WARM_UP_SECONDS = 5.0
# What comes how often, and with how many products: most of what shops send is what shoppers were shown.
MIX = (
    ("view_item", 1, 40),
    ("view_item_list", 12, 25),
    ("select_item", 1, 20),
    ("add_to_cart", 1, 10),
    ("purchase", 2, 5),
)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=10.0, help="of each measurement")
    parser.add_argument("--lanes", type=int, default=8, help="requests at once")
    parser.add_argument("--stores", nargs="+", choices=("sqlite", "postgres"), default=("sqlite", "postgres"))
    parser.add_argument("--erase", type=int, default=0, metavar="EVENTS", help="of a log to erase a shopper from")
    given = parser.parse_args()
    figures: dict[str, Any] = {**machine(), "lanes": given.lanes}
    for store in given.stores:
        if store == "postgres" and why_not():
            figures[store] = why_not()
            continue
        with served(store) as (address, process):
            # What a service warms after it listens is no part of it.
            measure(address, process, BATCHES[-1], given.lanes, WARM_UP_SECONDS)
            figures[store] = {
                f"batches of {size}": measure(address, process, size, given.lanes, given.seconds) for size in BATCHES
            }
    if given.erase:
        figures["erase"] = erase_one(given.erase)
    print(json.dumps(figures, indent=2))


@contextmanager
def served(store: str) -> Iterator[tuple[str, int]]:
    """The address and the process of a service whose events lie in a store."""
    with ExitStack() as resources:
        folder = Path(resources.enter_context(tempfile.TemporaryDirectory())) / "shop"
        engine = open_shop(folder)
        engine.put([Product(f"p{number}", f"Lamp {number}") for number in range(20)])
        engine.close()
        command = [sys.executable, "-m", "bowerbird.cli", "serve", "--shop", str(folder), "--port", "0"]
        if store == "postgres":
            command += ["--events", resources.enter_context(running_server()).new_database()]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            assert process.stdout is not None
            yield process.stdout.readline().split()[-1], process.pid
        finally:
            process.terminate()
            process.communicate()


def measure(address: str, process: int, size: int, lanes: int, seconds: float) -> dict[str, Any]:
    """Events and requests a second and the milliseconds that a request waits, once warm."""
    begin = time.perf_counter() + WARM_UP_SECONDS
    end = begin + seconds
    taken: list[list[float]] = [[] for _ in range(lanes)]
    threads = [
        threading.Thread(target=send, args=(address, size, lane, begin, end, taken[lane])) for lane in range(lanes)
    ]
    for thread in threads:
        thread.start()
    time.sleep(max(0.0, begin - time.perf_counter()))
    used = seconds_on_processor(process)
    for thread in threads:
        thread.join()
    used = seconds_on_processor(process) - used
    waited = [one for lane in taken for one in lane]
    rates = {"events_a_second": round(len(waited) * size / seconds), "requests_a_second": round(len(waited) / seconds)}
    rates["processor_us_an_event"] = round(1e6 * used / max(1, len(waited) * size))
    return {**rates, "ms": percentiles([one * 1000 for one in waited])}


def seconds_on_processor(process: int) -> float:
    """What a process and all its threads have used so far."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def send(address: str, size: int, lane: int, begin: float, end: float, taken: list[float]) -> None:
    """One lane: the seconds of each request that began and was acknowledged while it was measured."""
    chance = random.Random(f"{begin} {lane}")
    connection = HTTPConnection(urlsplit(address).netloc, timeout=60)
    while (started := time.perf_counter()) < end:
        body = json.dumps({"events": [invent(chance) for _ in range(size)]})
        started = time.perf_counter()
        connection.request("POST", "/v1/events", body, {"Content-Type": "application/json"})
        answer = json.loads(connection.getresponse().read())
        if answer.get("recorded") != size:
            raise RuntimeError(f"not recorded: {answer}")
        if begin <= started and time.perf_counter() <= end:
            taken.append(time.perf_counter() - started)
    connection.close()


def erase_one(count: int) -> dict[str, float]:
    """The seconds that erasing a shopper takes in a log of so many events, and the longest that a writer waits."""
    chance, waits, done = random.Random(count), [0.0], threading.Event()
    with tempfile.TemporaryDirectory() as folder:
        log = EventLog.open(Path(folder))
        for _ in range(0, count, 1000):
            log.record(read_events([invent(chance) for _ in range(1000)], time.time()).events)
        size = log.database.path.stat().st_size

        def write() -> None:
            while not done.is_set():
                events = read_events(invent(chance), time.time()).events
                started = time.perf_counter()
                log.record(events)
                waits.append(time.perf_counter() - started)

        writer = threading.Thread(target=write)
        writer.start()
        started = time.perf_counter()
        erased = log.erase(log.keys(Who("user-3")))
        seconds = time.perf_counter() - started
        done.set()
        writer.join()
        log.close()
    told = {"events": count, "megabytes": round(size / 1e6), "erased": erased.events}
    return {**told, "seconds": round(seconds, 2), "longest_wait_of_a_writer_s": round(max(waits), 2)}


def invent(chance: random.Random) -> dict[str, Any]:
    """An event that nobody sent before."""
    name, products, _ = chance.choices(MIX, [often for _, _, often in MIX])[0]
    shopper = chance.randrange(SHOPPERS)
    items = [{"item_id": f"product-{chance.randrange(PRODUCTS)}", "index": place + 1} for place in range(products)]
    event = {
        "id": f"{chance.getrandbits(122):032x}",
        "name": name,
        "timestamp": time.time(),
        "session": f"session-{shopper}",
        "items": items,
        "query_id": f"{chance.getrandbits(64):016x}",
    }
    return event | ({"user": f"user-{shopper}"} if shopper % 3 == 0 else {})


if __name__ == "__main__":
    main()
