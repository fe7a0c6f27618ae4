"""New products in a trained model, between two trainings: each where the products are that it is met together with.

A new product's vector is the mean of its neighbours', weighed by how surely they belong together, at the length that
those have. Nothing that was trained is touched, so what a model says of everything else stays as it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bowerbird.recommend.by_model import NOTHING_ADDED, Added, ModelScan
from bowerbird.recommend.interactions import Keys
from bowerbird.recommend.live_counts import LiveCounts

if TYPE_CHECKING:
    from bowerbird.domain.ports import Floats

MOST = 2_000
"""So many new products are folded in, those first that most was done with."""
_NEIGHBOURS = 20


def fold_in(scan: ModelScan, live: LiveCounts, now: float) -> ModelScan:
    """The model with the products that shoppers met since it was trained; ``now`` is in seconds since 1970."""
    keys = _new_products(scan, live, now)
    found: list[tuple[int, Floats, int]] = []
    for key in keys.tolist():
        neighbours, scores = live.viewed.neighbours(key, _NEIGHBOURS)
        bought, more = live.bought.neighbours(key, _NEIGHBOURS)
        neighbours, scores = np.concatenate([neighbours, bought]), np.concatenate([scores, more])
        known = scan.knows(neighbours)
        if known.any():
            places = scan.places(neighbours[known])
            vector = mean_at_length(scan.model.vectors[places], scores[known])
            found.append((key, vector, int(places[scores[known].argmax()])))
    if not found:
        return scan.plus(NOTHING_ADDED)
    folded = np.array([key for key, _, _ in found], np.uint64)
    vectors = np.stack([vector for _, vector, _ in found]).astype(np.float32)
    return scan.plus(Added(folded, vectors, {key: place for key, _, place in found}))


def mean_at_length(vectors: Floats, weights: Floats) -> Floats:
    """The weighted mean of (n, d) vectors, at the weighted mean of their lengths: averaging alone would shorten it."""
    shares = weights / weights.sum()
    mean = shares @ vectors
    length = float(np.linalg.norm(mean))
    usual = float(shares @ np.linalg.norm(vectors, axis=1))
    longer: Floats = mean * np.float32(usual / length if length > 0 else 1.0)
    return longer


def _new_products(scan: ModelScan, live: LiveCounts, now: float) -> Keys:
    keys, values = live.popularity.at(now)
    new = ~scan.knows(keys)
    keys, counted = keys[new], values[new, 0]
    return keys[np.argsort(-counted, kind="stable")[:MOST]]
