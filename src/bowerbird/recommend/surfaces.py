"""What each surface is made of: the sources that answer its question, and those to fall back on, one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from bowerbird.domain.recommendation import Surface
from bowerbird.recommend import sources
from bowerbird.recommend.sources import Source


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one surface is made.

    ``fallbacks`` are asked in their order while there is too little. ``relevance`` is what the score counts against
    being unlike what is shown (1: no variety); ``share`` the most of a list that one brand or kind may have.
    ``bought`` leaves out what the shopper bought, ``explores`` gives places to new products.
    """

    sources: tuple[Source, ...]
    fallbacks: tuple[Source, ...] = ()
    relevance: float = 0.8
    share: Mapping[str, float] = field(default_factory=dict)
    bought: bool = True
    explores: bool = False


_BROAD: Final = {"brand": 1 / 3, "category": 1 / 2}
_OF_KIND: Final = {"brand": 1 / 2}
_LAST: Final = (sources.popular, sources.anything)

RECIPES: Final[Mapping[Surface, Recipe]] = {
    Surface.FOR_YOU: Recipe(
        (
            sources.by_models,
            sources.viewed_with_recent,
            sources.bought_with_recent,
            sources.alike_to_taste,
            sources.by_taste,
            sources.trending,
            sources.popular,
        ),
        (sources.anything,),
        relevance=0.75,
        share=_BROAD,
        explores=True,
    ),
    Surface.SIMILAR: Recipe(
        (sources.alike, sources.viewed_with_anchor), (sources.popular_of_kind, *_LAST), 0.9, _OF_KIND
    ),
    Surface.BOUGHT_TOGETHER: Recipe(
        (sources.bought_with_anchor,),
        (sources.viewed_with_anchor, sources.by_models_of_anchor, sources.alike, sources.popular_of_kind, *_LAST),
        0.85,
    ),
    Surface.VIEWED_TOGETHER: Recipe(
        (sources.viewed_with_anchor,), (sources.alike, sources.popular_of_kind, *_LAST), 0.85, _OF_KIND
    ),
    Surface.COMPLETE_THE_CART: Recipe(
        (sources.bought_with_anchor, sources.by_models_of_anchor),
        (sources.viewed_with_anchor, sources.alike, *_LAST),
        0.75,
        _BROAD,
    ),
    Surface.TRENDING: Recipe((sources.trending,), _LAST, 0.9, _BROAD, explores=True),
    Surface.NEW: Recipe((sources.new,), (), 0.95, _BROAD),
    Surface.BECAUSE_YOU_VIEWED: Recipe(
        (sources.viewed_with_anchor, sources.alike), (sources.popular_of_kind, *_LAST), 0.85, _OF_KIND
    ),
}
"""The surfaces that are blended; what was viewed and what to buy again are the shopper's own, in ``own_lists``."""
