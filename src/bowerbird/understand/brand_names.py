"""What brands are called in Chinese, learnt from Chinese titles: the words that all of a brand's have and no other's.

A shop's feed has a brand in one spelling only, while its shoppers type the other.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from bowerbird.domain.product import Product
from bowerbird.encode.folding import HAN

_RUN = re.compile(f"[{HAN}]{{2,}}")
_LONGEST = 6
_FEWEST = 3
_SHARE = 0.9


def learn_brand_names(products: Iterable[Product]) -> dict[str, str]:
    """Chinese names with the brand each is of, for brands with at least three Chinese titles."""
    held: dict[str, Counter[str]] = defaultdict(Counter)
    titles: Counter[str] = Counter()
    brands_of: dict[str, set[str]] = defaultdict(set)
    for product in products:
        for title in _chinese_titles(product):
            if not product.brand or (product.brand in title and _RUN.search(product.brand)):
                continue
            titles[product.brand] += 1
            for gram in _grams(title):
                held[product.brand][gram] += 1
                brands_of[gram].add(product.brand)
    found: dict[str, str] = {}
    for brand, grams in held.items():
        if titles[brand] < _FEWEST:
            continue
        own = [gram for gram, count in grams.items() if count >= _SHARE * titles[brand] and len(brands_of[gram]) == 1]
        # What begins or ends inside the name is in all of its titles as well: the longest is the name.
        if own:
            found[max(own, key=lambda gram: (len(gram), gram))] = brand
    return found


def _chinese_titles(product: Product) -> Iterator[str]:
    for title in (product.title, *(text.title for text in product.translations.values())):
        if _RUN.search(title):
            yield title


def _grams(title: str) -> set[str]:
    return {
        run[start : start + size]
        for run in _RUN.findall(title)
        for size in range(2, _LONGEST + 1)
        for start in range(len(run) - size + 1)
    }
