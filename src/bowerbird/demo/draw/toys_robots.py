"""Robots."""

from __future__ import annotations

import skia

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.device_parts import (
    BLACK,
    STEEL,
    WHITE,
    cord,
    fill,
    glow,
    grade,
    grille,
    lamp,
    latin,
    legible,
    screw,
    soft_black,
)
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.ground import Ground
from bowerbird.demo.draw.shapes import Point
from bowerbird.demo.draw.stuff import Stuff, lightness, mixed
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import RGB, Look

_LIGHTS: tuple[RGB, ...] = ((90, 220, 255), (140, 240, 140), (255, 190, 70), (255, 110, 130))


def draw_robot(easel: Easel, look: Look) -> None:
    """A toy robot. Raises KeyError for another silhouette."""
    easel.ground = Ground.STANDING
    {"boxy": _boxy, "round": _round}[look.silhouette](easel, look)


def _limb(easel: Easel, points: list[Point], width: float, rings: int) -> None:
    """A bendy arm or leg of rings."""
    path = cord(easel, points, width, easel.of("steel", STEEL))
    line = shapes.smooth(points, closed=False)
    measure = skia.PathMeasure(line, False)
    for place in range(1, rings):
        spot, along = measure.getPosTan(measure.getLength() * place / rings)
        x, y = spot.x(), spot.y()
        dx, dy = -along.y() * width * 0.52, along.x() * width * 0.52
        easel.line([(x - dx, y - dy), (x + dx, y + dy)], 0.45, BLACK, 0.5, bent=False)
    easel.edge(path, 0.2)


def _claw(easel: Easel, x: float, y: float, turn: float, stuff: Stuff) -> None:
    """A hand of two jaws."""
    with easel.turned(turn, (x, y)):
        jaws = shapes.without(
            shapes.ellipse(x, y + 3.6, 5),
            shapes.joined(shapes.ellipse(x, y + 4.4, 2.6), shapes.box(x - 1.7, y + 4, 3.4, 6)),
        )
        easel.part(jaws, stuff, Volume.SOFT, shadow=0.6)
        easel.part(shapes.box(x - 3.2, y - 2.6, 6.4, 3.4, 1), easel.of("plastic"), Volume.ROUND, shadow=0.4)


