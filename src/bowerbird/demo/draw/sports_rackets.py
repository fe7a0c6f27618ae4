"""Rackets, and what is hit with them."""

from __future__ import annotations

import skia

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.device_parts import BLACK, WHITE, cord, latin, soft_black
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.ground import Ground
from bowerbird.demo.draw.stuff import Stuff, lightness, shade
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import Look


def draw_racket(easel: Easel, look: Look) -> None:
    """A racket with what is hit with it. Raises KeyError for another silhouette."""
    easel.ground = Ground.LYING
    chance = easel.chance
    lean = chance.uniform(30, 42) * (1 if chance.random() < 0.5 else -1)
    with easel.turned(lean if look.view == 0 else -lean * 0.9, (50, 50), 1.06 if look.view == 0 else 0.98):
        {"tennis": _tennis, "badminton": _badminton}[look.silhouette](easel, look)


def _strings(easel: Easel, inside: skia.Path, step: float, colour: tuple[int, int, int]) -> None:
    """Strings down and across, woven: each with a light upper edge."""
    bounds = inside.computeTightBounds()
    points = []
    x = bounds.centerX() % step + step * (bounds.left() // step)
    while x < bounds.right():
        points += [skia.Point(x, bounds.top()), skia.Point(x, bounds.bottom())]
        x += step
    y = bounds.top()
    while y < bounds.bottom():
        points += [skia.Point(bounds.left(), y), skia.Point(bounds.right(), y)]
        y += step
    easel.canvas.save()
    easel.canvas.clipPath(inside, skia.ClipOp.kIntersect, True)
    mode = skia.Canvas.kLines_PointMode
    for shift, tone, width in ((0.14, shade(colour, 0.45), 0.42), (0.0, colour, 0.34)):
        pen = skia.Paint(Color=0xFF000000 | tone[0] << 16 | tone[1] << 8 | tone[2], StrokeWidth=width, AntiAlias=True)
        easel.canvas.save()
        easel.canvas.translate(shift, shift)
        easel.canvas.drawPoints(mode, points, pen)
        easel.canvas.restore()
    easel.canvas.restore()


def _grip(easel: Easel, left: float, top: float, wide: float, tall: float, tape: Stuff) -> None:
    """A handle wound with tape."""
    bar = easel.part(shapes.box(left, top, wide, tall, 1.0), tape, Volume.ROUND)
    easel.canvas.save()
    easel.canvas.clipPath(bar, skia.ClipOp.kIntersect, True)
    y = top - wide
    while y < top + tall:
        easel.line([(left - 0.5, y + wide * 0.55), (left + wide + 0.5, y)], 0.5, BLACK, 0.42, bent=False)
        easel.line([(left - 0.5, y + wide * 0.55 + 0.5), (left + wide + 0.5, y + 0.5)], 0.3, WHITE, 0.3, bent=False)
        y += wide * 0.5
    easel.canvas.restore()


def _tennis(easel: Easel, look: Look) -> None:
    chance = easel.chance
    wide, tall, frame = chance.uniform(19.5, 22), chance.uniform(25, 28), chance.uniform(3.0, 4.0)
    band, ball, dark = chance.randrange(3), chance.random() < 0.5, chance.random() < 0.5
    y = 8 + tall
    inner = shapes.ellipse(50, y, wide - frame, tall - frame)
    _strings(easel, inner, 2.3, (238, 238, 226) if not dark else (58, 60, 66))
    easel.words(latin(look.brand)[:1], 50, y, 15, easel.colour)
    for side in (-1, 1):
        throat = [(50 + side * wide * 0.78, y + tall * 0.62), (50 + side * wide * 0.52, y + tall * 0.95)]
        throat += [(50 + side * 4.2, y + tall + 13), (50 + side * 1.7, y + tall + 20)]
        path = cord(easel, throat, frame * 1.0, easel.body)
        if band:
            easel.print_on(path, shapes.box(20, y + tall + 4, 60, 3.4), easel.accent)
    rim = easel.part(shapes.without(shapes.ellipse(50, y, wide, tall), inner), easel.body, Volume.BEVEL, shadow=0.5)
    for start, sweep in (((-75, 50), (205, 50)), ((-160, 140),), ((20, 40), (120, 40)))[band]:
        arc = skia.Path()
        reach = frame / 2
        arc.addArc(
            skia.Rect.MakeLTRB(50 - wide + reach, y - tall + reach, 50 + wide - reach, y + tall - reach), start, sweep
        )
        easel.print_on(rim, shapes.outlined(arc, frame * 0.5, True), easel.accent)
    easel.edge(shapes.ellipse(50, y, wide - frame * 0.5, tall - frame * 0.5), 0.35, WHITE, 0.35)
    top = y + tall + 19
    easel.part(shapes.box(47, top - 3, 6, 8, 1), easel.body.plain(), Volume.ROUND)
    tape = easel.of(
        "rubber", easel.accent if lightness(easel.accent) < 0.85 or lightness(easel.colour) < 0.6 else BLACK
    )
    _grip(easel, 46.6, top + 2, 6.8, 97 - top - 5, tape)
    easel.part(shapes.box(46.2, top + 1, 7.6, 2, 0.8), soft_black(), Volume.ROUND)
    easel.part(shapes.box(45.8, 93.4, 8.4, 3.8, 1.4), soft_black(), Volume.ROUND)
    if ball:
        _tennis_ball(easel, 50 + wide + 6, y + tall + 10)


def _tennis_ball(easel: Easel, x: float, y: float) -> None:
    felt = easel.part(
        shapes.ellipse(x, y, 6.4), Stuff((212, 226, 62), easel.of("fleece").finish), Volume.BALL, depth=0.9
    )
    for side in (-1, 1):
        line = [(x + side * 7, y - 4), (x + side * 2.4, y - 1.6), (x + side * 2.4, y + 2), (x + side * 7, y + 4.4)]
        easel.canvas.save()
        easel.canvas.clipPath(felt, skia.ClipOp.kIntersect, True)
        easel.line(line, 0.8, WHITE, 0.85)
        easel.canvas.restore()


def _badminton(easel: Easel, look: Look) -> None:
    chance = easel.chance
    wide, tall, frame = chance.uniform(15, 17), chance.uniform(19, 21.5), chance.uniform(2.0, 2.6)
    square, shaft = chance.random() < 0.5, chance.uniform(1.8, 2.4)
    dark, band = chance.random() < 0.5, chance.randrange(2)
    y = 6 + tall
    top_wide = wide * (1.0 if square else 0.86)
    outline = [(50, y - tall), (50 - top_wide * 0.72, y - tall * 0.78), (50 - wide, y - tall * 0.1)]
    outline += [(50 - wide * 0.78, y + tall * 0.66), (50, y + tall)]
    head = shapes.mirrored(outline)
    inner = shapes.moved(head, scale=1 - frame / wide, about=(50, y))
    _strings(easel, inner, 1.8, (244, 244, 238) if not dark else (70, 72, 78))
    easel.words(latin(look.brand)[:1], 50, y, 11, easel.colour)
    low = y + tall
    stick = shapes.box(50 - shaft / 2, low - 0.5, shaft, 76 - low, 0.4)
    easel.part(stick, easel.body.plain(), Volume.ROUND)
    for place in range(2 + band):
        easel.print_on(stick, shapes.box(45, low + 8 + place * 3.4, 10, 1.8), easel.accent)
    easel.part(shapes.smooth([(47.4, low - 1.4), (52.6, low - 1.4), (51.4, low + 4.6), (48.6, low + 4.6)]),
        easel.body.plain(), Volume.ROUND)  # fmt: skip
    rim = easel.part(shapes.without(head, inner), easel.body, Volume.BEVEL, shadow=0.4)
    for side in (-1, 1):
        spot = shapes.box(50 + side * wide * 0.8 - 5, y - tall * (0.5 if band else -0.2), 10, 9)
        easel.print_on(rim, spot, easel.accent)
    easel.part(shapes.smooth([(48.6, 72.6), (51.4, 72.6), (52.8, 78), (47.2, 78)]), easel.of("plastic"), Volume.ROUND)
    _grip(easel, 47, 77, 6, 18.6, easel.body.plain().shade(0.9) if dark else easel.of("rubber"))
    easel.part(shapes.box(46.6, 94.6, 6.8, 2.6, 1), soft_black(), Volume.ROUND)
    _shuttlecock(easel, 50 + wide + 4, 72)


def _shuttlecock(easel: Easel, x: float, y: float) -> None:
    """Feathers in a round skirt, and a cork tip with a band."""
    with easel.turned(150, (x, y)):
        for place in range(7):
            turn = -24 + place * 8
            feather = shapes.smooth([(x, y + 4), (x - 2.1, y - 7), (x, y - 11), (x + 2.1, y - 7)])
            path = shapes.moved(feather, turn=turn, about=(x, y + 4))
            easel.part(path, easel.of("matte", (246, 246, 242)), Volume.FLAT, shadow=0.2)
            easel.line([(x, y + 4), shapes.around(x, y + 4, 14, turn)], 0.25, (170, 170, 164), 0.9, bent=False)
        for down, wide in ((-1.4, 3.0), (-4, 4.0)):
            easel.line([(x - wide, y + down), (x, y + down + 0.9), (x + wide, y + down)], 0.3, (150, 150, 146), 0.8)
        easel.part(shapes.box(x - 2.3, y + 3, 4.6, 2), easel.of("matte"), Volume.ROUND)
        easel.part(shapes.joined(shapes.box(x - 2.3, y + 4.6, 4.6, 1.6), shapes.ellipse(x, y + 6.2, 2.3, 2.2)),
            easel.of("suede", (226, 206, 170)), Volume.ROUND)  # fmt: skip
