"""Small pictures that are printed on things: balloons, a lake, a harbour, a night sky."""

from __future__ import annotations

import random
from collections.abc import Callable

import skia

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.device_parts import BLACK, WHITE, fill, glow, grade
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.stuff import lightness, mixed, shade
from bowerbird.demo.look import RGB

_Place = tuple[float, float, float, float]


_Paint = Callable[[Easel, _Place, float], None]


def paint_scene(easel: Easel, inside: skia.Path, frame: skia.Path, style: int, strength: float) -> None:
    """The puzzle's picture, in shades of its colour and the accent, over its pattern."""
    easel.canvas.save()
    easel.canvas.clipPath(inside, skia.ClipOp.kIntersect, True)
    bounds = frame.computeTightBounds()
    paint = (_balloons, _lake, _harbour, _night)[style]
    paint(easel, (bounds.left(), bounds.top(), bounds.width(), bounds.height()), strength)
    easel.canvas.restore()


def _hills(easel: Easel, place: _Place, base: float, tones: tuple[RGB, ...], strength: float) -> None:
    left, top, wide, tall = place
    for number, tone in enumerate(tones):
        y = top + tall * (base + number * (1 - base) / len(tones))
        swing = tall * 0.08 * (1 if number % 2 else -1)
        hill = shapes.smooth([(left - 2, y), (left + wide * 0.3, y - swing), (left + wide * 0.7, y + swing),
            (left + wide + 2, y - swing * 0.4), (left + wide + 2, top + tall + 2),
            (left + wide + 2, top + tall + 2), (left - 2, top + tall + 2), (left - 2, top + tall + 2)])  # fmt: skip
        fill(easel, hill, tone, strength)


def _balloons(easel: Easel, place: _Place, strength: float) -> None:
    left, top, wide, tall = place
    own, accent = easel.colour, easel.accent
    _hills(easel, place, 0.74, (mixed(own, accent, 0.35), shade(own, 0.62)), strength)
    light = WHITE if lightness(own) < 0.75 else shade(own, 0.6)
    for x, y, size, tone in ((0.3, 0.36, 0.17, accent), (0.68, 0.24, 0.12, light), (0.8, 0.56, 0.09, accent)):
        cx, cy, reach = left + wide * x, top + tall * y, wide * size
        bag = shapes.smooth([(cx, cy - reach), (cx + reach * 0.9, cy - reach * 0.3),
            (cx + reach * 0.7, cy + reach * 0.5), (cx + reach * 0.2, cy + reach * 1.1),
            (cx - reach * 0.2, cy + reach * 1.1), (cx - reach * 0.7, cy + reach * 0.5),
            (cx - reach * 0.9, cy - reach * 0.3)])  # fmt: skip
        fill(easel, bag, tone, strength)
        other = light if tone == accent else accent
        fill(easel, shapes.within(bag, shapes.ellipse(cx, cy, reach * 0.3, reach * 1.4)), other, strength)
        fill(easel, shapes.within(bag, shapes.box(cx + reach * 0.3, cy - reach, reach, reach * 3)), BLACK, 0.14)
        for side in (-1, 1):
            easel.line(
                [(cx + side * reach * 0.2, cy + reach * 1.05), (cx + side * reach * 0.15, cy + reach * 1.4)],
                0.3,
                BLACK,
                0.6,
                bent=False,
            )
        fill(
            easel,
            shapes.box(cx - reach * 0.2, cy + reach * 1.36, reach * 0.4, reach * 0.3, 0.4),
            (120, 84, 50),
            strength,
        )


def _lake(easel: Easel, place: _Place, strength: float) -> None:
    left, top, wide, tall = place
    own, accent = easel.colour, easel.accent
    fill(easel, shapes.ellipse(left + wide * 0.74, top + tall * 0.2, wide * 0.09), mixed(accent, WHITE, 0.4), strength)
    for points, tone in (
        (((-0.05, 0.6), (0.25, 0.22), (0.42, 0.48), (0.6, 0.3), (1.05, 0.6)), shade(own, 0.72)),
        (((-0.05, 0.62), (0.12, 0.44), (0.3, 0.62), (0.66, 0.62), (0.84, 0.42), (1.05, 0.62)), shade(own, 0.5)),
    ):
        fill(easel, shapes.polygon([(left + wide * x, top + tall * y) for x, y in points]), tone, strength)
    snow = [(0.25, 0.22), (0.32, 0.33), (0.27, 0.31), (0.23, 0.36), (0.17, 0.32)]
    fill(easel, shapes.polygon([(left + wide * x, top + tall * y) for x, y in snow]), WHITE, strength)
    fill(easel, shapes.box(left - 2, top + tall * 0.62, wide + 4, tall), mixed(own, accent, 0.4), strength * 0.9)
    for row in range(5):
        y = top + tall * (0.67 + 0.07 * row)
        x = left + wide * (0.12 + 0.17 * (row * 3 % 5))
        easel.line([(x, y), (x + wide * 0.16, y)], 0.5, WHITE, 0.6)
    for x in (0.1, 0.18, 0.86, 0.93):
        base = top + tall * 0.66
        tree = [
            (left + wide * (x - 0.05), base),
            (left + wide * x, base - tall * 0.22),
            (left + wide * (x + 0.05), base),
        ]
        fill(easel, shapes.polygon(tree), shade(own, 0.3), strength)


