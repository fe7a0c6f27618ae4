"""Light on a part: gradients and soft edges that make an outline look like a thing."""

from __future__ import annotations

import math
from enum import Enum

import skia

from bowerbird.demo.draw.stuff import Stuff, argb

# Pixels that light is painted on, a hundredth of the side.
_COARSE, _FINEST = 1.6, 6.4
_WHITE, _BLACK = (255, 255, 255), (0, 0, 0)


class Volume(Enum):
    """How a part bulges."""

    FLAT = "a sheet: hardly any shading"
    SOFT = "a cushion: shaded along its edge, for cloth and leather"
    ROUND = "an upright tube or bottle: light runs down its left"
    ROLL = "a lying tube: light runs along its top"
    BALL = "a ball"
    BEVEL = "a hard box: a light edge above, a dark one below"


def add_volume(canvas: skia.Canvas, path: skia.Path, stuff: Stuff, volume: Volume, depth: float) -> None:
    """Light the part that the canvas is clipped to.

    Light is smooth, so it is painted on few pixels and drawn out over the part: a tenth of the time.
    """
    bounds = path.computeTightBounds()
    if bounds.isEmpty():
        return
    grain = min(_FINEST, max(_COARSE, 24 / max(bounds.width(), bounds.height())))
    # Along the picture's own rows: under a canvas that is turned, drawing an image out takes ten times as long.
    matrix = canvas.getTotalMatrix()
    place = matrix.mapRect(bounds)
    grain *= bounds.width() / place.width() if place.width() > place.height() else bounds.height() / place.height()
    across, down = math.ceil(place.width() * grain) + 2, math.ceil(place.height() * grain) + 2
    light = skia.Surface(across, down)
    small = light.getCanvas()
    small.translate(1, 1)
    small.scale(grain, grain)
    small.translate(-place.left(), -place.top())
    small.concat(matrix)
    _LIGHTS[volume](small, path, bounds, stuff, depth)
    whole = skia.Rect.MakeXYWH(place.left() - 1 / grain, place.top() - 1 / grain, across / grain, down / grain)
    canvas.save()
    canvas.resetMatrix()
    canvas.drawImageRect(light.makeImageSnapshot(), whole, skia.SamplingOptions(skia.FilterMode.kLinear))
    canvas.restore()
    if volume is Volume.BEVEL:
        _bevel_edges(canvas, path, bounds, depth)


def _flat(canvas: skia.Canvas, path: skia.Path, bounds: skia.Rect, stuff: Stuff, depth: float) -> None:
    _slope(canvas, bounds, 0.10 * depth, 0.12 * depth)
    if stuff.finish.metal > 0.3:
        _mirror(canvas, bounds, stuff.finish.metal * 0.5 * depth, upright=False)


def _soft(canvas: skia.Canvas, path: skia.Path, bounds: skia.Rect, stuff: Stuff, depth: float) -> None:
    reach = min(bounds.width(), bounds.height())
    _slope(canvas, bounds, 0.16 * depth, 0.22 * depth)
    # A blurred dark pen along the outline, pushed to the lower right, and a light one to the upper left.
    wide = max(min(reach * 0.22, 7.0), 0.6)
    _blurred_outline(canvas, path, wide, argb(_BLACK, 0.42 * depth), wide * 0.10)
    gloss = 0.12 + 0.5 * stuff.finish.gloss
    _blurred_outline(canvas, path, wide * 0.35, argb(_WHITE, gloss * 0.5 * depth), wide * 0.42)


def _round(canvas: skia.Canvas, path: skia.Path, bounds: skia.Rect, stuff: Stuff, depth: float) -> None:
    _tube(canvas, bounds, stuff, depth, upright=True)


def _roll(canvas: skia.Canvas, path: skia.Path, bounds: skia.Rect, stuff: Stuff, depth: float) -> None:
    _tube(canvas, bounds, stuff, depth, upright=False)


def _ball(canvas: skia.Canvas, path: skia.Path, bounds: skia.Rect, stuff: Stuff, depth: float) -> None:
    x, y = bounds.left() + bounds.width() * 0.36, bounds.top() + bounds.height() * 0.3
    radius = max(bounds.width(), bounds.height()) * 0.78
    shades = [argb(_WHITE, 0.34 * depth), argb(_WHITE, 0.0), argb(_BLACK, 0.16 * depth), argb(_BLACK, 0.55 * depth)]
    _fill(canvas, skia.GradientShader.MakeRadial(skia.Point(x, y), radius, shades, [0, 0.34, 0.68, 1]))
    if stuff.finish.gloss:
        spot = radius * (0.16 + 0.12 * (1 - stuff.finish.gloss))
        light = [argb(_WHITE, 0.85 * stuff.finish.gloss * min(depth, 1.2)), argb(_WHITE, 0.0)]
        _fill(canvas, skia.GradientShader.MakeRadial(skia.Point(x - radius * 0.02, y - radius * 0.04), spot, light))


