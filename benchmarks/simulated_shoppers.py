"""Whether what is estimated from clicks is true, against invented shoppers whose likes and looks are known.

    python benchmarks/simulated_shoppers.py [--sessions 100000] [--logs 60] [--repetitions 200] [--runs 1000] [--seed 7]

Prints the estimates of a new ranking from the log of another beside the truth, the examination fitted by EM beside
the known one, how often the intervals of many logs hold the truth, how many searches interleaving and an A/B test
take to find the better of two rankers, and how often A/A tests alarm that are looked at all the time, also where
shoppers come back. What a ranker learns from such a log is measured by ``learned_from_clicks.py``.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray
from shops import machine

from bowerbird.demo.sessions import Ranker, fixed, interleaved, plackett_luce, simulate
from bowerbird.demo.shoppers import Rankings, World, best_rankings, invent_world, log_odds, rank_by, true_value
from bowerbird.measure.anytime import Interval, Sums, difference_interval, mean_interval
from bowerbird.measure.click_log import ClickTable
from bowerbird.measure.click_models import fit_cascade_model, fit_position_model, perplexity
from bowerbird.measure.counterfactual import (
    Estimate,
    doubly_robust,
    examination_weights,
    inverse_propensity,
    naive,
    new_positions,
    propensity_weights,
    self_normalised,
)
from bowerbird.measure.experiments import Arm, Experiment, Guard, Tally, judge_experiment
from bowerbird.measure.interleaving import judge, outcomes, sessions_needed

Floats: TypeAlias = NDArray[np.float64]
_T = TypeVar("_T")

LEVEL = 0.05
CLIP = 4.0
MOST = 300_000


def main() -> None:
    """Run all parts and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sessions", type=int, default=100_000)
    options.add_argument("--logs", type=int, default=60, help="smaller logs for the share of intervals that hold")
    options.add_argument("--repetitions", type=int, default=200, help="of interleaving and A/B tests")
    options.add_argument("--runs", type=int, default=1_000, help="of A/A tests")
    options.add_argument("--seed", type=int, default=7)
    given = options.parse_args()
    print(json.dumps(machine()))
    show_estimates(given.sessions, given.logs, given.seed)
    show_interleaving(given.repetitions, given.seed)
    show_equal_arms(given.runs, given.seed)
    show_returning(given.runs, given.seed)


def noisy_scores(world: World, noise: float, seed: int) -> list[Floats]:
    """What a ranker that half knows thinks of each candidate: the truth in log-odds, and noise."""
    random = np.random.default_rng([seed, 3])
    return [log_odds(own) + random.normal(0, noise, len(own)) for own in world.attractiveness]


def show_estimates(sessions: int, logs: int, seed: int) -> None:
    """One large log in full, and the share of many small logs whose intervals hold the truth."""
    world = invent_world(seed, candidates=10)
    scores = noisy_scores(world, 1.0, seed)
    ranker = plackett_luce(world, scores, 0.5)
    target = best_rankings(world)
    truth = true_value(world, target).clicks
    started = time.perf_counter()
    table = simulate(world, ranker, sessions, seed)
    print(f"\n(a) {sessions:,} searches in {time.perf_counter() - started:.1f} s; clicks a search: {clicks(table):.4f}")
    print(f"the best ranking is truly worth {truth:.4f}")
    show_examination(world, table, ranker, seed)
    for one in estimates(world, table, target):
        verdict = "holds the truth" if one.low <= truth <= one.high else "MISSES the truth"
        print(f"  {one}, error {one.standard_error:.4f}: {verdict}")
    held: dict[str, list[bool]] = {}
    for number in range(logs):
        for one in estimates(world, simulate(world, ranker, 10_000, 1_000 + number), target):
            held.setdefault(one.name, []).append(one.low <= truth <= one.high)
    print(f"95% intervals that hold the truth, of {logs} logs of 10,000 searches:")
    for name, hits in held.items():
        print(f"  {name:<40} {np.mean(hits):.2f}")


