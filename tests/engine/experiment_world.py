"""Experiments on the tiny shop, one of whose rankers turns retrieval's order round."""

from __future__ import annotations

import lightgbm
import numpy as np
from engine_world import ask as asked_for

from bowerbird.engine.experiment_definitions import read_definition
from bowerbird.measure.impressions import Impression
from bowerbird.rank.model import RankModel

AB = {
    "name": "round",
    "arms": [{"name": "plain", "rank": "relevance"}, {"name": "new", "rank": "learned", "model": "turned"}],
    "goal": "clicks",
    "target": 200,
    "least": 20,
}
SIDES = {**AB, "name": "sides", "kind": "interleaving"}
del SIDES["goal"]
TEXT = "red"


def ask(text, **how):
    """A query whose one page holds the whole shop."""
    return asked_for(text, **{"per_page": 100, **how})


def turned_model() -> RankModel:
    """Ranks by falling relevance turned round."""
    random = np.random.default_rng(0)
    values = random.random((2_000, 1))
    data = lightgbm.Dataset(values, 1.5 - 3 * values[:, 0], feature_name=["relevance"])
    settings = {"objective": "regression", "verbose": -1, "num_threads": 1, "num_leaves": 63, "seed": 0}
    return RankModel((lightgbm.train(settings, data, 60),), ("relevance",), 1.0)


def shopper_of(engine, arm, text=TEXT):
    """A shopper whom the one running experiment puts in an arm."""
    return next(
        name
        for name in (f"shopper {number}" for number in range(100))
        if engine.search(ask(text, shopper=name)).experiment.arm == arm
    )


def ids(engine, text=TEXT, **how):
    return [hit.product.id for hit in engine.search(ask(text, **how)).hits]


def start(engine, definition=AB, **changes):
    return engine.experiments.start(read_definition({**definition, **changes}), "Ada")


def outcomes(arm, clicks, count, first=0, **more):
    return [
        Impression(
            TEXT, ("a", "b"), (1,) * bool(clicks(n)), (), f"{arm} {n}", f"{arm}-{n}", arm, experiment="round", **more
        )
        for n in range(first, first + count)
    ]
