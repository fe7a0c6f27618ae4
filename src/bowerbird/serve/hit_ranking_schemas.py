"""The HTTP shapes of why a hit was found, how it was ranked, and what rules did to it."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from bowerbird.serve.rules_schemas import ActionName


class ReasonAnswer(BaseModel):
    """One thing that spoke for a product; what a kind does not have is left out."""

    kind: Literal[
        "words",
        "meaning",
        "photo",
        "like",
        "filter",
        "preference",
        "rating",
        "chosen",
        "praised",
        "clicked",
        "popular",
        "taste",
        "price",
        "available",
    ]
    strength: float | None = Field(None, description="0 to 1, where 1 is the best of this search")
    field: str | None = None
    words: list[str] | None = Field(None, description="The query's words in the field, or what reviews praise")
    number: int | None = Field(None, description="Which of the query's photos or examples, from 1")
    value: str | float | None = Field(None, description="Its value of the field; pin or boost; the share it costs less")
    count: int | None = Field(None, description="Its reviews")


class SignalAnswer(BaseModel):
    """One thing that ranking sees of a product."""

    name: str
    value: float
    unit: str = Field(description="What the value is measured in")
    source: str = Field(description="Where it comes from")
    direction: Literal["raises", "lowers", "either"] = Field(description="What more of it does to a product's place")
    contribution: float | None = Field(
        description="What it added to a learned score; null where the default score decided"
    )


class RankingAnswer(BaseModel):
    """How a product came to its place.

    A default score is the product of its factors. A learned one is the sum of ``start``, ``average`` and all
    contributions, which is ``total``. For callers who may not write, what the shop earns is a part of ``relevance`` and
    of ``average``.
    """

    by: Literal["default", "learned"]
    place: int = Field(description="Where retrieval had it, from 1")
    factors: dict[str, float] = Field(description="What the default score is the product of")
    signals: list[SignalAnswer]
    start: float | None = Field(description="What the default score counts in a learned one")
    average: float | None = Field(description="What the learned trees add to an average product")
    total: float | None = Field(description="The learned score before it is brought to 0..1")
    moved_from: int | None = Field(description="The place from which variety moved it, from 1")


class RuleMoveAnswer(BaseModel):
    """What a merchandising rule did to a product; positions from 1, null where it is not among the results."""

    rule: str
    title: str
    action: ActionName
    before: int | None
    after: int | None
