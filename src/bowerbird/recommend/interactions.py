"""Events as columns: who came by which product, when and how. What live counts are made of."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.event import EventName, Logged, Who
from bowerbird.index.product_rows import id_hash

Keys: TypeAlias = NDArray[np.uint64]
Times: TypeAlias = NDArray[np.float64]

WEIGHTS: Final[Mapping[EventName, float]] = {
    EventName.SELECT_ITEM: 0.5,
    EventName.VIEW_ITEM: 1.0,
    EventName.ADD_TO_WISHLIST: 2.0,
    EventName.ADD_TO_CART: 3.0,
    EventName.PURCHASE: 6.0,
}
"""What an event says for a product. A click from a list and the view that follows it are told of separately."""

NAMES: Final[tuple[EventName, ...]] = tuple(WEIGHTS)
_CODES: Final = {name: code for code, name in enumerate(NAMES)}
PURCHASED: Final = _CODES[EventName.PURCHASE]
_WEIGHT_OF_CODE: Final = np.array(list(WEIGHTS.values()), np.float32)


@lru_cache(maxsize=262_144)
def product_key(product: str) -> int:
    """A product's id as the 64 bits that the index knows it by."""
    return id_hash(product)


@lru_cache(maxsize=65_536)
def shopper_key(name: str) -> int:
    """A shopper, ``u:<user>`` or ``s:<session>``, as 64 bits: names are kept nowhere but in the log."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "little") or 1


def keys_of(products: Iterable[str]) -> Keys:
    """Products' ids as keys, (n,)."""
    return np.array([product_key(product) for product in products], np.uint64)


@dataclass(frozen=True, eq=False)
class Interactions:
    """Products that somebody did something with, in the order of the log; all columns are (n,).

    ``shoppers`` are keys of the account, of the session where there is none; ``visits`` keys of the session, of the
    account where there is none. Where nobody is named, both are a key of the event itself. ``names`` are places in
    ``NAMES``, ``at`` seconds since 1970.
    """

    shoppers: Keys
    visits: Keys
    products: Keys
    names: NDArray[np.int8]
    at: Times

    def __len__(self) -> int:
        return len(self.products)

    @property
    def weights(self) -> NDArray[np.float32]:
        """What each says for its product."""
        found: NDArray[np.float32] = _WEIGHT_OF_CODE[self.names]
        return found

    def where(self, mask: NDArray[np.bool_]) -> Interactions:
        """Those that a mask keeps."""
        return Interactions(
            self.shoppers[mask], self.visits[mask], self.products[mask], self.names[mask], self.at[mask]
        )

    @property
    def purchases(self) -> Interactions:
        """Purchases alone."""
        return self.where(self.names == PURCHASED)

    @classmethod
    def read(cls, events: Iterable[Logged]) -> Interactions:
        """The products of events; those of events that say nothing for a product, such as being shown, are left out."""
        rows = [
            (*_keys_of_who(logged.event.who, logged.event.id), product_key(item.product), code, logged.event.at)
            for logged in events
            if (code := _CODES.get(logged.event.name)) is not None
            for item in logged.event.items
        ]
        columns = list(zip(*rows, strict=True)) or [(), (), (), (), ()]
        return cls(
            np.array(columns[0], np.uint64),
            np.array(columns[1], np.uint64),
            np.array(columns[2], np.uint64),
            np.array(columns[3], np.int8),
            np.array(columns[4], np.float64),
        )

    @classmethod
    def concatenate(cls, parts: Iterable[Interactions]) -> Interactions:
        """One after the other."""
        known = list(parts) or [cls.read(())]
        return cls(
            np.concatenate([part.shoppers for part in known]),
            np.concatenate([part.visits for part in known]),
            np.concatenate([part.products for part in known]),
            np.concatenate([part.names for part in known]),
            np.concatenate([part.at for part in known]),
        )


def _keys_of_who(who: Who, event: str) -> tuple[int, int]:
    user, session = f"u:{who.user}", f"s:{who.session}"
    if not who.known:
        nobody = shopper_key(f"e:{event}")
        return nobody, nobody
    return shopper_key(user if who.user else session), shopper_key(session if who.session else user)
