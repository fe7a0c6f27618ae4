"""Yoga mats."""

from __future__ import annotations

import math

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.device_parts import BLACK, WHITE, cord, fill, grade, latin, legible, soft_black
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.ground import Ground
from bowerbird.demo.draw.shapes import Point
from bowerbird.demo.draw.stuff import Stuff, lightness, mixed, shade
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import Look


def draw_yoga_mat(easel: Easel, look: Look) -> None:
    """A yoga mat, rolled up with straps or half unrolled. Raises KeyError for another silhouette."""
    easel.ground = Ground.LYING
    {"rolled": _rolled, "half_rolled": _half_rolled}[look.silhouette](easel, look)


def _spiral(x: float, y: float, across: float, down: float, turns: float) -> list[Point]:
    """A spiral squeezed into an ellipse, from outside to inside."""
    steps = int(turns * 16)
    points = []
    for step in range(steps + 1):
        share = 1 - 0.86 * step / steps
        angle = 2 * math.pi * turns * step / steps
        points.append((x + across * share * math.cos(angle), y + down * share * math.sin(angle)))
    return points


def _roll_end(
    easel: Easel, x: float, y: float, across: float, down: float, turns: float, under: tuple[int, int, int]
) -> None:
    """The end of a roll: its layers wound round each other."""
    face = easel.part(
        shapes.ellipse(x, y, across, down), Stuff(shade(easel.colour, 0.85), easel.body.finish), Volume.FLAT
    )
    line = _spiral(x, y, across * 0.97, down * 0.97, turns)
    easel.line(line, down / turns * 0.42, under)
    easel.line(line, down / turns * 0.16, BLACK, 0.55)
    grade(easel, face, (x, y - down), (x, y + down), [(WHITE, 0.18), (BLACK, 0.0), (BLACK, 0.3)])
    fill(easel, shapes.ellipse(x, y, across * 0.13, down * 0.13), (14, 14, 16), 0.9)


def _rolled(easel: Easel, look: Look) -> None:
    chance = easel.chance
    thick, half, lean = chance.uniform(13, 17), chance.uniform(33, 37), chance.uniform(18, 38)
    turns, loop, band = chance.uniform(4, 6.5), chance.random() < 0.7, chance.uniform(3.4, 5)
    reach = chance.uniform(0.45, 0.62)
    under = easel.accent if chance.random() < 0.5 else mixed(easel.colour, WHITE, 0.45)
    end, left, right = thick * 0.36, 50 - half, 50 + half - 4
    with easel.turned(-lean if look.view == 0 else -lean * 0.5, (50, 50)):
        tube = shapes.joined(shapes.box(left, 50 - thick, right - left, 2 * thick),
            shapes.ellipse(left, 50, end, thick), shapes.ellipse(right, 50, end, thick))  # fmt: skip
        easel.part(tube, easel.body, Volume.ROLL)
        flap = [
            (left - end * 0.86, 50 + thick * 0.52),
            (50, 50 + thick * 0.55),
            (right + end * 0.86, 50 + thick * 0.52),
        ]
        easel.crease([(x, y + 0.9) for x, y in flap], 1.4, 0.5, tube)
        easel.glint(flap, 0.5, 0.5, tube)
        _roll_end(easel, right, 50, end, thick, turns, under)
        if look.pattern == "plain":
            easel.words(latin(look.brand), 50, 50 + thick * 0.16, 4, legible(easel.colour), width=half * reach)
        strap = easel.of("nylon")
        for side in (-1, 1):
            x = 50 + side * half * reach - 2
            wrap = [(x, 50 - thick - 0.2), (x + end * 0.72, 50 - thick * 0.72), (x + end, 50)]
            wrap += [(x + end * 0.72, 50 + thick * 0.72), (x, 50 + thick + 0.2)]
            held = shapes.moved(tube, scale=1.025)
            path = easel.part(shapes.within(shapes.ribbon(wrap, band), held), strap, Volume.ROLL, shadow=0.8)
            easel.edge(path, 0.2, BLACK, 0.35)
            buckle = shapes.box(x + end - 2.6, 47, 5.2, 6.4, 1)
            easel.part(buckle, soft_black(), Volume.BEVEL, shadow=0.5)
        if loop:
            arch = [(50 - half * reach - 1, 50 - thick), (50 - half * reach * 0.6, 50 - thick - 11)]
            arch += [(50, 50 - thick - 14), (48 + half * reach * 0.6, 50 - thick - 11), (48 + half * reach, 50 - thick)]
            cord(easel, arch, band * 0.8, strap)


def _half_rolled(easel: Easel, look: Look) -> None:
    chance = easel.chance
    half, far, thick = chance.uniform(25, 29), chance.uniform(0.84, 0.92), chance.uniform(7.5, 10)
    foot, start, lean = 86.0, chance.uniform(31, 36), chance.uniform(-10, 10)
    art, turns = chance.randrange(4), chance.uniform(3, 5)
    under = mixed(easel.colour, easel.accent if chance.random() < 0.5 else WHITE, 0.2)
    with easel.turned(lean if look.view == 0 else -lean - 6, (50, 52)):
        back = half * far
        sheet = shapes.polygon([(50 - back, start), (50 + back, start), (50 + half, foot), (50 - half, foot)])
        easel.part(shapes.moved(sheet, 0.3, 1.1), Stuff(shade(under, 0.8)), Volume.FLAT)
        easel.part(sheet, easel.body, Volume.FLAT, depth=1.2)
        easel.line([(50 - half + 0.4, foot - 0.2), (50 + half - 0.4, foot - 0.2)], 0.4, WHITE, 0.4)
        _mat_art(easel, art, (start + foot) / 2 + 6, half)
        easel.words(latin(look.brand), 50, foot - 6, 3.4, legible(easel.colour), width=half)
        easel.shadow_patch(shapes.box(50 - back, start - 2, 2 * back, 7), 0.45, 1.6, sheet)
        roll = shapes.joined(shapes.box(50 - back, start - 2 * thick + 2, 2 * back, 2 * thick),
            shapes.ellipse(50 - back, start - thick + 2, 2.4, thick))  # fmt: skip
        easel.part(roll, Stuff(under, easel.body.finish), Volume.ROLL)
        _roll_end(easel, 50 + back, start - thick + 2, 3.2, thick, turns, under)


def _mat_art(easel: Easel, style: int, y: float, half: float) -> None:
    """What is printed on a mat: lines to stand on, a lotus or rings."""
    ink = mixed(easel.colour, WHITE, 0.5) if lightness(easel.colour) < 0.6 else shade(easel.colour, 0.7)
    if style == 0:
        easel.line([(50, y - 30), (50, y + 24)], 0.6, ink, 0.8)
        for down in (-16, 4, 20):
            easel.line([(50 - half * 0.6, y + down), (50 + half * 0.6, y + down)], 0.6, ink, 0.8)
    elif style == 1:
        for turn in (-60, -30, 0, 30, 60):
            petal = shapes.smooth([(50, y - 15), (50, y - 15), (53.6, y - 6), (50, y), (50, y), (46.4, y - 6)])
            easel.edge(shapes.moved(petal, turn=turn, about=(50, y)), 0.6, ink, 0.9)
        easel.edge(shapes.ellipse(50, y + 3, 3, 1), 0.6, ink, 0.9)
    elif style == 2:
        for radius in (14, 10, 6):
            easel.edge(shapes.ellipse(50, y - 4, radius, radius * 0.8), 0.6, ink, 0.8)
        for place in range(12):
            easel.line([shapes.around(50, y - 4, radius, place * 30) for radius in (4, 8)], 0.6, ink, 0.8)
