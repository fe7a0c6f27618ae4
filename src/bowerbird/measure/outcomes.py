"""From the outcomes of an experiment's searches, as they come, to its tally; and how an interleaving stands.

A shopper is one observation: its mean over the searches known so far, which further searches change (what that costs,
``Tally.renew`` says). ``Known`` is what has to be kept of each shopper for that.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, TypeAlias

from bowerbird.domain.errors import InputError
from bowerbird.measure.anytime import Interval, SampleRatio, mean_interval
from bowerbird.measure.experiments import EVERYBODYS, ArmState, Experiment, ExperimentState, Tally, judge_experiment
from bowerbird.measure.impressions import Impression
from bowerbird.measure.interleaving import outcome
from bowerbird.storage.experiments import Outcome

ACTS: Final = (EVERYBODYS, "orders", "no_result")
"""The metrics of every search; others come with it by their own names."""
LEAD: Final = "lead"
"""The goal of an interleaving: 1 for a search that the second arm won, -1 for one that it lost."""
WINS: Final = "wins"
"""Searches that an arm of an interleaving won, of all of them: a search is the observation here."""

MOST_METRICS, LONGEST_NAME, LARGEST = 20, 100, 1e12
"""How many metrics of its own a search may bring, how long a name may be, and how large a number."""

Known: TypeAlias = "Mapping[str, Sequence[float]]"
"""By metric in how many searches a shopper had it, and its sum over them."""


def acts_of(impression: Impression) -> dict[str, float]:
    """A search's ``ACTS`` and its own metrics. Raises InputError for a metric that cannot be counted."""
    if len(impression.metrics) > MOST_METRICS:
        found = len(impression.metrics)
        raise InputError("too many metrics", field="metrics", found=found, expected=f"at most {MOST_METRICS}")
    for name, value in impression.metrics.items():
        if name in ACTS or not 0 < len(name) <= LONGEST_NAME:
            expected = f"a name of at most {LONGEST_NAME} characters other than {', '.join(ACTS)}"
            raise InputError("no name of a metric", field="metrics", found=name, expected=expected)
        # Of larger ones the squares would leave what numbers can hold.
        if not math.isfinite(value) or abs(value) > LARGEST:
            raise InputError("no number", field=f"metrics.{name}", found=value, expected=f"at most {LARGEST:g}")
    counted = (len(impression.clicks), len(impression.orders), not impression.products)
    return {**dict(zip(ACTS, map(float, counted), strict=True)), **impression.metrics}


def lead_of(impression: Impression) -> dict[str, float]:
    """Which side of an interleaved search won."""
    return {LEAD: float(outcome(impression))}


def add_outcomes(
    tally: Tally, known: Mapping[tuple[str, str], Known], observed: Sequence[Outcome]
) -> dict[tuple[str, str], dict[str, list[float]]]:
    """Add searches to a tally, given what is known of their shoppers by arm and name; returns what is known now."""
    now = {who: {metric: list(sums) for metric, sums in metrics.items()} for who, metrics in known.items()}
    for one in observed:
        metrics = now.setdefault((one.arm, one.shopper), {})
        for metric, value in one.values.items():
            count, total = metrics.get(metric, (0, 0.0))
            metrics[metric] = [count + 1, total + value]
            if count:
                tally.renew(one.arm, metric, total / count, (total + value) / (count + 1))
            else:
                tally.add(one.arm, metric, value)
    return now


def add_wins(tally: Tally, experiment: Experiment, observed: Sequence[Outcome]) -> None:
    """Add to an interleaving's tally which arm won each search."""
    first, second = (arm.name for arm in experiment.arms)
    for one in observed:
        tally.add(first, WINS, float(one.values[LEAD] < 0))
        tally.add(second, WINS, float(one.values[LEAD] > 0))


def judge_interleaving(experiment: Experiment, tally: Tally) -> ExperimentState:
    """How an interleaving of two arms stands; ask as often as you like. No sample ratio: every shopper sees both."""
    first, second = (arm.name for arm in experiment.arms)
    sums = tally.get(second, LEAD)
    lead = mean_interval(sums, level=experiment.level, target=experiment.target, least=experiment.least)
    wins = [tally.get(arm, WINS) for arm in (first, second)]
    told = (
        f"{second} won {wins[1].total:.0f} and {first} {wins[0].total:.0f} of {wins[0].count:.0f} searches; "
        f"lead {lead.value:+.4g} ({lead.low:+.4g} to {lead.high:+.4g})"
    )
    arms = tuple(
        ArmState(name, int(sums.count), {}, {WINS: won.mean}, {LEAD: lead} if name == second else {})
        for name, won in zip((first, second), wins, strict=True)
    )
    running = ExperimentState("running", f"running: neither is surely better: {told}", None, arms, SampleRatio(1, 1))
    if lead.low > 0:
        return replace(running, decision="better", words=f"{second} is better: {told}", arm=second)
    if lead.high < 0:
        return replace(running, decision="worse", words=f"{second} is worse: {told}", arm=second)
    return running


def judge(experiment: Experiment, tally: Tally, interleaved: bool) -> ExperimentState:
    """How an experiment of either kind stands."""
    return judge_interleaving(experiment, tally) if interleaved else judge_experiment(experiment, tally)


def stops_itself(state: ExperimentState) -> bool:
    """Whether an experiment must not go on: an arm does harm, or nothing that is counted can be trusted."""
    return state.decision in ("stopped by guard", "sample ratio wrong")


def finite(interval: Interval) -> dict[str, Any]:
    """An interval as JSON has it; an end that is not known yet is null."""
    ends = {"low": interval.low, "high": interval.high}
    return {"value": interval.value, **{name: end if abs(end) != float("inf") else None for name, end in ends.items()}}
