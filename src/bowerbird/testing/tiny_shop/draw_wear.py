"""Clothes, drawn."""

from __future__ import annotations

from bowerbird.testing.tiny_shop.paths import ellipse
from bowerbird.testing.tiny_shop.studio import Studio
from bowerbird.testing.tiny_shop.stuff import (
    CLOTH,
    DENIM,
    FLAT,
    KNIT,
    METAL,
    PLASTIC,
    SATIN,
    Colour,
    Paint,
    shade_of,
    stripes,
)

_SHIRT = [
    (42, 15),
    (34, 18),
    (27, 22),
    (13, 38),
    (13, 38),
    (23, 46),
    (23, 46),
    (29, 40),
    (29, 40),
    (29, 62),
    (28.5, 84),
    (28.5, 84),
    (40, 86),
]


def tee(s: Studio, colour: Colour, paint: Paint | None = None) -> None:
    """A T-shirt laid flat."""
    neck = shade_of(colour, 0.72)
    s.oval((50, 17), (10, 5), CLOTH, neck)
    body = s.both([(41, 15), (41, 15), *_SHIRT[1:]], CLOTH, paint or colour, hole=ellipse((50, 13.5), (9.4, 7.6)))
    s.band([(40.4, 14.5), (43, 19.6), (50, 22.2), (57, 19.6), (59.6, 14.5)], 2.2, KNIT, colour, inside=body)
    for x in (1.0, -1.0):
        s.crease([(50 - x * 16.5, 21), (50 - x * 20.5, 30), (50 - x * 21, 41)], 1.0, 0.28)
        s.crease([(50 - x * 36, 36.5), (50 - x * 26, 44)], 0.5, 0.3)
        s.crease([(50 - x * 20, 44), (50 - x * 12, 52), (50 - x * 9, 60)], 2.6, 0.14)
    s.crease([(29, 82.5), (40, 84.2), (60, 84.2), (71, 82.5)], 0.6, 0.3)


def striped_tee(s: Studio, colour: Colour) -> None:
    """A sailor's T-shirt."""
    tee(s, colour, stripes([(244, 241, 234), (244, 241, 234), colour], 2.1))


def polo(s: Studio, colour: Colour) -> None:
    """A polo shirt with a collar and three buttons."""
    tee(s, colour)
    s.box((47.6, 20), (4.8, 17), 0.6, CLOTH, colour)
    for y in (24, 29, 34):
        s.oval((50, y), (0.9, 0.9), PLASTIC, (240, 236, 228))
    s.curve([(50, 20.5), (50, 20.5), (44, 26), (39.5, 19), (42.5, 12.5), (42.5, 12.5)], CLOTH, shade_of(colour, 1.06))
    s.curve([(50, 20.5), (50, 20.5), (56, 26), (60.5, 19), (57.5, 12.5), (57.5, 12.5)], CLOTH, shade_of(colour, 1.06))


def shirt(s: Studio, colour: Colour) -> None:
    """A long-sleeved shirt with buttons, collar and pocket."""
    for x in (1.0, -1.0):
        arm = [(31, 19), (24, 24), (19, 42), (15, 66), (14, 74), (14, 74), (23, 76), (23, 76), (28, 56), (33, 42)]
        s.curve([(50 + x * (p - 50), q) for p, q in arm], CLOTH, colour)
        s.outline(
            [(50 + x * (p - 50), q) for p, q in [(13.6, 71), (24, 73.4), (23.2, 78.5), (12.8, 76)]],
            CLOTH,
            shade_of(colour, 1.1),
        )
    s.oval((50, 15.5), (8.6, 4), CLOTH, shade_of(colour, 0.7))
    s.both(
        [(42, 14), (42, 14), (31, 18.5), (28, 24), (30, 45), (29, 78), (31, 84), (42, 87)],
        CLOTH,
        colour,
        hole=ellipse((50, 12), (8, 6)),
    )
    s.box((48, 18), (4, 68.4), 0.4, CLOTH, shade_of(colour, 1.08))
    for y in range(27, 84, 10):
        s.oval((50, y), (0.85, 0.85), PLASTIC, (250, 248, 244))
    s.curve(
        [(57, 34), (57, 34), (66.5, 34), (66.5, 34), (66.5, 44), (61.7, 47), (57, 44)], CLOTH, shade_of(colour, 1.04)
    )
    s.curve([(50, 19.5), (50, 19.5), (42.5, 27), (39, 18), (42.5, 11.5), (42.5, 11.5)], CLOTH, shade_of(colour, 1.1))
    s.curve([(50, 19.5), (50, 19.5), (57.5, 27), (61, 18), (57.5, 11.5), (57.5, 11.5)], CLOTH, shade_of(colour, 1.1))


