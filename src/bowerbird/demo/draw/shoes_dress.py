"""Heels and loafers, seen from the side."""

from __future__ import annotations

from collections.abc import Sequence

import skia

from bowerbird.demo.draw import sewing, shapes
from bowerbird.demo.draw.cobbling import SOLE_BLACK, panel, pose
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.sewing import BRASS, clipped, drape, seen
from bowerbird.demo.draw.shapes import Point
from bowerbird.demo.draw.stuff import lightness, mixed, shade
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import RGB, Look

INSOLE: RGB = (222, 190, 156)
STACKED: RGB = (96, 66, 46)


def gleam(easel: Easel, points: Sequence[Point], width: float, inside: skia.Path) -> None:
    """The light along a polished toe; matte materials have but a trace of it."""
    easel.glint(points, width, 0.1 + 0.75 * easel.body.finish.gloss, inside)


def draw_heel(easel: Easel, look: Look) -> None:
    """A pump with a thin heel, or with a block for one."""
    chance = easel.chance
    traits = (chance.random(), chance.random(), chance.random(), chance.random())
    draw = _stiletto if look.silhouette == "stiletto" else _block
    pose(easel, lambda: draw(easel, traits), back=(13, -9), across=0.98, up=1.0)


def _pump(
    easel: Easel, upper: Sequence[Point], far: Sequence[Point], bed: Sequence[Point], traits: tuple[float, ...]
) -> skia.Path:
    """The shoe without its heel: the far side's lining, the insole, the near side."""
    lining = INSOLE if traits[2] < 0.7 else mixed(easel.accent, INSOLE, 0.3)
    easel.part(shapes.smooth(far), easel.of("leather", shade(lining, 0.78)), Volume.SOFT, depth=0.7)
    easel.part(shapes.smooth(bed), easel.of("leather", lining), Volume.FLAT)
    return easel.part(shapes.smooth(upper), easel.body, Volume.SOFT, depth=0.95, shadow=0.7)


def _ornament(easel: Easel, x: float, y: float, kind: float) -> None:
    """A bow, a buckle or nothing on the toe."""
    if kind < 0.25:
        stuff = easel.of("silk", seen(easel.accent, easel.colour))
        for side in (-1, 1):
            wing = shapes.smooth([(x, y), (x, y), (x + side * 3.4, y - 2.6), (x + side * 5.0, y - 0.4),
                (x + side * 3.6, y + 2.2)])  # fmt: skip
            easel.part(wing, stuff, Volume.SOFT, shadow=0.5)
        easel.part(shapes.ellipse(x, y, 1.1, 1.3), stuff, Volume.BALL, shadow=0.4)
    elif kind < 0.45:
        buckle = shapes.without(shapes.box(x - 3.6, y - 2, 7.2, 4.2, 0.8), shapes.box(x - 2.3, y - 0.8, 4.6, 1.9, 0.4))
        easel.part(shapes.moved(buckle, turn=-22, about=(x, y)), easel.of("gold", BRASS), Volume.BEVEL, shadow=0.5)


def _ankle_strap(easel: Easel, x: float, y: float, heel: Point) -> None:
    """A strap round an absent ankle, with its buckle."""
    stuff = easel.body.plain()
    back = [(x - 15.5, y + 3), (x - 8, y - 2.4), (x + 3, y - 2.6), (x + 10, y + 2)]
    easel.part(shapes.ribbon(back, 1.9), stuff.shade(0.66), Volume.SOFT, shadow=0.2)
    easel.part(shapes.ribbon([heel, (x + 10.4, y + 5), (x + 10, y + 1)], 2.4), stuff, Volume.SOFT)
    near = [(x - 15.5, y + 3), (x - 9, y + 8), (x + 2, y + 8), (x + 10, y + 2.4)]
    easel.part(shapes.ribbon(near, 2.2), stuff, Volume.SOFT, depth=0.8, shadow=0.6)
    ring = shapes.without(shapes.box(x - 7.4, y + 5.8, 4.4, 4.4, 0.6), shapes.box(x - 6.4, y + 6.8, 2.4, 2.4, 0.3))
    easel.part(ring, easel.of("gold", BRASS), Volume.BEVEL, shadow=0.4)


