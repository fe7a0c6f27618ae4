"""Watches, drawn."""

from __future__ import annotations

import math

from bowerbird.testing.tiny_shop.paths import Point
from bowerbird.testing.tiny_shop.studio import Studio
from bowerbird.testing.tiny_shop.stuff import (
    CERAMIC,
    FLAT,
    GLASS,
    LEATHER,
    METAL,
    PLASTIC,
    RUBBER,
    Colour,
    shade_of,
    steel,
)

WHITE = (246, 245, 242)


def _dial(s: Studio, face: Colour, mark: Colour, centre: Point = (50, 50), radius: float = 17) -> None:
    x, y = centre
    for hour in range(12):
        angle = math.radians(hour * 30)
        inner = radius * (0.74 if hour % 3 == 0 else 0.83)
        a = (x + inner * math.sin(angle), y - inner * math.cos(angle))
        b = (x + radius * 0.92 * math.sin(angle), y - radius * 0.92 * math.cos(angle))
        s.band([a, b], 1.3 if hour % 3 == 0 else 0.8, METAL, mark, lift=0.1)
    for angle, length, width in ((-58, 0.52, 1.5), (62, 0.74, 1.1)):
        t = math.radians(angle)
        s.band(
            [
                (x - 2 * math.sin(t), y + 2 * math.cos(t)),
                (x + radius * length * math.sin(t), y - radius * length * math.cos(t)),
            ],
            width,
            METAL,
            mark,
        )
    s.band([(x, y + 4), (x, y - radius * 0.8)], 0.4, METAL, (190, 40, 40))
    s.oval((x, y), (1.1, 1.1), METAL, shade_of(mark, 0.9))
    s.glint(
        [(x - radius * 0.5, y - radius * 0.7), (x + radius * 0.2, y - radius * 0.2)],
        5,
        0.18 if sum(face) < 380 else 0.3,
    )


def leather_watch(s: Studio, colour: Colour, face: Colour = (246, 242, 232), case: Colour = (222, 188, 118)) -> None:
    """A round wristwatch on a leather strap."""
    mark = (60, 54, 50) if sum(face) > 380 else (230, 226, 216)
    s.curve(
        [(41.6, 34), (41.6, 34), (43.2, 16), (43.6, 3), (56.4, 3), (56.8, 16), (58.4, 34), (58.4, 34)], LEATHER, colour
    )
    s.curve(
        [(41.6, 66), (41.6, 66), (43.2, 84), (43.8, 96), (50, 98), (56.2, 96), (56.8, 84), (58.4, 66), (58.4, 66)],
        LEATHER,
        colour,
    )
    for x in (43.8, 56.2):
        s.stitch([(50 + (x - 50) * 1.14, 31), (x, 5)], shade_of(colour, 1.5))
        s.stitch([(50 + (x - 50) * 1.14, 69), (x, 94)], shade_of(colour, 1.5))
    for y in (80, 86, 92):
        s.oval((50, y), (0.8, 1), FLAT, shade_of(colour, 0.35), lift=0.0)
    s.box((70.4, 47.4), (4.4, 5.2), 1, METAL, shade_of(case, 0.9))
    s.oval((50, 50), (22, 22), METAL, case)
    s.oval((50, 50), (19, 19), CERAMIC, face, lift=0.0)
    _dial(s, face, mark)


def steel_watch(s: Studio, colour: Colour) -> None:
    """A steel watch on a link bracelet; ``colour`` is the dial's."""
    for step in range(7):
        for y in (26 - step * 4.6, 70 + step * 4.6):
            w = 9.4 - step * 0.42
            s.box((50 - w, y), (2 * w, 4.2), 0.9, METAL, steel(50 - w, 50 + w))
            s.box((50 - w * 0.4, y + 0.2), (w * 0.8, 3.9), 0.8, METAL, (232, 234, 238), lift=0.2)
    s.box((70.6, 46.8), (4.4, 6.4), 1, METAL, (186, 190, 196))
    s.oval((50, 50), (22.4, 22.4), METAL, (198, 202, 208))
    s.oval((50, 50), (19.6, 19.6), METAL, shade_of(colour, 0.6), lift=0.0)
    s.oval((50, 50), (17.6, 17.6), GLASS, colour, lift=0.0)
    _dial(s, colour, (238, 240, 242), radius=16.4)
    s.box((59, 47.8), (5, 4.4), 0.4, PLASTIC, WHITE, lift=0.1)


def smartwatch(s: Studio, colour: Colour) -> None:
    """A square smartwatch with rings on its screen; ``colour`` is the strap's."""
    s.curve([(38, 34), (38, 34), (40, 14), (41, 3), (59, 3), (60, 14), (62, 34), (62, 34)], RUBBER, colour)
    s.curve([(38, 66), (38, 66), (40, 86), (42, 97), (58, 97), (60, 86), (62, 66), (62, 66)], RUBBER, colour)
    s.box((71.4, 43), (3.4, 9), 1.4, METAL, (120, 122, 128))
    s.box((28.6, 25), (43, 50), 11, METAL, (88, 90, 96))
    s.box((31, 27.4), (38.2, 45.2), 9, FLAT, (12, 13, 18), lift=0.0)
    rings: list[tuple[float, Colour, int]] = [
        (12.6, (250, 60, 96), 300),
        (9.4, (150, 240, 70), 230),
        (6.2, (70, 210, 246), 265),
    ]
    for radius, tint, sweep in rings:
        path = [
            (50 + radius * math.sin(math.radians(t)), 55 - radius * math.cos(math.radians(t)))
            for t in range(0, sweep, 12)
        ]
        s.band(path, 2.3, FLAT, tint, lift=0.0)
    s.words("10:08", (50, 35.6), 6.4, WHITE)
    s.glint([(36, 32), (50, 29)], 4, 0.12)
