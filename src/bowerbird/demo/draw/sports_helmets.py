"""Cycling helmets."""

from __future__ import annotations

from dataclasses import replace

import skia

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.device_parts import BLACK, WHITE, Mirrored, cord, latin, legible, soft_black
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.ground import Ground
from bowerbird.demo.draw.shapes import Point
from bowerbird.demo.draw.stuff import Stuff, shade
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import RGB, Look


def draw_helmet(easel: Easel, look: Look) -> None:
    """A cycling helmet from its side, facing the other way in another view. KeyError for another silhouette."""
    easel.ground = Ground.STANDING
    with Mirrored(easel, wanted=look.view == 1):
        {"city": _city_helmet, "road": _road_helmet}[look.silhouette](easel, look)


def _chin_straps(easel: Easel, front: Point, back: Point, meet: Point, colour: Stuff) -> None:
    """The straps that run from both sides under the ears, and their buckle."""
    x, y = meet
    for start in (front, back):
        middle = ((start[0] + x) / 2 + (start[0] - x) * 0.08, (start[1] + y) / 2 + 1)
        cord(easel, [start, middle, meet], 1.9, colour)
    cord(easel, [meet, (x - 0.5, y + 4), (x - 3, y + 8)], 1.9, colour)
    easel.part(shapes.box(x - 2.2, y - 1.6, 4.4, 3.2, 1), soft_black(), Volume.BEVEL, shadow=0.4)
    easel.part(shapes.box(x - 7.4, y + 6.2, 6.4, 4, 1.2), soft_black(), Volume.BEVEL, shadow=0.4)


def _city_helmet(easel: Easel, look: Look) -> None:
    chance = easel.chance
    vents, peak, band = chance.choice((3, 4, 5)), chance.randrange(3), chance.random() < 0.6
    low, crown = chance.uniform(62, 65), chance.uniform(16, 21)
    matte = chance.random() < 0.4
    strap = easel.of("nylon", BLACK if chance.random() < 0.7 else shade(easel.accent, 0.85))
    body = easel.body
    if matte:
        body = replace(body, finish=replace(body.finish, gloss=0.18))
    _harness(easel, low, strap)
    rim = [
        (90, low - 12),
        (88.5, low),
        (88, low + 1),
        (72, low - 1),
        (58, low - 7),
        (44, low - 7),
        (30, low - 2),
        (13, low + 1),
    ]
    dome = [
        (13, low + 1),
        (12, low - 6),
        (15, low - 22),
        (26, crown + 9),
        (46, crown),
        (66, crown + 4),
        (82, crown + 17),
    ]
    shell = shapes.smooth([*dome, *rim])
    easel.part(shell, body, Volume.BALL, shadow=0.6)
    if peak:
        visor = [(26, low - 14), (13, low - 12.6), (5, low - 7), (4, low - 4.6), (11, low - 6.4), (25, low - 9.6)]
        easel.part(
            shapes.smooth(visor),
            body.plain().shade(0.55) if peak == 1 else easel.of("plastic"),
            Volume.SOFT,
            shadow=0.6,
        )
    _rim(easel, shell, low, easel.accent if band else shade(easel.colour, 0.35))
    for place in range(vents):
        x, y = 34 + place * (40 / vents), crown + 13 + abs(place - vents / 2) * 1.4
        _slot(easel, shell, x, y, 1.9, 8.4, 26 - place * 52 / vents)
    easel.glint([(22, low - 22), (29, crown + 14), (42, crown + 5)], 2.6, 0.2 if matte else 0.5, shell)
    with Mirrored(easel, 52, wanted=look.view == 1):
        easel.words(latin(look.brand), 52, low - 17, 4.6, legible(easel.colour), width=24)


def _harness(easel: Easel, low: float, strap: Stuff) -> None:
    """What is seen below the shell: padding, straps, and the dial behind the head."""
    easel.part(shapes.smooth([(20, low - 2), (50, low - 6), (82, low - 1), (78, low + 5), (50, low + 3),
        (24, low + 4)]), easel.of("foam", (40, 41, 44)), Volume.SOFT)  # fmt: skip
    _chin_straps(easel, (34, low), (66, low - 1), (50, 79), strap)
    easel.part(
        shapes.smooth([(80, low - 6), (86, low - 1), (84, low + 6), (76, low + 8), (70, low + 4)]),
        soft_black(),
        Volume.SOFT,
    )
    easel.part(shapes.ellipse(81.5, low + 3.6, 3.2), easel.of("plastic"), Volume.SOFT, shadow=0.5)


def _rim(easel: Easel, shell: skia.Path, low: float, colour: RGB) -> None:
    """The moulding along the lower edge."""
    edge = [(13.4, low - 0.6), (30, low - 3.6), (44, low - 8.4), (58, low - 8.4), (72, low - 2.4), (87.6, low - 0.6)]
    easel.canvas.save()
    easel.canvas.clipPath(shell, skia.ClipOp.kIntersect, True)
    easel.line(edge, 2.4, colour)
    easel.line([(x, y - 1.4) for x, y in edge], 0.3, WHITE, 0.35)
    easel.canvas.restore()


