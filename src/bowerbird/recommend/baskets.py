"""What each shopper met without a long pause: kept while it may grow, and found at once in a whole log."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from bowerbird.recommend.interactions import Keys, Times
from bowerbird.recommend.pair_counts import PairCounts, rows_to_pairs


@dataclass(slots=True)
class _Basket:
    at: float
    products: list[int]


@dataclass(frozen=True, slots=True, eq=False)
class Grouped:
    """Each product of each basket once: (n,) numbers of baskets from 0, rising, and (n,) keys of products."""

    baskets: NDArray[np.int64]
    products: Keys


class Baskets:
    """The open baskets by shopper."""

    def __init__(self, gap: float, largest: int) -> None:
        self._gap, self._largest = gap, largest
        self._open: dict[int, _Basket] = {}

    def put(self, shopper: int, product: int, at: float) -> tuple[int, ...] | None:
        """A shopper met a product: what is in the basket with it, None where it changes nothing."""
        basket = self._open.get(shopper)
        if basket is None or abs(at - basket.at) > self._gap:
            self._open[shopper] = _Basket(at, [product])
            return ()
        basket.at = at
        if product in basket.products or len(basket.products) >= self._largest:
            return None
        others = tuple(basket.products)
        basket.products.append(product)
        return others

    def regroup(self, shoppers: Keys, products: Keys, at: Times) -> Grouped:
        """The baskets of a whole log, all (n,) in its order; the last ones of each shopper become the open ones."""
        order = np.argsort(shoppers, kind="stable")
        shoppers, products, at = shoppers[order], products[order], at[order]
        first = np.ones(len(order), bool)
        first[1:] = (shoppers[1:] != shoppers[:-1]) | (np.abs(np.diff(at)) > self._gap)
        baskets = np.cumsum(first) - 1
        # Once a basket each, where it came first, and of those the first ``largest``.
        by_product = np.lexsort((products, baskets))
        again = np.zeros(len(order), bool)
        again[1:] = np.diff(baskets[by_product]) == 0
        again[1:] &= products[by_product][1:] == products[by_product][:-1]
        once = np.sort(by_product[~again])
        starts = np.flatnonzero(np.concatenate([[True], np.diff(baskets[once]) > 0])) if len(once) else once
        places = np.arange(len(once)) - np.repeat(starts, np.diff(np.append(starts, len(once))))
        kept = once[places < self._largest]
        self._open = self._last_of(shoppers, products, at, baskets, kept)
        return Grouped(baskets[kept], products[kept])

    def _last_of(
        self, shoppers: Keys, products: Keys, at: Times, baskets: NDArray[np.int64], kept: NDArray[np.intp]
    ) -> dict[int, _Basket]:
        if not len(shoppers):
            return {}
        ends = np.flatnonzero(np.append(shoppers[1:] != shoppers[:-1], True))
        opened = {int(baskets[end]): (int(shoppers[end]), float(at[end])) for end in ends}
        found = {shopper: _Basket(when, []) for shopper, when in opened.values()}
        mine = kept[np.isin(baskets[kept], baskets[ends])]
        for basket, product in zip(baskets[mine].tolist(), products[mine].tolist(), strict=True):
            found[opened[basket][0]].products.append(product)
        return found

    def close_before(self, now: float) -> None:
        """Let go of the baskets that a pause has ended."""
        for shopper in [shopper for shopper, basket in self._open.items() if now - basket.at > self._gap]:
            del self._open[shopper]

    def forget(self, shoppers: Collection[int]) -> bool:
        """Let go of the baskets of shoppers; whether there were any."""
        return any([self._open.pop(shopper, None) is not None for shopper in shoppers])

    def held_of(self, shoppers: Collection[int]) -> list[int]:
        """The products in the baskets of shoppers."""
        return [product for shopper in shoppers if (basket := self._open.get(shopper)) for product in basket.products]

    def to_arrays(self) -> dict[str, NDArray[np.generic]]:
        """Everything as arrays."""
        held = list(self._open.items())
        return {
            "open/shoppers": np.array([shopper for shopper, _ in held], np.uint64),
            "open/at": np.array([basket.at for _, basket in held], np.float64),
            "open/sizes": np.array([len(basket.products) for _, basket in held], np.int64),
            "open/products": np.array([product for _, basket in held for product in basket.products], np.uint64),
        }

    @classmethod
    def of_arrays(cls, arrays: dict[str, NDArray[np.generic]], gap: float, largest: int) -> Baskets:
        """What ``to_arrays`` took apart."""
        made = cls(gap, largest)
        ends = np.cumsum(arrays["open/sizes"]).tolist()
        products, start = arrays["open/products"].tolist(), 0
        for shopper, at, end in zip(arrays["open/shoppers"].tolist(), arrays["open/at"].tolist(), ends, strict=True):
            made._open[shopper] = _Basket(at, products[start:end])
            start = end
        return made


def pairs_of(baskets: NDArray[np.int64], products: Keys) -> PairCounts:
    """The counts of products that share baskets: the product of the baskets' matrix with itself."""
    keys, columns = np.unique(products, return_inverse=True)
    count = int(baskets[-1]) + 1 if len(baskets) else 0
    shape = (count, len(keys))
    held = csr_array((np.ones(len(baskets), np.int32), (baskets, columns)), shape)
    return rows_to_pairs(keys, held, count)
