"""Backpacks and suitcases."""

from __future__ import annotations

import skia

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.fittings import (
    brand_mark,
    buckle,
    hardware,
    mirror_line,
    panel,
    puller,
    rivet,
    strap,
    thread,
    trim,
    zip_line,
)  # fmt: skip
from bowerbird.demo.draw.gleams import SILVER, inset, metal_of, seam
from bowerbird.demo.draw.ground import Ground
from bowerbird.demo.draw.stuff import Stuff, lightness, mixed, shade
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import RGB, Look


def draw_backpack(easel: Easel, look: Look) -> None:
    """A backpack: round-topped with zips, or rolled shut and strapped down."""
    easel.ground = Ground.STANDING
    {"round": _round_top, "roll_top": _roll_top}[look.silhouette](easel, look)


def _carrying(easel: Easel, wide: float, top: float, leather: Stuff) -> None:
    """The shoulder straps that show beside the back, and the loop on top."""
    for side in (-1, 1):
        x = 50 + side * wide
        points = [(x - side * 8, top + 10), (x + side * 0.8, top + 22), (x + side * 1.6, 70), (x - side * 3, 84)]
        strap(easel, points, 5.6, easel.body.plain().shade(0.58), shadow=0)
    loop = mirror_line([(43.5, top + 4), (44.4, top - 4.6), (50, top - 6)])
    strap(easel, loop, 2.8, leather)


def _round_top(easel: Easel, look: Look) -> None:
    chance = easel.chance
    wide, tall, crown = chance.uniform(25, 30), chance.uniform(62, 69), chance.uniform(17, 26)
    metal, leather, mark = hardware(easel), trim(easel), chance.randrange(2)
    tag = easel.of("nylon") if chance.random() < 0.6 else None
    share, lash = chance.uniform(0.4, 0.52), chance.random() < 0.4
    booted, second = chance.random() < 0.4, chance.random() < 0.4
    top, foot = 88 - tall, 88.0
    dark = shade(easel.colour, 0.42)
    _carrying(easel, wide, top, leather)
    for side in (-1, 1):
        near, far = 50 + side * wide * 0.8, 50 + side * (wide + 3.8)
        easel.part(shapes.smooth([(near, 62), (far, 63), (far, 82), (near, 86)]), easel.of("nylon", dark), Volume.SOFT)
    body = panel([(50 - wide * 0.98, top, crown), (50 - wide * 1.02, foot, 8)])
    easel.part(body, easel.body, Volume.SOFT, depth=0.85)
    bend = [(50 - wide * 0.88, top + crown * 0.94), (50 - wide * 0.56, top + 5.4)]
    arch = mirror_line([(50 - wide * 0.89, 62), *bend, (50, top + 3.9)])
    zip_line(easel, shapes.smooth(arch, closed=False), metal, dark, 2.4)
    puller(easel, 50 + wide * 0.885, top + crown + 6, metal, tag, -3)
    if booted:
        boot = shapes.within(body, shapes.box(0, foot - 12, 100, 20))
        easel.part(boot, leather, Volume.SOFT, shadow=0.3, depth=0.8)
    if lash:
        _lash_tab(easel, 50, top + tall * (1 - share) * 0.5, leather)
    high = foot - 6 - tall * share
    easel.crease(mirror_line([(50 - wide * 0.8, high - 1.5), (50, high - 2.4)]), 1.6, 0.2, body)
    _front_pocket(easel, (wide, high, foot), metal, tag)
    if second:
        zip_line(easel, shapes.polyline([(50 - wide * 0.5, high + 17), (50 + wide * 0.5, high + 17)]), metal, dark, 2.0)
    brand_mark(easel, 50, high + (26 if second else 17), 14, metal, mark)


def _front_pocket(easel: Easel, place: tuple[float, float, float], metal: RGB, tag: Stuff | None) -> None:
    """The pocket with its bent zip; ``place``: half the bag's width, the pocket's top, the bag's foot."""
    wide, high, foot = place
    pocket = panel([(50 - wide * 0.8, high, 7), (50 - wide * 0.82, foot - 5, 6)])
    easel.part(pocket, easel.body, Volume.SOFT, shadow=1.4, depth=0.8)
    corner = [(50 - wide * 0.66, high + 4.6), (50 - wide * 0.5, high + 3.4)]
    mouth = mirror_line([(50 - wide * 0.72, high + 9), *corner, (50, high + 3.2)])
    zip_line(easel, shapes.smooth(mouth, closed=False), metal, shade(easel.colour, 0.42), 2.2)
    seam(easel, inset(pocket, 1.0))
    puller(easel, 50 - wide * 0.36, high + 3.3, metal, tag, 4)


