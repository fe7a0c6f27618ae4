"""How good the order is: nDCG@10 of terms, vectors, fusion, the default score and the learned ranker, on real shops.

    python benchmarks/rank_quality.py [--chorus DIR] [--magento DIR] [--split test] [--show]

Electronics: ../shared/data/chorus-electronics. The learned ranker is measured five-fold by query, four times with other
folds: each query by models that neither saw it nor were chosen by it. Beside nDCG over all products, where nobody's
rating is 0, stands nDCG over the judged ones alone. Intervals are bootstrapped over queries.

The clothing shop: the graded queries of ``understand_search.tsv``, the default score against retrieval alone, and how
many of the export's related, cross-sell and up-sell links are among the ten products most like each. Shops are made
where no folders are given.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
from graded import MAGENTO, find_ratings, graded_ndcg, read_graded
from shops import machine
from understand_search import CHORUS, shop_of

from bowerbird.domain.query import Query
from bowerbird.engine.engine import Engine
from bowerbird.learn.fit_ranker import fit_ranker, make_folds
from bowerbird.learn.rank_examples import RankExample
from bowerbird.measure.compare import compare
from bowerbird.measure.intervals import mean_interval
from bowerbird.measure.judgements import read_judgements
from bowerbird.rank.behaviour import Behaviour
from bowerbird.rank.flow import RankParts
from bowerbird.rank.score import ScoreSettings, score

JUDGEMENTS = CHORUS / "judgments-dev.csv"
METRIC, JUDGED = "ndcg@10", "judged_ndcg@10"
SETTINGS = ("terms", "vectors", "fused", "understood", "default")
DEPTH = 10
DIVISIONS = 10
GRID = {
    "brand": (0.0, 0.1, 0.2, 0.4),
    "described": (0.0, 0.05, 0.1, 0.2),
    "typical": (0.0, 0.1, 0.2, 0.4),
    "kind": (0.0, 0.03, 0.05, 0.1),
}
"""What the exponents that electronics tell apart may be."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--chorus", type=Path, help="a shop made of ../shared/data/chorus-electronics")
    parser.add_argument("--magento", type=Path, help="a shop made of ../shared/data/magento-store")
    parser.add_argument("--split", choices=("dev", "test"), default="test")
    parser.add_argument("--show", action="store_true", help="print every query of the electronics")
    given = parser.parse_args()
    print(json.dumps(machine()))
    mapping = {"brand": "supplier", "attributes": "attr_*"}
    with shop_of(given.chorus, CHORUS / "products.jsonl.gz", mapping) as engine:
        show_electronics(engine, given.show)
    with shop_of(given.magento, MAGENTO, {}) as engine:
        show_graded(engine, given.split)
        show_links(engine)


def show_electronics(engine: Engine, show: bool) -> None:
    """Every setting over the judged queries, and the learned ranker on queries it has not seen."""
    reports = {name: engine.evaluate(JUDGEMENTS, setting=name) for name in SETTINGS}
    training = engine.ranker_training()
    told = ((query, ratings, 1.0) for query, ratings in read_judgements(JUDGEMENTS).items())
    examples = [one for one in training.examples(told, Behaviour(), lambda *_: None) if one.telling]
    fit = fit_ranker(examples)
    print(f"\nelectronics, {len(examples)} queries: nDCG@10, and over the judged products alone")
    for name, report in reports.items():
        print_line(name, report.values(METRIC), report.values(JUDGED))
    judged = {
        one.query: float(np.mean([one.ndcg(scores, judged_only=True) for scores in found]))
        for one, found in fit.held_out
    }
    print_line("learned, held out", fit.learned, judged)
    print(f"  default with exponents that the measured queries did not choose: {chosen_elsewhere(examples):.4f}")
    default = reports["default"].values(METRIC)
    print(f"  fused to default: {compare(reports['fused'].values(METRIC), default, METRIC)}")
    print(f"  default to learned: {compare(default, {q: fit.learned.get(q, 0.0) for q in default}, METRIC)}")
    if show:
        for query, value in sorted(fit.learned.items(), key=lambda pair: pair[1] - default[pair[0]]):
            print(f"    {query:<28} {default[query]:.3f} -> {value:.3f}")


def chosen_elsewhere(examples: Sequence[RankExample]) -> float:
    """Mean nDCG@10 of the default score where its exponents are chosen on four folds and measured on the fifth."""
    grid = [replace(ScoreSettings(), **dict(zip(GRID, choice, strict=True))) for choice in product(*GRID.values())]
    values = np.array([[one.ndcg(score(one.table, settings).values) for one in examples] for settings in grid])
    found = []
    for seed in range(DIVISIONS):
        for part in make_folds(len(examples), 5, seed):
            rest = np.setdiff1d(np.arange(len(examples)), part)
            found.append(values[values[:, rest].mean(axis=1).argmax(), part].sum())
    return float(np.sum(found) / DIVISIONS / len(examples))


def print_line(name: str, values: Mapping[str, float], judged: Mapping[str, float]) -> None:
    """One setting's mean with its interval."""
    interval, alone = mean_interval(list(values.values())), np.mean(list(judged.values()))
    print(f"  {name:<20} {interval.mean:.4f} ({interval.low:.3f} to {interval.high:.3f})   judged {alone:.4f}")


def show_graded(engine: Engine, split: str) -> None:
    """The default score against retrieval alone, by language."""
    queries = read_graded(split=split)
    ratings, training = find_ratings(engine, queries), engine.ranker_training()
    values: dict[str, dict[str, float]] = {"understood": {}, "default": {}}
    for query in queries:
        for name, parts in (("understood", None), ("default", RankParts())):
            order = training.order(query.q, parts, DEPTH)
            values[name][query.id] = graded_ndcg(order, ratings[query.id], DEPTH)
    print(f"\nclothing shop, {len(queries)} graded queries ({split}), {METRIC}: retrieval alone to default score")
    for lang in ("en", "zh"):
        ids = [query.id for query in queries if query.lang == lang]
        before, after = ({id_: values[name][id_] for id_ in ids} for name in ("understood", "default"))
        print(f"  {lang}: {compare(before, after, METRIC)}")


def show_links(engine: Engine) -> None:
    """How many of the linked products are among the ten most like a product."""
    products = [hit.product for hit in engine.search(Query(per_page=1_000)).hits]
    known = {one.id for one in products}
    found: dict[str, list[float]] = {}
    for one in products:
        similar = [hit.product.id for hit in engine.similar(one.id, DEPTH).hits]
        for kind, ids in one.links.items():
            linked = {id_ for id_ in ids if id_ in known and id_ != one.id}
            if linked:
                found.setdefault(kind, []).append(len(linked.intersection(similar)) / min(DEPTH, len(linked)))
    print(f"\nclothing shop, links of {len(products)} products among the {DEPTH} most similar (recall@{DEPTH})")
    chance = DEPTH / (len(products) - 1)
    for kind, shares in sorted(found.items()):
        print(f"  {kind:<12} {np.mean(shares):.3f} over {len(shares)} products; by chance {chance:.3f}")


if __name__ == "__main__":
    main()
