"""Shoes and bags, drawn."""

from __future__ import annotations

from bowerbird.testing.tiny_shop.studio import Studio
from bowerbird.testing.tiny_shop.stuff import (
    CLOTH,
    FLAT,
    LEATHER,
    METAL,
    PLASTIC,
    RUBBER,
    Colour,
    Stuff,
    shade_of,
    steel,
)

CANVAS = Stuff(bulge=2.4, depth=0.7, folds=0.02, grain=0.03)
WHITE = (246, 245, 242)


def running_shoe(s: Studio, colour: Colour) -> None:
    """A running shoe from the side, toe to the right."""
    sole = [(11, 66), (11, 74), (15, 80), (40, 79), (70, 80), (88, 78), (95, 71), (92, 67), (70, 70), (40, 69)]
    s.curve([(13, 46), (18, 42), (26, 40), (33, 42), (36, 47), (31, 60), (16, 62)], CLOTH, shade_of(colour, 0.45))
    upper = s.curve(
        [
            (14, 47),
            (17, 43),
            (23, 46),
            (32, 52),
            (40, 44),
            (46, 38),
            (52, 42),
            (62, 52),
            (76, 58),
            (90, 63),
            (93, 70),
            (70, 73),
            (40, 73),
            (13, 73),
            (11.6, 62),
        ],
        CLOTH,
        colour,
    )
    s.curve(
        [(74, 57.4), (90, 63), (95, 71), (78, 74), (70, 72), (75, 66)], RUBBER, shade_of(colour, 0.75), inside=upper
    )
    s.curve([(12, 52), (20, 54), (25, 64), (24, 74), (11, 74)], LEATHER, shade_of(colour, 0.8), inside=upper)
    s.band([(25, 71), (36, 67), (46, 58), (53, 50)], 3.0, LEATHER, WHITE, inside=upper)
    s.band([(33, 72), (44, 67), (54, 60), (60, 54)], 3.0, LEATHER, WHITE, inside=upper)
    s.curve(sole, RUBBER, WHITE)
    s.curve(
        [(12, 75), (15, 80), (40, 79), (70, 80), (88, 78), (93, 74.4), (88, 75), (70, 77), (40, 76), (20, 77)],
        RUBBER,
        shade_of(colour, 0.9),
        lift=0.0,
    )
    s.curve([(41, 44), (45, 36), (50, 35), (52, 41), (48, 46)], CLOTH, shade_of(colour, 0.85))
    for step in range(5):
        x, y = 45.5 + step * 4.6, 42.5 + step * 3.6
        s.band([(x - 3.6, y + 4.4), (x + 2.6, y - 0.6)], 1.5, CLOTH, WHITE)


def canvas_shoe(s: Studio, colour: Colour) -> None:
    """A low canvas shoe with a white toe cap."""
    s.oval((26, 48), (12, 4.4), CANVAS, shade_of(colour, 0.55))
    upper = s.curve(
        [
            (13, 48),
            (18, 48),
            (26, 51),
            (36, 49),
            (42, 44),
            (50, 45),
            (60, 53),
            (76, 58),
            (89, 64),
            (90, 74),
            (12, 74),
            (11.6, 60),
        ],
        CANVAS,
        colour,
    )
    s.curve([(75, 57.6), (90, 63), (93, 72), (86, 75), (72, 75), (70, 66)], RUBBER, WHITE, inside=upper)
    s.box((10, 71), (83, 8), 4, RUBBER, (250, 249, 245))
    s.box((10.6, 73.4), (81.6, 1.1), 0.5, FLAT, (176, 54, 50) if sum(colour) > 600 else shade_of(colour, 0.9), lift=0.0)
    s.stitch([(14, 52), (25, 56), (33, 58), (36, 70)], shade_of(colour, 0.75))
    for step in range(5):
        x, y = 42 + step * 4.9, 48.4 + step * 2.9
        s.oval((x - 2.8, y + 5.2), (0.9, 0.9), METAL, (170, 172, 176))
        s.band([(x - 2.8, y + 5), (x + 2.8, y)], 1.5, CANVAS, (252, 251, 248))


