"""What a kind of product is: its names, its forms, and what may be drawn for one product of it.

The tables of the department modules are written for reading: weights as "cotton 6 linen 2", words as
"English|Chinese", measured facts with their unit. They are taken apart here, once.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from random import Random
from typing import TypeAlias

from bowerbird.domain.errors import InputError

Plain: TypeAlias = "str | int | float | dict[str, str | int | float]"
"""An attribute's value as the canonical record writes it; a measure is {"value", "unit"}."""


@dataclass(frozen=True, slots=True)
class Weighted:
    """Names that are drawn by weight."""

    names: tuple[str, ...]
    bounds: tuple[float, ...]
    """The running sum of the weights."""

    @classmethod
    def of(cls, weights: Mapping[str, float]) -> Weighted:
        """From a weight by name."""
        return cls(tuple(weights), tuple(accumulate(weights.values())))

    def draw(self, chance: float) -> str:
        """The name at ``chance``, a number from 0 up to 1."""
        return self.names[bisect(self.bounds, chance * self.bounds[-1])]

    def weights(self) -> dict[str, float]:
        """The weight of each name."""
        before = (0.0, *self.bounds)
        return {name: bound - before[at] for at, (name, bound) in enumerate(zip(self.names, self.bounds, strict=True))}

    def among(self, allowed: Weighted) -> Weighted:
        """Those that ``allowed`` has too, weighed by both; ``allowed`` itself where they have none in common."""
        both, mine = allowed.weights(), self.weights()
        common = {name: weight * both[name] for name, weight in mine.items() if name in both}
        return Weighted.of(common) if common else allowed


def weighted(text: str) -> Weighted:
    """``"cotton 6 linen 2"`` as names with weights; a single name needs none. Raises InputError."""
    words = text.split()
    if len(words) == 1:
        words.append("1")
    try:
        return Weighted.of({name: float(weight) for name, weight in zip(words[::2], words[1::2], strict=True)})
    except ValueError:
        raise InputError("not weights", found=text, expected="names and weights by turns") from None


@dataclass(frozen=True, slots=True)
class Name:
    """What a kind is called in English; things that come in pairs have ``pair`` set and are spoken of as many."""

    one: str
    many: str
    also: tuple[str, ...] = ()
    pair: bool = False

    @property
    def usual(self) -> str:
        """What a shop calls it: "mug", but "jeans"."""
        return self.many if self.pair else self.one


@dataclass(frozen=True, slots=True)
class ChineseName:
    """What a kind is called in Chinese, and the word that it is counted with (件, 双, 只...)."""

    one: str
    counted: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Silhouette:
    """One form of a kind, as a shop's title has it; empty weights are those of the kind."""

    id: str
    english: str
    chinese: str
    materials: Weighted | None = None
    patterns: Weighted | None = None


def form(words: str, materials: str = "", patterns: str = "") -> Silhouette:
    """``"crew: crew-neck T-shirt | 圆领T恤"`` as a silhouette."""
    name, _, both = words.partition(":")
    english, _, chinese = both.partition("|")
    return Silhouette(
        name.strip(),
        english.strip(),
        chinese.strip(),
        weighted(materials) if materials else None,
        weighted(patterns) if patterns else None,
    )


@dataclass(frozen=True, slots=True)
class Row:
    """What a draw of facts gives: attributes for the record, and words for the texts of both languages."""

    attributes: Mapping[str, Plain]
    english: Mapping[str, str]
    chinese: Mapping[str, str]
    factor: float
    """How much dearer than the first row."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Attributes that are drawn together, so that a larger suitcase is a heavier one."""

    names: tuple[str, ...]
    rows: tuple[Row, ...]
    forms: frozenset[str] = frozenset()
    """The silhouettes that have them; empty: all."""

    def draw(self, rng: Random) -> Row:
        """One row."""
        return self.rows[int(rng.random() * len(self.rows))]


def fact(name: str, *values: str | float, dearer: float = 0.0, of: str = "") -> Facts:
    """One attribute: ``fact("power W", 6, 9, 12)`` or ``fact("roast", "dark|深烘")``.

    ``dearer`` is how much more the last value costs than the first; ``of`` names the silhouettes that have it.
    """
    return facts(name, *((value,) for value in values), dearer=dearer, of=of)


