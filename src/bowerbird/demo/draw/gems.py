"""Stones, pearls, beads and chains."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

import skia

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.gleams import BLACK, WHITE, lit, polished, sparkle, spot, stations
from bowerbird.demo.draw.shapes import Point
from bowerbird.demo.draw.stuff import argb, mixed, shade
from bowerbird.demo.look import RGB

_Outline: TypeAlias = Callable[[float], Point]
"""A cut's girdle: the point in a direction, degrees clockwise from the top; its longest radius is 1."""

DIAMOND: Final[RGB] = (226, 234, 242)
STONES: Final[dict[str, RGB]] = {
    "black": (44, 46, 54), "white": DIAMOND, "grey": (150, 160, 172), "red": (206, 22, 48), "burgundy": (136, 14, 46),
    "pink": (240, 128, 168), "orange": (240, 130, 44), "yellow": (248, 206, 66), "green": (16, 142, 92),
    "olive": (126, 140, 50), "teal": (18, 150, 158), "blue": (34, 92, 214), "navy": (28, 48, 130),
    "purple": (128, 58, 178), "brown": (150, 88, 46), "beige": (232, 196, 156), "gold": (236, 178, 62),
    "silver": DIAMOND,
}  # fmt: skip
"""A stone of each colour: ruby, garnet, sapphire, emerald, topaz, amethyst."""

# Uneven brightness from facet to facet, in a fixed order, as no two of a stone mirror the same thing.
_UNEVEN: Final = (0.16, -0.2, 0.28, -0.06, 0.1, -0.26, 0.22, -0.14, 0.3, -0.1, 0.04, -0.24, 0.2, 0.0, -0.18, 0.12)


def _oval(degrees: float) -> Point:
    x, y = shapes.around(0, 0, 1, degrees)
    return x * 0.74, y


def _cushion(degrees: float) -> Point:
    x, y = shapes.around(0, 0, 1, degrees)
    reach = 0.93 / (abs(x) ** 3.6 + abs(y) ** 3.6) ** (1 / 3.6)
    return x * reach, y * reach


def _pear(degrees: float) -> Point:
    x, y = shapes.around(0, 0, 1, degrees)
    return (x * 0.74, y * 0.8 + 0.2) if y > 0 else (x * 0.74 * (1 + y * 0.36) * (1 - 0.62 * y**6), y * 1.2 + 0.2)


def _marquise(degrees: float) -> Point:
    x, y = shapes.around(0, 0, 1, degrees)
    return x * 0.52 * (1 - 0.2 * y * y), y


CUTS: Final[dict[str, _Outline]] = {
    "round": lambda degrees: shapes.around(0, 0, 1, degrees),
    "oval": _oval, "cushion": _cushion, "pear": _pear, "marquise": _marquise,
}  # fmt: skip


def gem(easel: Easel, x: float, y: float, radius: float, colour: RGB, cut: str = "round", *, flat: float = 1.0) -> None:
    """A faceted stone seen from above; "emerald" is a step cut. ``flat`` below 1 sees it from the side.

    Raises KeyError for an unknown cut.
    """
    canvas = easel.canvas
    canvas.save()
    canvas.translate(x, y)
    canvas.scale(radius, radius * flat)
    if cut == "emerald":
        _step_cut(canvas, colour)
    else:
        _brilliant(canvas, colour, CUTS[cut])
    canvas.restore()
    spot(easel, x - radius * 0.26, y - radius * 0.32 * flat, radius * 0.5, radius * 0.36 * flat, (WHITE, 0.5))
    sparkle(easel, x - radius * 0.34, y - radius * 0.42 * flat, radius * 0.42)
    sparkle(easel, x + radius * 0.4, y + radius * 0.34 * flat, radius * 0.2, 0.7, 20)


def girdle(x: float, y: float, radius: float, cut: str = "round", flat: float = 1.0) -> skia.Path:
    """The outline of a stone."""
    if cut == "emerald":
        return shapes.polygon([(x + px * radius, y + py * radius * flat) for px, py in _steps(1.0)])
    points = [CUTS[cut](degrees) for degrees in range(0, 360, 6)]
    return shapes.polygon([(x + px * radius, y + py * radius * flat) for px, py in points])


