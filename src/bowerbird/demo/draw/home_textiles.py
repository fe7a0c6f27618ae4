"""Cushions and blankets."""

from __future__ import annotations

import math

import numpy as np
import skia

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.ground import Ground
from bowerbird.demo.draw.lathe import tone
from bowerbird.demo.draw.shapes import Point
from bowerbird.demo.draw.stances import ink, level
from bowerbird.demo.draw.stuff import Stuff, lightness, mixed, shade
from bowerbird.demo.draw.textures import Field
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import Look

_CORNERS = ((-1, -1), (1, -1), (1, 1), (-1, 1))


def draw_cushion(easel: Easel, look: Look) -> None:
    """A plump cushion, square or round, with piping, a button or tassels."""
    if look.silhouette == "square":
        _square_cushion(easel)
    else:
        _round_cushion(easel)


def _square_cushion(easel: Easel) -> None:
    chance = easel.chance
    easel.ground = Ground.LYING
    half, dip = chance.uniform(31, 34), chance.uniform(2.4, 4.6)
    high = half * chance.choice((1.0, 1.0, 0.74))
    edge, button, tilt = chance.randrange(4), chance.random() < 0.2, chance.uniform(-4, 4)
    folds = [chance.uniform(0.7, 1.3) for _ in range(8)]
    with easel.turned(tilt * easel.look.view):
        points: list[Point] = []
        for place, (across, down) in enumerate(_CORNERS):
            x, y = 50 + across * half, 50 + down * high
            points += [(x, y), (x, y)]
            following = _CORNERS[(place + 1) % 4]
            middle_x, middle_y = (
                50 + (across + following[0]) / 2 * (half - dip),
                50 + (down + following[1]) / 2 * (high - dip),
            )
            points.append((middle_x, middle_y))
        outline = shapes.smooth(points)
        if edge == 1:
            for across, down in _CORNERS:
                _tassel(easel, 50 + across * half, 50 + down * high, across, down)
        elif edge == 2:
            _fringe(easel, points)
        easel.part(outline, easel.body, Volume.FLAT, depth=0.4)
        gloss = easel.body.finish.gloss

        def puffed(x: Field, y: Field) -> Field:
            u, v = np.clip((x - 50) / half, -1.1, 1.1), np.clip((y - 50) / high, -1.1, 1.1)
            round_u, round_v = np.abs(u) ** 2.6, np.abs(v) ** 2.6
            rise_u, rise_v = (
                -np.sign(u) * np.abs(u) ** 1.6 * (1 - round_v),
                -np.sign(v) * np.abs(v) ** 1.6 * (1 - round_u),
            )
            lit = (-0.52 * -rise_u - 0.5 * -rise_v) * 1.25 + 0.69
            lit = lit / np.sqrt(1 + (rise_u**2 + rise_v**2) * 1.5) - 0.69
            rub = np.minimum(1 - np.abs(u), 1 - np.abs(v))
            dark = -0.2 * np.exp(-np.clip(rub, 0, 1) / 0.05)
            return np.asarray(np.where(lit > 0, lit * (0.55 + gloss), lit * 0.75) + dark + 0.05, np.float32)

        tone(easel, outline, puffed)
        _corner_folds(easel, outline, half, high, folds)
        if button:
            easel.shadow_patch(shapes.ellipse(50.4, 50.6, 5.5), 0.35, 2, outline)
            easel.part(shapes.ellipse(50, 50, 2.6), easel.of("cotton"), Volume.BALL)
        if edge in (0, 3):
            _piping(easel, outline, easel.accent if edge == 0 else easel.seam)


def _corner_folds(easel: Easel, outline: skia.Path, half: float, high: float, folds: list[float]) -> None:
    """Creases that run in from the corners."""
    for place, (across, down) in enumerate(_CORNERS):
        for part in (0, 1):
            reach = folds[place * 2 + part]
            end = (
                50 + across * half * (0.52 - 0.16 * part) * reach,
                50 + down * high * (0.34 + 0.2 * part) * reach,
            )
            start = (50 + across * (half - 2.5), 50 + down * (high - 2.5))
            bend = ((start[0] + end[0]) / 2 + across * 1.5 * (1 - 2 * part), (start[1] + end[1]) / 2)
            easel.crease([start, bend, end], 1.8, 0.16, outline)


