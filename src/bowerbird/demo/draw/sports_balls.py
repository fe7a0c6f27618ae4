"""Balls with the panels that they are sewn or welded from."""

from __future__ import annotations

import math
from functools import cache

import skia

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.device_parts import BLACK, WHITE, fill, latin, legible, light_over
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.ground import Ground
from bowerbird.demo.draw.solids import Globe, Place, football_panels
from bowerbird.demo.draw.stuff import argb, lightness, mixed, shade
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import Look

_panels = cache(football_panels)


def draw_ball(easel: Easel, look: Look) -> None:
    """A ball lying on a table, rolled on in another view. Raises KeyError for another silhouette."""
    easel.ground = Ground.STANDING
    {"soccer": _soccer, "basketball": _basketball, "beach": _beach}[look.silhouette](easel, look)


def _globe(easel: Easel, look: Look, radius: float) -> Globe:
    """The ball as it lies: any way up, and a third of a turn on in another view."""
    chance = easel.chance
    turns = chance.uniform(-40, 40), chance.uniform(-35, 35), chance.uniform(0, 360)
    roll = 0 if look.view == 0 else 34
    return Globe(50, 86 - radius, radius, (turns[0] + roll, turns[1] + roll * 0.4, turns[2]))


def _soccer(easel: Easel, look: Look) -> None:
    chance = easel.chance
    globe = _globe(easel, look, chance.uniform(33, 36.5))
    style, shine = chance.randrange(4), chance.random() < 0.5
    easel.part(globe.outline, easel.body, Volume.FLAT, depth=0.4)
    pentagons, hexagons = _panels()
    for place, corners in enumerate(pentagons):
        patch = globe.patch(corners)
        if patch is None:
            continue
        if style == 3:
            patch = globe.patch(
                [_towards(corner, corners, 0.42 if i % 2 else 0.0) for i, corner in enumerate(_doubled(corners))]
            )
        if patch is not None:
            tone = easel.accent if style != 1 or place % 2 else shade(easel.accent, 0.7)
            easel.print_on(globe.outline, patch, tone)
    if style == 2:
        for corners in hexagons[::3]:
            patch = globe.patch([_towards(corner, corners, 0.3) for corner in corners])
            if patch is not None:
                easel.print_on(globe.outline, patch, mixed(easel.colour, easel.accent, 0.45))
    _seams(easel, globe, [globe.patch(corners) for corners in hexagons], 0.55)
    x, y = globe.x + globe.radius * 0.1, globe.y + globe.radius * 0.08
    easel.words(latin(look.brand), x, y, 4.6, legible(easel.colour), width=18, turn=-12)
    light_over(easel, globe.outline, easel.of("plastic" if shine else "leather"), Volume.BALL)
    _rim_light(easel, globe)


def _doubled(corners: list[Place]) -> list[Place]:
    """The corners with the middles of the edges between them."""
    pairs = zip(corners, [*corners[1:], corners[0]], strict=True)
    return [place for here, there in pairs for place in (here, _towards(here, [there], 0.5))]


def _towards(corner: Place, corners: list[Place], share: float) -> Place:
    """A corner drawn in towards the middle of its panel."""
    middle = [sum(place[axis] for place in corners) / len(corners) for axis in range(3)]
    x, y, z = (a + (b - a) * share for a, b in zip(corner, middle, strict=True))
    return x, y, z


def _seams(easel: Easel, globe: Globe, paths: list[skia.Path | None], width: float) -> None:
    """Grooves: a dark line with a light one below it."""
    easel.canvas.save()
    easel.canvas.clipPath(globe.outline, skia.ClipOp.kIntersect, True)
    dark = BLACK if lightness(easel.colour) > 0.2 else (96, 98, 104)
    for path in paths:
        if path is not None:
            easel.edge(shapes.moved(path, 0.3, 0.4), width * 0.7, WHITE, 0.28)
            easel.edge(path, width, dark, 0.6)
    easel.canvas.restore()


def _rim_light(easel: Easel, globe: Globe) -> None:
    """What the table throws back on the ball from below."""
    low = [(globe.x - globe.radius * 0.5, globe.y + globe.radius * 0.84), (globe.x, globe.y + globe.radius * 0.95)]
    easel.glint([*low, (globe.x + globe.radius * 0.5, globe.y + globe.radius * 0.84)], 2.0, 0.2, globe.outline)


def _circle(axis: int, radius: float, swing: float = 0.0, side: float = 1.0) -> list[Place]:
    """A ring about an axis, ``radius`` degrees from its pole, which swings in and out twice."""
    places = []
    for step in range(73):
        angle = math.radians(step * 5)
        reach = math.radians(radius + swing * math.cos(2 * angle))
        turned = [side * math.cos(reach), math.sin(reach) * math.sin(angle), math.sin(reach) * math.cos(angle)]
        places.append(tuple(turned[-axis:] + turned[:-axis]))
    return places  # type: ignore[return-value]


