"""Cameras."""

from __future__ import annotations

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.device_parts import (
    BLACK,
    STEEL,
    cord,
    grille,
    lamp,
    latin,
    legible,
    lens,
    light_over,
    soft_black,
    solid,
)
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.ground import Ground
from bowerbird.demo.draw.stuff import mixed, shade
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import Look


def draw_camera(easel: Easel, look: Look) -> None:
    """A camera from the front. Raises KeyError for another silhouette."""
    easel.ground = Ground.STANDING
    {"mirrorless": _mirrorless, "compact": _compact}[look.silhouette](easel, look)


def _mirrorless(easel: Easel, look: Look) -> None:
    chance = easel.chance
    half, tall = chance.uniform(33, 36), chance.uniform(38, 43)
    hump, strap = chance.choice((0, 1, 2)), chance.random() < 0.6
    reach, aside, coating = chance.uniform(17, 19.5), chance.uniform(2, 6), chance.random()
    metal_top, red_ring = chance.random() < 0.5, chance.random() < 0.6
    body, top = solid(easel.body), 80 - tall
    left, right, cx, cy = 50 - half, 50 + half, 50 + aside, 80 - tall * 0.47
    if strap:
        _strap(easel, left, right, top)
    _top_dials(easel, left, right, top)
    if hump:
        roof = [(cx - 13, top + 3), (cx - 9, top - 8), (cx + 9, top - 8), (cx + 13, top + 3)]
        shape = (
            shapes.polygon(roof) if hump == 1 else shapes.smooth([roof[0], *[p for p in roof for _ in (0, 1)], roof[3]])
        )
        easel.part(shapes.box(cx - 4.5, top - 9.6, 9, 2.4, 0.4), easel.of("steel", (120, 124, 130)), Volume.FLAT)
        easel.part(shape, body, Volume.SOFT)
        easel.words(latin(look.brand), cx, top - 3.4, 3.2, legible(easel.colour), width=16)
    case = easel.part(shapes.box(left, top, 2 * half, tall, 5), body, Volume.SOFT)
    if metal_top:
        plate = shapes.within(case, shapes.box(left, top, 2 * half, tall * 0.26))
        easel.part(plate, easel.of("aluminium", mixed(easel.colour, STEEL, 0.55)), Volume.FLAT)
    skin = shapes.within(case, shapes.box(left, top + tall * 0.26, 2 * half, tall * 0.6))
    easel.part(skin, easel.of("leather", shade(easel.colour, 0.86)), Volume.FLAT, depth=0.8)
    for y in (top + tall * 0.26, top + tall * 0.86):
        easel.line([(left + 0.4, y), (right - 0.4, y)], 0.3, BLACK, 0.4)
    light_over(easel, case, body, Volume.SOFT, 0.7)
    grip = shapes.smooth([(left + 1, top + 4), (left + 8, top + 2.5), (left + 13, top + 6), (left + 12, 70),
        (left + 10, 79), (left + 1.5, 79.5), (left - 1, 60)])  # fmt: skip
    easel.part(grip, easel.of("leather", shade(easel.colour, 0.8)), Volume.ROUND, depth=0.8, shadow=1)
    if not hump:
        easel.words(latin(look.brand), left + 20, top + tall * 0.14, 3, legible(easel.colour), width=15)
        easel.part(shapes.box(right - 17, top + 2.2, 10, 6, 1), easel.of("plastic", BLACK), Volume.BEVEL)
    lamp(easel, cx + reach + 2, top + (7 if hump else 11.4), 0.7, (255, 140, 70))
    _big_lens(easel, cx, cy, reach, coating, red_ring, look)


def _strap(easel: Easel, left: float, right: float, top: float) -> None:
    """A strap that rises from one lug and falls to the other behind the camera."""
    half = [(left + 1, top + 5), (left - 2, top - 6), (left + 4, top - 17), (33, top - 24), (50, top - 26)]
    other = [(left + right - x, y) for x, y in reversed(half[:-1])]
    cord(easel, [*half, *other], 3.2, easel.of("leather"))
    for x in (left + 1.5, right - 1.5):
        easel.part(shapes.ring(x, top + 5.5, 2, 1.2), easel.of("steel", STEEL), Volume.SOFT)


