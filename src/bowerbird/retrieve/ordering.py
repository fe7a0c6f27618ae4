"""Candidates in order of relevance, with the signals of every wording and part put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from bowerbird.domain.ports import IndexView
from bowerbird.retrieve.candidates import Candidates
from bowerbird.retrieve.fuse import find_sorted, rank
from bowerbird.retrieve.parts import AGAIN, Part, Signal, WordsPart

if TYPE_CHECKING:
    from bowerbird.domain.ports import Documents, Floats


def put_in_order(
    view: IndexView,
    parts: Sequence[Part],
    pool: Documents,
    documents: Documents,
    scores: Floats,
    signals: Sequence[Mapping[str, Signal]],
) -> Candidates:
    """Order by score, then the newest; ``documents`` begin with the pool."""
    order = rank(scores, view.seqs(documents))
    in_pool = np.where(order < len(pool), order, -1)
    found = _merged(signals)
    beyond = max(
        (
            leg.matches.total - len(leg.matches.documents)
            for part in parts
            if isinstance(part, WordsPart)
            for leg in part.terms
        ),
        default=0,
    )
    return Candidates(
        documents=documents[order],
        scores=scores[order],
        variants=_nearest_variants(parts, documents[order]),
        total=len(documents) + beyond,
        exhaustive=beyond == 0,
        signals={name: _pick(signal.scaled, in_pool) for name, signal in found.items()},
        raw={name: _pick(signal.raw, in_pool) for name, signal in found.items()},
    )


def _merged(signals: Sequence[Mapping[str, Signal]]) -> dict[str, Signal]:
    """The signals by name, those of several wordings as one: the best of them."""
    merged: dict[str, Signal] = {}
    for part in signals:
        for numbered, signal in part.items():
            name = numbered.partition(AGAIN)[0]
            known = merged.get(name)
            if known is not None:
                signal = Signal(np.fmax(known.raw, signal.raw), np.fmax(known.scaled, signal.scaled))
            merged[name] = signal
    return merged


def _pick(values: Floats, places: np.ndarray[tuple[int, ...], np.dtype[np.intp]]) -> Floats:
    picked: Floats = np.append(values, np.float32(np.nan))[places].astype(np.float32, copy=False)
    return picked


def _nearest_variants(parts: Sequence[Part], documents: Documents) -> Documents:
    """For each document the variant whose photo was nearest: a wanted photo's own leg before the words'."""
    variants = np.full(len(documents), -1, np.int32)
    for part in sorted(parts, key=lambda part: isinstance(part, WordsPart)):
        for leg, _ in part.legs:
            if leg.matches.variants is None:
                continue
            order = np.argsort(leg.matches.documents, kind="stable")
            places = find_sorted(leg.matches.documents[order], documents)
            found = np.where(places >= 0, leg.matches.variants[order][places], -1)
            variants = np.where(variants < 0, found, variants).astype(np.int32)
    return variants
