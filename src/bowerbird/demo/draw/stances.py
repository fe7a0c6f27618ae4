"""Things with corners, seen from the side and a little from above: cartons with a printed front, furniture."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeAlias

import skia

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.shapes import Point
from bowerbird.demo.draw.stuff import Stuff, argb
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import RGB

Place: TypeAlias = tuple[float, float, float]
"""Right, up and towards the viewer, in hundredths, from the middle of the floor under a thing."""


@dataclass(frozen=True, slots=True)
class Stance:
    """How a solid is seen: turned to its right and from above, in degrees; its floor's middle lies at (x, y)."""

    turn: float
    pitch: float
    x: float = 50.0
    y: float = 80.0

    def point(self, place: Place) -> Point:
        """Where a place is seen."""
        across, up, near = place
        turn, pitch = math.radians(self.turn), math.radians(self.pitch)
        side = across * math.cos(turn) + near * math.sin(turn)
        depth = near * math.cos(turn) - across * math.sin(turn)
        return self.x + side, self.y - up * math.cos(pitch) + depth * math.sin(pitch)

    def points(self, places: Sequence[Place]) -> list[Point]:
        """Where places are seen."""
        return [self.point(place) for place in places]

    def beam(self, start: Place, end: Place, first: float, last: float) -> skia.Path:
        """A bar from place to place, ``first`` and ``last`` wide at its ends."""
        (ax, ay), (bx, by) = self.point(start), self.point(end)
        length = math.hypot(bx - ax, by - ay) or 1.0
        dx, dy = (by - ay) / length / 2, -(bx - ax) / length / 2
        return shapes.polygon([(ax - dx * first, ay - dy * first), (ax + dx * first, ay + dy * first),
                               (bx + dx * last, by + dy * last), (bx - dx * last, by - dy * last)])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Carton:
    """A box that stands on a table."""

    stance: Stance
    wide: float
    tall: float
    deep: float

    def corner(self, right: int, up: int, near: int) -> Place:
        """A corner, each way 0 or 1."""
        return self.wide * (right - 0.5), self.tall * up, self.deep * (near - 0.5)

    @contextmanager
    def on_front(self, easel: Easel) -> Iterator[None]:
        """What is drawn inside lies on the front, from (0, 0) at its upper left to (wide, tall)."""
        matrix = self._matrix(self.corner(0, 1, 1), self.corner(1, 1, 1), self.corner(0, 0, 1), (self.wide, self.tall))
        with _under(easel, matrix):
            yield

    @contextmanager
    def on_side(self, easel: Easel) -> Iterator[None]:
        """What is drawn inside lies on the side that is seen, from (0, 0) at its upper left to (deep, tall)."""
        right = 1 if self.stance.turn < 0 else 0
        start, end = (1, 0) if right else (0, 1)
        corners = (self.corner(right, 1, start), self.corner(right, 1, end), self.corner(right, 0, start))
        with _under(easel, self._matrix(*corners, (self.deep, self.tall))):
            yield

    @contextmanager
    def on_top(self, easel: Easel) -> Iterator[None]:
        """What is drawn inside lies on the top, from (0, 0) at its far left to (wide, deep)."""
        matrix = self._matrix(self.corner(0, 1, 0), self.corner(1, 1, 0), self.corner(0, 1, 1), (self.wide, self.deep))
        with _under(easel, matrix):
            yield

    def build(self, easel: Easel, front: Stuff, side: Stuff | None = None) -> None:
        """Its three faces, without a print."""
        side = front.plain() if side is None else side
        with self.on_top(easel):
            easel.part(shapes.box(0, 0, self.wide, self.deep), side.shade(1.16), Volume.FLAT)
        with self.on_side(easel):
            shaded = side.shade(0.9 if self.stance.turn > 0 else 0.7)
            easel.part(shapes.box(0, 0, self.deep, self.tall), shaded, Volume.FLAT)
        with self.on_front(easel):
            easel.part(shapes.box(0, 0, self.wide, self.tall), front, Volume.FLAT)

    def edges(self, easel: Easel) -> None:
        """Light along the edges that are seen, over what was printed, and the shade at its foot."""
        near = 1 if self.stance.turn < 0 else 0
        for start, end, width, alpha in (
            ((near, 1, 1), (near, 0, 1), 0.5, 0.5),
            ((0, 1, 1), (1, 1, 1), 0.45, 0.55),
            ((near, 1, 0), (near, 1, 1), 0.4, 0.3),
        ):
            ends = [self.stance.point(self.corner(*corner)) for corner in (start, end)]
            easel.line(ends, width, (255, 255, 255), alpha, bent=False)
        foot = [self.stance.point(self.corner(right, 0, 1)) for right in (0, 1)]
        easel.line(foot, 0.5, (0, 0, 0), 0.25, bent=False)

    def _matrix(self, origin: Place, along: Place, down: Place, size: tuple[float, float]) -> skia.Matrix:
        (x, y), (ax, ay), (bx, by) = (self.stance.point(place) for place in (origin, along, down))
        wide, tall = size
        return skia.Matrix.MakeAll((ax - x) / wide, (bx - x) / tall, x, (ay - y) / wide, (by - y) / tall, y, 0, 0, 1)


def level(easel: Easel) -> None:
    """Undo the tilt of another view for what hangs straight on a wall: it is seen nearer and from the side instead."""
    seen = easel.canvas.getTotalMatrix()
    grown = math.hypot(seen.getScaleX(), seen.getSkewY())
    centre = seen.mapXY(50, 50)
    straight = skia.Matrix.Translate(centre.x(), centre.y())
    straight.preScale(grown, math.hypot(seen.getScaleY(), seen.getSkewX()))
    straight.preTranslate(-50, -50)
    easel.canvas.setMatrix(straight)


def rounded(corners: Sequence[Point], radius: float) -> skia.Path:
    """A closed outline of straight lines with round corners."""
    path = skia.Path()
    for place, here in enumerate(corners):
        before, after = corners[place - 1], corners[(place + 1) % len(corners)]
        ends = []
        for other in (before, after):
            share = min(radius / max(math.dist(here, other), 1e-6), 0.5)
            ends.append((here[0] + (other[0] - here[0]) * share, here[1] + (other[1] - here[1]) * share))
        if place:
            path.lineTo(*ends[0])
        else:
            path.moveTo(*ends[0])
        path.quadTo(*here, *ends[1])
    path.close()
    return path


@contextmanager
def _under(easel: Easel, matrix: skia.Matrix) -> Iterator[None]:
    canvas = easel.canvas
    canvas.save()
    canvas.concat(matrix)
    yield
    canvas.restore()


def glow(easel: Easel, x: float, y: float, radius: float, colour: RGB, strength: float) -> None:
    """A soft round light about a point."""
    shades = [argb(colour, strength), argb(colour, strength * 0.35), argb(colour, 0.0)]
    shader = skia.GradientShader.MakeRadial(skia.Point(x, y), radius, shades, [0, 0.4, 1])
    easel.canvas.drawCircle(x, y, radius, skia.Paint(Shader=shader, AntiAlias=True))


def ink(colour: RGB, alpha: float = 1.0) -> skia.Paint:
    """Flat paint, for what the easel has no part for."""
    return skia.Paint(Color=argb(colour, alpha), AntiAlias=True)
