"""Invented shoppers: what they search for, what each of them likes, and how far down a page they look.

A world knows the truth that a log only hints at, so that what is estimated or learned from its logs (see
``sessions.py``) can be held against it: ``true_value`` gives the value of any ranking in closed form.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.errors import InputError

Floats: TypeAlias = NDArray[np.float64]

Rankings: TypeAlias = Sequence[NDArray[np.integer]]
"""By query, the places of its candidates, best first: (candidates,) for everybody or (shoppers, candidates)."""

SIGNALS: Final = ("cheapness", "sentiment", "brand a", "brand b", "brand c")
"""The signals of an invented world, and, in this order, the tastes of its shoppers."""

_SALT: Final = 1


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How shoppers act on a page.

    Position k of ``depth`` is looked at with the chance (1/k)**``eta``; in a ``cascade`` shoppers look from the top
    down and leave with the first click instead. What is looked at is clicked where it attracts, the other way round
    in the share ``noise`` of cases. A click leads to an order with the chance ``conversion`` x attractiveness.
    """

    eta: float = 1.0
    depth: int = 10
    noise: float = 0.0
    conversion: float = 0.2
    cascade: bool = False

    @property
    def examination(self) -> Floats:
        """The chance of a look by position, (depth,); all 1 in a cascade, where it depends on the clicks above."""
        return np.ones(self.depth) if self.cascade else np.arange(1, self.depth + 1, dtype=np.float64) ** -self.eta

    def clicked(self, attractiveness: Floats) -> Floats:
        """The chance of a click on what is looked at."""
        return attractiveness * (1 - self.noise) + (1 - attractiveness) * self.noise


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """Queries with their candidates, and shoppers with their tastes.

    ``weights`` (queries,) are how often each is asked; ``products`` the ids of each query's candidates;
    ``attractiveness`` their chance (candidates,) to attract the shopper without a taste. A shopper's taste (a row of
    ``tastes``, (shoppers, signals)) times the candidates' ``signals`` (candidates, signals) moves it, in log-odds.
    Every shopper searches equally often. Raises InputError where the parts do not fit together.
    """

    queries: Sequence[str]
    weights: Floats
    products: Sequence[Sequence[str]]
    attractiveness: Sequence[Floats]
    signals: Sequence[Floats] | None = None
    tastes: Floats | None = None
    behaviour: Behaviour = field(default_factory=Behaviour)

    def __post_init__(self) -> None:
        sizes = [len(one) for one in self.products]
        _fits("weights", len(self.weights), len(self.queries))
        _fits("products", len(sizes), len(self.queries))
        _fits("products", [len(set(one)) for one in self.products], sizes)
        _fits("attractiveness", [len(one) for one in self.attractiveness], sizes)
        if not all(((one >= 0) & (one <= 1)).all() for one in self.attractiveness):
            raise InputError("no chances", field="attractiveness", expected="numbers from 0 to 1")
        if (self.weights < 0).any() or not self.weights.sum() > 0:
            raise InputError("no frequencies", field="weights", expected="numbers of at least 0, one above 0")
        if (self.signals is None) != (self.tastes is None):
            raise InputError("signals and tastes belong together", field="tastes", expected="both or neither")
        if self.signals is not None and self.tastes is not None:
            _fits("signals", [one.shape for one in self.signals], [(size, self.tastes.shape[1]) for size in sizes])

    @property
    def shares(self) -> Floats:
        """How often each query is asked, summing to 1, (queries,)."""
        shares: Floats = self.weights / self.weights.sum()
        return shares

    @property
    def shoppers(self) -> int:
        """How many shoppers differ; one without tastes."""
        return 1 if self.tastes is None else len(self.tastes)

    def attraction(self, query: int) -> Floats:
        """The chance that each candidate attracts each shopper, (shoppers, candidates)."""
        base = log_odds(self.attractiveness[query])
        if self.signals is None or self.tastes is None:
            return chance(base)[None]
        return chance(base + self.tastes @ self.signals[query].T)


@dataclass(frozen=True, slots=True)
class TrueValue:
    """What one search is worth on average: clicks, orders, and ``utility``, the attractive products looked at."""

    clicks: float
    orders: float
    utility: float


