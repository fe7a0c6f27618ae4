"""The drawings of the HTML report: small inline SVGs, coloured by the page's style sheet.

They stretch to the width they are given, so they hold no text but titles; the page sets the words beside them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from bowerbird.measure.intervals import Interval

BINS = 10
_TALL = 100.0
_KINDS = ("own", "other")
_MARGIN = 0.1
"""How much of a tenth stays empty on either side of its bars."""
_LEAST = 0.6
"""How high the smallest bar is, of 100: what differs is to be seen."""


def interval_bar(interval: Interval, title: str, reference: float | None = None, kind: str = "own") -> str:
    """A mean on a scale from 0 to 1: a bar, the bounds as a whisker, and a tick at ``reference``."""
    parts = [
        _rect(0, 3, 100, 6, "track"),
        _rect(0, 3, 100 * interval.mean, 6, f"bar {kind}"),
        _whisker(interval, 6, 2.5),
        "" if reference is None else _line(100 * reference, 0, 100 * reference, 12, "reference"),
    ]
    return _svg(100, 12, title, "".join(parts), "interval-bar")


def interval_scale(interval: Interval, title: str) -> str:
    """A mean on a scale from 0 to 1: the bounds as a band and the mean as a mark."""
    low, high, mean = (100 * value for value in (interval.low, interval.high, interval.mean))
    parts = [_rect(0, 5, 100, 2, "track")]
    if interval.bounded:
        parts.append(_rect(low, 3, high - low, 6, "band"))
    parts.append(_line(mean, 0, mean, 12, "mark"))
    return _svg(100, 12, title, "".join(parts), "interval-scale")


def difference_bar(difference: float, largest: float, title: str) -> str:
    """How large a difference is, ``largest`` filling the width; its colour tells better from worse."""
    length = 100 * abs(difference) / largest if largest else 0.0
    parts = [_rect(0, 3, length, 6, _kind(difference)), _line(0, 0, 0, 12, "axis")]
    return _svg(100, 12, title, "".join(parts), "difference-bar")


def share_bar(share: float, title: str) -> str:
    """A share of a whole."""
    return _svg(100, 12, title, _rect(0, 3, 100, 6, "track") + _rect(0, 3, 100 * share, 6, "bar unrated"), "share-bar")


def waterfall(differences: Mapping[str, float], title: str) -> str:
    """A thin bar a query, up where it is better and down where it is worse, best first; each tells its query."""
    ordered = sorted(differences.items(), key=lambda pair: (-pair[1], pair[0]))
    up = max(0.0, *differences.values())
    down = max(0.0, *(-value for value in differences.values()))
    unit = _TALL / ((up + down) or 1.0)
    zero = up * unit if up + down else _TALL / 2
    gap = 0.12 if len(ordered) <= 200 else 0.0
    parts = []
    for place, (query, difference) in enumerate(ordered):
        tall = max(abs(difference) * unit, _LEAST if difference else 0.0)
        top = zero - tall if difference > 0 else zero
        bar = _rect(place + gap, top, 1 - 2 * gap, tall, _kind(difference))
        # The whole column answers to the pointer, for a small bar is hard to hit.
        column = _rect(place, 0, 1, _TALL, "column")
        parts.append(f"<g><title>{escape(f'{query}: {signed(difference)}')}</title>{column}{bar}</g>")
    parts.append(_line(0, zero, len(ordered), zero, "axis"))
    return _svg(len(ordered), _TALL, title, "".join(parts), "waterfall")


def histogram(series: Mapping[str, Sequence[float]], title: str) -> str:
    """How many values lie in each tenth of the scale from 0 to 1; the bars of two series stand side by side."""
    parts = []
    for at, (name, place, left, high, count) in enumerate(_columns(series)):
        bar = _rect(BINS * left, _TALL * (1 - high), BINS * _wide(series), _TALL * high, f"bar {_KINDS[at // BINS]}")
        queries = "1 query" if count == 1 else f"{count} queries"
        says = f"{name}: {queries} from {place / BINS:g} to {(place + 1) / BINS:g}"
        parts.append(f"<g><title>{escape(says)}</title>{bar}</g>")
    parts.append(_line(0, _TALL, BINS, _TALL, "axis"))
    return _svg(BINS, _TALL, title, "".join(parts), "histogram")


def histogram_labels(series: Mapping[str, Sequence[float]]) -> list[tuple[str, float, float, int]]:
    """Where the count of each bar belongs: the bar's kind, its middle and top as shares of the drawing, the count."""
    return [
        (_KINDS[at // BINS], left + _wide(series) / 2, high, count)
        for at, (_, _, left, high, count) in enumerate(_columns(series))
        if count
    ]


def _columns(series: Mapping[str, Sequence[float]]) -> list[tuple[str, int, float, float, int]]:
    """Every bar of a histogram: its series, its tenth, its left edge and height as shares, its count."""
    counts = {name: binned(values) for name, values in series.items()}
    most = max((max(bins) for bins in counts.values()), default=0) or 1
    return [
        (name, place, (place + _MARGIN) / BINS + at * _wide(series), count / most, count)
        for at, (name, bins) in enumerate(counts.items())
        for place, count in enumerate(bins)
    ]


def _wide(series: Mapping[str, Sequence[float]]) -> float:
    return (1 - 2 * _MARGIN) / BINS / len(series)


def binned(values: Sequence[float]) -> list[int]:
    """How many values from 0 to 1 lie in each tenth; 1 itself lies in the last."""
    bins = [0] * BINS
    for value in values:
        # Rounded first: 0.3 * 10 is a little less than 3.
        bins[min(BINS - 1, max(0, int(round(value * BINS, 9))))] += 1
    return bins


def signed(value: float) -> str:
    """A difference as it is read: three decimals and a sign, a true minus for what is worse."""
    text = f"{value:+.3f}"
    return "0.000" if float(text) == 0 else text.replace("-", "\u2212")


def _kind(difference: float) -> str:
    return "bar better" if difference > 0 else "bar worse"


def _whisker(interval: Interval, middle: float, half: float) -> str:
    if not interval.bounded:
        return ""
    low, high = 100 * interval.low, 100 * interval.high
    ends = "".join(_line(end, middle - half, end, middle + half, "whisker") for end in (low, high))
    return _line(low, middle, high, middle, "whisker") + ends


def _rect(x: float, y: float, width: float, height: float, kind: str) -> str:
    return f'<rect class="{kind}" x="{x:.4g}" y="{y:.4g}" width="{max(width, 0):.4g}" height="{max(height, 0):.4g}"/>'


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    return f'<line class="{kind}" x1="{x1:.4g}" y1="{y1:.4g}" x2="{x2:.4g}" y2="{y2:.4g}"/>'


def _svg(width: float, height: float, title: str, content: str, kind: str) -> str:
    return (
        f'<svg class="{kind}" role="img" viewBox="0 0 {width:g} {height:g}" preserveAspectRatio="none">'
        f"<title>{escape(title)}</title>{content}</svg>"
    )
