"""What a product's own page shows: its photos, what can be chosen, its stars and what was said of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from bowerbird.domain.product import AttributeValue, Measure, Product, Review
from bowerbird.domain.results import Swatch
from bowerbird.present.languages import description_in, title_in
from bowerbird.present.swatches import choose_swatches, with_addresses

MOST_REVIEWS = 200
_MOST_CHOICES = 200
_STARS = (1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class PagePhoto:
    """A photo that can be had, and the variant that it shows by its position, -1 for the product itself."""

    address: str
    variant: int


@dataclass(frozen=True, slots=True)
class ProductPage:
    """A product dressed for its own page.

    ``options`` are the attributes that tell its variants apart with their values, and ``choices`` each variant's own
    of them, in the variants' order; ``images`` the variants' photos. ``reviews`` are the newest.
    """

    product: Product
    title: str
    description: str
    photos: tuple[PagePhoto, ...]
    options: Mapping[str, tuple[str, ...]]
    choices: tuple[Mapping[str, str], ...]
    images: tuple[str | None, ...]
    swatches: tuple[Swatch, ...]
    rating_counts: Mapping[int, int]
    reviews: tuple[Review, ...]


def page_photos(product: Product) -> tuple[str, ...]:
    """The photos whose addresses ``make_page`` needs."""
    return tuple(ref for ref, _ in product.photos())


def make_page(product: Product, lang: str, addresses: Mapping[str, str]) -> ProductPage:
    """Dress a product in a language; ``addresses`` are those of the photos that can be had."""
    shown: dict[str, int] = {}
    for ref, variant in product.photos():
        if ref in addresses:
            shown.setdefault(addresses[ref], variant)
    options = options_of(product)
    return ProductPage(
        product=product,
        title=title_in(product, lang),
        description=description_in(product, lang),
        photos=tuple(PagePhoto(address, variant) for address, variant in shown.items()),
        options=options,
        choices=tuple(
            {name: value_text(held) for name, held in variant.attributes.items() if name in options}
            for variant in product.variants
        ),
        images=tuple(
            next((addresses[ref] for ref in variant.images if ref in addresses), None) for variant in product.variants
        ),
        swatches=with_addresses(choose_swatches(product), addresses),
        rating_counts=_stars(product),
        reviews=tuple(sorted(product.reviews, key=lambda review: review.created_at or "", reverse=True)[:MOST_REVIEWS]),
    )


def options_of(product: Product) -> dict[str, tuple[str, ...]]:
    """The attributes in which variants differ, with their values in the variants' order."""
    values: dict[str, dict[str, None]] = {}
    for variant in product.variants:
        for name, value in variant.attributes.items():
            values.setdefault(name, {})[value_text(value)] = None
    return {name: tuple(found) for name, found in values.items() if 1 < len(found) <= _MOST_CHOICES}


def value_text(value: AttributeValue) -> str:
    """An attribute's value as a shopper reads it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Measure):
        return f"{value.value:g} {value.unit}"
    if isinstance(value, tuple):
        return ", ".join(value)
    return value if isinstance(value, str) else f"{value:g}"


def _stars(product: Product) -> dict[int, int]:
    """How many reviews gave each number of stars, halves rounded up."""
    given = Counter(min(5, max(1, int(review.rating + 0.5))) for review in product.reviews if review.rating is not None)
    return {stars: given[stars] for stars in _STARS}
