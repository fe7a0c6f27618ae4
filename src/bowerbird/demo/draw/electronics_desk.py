"""Keyboards and mice."""

from __future__ import annotations

import skia

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.device_parts import (
    BLACK,
    STEEL,
    WHITE,
    cord,
    fill,
    grade,
    grille,
    lamp,
    latin,
    legible,
    light_over,
    soft_black,
    solid,
)
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.ground import Ground
from bowerbird.demo.draw.keycaps import ROWS, SIDE, TOP_ROW, lay_keys
from bowerbird.demo.draw.stuff import lightness, mixed, shade
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import RGB, Look


def draw_keyboard(easel: Easel, look: Look) -> None:
    """A keyboard from above, turned a little. Raises KeyError for another silhouette."""
    easel.ground = Ground.LYING
    {"full": _full, "compact": _compact}[look.silhouette](easel, look)


def _caps(easel: Easel, style: int) -> RGB:
    """The colour of the keycaps: the case's, lighter or darker, or near white."""
    own = easel.colour
    lighter = mixed(own, WHITE, 0.28) if lightness(own) > 0.15 else mixed(own, WHITE, 0.14)
    return (lighter, shade(own, 0.8), mixed(own, WHITE, 0.62))[style]


def _full(easel: Easel, look: Look) -> None:
    chance = easel.chance
    lean, style, rest = chance.uniform(-14, -5), chance.randrange(3), chance.random() < 0.4
    cable, knob, radius = chance.random() < 0.5, chance.random() < 0.6, chance.uniform(1, 3)
    pitch = 78 / 20.6
    wide, tall = 82, pitch * 7.6
    left, top = 50 - wide / 2, 50 - tall / 2 - (3 if rest else 0)
    with easel.turned(lean if look.view == 0 else -lean * 0.7, (50, 50)):
        if cable:
            _cable(easel, 34, top)
        if rest:
            easel.part(shapes.box(left + 1, top + tall - 2, wide - 2, 11, 3), soft_black(), Volume.ROLL, depth=0.7)
        _case(easel, left, top, wide, tall, radius)
        x, y = left + (wide - 20.5 * pitch) / 2, top + pitch * 0.55
        caps = _caps(easel, style)
        fill(easel, shapes.box(x - 0.4, y + pitch * 1.3, 15 * pitch + 0.8, pitch * 5.1, 0.8), shade(easel.colour, 0.4))
        fill(
            easel,
            shapes.box(x + 15.4 * pitch, y + pitch * 1.3, 5.1 * pitch, pitch * 5.1, 0.8),
            shade(easel.colour, 0.4),
        )
        fill(easel, shapes.box(x - 0.4, y - 0.3, 15 * pitch + 0.8, pitch * 1.05, 0.8), shade(easel.colour, 0.4))
        lay_keys(easel, x, y, pitch, pitch, [TOP_ROW], caps)
        lay_keys(easel, x, y + pitch * 1.35, pitch, pitch, list(ROWS), caps)
        lay_keys(easel, x + 15.4 * pitch, y + pitch * 1.35, pitch, pitch, list(SIDE), shade(caps, 0.86))
        if knob:
            _wheel(easel, left + wide - pitch * 1.4, y + pitch * 0.45, pitch * 0.62)
        for place in range(3):
            lamp(easel, x + (16.1 + place * 0.7) * pitch, y + pitch * 0.5, 0.35, (120, 230, 150))