def _bevel(canvas: skia.Canvas, path: skia.Path, bounds: skia.Rect, stuff: Stuff, depth: float) -> None:
    if stuff.finish.metal > 0.3:
        _mirror(canvas, bounds, stuff.finish.metal * 0.8 * depth, upright=False)
    _slope(canvas, bounds, 0.18 * depth, 0.20 * depth)
    if stuff.finish.gloss > 0.4:
        left, top, right, bottom = bounds.left(), bounds.top(), bounds.right(), bounds.bottom()
        light = [argb(_WHITE, 0.26 * stuff.finish.gloss * depth), argb(_WHITE, 0.03), argb(_WHITE, 0.0)]
        ends = [skia.Point(left, top), skia.Point(left + (right - left) * 0.7, top + (bottom - top) * 0.9)]
        _fill(canvas, skia.GradientShader.MakeLinear(ends, light, [0, 0.5, 0.52]))


def _bevel_edges(canvas: skia.Canvas, path: skia.Path, bounds: skia.Rect, depth: float) -> None:
    reach = min(bounds.width(), bounds.height())
    wide = max(min(reach * 0.05, 1.3), 0.25)
    for shift, colour in ((wide * 0.5, argb(_WHITE, 0.5 * depth)), (-wide * 0.5, argb(_BLACK, 0.42 * depth))):
        pen = skia.Paint(Color=colour, AntiAlias=True, Style=skia.Paint.kStroke_Style, StrokeWidth=wide)
        canvas.save()
        canvas.translate(shift, shift)
        canvas.drawPath(path, pen)
        canvas.restore()


_LIGHTS = {
    Volume.FLAT: _flat, Volume.SOFT: _soft, Volume.ROUND: _round, Volume.ROLL: _roll, Volume.BALL: _ball,
    Volume.BEVEL: _bevel,
}  # fmt: skip


def _tube(canvas: skia.Canvas, bounds: skia.Rect, stuff: Stuff, depth: float, upright: bool) -> None:
    if stuff.finish.metal > 0.3:
        _mirror(canvas, bounds, stuff.finish.metal * depth, upright)
        dark, light = 0.35, 0.1
    else:
        dark, light = 0.46, 0.14 + 0.2 * stuff.finish.gloss
    shades = [
        argb(_BLACK, dark * 0.75 * depth), argb(_BLACK, 0.03), argb(_WHITE, light * depth), argb(_BLACK, 0.02),
        argb(_BLACK, dark * depth), argb(_BLACK, dark * 0.8 * depth),
    ]  # fmt: skip
    _fill(canvas, _across(bounds, shades, [0, 0.14, 0.3, 0.5, 0.93, 1], upright))
    gloss = stuff.finish.gloss
    if gloss > 0.2:
        bright = argb(_WHITE, 0.75 * gloss * min(depth, 1.2))
        stops = [argb(_WHITE, 0), argb(_WHITE, 0), bright, bright, argb(_WHITE, 0), argb(_WHITE, 0)]
        _fill(canvas, _across(bounds, stops, [0, 0.15, 0.19, 0.235, 0.28, 1], upright))


def _mirror(canvas: skia.Canvas, bounds: skia.Rect, strength: float, upright: bool) -> None:
    """The bands of light and dark that polished metal mirrors."""
    shades = [
        argb(_BLACK, 0.42 * strength), argb(_WHITE, 0.55 * strength), argb(_BLACK, 0.05), argb(_BLACK, 0.36 * strength),
        argb(_WHITE, 0.75 * strength), argb(_WHITE, 0.1), argb(_BLACK, 0.5 * strength),
    ]  # fmt: skip
    _fill(canvas, _across(bounds, shades, [0, 0.16, 0.34, 0.52, 0.66, 0.82, 1], upright))


def _slope(canvas: skia.Canvas, bounds: skia.Rect, light: float, dark: float) -> None:
    """Light at the upper left, shade at the lower right."""
    ends = [skia.Point(bounds.left(), bounds.top()), skia.Point(bounds.right(), bounds.bottom())]
    shades = [argb(_WHITE, light), argb(_WHITE, 0.0), argb(_BLACK, 0.0), argb(_BLACK, dark)]
    _fill(canvas, skia.GradientShader.MakeLinear(ends, shades, [0, 0.4, 0.55, 1]))


def _across(bounds: skia.Rect, shades: list[int], stops: list[float], upright: bool) -> skia.Shader:
    start = skia.Point(bounds.left(), bounds.top())
    end = skia.Point(bounds.right(), bounds.top()) if upright else skia.Point(bounds.left(), bounds.bottom())
    return skia.GradientShader.MakeLinear([start, end], shades, stops)


def _fill(canvas: skia.Canvas, shader: skia.Shader) -> None:
    canvas.drawPaint(skia.Paint(Shader=shader, AntiAlias=True))


def _blurred_outline(canvas: skia.Canvas, path: skia.Path, width: float, colour: int, shift: float) -> None:
    pen = skia.Paint(Color=colour, AntiAlias=True, Style=skia.Paint.kStroke_Style, StrokeWidth=width)
    pen.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, width * 0.42))
    canvas.save()
    # The dark pen goes down right of the light one because the path, not the clip, moves.
    canvas.translate(-shift if colour & 0xFFFFFF == 0 else shift, -shift if colour & 0xFFFFFF == 0 else shift)
    canvas.drawPath(path, pen)
    canvas.restore()
