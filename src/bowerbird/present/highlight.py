"""Marks the words of a query in a product's texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape

from bowerbird.domain.ports import Span

Find = Callable[[str, frozenset[str]], Sequence[Span]]
"""The places in a text where one of some terms stands."""


def highlight(text: str, terms: frozenset[str], find: Find, limit: int = 0) -> str:
    """Escape ``text`` for HTML with every span whose term is wanted between ``<mark>`` and ``</mark>``.

    ``limit`` > 0 keeps a snippet of about so many characters around the first match. Empty when nothing matched.
    """
    spans = _merged((token.start, token.end) for token in find(text, terms))
    if not spans:
        return ""
    start, end = _window(text, spans[0][0], limit)
    parts: list[str] = ["…"] if start else []
    at = start
    for left, right in spans:
        if left < start or right > end:
            continue
        parts += [escape(text[at:left]), "<mark>", escape(text[left:right]), "</mark>"]
        at = right
    parts.append(escape(text[at:end]))
    if end < len(text):
        parts.append("…")
    return "".join(parts)


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join spans that overlap or touch: one word may be cut in several ways."""
    merged: list[tuple[int, int]] = []
    for left, right in sorted(spans):
        if merged and left <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(right, merged[-1][1]))
        else:
            merged.append((left, right))
    return merged


def _window(text: str, first: int, limit: int) -> tuple[int, int]:
    """The slice of ``text`` to show: a third of it before the first match, ends moved to blanks near by."""
    if not limit or len(text) <= limit:
        return 0, len(text)
    start = max(0, min(first - limit // 3, len(text) - limit))
    if start:
        blank = text.find(" ", start, first)
        start = blank + 1 if blank >= 0 else start
    end = min(len(text), start + limit)
    if end < len(text):
        blank = text.rfind(" ", start + limit // 2, end)
        end = blank if blank > first else end
    return start, end