def _stiletto(easel: Easel, traits: tuple[float, ...]) -> None:
    high = 3 * traits[0]
    throat = 31 + 6 * traits[1]
    cover = easel.body.plain() if traits[3] < 0.7 else easel.of("leather")
    heel = shapes.smooth([
        (77, 46), (77, 46), (92.4, 40 - high), (92.4, 40 - high), (92.2, 50), (89.8, 64), (89, 77), (89, 77),
        (86.6, 77), (86.6, 77),
        (85.4, 66), (82, 55),
    ])  # fmt: skip
    easel.part(heel, cover, Volume.ROUND, depth=0.9)
    easel.part(shapes.box(86.3, 76.2, 3.0, 1.8, 0.3), easel.of("rubber", SOLE_BLACK), Volume.FLAT)
    sole = shapes.smooth([
        (6.6, 75.4), (6.6, 75.4), (14, 77.6), (26, 78), (36, 76), (48, 68), (60, 58), (72, 51), (77, 49), (77, 49),
        (78, 43), (70, 46),
        (54, 56), (40, 66), (24, 73),
    ])  # fmt: skip
    under = (186, 30, 38) if traits[3] > 0.85 else INSOLE if traits[3] > 0.4 else SOLE_BLACK
    easel.part(sole, easel.of("leather", under), Volume.SOFT, depth=0.7)
    far = [(throat, 63), (throat, 63), (45, 58.6), (58, 51), (70, 41), (80, 30 - high), (88, 22.4 - high),
        (91, 25 - high), (88, 40), (70, 52),
           (50, 66)]  # fmt: skip
    bed = [(throat + 2, 66), (46, 60.4), (60, 53), (74, 44.6), (86, 38), (90, 40), (80, 47), (60, 58), (44, 68)]
    upper = [(5.4, 75.6), (5.4, 75.6), (11, 69.6), (20, 64.4), (throat - 2, 60.6), (throat + 1.6, 61), (40, 64.4),
        (50, 62), (62, 53.6),
             (74, 44), (84, 33 - high), (90, 23 - high), (92.4, 24 - high), (93.4, 32), (92.8, 42 - high),
             (92.8, 42 - high), (80, 46),
             (66, 54.6), (50, 67), (38, 74), (26, 76.4), (14, 76.4)]  # fmt: skip
    body = _pump(easel, upper, far, bed, traits)
    topline = [(throat, 61.2), (40, 64.8), (50, 62.4), (62, 54), (74, 44.4), (84, 33.4 - high), (90, 23.8 - high)]
    easel.stitch([(x + 0.2, y + 1.2) for x, y in topline], None, 0.24, 0.6)
    gleam(easel, [(11, 71.4), (18, 67.4), (27, 64.4)], 1.6, body)
    gleam(easel, [(70, 50), (80, 42), (89, 30)], 1.3, body)
    _ornament(easel, throat - 6, 63.6, traits[0])
    if traits[1] < 0.35:
        _ankle_strap(easel, 80, 16 - high * 0.5, (91.4, 27 - high))


def _block(easel: Easel, traits: tuple[float, ...]) -> None:
    throat, wide = 32 + 6 * traits[1], 3 * traits[0]
    cover = easel.body.plain() if traits[3] < 0.5 else easel.of("matte", STACKED)
    heel = shapes.smooth([
        (68 - wide, 58), (68 - wide, 58), (91, 53), (91, 53), (91.4, 62), (90, 77.4), (90, 77.4), (72 - wide, 77.4),
        (72 - wide, 77.4),
        (70.6 - wide, 66),
    ])  # fmt: skip
    easel.part(heel, cover, Volume.ROUND, depth=0.85)
    if traits[3] >= 0.5:
        layers: list[tuple[Point, Point]] = [((60, y), (94, y - 0.4)) for y in (60, 63.4, 66.8, 70.2, 73.6)]
        with clipped(easel, heel):
            sewing.hatch(easel, layers, 0.35, (0, 0, 0), 0.35)
    easel.part(shapes.box(71.6 - wide, 76.4, 18.6 + wide, 1.8, 0.3), easel.of("rubber", SOLE_BLACK), Volume.FLAT)
    sole = shapes.smooth([
        (6.6, 75), (6.6, 75), (14, 77.8), (28, 78), (42, 75.6), (54, 68), (66, 61), (78, 58), (91, 56), (91, 56),
        (90, 51), (60, 58),
        (34, 70),
    ])  # fmt: skip
    easel.part(sole, easel.of("leather", SOLE_BLACK if traits[2] < 0.6 else STACKED), Volume.SOFT, depth=0.7)
    far = [(throat, 60), (throat, 60), (46, 58.4), (60, 53.6), (74, 46), (84, 37), (89, 36), (90, 44), (80, 54),
        (54, 66)]  # fmt: skip
    bed = [(throat + 2, 64), (48, 61), (62, 56.6), (76, 51.6), (88, 48), (88, 52), (66, 60), (46, 68)]
    upper = [(5.6, 75), (6, 70.4), (11, 64.4), (20, 59.6), (throat - 3, 56.6), (throat + 1.4, 57.4), (41, 62),
        (51, 61.8), (63, 57), (75, 50),
             (84, 41), (89.4, 36), (91.6, 38), (92.4, 46), (91.8, 56), (91.8, 56), (78, 57), (66, 60), (54, 67),
             (42, 74.4), (28, 76.4),
             (12, 76.4)]  # fmt: skip
    body = _pump(easel, upper, far, bed, traits)
    topline = [(throat, 57.8), (41, 62.4), (51, 62.2), (63, 57.4), (75, 50.4), (84, 41.4), (89, 36.6)]
    easel.stitch([(x + 0.2, y + 1.2) for x, y in topline], None, 0.24, 0.6)
    gleam(easel, [(10, 69), (16, 64.6), (26, 60.4)], 1.8, body)
    gleam(easel, [(72, 56), (82, 50), (90, 43)], 1.4, body)
    if traits[2] < 0.4:
        cap = [(2, 80), (2, 62), (14, 58), (20, 62), (22, 70), (20, 80)]
        panel(easel, body, cap, easel.of("leather", seen(easel.accent, easel.colour)))
    _ornament(easel, throat - 6, 59.6, traits[0])
    if traits[1] < 0.5:
        _ankle_strap(easel, 78, 27, (90, 38))


