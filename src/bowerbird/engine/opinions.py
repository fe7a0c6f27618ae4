"""What a product's reviews say of it, as one number that the index holds beside its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from bowerbird.domain.product import Product, Review
from bowerbird.understand import sentiment

FIELD = "sentiment"
MOST_REVIEWS = 200
"""Of one product; the first are read, which exports put first for being the newest or the best liked."""
_MIDDLE, _SPAN = 3.0, 2.0


def sentiments_of(products: Sequence[Product]) -> list[Mapping[str, float]]:
    """For each product the field ``sentiment``, -1 to 1: the mean of its reviews. Without any, what its stars say.

    A review counts for the mean of its stars and its words, where it has both: stars forget what was wrong, and
    words are misread now and then.
    """
    reviews = [review for product in products for review in product.reviews[:MOST_REVIEWS]]
    texts = [f"{review.title} {review.text}".strip() for review in reviews]
    # The model is half a second of work to load: a shop without reviews does without it.
    words = sentiment.load().score_many(texts) if texts else np.empty(0, np.float32)
    scores = [_score(review, float(said)) for review, said in zip(reviews, words, strict=True)]
    found: list[Mapping[str, float]] = []
    at = 0
    for product in products:
        own = scores[at : at + len(product.reviews[:MOST_REVIEWS])]
        at += len(own)
        if own:
            found.append({FIELD: float(np.mean(own))})
        else:
            found.append({} if product.rating is None else {FIELD: _of_stars(product.rating)})
    return found


def _score(review: Review, said: float) -> float:
    if review.rating is None:
        return said
    stars = _of_stars(review.rating)
    return (said + stars) / 2 if review.text.strip() else stars


def _of_stars(stars: float) -> float:
    return float(np.clip((stars - _MIDDLE) / _SPAN, -1.0, 1.0))
