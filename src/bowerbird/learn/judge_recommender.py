"""How well recommenders foretell: products held out of histories, and the scores of any model for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from bowerbird.measure.next_item import HeldOut, NextItemScores, Score, rank_all, summarise
from bowerbird.recommend.histories import Histories
from bowerbird.recommend.neighbours_model import NeighboursModel

if TYPE_CHECKING:
    from bowerbird.domain.ports import Floats, Numbers, Recommender


def hold_out(
    histories: Histories, last: int = 1, shoppers: NDArray[np.int64] | None = None
) -> tuple[Histories, HeldOut]:
    """What came ``last`` places from the end of each history, and the histories before it.

    Only of ``shoppers`` where they are given, else of everybody; those with nothing before it are left out.
    """
    chosen = np.arange(len(histories)) if shoppers is None else shoppers
    chosen = chosen[histories.lengths[chosen] > last]
    before = histories.take(chosen).without_last(last)
    wanted = histories.items[histories.starts[chosen + 1] - last]
    return before, HeldOut(wanted, before.starts, before.items)


def judge(score: Score, held: HeldOut) -> NextItemScores:
    """The place of every held-out product among all of them."""
    return summarise(rank_all(score, held))


def model_scores(model: Recommender | NeighboursModel, histories: Histories) -> Score:
    """How a model scores the products of ``histories``, for some of them; those that it does not know score lowest."""
    known = {product: place for place, product in enumerate(model.products)}
    places = np.array([known.get(product, -1) for product in histories.products], np.int32)
    there = places >= 0
    rows_of = _neighbour_rows if isinstance(model, NeighboursModel) else _vector_rows

    def history(row: int) -> tuple[Numbers, Floats]:
        own, weights = places[histories.of(row)], histories.weights_of(row)
        return own[own >= 0], weights[own >= 0]

    def score(rows: NDArray[np.int64]) -> Floats:
        scores = np.full((len(rows), len(places)), -np.inf, np.float32)
        scores[:, there] = rows_of(model, [history(row) for row in rows.tolist()])[:, places[there]]
        return scores

    return score


def _vector_rows(model: Any, histories: Sequence[tuple[Numbers, Floats]]) -> Floats:
    rows: Floats = np.stack([model.read(*one) for one in histories]) @ model.vectors.T
    return rows


def _neighbour_rows(model: Any, histories: Sequence[tuple[Numbers, Floats]]) -> Floats:
    """0 for every product that a history does not lead to."""
    rows = np.zeros((len(histories), len(model.products)), np.float32)
    for at, one in enumerate(histories):
        places, found = model.score(*one)
        rows[at, places] = found
    return rows


def popularity_scores(histories: Histories) -> Score:
    """How often each product was come by, the same for everybody."""
    counts = np.bincount(histories.items, minlength=len(histories.products)).astype(np.float32)
    return lambda rows: np.tile(counts, (len(rows), 1))
