"""The product: what a catalogue source yields, the store keeps and a search returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

AttributeValue: TypeAlias = "str | bool | float | Measure | tuple[str, ...]"


class Availability(StrEnum):
    """Google Merchant's four words."""

    IN_STOCK = "in_stock"
    OUT_OF_STOCK = "out_of_stock"
    PREORDER = "preorder"
    BACKORDER = "backorder"


@dataclass(frozen=True, slots=True)
class Measure:
    """A number with its unit, such as 65 W; filters and facets see the number."""

    value: float
    unit: str


@dataclass(frozen=True, slots=True)
class Review:
    """One shopper's review; ``rating`` is 1 to 5 stars, where given."""

    text: str
    rating: float | None = None
    title: str = ""
    author: str = ""
    created_at: str | None = None


@dataclass(frozen=True, slots=True)
class Variant:
    """One buyable form of a product; what it leaves empty it takes from its product."""

    id: str
    title: str = ""
    price: Decimal | None = None
    currency: str | None = None
    availability: Availability | None = None
    images: tuple[str, ...] = ()
    attributes: Mapping[str, AttributeValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Translation:
    """A product's texts in another language; what is empty is shown in the product's own."""

    title: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Product:
    """One hit of a search.

    ``categories`` are paths such as ``Women/Tops/Jackets``; ``images`` are paths or addresses in
    the catalogue's order; ``rating`` is 1 to 5; ``updated_at`` is ISO 8601; ``links`` are ids of
    related, cross-sell and up-sell products by kind; ``translations`` are by language tag in lower case, such as
    ``zh`` or ``pt-br``.
    """

    id: str
    title: str
    description: str = ""
    brand: str = ""
    categories: tuple[str, ...] = ()
    price: Decimal | None = None
    currency: str | None = None
    availability: Availability | None = None
    images: tuple[str, ...] = ()
    attributes: Mapping[str, AttributeValue] = field(default_factory=dict)
    variants: tuple[Variant, ...] = ()
    rating: float | None = None
    reviews: tuple[Review, ...] = ()
    url: str = ""
    updated_at: str | None = None
    links: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    translations: Mapping[str, Translation] = field(default_factory=dict)

    def photos(self) -> tuple[tuple[str, int], ...]:
        """Every distinct photo with the position of the variant it shows (-1: the product itself)."""
        seen: dict[str, int] = dict.fromkeys(self.images, -1)
        for position, variant in enumerate(self.variants):
            for image in variant.images:
                if seen.get(image, -1) == -1:
                    seen[image] = position
        return tuple(seen.items())
