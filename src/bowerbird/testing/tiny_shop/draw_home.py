"""Things for the kitchen and the desk, drawn."""

from __future__ import annotations

from bowerbird.testing.tiny_shop.studio import Studio
from bowerbird.testing.tiny_shop.stuff import (
    CERAMIC,
    CLOTH,
    FLAT,
    GLASS,
    LEATHER,
    METAL,
    PLASTIC,
    RUBBER,
    Colour,
    Paint,
    fade,
    shade_of,
    steel,
)

WHITE = (248, 247, 244)
DARK = (40, 42, 47)


def _round(colour: Colour, left: float, right: float) -> Paint:
    """Light that falls off round an upright cylinder."""
    return fade(shade_of(colour, 1.1), shade_of(colour, 0.72), left, right, across=True)


def mug(s: Studio, colour: Colour) -> None:
    """A mug with a handle."""
    s.band([(67, 40), (80, 40), (85, 52), (79, 66), (66, 68)], 5.4, CERAMIC, colour)
    s.curve(
        [
            (26, 28),
            (26, 28),
            (26, 55),
            (28, 76),
            (34, 84),
            (48, 86.6),
            (62, 84),
            (68, 76),
            (70, 55),
            (70, 28),
            (70, 28),
        ],
        CERAMIC,
        _round(colour, 30, 74),
    )
    s.oval((48, 28), (22, 5.6), CERAMIC, shade_of(colour, 1.12))
    s.oval((48, 28.6), (19.6, 4.4), FLAT, (70, 42, 26), lift=0.0)
    s.oval((42, 28), (9, 1.4), FLAT, (104, 66, 40), lift=0.0)
    s.glint([(33, 38), (32.4, 55), (34, 72)], 3, 0.35)


def teapot(s: Studio, colour: Colour) -> None:
    """A round teapot with a blue band."""
    s.band([(70, 42), (86, 40), (90, 54), (84, 68), (70, 72)], 4.6, CERAMIC, colour)
    s.curve(
        [(34, 64), (22, 56), (14, 42), (8, 38), (10, 34), (18, 35), (26, 44), (36, 50)], CERAMIC, shade_of(colour, 0.96)
    )
    body = s.curve(
        [(30, 46), (36, 36), (51, 32), (66, 36), (73, 47), (74, 62), (68, 77), (60, 83), (42, 83), (33, 77), (27, 62)],
        CERAMIC,
        colour,
    )
    s.band([(24, 58), (51, 62), (78, 58)], 4.6, FLAT, (44, 84, 150), inside=body, lift=0.0)
    s.band([(24, 64), (51, 68), (78, 64)], 1, FLAT, (44, 84, 150), inside=body, lift=0.0)
    s.glint([(36, 44), (32, 56), (36, 72)], 4, 0.4)
    s.curve([(36, 37), (40, 32), (51, 29), (62, 32), (66, 37), (51, 40)], CERAMIC, colour)
    s.oval((51, 27), (4, 3.6), CERAMIC, (44, 84, 150))


def pan(s: Studio, colour: Colour) -> None:
    """A frying pan from above."""
    s.band([(62, 62), (76, 76), (92, 92)], 6.4, PLASTIC, DARK)
    s.oval((91, 91), (1.3, 1.3), FLAT, (190, 190, 190), lift=0.0)
    s.band([(58, 58), (68, 68)], 6, METAL, (190, 194, 200))
    s.oval((41, 41), (33, 33), METAL, colour)
    s.oval((41, 41), (30.4, 30.4), RUBBER, shade_of(colour, 0.7), lift=0.0)
    s.oval((41, 41), (25, 25), METAL, (52, 54, 59), lift=0.0)
    for radius in (17, 9):
        s.oval((41, 41), (radius + 0.3, radius + 0.3), FLAT, (70, 72, 78), lift=0.0)
        s.oval((41, 41), (radius - 0.3, radius - 0.3), FLAT, (52, 54, 59), lift=0.0)
    s.glint([(24, 30), (32, 23), (42, 20)], 5, 0.25)


