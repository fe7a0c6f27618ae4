"""Smooth outlines and ribbons from a few points."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np

Point: TypeAlias = "tuple[float, float]"


def ellipse(centre: Point, radii: Point, count: int = 96) -> list[Point]:
    """Points around an ellipse."""
    angles = np.linspace(0, 2 * math.pi, count, endpoint=False).tolist()
    return [(centre[0] + radii[0] * math.cos(t), centre[1] + radii[1] * math.sin(t)) for t in angles]


def round_box(corner: Point, size: Point, radius: float) -> list[Point]:
    """Points around a rectangle with round corners."""
    (x, y), (w, h) = corner, size
    r = min(radius, w / 2, h / 2)
    corners = ((x + w - r, y + r), (x + w - r, y + h - r), (x + r, y + h - r), (x + r, y + r))
    points: list[Point] = []
    for quarter, (cx, cy) in enumerate(corners):
        angles = [math.radians(90 * quarter - 90 + t) for t in range(0, 91, 10)]
        points += [(cx + r * math.cos(t), cy + r * math.sin(t)) for t in angles]
    return points


def smooth(points: Sequence[Point], closed: bool, steps: int = 8) -> list[Point]:
    """A centripetal-looking Catmull-Rom path through the points; a point given twice is a corner."""
    count, path = len(points), []
    for i in range(count if closed else count - 1):
        p = [points[(i + k) % count] if closed else points[min(max(i + k, 0), count - 1)] for k in (-1, 0, 1, 2)]
        if p[1] == p[2]:
            continue
        for t in np.linspace(0, 1, steps, endpoint=False):
            path.append((_spline(t, *(q[0] for q in p)), _spline(t, *(q[1] for q in p))))
    return path if closed else [*path, points[-1]]


def ribbon(path: Sequence[Point], width: float) -> list[Point]:
    """The outline of a line of one width along a path."""
    points = np.array(path, dtype=np.float64)
    ahead = np.gradient(points, axis=0) if len(points) > 1 else np.ones_like(points)
    ahead /= np.maximum(np.linalg.norm(ahead, axis=1, keepdims=True), 1e-9)
    side = np.stack([-ahead[:, 1], ahead[:, 0]], axis=1) * width / 2
    return [(float(x), float(y)) for x, y in np.concatenate([points + side, (points - side)[::-1]])]


def _spline(t: float, a: float, b: float, c: float, d: float) -> float:
    return float(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3))


def even_steps(path: Sequence[Point], step: float) -> list[Point]:
    """Points along a path, each ``step`` after the last."""
    points = np.array(path)
    along = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))])
    at = np.arange(0, along[-1], step)
    return list(
        zip(np.interp(at, along, points[:, 0]).tolist(), np.interp(at, along, points[:, 1]).tolist(), strict=True)
    )