def summer_dress(s: Studio, colour: Colour) -> None:
    """A sleeveless dress with a wide skirt and a belt."""
    for x in (1.0, -1.0):
        s.band([(50 - x * 11, 22), (50 - x * 10, 14), (50 - x * 7.4, 7.5)], 2.6, CLOTH, colour)
    s.both([(42, 45), (42, 45), (36, 55), (28, 72), (21, 90), (21, 90), (35, 93.5)], CLOTH, colour)
    for x in (-21, -13.5, -5.5, 4, 12.5, 20.5):
        s.crease([(50 + x * 0.36, 47), (50 + x * 0.66, 66), (50 + x * 1.12, 92)], 2.0, 0.22)
    s.both([(45, 23), (41, 19.6), (37.4, 18.6), (37.4, 18.6), (38, 27), (36.6, 33), (41, 46), (41, 46)], CLOTH, colour)
    s.crease([(41, 32), (45, 36.5), (49.4, 34)], 1.2, 0.18)
    s.crease([(59, 32), (55, 36.5), (50.6, 34)], 1.2, 0.18)
    s.box((40.2, 43.4), (19.6, 4), 1.2, SATIN, shade_of(colour, 0.62))
    s.outline([(48, 43), (52, 43), (52, 47.8), (48, 47.8)], METAL, (222, 188, 110))


def evening_dress(s: Studio, colour: Colour) -> None:
    """A long satin gown with a slit."""
    for x in (1.0, -1.0):
        s.band([(50 - x * 8, 20), (50 - x * 8.4, 6.5)], 1.1, SATIN, colour)
    s.curve(
        [
            (50, 24),
            (45, 20),
            (40.5, 16.5),
            (40.5, 16.5),
            (39.6, 26),
            (42.6, 38),
            (38, 52),
            (35, 72),
            (30, 93),
            (30, 93),
            (45, 95),
            (60, 94),
            (60, 94),
            (61.5, 72),
            (64, 94),
            (64, 94),
            (73, 92),
            (73, 92),
            (66, 72),
            (62, 52),
            (57.4, 38),
            (60.4, 26),
            (59.5, 16.5),
            (59.5, 16.5),
            (55, 20),
        ],
        SATIN,
        colour,
    )
    for line in (
        [(44, 40), (50, 43), (57, 39)],
        [(42, 46), (50, 48), (58, 43)],
        [(41, 56), (43, 75), (40, 93)],
        [(54, 52), (52, 74), (53, 93)],
    ):
        s.crease(line, 1.8, 0.3)
    s.glint([(43, 30), (41, 52), (38, 78)], 1.8, 0.2)
    s.glint([(56, 52), (57.4, 70), (57, 90)], 1.6, 0.18)


def hoodie(s: Studio, colour: Colour) -> None:
    """A hooded sweatshirt with a pouch."""
    for x in (1.0, -1.0):
        arm = [(30, 25), (22, 32), (17, 50), (13, 72), (13, 76), (22, 78), (28, 60), (33, 45)]
        s.curve([(50 + x * (p - 50), q) for p, q in arm], CLOTH, colour)
        s.curve(
            [(50 + x * (p - 50), q) for p, q in [(12.6, 74), (22.6, 76), (21.8, 82), (12.6, 80)]],
            KNIT,
            shade_of(colour, 0.86),
        )
    s.both([(40, 21), (31, 24), (28, 30), (29, 55), (28, 80), (29, 84), (42, 85)], CLOTH, colour)
    s.box((28.6, 81), (42.8, 6), 2, KNIT, shade_of(colour, 0.86))
    s.both([(40, 9), (34, 15), (34, 24), (41, 31)], CLOTH, colour)
    s.both([(43, 13.5), (39, 18), (40, 24), (46, 29)], CLOTH, shade_of(colour, 0.5), lift=0.0)
    pouch = [(38, 58), (38, 58), (32, 70), (32, 76), (32, 76), (68, 76), (68, 76), (68, 70), (62, 58), (62, 58)]
    s.curve(pouch, CLOTH, shade_of(colour, 1.03))
    s.stitch([(33.4, 70), (38.6, 59.6), (61.4, 59.6), (66.6, 70)], shade_of(colour, 0.7))
    for x in (-4, 4):
        s.band([(50 + x, 28), (50 + x * 1.2, 36), (50 + x * 1.1, 44)], 0.9, CLOTH, (244, 242, 238))


