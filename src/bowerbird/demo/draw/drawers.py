"""Which function draws which kind, and the picture as a file."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Final, TypeAlias

import skia

from bowerbird.demo.draw import (
    bags,
    beauty,
    clothing_bottoms,
    clothing_coats,
    clothing_dresses,
    clothing_extras,
    clothing_hats,
    clothing_jackets,
    clothing_tops,
    cookware,
    electronics_cameras,
    electronics_desk,
    electronics_earphones,
    electronics_laptops,
    electronics_phones,
    electronics_speakers,
    furniture,
    groceries_bags,
    groceries_jars,
    groceries_packets,
    hairbrushes,
    handbags,
    home_textiles,
    jewellery,
    kitchen,
    lamps,
    luggage,
    ornaments,
    rings,
    shoes_boots,
    shoes_dress,
    shoes_sport,
    sports_balls,
    sports_bottles,
    sports_dumbbells,
    sports_helmets,
    sports_mats,
    sports_rackets,
    sports_skateboards,
    sports_tents,
    sunglasses,
    toiletries,
    towels,
    toys_bears,
    toys_blocks,
    toys_cars,
    toys_ducks,
    toys_kites,
    toys_puzzles,
    toys_robots,
    wallets,
    watches,
)
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.look import Look

Drawer: TypeAlias = Callable[[Easel, Look], None]
_MODULES: Final[tuple[ModuleType, ...]] = (
    bags, beauty, clothing_bottoms, clothing_coats, clothing_dresses, clothing_extras, clothing_hats,
    clothing_jackets, clothing_tops, cookware, electronics_cameras, electronics_desk, electronics_earphones,
    electronics_laptops, electronics_phones, electronics_speakers, furniture, groceries_bags, groceries_jars,
    groceries_packets, hairbrushes, handbags, home_textiles, jewellery, kitchen, lamps, luggage, ornaments, rings,
    shoes_boots, shoes_dress, shoes_sport, sports_balls, sports_bottles, sports_dumbbells, sports_helmets,
    sports_mats, sports_rackets, sports_skateboards, sports_tents, sunglasses, toiletries, towels, toys_bears,
    toys_blocks, toys_cars, toys_ducks, toys_kites, toys_puzzles, toys_robots, wallets, watches,
)  # fmt: skip

JPEG_QUALITY = 88


def _gathered() -> dict[str, Drawer]:
    """Every function of the modules that is called ``draw_<kind>``, by kind."""
    return {
        name.removeprefix("draw_"): drawer
        for module in _MODULES
        for name, drawer in vars(module).items()
        if name.startswith("draw_") and drawer.__module__ == module.__name__
    }


DRAWERS: Final = _gathered()
"""The drawer of each kind."""


def draw_picture(look: Look, size: int = 640) -> bytes:
    """The picture of a look as JPEG, ``size`` pixels square. Raises KeyError for a kind or stuff nobody draws."""
    easel = Easel(look, size)
    DRAWERS[look.kind](easel, look)
    return bytes(easel.finish().encodeToData(skia.kJPEG, JPEG_QUALITY))
