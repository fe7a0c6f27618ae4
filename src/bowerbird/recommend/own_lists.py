"""A shopper's own products: what they looked at last, and what they may want to buy again."""

from __future__ import annotations

import numpy as np

from bowerbird.domain.recommendation import WhyKind
from bowerbird.recommend.asked import Asked, Shop
from bowerbird.recommend.repeats import measure_due
from bowerbird.recommend.source_list import SourceList


def recently_viewed(shop: Shop, asked: Asked) -> SourceList:
    """What the shopper looked at, the last first, less what they bought since."""
    bought = dict(zip(asked.shopper.bought.tolist(), asked.shopper.profile.bought.values(), strict=True))
    kept = [(key, at) for key, at in asked.shopper.viewed if at > bought.get(key, -np.inf)]
    documents = shop.view.documents_of(np.array([key for key, _ in kept], np.uint64))
    there = (documents >= 0) & asked.allowed[documents]
    # Scores tell the order alone: times are too long for 32 bits.
    places = np.linspace(1.0, 0.5, int(there.sum()), dtype=np.float32)
    return SourceList("viewed_before", WhyKind.VIEWED_BEFORE, documents[there], places)


def buy_again(shop: Shop, asked: Asked) -> SourceList:
    """What the shopper bought and is likely to need again, what is due first."""
    keys, times = asked.shopper.purchases()
    documents = shop.view.documents_of(keys)
    there = np.flatnonzero((documents >= 0) & asked.allowed[documents]) if len(keys) else np.empty(0, np.intp)
    if not len(there):
        return SourceList("bought_before", WhyKind.BOUGHT_BEFORE, np.empty(0, np.int32), np.empty(0, np.float32))
    found = measure_due(keys[there], [times[place] for place in there], asked.shopper.now, shop.live.repeats)
    order = np.lexsort((-found.scores, ~found.due))
    scores = found.scores[order].astype(np.float32)
    return SourceList("bought_before", WhyKind.BOUGHT_BEFORE, documents[there[order]], scores)
