"""From what several sources found to one list: places brought to one scale, and weighed.

A source's best product counts 1, its eleventh a half: what scores mean differs from source to source and from shop to
shop, while places do not. Where a source can tell how much worse than its best a product is, it counts that much less.
The weights of a surface are learned from what was clicked, and by rule (``RULES``) until
there is something to learn from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.errors import ArtefactError
from bowerbird.domain.recommendation import Surface
from bowerbird.recommend.source_list import SourceList

if TYPE_CHECKING:
    from bowerbird.domain.ports import Documents, Floats

VERSION: Final = 1
_HALF: Final = 10.0
_LEAST: Final = 1e-3
"""What is in a list at all counts this much of its place."""

SOURCES: Final = (
    "sequence",
    "neighbours",
    "graph",
    "factors",
    "bought_with",
    "viewed_with",
    "alike",
    "taste",
    "trending",
    "new",
    "popular",
)
"""Who finds products: the trained models by sort, live counts, vectors, tastes and charts."""

RULES: Final[Mapping[Surface, Mapping[str, float]]] = {
    Surface.FOR_YOU: {
        "sequence": 1.0,
        "neighbours": 0.9,
        "graph": 0.5,
        "factors": 0.6,
        "bought_with": 0.5,
        "viewed_with": 0.7,
        "alike": 0.6,
        "taste": 0.4,
        "trending": 0.1,
        "new": 0.05,
        "popular": 0.3,
    },
    Surface.SIMILAR: {"alike": 1.0, "viewed_with": 0.3, "taste": 0.1, "popular": 0.02},
    Surface.BOUGHT_TOGETHER: {
        "bought_with": 1.0,
        "neighbours": 0.2,
        "factors": 0.2,
        "viewed_with": 0.1,
        "alike": 0.05,
        "popular": 0.02,
    },
    Surface.VIEWED_TOGETHER: {"viewed_with": 1.0, "sequence": 0.2, "alike": 0.1, "popular": 0.02},
    Surface.COMPLETE_THE_CART: {
        "bought_with": 1.0,
        "sequence": 0.3,
        "neighbours": 0.3,
        "factors": 0.3,
        "viewed_with": 0.15,
        "alike": 0.05,
        "popular": 0.02,
    },
    Surface.TRENDING: {"trending": 1.0, "popular": 0.1, "new": 0.02},
    Surface.NEW: {"new": 1.0, "taste": 0.15, "popular": 0.02},
    Surface.BECAUSE_YOU_VIEWED: {"viewed_with": 1.0, "alike": 0.8, "popular": 0.02},
}
"""What each source counts on a surface before anything was learned: what answers its question most directly counts
most, and what only fills it up least."""


@dataclass(frozen=True, slots=True)
class Mixer:
    """Learned weights by surface and source; a surface that nothing was learned of goes by rule."""

    learned: Mapping[Surface, Mapping[str, float]] = field(default_factory=dict)
    seen: Mapping[str, Any] = field(default_factory=dict)
    """What it was learned from."""

    def weights(self, surface: Surface) -> Mapping[str, float]:
        """The weight of each source."""
        return self.learned.get(surface) or RULES.get(surface, {})

    def to_record(self) -> dict[str, Any]:
        """As JSON."""
        surfaces = {surface.value: dict(weights) for surface, weights in self.learned.items()}
        return {"version": VERSION, "surfaces": surfaces, "seen": dict(self.seen)}

    @classmethod
    def read(cls, record: Any) -> Mixer:
        """What ``to_record`` wrote. Raises ArtefactError for anything else."""
        try:
            if record["version"] != VERSION:
                raise ValueError(f"version {record['version']}; this program reads version {VERSION}")
            learned = {
                Surface(surface): {str(source): _weight(weight) for source, weight in weights.items()}
                for surface, weights in record["surfaces"].items()
            }
            return cls(learned, dict(record.get("seen", {})))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise ArtefactError(f"the mixer is damaged: {error}") from error


@dataclass(frozen=True, slots=True, eq=False)
class Blended:
    """(n,) distinct documents, best first, with scores 0..1 and the number of the list that speaks most for each."""

    documents: Documents
    scores: Floats
    lists: NDArray[np.intp]


def place_values(lists: Sequence[SourceList]) -> tuple[Documents, Floats]:
    """Distinct documents (n,), rising, and (n, lists) what each list gives them: 1 for its best, 0 where it has none.

    What the weights multiply, and what they are learned on.
    """
    documents = np.unique(np.concatenate([one.documents for one in lists])) if lists else np.empty(0, np.int32)
    values = np.zeros((len(documents), len(lists)), np.float32)
    for column, one in enumerate(lists):
        rows = np.searchsorted(documents, one.documents)
        values[rows, column] = _HALF / (_HALF + np.arange(len(one), dtype=np.float32))
        if one.strengths is not None:
            values[rows, column] *= np.maximum(one.strengths, _LEAST)
    return documents, values


def blend(lists: Sequence[SourceList], weights: Mapping[str, float]) -> Blended:
    """One list of all; of several lists of one source the best place counts. The best product's score is 1."""
    documents, values = place_values(lists)
    parts = values * np.array([weights[one.source] for one in lists], np.float32)
    total = np.zeros(len(documents), np.float32)
    for source in dict.fromkeys(one.source for one in lists):
        columns = [column for column, one in enumerate(lists) if one.source == source]
        total += parts[:, columns].max(axis=1)
    order = np.argsort(-total, kind="stable")
    strongest = parts.argmax(axis=1)[order] if len(lists) else np.empty(0, np.intp)
    best = total[order[0]] if len(order) else np.float32(1)
    return Blended(documents[order], total[order] / best, strongest)


def _weight(value: Any) -> float:
    weight = float(value)
    if not 0 <= weight < 1e6:
        raise ValueError(f"a weight of {value!r}")
    return weight
