"""How a product stands beside the others that were found: what a shopper is told of its ranking rests on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bowerbird.domain.ports import Floats, IndexView
from bowerbird.rank.by_offer import USUAL_OF
from bowerbird.rank.by_taste import asked_fields, read_values, strongest
from bowerbird.rank.flow import Ranked
from bowerbird.rank.question import Question
from bowerbird.rank.read import mean_sentiment

FEWEST = 5
"""Of fewer products the middle says little."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One product against its company; None where nothing is known, or where it did not count in the ranking.

    ``praise`` is what its reviews say over the shop's mean, -2..2, and ``opinion`` the same by itself. ``popularity``
    and ``clicked`` are logarithms of clicks a view over the middle of the candidates', for any search and for this
    one. ``middle_price`` is the middle of the candidates' prices. ``taste`` is the field and the value that the shopper
    likes it for, where it stands higher for that.
    """

    opinion: float | None = None
    praise: float | None = None
    popularity: float | None = None
    clicked: float | None = None
    middle_price: float | None = None
    taste: tuple[str, str] | None = None


def standings(
    ranked: Ranked, view: IndexView, places: Sequence[int], question: Question | None = None
) -> dict[int, Standing]:
    """How the candidates at some places (from 0) stand; those past the ranked window are left out."""
    inside = [place for place in places if ranked.rows[place] >= 0]
    if not inside:
        return {}
    rows = ranked.rows[inside]
    opinion = _counted(ranked, "sentiment")
    popularity = _over_middle(_counted(ranked, "popularity"))
    clicked = _over_middle(np.log(np.maximum(_counted(ranked, "click_through"), 1e-9)))
    prices = view.numbers("price", ranked.candidates.documents[inside])
    levels = ranked.table.column("price_level")
    enough = int(np.isfinite(levels[:USUAL_OF]).sum()) >= FEWEST
    middles = prices / np.exp(levels[rows].astype(np.float64)) if enough else np.full(len(rows), np.nan)
    usual = mean_sentiment(view)
    tastes = _tastes(ranked, view, inside, question)
    return {
        place: Standing(
            opinion=_known(opinion[row]),
            praise=_known(opinion[row] - usual),
            popularity=_known(popularity[row]),
            clicked=_known(clicked[row]),
            middle_price=_known(middle),
            taste=tastes.get(place),
        )
        for place, row, middle in zip(inside, rows.tolist(), middles.tolist(), strict=True)
    }


def _tastes(
    ranked: Ranked, view: IndexView, places: Sequence[int], question: Question | None
) -> dict[int, tuple[str, str]]:
    """What the shopper likes about the products that stand higher for it, by place."""
    if question is None or question.affinity is None or "personal" not in ranked.score.factors:
        return {}
    raised = [place for place in places if ranked.score.factors["personal"][ranked.rows[place]] > 1]
    values = read_values(view, ranked.candidates.documents[raised])
    asked = asked_fields(question)
    told = {
        place: strongest(question.affinity, {name: found[at] for name, found in values.items()}, asked)
        for at, place in enumerate(raised)
    }
    return {place: liked for place, liked in told.items() if liked is not None}


def _counted(ranked: Ranked, name: str) -> Floats:
    """A signal, NaN all over where the score was made without it."""
    column = ranked.table.column(name)
    counted = ranked.model is not None or name in ranked.score.factors
    return column if counted else np.full_like(column, np.nan)


def _over_middle(values: Floats) -> Floats:
    known = np.isfinite(values)
    if known.sum() < FEWEST:
        return np.full_like(values, np.nan)
    return values - np.float32(np.median(values[known]))


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