def _harbour(easel: Easel, place: _Place, strength: float) -> None:
    left, top, wide, tall = place
    own, accent = easel.colour, easel.accent
    water = top + tall * 0.66
    tones = (mixed(own, WHITE, 0.45), accent, shade(own, 0.7), mixed(accent, WHITE, 0.5), shade(own, 0.85))
    for number, tone in enumerate(tones):
        x, w = left + wide * (0.04 + number * 0.19), wide * 0.17
        y = water - tall * (0.26 + 0.09 * (number * 2 % 3))
        fill(easel, shapes.box(x, y, w, water - y), tone, strength)
        fill(
            easel,
            shapes.polygon([(x - 1, y), (x + w / 2, y - tall * 0.1), (x + w + 1, y)]),
            shade(accent, 0.6),
            strength,
        )
        for row in range(2):
            for column in range(2):
                fill(
                    easel,
                    shapes.box(x + w * (0.2 + 0.4 * column), y + 2 + row * tall * 0.1, w * 0.2, tall * 0.055),
                    (255, 236, 180),
                    strength,
                )
    fill(easel, shapes.box(left - 2, water, wide + 4, tall), shade(own, 0.55), strength)
    for x, tone in ((0.28, WHITE), (0.68, accent)):
        cx = left + wide * x
        boat = [
            (cx - wide * 0.11, water + tall * 0.12),
            (cx + wide * 0.11, water + tall * 0.12),
            (cx + wide * 0.07, water + tall * 0.19),
            (cx - wide * 0.07, water + tall * 0.19),
        ]
        fill(easel, shapes.polygon(boat), tone, strength)
        fill(
            easel,
            shapes.polygon([(cx, water - tall * 0.1), (cx + wide * 0.1, water + tall * 0.1), (cx, water + tall * 0.1)]),
            WHITE,
            strength,
        )
    for row in range(3):
        easel.line(
            [
                (left + wide * (0.1 + row * 0.24), water + tall * 0.27),
                (left + wide * (0.2 + row * 0.24), water + tall * 0.27),
            ],
            0.5,
            WHITE,
            0.5,
        )


def _night(easel: Easel, place: _Place, strength: float) -> None:
    left, top, wide, tall = place
    own, chance = easel.colour, random.Random(easel.look.seed)
    dark = shade(own, 0.42) if lightness(own) > 0.25 else mixed(own, (70, 80, 120), 0.3)
    grade(
        easel,
        shapes.box(left - 2, top - 2, wide + 4, tall + 4),
        (0, top),
        (0, top + tall),
        [(dark, strength), (mixed(own, dark, 0.2), strength * 0.6)],
    )
    for _ in range(34):
        size = chance.uniform(0.25, 0.8)
        fill(
            easel,
            shapes.star(left + chance.random() * wide, top + chance.random() * tall * 0.66, size * 1.6, size * 0.5),
            (255, 248, 220),
            0.95,
        )
    moon = shapes.without(
        shapes.ellipse(left + wide * 0.72, top + tall * 0.24, wide * 0.11),
        shapes.ellipse(left + wide * 0.77, top + tall * 0.21, wide * 0.095),
    )
    fill(easel, moon, (255, 238, 180))
    glow(easel, left + wide * 0.72, top + tall * 0.24, wide * 0.24, (255, 238, 180), 0.25)
    _hills(easel, place, 0.74, (mixed(own, easel.accent, 0.4), shade(own, 0.6)), strength)
    for number in range(7):
        x, base = left + wide * (0.06 + number * 0.14), top + tall * (0.86 + 0.05 * (number % 2))
        for level in range(3):
            reach, y = wide * (0.055 - level * 0.013), base - level * tall * 0.06
            fill(
                easel, shapes.polygon([(x - reach, y), (x, y - tall * 0.1), (x + reach, y)]), shade(own, 0.25), strength
            )
