"""The studio: a thing set on its ground with a soft shadow, seen from the front or a little from the side."""

from __future__ import annotations

from enum import Enum

import numpy as np
import skia

from bowerbird.demo.draw.stuff import argb, shade
from bowerbird.demo.look import RGB, Look

_SMALL = 160


class Ground(Enum):
    """How the thing lies in its studio."""

    LYING = "on a table seen from above: its shadow all round"
    STANDING = "on a table seen from the front: its shadow at its feet"
    HANGING = "before a wall: its shadow behind it, further off"


def set_on_ground(thing: skia.Image, look: Look, ground: Ground, tone: RGB) -> skia.Image:
    """The whole picture: ground, shadow and the thing.

    Ground and shadow are smooth, so they are painted on few pixels and drawn out.
    """
    size = thing.width()
    behind = skia.Surface(_SMALL, _SMALL)
    small = behind.getCanvas()
    small.scale(_SMALL / size, _SMALL / size)
    _paint_ground(small, size, ground, tone, look)
    _paint_shadow(small, _shrunk(thing), size, ground)
    surface = skia.Surface(size, size)
    canvas = surface.getCanvas()
    smooth = skia.SamplingOptions(skia.FilterMode.kLinear)
    canvas.drawImageRect(behind.makeImageSnapshot(), skia.Rect.MakeWH(size, size), smooth)
    canvas.drawImage(thing, 0, 0)
    return surface.makeImageSnapshot()


def view_of(look: Look, ground: Ground) -> skia.Matrix:
    """How a thing is seen, in hundredths: in another view than 0 nearer, from the side, and tilted where it lies."""
    matrix = skia.Matrix()
    if look.view == 0:
        return matrix
    side = 1 if look.seed % 2 else -1
    grown = 1.04 + 0.01 * (look.seed // 13 % 5)
    matrix.preTranslate(50 + side * 1.5, 50)
    if ground is Ground.STANDING:
        matrix.preSkew(0, side * 0.02)
    else:
        matrix.preSkew(0, side * (0.03 + 0.01 * (look.seed // 3 % 4)))
        matrix.preRotate(side * (2.0 + look.seed // 5 % 5))
    matrix.preScale(grown * 0.92, grown)
    matrix.preTranslate(-50, -50)
    return matrix


def _paint_ground(canvas: skia.Canvas, size: int, ground: Ground, tone: RGB, look: Look) -> None:
    light, dark = argb(shade(tone, 1.35)), argb(shade(tone, 0.86))
    centre = skia.Point(size * 0.4, size * 0.34)
    canvas.drawPaint(
        skia.Paint(Shader=skia.GradientShader.MakeRadial(centre, size * 0.95, [light, argb(tone), dark], [0, 0.5, 1]))
    )
    if ground is Ground.STANDING:
        # The table's back edge, out of focus.
        top = size * (0.66 + 0.05 * (look.seed // 17 % 3) / 2)
        ends = [skia.Point(0, top - size * 0.04), skia.Point(0, top + size * 0.05), skia.Point(0, size)]
        floor = [argb(shade(tone, 0.80), 0.0), argb(shade(tone, 0.80), 0.55), argb(shade(tone, 1.1), 0.1)]
        canvas.drawPaint(skia.Paint(Shader=skia.GradientShader.MakeLinear([ends[0], ends[2]], floor, [0, 0.22, 1])))


def _shrunk(thing: skia.Image) -> skia.Image:
    """The thing at a quarter of its size: shadows are soft, and blurring few pixels is quick."""
    small = skia.Surface(_SMALL, _SMALL)
    small.getCanvas().drawImageRect(
        thing, skia.Rect.MakeWH(_SMALL, _SMALL), skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kNone)
    )
    return small.makeImageSnapshot()


def _paint_shadow(canvas: skia.Canvas, small: skia.Image, size: int, ground: Ground) -> None:
    scale = size / _SMALL
    if ground is Ground.STANDING:
        _paint_standing_shadow(canvas, small, scale)
        return
    far, soft = ((3.2, 4.0), 4.2) if ground is Ground.LYING else ((7.0, 9.0), 8.0)
    for across, down, blur, strength in ((far[0] * 0.35, far[1] * 0.35, soft * 0.35, 0.30), (*far, soft, 0.26)):
        canvas.drawImageRect(
            _blackened(small, blur, across, down), skia.Rect.MakeWH(size, size),
            skia.SamplingOptions(skia.FilterMode.kLinear), skia.Paint(Alphaf=strength),
        )  # fmt: skip


def _paint_standing_shadow(canvas: skia.Canvas, small: skia.Image, scale: float) -> None:
    alpha = np.asarray(small.toarray(colorType=skia.kRGBA_8888_ColorType))[..., 3]
    rows = np.flatnonzero(alpha.max(axis=1) > 100)
    if not len(rows):
        return
    foot, top = int(rows[-1]), int(rows[0])
    base = np.flatnonzero(alpha[max(foot - max((foot - top) // 6, 2), 0) : foot + 1].max(axis=0) > 100)
    left, right = float(base[0]) * scale, float(base[-1] + 1) * scale
    y, wide = (foot + 1) * scale, right - left
    for grow, tall, strength, drop in (
        (1.02, 0.030, 0.62, -0.006),
        (1.25, 0.085, 0.34, 0.012),
        (1.7, 0.15, 0.16, 0.02),
    ):
        across, down = wide * grow / 2, max(wide * tall, scale * 1.4)
        canvas.save()
        canvas.translate((left + right) / 2 + wide * 0.04 * grow, y + wide * drop)
        canvas.scale(across, down)
        shades = [argb((0, 0, 0), strength), argb((0, 0, 0), strength * 0.55), argb((0, 0, 0), 0)]
        shader = skia.GradientShader.MakeRadial(skia.Point(0, 0), 1, shades, [0, 0.55, 1])
        canvas.drawCircle(0, 0, 1, skia.Paint(Shader=shader, AntiAlias=True))
        canvas.restore()


def _blackened(small: skia.Image, blur: float, across: float, down: float) -> skia.Image:
    """The shadow of a thing, at half the size of what it is made from: a blurred picture has no more detail."""
    half = _SMALL // 2
    surface = skia.Surface(half, half)
    canvas = surface.getCanvas()
    canvas.scale(0.5, 0.5)
    paint = skia.Paint()
    paint.setImageFilter(skia.ImageFilters.DropShadowOnly(across, down, blur, blur, argb((0, 0, 0))))
    canvas.drawImage(small, 0, 0, skia.SamplingOptions(skia.FilterMode.kLinear), paint)
    return surface.makeImageSnapshot()