def _piping(easel: Easel, outline: skia.Path, colour: tuple[int, int, int]) -> None:
    """A cord sewn along the edge."""
    easel.edge(outline, 1.9, shade(colour, 0.72), 1.0)
    easel.edge(outline, 1.3, colour, 1.0)
    easel.edge(shapes.moved(outline, -0.2, -0.25), 0.4, shade(colour, 1.5), 0.7)


def _tassel(easel: Easel, x: float, y: float, across: int, down: int) -> None:
    for step in range(-3, 4):
        spread = step * 0.55
        easel.line([(x - across, y - down), (x + across * 2.4 - down * spread * across, y + down * 2.4 + spread),
                    (x + across * 5 - down * across * spread * 1.7, y + down * 5 + spread * 1.7)], 0.6,
                   shade(easel.accent, 0.9 + 0.06 * abs(step)))  # fmt: skip
    easel.part(shapes.ellipse(x + across * 0.9, y + down * 0.9, 1.5), easel.of("cotton"), Volume.BALL)


def _fringe(easel: Easel, points: list[Point]) -> None:
    """A row of threads round the edge."""
    pen = shade(easel.accent, 0.92)
    for start, end in zip(points, [*points[1:], points[0]], strict=True):
        length = math.dist(start, end)
        for step in range(int(length / 1.1)):
            t = step * 1.1 / length
            x, y = start[0] + (end[0] - start[0]) * t, start[1] + (end[1] - start[1]) * t
            away = math.hypot(x - 50, y - 50)
            dx, dy = (x - 50) / away, (y - 50) / away
            if abs(end[0] - start[0]) > abs(end[1] - start[1]):
                dx, dy = dx * 0.2, math.copysign(1, dy)
            else:
                dx, dy = math.copysign(1, dx), dy * 0.2
            easel.line([(x - dx * 2, y - dy * 2), (x + dx * 2.6, y + dy * 2.6)], 0.5, pen, bent=False)


def _round_cushion(easel: Easel) -> None:
    chance = easel.chance
    easel.ground = Ground.LYING
    radius = chance.uniform(32, 35.5)
    pleats, button, trim = chance.choice((0, 16, 22, 28)), chance.uniform(2.4, 3.6), chance.randrange(3)
    frill, shift = chance.random() < 0.2, chance.uniform(0, 6.28)
    if easel.look.view:
        easel.canvas.translate(0, 6)
        easel.canvas.scale(1, 0.88)
    if frill:
        points = [shapes.around(50, 50, radius + (3.6 if i % 2 else 2.2), 360 * i / 64) for i in range(64)]
        easel.part(shapes.smooth(points), easel.body.plain().shade(0.9), Volume.FLAT)
    outline = shapes.ellipse(50, 50, radius)
    easel.part(outline, easel.body, Volume.FLAT, depth=0.3)
    gloss = easel.body.finish.gloss

    def puffed(x: Field, y: Field) -> Field:
        across, down = (x - 50) / radius, (y - 50) / radius
        away = np.hypot(across, down) + 1e-5
        # It rises from the button, is level half-way out, and falls to the edge.
        rise = (
            0.9 * np.exp(-(((away - 0.1) / 0.13) ** 2))
            + 0.25 * np.exp(-away * 4)
            - 1.5 * np.clip(away - 0.45, 0, 1) ** 1.6 * 2.2
        )
        lit = ((across * 0.52 + down * 0.5) / away * rise + 0.69) / np.sqrt(1 + rise**2) - 0.69
        light = np.where(lit > 0, lit * (0.6 + gloss), lit * 0.75)
        if pleats:
            angle = np.arctan2(down, across) * pleats + shift + 1.3 * np.sin(3 * np.arctan2(down, across))
            light = light + np.sin(angle) * 0.13 * np.clip(1.25 - away, 0, 1) * np.clip(away * 6, 0, 1)
        return np.asarray(light - 0.22 * np.exp(-np.clip(1 - away, 0, 1) / 0.04), np.float32)

    tone(easel, outline, puffed)
    if trim:
        _piping(easel, outline, easel.accent if trim == 1 else easel.seam)
    if pleats or trim != 2:
        easel.shadow_patch(shapes.ellipse(50.3, 50.5, button * 1.5), 0.4, 1.2, outline)
        easel.part(shapes.ellipse(50, 50, button), easel.of("cotton") if trim == 1 else easel.body.plain(), Volume.BALL)


