"""Groceries, drawn."""

from __future__ import annotations

import math

from bowerbird.testing.tiny_shop.paths import Point
from bowerbird.testing.tiny_shop.studio import Studio
from bowerbird.testing.tiny_shop.stuff import (
    CERAMIC,
    FLAT,
    FRUIT,
    GLASS,
    LEATHER,
    METAL,
    PAPER,
    PLASTIC,
    RUBBER,
    Colour,
    fade,
    shade_of,
    stripes,
)

WHITE = (250, 249, 245)
LEAF = (74, 132, 52)


def _one_apple(s: Studio, colour: Colour, x: float, y: float, r: float) -> None:
    points: list[Point] = [
        (-0.1, -0.82),
        (-0.45, -0.98),
        (-0.9, -0.6),
        (-1.0, 0),
        (-0.82, 0.6),
        (-0.4, 0.98),
        (0, 0.9),
        (0.4, 0.98),
        (0.82, 0.6),
        (1.0, 0),
        (0.9, -0.6),
        (0.45, -0.98),
        (0.1, -0.82),
    ]
    tint = fade(shade_of(colour, 1.12), shade_of(colour, 0.84), y - r, y + r)
    s.curve([(x + r * px, y + r * py) for px, py in points], FRUIT, tint)
    s.crease([(x - r * 0.34, y - r * 0.78), (x, y - r * 0.66), (x + r * 0.34, y - r * 0.78)], r * 0.2, 0.5)
    s.band([(x, y - r * 0.7), (x + r * 0.06, y - r), (x + r * 0.2, y - r * 1.26)], r * 0.1, LEATHER, (92, 62, 36))
    s.curve(
        [
            (x + r * 0.14, y - r * 1.04),
            (x + r * 0.5, y - r * 1.36),
            (x + r * 0.86, y - r * 1.2),
            (x + r * 0.5, y - r * 0.98),
        ],
        PLASTIC,
        LEAF,
    )


def apples(s: Studio, colour: Colour) -> None:
    """Three apples."""
    _one_apple(s, shade_of(colour, 0.92), 50, 40, 19)
    _one_apple(s, colour, 31, 65, 20)
    _one_apple(s, colour, 68, 66, 20)


def tomatoes(s: Studio, colour: Colour) -> None:
    """Three tomatoes on the vine."""
    for x, y, r in ((50, 39, 18.5), (30, 63, 19.5), (69, 64, 19)):
        s.oval((x, y), (r * 1.06, r * 0.94), FRUIT, fade(shade_of(colour, 1.1), shade_of(colour, 0.84), y - r, y + r))
    s.band([(50, 34), (47, 50), (34, 56)], 1.6, LEATHER, LEAF)
    s.band([(48, 48), (62, 58)], 1.6, LEATHER, LEAF)
    for x, y in ((50, 32), (31, 56), (67, 58)):
        for dx, dy in ((-8, -1), (8, -1.4), (-5, 4.6), (5.4, 4.4), (0.6, -5.4)):
            s.curve(
                [(x - dy * 0.2, y + dx * 0.12), (x + dx, y + dy), (x + dy * 0.2, y - dx * 0.12)],
                PLASTIC,
                LEAF,
                lift=0.3,
            )


def bananas(s: Studio, colour: Colour) -> None:
    """A hand of bananas."""
    fruit = [
        (30, 16),
        (35, 15),
        (38, 26),
        (45, 46),
        (60, 62),
        (80, 68),
        (88, 66),
        (90, 70),
        (82, 77),
        (62, 79),
        (42, 68),
        (31, 46),
        (29, 26),
    ]
    for dx, dy, factor in ((-7, 8, 0.86), (-1, 2, 0.95), (5, -5, 1.0)):
        body = s.curve(
            [(x + dx * (y - 16) / 55, y + dy * (y - 16) / 55) for x, y in fruit], FRUIT, shade_of(colour, factor)
        )
        s.crease(
            [
                (x + dx * (y - 16) / 55, y + dy * (y - 16) / 55)
                for x, y in ((32, 24), (37, 46), (50, 66), (66, 73), (84, 72))
            ],
            0.8,
            0.2,
        )
        s.oval((90 + dx, 68 + dy), (4.4, 4.4), FLAT, (96, 78, 40), inside=body, lift=0.0)
    s.curve([(28, 20), (29, 10), (36, 9), (38, 19), (34, 24)], LEATHER, (150, 126, 50))


