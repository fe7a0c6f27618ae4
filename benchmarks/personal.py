"""What personal ranking is truly worth to invented shoppers, and whether what they ask for stays first.

    python benchmarks/personal.py [--products 1200] [--shoppers 3000] [--people 150] [--queries 6]

Shops of four seeds, each with a crowd whose tastes are known (``bowerbird.demo.crowd``) and its three months of events
in the log, searched through the engine. A list is worth the chance that each product attracts the shopper, times the
chance that its position is looked at (``TrueLikes.value``), exactly. Everybody searches as themselves and as nobody:
who came back, with their history in the log, and who is there for the first time, after five acts of one visit.

How far taste may move a product (``score.personal``) is chosen on two seeds and there on every other shopper, and
reported on two others and the other half of shoppers. Intervals are bootstrapped over shoppers.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

import numpy as np
from crowds import Stage, drawn, first_visit, newcomers, owned, returning, session_of, stage, tell
from shops import machine

from bowerbird.demo.crowd.shelves import Shelves
from bowerbird.demo.crowd.true_likes import TrueLikes
from bowerbird.demo.crowd.visit import weigh_kinds
from bowerbird.demo.kinds import KINDS
from bowerbird.demo.look import COLOURS
from bowerbird.demo.shop_world import AskedFor
from bowerbird.domain.event import Who
from bowerbird.domain.query import Query, Wish
from bowerbird.engine.engine import Engine

CHOSEN_ON, REPORTED_ON = (11, 12), (21, 22)
EXPONENTS = (0.0, 0.25, 0.5, 1.0, 1.5, 2.0)
KNOB = "score.personal"
FIRST = 10
SHOWN = 12
ACTS = 5
LOST = 0.005
"""How much smaller the share of the asked kind may be among the first ten."""


@dataclass
class Gains:
    """By exponent, what every shopper's searches are worth on average, and the share of the asked kind."""

    values: dict[float, list[float]] = field(default_factory=dict)
    shares: dict[float, list[float]] = field(default_factory=dict)
    best: list[float] = field(default_factory=list)

    def add(self, other: Gains) -> None:
        """Those of another crowd."""
        for own, others in ((self.values, other.values), (self.shares, other.shares)):
            for exponent, more in others.items():
                own.setdefault(exponent, []).extend(more)
        self.best += other.best


def main() -> None:
    """Choose, report and print, a figure a line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--products", type=int, default=1_200)
    parser.add_argument("--shoppers", type=int, default=3_000)
    parser.add_argument("--people", type=int, default=150, help="shoppers of each sort and seed")
    parser.add_argument("--queries", type=int, default=6, help="searches of each")
    given = parser.parse_args()
    print(json.dumps(machine()))
    train = gather(CHOSEN_ON, given, EXPONENTS, half=0)
    for sort, gains in train.items():
        for exponent in EXPONENTS:
            show(f"choosing: {sort}, {KNOB} {exponent:g}", gains, exponent)
    chosen = choose(list(train.values()))
    print(json.dumps({"chosen": {KNOB: chosen}}), flush=True)
    for sort, gains in gather(REPORTED_ON, given, tuple(dict.fromkeys((0.0, 1.0, chosen))), half=1).items():
        for exponent in gains.values:
            show(f"reported: {sort}, {KNOB} {exponent:g}", gains, exponent)


def choose(sorts: Sequence[Gains]) -> float:
    """The exponent that gains most over both sorts of shoppers and keeps the asked kind first."""
    worth = {}
    for exponent in EXPONENTS:
        lost = [float(np.mean(one.shares[0.0]) - np.mean(one.shares[exponent])) for one in sorts]
        if max(lost) <= LOST:
            worth[exponent] = sum(float(np.mean(one.values[exponent])) for one in sorts)
    return max(worth, key=worth.__getitem__)


def show(name: str, gains: Gains, exponent: float) -> None:
    """The gain over none with its interval, relative to none, and the share of the asked kind."""
    none, own = np.array(gains.values[0.0]), np.array(gains.values[exponent])
    tell(
        name, (own - none).tolist(), none=round(float(none.mean()), 4), gain=f"{own.mean() / none.mean() - 1:+.1%}",
        of_possible=round(float((own - none).sum() / (np.array(gains.best) - none).sum()), 3),
        asked_kind=[round(float(np.mean(gains.shares[one])), 4) for one in (0.0, exponent)],
    )  # fmt: skip


def gather(seeds: Sequence[int], given: argparse.Namespace, exponents: Sequence[float], half: int) -> dict[str, Gains]:
    """Everybody's searches in the shops of some seeds, by sort of shopper."""
    found = {"returning": Gains(), "first visit": Gains()}
    for seed in seeds:
        with stage(seed, given.products, given.shoppers) as here:
            rows = [row for row in returning(here, ACTS) if row % 2 == half]
            known = {row: here.who(row) for row in drawn(rows, given.people, seed)}
            found["returning"].add(search(here.engine, here.likes, known, given.queries, exponents, owned(here)))
            likes = newcomers(here, 2 * given.people)
            visitors = visit(here, likes, range(half, 2 * given.people, 2))
            found["first visit"].add(search(here.engine, likes, visitors, given.queries, exponents, {}))
    return found


