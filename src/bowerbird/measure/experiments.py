"""Experiments: shoppers are split into arms by a hash, their acts summed up, and the state put into words at any time.

Observations must not depend on each other, so one is a shopper, not a search: the searches of one shopper are alike,
and counted one by one they would seem to be surer than they are. ``outcomes`` makes them from searches.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, Final, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.errors import InputError
from bowerbird.measure.anytime import Interval, SampleRatio, Sums, difference_interval, sample_ratio

EVERYBODYS: Final = "clicks"
"""The metric that every search of an experiment brings: who has it is everybody who takes part."""

Decision: TypeAlias = Literal["running", "better", "worse", "stopped by guard", "sample ratio wrong"]

_WORDS: Final[Mapping[Decision, str]] = {
    "running": "running: no difference in {metric} is sure yet",
    "better": "{arm} is better: {metric} {value:+.4g} ({low:+.4g} to {high:+.4g})",
    "worse": "{arm} is worse: {metric} {value:+.4g} ({low:+.4g} to {high:+.4g})",
    "stopped by guard": "{arm} breaks the guard on {metric}: {value:+.4g} ({low:+.4g} to {high:+.4g})",
    "sample ratio wrong": "the arms have not the shoppers they should have (p {p:.2g}): nothing else can be trusted",
}

_SUMS: Final = ("count", "mean", "apart")


@dataclass(frozen=True, slots=True)
class Arm:
    """One way to serve, and its part of the shoppers relative to the others'."""

    name: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Guard:
    """A metric that must not suffer: ``loss`` is what is tolerated, in the metric's own unit."""

    metric: str
    loss: float = 0.0
    higher_is_better: bool = True

    def broken(self, difference: Interval) -> bool:
        """Whether the whole interval of the difference to the control lies beyond the tolerated loss."""
        return difference.high < -self.loss if self.higher_is_better else difference.low > self.loss


@dataclass(frozen=True, slots=True)
class Experiment:
    """The arms, of which the first is the control, the goal, of which more is better, and the guards.

    ``share`` of all shoppers take part. ``level`` is the chance that anything is said to differ that does not, over
    all looks, arms and metrics together; ``target`` is the number of shoppers at which intervals are at their best;
    before ``least`` shoppers an arm nothing is said. Raises InputError for settings that make no experiment.
    """

    name: str
    arms: tuple[Arm, ...]
    goal: str
    guards: tuple[Guard, ...] = ()
    share: float = 1.0
    level: float = 0.05
    target: float = 10_000
    least: int = 200

    def __post_init__(self) -> None:
        names = [arm.name for arm in self.arms]
        if len(names) < 2 or len(set(names)) < len(names) or not all(names):
            raise InputError("wrong arms", field="arms", found=names, expected="two or more, each with its own name")
        if not all(math.isfinite(arm.weight) and arm.weight > 0 for arm in self.arms):
            weights = [arm.weight for arm in self.arms]
            raise InputError("wrong weights", field="weight", found=weights, expected="numbers above 0")
        if not 0 <= self.share <= 1:
            raise InputError("no share", field="share", found=self.share, expected="a number from 0 to 1")
        if not 0 < self.level < 1:
            raise InputError("no level", field="level", found=self.level, expected="a number between 0 and 1")

    @property
    def comparisons(self) -> int:
        """How many differences are judged."""
        return (len(self.arms) - 1) * (1 + len(self.guards))


def assign(experiment: Experiment, shopper: str) -> str | None:
    """The shopper's arm, always the same one, or None for whoever takes no part.

    Who takes part and in which arm are independent of each other: a larger share moves nobody between arms.
    """
    digest = blake2b(f"{experiment.name}\0{shopper}".encode(), digest_size=16).digest()
    part, place = (int.from_bytes(half, "big") / 2**64 for half in (digest[:8], digest[8:]))
    if part >= experiment.share:
        return None
    place *= sum(arm.weight for arm in experiment.arms)
    for arm in experiment.arms[:-1]:
        place -= arm.weight
        if place < 0:
            return arm.name
    return experiment.arms[-1].name


@dataclass(slots=True)
class Tally:
    """Running sums by arm and metric; grows as observations come, and can be saved."""

    sums: dict[str, dict[str, Sums]] = field(default_factory=dict)

    def add(self, arm: str, metric: str, values: float | Sequence[float] | NDArray[Any]) -> None:
        """Add observations of an arm. Raises InputError for one that is no number."""
        new = np.atleast_1d(np.asarray(values, np.float64))
        if not np.isfinite(new).all():
            raise InputError("an observation is no number", field=metric, found=values, expected="a finite number")
        if len(new):
            mean = float(new.mean())
            added = Sums(float(len(new)), mean, float(((new - mean) ** 2).sum()))
            self._set(arm, metric, self.get(arm, metric).join(added))

    def renew(self, arm: str, metric: str, before: float, now: float) -> None:
        """Let an observation that was added be another one: a shopper's mean, once more of its searches are known.

        The theorem behind the intervals is of observations that stay as they are. These do not, and the more searches a
        shopper brings the nearer false alarms come to the level: ``benchmarks/simulated_shoppers.py`` counts them.
        """
        self._set(arm, metric, self.get(arm, metric).renew(before, now))

    def get(self, arm: str, metric: str) -> Sums:
        """The sums of an arm's metric, of nothing where there was none."""
        return self.sums.get(arm, {}).get(metric, Sums())

    def to_dict(self) -> dict[str, dict[str, dict[str, float]]]:
        """The sums by arm, then metric, for JSON."""
        return {
            arm: {metric: {name: getattr(one, name) for name in _SUMS} for metric, one in metrics.items()}
            for arm, metrics in self.sums.items()
        }

    @classmethod
    def from_dict(cls, saved: Mapping[str, Mapping[str, Any]]) -> Tally:
        """What ``to_dict`` gives, or gave at first. Raises InputError for anything else."""
        tally = cls()
        for arm, metrics in saved.items():
            for metric, one in metrics.items():
                tally._set(arm, metric, _read_sums(one, metric, arm))
        return tally

    def _set(self, arm: str, metric: str, sums: Sums) -> None:
        self.sums.setdefault(arm, {})[metric] = sums