def draw_blanket(easel: Easel, look: Look) -> None:
    """A blanket: folded to a stack, or a throw laid out with its corner turned back."""
    if look.silhouette == "folded":
        _folded_blanket(easel)
    else:
        _throw(easel)


def fold_up(
    easel: Easel, left: float, right: float, foot: float, layers: int, thick: float, stuff: Stuff, back: float
) -> float:
    """Folds on folds, seen from the front; returns the height of the uppermost one's front edge."""
    lean = 5.0 if easel.look.view else 3.0
    for layer in range(layers):
        low = foot - layer * thick
        inset = (0.0, 1.2, 0.4, 1.8, 0.7, 1.4)[layer % 6]
        one, other = left + inset, right - (1.6 - inset)
        points = [(one + 2, low)] * 2 + [
            (one - 0.6, low - thick * 0.2),
            (one - 0.9, low - thick * 0.7),
            (one + 1.6, low - thick * 1.02),
        ]
        points += [
            ((one + other) / 2, low - thick * 1.06),
            (other - 1.4, low - thick * 1.02),
            (other + 0.9, low - thick * 0.7),
        ]
        points += [(other + 0.6, low - thick * 0.2)] + [(other - 2, low)] * 2 + [((one + other) / 2, low + 0.6)]
        front = shapes.smooth(points)
        easel.part(front, stuff.shade(0.94 if layer % 2 else 1.0), Volume.ROLL, depth=0.9)
        easel.crease([(one + 1, low - 0.2), (other - 1, low - 0.2)], 1.2, 0.42, front)
    top = foot - layers * thick
    sheet = shapes.smooth(
        [(left + 1.8, top + 1.6)] * 2 + [(left + 2.2, top + 0.4), (left + lean + 1.5, top - back)] + [(left
            + lean + 4, top - back - 1)] * 2
        + [(right - lean - 2, top - back - 1)] * 2 + [(right - lean + 0.5, top - back), (right - 1.6, top + 0.4)]
            + [(right - 1.2, top + 1.6)] * 2
        + [((left + right) / 2, top + 1.0)]
    )  # fmt: skip
    easel.part(sheet, stuff.shade(1.06), Volume.FLAT, depth=0.9)
    easel.glint([(left + 3, top + 1), ((left + right) / 2, top + 0.4), (right - 3, top + 1)], 2.2, 0.16, sheet)
    return top


def _folded_blanket(easel: Easel) -> None:
    chance = easel.chance
    easel.ground = Ground.STANDING
    level(easel)
    wide, layers = chance.uniform(34, 38), chance.choice((3, 4, 4, 5))
    thick = chance.uniform(34, 44) / layers
    trim, ribbon = chance.randrange(4), chance.random() < 0.4
    back = 11.0 if easel.look.view else 7.5
    left, right, foot = 50 - wide, 50 + wide, 80.0
    top = fold_up(easel, left, right, foot, layers, thick, easel.body, back)
    if trim == 0:
        for place in range(round(wide * 2 / 1.5)):
            x = left + 2 + place * 1.5
            if x < right - 2:
                easel.line(
                    [(x, top + thick * 0.7), (x + 0.4 * (-1) ** place, top + thick * 0.7 + 6.5)],
                    0.75,
                    shade(easel.accent, 0.95 - 0.06 * (place % 3)),
                )
    elif trim == 1:
        for layer in range(layers):
            low = foot - layer * thick
            easel.stitch(
                [(left + 2, low - thick * 0.5), (50, low - thick * 0.54), (right - 2, low - thick * 0.5)],
                easel.accent,
                0.8,
                1.6,
            )
    if ribbon:
        x = 50 + wide * 0.02
        band = shapes.polygon(
            [
                (x - 4.4, top - back - 0.6),
                (x + 4.4, top - back - 0.6),
                (x + 5, top + 1),
                (x + 5, foot),
                (x - 5, foot),
                (x - 5, top + 1),
            ]
        )
        easel.part(band, easel.of("silk"), Volume.FLAT, shadow=0.8)
        easel.crease([(x - 5, top + 1.6), (x + 5, top + 1.6)], 0.8, 0.3, band)
        for side in (-1, 1):
            loop = shapes.smooth(
                [(x, top + 4), (x + side * 7, top - 1.5), (x + side * 10, top + 3), (x + side * 7, top + 7.5)]
            )
            easel.part(loop, easel.of("silk"), Volume.SOFT, shadow=0.6)
            tail = shapes.polygon([(x, top + 4), (x + side * 3.4, top + 14), (x + side * 6.4, top + 12.5)])
            easel.part(tail, easel.of("silk", shade(easel.accent, 0.9)), Volume.SOFT, shadow=0.4)
        easel.part(
            shapes.box(x - 2, top + 2, 4, 4.4, 1.4),
            easel.of("silk", shade(easel.accent, 0.92)),
            Volume.SOFT,
            shadow=0.4,
        )


