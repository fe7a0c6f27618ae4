"""From one page of products to hits: the chosen variant, its photo, the marked words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from bowerbird.domain.explanation import Reason
from bowerbird.domain.ports import Span
from bowerbird.domain.product import Product
from bowerbird.domain.ranking import HitRanking
from bowerbird.domain.results import Hit
from bowerbird.domain.rules import RuleMove
from bowerbird.present.highlight import Find, highlight
from bowerbird.present.languages import description_in, title_in
from bowerbird.present.reasons import Asked, Surfaces, reasons_for, surfaces_of
from bowerbird.present.swatches import choose_swatches, with_addresses
from bowerbird.present.variants import choose_variant, image_of
from bowerbird.rank.standing import Standing

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

    ``fitting`` are the positions of the variants that meet the filter, ``nearest`` the one whose photo was nearest;
    ``ranking``, ``standing`` and ``moves`` are what ranking and merchandising rules tell of it.
    """

    product: Product
    score: float
    signals: Mapping[str, float]
    fitting: Sequence[int] = ()
    nearest: int = -1
    ranking: HitRanking | None = None
    standing: Standing | None = None
    moves: tuple[RuleMove, ...] = ()


def make_hits(
    page: Sequence[Found],
    asked: Asked,
    cut: Callable[[str], Sequence[Span]],
    find: Find,
    find_photos: FindPhotos,
    reasons: bool = False,
) -> tuple[Hit, ...]:
    """Dress the products of one page, in order; with ``reasons`` each is given them."""
    terms = frozenset(token.text for token in cut(asked.words))

    # The variants of a page share a handful of colours and sizes.
    @cache
    def cut_terms(text: str) -> tuple[str, ...]:
        return tuple(token.text for token in cut(text))

    variants = [choose_variant(found.product, found.fitting, terms, cut_terms, found.nearest) for found in page]
    images = [image_of(found.product, variant) for found, variant in zip(page, variants, strict=True)]
    swatches = [choose_swatches(found.product) for found in page]
    of_swatches = (swatch.image for chosen in swatches for swatch in chosen if swatch.image is not None)
    addresses = find_photos(chain((ref for refs in images for ref in refs[:_IMAGES_TRIED]), of_swatches))
    surfaces = surfaces_of(asked.words, cut) if reasons else {}
    return tuple(
        Hit(
            product=found.product,
            score=found.score,
            signals=found.signals,
            variant=variant,
            image=next((addresses[ref] for ref in refs[:_IMAGES_TRIED] if ref in addresses), None),
            highlights=_highlights(found.product, asked.lang, terms, find),
            swatches=with_addresses(chosen, addresses),
            reasons=_reasons(found, variant, asked, surfaces, find) if reasons else (),
            ranking=found.ranking,
            moves=found.moves,
        )
        for found, variant, refs, chosen in zip(page, variants, images, swatches, strict=True)
    )


def _reasons(found: Found, variant: int | None, asked: Asked, surfaces: Surfaces, find: Find) -> tuple[Reason, ...]:
    return reasons_for(
        found.product, variant, found.signals, asked, surfaces, find, standing=found.standing, moves=found.moves
    )


def _highlights(product: Product, lang: str, terms: frozenset[str], find: Find) -> dict[str, str]:
    """The words marked in the texts that are shown."""
    if not terms:
        return {}
    marked = {
        "title": highlight(title_in(product, lang), terms, find),
        "description": highlight(description_in(product, lang)[:_LOOKED_AT], terms, find, SNIPPET),
    }
    return {field: text for field, text in marked.items() if text}
