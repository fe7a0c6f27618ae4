"""What one source found: products, best first, and what each is there for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bowerbird.domain.recommendation import WhyKind

if TYPE_CHECKING:
    from bowerbird.domain.ports import Documents, Floats


@dataclass(frozen=True, slots=True, eq=False)
class SourceList:
    """(n,) distinct documents, best first, with scores on the source's own scale.

    ``anchors`` (n,) are the documents that each is there for, -1 for none; ``strengths`` (n,) 0..1 say how much each is
    worth of what the best there could be is, where the source can tell; ``field`` and ``value`` name a taste.
    """

    source: str
    kind: WhyKind
    documents: Documents
    scores: Floats
    anchors: Documents | None = None
    strengths: Floats | None = None
    field: str = ""
    value: str = ""

    def __len__(self) -> int:
        return len(self.documents)


def join(
    source: str, kind: WhyKind, documents: Documents, scores: Floats, anchors: Documents, count: int
) -> SourceList:
    """Neighbours of several products as one list: scores add up, and the anchor is what counts most.

    (n,) documents, which may repeat, with their scores and the documents that each is a neighbour of.
    """
    distinct, inverse = np.unique(documents, return_inverse=True)
    summed = np.bincount(inverse, scores, len(distinct)).astype(np.float32)
    # Of equal documents the largest score comes last, and stays.
    strongest = np.empty(len(distinct), np.int32)
    by_score = np.argsort(scores, kind="stable")
    strongest[inverse[by_score]] = anchors[by_score]
    order = np.argsort(-summed, kind="stable")[:count]
    summed = summed[order]
    strengths = summed / summed[0] if len(summed) else summed
    return SourceList(source, kind, distinct[order], summed, strongest[order], strengths)