def _compact(easel: Easel, look: Look) -> None:
    chance = easel.chance
    lean, style, six = chance.uniform(-16, -6), chance.randrange(3), chance.random() < 0.5
    cable, glow_below, radius = chance.random() < 0.6, chance.random() < 0.4, chance.uniform(1.5, 4)
    pitch = 76 / 15.4
    rows = [TOP_ROW, *ROWS] if six else list(ROWS)
    wide, tall = 81, pitch * (len(rows) + 0.9)
    left, top = 50 - wide / 2, 51 - tall / 2
    with easel.turned(lean if look.view == 0 else -lean * 0.7, (50, 50)):
        if cable:
            _cable(easel, 62, top)
        _case(easel, left, top, wide, tall, radius)
        x, y = left + (wide - 15 * pitch) / 2, top + pitch * 0.42
        well = shapes.box(x - 0.5, y - 0.4, 15 * pitch + 1, len(rows) * pitch + 0.8, 1)
        fill(easel, well, shade(easel.colour, 0.36))
        if glow_below:
            ends = ((x, y), (x + 15 * pitch, y))
            grade(easel, well, *ends, [(easel.accent, 0.8), (mixed(easel.accent, (120, 160, 255), 0.7), 0.8)])
        lay_keys(easel, x, y, pitch, pitch, rows, _caps(easel, style))


def _case(easel: Easel, left: float, top: float, wide: float, tall: float, radius: float) -> None:
    lower = shapes.box(left, top + 1, wide, tall + 1, radius)
    easel.part(lower, solid(easel.body).shade(0.7), Volume.FLAT)
    case = easel.part(shapes.box(left, top, wide, tall, radius), solid(easel.body), Volume.FLAT, depth=1.2)
    easel.edge(shapes.box(left + 0.25, top + 0.25, wide - 0.5, tall - 0.5, radius), 0.4, WHITE, 0.35)
    light_over(easel, case, easel.of("matte"), Volume.FLAT)


def _cable(easel: Easel, x: float, top: float) -> None:
    line = [(x, top + 2), (x + 0.5, top - 6), (x + 8, top - 11), (x + 18, top - 8), (x + 30, top - 16)]
    cord(easel, line, 1.5, easel.of("nylon"))
    easel.part(shapes.box(x - 1.6, top - 3.4, 3.2, 4.4, 0.8), easel.of("rubber"), Volume.ROUND)


def _wheel(easel: Easel, x: float, y: float, reach: float) -> None:
    knob = easel.part(
        shapes.ellipse(x, y, reach), easel.of("steel", mixed(easel.accent, STEEL, 0.6)), Volume.SOFT, shadow=1
    )
    for place in range(20):
        easel.line(
            [shapes.around(x, y, reach * share, place * 18) for share in (0.8, 0.97)], 0.2, BLACK, 0.5, bent=False
        )
    easel.edge(knob, 0.2)


def draw_mouse(easel: Easel, look: Look) -> None:
    """A computer mouse from above. Raises KeyError for another silhouette."""
    easel.ground = Ground.LYING
    {"wide": _wide, "slim": _slim}[look.silhouette](easel, look)


def _wide(easel: Easel, look: Look) -> None:
    chance = easel.chance
    lean, bulge, wheel = chance.uniform(4, 20), chance.uniform(0, 3), chance.uniform(11, 13)
    keys, ring, light = chance.choice((2, 2, 3)), chance.random() < 0.5, chance.random() < 0.6
    grip = chance.choice((BLACK, shade(easel.colour, 0.55), easel.accent))
    with easel.turned(lean if look.view == 0 else -lean, (50, 50)):
        base = shapes.smooth([(36, 14), (50, 11), (66, 14), (74, 30), (75, 52), (76, 72), (66, 87), (48, 90),
            (31, 85), (19 - bulge, 70), (21 - bulge, 54), (29, 42), (30, 26)])  # fmt: skip
        easel.part(base, easel.of("rubber", grip), Volume.SOFT, depth=1.2)
        side = shapes.within(base, shapes.box(10, 44, 24, 40))
        grille(easel, side, 1.8, 0.6, (0, 0, 0), 0.4)
        hull = shapes.smooth([(37, 13.5), (50, 10.5), (64, 13), (70, 30), (71, 52), (71, 70), (62, 84), (47, 87),
            (35, 82), (30, 68), (33, 52), (35, 38), (34, 24)])  # fmt: skip
        easel.part(hull, solid(easel.body), Volume.SOFT, shadow=0.8)
        for place in range(keys):
            y = 38 + place * 10.5
            key = shapes.smooth(
                [(30.5 - place * 0.8, y), (33.4, y - 1.4), (34.4, y + 4), (32.4, y + 9), (28.4, y + 8.4)]
            )
            easel.part(key, easel.of("plastic"), Volume.SOFT, shadow=0.5)
        _mouse_lines(easel, hull, 51.5, 44)
        _mouse_wheel(easel, 51.5, 16, wheel, ring)
        easel.part(
            shapes.box(49.7, 32.5, 3.6, 5, 1.6), easel.of("plastic", shade(easel.colour, 0.6)), Volume.SOFT, shadow=0.4
        )
        if light:
            easel.line([(38, 78), (47, 83.6), (58, 82)], 1.0, easel.accent)
        easel.words(latin(look.brand), 51, 70, 3.2, legible(easel.colour), width=20)
        easel.glint([(39, 30), (37.5, 48), (36.5, 66)], 2.4, 0.28, hull)


