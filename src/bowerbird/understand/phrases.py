"""Finding names in a text: every name of the lexicon and of the shop that stands in it, at every place.

A tree over units (Chinese characters, and English words without their plural), walked once from each place: the
cost grows with the query, not with the number of names.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bowerbird.understand.plain import Unit, plain, units_of

_LONGEST = 8
# These mean something only in company.
_WEAK = frozenset(
    "a about above all an and any are as at be best below but by can do for free from full get go good great have i in"
    " is it just like low made make me more most my new no non not of off on one or out over plus some than that the"
    " this to two under up us very want well what will with without you your".split()
)


@dataclass(frozen=True, slots=True)
class Found:
    """A name in a text: ``text[start:end]``; ``exact`` where it is written as the name is, not in another number."""

    key: str
    start: int
    end: int
    exact: bool = True


class PhraseTable:
    """Names and the keys they stand for, and those of a table ``beside`` this one.

    Filled first, then only read: safe from many threads.
    """

    def __init__(self, names: Iterable[tuple[str, str]] = (), beside: PhraseTable | None = None) -> None:
        self._root: dict[str, Any] = {}
        self._beside = beside
        for name, key in names:
            self.add(name, key)

    def add(self, name: str, key: str) -> None:
        """Let a name stand for a key too; names of more than eight units are left out."""
        text = plain(name)
        units = units_of(text)
        if not units or len(units) > _LONGEST:
            return
        node = self._root
        for unit in units:
            node = node.setdefault(unit.key, {})
        surface = " ".join(unit.surface for unit in units)
        node.setdefault("", {}).setdefault(key, set()).add(surface)

    def find(self, units: Sequence[Unit]) -> list[Found]:
        """Every name that stands anywhere in the units, overlapping ones too."""
        found: list[Found] = [] if self._beside is None else self._beside.find(units)
        for first, unit in enumerate(units):
            node = self._root
            for last in range(first, min(first + _LONGEST, len(units))):
                node = node.get(units[last].key)  # type: ignore[assignment]
                if node is None:
                    break
                for key, surfaces in node.get("", {}).items():
                    surface = " ".join(one.surface for one in units[first : last + 1])
                    found.append(Found(key, unit.start, units[last].end, surface in surfaces))
        return found

    def keys_of(self, name: str) -> list[str]:
        """The keys that a whole text is a name of."""
        node: dict[str, Any] | None = self._root
        units = units_of(plain(name))
        for unit in units:
            node = None if node is None else node.get(unit.key)
        own = list(node.get("", {})) if units and node else []
        return own if self._beside is None else [*own, *self._beside.keys_of(name)]


def says_little(text: str) -> bool:
    """Whether a stretch is a single letter or a word that names nothing by itself."""
    return (len(text) == 1 and text.isascii()) or text in _WEAK
