"""Outlines: closed or open paths in hundredths of the picture's side, x to the right, y down."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypeAlias

import skia

Point: TypeAlias = tuple[float, float]


def polygon(points: Sequence[Point]) -> skia.Path:
    """A closed outline of straight lines."""
    path = skia.Path()
    path.addPoly([skia.Point(*point) for point in points], True)
    return path


def polyline(points: Sequence[Point]) -> skia.Path:
    """An open line of straight pieces."""
    path = skia.Path()
    path.addPoly([skia.Point(*point) for point in points], False)
    return path


def smooth(points: Sequence[Point], closed: bool = True) -> skia.Path:
    """A line that runs smoothly through the points (Catmull-Rom); a point given twice makes a corner."""
    path = skia.Path()
    count = len(points)
    path.moveTo(*points[0])
    for place in range(count if closed else count - 1):
        here, there = points[place], points[(place + 1) % count]
        if here == there:
            continue
        before = points[(place - 1) % count] if closed or place else here
        after = points[(place + 2) % count] if closed or place + 2 < count else there
        first = (here[0] + (there[0] - before[0]) / 6, here[1] + (there[1] - before[1]) / 6)
        second = (there[0] - (after[0] - here[0]) / 6, there[1] - (after[1] - here[1]) / 6)
        path.cubicTo(*(here if before == here else first), *(there if after == there else second), *there)
    if closed:
        path.close()
    return path


def mirrored(half: Sequence[Point]) -> skia.Path:
    """A closed smooth outline, symmetric about x = 50, from its left half, top to bottom."""
    return smooth([*half, *[(100 - x, y) for x, y in reversed(half)]])


def ellipse(x: float, y: float, across: float, down: float | None = None) -> skia.Path:
    """An ellipse about a centre, by its two radii; a circle by one."""
    down = across if down is None else down
    return skia.Path.Oval(skia.Rect.MakeLTRB(x - across, y - down, x + across, y + down))


def box(left: float, top: float, width: float, height: float, radius: float = 0.0) -> skia.Path:
    """A rectangle, with round corners where a radius is given."""
    return skia.Path.RRect(skia.RRect.MakeRectXY(skia.Rect.MakeXYWH(left, top, width, height), radius, radius))


def ribbon(points: Sequence[Point], width: float, closed: bool = False, square: bool = False) -> skia.Path:
    """A band of one width along a smooth line: a strap, a handle, a cable."""
    return outlined(smooth(points, closed), width, square)


def outlined(line: skia.Path, width: float, square: bool = False) -> skia.Path:
    """The outline of a line drawn with a pen of ``width``."""
    cap = skia.Paint.kButt_Cap if square else skia.Paint.kRound_Cap
    pen = skia.Paint(Style=skia.Paint.kStroke_Style, StrokeWidth=width, StrokeCap=cap)
    pen.setStrokeJoin(skia.Paint.kRound_Join)
    path = skia.Path()
    pen.getFillPath(line, path)
    return path


def ring(x: float, y: float, outer: float, inner: float, flatness: float = 1.0) -> skia.Path:
    """A flat ring; ``flatness`` below 1 shows it from the side."""
    return without(ellipse(x, y, outer, outer * flatness), ellipse(x, y, inner, inner * flatness))


def sector(x: float, y: float, radius: float, start: float, sweep: float) -> skia.Path:
    """A slice of a circle, from ``start`` over ``sweep`` degrees, clockwise from three o'clock."""
    path = skia.Path()
    path.moveTo(x, y)
    path.arcTo(skia.Rect.MakeLTRB(x - radius, y - radius, x + radius, y + radius), start, sweep, False)
    path.close()
    return path


def regular(x: float, y: float, radius: float, corners: int, turn: float = 0.0) -> skia.Path:
    """A regular polygon; ``turn`` in degrees, 0 has a corner at the top."""
    return polygon([around(x, y, radius, turn + 360 * place / corners) for place in range(corners)])


def star(x: float, y: float, outer: float, inner: float, points: int = 5, turn: float = 0.0) -> skia.Path:
    """A star with its first point at the top, turned by ``turn`` degrees."""
    step = 180 / points
    return polygon([around(x, y, inner if i % 2 else outer, turn + step * i) for i in range(2 * points)])


def around(x: float, y: float, radius: float, degrees: float) -> Point:
    """The point at a distance from a centre, clockwise from the top."""
    angle = math.radians(degrees - 90)
    return x + radius * math.cos(angle), y + radius * math.sin(angle)


def joined(*paths: skia.Path) -> skia.Path:
    """The union of outlines."""
    whole = paths[0]
    for path in paths[1:]:
        whole = skia.Op(whole, path, skia.PathOp.kUnion_PathOp)
    return whole


def without(path: skia.Path, *holes: skia.Path) -> skia.Path:
    """An outline with others cut out of it."""
    for hole in holes:
        path = skia.Op(path, hole, skia.PathOp.kDifference_PathOp)
    return path


def within(path: skia.Path, other: skia.Path) -> skia.Path:
    """What two outlines share."""
    return skia.Op(path, other, skia.PathOp.kIntersect_PathOp)


def moved(
    path: skia.Path,
    across: float = 0.0,
    down: float = 0.0,
    turn: float = 0.0,
    scale: float = 1.0,
    about: Point = (50, 50),
) -> skia.Path:
    """A copy turned (degrees, clockwise) and scaled about a point, then moved."""
    matrix = skia.Matrix.Translate(across, down)
    matrix.preRotate(turn, about[0], about[1])
    matrix.preScale(scale, scale, about[0], about[1])
    copy = skia.Path()
    path.transform(matrix, copy)
    return copy


def flipped(path: skia.Path, about: float = 50.0) -> skia.Path:
    """A copy mirrored left to right about a vertical line."""
    matrix = skia.Matrix.Translate(2 * about, 0)
    matrix.preScale(-1, 1)
    copy = skia.Path()
    path.transform(matrix, copy)
    return copy