def visit(here: Stage, likes: TrueLikes, rows: Sequence[int]) -> dict[int, Who]:
    """Let newcomers look around; what they did is in the log afterwards."""
    shelves = Shelves(likes.assortment)
    for row in rows:
        here.engine.record_events(first_visit(likes, shelves, row, here.about.end, ACTS))
    return {row: Who(session=session_of(likes.shoppers[row])) for row in rows}


def search(
    engine: Engine,
    likes: TrueLikes,
    shoppers: Mapping[int, Who],
    queries: int,
    exponents: Sequence[float],
    had: Mapping[int, Collection[str]],
) -> Gains:
    """What each shopper's searches are worth with each exponent, the mean over their queries.

    ``had`` is what they bought already: what lasts is not wanted twice.
    """
    gains = Gains()
    asked = {row: ask(likes, row, queries) for row in shoppers}
    attractions = {row: [likes.attraction(row, one, owned=had.get(row, ())) for one in asked[row]] for row in shoppers}
    gains.best = [
        float(np.mean([likes.value(own, likes.best(own, SHOWN)) for own in attractions[row]])) for row in shoppers
    ]
    kinds = dict(zip(likes.assortment.ids, likes.assortment.kinds, strict=True))
    for exponent in exponents:
        engine.ranker.set({KNOB: exponent})
        values, shares = gains.values.setdefault(exponent, []), gains.shares.setdefault(exponent, [])
        for row, who in shoppers.items():
            lists = [find(engine, one, who if exponent else Who()) for one in asked[row]]
            values.append(float(np.mean([likes.value(*pair) for pair in zip(attractions[row], lists, strict=True)])))
            right = [
                kinds[name] == one.kind for one, found in zip(asked[row], lists, strict=True) for name in found[:FIRST]
            ]
            shares.append(float(np.mean(right)))
    engine.ranker.set({})
    return gains


def find(engine: Engine, asked: AskedFor, who: Who) -> list[str]:
    """The first products that a shopper is shown for what they ask."""
    query = Query(Wish(asked.text), per_page=SHOWN, who=who)
    return [hit.product.id for hit in engine.search(query).hits]


def ask(likes: TrueLikes, row: int, count: int) -> list[AskedFor]:
    """What a shopper looks for: kinds as often as they want them, half of them in some colour of the shop's."""
    shopper, shop = likes.shoppers[row], likes.assortment
    rng = Random(f"{likes.seed} {shopper.number} queries")
    wants = weigh_kinds(shopper, shop)
    asked = []
    for kind in rng.choices(tuple(wants), tuple(wants.values()), k=count):
        name = rng.choice(KINDS[kind].called(shopper.language))
        colours = [colour for place, own in enumerate(shop.colours) if shop.kinds[place] == kind for colour in own]
        if not KINDS[kind].names_colour or rng.random() < 0.5:
            asked.append(AskedFor(name, kind))
            continue
        colour = rng.choice(colours)
        words = f"{COLOURS[colour].chinese}{name}" if shopper.language == "zh" else f"{colour} {name}"
        asked.append(AskedFor(words, kind, colour))
    return asked


if __name__ == "__main__":
    main()
