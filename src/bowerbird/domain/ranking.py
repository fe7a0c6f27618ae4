"""Why a product stands where it stands: what the ranker saw of it and what each part did. Plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SignalValue:
    """One signal of one product.

    ``unit``, ``source`` and ``direction`` say what the value is; ``contribution`` is what it added to the learned
    model's score, None where the default score decided.
    """

    name: str
    value: float
    unit: str
    source: str
    direction: str
    contribution: float | None = None


@dataclass(frozen=True, slots=True)
class HitRanking:
    """How a hit came to its place.

    ``by`` is default or learned; ``place`` is where retrieval had it, from 1. ``factors`` are what the default score is
    the product of. For a learned score ``start`` is what the default score counted and ``average`` what the trees add
    for an average product: with all contributions they sum to ``total``. ``moved_from`` is the place variety moved it
    from, from 1.
    """

    by: str
    place: int
    factors: Mapping[str, float] = field(default_factory=dict)
    signals: tuple[SignalValue, ...] = ()
    start: float | None = None
    average: float | None = None
    total: float | None = None
    moved_from: int | None = None
