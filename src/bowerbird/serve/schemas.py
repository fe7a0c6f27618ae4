"""The HTTP shapes, in and out. They are kept stable: fields are added, never renamed.

The request models check every request. The response models describe the answers in /openapi.json only: answers are
written straight from the results, which costs a search less than a millisecond.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

MAX_PHOTOS = 8
MAX_PHOTO_BYTES = 20_000_000
MAX_PER_PAGE = 250
MAX_DEPTH_OF_PAGES = 10_000
MAX_OPERATIONS = 1_000

SortName = Literal["relevance", "price:asc", "price:desc", "rating:desc", "newest"]


class Request(BaseModel):
    """What every request model shares: no unknown fields, no silent conversions."""

    model_config = ConfigDict(extra="forbid", strict=True)


class PhotoRequest(Request):
    """One photo of a query, by its bytes or by its address."""

    data: str | None = Field(None, min_length=1, max_length=MAX_PHOTO_BYTES * 3 // 2, description="Base64 or data URL")
    url: str | None = Field(None, min_length=1, max_length=2_000, description="Needs a service with --fetch-photos")
    weight: float = Field(1.0, ge=0, le=100, allow_inf_nan=False, description="Against the words' weight of 1")
    box: list[Annotated[float, Field(ge=0, allow_inf_nan=False)]] | None = Field(
        None,
        min_length=4,
        max_length=4,
        description="x, y, width, height; fractions when all are at most 1, else pixels",
    )


class WishRequest(Request):
    """What is unwanted: words, photos or both."""

    q: str = Field(default="", max_length=2_000)
    images: list[PhotoRequest] = Field(default_factory=list, max_length=MAX_PHOTOS)


class FacetField(Request):
    """A facet to count, with its settings."""

    field: str = Field(min_length=1, max_length=200)
    limit: int = Field(20, ge=1, le=1_000, description="Values returned")
    disjunctive: bool = Field(True, description="Ignore the filter's own condition on this field")
    ranges: list[list[float | None]] = Field(
        default_factory=list, max_length=50, description="[low, high) pairs for a number; null leaves an end open"
    )


def _named(value: Any) -> Any:
    return {"field": value} if isinstance(value, str) else value


FacetRequestField = Annotated[FacetField, BeforeValidator(_named)]


class SearchRequest(WishRequest):
    """A search: words alone, photos alone, both, or neither to browse."""

    unwanted: WishRequest | None = Field(None, alias="not")
    filters: str = Field("", max_length=8_000, examples=['brand = "Luma" AND price < 50'])
    facets: list[FacetRequestField] = Field(
        default_factory=list, max_length=50, description="Each a field's name, or an object with its settings"
    )
    sort: SortName = "relevance"
    page: int = Field(1, ge=1, le=MAX_DEPTH_OF_PAGES)
    per_page: int = Field(24, ge=1, le=MAX_PER_PAGE)
    explain: bool = False


class SuggestRequest(Request):
    """The beginning of a query."""

    q: str = Field("", max_length=200)
    limit: int = Field(8, ge=1, le=50)


class SimilarRequest(Request):
    """How many products like one, and which."""

    per_page: int = Field(12, ge=1, le=100)
    filters: str = Field("", max_length=8_000)


class BatchRequest(Request):
    """Products to put and ids to delete; each is judged on its own."""

    products: list[Any] = Field(
        default_factory=list, description="Canonical records with an id; a bad one is answered as rejected"
    )
    delete: list[str] = Field(default_factory=list)


class VariantAnswer(BaseModel):
    """The best-fitting variant of a hit."""

    id: str
    title: str
    price: float | None
    image: str | None
    attributes: dict[str, Any]


class HitAnswer(BaseModel):
    """One product found."""

    id: str
    title: str
    brand: str
    price: float | None
    currency: str | None
    availability: str | None
    image: str | None = Field(description="An address a page can show")
    categories: list[str]
    rating: float | None
    review_count: int
    url: str
    score: float
    signals: dict[str, float]
    variant: VariantAnswer | None
    highlights: dict[str, str] = Field(description="HTML-escaped text with matches between <mark> and </mark>")


class FacetValueAnswer(BaseModel):
    """A value and the number of products that have it."""

    value: str
    count: int


class FacetStatsAnswer(BaseModel):
    """The spread of a number."""

    min: float
    max: float
    mean: float


class FacetAnswer(BaseModel):
    """A facet's values by falling count."""

    field: str
    values: list[FacetValueAnswer]
    stats: FacetStatsAnswer | None


class SearchAnswer(BaseModel):
    """One page of hits."""

    hits: list[HitAnswer]
    total: int
    facets: list[FacetAnswer]
    page: int
    per_page: int
    took_ms: float
    query_id: str
    did_you_mean: str | None
    exhaustive: bool = Field(description="False where total and facets stop at the matching window")
    timings_ms: dict[str, float] | None = Field(None, description="With explain: where the time went")


class SuggestionAnswer(BaseModel):
    """One way to go on from a prefix."""

    text: str
    kind: str
    count: int


class SuggestAnswer(BaseModel):
    """Suggestions, best first."""

    suggestions: list[SuggestionAnswer]


class FieldAnswer(BaseModel):
    """A field that filters and facets know."""

    name: str
    kind: Literal["keyword", "number", "path"]


class FieldsAnswer(BaseModel):
    """All of them."""

    fields: list[FieldAnswer]


class WriteAnswer(BaseModel):
    """What became of one product; it is durable when this is sent."""

    id: str
    status: Literal["new", "changed", "unchanged", "deleted"]


class ErrorDetail(BaseModel):
    """What went wrong and where it is explained."""

    code: str
    message: str
    field: str | None
    link: str


class ErrorAnswer(BaseModel):
    """Every error has this shape."""

    error: ErrorDetail


class BatchItemAnswer(BaseModel):
    """What became of one operation, in the order of the request: the products, then the deletions."""

    id: str | None
    status: Literal["new", "changed", "unchanged", "deleted", "not_found", "rejected"]
    error: ErrorDetail | None = None


class BatchAnswer(BaseModel):
    """What became of a batch."""

    items: list[BatchItemAnswer]
    counts: dict[str, int]


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
    availability: Literal["in_stock", "out_of_stock", "preorder", "backorder"] | None = None
    images: list[str] = Field(default_factory=list)
    attributes: dict[str, Any] = Field(default_factory=dict)
    variants: list[dict[str, Any]] = Field(default_factory=list)
    rating: float | None = None
    reviews: list[dict[str, Any]] = Field(default_factory=list)
    url: str = ""
    updated_at: str | None = None
