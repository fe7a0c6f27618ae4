"""The HTTP shapes, in and out. They are kept stable: fields are added, never renamed.

The request models check every request. The response models describe the answers in /openapi.json only: answers are
written straight from the results, which costs a search less than a millisecond.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from bowerbird.domain.rule_records import MAX_AUDIENCE
from bowerbird.encode.audio import DEFAULT_LIMITS as AUDIO
from bowerbird.serve.experiment_schemas import ExperimentShownAnswer
from bowerbird.serve.hit_ranking_schemas import RankingAnswer, ReasonAnswer, RuleMoveAnswer
from bowerbird.serve.rules_schemas import AppliedRuleAnswer, BannerAnswer
from bowerbird.storage.photo_decoding import DEFAULT_LIMITS as PHOTO

MAX_PHOTOS = 8
MAX_PHOTO_BYTES = PHOTO.max_bytes
MAX_PER_PAGE = 250
MAX_DEPTH_OF_PAGES = 10_000
MAX_EXAMPLES = 8
MAX_WORDS = 20_000
MAX_AUDIO_BYTES = AUDIO.max_bytes

Availability = Literal["in_stock", "out_of_stock", "preorder", "backorder"]
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


ShopperName = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
ProductId = Annotated[str, Field(min_length=1, max_length=512)]
Language = Annotated[
    str,
    Field(
        pattern=r"^([A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3})?$",
        max_length=35,
        description="The language hits are shown in where the catalogue has them in it, such as zh",
    ),
]


class WishRequest(Request):
    """What is unwanted: words, photos, products of the shop, or any of them together."""

    q: str = Field(default="", max_length=MAX_WORDS)
    images: list[PhotoRequest] = Field(default_factory=list, max_length=MAX_PHOTOS)
    like: list[ProductId] = Field(
        default_factory=list, max_length=MAX_EXAMPLES, description="Ids of products that are examples of what is meant"
    )


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


class VoiceRequest(Request):
    """A spoken clip; what is heard in it is searched for as if it had been typed after ``q``."""

    data: str = Field(min_length=1, max_length=MAX_AUDIO_BYTES * 3 // 2, description="Base64 or data URL")
    language: str = Field("", max_length=16, description="Such as en; the shop's own where it is not given")


class SearchRequest(WishRequest):
    """A search: words, spoken words, photos and examples, alone or together; none of them to browse."""

    voice: VoiceRequest | None = None

    text_weight: float = Field(
        1.0, ge=0, le=100, allow_inf_nan=False, description="The words' weight, against the photos' and 1 an example"
    )
    unwanted: WishRequest | None = Field(None, alias="not")
    filters: str = Field("", max_length=8_000, examples=['brand = "Luma" AND price < 50'])
    facets: list[FacetRequestField] = Field(
        default_factory=list, max_length=50, description="Each a field's name, or an object with its settings"
    )
    sort: SortName = "relevance"
    page: int = Field(1, ge=1, le=MAX_DEPTH_OF_PAGES)
    per_page: int = Field(24, ge=1, le=MAX_PER_PAGE)
    lang: Language = ""
    unfinished: bool = Field(
        False, description="The last word is still being typed: longer words match it too, and it is not put right"
    )
    understand: bool = Field(
        True,
        description="Read the words for conditions, preferences and other wordings; else look for them as they are",
    )
    correct: bool = Field(True, description="Put misspelt words right")
    audience: str = Field("", max_length=MAX_AUDIENCE, description="A tag of the shopper that rules may ask for")
    rules: bool = Field(
        True, description="Apply the merchandising rules; false is ignored where the caller may not write"
    )
    shopper: str = Field(
        "",
        max_length=200,
        description="A name of the shopper that stays the same; the user or session where none is given, and without"
        " any no experiment is run",
    )
    user: ShopperName = Field("", description="The account whose tastes hits are arranged by")
    session: ShopperName = Field("", description="The visit or device, for who is nobody's account yet")
    reasons: bool = Field(False, description="Also answer why each hit was found, as a shopper is told")
    explain: bool = Field(False, description="Also answer that, how each hit was ranked, and where the time went")


class SuggestRequest(Request):
    """The beginning of a query."""

    q: str = Field("", max_length=200)
    limit: int = Field(8, ge=1, le=50)


class SimilarRequest(Request):
    """How many products like one, and which."""

    per_page: int = Field(12, ge=1, le=100)
    filters: str = Field("", max_length=8_000)
    lang: Language = ""


class VariantAnswer(BaseModel):
    """The best-fitting variant of a hit."""

    id: str
    title: str
    price: float | None
    image: str | None
    attributes: dict[str, Any]


class SwatchAnswer(BaseModel):
    """A colour the product comes in, and the variant that stands for it."""

    value: str
    variant: str
    image: str | None
    price: float | None
    availability: Availability | None


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
    swatches: list[SwatchAnswer] = Field(description="One a distinct colour of the variants")
    variant_count: int
    reasons: list[ReasonAnswer] | None = Field(None, description="With reasons or explain: why it was found")
    rules: list[RuleMoveAnswer] | None = Field(
        None, description="With explain, where the caller may write: what merchandising rules did to it"
    )
    ranking: RankingAnswer | None = Field(None, description="With explain; null past the places that are ranked")
    team: Literal["a", "b"] | None = Field(None, description="Only in an interleaving: the side that put it there")


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


class PartAnswer(BaseModel):
    """A part of the query as it was read; what a kind does not have is left out."""

    model_config = ConfigDict(populate_by_name=True)

    kind: Literal[
        "words",
        "correction",
        "translation",
        "filter",
        "condition",
        "preference",
        "given_up",
        "photo",
        "like",
        "not_words",
        "not_photo",
        "unlike",
    ]
    text: str | None = Field(None, description="The words, the words put right, or the condition as filters write it")
    weight: float | None = None
    replaced: str | None = Field(None, alias="from", description="The words that were put right, or read from")
    field: str | None = Field(None, description="The field that all of the condition is about, or what the words name")
    number: int | None = Field(None, description="Which of the photos or examples, from 1")
    box: list[float] | None = Field(None, description="With every photo; null for the whole of it")
    id: str | None = Field(None, description="An example's")
    title: str | None = Field(None, description="An example's")
    span: list[int] | None = Field(None, description="Where in q the words stand that it was read from")


class IntentAnswer(BaseModel):
    """What the shopper is after."""

    name: str
    sure: bool
    probabilities: dict[str, float]


class SentimentAnswer(BaseModel):
    """How the shopper feels about it."""

    label: Literal["positive", "neutral", "negative"]
    score: float = Field(description="-1 to 1")


class RewriteAnswer(BaseModel):
    """A wording that is run."""

    text: str
    weight: float = Field(description="What its finds count, 0 to 1")
    reason: Literal["typed", "corrected", "translated", "synonym", "homophone", "model"]


class UnderstoodAnswer(BaseModel):
    """How the query was read; all but the parts only where there were words to read."""

    parts: list[PartAnswer]
    language: str | None = None
    intent: IntentAnswer | None = None
    sentiment: SentimentAnswer | None = None
    rewritten: list[RewriteAnswer] | None = None


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
    understood: UnderstoodAnswer
    banners: list[BannerAnswer] | None = Field(None, description="Only where a rule shows one")
    redirect: str | None = Field(None, description="Only where a rule has one: an address to go to instead")
    applied_rules: list[AppliedRuleAnswer] | None = Field(
        None, description="Only where rules are in force and the caller may write"
    )
    experiment: ExperimentShownAnswer | None = Field(None, description="Only where the search is part of one")
    timings_ms: dict[str, float] | None = Field(None, description="With explain: where the time went")


class SuggestionAnswer(BaseModel):
    """One way to go on from a prefix."""

    text: str
    kind: str
    count: int


class SuggestAnswer(BaseModel):
    """Suggestions, best first."""

    suggestions: list[SuggestionAnswer]


class ErrorDetail(BaseModel):
    """What went wrong and where it is explained."""

    code: str
    message: str
    field: str | None
    link: str


class ErrorAnswer(BaseModel):
    """Every error has this shape."""

    error: ErrorDetail
