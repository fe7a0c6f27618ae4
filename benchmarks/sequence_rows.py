"""The ways to recommend that are measured on purchase sequences: how each is trained, kept and opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from sequence_settings import Parts, Sequences

from bowerbird.learn.fit_factors import FactorSettings, fit_factors
from bowerbird.learn.fit_neighbours import COSINE, NeighbourSettings, fit_neighbours
from bowerbird.learn.judge_recommender import model_scores, popularity_scores
from bowerbird.learn.train_graph import GraphSettings, train_graph
from bowerbird.learn.train_sequence import train_sequence
from bowerbird.measure.next_item import Score
from bowerbird.recommend.histories import Histories
from bowerbird.recommend.models import open_recommender

FACTORS = FactorSettings(factors=256, regularisation=30.0, confidence=40.0, fade=0.5)
STOPPED_BY = 4_000
"""Shoppers whose validation products say after each epoch of LightGCN whether to go on."""
Scorer = Callable[[Histories], Score]
"""How a trained model scores the products for some histories."""


@dataclass(frozen=True)
class Task:
    """One data set, in parts, and the seed of what is drawn."""

    name: str
    data: Sequences
    parts: Parts
    seed: int = 0


@dataclass(frozen=True)
class Row:
    """A way to recommend: ``train`` fits, writes the model into a folder and says with which settings."""

    train: Callable[[Task, Path], dict[str, Any]]
    beauty_seeds: tuple[int, ...] = (0,)


def train_neighbours(settings: NeighbourSettings) -> Callable[[Task, Path], dict[str, Any]]:
    """Of given settings."""

    def train(task: Task, folder: Path) -> dict[str, Any]:
        fit_neighbours(task.parts.train, settings).save(folder)
        return asdict(settings)

    return train


def train_factors(task: Task, folder: Path) -> dict[str, Any]:
    """Alternating least squares."""
    settings = replace(FACTORS, seed=task.seed)
    fit_factors(task.parts.train, settings).save(folder)
    return asdict(settings)


def train_lightgcn(task: Task, folder: Path) -> dict[str, Any]:
    """The epoch that is best on validation."""
    settings = GraphSettings(seed=task.seed)
    before, held = task.parts.valid
    chosen = np.sort(np.random.default_rng(0).permutation(len(held))[:STOPPED_BY])
    valid = before.take(chosen), held.take(chosen)
    train_graph(task.parts.train, settings, valid).save(folder)
    return asdict(settings)


def train_transformer(task: Task, folder: Path) -> dict[str, Any]:
    """The epoch that is best on validation."""
    settings = replace(task.data.settings, seed=task.seed)
    train_sequence(task.parts.train, settings, task.parts.valid).save(folder)
    return asdict(settings)


def open_trained(folder: Path) -> Scorer:
    """The model that a row has trained."""
    model = open_recommender(folder)
    return lambda histories: model_scores(model, histories)


ROWS: Mapping[str, Row] = {
    "item-kNN": Row(train_neighbours(COSINE)),
    "neighbours in order": Row(train_neighbours(NeighbourSettings())),
    "matrix factorisation": Row(train_factors),
    "LightGCN": Row(train_lightgcn),
    "sequence": Row(train_transformer, beauty_seeds=(0, 1, 2)),
}


def popularity(task: Task) -> Scorer:
    """How often each product was come by in what is trained on, whoever asks."""
    return lambda _: popularity_scores(task.parts.train)
