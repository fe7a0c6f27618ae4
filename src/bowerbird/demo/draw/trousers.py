"""The cut of trousers, and what all of them have: legs, a waistband, loops, pockets, a fly."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

import skia

from bowerbird.demo.draw import sewing, shapes
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.sewing import Fold, button, drape, flip
from bowerbird.demo.draw.shapes import Point
from bowerbird.demo.draw.stuff import mixed
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import RGB


@dataclass(frozen=True, slots=True)
class Trousers:
    """The cut of trousers: half widths about x = 50 and heights; a leg's hem lies from ``inner`` to ``outer``."""

    top: float
    waist: float
    rise: float
    hip: float
    knee: float
    outer: float
    inner: float
    bottom: float
    gap: float = 0.8

    @property
    def crotch(self) -> float:
        """The height where the legs part."""
        return self.top + self.rise

    @property
    def knee_at(self) -> float:
        """The height of the knee, or of the middle of short legs."""
        return self.crotch + (self.bottom - self.crotch) * 0.45

    def leg(self) -> skia.Path:
        """The left leg with its half of the seat."""
        inner_knee = 50 - self.gap - (self.inner - self.gap) * 0.42
        return shapes.smooth([
            (50 - self.waist, self.top), (50 - self.waist, self.top), (50 - self.hip + 0.8, self.top + self.rise * 0.5),
            (50 - self.hip, self.crotch + 1), (50 - self.knee, self.knee_at), (50 - self.outer, self.bottom),
            (50 - self.outer, self.bottom), (50 - (self.outer + self.inner) / 2, self.bottom + 0.9),
            (50 - self.inner, self.bottom), (50 - self.inner, self.bottom), (inner_knee, self.knee_at),
            (50 - self.gap, self.crotch + 5), (50, self.crotch), (50, self.crotch), (50, self.top + 1.6),
            (50, self.top + 1.6),
        ])  # fmt: skip

    def hem(self, up: float) -> list[Point]:
        """A line across the left leg above its hem."""
        y = self.bottom - up
        return [(50 - self.outer - 1.5, y), (50 - (self.outer + self.inner) / 2, y + 0.9), (50 - self.inner + 1.5, y)]


def leg_folds(cut: Trousers, details: Random, slack: float) -> list[Fold]:
    """Folds of the left leg: whiskers at the hip, slack at the knee and above the hem."""
    folds: list[Fold] = []
    for at in range(4):
        y = cut.crotch - 3 + at * 2.6
        reach = details.uniform(0.5, 0.75)
        folds.append(([(49.4 - at * 0.3, y), (50 - cut.hip * reach * 0.6, y - 1.4), (50 - cut.hip * reach - 3,
            y - 4.4)], 1.3))  # fmt: skip
    short = cut.bottom - cut.crotch < 45
    for share, size in ((0.84, 0.7),) if short else ((0.42, 1.0), (0.5, 1.0), (0.88, 0.9), (0.94, 0.8)):
        y = cut.crotch + (cut.bottom - cut.crotch) * (share + details.uniform(-0.03, 0.03))
        outer, inner = 50 - cut.knee + 0.6, 50 - cut.gap - (cut.inner - cut.gap) * share
        if share > 0.8:
            outer = 50 - cut.outer + 0.4
        middle, lean = (outer + inner) / 2, details.uniform(-2, 2)
        start, end = (outer, inner) if details.random() < 0.5 else (inner, outer)
        folds.append(([(start, y), (middle, y + 1 + lean), ((middle + end) / 2, y + lean * 1.3)], slack * size * 1.8))
    x = 50 - (cut.knee + cut.inner) / 2
    folds.append(([(x + 2, cut.crotch + 8), (x + 1, cut.knee_at), (x, cut.bottom - 8)], 2.2 * slack))
    return folds


def both_legs(easel: Easel, cut: Trousers, details: Random, slack: float) -> skia.Path:
    """Both legs with their folds; returns their outline."""
    left = cut.leg()
    right = shapes.flipped(left)
    folds = leg_folds(cut, details, slack)
    for path, turned in ((left, folds), (right, [(flip(points), width) for points, width in folds])):
        easel.part(path, easel.body, Volume.SOFT, depth=0.6)
        drape(easel, path, turned)
    return shapes.joined(left, right)


