"""Definitions of experiments from JSON and to JSON.

    {"name": "learned-ranker", "kind": "ab", "share": 0.5, "goal": "clicks",
     "arms": [{"name": "control", "rank": "default"}, {"name": "new", "rank": "learned", "weight": 1}],
     "guards": [{"metric": "took_ms", "loss": 20, "higher_is_better": false}]}

The first arm is the control. An arm ranks by the ``default`` score, by a ``learned`` model (``model`` names it; the one
in use where it is left out), or by ``relevance``: retrieval alone. An ``interleaving`` has two arms, no weights, no
guards and no goal: its goal is which arm's products are clicked.

A goal or a guard is one of the metrics that every search has (``clicks``, ``orders``, ``no_result``) or any that the
outcomes bring by themselves, of which nothing is known beforehand; but a name that is nearly one of the first is taken
for a slip of the pen.
"""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias, cast, get_args

from bowerbird.domain.record_checks import boolean_at, integer_at, list_at, object_at, text_at, wrong
from bowerbird.measure.experiments import Arm, Experiment, Guard
from bowerbird.measure.outcomes import ACTS, LEAD

Kind: TypeAlias = Literal["ab", "interleaving"]
RankBy: TypeAlias = Literal["default", "learned", "relevance"]

MAX_ARMS, MAX_GUARDS = 8, 16
LOWER_IS_BETTER: Final = ("no_result", "took_ms")
"""The metrics whose guards, unless told otherwise, break when they rise."""
_NEAR: Final = 0.8
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_KEYS = ("name", "kind", "arms", "goal", "guards", "share", "level", "target", "least")


@dataclass(frozen=True, slots=True)
class Way:
    """What an arm ranks with; ``model`` names a learned one, empty for the one in use."""

    rank: RankBy = "default"
    model: str = ""


@dataclass(frozen=True, slots=True)
class Definition:
    """An experiment and how each of its arms ranks, by the arm's name."""

    experiment: Experiment
    ways: Mapping[str, Way]
    kind: Kind = "ab"

    @property
    def name(self) -> str:
        """The experiment's name."""
        return self.experiment.name

    @property
    def interleaved(self) -> bool:
        """Whether every shopper sees both arms on one page."""
        return self.kind == "interleaving"


def read_definition(value: Any, at: str = "definition", *, stored: bool = False) -> Definition:
    """A definition out of JSON. Raises InputError naming the place.

    One that is ``stored`` was taken once: its metrics are what they are.
    """
    given = object_at(value, at, _KEYS, ("name", "arms"))
    kind = cast("Kind", _one_of(given.get("kind", "ab"), f"{at}.kind", get_args(Kind)))
    interleaved = kind == "interleaving"
    arms, ways = _read_arms(given["arms"], f"{at}.arms", interleaved)
    for name in ("goal", "guards") if interleaved else ():
        if given.get(name):
            raise wrong("is not for an interleaving", f"{at}.{name}", given[name], "clicks decide by themselves")
    if not interleaved and "goal" not in given:
        raise wrong("goal is missing", f"{at}.goal")
    listed = list_at(given.get("guards", []), f"{at}.guards", 0, MAX_GUARDS, "guards")
    guards = tuple(_read_guard(guard, f"{at}.guards[{number}]", stored) for number, guard in enumerate(listed))
    experiment = Experiment(
        name=_name_at(given["name"], f"{at}.name"),
        arms=arms,
        goal=LEAD if interleaved else _metric_at(given["goal"], f"{at}.goal", stored),
        guards=guards,
        share=_number_at(given.get("share", 1.0), f"{at}.share", 0, 1),
        level=_number_at(given.get("level", 0.05), f"{at}.level", 1e-6, 0.5),
        target=_number_at(given.get("target", 10_000), f"{at}.target", 1, 1e12),
        least=integer_at(given.get("least", 200), f"{at}.least", 2, 10**9),
    )
    return Definition(experiment, ways, kind)


def definition_record(definition: Definition) -> dict[str, Any]:
    """A definition as JSON; ``read_definition`` reads it again."""
    experiment = definition.experiment
    arms = []
    for arm in experiment.arms:
        way = definition.ways[arm.name]
        weight = {} if definition.interleaved else {"weight": arm.weight}
        arms.append({"name": arm.name, "rank": way.rank, **({"model": way.model} if way.model else {}), **weight})
    guards = [
        {"metric": guard.metric, "loss": guard.loss, "higher_is_better": guard.higher_is_better}
        for guard in experiment.guards
    ]
    return {
        "name": experiment.name,
        "kind": definition.kind,
        "arms": arms,
        **({} if definition.interleaved else {"goal": experiment.goal, "guards": guards}),
        "share": experiment.share,
        "level": experiment.level,
        "target": experiment.target,
        "least": experiment.least,
    }


def _read_arms(value: Any, at: str, interleaved: bool) -> tuple[tuple[Arm, ...], dict[str, Way]]:
    arms: list[Arm] = []
    ways: dict[str, Way] = {}
    for number, one in enumerate(list_at(value, at, 2, 2 if interleaved else MAX_ARMS, "arms")):
        place = f"{at}[{number}]"
        known = ("name", "rank", "model", *(() if interleaved else ("weight",)))
        given = object_at(one, place, known, ("name", "rank"))
        name = _name_at(given["name"], f"{place}.name")
        if name in ways:
            raise wrong("there are two of this name", f"{place}.name", name)
        rank = cast("RankBy", _one_of(given["rank"], f"{place}.rank", get_args(RankBy)))
        if "model" in given and rank != "learned":
            raise wrong("is only for a learned arm", f"{place}.model", given["model"])
        ways[name] = Way(rank, _name_at(given["model"], f"{place}.model") if "model" in given else "")
        arms.append(Arm(name, _number_at(given.get("weight", 1.0), f"{place}.weight", 1e-6, 1e6)))
    return tuple(arms), ways


def _read_guard(value: Any, at: str, stored: bool) -> Guard:
    given = object_at(value, at, ("metric", "loss", "higher_is_better"), ("metric",))
    metric = _metric_at(given["metric"], f"{at}.metric", stored)
    return Guard(
        metric,
        _number_at(given.get("loss", 0.0), f"{at}.loss", 0, 1e12),
        boolean_at(given.get("higher_is_better", metric not in LOWER_IS_BETTER), f"{at}.higher_is_better"),
    )


def _metric_at(value: Any, at: str, stored: bool) -> str:
    name = text_at(value, at, 100)
    nearest = difflib.get_close_matches(name.casefold(), ACTS, 1, _NEAR)
    if nearest and name not in ACTS and not stored:
        raise wrong("no such metric", at, name, nearest[0])
    return name


def _name_at(value: Any, at: str) -> str:
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        raise wrong("no name", at, value, "1 to 100 letters, digits, dots, dashes and underscores")
    return value


def _one_of(value: Any, at: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise wrong("unknown", at, value, ", ".join(known))
    return str(value)


def _number_at(value: Any, at: str, low: float, high: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise wrong("no number", at, value, f"a number from {low:g} to {high:g}")
    if not low <= value <= high:
        raise wrong("no such number", at, value, f"a number from {low:g} to {high:g}")
    return float(value)
