"""What of a view is the same for every request: each document's kind and brand as codes, and the fields of tastes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np

from bowerbird.domain.ports import IndexView
from bowerbird.profile.facts import taste_field_of

if TYPE_CHECKING:
    from bowerbird.domain.ports import Documents

_seen: WeakKeyDictionary[IndexView, dict[str, Documents]] = WeakKeyDictionary()


_tastes: WeakKeyDictionary[IndexView, Mapping[str, tuple[str, ...]]] = WeakKeyDictionary()


def taste_fields(view: IndexView) -> Mapping[str, tuple[str, ...]]:
    """The fields of the shop that are about each taste, such as colour."""
    known = _tastes.get(view)
    if known is None:
        found: dict[str, tuple[str, ...]] = {}
        for name in view.fields():
            taste = taste_field_of(name)
            if taste is not None:
                found[taste] = (*found.get(taste, ()), name)
        known = _tastes[view] = found
    return known


def codes_of(view: IndexView, name: str) -> Documents:
    """(documents,) codes of a field: equal codes, equal values; -1 without one."""
    known = _seen.setdefault(view, {})
    codes = known.get(name)
    if codes is None:
        everything = np.arange(len(view.select(None).mask), dtype=np.int32)
        codes = known[name] = view.codes(name, everything)
    return codes
