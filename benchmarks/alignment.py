"""How well photos and words find each other: the tables for alignment and photo metric.

    python benchmarks/alignment.py [--json FILE] [--only magento groceries fashion]

Magento: damaged copies of the shop's own photos find their product. Groceries: photos of another day find their
product. Fashion: 30 % of the products held out with their titles hidden, asked for by title and by kind. Reports;
tunes nothing. Every fit leaves out what it is measured on: the metric and alignment that a fit leans on are fitted here
on the other data sets, never the packaged ones (which have seen these shops); val.txt is in no fit at all.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from alignment_data import DAMAGES, Sets, fashion, groceries, magento
from numpy.typing import NDArray

from bowerbird.encode.alignment import Alignment
from bowerbird.encode.photo_metric import PhotoMetric, pull_together
from bowerbird.learn.fit_photo_metric import ChangedCopies, fit_photo_metric
from bowerbird.learn.flow import fit_alignment
from bowerbird.learn.judge_alignment import judge_alignment
from bowerbird.learn.pairs import Pairs, split_products
from bowerbird.learn.photo_shops import PhotoShop
from bowerbird.learn.ridge import prior_alignment
from bowerbird.learn.train_default import (
    COPIES,
    fit_default_alignment,
    fit_default_metric,
    read_classifier,
    read_labels,
)

SEED = 0
HELD_OUT = 0.3
Table = dict[str, dict[str, Any]]


def magento_table(sets: Sets) -> Table:
    """Damaged copies of the shop's own photos: the share that finds its own product first."""
    shop = magento()
    pairs = sets.pairs(shop, COPIES["magento"])
    others = fit_default_metric([sets.pairs(groceries("train"), 2), sets.pairs(fashion(), 1)])
    fitted, report, seconds = _fit_metric(pairs, others)
    metrics = {
        "raw cosine of the features": _raw_cosine(pairs.photos.shape[1]),
        "metric of the other shops": others,
        "fitted on the shop": fitted,
    }
    table: Table = {name: _damages(sets, shop, pairs, metric) for name, metric in metrics.items()}
    table["how it was chosen"] = report.details() | {"seconds": seconds}
    return table


def groceries_table(sets: Sets) -> Table:
    """val.txt photos against train.txt photos as the shop's pictures of 81 products."""
    pairs = sets.pairs(groceries("train"), COPIES["groceries-train"])
    asked = groceries("val")
    queries, wanted = sets.photos(asked), np.asarray(asked.owners())
    others = fit_default_metric([sets.pairs(magento(), 3), sets.pairs(fashion(), 1)])
    fitted, report, seconds = _fit_metric(pairs, others)
    metrics = {
        "raw cosine of the features": _raw_cosine(pairs.photos.shape[1]),
        "metric of the other shops": others,
        "fitted on the shop": fitted,
    }
    table: Table = {}
    for name, metric in metrics.items():
        rows, owners = _stored(metric, pairs)
        found = owners[np.argmax(metric.project(queries) @ rows.T, axis=1)]
        table[name] = {"product first": float(np.mean(found == wanted)), "queries": len(queries)}
    table["how it was chosen"] = report.details() | {"seconds": seconds}
    return table


def fashion_table(sets: Sets) -> Table:
    """Titles and kinds of held-out products: own fit, the other data sets only, and the label prior alone."""
    pairs = sets.pairs(fashion(), COPIES["fashion"])
    kept, held = split_products(pairs.products, HELD_OUT, SEED)
    training, held_out = pairs.take(kept), pairs.take(held)
    other_shops = [sets.pairs(groceries("train"), 2), sets.pairs(magento(), 3)]
    labels = sets.encode(read_labels())
    texts = np.concatenate([phrase.vectors for shop in other_shops for phrase in shop.phrases])
    prior = prior_alignment(pairs.photos.shape[1], labels, texts, 256)
    others = fit_default_alignment(other_shops, labels, read_classifier())
    began = time.perf_counter()
    own, report = fit_alignment(training, others)
    seconds = round(time.perf_counter() - began, 1)
    alignments: dict[str, Alignment | None] = {
        "label prior alone": prior,
        "fitted on the other data sets": others,
        "fitted on the shop": own,
    }
    table: Table = {
        name: judge_alignment(alignment, held_out).rounded()
        for name, alignment in alignments.items()
        if alignment is not None
    }
    table["how it was chosen"] = report.details() | {"seconds": seconds}
    return table


def _fit_metric(pairs: Pairs, start: PhotoMetric) -> tuple[PhotoMetric, Any, float]:
    copies = len(pairs.views) - 1
    changed = ChangedCopies(np.concatenate(pairs.views[1:]), np.tile(np.arange(len(pairs)), copies))
    began = time.perf_counter()
    metric, report = fit_photo_metric(pairs.photos, pairs.products, changed, start)
    return metric, report, round(time.perf_counter() - began, 1)


def _damages(sets: Sets, shop: PhotoShop, pairs: Pairs, metric: PhotoMetric) -> dict[str, Any]:
    rows, owners = _stored(metric, pairs)
    # Some photos show several products; any of them is right.
    sharing: dict[Path, set[int]] = {}
    for photo in shop.photos:
        sharing.setdefault(photo.file, set()).add(photo.product)
    found: dict[str, Any] = {}
    for name, change in DAMAGES.items():
        nearest = owners[np.argmax(metric.project(sets.photos(shop, change, name)) @ rows.T, axis=1)]
        right = [owner in sharing[photo.file] for owner, photo in zip(nearest, shop.photos, strict=True)]
        found[name] = float(np.mean(right))
    return found


def _stored(metric: PhotoMetric, pairs: Pairs) -> tuple[NDArray[np.float32], NDArray[np.intp]]:
    """Every product's rows as the index stores them, and their products."""
    order = np.argsort(pairs.products, kind="stable")
    owners = pairs.products[order]
    starts = np.flatnonzero(owners[1:] != owners[:-1]) + 1
    groups = np.split(metric.project(pairs.photos[order]), starts)
    return np.concatenate([pull_together(rows, metric.pull) for rows in groups]), owners


def _raw_cosine(dim: int) -> PhotoMetric:
    """The cosine of the pooled features alone."""
    pick = np.zeros((dim, 1280), np.float32)
    pick[:1280] = np.eye(1280, dtype=np.float32)
    from bowerbird.encode.photo_parts import PhotoParts

    return PhotoMetric.of(PhotoParts(dim), np.zeros(dim, np.float32), pick, name="raw cosine")


TABLES: dict[str, Callable[[Sets], Table]] = {
    "magento": magento_table,
    "groceries": groceries_table,
    "fashion": fashion_table,
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path, help="write the tables here as well")
    parser.add_argument("--only", nargs="*", choices=list(TABLES), default=list(TABLES))
    options = parser.parse_args()
    sets = Sets.open(_progress)
    about = {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "python": platform.python_version(),
        "seed": SEED,
    }
    print(about)
    tables = {name: TABLES[name](sets) for name in options.only}
    for name, table in tables.items():
        print(f"\n{name}: {(TABLES[name].__doc__ or '').splitlines()[0]}")
        for row, values in table.items():
            print(f"  {row}")
            for key, value in values.items():
                print(f"    {key:26} {value:.4f}" if isinstance(value, float) else f"    {key:26} {value}")
    if options.json is not None:
        options.json.write_text(json.dumps({"about": about, "tables": tables}, indent=2) + "\n", "utf-8")


def _progress(stage: str, done: int, total: int | None = None) -> None:
    print(f"\r{stage} {done:,}/{total or 0:,}", end="" if done != total else "\n", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
