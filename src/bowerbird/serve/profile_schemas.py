"""The HTTP shapes of a shopper's profile, in and out; ``domain/taste_edits.py`` checks what is said."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from bowerbird.domain.taste_edits import MOST_VALUES
from bowerbird.serve.schemas import Language, Request, ShopperName

TasteField = Literal["category", "brand", "color", "size", "audience"]


class ProfileRequest(Request):
    """Whose profile: a user, a session, or both; a session that became a user's is that user."""

    user: ShopperName = Field("", description="The account, by a name that cannot be guessed or is signed")
    session: ShopperName = Field("", description="The visit or device: a secret of the browser")
    lang: Language = ""


class TasteEditsRequest(Request):
    """What the shopper says of their tastes; what is left out stays as it was."""

    liked: dict[str, list[str]] = Field(
        default_factory=dict,
        description="Values by field, in the place of those before; an empty list takes a field out",
        examples=[{"brand": ["Luma"], "size": ["M"]}],
    )
    hidden: dict[str, list[str]] = Field(default_factory=dict, description="What is to go last, in the same way")
    price_most: float = Field(0, ge=0, allow_inf_nan=False, description="What costs more goes last; 0 lifts it")
    forget: list[str] = Field(
        default_factory=list, max_length=10 * MOST_VALUES, description="Products that are to be as if never looked at"
    )
    personal: bool = Field(True, description="Whether anything is arranged by these tastes")


class LikedAnswer(BaseModel):
    """A value that the shopper seems to like."""

    value: str
    strength: float = Field(description="0 to 1: the share of what was looked at, less where that is little")
    session: float = Field(description="The same of the last minutes alone")


class PriceBandAnswer(BaseModel):
    """The prices that the shopper mostly looks at."""

    low: float
    high: float
    currency: str | None
    category: str = Field(description="Empty for everything together")


class RecentProductAnswer(BaseModel):
    """A product that the shopper did something with."""

    id: str
    title: str
    image: str | None
    price: float | None
    currency: str | None
    event: str = Field(description="The last thing that was done with it, by GA4's name", examples=["view_item"])
    at: float = Field(description="When, in seconds since 1970")


class SaidAnswer(BaseModel):
    """What the shopper said themselves; it wins over what was learned."""

    liked: dict[TasteField, list[str]]
    hidden: dict[TasteField, list[str]]
    price_most: float | None
    forgotten: list[str]
    personal: bool


class ProfileAnswer(BaseModel):
    """A shopper's tastes: what was learned, and what they said."""

    tastes: dict[TasteField, list[LikedAnswer]] = Field(description="By field, the strongest first")
    price: PriceBandAnswer | None
    prices: list[PriceBandAnswer] = Field(description="By kind of thing, the surest first")
    recent: list[RecentProductAnswer] = Field(description="The latest first")
    edits: SaidAnswer


class ClearedAnswer(BaseModel):
    """The tastes are cleared."""

    cleared: bool