def boot(s: Studio, colour: Colour) -> None:
    """A laced ankle boot."""
    s.oval((33, 18), (14, 3.6), CLOTH, shade_of(colour, 0.4))
    s.curve(
        [
            (19, 18),
            (19, 18),
            (33, 20.6),
            (47, 18),
            (47, 18),
            (48, 40),
            (54, 53),
            (72, 58),
            (86, 66),
            (87, 78),
            (60, 80),
            (19, 80),
            (16, 68),
            (19, 42),
        ],
        LEATHER,
        colour,
    )
    s.curve([(70, 57.4), (85, 64.6), (88, 79), (70, 80), (64, 70)], LEATHER, shade_of(colour, 0.88), lift=0.2)
    s.curve([(17, 58), (26, 58), (30, 68), (29, 80), (16, 80)], LEATHER, shade_of(colour, 0.88), lift=0.2)
    s.band([(18.6, 20), (33, 22.6), (47.4, 20)], 3.4, LEATHER, shade_of(colour, 0.75))
    s.outline([(15.4, 78), (88.4, 78), (89, 82.4), (38, 82.4), (37, 87), (15.6, 87)], RUBBER, (46, 36, 30))
    s.stitch([(20, 76.6), (50, 76.8), (84, 76)], (224, 190, 140))
    for step in range(6):
        x, y = 44.6 + 0.4 * step + max(step - 3, 0) * 2.2, 24 + step * 5.4
        s.oval((x - 3.4, y), (0.9, 0.9), METAL, (206, 176, 110))
        s.band([(x - 3.4, y), (x + 3.2, y + 1.2)], 1.3, CLOTH, (86, 62, 40))


def heel(s: Studio, colour: Colour) -> None:
    """A pointed shoe with a high heel."""
    s.outline([(13, 40), (22, 50), (16.4, 83), (12.6, 83)], LEATHER, shade_of(colour, 0.8))
    s.curve(
        [
            (11, 34),
            (13, 29),
            (17, 30),
            (22, 38),
            (36, 52),
            (50, 62),
            (60, 64),
            (74, 68),
            (88, 76),
            (93, 81),
            (90, 83),
            (74, 83),
            (58, 79),
            (40, 68),
            (24, 54),
            (13, 46),
        ],
        LEATHER,
        colour,
    )
    s.curve(
        [(17, 32), (23, 39), (36, 52), (50, 61.4), (58, 63.6), (46, 65), (32, 56), (20, 43)],
        LEATHER,
        (222, 190, 160),
        lift=0.0,
    )
    s.curve([(40, 67.4), (58, 78.6), (74, 82.4), (91, 83), (74, 84.6), (57, 81.4), (40, 71)], RUBBER, (40, 34, 34))
    s.glint([(62, 69), (74, 73), (86, 79)], 1.6, 0.4)


def sandal(s: Studio, colour: Colour) -> None:
    """A flat leather sandal."""
    s.curve(
        [(10, 66), (24, 64), (50, 66), (76, 68), (92, 71), (91, 77), (70, 79), (40, 77), (12, 76)],
        RUBBER,
        (172, 128, 84),
    )
    s.curve(
        [(10, 63), (24, 61), (50, 64), (76, 65), (92, 69), (90, 72), (70, 73), (40, 72), (12, 71)],
        LEATHER,
        (214, 172, 122),
    )
    s.band([(62, 69), (66, 58), (73, 55), (80, 60), (83, 69)], 8, LEATHER, shade_of(colour, 0.9))
    s.band([(46, 68), (56, 57), (68, 55), (75, 61), (78, 69)], 7, LEATHER, colour)
    s.band([(17, 66), (15, 52), (20, 46), (30, 50), (48, 64)], 4, LEATHER, colour)
    s.box((23, 44.4), (5.4, 6), 1.2, METAL, (214, 182, 108))


def handbag(s: Studio, colour: Colour) -> None:
    """A stiff leather handbag with two handles."""
    s.band([(33, 44), (34, 24), (42, 13), (58, 13), (66, 24), (67, 44)], 3.0, LEATHER, shade_of(colour, 0.62))
    s.curve(
        [
            (24, 38),
            (24, 38),
            (76, 38),
            (76, 38),
            (82, 58),
            (86, 82),
            (84, 87),
            (50, 88.4),
            (16, 87),
            (14, 82),
            (18, 58),
        ],
        LEATHER,
        colour,
    )
    s.band([(16, 81.5), (50, 83.4), (84, 81.5)], 0.7, FLAT, shade_of(colour, 0.66), lift=0.0)
    s.crease([(24, 42), (50, 43.4), (76, 42)], 2.0, 0.3)
    s.stitch([(22, 47), (19, 62), (17, 78)], shade_of(colour, 0.6))
    s.stitch([(78, 47), (81, 62), (83, 78)], shade_of(colour, 0.6))
    s.curve(
        [(38, 38), (38, 38), (62, 38), (62, 38), (62, 52), (57, 57), (43, 57), (38, 52)],
        LEATHER,
        shade_of(colour, 0.94),
    )
    s.box((46.4, 50), (7.2, 8.4), 1.2, METAL, (226, 190, 108))
    s.oval((50, 54.2), (1.3, 1.3), METAL, (160, 124, 60))
    s.band([(31, 47), (32, 27), (40, 17), (60, 17), (68, 27), (69, 47)], 3.0, LEATHER, shade_of(colour, 0.82))
    for x in (31, 69):
        s.oval((x, 47.6), (2.6, 2.6), METAL, (226, 190, 108))
    s.glint([(26, 60), (25, 70), (24, 80)], 3, 0.16)


