"""The HTTP shapes of understanding and of synonyms, in and out."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

from bowerbird.serve.schemas import MAX_WORDS, IntentAnswer, Request, RewriteAnswer, SentimentAnswer


class UnderstandRequest(Request):
    """A shopper's words."""

    q: str = Field(max_length=MAX_WORDS, examples=["紫色女士瑜伽裤 60美元以下"])


class EntityAnswer(BaseModel):
    """A stretch of the query and what it names."""

    type: str
    value: str | dict[str, Any] = Field(description="A name, {min, max, currency}, {min, max, unit} or {level}")
    text: str
    span: list[int]
    negated: bool
    concept: str | None = Field(description="The lexicon's key")


class ConditionAnswer(BaseModel):
    """A part that excludes what does not meet it."""

    type: str
    filter: str
    text: str
    span: list[int]


class PreferenceAnswer(BaseModel):
    """A part that raises what meets a filter, or what stands first in an order."""

    type: str
    filter: str | None
    sort: str | None
    weight: float
    text: str
    span: list[int]


class UnderstandAnswer(BaseModel):
    """All that was understood, step by step."""

    q: str
    language: Literal["en", "zh", "mixed", "pinyin", "other"]
    tokens: list[str]
    words: str = Field(description="What is left to look for")
    corrected: str | None
    translated: str | None
    entities: list[EntityAnswer]
    filters: list[ConditionAnswer]
    filter: str | None = Field(description="All of them as one filter")
    soft: list[PreferenceAnswer]
    unwanted: str
    intent: IntentAnswer
    sentiment: SentimentAnswer
    rewritten: list[RewriteAnswer] = Field(description="The queries that retrieval runs")
    timings_ms: dict[str, float]


class SynonymsAnswer(BaseModel):
    """The merchant's own synonyms."""

    two_way: list[list[str]] = Field(description="Groups that mean the same")
    one_way: dict[str, list[str]] = Field(description="What is looked for as well, by what is typed")


class AlternativeAnswer(BaseModel):
    """Something that may have been said."""

    text: str
    score: float = Field(description="Its share among what was heard, 0 to 1")


class TranscriptionAnswer(BaseModel):
    """What was heard in a clip."""

    text: str
    language: str
    duration: float = Field(description="Seconds of audio")
    confidence: float
    alternatives: list[AlternativeAnswer]
    model: str
