"""Queries in groups: by length, language, intent, and by how much each of them is asked.

A mean over all queries hides a kind of query that fails; a dimension splits the queries into groups that show it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from typing import TypeAlias

from bowerbird.domain.understanding import Understanding

Describe: TypeAlias = Callable[[str], Mapping[str, str]]
"""A query in, the group that it belongs to in each dimension out."""

HEAD, TORSO, TAIL = "head", "torso", "tail"
LONGEST = 4
_ORDER = {
    name: place
    for place, name in enumerate(["1 word", "2 words", "3 words", f"{LONGEST} words or more", HEAD, TORSO, TAIL])
}


def group_queries(queries: Iterable[str], describe: Describe) -> dict[str, dict[str, tuple[str, ...]]]:
    """The queries by dimension and group, in their own order; short before long, head before tail, else largest first.

    A query that has no group in a dimension is left out of that dimension.
    """
    found: dict[str, dict[str, list[str]]] = {}
    for query in queries:
        for dimension, group in describe(query).items():
            found.setdefault(dimension, {}).setdefault(group, []).append(query)
    return {
        dimension: {name: tuple(groups[name]) for name in sorted(groups, key=lambda name: _place(name, groups[name]))}
        for dimension, groups in found.items()
    }


def describe_understanding(found: Understanding) -> dict[str, str]:
    """A query's length, language and intent as it was understood; an unsure intent is to find goods, as in searches."""
    return {
        "length": length_group(len(found.tokens)),
        "language": found.language.value,
        "intent": found.intent.name if found.intent.sure else "find",
    }


def length_group(words: int) -> str:
    """The group of a query of so many words; what has no word at all, as 🎧, counts as one."""
    if words >= LONGEST:
        return f"{LONGEST} words or more"
    return "1 word" if words <= 1 else f"{words} words"


def popularity_groups(counts: Mapping[str, float]) -> dict[str, str]:
    """Head, torso or tail by query: the most asked that make up a third of all that is asked, the next third, the rest.

    Queries of one count stay together: where their middle falls decides for all of them.
    """
    total = sum(counts.values())
    groups: dict[str, str] = {}
    before = 0.0
    for count, alike in groupby(sorted(counts, key=lambda query: -counts[query]), key=lambda query: counts[query]):
        queries = list(alike)
        middle = (before + count * len(queries) / 2) / total if total else 0.5
        before += count * len(queries)
        group = HEAD if middle < 1 / 3 else TORSO if middle < 2 / 3 else TAIL
        groups |= dict.fromkeys(queries, group)
    return groups


def _place(name: str, queries: list[str]) -> tuple[int, int, str]:
    return _ORDER.get(name, len(_ORDER)), -len(queries), name
