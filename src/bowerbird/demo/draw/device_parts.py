"""Parts of devices: lenses, screens, grilles, lamps, ports and screws, and paint that runs from colour to colour."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import skia

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.shapes import Point
from bowerbird.demo.draw.stuff import FINISHES, Stuff, argb, lightness, mixed, shade
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import RGB

BLACK: RGB = (24, 25, 28)
WHITE: RGB = (246, 246, 244)
STEEL: RGB = (186, 190, 196)


def solid(stuff: Stuff) -> Stuff:
    """The same as a device's shell: nothing is seen through it, and metal is blasted, not brushed."""
    finish = replace(stuff.finish, clear=0.0)
    if finish.texture == "brushed":
        finish = replace(finish, texture="paper", grain=0.05, scale=0.5)
    return replace(stuff, finish=finish)


def soft_black() -> Stuff:
    """The soft black rubber of grips, pads and wheels."""
    return Stuff((40, 41, 45), FINISHES["rubber"])


def latin(text: str) -> str:
    """The text where the face of ``Easel.words`` has its letters, else nothing."""
    return text if text.isascii() else ""


def legible(colour: RGB) -> RGB:
    """A quiet print that can be read on a colour."""
    return shade(colour, 0.42) if lightness(colour) > 0.45 else mixed(colour, WHITE, 0.72)


def fill(easel: Easel, path: skia.Path, colour: RGB, alpha: float = 1.0) -> None:
    """Flat colour that takes no light, for what is small or lies beneath something else."""
    easel.canvas.drawPath(path, skia.Paint(Color=argb(colour, alpha), AntiAlias=True))


def grade(
    easel: Easel, path: skia.Path, start: Point, end: Point, tones: Sequence[tuple[RGB, float]],
    stops: Sequence[float] | None = None,
) -> None:  # fmt: skip
    """Fill an outline with paint that runs from ``start`` to ``end`` through tones, each a colour and its opacity."""
    places = None if stops is None else list(stops)
    shader = skia.GradientShader.MakeLinear(
        [skia.Point(*start), skia.Point(*end)], [argb(colour, alpha) for colour, alpha in tones], places
    )
    easel.canvas.drawPath(path, skia.Paint(Shader=shader, AntiAlias=True))


def glow(easel: Easel, x: float, y: float, radius: float, colour: RGB, alpha: float = 1.0) -> None:
    """A round light that fades out to its edge."""
    shades = [argb(colour, alpha), argb(colour, alpha * 0.45), argb(colour, 0)]
    shader = skia.GradientShader.MakeRadial(skia.Point(x, y), radius, shades, [0, 0.4, 1])
    easel.canvas.drawCircle(x, y, radius, skia.Paint(Shader=shader, AntiAlias=True))


def light_over(easel: Easel, path: skia.Path, stuff: Stuff, volume: Volume, depth: float = 1.0) -> None:
    """Light alone, over what is drawn already, as if all of it were one part."""
    easel.part(path, stuff, volume, depth=depth, opacity=0.0)


def lamp(easel: Easel, x: float, y: float, radius: float, colour: RGB) -> None:
    """A small light that is on."""
    glow(easel, x, y, radius * 3.2, colour, 0.35)
    fill(easel, shapes.ellipse(x, y, radius), mixed(colour, WHITE, 0.35))


