"""The embedded index on an invented catalogue: ingest, size, latency of each part, recall, two threads, upserts.

    OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 python benchmarks/index.py --products 200000 [--folder DIR]

The catalogue is ``invented.py``'s: two clustered 384-d vectors a product. The hybrid query is terms + two
vectors + a filter (category, price, stock) + three facets, top 24, on one thread. Recall is against brute
force over the 16-bit vectors, at filters that leave everything, 50 %, 5 % and .5 %.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Thread

import numpy as np
from invented import Catalogue
from numpy.typing import NDArray

from bowerbird.domain.filters import Filter, parse_filter
from bowerbird.domain.ports import IndexDocument, TermClause, TermQuery, VectorRows
from bowerbird.domain.query import FacetRequest
from bowerbird.encode.terms import Terms
from bowerbird.index.build import IndexSettings, build_index
from bowerbird.index.embedded import EmbeddedIndex
from bowerbird.index.vector_scan import ScanSettings
from bowerbird.index.view import EmbeddedView

BOOSTS = {"title": 3.0, "brand": 2.0, "category": 1.5, "attributes": 1.0, "body": 0.5}
TERMS = Terms()
TERM_LIMIT, VECTOR_LIMIT = 1_000, 100
FACETS = (
    FacetRequest("brand"),
    FacetRequest("color"),
    FacetRequest("price", ranges=((None, 50), (50, 100), (100, None))),
)
FIELDS = ("text", "photo")


def documents_of(catalogue: Catalogue, size: int, first_seq: int = 1) -> Iterator[IndexDocument]:
    """The catalogue as the engine would hand it over, its texts already cut."""
    seq = first_seq
    for chunk in catalogue.chunks(size):
        for row, product in enumerate(chunk.products):
            terms = {
                "title": TERMS.index_terms(product.title),
                "brand": TERMS.index_terms(product.brand),
                "category": TERMS.index_terms(product.categories[0]),
                "attributes": TERMS.index_terms(
                    " ".join(str(product.attributes[name]) for name in ("color", "material"))
                ),
                "body": TERMS.index_terms(product.description),
            }
            vectors = {
                "text": VectorRows(chunk.texts[row : row + 1], (-1,)),
                "photo": VectorRows(chunk.photos[row : row + 1], (-1,)),
            }
            yield IndexDocument(seq, product, terms, vectors)
            seq += 1


@dataclass(frozen=True)
class Probe:
    """One invented query."""

    terms: TermQuery
    vectors: dict[str, NDArray[np.float32]]
    condition: Filter | None


def probes(catalogue: Catalogue, count: int) -> list[Probe]:
    """The catalogue's queries, cut and parsed."""
    return [
        Probe(
            TermQuery(tuple(TermClause(((word, 1.0),)) for word in TERMS.query_terms(request.text)), BOOSTS),
            {"text": request.text_vector, "photo": request.photo_vector},
            parse_filter(request.filters),
        )
        for request in catalogue.requests(count)
    ]


def hybrid(view: EmbeddedView, probe: Probe, filtered: bool = True) -> None:
    """The whole query, with a plain sum of reciprocal ranks for a fusion."""
    condition = probe.condition if filtered else None
    within = view.select(condition)
    legs = [view.match_terms(probe.terms, TERM_LIMIT, within)]
    legs += [view.nearest(name, probe.vectors[name], VECTOR_LIMIT, within) for name in FIELDS]
    documents = np.concatenate([leg.documents for leg in legs])
    scores = np.concatenate([1 / (60 + np.arange(len(leg.documents))) for leg in legs])
    distinct, places = np.unique(documents, return_inverse=True)
    best = distinct[np.argsort(-np.bincount(places, scores))[:24]]
    view.seqs(best)
    view.count_facets(None, condition, FACETS)


