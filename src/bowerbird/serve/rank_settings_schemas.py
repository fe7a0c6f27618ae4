"""The HTTP shapes of a merchant's ranking settings; ``rank/knobs.py`` checks them."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, create_model

from bowerbird.rank.flow import RankSettings
from bowerbird.rank.knobs import KNOBS, values_of


def _group(name: str, title: str, note: str, **more: Any) -> type[BaseModel]:
    """The settings of one group as a model; every one may be left out."""
    defaults = values_of(RankSettings())
    shapes: dict[str, Any] = {}
    for full, knob in KNOBS.items():
        group, _, inner = full.partition(".")
        if group == name:
            limits: dict[str, Any] = {} if knob.kind is str else {"ge": knob.least, "le": knob.most}
            shapes[inner] = (knob.kind, Field(defaults[full], **limits))
    made: type[BaseModel] = create_model(title, __config__=ConfigDict(extra="forbid"), __doc__=note, **shapes, **more)
    return made


ScoreKnobs = _group("score", "ScoreKnobs", "The exponents of the default score's factors; 0 leaves one out.")
LookKnobs = _group("score_by_look", "LookKnobs", "The exponents for a query without words.")
CrossEncoderKnobs = _group(
    "cross_encoder", "CrossEncoderKnobs", "The model that looks at the first once more: its folder or hub name."
)
VarietyKnobs = _group(
    "variety",
    "VarietyKnobs",
    "How varied the first page is.",
    caps=(dict[str, int], Field({}, description="At most so many of one value of a field among the first")),
)


class RankSettingsRecord(BaseModel):
    """Ranking settings; what is left out has its default."""

    model_config = ConfigDict(extra="forbid")

    window: int = Field(RankSettings().window, ge=0, le=2_000, description="Candidates that are ranked")
    score: ScoreKnobs | None = None  # type: ignore[valid-type]  # made from the settings themselves
    score_by_look: LookKnobs | None = None  # type: ignore[valid-type]
    variety: VarietyKnobs | None = None  # type: ignore[valid-type]
    cross_encoder: CrossEncoderKnobs | None = None  # type: ignore[valid-type]


class RankSettingsAnswer(BaseModel):
    """The settings in force, and those of them that the merchant set."""

    settings: RankSettingsRecord
    given: RankSettingsRecord


class CrossEncoderAnswer(BaseModel):
    """The model that looks at the first once more."""

    model: str
    ready: bool


class RankingStatusAnswer(BaseModel):
    """How the ranking stands."""

    by: str = Field(description="default or learned", examples=["default"])
    model: dict[str, Any] | None = Field(description="What the learned ranker was trained on, and how it did")
    clicked_products: int = Field(description="Products that clicks are known of")
    rules: int = Field(description="The version of the merchandising rules in force")
    settings: dict[str, int | float | str] = Field(description="What the merchant set, by dotted name")
    cross_encoder: CrossEncoderAnswer | None
    faults: dict[str, int] = Field(description="How often each part failed and was left out since the start")
    exposure: dict[str, float] = Field(description="Shares of shoppers' attention by seller, the most seen first")
