"""Terms, vectors and their fusion on judged queries: what each is worth alone, together, and on which weights.

    python benchmarks/fusion.py [--shop DIR] [--judgments FILE] [--folds 5] [--seed 0] [--json]

Without ``--shop`` the electronics catalogue under ../shared/data is imported into a temporary shop first. The weight
of the terms is also chosen on all folds but one and measured on that one, query by query: that figure is the one to
expect on queries nobody has tuned on.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from bowerbird.domain.query import Query, Wish
from bowerbird.engine.assemble import open_shop
from bowerbird.measure.compare import compare
from bowerbird.measure.flow import Report, evaluate
from bowerbird.measure.judgements import read_judgements
from bowerbird.retrieve.flow import Fusion, RetrieveSettings

CHORUS = Path(__file__).resolve().parents[2] / "shared" / "data" / "chorus-electronics"
WEIGHTS = (0.3, 0.4, 0.5, 0.6, 0.7)
METRIC = "ndcg@10"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shop", type=Path, help="a shop that is built already")
    parser.add_argument("--judgments", type=Path, default=CHORUS / "judgments-dev.csv")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        shop = given.shop or build_shop(Path(scratch) / "shop", CHORUS / "products.jsonl.gz")
        judgements = read_judgements(given.judgments)
        reports = {fusion.value: measure(shop, judgements, RetrieveSettings(fusion=fusion)) for fusion in Fusion}
        weighed = {
            weight: measure(shop, judgements, RetrieveSettings(terms_weight=weight, text_weight=1 - weight))
            for weight in WEIGHTS
        }
    folds = make_folds([row.query for row in reports[Fusion.FUSED].rows], given.folds, given.seed)
    result = summarise(reports, weighed, folds)
    print(json.dumps(result, indent=1) if given.json else format_table(result))


def build_shop(folder: Path, source: Path) -> Path:
    """Import a catalogue and build its index."""
    started = perf_counter()
    engine = open_shop(folder)
    try:
        engine.import_catalogue(source)
        engine.build()
    finally:
        engine.close()
    print(f"imported and built in {perf_counter() - started:.0f} s", file=sys.stderr)
    return folder


def measure(shop: Path, judgements: Mapping[str, Mapping[str, float]], settings: RetrieveSettings) -> Report:
    """Every judged query through a shop opened with these settings."""
    engine = open_shop(shop, retrieve=settings)

    def search(text: str, depth: int) -> list[str]:
        return [hit.product.id for hit in engine.search(Query(Wish(text), per_page=depth)).hits]

    try:
        return evaluate(search, judgements)
    finally:
        engine.close()


def make_folds(queries: Sequence[str], count: int, seed: int) -> list[list[str]]:
    """Queries dealt at random into folds."""
    dealt = np.random.default_rng(seed).permutation(sorted(queries)).tolist()
    return [dealt[number::count] for number in range(count)]


def summarise(
    reports: Mapping[str, Report], weighed: Mapping[float, Report], folds: Sequence[Sequence[str]]
) -> dict[str, Any]:
    """Everything that is printed."""
    values = {name: report.values(METRIC) for name, report in reports.items()}
    by_weight = {weight: report.values(METRIC) for weight, report in weighed.items()}
    out_of_fold, chosen = choose_out_of_fold(by_weight, folds)
    fused = values[Fusion.FUSED]
    return {
        "date": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "queries": len(fused),
        "settings": {
            name: {**report.means, "folds": [mean_of(values[name], fold) for fold in folds]}
            for name, report in reports.items()
        },
        "terms_weight": {str(weight): mean_of(found, list(found)) for weight, found in by_weight.items()},
        "out_of_fold": {"mean": mean_of(out_of_fold, list(out_of_fold)), "chosen": chosen},
        "against": {
            name: compare(values[name], fused).to_dict() | {"by_query": None} for name in values if name != Fusion.FUSED
        },
    }


def choose_out_of_fold(
    by_weight: Mapping[float, Mapping[str, float]], folds: Sequence[Sequence[str]]
) -> tuple[dict[str, float], list[float]]:
    """Each query's value with the weight that was best on the other folds, and the weight chosen for each fold."""
    found: dict[str, float] = {}
    chosen = []
    for fold in folds:
        others = [query for other in folds if other is not fold for query in other]
        weight = max(by_weight, key=partial(score_weight, by_weight, others))
        chosen.append(weight)
        found.update({query: by_weight[weight][query] for query in fold})
    return found, chosen


def score_weight(by_weight: Mapping[float, Mapping[str, float]], queries: Sequence[str], weight: float) -> float:
    """The mean over some queries with one weight."""
    return mean_of(by_weight[weight], queries)


def mean_of(values: Mapping[str, float], queries: Sequence[str]) -> float:
    """The mean over some queries."""
    return sum(values[query] for query in queries) / len(queries)


def format_table(result: Mapping[str, Any]) -> str:
    """The result for a terminal."""
    lines = [f"{result['date']}; {result['machine']}; {result['queries']} queries with a relevant product", ""]
    names = [name for name in next(iter(result["settings"].values())) if name != "folds"]
    lines.append(f"{'':<8}" + "".join(f"{name:>16}" for name in names) + f"   {METRIC} by fold")
    for setting, means in result["settings"].items():
        folds = "  ".join(f"{value:.3f}" for value in means["folds"])
        lines.append(f"{setting:<8}" + "".join(f"{means[name]:>16.4f}" for name in names) + f"   {folds}")
    weights = "  ".join(f"{weight}: {value:.4f}" for weight, value in result["terms_weight"].items())
    lines += ["", f"{METRIC} by the weight of the terms   {weights}"]
    chosen = result["out_of_fold"]
    lines.append(f"chosen out of fold {chosen['mean']:.4f} (weights {chosen['chosen']})")
    for name, found in result["against"].items():
        lines.append(
            f"fused against {name}: {found['difference']:+.4f} ({found['low']:+.4f} to {found['high']:+.4f}), "
            f"{found['wins']} better, {found['losses']} worse"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
