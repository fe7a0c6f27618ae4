"""Kites."""

from __future__ import annotations

import math

import skia

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.device_parts import BLACK, WHITE, cord, fill, latin, legible
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.ground import Ground
from bowerbird.demo.draw.shapes import Point
from bowerbird.demo.draw.stuff import Stuff, lightness, mixed
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import Look


def draw_kite(easel: Easel, look: Look) -> None:
    """A kite before a wall, its tail let down. Raises KeyError for another silhouette."""
    easel.ground = Ground.HANGING
    {"diamond": _diamond, "delta": _delta}[look.silhouette](easel, look)


def _spar(easel: Easel, start: Point, end: Point) -> None:
    """A rod that shows through the cloth."""
    easel.line([(start[0] + 0.5, start[1] + 0.5), (end[0] + 0.5, end[1] + 0.5)], 0.9, BLACK, 0.22, bent=False)
    easel.line([start, end], 0.7, (206, 172, 122), bent=False)
    easel.line([start, end], 0.22, WHITE, 0.5, bent=False)


def _tail(easel: Easel, points: list[Point], bows: int, ribbon: bool) -> None:
    """A tail of bows on a string, or of ribbons."""
    if ribbon:
        for shift, stuff in ((-1.6, easel.of("silk")), (1.6, easel.body.plain())):
            line = [(x + shift * (1 + place * 0.5), y) for place, (x, y) in enumerate(points)]
            cord(easel, line, 2.2, stuff, square=True)
        return
    easel.line(points, 0.5, (236, 230, 214))
    measure = skia.PathMeasure(shapes.smooth(points, closed=False), False)
    for place in range(bows):
        spot, along = measure.getPosTan(measure.getLength() * (place + 0.7) / bows)
        x, y = spot.x(), spot.y()
        turn = math.degrees(math.atan2(along.y(), along.x())) - 90
        stuff = easel.body.plain() if place % 2 else easel.of("nylon")
        with easel.turned(turn, (x, y), 1 - place * 0.06):
            for flank in (-1, 1):
                wing = shapes.polygon(
                    [(x, y), (x + flank * 5.4, y - 2.8), (x + flank * 4.4, y), (x + flank * 5.4, y + 2.8)]
                )
                easel.part(wing, stuff, Volume.SOFT)
            fill(easel, shapes.ellipse(x, y, 0.9), legible(stuff.colour))


def _diamond(easel: Easel, look: Look) -> None:
    chance = easel.chance
    half, upper, lower = chance.uniform(28, 33), chance.uniform(24, 28), chance.uniform(36, 41)
    style, bows, ribbon, lean = (
        chance.randrange(4),
        chance.choice((3, 4)),
        chance.random() < 0.35,
        chance.uniform(16, 26),
    )
    swing = 1 if chance.random() < 0.5 else -1
    if look.view:
        lean, swing = -lean * 0.7, -swing
    cx, cy = 50.0, 37.0
    top, left, right, low = (cx, cy - upper), (cx - half, cy), (cx + half, cy), (cx, cy + lower)
    with easel.turned(lean, (50, 48), 0.98):
        line = [
            low,
            (low[0] + 6 * swing, low[1] + 4),
            (low[0] - 1 * swing, low[1] + 10),
            (low[0] + 9 * swing, low[1] + 16),
        ]
        _tail(easel, line, bows, ribbon)
        outline = shapes.smooth([top, top, ((top[0] + right[0]) / 2 - 0.8, (top[1] + right[1]) / 2 + 0.8), right,
            right, ((low[0] + right[0]) / 2 - 1.2, (low[1] + right[1]) / 2 - 0.8), low, low,
            ((low[0] + left[0]) / 2 + 1.2, (low[1] + left[1]) / 2 - 0.8), left, left,
            ((top[0] + left[0]) / 2 + 0.8, (top[1] + left[1]) / 2 + 0.8)])  # fmt: skip
        sail = easel.part(outline, easel.body, Volume.FLAT, depth=1.3)
        centre = (cx, cy)
        facets = ((top, left), (top, right), (low, left), (low, right))
        for place, (one, other) in enumerate(facets):
            facet = shapes.polygon([centre, one, other])
            if style == 0 and place in (1, 2):
                easel.print_on(sail, facet, easel.accent)
            light, dark = ((WHITE, 0.10), (BLACK, 0.05), (WHITE, 0.03), (BLACK, 0.16))[place]
            easel.print_on(sail, facet, light, dark)
        _emblem(easel, sail, style, (cx, cy + 4), half)
        _spar(easel, top, low)
        _spar(easel, left, right)
        hem = mixed(easel.accent, WHITE, 0.1)
        easel.canvas.save()
        easel.canvas.clipPath(sail, skia.ClipOp.kIntersect, True)
        easel.edge(outline, 2.2, hem, 0.9)
        easel.canvas.restore()
        for corner in (top, left, right, low):
            easel.part(shapes.ellipse(*corner, 1.5), easel.of("plastic", (44, 45, 50)), Volume.BALL)
        easel.line([(cx, cy - upper * 0.5), (cx + 3, cy + 3), (cx, cy + lower * 0.5)], 0.3, WHITE, 0.8)
        easel.words(
            latin(look.brand),
            cx + half * 0.32,
            cy - 4,
            3,
            legible(easel.accent if style == 0 else easel.colour),
            width=14,
        )


