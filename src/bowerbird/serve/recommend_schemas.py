"""The HTTP shapes of recommendations."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from bowerbird.domain.recommendation import Likeness, PageKind, Surface, WhyKind
from bowerbird.serve.schemas import HitAnswer, Language, ProductId, Request, ShopperName

MAX_CART = 100


class RecommendParameters(Request):
    """For whom and about what something is recommended."""

    user: ShopperName = Field("", description="The shopper's account, as events name it")
    session: ShopperName = Field("", description="The visit or device, as events name it")
    product: ProductId | Literal[""] = Field("", description="The id of the product that the list is about")
    cart: list[ProductId] = Field(
        default_factory=list, max_length=MAX_CART, description="Ids of what lies in the cart: with commas, or repeated"
    )
    limit: int = Field(12, ge=1, le=100)
    filter: str = Field("", max_length=8_000, description="As in a search", examples=['brand = "Luma" AND price < 50'])
    by: Literal["text", "look", "both"] = Field("both", description="What similar goes by")
    lang: Language = ""


class RecommendPageParameters(RecommendParameters):
    """The same for the lists of a page."""

    page: Literal["home", "product", "cart"] = "home"


class WhyAnswer(BaseModel):
    """The strongest reason for a recommendation."""

    kind: WhyKind
    product: str = Field(description="The id of the product that it is there for, empty for none")
    title: str = Field(description="Of that product")
    field: str = Field(description="Of your_taste: the field of the value that the shopper likes")
    value: str


class RecommendedHitAnswer(HitAnswer):
    """One product recommended."""

    why: WhyAnswer
    source: str = Field(description="What found it")
    explored: bool = Field(description="Whether it is shown to learn about it")


class AnchorAnswer(BaseModel):
    """The product that a list is about."""

    id: str
    title: str


class RecommendAnswer(BaseModel):
    """The list of a surface."""

    surface: Surface
    anchor: AnchorAnswer | None = Field(description="The product that the list is about, where there is one")
    hits: list[RecommendedHitAnswer]
    query_id: str = Field(description="To be echoed by the events about this list")
    took_ms: float
    propensity: float = Field(description="Of a page's list, the chance that it had of its place; otherwise 1")


class RecommendPageAnswer(BaseModel):
    """The lists of a page, in the order to show them; none is empty."""

    page: PageKind
    surfaces: list[RecommendAnswer]
    took_ms: float


assert {one.value for one in Likeness} == {"text", "look", "both"}
assert {one.value for one in PageKind} == {"home", "product", "cart"}