def _boxy(easel: Easel, look: Look) -> None:
    chance = easel.chance
    head, body_half, panel = chance.uniform(14, 17), chance.uniform(17.5, 21), chance.randrange(3)
    eyes, mouth, aerial = chance.randrange(3), chance.randrange(3), chance.randrange(3)
    light, key, head_tall = chance.choice(_LIGHTS), chance.random() < 0.5, chance.uniform(20, 23)
    side = 1 if look.view == 0 else -1
    top, waist = 16.0, 67.0
    neck = top + head_tall
    body = easel.body
    if key:
        x = 50 + side * (body_half + 6)
        easel.part(shapes.box(min(50 + side * body_half, x), 52, 6, 2.2), easel.of("steel", STEEL), Volume.ROLL)
        easel.part(shapes.ring(x + side * 2, 50.4, 3.4, 1.5), easel.of("gold", (220, 176, 84)), Volume.SOFT)
        easel.part(shapes.ring(x + side * 2, 55.8, 3.4, 1.5), easel.of("gold", (220, 176, 84)), Volume.SOFT)
    for flank in (-1, 1):
        raised = flank == side
        hand = (50 + flank * (body_half + 13), 36.0) if raised else (50 + flank * (body_half + 9), 63.0)
        elbow = (50 + flank * (body_half + 10.5), 47.0) if raised else (50 + flank * (body_half + 9), 52.0)
        _limb(easel, [(50 + flank * (body_half - 1), 47), (50 + flank * (body_half + 5), 48), elbow, hand], 5.6, 11)
        _claw(easel, *hand, 180 + flank * 14 if raised else -flank * 4, body.plain())
        easel.part(
            shapes.ellipse(50 + flank * (body_half + 0.5), 47, 4, 5), easel.of("plastic"), Volume.BALL, shadow=0.4
        )
        _limb(easel, [(50 + flank * 9, 65), (50 + flank * 9.4, 74), (50 + flank * 10, 80)], 8, 6)
        foot = shapes.smooth([(50 + flank * 3, 88), (50 + flank * 3, 88), (50 + flank * 3.4, 81),
            (50 + flank * 10, 78), (50 + flank * 17, 81.4), (50 + flank * 18.4, 88),
            (50 + flank * 18.4, 88)])  # fmt: skip
        easel.part(foot, body, Volume.BEVEL, shadow=0.6)
        easel.part(shapes.box(50 + flank * 10.6 - 8.2, 86.4, 16.4, 2.6, 0.8), soft_black(), Volume.ROLL)
    easel.part(shapes.box(43, neck - 2, 14, 7, 1), easel.of("steel", STEEL), Volume.ROUND)
    _aerial(easel, top, head, aerial, light)
    for flank in (-1, 1):
        x = 50 + flank * head
        easel.part(shapes.box(min(x, x + flank * 4), top + 6.5, 4, 8.4, 1), easel.of("plastic"), Volume.ROUND)
    easel.part(shapes.box(50 - head, top, 2 * head, head_tall, 3.4), body, Volume.BEVEL, shadow=0.6)
    _face(easel, top, head, (eyes, mouth), light)
    easel.part(shapes.box(50 - body_half, neck + 3, 2 * body_half, waist - neck - 3, 4), body, Volume.BEVEL, shadow=0.8)
    for x in (50 - body_half + 2.6, 50 + body_half - 2.6):
        for y in (neck + 5.6, waist - 2.8):
            screw(easel, x, y, 1.0, x * y)
    _panel(easel, look, neck + 7.5, body_half - 5, panel, light)


def _aerial(easel: Easel, top: float, head: float, style: int, light: RGB) -> None:
    if style == 0:
        easel.line([(50, top), (50, top - 7)], 1.0, STEEL, bent=False)
        easel.part(shapes.ellipse(50, top - 7.4, 2.4), easel.of("plastic", light), Volume.BALL)
        glow(easel, 50, top - 7.4, 5, light, 0.4)
    elif style == 1:
        for flank in (-1, 1):
            line = [
                (50 + flank * head * 0.5, top),
                (50 + flank * head * 0.66, top - 5),
                (50 + flank * head * 0.56, top - 8),
            ]
            easel.line(line, 0.9, STEEL)
            easel.part(shapes.ellipse(*line[-1], 1.7), easel.of("plastic"), Volume.BALL)
    else:
        easel.part(shapes.box(45.5, top - 3.6, 9, 4.4, 1), easel.of("steel", STEEL), Volume.ROUND)
        dome = shapes.smooth(
            [
                (46.6, top - 3.4),
                (46.6, top - 3.4),
                (47.4, top - 7),
                (50, top - 8.4),
                (52.6, top - 7),
                (53.4, top - 3.4),
                (53.4, top - 3.4),
            ]
        )
        easel.part(dome, easel.of("plastic", (226, 60, 52)), Volume.BALL)


