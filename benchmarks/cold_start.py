"""How much of a new shopper a few events tell: what ``for-you`` is truly worth to them, against popularity.

    python benchmarks/cold_start.py [--products 1200] [--shoppers 3000] [--people 200]

Shops of four seeds with the events of their crowds in the log. Shoppers who were never there look around; after 0, 1,
2, 3, 5 and 10 things that they did, ``for-you`` is asked for. A list is worth the chance that each product attracts the
shopper, times the chance that its position is looked at, exactly (``TrueLikes.value``). Beside it stand the products
most viewed (over all the time and lately, whichever is worth more), products by chance, and the best there are. Two
seeds are for choosing settings by (``--choosing``), two for reporting. Intervals are bootstrapped over shoppers.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence

import numpy as np
from crowds import ACTS, Stage, first_visit, newcomers, popular, session_of, stage, tell
from shops import machine

from bowerbird.demo.crowd.shelves import Shelves
from bowerbird.demo.crowd.true_likes import TrueLikes
from bowerbird.domain.event import Event, Who
from bowerbird.domain.recommendation import RecommendRequest, Surface
from bowerbird.engine.engine import Engine

CHOOSING, REPORTING = (11, 12), (21, 22)
AFTER = (0, 1, 2, 3, 5, 10)
SHOWN = 12
ALL_THE_TIME, LATELY = 365.0, 4.0
"""Half-lives, in days, of the views that popularity counts."""
Rows = dict[str, list[float]]


def main() -> None:
    """Let shoppers in, ask for lists, and print a figure a line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--products", type=int, default=1_200)
    parser.add_argument("--shoppers", type=int, default=3_000)
    parser.add_argument("--people", type=int, default=200, help="new shoppers of each seed")
    parser.add_argument("--choosing", action="store_true", help="the seeds that settings are chosen by")
    given = parser.parse_args()
    print(json.dumps(machine()))
    found: Rows = {}
    for seed in CHOOSING if given.choosing else REPORTING:
        with stage(seed, given.products, given.shoppers) as here:
            for name, values in watch(here, given.people).items():
                found.setdefault(name, []).extend(values)
    show(found)


def watch(here: Stage, people: int) -> Rows:
    """What lists are worth to newcomers, by list, a value a shopper."""
    likes, shelves = newcomers(here, people), Shelves(here.shop)
    lists = {f"popular, half-life {days:g} d": popular(here, days)[:SHOWN] for days in (ALL_THE_TIME, LATELY)}
    random = np.random.default_rng([here.likes.seed, 41])
    found: Rows = {}
    for row in range(people):
        attraction = likes.attraction(row)
        there = np.flatnonzero(here.shop.in_stock)
        own = {
            **lists,
            "by chance": [here.shop.ids[place] for place in random.permutation(there)[:SHOWN].tolist()],
            "best": likes.best(attraction, SHOWN),
            **recommended(here.engine, likes, row, first_visit(likes, shelves, row, here.about.end, AFTER[-1])),
        }
        for name, products in own.items():
            found.setdefault(name, []).append(likes.value(attraction, products))
    return found


def recommended(engine: Engine, likes: TrueLikes, row: int, events: Sequence[Event]) -> dict[str, list[str]]:
    """The shopper's ``for-you`` after each number of acts, as their events arrive one by one."""
    who = Who(session=session_of(likes.shoppers[row]))
    lists, told, begun = {}, 0, 0
    for acts in AFTER:
        while told < acts:
            event = events[begun]
            engine.record_events([event])
            begun += 1
            told += event.name in ACTS
        answer = engine.recommend(RecommendRequest(Surface.FOR_YOU, who, limit=SHOWN))
        lists[f"for-you after {acts}"] = [one.hit.product.id for one in answer.hits]
    return lists


def show(found: Rows) -> None:
    """Every list's worth, and that of for-you over the better popularity."""
    for name, values in found.items():
        tell(name, values)
    popularity = max((name for name in found if name.startswith("popular")), key=lambda name: np.mean(found[name]))
    common = np.array(found[popularity])
    for acts in AFTER:
        own = np.array(found[f"for-you after {acts}"])
        tell(
            f"for-you after {acts} over {popularity}",
            (own - common).tolist(),
            gain=f"{own.mean() / common.mean() - 1:+.1%}",
        )


if __name__ == "__main__":
    main()
