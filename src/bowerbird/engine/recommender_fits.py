"""How a recommender of each sort is fitted to a shop's histories: the sorts that can be trained, in one table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from bowerbird.encode.progress import Progress
from bowerbird.learn.fit_factors import FactorSettings, fit_factors
from bowerbird.learn.fit_neighbours import NeighbourSettings, fit_neighbours
from bowerbird.learn.train_graph import GraphSettings, train_graph
from bowerbird.learn.train_sequence import SequenceSettings, train_sequence
from bowerbird.learn.training_run import TrainingRun
from bowerbird.measure.next_item import HeldOut
from bowerbird.recommend.factors_model import FactorsModel
from bowerbird.recommend.graph_model import GraphModel
from bowerbird.recommend.histories import Histories
from bowerbird.recommend.neighbours_model import NeighboursModel
from bowerbird.recommend.sequence_model import SequenceModel

if TYPE_CHECKING:
    from bowerbird.domain.ports import Floats

Fitted: TypeAlias = NeighboursModel | FactorsModel | GraphModel | SequenceModel


@dataclass(frozen=True)
class FitOptions:
    """What may be said of a training; ``epochs`` None is the sort's own number.

    ``run`` is the folder of its checkpoint and logs, and ``data`` tells the data it is of from any other.
    """

    seed: int = 0
    epochs: int | None = None
    run: Path | None = None
    data: str = ""
    from_encoders: bool = False
    """Whether products begin where the shop's encoders put them, beside what goes together (sequence alone)."""


@dataclass(frozen=True, eq=False)
class Parts:
    """The histories to train on, and what each training chooses by and stops by.

    ``vectors`` are what encoders make of the products, a row each, where the training is to begin there.
    """

    train: Histories
    valid: tuple[Histories, HeldOut]
    vectors: Floats | None = None


Fit: TypeAlias = Callable[[Parts, FitOptions, Progress], tuple[Fitted, dict[str, Any]]]
"""Gives a model and the settings that it was fitted with."""


def fit_by_neighbours(parts: Parts, options: FitOptions, progress: Progress) -> tuple[Fitted, dict[str, Any]]:
    """What shoppers go on to: counted, so that nothing is drawn and there are no epochs."""
    settings = NeighbourSettings()
    return fit_neighbours(parts.train, settings, progress), asdict(settings)


def fit_by_factors(parts: Parts, options: FitOptions, progress: Progress) -> tuple[Fitted, dict[str, Any]]:
    """Matrix factorisation: no checkpoints, as it takes minutes at most."""
    settings = replace(FactorSettings(), seed=options.seed)
    settings = replace(
        settings,
        factors=min(settings.factors, len(parts.train.products)),
        rounds=settings.rounds if options.epochs is None else options.epochs,
    )
    return fit_factors(parts.train, settings, progress), asdict(settings)


def fit_by_graph(parts: Parts, options: FitOptions, progress: Progress) -> tuple[Fitted, dict[str, Any]]:
    """LightGCN."""
    settings = replace(GraphSettings(), seed=options.seed)
    settings = replace(settings, epochs=settings.epochs if options.epochs is None else options.epochs)
    with open_run("graph", options, asdict(settings), progress) as run:
        model = train_graph(parts.train, settings, parts.valid, run, progress)
        run.forget()
    return model, asdict(settings)


def fit_by_sequence(parts: Parts, options: FitOptions, progress: Progress) -> tuple[Fitted, dict[str, Any]]:
    """The causal transformer."""
    settings = replace(SequenceSettings(), seed=options.seed)
    settings = replace(settings, epochs=settings.epochs if options.epochs is None else options.epochs)
    told = {**asdict(settings), "from_encoders": parts.vectors is not None}
    with open_run("sequence", options, told, progress) as run:
        model = train_sequence(parts.train, settings, parts.valid, run, progress, item_vectors=parts.vectors)
        run.forget()
    return model, told


def open_run(sort: str, options: FitOptions, settings: Mapping[str, Any], progress: Progress) -> TrainingRun:
    """The run of a training. Raises MissingExtraError, StorageError."""
    assert options.run is not None
    purpose = {"sort": sort, "settings": dict(settings), "data": options.data}
    return TrainingRun(options.run, purpose, progress)


FITS: Mapping[str, Fit] = {
    "neighbours": fit_by_neighbours,
    "factors": fit_by_factors,
    "graph": fit_by_graph,
    "sequence": fit_by_sequence,
}