def timed(calls: list[Callable[[], object]]) -> dict[str, float]:
    """Milliseconds of calls made once each: by the clock, and of this thread's own computing ("cpu").

    On a machine that others use, the second tells what the first would be on a quiet one.
    """
    for call in calls[:5]:
        call()
    taken, computed = [], []
    for call in calls[5:]:
        start, busy = time.perf_counter(), time.thread_time()
        call()
        taken.append(time.perf_counter() - start)
        computed.append(time.thread_time() - busy)
    clock = {f"p{share}": round(float(np.percentile(taken, share)) * 1e3, 2) for share in (50, 95, 99)}
    return {**clock, **{f"cpu_p{share}": round(float(np.percentile(computed, share)) * 1e3, 2) for share in (50, 95)}}


def latencies(index: EmbeddedIndex, asked: list[Probe]) -> dict[str, object]:
    """Each part by itself, then together."""
    view = index.view()

    def each(call: Callable[[Probe], object]) -> dict[str, float]:
        # A fresh view: what was remembered of the last round's filters would flatter.
        return timed([lambda probe=probe: call(probe) for probe in asked])

    shares = [view.select(probe.condition).count / view.size for probe in asked]
    report: dict[str, object] = {"filter_share_median": round(float(np.median(shares)), 4)}
    report["terms"] = each(lambda probe: view.match_terms(probe.terms, TERM_LIMIT))
    report["vector"] = each(lambda probe: view.nearest("text", probe.vectors["text"], VECTOR_LIMIT))
    report["hybrid_unfiltered"] = each(lambda probe: hybrid(view, probe, filtered=False))
    fresh(index)
    view = index.view()
    report["filter"] = each(lambda probe: view.select(probe.condition))
    report["facets_filtered"] = each(lambda probe: view.count_facets(None, probe.condition, FACETS))
    report["facets_all"] = each(lambda probe: view.count_facets(None, None, FACETS))
    within = {id(probe): view.select(probe.condition) for probe in asked}
    report["terms_filtered"] = each(lambda probe: view.match_terms(probe.terms, TERM_LIMIT, within[id(probe)]))
    report["vector_filtered"] = each(
        lambda probe: view.nearest("text", probe.vectors["text"], VECTOR_LIMIT, within[id(probe)])
    )
    some = np.random.default_rng(3).choice(view.size, (len(asked), 1_000)).astype(np.int32)
    rows = iter(some)
    report["similarities_1000"] = each(lambda probe: view.similarities("text", probe.vectors["text"], next(rows)))
    fresh(index)
    view = index.view()
    report["hybrid"] = each(lambda probe: hybrid(view, probe))
    return report


def fresh(index: EmbeddedIndex) -> None:
    """A new view, with nothing remembered."""
    index.apply([], [], index.view().applied + 1)


def throughput(index: EmbeddedIndex, asked: list[Probe]) -> dict[str, float]:
    """Hybrid queries a second on one and on two threads."""
    rates = {}
    for threads in (1, 2):
        fresh(index)
        view = index.view()

        def work(part: list[Probe], view: EmbeddedView = view) -> None:
            for probe in part:
                hybrid(view, probe)

        workers = [Thread(target=work, args=(asked[number::threads],)) for number in range(threads)]
        start = time.perf_counter()
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        rates[str(threads)] = round(len(asked) / (time.perf_counter() - start), 1)
    return {**rates, "ratio": round(rates["2"] / rates["1"], 2)}


