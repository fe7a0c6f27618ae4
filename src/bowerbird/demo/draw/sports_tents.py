"""Tents."""

from __future__ import annotations

import skia

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.device_parts import BLACK, STEEL, WHITE, Mirrored, cord, fill, grade, grille, latin, legible
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.ground import Ground
from bowerbird.demo.draw.shapes import Point
from bowerbird.demo.draw.stuff import lightness, shade
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import Look


def draw_tent(easel: Easel, look: Look) -> None:
    """A tent put up, its door open. Raises KeyError for another silhouette."""
    easel.ground = Ground.STANDING
    with Mirrored(easel, wanted=look.view == 1):
        {"dome": _dome, "ridge": _ridge}[look.silhouette](easel, look)


def _guy(easel: Easel, start: Point, peg: Point) -> None:
    """A line from the cloth to a peg in the ground."""
    easel.line([start, peg], 0.45, (236, 232, 214), 0.95, bent=False)
    x, y = (start[0] * 0.35 + peg[0] * 0.65, start[1] * 0.35 + peg[1] * 0.65)
    easel.part(shapes.box(x - 0.6, y - 0.9, 1.2, 1.8, 0.3), easel.of("plastic"), Volume.FLAT)
    easel.line([(peg[0], peg[1] - 1.4), (peg[0] + 0.3, peg[1] + 1.6)], 0.7, (120, 124, 130), bent=False)


def _inside(easel: Easel, door: skia.Path, mesh: bool) -> None:
    """What is seen through an open door: dark cloth, a sleeping mat, perhaps a net before it."""
    bounds = door.computeTightBounds()
    fill(easel, door, shade(easel.colour, 0.2))
    left, top, right, low = bounds.left(), bounds.top(), bounds.right(), bounds.bottom()
    grade(
        easel,
        door,
        (0, top),
        (0, low),
        [(shade(easel.colour, 0.55), 0.8), (BLACK, 0.5), (shade(easel.colour, 0.4), 0.6)],
    )
    floor = shapes.polygon([(left + 3, low - 6), (right - 3, low - 6), (right + 2, low + 1), (left - 2, low + 1)])
    easel.print_on(door, floor, (74, 78, 84))
    bed = shapes.smooth([(left + 4, low - 3), (left + 8, low - 7.4), (right - 6, low - 6.6), (right - 1, low - 2),
        (right, low + 1), (left + 3, low + 1)])  # fmt: skip
    easel.part(shapes.within(bed, door), easel.of("nylon"), Volume.SOFT)
    if mesh:
        grille(easel, door, 0.9, 0.3, (210, 212, 214), 0.28)
    edge = shapes.moved(door, 0.4, 0.5)
    easel.canvas.save()
    easel.canvas.clipPath(door, skia.ClipOp.kIntersect, True)
    easel.edge(edge, 2.0, BLACK, 0.4)
    easel.canvas.restore()


