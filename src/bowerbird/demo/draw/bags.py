"""Tote bags and messenger bags."""

from __future__ import annotations

import skia

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.fittings import (
    brand_mark,
    buckle,
    clasp,
    hardware,
    mirror_line,
    panel,
    patch,
    puller,
    ring,
    rivet,
    strap,
    thread,
    trim,
    zip_line,
)  # fmt: skip
from bowerbird.demo.draw.gleams import inset, seam
from bowerbird.demo.draw.ground import Ground
from bowerbird.demo.draw.shapes import Point
from bowerbird.demo.draw.stuff import Stuff, shade
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import RGB, Look


def draw_tote_bag(easel: Easel, look: Look) -> None:
    """A tote bag: open with its lining seen, or closed by a zip."""
    easel.ground = Ground.STANDING
    chance = easel.chance
    wide, tall, drop = chance.uniform(27, 34), chance.uniform(46, 55), chance.uniform(17, 25)
    spread, flare, broad = chance.uniform(0.38, 0.56), chance.uniform(0.84, 1.08), chance.choice((2.6, 3.4, 4.4))
    pocket, base, mark = chance.random() < 0.35, chance.random() < 0.4, chance.randrange(3)
    metal, leather = hardware(easel), trim(easel)
    top = 89 - tall
    hold = _loops(wide * spread, top, drop, 0.0 if look.view == 0 else 3.0)
    strap(easel, [(x + 0.6, y - 1.6) for x, y in _loops(wide * spread, top, drop, 0.0)], broad, leather.shade(0.66))
    _tote_mouth(easel, wide, top, look.silhouette == "zip", metal)
    body = panel(
        [(50 - wide, top, 0.5), (50 - wide * (1 + flare) / 2 - 0.9, (top + 89) / 2, 80), (50 - wide * flare, 89, 5)]
    )
    easel.part(body, easel.body, Volume.SOFT, depth=0.8)
    for x, low in ((-0.62, 62), (0.16, 58), (0.6, 70)):
        place, lean = 50 + wide * x, wide * x * 0.12
        easel.crease([(place, top + 12), (place + lean, low), (place - lean, low + 10)], 2.2, 0.14, body)
    if base:
        foot = shapes.within(body, shapes.box(0, 89 - tall * 0.24, 100, 40))
        easel.part(foot, leather, Volume.SOFT, shadow=0.4, depth=0.8)
        edge = wide * min(flare, 1.0) - 1.5
        seam(easel, shapes.polyline([(50 - edge, 90 - tall * 0.24), (50 + edge, 90 - tall * 0.24)]), thread(leather))
    if pocket:
        front = shapes.box(50 - wide * 0.5, top + tall * 0.34, wide, tall * 0.36, 1.5)
        easel.part(front, easel.body, Volume.SOFT, shadow=0.7, depth=0.6)
        seam(easel, inset(front, 0.9))
    for down in (3.4, 4.6):
        seam(easel, shapes.polyline([(50 - wide + 0.6, top + down), (50 + wide - 0.6, top + down)]))
    strap(easel, hold, broad, leather)
    for side in (-1, 1):
        x = 50 + side * wide * spread
        patch(easel, x - broad * 0.78, top + 5.5, broad * 1.56, 8, leather)
        rivet(easel, x, top + 11.4, metal)
    brand_mark(easel, 50, top + tall * (0.52 if pocket else 0.24), 15, metal, mark)


def _loops(reach: float, top: float, drop: float, sag: float) -> list[Point]:
    rise = top - drop + sag
    bend = (50 - reach * 0.68, rise + drop * 0.16)
    return mirror_line([(50 - reach, top + 9), (50 - reach * 0.98, top - drop * 0.35 + sag), bend, (50, rise)])


