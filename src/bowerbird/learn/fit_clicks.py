"""From a log of searches to what clicks say: of products, of queries and products, and as gains to train on.

Shoppers click what they see, and they see the top: the chance of being seen at a position is fitted with the
position-based model, and every click and every look is weighed by it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bowerbird.index.product_rows import id_hash
from bowerbird.measure.click_log import ClickTable
from bowerbird.measure.click_models import PositionModel, fit_position_model
from bowerbird.rank.behaviour import Behaviour, Keys, mix
from bowerbird.rank.question import query_key


@dataclass(frozen=True, slots=True)
class ClickFitSettings:
    """How clicks are counted."""

    product_prior: float = 20.0
    """The mean counts as so many looks at a product."""
    pair_prior: float = 10.0
    """The mean counts as so many looks at a product for one query."""
    most_weight: float = 10.0
    """What a click at the least seen position counts at most: a click that happens once in a thousand searches must
    not stand for a thousand."""
    least_sessions: int = 5
    """A query is learned from when so many searches were for it."""


DEFAULT_SETTINGS = ClickFitSettings()


@dataclass(frozen=True)
class ClickGains:
    """How good products proved for one query: a gain by product id, 0..1, and how many searches it is from."""

    query: str
    gains: dict[str, float]
    sessions: int


def fit_behaviour(
    table: ClickTable, model: PositionModel | None = None, settings: ClickFitSettings = DEFAULT_SETTINGS
) -> Behaviour:
    """What clicks say of each product and of each query and product. Raises InputError for a log without clicks."""
    model = model or fit_position_model(table)
    seen = model.examined(table.position)
    products = np.array([id_hash(product) for product in table.products], np.uint64)
    mean = float(table.click.sum() / max(seen.sum(), 1e-9))
    clicks = np.bincount(table.product, table.click, len(products))
    looks = np.bincount(table.product, seen, len(products))
    popularity = (clicks + settings.product_prior * mean) / (looks + settings.product_prior)
    shown = np.bincount(table.product, minlength=len(products)) > 0
    order = np.argsort(products[shown], kind="stable")
    pairs, rates = _pair_rates(table, seen, products, mean, settings)
    return Behaviour(products[shown][order], popularity[shown][order].astype(np.float32), pairs, rates)


def _pair_rates(
    table: ClickTable, seen: NDArray[np.float64], products: Keys, mean: float, settings: ClickFitSettings
) -> tuple[Keys, NDArray[np.float32]]:
    """Rising mixes of query and product with clicks a full view; two spellings of a query count together."""
    folded = fold_queries(table)
    places, query, product = folded.pairs()
    clicks = np.bincount(places, table.click, len(query))
    looks = np.bincount(places, seen, len(query))
    rates = (clicks + settings.pair_prior * mean) / (looks + settings.pair_prior)
    mixed = np.empty(len(query), np.uint64)
    edges = np.flatnonzero(np.diff(query, prepend=-1))
    for first, last in zip(edges, [*edges[1:], len(query)], strict=True):
        mixed[first:last] = mix(folded.queries[int(query[first])], products[product[first:last]])
    order = np.argsort(mixed, kind="stable")
    return mixed[order], rates[order].astype(np.float32)


def fold_queries(table: ClickTable) -> ClickTable:
    """The same log with its queries as clicks are counted by: two spellings are one query."""
    numbers: dict[str, int] = {}
    codes = [numbers.setdefault(query_key(query), len(numbers)) for query in table.queries]
    return replace(table, queries=tuple(numbers), query=np.array(codes, np.int32)[table.query])


def weigh_clicks(
    table: ClickTable, model: PositionModel, settings: ClickFitSettings = DEFAULT_SETTINGS
) -> list[ClickGains]:
    """The gains of products by query, each click weighed by the inverse of its chance of being seen.

    Joachims, Swaminathan and Schnabel, Unbiased learning-to-rank with biased feedback, WSDM 2017; pulled towards the
    mean where a product was shown seldom.
    """
    weights = np.minimum(1.0 / np.maximum(model.examined(table.position), 1e-9), settings.most_weight)
    folded = fold_queries(table)
    places, query, product = folded.pairs()
    clicks = np.bincount(places, table.click * weights, len(query))
    shown = np.bincount(places, minlength=len(query))
    mean = float(clicks.sum() / max(shown.sum(), 1))
    gains = np.clip((clicks + settings.pair_prior * mean) / (shown + settings.pair_prior), 0.0, 1.0)
    sessions = np.bincount(folded.query, minlength=len(folded.queries))
    by_query: dict[int, dict[str, float]] = {}
    for one, what, gain in zip(query.tolist(), product.tolist(), gains.tolist(), strict=True):
        by_query.setdefault(one, {})[table.products[what]] = gain
    return [
        ClickGains(folded.queries[one], known, int(sessions[one]))
        for one, known in by_query.items()
        if sessions[one] >= settings.least_sessions
    ]
