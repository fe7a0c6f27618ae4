"""Inventing: what product number i of a seed is.

The same whatever the number of products, so any stretch of a shop can be made alone, and a million of them stream.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from random import Random
from typing import Final

from bowerbird.demo.brands import LINES, MODELS, Brand, brands_of
from bowerbird.demo.kinds import KINDS, Kind, Silhouette, Weighted
from bowerbird.demo.kinds.kind import Plain, Row, weighted
from bowerbird.demo.kinds.palettes import ACCENTS, PALETTES, PATTERN_PALETTES, PLAIN_MATERIALS
from bowerbird.demo.look import Look

_KIND_IDS: Final = tuple(KINDS)
_PLAIN: Final = weighted("plain")
_SEVERAL_COLOURS: Final = 1 / 3
_RECENT_BLOCKS: Final = 12


class Stream:
    """Each part of a product draws from numbers of its own, so that new reviews do not repaint the pictures."""

    LOOK, OFFER, TEXT, REVIEWS, LINKS = range(5)
    KINDS = 7


def chances(seed: int, number: int, stream: int) -> Random:
    """The random numbers of one part of one product."""
    return Random((seed << 44) + (number << 3) + stream)


@dataclass(frozen=True, slots=True)
class Invented:
    """One invented product: everything that its texts, pictures and price follow from."""

    id: str
    """Its id in the shop."""
    seed: int
    number: int
    kind: Kind
    silhouette: Silhouette
    brand: Brand
    line: str
    material: str
    pattern: str
    colours: tuple[str, ...]
    accents: tuple[str, ...]
    """One a colour."""
    audience: str
    facts: tuple[Row, ...]
    look_seed: int

    def attributes(self) -> dict[str, Plain]:
        """Its facts as attributes."""
        return {name: value for row in self.facts for name, value in row.attributes.items()}

    def english(self) -> dict[str, str]:
        """Its facts in English words, by name."""
        return {name: value for row in self.facts for name, value in row.english.items()}

    def chinese(self) -> dict[str, str]:
        """Its facts in Chinese words, by name."""
        return {name: value for row in self.facts for name, value in row.chinese.items()}

    def look(self, colour: int = 0, view: int = 0) -> Look:
        """What a picture of it in one of its colours shows."""
        kind = self.kind
        return Look(
            kind=kind.id,
            silhouette=self.silhouette.id,
            colour=self.colours[colour],
            accent=self.accents[colour],
            material=self.material,
            pattern=self.pattern,
            seed=self.look_seed,
            view=view,
            brand=self.brand.name,
            flavour=self.english()[kind.flavour] if kind.flavour else "",
        )


def product_id(kind: str, number: int) -> str:
    """The id of product ``number``, which is of ``kind``."""
    return f"{kind.replace('_', '-')}-{number + 1}"


def kind_at(seed: int, number: int) -> str:
    """The kind of product ``number``: every stretch of as many products as there are kinds has each once."""
    block, place = divmod(number, len(_KIND_IDS))
    return _block(seed, block)[place]


def number_of(seed: int, kind: str, block: int) -> int:
    """The number of the one product of a kind in a block."""
    return block * len(_KIND_IDS) + _block(seed, block).index(kind)


@lru_cache(maxsize=4 * _RECENT_BLOCKS)
def _block(seed: int, block: int) -> tuple[str, ...]:
    kinds = list(_KIND_IDS)
    chances(seed, block, Stream.KINDS).shuffle(kinds)
    return tuple(kinds)


def invent(seed: int, number: int) -> Invented:
    """Product ``number`` of the shop of ``seed``."""
    kind = KINDS[kind_at(seed, number)]
    rng = chances(seed, number, Stream.LOOK)
    chance = rng.random
    silhouette = kind.silhouettes[int(chance() * len(kind.silhouettes))]
    material = (silhouette.materials or kind.materials).draw(chance())
    pattern = patterns_of(kind.id, silhouette.id, material).draw(chance())
    facts = tuple(group.draw(rng) for group in kind.facts_of(silhouette.id))
    colours = _draw_colours(kind, _tint(kind, facts) or colours_of(kind.id, material, pattern), rng)
    brands = brands_of(kind)
    model = kind.department == "Electronics"
    return Invented(
        id=product_id(kind.id, number),
        seed=seed,
        number=number,
        kind=kind,
        silhouette=silhouette,
        brand=brands[int(chance() * len(brands))],
        line=(MODELS if model else LINES)[int(chance() * len(MODELS if model else LINES))],
        material=material,
        pattern=pattern,
        colours=colours,
        accents=tuple(ACCENTS[colour][int(chance() * len(ACCENTS[colour]))] for colour in colours),
        audience=kind.audience.draw(chance()),
        facts=facts,
        look_seed=rng.getrandbits(31),
    )


def invent_all(seed: int, products: int) -> Iterator[Invented]:
    """The first ``products`` products of a seed."""
    return (invent(seed, number) for number in range(products))


def linked(product: Invented) -> dict[str, list[str]]:
    """Ids of products that go with one: only earlier ones, which are there whatever the shop's size."""
    seed, number, kind = product.seed, product.number, product.kind
    block = number // len(_KIND_IDS)
    chance = chances(seed, number, Stream.LINKS).random
    recent = range(max(0, block - _RECENT_BLOCKS), block)
    links: dict[str, list[str]] = {}
    if recent:
        wanted = {recent[int(chance() * len(recent))] for _ in range(4)}
        links["related"] = [product_id(kind.id, number_of(seed, kind.id, at)) for at in sorted(wanted, reverse=True)]
    offered = []
    for other in kind.goes_with:
        at = number_of(seed, other, max(0, block - int(chance() * 3)))
        if at < number:
            offered.append(product_id(other, at))
    if offered:
        links["cross_sell"] = offered
    return links


@cache
def patterns_of(kind_id: str, silhouette: str, material: str) -> Weighted:
    """The patterns of a form in a material."""
    kind = KINDS[kind_id]
    if material in PLAIN_MATERIALS or material in kind.plain_materials:
        return _PLAIN
    form = next(form for form in kind.silhouettes if form.id == silhouette)
    return form.patterns or kind.patterns


@cache
def colours_of(kind_id: str, material: str, pattern: str) -> Weighted:
    """The colours of a kind in a material and pattern."""
    kind = KINDS[kind_id]
    palette = kind.palettes.get(material) or PALETTES.get(material)
    colours = kind.colours if palette is None else palette if material in kind.palettes else kind.colours.among(palette)
    special = PATTERN_PALETTES.get(pattern)
    return colours if special is None else colours.among(special)


def _tint(kind: Kind, facts: tuple[Row, ...]) -> Weighted | None:
    if not kind.tints:
        return None
    return next((kind.tints[row.english[kind.flavour]] for row in facts if kind.flavour in row.english), None)


def _draw_colours(kind: Kind, colours: Weighted, rng: Random) -> tuple[str, ...]:
    several = rng.random() < _SEVERAL_COLOURS and kind.names_colour
    count = 2 + (rng.random() < 0.45) if several else 1
    drawn: dict[str, None] = {}
    for _ in range(4 * count):
        drawn.setdefault(colours.draw(rng.random()))
        if len(drawn) == count:
            break
    return tuple(drawn)
