"""What tastes are learned of: the facts of one product that a shopper may like it for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from bowerbird.domain.taste_edits import TASTE_FIELDS
from bowerbird.encode.folding import fold

if TYPE_CHECKING:
    from bowerbird.domain.ports import Floats

_NAMES = {
    "category": ("category",),
    "brand": ("brand",),
    "color": ("color", "colour", "颜色"),
    "size": ("size", "尺码", "尺寸"),
    "audience": ("audience", "gender", "age_group", "性别", "人群"),
}
assert tuple(_NAMES) == TASTE_FIELDS


@dataclass(frozen=True, slots=True, eq=False)
class ProductFacts:
    """One product, or one variant of it: the values of each taste field as the index writes them, price and vectors.

    ``values`` has categories as paths. ``level`` is the logarithm of the price over the middle one of its kind;
    ``text`` and ``look`` are unit vectors (d,) float32. What is not known is None. ``kind`` says what kind of thing it
    is, empty where its categories do not tell; ``told`` are the fields and values that looking at it tells of, each
    with its share: what comes in eight sizes says little about anybody's, and of colours the same holds.
    """

    product: str
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    price: float | None = None
    level: float | None = None
    text: Floats | None = None
    look: Floats | None = None
    kind: str = field(init=False)
    told: tuple[tuple[str, str, float], ...] = field(init=False)

    def __post_init__(self) -> None:
        paths = self.values.get("category", ())
        # Worked out once: tastes of many shoppers are learned of one product.
        object.__setattr__(self, "kind", kind_of(paths[0]) if paths else "")
        object.__setattr__(self, "told", tuple(_told(self.values)))


def _told(values: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str, float]]:
    for name, own in values.items():
        if name == "category":
            levels = dict.fromkeys(level for path in own for level in levels_of(path))
            yield from ((name, level, 1.0) for level in levels)
        elif name in TASTE_FIELDS:
            yield from ((name, value, 1.0 / len(own)) for value in own)


@lru_cache(maxsize=65_536)
def taste_field_of(name: str) -> str | None:
    """The taste that a field of the shop is about, by its name; None for one that is about none."""
    folded = name.casefold()
    return next((taste for taste, names in _NAMES.items() if folded in names), None)


@lru_cache(maxsize=65_536)
def value_key(text: str) -> str:
    """The form in which two spellings of a value are one."""
    return " ".join(fold(text)[0].split())


@lru_cache(maxsize=65_536)
def levels_of(path: str) -> tuple[str, ...]:
    """A category path with all those above it, the widest first."""
    parts = path.split("/")
    return tuple("/".join(parts[: count + 1]) for count in range(len(parts)))


def kind_of(path: str) -> str:
    """The part of a category path that says what kind of thing it is: its first two levels."""
    return "/".join(path.split("/")[:2])
