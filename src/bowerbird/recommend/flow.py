"""From a request to a list of products, each with its reason.

    gather from the surface's sources -> blend -> spread -> explore -> tell why

What may not come out, because it is hidden, sold out, bought or outside the filter, was taken out of ``allowed``
before: no source can find it. A source that fails is noted and left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.ports import IndexView
from bowerbird.domain.recommendation import Surface, WhyKind
from bowerbird.rank.diversity import Cap, DiversitySettings, diversify
from bowerbird.rank.faults import Faults
from bowerbird.rank.flow import text_rows
from bowerbird.recommend.asked import Asked, Shop
from bowerbird.recommend.blend import Blended, blend
from bowerbird.recommend.explore import DEFAULT_EXPLORE, choose_new, places_to_give
from bowerbird.recommend.kinds import codes_of
from bowerbird.recommend.own_lists import buy_again, recently_viewed
from bowerbird.recommend.source_list import SourceList
from bowerbird.recommend.sources import Source, newest_of, total
from bowerbird.recommend.surfaces import RECIPES, Recipe

if TYPE_CHECKING:
    from bowerbird.domain.ports import Documents, Floats, Mask

POOL = 60
"""At least so many candidates are gathered, for variety to choose from."""
_VARIED = 24
_NEW = 64
_NEW_FOR = 30 * 86_400.0
_LEAST = 0.01
_OWN = {Surface.RECENTLY_VIEWED: recently_viewed, Surface.BUY_AGAIN: buy_again}


@dataclass(frozen=True, slots=True)
class Told:
    """Why a document is there: ``anchor`` is the document it is there for, -1 for none."""

    kind: WhyKind
    source: str
    anchor: int = -1
    field: str = ""
    value: str = ""
    explored: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Listed:
    """(n,) distinct documents, best first, with scores and reasons."""

    documents: Documents
    scores: Floats
    told: tuple[Told, ...]


def pool_for(limit: int) -> int:
    """How many candidates are looked for where ``limit`` are wanted."""
    return max(POOL, 2 * limit)


def recommend(shop: Shop, asked: Asked, faults: Faults) -> Listed:
    """The list of a surface; shorter than the limit only where there is nothing more to show."""
    request = asked.request
    if not asked.allowed.any():
        return Listed(np.empty(0, np.int32), np.empty(0, np.float32), ())
    own = _OWN.get(request.surface)
    if own is not None:
        found = own(shop, asked)
        return Listed(
            found.documents[: request.limit],
            found.scores[: request.limit],
            tuple(Told(found.kind, found.source) for _ in range(min(request.limit, len(found)))),
        )
    recipe = RECIPES[request.surface]
    lists = gather(shop, asked, recipe, faults)
    blended = blend(lists, _weights(shop, asked, lists))
    order = spread(shop.view, blended, recipe, request.limit)[: request.limit]
    listed = Listed(
        blended.documents[order],
        blended.scores[order],
        tuple(_why(lists, blended, int(place)) for place in order),
    )
    if recipe.explores:
        listed = explore(shop, asked, listed)
    return replace(listed, told=tell_anchors(shop, asked, listed))


def gather(shop: Shop, asked: Asked, recipe: Recipe, faults: Faults) -> list[SourceList]:
    """What the sources of a recipe find; its fallbacks are asked while there is too little for the list."""
    lists: list[SourceList] = []
    for source in recipe.sources:
        lists += _ask(source, shop, asked, faults)
    for source in recipe.fallbacks:
        if total(lists) >= asked.request.limit:
            break
        lists += _ask(source, shop, asked, faults)
    return lists


def spread(view: IndexView, blended: Blended, recipe: Recipe, limit: int) -> NDArray[np.intp]:
    """Places of the best in a varied order: not one brand or kind alone, nor what reads alike."""
    documents = blended.documents[: pool_for(limit)]
    first = min(limit, len(documents))
    caps = [
        Cap(codes_of(view, name)[documents], max(1, int(np.ceil(share * limit))), first)
        for name, share in recipe.share.items()
    ]
    settings = DiversitySettings(min(first, _VARIED), recipe.relevance)
    vectors = text_rows(view, documents[: 3 * _VARIED]) if len(documents) > 1 else None
    if vectors is not None and len(vectors) < len(documents):
        # What stands too far down to be moved up for variety is like nothing.
        more = np.full((len(documents) - len(vectors), vectors.shape[1]), np.nan, np.float32)
        vectors = np.concatenate([vectors, more])
    return diversify(blended.scores[: len(documents)], vectors, caps, settings)


def explore(shop: Shop, asked: Asked, listed: Listed) -> Listed:
    """The list with new products at the places that are given to them."""
    places = places_to_give(len(listed.documents), asked.random)
    if not places:
        return listed
    mask: Mask = asked.allowed.copy()
    mask[listed.documents] = False
    candidates, _ = newest_of(shop, mask, _NEW)
    keys = shop.view.keys(candidates)
    recent = shop.live.first_seen.times_of(keys) > asked.shopper.now - _NEW_FOR
    candidates, keys = candidates[recent], keys[recent]
    chosen, _ = choose_new(shop.live.exposure.of(keys), len(places), asked.random, DEFAULT_EXPLORE)
    documents, scores, told = listed.documents.tolist(), listed.scores.tolist(), list(listed.told)
    for place, document in zip(places, candidates[chosen].tolist(), strict=False):
        documents.insert(place, document)
        scores.insert(place, scores[place])
        told.insert(place, Told(WhyKind.NEW, "explore", explored=True))
    count = len(listed.documents)
    return Listed(np.array(documents[:count], np.int32), np.array(scores[:count], np.float32), tuple(told[:count]))


def tell_anchors(shop: Shop, asked: Asked, listed: Listed) -> tuple[Told, ...]:
    """Reasons in which what is near a taste is like that product, of those met last, that it reads most like."""
    loose = [place for place, one in enumerate(listed.told) if one.source == "alike" and one.anchor < 0]
    recent = asked.documents(shop.view, asked.shopper.recent[:3])
    if not loose or not len(recent):
        return listed.told
    likeness = shop.view.first_rows("text", recent) @ shop.view.first_rows("text", listed.documents[loose]).T
    nearest = np.nan_to_num(likeness, nan=-np.inf).argmax(axis=0)
    told = list(listed.told)
    for place, row in zip(loose, nearest.tolist(), strict=True):
        told[place] = replace(told[place], anchor=int(recent[row]))
    return tuple(told)


def _ask(source: Source, shop: Shop, asked: Asked, faults: Faults) -> list[SourceList]:
    try:
        return source(shop, asked)
    except Exception as error:  # a model from elsewhere; a shopper is owed an answer
        faults.note(f"recommend:{source.__name__}", error)
        return []


def _weights(shop: Shop, asked: Asked, lists: Sequence[SourceList]) -> dict[str, float]:
    """The mixer's weights; what it does not weigh counts a little, so that it fills up what is short."""
    given = shop.mixer.weights(asked.request.surface)
    return {one.source: max(given.get(one.source, 0.0), _LEAST) for one in lists}


def _why(lists: Sequence[SourceList], blended: Blended, place: int) -> Told:
    one = lists[blended.lists[place]]
    anchor = -1 if one.anchors is None else int(one.anchors[one.documents == blended.documents[place]][0])
    return Told(one.kind, one.source, anchor, one.field, one.value)
