"""What understanding does for search: nDCG@10 with it and without it, on a real shop and on judged electronics.

    python benchmarks/understand_search.py [--magento DIR] [--chorus DIR] [--split test] [--show]

The clothing shop: the graded queries of ``understand_search.tsv`` (see ``graded.py``), English and Chinese pairs that
ask for the same, with exponential gain. Electronics: ../shared/data/chorus-electronics and its judgements, where the
search as shoppers get it (understood) must not fall behind that for the words as typed (fused). Shops are made of
../shared/data where no folders are given. Intervals are bootstrapped over queries.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from graded import MAGENTO, GradedQuery, find_ratings, graded_ndcg, read_graded
from shops import machine

from bowerbird.catalog.flow import ImportOptions
from bowerbird.domain.query import Query, Wish
from bowerbird.engine.assemble import open_shop
from bowerbird.engine.engine import Engine
from bowerbird.measure.compare import compare

CHORUS = MAGENTO.parent / "chorus-electronics"
METRIC = "ndcg@10"
DEPTH = 10


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--magento", type=Path, help="a shop made of ../shared/data/magento-store")
    parser.add_argument("--chorus", type=Path, help="a shop made of ../shared/data/chorus-electronics")
    parser.add_argument("--split", choices=("dev", "test"), default="test")
    parser.add_argument("--show", action="store_true", help="print every query")
    given = parser.parse_args()
    print(machine())
    with shop_of(given.magento, MAGENTO, {}) as engine:
        report_graded(engine, read_graded(split=given.split), given.show)
    mapping = {"brand": "supplier", "attributes": "attr_*"}
    with shop_of(given.chorus, CHORUS / "products.jsonl.gz", mapping) as engine:
        report_judged(engine)


@contextmanager
def shop_of(folder: Path | None, source: Path, mapping: dict[str, str]) -> Iterator[Engine]:
    """An open shop, made of a catalogue where no folder is given."""
    with tempfile.TemporaryDirectory() as scratch:
        engine = open_shop(folder or Path(scratch) / "shop")
        try:
            if folder is None:
                engine.import_catalogue(source, ImportOptions(mapping=mapping))
                engine.build()
            engine.start()
            yield engine
        finally:
            engine.close()


def report_graded(engine: Engine, queries: Sequence[GradedQuery], show: bool) -> None:
    """Means by language, with understanding and without, and the paired differences."""
    ratings = find_ratings(engine, queries)
    values: dict[bool, dict[str, float]] = {False: {}, True: {}}
    for understood in values:
        for query in queries:
            hits = engine.search(Query(Wish(query.q), per_page=DEPTH, understand=understood)).hits
            values[understood][query.id] = graded_ndcg([hit.product.id for hit in hits], ratings[query.id], DEPTH)
    print(f"\nclothing shop, {len(queries)} graded queries, {METRIC}: as typed, understood")
    for lang in ("en", "zh"):
        ids = [query.id for query in queries if query.lang == lang]
        plain, read = ({id_: values[way][id_] for id_ in ids} for way in (False, True))
        print(f"  {lang}: {mean(plain):.3f} {mean(read):.3f}   {compare(plain, read, METRIC)}")
    pairs = {query.pair: query.id for query in queries if query.pair}
    english = {id_: values[True][id_] for id_ in pairs}
    chinese = {id_: values[True][pairs[id_]] for id_ in pairs}
    behind = mean(english) - mean(chinese)
    print(f"  Chinese behind the same in English: {behind:.3f}   {compare(english, chinese, METRIC)}")
    for query in queries if show else ():
        print(f"    {query.id:6} {values[False][query.id]:.2f} {values[True][query.id]:.2f}  {query.q}")


def report_judged(engine: Engine) -> None:
    """Understood against the words as typed."""
    judgements = CHORUS / "judgments-dev.csv"
    fused = engine.evaluate(judgements, setting="fused").values(METRIC)
    understood = engine.evaluate(judgements, setting="understood").values(METRIC)
    print(f"\nelectronics, {len(fused)} judged queries, {METRIC}: as typed, understood")
    print(f"  {mean(fused):.4f} {mean(understood):.4f}   {compare(fused, understood, METRIC)}")


def mean(values: dict[str, float]) -> float:
    """The mean over queries."""
    return sum(values.values()) / max(1, len(values))


if __name__ == "__main__":
    main()
