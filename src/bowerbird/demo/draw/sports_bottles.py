"""Drinking bottles."""

from __future__ import annotations

import math
from dataclasses import replace

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.device_parts import BLACK, STEEL, WHITE, cord, fill, grade, latin, legible
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.ground import Ground
from bowerbird.demo.draw.stuff import mixed, shade
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import Look


def draw_water_bottle(easel: Easel, look: Look) -> None:
    """A drinking bottle. Raises KeyError for another silhouette."""
    easel.ground = Ground.STANDING
    {"sport": _sport_bottle, "flask": _flask}[look.silhouette](easel, look)


def _sport_bottle(easel: Easel, look: Look) -> None:
    chance = easel.chance
    half, top, waist = chance.uniform(13, 16), chance.uniform(32, 37), chance.choice((0.0, 0.0, 1.6, 2.6))
    neck, spout, loop = half * chance.uniform(0.62, 0.8), chance.randrange(3), chance.random() < 0.6
    strip, ribs = chance.random() < 0.5, chance.randrange(3)
    side = 1 if look.view == 0 else -1
    if loop:
        line = [(50 + side * neck, top - 4), (50 + side * (half + 5), top - 7), (50 + side * (half + 6.5), top + 6)]
        cord(easel, [*line, (50 + side * (half + 1), top + 12), (50 + side * neck, top + 1)], 2.2, easel.of("rubber"))
    hull = shapes.mirrored([(50 - neck, top), (50 - neck, top), (50 - neck - 0.4, top + 3), (50 - half, top + 10),
        (50 - half, 50), (50 - half + waist, 60), (50 - half, 70), (50 - half, 80), (50 - half + 1.6, 87),
        (50 - half + 4, 88.4), (50, 89)])  # fmt: skip
    see_through = look.material == "glass"
    easel.part(hull, easel.body, Volume.ROUND)
    if see_through:
        grade(easel, hull, (50, top), (50, 88), [(easel.colour, 0.45), (easel.colour, 0.68)])
        easel.edge(hull, 0.6, shade(easel.colour, 0.7), 0.5)
    for place in range(ribs * 2):
        y = 57 + place * 3
        arc = [(50 - half * 0.96, y), (50, y + 1.8), (50 + half * 0.96, y)]
        easel.crease(arc, 0.8, 0.35, hull)
        easel.glint([(x, down + 0.9) for x, down in arc], 0.5, 0.3, hull)
    if strip:
        x = 50 + side * half * 0.55
        window = shapes.box(x - 1.6, top + 16, 3.2, 88 - top - 26, 1.6)
        fill(easel, window, mixed(easel.colour, WHITE, 0.7), 0.6)
        for mark in range(7):
            easel.line(
                [(x - 1.4, top + 19 + mark * 5), (x + (0.8, -0.2)[mark % 2], top + 19 + mark * 5)], 0.3, BLACK, 0.6
            )
    easel.words(latin(look.brand), 50 - side * half * 0.1, 54, 4.8, legible(easel.colour), width=24, turn=-90)
    _bottle_cap(easel, neck + 1.6, top, spout)


def _bottle_cap(easel: Easel, half: float, top: float, spout: int) -> None:
    """A ribbed cap with a pull spout, a flip spout or a straw."""
    cap = easel.of("plastic")
    if spout == 0:
        easel.part(shapes.box(47, top - 18, 6, 11, 1.8), easel.of("plastic", (232, 234, 236)), Volume.ROUND)
        easel.part(shapes.box(46, top - 20.5, 8, 5, 2), easel.of("rubber", shade(easel.accent, 0.8)), Volume.ROUND)
    elif spout == 1:
        cord(
            easel,
            [(51, top - 6), (51, top - 14), (54, top - 18), (60, top - 19.6)],
            3.2,
            easel.of("rubber", (226, 230, 232)),
        )
        easel.part(shapes.box(46, top - 12, 9, 5, 2), cap.shade(0.8), Volume.ROUND)
    else:
        easel.part(shapes.box(45, top - 14, 10, 8, 3), cap.shade(0.85), Volume.ROUND)
        easel.part(shapes.box(43.6, top - 16, 12.8, 4, 2), cap, Volume.ROUND, shadow=0.5)
    dome = shapes.mirrored(
        [
            (50 - half, top + 1),
            (50 - half, top + 1),
            (50 - half, top - 4),
            (50 - half * 0.7, top - 8.4),
            (50, top - 9.4),
        ][::-1]
    )
    easel.part(dome, cap, Volume.ROUND)
    collar = easel.part(
        shapes.box(50 - half - 0.6, top - 3.4, 2 * half + 1.2, 6, 1), cap.shade(0.9), Volume.ROUND, shadow=0.5
    )
    for place in range(13):
        x = 50 + (half + 0.4) * math.sin(math.radians(-84 + 14 * place))
        easel.line([(x, top - 2.8), (x, top + 1.8)], 0.3, BLACK, 0.28, bent=False)
    easel.edge(collar, 0.2)


