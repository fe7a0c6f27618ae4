"""What shoemakers make: soles, laces, eyelets and panels, for shoes seen from the side with the toe to the left."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import skia

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.ground import Ground
from bowerbird.demo.draw.sewing import clipped, hatch
from bowerbird.demo.draw.shapes import Point
from bowerbird.demo.draw.stuff import Stuff, lightness, shade
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import RGB

RUBBER_WHITE: RGB = (238, 236, 228)
GUM: RGB = (186, 130, 78)
SOLE_BLACK: RGB = (44, 43, 46)


def pose(
    easel: Easel, shoe: Callable[[], None], *, back: Point = (9.0, -11.0), across: float = 1.0, up: float = 1.0
) -> None:
    """One shoe on the table; in another view the pair, the other shoe behind it and a little further off.

    ``across`` and ``up`` stretch what ``shoe`` draws, about its foot.
    """
    easel.ground = Ground.STANDING
    canvas = easel.canvas
    canvas.save()
    level(easel, (50, 78))
    canvas.translate(50, 78 - 20 * (1 - up))
    if easel.look.view:
        canvas.translate(-5, 2)
        canvas.scale(0.85, 0.85)
    canvas.scale(across, up)
    canvas.translate(-50, -78)
    if easel.look.view:
        canvas.save()
        canvas.translate(*back)
        with easel.turned(0, (50, 76), 0.94):
            shoe()
        canvas.restore()
    shoe()
    canvas.restore()


def level(easel: Easel, about: Point) -> None:
    """Turn the canvas back so that what stands on a table stays upright in another view."""
    matrix = easel.canvas.getTotalMatrix()
    easel.canvas.rotate(-math.degrees(math.atan2(matrix.getSkewY(), matrix.getScaleX())), *about)


def seam_along(easel: Easel, points: Sequence[Point], tone: RGB | None = None, double: bool = False) -> None:
    """A panel's edge with its stitching."""
    easel.line([(x, y) for x, y in points], 0.3, (0, 0, 0), 0.35)
    easel.stitch([(x + 0.2, y + 0.8) for x, y in points], tone, 0.26, 0.75)
    if double:
        easel.stitch([(x + 0.4, y + 1.5) for x, y in points], tone, 0.26, 0.75)


def panel(
    easel: Easel,
    inside: skia.Path,
    points: Sequence[Point],
    stuff: Stuff,
    *,
    thread: RGB | None = None,
    shadow: float = 0.5,
) -> skia.Path:
    """A panel sewn on the upper, cut to it; the points run round, a point twice makes a corner."""
    path = shapes.smooth(points)
    with clipped(easel, inside):
        easel.part(path, stuff, Volume.SOFT, depth=0.5, shadow=shadow)
        tone = thread or (shade(stuff.colour, 0.6) if lightness(stuff.colour) > 0.25 else shade(stuff.colour, 1.4))
        pen = skia.Paint(AntiAlias=True, Style=skia.Paint.kStroke_Style, StrokeWidth=0.26)
        pen.setColor(skia.Color(*tone, 215))
        pen.setPathEffect(skia.DashPathEffect.Make([0.8, 0.55], 0))
        middle = path.computeTightBounds()
        reach = 1 - 1.5 / max(middle.width(), middle.height(), 6)
        easel.canvas.drawPath(shapes.moved(path, scale=reach, about=(middle.centerX(), middle.centerY())), pen)
    return path


def laces(
    easel: Easel,
    rows: Sequence[tuple[Point, Point]],
    colour: RGB,
    width: float = 1.7,
    *,
    bow: bool = True,
    metal: RGB | None = None,
) -> None:
    """Laces from the far eyelet of each row to the near one, and the bow on the topmost (the last) row."""
    stuff = easel.of("cotton", colour)
    for at, (far, near) in enumerate(rows):
        if at + 1 < len(rows):
            cross = [near, rows[at + 1][0]]
            easel.part(shapes.ribbon(cross, width * 0.9), stuff.shade(0.86), Volume.FLAT, shadow=0.5)
        middle = ((far[0] + near[0]) / 2 - 0.4, (far[1] + near[1]) / 2 - 0.7)
        easel.part(shapes.ribbon([far, middle, near], width), stuff, Volume.SOFT, depth=0.7, shadow=0.6)
        hole = metal or shade(easel.colour, 0.5)
        easel.part(shapes.ring(near[0], near[1], width * 0.62, width * 0.3), easel.of("silver" if metal else "matte",
            hole),
                   Volume.FLAT)  # fmt: skip
    if bow:
        (fx, fy), (nx, ny) = rows[-1]
        x, y = (fx + nx) / 2 - 0.6, (fy + ny) / 2 - 0.9
        for loop in (
            [(x, y), (x - 5, y - 3.4), (x - 8.4, y + 0.6), (x - 4, y + 2), (x, y)],
            [(x, y), (x + 3, y + 2.6), (x + 6, y + 7), (x + 1.6, y + 6.4), (x, y)],
            [(x, y), (x - 4, y + 3.6), (x - 5, y + 8)], [(x, y), (x + 4, y + 1), (x + 8, y + 5)],
        ):  # fmt: skip
            easel.part(shapes.ribbon(loop, width * 0.62), stuff, Volume.SOFT, depth=0.7, shadow=0.6)
        easel.part(shapes.ellipse(x, y, width * 0.8, width * 0.66), stuff, Volume.SOFT, shadow=0.5)


def treads(
    easel: Easel, inside: skia.Path, start: float, end: float, top: float, low: float, gap: float, lean: float
) -> None:
    """Grooves down the side of a sole."""
    lines: list[tuple[Point, Point]] = []
    x = start
    while x < end:
        lines.append(((x, top), (x + lean, low)))
        x += gap
    with clipped(easel, inside):
        hatch(easel, lines, gap * 0.26, (0, 0, 0), 0.24)
        hatch(easel, [((a + gap * 0.26, b), (c + gap * 0.26, d)) for (a, b), (c, d) in lines], gap * 0.16, (255, 255,
            255), 0.25)  # fmt: skip


def lug_sole(easel: Easel, bottom: Sequence[Point], depth: float, gap: float, stuff: Stuff) -> None:
    """Blocks of rubber under a sole, along its lower edge."""
    count = round((bottom[-1][0] - bottom[0][0]) / gap)
    for at in range(count):
        share = (at + 0.2) / count
        place = share * (len(bottom) - 1)
        step = min(int(place), len(bottom) - 2)
        (ax, ay), (bx, by) = bottom[step], bottom[step + 1]
        x, y = ax + (bx - ax) * (place - step), ay + (by - ay) * (place - step)
        block = shapes.polygon([(x, y - 0.8), (x + gap * 0.74, y - 0.8), (x + gap * 0.66, y + depth), (x + gap * 0.08,
            y + depth)])  # fmt: skip
        easel.part(block, stuff, Volume.FLAT, depth=1.4)
