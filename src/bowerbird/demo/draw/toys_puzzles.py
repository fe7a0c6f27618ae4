"""Jigsaw puzzles."""

from __future__ import annotations

import random
from typing import TypeAlias

import skia

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.device_parts import BLACK, WHITE, fill, latin
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.ground import Ground
from bowerbird.demo.draw.scenes import paint_scene
from bowerbird.demo.draw.shapes import Point
from bowerbird.demo.draw.solids import block
from bowerbird.demo.draw.stuff import lightness, mixed
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import Look

_Joints: TypeAlias = dict[tuple[int, int, int], int]
"""Which way the knob between two pieces points, by column, row and side (0 right, 1 below)."""


def draw_puzzle(easel: Easel, look: Look) -> None:
    """A jigsaw puzzle: its box, or its pieces nearly put together. Raises KeyError for another silhouette."""
    {"box": _puzzle_box, "pieces": _puzzle_pieces}[look.silhouette](easel, look)


def _edge(start: Point, end: Point, bulge: int) -> list[Point]:
    """One side of a piece: with a knob to its left (1), its right (-1), or straight (0); without its end."""
    if not bulge:
        return [start, start]
    line = [
        (0.0, 0.0),
        (0.0, 0.0),
        (0.3, 0.03),
        (0.42, -0.02),
        (0.4, -0.11),
        (0.36, -0.19),
        (0.5, -0.27),
        (0.64, -0.19),
    ]
    line += [(0.6, -0.11), (0.58, -0.02), (0.7, 0.03)]
    dx, dy = end[0] - start[0], end[1] - start[1]
    return [(start[0] + u * dx - v * bulge * dy, start[1] + u * dy + v * bulge * dx) for u, v in line]


def _piece(x: float, y: float, side: float, knobs: tuple[int, int, int, int]) -> skia.Path:
    """A piece by its upper left corner; knobs on top, right, bottom and left."""
    a, b, c, d = (x, y), (x + side, y), (x + side, y + side), (x, y + side)
    ways = zip(((a, b), (b, c), (c, d), (d, a)), knobs, strict=True)
    return shapes.smooth([point for (start, end), bulge in ways for point in _edge(start, end, bulge)])


def _knobs(
    column: int, row: int, size: tuple[int, int], chance: random.Random, known: _Joints
) -> tuple[int, int, int, int]:
    """The knobs of a piece, fitting its neighbours; none at the puzzle's rim."""

    def joint(across: int, down: int, way: int, rim: bool) -> int:
        if rim:
            return 0
        return known.setdefault((across, down, way), chance.choice((-1, 1)))

    top = -joint(column, row - 1, 1, row == 0)
    right = joint(column, row, 0, column == size[0] - 1)
    bottom = joint(column, row, 1, row == size[1] - 1)
    left = -joint(column - 1, row, 0, column == 0)
    return top, right, bottom, left


def _puzzle_pieces(easel: Easel, look: Look) -> None:
    easel.ground = Ground.LYING
    chance = easel.chance
    size = chance.choice(((4, 4), (5, 4), (5, 5)))
    side = 62 / max(size)
    scene, lean, missing = chance.randrange(4), chance.uniform(-8, 8), chance.choice((2, 3))
    rim = [(size[0] - 1, 0), (size[0] - 1, 1), (0, size[1] - 1), (size[0] - 1, size[1] - 1), (1, size[1] - 1)]
    gone = chance.sample(rim, missing)
    seed = random.Random(look.seed)
    known: _Joints = {}
    left, top = 49 - size[0] * side / 2, 44 - size[1] * side / 2
    whole, away = skia.Path(), []
    for row in range(size[1]):
        for column in range(size[0]):
            piece = _piece(left + column * side, top + row * side, side, _knobs(column, row, size, seed, known))
            if (column, row) in gone:
                away.append(piece)
            else:
                whole.addPath(piece)
    frame = shapes.box(left, top, size[0] * side, size[1] * side, 0.6)
    with easel.turned(lean if look.view == 0 else -lean, (50, 50)):
        _cut_board(easel, whole, frame, scene)
        for place, piece in enumerate(away):
            _loose_piece(easel, piece, frame, scene, (79 - place * 27, 82 - (place % 2) * 2.5), 24 + place * 70)