def _slim(easel: Easel, look: Look) -> None:
    chance = easel.chance
    lean, half, tall = chance.uniform(6, 26), chance.uniform(20, 23), chance.uniform(70, 76)
    seam, metal, ring = chance.random() < 0.65, chance.random() < 0.5, chance.random() < 0.5
    square, top = chance.uniform(0.8, 0.98), 50 - tall / 2
    with easel.turned(lean if look.view == 0 else -lean * 0.6, (50, 50)):
        half_line = [(50, top), (50 - half * square * 0.8, top + 2.5), (50 - half, top + tall * 0.26)]
        half_line += [(50 - half * 0.97, top + tall * 0.6), (50 - half * 0.8, top + tall * 0.9), (50, top + tall)]
        base = shapes.smooth([*half_line, *[(100 - x, y) for x, y in reversed(half_line[1:-1])]])
        rim = easel.of("aluminium", STEEL) if metal else easel.of("plastic")
        easel.part(shapes.moved(base, 0.3, 1.3, scale=1.015), rim, Volume.SOFT)
        hull = easel.part(base, solid(easel.body), Volume.SOFT, depth=1.1)
        if seam:
            _mouse_lines(easel, hull, 50, top + tall * 0.42)
        _mouse_wheel(easel, 50, top + tall * 0.1, tall * 0.15, ring)
        lamp(easel, 50, top + tall * 0.33, 0.5, (120, 230, 150))
        easel.words(latin(look.brand), 50, top + tall * 0.78, 3.2, legible(easel.colour), width=20)
        easel.glint([(50 - half * 0.7, top + 12), (50 - half * 0.78, top + tall * 0.45),
            (50 - half * 0.68, top + tall * 0.72)], 3, 0.3, hull)  # fmt: skip


def _mouse_lines(easel: Easel, hull: skia.Path, middle: float, end: float) -> None:
    """The gaps about the two buttons."""
    bounds = hull.computeTightBounds()
    across = [(bounds.left(), end + 3), (middle, end), (bounds.right(), end + 3)]
    easel.canvas.save()
    easel.canvas.clipPath(hull, skia.ClipOp.kIntersect, True)
    for line in (across, [(middle, bounds.top()), (middle, end)]):
        easel.line(line, 0.5, (0, 0, 0), 0.55)
        easel.line([(x + 0.45, y + 0.4) for x, y in line], 0.3, WHITE, 0.35)
    easel.canvas.restore()


def _mouse_wheel(easel: Easel, x: float, y: float, long: float, ring: bool) -> None:
    fill(easel, shapes.box(x - 3, y - 1, 6, long + 2, 3), (12, 12, 14))
    easel.part(shapes.box(x - 2.2, y, 4.4, long, 2), soft_black(), Volume.ROLL)
    for place in range(1, int(long)):
        easel.line([(x - 1.9, y + place), (x + 1.9, y + place)], 0.25, BLACK, 0.8, bent=False)
    if ring:
        for side in (-1, 1):
            easel.line([(x + side * 2.2, y + 1.6), (x + side * 2.2, y + long - 1.6)], 0.5, easel.accent)
