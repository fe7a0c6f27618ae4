"""The facts of products that tastes are learned of: read from the index, a batch at a time, and remembered."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

import numpy as np

from bowerbird.domain.filters import Under
from bowerbird.domain.ports import Floats, IndexView
from bowerbird.domain.product import Product, Variant
from bowerbird.engine.live import Live
from bowerbird.index.product_rows import id_hash
from bowerbird.profile.facts import ProductFacts, kind_of, taste_field_of, value_key
from bowerbird.profile.tastes import Item
from bowerbird.rank.by_taste import read_values
from bowerbird.storage.products import ProductStore
from bowerbird.storage.recent import Recent

ROOM = 10_000
"""Products whose facts are remembered; about 3 kB each."""
FEWEST = 5
"""Of fewer prices the middle says little."""


class ProductFactsCache:
    """Facts by product and variant; safe from many threads."""

    def __init__(self, live: Callable[[], Live], products: ProductStore, room: int = ROOM) -> None:
        self._live, self._products, self._room = live, products, room
        self._lock = threading.Lock()
        self._space: Mapping[str, str] = {}
        self._kept: Recent[Item, ProductFacts] = Recent(room)
        self._middles: dict[str, float] = {}

    @property
    def space(self) -> Mapping[str, str]:
        """What the vectors are made with: where it is another, tastes must be learned anew."""
        return self._live().index.fingerprints

    def of(self, items: Iterable[Item]) -> dict[Item, ProductFacts]:
        """What is known of products, or of the variants named; those that the index does not have are left out."""
        live = self._live()
        self._renew(live.index.fingerprints)
        found: dict[Item, ProductFacts] = {}
        missing: list[Item] = []
        for item in dict.fromkeys(items):
            known = self._kept.get(item)
            if known is None:
                missing.append(item)
            else:
                found[item] = known
        if missing:
            found |= self._read(live.index.view(), missing, found)
        return found

    def _renew(self, space: Mapping[str, str]) -> None:
        with self._lock:
            if space != self._space:
                self._space, self._kept, self._middles = space, Recent(self._room), {}

    def _read(
        self, view: IndexView, missing: list[Item], known: Mapping[Item, ProductFacts]
    ) -> dict[Item, ProductFacts]:
        wanted = [name for name in dict.fromkeys(name for name, _ in missing) if (name, "") not in known]
        found: dict[Item, ProductFacts] = {(one.product, ""): one for one in self._read_products(view, wanted)}
        variants = [item for item in missing if item[1]]
        if variants:
            stored = self._products.get_by_ids({name for name, _ in variants})
            for name, variant_id in variants:
                base = found.get((name, "")) or known.get((name, "")) or self._kept.get((name, ""))
                own = stored.get(name)
                if base is not None and own is not None:
                    facts = facts_of_variant(base, own.product, variant_id)
                    found |= {} if facts is None else {(name, variant_id): facts}
        for item, facts in found.items():
            self._kept.put(item, facts)
        return found

    def _read_products(self, view: IndexView, names: list[str]) -> list[ProductFacts]:
        documents = view.documents_of(np.array([id_hash(name) for name in names], np.uint64))
        there = np.flatnonzero(documents >= 0).tolist()
        documents = documents[there]
        if not len(documents):
            return []
        values, prices = read_values(view, documents), view.numbers("price", documents)
        facts = []
        for place, document in enumerate(documents.tolist()):
            price = float(prices[place])
            paths = values["category"][place]
            facts.append(
                ProductFacts(
                    product=names[there[place]],
                    values={name: found[place] for name, found in values.items() if found[place]},
                    price=price if price > 0 else None,
                    level=self._level(view, price, paths[0]) if paths else None,
                    text=_mean_row(view.vectors_of("text", document)),
                    look=_mean_row(view.vectors_of("photo", document)),
                )
            )
        return facts

    def _level(self, view: IndexView, price: float, path: str) -> float | None:
        kind = kind_of(path)
        middle = self._middles.get(kind)
        if middle is None:
            middle = middle_price(view, kind)
            if not math.isnan(middle):
                self._middles[kind] = middle
        return math.log(price / middle) if price > 0 and middle > 0 else None


def middle_price(view: IndexView, path: str) -> float:
    """The median price below a category path; NaN where there are few."""
    prices = view.numbers("price", np.flatnonzero(view.select(Under("category", path)).mask).astype(np.int32))
    prices = prices[prices > 0]
    return float(np.median(prices)) if len(prices) >= FEWEST else float("nan")


def facts_of_variant(facts: ProductFacts, product: Product, variant_id: str) -> ProductFacts | None:
    """A product's facts with what a variant of it says itself; None where it has no such variant."""
    variant: Variant | None = next((one for one in product.variants if one.id == variant_id), None)
    if variant is None:
        return None
    values = dict(facts.values)
    for name, told in variant.attributes.items():
        taste = taste_field_of(name)
        texts = (told,) if isinstance(told, str) else told if isinstance(told, tuple) else ()
        if taste is not None and texts:
            # As the index writes them: it knows the values of every variant.
            spelt = {value_key(value): value for value in facts.values.get(taste, ())}
            values[taste] = tuple(spelt.get(value_key(text), text) for text in texts)
    price = facts.price if variant.price is None else float(variant.price)
    level = facts.level
    if level is not None and price and facts.price:
        level += math.log(price / facts.price)
    return replace(facts, values=values, price=price, level=level)


def _mean_row(rows: Floats) -> Floats | None:
    """The unit vector in the middle of some unit vectors; None where there is none."""
    if len(rows) < 2:
        return rows[0] if len(rows) else None
    middle = np.asarray(rows, np.float32).mean(axis=0)
    norm = float(np.linalg.norm(middle))
    return middle / np.float32(norm) if norm > 0 else None
