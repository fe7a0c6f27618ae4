"""What another ranking would have earned, from a log of clicks on the ranking that was shown.

The other ranking reorders what each search showed: it is given by the new position of every row of the log. A row's
clicks then count by a weight that makes up for where it stood:

- ``examination_weights``: looks at the new position over looks at the old (the position-based model: Joachims,
  Swaminathan and Schnabel, WSDM 2017; Li, Abbasi-Yadkori, Kveton, Muthukrishnan, Vinay and Wen, Offline evaluation
  of ranking policies with click models, KDD 2018). Works on any log; needs the examination, as ``click_models`` fits.
- ``propensity_weights``: one over the chance with which the ranking in use put the product at the position where the
  new one puts it as well (the item-position model of Li et al.). Needs a log that was randomised and says how, assumes
  nothing of shoppers but that a click depends on product and position alone.

Every estimate is in clicks (or whatever the reward counts) a search. Intervals are by the normal approximation over
searches: they are too short where few searches carry all the weight, see ``effective``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from statistics import NormalDist
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.errors import InputError
from bowerbird.measure.click_log import ClickTable
from bowerbird.measure.click_models import PositionModel

Floats: TypeAlias = NDArray[np.float64]

NewPositions: TypeAlias = NDArray[np.integer]
"""Where the new ranking puts the product of each row, (rows,): from 1, each position once a session, 0 for nowhere."""

Policy: TypeAlias = Callable[[ClickTable], NewPositions]


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """How much each row's reward counts, (rows,).

    ``control`` is a quantity by row whose weighted mean over logs is known to be that of ``target``: what
    self-normalising divides by and multiplies with.
    """

    weight: Floats
    control: Floats
    target: Floats

    def clipped(self, most: float) -> Weights:
        """The same with no weight above ``most``: less variance for some bias, downwards."""
        return replace(self, weight=np.minimum(self.weight, most))


@dataclass(frozen=True, slots=True)
class Estimate:
    """The value of a ranking a search, its standard error and interval.

    ``effective`` is the number of equally weighted searches that would tell as much (Kish 1965), as far as weights
    can say; ``largest`` is the largest weight of a row.
    """

    name: str
    value: float
    standard_error: float
    low: float
    high: float
    confidence: float
    sessions: int
    effective: float
    largest: float

    def __str__(self) -> str:
        return (
            f"{self.name}: {self.value:.4f} ({self.confidence:.0%} interval {self.low:.4f} to {self.high:.4f}; "
            f"{self.effective:,.0f} effective of {self.sessions:,} searches)"
        )


def new_positions(table: ClickTable, scores: NDArray[Any]) -> NewPositions:
    """The ranking by falling scores (rows,) within each session, ties as shown."""
    order = np.lexsort((table.position, -scores, table.session))
    positions = np.empty(table.rows, np.int32)
    positions[order] = table.position
    return positions


def examination_weights(table: ClickTable, new: NewPositions, examination: Floats) -> Weights:
    """Looks at the new position over looks at the old; ``examination`` (positions,) may be relative to position 1.

    Raises InputError for positions that are no ranking or lie below the known examination.
    """
    _check_ranking(table, new)
    lowest = int(max(table.position.max(initial=1), new.max(initial=1)))
    if len(examination) < lowest or not (examination[:lowest] > 0).all():
        raise InputError(
            "the examination is not known at every position",
            field="examination",
            found=examination.tolist(),
            expected=f"a number above 0 for each of the positions 1 to {lowest}",
        )
    looks = np.where(new > 0, examination[np.maximum(new, 1) - 1], 0.0)
    return Weights(looks / examination[table.position - 1], examination[table.position - 1], looks)


def propensity_weights(table: ClickTable, new: NewPositions) -> Weights:
    """One over the logged chance, where old and new position agree, else 0. Raises InputError for a log without."""
    _check_ranking(table, new)
    if table.propensity is None or np.isnan(table.propensity).any():
        raise InputError("the log does not say how it was randomised", field="propensities", expected="one a product")
    weight = np.where(new == table.position, 1 / table.propensity, 0.0)
    return Weights(weight, np.ones(table.rows), (new > 0).astype(np.float64))


def naive(
    table: ClickTable, new: NewPositions, reward: NDArray[Any] | None = None, confidence: float = 0.95
) -> Estimate:
    """What was earned, wherever it stood: blind to position, so wrong for any new order. For comparison only."""
    _check_ranking(table, new)
    shown = (new > 0).astype(np.float64)
    return _summed("naive", table, shown, table.sums(shown * _reward(table, reward)), confidence)


def inverse_propensity(
    table: ClickTable, weights: Weights, reward: NDArray[Any] | None = None, confidence: float = 0.95
) -> Estimate:
    """The mean of weighted rewards: unbiased where the weights are right. ``reward`` (rows,) is the clicks if left out.

    Clip the weights first for the clipped estimator.
    """
    return _summed("IPS", table, weights.weight, table.sums(weights.weight * _reward(table, reward)), confidence)


def self_normalised(
    table: ClickTable,
    weights: Weights,
    new: NewPositions,
    reward: NDArray[Any] | None = None,
    confidence: float = 0.95,
) -> Estimate:
    """Weighted rewards over the weights' own mean instead of the expected one (Swaminathan and Joachims, NIPS 2015).

    Taken at each new position for itself, as weights grow with it. A little biased, steadier than IPS, and right in
    scale when weights are clipped; its error is by the delta method. With examination weights that are not clipped
    the two means agree and it is IPS itself. Raises InputError for a new position without any weight.
    """
    earned = np.bincount(new, weights=weights.weight * _reward(table, reward))
    found = np.bincount(new, weights=weights.weight * weights.control)
    expected = np.bincount(new, weights=weights.target)
    bare = (expected > 0) & ~(found > 0)
    if bare.any():
        raise InputError(
            "no search of the log has weight at some positions",
            field="weights",
            found=np.flatnonzero(bare).tolist(),
            expected="each new position to agree with the log now and then",
        )
    found = np.where(found > 0, found, 1.0)
    rate, scale = (earned / found)[new], (expected / found)[new]
    # Per search, the estimate to first order: its mean is the estimate, its spread the error.
    misses = _reward(table, reward) - rate * weights.control
    values = table.sums(rate * weights.target + scale * weights.weight * misses)
    return _summed("SNIPS", table, weights.weight, values, confidence)


def doubly_robust(
    table: ClickTable, weights: Weights, new: NewPositions, model: PositionModel, confidence: float = 0.95
) -> Estimate:
    """The model's clicks in the new order, put right by the weighted misses of the model in the old.

    Dudik, Langford and Li, ICML 2011: right when the weights or the model are, and steadier than IPS when both are.
    With examination weights, not clipped and of the model's own examination, it is IPS itself; clipped, the model
    fills in for what was cut off. Fit the model on other searches where these are few.
    """
    worth = model.attractiveness.rows(table)
    old = model.examined(table.position) * worth
    expected = np.where(new > 0, model.examined(np.maximum(new, 1).astype(np.int32)), 0.0) * worth
    values = table.sums(expected + weights.weight * (table.click - old))
    return _summed("DR", table, weights.weight, values, confidence)


def _summed(name: str, table: ClickTable, weight: Floats, values: Floats, confidence: float) -> Estimate:
    if table.sessions < 2:
        raise InputError("too few searches", field="sessions", found=table.sessions, expected="at least 2")
    value = float(values.mean())
    error = float(values.std(ddof=1) / np.sqrt(table.sessions))
    reach = NormalDist().inv_cdf((1 + confidence) / 2) * error
    squares = float((weight**2).sum()) * table.rows
    return Estimate(
        name=name,
        value=value,
        standard_error=error,
        low=value - reach,
        high=value + reach,
        confidence=confidence,
        sessions=table.sessions,
        effective=table.sessions * float(weight.sum()) ** 2 / squares if squares else 0.0,
        largest=float(weight.max(initial=0.0)),
    )


def _reward(table: ClickTable, reward: NDArray[Any] | None) -> NDArray[Any]:
    if reward is None:
        return table.click
    if reward.shape != (table.rows,):
        raise InputError(
            "the reward is not by row", field="reward", found=reward.shape, expected=f"shape ({table.rows},)"
        )
    return reward


def _check_ranking(table: ClickTable, new: NewPositions) -> None:
    if new.shape != (table.rows,) or (new < 0).any():
        raise InputError("no ranking", field="new", found=new.shape, expected=f"{table.rows} positions from 0")
    shown = new > 0
    taken = table.session[shown] * (int(new.max(initial=0)) + 1) + new[shown]
    if len(np.unique(taken)) < len(taken):
        raise InputError("two products of a search at one position", field="new", expected="each position once")
