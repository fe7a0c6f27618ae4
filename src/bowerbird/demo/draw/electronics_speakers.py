"""Speakers."""

from __future__ import annotations

import random

import skia

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.device_parts import (
    BLACK,
    STEEL,
    WHITE,
    cord,
    grade,
    grille,
    lamp,
    latin,
    legible,
    light_over,
    screw,
    soft_black,
    solid,
)
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.ground import Ground
from bowerbird.demo.draw.stuff import lightness, mixed, shade
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import Look


def draw_speaker(easel: Easel, look: Look) -> None:
    """A speaker standing on a table. Raises KeyError for another silhouette."""
    easel.ground = Ground.STANDING
    {"cylinder": _cylinder_speaker, "box": _box_speaker}[look.silhouette](easel, look)


def _cylinder_speaker(easel: Easel, look: Look) -> None:
    chance = easel.chance
    half, tall = chance.uniform(17, 27), chance.uniform(52, 66)
    flat, holes, ring = half * chance.uniform(0.2, 0.26), chance.random() < 0.5, chance.random() < 0.6
    loop, badge = chance.random() < 0.5, chance.randrange(3)
    body, top, foot = solid(easel.body), 84 - tall, 84.0
    if loop:
        side = 1 if look.view == 0 else -1
        strap = [
            (50 + side * (half - 1), top + 10),
            (50 + side * (half + 9), top + 15),
            (50 + side * (half + 8), top + 30),
        ]
        cord(easel, [*strap, (50 + side * (half - 1), top + 33)], 2.2, easel.of("nylon"))
    base = shapes.joined(shapes.box(50 - half, foot - 8, 2 * half, 8), shapes.ellipse(50, foot, half, flat))
    easel.part(base, soft_black(), Volume.ROUND)
    tube = shapes.joined(shapes.box(50 - half, top, 2 * half, tall - 6), shapes.ellipse(50, foot - 6, half, flat),
        shapes.ellipse(50, top, half, flat))  # fmt: skip
    easel.part(tube, body, Volume.ROUND)
    if look.material != "nylon":
        low = shapes.moved(tube, 0, 7 if holes else 3)
        mesh = shapes.without(shapes.within(low, tube), shapes.ellipse(50, top + 3, half * 1.2, flat * 1.2))
        grille(easel, mesh, 1.7, 0.85, shade(easel.colour, 0.25), 0.7, rounded=True)
    seam = [(50 - half, top + 0.5), (50 - half * 0.7, top + flat * 0.78), (50, top + flat + 0.6)]
    seam += [(100 - x, y) for x, y in reversed(seam[:-1])]
    easel.part(shapes.ribbon([(x, y + 1.4) for x, y in seam], 2.2, square=True), easel.of("aluminium"), Volume.ROUND)
    lid = easel.part(
        shapes.ellipse(50, top, half, flat), soft_black() if ring else body.plain().shade(0.8), Volume.SOFT
    )
    if ring:
        easel.edge(shapes.ellipse(50, top, half * 0.66, flat * 0.66), 0.9, (110, 220, 255), 0.85)
    for x, kind in ((-0.34, 0), (0, 1), (0.34, 2)):
        _touch_key(easel, 50 + half * x, top, kind, (214, 216, 220) if ring else legible(easel.colour))
    easel.glint([(50 - half * 0.8, top - flat * 0.3), (50, top - flat * 0.86)], 0.7, 0.6, lid)
    _badge(easel, 50, top + tall * (0.7 if badge else 0.5), half, badge, look)


def _touch_key(easel: Easel, x: float, y: float, kind: int, colour: tuple[int, int, int]) -> None:
    """Less, play, more."""
    if kind == 1:
        easel.part(shapes.polygon([(x - 1, y - 1.1), (x + 1.5, y), (x - 1, y + 1.1)]), easel.of("matte", colour))
        return
    easel.line([(x - 1.3, y), (x + 1.3, y)], 0.5, colour)
    if kind == 2:
        easel.line([(x, y - 0.9), (x, y + 0.9)], 0.5, colour)


def _badge(easel: Easel, x: float, y: float, half: float, style: int, look: Look) -> None:
    """The maker's name: on a metal plate, on a strip of rubber, or standing up the side."""
    name = latin(look.brand)
    if style == 0:
        easel.words(name, x, y, 6, mixed(easel.accent, WHITE,
            0.35) if lightness(easel.colour) < 0.5 else easel.accent, width=30, turn=-90)  # fmt: skip
    elif style == 1:
        plate = easel.part(shapes.box(x - half * 0.48, y - 3, half * 0.96, 6, 1.2), easel.of("steel"), shadow=0.5)
        easel.edge(plate, 0.25)
        easel.words(name, x, y, 3, BLACK if lightness(easel.accent) > 0.4 else WHITE, width=half * 0.8)
    else:
        easel.part(shapes.box(x - half * 0.5, y - 3.4, half, 6.8, 3.4), soft_black(), Volume.SOFT, shadow=0.5)
        easel.words(name, x, y, 2.8, (230, 230, 230), width=half * 0.7)


