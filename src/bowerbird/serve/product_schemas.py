"""The HTTP shapes of products, in and out; see ``schemas``."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from bowerbird.serve.schemas import Availability, ErrorDetail, Language, Request, SwatchAnswer

MAX_OPERATIONS = 1_000


class PageRequest(Request):
    """The language a product is shown in."""

    lang: Language = ""


class BatchRequest(Request):
    """Products to put and ids to delete; each is judged on its own."""

    products: list[Any] = Field(
        default_factory=list, description="Canonical records with an id; a bad one is answered as rejected"
    )
    delete: list[str] = Field(default_factory=list)


class ProductRecord(BaseModel):
    """The canonical record; everything but id and title may be missing."""

    model_config = ConfigDict(extra="allow")

    id: str
    title: str
    description: str = ""
    brand: str = ""
    categories: list[str] = Field(default_factory=list, examples=[["Women/Tops/Jackets"]])
    price: float | None = None
    currency: str | None = None
    availability: Availability | None = None
    images: list[str] = Field(default_factory=list)
    attributes: dict[str, Any] = Field(default_factory=dict)
    variants: list[dict[str, Any]] = Field(default_factory=list)
    rating: float | None = None
    reviews: list[dict[str, Any]] = Field(default_factory=list)
    url: str = ""
    updated_at: str | None = None
    translations: dict[str, dict[str, str]] = Field(
        default_factory=dict, description="Title and description by language", examples=[{"zh": {"title": "跑步鞋"}}]
    )


class PagePhotoAnswer(BaseModel):
    """A photo of a product, and the variant that it shows."""

    address: str
    variant: str | None


class PageVariantAnswer(BaseModel):
    """A variant with what it takes from its product filled in."""

    id: str
    title: str
    price: float | None
    currency: str | None
    availability: Availability | None
    attributes: dict[str, Any]
    options: dict[str, str] = Field(description="Its own value of each of the product's options")
    image: str | None


class ReviewAnswer(BaseModel):
    """What a shopper said."""

    text: str
    rating: float | None
    title: str
    author: str
    created_at: str | None


class ProductPageAnswer(BaseModel):
    """What a product's own page shows."""

    id: str
    title: str
    description: str
    brand: str
    categories: list[str]
    price: float | None
    currency: str | None
    availability: Availability | None
    rating: float | None
    review_count: int
    rating_counts: dict[str, int] = Field(description="How many reviews gave 1 to 5 stars")
    url: str
    photos: list[PagePhotoAnswer]
    attributes: dict[str, Any]
    options: dict[str, list[str]] = Field(description="The attributes in which variants differ, with their values")
    variants: list[PageVariantAnswer]
    reviews: list[ReviewAnswer] = Field(description="The newest 200")
    swatches: list[SwatchAnswer]
    languages: list[str] = Field(description="The languages its texts are translated to")


class WriteAnswer(BaseModel):
    """What became of one product; it is durable when this is sent."""

    id: str
    status: Literal["new", "changed", "unchanged", "deleted"]


class BatchItemAnswer(BaseModel):
    """What became of one operation, in the order of the request: the products, then the deletions."""

    id: str | None
    status: Literal["new", "changed", "unchanged", "deleted", "not_found", "rejected"]
    error: ErrorDetail | None = None


class BatchAnswer(BaseModel):
    """What became of a batch."""

    items: list[BatchItemAnswer]
    counts: dict[str, int]