def waistband(easel: Easel, cut: Trousers, tall: float, thread: RGB | None, back: bool) -> skia.Path:
    """The band round the waist, with the inside of the back seen above it."""
    half, y = cut.waist + 0.3, cut.top
    dip = 0.4 if back else 1.7
    if not back:
        inside = shapes.smooth([(50 - half, y), (50 - half, y), (50, y - 2.0), (50 + half, y), (50 + half, y),
            (50, y + 2)])  # fmt: skip
        easel.part(inside, easel.body.plain().shade(0.6), Volume.FLAT)
        sewing.label(easel, 50, y - 0.1, 6, 1.8)
    grow = tall * 0.1
    belt = shapes.smooth([
        (50 - half, y), (50 - half, y), (50, y + dip), (50 + half, y), (50 + half, y), (50 + half + grow, y + tall),
        (50 + half + grow, y + tall), (50, y + tall + dip), (50 - half - grow, y + tall), (50 - half - grow, y + tall),
    ])  # fmt: skip
    easel.part(belt, easel.body.plain(), Volume.SOFT, depth=0.5, shadow=0.4)
    for down in (0.7, tall - 0.6):
        easel.stitch([(50 - half, y + down), (50, y + dip + down), (50 + half, y + down)], thread, 0.26, 0.8)
    return belt


def belt_loops(easel: Easel, cut: Trousers, tall: float, thread: RGB | None) -> None:
    """Loops for a belt."""
    for share in (-0.78, -0.36, 0.36, 0.78):
        x = 50 + share * cut.waist
        loop = shapes.box(x - 0.85, cut.top + 1.6 * (1 - abs(share)) - 0.4, 1.7, tall + 1.2, 0.3)
        easel.part(loop, easel.body.plain(), Volume.SOFT, shadow=0.5)
        for shift in (-0.45, 0.45):
            easel.stitch([(x + shift, cut.top + 0.8), (x + shift, cut.top + tall + 0.6)], thread, 0.18, 0.5)


def slant_pockets(easel: Easel, cut: Trousers, tall: float, thread: RGB | None, *, curved: bool) -> None:
    """Pockets at the hips: curved as on jeans, or slanted."""
    y = cut.top + tall
    if curved:
        line = [(50 - cut.hip - 0.2, y + 8), (50 - cut.hip * 0.72, y + 7.2), (50 - cut.waist * 0.42, y + 1)]
    else:
        line = [(50 - cut.hip - 0.1, y + 11), (50 - cut.hip * 0.86, y + 6), (50 - cut.waist * 0.58, y)]
    for edge in (line, flip(line)):
        easel.crease([(x, py + 0.3) for x, py in edge], 1.0, 0.32)
        for shift in (0.5, 1.2):
            easel.stitch([(x, py + shift) for x, py in edge], thread, 0.28, 0.8)


def fly(easel: Easel, cut: Trousers, tall: float, thread: RGB | None, metal: RGB) -> None:
    """The fly with its button."""
    y = cut.top + tall + 1.4
    easel.line([(50, y), (50.2, cut.crotch)], 0.35, (0, 0, 0), 0.35)
    for shift in (0.0, 0.8):
        curve = [(54 - shift, y), (54 - shift, y + cut.rise * 0.42), (53 - shift, y + cut.rise * 0.56),
            (50.4, cut.crotch - 3)]  # fmt: skip
        easel.stitch(curve, thread, 0.28, 0.8)
    button(easel, 50.2, cut.top + tall * 0.5 + 1.6, 1.25, metal, 0)


def turn_ups(easel: Easel, cut: Trousers, tall: float, thread: RGB | None) -> None:
    """Hems that are turned up: the inside shows."""
    band = shapes.polygon([
        (50 - cut.outer - 0.5, cut.bottom - tall), (50 - cut.inner + 0.5, cut.bottom - tall),
        (50 - cut.inner + 0.6, cut.bottom + 0.8), (50 - cut.outer - 0.6, cut.bottom + 0.8),
    ])  # fmt: skip
    stuff = easel.body.plain().painted(mixed(easel.colour, (235, 235, 235), 0.35))
    for path, sign in ((band, 1), (shapes.flipped(band), -1)):
        easel.part(path, stuff, Volume.SOFT, depth=0.6, shadow=0.7)
        x = 50 - sign * (cut.outer - 1.0)
        easel.stitch([(x, cut.bottom - tall), (x, cut.bottom + 0.6)], thread, 0.24, 0.7)