def knife(s: Studio, colour: Colour) -> None:
    """A chef's knife; ``colour`` is the handle's."""
    s.curve(
        [(6, 56), (6, 56), (20, 45), (40, 41), (64, 41), (64, 41), (64, 58), (64, 58), (36, 59)],
        METAL,
        fade((240, 242, 246), (168, 174, 182), 41, 60),
    )
    s.band([(9, 55.6), (34, 57.4), (63, 56.8)], 0.8, FLAT, (246, 248, 250), lift=0.0)
    s.box((62.6, 40), (4.4, 19), 1.4, METAL, (186, 190, 196))
    s.curve([(66, 41), (78, 42), (88, 41), (95, 44), (95, 54), (90, 55), (78, 52), (66, 54)], LEATHER, colour)
    for x in (71, 79, 87):
        s.oval((x, 47.4), (1.5, 1.5), METAL, (220, 222, 226))
    s.glint([(24, 48), (40, 46), (58, 46)], 2, 0.5)


def kettle(s: Studio, colour: Colour) -> None:
    """An electric kettle of steel."""
    s.curve([(34, 34), (24, 36), (16, 33), (20, 44), (32, 52)], METAL, (186, 190, 196))
    s.band([(62, 26), (80, 27), (84, 44), (80, 66), (70, 73)], 6, PLASTIC, DARK)
    s.curve(
        [(34, 26), (34, 26), (62, 26), (62, 26), (69, 50), (72, 80), (72, 80), (24, 80), (24, 80), (27, 50)],
        METAL,
        steel(24, 72, colour),
    )
    s.box((22, 79), (52, 8), 3, PLASTIC, DARK)
    s.curve([(34, 27), (36, 21), (48, 18), (60, 21), (62, 27)], PLASTIC, DARK)
    s.oval((48, 17), (3.4, 2.6), PLASTIC, (70, 72, 78))
    s.box((44.6, 46), (6.8, 24), 3, PLASTIC, (92, 116, 130))
    s.box((45.8, 57), (4.4, 12), 2, FLAT, (140, 192, 216), lift=0.0)


def lamp(s: Studio, colour: Colour) -> None:
    """A desk lamp with a jointed arm, lit."""
    s.oval((58, 86), (22, 4.6), METAL, shade_of(colour, 0.85))
    s.band([(58, 85), (72, 54)], 2.2, METAL, (190, 192, 196))
    s.band([(72, 54), (44, 26)], 2.2, METAL, (190, 192, 196))
    s.oval((72, 54), (3, 3), METAL, DARK)
    s.outline([(16, 47), (46, 41), (72, 80), (10, 84)], FLAT, (255, 240, 190), opacity=0.22, lift=0.0)
    s.oval((31, 44), (8, 6), GLASS, (255, 244, 200))
    s.curve(
        [(38, 20), (46, 18), (50, 24), (49, 33), (48, 42), (48, 42), (31, 46), (14, 47), (14, 47), (20, 36), (30, 28)],
        METAL,
        colour,
    )
    s.oval((44, 24), (2.6, 2.6), METAL, DARK)


def wine_glass(s: Studio, colour: Colour) -> None:
    """A stemmed glass with wine of a colour."""
    clear = (214, 224, 230)
    s.oval((50, 90), (17, 3.6), GLASS, clear, opacity=0.7)
    s.band([(50, 58), (50, 90)], 2.2, GLASS, clear, opacity=0.8)
    bowl = s.curve(
        [(33, 10), (33, 10), (67, 10), (67, 10), (70, 30), (66, 48), (56, 59), (50, 61), (44, 59), (34, 48), (30, 30)],
        GLASS,
        clear,
        opacity=0.55,
    )
    s.box((28, 31), (44, 34), 1, GLASS, colour, inside=bowl, opacity=0.92, lift=0.0)
    s.oval((50, 31), (19.6, 2.6), GLASS, shade_of(colour, 1.2), inside=bowl, lift=0.0)
    s.band([(33, 10), (50, 11.6), (67, 10)], 0.8, GLASS, WHITE)
    s.glint([(36, 18), (34.6, 32), (38, 46)], 2.4, 0.5)