def _slot(easel: Easel, shell: skia.Path, x: float, y: float, half: float, long: float, turn: float) -> None:
    """An opening with a lit lower edge."""
    hole = shapes.moved(shapes.box(x - half, y - long / 2, 2 * half, long, half), turn=turn, about=(x, y))
    easel.print_on(shell, hole, (22, 22, 25), 0.96)
    easel.edge(shapes.moved(hole, 0.25, 0.35), 0.35, WHITE, 0.35)
    easel.edge(hole, 0.3, BLACK, 0.6)


def _road_helmet(easel: Easel, look: Look) -> None:
    chance = easel.chance
    rows, wing = chance.choice((3, 4)), chance.random() < 0.6
    low, crown = chance.uniform(61, 64), chance.uniform(20, 24)
    tail, ribs = chance.uniform(0, 5), chance.random() < 0.6
    strap = easel.of("nylon", BLACK)
    easel.part(shapes.smooth([(18, low - 3), (50, low - 9), (84, low - 5), (80, low + 3), (50, low),
        (24, low + 3)]), easel.of("foam", (40, 41, 44)), Volume.SOFT)  # fmt: skip
    _chin_straps(easel, (32, low - 2), (64, low - 4), (47, 80), strap)
    easel.part(
        shapes.smooth([(72, low - 8), (86, low - 6), (84, low + 3), (76, low + 6), (68, low)]),
        soft_black(),
        Volume.SOFT,
    )
    easel.part(shapes.ellipse(82, low, 3), easel.of("plastic"), Volume.SOFT, shadow=0.5)
    dome = [(10, low), (10.5, low - 8), (17, low - 22), (32, crown + 5), (52, crown), (70, crown + 4), (86, crown + 16)]
    rim = [
        (91 + tail, low - 21),
        (88, low - 12),
        (76, low - 7),
        (62, low - 8),
        (46, low - 9),
        (28, low - 4),
        (14, low + 0.6),
    ]
    shell = shapes.smooth([*dome, *rim])
    easel.part(shell, easel.body, Volume.SOFT, shadow=0.6, depth=1.1)
    for row in range(rows):
        share = (row + 0.5) / rows
        y = crown + 5 + share * (low - crown - 15)
        bow = 1 - share
        spans = ((22, 45), (50, 80)) if row % 2 == 0 else ((18, 34), (40, 60), (66, 84))
        for left, right in spans:
            shift = 8 * bow
            _air_vent(
                easel, shell, left + shift * (1 if left < 40 else 0.3), right - shift * 0.4, y, 2.5 + bow * 0.7, bow
            )
    if wing:
        flash = [(14, low - 3), (30, low - 8), (46, low - 12.4), (46, low - 10.4), (28, low - 5.6), (14, low - 1)]
        easel.print_on(shell, shapes.smooth(flash), easel.accent)
    if ribs:
        line = [(24, crown + 12), (40, crown + 4.2), (56, crown + 2.4), (72, crown + 6.4)]
        easel.canvas.save()
        easel.canvas.clipPath(shell, skia.ClipOp.kIntersect, True)
        easel.line(line, 1.1, easel.accent, 0.95)
        easel.canvas.restore()
    easel.glint([(19, low - 20), (31, crown + 9), (46, crown + 3)], 1.6, 0.5, shell)
    with Mirrored(easel, 67, wanted=look.view == 1):
        easel.words(
            latin(look.brand), 67, low - 10.6, 3.6, legible(easel.colour), width=20, turn=-3 * (1 - 2 * look.view)
        )


def _air_vent(easel: Easel, shell: skia.Path, left: float, right: float, y: float, half: float, bow: float) -> None:
    """A long opening that follows the shell, the foam's slope seen in it."""
    middle = (left + right) / 2
    rise = 2.6 * bow + 0.6
    hole = shapes.smooth([(left, y + rise * 0.6), (left, y + rise * 0.6),
        (left + (middle - left) * 0.6, y - half - rise * 0.2), (middle + (right - middle) * 0.5, y - half),
        (right, y + rise * 0.5), (right, y + rise * 0.5), (middle, y + half - rise * 0.3)])  # fmt: skip
    easel.print_on(shell, hole, (20, 20, 23), 0.97)
    inner = shapes.moved(hole, 0.8, 1.2, scale=0.82, about=(middle, y))
    easel.print_on(shapes.within(hole, inner), inner, (58, 59, 64), 0.8)
    easel.edge(shapes.moved(hole, 0.2, 0.4), 0.4, WHITE, 0.4)
    easel.edge(hole, 0.35, shade(easel.colour, 0.4), 0.9)
