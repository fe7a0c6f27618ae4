"""Rubber ducks."""

from __future__ import annotations

import math
from dataclasses import replace

import skia

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.device_parts import BLACK, WHITE, Mirrored, cord, fill, glow, legible
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.ground import Ground
from bowerbird.demo.draw.shapes import Point
from bowerbird.demo.draw.stuff import Stuff, lightness, shade
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import RGB, Look


def draw_rubber_duck(easel: Easel, look: Look) -> None:
    """A rubber duck from its side, the other one in another view. Raises KeyError for another silhouette."""
    easel.ground = Ground.STANDING
    if look.silhouette not in ("plain", "crowned"):
        raise KeyError(look.silhouette)
    with Mirrored(easel, wanted=look.view == 1):
        _duck(easel, look)


def _duck(easel: Easel, look: Look) -> None:
    chance = easel.chance
    head, fat, tail = chance.uniform(17.5, 20), chance.uniform(0, 4), chance.uniform(0, 6)
    extra, wing, freckle = chance.randrange(4), chance.uniform(0.85, 1.1), chance.random() < 0.5
    beak = (244, 132, 36) if look.colour not in ("orange", "red") else (250, 206, 66)
    skin = replace(easel.body, finish=replace(easel.body.finish, gloss=0.62))
    hull = [(26, 44), (20 - fat * 0.5, 56), (15 - fat, 68), (19 - fat * 0.6, 80), (31, 87), (50, 88.4), (70, 86.6)]
    hull += [(83 + fat * 0.5, 77), (88 + fat * 0.4, 64), (88.6, 52 - tail), (86, 50 - tail), (81, 54 - tail * 0.4)]
    hull += [(73, 57.6), (64, 56), (57, 50), (54, 42)]
    body = easel.part(shapes.smooth(hull), skin, Volume.BALL)
    easel.glint([(23, 66), (22, 74), (27, 81)], 2.2, 0.3, body)
    easel.crease([(28, 84), (48, 86.6), (70, 85)], 1.6, 0.22, body)
    feather = shapes.smooth(
        [(50, 63), (64, 61), (78 * wing, 64), (84 * wing, 62), (80 * wing, 71), (68, 78), (55, 76), (49, 70)]
    )
    easel.part(feather, skin.shade(0.97), Volume.SOFT, shadow=0.9)
    for place in range(3):
        line = [
            (66 + place * 4, 76 - place * 3.2),
            (73 + place * 2.6, 73 - place * 3),
            (78 + place * 1.4, 67 - place * 1.4),
        ]
        easel.crease(line, 0.8, 0.3, feather)
    x, y = 40.0, 52 - head * 0.9
    if extra == 1:
        cord(easel, [(24, 52), (34, 57.5), (46, 58), (57, 53)], 5.6, easel.of("wool"), shadow=1)
        easel.part(shapes.polygon([(46, 56), (53, 55), (55, 70), (48, 71)]), easel.of("wool"), Volume.SOFT, shadow=1)
    skull = easel.part(shapes.ellipse(x, y, head, head * 0.97), skin, Volume.BALL, shadow=1.4)
    if extra == 2:
        _bow_tie(easel, 35, 57)
    if look.silhouette == "plain" and extra != 3:
        tuft = shapes.smooth(
            [(x - 2, y - head * 0.9), (x + 3, y - head * 1.22), (x + 7, y - head * 1.2), (x + 4, y - head * 0.86)]
        )
        easel.part(tuft, skin, Volume.SOFT)
    _beak(easel, x - head, y + head * 0.2, beak)
    _duck_eye(easel, x - head * 0.36, y - head * 0.14)
    if freckle:
        glow(easel, x + head * 0.02, y + head * 0.36, 4, (244, 110, 110), 0.42)
    easel.glint([(x - head * 0.5, y - head * 0.6), (x - head * 0.1, y - head * 0.8)], 2.4, 0.5, skull)
    if look.silhouette == "crowned":
        _crown(easel, x + 2, y - head * 0.84, head * 0.72)
    elif extra == 3:
        _bath_cap(easel, x, y, head, skull)