def _emblem(easel: Easel, sail: skia.Path, style: int, place: Point, half: float) -> None:
    """A face, a sun or stripes on the sail."""
    x, y = place
    if style == 1:
        for flank in (-1, 1):
            fill(easel, shapes.ellipse(x + flank * half * 0.26, y, 3.4, 4.2), WHITE)
            fill(easel, shapes.ellipse(x + flank * half * 0.26 + 0.5, y + 0.8, 1.8, 2.3), (28, 28, 32))
        easel.line([(x - half * 0.28, y + 9), (x, y + 13), (x + half * 0.28, y + 9)], 1.4, easel.accent)
        for flank in (-1, 1):
            easel.print_on(
                sail, shapes.ellipse(x + flank * half * 0.42, y + 7, 2.4), mixed(easel.accent, WHITE, 0.35), 0.8
            )
    elif style == 2:
        easel.print_on(sail, shapes.star(x, y - 4, half * 0.4, half * 0.24, 12), easel.accent)
        easel.print_on(
            sail, shapes.ellipse(x, y - 4, half * 0.19), WHITE if lightness(easel.accent) < 0.7 else easel.colour
        )
    elif style == 3:
        for place_ in range(3):
            top = y + 8 + place_ * 7
            easel.print_on(sail, shapes.polygon([(x - half, top - 8), (x, top), (x + half, top - 8),
                (x + half, top - 4.6), (x, top + 3.4), (x - half, top - 4.6)]), easel.accent)  # fmt: skip