def true_value(world: World, rankings: Rankings) -> TrueValue:
    """The value of rankings under the known shoppers, exact. Raises InputError for rankings of other queries."""
    _fits("rankings", len(rankings), len(world.queries))
    values = [_query_value(world, query, ranking) for query, ranking in enumerate(rankings)]
    clicks, orders, utility = (world.shares @ np.array(values)).tolist()
    return TrueValue(clicks, orders, utility)


def _query_value(world: World, query: int, ranking: NDArray[np.integer]) -> tuple[float, float, float]:
    acts = world.behaviour
    attraction = world.attraction(query)
    places = np.broadcast_to(ranking, (len(attraction), ranking.shape[-1]))[:, : acts.depth]
    shown = np.take_along_axis(attraction, places, axis=1)
    clicked = acts.clicked(shown)
    looked: Floats = np.broadcast_to(acts.examination[: shown.shape[1]], shown.shape)
    if acts.cascade:
        looked = np.cumprod(np.hstack([np.ones((len(shown), 1)), 1 - clicked[:, :-1]]), axis=1, dtype=np.float64)
    clicks = looked * clicked
    totals = (clicks, acts.conversion * clicks * shown, looked * shown)
    first, second, third = (float(total.sum(axis=1).mean()) for total in totals)
    return first, second, third


def rank_by(scores: Sequence[Floats]) -> Rankings:
    """Rankings by falling scores, ties as they stand: (candidates,) or (shoppers, candidates) a query."""
    return [np.argsort(-one, axis=-1, kind="stable") for one in scores]


def best_rankings(world: World, personal: bool = False) -> Rankings:
    """The rankings of the highest true value: one for everybody, or one for each shopper."""
    attraction = [world.attraction(query) for query in range(len(world.queries))]
    return rank_by(attraction if personal else [one.mean(axis=0) for one in attraction])


def invent_world(
    seed: int,
    *,
    queries: int = 200,
    candidates: int = 30,
    shoppers: int = 1_000,
    taste: float = 1.0,
    behaviour: Behaviour | None = None,
) -> World:
    """A world from a seed: queries by Zipf's law, a few attractive candidates among many, tastes of spread ``taste``.

    Its signals are SIGNALS; they also move the common attractiveness, so that a ranker can learn from them.
    """
    # A number of its own beside the seed, so that a log from the same seed owes nothing to the same draws.
    random = np.random.default_rng([seed, _SALT])
    common = np.array([0.4, 0.8, 0.3, 0.0, -0.3])
    signals = [_invent_signals(random, candidates) for _ in range(queries)]
    topical = random.normal(-2.0, 1.0, (queries, candidates))
    return World(
        queries=[f"query {number}" for number in range(queries)],
        weights=1.0 / np.arange(1, queries + 1),
        products=[[f"p{query}-{place}" for place in range(candidates)] for query in range(queries)],
        attractiveness=[chance(own + one @ common) for own, one in zip(topical, signals, strict=True)],
        signals=signals,
        tastes=taste * random.normal(0.0, [0.8, 0.5, 0.5, 0.5, 0.5], (shoppers, len(SIGNALS))),
        behaviour=behaviour or Behaviour(),
    )


def chance(odds: Floats) -> Floats:
    """The chance of log-odds; minus infinity gives 0."""
    with np.errstate(over="ignore"):
        found: Floats = 1 / (1 + np.exp(-odds))
    return found


def log_odds(chances: Floats) -> Floats:
    """The log-odds of chances; 0 gives minus infinity and 1 infinity."""
    with np.errstate(divide="ignore"):
        found: Floats = np.log(chances) - np.log1p(-chances)
    return found


def _invent_signals(random: np.random.Generator, candidates: int) -> Floats:
    brands = np.eye(4)[random.integers(0, 4, candidates)][:, :3]
    return np.hstack([random.normal(size=(candidates, 2)), brands])


def _fits(name: str, found: object, expected: object) -> None:
    if found != expected:
        raise InputError(f"{name} do not fit the queries", field=name, found=found, expected=str(expected)[:80])
