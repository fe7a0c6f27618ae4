"""Fitting the learned ranker: LambdaMART (Burges, 2010) over the default score, chosen by grouped cross-validation.

Two things are chosen by validation, on folds that keep each query whole: what the default score counts (``start``) and
after how many rounds to stop. Everything else is set for little data: small trees, many of them leaving rows and
signals out, and a few fits averaged (bagging: Breiman, 1996), since one fit on fifty queries is a matter of luck.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from bowerbird.domain.errors import InputError
from bowerbird.learn.rank_examples import RankExample, TrainingData, grade_levels, put_together
from bowerbird.rank.by_taste import SIGNALS as TASTES
from bowerbird.rank.model import RankModel
from bowerbird.rank.signals import SIGNALS, Direction
from bowerbird.rank.trees import load_lightgbm

if TYPE_CHECKING:
    import lightgbm

    from bowerbird.domain.ports import Floats

Progress: TypeAlias = Callable[[str, int, int | None], None]
LEAST_QUERIES = 10
_DIRECTIONS = {Direction.RAISES: 1, Direction.LOWERS: -1, Direction.EITHER: 0}
_LEFT_OUT = ("relevance", *TASTES)
"""The default score begins with relevance: the trees see it in what they are added to. Tastes are one shopper's."""
_WEIGHED = frozenset(
    "terms title_match about_match body_match brand_match coverage title_coverage phrase same_kind meaning"
    " look_of_words look text_of_photo reads_like looks_like attention typical".split()
)
"""What the default score has weighed already: the trees may find that it counts too much, so they may lower it."""


@dataclass(frozen=True, slots=True)
class RankFitSettings:
    """How a ranker is fitted."""

    starts: tuple[float, ...] = (11.0,)
    """What the default score may count, in the trees' units. On some fifty queries choosing between 9, 11 and 13 costs
    more (.005 nDCG@10 on chorus-electronics) than it brings."""
    rounds: tuple[int, ...] = (60,)
    """After how many trees to stop: the last is the most."""
    repeats: int = 4
    """How often it is measured on other folds: on fifty queries one division differs from the next by .01."""
    folds: int = 5
    choosing_folds: int = 3
    """Folds on which start and rounds are chosen, inside those that are measured on."""
    fits: int = 4
    """Fits with other seeds that are averaged."""
    leaves: int = 8
    rate: float = 0.05
    rows_in_leaf: int = 30
    signals: float = 0.6
    """The share of the signals each tree may look at."""
    monotone: bool = True
    """Whether a signal that has a direction may only speak that way."""
    seed: int = 0


MANY_QUERIES = 200
LITTLE = RankFitSettings()
MUCH = RankFitSettings(starts=(3.0, 11.0), rounds=(50, 100, 200), repeats=1, fits=2, leaves=12, rate=0.08)
"""From so many queries on choosing between more is no matter of luck any longer."""


@dataclass(frozen=True)
class RankFit:
    """A fitted model and how it did on queries it had not seen: nDCG@10 by query, learned and default."""

    model: RankModel
    learned: dict[str, float]
    default: dict[str, float]
    chosen: dict[str, float] = field(default_factory=dict)
    held_out: tuple[tuple[RankExample, list[Floats]], ...] = ()
    """Each example with the scores of the models that had not seen it, one array a repeat."""


def fit_ranker(
    examples: Sequence[RankExample],
    settings: RankFitSettings | None = None,
    seen: dict[str, Any] | None = None,
    progress: Progress | None = None,
) -> RankFit:
    """Fit on all examples, and measure on folds that neither the trees nor the choices have seen.

    Raises InputError where fewer than ten queries have something to learn from, or no signal tells products apart.
    """
    progress = progress or (lambda stage, done, total: None)
    telling = [one for one in examples if one.telling and len(one.table)]
    if len(telling) < LEAST_QUERIES:
        raise InputError(
            "there is too little to learn from",
            field="queries",
            found=f"{len(telling)} with a product that answers them",
            expected=f"at least {LEAST_QUERIES}",
        )
    settings = settings or (MUCH if len(telling) >= MANY_QUERIES else LITTLE)
    names = used_signals(telling)
    if not names:
        raise InputError("there is nothing to learn from", field="queries", expected="products whose signals differ")
    held_out = score_held_out(telling, names, settings, progress)
    values = [
        float(np.mean([one.ndcg(scores) for scores in found])) for one, found in zip(telling, held_out, strict=True)
    ]
    progress("fitting", 0, 1)
    start, rounds = choose(telling, names, settings)
    model = fit(telling, names, start, rounds, settings, seen)
    progress("fitting", 1, 1)
    default = mean_by_query(telling, [one.ndcg(one.default) for one in telling])
    chosen = {"start": start, "rounds": float(rounds)}
    return RankFit(model, mean_by_query(telling, values), default, chosen, tuple(zip(telling, held_out, strict=True)))