def headphones(s: Studio, colour: Colour) -> None:
    """Headphones that cover the ears."""
    s.band([(22, 58), (20, 36), (32, 17), (50, 11.5), (68, 17), (80, 36), (78, 58)], 6.4, LEATHER, colour)
    s.band([(32, 20.5), (50, 14.6), (68, 20.5)], 3, CLOTH, shade_of(colour, 1.25))
    for x in (1, -1):
        s.band([(50 - x * 29, 44), (50 - x * 28.6, 60)], 3, METAL, (196, 198, 204))
        s.curve(
            [(50 + x * (p - 50), q) for p, q in [(26, 50), (36, 51), (39, 66), (36, 81), (26, 82)]],
            LEATHER,
            shade_of(colour, 0.7) if sum(colour) > 240 else (24, 24, 27),
        )
        s.curve(
            [(50 + x * (p - 50), q) for p, q in [(27, 48), (19, 51), (14, 66), (19, 81), (27, 84), (29, 66)]],
            PLASTIC,
            colour,
        )
        s.curve(
            [(50 + x * (p - 50), q) for p, q in [(23, 56), (19, 60), (17.6, 66), (19, 72), (23, 76), (24, 66)]],
            METAL,
            shade_of(colour, 1.3),
        )


def laptop(s: Studio, colour: Colour) -> None:
    """An open laptop."""
    s.box((19, 17), (62, 46), 2.4, METAL, shade_of(colour, 0.8))
    s.box((20.6, 18.6), (58.8, 42), 1.4, FLAT, (18, 19, 24), lift=0.0)
    screen = s.box((22.4, 20.4), (55.2, 38), 0.6, FLAT, fade((88, 60, 150), (240, 150, 96), 20, 58), lift=0.0)
    s.curve(
        [(18, 58), (30, 46), (42, 50), (56, 38), (70, 48), (84, 44), (84, 64), (18, 64)],
        FLAT,
        (70, 40, 104),
        inside=screen,
        lift=0.0,
    )
    s.oval((64, 32), (4.4, 4.4), FLAT, (255, 224, 150), inside=screen, lift=0.0)
    s.outline([(20, 62.4), (80, 62.4), (92, 81), (8, 81)], METAL, colour)
    for row in range(4):
        y, w = 65 + row * 2.5, 26.6 + row * 1.5
        for key in range(13):
            s.outline(
                [
                    (50 - w + key * w / 6.5 + 0.4, y),
                    (50 - w + (key + 1) * w / 6.5 - 0.4, y),
                    (50 - w + (key + 1) * w / 6.5 - 0.3, y + 1.9),
                    (50 - w + key * w / 6.5 + 0.3, y + 1.9),
                ],
                FLAT,
                (52, 54, 60),
                lift=0.0,
            ) if key % 13 or row != 3 else None
    s.outline([(41, 75.6), (59, 75.6), (60.4, 80), (39.6, 80)], METAL, shade_of(colour, 0.9), lift=0.0)
    s.box((8, 80.6), (84, 2.6), 1.2, METAL, shade_of(colour, 0.8))
    s.glint([(30, 22), (24, 36)], 5, 0.12)


