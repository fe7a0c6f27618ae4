"""Learning what each source of a list counts: a softmax over what was there to choose from, and what was chosen.

McFadden, Conditional logit analysis of qualitative choice behavior, 1973, with weights that are never below 0 and are
held near a start (the rule), so that few choices change little. Kept only where it beats the start on choices that it
has not seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize, minimize_scalar

from bowerbird.domain.errors import InputError
from bowerbird.measure.intervals import Interval, mean_interval
from bowerbird.measure.next_item import gains_at

if TYPE_CHECKING:
    from bowerbird.domain.ports import Floats

Doubles: TypeAlias = NDArray[np.float64]
LEAST_CHOICES = 50


@dataclass(frozen=True, slots=True)
class MixerSettings:
    """How weights are fitted."""

    pull: float = 20.0
    """How many choices the start is worth."""
    depth: int = 10
    confidence: float = 0.9
    """How sure it must be that learned weights are better than the start."""
    seed: int = 0


@dataclass(frozen=True, eq=False)
class Choice:
    """What there was: ``values`` (candidates, sources), what each source says of each; ``chosen`` is a place in it."""

    values: Floats
    chosen: int


@dataclass(frozen=True, eq=False)
class LearnedWeights:
    """Weights by source, the largest of them 1, and how much nDCG they gain on the start, on choices not seen.

    ``wins`` says that the gain is surely above 0.
    """

    weights: Doubles
    start: float
    learned: float
    gain: Interval

    @property
    def wins(self) -> bool:
        """Whether they are surely better than the start."""
        return self.gain.low > 0


def learn_weights(choices: Sequence[Choice], start: Doubles, settings: MixerSettings | None = None) -> LearnedWeights:
    """Fit on one half and measure on the other, both ways; then fit on all.

    ``start`` (sources,) is the rule's weights. Raises InputError where there are too few choices.
    """
    settings = settings or MixerSettings()
    if len(choices) < LEAST_CHOICES:
        raise InputError(
            "too few choices to learn from", field="choices", found=len(choices), expected=f"at least {LEAST_CHOICES}"
        )
    half = np.random.default_rng(settings.seed).permutation(len(choices)) % 2 == 0
    gains, learned, base = [], 0.0, 0.0
    for side in (half, ~half):
        seen, unseen = ([one for one, here in zip(choices, mask, strict=True) if here] for mask in (side, ~side))
        after = gains_at(ranks_by(unseen, fit_weights(seen, start, settings.pull)), settings.depth)
        before = gains_at(ranks_by(unseen, start), settings.depth)
        gains += (after - before).tolist()
        learned, base = learned + float(after.sum()), base + float(before.sum())
    gain = mean_interval(gains, settings.confidence, seed=settings.seed)
    weights = fit_weights(choices, start, settings.pull)
    return LearnedWeights(weights / (weights.max() or 1.0), base / len(choices), learned / len(choices), gain)


def fit_weights(choices: Sequence[Choice], start: Doubles, pull: float) -> Doubles:
    """The (sources,) weights of 0 or more that make what was chosen likeliest, held near a multiple of ``start``."""
    values = np.concatenate([one.values for one in choices]).astype(np.float64)
    counts = np.array([len(one.values) for one in choices])
    firsts = np.cumsum(counts) - counts
    chosen = firsts + [one.chosen for one in choices]

    def loss(weights: Doubles) -> tuple[float, Doubles]:
        scores = values @ weights
        scores -= np.repeat(np.maximum.reduceat(scores, firsts), counts)
        powers = np.exp(scores)
        totals = np.add.reduceat(powers, firsts)
        expected = values.T @ (powers / np.repeat(totals, counts))
        return float(np.log(totals).sum() - scores[chosen].sum()), expected - values[chosen].sum(axis=0)

    # How sharply shoppers choose is no part of the rule: only the proportions of its weights are.
    sharp = minimize_scalar(lambda log: loss(start * np.exp(log))[0], bounds=(-3, 6), method="bounded")
    centre = start * np.exp(float(sharp.x))
    unit = max(float(centre.max()), 1e-9)

    def held(weights: Doubles) -> tuple[float, Doubles]:
        value, slope = loss(weights)
        away = (weights - centre) / unit
        return value + pull * float(away @ away) / 2, slope + pull * away / unit

    weights: Doubles = minimize(held, centre, jac=True, method="L-BFGS-B", bounds=[(0, None)] * len(start)).x
    return weights


def ranks_by(choices: Sequence[Choice], weights: Doubles) -> NDArray[np.int64]:
    """The rank of what was chosen, from 1, by weighed values; what scores the same counts as before it."""
    ranks = [np.sum(scores >= scores[one.chosen]) for one in choices for scores in [one.values @ weights]]
    return np.array(ranks, np.int64)