def show_examination(world: World, table: ClickTable, ranker: Ranker, seed: int) -> None:
    """The fitted examination with bootstrap intervals over searches, and how perplexed two models are."""
    model = fit_position_model(table)
    random = np.random.default_rng(seed)
    drawn = [table.select(random.integers(0, table.sessions, table.sessions)) for _ in range(20)]
    spread = np.std([fit_position_model(one).examination for one in drawn], axis=0, ddof=1)
    known = world.behaviour.examination
    print(f"examination by EM ({len(model.objectives) - 1} rounds, identified: {model.identified}), known in brackets:")
    for position, (found, error, true) in enumerate(zip(model.examination, spread, known, strict=True), start=1):
        print(f"  {position:>2}  {found:.3f} +- {1.96 * error:.3f}  ({true:.3f})")
    new = simulate(world, ranker, 20_000, seed + 1)
    by_position = perplexity(new, model.predict(new)).mean
    in_cascade = perplexity(new, fit_cascade_model(table).predict(new)).mean
    print(f"perplexity on new searches: position-based {by_position:.4f}, cascade {in_cascade:.4f}")


def estimates(world: World, table: ClickTable, target: Rankings) -> list[Estimate]:
    """Every estimate of the target from a log, with the fitted, not the known, examination."""
    new = new_positions(table, -places(world, table, target))
    model = fit_position_model(table)
    looks = examination_weights(table, new, model.examination)
    known = examination_weights(table, new, world.behaviour.examination)
    chances = propensity_weights(table, new)
    named = {
        "naive": naive(table, new),
        "IPS, known examination": inverse_propensity(table, known),
        "IPS, fitted examination": inverse_propensity(table, looks),
        f"IPS, clipped at {CLIP:g}": inverse_propensity(table, looks.clipped(CLIP)),
        f"SNIPS, clipped at {CLIP:g}": self_normalised(table, looks.clipped(CLIP), new),
        f"DR, clipped at {CLIP:g}": doubly_robust(table, looks.clipped(CLIP), new, model),
        "IPS, logged propensities": inverse_propensity(table, chances),
        "SNIPS, logged propensities": self_normalised(table, chances, new),
        "DR, logged propensities": doubly_robust(table, chances, new, model),
    }
    return [replace(one, name=name) for name, one in named.items()]


def places(world: World, table: ClickTable, rankings: Rankings) -> Floats:
    """Where rankings put the product of each row; products of an invented world belong to one query, (rows,)."""
    by_name = {
        world.products[query][candidate]: place
        for query, ranking in enumerate(rankings)
        for place, candidate in enumerate(ranking.tolist())
    }
    return np.array([by_name[name] for name in table.products], np.float64)[table.product]


def clicks(table: ClickTable) -> float:
    """Clicks a search."""
    return float(table.click.sum() / table.sessions)


def show_interleaving(repetitions: int, seed: int) -> None:
    """A ranker against its own improved version, and against one with errors of its own."""
    world = invent_world(seed, candidates=30)
    first = rank_by(noisy_scores(world, 1.0, seed))
    print(f"\n(b) searches until sure, looked at all along at level {LEVEL}")
    show_race(world, first, rank_by(noisy_scores(world, 0.85, seed)), repetitions, "the same errors, 15% smaller")
    show_race(world, first, rank_by(noisy_scores(world, 0.7, seed + 1)), repetitions, "other errors, 30% smaller")