def sweater(s: Studio, colour: Colour) -> None:
    """A knitted jumper with cables."""
    knit = stripes([colour, shade_of(colour, 0.93)], 0.8, across=True)
    for x in (1.0, -1.0):
        arm = [(32, 18), (23, 24), (17, 44), (13, 70), (13, 73), (23, 75), (29, 56), (34, 42)]
        s.curve([(50 + x * (p - 50), q) for p, q in arm], KNIT, knit)
        s.curve(
            [(50 + x * (p - 50), q) for p, q in [(12.6, 71), (23.4, 73), (22.4, 80), (12.2, 78)]],
            KNIT,
            shade_of(colour, 0.85),
        )
    s.oval((50, 17), (9.5, 4.6), KNIT, shade_of(colour, 0.68))
    s.both(
        [(41, 15), (41, 15), (31, 18.5), (28, 25), (29, 50), (28, 78), (30, 80), (42, 81)],
        KNIT,
        knit,
        hole=ellipse((50, 14), (9, 6.4)),
    )
    s.box((28.4, 78), (43.2, 7), 2, KNIT, stripes([colour, shade_of(colour, 0.78)], 1.1, across=True))
    s.band([(40.4, 14.5), (43.4, 19.4), (50, 21.6), (56.6, 19.4), (59.6, 14.5)], 3, KNIT, shade_of(colour, 0.9))
    for x in (37.5, 50, 62.5):
        for step in range(9):
            top = 25 + step * 5.8
            for turn in (-1, 1):
                s.curve(
                    [
                        (x - turn * 2, top),
                        (x + turn * 2.2, top + 2.2),
                        (x + turn * 1.4, top + 6),
                        (x - turn * 0.4, top + 4),
                    ],
                    KNIT,
                    colour,
                    lift=0.3,
                )


def jeans(s: Studio, colour: Colour) -> None:
    """Five-pocket jeans."""
    seam = (214, 160, 84)
    s.curve(
        [
            (34, 9),
            (34, 9),
            (66, 9),
            (66, 9),
            (69, 24),
            (69, 50),
            (68, 92),
            (68, 92),
            (54.6, 93),
            (54.6, 93),
            (52.4, 60),
            (50, 36),
            (47.6, 60),
            (45.4, 93),
            (45.4, 93),
            (32, 92),
            (32, 92),
            (31, 50),
            (31, 24),
        ],
        DENIM,
        colour,
    )
    for x in (1.0, -1.0):
        s.glint([(50 - x * 10.4, 26), (50 - x * 10, 46), (50 - x * 11, 66)], 5, 0.16)
        s.crease([(50 - x * 3, 38), (50 - x * 10, 34), (50 - x * 15, 33)], 1.0, 0.22)
        s.crease([(50 - x * 5, 57), (50 - x * 11, 59.5), (50 - x * 16, 57.5)], 1.2, 0.2)
        s.stitch([(50 - x * 6, 14.2), (50 - x * 8.4, 20.6), (50 - x * 17, 21.6)], seam)
        s.stitch([(50 - x * 16.6, 89.6), (50 - x * 5.6, 90.6)], seam)
    s.box((33.4, 8), (33.2, 5.4), 1, DENIM, shade_of(colour, 0.9))
    for x in (38, 61, 46.5):
        s.box((x - 0.9, 7.6), (1.8, 7), 0.4, DENIM, colour)
    s.crease([(50, 14), (51, 26), (50, 36)], 0.9, 0.35)
    s.stitch([(53.4, 14.4), (54, 23), (50.6, 29.4)], seam)
    s.oval((50, 10.7), (1.3, 1.3), METAL, (198, 150, 88))


