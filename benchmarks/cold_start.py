"""How much of a new shopper a few events tell: what ``for-you`` is truly worth to them, against popularity.

    python benchmarks/cold_start.py [--products 1200] [--shoppers 3000] [--people 200] [--models factors sequence]

Shops of four seeds with the events of their crowds in the log, and recommenders trained on it. Shoppers who were never
there look around; after 0, 1, 2, 3, 5 and 10 things that they did, ``for-you`` is asked for. A list is worth the chance
that each product attracts the shopper, times the chance that its position is looked at, exactly (``TrueLikes.value``).
Beside it stand the products most viewed (over all the time and lately, whichever is worth more), products by chance,
and the best there are; as ``for-you`` leaves out what the shopper has seen, so do they. Two seeds are for choosing
settings by (``--choosing``), two for reporting. Intervals are bootstrapped over shoppers.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence

import numpy as np
from crowds import ACTS, Stage, first_visit, newcomers, popular, session_of, stage, tell
from shops import machine

from bowerbird.demo.crowd.shelves import Shelves
from bowerbird.demo.crowd.true_likes import TrueLikes
from bowerbird.domain.event import Event, EventName, Who
from bowerbird.domain.recommendation import RecommendRequest, Surface
from bowerbird.engine.engine import Engine

CHOOSING, REPORTING = (11, 12), (21, 22)
AFTER = (0, 1, 2, 3, 5, 10)
SHOWN = 12
HALF_LIVES = (365.0, 4.0)
"""In days, of the views that popularity counts."""
FOR_YOU = "for-you"
Rows = dict[tuple[int, str], list[float]]


def main() -> None:
    """Let shoppers in, ask for lists, and print a figure a line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--products", type=int, default=1_200)
    parser.add_argument("--shoppers", type=int, default=3_000)
    parser.add_argument("--people", type=int, default=200, help="new shoppers of each seed")
    parser.add_argument("--models", nargs="*", default=["factors", "sequence"], help="recommenders to train")
    parser.add_argument("--choosing", action="store_true", help="the seeds that settings are chosen by")
    given = parser.parse_args()
    print(json.dumps(machine()))
    found: Rows = {}
    for seed in CHOOSING if given.choosing else REPORTING:
        with stage(seed, given.products, given.shoppers, given.models) as here:
            for name, values in watch(here, given.people).items():
                found.setdefault(name, []).extend(values)
    show(found)


def watch(here: Stage, people: int) -> Rows:
    """What lists are worth to newcomers, by number of acts and list, a value a shopper."""
    likes, shelves = newcomers(here, people), Shelves(here.shop)
    common = {days: popular(here, days) for days in HALF_LIVES}
    random = np.random.default_rng([here.likes.seed, 41])
    found: Rows = {}
    for row in range(people):
        attraction = likes.attraction(row)
        best = likes.best(attraction, len(here.shop))
        others = {f"popular, half-life {days:g} d": names for days, names in common.items()}
        others |= {"by chance": random.permutation(best).tolist(), "best": best}
        events = first_visit(likes, shelves, row, here.about.end, AFTER[-1])
        for acts, products, seen in recommended(here.engine, likes, row, events):
            found.setdefault((acts, FOR_YOU), []).append(likes.value(attraction, products))
            for name, ranked in others.items():
                fresh = [product for product in ranked if product not in seen][:SHOWN]
                found.setdefault((acts, name), []).append(likes.value(attraction, fresh))
    return found


def recommended(
    engine: Engine, likes: TrueLikes, row: int, events: Sequence[Event]
) -> Iterator[tuple[int, list[str], set[str]]]:
    """After each number of acts, as events arrive one by one, the shopper's ``for-you`` and what they have seen."""
    who = Who(session=session_of(likes.shoppers[row]))
    seen: set[str] = set()
    left, told = iter(events), 0
    for acts in AFTER:
        while told < acts:
            event = next(left)
            engine.record_events([event])
            told += event.name in ACTS
            seen |= {item.product for item in event.items if event.name in (*ACTS, EventName.SELECT_ITEM)}
        answer = engine.recommend(RecommendRequest(Surface.FOR_YOU, who, limit=SHOWN))
        yield acts, [one.hit.product.id for one in answer.hits], set(seen)


def show(found: Rows) -> None:
    """Every list's worth, and that of for-you over the better popularity."""
    for (acts, name), values in found.items():
        tell(f"after {acts}: {name}", values)
    for acts in AFTER:
        names = [name for after, name in found if after == acts and name.startswith("popular")]
        common = max((found[acts, name] for name in names), key=np.mean)
        own = np.array(found[acts, FOR_YOU])
        gain = f"{own.mean() / np.mean(common) - 1:+.1%}"
        tell(f"after {acts}: {FOR_YOU} over popularity", (own - common).tolist(), gain=gain)


if __name__ == "__main__":
    main()