def _basketball(easel: Easel, look: Look) -> None:
    chance = easel.chance
    globe = _globe(easel, look, chance.uniform(33, 36.5))
    width, label, two = chance.uniform(0.9, 1.3), chance.random() < 0.7, chance.random() < 0.35
    easel.part(globe.outline, easel.body, Volume.FLAT, depth=0.4)
    if two:
        _second_panels(easel, globe)
    _pebbles(easel, globe)
    ink = easel.accent if lightness(easel.colour) < 0.22 else (32, 30, 30)
    rings = [_circle(0, 90), _circle(1, 90), _circle(0, 56, 14), _circle(0, 56, 14, -1.0)]
    easel.canvas.save()
    easel.canvas.clipPath(globe.outline, skia.ClipOp.kIntersect, True)
    for ring in rings:
        line = globe.line(ring)
        easel.edge(shapes.moved(line, 0.35, 0.5), width * 0.8, WHITE, 0.25)
        easel.edge(line, width, ink, 0.92)
    easel.canvas.restore()
    if label:
        x, y = globe.x - globe.radius * 0.12, globe.y - globe.radius * 0.16
        easel.words(latin(look.brand), x, y, 7, ink, width=25, turn=-14)
    light_over(easel, globe.outline, easel.of("leather"), Volume.BALL, 1.05)
    _rim_light(easel, globe)


def _second_panels(easel: Easel, globe: Globe) -> None:
    """Two of the eight panels in the accent."""
    for side in (-1.0, 1.0):
        rim = [place for place in _circle(0, 56, 14, side) if place[1] * side >= 0]
        across = [math.radians(degrees) for degrees in range(-70, 71, 10)]
        if (rim[-1][2] > 0) == (across[0] > 0):
            across.reverse()
        rim += [(side * math.cos(angle), 0.0, -math.sin(angle)) for angle in across[::-1]]
        panel = globe.region(rim)
        if panel is not None:
            easel.print_on(globe.outline, panel, easel.accent)


def _pebbles(easel: Easel, globe: Globe) -> None:
    """The small bumps that give grip, closer towards the edge."""
    points, radius = [], globe.radius
    for row in range(-24, 25):
        for column in range(-24, 25):
            across, down = (column + row % 2 / 2) / 24, row / 24
            reach = math.hypot(across, down)
            if reach < 0.99:
                bend = math.sin(reach * math.pi / 2) / (reach or 1.0)
                points.append(skia.Point(globe.x + across * bend * radius, globe.y + down * bend * radius))
    for shift, colour in ((0.18, argb(BLACK, 0.22)), (-0.1, argb(WHITE, 0.2))):
        pen = skia.Paint(Color=colour, StrokeWidth=0.55, StrokeCap=skia.Paint.kRound_Cap, AntiAlias=True)
        easel.canvas.save()
        easel.canvas.translate(shift, shift)
        easel.canvas.drawPoints(skia.Canvas.kPoints_PointMode, points, pen)
        easel.canvas.restore()


def _beach(easel: Easel, look: Look) -> None:
    chance = easel.chance
    gores = chance.choice((6, 8))
    globe = _globe(easel, look, chance.uniform(34, 37))
    mix, pole = chance.randrange(3), chance.uniform(9, 14)
    body = easel.body
    easel.part(globe.outline, body, Volume.FLAT, depth=0.3)
    light = WHITE if lightness(easel.colour) < 0.8 else mixed(easel.accent, WHITE, 0.25)
    step = 360 / gores
    for place in range(gores):
        tone = (None, light, None, easel.accent if mix else light)[place % 4]
        if mix == 2 and place % 3 == 1:
            tone = light
        if tone is not None and (gores == 8 or place % 2):
            _gore(easel, globe, place * step, step, tone)
    lines = [globe.line(_meridian(place * step)) for place in range(gores)]
    _seams(easel, globe, [*lines], 0.3)
    for side in (-1.0, 1.0):
        cap = globe.region(_circle(1, pole, 0.0, side))
        if cap is not None:
            easel.print_on(globe.outline, cap, light)
            x, y = globe.seen(globe.turned((0.0, side, 0.0)))
            if side < 0 and globe.turned((0.0, side, 0.0))[2] > 0.1:
                easel.part(shapes.ellipse(x, y, 1.7), easel.of("plastic", (236, 238, 240)), Volume.SOFT, shadow=0.5)
                fill(easel, shapes.ellipse(x, y, 0.7), (130, 134, 140))
    light_over(easel, globe.outline, easel.of("plastic"), Volume.BALL, 0.85)
    window = shapes.smooth([(38, 26), (46, 22), (48, 30), (40, 36)])
    easel.shine(shapes.moved(window, globe.x - 56, globe.y - 44), 0.5, 0.6)
    far = [shapes.around(globe.x, globe.y, globe.radius * 0.9, angle) for angle in (100, 125, 150, 172)]
    easel.glint(far, 1.6, 0.4, globe.outline)


def _meridian(degrees: float) -> list[Place]:
    """A line from the upper to the lower pole."""
    angle = math.radians(degrees)
    places = []
    for step in range(25):
        down = math.radians(step * 7.5)
        places.append((math.sin(down) * math.sin(angle), -math.cos(down), math.sin(down) * math.cos(angle)))
    return places


def _gore(easel: Easel, globe: Globe, start: float, sweep: float, colour: tuple[int, int, int]) -> None:
    """A slice of the skin from pole to pole, where it can be seen."""
    rim = [*_meridian(start), *_meridian(start + sweep)[-2:0:-1]]
    slice_ = globe.region(rim)
    if slice_ is not None:
        easel.print_on(globe.outline, slice_, colour)
