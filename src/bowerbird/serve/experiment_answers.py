"""From experiments to their HTTP shapes, as plain dicts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import orjson

from bowerbird.measure.outcomes import finite

if TYPE_CHECKING:
    from bowerbird.domain.results import ExperimentShown
    from bowerbird.engine.experiments import CountReport, ExperimentReport
    from bowerbird.storage.experiments import StoredExperiment


def experiments_body(experiments: Iterable[StoredExperiment]) -> dict[str, Any]:
    """Experiments as they were started and stopped."""
    return {"experiments": [experiment_body(one) for one in experiments]}


def experiment_body(stored: StoredExperiment) -> dict[str, Any]:
    """One experiment as it was started and stopped."""
    try:
        definition = orjson.loads(stored.document)
    except orjson.JSONDecodeError:
        definition = None
    return {
        "name": stored.name,
        "definition": definition,
        "status": "running" if stored.running else "stopped",
        "author": stored.author,
        "started_at": stored.started_at,
        "stopped_by": stored.stopped_by,
        "stopped_at": stored.stopped_at,
        "why": stored.why,
    }


def report_body(report: ExperimentReport) -> dict[str, Any]:
    """An experiment and how it stands."""
    state = report.state
    return {
        **experiment_body(report.stored),
        "decision": state.decision,
        "words": state.words,
        "arm": state.arm,
        "arms": [
            {
                "name": arm.name,
                "shoppers": arm.shoppers,
                "counts": dict(arm.counts),
                "means": dict(arm.means),
                "lifts": {metric: finite(lift) for metric, lift in arm.lifts.items()},
            }
            for arm in state.arms
        ],
        "guards": [
            {
                "metric": guard.metric,
                "loss": guard.loss,
                "higher_is_better": guard.higher_is_better,
                "broken_by": [
                    arm.name
                    for arm in state.arms
                    if guard.metric in arm.lifts and guard.broken(arm.lifts[guard.metric])
                ],
            }
            for guard in report.definition.experiment.guards
        ],
        "missing": list(state.missing),
        "sample_ratio": {"p": state.ratio.p, "anytime_p": state.ratio.anytime_p, "alarm": state.ratio.alarm},
    }


def counted_body(done: CountReport) -> dict[str, Any]:
    """What was counted, and how the experiment stands now."""
    counted = {"counted": done.counted, "known": done.known, "passed_over": done.passed_over}
    return {**counted, **report_body(done.report)}


def shown_body(shown: ExperimentShown | None) -> dict[str, Any]:
    """What a search's experiment adds to its answer; nothing where it is part of none."""
    if shown is None:
        return {}
    return {"experiment": {"name": shown.name, "arm": shown.arm, "query_id": shown.query_id}}
