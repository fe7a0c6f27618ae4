"""Which variant of a product a hit shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from bowerbird.domain.product import Availability, Measure, Product, Variant


def choose_variant(
    product: Product,
    fitting: Sequence[int],
    terms: frozenset[str] = frozenset(),
    cut: Callable[[str], Sequence[str]] = str.split,
    nearest: int = -1,
) -> int | None:
    """The position of the best-fitting variant among ``fitting``, or None for a product without variants.

    First by how many of the query's words its own values hold, then the one whose photo was nearest, then in stock
    before out, then the cheapest, then the catalogue's order.
    """
    if not product.variants or not fitting:
        return None

    def merit(position: int) -> tuple[int, bool, bool, Decimal, int]:
        variant = product.variants[position]
        price = variant.price if variant.price is not None else product.price
        return (
            -_matched(variant, terms, cut),
            position != nearest,
            (variant.availability or product.availability) is Availability.OUT_OF_STOCK,
            price if price is not None else Decimal("Infinity"),
            position,
        )

    return min(fitting, key=merit)


def image_of(product: Product, variant: int | None) -> tuple[str, ...]:
    """The photos that may stand for a hit, best first: the variant's own, then the product's, then any variant's."""
    own = product.variants[variant].images if variant is not None else ()
    others = (image for other in product.variants for image in other.images)
    return tuple(dict.fromkeys((*own, *product.images, *others)))


def _matched(variant: Variant, terms: frozenset[str], cut: Callable[[str], Sequence[str]]) -> int:
    """How many of the query's words the variant's own attribute values hold."""
    if not terms:
        return 0
    words: set[str] = set()
    for value in variant.attributes.values():
        if isinstance(value, str):
            words.update(cut(value))
        elif isinstance(value, tuple):
            words.update(word for part in value for word in cut(part))
        elif isinstance(value, Measure):
            words.update(cut(f"{value.value:g} {value.unit}"))
    return len(words & terms)