def _flask(easel: Easel, look: Look) -> None:
    chance = easel.chance
    half, top = chance.uniform(12.5, 16), chance.uniform(30, 35)
    shoulder, lid, base = chance.uniform(4, 12), chance.randrange(3), chance.random() < 0.7
    neck, turn = half * chance.uniform(0.6, 0.78), chance.random() < 0.5
    finish = replace(easel.body.finish, metal=0.34, gloss=0.6)
    body = replace(easel.body, finish=finish)
    hull = shapes.mirrored([(50 - neck, top), (50 - neck, top), (50 - neck, top + 2),
        (50 - half, top + 2 + shoulder), (50 - half, top + 8 + shoulder), (50 - half, 70), (50 - half, 84),
        (50 - half + 1, 88), (50 - half + 3, 88.6), (50, 89)])  # fmt: skip
    easel.part(hull, body, Volume.ROUND)
    if base:
        foot = shapes.within(hull, shapes.box(30, 83.4, 40, 8))
        easel.part(foot, easel.of("steel", STEEL), Volume.ROUND)
        easel.line([(50 - half, 83.4), (50, 84.4), (50 + half, 83.4)], 0.3, BLACK, 0.4)
    easel.part(shapes.box(50 - neck, top - 2.4, 2 * neck, 3.6), easel.of("steel", STEEL), Volume.ROUND)
    if turn:
        easel.words(latin(look.brand), 50, 60, 5, legible(easel.colour), width=26, turn=-90)
    else:
        easel.words(latin(look.brand), 50, 52, 4, legible(easel.colour), width=half * 1.5)
        easel.edge(shapes.regular(50, 44, 3.4, 6), 0.6, legible(easel.colour), 0.9)
    _flask_lid(easel, neck, top - 2, lid, 1 if look.view == 0 else -1)


def _flask_lid(easel: Easel, neck: float, y: float, style: int, side: int) -> None:
    """A lid with a carrying bow, a wooden one, or a cup."""
    wide = neck + 0.8
    if style == 0:
        arch = [
            (50 - wide + 1, y - 6),
            (50 - wide + 0.5, y - 13),
            (50, y - 16),
            (50 + wide - 0.5, y - 13),
            (50 + wide - 1, y - 6),
        ]
        cord(easel, arch, 2.6, easel.of("plastic"))
        easel.part(shapes.box(50 - wide, y - 9, 2 * wide, 9.4, 1.6), easel.of("plastic"), Volume.ROUND)
    elif style == 1:
        easel.part(shapes.box(50 - wide, y - 9, 2 * wide, 9.4, 1.2), easel.of("bamboo", (206, 168, 116)), Volume.ROUND)
        easel.part(shapes.box(50 - wide, y - 1.8, 2 * wide, 2.2), easel.of("steel", STEEL), Volume.ROUND)
        line = [(50 + side * wide, y - 5), (50 + side * (wide + 6), y - 2), (50 + side * (wide + 4), y + 9)]
        cord(easel, [*line, (50 + side * wide * 0.9, y + 2)], 1.5, easel.of("leather"))
    else:
        cup = shapes.polygon(
            [(50 - wide, y + 0.4), (50 - wide * 0.9, y - 15), (50 + wide * 0.9, y - 15), (50 + wide, y + 0.4)]
        )
        easel.part(cup, easel.of("steel", mixed(easel.accent, STEEL, 0.25)), Volume.ROUND)
        easel.part(shapes.ellipse(50, y - 15, wide * 0.9, 1.6), easel.of("steel", STEEL), Volume.FLAT)
        easel.line([(50 - wide, y - 3), (50 + wide, y - 3)], 0.3, BLACK, 0.4)