def score_held_out(
    examples: Sequence[RankExample], names: Sequence[str], settings: RankFitSettings, progress: Progress
) -> list[list[Floats]]:
    """Each example's scores by models that neither saw it nor were chosen by it, one array a repeat."""
    found: list[list[Floats]] = [[] for _ in examples]
    total = settings.repeats * settings.folds
    for repeat in range(settings.repeats):
        for done, part in enumerate(make_folds(len(examples), settings.folds, settings.seed + repeat)):
            progress("measuring on held-out queries", repeat * settings.folds + done, total)
            inside = set(part)
            outside = [one for place, one in enumerate(examples) if place not in inside]
            start, rounds = choose(outside, names, settings)
            model = fit(outside, names, start, rounds, settings)
            for place in part:
                one = examples[place]
                found[place].append(model.scores(one.table, one.default))
    progress("measuring on held-out queries", total, total)
    return found


def mean_by_query(examples: Sequence[RankExample], values: Sequence[float]) -> dict[str, float]:
    """The mean of each query's values: one may have been asked with several filters."""
    by_query: dict[str, list[float]] = {}
    for one, value in zip(examples, values, strict=True):
        by_query.setdefault(one.query, []).append(value)
    return {query: sum(found) / len(found) for query, found in by_query.items()}


def used_signals(examples: Sequence[RankExample]) -> tuple[str, ...]:
    """The signals that differ somewhere within a query: those that can tell its candidates apart."""
    names = examples[0].table.names
    tells = np.zeros(len(names), bool)
    for one in examples:
        values = one.table.values
        known = ~np.isnan(values)
        low = np.where(known, values, np.inf).min(axis=0)
        high = np.where(known, values, -np.inf).max(axis=0)
        tells |= (high > low) | (known.any(axis=0) & ~known.all(axis=0))
    return tuple(name for name, telling in zip(names, tells.tolist(), strict=True) if telling and name not in _LEFT_OUT)


def make_folds(count: int, folds: int, seed: int) -> list[list[int]]:
    """Places of ``count`` queries in folds of about the same size."""
    order = np.random.default_rng(seed).permutation(count)
    return [order[place :: min(folds, count)].tolist() for place in range(min(folds, count))]


def choose(examples: Sequence[RankExample], names: Sequence[str], settings: RankFitSettings) -> tuple[float, int]:
    """The start and the rounds with the best mean nDCG@10 over folds; of equal ones the most cautious."""
    options = [(start, rounds) for start in settings.starts for rounds in settings.rounds]
    if len(options) == 1:
        return options[0]
    values = np.zeros((len(options), len(examples)))
    levels = grade_levels(examples)
    for part in make_folds(len(examples), settings.choosing_folds, settings.seed + 1):
        inside = set(part)
        outside = [one for place, one in enumerate(examples) if place not in inside]
        if not outside:
            continue
        data = put_together(outside, names, levels)
        for start in settings.starts:
            trees = train(data, names, start, settings.rounds[-1], settings, settings.seed + 100)
            for rounds in settings.rounds:
                model = RankModel((trees,), tuple(names), start, rounds=rounds)
                row = options.index((start, rounds))
                for place in part:
                    one = examples[place]
                    values[row, place] = one.ndcg(model.scores(one.table, one.default))
    weights = np.array([one.weight for one in examples])
    means = values @ weights / weights.sum()
    best = max(range(len(options)), key=lambda row: (round(float(means[row]), 4), options[row][0], -options[row][1]))
    return options[best]


def fit(
    examples: Sequence[RankExample],
    names: Sequence[str],
    start: float,
    rounds: int,
    settings: RankFitSettings,
    seen: dict[str, Any] | None = None,
) -> RankModel:
    """A model of all examples, averaged over ``settings.fits`` seeds."""
    data = put_together(examples, names, grade_levels(examples))
    fits = [train(data, names, start, rounds, settings, settings.seed + at) for at in range(settings.fits)]
    return RankModel(tuple(fits), tuple(names), start, seen or {})


def train(
    data: TrainingData, names: Sequence[str], start: float, rounds: int, settings: RankFitSettings, seed: int
) -> lightgbm.Booster:
    """One fit of ``rounds`` trees. Raises ModelError where LightGBM cannot be loaded."""
    gbm = load_lightgbm()
    parameters = {
        "objective": "lambdarank",
        "label_gain": list(data.levels),
        "lambdarank_truncation_level": 15,
        "num_leaves": settings.leaves,
        "learning_rate": settings.rate,
        "min_data_in_leaf": settings.rows_in_leaf,
        "lambda_l2": 2.0,
        "feature_fraction": settings.signals,
        "bagging_fraction": 0.85,
        "bagging_freq": 1,
        "bagging_by_query": True,
        "num_threads": 1,
        "deterministic": True,
        "verbose": -1,
        "seed": seed,
    }
    if settings.monotone:
        parameters["monotone_constraints"] = [
            0 if name in _WEIGHED else _DIRECTIONS[SIGNALS[name].direction] for name in names
        ]
    offsets: Floats = np.float32(start) * data.default
    dataset = gbm.Dataset(
        data.inputs,
        data.labels,
        group=list(data.groups),
        weight=data.weights,
        init_score=offsets,
        feature_name=list(names),
        params={"verbose": -1},
    )
    trees: lightgbm.Booster = gbm.train(parameters, dataset, rounds)
    return trees