def _top_dials(easel: Easel, left: float, right: float, top: float) -> None:
    """Shutter, mode wheel and a second wheel on the top plate."""
    easel.part(shapes.box(left + 5, top - 3.4, 8, 5, 1.4), easel.of("aluminium", STEEL), Volume.ROUND)
    easel.part(shapes.box(left + 6.8, top - 5, 4.4, 2.2, 0.8), easel.of("steel"), Volume.ROUND)
    for x, wide in ((left + 17, 8), (right - 16, 10)):
        wheel = easel.part(shapes.box(x, top - 4.6, wide, 6, 0.8), easel.of("aluminium", (92, 94, 98)), Volume.ROUND)
        for ridge in range(1, int(wide * 1.4)):
            along = x + ridge / 1.4
            easel.line([(along, top - 4.2), (along, top)], 0.18, BLACK, 0.55)
        easel.edge(wheel, 0.2)


def _big_lens(easel: Easel, x: float, y: float, reach: float, coating: float, ring: bool, look: Look) -> None:
    """A lens in its mount, seen from the front: barrel, ribbed focus ring, name ring, glass."""
    dark = (36, 37, 41)
    easel.part(shapes.ellipse(x, y, reach * 1.1), easel.of("steel", STEEL), Volume.SOFT, shadow=1.2)
    barrel = easel.part(shapes.ellipse(x, y + 0.6, reach), easel.of("plastic", dark), Volume.SOFT, shadow=1.2)
    for place in range(60):
        ends = [shapes.around(x, y + 0.6, reach * share, place * 6) for share in (0.91, 0.99)]
        easel.line(ends, 0.35, (0, 0, 0), 0.55, bent=False)
    easel.edge(barrel, 0.3, (120, 122, 128), 0.4)
    easel.part(shapes.ellipse(x, y, reach * 0.88), easel.of("plastic", (28, 29, 33)), Volume.SOFT, depth=1.2)
    if ring:
        easel.edge(shapes.ellipse(x, y, reach * 0.85), 0.8, easel.accent, 0.95)
    front = easel.part(shapes.ellipse(x, y, reach * 0.74), easel.of("plastic", (20, 21, 24)), Volume.FLAT)
    text = "18-55" if look.silhouette == "mirrorless" else "5x ZOOM"
    for word, turn in ((text, 0), (latin(look.brand).upper(), 180)):
        with easel.turned(turn, (x, y)):
            easel.words(word, x, y - reach * 0.66, reach * 0.1, (200, 202, 206), width=reach * 0.7)
    easel.edge(front, 0.25, (150, 152, 158), 0.5)
    lens(easel, x, y, reach * 0.58, coating)


def _compact(easel: Easel, look: Look) -> None:
    chance = easel.chance
    half, tall = chance.uniform(34, 37), chance.uniform(41, 46)
    reach, aside, coating = chance.uniform(14.5, 17), chance.uniform(3, 9), chance.random()
    corner, loop, band = chance.uniform(4, 12), chance.random() < 0.5, chance.random() < 0.4
    body, top = solid(easel.body), 78 - tall
    left, right = 50 - half, 50 + half
    if loop:
        line = [(right - 1, top + 9), (right + 6, top + 18), (right + 5, 74), (right + 1, 84), (right - 6, 82)]
        cord(easel, line, 1.6, easel.of("nylon"))
    easel.part(shapes.box(left + 9, top - 2.6, 12, 4, 1), easel.of("aluminium", STEEL), Volume.ROUND)
    easel.part(shapes.box(left + 12, top - 4, 6, 2.2, 0.8), easel.of("steel", STEEL), Volume.ROUND)
    easel.part(shapes.box(left + 25, top - 1.4, 5, 2.4, 0.6), easel.of("plastic"), Volume.ROUND)
    case = easel.part(shapes.box(left, top, 2 * half, tall, corner), body, Volume.SOFT)
    if band:
        easel.part(shapes.within(case, shapes.box(left, top, 2 * half, 9)), easel.of("aluminium", STEEL), Volume.FLAT)
        light_over(easel, case, body, Volume.SOFT, 0.6)
    easel.part(shapes.box(left + 4, top + tall * 0.34, 4.2, tall * 0.46, 2), soft_black(), Volume.ROUND, shadow=0.4)
    flash = shapes.box(left + 10, top + 4, 10, 5, 1.2)
    easel.part(flash, easel.of("plastic", (240, 240, 232)), Volume.BEVEL)
    grille(easel, flash, 0.8, 0.2, (120, 120, 120), 0.6)
    lamp(easel, left + 24, top + 6.5, 0.8, (255, 140, 70))
    easel.words(latin(look.brand), left + 15, 78 - tall * 0.14, 3.6, legible(easel.colour), width=13)
    x, y = 50 + aside, 78 - tall * 0.47
    easel.part(shapes.ellipse(x, y, reach * 1.22), body.shade(0.9), Volume.SOFT, shadow=1)
    _big_lens(easel, x, y, reach, coating, True, look)
