"""What retrieval hands on: every product of the result set in order, with the signals behind its score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from bowerbird.domain.ports import Documents, Floats


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """The result set: (n,) documents, best first, with their scores.

    ``signals`` gives, by name, (n,) scaled values that the score was made of and ``raw`` the same before scaling:
    BM25 for ``terms``, inner products for vectors; NaN where a product has no such vector, or stands too far down
    for it to have been looked at. ``variants`` is the variant whose photo was nearest, -1 where none was.
    ``total`` counts the whole set; where ``exhaustive`` is False the documents stop at the window.
    """

    documents: Documents
    scores: Floats
    variants: Documents
    total: int
    exhaustive: bool = True
    signals: Mapping[str, Floats] = field(default_factory=dict)
    raw: Mapping[str, Floats] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.documents)

    def without(self, documents: Documents | None) -> Candidates:
        """The candidates less some documents."""
        if documents is None:
            return self
        kept = ~np.isin(self.documents, documents)
        return Candidates(
            self.documents[kept],
            self.scores[kept],
            self.variants[kept],
            self.total - int(np.count_nonzero(~kept)),
            self.exhaustive,
            {name: values[kept] for name, values in self.signals.items()},
            {name: values[kept] for name, values in self.raw.items()},
        )

    def signals_at(self, position: int) -> dict[str, float]:
        """The scaled signals of one candidate, those it has."""
        return _at(self.signals, position)

    def raw_at(self, position: int) -> dict[str, float]:
        """The signals of one candidate before scaling, those it has."""
        return _at(self.raw, position)


def _at(signals: Mapping[str, Floats], position: int) -> dict[str, float]:
    values = {name: float(column[position]) for name, column in signals.items()}
    return {name: value for name, value in values.items() if not np.isnan(value)}
