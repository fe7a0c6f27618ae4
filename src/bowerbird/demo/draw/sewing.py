"""What is sewn: folds, ribbing, buttons, zips, pockets and labels, for everything made of cloth."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from random import Random
from typing import TypeAlias

import skia

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.shapes import Point
from bowerbird.demo.draw.stuff import Stuff, argb, lightness, shade
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import RGB

Fold: TypeAlias = tuple[Sequence[Point], float]
"""The line along which cloth folds, from where it springs to where it runs out, and its width."""

BRASS: RGB = (190, 152, 84)
STEEL: RGB = (186, 190, 196)
IVORY: RGB = (240, 234, 220)

# Pixels that folds are painted on, a hundredth of the side: drawn out they are soft without a blur.
_COARSE = 1.6
_SOFT = 0.55


def own_chance(easel: Easel) -> Random:
    """Chance for details that are many, so that the kit's own is asked once whatever their number."""
    return Random(easel.chance.getrandbits(32))


@contextmanager
def clipped(easel: Easel, path: skia.Path) -> Iterator[None]:
    """What is drawn meanwhile shows only inside ``path``."""
    easel.canvas.save()
    easel.canvas.clipPath(path, skia.ClipOp.kIntersect, True)
    try:
        yield
    finally:
        easel.canvas.restore()


@contextmanager
def mirrored(easel: Easel, about: float = 50.0) -> Iterator[None]:
    """What is drawn meanwhile appears mirrored about a vertical line."""
    easel.canvas.save()
    easel.canvas.translate(2 * about, 0)
    easel.canvas.scale(-1, 1)
    try:
        yield
    finally:
        easel.canvas.restore()


def flip(points: Iterable[Point], about: float = 50.0) -> list[Point]:
    """Points mirrored about a vertical line."""
    return [(2 * about - x, y) for x, y in points]


def between(one: Point, other: Point, share: float) -> Point:
    """The point at ``share`` of the way from one to the other."""
    return one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share


def along(points: Sequence[Point], share: float) -> Point:
    """The point at ``share`` (0 to 1) of a line through points, all pieces counted alike."""
    place = min(max(share, 0.0), 1.0) * (len(points) - 1)
    step = min(int(place), len(points) - 2)
    return between(points[step], points[step + 1], place - step)


def curved(points: Sequence[Point], steps: int) -> list[Point]:
    """Points on the smooth line through some (Catmull-Rom), ``steps`` to a piece."""
    line = []
    last = len(points) - 1
    for at in range(last):
        here, there = points[at], points[at + 1]
        before, after = points[max(at - 1, 0)], points[min(at + 2, last)]
        for step in range(steps):
            t = step / steps
            a, b = -t * (1 - t) ** 2 / 2, 1 - 2.5 * t * t + 1.5 * t**3
            c, d = t / 2 + 2 * t * t - 1.5 * t**3, -t * t * (1 - t) / 2
            line.append((
                a * before[0] + b * here[0] + c * there[0] + d * after[0],
                a * before[1] + b * here[1] + c * there[1] + d * after[1],
            ))  # fmt: skip
    return [*line, points[last]]


def tapered(points: Sequence[Point], width: float) -> skia.Path:
    """A stroke that swells soon after its start and runs out to nothing."""
    line = curved(points, 4)
    steps = len(line) - 1
    left, right = [], []
    for at, (x, y) in enumerate(line):
        before, after = line[max(at - 1, 0)], line[min(at + 1, steps)]
        dx, dy = after[0] - before[0], after[1] - before[1]
        half = width / 2 * math.sin(math.pi * (at / steps) ** 0.65) / (math.hypot(dx, dy) or 1)
        left.append((x - dy * half, y + dx * half))
        right.append((x + dy * half, y - dx * half))
    return shapes.smooth([*left, *reversed(right)])


