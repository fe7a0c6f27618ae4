"""Statistics that may be looked at as often as one likes, at no cost in false alarms.

The intervals are asymptotic confidence sequences (Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas, Time-uniform
central limit theory and asymptotic confidence sequences, Annals of Statistics 52(6), 2024). With t observations of
variance s^2 the mean lies, at every t at once and with probability 1 - level, within

    s sqrt( 2 (t rho^2 + 1) / (t^2 rho^2) log( sqrt(t rho^2 + 1) / level ) )

of the truth. ``rho`` says at which number of observations the interval is to be at its best; no rho makes it wrong.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from scipy.special import chdtrc, gammaln

from bowerbird.domain.errors import InputError

RATIO_ALARM: Final = 0.001
_ROUNDED: Final = 1e-14
"""What differs by less than this part of its mean may be the same."""


@dataclass(frozen=True, slots=True)
class Sums:
    """Count and mean of observations that do not depend on each other; ``apart`` sums their squared distances from it.

    Sums of squares would lose a small variance around a large mean (Chan, Golub and LeVeque, 1983).
    """

    count: float = 0.0
    mean: float = 0.0
    apart: float = 0.0

    @classmethod
    def of_squares(cls, count: float, total: float, squares: float) -> Sums:
        """From count, sum and sum of squares, as good as these are."""
        mean = total / count if count else 0.0
        return cls(count, mean, max(0.0, squares - total * mean))

    @property
    def total(self) -> float:
        """The sum."""
        return self.count * self.mean

    @property
    def variance(self) -> float:
        """The unbiased variance, 0 of less than two, and of what differs by no more than numbers are rounded."""
        if self.count < 2:
            return 0.0
        found = self.apart / (self.count - 1)
        return found if found > (_ROUNDED * self.mean) ** 2 else 0.0

    def join(self, other: Sums) -> Sums:
        """Both together."""
        count = self.count + other.count
        if not count:
            return self
        away = other.mean - self.mean
        mean = self.mean + away * other.count / count
        return Sums(count, mean, self.apart + other.apart + away**2 * self.count * other.count / count)

    def renew(self, before: float, now: float) -> Sums:
        """With one observation, that was ``before``, being ``now``."""
        mean = self.mean + (now - before) / self.count
        apart = self.apart + (now - before) * ((now - mean) + (before - self.mean))
        return Sums(self.count, mean, max(0.0, apart))


@dataclass(frozen=True, slots=True)
class Interval:
    """A value and where the truth lies."""

    value: float
    low: float
    high: float


def best_rho(target: float, level: float) -> float:
    """The rho whose interval is shortest at ``target`` observations (section 2.2 of the paper, two-sided)."""
    odds = -2 * math.log(level)
    return math.sqrt((odds + math.log(odds + 1)) / target)


def reach(count: float, rho: float, level: float) -> float:
    """Half the interval's width in standard deviations of one observation."""
    grown = count * rho**2 + 1
    return math.sqrt(2 * grown / (count * rho) ** 2 * math.log(math.sqrt(grown) / level))


def mean_interval(sums: Sums, *, level: float = 0.05, target: float = 10_000, least: int = 100) -> Interval:
    """Where the mean lies at any time; everywhere until ``least`` observations, as the theory is of large numbers."""
    if sums.count < least or not sums.variance:
        return Interval(sums.mean, -math.inf, math.inf)
    wide = math.sqrt(sums.variance) * reach(sums.count, best_rho(target, level), level)
    return Interval(sums.mean, sums.mean - wide, sums.mean + wide)


def difference_interval(
    first: Sums, second: Sums, *, level: float = 0.05, target: float = 10_000, least: int = 100
) -> Interval:
    """Where the second mean less the first lies, at any time; everywhere until each arm has ``least`` observations.

    The sequence of the paper for a randomised experiment, over both arms' observations together: each counts, once
    centred by its arm's mean, by one over its arm's share, so that their variance is t (v1/n1 + v2/n2).
    """
    value = second.mean - first.mean
    if min(first.count, second.count) < least or not first.variance + second.variance:
        return Interval(value, -math.inf, math.inf)
    count = first.count + second.count
    spread = math.sqrt(count * (first.variance / first.count + second.variance / second.count))
    wide = spread * reach(count, best_rho(target, level), level)
    return Interval(value, value - wide, value + wide)


@dataclass(frozen=True, slots=True)
class SampleRatio:
    """Whether shoppers went to the arms in the shares that were meant.

    ``p`` is Pearson's chi-square test, good for one look; ``anytime_p`` holds over all looks together.
    """

    p: float
    anytime_p: float

    @property
    def suspect(self) -> bool:
        """Whether one look says that the shares are wrong."""
        return self.p < RATIO_ALARM

    @property
    def alarm(self) -> bool:
        """Whether the shares are wrong, however often one looked."""
        return self.anytime_p < RATIO_ALARM


def sample_ratio(counts: Sequence[int], weights: Sequence[float], prior: float = 2_000) -> SampleRatio:
    """Check counts of shoppers by arm against the arms' weights. Raises InputError for weights that are none.

    The anytime p is one over the Bayes factor of a Dirichlet prior around the weights, worth ``prior`` shoppers
    (Lindon and Malek, Anytime-valid inference for multinomial count data, NeurIPS 2022).
    """
    if len(counts) != len(weights) or len(weights) < 2 or not all(weight > 0 for weight in weights):
        raise InputError("wrong weights", field="weights", found=list(weights), expected="one above 0 for each arm")
    size, shares = sum(counts), [weight / sum(weights) for weight in weights]
    if not size:
        return SampleRatio(1.0, 1.0)
    squares = sum((count - size * share) ** 2 / (size * share) for count, share in zip(counts, shares, strict=True))
    factor = float(gammaln(prior) - gammaln(prior + size))
    for count, share in zip(counts, shares, strict=True):
        factor += float(gammaln(prior * share + count) - gammaln(prior * share)) - count * math.log(share)
    return SampleRatio(float(chdtrc(len(counts) - 1, squares)), min(1.0, math.exp(-max(factor, 0.0))))
