"""A seeded, invented catalogue for benchmarks: products, clustered vectors and the queries put to it.

Words follow Zipf's law; 60 % of the products are English, 25 % Chinese and 15 % mixed. A product belongs to one
of ``CLUSTERS`` themes, which gives it its words, category and vectors, so that terms, vectors and filters agree
as they do in a shop. Made in chunks, each from its own seed: a million products need no more memory than ten
thousand, and product ``i`` is the same whatever the size of the catalogue.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import jieba
import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.product import Availability, Product

CHUNK = 10_000
CLUSTERS = 2_000
KINDS = 60
DIM = 384
DEPARTMENTS = ("Women", "Men", "Home", "Garden", "Sports", "Toys", "Beauty", "Tech")
COLORS = ("black", "white", "red", "blue", "green", "grey", "brown", "pink", "yellow", "purple")
MATERIALS = ("cotton", "leather", "steel", "wood", "plastic", "wool", "glass", "silk")
ENGLISH = 20_000
CHINESE = 8_000
_SYLLABLES = (
    "ba be bi bo bu ca ce co cu da de di do du fa fe fi fo ga go gu ha he hi ho ja jo ka ke ki ko la le li lo lu ma "
    "me mi mo mu na ne ni no nu pa pe pi po ra re ri ro ru sa se si so su ta te ti to tu va ve vi vo wa we wi za zo"
).split()


@dataclass(frozen=True)
class Chunk:
    """Some products and, row for row, their two vectors, (n, 384) float16 unit rows."""

    products: list[Product]
    texts: NDArray[np.float16]
    photos: NDArray[np.float16]


@dataclass(frozen=True)
class Request:
    """One hybrid query: words, a vector for each field and a filter."""

    text: str
    text_vector: NDArray[np.float32]
    photo_vector: NDArray[np.float32]
    filters: str


class Catalogue:
    """The invented catalogue of one seed."""

    def __init__(self, seed: int = 7) -> None:
        self.seed = seed
        rng = np.random.default_rng(seed)
        self.centres = _themes(rng)
        self.english = _words(rng, ENGLISH)
        self.chinese = _chinese_words()
        self.theme_words = {
            "en": rng.integers(200, ENGLISH, (CLUSTERS, 12)),
            "zh": rng.integers(100, CHINESE, (CLUSTERS, 12)),
        }
        self.departments = rng.integers(0, len(DEPARTMENTS), CLUSTERS)
        self.zipf = {
            "en": _zipf(ENGLISH),
            "zh": _zipf(CHINESE),
        }

    def chunks(self, size: int) -> Iterator[Chunk]:
        """The first ``size`` products, in chunks of at most ``CHUNK``."""
        for start in range(0, size, CHUNK):
            yield self._chunk(start, min(CHUNK, size - start))

    def requests(self, count: int, selectivity: float | None = None) -> list[Request]:
        """Queries near random themes.

        The filter is by department, price and stock (about 1 % to 10 % of the products), or, with a
        ``selectivity``, by the price band alone that passes about this share.
        """
        rng = np.random.default_rng((self.seed, 1, count))
        requests = []
        for theme in rng.integers(0, CLUSTERS, count):
            language = "zh" if rng.random() < 0.25 else "en"
            words = self.english if language == "en" else self.chinese
            chosen = rng.choice(self.theme_words[language][theme], rng.integers(1, 4), replace=False)
            vectors = _unit(self.centres[:, theme] + 0.045 * rng.standard_normal((2, DIM)))
            low = float(np.round(np.exp(rng.normal(3.4, 0.8)), 2))
            department = DEPARTMENTS[self.departments[theme]]
            filters = f'category UNDER "{department}" AND price {low}..{low * 1.6:.2f} AND in_stock = true'
            if selectivity is not None:
                start = rng.uniform(0, 1 - selectivity)
                filters = f"popularity {start:.6f}..{start + selectivity:.6f}"
            text = ("" if language == "zh" else " ").join(words[word] for word in chosen)
            requests.append(Request(text, vectors[0], vectors[1], filters))
        return requests

    def _chunk(self, start: int, size: int) -> Chunk:
        rng = np.random.default_rng((self.seed, 0, start))
        themes = rng.integers(0, CLUSTERS, CHUNK)[:size]
        noise = 0.045 * rng.standard_normal((2, CHUNK, DIM), dtype=np.float32)[:, :size]
        vectors = _unit(self.centres[:, themes] + noise).astype(np.float16)
        language = rng.choice(3, CHUNK, p=(0.60, 0.25, 0.15))
        prices = np.round(np.exp(rng.normal(3.6, 0.9, CHUNK)), 2)
        popularity, stock, ratings = rng.random(CHUNK), rng.random(CHUNK), np.round(rng.uniform(1, 5, CHUNK), 1)
        codes = rng.integers(0, 1 << 30, (CHUNK, 4))
        own = {name: rng.choice(len(odds), (CHUNK, 20), p=odds) for name, odds in self.zipf.items()}
        products = []
        for i in range(size):
            theme = int(themes[i])
            languages = (("en",), ("zh",), ("en", "zh"))[language[i]]
            title = " ".join(self._sentence(name, theme, own[name][i, :5], 3) for name in languages)
            description = " ".join(self._sentence(name, theme, own[name][i, 5:], 5) for name in languages)
            department = DEPARTMENTS[self.departments[theme]]
            products.append(
                Product(
                    id=f"p{start + i}",
                    title=title,
                    description=description,
                    brand=f"Brand {codes[i, 0] % 400}",
                    categories=(f"{department}/Kind {theme % KINDS}",),
                    price=Decimal(str(prices[i])),
                    currency="USD",
                    availability=Availability.IN_STOCK if stock[i] < 0.85 else Availability.OUT_OF_STOCK,
                    rating=float(ratings[i]),
                    attributes={
                        "color": COLORS[codes[i, 1] % len(COLORS)],
                        "material": MATERIALS[codes[i, 2] % len(MATERIALS)],
                        "popularity": float(round(popularity[i], 6)),
                    },
                )
            )
        return Chunk(products, vectors[0], vectors[1])

    def _sentence(self, language: str, theme: int, own: NDArray[np.int64], themed: int) -> str:
        words = self.english if language == "en" else self.chinese
        of_theme = self.theme_words[language][theme]
        chosen = [words[of_theme[int(word) % len(of_theme)]] for word in own[:themed]] + [words[word] for word in own]
        return ("" if language == "zh" else " ").join(chosen)


def _unit(rows: NDArray[np.floating]) -> NDArray[np.float32]:
    scaled = rows / np.linalg.norm(rows, axis=-1, keepdims=True)
    return scaled.astype(np.float32)


def _themes(rng: np.random.Generator) -> NDArray[np.float32]:
    """The middle of each theme in both fields, (2, themes, 384): themes of one kind of product lie close together."""
    kinds = _unit(rng.standard_normal((2, KINDS, DIM)))
    own = _unit(rng.standard_normal((2, CLUSTERS, DIM)))
    return _unit(kinds[:, np.arange(CLUSTERS) % KINDS] + own)


def _chinese_words() -> list[str]:
    """The most frequent words of two or more characters in the dictionary that cuts them."""
    jieba.setLogLevel("WARNING")
    jieba.initialize()
    words = [word for word in jieba.dt.FREQ if len(word) > 1 and "\u4e00" <= word[0] <= "\u9fff"]
    return sorted(words, key=lambda word: (-jieba.dt.FREQ[word], word))[:CHINESE]


def _zipf(size: int) -> NDArray[np.float64]:
    odds = 1.0 / np.arange(1, size + 1)
    return odds / odds.sum()


def _words(rng: np.random.Generator, count: int) -> list[str]:
    """Distinct pronounceable words, the shortest ones first and so, under Zipf's law, the most frequent."""
    words: dict[str, None] = {}
    while len(words) < count:
        syllables = rng.integers(0, len(_SYLLABLES), (count, 4))
        for row in syllables:
            words["".join(_SYLLABLES[code] for code in row[: 2 + int(row[0]) % 3])] = None
    return sorted(list(words)[:count], key=len)