def lemons(s: Studio, colour: Colour) -> None:
    """Two lemons, one cut."""
    s.curve(
        [(24, 44), (34, 28), (54, 22), (72, 30), (80, 38), (82, 44), (74, 56), (56, 66), (36, 62), (27, 52)],
        FRUIT,
        colour,
    )
    s.oval((42, 66), (22, 20), FRUIT, colour)
    s.oval((42, 66), (19.6, 17.8), RUBBER, (252, 246, 214), lift=0.0)
    for slice_ in range(9):
        a, b = math.radians(slice_ * 40 + 3), math.radians(slice_ * 40 + 37)
        wedge = [
            (42, 66),
            (42 + 17 * math.cos(a), 66 + 15.4 * math.sin(a)),
            (42 + 17.6 * math.cos((a + b) / 2), 66 + 16 * math.sin((a + b) / 2)),
            (42 + 17 * math.cos(b), 66 + 15.4 * math.sin(b)),
        ]
        s.outline(wedge, GLASS, shade_of(colour, 1.15), lift=0.0)


def avocado(s: Studio, colour: Colour) -> None:
    """A whole avocado and a half with its stone."""
    half = [
        (50, 14),
        (58, 18),
        (62, 32),
        (72, 52),
        (73, 70),
        (64, 84),
        (50, 88),
        (36, 84),
        (27, 70),
        (28, 52),
        (38, 32),
        (42, 18),
    ]
    s.curve([(x * 0.86 - 8, y * 0.9 + 2) for x, y in half], FRUIT, (50, 66, 38))
    s.curve([(x * 0.86 + 21, y * 0.9 + 9) for x, y in half], LEATHER, (58, 78, 40))
    s.curve([(50 * 0.86 + 21 + (x - 50) * 0.79, 57 + (y * 0.9 - 48) * 0.93) for x, y in half], RUBBER, colour, lift=0.0)
    s.curve(
        [(50 * 0.86 + 21 + (x - 50) * 0.64, 58 + (y * 0.9 - 48) * 0.8) for x, y in half],
        RUBBER,
        (240, 232, 150),
        lift=0.0,
    )
    s.oval((64, 69), (11, 11.6), FRUIT, (134, 84, 46))


def milk(s: Studio, colour: Colour) -> None:
    """A carton with a gable top."""
    s.outline([(31, 30), (38, 12), (66, 12), (70, 30)], PAPER, shade_of(colour, 0.9))
    s.box((37, 8), (30, 6), 0.6, PAPER, shade_of(colour, 0.8))
    s.outline([(30, 30), (62, 30), (62, 90), (30, 90)], PAPER, WHITE)
    s.outline([(62, 30), (72, 27), (72, 87), (62, 90)], PAPER, (214, 216, 220))
    s.curve(
        [(30, 66), (38, 62), (48, 68), (62, 62), (62, 62), (62, 90), (62, 90), (30, 90), (30, 90)],
        PAPER,
        colour,
        lift=0.0,
    )
    s.outline([(62, 62), (72, 58), (72, 87), (62, 90)], PAPER, shade_of(colour, 0.75), lift=0.0)
    s.oval((51, 21), (5, 4), PLASTIC, (216, 60, 56))
    s.words("MILK", (46, 46), 9, shade_of(colour, 0.8))
    s.words("1 L", (46, 55), 4.6, shade_of(colour, 0.8))


