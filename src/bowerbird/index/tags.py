"""What of a filter the term index can check by itself, so that its hits are mostly the ones wanted.

Each product carries tags for its keyword values, its category paths, and the quarter octaves its numbers lie in.
A filter is turned into tags that every selected product must carry: a necessary condition, never a sufficient
one, since it looks at products (a red one and a small one, but perhaps not a small red one) and at rough numbers.
The selection's mask decides afterwards.
"""

from __future__ import annotations

import hashlib
import math
from functools import lru_cache
from typing import Protocol

from bowerbird.domain.filters import And, Equals, Filter, OneOf, Or, Range, Under
from bowerbird.index.product_rows import ID_FIELD, PATH_FIELD, ProductRows, fold, fold_path
from bowerbird.index.selection import scalar_text

# Too few values to narrow anything down, or too many to be worth a posting list each.
_UNTAGGED = frozenset({ID_FIELD, "currency", "availability", "in_stock"})
_MOST_TAGS = 64
# Numbers below 2^-10 are all alike.
_SMALLEST = -40


def tags_of(product: ProductRows) -> set[str]:
    """The tags that a product carries."""
    tags: set[str] = set()
    for row in (product.shared, *product.own):
        for name, values in row.items():
            if name in _UNTAGGED:
                continue
            for value in values:
                if not isinstance(value, str):
                    tags.add(_tag(name, str(_octave(value))))
                elif name == PATH_FIELD:
                    tags.update(_path_tags(value))
                else:
                    tags.add(_tag(name, fold(value)))
    return tags


class FieldKinds(Protocol):
    """What is known of a view's fields."""

    def keyword_field(self, name: str) -> str | None:
        """A field's real name where it holds texts only, else None."""
        ...

    def number_field(self, name: str) -> tuple[str, float, float] | None:
        """A field's real name, lowest and highest number, where it holds numbers only, else None."""
        ...


def necessary_tags(condition: Filter | None, fields: FieldKinds) -> list[set[str]]:
    """Sets of tags; of each set, every selected product carries one."""
    match condition:
        case And(parts):
            return [tags for part in parts for tags in necessary_tags(part, fields)]
        case Or(parts):
            sides = [necessary_tags(part, fields) for part in parts]
            union = set().union(*(min(side, key=len) for side in sides if side))
            return [union] if all(sides) and len(union) <= _MOST_TAGS else []
        case Equals(field, value):
            return _any_of(fields.keyword_field(field), (scalar_text(value),))
        case OneOf(field, values):
            return _any_of(fields.keyword_field(field), tuple(map(scalar_text, values)))
        case Under(field, path):
            return _any_of(PATH_FIELD, (path,)) if fields.keyword_field(field) == PATH_FIELD else []
        case Range(field, low, high):
            return _between(fields.number_field(field), low, high)
        case _:
            return []


def _any_of(name: str | None, values: tuple[str, ...]) -> list[set[str]]:
    if name is None or name in _UNTAGGED or len(values) > _MOST_TAGS:
        return []
    folded = fold_path if name == PATH_FIELD else fold
    return [{_tag(name, folded(value)) for value in values}]


def _between(span: tuple[str, float, float] | None, low: float | None, high: float | None) -> list[set[str]]:
    if span is None:
        return []
    name, lowest, highest = span
    first = _octave(lowest if low is None else max(low, lowest))
    last = _octave(highest if high is None else min(high, highest))
    if not 0 <= last - first < _MOST_TAGS:
        return []
    return [{_tag(name, str(octave)) for octave in range(first, last + 1)}]


def _octave(number: float) -> int:
    """The quarter octave a number lies in; never falls as the number rises."""
    if number == 0:
        return 0
    size = max(math.floor(4 * math.log2(abs(number))), _SMALLEST) - _SMALLEST + 1
    return size if number > 0 else -size


@lru_cache(maxsize=16_384)
def _path_tags(path: str) -> tuple[str, ...]:
    folded = fold_path(path)
    ends = [at for at, letter in enumerate(folded) if letter == "/"] + [len(folded)]
    return tuple(_tag(PATH_FIELD, folded[:end]) for end in ends)


@lru_cache(maxsize=65_536)
def _tag(name: str, folded: str) -> str:
    # A hash has no blanks for the tokenizer to cut at; a collision only lets through what the mask stops.
    return hashlib.blake2b(f"{name}\0{folded}".encode(), digest_size=6).hexdigest()