def _cut_board(easel: Easel, path: skia.Path, frame: skia.Path, scene: int) -> None:
    """Printed board with its cuts."""
    fill(easel, shapes.moved(path, 0.5, 0.9), (150, 126, 94))
    easel.part(path, easel.body, Volume.FLAT, depth=0.6)
    paint_scene(easel, path, frame, scene, 0.9)
    easel.edge(shapes.moved(path, 0.28, 0.32), 0.35, WHITE, 0.4)
    easel.edge(path, 0.4, BLACK, 0.42)


def _loose_piece(easel: Easel, piece: skia.Path, frame: skia.Path, scene: int, place: Point, turn: float) -> None:
    """A piece that lies beside its puzzle."""
    bounds = piece.computeTightBounds()
    middle = (bounds.centerX(), bounds.centerY())
    easel.canvas.save()
    easel.canvas.translate(place[0] - middle[0], place[1] - middle[1])
    easel.canvas.rotate(turn, *middle)
    _cut_board(easel, piece, frame, scene)
    easel.canvas.restore()


def _puzzle_box(easel: Easel, look: Look) -> None:
    easel.ground = Ground.STANDING
    chance = easel.chance
    half, tall, deep = chance.uniform(28, 33), chance.uniform(52, 60), chance.uniform(7, 10)
    scene, title, loose = chance.randrange(4), chance.randrange(2), chance.randrange(2, 4)
    left, top, floor = 50 - half - deep / 2, 84 - tall, 84.0
    front = block(easel, left, top, 2 * half, tall, easel.body, deep=deep, radius=0.4)
    right = left + 2 * half
    seam = [(right + 0.2, floor - 7), (right + deep, floor - 7 - deep * 0.55)]
    easel.line(seam, 0.4, BLACK, 0.5, bent=False)
    easel.line([(left + 0.2, floor - 7), (right, floor - 7)], 0.4, BLACK, 0.4, bent=False)
    band = top + 4 if title else floor - 22
    picture = shapes.box(left + 4, (top + 18) if title else (top + 4), 2 * half - 8, tall - 29, 1)
    fill(
        easel,
        picture,
        mixed(easel.colour, WHITE, 0.35) if lightness(easel.colour) < 0.8 else mixed(easel.colour, easel.accent, 0.25),
    )
    paint_scene(easel, picture, picture, scene, 1.0)
    _grid(easel, picture)
    easel.edge(picture, 0.7, WHITE, 0.9)
    plate = easel.part(shapes.box(left + 4, band, 2 * half - 8, 11.4, 1.4), easel.of("paper"), Volume.FLAT)
    ink = WHITE if lightness(easel.accent) < 0.6 else (40, 40, 46)
    easel.words(latin(look.brand).upper(), left + half, band + 4, 4.6, ink, width=half)
    easel.words("JIGSAW PUZZLE", left + half, band + 8.8, 2.5, ink, width=half * 1.2)
    easel.edge(plate, 0.2)
    easel.print_on(front, shapes.box(left, top, 0.7, tall), WHITE, 0.25)
    seed = random.Random(look.seed)
    for place in range(loose):
        knobs = (seed.choice((-1, 1)), seed.choice((-1, 1)), seed.choice((-1, 1)), seed.choice((-1, 1)))
        x, y = 16 + place * 26, 80 + 3 * (place % 2)
        piece = shapes.moved(_piece(x, y, 10, knobs), turn=20 + 47 * place, about=(x + 5, y + 5))
        easel.part(shapes.moved(piece, 0.4, 0.8), easel.of("paper", (176, 150, 116)), Volume.FLAT, shadow=1)
        stuff = easel.body if place % 2 == 0 else easel.of("paper")
        easel.part(piece, stuff, Volume.FLAT)
        easel.edge(piece, 0.3, WHITE, 0.4)


def _grid(easel: Easel, picture: skia.Path) -> None:
    """The cuts of the pieces, thin over the picture on the lid."""
    bounds = picture.computeTightBounds()
    chance = random.Random(easel.look.seed)
    known: _Joints = {}
    side = bounds.width() / 7
    rows = max(round(bounds.height() / side), 1)
    lines = skia.Path()
    for row in range(rows):
        for column in range(7):
            lines.addPath(
                _piece(
                    bounds.left() + column * side,
                    bounds.top() + row * side,
                    side,
                    _knobs(column, row, (7, rows), chance, known),
                )
            )
    easel.canvas.save()
    easel.canvas.clipPath(picture, skia.ClipOp.kIntersect, True)
    easel.edge(lines, 0.22, BLACK, 0.3)
    easel.canvas.restore()
