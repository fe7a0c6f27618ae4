"""Light that small hard things play with: bands on metal, sparks, soft spots; and the fine work along an outline."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TypeAlias

import skia

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.shapes import Point
from bowerbird.demo.draw.stuff import argb, lightness, mixed, shade
from bowerbird.demo.look import RGB

Tone: TypeAlias = tuple[RGB, float]
"""A colour and how much of it, 0 to 1."""

WHITE: RGB = (255, 255, 255)
BLACK: RGB = (0, 0, 0)
GOLD: RGB = (220, 176, 84)
SILVER: RGB = (198, 202, 208)
ROSE: RGB = (218, 160, 134)
GUNMETAL: RGB = (70, 72, 78)

# Pixels that large gradients are painted on, a hundredth of the side.
_COARSE = 2.4
# Brightness round polished metal, clockwise from three o'clock: the window at the upper left is the brightest.
_AROUND = (1.0, 0.62, 1.25, 0.9, 0.5, 1.1, 1.85, 1.15, 0.66, 1.45, 1.0)
_SWEEP = [0, 0.09, 0.17, 0.27, 0.38, 0.52, 0.63, 0.72, 0.83, 0.92, 1.0]


def flood(easel: Easel, inside: skia.Path, shader: skia.Shader) -> None:
    """Fill with a smooth gradient; a large one is painted on few pixels and drawn out: a quarter of the time."""
    bounds = inside.computeTightBounds()
    if bounds.width() * bounds.height() < 300:
        easel.canvas.drawPath(inside, skia.Paint(Shader=shader, AntiAlias=True))
        return
    across, down = math.ceil(bounds.width() * _COARSE) + 2, math.ceil(bounds.height() * _COARSE) + 2
    few = skia.Surface(across, down)
    small = few.getCanvas()
    small.translate(1, 1)
    small.scale(_COARSE, _COARSE)
    small.translate(-bounds.left(), -bounds.top())
    small.drawPaint(skia.Paint(Shader=shader))
    left, top = bounds.left() - 1 / _COARSE, bounds.top() - 1 / _COARSE
    place = skia.Rect.MakeXYWH(left, top, across / _COARSE, down / _COARSE)
    canvas = easel.canvas
    canvas.save()
    canvas.clipPath(inside, skia.ClipOp.kIntersect, True)
    canvas.drawImageRect(few.makeImageSnapshot(), place, skia.SamplingOptions(skia.FilterMode.kLinear))
    canvas.restore()


def fade(
    easel: Easel,
    inside: skia.Path,
    start: Point,
    end: Point,
    tones: Sequence[Tone],
    stops: Sequence[float] | None = None,
) -> None:
    """Lay a run of tones over ``inside``, from one point to another; evenly where there are no ``stops``."""
    ends = [skia.Point(*start), skia.Point(*end)]
    shader = skia.GradientShader.MakeLinear(ends, [argb(*tone) for tone in tones], list(stops) if stops else None)
    flood(easel, inside, shader)


def spot(
    easel: Easel, x: float, y: float, across: float, down: float, tone: Tone, inside: skia.Path | None = None
) -> None:
    """A soft round patch of light, shade or colour about a centre; far cheaper than a blur."""
    canvas = easel.canvas
    colour, alpha = tone
    canvas.save()
    if inside is not None:
        canvas.clipPath(inside, skia.ClipOp.kIntersect, True)
    canvas.translate(x, y)
    canvas.scale(across, down)
    shades = [argb(colour, alpha), argb(colour, alpha * 0.55), argb(colour, 0)]
    shader = skia.GradientShader.MakeRadial(skia.Point(0, 0), 1, shades, [0, 0.45, 1])
    canvas.drawCircle(0, 0, 1, skia.Paint(Shader=shader, AntiAlias=True))
    canvas.restore()


def polished(
    easel: Easel, path: skia.Path, centre: Point, colour: RGB, *, turn: float = 0.0, depth: float = 1.0
) -> None:
    """Fill with metal that mirrors a studio all round: for rings, bezels, hoops and bangles."""
    shades = [argb(lit(colour, 1 + (factor - 1) * depth)) for factor in _AROUND]
    matrix = skia.Matrix.RotateDeg(turn, skia.Point(*centre))
    flood(easel, path, skia.GradientShader.MakeSweep(*centre, shades, _SWEEP, localMatrix=matrix))


def metal_of(colour: RGB) -> str:
    """The finish that suits a metal's colour: "gold" where it is warm, "silver" elsewhere."""
    return "gold" if colour[0] > colour[2] + 40 else "silver"


def sparkle(easel: Easel, x: float, y: float, size: float, alpha: float = 0.95, turn: float = 0.0) -> None:
    """A glint with four rays, as light breaks on a facet."""
    spot(easel, x, y, size * 0.55, size * 0.55, (WHITE, alpha * 0.55))
    easel.shine(shapes.star(x, y, size, size * 0.09, 4, turn), alpha)
    easel.shine(shapes.star(x, y, size * 0.42, size * 0.1, 4, turn + 45), alpha * 0.8)


def wire(easel: Easel, points: Sequence[Point], width: float, colour: RGB, *, bent: bool = True) -> None:
    """A round metal wire: a dark edge, its colour, and a light along the upper left."""
    easel.line(points, width, shade(colour, 0.48), 1.0, bent=bent)
    body = [(x - width * 0.09, y - width * 0.09) for x, y in points]
    easel.line(body, width * 0.66, colour, 1.0, bent=bent)
    shine = [(x - width * 0.17, y - width * 0.17) for x, y in points]
    easel.line(shine, width * 0.24, lit(colour, 1.75), 0.95, bent=bent)


def dashes(easel: Easel, path: skia.Path, width: float, colour: RGB, on: float, off: float, alpha: float = 0.9) -> None:
    """A dashed line along an outline: a seam, the teeth of a zip, the ticks of a dial."""
    pen = skia.Paint(Color=argb(colour, alpha), AntiAlias=True, Style=skia.Paint.kStroke_Style, StrokeWidth=width)
    pen.setPathEffect(skia.DashPathEffect.Make([on, off], 0))
    easel.canvas.drawPath(path, pen)


def seam(easel: Easel, path: skia.Path, colour: RGB | None = None, width: float = 0.32, dash: float = 1.0) -> None:
    """A sewn line along an outline, pressed a little into the part that it lies on."""
    tone = easel.seam if colour is None else colour
    easel.edge(path, width * 2.6, BLACK, 0.10)
    dashes(easel, path, width, tone, dash, dash * 0.6)


def inset(path: skia.Path, distance: float) -> skia.Path:
    """The outline that runs inside another at a distance."""
    return shapes.without(path, shapes.outlined(path, 2 * distance))


def stations(path: skia.Path, step: float) -> Iterator[tuple[float, float, float]]:
    """Places along a line, ``step`` apart as nearly as fits: (x, y, degrees clockwise that the line runs, 0 right)."""
    measure = skia.PathMeasure(path, False)
    length = measure.getLength()
    count = max(1, round(length / step))
    for place in range(count if measure.isClosed() else count + 1):
        position, tangent = measure.getPosTan(length * place / count)
        yield position.x(), position.y(), math.degrees(math.atan2(tangent.y(), tangent.x()))


def lit(colour: RGB, factor: float) -> RGB:
    """A metal's colour in shade (factor below 1) or light (above 1, up to 2); never quite white."""
    if factor <= 1:
        return shade(colour, factor)
    light = mixed(colour, WHITE, min(factor - 1, 0.92))
    return light if lightness(colour) > 0.3 else mixed(light, colour, 0.25)