def _lash_tab(easel: Easel, x: float, y: float, leather: Stuff) -> None:
    """The diamond of leather with two slots."""
    diamond = shapes.regular(x, y, 4.6, 4)
    easel.part(diamond, leather, Volume.SOFT, shadow=0.7)
    seam(easel, shapes.regular(x, y, 3.7, 4), thread(leather), 0.24, 0.7)
    for side in (-1, 1):
        easel.part(shapes.box(x + side * 1.3 - 0.35, y - 1.2, 0.7, 2.4, 0.35), leather.shade(0.25), Volume.FLAT)


def _roll_top(easel: Easel, look: Look) -> None:
    chance = easel.chance
    wide, tall, roll = chance.uniform(24, 29), chance.uniform(60, 68), chance.uniform(8, 11)
    metal, leather, mark, two = hardware(easel), trim(easel), chance.randrange(2), chance.random() < 0.5
    upright, laced, bottom = chance.random() < 0.5, chance.random() < 0.35, chance.random() < 0.6
    top, foot = 88 - tall, 88.0
    dark = shade(easel.colour, 0.42)
    _carrying(easel, wide, top + 4, leather)
    body = panel(
        [(50 - wide * 0.92, top + roll * 0.5, 2), (50 - wide * 0.98, top + 26, 60), (50 - wide * 1.02, foot, 7)]
    )
    easel.part(body, easel.body, Volume.SOFT, depth=0.85)
    easel.crease(
        mirror_line([(50 - wide * 0.8, top + roll + 5), (50 - wide * 0.3, top + roll + 7), (50, top + roll + 4)]),
        1.6,
        0.22,
        body,
    )
    if bottom:
        boot = shapes.within(body, shapes.box(0, foot - 13, 100, 20))
        easel.part(boot, leather, Volume.SOFT, shadow=0.3, depth=0.8)
    high = top + tall * 0.5
    pocket = shapes.box(50 - wide * 0.74, high, wide * 1.48, foot - 6 - high, 3)
    easel.part(pocket, easel.body, Volume.SOFT, shadow=1.2, depth=0.75)
    seam(easel, inset(pocket, 1.0))
    if upright:
        zip_line(easel, shapes.polyline([(50 - wide * 0.5, high + 3), (50 - wide * 0.5, foot - 10)]), metal, dark, 2.2)
        puller(easel, 50 - wide * 0.5, high + 4, metal)
    else:
        zip_line(easel, shapes.polyline([(50 - wide * 0.64, high + 5), (50 + wide * 0.64, high + 5)]), metal, dark, 2.2)
        puller(easel, 50 + wide * 0.5, high + 5, metal)
    if laced:
        for place in range(4):
            y = high + 9 + place * 5
            for start, end in ((-1, 1), (1, -1)):
                easel.line([(50 + start * 6, y), (50 + end * 6, y + 5)], 0.8, easel.accent, bent=False)
    roll_path = shapes.box(50 - wide * 0.99, top - 1, wide * 1.98, roll, roll * 0.45)
    easel.part(roll_path, easel.body, Volume.ROLL, shadow=1.6, depth=0.8)
    easel.crease([(50 - wide * 0.94, top + roll * 0.62), (50 + wide * 0.94, top + roll * 0.62)], 0.7, 0.4, roll_path)
    for x in (50 - wide * 0.5, 50 + wide * 0.5) if two else (50.0,):
        easel.part(shapes.box(x - 1.9, top - 1.6, 3.8, roll + 17, 0.8), leather, Volume.SOFT, shadow=1.2)
        seam(easel, shapes.box(x - 1.3, top - 1, 2.6, roll + 16, 0.5), thread(leather), 0.24, 0.7)
        buckle(easel, x, top + roll + 6, 5.6, 4.6, metal)
    brand_mark(easel, 50 if not upright else 50 + wide * 0.14, foot - 16 if not laced else high - 5, 13, metal, mark)