def phone(s: Studio, colour: Colour) -> None:
    """A phone from the front, its back's cameras showing behind it."""
    s.box((46, 12), (33, 72), 6, PLASTIC, colour)
    for x, y in ((68, 20), (68, 30)):
        s.oval((x, y), (3.8, 3.8), METAL, (60, 62, 70))
        s.oval((x, y), (2.2, 2.2), GLASS, (16, 18, 28), lift=0.0)
    s.box((24, 18), (34, 73), 6, METAL, (70, 72, 80))
    screen = s.box((25.4, 19.4), (31.2, 70.2), 5, FLAT, fade((36, 110, 210), (250, 190, 170), 20, 88), lift=0.0)
    s.oval((41, 23), (1.2, 1.2), FLAT, (10, 10, 14), lift=0.0)
    s.words("9:41", (41, 33), 6, WHITE)
    tints: list[Colour] = [
        (250, 90, 80),
        (90, 210, 120),
        (250, 200, 70),
        (120, 120, 240),
        (60, 190, 230),
        (240, 130, 190),
        (250, 250, 250),
        (60, 66, 80),
    ]
    for number, tint in enumerate(tints):
        s.box((28 + number % 4 * 6.8, 64 + number // 4 * 9), (5.2, 5.2), 1.4, FLAT, tint, inside=screen, lift=0.0)
    s.glint([(30, 24), (28, 50)], 4, 0.12)


def camera(s: Studio, colour: Colour) -> None:
    """A camera with a large lens."""
    s.curve([(38, 30), (41, 22), (59, 22), (62, 30)], PLASTIC, shade_of(colour, 0.9))
    s.box((20, 26), (10, 6), 1.6, METAL, (150, 152, 158))
    s.box((70, 25), (11, 6), 1.6, METAL, (176, 178, 184))
    s.box((11, 30), (78, 48), 6, PLASTIC, shade_of(colour, 1.25))
    s.box((11, 39), (78, 31), 2, LEATHER, colour)
    s.oval((52, 55), (22, 22), METAL, (60, 62, 68))
    s.oval((52, 55), (18.6, 18.6), PLASTIC, (26, 27, 31))
    s.oval((52, 55), (13.4, 13.4), METAL, (46, 48, 56))
    s.oval((52, 55), (10.6, 10.6), GLASS, (26, 34, 70), lift=0.0)
    s.oval((49, 51.4), (4.4, 3.4), FLAT, (120, 130, 220), opacity=0.55, lift=0.0)
    s.oval((55.6, 59), (2, 1.7), FLAT, (170, 110, 200), opacity=0.5, lift=0.0)
    s.words("AUKLET", (52, 26.4), 3.4, (232, 232, 230))
    s.oval((19, 46), (2, 2), GLASS, (210, 70, 60))


def speaker(s: Studio, colour: Colour) -> None:
    """A portable speaker: a standing cylinder of cloth."""
    s.box((30, 16), (40, 72), 12, CLOTH, _round(colour, 32, 70))
    for row in range(22):
        s.band(
            [(31, 24 + row * 2.7), (50, 25 + row * 2.7), (69, 24 + row * 2.7)],
            0.5,
            FLAT,
            shade_of(colour, 0.7),
            lift=0.0,
            opacity=0.5,
        )
    s.oval((50, 19), (19, 4.4), PLASTIC, shade_of(colour, 0.5))
    s.box((30.6, 84), (38.8, 5), 2.4, RUBBER, shade_of(colour, 0.4))
    s.band([(50, 38), (50, 46)], 1.4, PLASTIC, WHITE)
    s.band([(46, 42), (54, 42)], 1.4, PLASTIC, WHITE)
    s.band([(46, 56), (54, 56)], 1.4, PLASTIC, WHITE)


def keyboard(s: Studio, colour: Colour) -> None:
    """A compact keyboard from above."""
    s.box((6, 30), (88, 40), 3, PLASTIC, shade_of(colour, 0.7))
    for row in range(4):
        for key in range(14):
            accent = (row, key) in ((0, 0), (1, 13))
            tint = (232, 106, 70) if accent else colour if 0 < key < 13 else shade_of(colour, 0.86)
            s.box((8.4 + key * 5.97, 32.2 + row * 7.3), (5.3, 6.5), 1.1, PLASTIC, tint, lift=0.3)
    for x, w in ((8.4, 11.2), (20.3, 5.3), (26.3, 41.2), (68.1, 11.3), (80, 11.3)):
        s.box((x, 61.4), (w, 6.5), 1.1, PLASTIC, colour, lift=0.3)


def charger(s: Studio, colour: Colour) -> None:
    """A wall charger with its cable."""
    s.band([(58, 70), (72, 78), (84, 70), (88, 52), (80, 42), (84, 26), (74, 16)], 2.2, RUBBER, colour)
    s.box((66, 10), (9, 5), 1.2, METAL, (190, 192, 198))
    for x in (24, 36):
        s.box((x, 24), (3.4, 16), 1, METAL, (206, 208, 212))
    s.box((14, 36), (46, 46), 7, PLASTIC, colour)
    s.box((18, 40), (38, 38), 5, PLASTIC, shade_of(colour, 0.97), lift=0.0)
    s.box((30, 71), (14, 4), 2, FLAT, (60, 62, 68), lift=0.0)
    s.words("65 W", (37, 56), 8, (150, 152, 158))
