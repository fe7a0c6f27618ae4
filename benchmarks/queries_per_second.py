"""Queries a second by processes beside each other over one invented shop.

    python benchmarks/queries_per_second.py [SIZE] [PROCESSES]

One process keeps the index, the others only read it. Prints one line of JSON: the rate of one alone, of all together,
and the ratio.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time

from invented import Catalogue
from search import QUERIES, hybrid, shop_of
from shops import open_invented

SETTLE_SECONDS = 20.0
ROUNDS = 3


def measure(size: int, start: float) -> float:
    """Queries a second of this process, from the moment that all of them start."""
    folder, _ = shop_of(size)
    requests = Catalogue().requests(QUERIES)
    engine = open_invented(folder, requests)
    engine.start()
    queries = [hybrid(request) for request in requests]
    for query in queries:
        engine.search(query)
    time.sleep(max(0.0, start - time.time()))
    started = time.perf_counter()
    for _ in range(ROUNDS):
        for query in queries:
            engine.search(query)
    rate = ROUNDS * QUERIES / (time.perf_counter() - started)
    engine.close()
    return rate


def together(size: int, processes: int) -> float:
    """The sum of the rates of processes that run at the same time."""
    start = time.time() + SETTLE_SECONDS
    command = [sys.executable, __file__, str(size), "0", str(start)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(processes)]
    return sum(float(process.communicate()[0]) for process in running)


def main() -> None:
    """Measure and print."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    if len(sys.argv) > 3:
        print(measure(size, float(sys.argv[3])))
        return
    processes = int(sys.argv[2]) if len(sys.argv) > 2 else 2
    alone, all_of_them = together(size, 1), together(size, processes)
    print(json.dumps({"one": alone, "together": all_of_them, "ratio": all_of_them / alone}))


if __name__ == "__main__":
    main()
