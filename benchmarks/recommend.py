"""Recommendations over HTTP: milliseconds of every surface, and how soon an event shows in for-you.

    python benchmarks/recommend.py                                    # 200,000 products, 100,000 shoppers
    python benchmarks/recommend.py --size 20000 --shoppers 10000
    python benchmarks/recommend.py --profile for-you                  # where the time goes, in one process

Shoppers are invented beside the products: each likes three themes, and looks at and buys products of those, the
popular ones more. Their events lie in the shop's log; a factor model stands in for a trained one: what it costs does
not depend on how good it is. Every request is of another shopper, whose profile has to be made from the log. Shops are
kept in ``benchmarks/.work`` and made once.
"""

from __future__ import annotations

import argparse
import cProfile
import http.client
import json
import pstats
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import numpy as np
from invented import CHUNK, CLUSTERS
from search import shop_of, wait_for, warm
from shops import machine, open_invented

from bowerbird.domain.event import Event, EventItem, EventName, Who
from bowerbird.domain.recommendation import RecommendRequest, Surface
from bowerbird.engine.engine import Engine
from bowerbird.recommend.factors_model import FactorsModel

SEED = 7
REQUESTS, WARM_UP, REFLECTED = 400, 200, 100
DIM = 64
VISITS = 4
DAY = 86_400.0
BATCH = 2_000
PATIENCE = 10.0


def themes_of(size: int) -> np.ndarray:
    """The theme of each product of the invented catalogue, (size,)."""
    starts = range(0, size, CHUNK)
    return np.concatenate([np.random.default_rng((SEED, 0, at)).integers(0, CLUSTERS, CHUNK) for at in starts])[:size]


class Crowd:
    """Invented shoppers: what each likes, and what they do."""

    def __init__(self, size: int, shoppers: int) -> None:
        self.shoppers = shoppers
        self.random = np.random.default_rng((SEED, 2, size, shoppers))
        self.themes = themes_of(size)
        order = np.argsort(self.themes, kind="stable")
        ends = np.searchsorted(self.themes[order], np.arange(CLUSTERS + 1))
        self.of_theme = [order[ends[theme] : ends[theme + 1]] for theme in range(CLUSTERS)]
        self.tastes = self.random.integers(0, CLUSTERS, (shoppers, 3))

    def product(self, theme: int) -> str:
        """A product of a theme, the first ones more often."""
        products = self.of_theme[theme]
        return f"p{products[int(len(products) * self.random.random() ** 2)]}" if len(products) else "p0"

    def events(self) -> Iterator[Event]:
        """The visits of all shoppers over sixty days, in their order."""
        now, count = time.time(), self.shoppers * VISITS
        times = np.sort(now - 60 * DAY * self.random.random(count))
        whose = self.random.permutation(np.repeat(np.arange(self.shoppers), VISITS))
        for number, (at, shopper) in enumerate(zip(times.tolist(), whose.tolist(), strict=True)):
            theme = int(self.tastes[shopper, int(self.random.integers(0, 3))])
            who = Who(f"shopper-{shopper}", f"visit-{number}")
            seen = [self.product(theme) for _ in range(int(self.random.integers(1, 6)))]
            for place, product in enumerate(seen):
                moment = at + 60.0 * place
                yield Event(f"v{number}-{place}", EventName.VIEW_ITEM, moment, who, (EventItem(product),))
            if self.random.random() < 0.2:
                bought = tuple(EventItem(one) for one in dict.fromkeys(seen[:2]))
                yield Event(f"b{number}", EventName.PURCHASE, at + 600.0, who, bought)


def prepare(size: int, shoppers: int) -> Path:
    """The invented shop with its events and models, made where it is not there yet."""
    folder, _ = shop_of(size)
    note = folder.with_name(f"{folder.name}-crowd-{shoppers}.json")
    if note.is_file():
        return folder
    engine, started = open_invented(folder), time.perf_counter()
    count, batch = 0, []
    for event in Crowd(size, shoppers).events():
        batch.append(event)
        if len(batch) == BATCH:
            engine.record_events(batch)
            count, batch = count + len(batch), []
    engine.record_events(batch)
    recorded = time.perf_counter() - started
    put_models(engine, size)
    started = time.perf_counter()
    counts = engine.recommending.state.counts
    seconds = {"record": recorded, "count": time.perf_counter() - started}
    engine.close()
    note.write_text(json.dumps({"events": count + len(batch), "seconds": seconds, "applied": counts.applied}))
    return folder