def _tote_mouth(easel: Easel, wide: float, top: float, zipped: bool, metal: RGB) -> None:
    """The far rim with the lining, or the zip panel between the rims."""
    back = shapes.smooth([(50 - wide, top)] * 2 + [(50, top - 3.6)] + [(50 + wide, top)] * 2 + [(50, top + 2.5)])
    if not zipped:
        easel.part(back, easel.body.plain().shade(0.6), Volume.FLAT)
        lining = shapes.smooth([(51 - wide, top)] * 2 + [(50, top - 2.5)] + [(49 + wide, top)] * 2 + [(50, top + 2.5)])
        easel.part(lining, easel.of("cotton", shade(easel.colour, 0.34)), Volume.FLAT)
        return
    easel.part(back, easel.body.plain().shade(0.78), Volume.SOFT)
    line = shapes.smooth([(52 - wide, top - 0.5), (50, top - 1.6), (48 + wide, top - 0.5)], closed=False)
    zip_line(easel, line, metal, shade(easel.colour, 0.45), 2.4)
    puller(easel, 51.5 - wide, top - 0.2, metal, easel.of("leather"), 16)


def draw_messenger_bag(easel: Easel, look: Look) -> None:
    """A messenger bag: a wide flap with buckled straps, or a small camera-style bag."""
    easel.ground = Ground.STANDING
    {"flap": _flap_bag, "camera": _camera_bag}[look.silhouette](easel, look)


def _flap_bag(easel: Easel, look: Look) -> None:
    chance = easel.chance
    wide, tall, share = chance.uniform(34, 39), chance.uniform(43, 50), chance.uniform(0.6, 0.82)
    metal, leather, mark = hardware(easel), trim(easel), chance.randrange(3)
    straps, rise, piped, corner = (
        chance.choice((0, 1, 2, 2)),
        chance.uniform(20, 28),
        chance.random() < 0.4,
        chance.uniform(3, 9),
    )
    top, foot = 88 - tall, 88.0
    bow = 4.0 if look.view else 0.0
    shoulder = [(50 - wide * 0.95, top + 6), (50 - wide * 0.8, top - rise * 0.5), (46 + bow, top - rise)]
    strap(easel, [*shoulder, (50 + wide * 0.76, top - rise * 0.55), (50 + wide * 0.95, top + 6)], 4.4, leather)
    buckle(easel, 50 - wide * 0.76, top - rise * 0.58, 5.8, 4.4, metal, 26)
    low = top + tall * share
    body = panel([(50 - wide * 0.97, low - 16, 1), (50 - wide, foot, 5)])
    easel.part(body, easel.body.shade(0.84), Volume.SOFT, depth=0.7)
    pocket = shapes.box(50 - wide * 0.84, low - 8, wide * 1.68, foot - low + 5, 2)
    easel.part(pocket, easel.body.shade(0.92), Volume.SOFT, shadow=0.8, depth=0.7)
    seam(easel, inset(pocket, 1))
    flap = panel([(50 - wide, top, 1.5), (50 - wide * 1.02, low, corner)])
    easel.part(flap, easel.body, Volume.SOFT, shadow=1.8, depth=0.75)
    if piped:
        easel.part(within_rim(flap), leather, Volume.SOFT)
    seam(easel, inset(flap, 1.9), thread(leather) if piped else None)
    brand_mark(easel, 50, top + tall * share * 0.42, 15, metal, mark)
    for side in (-1, 1):
        if straps == 2:
            _closing_strap(easel, 50 + side * wide * 0.52, low, metal, leather)
        ear = 50 + side * wide * 0.95
        easel.part(shapes.box(ear - 2.7, top + 1, 5.4, 9, 1), leather, Volume.SOFT, shadow=0.8)
        rivet(easel, ear, top + 7, metal)
    if straps == 1:
        _closing_strap(easel, 50, low, metal, leather)
    elif straps == 0:
        clasp(easel, 50, low - 3.4, metal, 0)


def within_rim(path: skia.Path) -> skia.Path:
    """The binding along an outline's edge."""
    return shapes.without(path, inset(path, 1.1))


