"""Towels."""

from __future__ import annotations

import numpy as np

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.ground import Ground
from bowerbird.demo.draw.home_textiles import fold_up, fringe
from bowerbird.demo.draw.lathe import tone
from bowerbird.demo.draw.stances import level
from bowerbird.demo.draw.stuff import lightness, shade
from bowerbird.demo.draw.textures import Field
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import Look


def draw_towel(easel: Easel, look: Look) -> None:
    """A towel: folded, or hanging from a rail."""
    if look.silhouette == "folded":
        _folded_towel(easel)
    else:
        _hanging_towel(easel)


def _folded_towel(easel: Easel) -> None:
    chance = easel.chance
    easel.ground = Ground.STANDING
    level(easel)
    wide, layers = chance.uniform(29, 33), chance.choice((2, 3, 3))
    thick, border, loop = chance.uniform(12, 14.5), chance.randrange(4), chance.random() < 0.5
    back = 15.0 if easel.look.view else 10.0
    left, right, foot = 50 - wide, 50 + wide, 78.0 + 2 * (layers - 2)
    top = fold_up(easel, left, right, foot, layers, thick, easel.body, back)
    tint = easel.accent if border % 2 == 0 else shade(easel.colour, 0.78 if lightness(easel.colour) > 0.3 else 1.4)
    if border < 3:
        for low, high in ((0.3, 0.42), (0.5, 0.58)) if border else ((0.28, 0.62),):
            band = shapes.polygon(
                [
                    (left - 1, top + thick * low),
                    (right + 1, top + thick * low),
                    (right + 1, top + thick * high),
                    (left - 1, top + thick * high),
                ]
            )
            easel.part(
                shapes.within(band, shapes.box(left - 0.6, top, right - left + 1.2, thick, 3)),
                easel.of("linen", tint),
                Volume.FLAT,
                depth=0.7,
            )
            easel.crease([(left, top + thick * high + 0.3), (right, top + thick * high + 0.3)], 0.6, 0.25)
    if loop:
        x = right - 9
        easel.part(shapes.ribbon([(x, top + thick * 0.96), (x + 0.4, top + thick * 1.35), (x + 3.4, top
            + thick * 1.35), (x + 3.8, top + thick * 0.96)], 1.1),
                   easel.of("cotton"), Volume.FLAT, shadow=0.5)  # fmt: skip
    label = shapes.box(left + 7, top + thick * 0.84, 7, 4.4, 0.3)
    easel.part(label, easel.of("cotton", (246, 244, 238)), Volume.FLAT, shadow=0.5)
    brand = easel.look.brand if easel.look.brand.isascii() else ""
    easel.words(brand.upper(), left + 10.5, top + thick * 0.84 + 2.2, 1.3, (70, 70, 74), width=6)


def _hanging_towel(easel: Easel) -> None:
    chance = easel.chance
    easel.ground = Ground.HANGING
    level(easel)
    wide, long, behind = chance.uniform(20, 25), chance.uniform(60, 66), chance.uniform(44, 56)
    border, tassels, brass = chance.randrange(4), chance.random() < 0.3, chance.random() < 0.4
    phase = chance.uniform(0, 6)
    rail_y, middle = 17.0, 50.0 + chance.uniform(-3, 3)
    metal = easel.of("gold", (204, 166, 90)) if brass else easel.of("steel", (192, 196, 202))
    shift = 5.0 if easel.look.view else 1.8
    back = shapes.box(middle - wide + shift, rail_y, wide * 2, behind, 1)
    easel.part(back, easel.body.shade(0.72), Volume.FLAT)
    for x in (11.0, 89.0):
        easel.part(shapes.box(x - 2.4, rail_y - 4.4, 4.8, 8.8, 2.4), metal, Volume.ROUND)
    easel.part(shapes.box(11, rail_y - 1.1, 78, 2.2, 1.1), metal, Volume.ROLL)
    foot = rail_y + long
    sheet = shapes.smooth(
        [(middle - wide, rail_y - 0.4), (middle - wide + 0.4, rail_y - 2.0)] + [(middle - wide + 1, rail_y - 2.2)] * 2
        + [(middle + wide - 1, rail_y - 2.2)] * 2 + [(middle + wide - 0.4, rail_y - 2), (middle + wide, rail_y - 0.4)]
        + [(middle + wide + 0.6, 46), (middle + wide * 0.98, foot)] + [(middle + wide * 0.98, foot)]
        + [(middle + wide * 0.4, foot + 0.8), (middle - wide * 0.3, foot + 0.2)] + [(middle - wide * 0.98, foot
            + 0.4)] * 2 + [(middle - wide - 0.6, 46)]
    )  # fmt: skip
    if tassels:
        fringe(easel, middle - wide, middle + wide, foot, 4.0, False)
    easel.part(sheet, easel.body, Volume.FLAT, depth=0.5, shadow=1.2)
    tint = easel.accent if border % 2 == 0 else shade(easel.colour, 0.76 if lightness(easel.colour) > 0.3 else 1.4)
    bands = (((7, 12),), ((6, 8), (10, 12)), ((5, 6.2), (7.4, 12), (13.2, 14.4)), ())[border]
    for low, high in bands:
        for y in (foot - high,):
            stripe = shapes.within(sheet, shapes.box(middle - wide - 2, y, wide * 2 + 4, high - low))
            easel.part(stripe, easel.of("linen", tint), Volume.FLAT, depth=0.4)

    def hanging(x: Field, y: Field) -> Field:
        u, v = (x - middle) / wide, (y - rail_y) / long
        folds = np.sin(u * 5.2 + phase + v * 0.5) * 0.09 + np.sin(u * 11 + phase * 2 - v * 0.8) * 0.05
        rail = 0.22 * np.exp(-(((v - 0.0) / 0.02) ** 2)) - 0.2 * np.exp(-(((v - 0.055) / 0.03) ** 2))
        edge = -0.25 * np.exp(-np.clip(1 - np.abs(u), 0, 1) / 0.03) - 0.08 * np.clip(u, 0, 1)
        return np.asarray(folds * np.clip(0.35 + v, 0, 1) + rail + edge, np.float32)

    tone(easel, sheet, hanging)
