"""How a product stands beside the others that were found: what a shopper is told of its ranking rests on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bowerbird.domain.ports import Floats, IndexView
from bowerbird.rank.by_offer import USUAL_OF
from bowerbird.rank.flow import Ranked
from bowerbird.rank.read import mean_sentiment

FEWEST = 5
"""Of fewer products the middle says little."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One product against its company; None where nothing is known, or where it did not count in the ranking.

    ``praise`` is what its reviews say over the shop's mean, -2..2, and ``opinion`` the same by itself. ``popularity``
    and ``clicked`` are logarithms of clicks a view over the middle of the candidates', for any search and for this
    one. ``middle_price`` is the middle of the candidates' prices.
    """

    opinion: float | None = None
    praise: float | None = None
    popularity: float | None = None
    clicked: float | None = None
    middle_price: float | None = None


def standings(ranked: Ranked, view: IndexView, places: Sequence[int]) -> dict[int, Standing]:
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
    return {
        place: Standing(
            opinion=_known(opinion[row]),
            praise=_known(opinion[row] - usual),
            popularity=_known(popularity[row]),
            clicked=_known(clicked[row]),
            middle_price=_known(middle),
        )
        for place, row, middle in zip(inside, rows.tolist(), middles.tolist(), strict=True)
    }


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
