"""Graded queries over the clothing and gear shop: what is right for each, as ratings, and how good a ranking is.

    python benchmarks/graded.py [--shop DIR] [--titles]

``understand_search.tsv`` has a query a line; ``full`` and ``part`` are filters in Bowerbird's grammar, met by the
products that are just right (gain 3) and those that come near it (gain 1; none where the filter is blank). A Chinese
query's ``pair`` is the English one that asks for the same. Filters state what is true of the products, by text,
attributes and photos; no search was asked. The main prints how many products each query has and, with ``--titles``,
which. Without ``--shop`` the shop under ../shared/data is imported into a temporary one first.
"""

from __future__ import annotations

import argparse
import csv
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bowerbird.domain.errors import FormatError
from bowerbird.domain.filters import parse_filter
from bowerbird.domain.query import Query
from bowerbird.engine.assemble import open_shop
from bowerbird.engine.engine import Engine
from bowerbird.measure.metrics import ndcg

QUERIES = Path(__file__).with_name("understand_search.tsv")
MAGENTO = Path(__file__).resolve().parents[2] / "shared" / "data" / "magento-store"
FULL, PART = 3.0, 1.0
PAGE = 100


@dataclass(frozen=True, slots=True)
class GradedQuery:
    """One line of the file; ``pair`` is the id of the English query of a Chinese one, else empty."""

    split: str
    id: str
    pair: str
    lang: str
    q: str
    full: str
    part: str
    note: str


def read_graded(path: Path = QUERIES, split: str | None = None) -> list[GradedQuery]:
    """The queries of a file, or of one split. Raises FormatError, with the line, for a row of another width."""
    with path.open(encoding="utf-8", newline="") as lines:
        header, *rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    for number, row in enumerate(rows, start=2):
        if len(row) != len(header):
            where = f"{path.name}, line {number}"
            raise FormatError("the row has another width", where=where, expected=f"{len(header)} fields")
    queries = [GradedQuery(**dict(zip(header, row, strict=True))) for row in rows]
    return [query for query in queries if split is None or query.split == split]


def find_ratings(engine: Engine, queries: Sequence[GradedQuery]) -> dict[str, dict[str, float]]:
    """Gains by query id, then by product id; full wins over part. Raises FilterError and InputError."""
    ratings: dict[str, dict[str, float]] = {}
    for query in queries:
        part = dict.fromkeys(find_products(engine, query.part), PART)
        ratings[query.id] = part | dict.fromkeys(find_products(engine, query.full), FULL)
    return ratings


def find_products(engine: Engine, condition: str) -> dict[str, str]:
    """Titles by id of the products that meet a filter; none for a blank one. Raises FilterError, InputError."""
    filters = parse_filter(condition)
    found: dict[str, str] = {}
    page = 1
    while filters is not None:
        results = engine.search(Query(filters=filters, page=page, per_page=PAGE))
        found |= {hit.product.id: hit.product.title for hit in results.hits}
        if not results.hits or len(found) >= results.total:
            break
        page += 1
    return found


def graded_ndcg(
    ranking: Sequence[str], ratings: Mapping[str, float], depth: int = 10, *, exponential: bool = True
) -> float:
    """The nDCG with gain 2**rating - 1 (7 and 1), or with the rating itself (3 and 1)."""
    gains = {product: 2.0**rating - 1 if exponential else rating for product, rating in ratings.items()}
    return ndcg(ranking, gains, depth)


def main() -> None:
    """Print the number of products of each query."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shop", type=Path, help="a shop of the same catalogue that is built already")
    parser.add_argument("--titles", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        engine = open_shop(given.shop or Path(scratch) / "shop")
        try:
            if given.shop is None:
                engine.import_catalogue(MAGENTO)
                engine.build()
            show(engine, read_graded(), given.titles)
        finally:
            engine.close()


def show(engine: Engine, queries: Sequence[GradedQuery], titles: bool) -> None:
    """A line a query, and, where asked, its products under it."""
    print("id      split  full  part  query")
    for query, ratings in zip(queries, find_ratings(engine, queries).values(), strict=True):
        full = sum(gain == FULL for gain in ratings.values())
        print(f"{query.id:<6}  {query.split:<5}  {full:>4}  {len(ratings) - full:>4}  {query.q}")
        for product, gain in sorted(ratings.items(), key=lambda item: -item[1]) if titles else ():
            print(f"    {gain:.0f}  {product:<15}  {engine.product(product).title}")


if __name__ == "__main__":
    main()
