"""The HTTP shapes of POST /v1/explain, in and out."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from bowerbird.serve.hit_ranking_schemas import RuleMoveAnswer
from bowerbird.serve.schemas import HitAnswer, ProductId, SearchRequest


class ExplainRequest(SearchRequest):
    """A search as it would be sent to /v1/search, and the product that is asked about; its page does not matter."""

    product: ProductId


class UnmetAnswer(BaseModel):
    """A condition that the product does not meet."""

    text: str = Field(description="As filters write it; empty for a rule's, unless the caller may write")
    whose: Literal["filter", "words", "rule"] = Field(description="Where the condition comes from")


class WordMatchAnswer(BaseModel):
    """A word that was looked for and the product's word most like it."""

    word: str
    match: str | None
    field: Literal["title", "description"] | None
    similarity: float = Field(description="Their cosine, 1 where they are the same word")


class HeatMapAnswer(BaseModel):
    """Where a photo of the query looks like the product."""

    number: int = Field(description="Which of the query's photos, from 1")
    grid: list[list[float]] = Field(description="Rows from the top, 0 to 1")
    picture: str = Field(description="The photo with the heat over it: a PNG as a data URL")


class ExplainAnswer(BaseModel):
    """One product in one search."""

    product: str
    title: str
    outcome: Literal["found", "hidden", "excluded", "example", "not_found", "not_indexed"]
    message: str = Field(description="The outcome in words")
    place: int | None = Field(description="Among all results, from 1")
    total: int
    hit: HitAnswer | None = Field(description="As with explain, where it was found")
    rules: list[RuleMoveAnswer] = Field(description="Empty unless the caller may write")
    unmet: list[UnmetAnswer]
    words: list[WordMatchAnswer]
    heat_maps: list[HeatMapAnswer]
