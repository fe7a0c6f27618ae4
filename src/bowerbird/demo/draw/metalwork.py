"""Rings, hoops and settings of polished metal, seen from a little above."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import skia

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.gems import STONES, bead, claws, gem, girdle, pearl, small_gem
from bowerbird.demo.draw.gleams import GOLD, GUNMETAL, SILVER, WHITE, lit, polished, stations
from bowerbird.demo.draw.shapes import Point
from bowerbird.demo.draw.stuff import argb, shade
from bowerbird.demo.look import RGB, Look


def metal_and_stone(easel: Easel, look: Look) -> tuple[RGB, RGB]:
    """The colours of a jewel's metal and of its stones.

    A gold, silver or black jewel is that metal, with stones in the accent or clear; one of another colour has its
    colour in the stones.
    """
    clear = easel.chance.random() < 0.35
    metals = {"gold": GOLD, "silver": SILVER, "black": GUNMETAL}
    if look.colour in metals:
        return metals[look.colour], STONES["white"] if clear else STONES[look.accent]
    warm = look.material == "gold" or (look.material not in ("silver", "steel") and clear)
    return GOLD if warm else SILVER, STONES[look.colour]


@dataclass(frozen=True, slots=True)
class Band:
    """A round band: the ellipse of its near rim about a centre, and how far its other rim lies behind that."""

    x: float
    y: float
    across: float
    down: float
    behind: Point
    thick: float

    def disc(self, share: float = 0.0, less: float = 0.0) -> skia.Path:
        """What the rim encloses at a share of the way back, smaller by ``less``."""
        x, y = self.x + self.behind[0] * share, self.y + self.behind[1] * share
        return shapes.ellipse(x, y, self.across - less, self.down - less)

    def outer(self, start: float = 0.0, end: float = 1.0) -> skia.Path:
        """The part of the outside that is seen between two shares of the way back."""
        dx, dy = self.behind
        angle = math.atan2(-self.down * dx, self.across * dy)
        reach = self.across * math.cos(angle), self.down * math.sin(angle)
        corners = [
            (self.x + dx * share + sign * reach[0], self.y + dy * share + sign * reach[1])
            for share, sign in ((start, 1), (start, -1), (end, -1), (end, 1))
        ]
        swept = shapes.joined(self.disc(start), self.disc(end), shapes.polygon(corners))
        return shapes.without(swept, self.disc(start), self.disc(0.0))

    def inner(self) -> skia.Path:
        """The part of the inside that is seen."""
        return shapes.without(self.disc(0.0, self.thick), self.disc(1.0, self.thick))

    def rim(self) -> skia.Path:
        """The near edge."""
        return shapes.without(self.disc(), self.disc(0.0, self.thick))

    def at(self, degrees: float, share: float = 0.5) -> tuple[float, float, float]:
        """A point of the outside, clockwise from the top, and how squarely it is seen (below 0: not at all)."""
        angle = math.radians(degrees - 90)
        dx, dy = self.behind
        x = self.x + dx * share + self.across * math.cos(angle)
        y = self.y + dy * share + self.down * math.sin(angle)
        normal = math.cos(angle) / self.across, math.sin(angle) / self.down
        return x, y, (normal[0] * dx + normal[1] * dy) / (math.hypot(*normal) * math.hypot(dx, dy))


def metal_band(easel: Easel, band: Band, metal: RGB) -> None:
    """A polished band: the inside, the outside, and a bright edge."""
    centre = band.x + band.behind[0] / 2, band.y + band.behind[1] / 2
    inner, outer, rim = band.inner(), band.outer(), band.rim()
    polished(easel, inner, centre, shade(metal, 0.78), turn=180, depth=1.15)
    polished(easel, outer, centre, metal)
    easel.edge(outer, 0.3, shade(metal, 0.28), 0.6)
    polished(easel, rim, centre, lit(metal, 1.25), turn=24)
    easel.edge(rim, 0.25, shade(metal, 0.3), 0.55)
    easel.edge(band.disc(0.0, 0.3), 0.25, WHITE, 0.7)


def torus(easel: Easel, line: skia.Path, thick: float, metal: RGB, centre: Point) -> None:
    """A round metal rod bent along a line about a centre."""
    canvas = easel.canvas
    canvas.drawPath(line, _pen(shade(metal, 0.36), thick))
    polished(easel, shapes.outlined(line, thick * 0.86), centre, metal)
    for shift, width, colour, alpha in (
        (0.2, 0.42, shade(metal, 0.5), 0.35),
        (-0.18, 0.3, WHITE, 0.42),
        (-0.22, 0.12, WHITE, 0.75),
    ):
        canvas.save()
        canvas.translate(thick * shift, thick * shift)
        canvas.drawPath(line, _pen(colour, thick * width, alpha))
        canvas.restore()


def twist(easel: Easel, line: skia.Path, thick: float, metal: RGB) -> None:
    """Slanting grooves over a rod, as if it were two wires wound together."""
    for x, y, degrees in stations(line, thick * 0.62):
        ends = [shapes.around(x, y, thick * 0.5, degrees + 90 + turn) for turn in (-52, 128)]
        easel.line(ends, thick * 0.16, shade(metal, 0.35), 0.8, bent=False)
        light = [(px - thick * 0.14, py - thick * 0.14) for px, py in ends]
        easel.line(light, thick * 0.12, lit(metal, 1.85), 0.9, bent=False)


def pave(easel: Easel, places: list[Point], radius: float, stone: RGB, metal: RGB) -> None:
    """Small stones side by side, with grains of metal between them."""
    for place, (x, y) in enumerate(places):
        small_gem(easel, x, y, radius, stone, 30 * place)
    for (x, y), (after_x, after_y) in pairwise(places):
        bead(easel, (x + after_x) / 2, (y + after_y) / 2, radius * 0.26, metal)


def halo(easel: Easel, x: float, y: float, radius: float, stones: tuple[RGB, RGB], metal: RGB, cut: str) -> None:
    """A stone (the first colour) within a ring of small ones (the second), set in metal; ``radius`` is over all."""
    inner = radius * 0.72
    outline = girdle(x, y, radius, cut)
    easel.edge(outline, 0.8, shade(metal, 0.3), 0.7)
    polished(easel, outline, (x, y), metal)
    ring = girdle(x, y, radius * 0.86, cut)
    size = radius * 0.105
    pave(easel, [(px, py) for px, py, _ in stations(ring, size * 2.3)], size, stones[1], metal)
    easel.edge(girdle(x, y, inner, cut), 0.7, shade(metal, 0.4), 0.8)
    gem(easel, x, y, inner, stones[0], cut)


def flower(easel: Easel, x: float, y: float, radius: float, stones: tuple[RGB, RGB], metal: RGB, petals: int) -> None:
    """Marquise stones laid as petals round a clear one."""
    for place in range(petals):
        turn = 360 * place / petals
        px, py = shapes.around(x, y, radius * 0.6, turn)
        with easel.turned(turn, (px, py)):
            outline = girdle(px, py, radius * 0.42, "marquise")
            easel.edge(outline, 1.1, shade(metal, 0.35))
            easel.edge(outline, 0.7, lit(metal, 1.4), 1.0)
            gem(easel, px, py, radius * 0.42, stones[0], "marquise")
    bead(easel, x, y, radius * 0.28, metal)
    gem(easel, x, y, radius * 0.22, stones[1])
    claws(easel, x, y, radius * 0.23, metal, 6)


def medal(easel: Easel, x: float, y: float, radius: float, metal: RGB, stone: RGB, emblem: int) -> None:
    """A round plate with a beaded rim, and a star, moon, sun or compass (0 to 3) on it."""
    disc = shapes.ellipse(x, y, radius)
    polished(easel, disc, (x, y), metal)
    easel.edge(disc, 0.5, shade(metal, 0.3), 0.7)
    polished(easel, shapes.ellipse(x, y, radius * 0.84), (x, y), lit(metal, 1.12), turn=150, depth=0.5)
    for px, py, _ in stations(shapes.ellipse(x, y, radius * 0.9), radius * 0.12):
        bead(easel, px, py, radius * 0.05, metal)
    moon = shapes.ellipse(x + radius * 0.24, y - radius * 0.1, radius * 0.44)
    mark = {
        0: shapes.star(x, y, radius * 0.6, radius * 0.25),
        1: shapes.without(shapes.ellipse(x, y, radius * 0.52), moon),
        2: shapes.star(x, y, radius * 0.66, radius * 0.4, 16),
        3: shapes.star(x, y, radius * 0.7, radius * 0.14, 8),
    }[emblem]  # fmt: skip
    easel.edge(shapes.moved(mark, 0.3, 0.4), 0.5, shade(metal, 0.3), 0.7)
    polished(easel, mark, (x, y), lit(metal, 1.35), turn=200)
    easel.edge(mark, 0.25, WHITE, 0.6)
    gem_x = x + radius * 0.28 if emblem == 1 else x
    small_gem(easel, gem_x, y, radius * 0.17, stone)


def pearl_in_cap(easel: Easel, x: float, y: float, radius: float, colour: RGB, metal: RGB) -> None:
    """A pearl that hangs from a small cap."""
    pearl(easel, x, y, radius, colour)
    cap = shapes.within(shapes.ellipse(x, y, radius * 1.05), shapes.ellipse(x, y - radius * 1.1, radius * 0.62))
    polished(easel, cap, (x, y - radius * 0.6), metal)
    easel.edge(cap, 0.25, shade(metal, 0.3), 0.6)


def _pen(colour: RGB, width: float, alpha: float = 1.0) -> skia.Paint:
    pen = skia.Paint(Color=argb(colour, alpha), AntiAlias=True, Style=skia.Paint.kStroke_Style, StrokeWidth=width)
    pen.setStrokeCap(skia.Paint.kRound_Cap)
    return pen
