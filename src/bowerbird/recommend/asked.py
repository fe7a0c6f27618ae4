"""What a source is given: the shop at one moment, and what is asked of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from bowerbird.domain.ports import IndexView
from bowerbird.domain.recommendation import RecommendRequest
from bowerbird.recommend.blend import Mixer
from bowerbird.recommend.by_model import ModelScan
from bowerbird.recommend.by_neighbours import NeighbourScan
from bowerbird.recommend.chart import NO_CHART, Chart
from bowerbird.recommend.interactions import Keys
from bowerbird.recommend.live_counts import LiveCounts
from bowerbird.recommend.shopper import Shopper

if TYPE_CHECKING:
    from bowerbird.domain.ports import Documents, Mask


Scan: TypeAlias = ModelScan | NeighbourScan
"""A trained model that is ready to be looked through."""


@dataclass(frozen=True, slots=True, eq=False)
class Charts:
    """The orders that hold for everybody, drawn now and then from the live counts."""

    popular: Chart = NO_CHART
    trending: Chart = NO_CHART
    newest: Chart = NO_CHART

    @classmethod
    def draw(cls, live: LiveCounts, now: float) -> Charts:
        """As of now."""
        return cls(live.popularity.popular(now), live.popularity.trending(now), live.first_seen.chart())


@dataclass(frozen=True, slots=True, eq=False)
class Shop:
    """What recommendations are drawn from; ``models`` are the trained ones by sort."""

    view: IndexView
    live: LiveCounts
    charts: Charts = field(default_factory=Charts)
    models: Mapping[str, Scan] = field(default_factory=dict)
    mixer: Mixer = field(default_factory=Mixer)


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """One request over one view: ``allowed`` (documents,) is what may come out, ``count`` how many are looked for.

    ``cart`` are keys of products; ``anchor`` is the key of the product that the list is about, 0 for none.
    """

    request: RecommendRequest
    shopper: Shopper
    allowed: Mask
    anchor: int
    cart: Keys
    count: int
    random: np.random.Generator

    def documents(self, view: IndexView, keys: Keys) -> Documents:
        """The living documents of products, in order; those that are no more are left out."""
        documents = view.documents_of(keys)
        return documents[documents >= 0]


@dataclass(frozen=True, slots=True, eq=False)
class Narrowed:
    """A mask as a selection, for searches by vectors."""

    mask: Mask
    count: int

    @classmethod
    def to(cls, mask: Mask) -> Narrowed:
        """The documents of a mask."""
        return cls(mask, int(np.count_nonzero(mask)))