def _brilliant(canvas: skia.Canvas, colour: RGB, outline: _Outline) -> None:
    """Table, stars, kites and girdle facets of a brilliant, and the pavilion seen through the table."""

    def ring(scale: float, half: float) -> list[Point]:
        points = [outline(45 * place + half) for place in range(8)]
        return [(px * scale, py * scale) for px, py in points]

    table, stars, corners, between = ring(0.56, 0), ring(0.74, 22.5), ring(1.0, 0), ring(1.0, 22.5)
    canvas.drawPath(shapes.polygon([outline(degrees) for degrees in range(0, 360, 6)]), _ink(shade(colour, 0.6)))
    for place in range(8):
        after = (place + 1) % 8
        light = 0.92 + 0.5 * _towards_light(45 * place)
        between_light = 0.92 + 0.5 * _towards_light(45 * place + 22.5)
        _facet(canvas, colour, [table[place], stars[place], corners[place], stars[place - 1]], light, place)
        _facet(canvas, colour, [table[place], table[after], stars[place]], between_light + 0.22, place + 5)
        _facet(canvas, colour, [stars[place], corners[place], between[place]], between_light - 0.2, place + 9)
        _facet(canvas, colour, [stars[place], between[place], corners[after]], between_light - 0.34, place + 3)
    inner = ring(0.3, 22.5)
    for place in range(8):
        after = (place + 1) % 8
        dark = 0.5 if place % 2 else 0.72
        _facet(canvas, colour, [(0, 0), inner[place - 1], table[place], inner[place]], 1.5 - dark, place + 2)
        _facet(canvas, colour, [inner[place], table[place], table[after]], dark, place + 7)
    canvas.drawPath(shapes.polygon(table), _line(WHITE, 0.03, 0.35))


def _steps(scale: float) -> list[Point]:
    wide, tall, cut = 0.74 * scale, 1.0 * scale, 0.26
    return [
        (-wide + cut, -tall), (wide - cut, -tall), (wide, -tall + cut), (wide, tall - cut), (wide - cut, tall),
        (-wide + cut, tall), (-wide, tall - cut), (-wide, -tall + cut),
    ]  # fmt: skip


def _step_cut(canvas: skia.Canvas, colour: RGB) -> None:
    """Three rows of long facets round an oblong table."""
    sides = (0, 45, 90, 135, 180, 225, 270, 315)
    rings = [
        _steps(1.0),
        [(x * 0.84, y * 0.84) for x, y in _steps(1.0)],
        [(x * 0.68, y * 0.68) for x, y in _steps(1.0)],
    ]
    for row in range(2):
        outer, inner = rings[row], rings[row + 1]
        for place in range(8):
            after = (place + 1) % 8
            light = 0.95 + (0.6 - 0.15 * row) * _towards_light(sides[place]) * (1 if row == 0 else -0.7)
            _facet(canvas, colour, [outer[place], outer[after], inner[after], inner[place]], light, place + row * 5)
    table = rings[2]
    for place in range(8):
        after = (place + 1) % 8
        near, far = (0.0, -0.3), (0.0, 0.3)
        tip = near if place in (7, 0, 1) else far
        light = 0.86 - 0.42 * _towards_light(sides[place])
        _facet(canvas, colour, [table[place], table[after], tip], light, place + 4)
    _facet(canvas, colour, [table[2], table[3], (0, 0.3), (0, -0.3)], 0.66, 2)
    _facet(canvas, colour, [table[6], table[7], (0, -0.3), (0, 0.3)], 1.3, 8)
    canvas.drawPath(shapes.polygon(table), _line(WHITE, 0.03, 0.45))


def _towards_light(degrees: float) -> float:
    """1 for a facet that looks to the upper left, -1 for one that looks away."""
    return -shapes.around(0, 0, 1, degrees + 45)[1]


def _facet(canvas: skia.Canvas, colour: RGB, points: Sequence[Point], light: float, place: int) -> None:
    factor = light + 0.9 * _UNEVEN[place % 16]
    tone = shade(colour, max(0.3, min(factor, 1.86)))
    if place % 7 == 3:
        # Fire: a facet here and there breaks the light into colours.
        tone = mixed(tone, ((150, 190, 255), (255, 210, 170), (190, 255, 225))[place % 3], 0.3)
    canvas.drawPath(shapes.polygon(points), _ink(tone))


