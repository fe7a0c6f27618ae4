"""From one page of products to hits: the chosen variant, its photo, the marked words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from bowerbird.domain.ports import Span
from bowerbird.domain.product import Product
from bowerbird.domain.results import Hit
from bowerbird.present.highlight import Find, highlight
from bowerbird.present.variants import choose_variant, image_of

SNIPPET = 180
"""About how many characters of a description are shown around the first match."""
_LOOKED_AT = 1_200
"""Characters of a description that are looked through for a match."""
_IMAGES_TRIED = 4

FindPhotos = Callable[[Iterable[str]], Mapping[str, str]]
"""The addresses of photos by the catalogue's names for them; those that cannot be had are left out."""


@dataclass(frozen=True, slots=True)
class Found:
    """A product of the page with what retrieval knows of it.

    ``fitting`` are the positions of the variants that meet the filter, ``nearest`` the one whose photo was nearest.
    """

    product: Product
    score: float
    signals: Mapping[str, float]
    fitting: Sequence[int] = ()
    nearest: int = -1


def make_hits(
    page: Sequence[Found], words: str, cut: Callable[[str], Sequence[Span]], find: Find, find_photos: FindPhotos
) -> tuple[Hit, ...]:
    """Dress the products of one page, in order."""
    terms = frozenset(token.text for token in cut(words))

    # The variants of a page share a handful of colours and sizes.
    @cache
    def cut_terms(text: str) -> tuple[str, ...]:
        return tuple(token.text for token in cut(text))

    variants = [choose_variant(found.product, found.fitting, terms, cut_terms, found.nearest) for found in page]
    images = [image_of(found.product, variant) for found, variant in zip(page, variants, strict=True)]
    addresses = find_photos(ref for refs in images for ref in refs[:_IMAGES_TRIED])
    return tuple(
        Hit(
            product=found.product,
            score=found.score,
            signals=found.signals,
            variant=variant,
            image=next((addresses[ref] for ref in refs[:_IMAGES_TRIED] if ref in addresses), None),
            highlights=_highlights(found.product, terms, find),
        )
        for found, variant, refs in zip(page, variants, images, strict=True)
    )


def _highlights(product: Product, terms: frozenset[str], find: Find) -> dict[str, str]:
    if not terms:
        return {}
    marked = {
        "title": highlight(product.title, terms, find),
        "description": highlight(product.description[:_LOOKED_AT], terms, find, SNIPPET),
    }
    return {field: text for field, text in marked.items() if text}
