"""Patterns: stripes, checks, dots, flowers, marble, zigzag and camouflage in two colours."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from functools import cache, lru_cache

import numpy as np
import skia

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.stuff import Stuff, argb, mixed, shade
from bowerbird.demo.draw.textures import SIZE, Field, image_of, noise

_Draw = Callable[[skia.Canvas, Stuff, random.Random], float]
"""Draws one tile of a pattern and returns the tile's side in hundredths."""


def lay_pattern(canvas: skia.Canvas, stuff: Stuff, bounds: skia.Rect, opacity: float) -> None:
    """Paint a stuff's colour and pattern over ``bounds``. Raises KeyError for an unknown pattern."""
    paint = skia.Paint(AntiAlias=True, Color=argb(stuff.colour))
    paint.setAlphaf(opacity)
    if stuff.pattern in _FIELDS:
        _lay_field(canvas, stuff, bounds, paint)
        return
    if stuff.pattern != "plain":
        paint.setShader(_tile_shader(stuff))
    canvas.drawPaint(paint)


def _tile_shader(stuff: Stuff) -> skia.Shader:
    chance = random.Random(stuff.seed)
    recorder = skia.PictureRecorder()
    canvas = recorder.beginRecording(skia.Rect.MakeWH(100, 100))
    side = _TILES[stuff.pattern](canvas, stuff, chance)
    picture = recorder.finishRecordingAsPicture()
    matrix = skia.Matrix.RotateDeg(stuff.turn, skia.Point(50, 50))
    matrix.preScale(stuff.size, stuff.size)
    repeat = skia.TileMode.kRepeat
    return picture.makeShader(repeat, repeat, skia.FilterMode.kLinear, matrix, skia.Rect.MakeWH(side, side))


def _ink(stuff: Stuff, alpha: float = 1.0) -> skia.Paint:
    return skia.Paint(Color=argb(stuff.second, alpha), AntiAlias=True)


def _ground(canvas: skia.Canvas, stuff: Stuff) -> None:
    canvas.drawColor(argb(stuff.colour))


def _stripes(canvas: skia.Canvas, stuff: Stuff, chance: random.Random) -> float:
    _ground(canvas, stuff)
    side = chance.choice((5.0, 7.0, 9.0, 12.0))
    style = chance.randrange(3)
    wide = side * (0.5, 0.34, 0.42)[style]
    canvas.drawRect(skia.Rect.MakeXYWH(0, 0, side, wide), _ink(stuff))
    if style == 2:
        canvas.drawRect(skia.Rect.MakeXYWH(0, wide + side * 0.16, side, side * 0.12), _ink(stuff))
    return side


def _checks(canvas: skia.Canvas, stuff: Stuff, chance: random.Random) -> float:
    _ground(canvas, stuff)
    side = chance.choice((6.0, 9.0, 14.0))
    style = chance.randrange(2)
    half = _ink(stuff, 0.55)
    wide = side * (0.5, 0.4)[style]
    canvas.drawRect(skia.Rect.MakeXYWH(0, 0, side, wide), half)
    canvas.drawRect(skia.Rect.MakeXYWH(0, 0, wide, side), half)
    if style == 1:
        thin = skia.Paint(Color=argb(shade(stuff.second, 0.55), 0.8), AntiAlias=True)
        canvas.drawRect(skia.Rect.MakeXYWH(0, side * 0.66, side, side * 0.06), thin)
        canvas.drawRect(skia.Rect.MakeXYWH(side * 0.66, 0, side * 0.06, side), thin)
    return side


def _dots(canvas: skia.Canvas, stuff: Stuff, chance: random.Random) -> float:
    _ground(canvas, stuff)
    side = chance.choice((7.0, 10.0, 13.0))
    radius = side * chance.choice((0.14, 0.19, 0.23))
    ink = _ink(stuff)
    for x, y in ((0.25, 0.25), (0.75, 0.75)):
        canvas.drawCircle(x * side, y * side, radius, ink)
    return side


def _flowers(canvas: skia.Canvas, stuff: Stuff, chance: random.Random) -> float:
    _ground(canvas, stuff)
    side = chance.choice((22.0, 28.0))
    petals = chance.choice((5, 6, 8))
    leaf = skia.Paint(Color=argb(mixed(shade(stuff.colour, 0.7), (60, 120, 70), 0.65)), AntiAlias=True)
    heart = skia.Paint(Color=argb(mixed(stuff.second, (250, 200, 60), 0.75)), AntiAlias=True)
    for gx in range(3):
        for gy in range(3):
            x = (gx + 0.25 + 0.4 * chance.random() + (gy % 2) * 0.2) * side / 3
            y = (gy + 0.25 + 0.4 * chance.random()) * side / 3
            radius = side * chance.uniform(0.075, 0.125)
            turn = chance.uniform(0, 360)
            for dx in (-side, 0, side):
                for dy in (-side, 0, side):
                    if -radius * 2 < x + dx < side + radius * 2 and -radius * 2 < y + dy < side + radius * 2:
                        _flower(canvas, x + dx, y + dy, radius, petals, turn, (_ink(stuff), leaf, heart))
    return side