def draw_suitcase(easel: Easel, look: Look) -> None:
    """A suitcase on wheels: a ribbed hard shell, or cloth with pockets."""
    easel.ground = Ground.STANDING
    chance = easel.chance
    wide, tall, out = chance.uniform(24, 30), chance.uniform(56, 62), chance.uniform(12, 16)
    grip = chance.uniform(0.36, 0.5)
    top, foot = 87 - tall, 87.0
    rise = out if look.view == 0 else out * 0.55
    _telescope(easel, wide * grip, top, rise)
    for side in (-1, 1):
        for x in (50 + side * wide * 0.78, 50 + side * wide * 0.5):
            _wheel(easel, x, foot + 1.4, 2.6 if abs(x - 50) > wide * 0.6 else 2.1)
    if look.silhouette == "hard":
        _hard_shell(easel, look, wide, top, foot)
    else:
        _soft_shell(easel, wide, top, foot)


def _telescope(easel: Easel, reach: float, top: float, rise: float) -> None:
    for side in (-1, 1):
        x = 50 + side * reach
        easel.part(shapes.box(x - 1.1, top - rise, 2.2, rise + 4), easel.of("silver", SILVER), Volume.ROUND)
        easel.part(shapes.box(x - 1.6, top - 1.6, 3.2, 3), easel.of("plastic", (44, 46, 50)), Volume.ROUND)
    bar = shapes.box(50 - reach - 3, top - rise - 3.6, 2 * reach + 6, 4.8, 2.2)
    easel.part(bar, easel.of("plastic", (40, 42, 46)), Volume.ROLL)
    easel.part(shapes.box(47.6, top - rise - 2.8, 4.8, 1.8, 0.8), easel.of("plastic"), Volume.BEVEL)


def _wheel(easel: Easel, x: float, y: float, radius: float) -> None:
    easel.part(
        shapes.box(x - radius * 0.7, y - 3.4, radius * 1.4, 3.4, 0.6), easel.of("plastic", (58, 60, 64)), Volume.ROUND
    )
    easel.part(shapes.ellipse(x, y, radius * 0.82, radius), easel.of("rubber", (34, 35, 38)), Volume.BALL)
    easel.part(shapes.ellipse(x, y, radius * 0.36, radius * 0.44), easel.of("silver", SILVER), Volume.BALL)


def _hard_shell(easel: Easel, look: Look, wide: float, top: float, foot: float) -> None:
    chance = easel.chance
    corner, ribs, style = chance.uniform(5, 10), chance.choice((5, 7, 9)), chance.randrange(3)
    guards, metal, depth = chance.random() < 0.5, hardware(easel), 4.0
    side = panel([(50 - wide - depth * 0.2, top + 1.5, corner), (50 - wide - depth * 0.2, foot, corner)])
    easel.part(shapes.moved(side, depth * 0.75, -0.9), easel.of("matte", shade(easel.colour, 0.5)), Volume.SOFT)
    shell = panel([(50 - wide, top, corner), (50 - wide, foot, corner)])
    easel.part(shell, easel.body, Volume.SOFT, depth=1.0)
    inner = inset(shell, 2.6)
    for place in range(ribs):
        share = (place + 0.5) / ribs * 2 - 1
        if style == 0:
            line = [(50 + wide * 0.86 * share, top + 3.4), (50 + wide * 0.86 * share, foot - 3.4)]
        elif style == 1:
            line = [
                (50 - wide + 3, (top + foot) / 2 + (foot - top) * 0.44 * share),
                (50 + wide - 3, (top + foot) / 2 + (foot - top) * 0.44 * share),
            ]
        else:
            y = (top + foot) / 2 + (foot - top) * 0.5 * share
            line = [(50 - wide + 3, y + 5), (50, y - 5), (50 + wide - 3, y + 5)]
        _groove(easel, line, inner, bent=False)
    easel.edge(inset(shell, 1.1), 0.35, (0, 0, 0), 0.25)
    if look.material == "aluminium" or guards:
        _corner_guards(easel, shell, wide, (top, foot), metal if look.material != "aluminium" else SILVER)
    _carry_handle(easel, 50, top + 1.2, (42, 44, 48))
    lock = 50 + wide + depth * 0.2
    easel.part(shapes.box(lock - 1.0, 44, 2.6, 8, 0.8), easel.of("plastic", (42, 44, 48)), Volume.ROUND, shadow=0.5)
    easel.glint([(50 - wide + 2.4, top + corner + 2), (50 - wide + 2.2, foot - corner - 6)], 1.6, 0.4, shell)
    brand_mark(easel, 50, top + 11, 13, metal, 3)


