"""What the shopper would rather have: products that meet a preference are raised, none is left out for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bowerbird.domain.ports import IndexView, Selection
from bowerbird.domain.understanding import EntityType, Preference

if TYPE_CHECKING:
    from bowerbird.domain.ports import Documents, Floats, Mask

UNSAID = np.float32(0.95)
"""What a product that answers the words but does not say it in its fields is taken to meet, by its score: a catalogue
names leggings in a title and forgets them in the field."""

_TELLING = (EntityType.CATEGORY, EntityType.BRAND)


@dataclass(frozen=True, slots=True, eq=False)
class Preferred:
    """Preferences with the documents of one view that meet each; None for one that only orders."""

    preferences: tuple[Preference, ...]
    masks: tuple[Mask | None, ...]

    @classmethod
    def read(cls, view: IndexView, preferences: Sequence[Preference]) -> Preferred:
        """Look the filters up. Raises InputError for a field that the view does not have."""
        masks = tuple(None if one.filter is None else view.select(one.filter).mask for one in preferences)
        return cls(tuple(preferences), masks)

    def members(self, within: Selection | None, most: int) -> Documents:
        """The documents that meet every filter, where one of them says what kind of thing or whose it is.

        None where there are more than ``most``: then the words find enough of them by themselves.
        """
        nothing = np.empty(0, np.int32)
        filters = [mask for mask in self.masks if mask is not None]
        if not any(one.filter is not None and one.type in _TELLING for one in self.preferences):
            return nothing
        met = np.logical_and.reduce(filters if within is None else [*filters, within.mask])
        documents: Documents = np.flatnonzero(met).astype(np.int32)
        return documents if len(documents) <= most else nothing

    def raised(self, view: IndexView, documents: Documents, scores: Floats) -> Floats:
        """Scores with what is met added by its weight, over the sum of all weights and one: 1 stays the best."""
        if not self.preferences:
            return scores
        summed: Floats = scores.astype(np.float32)
        total = 1.0
        for one, mask in zip(self.preferences, self.masks, strict=True):
            total += one.weight
            if mask is not None:
                met = mask[documents].astype(np.float32)
                summed = summed + np.float32(one.weight) * np.maximum(met, UNSAID * scores)
            elif one.sort is not None and len(documents):
                summed = summed + np.float32(one.weight) * _by_order(view, documents, one)
        return np.asarray(summed / np.float32(total), np.float32)


def _by_order(view: IndexView, documents: Documents, preference: Preference) -> Floats:
    """1 for the document that stands first in an order, falling evenly to 0 for the last."""
    assert preference.sort is not None
    ordered = view.order(documents, preference.sort)
    by_document = np.argsort(ordered, kind="stable")
    places = by_document[np.searchsorted(ordered[by_document], documents)]
    shares: Floats = (1 - places / max(1, len(documents) - 1)).astype(np.float32)
    return shares
