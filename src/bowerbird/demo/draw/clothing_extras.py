"""Scarves and socks."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import skia

from bowerbird.demo.draw import sewing, shapes
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.ground import Ground
from bowerbird.demo.draw.sewing import Fold, clipped, drape, fringe
from bowerbird.demo.draw.shapes import Point
from bowerbird.demo.draw.stuff import Stuff, lightness, shade
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import Look


def draw_scarf(easel: Easel, look: Look) -> None:
    """A long scarf, looped or folded, or a square one."""
    chance = easel.chance
    traits = (chance.random(), chance.random(), chance.random(), chance.random())
    details = sewing.own_chance(easel)
    easel.ground = Ground.LYING
    if look.silhouette == "square":
        _square(easel, traits, details, folded=look.view == 1)
    elif traits[0] < 0.55:
        easel.ground = Ground.HANGING
        _looped(easel, traits, details)
    else:
        _stacked(easel, traits, details)


def _tail(easel: Easel, points: Sequence[Point], width: float, stuff: Stuff, details: Random, ends: float) -> skia.Path:
    """A length of scarf that hangs down, with folds along it and a fringe at its end."""
    (x, y), (bx, by) = points[-1], points[-2]
    lean = (x - bx) / max(y - by, 1)
    left, right = (x - width / 2, y + lean * width * 0.3), (x + width / 2, y - lean * width * 0.3)
    if ends:
        fringe(easel, right, left, ends, stuff.colour, details)
    path = shapes.ribbon(points, width, square=True)
    easel.part(path, stuff, Volume.ROUND, depth=0.6, shadow=1.4)
    folds: list[Fold] = []
    for share in (-0.28, 0.02, 0.3):
        line = [(px + share * width, py) for px, py in points]
        folds.append((line if details.random() < 0.5 else line[::-1], width * details.uniform(0.1, 0.18)))
    drape(easel, path, folds, 1.2)
    return path


def _looped(easel: Easel, traits: tuple[float, ...], details: Random) -> None:
    """As if worn: once round an absent neck, its ends before the chest."""
    wide, ends = 15 + 5 * traits[1], (0.0, 4.0, 7.0)[int(traits[2] * 3)]
    low = 82 - 10 * traits[3]
    back = [(30, 30), (36, 20), (50, 16.5), (64, 20), (70, 30)]
    easel.part(shapes.ribbon(back, wide * 0.62), easel.body.shade(0.66), Volume.SOFT, depth=0.8)
    _tail(easel, [(58, 40), (60, 58), (61, low)], wide, easel.body.turned(-4), details, ends)
    _tail(easel, [(44, 42), (42, 58), (40, low - 7)], wide * 1.05, easel.body.turned(3), details, ends)
    outer = [(24, 25), (21.5, 33), (25, 43), (36, 51), (50, 54), (64, 51), (75, 43), (78.5, 33), (76, 25)]
    inner = [(70, 21.5), (68, 29), (62, 34), (50, 37), (38, 34), (32, 29), (30, 21.5)]
    loop = shapes.smooth([outer[0], *outer, outer[-1], inner[0], *inner, inner[-1]])
    easel.part(loop, easel.body.turned(90), Volume.SOFT, depth=0.9, shadow=1.8)
    rolls: list[Fold] = []
    for share, size in ((0.25, 2.4), (0.5, 3.0), (0.74, 2.2)):
        line = [sewing.between(sewing.along(inner[::-1], at / 6), sewing.along(outer, at / 6),
            share) for at in range(7)]  # fmt: skip
        rolls.append((line[1:] if size > 2.3 else line[:-1][::-1], size))
    rolls.append(([(27, 28), (32, 40), (44, 47)], 2.2))
    rolls.append(([(73, 30), (66, 40), (56, 44)], 2.0))
    drape(easel, loop, rolls, 1.6)
    knot = shapes.smooth([(41, 38), (52, 36), (58, 43), (57, 53), (48, 57), (40, 52), (38.6, 44)])
    easel.part(knot, easel.body.turned(40), Volume.SOFT, depth=0.9, shadow=1.6)
    drape(easel, knot, [([(42, 40), (47, 46), (46, 55)], 1.8), ([(54, 38), (52, 46), (54, 54)], 1.8)], 1.5)


def _stacked(easel: Easel, traits: tuple[float, ...], details: Random) -> None:
    """Folded in half and again, its two ends side by side."""
    wide, ends = 26 + 5 * traits[1], (4.0, 5.0, 7.5)[int(traits[2] * 3)]
    top, low, lean = 14, 80 - ends, 3 + 6 * traits[3]
    for shift, depth, tone in ((lean * 1.2, 0.5, 0.9), (-lean * 0.6, 0.55, 1.0)):
        x, end = 50 + shift, low - (5 if tone < 1 else 0)
        fringe(easel, (x + wide / 2, end), (x - wide / 2, end), ends, easel.colour, details)
        sheet = shapes.smooth([
            (x - wide / 2, top + 1), (x - wide / 2, top + 1), (x, top - 0.6), (x + wide / 2, top + 1), (x + wide / 2,
            top + 1),
            (x + wide / 2 + 0.5, 48), (x + wide / 2, end), (x + wide / 2, end), (x, end + 0.6), (x - wide / 2, end),
            (x - wide / 2, end), (x - wide / 2 - 0.5, 48),
        ])  # fmt: skip
        easel.part(sheet, easel.body.shade(tone), Volume.SOFT, depth=depth, shadow=1.8)
        drape(easel, sheet, [
            ([(x - wide * 0.2, top), (x - wide * 0.24, 40), (x - wide * 0.2, 62)], 3.0),
            ([(x + wide * 0.22, end), (x + wide * 0.26, 56), (x + wide * 0.2, 34)], 3.4),
            ([(x + wide * 0.5, 30), (x + wide * 0.1, 33), (x - wide * 0.3, 31)], 2.0),
        ])  # fmt: skip
        if traits[1] > 0.5:
            with clipped(easel, sheet):
                for down in (end - 9, end - 5.5):
                    easel.part(shapes.box(0, down, 100, 1.9), easel.of(easel.look.material), Volume.FLAT)
    fold = shapes.smooth([(50 - lean * 0.6 - wide / 2, top + 1), (50 - lean * 0.6, top - 0.6),
        (50 - lean * 0.6 + wide / 2, top + 1)],
                         closed=False)  # fmt: skip
    easel.shine(shapes.outlined(fold, 1.2), 0.22, 0.5)
    sewing.label(easel, 50 - lean * 0.6 + wide * 0.3, low - 3, 7, 2.6)


def _square(easel: Easel, traits: tuple[float, ...], details: Random, folded: bool) -> None:
    """Laid out flat on its point or square, or folded over its diagonal."""
    edge = 3.0 + 3.5 * traits[1]
    turn = 45.0 if traits[0] < 0.5 else -8.0 + 16 * traits[3]
    half = 28.5 if turn == 45 else 35.0
    soft = details.uniform(-0.6, 0.6)
    with easel.turned(turn):
        corners = [(50 - half, 50 - half), (50 + half, 50 - half), (50 + half, 50 + half), (50 - half, 50 + half)]
        sheet = _wavy(corners, soft)
        if folded:
            reach = half * (0.75 + 0.25 * traits[1])
            low, far = 50 + half - reach, 50 + half
            sheet = shapes.without(sheet, shapes.polygon([(far + 4, low - 4), (far + 4, far + 4), (low - 4, far + 4)]))
        _printed(easel, sheet, corners, half, edge, traits)
        drape(easel, sheet, _square_folds(half, details, 6), 1.0)
        if easel.look.material == "wool":
            for one, other in zip(corners, [*corners[1:], corners[0]], strict=True):
                fringe(easel, other, one, 3, easel.colour, details)
        if folded:
            flap = shapes.smooth([(far, low), (far, low), (low, low), (low, low), (low, far), (low, far),
                                  ((low + far) / 2 + 1, (low + far) / 2 + 1)])  # fmt: skip
            easel.part(flap, easel.of(easel.look.material).shade(0.92), Volume.SOFT, depth=0.5, shadow=2.0)
            easel.glint([(far - 1, low + 1), (low + 1, far - 1)], 3, 0.25, flap)


def _wavy(corners: Sequence[Point], soft: float) -> skia.Path:
    """Nearly straight edges, as cloth lies."""
    points: list[Point] = []
    for at, (one, other) in enumerate(zip(corners, [*corners[1:], corners[0]], strict=True)):
        dx, dy = other[0] - one[0], other[1] - one[1]
        bend = 0.012 * (1 if at % 2 else -1) + soft * 0.01
        points += [one, one, (one[0] + dx * 0.33 - dy * bend, one[1] + dy * 0.33 + dx * bend),
                   (one[0] + dx * 0.7 + dy * bend, one[1] + dy * 0.7 - dx * bend), other]  # fmt: skip
    return shapes.smooth(points)


def _printed(
    easel: Easel, sheet: skia.Path, corners: Sequence[Point], half: float, edge: float, traits: tuple[float, ...]
) -> None:
    """The square with its border, and a motif on a plain one."""
    easel.part(sheet, easel.body, Volume.SOFT, depth=0.35)
    ink = easel.accent
    inner = shapes.box(50 - half + edge, 50 - half + edge, 2 * (half - edge), 2 * (half - edge))
    border = shapes.without(shapes.box(0, 0, 100, 100), inner)
    easel.print_on(sheet, border, ink, 0.94)
    thin = half - edge - 1.6
    line = shapes.outlined(shapes.box(50 - thin, 50 - thin, 2 * thin, 2 * thin), 0.6)
    easel.print_on(sheet, line, ink, 0.9)
    if easel.look.pattern == "plain":
        light = shade(easel.colour, 1.45) if lightness(easel.colour) < 0.6 else shade(easel.colour, 0.72)
        count = (6, 8, 12)[int(traits[2] * 3)]
        for at in range(count):
            x, y = shapes.around(50, 50, half * 0.36, 360 * at / count)
            leaf = shapes.moved(shapes.ellipse(x, y, half * 0.1, half * 0.22), turn=360 * at / count, about=(x, y))
            easel.print_on(sheet, leaf, ink if at % 2 else light, 0.9)
        easel.print_on(sheet, shapes.ring(50, 50, half * 0.68, half * 0.64), ink, 0.9)
        easel.print_on(sheet, shapes.ellipse(50, 50, half * 0.1), light, 0.9)
        for x, y in corners:
            corner = (50 + (x - 50) * 0.68, 50 + (y - 50) * 0.68)
            for radius, tone in ((0.13, ink), (0.08, light), (0.04, ink)):
                easel.print_on(sheet, shapes.ellipse(*corner, half * radius), tone, 0.9)
    easel.stitch([(50 - half + 1, 50 - half + 1), (50 + half - 1, 50 - half + 1)], shade(ink, 0.7), 0.25, 0.7)


def _square_folds(half: float, details: Random, count: int) -> list[Fold]:
    folds: list[Fold] = [([(50, 50 - half), (50.4, 50), (50, 50 + half)], 1.6), ([(50 - half, 50), (50, 50.4),
        (50 + half, 50)], 1.6)]  # fmt: skip
    for _ in range(count):
        x, y = 50 + details.uniform(-0.8, 0.8) * half, 50 + details.uniform(-0.8, 0.8) * half
        reach, lean = details.uniform(10, 22), details.uniform(-5, 5)
        folds.append(([(x, y), (x + reach * 0.5, y + reach * 0.4 + lean), (x + reach, y + reach * 0.5)],
            details.uniform(1.6, 3.4)))  # fmt: skip
    return folds


def draw_socks(easel: Easel, look: Look) -> None:
    """A pair of socks, one half over the other; with long or short legs."""
    chance, short = easel.chance, look.silhouette == "ankle"
    easel.ground = Ground.LYING
    traits = (chance.random(), chance.random(), chance.random(), chance.uniform(15.5, 19))
    details = sewing.own_chance(easel)
    top = 46.0 if short else chance.uniform(9, 16)
    size, about = (1.22, (44.0, 76.0)) if short else (1.0 - 0.07 * look.view, (50.0, 55.0))
    flipped = sewing.mirrored(easel) if look.view == 1 else easel.turned(0)
    with flipped, easel.turned(0, about, size):
        easel.canvas.translate(-2, 0)
        for x, y, turn in ((15.5, -3.0, -7.0), (0.0, 3.0, 0.0)):
            easel.canvas.save()
            easel.canvas.translate(x, y)
            with easel.turned(turn, (60, 70)):
                _sock(easel, top, traits, details.getrandbits(20))
            easel.canvas.restore()


def _sock(easel: Easel, top: float, traits: tuple[float, ...], seed: int) -> None:
    wide = traits[3]
    right = 66.0
    left = right - wide
    short = top > 30
    sock = shapes.smooth([
        (left - 0.6, top), (left - 0.6, top), (right + 0.6, top), (right + 0.6, top), (right, (top + 60) / 2),
        (right + 0.6, 60), (right + 2.6, 67), (right + 1, 74), (right - 7, 78), (44, 80), (31, 84), (22, 84),
        (17, 78.6),
        (21, 71.6), (32, 66.6), (left - 5, 60.5), (left - 0.8, 53), (left, (top + 46) / 2),
    ])  # fmt: skip
    mouth = shapes.ellipse((left + right) / 2, top + 0.2, wide / 2 + 0.4, 1.3)
    easel.part(mouth, easel.body.plain().shade(0.5), Volume.FLAT)
    easel.part(sock, easel.body, Volume.SOFT, depth=0.8, shadow=1.6)
    ends = easel.of(easel.look.material) if traits[0] < 0.65 else easel.body.plain().shade(0.86)
    chance = Random(seed)
    with clipped(easel, sock):
        heel = shapes.smooth([(right - 9, 57), (right + 8, 60), (right + 8, 84), (right - 16, 84), (right - 13, 70)])
        toe = shapes.smooth([(10, 60), (28, 60), (30, 72), (27, 90), (10, 92)])
        for path in (heel, toe):
            easel.part(path, ends, Volume.FLAT)
            easel.edge(path, 0.35, (0, 0, 0), 0.22)
        folds: list[Fold] = [
            ([(left, 57), (left + wide * 0.4, 62), (right - 3, 63)], 2.2), ([(left - 3, 60), (left + 6, 66),
            (right - 7, 68)], 1.8),
            ([(34, 67), (38, 73), (37, 80)], 1.6),
        ]  # fmt: skip
        if not short:
            for _ in range(3):
                y = chance.uniform(30, 52)
                folds.append(([(left, y), (left + wide * 0.5, y + 1.6), (right, y - chance.uniform(0, 3))], 1.5))
        drape(easel, sock, folds, 1.0)
    tall = 3.4 if short else 7 + 4 * traits[1]
    first, last = [(left - 1, top), (right + 1, top)], [(left - 1, top + tall), (right + 1, top + tall)]
    trim = ends if traits[2] < 0.35 else easel.body.plain()
    easel.part(shapes.within(sock, shapes.box(0, top - 1, 100, tall + 1)), trim, Volume.SOFT, depth=0.6)
    with clipped(easel, sock):
        sewing.ribbing(easel, first, last, 11, trim.colour)
        easel.line(last, 0.35, (0, 0, 0), 0.25)
        if not short and traits[2] > 0.6:
            for down in (0.25, 0.62):
                easel.part(shapes.box(0, top + tall * down, 100, 1.5), easel.of(easel.look.material), Volume.FLAT)
    text = easel.look.brand if easel.look.brand.isascii() else ""
    if easel.look.view == 0 and easel.look.pattern == "plain":
        ink = easel.accent if abs(lightness(easel.accent) - lightness(easel.colour)) > 0.15 else shade(easel.colour,
            0.5)  # fmt: skip
        easel.words(text, 41, 75.4, 2.0, ink, width=13, turn=-10)
