"""How often each product was shown in a list and how often it was clicked there: what exploring learns from."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.event import EventName, Logged
from bowerbird.recommend.interactions import Keys, keys_of
from bowerbird.recommend.keyed_rows import KeyedRows

_SHOWN = (EventName.VIEW_ITEM_LIST, EventName.VIEW_SEARCH_RESULTS)


class Exposure:
    """Times shown and clicks by product, discounted by place; one writer, many readers."""

    def __init__(self) -> None:
        self._rows = KeyedRows(2)

    def take(self, events: Iterable[Logged]) -> None:
        """Count what was shown and clicked. Lower places are looked at less, so being shown there counts less."""
        products: list[str] = []
        values: list[tuple[float, float]] = []
        for logged in events:
            shown, clicked = logged.event.name in _SHOWN, logged.event.name is EventName.SELECT_ITEM
            if shown or clicked:
                for item in logged.event.items:
                    products.append(item.product)
                    values.append((1.0 / max(1, item.position) ** 0.5 if shown else 0.0, float(clicked)))
        if products:
            self._rows.add(keys_of(products), np.array(values))

    def of(self, keys: Keys) -> NDArray[np.float64]:
        """(n, 2): times shown, in looks at the first place, and clicks."""
        return self._rows.of(keys)

    def to_arrays(self) -> dict[str, NDArray[np.generic]]:
        """Everything as arrays."""
        return {"keys": self._rows.keys, "values": self._rows.values}

    @classmethod
    def of_arrays(cls, arrays: dict[str, NDArray[np.generic]]) -> Exposure:
        """What ``to_arrays`` took apart."""
        made = cls()
        made._rows = KeyedRows.of_arrays(arrays["keys"].astype(np.uint64), arrays["values"].astype(np.float64))
        return made