def drape(easel: Easel, inside: skia.Path, folds: Iterable[Fold], strength: float = 1.0) -> None:
    """Lay folds on a part: each a shaded valley with a lit ridge to its upper left, as deep as the cloth creases.

    Folds are soft, so they are painted on few pixels and drawn out.
    """
    finish = easel.body.finish
    deep = strength * (0.5 + 0.6 * finish.folds)
    light = lightness(easel.colour)
    dark = argb((0, 0, 0), (0.13 + 0.14 * light if light > 0.3 else 0.3) * deep)
    bright = argb((255, 255, 255), (0.09 + 0.12 * (1 - light) * (1 - light) + 0.22 * finish.gloss) * deep)
    # Laid out along the picture's own rows: drawing an image out is ten times as slow under a canvas that is turned.
    matrix = easel.canvas.getTotalMatrix()
    bounds, scale = matrix.mapRect(inside.computeTightBounds()), _COARSE * 100 / easel.size
    across, down = math.ceil(bounds.width() * scale) + 2, math.ceil(bounds.height() * scale) + 2
    layer = skia.Surface(across, down)
    small = layer.getCanvas()
    small.translate(1, 1)
    small.scale(scale, scale)
    small.translate(-bounds.left(), -bounds.top())
    small.concat(matrix)
    valley, ridge = skia.Paint(Color=dark, AntiAlias=True), skia.Paint(Color=bright, AntiAlias=True)
    valley.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, _SOFT))
    ridge.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, _SOFT * 1.3))
    for points, width in folds:
        path = tapered(points, width)
        small.drawPath(path, valley)
        small.drawPath(shapes.moved(path, -0.75 * width, -0.35 * width), ridge)
    place = skia.Rect.MakeXYWH(bounds.left() - 1 / scale, bounds.top() - 1 / scale, across / scale, down / scale)
    with clipped(easel, inside):
        easel.canvas.resetMatrix()
        easel.canvas.drawImageRect(layer.makeImageSnapshot(), place, skia.SamplingOptions(skia.FilterMode.kLinear))


def hatch(easel: Easel, lines: Iterable[tuple[Point, Point]], width: float, colour: RGB, alpha: float) -> None:
    """Many straight fine lines at once."""
    path = skia.Path()
    for start, end in lines:
        path.moveTo(*start)
        path.lineTo(*end)
    pen = skia.Paint(Color=argb(colour, alpha), AntiAlias=True, Style=skia.Paint.kStroke_Style, StrokeWidth=width)
    easel.canvas.drawPath(path, pen)


def ribbing(
    easel: Easel, first: Sequence[Point], last: Sequence[Point], count: int, colour: RGB, strength: float = 1.0
) -> None:
    """Knitted ribs that run from one line to another: ``count`` furrows, each with a lit edge."""
    shares = [(at + 0.5) / count for at in range(count)]
    lines = [(along(first, share), along(last, share)) for share in shares]
    gap = math.dist(along(first, 0.5), along(first, 0.5 + 1 / count))
    light = lightness(colour)
    hatch(easel, lines, gap * 0.34, (0, 0, 0), strength * (0.2 + 0.1 * (light < 0.3)))
    shifted = [((a[0] - gap * 0.34, a[1]), (b[0] - gap * 0.34, b[1])) for a, b in lines]
    hatch(easel, shifted, gap * 0.26, (255, 255, 255), strength * (0.2 if light < 0.5 else 0.3))


def band(
    easel: Easel, inside: skia.Path, first: Sequence[Point], last: Sequence[Point], stuff: Stuff, count: int
) -> None:
    """A ribbed band of an outline, between two lines across it, cut to the outline."""
    path = shapes.smooth([first[0], *first, first[-1], last[-1], *reversed(last), last[0]])
    with clipped(easel, inside):
        easel.part(path, stuff, Volume.SOFT, depth=0.55)
        ribbing(easel, first, last, count, stuff.colour)
        easel.line(first, 0.35, (0, 0, 0), 0.28)


def seen(colour: RGB, against: RGB) -> RGB:
    """A colour, or where it would not show against another a shade of that one which does."""
    if abs(lightness(colour) - lightness(against)) > 0.12:
        return colour
    return shade(against, 1.6 if lightness(against) < 0.5 else 0.5)


def button(easel: Easel, x: float, y: float, radius: float, colour: RGB, holes: int = 4) -> None:
    """A sewn button; without holes a snap or a metal one."""
    canvas = easel.canvas
    ink = skia.Paint(AntiAlias=True)
    for dx, dy, size, tone, alpha in (
        (0.3, 0.45, 1.1, (0, 0, 0), 0.32), (0, 0, 1.0, shade(colour, 0.72), 1.0),
        (-0.06, -0.08, 0.9, shade(colour, 1.3), 1.0), (0.02, 0.02, 0.76, colour, 1.0),
    ):  # fmt: skip
        ink.setColor(argb(tone, alpha))
        canvas.drawCircle(x + dx * radius, y + dy * radius, size * radius, ink)
    if holes:
        ink.setColor(argb(shade(colour, 0.35 if lightness(colour) > 0.25 else 1.6), 0.9))
        reach = radius * 0.26
        for dx, dy in ((-1, -1), (1, 1), (1, -1), (-1, 1))[:holes]:
            canvas.drawCircle(x + dx * reach, y + dy * reach, radius * 0.13, ink)
    else:
        ink.setColor(argb((255, 255, 255), 0.7))
        canvas.drawCircle(x - radius * 0.3, y - radius * 0.34, radius * 0.24, ink)