def _closing_strap(easel: Easel, x: float, low: float, metal: RGB, leather: Stuff) -> None:
    easel.part(shapes.box(x - 2.4, low - 15, 4.8, 21, 1.6), leather, Volume.SOFT, shadow=1.0)
    seam(easel, shapes.box(x - 1.7, low - 14.3, 3.4, 19.6, 1.2), thread(leather), 0.24, 0.7)
    easel.part(shapes.box(x - 3.2, low + 2.2, 6.4, 2.0, 0.5), leather.shade(0.85), Volume.SOFT, shadow=0.6)
    buckle(easel, x, low - 1, 6.6, 5.0, metal)
    for down in (-5.2, -7.2, -9.2):
        easel.part(shapes.ellipse(x, low + down, 0.4), leather.shade(0.3), Volume.FLAT)


def _camera_bag(easel: Easel, look: Look) -> None:
    chance = easel.chance
    wide, tall, corner = chance.uniform(28, 34), chance.uniform(33, 42), chance.uniform(4, 10)
    metal, leather, mark = hardware(easel), trim(easel), chance.choice((0, 2, 3))
    rise, web, tagged = chance.uniform(24, 30), chance.uniform(2.6, 5.0), chance.random() < 0.5
    quilted = chance.random() < 0.3 and look.pattern == "plain"
    top = 86 - tall
    bow = 5.0 if look.view else 0.0
    shoulder = [(50 - wide * 0.98, top + 7), (50 - wide * 1.08, top - rise * 0.4), (50 - wide * 0.45 + bow, top - rise)]
    far = [
        (50 + wide * 0.45 + bow, top - rise * 0.98),
        (50 + wide * 1.08, top - rise * 0.38),
        (50 + wide * 0.98, top + 7),
    ]
    strap(easel, [*shoulder, *far], web, leather)
    easel.part(
        shapes.box(50 - wide, top - 3.8, 2 * wide, tall * 0.5, corner), easel.body.plain().shade(0.74), Volume.SOFT
    )
    along = shapes.polyline([(50 - wide + corner, top - 1.6), (50 + wide - corner, top - 1.6)])
    zip_line(easel, along, metal, shade(easel.colour, 0.45), 2.0)
    body = shapes.box(50 - wide, top, 2 * wide, tall, corner)
    easel.part(body, easel.body, Volume.SOFT, depth=0.75)
    seam(easel, inset(body, 1.2))
    front = shapes.box(50 - wide * 0.82, top + tall * 0.34, wide * 1.64, tall * 0.56, corner * 0.7)
    easel.part(front, easel.body, Volume.SOFT, shadow=1.0, depth=0.6)
    if quilted:
        _quilt(easel, front)
    mouth = top + tall * 0.43
    zip_line(
        easel,
        shapes.polyline([(50 - wide * 0.72, mouth), (50 + wide * 0.72, mouth)]),
        metal,
        shade(easel.colour, 0.45),
        2.0,
    )
    seam(easel, inset(front, 0.9))
    puller(easel, 50 + wide * 0.62, mouth, metal, easel.of("leather") if tagged else None)
    puller(easel, 50 - wide + corner + 2, top - 1.6, metal, easel.of("leather") if tagged else None, 10)
    for side in (-1, 1):
        patch(easel, 50 + side * wide * 0.98 - 2.2, top + 6, 4.4, 6, leather)
        ring(easel, 50 + side * wide * 0.98, top + 5, 2.6, metal, 0.9)
    brand_mark(easel, 50, top + tall * (0.2 if quilted else 0.7), 13, metal, mark)


def _quilt(easel: Easel, face: skia.Path) -> None:
    """Two ways of slanting seams, each with its light beside it."""
    bounds = face.computeTightBounds()
    canvas, tall = easel.canvas, bounds.height()
    canvas.save()
    canvas.clipPath(face, skia.ClipOp.kIntersect, True)
    for place in range(-3, 9):
        for lean in (-1, 1):
            x = bounds.left() + place * 8
            start, end = (x - lean * tall * 0.5, bounds.top()), (x + lean * tall * 0.5, bounds.bottom())
            easel.line([start, end], 0.5, shade(easel.colour, 0.5), 0.7, bent=False)
            easel.line([(start[0] + 0.5, start[1]), (end[0] + 0.5, end[1])], 0.35, (255, 255, 255), 0.3, bent=False)
    canvas.restore()
