"""What kind of thing each document of a view is: its first category and its brand, as codes; read once a view."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np

from bowerbird.domain.ports import IndexView

if TYPE_CHECKING:
    from bowerbird.domain.ports import Documents

_seen: WeakKeyDictionary[IndexView, dict[str, Documents]] = WeakKeyDictionary()


def codes_of(view: IndexView, name: str) -> Documents:
    """(documents,) codes of a field: equal codes, equal values; -1 without one."""
    known = _seen.setdefault(view, {})
    codes = known.get(name)
    if codes is None:
        everything = np.arange(len(view.select(None).mask), dtype=np.int32)
        codes = known[name] = view.codes(name, everything)
    return codes
