"""The signals that a product is ranked by: what each is measured in, where it comes from and which way it speaks.

The names are those of the learned model's inputs and of explanations; the functions that compute them are in
``by_words``, ``by_meaning``, ``by_offer`` and ``by_taste``. A signal that a product does not have is NaN.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from bowerbird.domain.ports import Floats


class Direction(StrEnum):
    """Whether more of a signal can only raise a product, only lower it, or either."""

    RAISES = "raises"
    LOWERS = "lowers"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class SignalInfo:
    """What a signal is: ``unit`` of its values, ``source`` in the shop, and its direction."""

    unit: str
    source: str
    direction: Direction = Direction.RAISES


_BEST = "share of the best candidate's"
_EITHER = Direction.EITHER

SIGNALS: Mapping[str, SignalInfo] = {
    "relevance": SignalInfo("0..1", "retrieval: terms and vectors fused"),
    "terms": SignalInfo(_BEST, "BM25 over the whole text"),
    "title_match": SignalInfo(_BEST, "BM25 over the title"),
    "about_match": SignalInfo(_BEST, "BM25 over categories and attributes"),
    "body_match": SignalInfo(_BEST, "BM25 over the description"),
    "brand_match": SignalInfo(_BEST, "BM25 over the brand"),
    "coverage": SignalInfo("share of the words, by rarity", "words of the query that stand anywhere"),
    "title_coverage": SignalInfo("share of the words, by rarity", "words of the query that stand in the title"),
    "phrase": SignalInfo("0 or 1", "the title holds the words beside each other, by the first place of each"),
    "title_before": SignalInfo("words", "words of the title before the first of the query's", _EITHER),
    "title_after": SignalInfo("words", "words of the title after the last of the query's", _EITHER),
    "title_length": SignalInfo("words", "the title", _EITHER),
    "body_length": SignalInfo("log words", "the description", _EITHER),
    "meaning": SignalInfo("0..1 over the background", "words to text: the text model"),
    "look_of_words": SignalInfo("0..1 over the background", "words to photo: the shared space"),
    "look": SignalInfo("0..1 over the background", "photo to photo: the photo metric"),
    "text_of_photo": SignalInfo("0..1 over the background", "photo to text: the shared space"),
    "reads_like": SignalInfo("0..1 over the background", "example to text"),
    "looks_like": SignalInfo("0..1 over the background", "example to photo"),
    "attention": SignalInfo(_BEST, "softmax of the text model's products"),
    "typical": SignalInfo("cosine", "likeness to the first twenty candidates, by their texts"),
    "same_kind": SignalInfo("0 or 1", "the kind that the title names is one that was asked for"),
    "kind_fit": SignalInfo("share of the weight", "preferences for a category or brand that are met"),
    "attribute_fit": SignalInfo("share of the weight", "other preferences that are met"),
    "sentiment": SignalInfo("-1..1", "reviews, shrunk towards the shop's mean"),
    "reviews": SignalInfo("log count", "reviews", _EITHER),
    "popularity": SignalInfo("log clicks a view", "clicks, by how far they were seen"),
    "click_through": SignalInfo("clicks a view", "clicks for this query, by how far they were seen"),
    "price_level": SignalInfo("log ratio", "price over the middle one of the candidates", _EITHER),
    "price_fit": SignalInfo("0..1", "price against the asked or the usual band"),
    "freshness": SignalInfo("0..1", "age, halved every 180 days", _EITHER),
    "stock": SignalInfo("0 or 1", "whether anything of it can be bought"),
    "margin": SignalInfo("share of the price", "the catalogue's margin or cost", _EITHER),
    "taste_text": SignalInfo("cosine, less where little is known", "profile: how its text is like what was looked at"),
    "taste_look": SignalInfo("cosine, less where little is known", "profile: how its photos are"),
    "taste_fit": SignalInfo("shares of what was looked at", "profile: its brand, category, colour, size and audience"),
    "taste_price": SignalInfo("0..1", "profile: its price against the shopper's usual ones"),
    "taste": SignalInfo("-1..1", "profile: all of it, over what answers the query equally well"),
    "hidden": SignalInfo("0 or 1", "profile: what the shopper said they do not want", Direction.LOWERS),
}
NAMES: tuple[str, ...] = tuple(SIGNALS)


@dataclass(frozen=True, slots=True, eq=False)
class SignalTable:
    """Signals of some candidates: ``values`` (n, signals) float32 in the order of ``names``."""

    values: Floats
    names: tuple[str, ...] = NAMES

    @classmethod
    def of(cls, columns: Mapping[str, Floats], count: int) -> SignalTable:
        """A table of the signals that were read; NaN for all others."""
        values = np.full((len(NAMES), count), np.nan, np.float32)
        for place, name in enumerate(NAMES):
            column = columns.get(name)
            if column is not None:
                values[place] = column
        return cls(values.T)

    def __len__(self) -> int:
        return len(self.values)

    def column(self, name: str) -> Floats:
        """One signal, (n,)."""
        values: Floats = self.values[:, self.names.index(name)]
        return values

    def known(self, name: str, otherwise: float) -> Floats:
        """One signal with a value for those that do not have it."""
        return np.nan_to_num(self.column(name), nan=otherwise)

    def at(self, row: int) -> dict[str, float]:
        """The signals of one candidate, those it has."""
        return {
            name: float(value) for name, value in zip(self.names, self.values[row], strict=True) if not np.isnan(value)
        }
