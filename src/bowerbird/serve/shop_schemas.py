"""The HTTP shapes of what a shop tells about itself: its fields and what it can be asked."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field


class FieldAnswer(BaseModel):
    """A field that filters and facets know."""

    name: str
    kind: Literal["keyword", "number", "path"]


class FieldsAnswer(BaseModel):
    """All of them."""

    fields: list[FieldAnswer]


class PhotoLimitsAnswer(BaseModel):
    """What a photo of a query may be."""

    max_bytes: int
    max_pixels: int
    formats: list[str] = Field(description="Media types")


class CapabilitiesAnswer(BaseModel):
    """What a page may offer over this shop."""

    speech: bool = Field(description="Whether /v1/audio/transcriptions understands speech")
    speech_languages: list[str] = Field(description="The languages in which it does")
    languages: list[str] = Field(description="The languages whose words are understood")
    photo: PhotoLimitsAnswer
    max_photos: int
    max_examples: int
    fields: list[FieldAnswer]
    facets: list[str] = Field(description="The fields worth showing as facets, best first")
    currency: str | None = Field(description="What most products are priced in")
    products: int