def _flower(
    canvas: skia.Canvas, x: float, y: float, radius: float, petals: int, turn: float,
    paints: tuple[skia.Paint, skia.Paint, skia.Paint],
) -> None:  # fmt: skip
    ink, leaf, heart = paints
    for side in (0, 140):
        px, py = shapes.around(x, y, radius * 1.35, turn + side)
        canvas.drawPath(
            shapes.moved(shapes.ellipse(px, py, radius * 0.28, radius * 0.6), turn=turn + side, about=(px, py)), leaf
        )
    for place in range(petals):
        px, py = shapes.around(x, y, radius * 0.55, turn + 360 * place / petals)
        canvas.drawCircle(px, py, radius * 0.42, ink)
    canvas.drawCircle(x, y, radius * 0.3, heart)


def _zigzag(canvas: skia.Canvas, stuff: Stuff, chance: random.Random) -> float:
    _ground(canvas, stuff)
    side = chance.choice((8.0, 11.0))
    wide = side * chance.choice((0.3, 0.45))
    pen = _ink(stuff)
    pen.setStyle(skia.Paint.kStroke_Style)
    pen.setStrokeWidth(wide)
    for down in (-side, 0.0, side):
        path = shapes.polyline(
            [
                (-side / 2, down + side),
                (0, down + side / 2),
                (side / 2, down + side),
                (side, down + side / 2),
                (side * 1.5, down + side),
            ]
        )
        canvas.drawPath(path, pen)
    return side


_TILES: dict[str, _Draw] = {
    "striped": _stripes, "checked": _checks, "dotted": _dots, "floral": _flowers, "zigzag": _zigzag,
}  # fmt: skip


@cache
def _marble(variant: int) -> Field:
    """Veins, 0 to 1: lines bent by noise, sharp where they cross it."""
    y, x = np.mgrid[0:SIZE, 0:SIZE] * (2 * np.pi / SIZE)
    bend = noise(100 + variant, (1, 2, 4)) * 1.3 + noise(200 + variant, (9, 18)) * 0.22
    veins = (1 - np.abs(np.sin(x + y + bend))) ** 3 + 0.55 * (1 - np.abs(np.sin(2 * y - x - bend * 1.4 + 1))) ** 7
    clouds = 0.16 * np.clip(noise(500 + variant, (2, 4)), 0, 2)
    return np.asarray(np.clip(veins + clouds, 0, 1), np.float32)


@cache
def _blotches(variant: int) -> Field:
    """Camouflage, steps of a third from 0 to 1."""
    rough = noise(300 + variant, (3, 5)) + noise(400 + variant, (8, 14)) * 0.3
    return np.asarray(np.digitize(rough, (-0.6, 0.15, 0.9)) / 3, np.float32)


_FIELDS = {"marbled": _marble, "camouflage": _blotches}


@lru_cache(maxsize=64)
def _field_image(pattern: str, colour: tuple[int, int, int], second: tuple[int, int, int], variant: int) -> skia.Image:
    field = _FIELDS[pattern](variant)[..., None]
    one, other = np.array(colour, np.float32), np.array(second, np.float32)
    if pattern == "camouflage":
        stops = np.array([one * 0.55, one, one * 0.6 + other * 0.4, other], np.float32)
        rgb = stops[np.rint(field[..., 0] * 3).astype(int)]
    else:
        rgb = one + (other - one) * field
    pixels = np.full((SIZE, SIZE, 4), 255, np.uint8)
    pixels[..., :3] = rgb[..., ::-1]
    return image_of(pixels)


def _lay_field(canvas: skia.Canvas, stuff: Stuff, bounds: skia.Rect, paint: skia.Paint) -> None:
    """Tiles side by side: a shader of an image is copied, through a compressed file, each time a paint is given it."""
    image = _field_image(stuff.pattern, stuff.colour, stuff.second, stuff.seed % 4)
    side = (60 if stuff.pattern == "marbled" else 48) * stuff.size
    smooth = skia.SamplingOptions(skia.FilterMode.kLinear)
    across, down = stuff.seed % 41 - side, stuff.seed % 37 - side
    for column in range(math.floor((bounds.left() - across) / side), math.ceil((bounds.right() - across) / side)):
        for row in range(math.floor((bounds.top() - down) / side), math.ceil((bounds.bottom() - down) / side)):
            # A hair larger than a tile, so that no seam shows.
            place = skia.Rect.MakeXYWH(across + column * side, down + row * side, side + 0.1, side + 0.1)
            canvas.drawImageRect(image, place, smooth, paint)
