"""From a hit's ranking to its HTTP shape, as plain dicts."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from bowerbird.domain.ranking import HitRanking, SignalValue
from bowerbird.domain.rules import RuleMove
from bowerbird.domain.shop_only import SHOP_ONLY
from bowerbird.serve.shop_only import told


def ranking_body(ranking: HitRanking | None, whole: bool) -> dict[str, Any] | None:
    """How a hit came to its place, without what only the shop may know unless ``whole``; None past the window."""
    if ranking is None:
        return None
    if not whole:
        ranking = _without_earnings(ranking)
    return {
        "by": ranking.by,
        "place": ranking.place,
        "factors": {name: rounded(value) for name, value in ranking.factors.items()},
        "signals": [_signal_body(signal) for signal in ranking.signals if _is_told(signal)],
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


def _without_earnings(ranking: HitRanking) -> HitRanking:
    """A ranking without what the shop earns, which counts as a part of the relevance and of the average instead.

    Merely left out it could be computed: a score is the product of all factors, a total the sum of all that is told.
    """
    factors = told(ranking.factors, whole=False)
    hidden = [name for name in ranking.factors if name not in factors]
    private = SHOP_ONLY
    if hidden:
        factors["relevance"] = factors.get("relevance", 1.0) * math.prod(ranking.factors[name] for name in hidden)
        # As a signal the relevance is told without it.
        private |= {"relevance"}
    added = sum(signal.contribution or 0.0 for signal in ranking.signals if signal.name in private)
    return replace(
        ranking,
        factors=factors,
        signals=tuple(signal for signal in ranking.signals if signal.name not in private),
        average=None if ranking.average is None else ranking.average + added,
    )


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


def _known(value: float | None) -> float | None:
    return None if value is None else rounded(value)
