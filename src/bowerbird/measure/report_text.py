"""A report as tables for a terminal."""

from __future__ import annotations

import unicodedata
from typing import Final

from bowerbird.measure.flow import Report
from bowerbird.measure.intervals import CONFIDENCE

_WIDEST = 40
_NARROWEST = len("0.0000")
_OBEYED: Final = ("Cc", "Cf", "Cs", "Zl", "Zp")


def format_report(report: Report, by_query: bool = True) -> str:
    """The report as a table: a row a query, worst nDCG first, then the means and the bounds of their intervals."""
    if not report.rows:
        return f"no query with a relevant product ({len(report.skipped)} without)"
    names = list(report.rows[0].values)
    widths = {name: max(_NARROWEST, len(name)) for name in names}
    low, high = f"{CONFIDENCE:.0%} from", "to"
    shown = {row.query: _printable(row.query) for row in report.rows}
    width = min(_WIDEST, max(len(low), *(len(query) for query in shown.values())))
    head = "  ".join(f"{name:>{widths[name]}}" for name in names)
    lines = [f"{'query':<{width}}  {head}  relevant  unjudged@10"]
    if by_query:
        for row in sorted(report.rows, key=lambda row: (row.values[names[0]], row.query)):
            cells = "  ".join(f"{row.values[name]:>{widths[name]}.3f}" for name in names)
            lines.append(f"{shown[row.query][:width]:<{width}}  {cells}  {row.relevant:>8}  {row.unjudged:>11}")
    intervals = report.intervals()
    for label, part in (("mean", "mean"), (low, "low"), (high, "high")):
        cells = "  ".join(f"{getattr(intervals[name], part):>{widths[name]}.4f}" for name in names)
        lines.append(f"{label:<{width}}  {cells}")
    lines.append(f"{len(report.rows)} queries; {len(report.skipped)} without a relevant product left out")
    return "\n".join(lines)


def format_groups(report: Report, metric: str) -> str:
    """One metric by group as a table, with each group's queries and the interval of its mean; empty without groups."""
    lines = []
    for dimension, groups in report.by_group().items():
        width = max(len(dimension), *(len(_printable(name)) for name in groups))
        lines.append(f"{dimension:<{width}}  queries  {metric:>{_NARROWEST}}  {CONFIDENCE:.0%} interval")
        for name, group in groups.items():
            mean = group.means[metric]
            bounds = f"{mean.low:.4f} to {mean.high:.4f}" if mean.bounded else "-"
            shown = f"{mean.mean:>{max(_NARROWEST, len(metric))}.4f}"
            lines.append(f"{_printable(name):<{width}}  {len(group.queries):>7}  {shown}  {bounds}")
        lines.append("")
    return "\n".join(lines[:-1])


def _printable(text: str) -> str:
    """Without what a terminal obeys: shoppers typed these queries."""
    return "".join(" " if unicodedata.category(one) in _OBEYED else one for one in text)
