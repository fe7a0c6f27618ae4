"""Two signals for the ranker: how much of the query's intent each product takes, and how much its sentiment weighs.

Attention is the softmax of scaled products of query and product vectors (Vaswani et al. 2017); the weight of a
sentiment is its exponential, so that weights multiply where sentiments add.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

TEMPERATURE = 0.05
"""For unit vectors of sentence encoders, whose products lie close together."""
STRENGTH = 0.5
"""The best sentiment then weighs 1.65 times, the worst 0.61 times a neutral one."""


def intent_attention(
    query: NDArray[np.floating], products: NDArray[np.floating], temperature: float = TEMPERATURE
) -> NDArray[np.float32]:
    """Shares of attention: softmax over products of ``query . product / temperature``.

    Args:
        query: (d,) or (queries, d), any float.
        products: (n, d), any float.
        temperature: above 0; small gives all to the nearest, large gives all alike.

    Returns:
        (n,) or (queries, n) f32, each row summing to one; empty where there are no products.

    Raises:
        ValueError: the shapes do not fit, or the temperature is not above 0.
    """
    if not temperature > 0:
        raise ValueError(f"a temperature of {temperature}; expected above 0")
    if products.ndim != 2 or query.ndim not in (1, 2) or query.shape[-1] != products.shape[1]:
        raise ValueError(f"a query of shape {query.shape} and products of shape {products.shape} do not fit")
    likeness = query.astype(np.float32) @ products.astype(np.float32).T / np.float32(temperature)
    if not len(products):
        return np.asarray(likeness, np.float32)
    # Less the largest, so that nothing overflows.
    powers = np.exp(likeness - likeness.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True), np.float32)


def sentiment_weight(scores: NDArray[np.floating], strength: float = STRENGTH) -> NDArray[np.float32]:
    """What sentiments weigh: ``exp(score * strength)``, 1 for a neutral one.

    Args:
        scores: any shape, from -1 to 1; what lies outside is taken for the nearest end, NaN for neutral.
        strength: 0 makes all alike.

    Returns:
        f32 of the shape of ``scores``, from exp(-strength) to exp(strength).
    """
    known = np.clip(np.nan_to_num(np.asarray(scores, np.float32), nan=0.0), -1.0, 1.0)
    return np.asarray(np.exp(known * np.float32(strength)), np.float32)