def show_race(world: World, first: Rankings, second: Rankings, repetitions: int, title: str) -> None:
    """How many searches each method takes for these two rankers, and, where they are equal, what it says then."""
    values = [true_value(world, one).clicks for one in (first, second)]
    print(f"  {title}: truly worth {values[0]:.4f} and {values[1]:.4f} clicks a search")
    arms = [simulate(world, fixed(world, one), MOST, 11 + place) for place, one in enumerate((first, second))]
    control, new = (table.sums(table.click) for table in arms)
    won = outcomes(simulate(world, interleaved(world, first, second), MOST, 13))
    even = outcomes(simulate(world, interleaved(world, first, first), MOST, 14))
    print(f"    all {MOST:,} interleaved: {judge(won)}")
    decided = max((won > 0).sum(), (won < 0).sum()) / (won != 0).sum()
    effect = (values[1] - values[0]) / np.sqrt((control.var() + new.var()) / 2)
    print(
        f"    fixed in advance, power 0.8: {sessions_needed(decided, (won == 0).mean()):,} interleaved, "
        f"{int(np.ceil(4 * ((1.96 + 0.84) / effect) ** 2)):,} in an A/B test (both arms)"
    )
    looks = np.unique(np.geomspace(400, MOST, 120).astype(int) // 2 * 2)
    random, half = np.random.default_rng(15), MOST // 2
    for name, draw in {
        "interleaving, different": lambda: single_path(random.choice(won, MOST), looks),
        "A/B test, different": lambda: double_path(random.choice(control, half), random.choice(new, half), looks),
        "interleaving, equal": lambda: single_path(random.choice(even, MOST), looks),
        "A/B test, equal": lambda: double_path(random.choice(control, half), random.choice(control, half), looks),
    }.items():
        ends = [first_sure(draw(), looks) for _ in range(repetitions)]
        said = [side for _, side in ends]
        low, median, high = np.percentile([end for end, _ in ends], [25, 50, 75])
        print(
            f"    {name:<24} median {median:>9,.0f} (half of runs {low:,.0f} to {high:,.0f}); of {repetitions} runs "
            f"{said.count(1)} say second, {said.count(-1)} first, {said.count(0)} nothing by {MOST:,}"
        )


def single_path(values: Floats, looks: NDArray[np.int64]) -> list[Interval]:
    """The intervals of one mean at each look."""
    totals, squares = np.cumsum(values)[looks - 1], np.cumsum(values**2)[looks - 1]
    sums = [Sums.of_squares(*one) for one in zip(looks.tolist(), totals.tolist(), squares.tolist(), strict=True)]
    return [mean_interval(one, level=LEVEL, target=5_000) for one in sums]


def double_path(first: Floats, second: Floats, looks: NDArray[np.int64]) -> list[Interval]:
    """The intervals of a difference of means at each look, which counts both arms' searches."""
    arms = []
    for values in (first, second):
        totals, squares = np.cumsum(values)[looks // 2 - 1], np.cumsum(values**2)[looks // 2 - 1]
        arms.append(
            [
                Sums.of_squares(*one)
                for one in zip((looks // 2).tolist(), totals.tolist(), squares.tolist(), strict=True)
            ]
        )
    return [difference_interval(one, other, level=LEVEL, target=5_000) for one, other in zip(*arms, strict=True)]


def first_sure(path: Sequence[Interval], looks: NDArray[np.int64]) -> tuple[int, int]:
    """Searches until an interval excludes no difference, and the side; all of them and 0 where none does."""
    for look, one in zip(looks.tolist(), path, strict=True):
        if one.low > 0 or one.high < 0:
            return look, 1 if one.low > 0 else -1
    return int(looks[-1]), 0


def show_equal_arms(runs: int, seed: int, shoppers: int = 20_000, step: int = 100) -> None:
    """A/A tests with a goal and two guards, judged every ``step`` shoppers; how often each thing is ever said."""
    guards = (Guard("orders"), Guard("no_result", higher_is_better=False))
    experiment = Experiment("a/a", (Arm("control"), Arm("new")), "clicks", guards, level=LEVEL)
    random = np.random.default_rng(seed)
    looks = np.arange(step, shoppers + 1, step)
    said = {"better": 0, "worse": 0, "stopped by guard": 0, "sample ratio wrong": 0, "running": 0}
    suspect = peeked = 0
    for _ in range(runs):
        path = equal_path(random, looks)
        states = [judge_experiment(experiment, tally) for tally in path]
        first = next((state.decision for state in states if state.decision != "running"), "running")
        said[first] += 1
        suspect += any(state.ratio.suspect for state in states)
        peeked += any(plainly_sure(tally) for tally in path)
    print(f"\n(c) {runs:,} A/A tests of {shoppers:,} shoppers, {len(looks)} looks each, level {LEVEL} in all")
    print("  first thing said: " + ", ".join(f"{name} {count}" for name, count in said.items()))
    alarms = runs - said["running"]
    print(f"  false alarms {alarms / runs:.3f} +- {1.96 * np.sqrt(alarms * (runs - alarms) / runs) / runs:.3f}")
    print(f"  beside it, by tests for one look: clicks at 95% {peeked / runs:.3f}, chi-square {suspect / runs:.3f}")


def show_returning(runs: int, seed: int, shoppers: int = 500) -> None:
    """A/A tests of few shoppers who come back: each is one observation, which its further searches change."""
    print(f"\n(d) {runs:,} A/A tests of {shoppers} shoppers an arm who come back, level {LEVEL}")
    for searches in (1, 50, 3_000):
        random = np.random.default_rng([seed, searches])
        looks = np.unique(np.geomspace(1, searches, 400).astype(int))
        alarms = sum(parted(random, looks, shoppers) for _ in range(runs))
        error = 1.96 * np.sqrt(alarms * (runs - alarms) / runs) / runs
        print(f"  {searches:>5,} searches a shopper, {len(looks)} looks: {alarms / runs:.3f} +- {error:.3f}")


def parted(random: np.random.Generator, looks: NDArray[np.int64], shoppers: int) -> bool:
    """Whether two arms that are alike are ever said to differ, by shoppers' mean clicks at each look."""
    rates = random.beta(2, 6, (2, shoppers))
    clicked = np.zeros(rates.shape)
    for searches, new in zip(looks, np.diff(looks, prepend=0), strict=True):
        clicked += random.binomial(int(new), rates)
        means = clicked / searches
        first, second = (Sums.of_squares(shoppers, arm.sum(), (arm**2).sum()) for arm in means)
        found = difference_interval(first, second, level=LEVEL, target=2 * shoppers)
        if found.low > 0 or found.high < 0:
            return True
    return False


def equal_path(random: np.random.Generator, looks: NDArray[np.int64]) -> list[Tally]:
    """The tally at each look of shoppers whose arm makes no difference."""
    size = int(looks[-1])
    there = random.random(size) < 0.5
    metrics = {
        "clicks": random.poisson(random.gamma(2.0, 0.5, size)).astype(np.float64),
        "orders": (random.random(size) < 0.05).astype(np.float64),
        "no_result": (random.random(size) < 0.02).astype(np.float64),
    }
    sums = {}
    for arm, mask in (("control", ~there), ("new", there)):
        sums[arm] = {
            name: np.cumsum([mask, mask * values, mask * values**2], axis=1)[:, looks - 1].T.tolist()
            for name, values in metrics.items()
        }
    return [
        Tally(
            {arm: {name: Sums.of_squares(*rows[look]) for name, rows in metric.items()} for arm, metric in sums.items()}
        )
        for look in range(len(looks))
    ]


def plainly_sure(tally: Tally) -> bool:
    """Whether the usual 95% interval, meant for one look, excludes no difference in clicks."""
    first, second = tally.get("control", "clicks"), tally.get("new", "clicks")
    if min(first.count, second.count) < 100:
        return False
    return abs(second.mean - first.mean) > 1.96 * np.sqrt(first.variance / first.count + second.variance / second.count)


# ---- (d) What a ranker learned from logged searches is truly worth: add rankers to what ``main`` passes. ----


if __name__ == "__main__":
    main()