def put_models(engine: Engine, size: int) -> None:
    """Put a factor model in use whose products lie by theme."""
    random = np.random.default_rng((SEED, 3))
    centres = random.standard_normal((CLUSTERS, DIM)).astype(np.float32)
    vectors = centres[themes_of(size)] + 0.5 * random.standard_normal((size, DIM), dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    ids, ones = tuple(f"p{number}" for number in range(size)), np.ones(size, np.float32)
    model = FactorsModel(ids, vectors, ones, np.eye(DIM, dtype=np.float32), 1.0, 0.1, 10.0, 0.9)
    root = engine.recommending.models.root / "factors"
    model.save(root / "invented")
    (root / "CURRENT").write_text("invented\n")


def requests_of(crowd: Crowd, surface: Surface, count: int) -> list[dict[str, str]]:
    """Parameters of requests by shoppers drawn anew, about products that they like."""
    asked = []
    for shopper in crowd.random.integers(0, crowd.shoppers, count).tolist():
        theme = int(crowd.tastes[shopper, 0])
        given = {"user": f"shopper-{shopper}"}
        if surface in (Surface.SIMILAR, Surface.BOUGHT_TOGETHER, Surface.VIEWED_TOGETHER):
            given["product"] = crowd.product(theme)
        if surface is Surface.COMPLETE_THE_CART:
            given["cart"] = ",".join({crowd.product(theme) for _ in range(3)})
        asked.append(given)
    return asked


class Service:
    """A service in a process of its own, and one connection to it."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        command = [sys.executable, str(Path(__file__).with_name("serve_invented.py")), str(folder), str(self.port)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        self.connection: http.client.HTTPConnection = wait_for(self.port, self.process)

    def get(self, path: str, **given: str) -> tuple[dict[str, Any], float]:
        """An answer and the milliseconds it took."""
        started = time.perf_counter()
        self.connection.request("GET", f"{path}?{urlencode(given)}")
        return self._answer(), 1000 * (time.perf_counter() - started)

    def post(self, path: str, body: object) -> dict[str, Any]:
        """An answer to JSON."""
        self.connection.request("POST", path, json.dumps(body), {"Content-Type": "application/json"})
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        response = self.connection.getresponse()
        body = response.read()
        if response.status != 200:
            raise SystemExit(f"the service answered {response.status}: {body[:300]!r}")
        answer: dict[str, Any] = json.loads(body)
        return answer

    def stop(self) -> None:
        """End the process."""
        self.process.terminate()
        self.process.wait(60)


def measure_latency(service: Service, crowd: Crowd) -> dict[str, dict[str, float]]:
    """Milliseconds of each surface, and of the home page, one request after the other."""
    figures = {}
    for surface in [*Surface, None]:
        taken, hits = [], 0
        path = "/v1/recommend" + (f"/{surface.value}" if surface else "")
        for number, given in enumerate(requests_of(crowd, surface or Surface.FOR_YOU, REQUESTS + WARM_UP)):
            answer, spent = service.get(path, **given)
            if number >= WARM_UP:
                taken.append(spent)
                hits += len(answer["hits"] if surface else answer["surfaces"])
        p50, p95, p99 = np.percentile(taken, (50, 95, 99))
        name = surface.value if surface else "page=home"
        figures[name] = {"p50_ms": p50, "p95_ms": p95, "p99_ms": p99, "hits": hits / REQUESTS}
    return figures


def measure_reflection(service: Service, crowd: Crowd) -> dict[str, float]:
    """Milliseconds from telling a view of another theme until for-you is another list; how many show the theme then."""
    taken, shown = [], 0
    # Other shoppers in every run: those of the last one have been told of.
    random = np.random.default_rng()
    for _ in range(REFLECTED):
        theme = int(random.integers(0, CLUSTERS))
        user = f"shopper-{random.integers(0, crowd.shoppers)}"
        before = _products(service, user)
        if theme in crowd.themes[before]:
            continue
        event = {
            "id": f"r{time.time_ns()}",
            "name": "view_item",
            "user": user,
            "session": f"now-{random.integers(1 << 62)}",
            "consent": True,
            "items": [{"item_id": crowd.product(theme)}],
        }
        started = time.perf_counter()
        service.post("/v1/events", event)
        after = before
        while after == before and time.perf_counter() - started < PATIENCE:
            after = _products(service, user)
        taken.append(1000 * (time.perf_counter() - started))
        shown += theme in crowd.themes[after]
    p50, p99 = np.percentile(taken, (50, 99))
    share = shown / len(taken)
    return {"p50_ms": p50, "p99_ms": p99, "worst_ms": max(taken), "events": len(taken), "of_its_theme": share}


def _products(service: Service, user: str) -> list[int]:
    answer, _ = service.get("/v1/recommend/for-you", user=user)
    return [int(hit["id"][1:]) for hit in answer["hits"]]


def profile(folder: Path, crowd: Crowd, surface: Surface) -> None:
    """Print where the time of a surface goes, without HTTP."""
    engine = open_invented(folder)
    engine.start()
    asked = [
        RecommendRequest(surface, Who(given["user"]), given.get("product", ""), tuple(given.get("cart", "").split(",")))
        for given in requests_of(crowd, surface, 2 * REQUESTS + WARM_UP)
    ]
    for request in asked[:WARM_UP]:
        engine.recommend(request)
    spent = []
    for request in asked[WARM_UP : WARM_UP + REQUESTS]:
        started = time.thread_time()
        engine.recommend(request)
        spent.append(1000 * (time.thread_time() - started))
    p50, p99 = np.percentile(spent, (50, 99))
    print(f"{surface.value}: {p50:.2f} ms of processor time in the middle, {p99:.2f} ms at the 99th percentile")
    with cProfile.Profile(time.thread_time) as profiled:
        for request in asked[WARM_UP + REQUESTS :]:
            engine.recommend(request)
    pstats.Stats(profiled).sort_stats("cumulative").print_stats(70)
    engine.close()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, default=200_000)
    parser.add_argument("--shoppers", type=int, default=100_000)
    parser.add_argument("--profile", metavar="SURFACE", type=Surface, help="only show where this one's time goes")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    folder = prepare(options.size, options.shoppers)
    crowd = Crowd(options.size, options.shoppers)
    warm(folder)
    if options.profile:
        profile(folder, crowd, options.profile)
        return
    service = Service(folder)
    try:
        answer = {
            "machine": machine(),
            "products": options.size,
            "shoppers": options.shoppers,
            "surfaces": measure_latency(service, crowd),
            "reflected_in_for_you": measure_reflection(service, crowd),
        }
    finally:
        service.stop()
    print(json.dumps(answer, indent=None if options.json else 2, default=float))


if __name__ == "__main__":
    main()
