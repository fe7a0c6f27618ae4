"""Search at 200,000 and 1,000,000 invented products: latency, recall, throughput, memory, disk, and rivals.

    python benchmarks/search.py                          # 200,000 products, HTTP, rivals at 50,000
    python benchmarks/search.py --sizes 200000 1000000   # the whole of it
    python benchmarks/search.py --rivals none --json

A query is words, two vectors of 384 floats, a filter on department, price and stock, three facets, the best 24
(``find``), read from the store and dressed with highlights (``whole``): everything a shopper's search does, in process
without encoding the words (their vectors are given), and over HTTP with the words encoded by the built-in model.
Shops are kept in ``benchmarks/.work`` and made once; rivals are installed into an environment of their own there.
"""

from __future__ import annotations

import argparse
import http.client
import json
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from invented import Catalogue, Request
from shops import WORK, disk_mb, machine, make_invented, memory_mb, open_invented

from bowerbird.domain.filters import parse_filter
from bowerbird.domain.ports import IndexView
from bowerbird.domain.query import FacetRequest, Query, Wish
from bowerbird.engine.engine import Engine

FACETS = tuple(FacetRequest(field, disjunctive=False) for field in ("category", "color", "brand"))
FIELDS = ("text", "joint.photo")
SELECTIVITIES = (None, 0.5, 0.05, 0.005)
RIVALS = ("zvec", "qdrant-edge-py", "lancedb", "milvus-lite", "chromadb")
FINDING = ("filter", "encode", "retrieve", "order", "facets")
"""The steps up to the best 24 and the counted facets; then they are read from the store and dressed."""
QUERIES, WARM_UP, RECALL_QUERIES = 400, 100, 50


def hybrid(request: Request) -> Query:
    """The query that everything here is measured with."""
    return Query(Wish(request.text), filters=parse_filter(request.filters), facets=FACETS, explain=True)


def shop_of(size: int) -> tuple[Path, dict[str, float]]:
    """The invented shop of a size, made where it is not there yet, and what making it took."""
    folder, note = WORK / f"shop-{size}", WORK / f"shop-{size}.json"
    if not note.is_file():
        shutil.rmtree(folder, ignore_errors=True)
        print(f"making {size:,} products", file=sys.stderr, flush=True)
        note.write_text(json.dumps(make_invented(folder, size)))
    return folder, json.loads(note.read_text())


def measure_size(size: int) -> dict[str, object]:
    """Latency, throughput, recall, memory and disk of one size."""
    folder, seconds = shop_of(size)
    catalogue = Catalogue()
    requests = catalogue.requests(QUERIES + WARM_UP)
    warm(folder)
    engine = open_invented(folder, requests)
    engine.start()
    queries = [hybrid(request) for request in requests]
    for query in queries[:WARM_UP]:
        engine.search(query)
    figures = latency(engine, queries[WARM_UP:])
    figures |= throughput(engine, queries[WARM_UP:])
    figures["recall@10"] = recall(engine, catalogue, size)
    figures |= {"memory_mb": memory_mb(), "disk_mb": disk_mb(folder), "seconds_to_make": seconds}
    figures["index_disk_mb"] = disk_mb(folder / "index")
    engine.close()
    return {"products": size, **figures}