def small_gem(easel: Easel, x: float, y: float, radius: float, colour: RGB, turn: float = 0.0) -> None:
    """A stone too small for facets of its own: four wedges, a table and a spark."""
    canvas = easel.canvas
    canvas.save()
    canvas.translate(x, y)
    canvas.scale(radius, radius)
    canvas.drawCircle(0, 0, 1.12, _ink(shade(colour, 0.42)))
    canvas.drawCircle(0, 0, 0.96, _ink(colour))
    for place in range(4):
        light = 0.62 if place % 2 else 1.55
        canvas.drawPath(shapes.sector(0, 0, 0.94, turn + 90 * place, 45), _ink(shade(colour, light)))
    canvas.drawPath(shapes.regular(0, 0, 0.5, 8, turn), _ink(shade(colour, 1.25)))
    canvas.drawPath(shapes.star(-0.18, -0.22, 0.55, 0.1, 4, turn), _ink(WHITE))
    canvas.restore()


def pearl(easel: Easel, x: float, y: float, radius: float, colour: RGB) -> None:
    """A pearl with its lustre: a bright window, a dark turn and light thrown back at its lower edge."""
    canvas = easel.canvas
    canvas.save()
    canvas.translate(x, y)
    canvas.scale(radius, radius)
    for paint in _pearl_paints(colour):
        canvas.drawCircle(0, 0, 1, paint)
    canvas.drawCircle(-0.34, -0.4, 0.15, _ink(WHITE, 0.9))
    canvas.drawOval(skia.Rect.MakeXYWH(0.06, -0.66, 0.24, 0.16), _ink(WHITE, 0.35))
    canvas.restore()


def _pearl_paints(colour: RGB) -> tuple[skia.Paint, ...]:
    blush, cool = mixed(colour, (255, 190, 200), 0.35), mixed(colour, (150, 205, 215), 0.3)
    body = [shade(colour, 1.75), shade(colour, 1.15), blush, shade(cool, 0.82), shade(colour, 0.56), shade(blush, 0.8)]
    return (
        _radial((-0.3, -0.36), 1.5, [(tone, 1.0) for tone in body], [0, 0.24, 0.46, 0.64, 0.86, 1]),
        _radial((0.42, 0.52), 0.55, [(shade(blush, 1.5), 0.55), (WHITE, 0.0)], [0, 1]),
        _radial((-0.34, -0.4), 0.5, [(WHITE, 0.95), (WHITE, 0.35), (WHITE, 0.0)], [0, 0.4, 1]),
    )


def _radial(centre: Point, radius: float, tones: Sequence[tuple[RGB, float]], stops: list[float]) -> skia.Paint:
    shades = [argb(*tone) for tone in tones]
    shader = skia.GradientShader.MakeRadial(skia.Point(*centre), radius, shades, stops)
    return skia.Paint(Shader=shader, AntiAlias=True)


def chain(easel: Easel, line: skia.Path, link: float, colour: RGB, style: str = "cable") -> None:
    """A chain along a line; ``link`` is the length of one. Styles: cable, curb, paperclip, box, rope, snake.

    Raises KeyError for an unknown style.
    """
    if style == "snake":
        _snake(easel, line, link, colour)
        return
    shape, step, tilt, between = _LINKS[style]
    face = shapes.moved(shape, scale=link, about=(0, 0), turn=tilt)
    joint = shapes.box(-link * 0.34, -link * 0.11, link * 0.68, link * 0.22, link * 0.11)
    canvas = easel.canvas
    places = list(stations(line, link * step))
    if between:
        for x, y, degrees in stations(line, link * step * 0.5):
            _link(canvas, joint, (x, y, degrees), link, (lit(colour, 0.85), 0))
    for place, (x, y, degrees) in enumerate(places):
        light = 0.95 + 0.5 * _towards_light(degrees + tilt) ** 2 + 0.8 * _UNEVEN[place % 16]
        _link(canvas, face, (x, y, degrees), link, (lit(colour, max(0.6, min(light, 1.7))), place))


def _link(
    canvas: skia.Canvas, face: skia.Path, place: tuple[float, float, float], size: float, tone: tuple[RGB, int]
) -> None:
    colour, number = tone
    canvas.save()
    canvas.translate(place[0], place[1])
    canvas.rotate(place[2])
    canvas.drawPath(face, _line(shade(colour, 0.36), size * 0.1, 1.0))
    canvas.drawPath(face, _ink(colour))
    canvas.rotate(-place[2])
    canvas.translate(-size * 0.035, -size * 0.045)
    canvas.scale(0.93, 0.93)
    canvas.rotate(place[2])
    canvas.drawPath(face, _line(WHITE, size * 0.035, 0.75 if number % 3 else 1.0))
    canvas.restore()