def backpack(s: Studio, colour: Colour) -> None:
    """A backpack with a front pocket."""
    s.band([(42, 14), (43, 6), (57, 6), (58, 14)], 2.6, CLOTH, shade_of(colour, 0.6))
    for x in (1, -1):
        s.curve(
            [(50 + x * (p - 50), q) for p, q in [(26, 56), (18, 58), (16, 74), (19, 85), (27, 86)]],
            CLOTH,
            shade_of(colour, 0.78),
        )
    s.both([(40, 11), (29, 15), (25, 28), (24, 60), (24, 86), (30, 90.5)], CLOTH, colour)
    s.band([(27, 48), (27, 26), (34, 17), (50, 15), (66, 17), (73, 26), (73, 48)], 1.0, PLASTIC, shade_of(colour, 0.5))
    s.box((29.5, 53), (41, 33), 7, CLOTH, shade_of(colour, 0.95), lift=1.0)
    s.band([(32, 61), (50, 60), (68, 61)], 1.1, PLASTIC, shade_of(colour, 0.45))
    s.band([(66, 61.4), (67, 68)], 1.2, LEATHER, (196, 142, 88))
    s.box((42, 30), (16, 10), 1.4, LEATHER, (196, 142, 88))
    s.stitch([(43.4, 38.6), (56.6, 38.6)], (246, 224, 190))


def crossbody(s: Studio, colour: Colour) -> None:
    """A small round bag on a long strap."""
    s.band([(21, 60), (20, 40), (30, 16), (50, 8), (70, 16), (80, 40), (79, 60)], 2.0, LEATHER, shade_of(colour, 0.75))
    s.curve(
        [(18, 56), (22, 50), (50, 48), (78, 50), (82, 56), (80, 78), (68, 90), (50, 92), (32, 90), (20, 78)],
        LEATHER,
        colour,
    )
    s.curve(
        [(17, 54), (22, 48.4), (50, 46.6), (78, 48.4), (83, 54), (80, 66), (66, 73), (50, 75), (34, 73), (20, 66)],
        LEATHER,
        shade_of(colour, 1.06),
        lift=1.0,
    )
    s.stitch([(21, 64), (35, 71), (50, 73), (65, 71), (79, 64)], shade_of(colour, 0.62))
    s.box((45.6, 68), (8.8, 9), 2, METAL, (216, 182, 108))
    for x in (21, 79):
        s.oval((x, 56), (2.2, 2.6), METAL, (216, 182, 108))


def suitcase(s: Studio, colour: Colour) -> None:
    """A hard-shell suitcase on wheels."""
    for x in (40, 60):
        s.box((x - 1, 5), (2, 22), 0.8, METAL, steel(x - 1, x + 1))
    s.box((37.4, 4), (25.2, 4.6), 2, PLASTIC, (60, 62, 68))
    for x in (30, 70):
        s.oval((x, 92), (3.8, 4), RUBBER, (44, 45, 50))
    s.box((24, 21), (52, 69), 7, PLASTIC, colour)
    for step in range(7):
        rib = 31 + step * 6.35
        s.crease([(rib, 25), (rib, 86)], 1.6, 0.3)
        s.glint([(rib + 1.8, 25), (rib + 1.8, 86)], 1.4, 0.22)
    s.box((23, 53.4), (54, 2.2), 0.6, PLASTIC, shade_of(colour, 0.5))
    s.box((42, 17.6), (16, 5), 2, PLASTIC, (56, 58, 64))
    s.box((46, 60), (8, 5), 1, METAL, (208, 210, 214))