def warm(folder: Path) -> None:
    """Read every file once: a service that has been up for a while finds its pages in memory."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                while file.read(1 << 24):
                    pass


def latency(engine: Engine, queries: list[Query]) -> dict[str, object]:
    """Milliseconds of one query after another."""
    taken, steps, hits = [], {}, 0
    for query in queries:
        results = engine.search(query)
        taken.append(results.took_ms)
        hits += len(results.hits)
        for step, spent in results.timings_ms.items():
            steps.setdefault(step, []).append(spent)
    medians = {step: statistics.median(spent) for step, spent in steps.items()}
    found = np.sum([steps[step] for step in FINDING], axis=0)
    return {
        "find": percentiles(found),
        "whole": percentiles(taken),
        "hits": hits / len(queries),
        "p50_ms_by_step": medians,
    }


def percentiles(taken: Sequence[float]) -> dict[str, float]:
    """The middle and the slow end, in milliseconds."""
    p50, p95, p99 = np.percentile(taken, (50, 95, 99))
    return {"p50_ms": float(p50), "p95_ms": float(p95), "p99_ms": float(p99)}


def throughput(engine: Engine, queries: list[Query]) -> dict[str, float]:
    """Queries a second by one thread and by two, and the ratio."""
    rates = {}
    for threads in (1, 2):
        best = 0.0
        for _ in range(2):
            started = time.perf_counter()
            with ThreadPoolExecutor(threads) as pool:
                list(pool.map(engine.search, queries))
            best = max(best, len(queries) / (time.perf_counter() - started))
        rates[threads] = best
    return {"qps_1_thread": rates[1], "qps_2_threads": rates[2], "two_threads_ratio": rates[2] / rates[1]}


def recall(engine: Engine, catalogue: Catalogue, size: int) -> dict[str, dict[str, float]]:
    """Share of the true ten nearest, and milliseconds a search, by field and by the share that a filter passes."""
    view = engine.live_view()
    asked = {selectivity: catalogue.requests(RECALL_QUERIES, selectivity) for selectivity in SELECTIVITIES}
    truth = exact(view, catalogue, size, asked)
    found: dict[str, dict[str, float]] = {}
    for selectivity, requests in asked.items():
        row: dict[str, float] = {}
        selections = [None if selectivity is None else view.select(parse_filter(r.filters)) for r in requests]
        for field in FIELDS:
            hits, taken = 0, []
            nearest = truth[selectivity, field]
            for request, selection, true in zip(requests, selections, nearest, strict=True):
                documents = view.nearest(field, vector_of(request, field), 100, selection).documents[:10]
                hits += len(set(documents.tolist()) & set(true))
            # The brute force has pushed the index out of memory, so this round is the one that is timed.
            for request, selection in zip(requests, selections, strict=True):
                started = time.perf_counter()
                view.nearest(field, vector_of(request, field), 100, selection)
                taken.append(1000 * (time.perf_counter() - started))
            row[field] = hits / sum(map(len, nearest))
            row[f"{field} p50_ms"] = statistics.median(taken)
        found["no filter" if selectivity is None else f"{selectivity:.1%}"] = row
    return found


def vector_of(request: Request, field: str) -> np.ndarray:
    """What a request asks a field."""
    return request.text_vector if field == "text" else request.photo_vector


def exact(
    view: IndexView, catalogue: Catalogue, size: int, asked: dict[float | None, list[Request]]
) -> dict[tuple[float | None, str], list[list[int]]]:
    """The ten nearest documents of each request by brute force, over the catalogue as it was invented."""
    requests = [request for some in asked.values() for request in some]
    stacked = {field: np.stack([vector_of(request, field) for request in requests]) for field in FIELDS}
    scores = {field: np.empty((len(requests), size), np.float32) for field in FIELDS}
    start = 0
    for chunk in catalogue.chunks(size):
        for field, rows in (("text", chunk.texts), ("joint.photo", chunk.photos)):
            scores[field][:, start : start + len(rows)] = stacked[field] @ rows.astype(np.float32).T
        start += len(chunk.products)
    # The store numbers products in the order they were written, from 1.
    documents = view.find(np.arange(1, size + 1))
    truth: dict[tuple[float | None, str], list[list[int]]] = {}
    number = 0
    for selectivity, some in asked.items():
        for request in some:
            outside = None if selectivity is None else ~view.select(parse_filter(request.filters)).mask[documents]
            for field in FIELDS:
                row = scores[field][number]
                if outside is not None:
                    row[outside] = -2.0
                best = np.argpartition(-row, 10)[:10]
                near = [int(documents[place]) for place in best if row[place] > -2.0]
                truth.setdefault((selectivity, field), []).append(near)
            number += 1
    return truth


def over_http(size: int) -> dict[str, float]:
    """Milliseconds over HTTP on one connection, the words encoded by the built-in model."""
    folder, _ = shop_of(size)
    warm(folder)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, str(Path(__file__).with_name("serve_invented.py")), str(folder), str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        connection = wait_for(port, server)
        taken = []
        for number, request in enumerate(Catalogue().requests(QUERIES + WARM_UP)):
            facets = [{"field": facet.field, "disjunctive": facet.disjunctive} for facet in FACETS]
            body = json.dumps({"q": request.text, "filters": request.filters, "facets": facets})
            started = time.perf_counter()
            connection.request("POST", "/v1/search", body, {"Content-Type": "application/json"})
            response = connection.getresponse()
            answer = response.read()
            if response.status != 200:
                raise SystemExit(f"the service answered {response.status}: {answer[:300]!r}")
            if number >= WARM_UP:
                taken.append(1000 * (time.perf_counter() - started))
    finally:
        server.terminate()
        server.wait(30)
    p50, p95 = np.percentile(taken, (50, 95))
    return {"products": size, "p50_ms": float(p50), "p95_ms": float(p95)}


def wait_for(port: int, server: subprocess.Popen[bytes]) -> http.client.HTTPConnection:
    """A connection to the service once it is ready."""
    for _ in range(600):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            connection.request("GET", "/readyz")
            response = connection.getresponse()
            response.read()
            if response.status == 200:
                connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                return connection
        except OSError:
            pass
        if server.poll() is not None:
            raise SystemExit("the service did not start")
        time.sleep(0.2)
    raise SystemExit("the service did not become ready")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="*", default=[200_000])
    parser.add_argument("--http", type=int, default=200_000, metavar="SIZE", help="0 leaves it out")
    parser.add_argument("--rivals", nargs="*", default=list(RIVALS), help="names, or none")
    parser.add_argument("--rival-size", type=int, default=50_000)
    parser.add_argument("--rival-python", help="an interpreter that has the rivals; without it one is made")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    WORK.mkdir(exist_ok=True)
    answer: dict[str, object] = {"machine": machine(), "sizes": [measure_size(size) for size in options.sizes]}
    if options.http:
        answer["http"] = over_http(options.http)
    names = [name for name in options.rivals if name in RIVALS]
    if names:
        from against_rivals import against_rivals, rival_python

        answer["rivals"] = against_rivals(options.rival_size, names, options.rival_python or rival_python(names))
    print(json.dumps(answer, indent=None if options.json else 2, default=float))


if __name__ == "__main__":
    main()
