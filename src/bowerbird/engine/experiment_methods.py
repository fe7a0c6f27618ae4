"""What an engine offers of experiments."""

from __future__ import annotations

from collections.abc import Sequence

from bowerbird.engine.experiment_definitions import Definition
from bowerbird.engine.experiments import CountReport, ExperimentReport, Experiments
from bowerbird.measure.impressions import Impression
from bowerbird.storage.experiments import StoredExperiment


class ExperimentMethods:
    """The part of ``Engine`` about experiments."""

    _experiments: Experiments

    def experiments(self) -> list[StoredExperiment]:
        """Every experiment, the oldest first."""
        return self._experiments.all()

    def start_experiment(self, definition: Definition, author: str) -> StoredExperiment:
        """Start an experiment, durable on return; the next search takes part. Raises InputError, ArtefactError."""
        return self._experiments.start(definition, author)

    def stop_experiment(self, name: str, author: str, why: str) -> StoredExperiment:
        """Stop an experiment, durable on return; the next search goes without it. Raises NotFoundError."""
        return self._experiments.stop(name, author, why)

    def count_outcomes(self, name: str, impressions: Sequence[Impression]) -> CountReport:
        """Count outcomes, each search once by its id, durable on return; harm stops the experiment.

        Raises NotFoundError, InputError, ArtefactError.
        """
        return self._experiments.count(name, impressions)

    def experiment_state(self, name: str) -> ExperimentReport:
        """How an experiment stands. Raises NotFoundError, ArtefactError."""
        return self._experiments.report(name)