def _snake(easel: Easel, line: skia.Path, width: float, colour: RGB) -> None:
    """A smooth round chain, ribbed like a snake."""
    canvas = easel.canvas
    for across, tone in ((1.0, lit(colour, 0.42)), (0.8, lit(colour, 0.85)), (0.5, lit(colour, 1.15))):
        canvas.drawPath(line, _line(tone, width * across))
    canvas.save()
    canvas.translate(-width * 0.12, -width * 0.12)
    canvas.drawPath(line, _line(lit(colour, 1.8), width * 0.2))
    canvas.restore()
    ribs = _line(BLACK, width * 0.9, 0.3)
    ribs.setStrokeCap(skia.Paint.kButt_Cap)
    ribs.setPathEffect(skia.DashPathEffect.Make([width * 0.1, width * 0.3], 0))
    canvas.drawPath(line, ribs)


def _oblong(long: float, tall: float, thick: float) -> skia.Path:
    """A link of length 1: a rounded frame about the origin."""
    outer = shapes.box(-long / 2, -tall / 2, long, tall, tall / 2)
    return shapes.without(
        outer, shapes.box(-long / 2 + thick, -tall / 2 + thick, long - 2 * thick, tall - 2 * thick, tall)
    )


_LINKS: Final[dict[str, tuple[skia.Path, float, float, bool]]] = {
    "cable": (_oblong(1.0, 0.66, 0.17), 1.3, 0.0, True),
    "curb": (_oblong(1.0, 0.8, 0.26), 0.62, 32.0, False),
    "paperclip": (_oblong(1.0, 0.36, 0.1), 0.86, 0.0, True),
    "box": (shapes.box(-0.42, -0.42, 0.84, 0.84, 0.12), 0.92, 0.0, False),
    "rope": (shapes.ellipse(0, 0, 0.52, 0.24), 0.42, 52.0, False),
}
"""Of each style: a link, the distance between two as a share of its length, its turn, and links edge-on between."""


def claws(easel: Easel, x: float, y: float, radius: float, metal: RGB, prongs: int = 4, *, flat: float = 1.0) -> None:
    """What holds a round stone of ``radius``, laid over its rim."""
    for place in range(prongs):
        px, py = shapes.around(x, y, radius, 45 + 360 * place / prongs)
        bead(easel, px, y + (py - y) * flat, max(radius * 0.12, 0.5), metal)


def bead(easel: Easel, x: float, y: float, radius: float, metal: RGB) -> None:
    """A small metal ball."""
    canvas = easel.canvas
    canvas.save()
    canvas.translate(x, y)
    canvas.scale(radius, radius)
    tones = [(lit(metal, 1.9), 1.0), (lit(metal, 1.2), 1.0), (lit(metal, 0.8), 1.0), (lit(metal, 0.4), 1.0)]
    canvas.drawCircle(0, 0, 1, _radial((-0.32, -0.36), 1.4, tones, [0, 0.35, 0.65, 1]))
    canvas.drawCircle(-0.3, -0.36, 0.2, _ink(WHITE, 0.9))
    canvas.restore()


def bezel(easel: Easel, outline: skia.Path, centre: Point, width: float, metal: RGB) -> None:
    """A polished rim round a stone's outline; to be drawn before the stone."""
    outer = shapes.joined(outline, shapes.outlined(outline, 2 * width))
    easel.edge(outer, 0.5, shade(metal, 0.3), 0.5)
    polished(easel, outer, centre, metal)
    easel.edge(shapes.outlined(outline, width * 0.5), 0.2, lit(metal, 1.8), 0.5)


def _ink(colour: RGB, alpha: float = 1.0) -> skia.Paint:
    return skia.Paint(Color=argb(colour, alpha), AntiAlias=True)


def _line(colour: RGB, width: float, alpha: float = 1.0) -> skia.Paint:
    pen = skia.Paint(Color=argb(colour, alpha), AntiAlias=True, Style=skia.Paint.kStroke_Style, StrokeWidth=width)
    pen.setStrokeCap(skia.Paint.kRound_Cap)
    return pen
