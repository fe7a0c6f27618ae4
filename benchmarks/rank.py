"""How long ranking takes: 200 candidates with every signal and the learned model, and 100 rules over 200 candidates.

    python benchmarks/rank.py [--size 200000] [--queries 400]

One process, one thread, over the invented catalogue of ``benchmarks/search.py`` (made once in ``benchmarks/.work``).
The model is of the size that ``bowerbird rank train`` makes of fifty judged queries (four fits of 60 trees); what it
was trained on is drawn, since only its time is looked at here. Every query has its own words, so nothing of it is kept
from one to the next.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from invented import DEPARTMENTS, Catalogue
from search import percentiles, shop_of
from shops import machine, open_invented

from bowerbird.domain.rule_records import read_rules
from bowerbird.engine.rank_training import Found
from bowerbird.learn.fit_ranker import LITTLE, fit, used_signals
from bowerbird.learn.rank_examples import RankExample
from bowerbird.rank.faults import Faults
from bowerbird.rank.flow import RankParts, RankSettings
from bowerbird.rank.merchandising import apply
from bowerbird.rank.model import RankModel
from bowerbird.rank.rules import Moment, RuleBook

WARM_UP = 50
CANDIDATES = 200
RULES = 100


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=200_000, help="products")
    parser.add_argument("--queries", type=int, default=400)
    given = parser.parse_args()
    folder, _ = shop_of(given.size)
    requests = Catalogue().requests(given.queries + WARM_UP)
    engine = open_invented(folder, requests)
    engine.start()
    training = engine.ranker_training()
    brought = [training.find(request.text) for request in requests]
    found = [one for one in brought if one is not None and len(one.candidates) >= CANDIDATES]
    view, faults, settings = engine.live_view(), Faults(), RankSettings(window=CANDIDATES)
    model = drawn_model(found[:WARM_UP], settings)

    def ranked(parts: RankParts) -> Callable[[Found], Any]:
        return lambda one: one.rank(settings, parts)

    figures: dict[str, object] = {**machine(), "products": view.size, "queries": len(found) - WARM_UP}
    figures["signals_and_default_score"] = timed(found, ranked(RankParts(faults=faults)))
    figures["signals_and_learned_model"] = timed(found, ranked(RankParts(model=model, faults=faults)))
    book = RuleBook(read_rules(rule_records()))

    def merchandised(one: Found) -> None:
        rules = book.match(Moment(one.question.text, "en"))
        resolved = book.resolve(view, rules, faults)
        apply(resolved, one.candidates.documents[:CANDIDATES], one.candidates.scores[:CANDIDATES])

    figures["rules"] = {"in_force": RULES, **timed(found, merchandised)}
    figures["faults"] = dict(faults.counts)
    engine.close()
    print(json.dumps(figures, indent=2))


def timed(found: Sequence[Found], work: Callable[[Found], Any]) -> dict[str, float]:
    """Milliseconds of one after another, once warm."""
    taken = []
    for number, one in enumerate(found):
        started = time.perf_counter()
        work(one)
        if number >= WARM_UP:
            taken.append(1000 * (time.perf_counter() - started))
    return percentiles(taken)


def drawn_model(found: Sequence[Found], settings: RankSettings) -> RankModel:
    """A ranker over all signals that tell candidates apart here."""
    random = np.random.default_rng(7)
    examples = []
    for one in found:
        ranked = one.rank(settings, RankParts())
        gains = random.integers(0, 4, len(ranked.table)).astype(np.float32)
        examples.append(RankExample("", ranked.table, ranked.score.values, gains, (3.0,) * 10))
    names = used_signals(examples)
    return fit(examples, names, LITTLE.starts[0], LITTLE.rounds[0], replace(LITTLE, rows_in_leaf=20))


def rule_records() -> list[dict[str, Any]]:
    """A hundred rules that are all in force for every query: half raise, half lower, by department and price."""
    records = []
    for number in range(RULES):
        department = DEPARTMENTS[number % len(DEPARTMENTS)]
        filters = f'category UNDER "{department}" AND price > {number}'
        action = "boost" if number % 2 else "bury"
        records.append(
            {"id": f"r{number}", "title": f"Rule {number}", "then": [{action: {"filter": filters, "by": 0.1}}]}
        )
    return records


if __name__ == "__main__":
    main()
