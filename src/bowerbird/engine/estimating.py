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
    new_positions,
    propensity_weights,
    self_normalised,
)
from bowerbird.rank.flow import RankParts
from bowerbird.storage.files import file_hash

CLIP = 4.0
"""No click counts for more than so many where it is clipped: a little bias for much less spread."""
RANKED = 200
ROUNDS = 40
"""Logs drawn from the log, on each of which it is found out anew how far down shoppers look."""
_REACH = 1.96


@dataclass(frozen=True)
class EstimateReport:
    """Clicks a search that each way of ranking would have earned, and what was earned.

    ``estimates`` are by way of ranking (shown, retrieval, default, learned) and estimator; ``identified`` says whether
    the log tells how far down shoppers look; ``trained_on`` that what is ranked with was learned from this very log.
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
    orders: dict[str, NewPositions] = {"shown": table.position}
    for name, places in place_again(table, training, ways, progress).items():
        orders[name] = new_positions(table, -places)
    found = estimate_with_errors(table, orders, model, progress)
    known = [parts.behaviour.seen, {} if parts.model is None else parts.model.seen]
    trained_on = any(_saw(seen, file_hash(clicks)) for seen in known)
    return EstimateReport(table.sessions, tuple(model.examination.tolist()), model.identified, found, trained_on)


def estimate_with_errors(
    table: ClickTable, orders: Mapping[str, NewPositions], model: PositionModel, progress: Progress
) -> dict[str, list[Estimate]]:
    """Every estimator of some orders; those that go by how far shoppers look, with errors bootstrapped over searches.

    How far they look is itself estimated from the log: an interval that took it for known would be too short.
    """
    found = {name: estimate(table, new, model) for name, new in orders.items()}
    random = np.random.default_rng(0)
    drawn: dict[str, list[list[float]]] = {name: [] for name in orders}
    for done in range(ROUNDS):
        progress("how sure it is", done, ROUNDS)
        sessions = random.integers(0, table.sessions, table.sessions)
        part, rows = table.select(sessions), table.rows_of(sessions)
        if not part.click.any():
            continue
        again = fit_position_model(part)
        for name, new in orders.items():
            drawn[name].append([one.value for one in estimate(part, new[rows], again)])
    for name, values in drawn.items():
        spread = np.std(values, axis=0, ddof=1) if len(values) > 1 else np.zeros(len(found[name]))
        found[name] = [_with_error(one, float(error)) for one, error in zip(found[name], spread, strict=True)]
        if table.propensity is not None and not np.isnan(table.propensity).any():
            # Where the log says by what chance it showed, nothing need be assumed of shoppers.
            weights = propensity_weights(table, orders[name])
            found[name].append(replace(inverse_propensity(table, weights), name="IPS by logged chances"))
    return found


def estimate(table: ClickTable, new: NewPositions, model: PositionModel) -> list[Estimate]:
    """Every estimator of one ranking that goes by how far shoppers look."""
    weights = examination_weights(table, new, model.examination)
    clipped = weights.clipped(CLIP)
    return [
        inverse_propensity(table, weights),
        self_normalised(table, clipped, new),
        doubly_robust(table, clipped, new, model),
    ]


def _with_error(one: Estimate, error: float) -> Estimate:
    reach = _REACH * error
    return replace(one, standard_error=error, low=one.value - reach, high=one.value + reach)


def place_again(
    table: ClickTable, training: RankTraining, ways: Mapping[str, RankParts | None], progress: Progress
) -> dict[str, NDArray[np.int32]]:
    """For each way the place (rows,) that it gives each row's product; what it does not rank comes last."""
    places = {name: np.full(table.rows, RANKED, np.int32) for name in ways}
    by_row = table.query[table.session]
    order = np.argsort(by_row, kind="stable")
    edges = np.searchsorted(by_row[order], np.arange(len(table.queries) + 1))
    for number, query in enumerate(table.queries):
        progress("ranking again", number, len(table.queries))
        rows = order[edges[number] : edges[number + 1]]
        codes, at = np.unique(table.product[rows], return_inverse=True)
        for name, ids in zip(ways, training.orders(query, list(ways.values()), RANKED), strict=True):
            place = {product: spot for spot, product in enumerate(ids)}
            known = np.array([place.get(table.products[code], RANKED) for code in codes.tolist()], np.int32)
            places[name][rows] = known[at]
    return places


def _saw(seen: Mapping[str, Any], digest: str) -> bool:
    clicks = seen.get("clicks")
    return isinstance(clicks, Mapping) and clicks.get("hash") == digest