def _delta(easel: Easel, look: Look) -> None:
    chance = easel.chance
    half, tall, notch = chance.uniform(37, 41), chance.uniform(38, 44), chance.uniform(5, 10)
    style, tails, lean = chance.randrange(4), chance.choice((2, 3)), chance.uniform(-16, 16)
    ribbon_long = chance.uniform(24, 32)
    if look.view:
        lean = -lean + 6
    top, foot = 15.0, 15.0 + tall
    nose, left, right, keel = (50.0, top), (50 - half, foot), (50 + half, foot), (50.0, foot - notch + 6)
    with easel.turned(lean, (50, 45)):
        starts = (
            [(50.0, foot - 2)]
            if tails == 1
            else [(50 + (place - (tails - 1) / 2) * 15, foot - 4) for place in range(tails)]
        )
        for place, (x, y) in enumerate(starts):
            wave = 4 * (1 if place % 2 else -1)
            line = [
                (x, y),
                (x + wave, y + ribbon_long * 0.3),
                (x - wave * 0.6, y + ribbon_long * 0.65),
                (x + wave * 0.8, y + ribbon_long),
            ]
            cord(easel, line, 3.2, easel.of("silk") if place % 2 == 0 else easel.body.plain(), square=True)
        wing = shapes.smooth([nose, nose, (50 - half * 0.46, top + tall * 0.48), left, left,
            (50 - half * 0.66, foot - 4), (50 - half * 0.32, foot - notch + 3), keel, keel,
            (50 + half * 0.32, foot - notch + 3), (50 + half * 0.66, foot - 4), right, right,
            (50 + half * 0.46, top + tall * 0.48)])  # fmt: skip
        sail = easel.part(wing, easel.body, Volume.FLAT, depth=1.2)
        _delta_art(easel, sail, style, (top, foot, half))
        easel.print_on(sail, shapes.polygon([(50, top), right, (50 + half, foot + 10), (50, foot + 10)]), BLACK, 0.13)
        for share in (-0.5, 0.5):
            easel.crease([(50 + half * share * 0.4, top + tall * 0.4), (50 + half * share, foot - 6)], 2, 0.16, sail)
        easel.canvas.save()
        easel.canvas.clipPath(sail, skia.ClipOp.kIntersect, True)
        easel.line([left, nose, right], 3.6, easel.accent, bent=False)
        easel.line([left, nose, right], 0.4, WHITE, 0.5, bent=False)
        easel.canvas.restore()
        _spar(easel, (50 - half * 0.6, top + tall * 0.63), (50 + half * 0.6, top + tall * 0.63))
        _spar(easel, nose, keel)
        fin = shapes.smooth(
            [
                (50, top + tall * 0.3),
                (50, top + tall * 0.3),
                (54.5, top + tall * 0.58),
                (51.6, foot - notch),
                (50, foot - notch),
                (50, foot - notch),
            ]
        )
        easel.part(fin, Stuff(easel.accent, easel.body.finish), Volume.SOFT, shadow=1)
        easel.line([(54.5, top + tall * 0.58), (62, foot + 14), (60, 90)], 0.3, WHITE, 0.9)
        for corner in (nose, left, right):
            easel.part(shapes.ellipse(*corner, 1.5), easel.of("plastic", (44, 45, 50)), Volume.BALL)
        easel.words(
            latin(look.brand), 50 - half * 0.36, top + tall * 0.76, 3.6, legible(easel.colour), width=18, turn=-4
        )


def _delta_art(easel: Easel, sail: skia.Path, style: int, place: tuple[float, float, float]) -> None:
    """Panels sewn in along the wings."""
    top, foot, half = place
    tall = foot - top
    white = WHITE if lightness(easel.accent) < 0.75 else mixed(easel.colour, BLACK, 0.4)
    if style == 0:
        for flank in (-1, 1):
            tip = shapes.polygon(
                [
                    (50 + flank * half, foot),
                    (50 + flank * half * 0.62, foot - tall * 0.38),
                    (50 + flank * half * 0.5, foot + 4),
                ]
            )
            easel.print_on(sail, tip, easel.accent)
    elif style == 1:
        for step, tone in ((0.34, easel.accent), (0.5, white)):
            easel.print_on(sail, shapes.polygon([(50, top + tall * step), (50 + half, foot + tall * step),
                (50 + half, foot + tall * (step + 0.12)), (50, top + tall * (step + 0.12)),
                (50 - half, foot + tall * (step + 0.12)), (50 - half, foot + tall * step)]), tone)  # fmt: skip
    elif style == 2:
        easel.print_on(
            sail, shapes.polygon([(50, top), (50 + half * 0.22, foot + 4), (50 - half * 0.22, foot + 4)]), easel.accent
        )
    else:
        for flank in (-1, 1):
            easel.print_on(sail, shapes.ellipse(50 + flank * half * 0.46, foot - tall * 0.24, half * 0.15), white)
            easel.print_on(
                sail, shapes.ellipse(50 + flank * half * 0.46, foot - tall * 0.24, half * 0.085), easel.accent
            )
