"""The colours a product comes in, one variant standing for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bowerbird.domain.product import Availability, Product, Variant
from bowerbird.domain.results import Swatch

COLOUR_NAMES = ("color", "colour", "颜色")
MOST = 24
"""More colours than this are not told apart on a card, and a hostile catalogue may name ten thousand."""


def choose_swatches(product: Product) -> tuple[Swatch, ...]:
    """One swatch a distinct colour, in the variants' order, each photo by the catalogue's name for it.

    For a colour stands its first variant in stock that has a photo of its own, else one in stock, else the first.
    """
    return tuple(
        Swatch(colour, min(places, key=lambda place: _rank(product, place)), _first_photo(product, places))
        for colour, places in _by_colour(product).items()
    )


def with_addresses(swatches: Iterable[Swatch], addresses: Mapping[str, str]) -> tuple[Swatch, ...]:
    """Swatches with the photos that can be had by their addresses, and without the others."""
    return tuple(
        Swatch(swatch.value, swatch.variant, None if swatch.image is None else addresses.get(swatch.image))
        for swatch in swatches
    )


def colour_of(variant: Variant) -> str:
    """The variant's own colour as the catalogue writes it; empty where it tells none."""
    for name, value in variant.attributes.items():
        if name.casefold() in COLOUR_NAMES:
            if isinstance(value, tuple):
                return " / ".join(part.strip() for part in value if part.strip())
            if isinstance(value, str):
                return value.strip()
    return ""


def _by_colour(product: Product) -> dict[str, list[int]]:
    """The positions of the variants of each colour, by its first spelling."""
    spellings: dict[str, str] = {}
    places: dict[str, list[int]] = {}
    for position, variant in enumerate(product.variants):
        colour = colour_of(variant)
        if not colour or (colour.casefold() not in spellings and len(spellings) == MOST):
            continue
        places.setdefault(spellings.setdefault(colour.casefold(), colour), []).append(position)
    return places


def _first_photo(product: Product, places: Sequence[int]) -> str | None:
    """The first photo of the first variant among ``places`` that has any."""
    return next((product.variants[place].images[0] for place in places if product.variants[place].images), None)


def _rank(product: Product, position: int) -> tuple[bool, bool, int]:
    variant = product.variants[position]
    availability = variant.availability or product.availability
    return (availability is Availability.OUT_OF_STOCK, not variant.images, position)