def _beak(easel: Easel, x: float, y: float, colour: RGB) -> None:
    lower = shapes.smooth([(x + 5, y + 2), (x - 4, y + 3.4), (x - 6.4, y + 5.4), (x - 2, y + 7.4), (x + 5, y + 6.6)])
    easel.part(lower, easel.of("plastic", shade(colour, 0.8)), Volume.SOFT)
    upper = shapes.smooth(
        [
            (x + 6, y - 4),
            (x + 1, y - 3.4),
            (x - 4, y + 0.6),
            (x - 10, y + 1.2),
            (x - 11, y + 3.4),
            (x - 4, y + 5),
            (x + 5, y + 4.8),
        ]
    )
    path = easel.part(upper, easel.of("plastic", colour), Volume.SOFT, shadow=0.6)
    easel.line([(x - 1.4, y + 0.2), (x - 0.4, y - 0.4)], 0.6, shade(colour, 0.5))
    easel.glint([(x - 7, y + 1.8), (x - 2, y + 0.6), (x + 2, y - 1.6)], 0.7, 0.6, path)


def _duck_eye(easel: Easel, x: float, y: float) -> None:
    fill(easel, shapes.ellipse(x, y, 3.2, 3.9), (250, 250, 248))
    easel.edge(shapes.ellipse(x, y, 3.2, 3.9), 0.25, BLACK, 0.35)
    fill(easel, shapes.ellipse(x - 0.7, y + 0.3, 2.2, 2.8), (22, 20, 24))
    fill(easel, shapes.ellipse(x - 1.4, y - 0.9, 0.8), WHITE)
    easel.line([(x - 2.6, y - 5.4), (x, y - 6.2), (x + 2.4, y - 5.2)], 0.7, legible(easel.colour), 0.7)


def _bow_tie(easel: Easel, x: float, y: float) -> None:
    for flank in (-1, 1):
        wing = shapes.polygon([(x, y), (x + flank * 8, y - 4.4), (x + flank * 8, y + 4.6)])
        easel.part(wing, easel.of("silk"), Volume.SOFT, shadow=0.8)
    easel.part(shapes.box(x - 1.8, y - 2.2, 3.6, 4.4, 1.2), easel.of("silk"), Volume.SOFT, shadow=0.5)


def _crown(easel: Easel, x: float, y: float, half: float) -> None:
    gold = easel.of("gold", (226, 178, 66))
    points: list[Point] = [(x - half, y + 4), (x - half * 1.16, y - 9), (x - half * 0.5, y - 2.6), (x, y - 12)]
    points += [(2 * x - across, down) for across, down in reversed(points[:-1])]
    crown = shapes.joined(shapes.polygon(points), shapes.ellipse(x, y + 4, half, 2.4))
    with easel.turned(9, (x, y)):
        path = easel.part(crown, gold, Volume.ROUND, shadow=1)
        easel.line([(x - half, y + 2), (x, y + 4), (x + half, y + 2)], 0.5, (150, 104, 30), 0.8)
        for across, down in ((-1.16, -9.4), (0, -12.4), (1.16, -9.4)):
            easel.part(shapes.ellipse(x + half * across, y + down, 1.5), easel.of("plastic"), Volume.BALL)
        for across in (-0.56, 0, 0.56):
            stone = shapes.regular(x + half * across, y + 1.4 + (1 - abs(across)) * 1.4, 1.5, 4)
            easel.part(stone, easel.of("plastic"), Volume.BEVEL)
        easel.edge(path, 0.2)


def _bath_cap(easel: Easel, x: float, y: float, head: float, skull: skia.Path) -> None:
    """A cap with spots, puffed up over the head."""
    puff = [(x - head * 0.86, y - head * 0.36), (x - head * 0.9, y - head * 0.95), (x - head * 0.2, y - head * 1.36)]
    puff += [(x + head * 0.6, y - head * 1.26), (x + head * 1.06, y - head * 0.7), (x + head * 0.98, y - head * 0.1)]
    puff += [(x + head * 0.2, y - head * 0.5)]
    cloth = Stuff(
        easel.accent,
        easel.of("plastic").finish,
        "dotted",
        WHITE if lightness(easel.accent) < 0.7 else easel.colour,
        0,
        0.6,
    )
    easel.part(shapes.smooth(puff), cloth, Volume.SOFT, shadow=0.8)
    frill = [
        (x - head * 0.9, y - head * 0.34),
        (x - head * 0.3, y - head * 0.5),
        (x + head * 0.4, y - head * 0.44),
        (x + head, y - head * 0.06),
    ]
    cord(easel, frill, 3.0, easel.of("plastic"), shadow=0.5)
    for place in range(9):
        share = place / 8
        fx = x - head * 0.9 + share * head * 1.9
        fy = y - head * (0.34 + 0.2 * math.sin(share * math.pi * 0.9)) + share * head * 0.26
        easel.line([(fx, fy - 1.2), (fx + 0.3, fy + 1.2)], 0.4, BLACK, 0.25)