def zip_line(easel: Easel, points: Sequence[Point], metal: RGB, tape: RGB, width: float = 1.5) -> None:
    """A zip along a line: its tape, its teeth, and the puller at the start."""
    easel.part(shapes.ribbon(points, width, square=True), easel.of("nylon", tape), Volume.FLAT)
    easel.line(points, width * 0.5, shade(metal, 0.5), 0.9)
    easel.stitch(points, shade(metal, 1.25), width * 0.5, 0.45)
    (x, y), down = points[0], 1 if points[-1][1] >= points[0][1] else -1
    slider = shapes.box(x - width * 0.42, y + 0.3 * down, width * 0.84, 1.9, 0.4)
    easel.part(slider, easel.of("silver", metal), Volume.BEVEL, shadow=0.3)
    easel.part(shapes.box(x - width * 0.26, y + 1.6 * down, width * 0.52, 3.0, 0.35), easel.of("silver", metal),
               Volume.BEVEL, shadow=0.4)  # fmt: skip


def label(easel: Easel, x: float, y: float, width: float, height: float, cloth: RGB | None = None) -> None:
    """A woven label with the brand."""
    ground = cloth or (IVORY if lightness(easel.colour) < 0.6 else (52, 52, 58))
    easel.part(shapes.box(x - width / 2, y - height / 2, width, height, 0.2), easel.of("cotton", ground),
               Volume.FLAT, shadow=0.3)  # fmt: skip
    ink = (40, 40, 46) if lightness(ground) > 0.5 else (236, 232, 222)
    text = easel.look.brand
    if text and text.isascii():
        easel.words(text, x, y, height * 0.46, ink, width=width * 0.8)
    else:
        easel.line([(x - width * 0.28, y), (x + width * 0.28, y)], height * 0.16, ink, 0.8)


def patch_pocket(
    easel: Easel,
    x: float,
    y: float,
    width: float,
    height: float,
    stuff: Stuff,
    *,
    flap: float = 0.0,
    point: float = 1.2,
) -> None:
    """A pocket sewn on, its top middle at (x, y); ``flap`` is its lid's height, ``point`` how far its tip reaches."""
    half = width / 2
    pocket = shapes.polygon([
        (x - half, y), (x + half, y), (x + half, y + height - point), (x, y + height), (x - half, y + height - point),
    ])  # fmt: skip
    easel.part(pocket, stuff, Volume.SOFT, depth=0.35, shadow=0.35)
    corner = (x - half + 0.6, y + height - point - 0.4)
    inner = [(x - half + 0.6, y), corner, corner, (x, y + height - 0.7)]
    for edge in (inner, flip(inner, x)):
        easel.stitch(edge, None, 0.28, 0.8)
    if flap:
        lid = shapes.polygon([
            (x - half - 0.4, y - 0.6), (x + half + 0.4, y - 0.6), (x + half + 0.4, y + flap - point * 0.7),
            (x, y + flap), (x - half - 0.4, y + flap - point * 0.7),
        ])  # fmt: skip
        easel.part(lid, stuff, Volume.SOFT, depth=0.45, shadow=0.6)
        seam = [(x - half + 0.2, y + flap - point * 0.7 - 0.6), (x, y + flap - 0.7)]
        easel.stitch([*seam, *flip(reversed(seam), x)], None, 0.28, 0.8)
    else:
        easel.stitch([(x - half + 0.3, y + 1.3), (x + half - 0.3, y + 1.3)], None, 0.28, 0.8)


def fringe(easel: Easel, start: Point, end: Point, length: float, colour: RGB, chance: Random) -> None:
    """Threads that hang from an edge, at right angles to it, in little bundles."""
    span = math.dist(start, end)
    dx, dy = (end[0] - start[0]) / span, (end[1] - start[1]) / span
    count = max(4, round(span / 1.5))
    threads: list[tuple[Point, Point]] = []
    for at in range(count):
        x, y = between(start, end, (at + 0.5) / count)
        reach, lean = length * chance.uniform(0.85, 1.05), chance.uniform(-0.5, 0.5)
        threads.append(((x, y), (x - dy * reach + dx * lean, y + dx * reach + dy * lean)))
    for tone, wide in ((shade(colour, 0.6), 1.0), (colour, 0.62), (shade(colour, 1.25), 0.2)):
        hatch(easel, threads, wide, tone, 0.95)