def _throw(easel: Easel) -> None:
    chance = easel.chance
    easel.ground = Ground.LYING
    half, high, turn = chance.uniform(25, 29), chance.uniform(30, 33), chance.uniform(-9, 9)
    long, knots, corner = chance.uniform(4, 6.5), chance.random() < 0.5, chance.uniform(13, 19)
    waves = [chance.uniform(-1.2, 1.2) for _ in range(6)]
    lining = shade(easel.colour, 1.35 if lightness(easel.colour) < 0.7 else 0.8)
    phase = chance.uniform(0, 6)
    with easel.turned(turn * easel.look.view):
        left, right, top, foot = 50 - half, 50 + half, 50 - high, 50 + high
        fringe(easel, left, right, top, -long, knots)
        fringe(easel, left, right - corner, foot, long, knots)
        outline = shapes.smooth(
            [(left, top)] * 2 + [(50 - half * 0.3, top + waves[0]), (50 + half * 0.4, top + waves[1])] + [(right,
                top)] * 2
            + [(right + waves[2], 50 - high * 0.3), (right + waves[3] * 0.6, foot - corner - 3)] + [(right,
                foot - corner)] * 2
            + [(right - corner, foot)] * 2 + [(50 - half * 0.3, foot + waves[4])] + [(left, foot)] * 2 + [(left
                + waves[5], 50)]
        )  # fmt: skip
        easel.part(outline, easel.body, Volume.FLAT, depth=0.6)

        def rumpled(x: Field, y: Field) -> Field:
            u, v = (x - 50) / half, (y - 50) / high
            bend = u * 2.2 + v * 1.4 + 0.8 * np.sin(v * 2.3 + phase)
            folds = np.sin(bend * 2.1 + phase) * 0.10 + np.sin(bend * 4.7 - v * 2 + phase * 2) * 0.05
            edge = -0.22 * np.exp(-np.clip(np.minimum(1 - np.abs(u), 1 - np.abs(v)), 0, 1) / 0.03)
            return np.asarray(folds + edge - 0.03 * (u + v), np.float32)

        tone(easel, outline, rumpled)
        flap = shapes.smooth([(right, foot - corner)] * 2 + [(right - corner * 0.55, foot - corner * 0.72)]
            + [(right - corner * 1.06, foot - corner * 1.04)] * 2
                             + [(right - corner * 0.9, foot - corner * 0.5)] + [(right - corner, foot)] * 2
                             + [(right - corner * 0.45, foot - corner * 0.5)])  # fmt: skip
        easel.part(flap, easel.body.painted(lining), Volume.SOFT, shadow=1.6)
        easel.stitch([(left + 2, top + 2), (50, top + 2.2), (right - 2, top + 2)])
        easel.stitch([(left + 2, foot - 2), (50 - half * 0.3, foot - 2), (right - corner - 2, foot - 2)])


def fringe(easel: Easel, left: float, right: float, y: float, long: float, knots: bool) -> None:
    """The fringe of an end."""
    count = int((right - left) / (1.9 if knots else 1.1))
    pen = mixed(easel.accent, easel.colour, 0.25)
    for place in range(count):
        x = left + 0.8 + place * (right - left - 1) / count
        sway = 0.5 * math.sin(place * 1.7)
        for spread in (-0.35, 0.0, 0.35) if knots else (0.0,):
            easel.line(
                [(x, y), (x + spread * 0.4, y + long * 0.35), (x + sway + spread * 1.8, y + long)],
                0.5,
                shade(pen, 0.95 - 0.1 * (place % 2)),
            )
        if knots:
            easel.canvas.drawPath(shapes.ellipse(x, y + long * 0.3, 0.62), ink(shade(pen, 0.8)))