def recalls(index: EmbeddedIndex, asked: list[Probe]) -> dict[str, dict[str, object]]:
    """Recall@10 and latency by the share that a filter leaves."""
    view = index.view()
    everyone = np.arange(len(view.alive))
    stored = np.concatenate([view.vectors_of("text", int(one)).astype(np.float16) for one in everyone])
    queries = np.stack([probe.vectors["text"] for probe in asked])
    report: dict[str, dict[str, object]] = {}
    for share, text in (
        ("all", ""),
        (".5", "popularity 0.3..0.8"),
        (".05", "popularity 0.3..0.35"),
        (".005", "popularity 0.3..0.305"),
    ):
        within = view.select(parse_filter(text))
        documents = np.flatnonzero(within.mask)
        best = np.full((len(asked), 10), -np.inf, np.float32)
        truth = np.zeros((len(asked), 10), np.int64)
        for at in range(0, len(documents), 50_000):
            block = documents[at : at + 50_000]
            scores = np.concatenate([best, queries @ stored[block].astype(np.float32).T], axis=1)
            owners = np.concatenate([truth, np.broadcast_to(block, (len(asked), len(block)))], axis=1)
            top = np.argpartition(-scores, 9, axis=1)[:, :10]
            best, truth = np.take_along_axis(scores, top, 1), np.take_along_axis(owners, top, 1)
        found = [view.nearest("text", query, 10, within).documents.tolist() for query in queries]
        hits = sum(len({*some} & {*true}) for some, true in zip(found, truth.tolist(), strict=True))
        speed = timed([partial(view.nearest, "text", query, 100, within) for query in queries])
        report[share] = {"recall@10": round(hits / truth.size, 4), **speed}
    return report


def upserts(index: EmbeddedIndex, size: int) -> dict[str, object]:
    """Groups of 50 replaced products, the query time with them, and a checkpoint."""
    start_seq = size + 10
    documents = list(documents_of(Catalogue(seed=8), 1_000, start_seq))
    groups = [documents[at : at + 50] for at in range(0, 1_000, 50)]
    apply = timed(
        [
            lambda group=group: index.apply(
                group, [one.seq - start_seq + 1 for one in group], max(group[-1].seq, index.view().applied)
            )
            for group in groups
        ]
    )
    start = time.perf_counter()
    index.checkpoint()
    return {"apply_50": apply, "checkpoint_1000_s": round(time.perf_counter() - start, 3)}


def memory() -> dict[str, int]:
    """MB of this process: peak, and now by kind."""
    now = {}
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text().splitlines():
            name, _, rest = line.partition(":")
            if name in ("RssAnon", "RssFile"):
                now[name] = int(rest.split()[0]) // 1024
    return {"peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, **now}


def main() -> None:
    """Run everything and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, default=200_000)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--threads", type=int, default=1, help="threads for building")
    parser.add_argument("--folder", type=Path, help="where to keep the index; used again when it is there")
    arguments = parser.parse_args()
    catalogue = Catalogue()
    scratch = Path(tempfile.mkdtemp()) if arguments.folder is None else None
    folder = arguments.folder or (scratch or Path()) / "index"
    report: dict[str, object] = {"products": arguments.products}
    settings = IndexSettings(scan=ScanSettings(threads=arguments.threads), term_threads=arguments.threads)
    if not folder.exists():
        marks: dict[str, float] = {"start": time.perf_counter()}
        build_index(
            folder,
            documents_of(catalogue, arguments.products),
            applied=arguments.products,
            settings=settings,
            progress=lambda stage, done: marks.__setitem__(f"{stage}", time.perf_counter()),
        )
        report["build_s"] = {name: round(at - marks["start"], 1) for name, at in marks.items()}
        report["memory_after_build_mb"] = memory()
    start = time.perf_counter()
    index = EmbeddedIndex(folder, settings)
    report["open_s"] = round(time.perf_counter() - start, 3)
    asked = probes(catalogue, arguments.queries)
    report["latency_ms"] = latencies(index, asked)
    report["throughput_qps"] = throughput(index, asked)
    report["recall"] = recalls(index, asked[:100])
    report["sizes_mb"] = {name: size // 1_000_000 for name, size in index.sizes().items()}
    report["memory_mb"] = memory()
    if scratch is not None:
        report["upserts"] = upserts(index, arguments.products)
    index.close()
    if scratch is not None:
        shutil.rmtree(scratch)
    sys.stdout.write(json.dumps(report, indent=2) + "\n")


if __name__ == "__main__":
    main()
