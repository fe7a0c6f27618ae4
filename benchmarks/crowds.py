"""Crowds of invented shoppers in real shops: what the benchmarks of personal ranking and recommendations share."""

from __future__ import annotations

import json
import shutil
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import numpy as np
from shops import WORK

from bowerbird.demo.crowd.assortment import Assortment, read_assortment
from bowerbird.demo.crowd.files import About, read_about, read_events, read_shoppers
from bowerbird.demo.crowd.shelves import Shelves
from bowerbird.demo.crowd.tastes import Shopper, invent_shopper
from bowerbird.demo.crowd.true_likes import TrueLikes
from bowerbird.demo.crowd.visit import DAY, Mind, Visit, weigh_kinds
from bowerbird.demo.flow import DemoSettings, make_demo
from bowerbird.domain.event import Event, EventName, Who
from bowerbird.engine.assemble import open_shop
from bowerbird.engine.engine import Engine
from bowerbird.measure.intervals import mean_interval

ACTS = (EventName.VIEW_ITEM, EventName.ADD_TO_CART, EventName.ADD_TO_WISHLIST, EventName.PURCHASE)
"""What counts as something that a shopper did: what they are shown, and that they open it, comes with these."""
_FRESH = 0.5 * DAY


@dataclass(frozen=True)
class Stage:
    """An open shop and the truth about those who shop there; ``sessions`` are by shopper."""

    engine: Engine
    about: About
    likes: TrueLikes
    sessions: tuple[tuple[str, ...], ...]
    events: list[Event]

    @property
    def shop(self) -> Assortment:
        """Its products."""
        return self.likes.assortment

    def who(self, row: int) -> Who:
        """How a shopper comes back: with their account, or on the device they had."""
        shopper = self.likes.shoppers[row]
        return Who(shopper.user) if shopper.user else Who(session=self.sessions[row][0])


@contextmanager
def stage(
    seed: int, products: int, shoppers: int, models: Sequence[str] = (), until: float | None = None
) -> Iterator[Stage]:
    """A shop of a seed with its crowd, made once, and anew when its events do not end about now.

    What is opened is a copy, so that what is done to it is gone afterwards. With ``until`` its log holds only what was
    done more than so many days before the end. ``models`` are the sorts of recommenders that are trained on the log.
    """
    folder = WORK / f"crowd-{seed}-{products}-{shoppers}"
    if (folder / "shoppers" / "about.json").is_file() and time.time() - read_about(folder / "shoppers").end > _FRESH:
        shutil.rmtree(folder)
    demo = make_demo(folder, DemoSettings(products, seed, pictures=False, shoppers=shoppers, learn=False))
    known, sessions = zip(*read_shoppers(demo.shoppers), strict=True)
    likes = TrueLikes(read_assortment(demo.catalogue, seed), known, seed)
    about, events = read_about(demo.shoppers), list(read_events(demo.shoppers))
    with TemporaryDirectory(dir=WORK) as copy:
        shop = Path(copy) / "shop"
        shutil.copytree(demo.shop, shop)
        if until is not None:
            for log in shop.glob("events.db*"):
                log.unlink()
        engine = open_shop(shop)
        try:
            if until is not None:
                record(engine, [event for event in events if about.end - event.at > until * DAY])
            for sort in models:
                engine.recommender_training.train(sort, promote=True)
            engine.start()
            yield Stage(engine, about, likes, sessions, events)
        finally:
            engine.close()


def record(engine: Engine, events: Sequence[Event]) -> None:
    """Record many events."""
    for start in range(0, len(events), 2_000):
        engine.record_events(events[start : start + 2_000])


def returning(stage: Stage, least: int) -> list[int]:
    """Shoppers of whom the log tells at least so many acts, by row."""
    rows = {name: row for row, names in enumerate(stage.sessions) for name in names}
    acts = Counter(rows[event.who.session] for event in stage.events if event.consent and event.name in ACTS)
    return [row for row, count in sorted(acts.items()) if count >= least]


def newcomers(stage: Stage, count: int) -> TrueLikes:
    """The truth about shoppers who have never been there, on devices of their own."""
    first = stage.about.shoppers
    made = (invent_shopper(stage.likes.seed, number, stage.about.days) for number in range(first, first + count))
    return TrueLikes(stage.shop, [replace(one, user="", consent=True) for one in made], stage.likes.seed)


def first_visit(likes: TrueLikes, shelves: Shelves, row: int, end: float, acts: int) -> list[Event]:
    """What a newcomer does in the last hour before ``end``, up to so many acts; each strolls until it is done."""
    shopper = likes.shoppers[row]
    kind, rest = likes.parts(row)
    rng = Random(f"{likes.seed} {shopper.number} first visit")
    mind = Mind(shopper, kind.tolist(), rest.tolist(), weigh_kinds(shopper, likes.assortment))
    at, told = end - 3_000.0, []
    while sum(event.name in ACTS for event in told) < acts:
        visit = Visit(mind, shelves, likes.seed, at, end, session_of(shopper), rng)
        visit.run(mind.want(rng))
        told += visit.events
        at = visit.at
    return told


def session_of(shopper: Shopper) -> str:
    """The session of a newcomer."""
    return f"device-{shopper.number + 1}"


def popular(stage: Stage, half_life: float) -> list[str]:
    """All products that can be bought, by their views, which count half as much with every ``half_life`` days."""
    counts: Counter[str] = Counter()
    for event in stage.events:
        if event.name is EventName.VIEW_ITEM:
            counts[event.items[0].product] += 2 ** (-(stage.about.end - event.at) / DAY / half_life)  # type: ignore[assignment]
    there = {name for name, stock in zip(stage.shop.ids, stage.shop.in_stock, strict=True) if stock}
    return [name for name, _ in counts.most_common() if name in there]


def tell(name: str, values: Sequence[float], **more: object) -> None:
    """One figure with its 95% interval over shoppers, as a line of JSON."""
    found = mean_interval([float(one) for one in values])
    bounds = {"mean": round(found.mean, 4), "low": round(found.low, 4), "high": round(found.high, 4)}
    print(json.dumps({"figure": name, **bounds, "shoppers": found.count, **more}), flush=True)


def owned(stage: Stage) -> dict[int, set[str]]:
    """What each shopper bought, by row."""
    rows = {name: row for row, names in enumerate(stage.sessions) for name in names}
    bought: dict[int, set[str]] = {}
    for event in stage.events:
        if event.name is EventName.PURCHASE and event.consent:
            bought.setdefault(rows[event.who.session], set()).update(item.product for item in event.items)
    return bought


def drawn(rows: Sequence[int], count: int, seed: int) -> list[int]:
    """Some of the shoppers, by chance."""
    order = np.random.default_rng([seed, 31]).permutation(len(rows))
    return [rows[place] for place in order[:count].tolist()]
