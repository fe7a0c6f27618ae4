"""Where recommendations come from: each function finds products for what is asked, in one way.

A source finds nothing where it knows nothing: surfaces name others to fall back on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from bowerbird.domain.recommendation import Likeness, WhyKind
from bowerbird.recommend.asked import Asked, Narrowed, Scan, Shop
from bowerbird.recommend.chart import Chart
from bowerbird.recommend.cooccurrence import Together
from bowerbird.recommend.interactions import Keys
from bowerbird.recommend.kinds import codes_of
from bowerbird.recommend.liked import liked_by
from bowerbird.recommend.source_list import SourceList, join
from bowerbird.retrieve.by_vectors import VectorSettings, find_nearest
from bowerbird.retrieve.similar import find_similar

if TYPE_CHECKING:
    from bowerbird.domain.ports import Documents, Floats, Mask

Source: TypeAlias = "Callable[[Shop, Asked], list[SourceList]]"

ALIKE = VectorSettings(neighbours=60, about=True)
RECENT = 8
"""So many of the products that a shopper came by last are asked for their neighbours."""
_RECENCY = 0.8
_OF_A_TASTE, _ENOUGH_OF_IT = 24, 6
_FIELDS: Mapping[Likeness, tuple[str, ...]] = {
    Likeness.TEXT: ("text",),
    Likeness.LOOK: ("photo",),
    Likeness.BOTH: ("text", "photo"),
}
_MODELS = {
    "sequence": WhyKind.NEXT,
    "neighbours": WhyKind.NEXT,
    "graph": WhyKind.SHOPPERS_LIKE_YOU,
    "factors": WhyKind.SHOPPERS_LIKE_YOU,
}


def by_models(shop: Shop, asked: Asked) -> list[SourceList]:
    """What the trained models make of the shopper's history."""
    return _by_models(shop, asked, asked.shopper.history, asked.shopper.weights)


def by_models_of_anchor(shop: Shop, asked: Asked) -> list[SourceList]:
    """What the trained models make of the product that the list is about, or of the cart."""
    keys = asked.cart if asked.anchor == 0 else np.array([asked.anchor], np.uint64)
    return _by_models(shop, asked, keys, np.ones(len(keys), np.float32))


def _by_models(shop: Shop, asked: Asked, history: Keys, weights: Floats) -> list[SourceList]:
    found = []
    for sort, scan in shop.models.items():
        vector = _read(scan, history, weights)
        if vector is not None:
            documents, scores = scan.best(shop.view, vector, asked.allowed, asked.count)
            found.append(SourceList(sort, _MODELS.get(sort, WhyKind.SHOPPERS_LIKE_YOU), documents, scores))
    return found


def _read(scan: Scan, history: Keys, weights: Floats) -> Floats | None:
    vector = scan.read(history, weights) if len(history) else None
    return vector if vector is not None and np.isfinite(vector).all() and vector.any() else None


def viewed_with_recent(shop: Shop, asked: Asked) -> list[SourceList]:
    """What is viewed with the products that the shopper came by last."""
    return _together(shop, asked, shop.live.viewed, asked.shopper.recent[:RECENT], "viewed_with", fading=True)


def bought_with_recent(shop: Shop, asked: Asked) -> list[SourceList]:
    """What is bought with the products that the shopper came by last."""
    return _together(shop, asked, shop.live.bought, asked.shopper.recent[:RECENT], "bought_with", fading=True)


def viewed_with_anchor(shop: Shop, asked: Asked) -> list[SourceList]:
    """What is viewed with the product that the list is about, or with what lies in the cart."""
    return _together(shop, asked, shop.live.viewed, _about(asked), "viewed_with")


def bought_with_anchor(shop: Shop, asked: Asked) -> list[SourceList]:
    """What is bought with the product that the list is about, or with what lies in the cart."""
    return _together(shop, asked, shop.live.bought, _about(asked), "bought_with")


def _about(asked: Asked) -> Keys:
    return np.array([asked.anchor], np.uint64) if asked.anchor else asked.cart


def _together(
    shop: Shop, asked: Asked, together: Together, keys: Keys, source: str, *, fading: bool = False
) -> list[SourceList]:
    neighbours, scores, whose = together.neighbours_of(keys)
    if not len(neighbours):
        return []
    documents = shop.view.documents_of(neighbours)
    kept = (documents >= 0) & asked.allowed[documents]
    documents, scores, whose = documents[kept], scores[kept], whose[kept]
    if fading:
        scores = scores * np.float32(_RECENCY) ** whose.astype(np.float32)
    kind = WhyKind.VIEWED_WITH if source == "viewed_with" else WhyKind.BOUGHT_WITH
    return [join(source, kind, documents, scores, shop.view.documents_of(keys)[whose], asked.count)]


def alike(shop: Shop, asked: Asked) -> list[SourceList]:
    """What reads or looks like the product that the list is about, as the request has it, or like the cart's last."""
    anchor = asked.anchor or (int(asked.cart[-1]) if len(asked.cart) else 0)
    documents = asked.documents(shop.view, np.array([anchor] if anchor else [], np.uint64))
    if not len(documents):
        return []
    document = int(documents[0])
    for by in dict.fromkeys((asked.request.by, Likeness.BOTH)):
        fields = _FIELDS[by]
        found = find_similar(shop.view, document, Narrowed.to(asked.allowed), ALIKE, fields)
        if len(found):
            kind = WhyKind.LOOKS_LIKE if by is Likeness.LOOK else WhyKind.SIMILAR_TO
            anchors = np.full(len(found), document, np.int32)
            strengths = np.clip(found.scores, 0.0, 1.0)
            return [SourceList("alike", kind, found.documents, found.scores, anchors, strengths)]
    return []