def lens(easel: Easel, x: float, y: float, radius: float, coating: float) -> None:
    """The glass of a lens with its coatings; ``coating`` 0 to 1 goes from violet over blue to green."""
    tone = mixed((96, 50, 160), (24, 120, 104), coating)
    shades = [argb((10, 12, 18)), argb(mixed(tone, (14, 18, 36), 0.45)), argb((8, 9, 14)), argb((30, 32, 40))]
    centre = skia.Point(x - radius * 0.18, y - radius * 0.2)
    shader = skia.GradientShader.MakeRadial(centre, radius * 1.2, shades, [0.08, 0.48, 0.8, 1])
    easel.canvas.drawCircle(x, y, radius, skia.Paint(Shader=shader, AntiAlias=True))
    for share, alpha in ((0.78, 0.4), (0.52, 0.3)):
        easel.edge(shapes.ellipse(x, y, radius * share), radius * 0.035, (150, 160, 180), alpha)
    fill(easel, shapes.ellipse(x, y, radius * 0.26), (4, 5, 8))
    glow(easel, x + radius * 0.36, y + radius * 0.4, radius * 0.5, mixed(tone, (255, 190, 120), 0.5), 0.6)
    glow(easel, x - radius * 0.1, y + radius * 0.1, radius * 0.34, tone, 0.75)
    if radius > 6:
        window = shapes.moved(shapes.ellipse(x, y, radius), -radius * 0.46, -radius * 0.5)
        window = shapes.within(shapes.ellipse(x, y, radius * 0.86), window)
        easel.canvas.save()
        easel.canvas.clipPath(
            shapes.without(window, shapes.ellipse(x + radius * 0.1, y + radius * 0.12, radius * 0.82))
        )
        glow(easel, x - radius * 0.45, y - radius * 0.5, radius * 0.75, (214, 226, 255), 0.85)
        easel.canvas.restore()
    glow(easel, x - radius * 0.42, y - radius * 0.44, radius * 0.16, WHITE, 0.95)


def grille(
    easel: Easel, inside: skia.Path, spacing: float, hole: float, colour: RGB = BLACK, alpha: float = 0.75,
    *, rounded: bool = False,
) -> None:  # fmt: skip
    """Holes side by side over an outline; ``rounded`` draws them closer towards its left and right, as on a tube."""
    bounds = inside.computeTightBounds()
    middle, reach = bounds.centerX(), bounds.width() / 2
    points = []
    row, y = 0, bounds.top() + spacing * 0.6
    while y < bounds.bottom():
        across = -reach + (spacing / 2 if row % 2 else spacing)
        while across < reach:
            shift = reach * math.sin(across / reach * math.pi / 2) if rounded else across
            points.append(skia.Point(middle + shift, y))
            across += spacing
        row += 1
        y += spacing * 0.87
    pen = skia.Paint(Color=argb(colour, alpha), AntiAlias=True, StrokeWidth=hole, StrokeCap=skia.Paint.kRound_Cap)
    easel.canvas.save()
    easel.canvas.clipPath(inside, skia.ClipOp.kIntersect, True)
    easel.canvas.drawPoints(skia.Canvas.kPoints_PointMode, points, pen)
    easel.canvas.restore()


def screw(easel: Easel, x: float, y: float, radius: float = 0.9, turn: float = 30.0) -> None:
    """A screw's head."""
    easel.part(shapes.ellipse(x, y, radius), easel.of("steel", STEEL), Volume.BALL)
    ends = [shapes.around(x, y, radius * 0.6, turn), shapes.around(x, y, radius * 0.6, turn + 180)]
    easel.line(ends, radius * 0.3, BLACK, 0.7)


def port(easel: Easel, x: float, y: float, wide: float, tall: float, tongue: RGB | None = None) -> None:
    """A socket for a plug, with a metal rim; ``tongue`` is the colour of what lies in it."""
    radius, rim = tall / 2 if tongue is None else 0.3, min(wide, tall) * 0.14
    fill(easel, shapes.box(x - wide / 2, y - tall / 2, wide, tall, radius), (178, 182, 188))
    hole = shapes.box(x - wide / 2 + rim, y - tall / 2 + rim, wide - 2 * rim, tall - 2 * rim, radius * 0.8)
    fill(easel, hole, (14, 14, 17))
    bar = shapes.box(x - wide * 0.3, y - tall * 0.12, wide * 0.6, tall * 0.26, 0.1)
    fill(easel, bar, (92, 94, 100) if tongue is None else tongue)


def glassy(easel: Easel, path: skia.Path, strength: float = 0.16) -> None:
    """The slanting reflection of a window in a flat pane."""
    bounds = path.computeTightBounds()
    left, top, wide, tall = bounds.left(), bounds.top(), bounds.width(), bounds.height()
    band = shapes.polygon(
        [(left + wide * 0.42, top), (left + wide * 0.98, top), (left + wide * 0.42, top + tall), (left, top + tall)]
    )
    tones = [(WHITE, strength), (WHITE, strength * 0.2)]
    grade(easel, shapes.within(path, band), (left, top), (left + wide, top + tall), tones)