def draw_loafer(easel: Easel, look: Look) -> None:
    """A loafer with a strap, or with tassels."""
    chance = easel.chance
    traits = (chance.random(), chance.random(), chance.random(), chance.random())
    pose(easel, lambda: _loafer(easel, traits, look.silhouette == "tassel"), back=(13, -10), across=1.02, up=0.84)


def _loafer(easel: Easel, traits: tuple[float, ...], tassels: bool) -> None:
    up = 3 * traits[0]
    sole_tone = (SOLE_BLACK, STACKED, shade(easel.colour, 0.5), (206, 172, 130))[int(traits[1] * 4)]
    heel = shapes.smooth([(66, 72), (66, 72), (90, 71), (90, 71), (89.4, 78), (89.4, 78), (68, 78.4), (68, 78.4)])
    easel.part(heel, easel.of("matte", sole_tone), Volume.BEVEL, depth=0.5)
    lining = easel.of("leather", INSOLE).shade(0.72)
    far = [(50, 44), (57, 38.4 - up), (64, 42), (74, 45), (84, 42), (89, 42), (86, 54), (60, 58)]
    easel.part(shapes.smooth(far), lining, Volume.SOFT, depth=0.7)
    easel.part(shapes.smooth([(56, 54), (68, 51.6), (82, 50), (88, 52), (76, 58), (60, 60)]), easel.of("leather",
        INSOLE), Volume.FLAT)  # fmt: skip
    upper = shapes.smooth([
        (7.6, 72), (8.4, 65.4), (14, 60), (24, 56.4), (34, 51.6), (44, 45.6), (52, 40.4 - up), (56.4, 38.6 - up),
        (58.6, 40.4 - up),
        (62, 48), (70, 53), (79, 51), (86, 43.6), (88.8, 43), (90, 47), (89.6, 58), (91, 72), (91, 72), (50, 75),
        (10, 75), (10, 75),
    ])  # fmt: skip
    body = easel.part(upper, easel.body, Volume.SOFT, depth=0.95, shadow=0.6)
    drape(easel, body, [([(46, 52), (43, 59), (46, 66)], 1.3), ([(50, 50), (49, 59), (53, 66)], 1.2)], 0.6)
    _apron(easel, body, up)
    counter = [(95, 44), (84, 46), (79.6, 56), (78, 76), (78, 76), (95, 76), (95, 76)]
    panel(easel, body, counter, easel.body.plain().shade(0.92))
    topline = [(58.8, 41 - up), (62, 48.6), (70, 53.6), (79, 51.6), (86, 44.2), (89, 43.6)]
    easel.part(shapes.ribbon(topline, 1.1), easel.body.plain().shade(0.85), Volume.SOFT)
    if tassels:
        _tassels(easel, body, traits, up)
    else:
        _saddle(easel, body, traits, up)
    gleam(easel, [(12, 65.4), (18, 61.4), (28, 58.6)], 2.0, body)
    gleam(easel, [(60, 60), (70, 59.4), (78, 57.4)], 1.4, body)
    welt = shapes.smooth([
        (6.4, 71), (6.4, 71), (30, 73.6), (60, 73.4), (91.2, 70.4), (91.2, 70.4), (91.4, 73.6), (91.4, 73.6),
        (68, 76), (60, 77.6), (30, 78.2), (10, 76.6),
        (6.2, 74),
    ])  # fmt: skip
    easel.part(welt, easel.of("leather", sole_tone), Volume.ROLL, depth=0.7, shadow=0.5)
    tone = shade(sole_tone, 1.5) if lightness(sole_tone) < 0.5 else shade(sole_tone, 0.6)
    easel.stitch([(8, 72.4), (30, 74.8), (60, 74.6), (91, 71.8)], tone, 0.3, 0.7)


