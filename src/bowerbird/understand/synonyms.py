"""The merchant's own synonyms: words that mean the same in this shop, and words that stand for others one way only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bowerbird.domain.errors import InputError
from bowerbird.understand.phrases import PhraseTable
from bowerbird.understand.plain import plain, units_of

MOST = 10_000
_LONGEST = 100
_SHAPE = "{two_way: [[words, words, ...], ...], one_way: {words: [words, ...], ...}}"


@dataclass(frozen=True, slots=True)
class SynonymSets:
    """``two_way`` are groups that mean the same; ``one_way`` maps what is typed to what is looked for as well."""

    two_way: tuple[tuple[str, ...], ...] = ()
    one_way: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The shape that files and requests have."""
        return {
            "two_way": [list(group) for group in self.two_way],
            "one_way": {typed: list(others) for typed, others in self.one_way.items()},
        }


def read_synonyms(body: Any, where: str = "synonyms") -> SynonymSets:
    """Check and take synonyms. Raises InputError naming the place that is wrong."""
    if not isinstance(body, dict) or not set(body) <= {"two_way", "one_way"}:
        raise InputError("not synonyms", where=where, found=body, expected=_SHAPE)
    two_way, one_way = body.get("two_way", []), body.get("one_way", {})
    if not isinstance(two_way, list) or not isinstance(one_way, dict):
        raise InputError("not synonyms", where=where, found=body, expected=_SHAPE)
    if len(two_way) + len(one_way) > MOST:
        raise InputError(
            "too many synonyms", where=where, found=len(two_way) + len(one_way), expected=f"at most {MOST}"
        )
    groups = tuple(_texts(group, f"two_way[{place}]", 2) for place, group in enumerate(two_way))
    ways = {_text(typed, "one_way"): _texts(others, f"one_way.{typed}", 1) for typed, others in one_way.items()}
    return SynonymSets(groups, ways)


def _texts(values: Any, field_: str, fewest: int) -> tuple[str, ...]:
    if not isinstance(values, list) or len(values) < fewest:
        raise InputError("too few words", field=field_, found=values, expected=f"a list of at least {fewest}")
    texts = tuple(dict.fromkeys(_text(value, field_) for value in values))
    if len(texts) < fewest:
        raise InputError("the same words again", field=field_, found=values, expected=f"at least {fewest} that differ")
    return texts


def _text(value: Any, field_: str) -> str:
    if not isinstance(value, str) or not 0 < len(value.strip()) <= _LONGEST or not units_of(plain(value)):
        raise InputError("no words", field=field_, found=value, expected=f"words of 1 to {_LONGEST} characters")
    return " ".join(value.split())


class Synonyms:
    """Looks the merchant's synonyms up in a text. Made once a set, then only read."""

    def __init__(self, sets: SynonymSets | None = None) -> None:
        self.sets = sets or SynonymSets()
        self._others: dict[str, list[str]] = {}
        for group in self.sets.two_way:
            for word in group:
                self._others.setdefault(plain(word), []).extend(other for other in group if other != word)
        for typed, others in self.sets.one_way.items():
            self._others.setdefault(plain(typed), []).extend(others)
        self._table = PhraseTable((word, word) for word in self._others)

    def find(self, text: str) -> Iterator[tuple[int, int, Sequence[str]]]:
        """Stretches of a plain text, with what may stand for them."""
        if self._others:
            for found in self._table.find(units_of(text)):
                yield found.start, found.end, self._others[found.key]
