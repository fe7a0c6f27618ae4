"""The HTTP shapes of merchandising rules, in and out; ``domain/rule_records.py`` checks the rules themselves."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SkipValidation

from bowerbird.domain.rule_records import MAX_AUDIENCE

ActionName = Literal["pin", "hide", "boost", "bury", "filter", "redirect", "banner"]


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class RulePattern(BaseModel):
    """What the shopper's words have to be like."""

    pattern: str
    match: Literal["exact", "phrase", "contains"] = Field(
        "phrase", description="The whole query; whole words in a row; anywhere, also inside a word"
    )


class RuleConditions(BaseModel):
    """All that is given has to hold; with nothing given a rule is for every search."""

    model_config = ConfigDict(populate_by_name=True)

    query: RulePattern | None = None
    category: str = Field("", description="The search's filter keeps to this path or below", examples=["Women/Tops"])
    audience: str = Field("", description="The search gives this tag")
    language: str = Field("", description="The language of the query", examples=["zh"])
    from_: str | None = Field(None, alias="from", description="A time with its zone")
    until: str | None = Field(None, description="A time with its zone, no longer in it")


class RulePlace(BaseModel):
    """A product and its position, from 1."""

    id: str
    position: int


class RuleTarget(BaseModel):
    """Products by their ids or by a filter: one of the two."""

    products: list[str] | None = None
    filter: str | None = None


class WeighedRuleTarget(RuleTarget):
    """A boost multiplies scores by 1 + ``by``, a bury divides them."""

    by: float


class BannerAnswer(BaseModel):
    """A message shown with the results; what it does not have is left out."""

    title: str
    text: str | None = None
    image: str | None = None
    link: str | None = None


class RuleAction(BaseModel):
    """One of these."""

    pin: list[RulePlace] | None = None
    hide: RuleTarget | None = None
    boost: WeighedRuleTarget | None = None
    bury: WeighedRuleTarget | None = None
    filter: str | None = None
    redirect: str | None = Field(None, description="http(s), or a path on the same site")
    banner: BannerAnswer | None = None


class RuleRecord(BaseModel):
    """A merchandising rule; what is empty is left out."""

    model_config = ConfigDict(populate_by_name=True)

    id: str
    title: str = ""
    if_: RuleConditions | None = Field(None, alias="if", description="Every search where it is left out")
    then: list[RuleAction]
    priority: int = Field(0, description="Higher goes first")
    enabled: bool = True


class RulesRequest(_Request):
    """The whole set of rules, and who puts it in force."""

    rules: list[SkipValidation[RuleRecord]]
    author: str = Field(min_length=1, max_length=100)
    note: str = Field("", max_length=500, description="Why, for the history")
    version: int | None = Field(None, ge=0, description="The version that was seen: refused where another is in force")


class UndoRulesRequest(_Request):
    """Who undoes the latest change."""

    author: str = Field(min_length=1, max_length=100)
    version: int | None = Field(None, ge=0, description="The version to undo: refused where another is in force")


class TryRulesRequest(_Request):
    """A search to try, and the rules to try it with."""

    q: str = Field("", max_length=2_000)
    filters: str = Field("", max_length=8_000)
    audience: str = Field("", max_length=MAX_AUDIENCE)
    draft: list[SkipValidation[RuleRecord]] | None = Field(
        None, description="Compared with those in force; without it those in force are compared with none"
    )
    first: int = Field(10, ge=1, le=100, description="Hits compared")
    at: str | None = Field(None, description="The time, with its zone, to try them at; the present when left out")


class HistoryRequest(_Request):
    """How far back."""

    limit: int = Field(100, ge=1, le=1_000)


class RuleChangeAnswer(BaseModel):
    """A change of the rules."""

    version: int = Field(description="0 before the first change")
    author: str
    at: str
    note: str
    count: int = Field(description="Rules in this version")


class RulesAnswer(RuleChangeAnswer):
    """The rules in force."""

    rules: list[RuleRecord]


class RulesHistoryAnswer(BaseModel):
    """The latest changes, newest first."""

    changes: list[RuleChangeAnswer]


class RuleEffectAnswer(BaseModel):
    """What a rule did to a product; positions from 1, null where it is not among the results."""

    id: str
    action: ActionName
    before: int | None
    after: int | None


class AppliedRuleAnswer(BaseModel):
    """A rule in force and what it did to the products shown."""

    id: str
    title: str
    actions: list[ActionName]
    effects: list[RuleEffectAnswer]


class TriedSideAnswer(BaseModel):
    """What the search came to under one set of rules."""

    total: int
    banners: list[BannerAnswer] | None = None
    redirect: str | None = None
    applied_rules: list[AppliedRuleAnswer] | None = None


class TriedCauseAnswer(BaseModel):
    """A rule that was about a product, and its action."""

    rule: str
    action: ActionName


class TriedHitAnswer(BaseModel):
    """A product among the first before or after; null where it is not."""

    id: str
    title: str
    before: int | None
    after: int | None
    causes: list[TriedCauseAnswer]


class TryRulesAnswer(BaseModel):
    """The same search before and after."""

    before: TriedSideAnswer
    after: TriedSideAnswer
    hits: list[TriedHitAnswer]