def _dome(easel: Easel, look: Look) -> None:
    chance = easel.chance
    crown, half, fly = chance.uniform(27, 32), chance.uniform(36, 39), chance.random() < 0.55
    door_half, mesh, vent = chance.uniform(10, 13), chance.random() < 0.4, chance.random() < 0.6
    round_ = chance.uniform(0.52, 0.64)
    foot = 82.0
    body = easel.body
    for x, peg in ((50 - half * 0.72, 4), (50 + half * 0.72, 96)):
        _guy(easel, (x, foot - (foot - crown) * 0.56), (peg, foot + 2))
    outline = [
        (50 - half, foot),
        (50 - half, foot),
        (50 - half * 0.93, foot - 12),
        (50 - half * round_ * 1.22, foot - (foot - crown) * 0.66),
    ]
    outline += [(50 - half * 0.28, crown + 2.6), (50, crown)]
    outline += [(100 - x, y) for x, y in reversed(outline[:-1])]
    shell = easel.part(shapes.smooth(outline), body, Volume.SOFT, depth=0.7)
    _shaded_sides(easel, shell, (crown, half, foot))
    front = [(50 - half * 0.55, foot), (38 - half * 0.1, foot - 24), (50, crown + 1.4)]
    front += [(100 - x, y) for x, y in reversed(front[:-1])]
    for line in (front[:3], front[2:]):
        easel.canvas.save()
        easel.canvas.clipPath(shell, skia.ClipOp.kIntersect, True)
        easel.crease([(x + 0.7, y + 0.6) for x, y in line], 1.8, 0.35, shell)
        cord(easel, line, 1.9, easel.of("nylon"))
        easel.canvas.restore()
    if fly:
        _fly_sheet(easel, shell, crown, half)
    _creases(easel, shell, (crown, half, foot))
    top = foot - (foot - crown) * 0.62
    door = shapes.mirrored([(50, top), (50 - door_half * 0.6, top + 4), (50 - door_half, foot - 14),
        (50 - door_half * 1.1, foot - 1), (50 - door_half * 1.1, foot - 1), (50, foot - 1)])  # fmt: skip
    _inside(easel, door, mesh)
    easel.edge(door, 0.9, easel.accent, 0.95)
    easel.edge(door, 0.25, BLACK, 0.5)
    if not mesh:
        _rolled_flap(easel, [(50 + door_half * 0.2, top + 1), (50 + door_half * 0.86, top + 9),
            (50 + door_half * 1.16, foot - 15), (50 + door_half * 1.2, foot - 3)])  # fmt: skip
    if vent:
        y = crown + 6.4
        flap = shapes.smooth([(44, y + 2), (50, y - 1.4), (56, y + 2), (55, y + 3), (50, y + 2), (45, y + 3)])
        fill(easel, shapes.ellipse(50, y + 2.8, 4.6, 1.2), shade(easel.colour, 0.25))
        easel.part(flap, body.plain().shade(0.85), Volume.SOFT, shadow=0.8)
    with Mirrored(easel, 50 - half * 0.62, wanted=look.view == 1):
        easel.words(latin(look.brand), 50 - half * 0.62, foot - 9, 3.6, legible(easel.colour), width=14)
    easel.part(shapes.polygon([(50 - half - 0.5, foot - 1.6), (50 + half + 0.5, foot - 1.6), (50 + half, foot + 1),
        (50 - half, foot + 1)]), easel.of("nylon", (52, 54, 58)), Volume.FLAT)  # fmt: skip


def _shaded_sides(easel: Easel, shell: skia.Path, size: tuple[float, float, float]) -> None:
    """The panel that faces the light and the one that turns away from it; ``size``: top, half the width, foot."""
    crown, half, foot = size
    lit_side = [
        (50 - half, foot),
        (50 - half, foot),
        (50 - half * 0.7, foot - 26),
        (50, crown),
        (50, crown),
        (30, 60),
        (50 - half * 0.55, foot),
        (50 - half * 0.55, foot),
    ]
    easel.print_on(shell, shapes.smooth(lit_side), WHITE, 0.13)
    dark_side = [(100 - x, y) for x, y in lit_side]
    easel.print_on(shell, shapes.smooth(dark_side), BLACK, 0.22)


def _creases(easel: Easel, shell: skia.Path, size: tuple[float, float, float]) -> None:
    """Where the cloth is drawn tight."""
    crown, half, foot = size
    for x, y, width in ((-0.82, 0.3, 3), (0.8, 0.3, 3), (-0.3, 0.78, 2), (0.36, 0.74, 2)):
        down = foot - (foot - crown) * y
        easel.crease([(50 + half * x, down), (50 + half * x * 0.8, down - 12)], width, 0.14, shell)


def _fly_sheet(easel: Easel, shell: skia.Path, crown: float, half: float) -> None:
    """A cover over the top, in the accent, drawn down to two points."""
    sheet = [(50 - half * 0.62, crown + 17), (50 - half * 0.3, crown + 15), (50, crown + 11)]
    sheet += [(100 - x, y) for x, y in reversed(sheet[:-1])] + [(92, crown - 8), (8, crown - 8)]
    cover = shapes.within(shell, shapes.polygon(sheet))
    easel.part(cover, easel.of("nylon"), Volume.SOFT, depth=0.8, shadow=0.6)
    easel.crease([(50 - half * 0.3, crown + 14), (46, crown + 4)], 1.4, 0.2, cover)


def _rolled_flap(easel: Easel, line: list[Point]) -> None:
    """The door, rolled aside and tied."""
    roll = cord(easel, line, 4.0, easel.body.plain().shade(0.94), shadow=0.8)
    easel.crease([(x + 0.5, y) for x, y in line], 0.7, 0.3, roll)
    for x, y in line[1:3]:
        easel.part(shapes.box(x - 2.7, y - 0.7, 5.4, 1.5, 0.5), easel.of("nylon"), Volume.ROUND, shadow=0.3)