def _face(easel: Easel, top: float, head: float, style: tuple[int, int], light: RGB) -> None:
    """Two eyes and a mouth."""
    eyes, mouth = style
    y = top + 8.4
    if eyes == 2:
        visor = shapes.box(50 - head * 0.8, y - 4, head * 1.6, 8, 4)
        easel.part(visor, easel.of("plastic", (20, 22, 28)), Volume.BEVEL, shadow=0.3)
    for flank in (-1, 1):
        x = 50 + flank * head * 0.42
        if eyes == 0:
            easel.part(shapes.ellipse(x, y, 4.4), easel.of("steel", STEEL), Volume.SOFT, shadow=0.4)
            easel.part(shapes.ellipse(x, y, 3.4), easel.of("plastic", mixed(light, WHITE, 0.3)), Volume.BALL)
            fill(easel, shapes.ellipse(x, y, 1.4), (24, 26, 32))
            fill(easel, shapes.ellipse(x - 0.7, y - 0.8, 0.6), WHITE)
        elif eyes == 1:
            easel.part(
                shapes.box(x - 3.8, y - 3.4, 7.6, 6.8, 1.4), easel.of("plastic", (22, 24, 30)), Volume.BEVEL, shadow=0.4
            )
            fill(easel, shapes.box(x - 2, y - 1.8, 4, 3.6, 0.6), light)
            glow(easel, x, y, 4.4, light, 0.5)
        else:
            lamp(easel, x, y, 1.9, light)
    plate = shapes.box(50 - head * 0.56, top + 14.6, head * 1.12, 4.4, 1)
    if mouth == 0:
        easel.part(plate, easel.of("steel", (120, 124, 130)), Volume.FLAT)
        grille(easel, plate, 1.1, 0.55)
    elif mouth == 1:
        easel.part(plate, easel.of("plastic", (30, 32, 38)), Volume.FLAT)
        for place in range(1, 7):
            x = 50 - head * 0.56 + head * 1.12 * place / 7
            easel.line([(x, top + 15), (x, top + 18.6)], 0.5, light, 0.9, bent=False)
    else:
        smile = [(50 - head * 0.44, top + 15), (50, top + 18.4), (50 + head * 0.44, top + 15)]
        easel.line(smile, 1.4, (30, 30, 34), 0.9)
        easel.line(smile, 0.7, easel.accent)


