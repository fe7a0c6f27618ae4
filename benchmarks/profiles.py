"""How long profiles take: made from a hundred events, read again, told of an event, and ranked by.

    python benchmarks/profiles.py [--size 200000] [--shoppers 100000] [--asked 300]

One process, one thread, over the invented catalogue of ``benchmarks/search.py`` (made once in ``benchmarks/.work``) and
a log of its own, made anew: ``shoppers`` of five events each, and ``asked`` of a hundred whose profiles are made. A
search is measured without a shopper and with one whose profile is in memory, one after the other for each query.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

import numpy as np
from invented import Catalogue
from search import hybrid, percentiles, shop_of
from shops import machine, open_invented

from bowerbird.domain.event import Event, EventItem, EventName, Who
from bowerbird.engine.engine import Engine

WARM_UP = 50
LONG, SHORT = 100, 5
ACTS = (EventName.VIEW_ITEM,) * 8 + (EventName.ADD_TO_CART, EventName.PURCHASE)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=200_000, help="products")
    parser.add_argument("--shoppers", type=int, default=100_000, help="of five events each")
    parser.add_argument("--asked", type=int, default=300, help="shoppers of a hundred events each")
    given = parser.parse_args()
    folder, _ = shop_of(given.size)
    for log in folder.glob("events.db*"):
        log.unlink()
    requests = Catalogue().requests(given.asked + WARM_UP)
    engine = open_invented(folder, requests)
    figures: dict[str, object] = {**machine(), "products": given.size, "shoppers": given.shoppers + given.asked}
    figures["events_a_second"] = fill(engine, given.size, given.shoppers, given.asked + WARM_UP)
    engine.start()
    names = [Who(f"asked-{number}") for number in range(given.asked + WARM_UP)]
    figures["made_of_100_events"] = timed(names, engine.profiles.of)
    figures["read_again"] = timed(names, engine.profiles.of)
    figures["recorded_and_read"] = timed(names, lambda who: tell_and_read(engine, who))
    queries = [hybrid(request) for request in requests]
    pairs = list(zip(queries, names, strict=True))
    figures["search_for_nobody"] = timed(pairs, lambda pair: engine.search(pair[0]))
    figures["search_for_a_shopper"] = timed(pairs, lambda pair: engine.search(replace(pair[0], who=pair[1])))
    figures["kept"] = len(engine.profiles)
    engine.close()
    print(json.dumps(figures, indent=2))


def fill(engine: Engine, products: int, shoppers: int, asked: int) -> float:
    """Record everybody's events; how many a second."""
    ids = [
        one.product.id for batch in islice(engine._stores.products.iterate(), 1 + products // 2_000) for one in batch
    ]
    events, count, started = invent(ids, shoppers, asked), 0, time.perf_counter()
    while batch := list(islice(events, 2_000)):
        engine.record_events(batch)
        count += len(batch)
    return round(count / (time.perf_counter() - started))


def invent(ids: Sequence[str], shoppers: int, asked: int, seed: int = 7) -> Iterator[Event]:
    """Events of the last sixty days, every shopper's in the order of time."""
    random, now = np.random.default_rng(seed), time.time()
    for kind, count, length in (("other", shoppers, SHORT), ("asked", asked, LONG)):
        for number in range(count):
            ago = np.sort(random.uniform(0, 60 * 86_400, length))[::-1].tolist()
            chosen = random.integers(0, len(ids), length).tolist()
            for place, (before, at) in enumerate(zip(ago, chosen, strict=True)):
                name = f"{kind}-{number}"
                act = ACTS[place % len(ACTS)]
                yield Event(f"{name} {place}", act, now - before, Who(name), (EventItem(ids[at]),))


def tell_and_read(engine: Engine, who: Who) -> None:
    """Record one event more of a shopper, durably, and read the profile that holds it."""
    last = engine.profiles.of(who).history[-1]
    at = time.time()
    engine.record_events([Event(f"{who.user} again", EventName.VIEW_ITEM, at, who, (EventItem(last.product),))])
    assert engine.profiles.of(who).history[-1].at == at


def timed(given: Sequence[object], work: Callable[..., object]) -> dict[str, float]:
    """Milliseconds of one after another, the first of them left out."""
    taken = []
    for one in given:
        started = time.perf_counter()
        work(one)
        taken.append(1000 * (time.perf_counter() - started))
    return {name: round(value, 3) for name, value in percentiles(taken[WARM_UP:]).items()}


if __name__ == "__main__":
    main()