def puffer(s: Studio, colour: Colour) -> None:
    """A quilted down jacket with a hood."""
    s.both([(41, 6), (35, 12), (35, 22), (44, 27)], CLOTH, shade_of(colour, 0.8))
    for x in (1.0, -1.0):
        for step in range(6):
            a = step / 6
            px, py, w = 28 - 11 * a, 26 + 51 * a, 7.4 - 1.6 * a
            quilt = [(px - w + 1, py - 3), (px + w, py - 1), (px + w - 1.6, py + 9), (px - w - 1.6, py + 7)]
            s.curve([(50 + x * (p - 50), q) for p, q in quilt], SATIN, colour)
    for step in range(7):
        y = 20 + step * 9.1
        w = 20.5 if step else 18
        s.curve(
            [
                (50 - w, y),
                (50, y + 0.4),
                (50 + w, y),
                (50 + w + 0.6, y + 5),
                (50 + w, y + 10),
                (50, y + 10.6),
                (50 - w, y + 10),
                (50 - w - 0.6, y + 5),
            ],
            SATIN,
            colour,
        )
    s.box((48.9, 19), (2.2, 66), 0.6, METAL, (90, 92, 98))
    s.curve([(41, 13), (50, 16), (59, 13), (59.5, 23), (50, 25), (40.5, 23)], SATIN, shade_of(colour, 0.93))


def pleated_skirt(s: Studio, colour: Colour) -> None:
    """A pleated skirt."""
    s.both(
        [(36, 20), (36, 20), (31, 40), (24, 62), (17, 82), (17, 82), (33, 86.4)],
        SATIN,
        stripes([colour, shade_of(colour, 0.94)], 40, across=True),
    )
    for step in range(-6, 7):
        x = step / 6.0
        s.crease([(50 + 13.6 * x, 22), (50 + 19 * x, 45), (50 + 32.4 * x, 87 - 4.4 * x * x)], 1.3, 0.32)
        s.glint([(51.2 + 13.6 * x, 24), (51.6 + 19 * x, 45), (52.4 + 32.4 * x, 85)], 1.1, 0.2)
    s.box((35, 16.4), (30, 6), 1.4, CLOTH, shade_of(colour, 0.9))


def shorts(s: Studio, colour: Colour) -> None:
    """Running shorts with a side stripe."""
    s.curve(
        [
            (30, 24),
            (30, 24),
            (70, 24),
            (70, 24),
            (74, 44),
            (79, 69),
            (79, 69),
            (56, 74),
            (56, 74),
            (52.6, 58),
            (50, 48),
            (47.4, 58),
            (44, 74),
            (44, 74),
            (21, 69),
            (21, 69),
            (26, 44),
        ],
        CLOTH,
        colour,
    )
    for x in (1.0, -1.0):
        side = [(30.5, 31), (33.4, 31), (30, 48), (26.6, 70.4), (22.6, 69.4), (26.5, 46)]
        s.curve([(50 + x * (p - 50), q) for p, q in side], FLAT, (236, 96, 60), lift=0.0)
        s.crease([(50 - x * 3, 50), (50 - x * 11, 45), (50 - x * 17, 44)], 1.6, 0.24)
    s.box((29.4, 22), (41.2, 7), 1.6, KNIT, stripes([shade_of(colour, 1.12), colour], 0.9, across=True))
    s.band([(48, 27), (45, 34), (46.6, 40)], 0.8, CLOTH, (240, 240, 238))
    s.band([(51.6, 27), (54, 33), (52.6, 38)], 0.8, CLOTH, (240, 240, 238))


def cap(s: Studio, colour: Colour) -> None:
    """A baseball cap from the side."""
    s.curve([(20, 58), (19, 44), (28, 30), (46, 25), (61, 31), (69, 45), (70, 58), (45, 61)], CLOTH, colour)
    for line in ([(46, 25), (36, 38), (33, 60)], [(46, 25), (57, 38), (59, 60)]):
        s.crease(line, 0.8, 0.4)
    s.oval((46, 25), (2, 1.3), CLOTH, shade_of(colour, 0.8))
    s.curve(
        [(40, 58), (56, 54), (70, 55), (84, 60), (93, 68), (92, 71), (76, 67), (58, 66), (44, 65)],
        CLOTH,
        shade_of(colour, 0.88),
    )
    s.stitch([(58, 57.5), (72, 58.5), (88, 67)], shade_of(colour, 1.35))
    s.oval((63.5, 45), (4, 4.6), CLOTH, (240, 236, 226), lift=0.2)
    s.outline([(63.5, 41.8), (66, 47.6), (61, 47.6)], FLAT, colour, lift=0.0)