def _ridge(easel: Easel, look: Look) -> None:
    chance = easel.chance
    apex, left, right = (chance.uniform(36, 40), chance.uniform(25, 29)), chance.uniform(11, 14), chance.uniform(60, 64)
    back = (chance.uniform(74, 79), apex[1] + chance.uniform(4, 8))
    mesh, trim, window = chance.random() < 0.25, chance.random() < 0.6, chance.random() < 0.5
    foot, far = 84.0, 75.0
    corner = (93.0, far)
    x, y = apex
    cloth = easel.body
    _guy(easel, (x, y - 3), (3, foot - 1))
    _guy(easel, (back[0], back[1] - 2), (98, far + 1))
    easel.part(shapes.box(back[0] - 0.8, back[1] - 4, 1.6, 8, 0.6), easel.of("wood", (170, 126, 80)), Volume.ROUND)
    slope = shapes.smooth([apex, apex, ((x + back[0]) / 2, (y + back[1]) / 2 + 1.2), back, back, corner, corner,
        ((right + corner[0]) / 2, (foot + far) / 2 - 0.6), (right, foot), (right, foot)])  # fmt: skip
    wall = easel.part(slope, cloth.turned(8), Volume.SOFT, depth=0.7)
    easel.print_on(wall, slope, BLACK, 0.10)
    for share in (0.34, 0.67):
        upper = (x + (back[0] - x) * share, y + (back[1] - y) * share)
        lower = (right + (corner[0] - right) * share, foot + (far - foot) * share)
        easel.crease([upper, ((upper[0] + lower[0]) / 2 + 0.6, (upper[1] + lower[1]) / 2 + 1), lower], 2, 0.16, wall)
        easel.stitch([upper, lower], None, 0.35, 1.0)
    if window:
        flap = shapes.polygon([(68, 56), (79, 53.6), (82, 63), (71, 66)])
        easel.part(flap, cloth.plain().shade(0.86), Volume.SOFT, shadow=0.7)
        easel.stitch([(69, 57), (79, 54.8)], None, 0.3)
    face = easel.part(shapes.polygon([apex, (right, foot), (left, foot)]), cloth.shade(1.06), Volume.FLAT, depth=1.2)
    if trim:
        for start, end in ((apex, (right, foot)), (apex, (left, foot))):
            easel.canvas.save()
            easel.canvas.clipPath(face, skia.ClipOp.kIntersect, True)
            easel.line([start, end], 3.4, easel.accent, bent=False)
            easel.canvas.restore()
    middle = (left + right) / 2
    door = shapes.polygon([(x, y + 10), (middle + 11, foot - 0.8), (middle - 12, foot - 0.8)])
    _inside(easel, door, mesh)
    for side in (-1, 1):
        _tied_back(easel, (x, y + 9), middle + side * 12, foot - 0.6, side)
    easel.part(
        shapes.box(x - 0.8, y - 5, 1.6, foot - y + 4, 0.6), easel.of("wood", (188, 142, 92)), Volume.ROUND, shadow=0.5
    )
    easel.part(shapes.ellipse(x, y - 5, 1.5), easel.of("steel", STEEL), Volume.BALL)
    ridge = [(x, y), ((x + back[0]) / 2, (y + back[1]) / 2 + 1.2), back]
    easel.glint(ridge, 0.8, 0.5)
    ink = legible(easel.colour) if lightness(easel.colour) < 0.9 else (90, 92, 96)
    with Mirrored(easel, 77, wanted=look.view == 1):
        easel.words(latin(look.brand), 77, 71, 3.4, ink, width=16, turn=-16 * (1 - 2 * look.view))
    for peg, low in ((left, foot), (right, foot), (corner[0], far)):
        easel.line([(peg, low - 1.4), (peg + 0.4, low + 2)], 0.8, (120, 124, 130), bent=False)


def _tied_back(easel: Easel, top: Point, x: float, foot: float, side: int) -> None:
    """One half of the door, drawn aside like a curtain."""
    tie = (x + side * 0.6, foot - 19)
    flap = shapes.smooth([top, top, (tie[0] - side * 5.4, tie[1] - 4), (tie[0] - side * 1.2, tie[1]),
        (x - side * 3.4, foot - 6), (x - side * 5.4, foot), (x - side * 5.4, foot), (x + side * 2.6, foot),
        (x + side * 2.6, foot), (tie[0] + side * 1.6, tie[1])])  # fmt: skip
    path = easel.part(flap, easel.body.shade(0.9), Volume.SOFT, shadow=0.8)
    easel.crease([(top[0], top[1] + 4), tie, (x - side * 1.4, foot)], 1.2, 0.3, path)
    easel.part(shapes.box(tie[0] - 2.2, tie[1] - 0.9, 4.4, 1.8, 0.6), easel.of("nylon"), Volume.ROLL, shadow=0.4)
