"""What other rankings would have earned on the searches of a log: a ranker judged by clicks before it is in use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bowerbird.encode.progress import Progress, no_progress
from bowerbird.engine.rank_training import RankTraining
from bowerbird.measure.click_log import ClickTable, read_table
from bowerbird.measure.click_models import PositionModel, fit_position_model
from bowerbird.measure.counterfactual import (
    Estimate,
    NewPositions,
    doubly_robust,
    examination_weights,
    inverse_propensity,
    naive,
    new_positions,
    self_normalised,
)
from bowerbird.rank.flow import RankParts
from bowerbird.storage.files import file_hash

CLIP = 4.0
"""No click counts for more than so many where it is clipped: a little bias for much less spread."""
RANKED = 200


@dataclass(frozen=True)
class EstimateReport:
    """Clicks a search that each way of ranking would have earned, and what was earned.

    ``estimates`` are by way of ranking (shown, retrieval, default, learned) and estimator; ``identified`` says whether
    the log tells how far down shoppers look; ``trained_on`` that the learned ranker has seen this very log.
    """

    sessions: int
    examination: tuple[float, ...]
    identified: bool
    estimates: Mapping[str, Sequence[Estimate]]
    trained_on: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The report as plain values for JSON."""
        found = {way: [asdict(one) for one in estimates] for way, estimates in self.estimates.items()}
        return {**asdict(replace(self, estimates={})), "estimates": found}


def estimate_rankings(training: RankTraining, clicks: Path, progress: Progress = no_progress) -> EstimateReport:
    """Estimate from a log what each way to rank would earn, of the products that were shown.

    Raises InputError, FormatError for the log.
    """
    table = read_table(clicks)
    model = fit_position_model(table)
    parts = training.parts
    ways: dict[str, RankParts | None] = {"retrieval": None, "default": replace(parts, model=None)}
    if parts.model is not None:
        ways["learned"] = parts
    shown = estimate(table, table.position, model)
    found = {"shown": shown}
    for done, (name, way) in enumerate(ways.items()):
        progress("ranking again", done, len(ways))
        found[name] = estimate(table, reordered(table, training, way), model)
    seen = {} if parts.model is None else parts.model.seen.get("clicks", {})
    trained_on = isinstance(seen, Mapping) and seen.get("hash") == file_hash(clicks)
    return EstimateReport(table.sessions, tuple(model.examination.tolist()), model.identified, found, trained_on)


def estimate(table: ClickTable, new: NewPositions, model: PositionModel) -> list[Estimate]:
    """Every estimator of one ranking; the naive one is blind to positions and stands there to be compared with."""
    weights = examination_weights(table, new, model.examination)
    clipped = weights.clipped(CLIP)
    return [
        naive(table, new),
        inverse_propensity(table, weights),
        self_normalised(table, clipped, new),
        doubly_robust(table, clipped, new, model),
    ]


def reordered(table: ClickTable, training: RankTraining, parts: RankParts | None) -> NewPositions:
    """The positions of a log's rows in another order; what it does not rank comes last, as it stood."""
    codes = {name: code for code, name in enumerate(table.products)}
    places: NDArray[np.int64] = np.full((len(table.queries), len(table.products)), RANKED, np.int32)
    for number, query in enumerate(table.queries):
        for place, product in enumerate(training.order(query, parts, RANKED)):
            if product in codes:
                places[number, codes[product]] = place
    return new_positions(table, -places[table.query[table.session], table.product])
