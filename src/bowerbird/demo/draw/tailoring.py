"""The cut of what is worn above the waist: a torso, its sleeves and its neck."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import skia

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.ground import Ground
from bowerbird.demo.draw.sewing import Fold, between, clipped, drape, flip, label
from bowerbird.demo.draw.shapes import Point
from bowerbird.demo.draw.stuff import Stuff, lightness, shade
from bowerbird.demo.draw.volumes import Volume


@dataclass(frozen=True, slots=True)
class Torso:
    """Half widths of a body about x = 50 and the heights where they lie, in hundredths."""

    top: float
    neck: float
    shoulder: float
    slope: float
    armpit: float
    chest: float
    waist: float
    hem: float
    bottom: float
    sag: float = 1.2

    @property
    def shoulder_tip(self) -> Point:
        """Where the left sleeve is set in, above."""
        return 50 - self.shoulder, self.top + self.slope

    @property
    def armpit_point(self) -> Point:
        """Where the left sleeve is set in, below."""
        return 50 - self.chest, self.armpit

    @property
    def armhole(self) -> list[Point]:
        """The seam of the left sleeve, from the shoulder down."""
        (x, y), (ax, ay) = self.shoulder_tip, self.armpit_point
        return [(x, y), (max(x, ax) + 1.4, y + (ay - y) * 0.6), (ax, ay)]

    def side(self, down: float) -> float:
        """Half the width at a height below the armpit."""
        middle = self.armpit + (self.bottom - self.armpit) * 0.45
        if down < middle:
            return self.chest + (self.waist - self.chest) * max(0.0, (down - self.armpit) / (middle - self.armpit))
        return self.waist + (self.hem - self.waist) * (down - middle) / (self.bottom - middle)

    def outline(self, neckline: Sequence[Point], tails: float = 0.0) -> skia.Path:
        """The front, below a neckline that runs from the left neck point to the right one; ``tails`` rounds its hem."""
        middle = self.armpit + (self.bottom - self.armpit) * 0.45
        tip, hole, pit = self.armhole
        neck = (50 - self.neck, self.top)
        left = [neck, neck, tip, tip, hole, pit, pit, (50 - self.waist, middle)]
        if tails:
            low = self.bottom
            left += [(50 - self.hem, low - tails), (50 - self.hem, low - tails)]
            left += [(50 - self.hem * 0.86, low - tails * 0.62), (50 - self.hem * 0.6, low), (50 - self.hem * 0.3,
                low + 1)]  # fmt: skip
        else:
            left += [(50 - self.hem, self.bottom), (50 - self.hem, self.bottom)]
        right = flip(reversed(left))
        return shapes.smooth([*left, (50, self.bottom + self.sag), *right, *reversed(neckline[1:-1])])

    def across(self, down: float, sag: float | None = None) -> list[Point]:
        """A line across the body at a height, that sags as the hem does."""
        half = self.side(down) + 1
        return [(50 - half, down), (50, down + (self.sag if sag is None else sag)), (50 + half, down)]


@dataclass(frozen=True, slots=True)
class Sleeve:
    """A left sleeve: ``angle`` is how far it stands out from hanging (degrees), ``cuff`` its width at the end."""

    torso: Torso
    angle: float
    length: float
    cuff: float
    slack: float = 0.6

    def at(self, down: float, across: float = 0.0) -> Point:
        """A point on it: ``down`` 0 (shoulder) to 1 (end), ``across`` 0 (outer edge) to 1 (inner edge)."""
        a = math.radians(self.angle)
        (sx, sy), pit = self.torso.shoulder_tip, self.torso.armpit_point
        outer = (sx - math.sin(a) * self.length * down, sy + math.cos(a) * self.length * down)
        tip = (sx - math.sin(a) * self.length, sy + math.cos(a) * self.length)
        end = (tip[0] + math.cos(a) * self.cuff, tip[1] + math.sin(a) * self.cuff)
        inner = between(pit, end, down)
        bulge = self.slack * math.sin(math.pi * min(max(down, 0.0), 1.0))
        x, y = between(outer, inner, across)
        return x - math.cos(a) * bulge * (1 - 2 * across), y - math.sin(a) * bulge * (1 - 2 * across)

    def outline(self, end: float = 1.0, start: float = 0.0) -> skia.Path:
        """Its outline, or that of a stretch of it."""
        outer = [self.at(start + (end - start) * share, 0) for share in (0, 0.2, 0.5, 0.8, 1)]
        inner = [self.at(start + (end - start) * share, 1) for share in (1, 0.7, 0.4, 0)]
        if start == 0:
            (x, y), (ax, ay) = outer[0], inner[-1]
            root = [(ax + 5, ay - 2), (ax + 5, ay - 2), (x + 6, y - 1), (x + 6, y - 1)]
            return shapes.smooth([*outer, outer[-1], inner[0], *inner, inner[-1], *root])
        return shapes.smooth([outer[0], *outer, outer[-1], inner[0], *inner, inner[-1]])

    def across(self, down: float) -> list[Point]:
        """A line across it."""
        return [self.at(down, share) for share in (-0.03, 0.5, 1.03)]

    def folds(self, chance: Random, count: int = 3) -> list[Fold]:
        """Folds from the armpit outwards, and about the elbow of a long one."""
        folds: list[Fold] = [
            ([self.at(0.02, 0.95), self.at(0.22, 0.62), self.at(0.4, 0.25)], 2.2),
            ([self.at(0.05, 0.8), self.at(0.12, 0.5), self.at(0.16, 0.2)], 1.6),
        ]
        for _ in range(count):
            down, lean = chance.uniform(0.3, 0.85), chance.uniform(-0.1, 0.14)
            start = chance.choice((0.04, 0.96))
            folds.append((
                [self.at(down, start), self.at(down + lean, 0.5), self.at(down + lean * 1.6, 1 - start * 0.8)],
                chance.uniform(1.2, 2.3),
            ))  # fmt: skip
        return folds


def body_folds(torso: Torso, chance: Random, count: int = 4) -> list[Fold]:
    """Folds that fall from the armpits and from the chest to the hem."""
    folds: list[Fold] = []
    x, y = torso.armpit_point
    for reach in (chance.uniform(0.8, 1.2), chance.uniform(0.5, 0.8)):
        line = [(x + 0.5, y + 0.5), (x + 5 * reach, y + 6 * reach), (x + 8 * reach, y + 19 * reach)]
        folds.append((line, 2.6 * reach))
        folds.append((flip(line), 2.6 * reach))
    for _ in range(count):
        start = chance.uniform(-0.75, 0.75)
        top = torso.armpit + (torso.bottom - torso.armpit) * chance.uniform(0.05, 0.6)
        sway = chance.uniform(-2.5, 2.5)
        end = start * 1.05 * torso.hem
        line = [(50 + start * torso.chest, top), (50 + (start * torso.chest + end) / 2 + sway,
            (top + torso.bottom) / 2),
                (50 + end, torso.bottom - chance.uniform(-2, 4))]  # fmt: skip
        folds.append((line[::-1] if chance.random() < 0.5 else line, chance.uniform(2.0, 3.6)))
    return folds


def lay_sleeves(easel: Easel, sleeve: Sleeve, stuff: Stuff, chance: Random, depth: float = 0.6) -> skia.Path:
    """Both sleeves with their folds; returns the left one's outline."""
    left = sleeve.outline()
    right = shapes.flipped(left)
    folds = sleeve.folds(chance)
    easel.part(left, stuff.turned(sleeve.angle), Volume.SOFT, depth=depth)
    easel.part(right, stuff.turned(-sleeve.angle), Volume.SOFT, depth=depth)
    drape(easel, left, folds)
    drape(easel, right, [(flip(points), width) for points, width in folds])
    return left


