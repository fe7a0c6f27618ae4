"""From the ranking of a page to what an operator reads: every signal's value and what it did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.ranking import HitRanking, SignalValue
from bowerbird.rank.faults import Faults
from bowerbird.rank.flow import Ranked
from bowerbird.rank.signals import SIGNALS, Direction

_SECOND_LOOK = ("logit", "cross-encoder: the query and the product's text read together", Direction.RAISES.value)


def explain_places(ranked: Ranked, places: Sequence[int], faults: Faults) -> dict[int, HitRanking]:
    """How the candidates at some places (from 0) came there; those past the window are left out."""
    inside = [place for place in places if ranked.rows[place] >= 0]
    rows = ranked.rows[inside]
    added = _contributions(ranked, rows, faults)
    return {
        place: _explain(ranked, place, int(row), found) for place, row, found in zip(inside, rows, added, strict=True)
    }


def _contributions(ranked: Ranked, rows: NDArray[np.intp], faults: Faults) -> list[Mapping[str, float] | None]:
    if ranked.model is None or not len(rows):
        return [None] * len(rows)
    try:
        return list(ranked.model.contributions(ranked.table, rows))
    except Exception as error:  # as for its scores: an explanation is no reason to fail
        faults.note("model", error)
        return [None] * len(rows)


def _explain(ranked: Ranked, place: int, row: int, added: Mapping[str, float] | None) -> HitRanking:
    document = int(ranked.candidates.documents[place])
    factors = {name: float(values[row]) for name, values in ranked.score.factors.items()}
    signals = []
    for name, value in ranked.table.at(row).items():
        info = SIGNALS[name]
        contribution = None if added is None else added.get(name)
        signals.append(SignalValue(name, value, info.unit, info.source, info.direction.value, contribution))
    if ranked.logits is not None and not np.isnan(ranked.logits[row]):
        signals.append(SignalValue("second_look", float(ranked.logits[row]), *_SECOND_LOOK))
    moved = ranked.moved.get(document)
    explained = HitRanking(
        by="default" if ranked.model is None else "learned",
        place=row + 1,
        factors=factors,
        signals=tuple(signals),
        moved_from=None if moved is None else moved + 1,
    )
    if ranked.model is None or added is None:
        return explained
    start = ranked.model.start * float(ranked.score.values[row])
    return replace(explained, start=start, average=added["average"], total=start + sum(added.values()))
