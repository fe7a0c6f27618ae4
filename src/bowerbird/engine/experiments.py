"""Running experiments: started and stopped, compiled for searches, counted and judged.

What this process changes holds for its next search, what another one changes within a second.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import orjson

from bowerbird.domain.errors import ArtefactError, BowerbirdError, InputError
from bowerbird.engine.experiment_definitions import Definition, Way, definition_record, read_definition
from bowerbird.events.shoppers import name_in
from bowerbird.measure.experiments import ExperimentState, Tally
from bowerbird.measure.impressions import Impression
from bowerbird.measure.outcomes import acts_of, add_outcomes, add_wins, judge, lead_of, stops_itself
from bowerbird.rank.faults import Faults
from bowerbird.rank.model import RankModel
from bowerbird.storage import artefacts
from bowerbird.storage.experiments import ExperimentStore, Folded, Outcome, StoredExperiment, Who, parse
from bowerbird.storage.shop_folder import ShopFolder

LOOK_SECONDS = 1.0
"""How often the database is looked at for what another process started or stopped."""
LONGEST_ID = 200
"""How long a search's id and a shopper's name may be."""


@dataclass(frozen=True, slots=True, eq=False)
class Running:
    """An experiment that searches take part in, with the models of its learned arms."""

    definition: Definition
    models: Mapping[str, RankModel]


@dataclass(frozen=True, slots=True)
class ExperimentReport:
    """An experiment as it was stored, what it is, and how it stands."""

    stored: StoredExperiment
    definition: Definition
    state: ExperimentState


@dataclass(frozen=True, slots=True)
class CountReport:
    """Searches that were new, that were counted before, and that were of no part in the experiment."""

    counted: int
    known: int
    passed_over: int
    report: ExperimentReport


class Experiments:
    """The experiments of one shop; safe from many threads. One that cannot be run is noted and left out."""

    def __init__(self, store: ExperimentStore, folder: ShopFolder, faults: Faults) -> None:
        self._store, self._models, self._faults = store, folder.rankers, faults
        self._lock = threading.Lock()
        self._running: tuple[Running, ...] = ()
        self._changed = -1
        self._looked_at: float | None = None

    @property
    def running(self) -> tuple[Running, ...]:
        """The experiments that searches take part in, the oldest first."""
        looked_at = self._looked_at
        if looked_at is None or time.monotonic() - looked_at > LOOK_SECONDS:
            self.renew()
        return self._running

    def renew(self) -> None:
        """Look at once."""
        with self._lock:
            if self._looked_at is not None:
                # Other searches go on with what is there meanwhile; only where nothing is yet do they wait.
                self._looked_at = time.monotonic()
            try:
                changed = self._store.changed()
                if changed != self._changed:
                    compiled = (self._compile(one) for one in self._store.all() if one.running)
                    self._running = tuple(one for one in compiled if one is not None)
                    self._changed = changed
            except BowerbirdError as error:
                self._faults.note("experiments", error)
            self._looked_at = time.monotonic()

    def all(self) -> list[StoredExperiment]:
        """Every experiment, the oldest first."""
        return self._store.all()

    def models(self) -> frozenset[str]:
        """The rankers that running experiments need. Raises ArtefactError for one that cannot be read."""
        running = (definition_of(one) for one in self._store.all() if one.running)
        return frozenset(way.model for one in running for way in one.ways.values() if way.model)

    def start(self, definition: Definition, author: str) -> StoredExperiment:
        """Start an experiment, durable on return. A learned arm keeps the model that is in use now.

        Raises InputError for a name that was used before or a model that is not there, ArtefactError for a torn one.
        """
        ways = {}
        for number, (arm, way) in enumerate(definition.ways.items()):
            model = self._name_of(way, f"definition.arms[{number}].model") if way.rank == "learned" else ""
            if model:
                RankModel.load(self._models / model)
            ways[arm] = replace(way, model=model)
        document = orjson.dumps(definition_record(replace(definition, ways=ways)))
        started = self._store.start(definition.name, document, author)
        self.renew()
        return started

    def stop(self, name: str, author: str, why: str) -> StoredExperiment:
        """Stop an experiment, durable on return; one that is stopped stays as it is. Raises NotFoundError."""
        stopped = self._store.stop(name, author, why)
        self.renew()
        return stopped

    def count(self, name: str, impressions: Sequence[Impression]) -> CountReport:
        """Count the outcomes of searches, each by its id once, durable on return; all of them or none.

        A guard that breaks, or shoppers in the wrong shares, stop the experiment. Raises NotFoundError, ArtefactError,
        InputError.
        """
        definition = definition_of(self._store.get(name))
        outcomes = outcomes_of(definition, impressions)

        def fold(saved: Any, known: Mapping[Who, Any], new: Sequence[Outcome]) -> Folded:
            tally = _tally(saved, name)
            now = add_outcomes(tally, known, new)
            if definition.interleaved:
                add_wins(tally, definition.experiment, new)
            state = judge(definition.experiment, tally, definition.interleaved)
            return Folded(tally.to_dict(), now, state.words if stops_itself(state) else None)

        done = self._store.count(name, outcomes, fold)
        if not done.experiment.running:
            self.renew()
        return CountReport(done.new, done.known, len(impressions) - len(outcomes), _report(done.experiment, definition))

    @property
    def name(self) -> str:
        """What exports call what was counted of a shopper."""
        return "experiments"

    def erase(self, keys: Collection[str]) -> None:
        """Drop what was counted of shoppers by their names; the tallies, which name nobody, stay."""
        self._store.erase_shoppers(_names(keys))

    def export(self, keys: Collection[str]) -> Mapping[str, Any]:
        """What was counted of shoppers, by experiment and arm."""
        return self._store.of_shoppers(_names(keys))

    def report(self, name: str) -> ExperimentReport:
        """How an experiment stands. Raises NotFoundError; ArtefactError where it cannot be read."""
        stored = self._store.get(name)
        return _report(stored, definition_of(stored))

    def _compile(self, stored: StoredExperiment) -> Running | None:
        try:
            definition = definition_of(stored)
            models = {
                arm: RankModel.load(self._folder_of(way.model))
                for arm, way in definition.ways.items()
                if way.rank == "learned"
            }
        except Exception as error:  # whatever is wrong with one of them, searches go on without it
            self._faults.note(f"experiment:{stored.name}", error)
            return None
        return Running(definition, models)

    def _name_of(self, way: Way, at: str) -> str:
        if way.model:
            if not self._folder_of(way.model).is_dir():
                raise InputError("no such ranker", field=at, found=way.model, expected="one that rank show lists")
            return way.model
        in_use = artefacts.current(self._models)
        if in_use is None:
            raise InputError("no ranker is in use", field=at, expected="a ranker's name; rank show lists them")
        return in_use.name

    def _folder_of(self, model: str) -> Path:
        return self._models / model


def _names(keys: Collection[str]) -> list[str]:
    """What a storefront may have called these shoppers when it searched."""
    return [*keys, *map(name_in, keys)]


def definition_of(stored: StoredExperiment) -> Definition:
    """What a stored experiment is. Raises ArtefactError."""
    try:
        definition = read_definition(parse(stored.document, f"the experiment {stored.name}"), stored=True)
    except InputError as error:
        # Written by a newer program, or damaged.
        raise ArtefactError(f"the experiment {stored.name} cannot be read: {error}") from error
    if definition.name != stored.name:
        raise ArtefactError(f"the experiment {stored.name} cannot be read: it is called {definition.name!r} inside")
    return definition


def outcomes_of(definition: Definition, impressions: Sequence[Impression], first: int = 0) -> list[Outcome]:
    """What can be counted of searches; those of no part in the experiment are left out.

    Raises InputError naming the place; ``first`` is the place of the first of them.
    """
    found = []
    for number, one in enumerate(impressions, first):
        if _belongs(definition, one):
            try:
                found.append(_outcome_of(definition, one))
            except InputError as error:
                at = f"outcomes[{number}]"
                raise InputError(
                    error.message, field=f"{at}.{error.field}", where=at, found=error.found, expected=error.expected
                ) from None
    return found


def _belongs(definition: Definition, one: Impression) -> bool:
    if one.experiment:
        return one.experiment == definition.name
    return any(one.teams) if definition.interleaved else one.arm in definition.ways


def _outcome_of(definition: Definition, one: Impression) -> Outcome:
    for name, value in (("query_id", one.query_id), ("shopper", one.shopper)):
        if not 0 < len(value) <= LONGEST_ID:
            raise InputError(f"no {name}", field=name, found=value, expected=f"1 to {LONGEST_ID} characters")
    if definition.interleaved:
        # The lead is told of the second arm.
        return Outcome(one.query_id, definition.experiment.arms[1].name, one.shopper, lead_of(one))
    if one.arm not in definition.ways:
        raise InputError("no such arm", field="arm", found=one.arm, expected=", ".join(definition.ways))
    return Outcome(one.query_id, one.arm, one.shopper, acts_of(one))


def _report(stored: StoredExperiment, definition: Definition) -> ExperimentReport:
    tally = _tally(parse(stored.tally, f"the tally of {stored.name}"), stored.name)
    return ExperimentReport(stored, definition, judge(definition.experiment, tally, definition.interleaved))


def _tally(saved: Any, name: str) -> Tally:
    try:
        return Tally.from_dict(saved)
    except (InputError, AttributeError, TypeError) as error:
        raise ArtefactError(f"the tally of {name} cannot be read: {error}") from error
