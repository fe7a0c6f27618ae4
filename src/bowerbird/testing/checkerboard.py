"""A world whose next products are known: a checkerboard, whose shoppers keep to the squares of their own colour."""

from __future__ import annotations

import numpy as np

from bowerbird.recommend.histories import Histories

PRODUCTS = tuple(f"p{number}" for number in range(10))


def checkerboard(shoppers: int = 40, seed: int = 0) -> Histories:
    """Shopper s came by four of the five products whose number is as even or odd as s, in any order."""
    rng = np.random.default_rng(seed)
    walks = [rng.permutation(np.arange(shopper % 2, len(PRODUCTS), 2))[:4] for shopper in range(shoppers)]
    return Histories.from_sequences([walk.tolist() for walk in walks], PRODUCTS)