def juice(s: Studio, colour: Colour) -> None:
    """A bottle of orange juice."""
    s.box((43, 6), (14, 8), 1.6, PLASTIC, (60, 140, 70))
    bottle = s.curve(
        [
            (44, 13),
            (44, 13),
            (56, 13),
            (56, 13),
            (58, 24),
            (67, 34),
            (68, 48),
            (68, 84),
            (64, 91),
            (50, 92.4),
            (36, 91),
            (32, 84),
            (32, 48),
            (33, 34),
            (42, 24),
        ],
        GLASS,
        fade(shade_of(colour, 1.1), shade_of(colour, 0.86), 20, 90),
    )
    s.box((30, 46), (40, 30), 0.5, PAPER, WHITE, inside=bottle)
    s.oval((50, 56), (8, 8), PLASTIC, colour)
    s.curve([(54, 49), (59, 45), (64, 47), (59, 50)], PLASTIC, LEAF)
    s.words("ORANGE", (50, 70), 5, (190, 96, 20))
    s.glint([(36, 38), (35.4, 60), (36, 84)], 2.4, 0.45)


def honey(s: Studio, colour: Colour) -> None:
    """A jar of honey."""
    jar = s.box((26, 30), (48, 58), 9, GLASS, fade(shade_of(colour, 1.15), shade_of(colour, 0.75), 30, 88))
    s.box((26, 48), (48, 26), 0.6, PAPER, (252, 240, 206), inside=jar)
    for x, y in ((44, 54.4), (50, 51), (56, 54.4), (50, 57.8)):
        s.outline(
            [
                (x, y - 2.2),
                (x + 2.4, y - 1.1),
                (x + 2.4, y + 1.1),
                (x, y + 2.2),
                (x - 2.4, y + 1.1),
                (x - 2.4, y - 1.1),
            ],
            PLASTIC,
            colour,
            lift=0.1,
        )
    s.words("HONEY", (50, 67), 7, (120, 76, 20))
    s.box((28, 18), (44, 13), 2.4, METAL, stripes([(222, 178, 84), (206, 160, 66)], 1.3, across=True))
    s.glint([(30.6, 38), (30, 60), (31, 80)], 2.4, 0.5)


def tea_tin(s: Studio, colour: Colour) -> None:
    """A tin of green tea."""
    s.box((27, 26), (46, 63), 3, METAL, fade(shade_of(colour, 1.16), shade_of(colour, 0.66), 30, 73, across=True))
    s.box((26, 15), (48, 14), 3, METAL, fade((238, 208, 130), (176, 136, 60), 30, 74, across=True))
    s.box((35, 38), (30, 38), 2, PAPER, (246, 240, 222))
    for dx, dy, flip in ((-5, 4, 1), (5, 0, -1), (0, -6, 1)):
        x, y = 50 + dx, 54 + dy
        s.curve(
            [(x - 4 * flip, y + 4), (x - 2 * flip, y - 3), (x + 5 * flip, y - 6), (x + 3 * flip, y + 2)],
            PLASTIC,
            LEAF,
            lift=0.2,
        )
    s.words("GREEN TEA", (50, 70), 4.4, (60, 96, 48))
    s.glint([(31, 32), (31, 84)], 2.4, 0.3)


def coffee(s: Studio, colour: Colour) -> None:
    """A bag of coffee beans."""
    s.curve(
        [(29, 20), (29, 20), (71, 20), (71, 20), (74, 50), (75, 88), (75, 88), (25, 88), (25, 88), (26, 50)],
        LEATHER,
        colour,
    )
    s.box((28, 12), (44, 10), 1, LEATHER, shade_of(colour, 0.8))
    s.box((34, 38), (32, 36), 3, PAPER, (244, 232, 212))
    for x, y in ((44, 50), (56, 50), (50, 60)):
        s.oval((x, y), (4, 5), CERAMIC, (96, 58, 34))
        s.crease([(x + 0.6, y - 4), (x - 0.6, y), (x + 0.6, y + 4)], 1, 0.6)
    s.words("COFFEE", (50, 69), 5, (96, 58, 34))
