"""How a hit came to its place, printed for a person."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from bowerbird.cli.printing import print_table

if TYPE_CHECKING:
    from bowerbird.domain.ranking import HitRanking, SignalValue
    from bowerbird.domain.results import Hit
    from bowerbird.domain.rules import AppliedRule, RuleMove

STRONGEST = 5


def print_hit_ranking(place: int, hit: Hit) -> None:
    """Print a hit's factors, its strongest contributions, and what rules did to it."""
    print(f"\n{place}. {hit.product.id}  {hit.product.title}")
    ranking = hit.ranking
    if ranking is None:
        print("   not ranked: it keeps the place that retrieval gave it")
    else:
        print(f"   {_summary(ranking)}")
    for move in hit.moves:
        print(f"   rule {move.rule}: {move_text(move)}")
    if ranking is not None:
        print_table(["factor", "", "times"], _factor_rows(ranking), right=("times",))
        rows = [_signal_row(signal) for signal in strongest(ranking.signals)]
        if rows:
            print_table(["signal", "", "added", "value", "unit", "from"], rows, right=("added", "value"))


def print_rules(applied: Iterable[AppliedRule]) -> None:
    """Print the rules in force and what they hid."""
    for rule in applied:
        hidden = [effect.product for effect in rule.effects if effect.action == "hide"]
        left_out = f"; left out: {', '.join(hidden)}" if hidden else ""
        print(f"rule {rule.id} in force: {', '.join(rule.actions)}{left_out}")


def strongest(signals: Iterable[SignalValue]) -> list[SignalValue]:
    """The signals that did most to a learned score, at most ``STRONGEST``."""
    told = [signal for signal in signals if signal.contribution]
    return sorted(told, key=lambda signal: -abs(signal.contribution or 0.0))[:STRONGEST]


def move_text(move: RuleMove) -> str:
    """What a rule did to a product, in a few words."""
    before, after = ("nowhere" if place is None else f"place {place}" for place in (move.before, move.after))
    return f"{move.action}, from {before} to {after}"


def _summary(ranking: HitRanking) -> str:
    parts = [f"by the {ranking.by} score", f"retrieval had it at place {ranking.place}"]
    if ranking.moved_from is not None:
        parts.append(f"variety moved it from place {ranking.moved_from}")
    if ranking.total is not None:
        start = f"{ranking.start or 0.0:+.2f} start, {ranking.average or 0.0:+.2f} average"
        parts.append(f"{ranking.total:+.2f} in all ({start}, the rest below)")
    return "; ".join(parts)


def _factor_rows(ranking: HitRanking) -> list[list[str]]:
    return [[name, _bar(value - 1), f"{value:.3f}"] for name, value in ranking.factors.items()]


def _signal_row(signal: SignalValue) -> list[str]:
    added = signal.contribution or 0.0
    return [signal.name, _bar(added), f"{added:+.3f}", f"{signal.value:.3f}", signal.unit, signal.source]


def _bar(value: float, width: int = 10) -> str:
    """A bar to the left for what lowers and to the right for what raises, 0.5 filling a side."""
    half = width // 2
    length = min(half, round(abs(value) * 2 * half))
    return (" " * (half - length) + "-" * length + "|" + " " * half) if value < 0 else " " * half + "|" + "+" * length
