"""The HTTP shapes of experiments; ``engine/experiment_definitions.py`` checks the definitions themselves."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SkipValidation

MAX_OUTCOMES = 10_000


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class ExperimentArm(BaseModel):
    """One way to rank; of an ``ab`` experiment the first is the control, of an interleaving it is team a."""

    name: str
    rank: Literal["default", "learned", "relevance"] = Field(description="relevance is retrieval alone")
    model: str | None = Field(None, description="Of a learned arm; the ranker in use at the start when left out")
    weight: float | None = Field(None, description="Its part of the shoppers relative to the others'; 1 when left out")


class ExperimentGuard(BaseModel):
    """A metric that must not suffer."""

    metric: str = Field(description="clicks, orders, no_result, or one that outcomes bring, such as took_ms")
    loss: float = Field(0.0, description="What is tolerated, in the metric's own unit")
    higher_is_better: bool | None = Field(None, description="Left out: false for no_result and took_ms, else true")


class ExperimentRecord(BaseModel):
    """What an experiment is."""

    name: str = Field(description="Letters, digits, dots, dashes and underscores; never used before")
    kind: Literal["ab", "interleaving"] = "ab"
    arms: list[ExperimentArm] = Field(description="Two of an interleaving, two to eight otherwise")
    goal: str | None = Field(None, description="The metric of which more is better; none of an interleaving")
    guards: list[ExperimentGuard] | None = Field(None, description="None of an interleaving")
    share: float = Field(1.0, description="The part of all shoppers that takes part, 0 to 1")
    level: float = Field(0.05, description="The chance to say of anything that it differs where it does not")
    target: float = Field(10_000, description="The shoppers at which intervals are at their best")
    least: int = Field(200, description="Before so many shoppers an arm nothing is said")


class StartExperimentRequest(_Request):
    """An experiment to start, and who starts it."""

    definition: SkipValidation[ExperimentRecord]
    author: str = Field(min_length=1, max_length=100)


class StopExperimentRequest(_Request):
    """Who stops an experiment, and why."""

    author: str = Field(min_length=1, max_length=100)
    why: str = Field(min_length=1, max_length=500)


class OutcomeRecord(BaseModel):
    """What came of one search, told once, when it is over; other keys are passed over."""

    query: str
    query_id: str = Field(description="The search's; a second outcome of it changes nothing")
    shopper: str = Field(description="As the search gave it")
    experiment: str = Field("", description="The search's experiment; outcomes of another one are passed over")
    arm: str = Field("", description="The search's arm, for an ab experiment")
    products: list[str] = Field(description="As shown, from position 1")
    clicks: list[int] = Field(description="Positions")
    orders: list[int] = Field(default_factory=list, description="Positions")
    teams: list[Literal["a", "b", ""]] = Field(default_factory=list, description="By product, for an interleaving")
    metrics: dict[str, float] = Field(default_factory=dict, description="Numbers of this search, such as its took_ms")


class OutcomesRequest(_Request):
    """Outcomes, counted all or none."""

    outcomes: list[SkipValidation[OutcomeRecord]] = Field(max_length=MAX_OUTCOMES)


class ExperimentAnswer(BaseModel):
    """An experiment as it was started and stopped."""

    name: str
    definition: dict[str, Any] | None = Field(description="As it was given; null where it cannot be read any more")
    status: Literal["running", "stopped"]
    author: str
    started_at: str
    stopped_by: str = Field(description="bowerbird where it stopped itself")
    stopped_at: str
    why: str


class ExperimentsAnswer(BaseModel):
    """Every experiment, the oldest first."""

    experiments: list[ExperimentAnswer]


class LiftAnswer(BaseModel):
    """A difference to the control and where the truth lies, at any time; null where nothing bounds it yet."""

    value: float
    low: float | None
    high: float | None


class ArmStateAnswer(BaseModel):
    """An arm's shoppers, its means by metric, and its differences to the control."""

    name: str
    shoppers: int
    counts: dict[str, int] = Field(
        description="By metric how many shoppers have it: its mean is over those; empty for an interleaving"
    )
    means: dict[str, float]
    lifts: dict[str, LiftAnswer]


class GuardStateAnswer(BaseModel):
    """A guard, and the arms that break it."""

    metric: str
    loss: float
    higher_is_better: bool
    broken_by: list[str]


class SampleRatioAnswer(BaseModel):
    """Whether shoppers went to the arms in the shares that were meant; anytime_p holds over all looks together."""

    p: float
    anytime_p: float
    alarm: bool


class ExperimentStateAnswer(ExperimentAnswer):
    """An experiment and how it stands."""

    decision: Literal["running", "better", "worse", "stopped by guard", "sample ratio wrong"]
    words: str
    arm: str | None = Field(description="The one that the decision is about")
    arms: list[ArmStateAnswer]
    guards: list[GuardStateAnswer]
    missing: list[str] = Field(description="The goal and guards that no outcome has brought yet")
    sample_ratio: SampleRatioAnswer


class OutcomesAnswer(ExperimentStateAnswer):
    """What was counted, and how the experiment stands now."""

    counted: int
    known: int = Field(description="Counted before")
    passed_over: int = Field(description="Of no part in this experiment")


class ExperimentShownAnswer(BaseModel):
    """The experiment that a search is part of."""

    name: str
    arm: str = Field(description="Empty for an interleaving, of which every hit has a team")
    query_id: str = Field(description="To tell the outcome with")