def facts(names: str, *rows: tuple[str | float, ...], dearer: float = 0.0, of: str = "") -> Facts:
    """Attributes that go together: ``facts("volume l, weight kg", (38, 2.4), (68, 3.2))``."""
    columns = [tuple(part.split()) for part in names.split(",")]
    made = []
    for at, row in enumerate(rows):
        attributes: dict[str, Plain] = {}
        english: dict[str, str] = {}
        chinese: dict[str, str] = {}
        for column, value in zip(columns, row, strict=True):
            name = column[0]
            if isinstance(value, str):
                english[name], _, chinese[name] = value.partition("|")
                chinese[name] = chinese[name] or english[name]
                attributes[name] = english[name]
            else:
                english[name] = chinese[name] = f"{value:g}"
                attributes[name] = {"value": value, "unit": column[1]} if len(column) > 1 else value
        made.append(Row(attributes, english, chinese, 1 + dearer * at / max(1, len(rows) - 1)))
    return Facts(tuple(column[0] for column in columns), tuple(made), frozenset(of.split()))


@dataclass(frozen=True, slots=True)
class Sizes:
    """The sizes that one product is sold in: a run of neighbours out of all there are, by audience.

    ``unit`` makes them measures (storage in GB); ``dearer`` is how much more the last of all costs than the first.
    """

    name: str
    by_audience: Mapping[str, tuple[str | float, ...]]
    fewest: int = 3
    most: int = 5
    unit: str = ""
    dearer: float = 0.0

    def draw(self, audience: str, rng: Random) -> tuple[tuple[str, Plain, float], ...]:
        """(as text, as attribute, price factor) of each size in its order."""
        known = self.by_audience
        every = known.get(audience) or known[""]
        count = min(len(every), self.fewest + int(rng.random() * (self.most - self.fewest + 1)))
        start = int(rng.random() * (len(every) - count + 1))
        drawn = []
        for at in range(start, start + count):
            size, factor = every[at], 1 + self.dearer * (at - start) / max(1, len(every) - 1)
            value: Plain = {"value": size, "unit": self.unit} if self.unit else size
            drawn.append((f"{size:g}" if isinstance(size, float | int) else size, value, factor))
        return tuple(drawn)


@dataclass(frozen=True, slots=True)
class Price:
    """A log-normal price: its median in dollars for a mid-range brand, and its spread."""

    median: float
    spread: float = 0.28


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of product and all that may be drawn for a product of it."""

    id: str
    name: Name
    chinese: ChineseName
    category: str
    chinese_category: str
    silhouettes: tuple[Silhouette, ...]
    materials: Weighted
    colours: Weighted
    price: Price
    aspects: tuple[str, ...]
    """What its reviews speak of, besides what they speak of for everything."""
    patterns: Weighted = field(default_factory=lambda: weighted("plain"))
    palettes: Mapping[str, Weighted] = field(default_factory=dict)
    """The colours of a material, where this kind has other ones than ``palettes.PALETTES`` says."""
    material_words: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """What a material is called on this kind, where that is special: ("cast-iron", "铸铁")."""
    plain_materials: frozenset[str] = frozenset()
    """Materials that take no pattern on this kind, besides those that never do."""
    audience: Weighted = field(default_factory=lambda: weighted("everyone"))
    sizes: Sizes | None = None
    facts: tuple[Facts, ...] = ()
    names_colour: bool = True
    """Whether a shop names its colour; of a juice it does not, whatever the carton looks like."""
    names_material: bool = True
    flavour: str = ""
    """The fact that is printed on its packet."""
    tints: Mapping[str, Weighted] = field(default_factory=dict)
    """The colours that go with a flavour, where they are not those of the kind."""
    goes_with: tuple[str, ...] = ()
    """Kinds that are offered with it."""

    @property
    def department(self) -> str:
        """The first part of its category."""
        return self.category.partition("/")[0]

    def called(self, language: str) -> tuple[str, ...]:
        """What it is called in a language ("en" or "zh"): the shop's word first, then what else people say."""
        if language == "zh":
            return (self.chinese.one, *self.chinese.also)
        return (self.name.usual, *self.name.also)

    def facts_of(self, silhouette: str) -> tuple[Facts, ...]:
        """The facts of one silhouette."""
        return tuple(group for group in self.facts if not group.forms or silhouette in group.forms)


def numbers(first: float, last: float, step: float) -> tuple[float, ...]:
    """From first to last, both included; whole numbers stay whole."""
    count = round((last - first) / step) + 1
    values = (round(first + step * at, 6) for at in range(count))
    return tuple(int(value) if value == int(value) else value for value in values)