def _groove(easel: Easel, line: list[tuple[float, float]], inside: skia.Path, *, bent: bool) -> None:
    """A pressed rib: a light and a dark line beside each other."""
    canvas = easel.canvas
    canvas.save()
    canvas.clipPath(inside, skia.ClipOp.kIntersect, True)
    for shift, width, colour, alpha in (
        (-0.5, 0.9, (255, 255, 255), 0.34),
        (0.5, 1.1, (0, 0, 0), 0.3),
        (0.1, 0.5, (0, 0, 0), 0.2),
    ):
        easel.line([(x + shift, y + shift) for x, y in line], width, colour, alpha, bent=bent)
    canvas.restore()


def _corner_guards(easel: Easel, shell: skia.Path, wide: float, ends: tuple[float, float], metal: RGB) -> None:
    for side in (-1, 1):
        for y in ends:
            guard = shapes.within(shell, shapes.ellipse(50 + side * wide, y, 8.4))
            easel.part(guard, easel.of(metal_of(metal), metal), Volume.SOFT, shadow=0.5)
            x = 50 + side * (wide - 4)
            rivet(easel, x, y + (4 if y < 50 else -4), metal, 0.6)


def _carry_handle(easel: Easel, x: float, y: float, colour: RGB) -> None:
    for side in (-1, 1):
        easel.part(
            shapes.box(x + side * 7 - 1.6, y - 1.4, 3.2, 3.4, 0.9),
            easel.of("plastic", colour),
            Volume.BEVEL,
            shadow=0.5,
        )
    easel.part(shapes.box(x - 7.6, y - 1.6, 15.2, 2.9, 1.4), easel.of("rubber", colour), Volume.ROLL, shadow=1.0)


def _soft_shell(easel: Easel, wide: float, top: float, foot: float) -> None:
    chance = easel.chance
    corner, piped, split = chance.uniform(4, 8), chance.random() < 0.6, chance.uniform(0.36, 0.52)
    metal, leather, tagged = hardware(easel), trim(easel), chance.random() < 0.7
    tall, dark = foot - top, shade(easel.colour, 0.4)
    side = panel([(50 - wide - 0.6, top + 1.5, corner), (50 - wide - 0.6, foot, corner)])
    easel.part(shapes.moved(side, 3.2, -0.9), easel.of("matte", shade(easel.colour, 0.5)), Volume.SOFT)
    body = panel([(50 - wide, top, corner), (50 - wide, foot, corner)])
    easel.part(body, easel.body, Volume.SOFT, depth=0.85)
    if piped:
        easel.part(shapes.without(inset(body, 0.7), inset(body, 1.8)), leather, Volume.SOFT)
    rim = inset(body, 3.0)
    zip_line(easel, rim, metal, dark, 1.8)
    low = top + tall * split
    upper = shapes.box(50 - wide * 0.78, top + 7.5, wide * 1.56, tall * split - 9.5, 3)
    lower = shapes.box(50 - wide * 0.78, low + 1.5, wide * 1.56, foot - low - 7.5, 4)
    for pocket in (upper, lower):
        easel.part(pocket, easel.body, Volume.SOFT, shadow=1.1, depth=0.75)
        seam(easel, inset(pocket, 0.9))
        high = pocket.computeTightBounds().top() + 3.2
        zip_line(easel, shapes.polyline([(50 - wide * 0.7, high), (50 + wide * 0.7, high)]), metal, dark, 2.0)
        puller(easel, 50 + wide * 0.58, high, metal, easel.of("nylon") if tagged else None)
    for away in (-1, 1):
        boot = shapes.within(body, shapes.ellipse(50 + away * wide, foot, 8))
        easel.part(boot, easel.of("plastic", mixed(dark, (40, 42, 46), 0.6)), Volume.SOFT, shadow=0.4)
    _carry_handle(easel, 50, top + 1.0, (46, 48, 52) if lightness(leather.colour) > 0.8 else shade(leather.colour, 0.8))
    brand_mark(easel, 50, (low + foot) / 2 + 1, 15, metal, 1)