def alike_to_taste(shop: Shop, asked: Asked) -> list[SourceList]:
    """What reads and looks like what the shopper came by, the last product as much as all those before it."""
    affinity = asked.shopper.affinity
    last = asked.documents(shop.view, asked.shopper.recent[:1])
    within = Narrowed.to(asked.allowed)
    found = []
    for name, taste in (("text", affinity.text), ("photo", affinity.look)):
        vector = _towards(taste, shop.view.first_rows(name, last))
        leg = None if vector is None else find_nearest(shop.view, name, name, vector, within, ALIKE)
        if leg is not None:
            documents, scores = leg.matches.documents, leg.matches.scores
            found.append(SourceList("alike", WhyKind.SIMILAR_TO, documents, scores, strengths=leg.scaled(scores)))
    return found


def _towards(taste: Floats | None, last: Floats) -> Floats | None:
    """Half of a taste and half of the last product, each at length one: how little is known says nothing of where.

    ``last`` is (0 or 1, d), NaN where the product has no such vector; a taste of another width is of another model.
    """
    parts = [row for row in last if len(row) and np.isfinite(row[0])]
    if taste is not None and len(taste) == last.shape[1]:
        parts.append(taste)
    lengths = [float(np.linalg.norm(part)) for part in parts]
    if not any(lengths):
        return None
    mixed: Floats = np.sum(
        [part / np.float32(length) for part, length in zip(parts, lengths, strict=True) if length], 0
    )
    return mixed / np.float32(np.linalg.norm(mixed) or 1.0)


def by_taste(shop: Shop, asked: Asked) -> list[SourceList]:
    """What is popular of the brands, kinds and colours that the shopper likes."""
    found = []
    for liked in liked_by(asked.shopper, shop.view):
        mask = asked.allowed & shop.view.select(liked.condition).mask
        documents, scores = shop.charts.popular.best(shop.view, mask, _OF_A_TASTE, _ENOUGH_OF_IT)
        if not len(documents):
            documents, scores = newest_of(shop, mask, _OF_A_TASTE)
        kind = WhyKind.YOUR_TASTE
        found.append(SourceList("taste", kind, documents, scores, field=liked.field, value=liked.value))
    return found


def trending(shop: Shop, asked: Asked) -> list[SourceList]:
    """What is met more often lately than it used to be."""
    return _by_chart(shop, asked, shop.charts.trending, "trending", WhyKind.TRENDING)


def popular(shop: Shop, asked: Asked) -> list[SourceList]:
    """What most is done with."""
    return _by_chart(shop, asked, shop.charts.popular, "popular", WhyKind.POPULAR)


def new(shop: Shop, asked: Asked) -> list[SourceList]:
    """What came into the shop last."""
    documents, scores = newest_of(shop, asked.allowed, asked.count)
    return [SourceList("new", WhyKind.NEW, documents, scores)] if len(documents) else []


def popular_of_kind(shop: Shop, asked: Asked) -> list[SourceList]:
    """What is popular of the kind of the product that the list is about."""
    documents = asked.documents(shop.view, _about(asked)[-1:])
    if not len(documents):
        return []
    codes = codes_of(shop.view, "category")
    code = codes[documents[0]]
    if code < 0:
        return []
    mask = asked.allowed & (codes == code)
    found, scores = shop.charts.popular.best(shop.view, mask, asked.count)
    if len(found) < asked.count:
        more, _ = newest_of(shop, _less(mask, found), asked.count - len(found))
        found, scores = np.concatenate([found, more]), np.concatenate([scores, np.zeros(len(more), np.float32)])
    return [SourceList("popular", WhyKind.POPULAR, found, scores)] if len(found) else []


def anything(shop: Shop, asked: Asked) -> list[SourceList]:
    """The newest there is, whatever it is: the last thing to fall back on."""
    return [replace(one, source="any") for one in new(shop, asked)]


def newest_of(shop: Shop, mask: Mask, count: int) -> tuple[Documents, Floats]:
    """The newest documents of a mask: by when they were first seen, then those written last."""
    documents, scores = shop.charts.newest.best(shop.view, mask, count)
    if len(documents) < count:
        rest = np.flatnonzero(_less(mask, documents))[::-1][: count - len(documents)].astype(np.int32)
        documents, scores = np.concatenate([documents, rest]), np.concatenate([scores, np.zeros(len(rest), np.float32)])
    return documents, scores


def _by_chart(shop: Shop, asked: Asked, chart: Chart, source: str, kind: WhyKind) -> list[SourceList]:
    documents, scores = chart.best(shop.view, asked.allowed, asked.count)
    return [SourceList(source, kind, documents, scores)] if len(documents) else []


def _less(mask: Mask, documents: Documents) -> Mask:
    rest = mask.copy()
    rest[documents] = False
    return rest


def total(lists: Sequence[SourceList]) -> int:
    """How many distinct documents lists hold."""
    return len(np.unique(np.concatenate([one.documents for one in lists]))) if lists else 0