def _panel(easel: Easel, look: Look, top: float, half: float, style: int, light: RGB) -> None:
    """What is on the chest: a gauge and knobs, a screen, or a door with lamps."""
    tall = 66.5 - top - 5
    plate = easel.part(shapes.box(50 - half, top, 2 * half, tall, 2),
        easel.of("steel", mixed(STEEL, easel.accent, 0.25)), Volume.BEVEL, shadow=0.4)  # fmt: skip
    x = 50 - half * 0.46
    if style == 0:
        y, reach = top + tall * 0.42, min(half * 0.44, tall * 0.32)
        easel.part(shapes.ellipse(x, y, reach), easel.of("matte", (246, 244, 234)), Volume.FLAT)
        for place in range(9):
            ends = [shapes.around(x, y, reach * share, -100 + place * 25) for share in (0.72, 0.92)]
            easel.line(ends, 0.35, (200, 50, 40) if place > 6 else BLACK, 0.9, bent=False)
        easel.line([(x, y), shapes.around(x, y, reach * 0.7, 40)], 0.6, (214, 40, 40), bent=False)
        easel.edge(shapes.ellipse(x, y, reach), 0.6, BLACK, 0.7)
    elif style == 1:
        screen = shapes.box(50 - half * 0.86, top + 2, half * 0.96, tall * 0.6, 1)
        fill(easel, screen, (16, 26, 30))
        wave = [
            (50 - half * 0.8 + place * half * 0.105, top + 2 + tall * (0.3 + (0.16, -0.18, 0.05, -0.05)[place % 4]))
            for place in range(9)
        ]
        easel.line(wave, 0.55, light)
        easel.edge(screen, 0.5, BLACK, 0.8)
    else:
        grille(easel, shapes.box(50 - half * 0.86, top + 2, half * 0.9, tall * 0.62, 1), 1.5, 0.8)
    for place, tone in enumerate(((226, 58, 50), (248, 200, 70), (80, 190, 110), easel.accent)):
        bx, by = 50 + half * (0.3 + 0.42 * (place % 2)), top + tall * (0.2 + 0.27 * (place // 2))
        easel.part(shapes.ellipse(bx, by, min(half * 0.15, 1.9)), easel.of("plastic", tone), Volume.BALL, shadow=0.4)
    easel.words(latin(look.brand).upper(), 50, top + tall * 0.84, 2.3, (50, 52, 58), width=half * 1.5)
    easel.edge(plate, 0.2)


def _round(easel: Easel, look: Look) -> None:
    chance = easel.chance
    head, belly = chance.uniform(19, 22), chance.uniform(18, 21)
    face, ears, base = chance.randrange(3), chance.randrange(3), chance.random() < 0.5
    light, scarf = chance.choice(_LIGHTS), chance.random() < 0.35
    side = 1 if look.view == 0 else -1
    body, hy, by = easel.body, 15 + head, 64.0
    if base:
        easel.part(shapes.ellipse(50, 86, belly * 0.86, 4), soft_black(), Volume.ROLL)
        easel.part(shapes.box(50 - belly * 0.6, 80, belly * 1.2, 5, 2), easel.of("plastic"), Volume.ROUND)
    else:
        for flank in (-1, 1):
            easel.part(shapes.box(50 + flank * 8.6 - 3, 78, 6, 7), easel.of("steel", STEEL), Volume.ROUND)
            foot = shapes.smooth([(50 + flank * 2, 88), (50 + flank * 2, 88), (50 + flank * 4, 82),
                (50 + flank * 10, 80), (50 + flank * 17, 83.5), (50 + flank * 18, 88),
                (50 + flank * 18, 88)])  # fmt: skip
            easel.part(foot, body, Volume.SOFT, shadow=0.4)
    for flank in (-1, 1):
        up = flank == side
        end = (50 + flank * (belly + 11), 49.0 if up else 73.0)
        line = [(50 + flank * (belly - 2), 57), (50 + flank * (belly + 6), 55.5 if up else 62), end]
        easel.part(shapes.ribbon(line, 7.6), body.plain().shade(0.94), Volume.SOFT)
        easel.part(shapes.ellipse(*end, 4.9), easel.of("plastic"), Volume.BALL, shadow=0.6)
        easel.part(shapes.ellipse(50 + flank * (belly - 1), 57, 4.4), body.plain().shade(0.85), Volume.BALL, shadow=0.5)
    torso = shapes.smooth([(50, 45), (50 + belly * 0.76, 49), (50 + belly, 62), (50 + belly * 0.8, 78), (50, 83),
        (50 - belly * 0.8, 78), (50 - belly, 62), (50 - belly * 0.76, 49)])  # fmt: skip
    easel.part(torso, body, Volume.BALL)
    chest = easel.part(shapes.ellipse(50, by + 3, belly * 0.56, 10),
        easel.of("plastic",
        mixed(easel.colour, WHITE, 0.7) if lightness(easel.colour) < 0.8 else mixed(easel.accent, WHITE, 0.3)),
        Volume.SOFT, depth=0.8, shadow=0.3)  # fmt: skip
    heart = [(0, 3.4), (-4.4, -1.2), (-3.6, -4.2), (0, -2.2), (3.6, -4.2), (4.4, -1.2)]
    mark = (
        shapes.smooth([(50 + x * 0.86, by + 1.4 + y * 0.86) for x, y in heart])
        if face != 1
        else shapes.ellipse(50, by + 1, 3.2)
    )
    easel.part(mark, easel.of("plastic", light if face == 1 else easel.accent), Volume.BALL, shadow=0.3)
    glow(easel, 50, by + 1, 8, light, 0.25)
    easel.words(latin(look.brand), 50, by + 8.4, 2.4, legible(mixed(easel.colour, WHITE, 0.7)), width=belly * 0.9)
    easel.edge(chest, 0.25)
    easel.part(shapes.ellipse(50, 48, 9, 3.4), easel.of("steel", STEEL), Volume.ROLL)
    _round_head(easel, hy, head, (face, ears), light)
    if scarf:
        cord(
            easel,
            [(50 - 13, hy + head * 0.8), (50, hy + head * 0.98), (50 + 13, hy + head * 0.8)],
            3.4,
            easel.of("nylon"),
            shadow=0.8,
        )


def _ears(easel: Easel, y: float, reach: float, style: int) -> None:
    """Round pads, aerials or speakers at the sides of the head."""
    for flank in (-1, 1):
        x = 50 + flank * reach * 0.98
        if style == 0:
            easel.part(shapes.ellipse(x, y, 4, 6.4), easel.of("plastic"), Volume.BALL)
        elif style == 1:
            cord(
                easel,
                [(50 + flank * reach * 0.6, y - reach * 0.7), (50 + flank * reach * 0.86, y - reach * 1.12)],
                1.8,
                easel.of("steel", STEEL),
            )
            easel.part(
                shapes.ellipse(50 + flank * reach * 0.9, y - reach * 1.16, 2.5), easel.of("plastic"), Volume.BALL
            )
        else:
            easel.part(shapes.box(x - 3.4, y - 6, 6.8, 12, 3), easel.of("steel", STEEL), Volume.ROLL)


def _round_head(easel: Easel, y: float, reach: float, style: tuple[int, int], light: RGB) -> None:
    """A ball of a head with a dark visor in which the eyes shine."""
    face, ears = style
    _ears(easel, y, reach, ears)
    skull = easel.part(shapes.ellipse(50, y, reach * 1.06, reach * 0.96), easel.body, Volume.BALL, shadow=1)
    for flank in (-1, 1):
        seam = [
            (50 + flank * reach * 0.4, y - reach * 0.9),
            (50 + flank * reach * 0.56, y - reach * 0.6),
            (50 + flank * reach * 0.6, y - reach * 0.5),
        ]
        easel.crease(seam, 0.5, 0.3, skull)
    visor = shapes.smooth([(50, y - reach * 0.46), (50 + reach * 0.66, y - reach * 0.4),
        (50 + reach * 0.82, y + reach * 0.06), (50 + reach * 0.6, y + reach * 0.52), (50, y + reach * 0.6),
        (50 - reach * 0.6, y + reach * 0.52), (50 - reach * 0.82, y + reach * 0.06),
        (50 - reach * 0.66, y - reach * 0.4)])  # fmt: skip
    easel.edge(visor, 1.4, easel.accent, 0.95)
    fill(easel, visor, (18, 20, 28))
    grade(
        easel,
        visor,
        (30, y - reach * 0.5),
        (66, y + reach * 0.5),
        [((90, 110, 150), 0.65), ((20, 24, 36), 0.2), ((0, 0, 0), 0.2)],
    )
    _shining_eyes(easel, y - reach * 0.04, reach, face, light)
    easel.line(
        [(50 - reach * 0.14, y + reach * 0.3), (50, y + reach * 0.38), (50 + reach * 0.14, y + reach * 0.3)],
        1.0,
        mixed(light, WHITE, 0.3),
    )
    glint = [
        (50 - reach * 0.56, y - reach * 0.2),
        (50 - reach * 0.4, y - reach * 0.34),
        (50 - reach * 0.1, y - reach * 0.38),
    ]
    easel.glint(glint, 1.2, 0.6, visor)


def _shining_eyes(easel: Easel, y: float, reach: float, style: int, light: RGB) -> None:
    """Eyes as a screen shows them: round, laughing or ringed."""
    for flank in (-1, 1):
        x = 50 + flank * reach * 0.34
        glow(easel, x, y, reach * 0.34, light, 0.55)
        if style == 0:
            fill(easel, shapes.ellipse(x, y, reach * 0.13, reach * 0.17), mixed(light, WHITE, 0.4))
        elif style == 1:
            smile = [(x - reach * 0.15, y + reach * 0.07), (x, y - reach * 0.1), (x + reach * 0.15, y + reach * 0.07)]
            easel.line(smile, 1.5, mixed(light, WHITE, 0.35))
        else:
            easel.edge(shapes.ellipse(x, y, reach * 0.14), 1.3, mixed(light, WHITE, 0.3), 1)
            fill(easel, shapes.ellipse(x, y, reach * 0.05), mixed(light, WHITE, 0.5))
