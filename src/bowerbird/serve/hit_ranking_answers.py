"""From a hit's ranking to its HTTP shape, as plain dicts."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from bowerbird.domain.ranking import HitRanking, SignalValue
from bowerbird.domain.rules import RuleMove

SHOP_ONLY = frozenset({"margin"})
"""Signals and factors that tell what the shop earns: only who may write to it is told of them."""


def ranking_body(ranking: HitRanking | None, whole: bool = True) -> dict[str, Any] | None:
    """How a hit came to its place, without what only the shop may know unless ``whole``; None past the window."""
    if ranking is None:
        return None
    return {
        "by": ranking.by,
        "place": ranking.place,
        "factors": {name: rounded(value) for name, value in ranking.factors.items() if whole or name not in SHOP_ONLY},
        "signals": [
            _signal_body(signal)
            for signal in ranking.signals
            if _is_told(signal) and (whole or not _is_private(signal))
        ],
        "start": _known(ranking.start),
        "average": _known(ranking.average),
        "total": _known(ranking.total),
        "moved_from": ranking.moved_from,
    }


def moves_body(moves: Iterable[RuleMove]) -> list[dict[str, Any]]:
    """What rules did to a product."""
    return [
        {"rule": move.rule, "title": move.title, "action": move.action, "before": move.before, "after": move.after}
        for move in moves
    ]


def rounded(value: float) -> float:
    """Five digits: more would tell of nothing but float32."""
    return float(f"{value:.5g}")


def _signal_body(signal: SignalValue) -> dict[str, Any]:
    return {
        "name": signal.name,
        "value": rounded(signal.value),
        "unit": signal.unit,
        "source": signal.source,
        "direction": signal.direction,
        "contribution": _known(signal.contribution),
    }


def _is_told(signal: SignalValue) -> bool:
    return math.isfinite(signal.value)


def _is_private(signal: SignalValue) -> bool:
    return signal.name in SHOP_ONLY


def _known(value: float | None) -> float | None:
    return None if value is None else rounded(value)
