"""What a ranker learns from the clicks of invented shoppers, in their true utility.

    bowerbird demo --no-serve --folder .demo
    python benchmarks/learned_from_clicks.py .demo/shop [--sessions 100000] [--logs 2] [--seed 7]

Shoppers search the invented shop; what they like follows from its truth file, not from the engine's signals, and they
look down a page ever less (see ``bowerbird.demo.shop_world``). The default score shows, with a little chance; from the
log of two thirds of the queries a ranker is trained, as ``bowerbird rank train --clicks`` does. Beside it: the default
score that knows the clicks, the same training without the correction for positions, and the best that is possible.
The other third of the queries was never clicked: it tells what was learned for all. Intervals are bootstrapped over
queries.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from shops import machine

from bowerbird.demo.sessions import plackett_luce, simulate
from bowerbird.demo.shop_world import ask_shop, shop_world
from bowerbird.demo.shoppers import Rankings, World, best_rankings, true_value
from bowerbird.demo.truth import read_truth
from bowerbird.domain.query import Query, Wish
from bowerbird.engine.assemble import open_shop
from bowerbird.engine.engine import Engine
from bowerbird.engine.rank_training import RankTraining
from bowerbird.learn.fit_ranker import fit_ranker
from bowerbird.measure.click_log import ClickTable
from bowerbird.measure.click_models import PositionModel, fit_position_model
from bowerbird.rank.flow import RankParts

QUERIES = 300
SURENESS = 0.3
"""How much worse each place down is to the ranker that shows with a little chance."""
_T = TypeVar("_T")


def main() -> None:
    """Simulate, learn, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shop", type=Path, help="the invented shop, beside its catalogue/")
    parser.add_argument("--sessions", type=int, default=100_000)
    parser.add_argument("--logs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    print(json.dumps(machine()))
    truths = list(read_truth(given.shop.parent / "catalogue"))
    engine = open_shop(given.shop)
    try:
        asked = ask_shop(truths, QUERIES, given.seed)
        world = shop_world(asked, truths, lambda text, count: default_order(engine, text, count), given.seed)
        logged = np.random.default_rng([given.seed, 4]).random(len(world.queries)) < 2 / 3
        print(f"{len(world.queries)} queries, {logged.sum()} of them in {given.sessions:,} searches")
        for number in range(given.logs):
            show_log(engine.ranker_training(), world, logged, given.sessions, given.seed + number)
    finally:
        engine.close()


def default_order(engine: Engine, text: str, count: int) -> list[str]:
    """What the shop shows without any learning."""
    return [hit.product.id for hit in engine.search(Query(Wish(text), per_page=count, rules=False)).hits]


def show_log(training: RankTraining, world: World, logged: NDArray[np.bool_], sessions: int, seed: int) -> None:
    """One log, what was learned from it, and what that is truly worth."""
    seen = only(world, logged)
    scores = [-SURENESS * np.arange(len(ids)) for ids in seen.products]
    table = simulate(seen, plackett_luce(seen, scores, 1.0), sessions, seed)
    print(f"\nlog {seed}: {table.click.sum() / table.sessions:.3f} clicks a search")
    default = [np.arange(len(ids)) for ids in world.products]
    contenders = {"default score": default}
    for name, model in (("learned", fit_position_model(table)), ("learned, positions ignored", unbiased(table))):
        started = time.perf_counter()
        parts, chosen = learn(training, table, model)
        print(f"{name}: {time.perf_counter() - started:.0f} s, {chosen}")
        contenders[name] = rankings(training, world, parts)
        if "clicks" not in " ".join(contenders):
            contenders["default score with clicks"] = rankings(training, world, replace(parts, model=None))
    contenders["best for everybody"] = best_rankings(world)
    for title, mask in (("logged queries", logged), ("queries never logged", ~logged)):
        part, before = only(world, mask), masked(default, mask)
        print(f"  {title}")
        for name, found in contenders.items():
            print(f"    {name:<28} {gain(part, before, masked(found, mask))}")


def learn(training: RankTraining, table: ClickTable, model: PositionModel) -> tuple[RankParts, dict[str, float]]:
    """What ``rank train`` does with a log."""
    behaviour, examples = training.learn_clicks(table, lambda *_: None, model)
    fit = fit_ranker(examples)
    return RankParts(model=fit.model, behaviour=behaviour), fit.chosen


def unbiased(table: ClickTable) -> PositionModel:
    """A model that takes every position for looked at: what comes of forgetting the bias."""
    model = fit_position_model(table)
    return replace(model, examination=np.ones_like(model.examination))


def rankings(training: RankTraining, world: World, parts: RankParts) -> Rankings:
    """Each query's candidates in the order of some parts; those that are not ranked come last."""
    found = []
    for text, ids in zip(world.queries, world.products, strict=True):
        place = {product: at for at, product in enumerate(ids)}
        order = [place[id_] for id_ in training.order(text, parts, 200) if id_ in place]
        found.append(np.array([*order, *sorted(set(range(len(ids))) - set(order))]))
    return found


def only(world: World, mask: NDArray[np.bool_]) -> World:
    """A world of some of the queries."""
    return replace(
        world,
        queries=masked(world.queries, mask),
        weights=world.weights[mask],
        products=masked(world.products, mask),
        attractiveness=masked(world.attractiveness, mask),
        signals=None if world.signals is None else masked(world.signals, mask),
    )


def masked(values: Sequence[_T], mask: NDArray[np.bool_]) -> list[_T]:
    """Those of the values whose place is set."""
    return [values[at] for at in np.flatnonzero(mask)]


@dataclass(frozen=True)
class Gain:
    """The true utility of a search, and what it gains on another ranking, with its interval over queries."""

    utility: float
    gain: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.utility:.4f}   gain {self.gain:+.4f} (95% {self.low:+.4f} to {self.high:+.4f})"


def gain(world: World, before: Rankings, after: Rankings) -> Gain:
    """What a ranking is truly worth beside another."""
    shares = world.shares
    each = np.array([utility(world, at, after[at]) - utility(world, at, before[at]) for at in range(len(shares))])
    drawn = np.random.default_rng(0).integers(0, len(shares), (2_000, len(shares)))
    means = (each[drawn] * shares[drawn]).sum(axis=1) / shares[drawn].sum(axis=1)
    low, high = np.quantile(means, [0.025, 0.975]).tolist()
    return Gain(true_value(world, after).utility, float(each @ shares), low, high)


def utility(world: World, query: int, ranking: NDArray[np.integer]) -> float:
    """What one query's ranking is truly worth."""
    alone = only(world, np.arange(len(world.queries)) == query)
    return true_value(alone, [ranking]).utility


if __name__ == "__main__":
    main()