def wallpaper(easel: Easel, path: skia.Path, style: int, colour: RGB, accent: RGB) -> None:
    """What a screen shows when nothing else is on: hills or peaks before a sky, in the device's own colours."""
    bounds = path.computeTightBounds()
    left, top, wide, tall = bounds.left(), bounds.top(), bounds.width(), bounds.height()
    light, deep = mixed(colour, (255, 236, 220), 0.55), mixed(colour, (26, 22, 60), 0.5)
    sky = [(mixed(deep, (40, 60, 120), 0.35), 1.0), (mixed(colour, (150, 150, 220), 0.4), 1.0), (light, 1.0)]
    grade(easel, path, (left, top), (left + wide * 0.3, top + tall), sky)
    if style % 4 == 0:
        sun = (left + wide * 0.66, top + tall * 0.4)
        glow(easel, *sun, wide * 0.3, (255, 240, 214), 0.8)
        fill(easel, shapes.ellipse(*sun, wide * 0.09), (255, 248, 232))
    for place in range(4):
        share = (0.46 + 0.14 * place, 0.34 + 0.19 * place)[style % 2]
        tone = mixed(mixed(light, accent, 0.4), deep, place / 3)
        swing = tall * (0.07 if style % 4 < 2 else 0.16) * (1 if (place + style) % 2 else -1)
        y = top + tall * share
        hill = shapes.smooth(
            [(left - wide * 0.1, y), (left + wide * 0.25, y - swing), (left + wide * 0.62, y + swing * 0.8)]
            + [(left + wide * 1.1, y - swing * 0.4)] * 2
            + [(left + wide * 1.1, top + tall * 1.1)] * 2
            + [(left - wide * 0.1, top + tall * 1.1)] * 2
        )
        fill(easel, shapes.within(hill, path), tone)


class Mirrored:
    """Everything drawn inside ``with Mirrored(easel, x)`` is mirrored left to right about an upright line at ``x``."""

    def __init__(self, easel: Easel, x: float = 50.0, *, wanted: bool = True) -> None:
        self._canvas, self._x, self._wanted = easel.canvas, x, wanted

    def __enter__(self) -> None:
        self._canvas.save()
        if self._wanted:
            self._canvas.translate(2 * self._x, 0)
            self._canvas.scale(-1, 1)

    def __exit__(self, *_: object) -> None:
        self._canvas.restore()


class Perspective:
    """Everything drawn inside ``with Perspective(easel, wide, tall, corners)`` is laid on a leaning sheet.

    The sheet runs from (0, 0) to (wide, tall); ``corners`` are where its corners are seen, clockwise from the upper
    left.
    """

    def __init__(self, easel: Easel, wide: float, tall: float, corners: Sequence[Point]) -> None:
        self._canvas = easel.canvas
        sheet = [skia.Point(0, 0), skia.Point(wide, 0), skia.Point(wide, tall), skia.Point(0, tall)]
        self._matrix = skia.Matrix()
        self._matrix.setPolyToPoly(sheet, [skia.Point(*corner) for corner in corners])

    def __enter__(self) -> None:
        self._canvas.save()
        self._canvas.concat(self._matrix)

    def __exit__(self, *_: object) -> None:
        self._canvas.restore()


def cord(
    easel: Easel, points: Sequence[Point], width: float, stuff: Stuff, *, shadow: float = 0.0, square: bool = False
) -> skia.Path:
    """A round band along a smooth line, lit across its own width: a cable, a strap, a bow, a limb."""
    path = easel.part(shapes.ribbon(points, width, square=square), stuff, Volume.FLAT, depth=0.6, shadow=shadow)
    low, high = width * 0.3, width * 0.22
    easel.crease([(x + low * 0.6, y + low) for x, y in points], width * 0.42, 0.34, path)
    gloss = 0.22 + 0.4 * stuff.finish.gloss
    easel.glint([(x - high * 0.6, y - high) for x, y in points], width * 0.2, gloss, path)
    return path
