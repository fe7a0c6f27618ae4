"""Solid things seen from a little above: blocks with three faces, and patches on a globe that is turned anyhow."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypeAlias

import skia

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.shapes import Point
from bowerbird.demo.draw.stuff import Stuff
from bowerbird.demo.draw.volumes import Volume

Place: TypeAlias = tuple[float, float, float]
"""A direction from the middle of a globe: to the right, down, towards the eye."""


def block(
    easel: Easel,
    left: float,
    top: float,
    wide: float,
    tall: float,
    stuff: Stuff,
    *,
    deep: float = 5.0,
    radius: float = 0.6,
) -> skia.Path:
    """A box with its front, its top and its right side (``deep`` hundredths to the right and half of it up).

    Returns the outline of the front.
    """
    right, bottom, lift = left + wide, top + tall, deep * 0.55
    roof = shapes.polygon([(left, top), (left + deep, top - lift), (right + deep, top - lift), (right, top)])
    side = shapes.polygon([(right, top), (right + deep, top - lift), (right + deep, bottom - lift), (right, bottom)])
    easel.part(roof, stuff.shade(1.18), Volume.FLAT, depth=0.6)
    easel.part(side, stuff.shade(0.72), Volume.FLAT, depth=0.8)
    front = easel.part(shapes.box(left, top, wide, tall, radius), stuff, Volume.FLAT, depth=0.9)
    easel.line([(left + 0.3, top), (right - 0.2, top)], 0.35, (255, 255, 255), 0.55, bent=False)
    easel.line([(right, top + 0.2), (right, bottom - 0.3)], 0.3, (255, 255, 255), 0.25, bent=False)
    return front


class Globe:
    """A ball that can be painted on: directions from its middle are turned and seen from the front."""

    def __init__(self, x: float, y: float, radius: float, turns: tuple[float, float, float]) -> None:
        """``turns``: degrees about the upright, the level and the line of sight, in this order."""
        self.x, self.y, self.radius = x, y, radius
        self._turns = tuple(math.radians(turn) for turn in turns)

    @property
    def outline(self) -> skia.Path:
        """The ball's edge."""
        return shapes.ellipse(self.x, self.y, self.radius)

    def turned(self, place: Place) -> Place:
        """A direction as it lies after the turns, of length 1."""
        x, y, z = place
        yaw, pitch, roll = self._turns
        x, z = x * math.cos(yaw) + z * math.sin(yaw), z * math.cos(yaw) - x * math.sin(yaw)
        y, z = y * math.cos(pitch) - z * math.sin(pitch), z * math.cos(pitch) + y * math.sin(pitch)
        x, y = x * math.cos(roll) - y * math.sin(roll), y * math.cos(roll) + x * math.sin(roll)
        length = math.sqrt(x * x + y * y + z * z)
        return x / length, y / length, z / length

    def seen(self, place: Place) -> Point:
        """Where a turned direction is seen."""
        return self.x + place[0] * self.radius, self.y + place[1] * self.radius

    def region(self, rim: Sequence[Place]) -> skia.Path | None:
        """What is seen of a bulging patch (smaller than half the ball), by places along its rim; None if nothing."""
        turned = [self.turned(place) for place in rim]
        points: list[Point] = []
        for here, there in zip(turned, [*turned[1:], turned[0]], strict=True):
            if here[2] >= 0:
                points.append(self.seen(here))
            if (here[2] >= 0) != (there[2] >= 0):
                share = here[2] / (here[2] - there[2])
                x, y, _ = (a + (b - a) * share for a, b in zip(here, there, strict=True))
                flat = math.hypot(x, y) or 1.0
                edge = self.seen((x / flat, y / flat, 0.0))
                # Between leaving the visible half and coming back the patch ends at the ball's own edge.
                if there[2] >= 0 and points:
                    points += self._along_edge(points[-1], edge)
                points.append(edge)
        if len(points) < 3:
            return None
        if turned[0][2] < 0:
            points += self._along_edge(points[-1], points[0])
        return shapes.polygon(points)

    def patch(self, corners: Sequence[Place], steps: int = 5) -> skia.Path | None:
        """The outline of a patch whose edges run straight over the ball; None where it lies behind."""
        rim = []
        for here, there in zip(corners, [*corners[1:], corners[0]], strict=True):
            for step in range(steps):
                share = step / steps
                rim.append(_unit([a + (b - a) * share for a, b in zip(here, there, strict=True)]))
        return self.region(rim)

    def _along_edge(self, start: Point, end: Point) -> list[Point]:
        """Points along the ball's edge between two on it, the shorter way."""
        first = math.atan2(start[1] - self.y, start[0] - self.x)
        sweep = (math.atan2(end[1] - self.y, end[0] - self.x) - first + math.pi) % (2 * math.pi) - math.pi
        angles = (first + sweep * step / 8 for step in range(1, 8))
        return [(self.x + self.radius * math.cos(angle), self.y + self.radius * math.sin(angle)) for angle in angles]

    def line(self, places: Sequence[Place]) -> skia.Path:
        """The visible stretches of a line over the ball."""
        path, drawing = skia.Path(), False
        for place in places:
            turned = self.turned(place)
            if turned[2] < -0.02:
                drawing = False
                continue
            x, y = self.seen(turned)
            if drawing:
                path.lineTo(x, y)
            else:
                path.moveTo(x, y)
            drawing = True
        return path


def _unit(place: Sequence[float]) -> Place:
    x, y, z = place
    length = math.sqrt(x * x + y * y + z * z) or 1.0
    return x / length, y / length, z / length


def football_panels() -> tuple[list[list[Place]], list[list[Place]]]:
    """The twelve pentagons and twenty hexagons of a truncated icosahedron."""
    golden = (1 + math.sqrt(5)) / 2
    corners = [place for a in (-1.0, 1.0) for b in (-golden, golden) for place in ((0, a, b), (a, b, 0), (b, 0, a))]
    near = [[other for other in corners if 0 < math.dist(one, other) < 2.1] for one in corners]

    def cut(one: Place, other: Place) -> Place:
        return _unit([a + (b - a) / 3 for a, b in zip(one, other, strict=True)])

    pentagons = [_around(one, [cut(one, other) for other in beside]) for one, beside in zip(corners, near, strict=True)]
    hexagons = []
    for i, one in enumerate(corners):
        for j in range(i + 1, len(corners)):
            for k in range(j + 1, len(corners)):
                other, third = corners[j], corners[k]
                if other in near[i] and third in near[i] and third in near[j]:
                    middle = _unit([a + b + c for a, b, c in zip(one, other, third, strict=True)])
                    pairs = [(a, b) for a in (one, other, third) for b in (one, other, third) if a != b]
                    hexagons.append(_around(middle, [cut(a, b) for a, b in pairs]))
    return pentagons, hexagons


def _around(middle: Place, places: list[Place]) -> list[Place]:
    """Places in order around a middle."""
    axis = _unit(middle)
    first = _unit(
        [p - axis[i] * sum(a * b for a, b in zip(places[0], axis, strict=True)) for i, p in enumerate(places[0])]
    )
    second = (
        axis[1] * first[2] - axis[2] * first[1],
        axis[2] * first[0] - axis[0] * first[2],
        axis[0] * first[1] - axis[1] * first[0],
    )

    def angle(place: Place) -> float:
        along = sum(a * b for a, b in zip(place, first, strict=True))
        aside = sum(a * b for a, b in zip(place, second, strict=True))
        return math.atan2(aside, along)

    return sorted(places, key=angle)