def _apron(easel: Easel, body: skia.Path, up: float) -> None:
    """The plug on top, sewn in with a ridge."""
    ridge = [(9, 66.6), (13, 62.8), (22, 61.2), (34, 58.6), (44, 54), (54, 48 - up * 0.5), (60, 47)]
    easel.crease([(x, y + 0.9) for x, y in ridge], 1.5, 0.34, body)
    with clipped(easel, body):
        easel.part(shapes.ribbon(ridge, 1.1), easel.body.plain().shade(1.05), Volume.SOFT, depth=0.6)
        puckers: list[tuple[Point, Point]] = []
        for at in range(34):
            x, y = sewing.along(ridge, at / 33)
            puckers.append(((x - 0.2, y - 1.3), (x + 0.3, y + 1.3)))
        sewing.hatch(easel, puckers, 0.26, easel.seam, 0.8)


def _saddle(easel: Easel, body: skia.Path, traits: tuple[float, ...], up: float) -> None:
    """The strap across the vamp with its slot."""
    contrast = easel.of("leather", seen(easel.accent, easel.colour))
    stuff = easel.body.plain().shade(0.9) if traits[2] < 0.65 else contrast
    strap = [(37, 47), (37, 47), (49, 39 - up), (49, 39 - up), (53, 50), (55, 62), (56, 78), (56, 78), (43, 78),
        (43, 78), (42, 62)]  # fmt: skip
    panel(easel, body, strap, stuff, shadow=0.9)
    slot = shapes.moved(shapes.ellipse(45.6, 49.4, 3.6, 0.8), turn=-32, about=(45.6, 49.4))
    easel.part(slot, easel.of("matte", shade(stuff.colour, 0.35)), Volume.FLAT)
    if traits[3] < 0.3:
        bit = [(40.6, 51.6), (44, 49.6), (50.4, 46)]
        easel.part(shapes.ribbon(bit, 1.5), easel.of("gold", BRASS), Volume.ROLL, shadow=0.6)
        for x, y in (bit[0], bit[2]):
            easel.part(shapes.ring(x, y, 2.1, 1.1), easel.of("gold", BRASS), Volume.BEVEL, shadow=0.5)


def _tassels(easel: Easel, body: skia.Path, traits: tuple[float, ...], up: float) -> None:
    """A cord round the collar, knotted on the vamp, with two tassels."""
    contrast = easel.of("leather", seen(easel.accent, easel.colour))
    tone = easel.body.plain().shade(0.86) if traits[2] < 0.6 else contrast
    cord = [(48, 50.6), (56, 54), (66, 58), (76, 57), (88, 51)]
    with clipped(easel, body):
        easel.part(shapes.ribbon(cord, 1.2), tone, Volume.SOFT, shadow=0.5)
        kilt = shapes.smooth([(38, 46), (38, 46), (50, 38 - up), (50, 38 - up), (53, 46), (48, 52), (40, 55)])
        easel.part(kilt, easel.body.plain(), Volume.SOFT, depth=0.7, shadow=0.7)
    for x, y, turn in ((44.6, 48.6, 34), (47.6, 48.6, 4)):
        with easel.turned(turn, (x, y)):
            skirt = shapes.polygon([(x - 1.4, y + 2.4), (x + 1.4, y + 2.4), (x + 2.3, y + 9.4), (x - 2.3, y + 9.4)])
            easel.part(skirt, tone, Volume.SOFT, depth=0.7, shadow=0.7)
            strands: list[tuple[Point, Point]] = [((x + at * 0.4, y + 3), (x + at * 0.72,
                y + 9.4)) for at in range(-3, 4)]  # fmt: skip
            sewing.hatch(easel, strands, 0.25, (0, 0, 0), 0.4)
            easel.part(shapes.box(x - 1.5, y, 3.0, 3.0, 0.7), tone, Volume.SOFT, shadow=0.4)
    easel.part(shapes.ellipse(46, 48.2, 2.1, 1.5), tone, Volume.BALL, shadow=0.5)
