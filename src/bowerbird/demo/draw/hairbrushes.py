"""Hairbrushes."""

from __future__ import annotations

import skia

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.fittings import mirror_line
from bowerbird.demo.draw.glassware import label_ink, printable
from bowerbird.demo.draw.gleams import BLACK, GOLD, SILVER, inset, metal_of
from bowerbird.demo.draw.ground import Ground
from bowerbird.demo.draw.shapes import Point
from bowerbird.demo.draw.stuff import mixed, shade
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import RGB, Look


def draw_hairbrush(easel: Easel, look: Look) -> None:
    """A hairbrush: a paddle with a cushion of pins, or a round one for curls."""
    easel.ground = Ground.LYING
    with easel.turned(-7 if look.view else 0):
        {"paddle": _paddle, "round": _round_brush}[look.silhouette](easel, look)


def _paddle(easel: Easel, look: Look) -> None:
    chance = easel.chance
    wide, tall, corner = chance.uniform(17, 22), chance.uniform(46, 51), chance.uniform(7, 17)
    grip, hole, pins = (
        chance.uniform(4.2, 5.8),
        chance.random() < 0.5,
        chance.choice(((40, 40, 44), (226, 206, 160), (236, 236, 238))),
    )
    rubber = chance.choice(((52, 46, 46), (236, 232, 224), mixed(easel.accent, (40, 40, 44), 0.2)))
    ring = chance.random() < 0.5
    top = 7.0
    neck = top + tall
    side: list[Point] = [
        (50 - wide, top + corner),
        (50 - wide, neck - 14),
        (50 - wide * 0.66, neck - 4),
        (50 - grip, neck + 4),
    ]
    tail: list[Point] = [(50 - grip * 0.86, neck + 14), (50 - grip * 1.2, 86), (50 - grip, 93), (50, 95)]
    crown: list[Point] = [(50, top), (50 - wide * 0.7, top + corner * 0.16)]
    body = shapes.smooth([*mirror_line([*crown, *side, *tail][1:]), crown[0]])
    easel.part(body, easel.body, Volume.SOFT)
    if hole:
        easel.part(shapes.ellipse(50, 89, 1.7), easel.of("matte", shade(easel.colour, 0.3)), Volume.FLAT)
    if ring:
        easel.part(shapes.within(body, shapes.box(0, neck + 8, 100, 2.4)), easel.of("gold", GOLD), Volume.ROUND)
    pad = shapes.box(50 - wide * 0.8, top + 4, wide * 1.6, tall - 13, corner * 0.9)
    easel.part(pad, easel.of("rubber", rubber), Volume.SOFT, shadow=0.3)
    easel.edge(pad, 0.6, BLACK, 0.25)
    easel.part(shapes.ellipse(50, top + tall - 13, 0.8), easel.of("matte", shade(rubber, 0.3)), Volume.FLAT)
    _pins(easel, inset(pad, 1.6), (50 - wide * 0.66, top + 8), (50 + wide * 0.66, top + tall - 14), pins)
    easel.words(printable(look.brand), 50, neck + 20, 2.2, label_ink(easel.colour), width=16, turn=90)


def _pins(easel: Easel, pad: skia.Path, start: Point, end: Point, colour: RGB) -> None:
    """Rows of pins seen from above, each with its ball and its shadow."""
    rows, columns = 9, 8
    for row in range(rows):
        for column in range(columns - row % 2):
            x = start[0] + (end[0] - start[0]) * (column + 0.5 * (row % 2)) / (columns - 1)
            y = start[1] + (end[1] - start[1]) * row / (rows - 1)
            if not pad.contains(x, y):
                continue
            lean = (x - 50) * 0.07
            easel.line([(x, y), (x + 1.3, y + 1.7)], 0.5, BLACK, 0.28, bent=False)
            easel.line([(x, y), (x + lean, y - 1.8)], 0.45, shade(colour, 0.8), 1.0, bent=False)
            easel.print_on(shapes.box(0, 0, 100, 100), shapes.ellipse(x + lean, y - 1.9, 0.72), shade(colour, 0.75))
            easel.print_on(
                shapes.box(0, 0, 100, 100), shapes.ellipse(x + lean - 0.15, y - 2.1, 0.42), shade(colour, 1.35)
            )


def _round_brush(easel: Easel, look: Look) -> None:
    chance = easel.chance
    core, reach, long = chance.uniform(8, 11), chance.uniform(5.5, 7.5), chance.uniform(40, 46)
    grip, metal = chance.uniform(4.4, 6), chance.choice((SILVER, SILVER, GOLD, (60, 62, 68)))
    bristle, vents = chance.choice(((44, 42, 44), (196, 164, 112), (70, 62, 58))), chance.random() < 0.6
    top = 10.0
    low = top + long
    for row in range(26):
        y = top + 2 + (long - 4) * row / 25
        for side in (-1, 1):
            for spread in (-0.7, 0.2):
                tip = (50 + side * (core + reach + (row % 3) * 0.4), y + spread)
                easel.line([(50 + side * core * 0.9, y), tip], 0.42, bristle, 0.95, bent=False)
    barrel = shapes.box(50 - core, top, 2 * core, long, 1.2)
    easel.part(barrel, easel.of(metal_of(metal), metal), Volume.ROUND)
    for row in range(13):
        y = top + 3 + (long - 6) * row / 12
        for place in range(5):
            share = (-0.72, -0.4, 0.0, 0.4, 0.72)[place]
            x = 50 + core * share
            if vents and place % 2:
                easel.print_on(barrel, shapes.ellipse(x, y + 1.4, 0.9, 0.7), shade(metal, 0.25), 0.9)
            easel.line([(x, y), (x + share * reach * 0.8, y - 2.4)], 0.6, bristle, 1.0, bent=False)
    for y in (top - 2.6, low - 1):
        easel.part(shapes.box(50 - core - 0.8, y, 2 * core + 1.6, 4.0, 1.4), easel.body.plain(), Volume.ROUND)
    easel.part(shapes.box(50 - core * 0.6, top - 5, core * 1.2, 3.4, 1.6), easel.body.plain(), Volume.ROUND)
    half: list[Point] = [
        (50 - core * 0.8, low + 2),
        (50 - grip * 0.7, low + 9),
        (50 - grip, low + 18),
        (50 - grip * 1.16, 84),
        (50 - grip * 0.8, 93),
        (50, 95),
    ]
    handle = shapes.smooth([(50 - core * 0.8, low + 2), *mirror_line(half), (50 + core * 0.8, low + 2)])
    easel.part(handle, easel.body, Volume.ROUND)
    easel.part(shapes.within(handle, shapes.box(0, low + 8, 100, 2.2)), easel.of(metal_of(metal), metal), Volume.ROUND)
    easel.words(printable(look.brand), 50, 77, 2.2, label_ink(easel.colour), width=16, turn=90)