def _box_speaker(easel: Easel, look: Look) -> None:
    chance = easel.chance
    half, tall, deep = chance.uniform(30, 36), chance.uniform(42, 54), chance.uniform(6, 9)
    handle, knobs, cloth = chance.random() < 0.6, chance.choice((2, 3, 4)), chance.random() < 0.55
    dark = chance.random() < 0.5
    body, top = solid(easel.body), 84 - tall
    left, right = 50 - half, 50 + half
    if handle:
        arch = [(left + 8, top - deep + 1), (left + 9, top - deep - 8), (50, top - deep - 10)]
        arch += [(100 - x, y) for x, y in reversed(arch[:-1])]
        cord(easel, arch, 3, easel.of("leather"))
        for x in (left + 8, right - 8):
            easel.part(shapes.box(x - 2, top - deep - 2, 4, 4, 0.8), easel.of("steel", STEEL), Volume.ROUND)
    roof = shapes.polygon([(left + 4, top - deep), (right - 4, top - deep), (right, top + 1), (left, top + 1)])
    easel.part(roof, body.shade(1.12), Volume.FLAT)
    for place in range(knobs):
        _knob(easel, right - 11 - place * 7.5, top - deep * 0.55, 2.4)
    lamp(easel, left + 9, top - deep * 0.5, 0.5, (255, 96, 80))
    front = easel.part(shapes.box(left, top, 2 * half, tall, 3.2), body, Volume.BEVEL)
    cover = shapes.box(left + 3.4, top + 3.4, 2 * half - 6.8, tall - 6.8, 2)
    tone = mixed(easel.colour, BLACK, 0.72) if dark else mixed(easel.colour, easel.accent, 0.25)
    easel.shadow_patch(cover, 0.4, 0.6, front)
    easel.part(cover, easel.of("canvas" if cloth else "matte", shade(tone, 0.9)), Volume.FLAT, depth=1.3)
    for x in (-0.47, 0.47):
        _cone(easel, 50 + half * x, top + tall * 0.5, min(half * 0.38, tall * 0.36), cover, covered=cloth)
    if not cloth:
        light_over(easel, cover, easel.of("plastic"), Volume.FLAT)
    _badge(easel, 50, top + tall - 8.4, 15, 1 + chance.randrange(2), look)
    for x in (left + 6, right - 10):
        easel.part(shapes.box(x, 83.6, 4, 2.2, 0.6), soft_black(), Volume.FLAT)


def _knob(easel: Easel, x: float, y: float, reach: float) -> None:
    easel.part(
        shapes.box(x - reach, y - reach * 0.7, 2 * reach, reach * 1.5, reach * 0.6), easel.of("steel"), Volume.ROUND
    )
    easel.part(shapes.ellipse(x, y - reach * 0.7, reach, reach * 0.42), easel.of("steel", STEEL), Volume.FLAT)
    easel.line([(x, y - reach * 0.7), (x + reach * 0.5, y - reach * 0.95)], 0.3, BLACK, 0.8)


def _cone(easel: Easel, x: float, y: float, reach: float, inside: skia.Path, *, covered: bool) -> None:
    """The paper cone of a driver, seen behind cloth or open behind wire."""
    if covered:
        easel.shadow_patch(shapes.ellipse(x, y, reach), 0.3, 0.9, inside)
        easel.shadow_patch(shapes.ellipse(x, y, reach * 0.45), 0.25, 0.9, inside)
        return
    easel.part(shapes.ellipse(x, y, reach * 1.1), easel.of("steel", (92, 95, 101)), Volume.SOFT, shadow=0.4)
    easel.part(shapes.ellipse(x, y, reach), soft_black(), Volume.SOFT)
    cone = easel.part(shapes.ellipse(x, y, reach * 0.8), easel.of("paper", (58, 58, 62)), Volume.FLAT)
    grade(easel, cone, (x, y - reach * 0.8), (x, y + reach * 0.8), [((0, 0, 0), 0.65), ((120, 122, 128), 0.35)])
    easel.part(shapes.ellipse(x, y, reach * 0.32), easel.of("aluminium"), Volume.BALL)
    chance = random.Random(round(x))
    for place in range(4):
        screw(easel, *shapes.around(x, y, reach * 1.02, 45 + 90 * place), 0.55, chance.uniform(0, 180))
