"""What many shoppers did, as arrays: what recommenders are trained on and judged with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.errors import InputError

if TYPE_CHECKING:
    from bowerbird.domain.ports import Floats

Numbers: TypeAlias = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Histories:
    """Shoppers and, of each, the products they came by in the order of time.

    Shopper s has ``items[starts[s]:starts[s + 1]]`` (int32 places in ``products``), with a ``weights`` (float32, 1 for
    the weakest kind of event) and a time ``at`` (float64, seconds since 1970, 0 where none is known) each. Raises
    InputError where the parts do not fit together.
    """

    products: tuple[str, ...]
    starts: NDArray[np.int64]
    items: Numbers
    weights: Floats
    at: NDArray[np.float64]
    shoppers: tuple[str, ...] = ()
    """Their names, where they are needed; else empty."""

    def __post_init__(self) -> None:
        count = len(self.items)
        if not len(self.starts) or self.starts[0] != 0 or self.starts[-1] != count or (np.diff(self.starts) < 0).any():
            raise InputError("histories whose starts do not fit their items", field="starts", found=len(self.starts))
        if len(self.weights) != count or len(self.at) != count:
            raise InputError("histories with columns of different lengths", field="items", found=count)
        if count and not (0 <= int(self.items.min()) and int(self.items.max()) < len(self.products)):
            raise InputError("a history names a product that is not there", field="items", found=int(self.items.max()))

    def __len__(self) -> int:
        return len(self.starts) - 1

    def of(self, shopper: int) -> Numbers:
        """The products of one shopper, oldest first."""
        return self.items[self.starts[shopper] : self.starts[shopper + 1]]

    def weights_of(self, shopper: int) -> Floats:
        """What each product of one shopper weighs, oldest first."""
        return self.weights[self.starts[shopper] : self.starts[shopper + 1]]

    @property
    def lengths(self) -> NDArray[np.int64]:
        """How many products each shopper came by, (shoppers,)."""
        return np.diff(self.starts)

    @property
    def ends_anew(self) -> NDArray[np.bool_]:
        """Whether each shopper's last product is one that they had not come by before, (shoppers,)."""
        owners = np.repeat(np.arange(len(self)), self.lengths)
        last = np.append(self.items, -1)[self.starts[1:] - 1]
        times = np.bincount(owners[self.items == last[owners]], minlength=len(self))
        found: NDArray[np.bool_] = (times == 1) & (self.lengths > 0)
        return found

    @classmethod
    def from_sequences(cls, sequences: Iterable[Sequence[int]], products: Sequence[str]) -> Histories:
        """Histories of places in ``products`` alone: every weight 1, no time known."""
        lists = [np.asarray(one, np.int32) for one in sequences]
        starts = np.concatenate([[0], np.cumsum([len(one) for one in lists])]).astype(np.int64)
        items = np.concatenate(lists) if lists else np.empty(0, np.int32)
        return cls(tuple(products), starts, items, np.ones(len(items), np.float32), np.zeros(len(items)))

    def without_last(self, count: int | NDArray[np.int64]) -> Histories:
        """Each shopper's history without its last ``count`` products, (shoppers,) or one number for all.

        Those with fewer keep none.
        """
        kept = np.maximum(self.lengths - count, 0)
        rows = np.arange(len(self.items)) - np.repeat(self.starts[:-1], self.lengths) < np.repeat(kept, self.lengths)
        starts = np.concatenate([[0], np.cumsum(kept)]).astype(np.int64)
        return Histories(self.products, starts, self.items[rows], self.weights[rows], self.at[rows], self.shoppers)

    def take(self, shoppers: NDArray[np.int64]) -> Histories:
        """The histories of some shoppers alone, in the order given; the products stay."""
        lengths = self.lengths[shoppers]
        starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        rows = np.arange(starts[-1]) + np.repeat(self.starts[shoppers] - starts[:-1], lengths)
        names = tuple(self.shoppers[shopper] for shopper in shoppers.tolist()) if self.shoppers else ()
        return Histories(self.products, starts, self.items[rows], self.weights[rows], self.at[rows], names)