def _read_sums(saved: Any, metric: str, arm: str) -> Sums:
    """An object of ``_SUMS`` or, as they were saved at first, a list of count, sum and sum of squares."""
    old = isinstance(saved, list | tuple)
    numbers = saved if old else [saved.get(name) for name in _SUMS] if isinstance(saved, Mapping) else []
    if len(numbers) != len(_SUMS) or not all(isinstance(one, int | float) for one in numbers):
        raise InputError("no sums", field=metric, where=arm, found=saved, expected=", ".join(_SUMS))
    return Sums.of_squares(*map(float, numbers)) if old else Sums(*map(float, numbers))


@dataclass(frozen=True, slots=True)
class ArmState:
    """An arm's shoppers, and by metric how many of them have it, which need not be all, and its mean over those.

    ``lifts`` are the differences to the control, none for itself; ``counts`` are none of an interleaving.
    """

    name: str
    shoppers: int
    counts: Mapping[str, int]
    means: Mapping[str, float]
    lifts: Mapping[str, Interval]


@dataclass(frozen=True, slots=True)
class ExperimentState:
    """How an experiment stands; ``arm`` is the one that the decision is about, and ``words`` say it to a person.

    ``missing`` are the metrics that no outcome has brought yet.
    """

    decision: Decision
    words: str
    arm: str | None
    arms: tuple[ArmState, ...]
    ratio: SampleRatio
    missing: tuple[str, ...] = ()


def judge_experiment(experiment: Experiment, tally: Tally) -> ExperimentState:
    """How the experiment stands; ask as often as you like.

    What comes first decides: a wrong sample ratio, a broken guard, an arm that is better, one that is worse.
    """
    metrics = list(dict.fromkeys([experiment.goal, *(guard.metric for guard in experiment.guards)]))
    arms = tuple(_arm_state(experiment, arm.name, metrics, tally) for arm in experiment.arms)
    ratio = sample_ratio([arm.shoppers for arm in arms], [arm.weight for arm in experiment.arms])
    decision, arm, metric = _decide(experiment, arms[1:], ratio)
    lift = arm.lifts[metric] if arm else Interval(0.0, 0.0, 0.0)
    words = _WORDS[decision].format(
        arm=arm.name if arm else "", metric=metric, value=lift.value, low=lift.low, high=lift.high, p=ratio.anytime_p
    )
    missing = tuple(metric for metric in metrics if not any(arm.counts[metric] for arm in arms))
    if missing:
        words += f"; no outcome has brought {', '.join(missing)} yet"
    return ExperimentState(decision, words, arm.name if arm else None, arms, ratio, missing)


def _arm_state(experiment: Experiment, name: str, metrics: Sequence[str], tally: Tally) -> ArmState:
    control = experiment.arms[0].name
    level = experiment.level / experiment.comparisons
    lifts = {
        metric: difference_interval(
            tally.get(control, metric),
            tally.get(name, metric),
            level=level,
            target=experiment.target,
            least=experiment.least,
        )
        for metric in (metrics if name != control else ())
    }
    sums = {metric: tally.get(name, metric) for metric in metrics}
    return ArmState(
        name,
        # Not those of the goal, which an arm may bring more of by being better: that is no wrong split.
        int(tally.get(name, EVERYBODYS).count),
        {metric: int(one.count) for metric, one in sums.items()},
        {metric: one.mean for metric, one in sums.items()},
        lifts,
    )


def _decide(
    experiment: Experiment, arms: Sequence[ArmState], ratio: SampleRatio
) -> tuple[Decision, ArmState | None, str]:
    if ratio.alarm:
        return "sample ratio wrong", None, experiment.goal
    for arm in arms:
        for guard in experiment.guards:
            if guard.broken(arm.lifts[guard.metric]):
                return "stopped by guard", arm, guard.metric
    ahead = [arm for arm in arms if arm.lifts[experiment.goal].low > 0]
    behind = [arm for arm in arms if arm.lifts[experiment.goal].high < 0]
    if ahead:
        return "better", max(ahead, key=lambda arm: arm.lifts[experiment.goal].value), experiment.goal
    if behind:
        return "worse", min(behind, key=lambda arm: arm.lifts[experiment.goal].value), experiment.goal
    return "running", None, experiment.goal