def armhole_seams(easel: Easel, torso: Torso, strength: float = 0.3) -> None:
    """The seams where the sleeves are set in."""
    for line in (torso.armhole, flip(torso.armhole)):
        easel.crease(line, 1.0, strength * (1.3 if lightness(easel.colour) < 0.3 else 0.8))
        easel.line(line, 0.28, easel.seam, 0.8)


def round_neck(torso: Torso, dip: float) -> list[Point]:
    """A neckline from the left neck point to the right one, ``dip`` deep, round."""
    neck = torso.neck
    return [
        (50 - neck, torso.top), (50 - neck * 0.86, torso.top + dip * 0.5), (50 - neck * 0.48, torso.top + dip * 0.9),
        (50, torso.top + dip), (50 + neck * 0.48, torso.top + dip * 0.9), (50 + neck * 0.86, torso.top + dip * 0.5),
        (50 + neck, torso.top),
    ]  # fmt: skip


def pointed_neck(torso: Torso, dip: float) -> list[Point]:
    """A V from the left neck point to the right one."""
    left = [(50 - torso.neck, torso.top), (50 - torso.neck * 0.52, torso.top + dip * 0.46), (50, torso.top + dip)]
    return [*left, *flip(reversed(left))]


def lay_back_of_neck(easel: Easel, torso: Torso, front: Sequence[Point], rise: float = 1.6, tag: bool = True) -> None:
    """The inside of the back that is seen through the neck, with the brand's label."""
    back = [(50 - torso.neck, torso.top), (50, torso.top + rise), (50 + torso.neck, torso.top)]
    deepest = max(y for _, y in front)
    path = shapes.smooth([back[0], *back, back[-1], (50 + torso.neck, deepest + 3), (50 + torso.neck, deepest + 3),
                          (50 - torso.neck, deepest + 3), (50 - torso.neck, deepest + 3)])  # fmt: skip
    easel.part(path, easel.body.plain().shade(0.66), Volume.FLAT)
    with clipped(easel, path):
        easel.crease([(50 - torso.neck, torso.top + 3), (50, torso.top + rise + 4), (50 + torso.neck, torso.top + 3)],
                     4, 0.3)  # fmt: skip
    easel.part(shapes.ribbon([(x, y + 0.9) for x, y in back], 1.9, square=True), easel.body.plain().shade(0.82),
               Volume.FLAT)  # fmt: skip
    if tag and deepest > torso.top + 5:
        label(easel, 50, torso.top + rise + 3.2, min(6.5, torso.neck * 0.8), 2.2)


def hang(easel: Easel, torso: Torso, wood: bool) -> None:
    """A hanger, drawn before the garment, which hides most of it; sets the ground."""
    easel.ground = Ground.HANGING
    steel = (150, 154, 160)
    hook = [(50, torso.top + 4), (50, torso.top - 4), (50.6, torso.top - 6), (53, torso.top - 8.2),
            (52.2, torso.top - 11), (49.4, torso.top - 11.6), (47.4, torso.top - 9.6)]  # fmt: skip
    easel.part(shapes.ribbon(hook, 0.9), easel.of("silver", steel), Volume.ROUND)
    arm = [(50 - torso.shoulder + 2, torso.top + torso.slope + 2), (44, torso.top + 3.4), (50, torso.top + 2.2),
           (56, torso.top + 3.4), (50 + torso.shoulder - 2, torso.top + torso.slope + 2)]  # fmt: skip
    stuff = easel.of("wood", (176, 128, 84)) if wood else easel.of("plastic", shade((60, 60, 66), 1.0))
    easel.part(shapes.ribbon(arm, 2.6), stuff, Volume.ROLL)
