"""Sessions of invented shoppers: a ranker shows, they look, click and order, and a log comes out.

A ranker is a function from the queries and shoppers of many sessions to what each is shown, with the chance it had
to be shown there: ``fixed``, ``swapped``, ``plackett_luce`` and ``interleaved`` make one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from bowerbird.demo.shoppers import Floats, Rankings, World, chance, log_odds
from bowerbird.domain.errors import InputError
from bowerbird.measure.click_log import TEAMS, ClickTable, positions_from
from bowerbird.measure.interleaving import team_draft

Numbers: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """What sessions are shown: places among their query's candidates, (sessions, depth), -1 below the last one.

    ``propensities`` are the chances with which the ranker puts this candidate at this position for this query and
    shopper; ``teams`` are places in TEAMS.
    """

    places: Numbers
    propensities: Floats | None = None
    teams: NDArray[np.int8] | None = None


Ranker: TypeAlias = Callable[[Numbers, Numbers, np.random.Generator], Shown]
"""Queries and shoppers by number, each (sessions,), and the source of chance in, what is shown out."""

_SALT: Final = 2
_CHUNK: Final = 20_000
_VARIANTS: Final = 64
_STEP: Final = 0.5
_RAREST: Final = 1e-9


def simulate(world: World, ranker: Ranker, sessions: int, seed: int, arm: str = "") -> ClickTable:
    """The log of so many searches; the same for the same seed. Memory is bounded by the log itself."""
    random = np.random.default_rng([seed, _SALT])
    padded = _pad(world)
    parts = []
    for start in range(0, sessions, _CHUNK):
        size = min(_CHUNK, sessions - start)
        query = random.choice(len(world.queries), size, p=world.shares)
        shopper = random.integers(0, world.shoppers, size)
        parts.append(_visit(world, padded, query, shopper, ranker(query, shopper, random), random))
    return _table(world, padded, parts, arm)


def fixed(world: World, rankings: Rankings) -> Ranker:
    """Show the rankings as they are; every propensity is 1."""
    rows = _pad_rankings(world, rankings)

    def rank(query: Numbers, shopper: Numbers, random: np.random.Generator) -> Shown:
        places = _choose(rows, query, shopper)
        return Shown(places, np.ones(places.shape))

    return rank


def swapped(world: World, rankings: Rankings, swap: float = 0.5) -> Ranker:
    """Swap neighbours with the chance ``swap``, in pairs that begin at position 1 or 2 by a coin; propensities exact.

    Radlinski and Joachims, Minimally invasive randomization for collecting unbiased preferences, AAAI 2006.
    """
    rows = _pad_rankings(world, rankings, extra=1)

    def rank(query: Numbers, shopper: Numbers, random: np.random.Generator) -> Shown:
        base = _choose(rows, query, shopper)
        depth = world.behaviour.depth
        # Whoever has no neighbour to swap with stays: the first where pairs begin at 2, the last without a partner.
        spots = np.arange(depth + 1)
        begins = random.integers(0, 2, len(base))[:, None]
        first = (spots >= begins) & ((spots - begins) % 2 == 0) & (spots < depth)
        first[:, :-1] &= base[:, 1:] >= 0
        moved = first & (random.random(first.shape) < swap)
        order = np.where(moved, spots + 1, spots)
        order[:, 1:] = np.where(moved[:, :-1], spots[:-1], order[:, 1:])
        order = order[:, :depth]
        places = np.take_along_axis(base, order, axis=1)
        # A candidate is paired with the one above by one side of the coin and with the one below by the other.
        below = np.take_along_axis(base, np.minimum(order + 1, depth), axis=1) >= 0
        partners = (order > 0).astype(np.float64) + below
        return Shown(places, np.where(order == spots[:depth], 1 - swap * partners / 2, swap / 2))

    return rank


def plackett_luce(world: World, scores: Sequence[Floats], temperature: float) -> Ranker:
    """Draw rankings from scores (candidates,) a query, surer the lower the temperature (Plackett 1975); exact chances.

    Sampled by Gumbel noise on the scores (Yellott 1977).
    """
    depth = world.behaviour.depth
    table = np.full((len(scores), max(map(len, scores))), -np.inf)
    chances = np.ones((*table.shape, depth))
    for query, own in enumerate(scores):
        table[query, : len(own)] = own / temperature
        chances[query, : len(own)] = position_chances(table[query, : len(own)], depth)

    def rank(query: Numbers, shopper: Numbers, random: np.random.Generator) -> Shown:
        places = _draw(table[query], depth, random)
        # What is drawn has a chance, though rounding may have lost it.
        return Shown(places, np.maximum(chances[query[:, None], places, np.arange(depth)], _RAREST))

    return rank


def position_chances(scores: Floats, depth: int) -> Floats:
    """The chance of each candidate to be drawn at each position by Plackett and Luce, (candidates, depth).

    Drawing is a race of exponential times with the rates exp(score): a candidate that arrives at t stands at k when
    k - 1 of the others have arrived. The integral over log t is by the trapezoid rule, exact to about 1e-8.
    """
    grid = np.arange(-scores.max() - 20, -scores.min() + 4, _STEP)
    passed = np.exp(scores[:, None] + grid)
    density = passed * np.exp(-passed)
    arrived = -np.expm1(-passed)
    before = np.zeros((depth, len(scores), len(grid)))
    before[0] = 1.0
    for other, gone in enumerate(arrived):
        share = np.broadcast_to(gone, before.shape[1:]).copy()
        share[other] = 0.0
        before[1:] = before[1:] * (1 - share) + before[:-1] * share
        before[0] *= 1 - share
    found: Floats = np.einsum("kig,ig->ik", before, density) * _STEP
    return found


def interleaved(world: World, first: Rankings, second: Rankings) -> Ranker:
    """Team-draft interleaving of two rankings for everybody, from a stock of drafts a query; the first is ``a``."""
    depth = world.behaviour.depth
    places = np.full((len(world.queries), _VARIANTS, depth), -1, np.int64)
    teams = np.zeros(places.shape, np.int8)
    for query, rankings in enumerate(zip(first, second, strict=True)):
        names = [[str(place) for place in ranking.tolist()] for ranking in rankings]
        for variant in range(_VARIANTS):
            # Every other draft mirrors the one before, or the coins of a small stock would favour a side.
            sides = (TEAMS.index("b"), TEAMS.index("a")) if variant % 2 else (TEAMS.index("a"), TEAMS.index("b"))
            one, other = names[::-1] if variant % 2 else names
            draft = team_draft(one, other, depth=depth, seed=f"{query} {variant // 2}")
            places[query, variant, : len(draft.products)] = [int(name) for name in draft.products]
            teams[query, variant, : len(draft.teams)] = [sides[team == "b"] for team in draft.teams]

    def rank(query: Numbers, shopper: Numbers, random: np.random.Generator) -> Shown:
        variant = random.integers(0, _VARIANTS, len(query))
        return Shown(places[query, variant], None, teams[query, variant])

    return rank


@dataclass(frozen=True, slots=True, eq=False)
class _Padded:
    """A world as rectangles, (queries, widest, ...); ``code`` points into the names of products."""

    names: tuple[str, ...]
    code: NDArray[np.int32]
    odds: Floats
    signals: Floats | None


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    query: Numbers
    shopper: Numbers
    shown: Shown
    click: NDArray[np.bool_]
    order: NDArray[np.bool_]


def _pad(world: World) -> _Padded:
    width = max(map(len, world.products))
    names: dict[str, int] = {}
    code = np.full((len(world.queries), width), -1, np.int32)
    odds = np.full(code.shape, -np.inf)
    signals = None if world.tastes is None else np.zeros((*code.shape, world.tastes.shape[1]))
    for query, products in enumerate(world.products):
        code[query, : len(products)] = [names.setdefault(name, len(names)) for name in products]
        odds[query, : len(products)] = log_odds(world.attractiveness[query])
        if signals is not None and world.signals is not None:
            signals[query, : len(products)] = world.signals[query]
    return _Padded(tuple(names), code, odds, signals)


def _visit(
    world: World, padded: _Padded, query: Numbers, shopper: Numbers, shown: Shown, random: np.random.Generator
) -> _Part:
    acts = world.behaviour
    odds = padded.odds[query[:, None], shown.places]
    if padded.signals is not None and world.tastes is not None:
        odds = odds + np.einsum("nks,ns->nk", padded.signals[query[:, None], shown.places], world.tastes[shopper])
    attraction = np.where(shown.places >= 0, chance(odds), 0.0)
    there = shown.places >= 0
    looked = random.random(odds.shape) < acts.examination
    click = there & looked & (random.random(odds.shape) < acts.clicked(attraction))
    if acts.cascade:
        click &= np.cumsum(click, axis=1) == 1
    order = click & (random.random(odds.shape) < acts.conversion * attraction)
    return _Part(query, shopper, shown, click, order)


def _table(world: World, padded: _Padded, parts: Sequence[_Part], arm: str) -> ClickTable:
    if not parts:
        raise InputError("no sessions to simulate", field="sessions", found=0, expected="at least 1")
    there = np.concatenate([part.shown.places >= 0 for part in parts])
    query = np.concatenate([part.query for part in parts])
    shopper = np.concatenate([part.shopper for part in parts])
    places = np.concatenate([part.shown.places for part in parts])
    starts = np.concatenate([[0], np.cumsum(there.sum(axis=1))]).astype(np.int64)
    teams = [np.zeros(part.click.shape, np.int8) if part.shown.teams is None else part.shown.teams for part in parts]
    chances = [part.shown.propensities for part in parts if part.shown.propensities is not None]
    return ClickTable(
        queries=tuple(world.queries),
        products=padded.names,
        shoppers=tuple(f"shopper {number}" for number in range(world.shoppers)),
        arms=(arm,),
        starts=starts,
        query=query.astype(np.int32),
        shopper=shopper.astype(np.int32),
        arm=np.zeros(len(query), np.int32),
        product=padded.code[query[:, None], places][there],
        position=positions_from(starts),
        click=np.concatenate([part.click for part in parts])[there],
        order=np.concatenate([part.order for part in parts])[there],
        team=np.concatenate(teams)[there],
        propensity=np.concatenate(chances)[there] if chances else None,
    )


def _pad_rankings(world: World, rankings: Rankings, extra: int = 0) -> Numbers:
    """Rankings cut to the depth (and ``extra`` more) as one array, (queries, shoppers or 1, depth + extra)."""
    if len(rankings) != len(world.queries):
        raise InputError(
            "rankings do not fit the queries", field="rankings", found=len(rankings), expected=str(len(world.queries))
        )
    depth = world.behaviour.depth + extra
    personal = any(one.ndim == 2 for one in rankings)
    rows = np.full((len(rankings), world.shoppers if personal else 1, depth), -1, np.int64)
    for query, one in enumerate(rankings):
        rows[query, :, : one.shape[-1]] = one[..., :depth]
    return rows


def _choose(rows: Numbers, query: Numbers, shopper: Numbers) -> Numbers:
    return rows[query, shopper if rows.shape[1] > 1 else np.zeros_like(shopper)]


def _draw(odds: Floats, depth: int, random: np.random.Generator) -> Numbers:
    """A ranking of each row by Plackett and Luce, cut to the depth, -1 where candidates end, (rows, depth)."""
    noisy = odds + random.gumbel(size=odds.shape)
    order = np.argsort(-noisy, axis=1)[:, :depth]
    places = np.where(np.isfinite(np.take_along_axis(noisy, order, axis=1)), order, -1)
    return np.pad(places, ((0, 0), (0, depth - places.shape[1])), constant_values=-1)
