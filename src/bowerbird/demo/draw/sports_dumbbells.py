"""Dumbbells."""

from __future__ import annotations

import skia

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.device_parts import STEEL, WHITE, latin, legible
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.ground import Ground
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import Look


def draw_dumbbell(easel: Easel, look: Look) -> None:
    """A dumbbell lying slantwise, one end towards us. Raises KeyError for another silhouette."""
    easel.ground = Ground.LYING
    chance = easel.chance
    reach, thick, lean = chance.uniform(19, 22), chance.uniform(15, 20), chance.uniform(22, 34)
    gap, cap, stripe = chance.uniform(24, 30), chance.randrange(3), chance.random() < 0.5
    head = {"hex": _hex_head, "round": _round_head}[look.silhouette]
    squash = 0.42
    left = 50 - gap / 2 - thick
    turn = -lean if look.view == 0 else lean * 0.8
    with easel.turned(turn, (50, 50)):
        head(easel, look, 50 + gap / 2, thick, reach * 0.97, squash, (cap, stripe, False))
        _bar(easel, 50 - gap / 2 - 1, 50 + gap / 2 + reach * squash * 0.7, chance.uniform(4, 5), chance.random() < 0.6)
        head(easel, look, left, thick, reach, squash, (cap, stripe, True))


def _bar(easel: Easel, left: float, right: float, thick: float, swollen: bool) -> None:
    """The steel bar, roughened where it is held."""
    bulge = thick * (1.25 if swollen else 1.0)
    bar = shapes.smooth([(left, 50 - thick), (left, 50 - thick), (50, 50 - bulge), (right, 50 - thick),
        (right, 50 - thick), (right, 50 + thick), (right, 50 + thick), (50, 50 + bulge), (left, 50 + thick),
        (left, 50 + thick)])  # fmt: skip
    easel.part(bar, easel.of("steel", STEEL), Volume.ROLL)
    held = shapes.within(bar, shapes.box(left + 4, 40, right - left - 5, 20))
    bounds = held.computeTightBounds()
    easel.canvas.save()
    easel.canvas.clipPath(held, skia.ClipOp.kIntersect, True)
    points = []
    x = bounds.left() - 12
    while x < bounds.right():
        points += [skia.Point(x, 42), skia.Point(x + 12, 58), skia.Point(x + 12, 42), skia.Point(x, 58)]
        x += 1.1
    easel.canvas.drawPoints(
        skia.Canvas.kLines_PointMode, points, skia.Paint(Color=0x55000000, StrokeWidth=0.25, AntiAlias=True)
    )
    easel.canvas.restore()


def _hex_head(
    easel: Easel, look: Look, left: float, thick: float, reach: float, squash: float, trim: tuple[int, bool, bool]
) -> None:
    cap, stripe, near = trim
    corners = [shapes.around(0, 0, reach, 30 + 60 * place) for place in range(6)]
    end = [(left + x * squash, 50 + y) for x, y in corners]
    for place in range(6):
        (ax, ay), (bx, by) = end[place], end[(place + 1) % 6]
        middle = (ay + by) / 2 - 50
        # The faces turned away lie on the end's left and are hidden by it.
        if (ax + bx) / 2 < left - 0.1:
            continue
        face = shapes.polygon([(ax, ay), (bx, by), (bx + thick, by), (ax + thick, ay)])
        easel.part(face, easel.body.shade(1.0 - 0.34 * middle / reach - 0.08), Volume.FLAT, depth=0.8)
        easel.line([(bx, by), (bx + thick, by)], 0.5, WHITE, 0.22)
    for place in (5, 0):
        # The upper and lower faces run level: seen from above, only the upper one is.
        (ax, ay), (bx, by) = end[place], end[(place + 1) % 6]
        if (ay + by) / 2 < 50:
            face = shapes.polygon([(ax, ay), (bx, by), (bx + thick, by), (ax + thick, ay)])
            easel.part(face, easel.body.shade(1.12), Volume.FLAT, depth=0.8)
            easel.line([(bx, by), (bx + thick, by)], 0.5, WHITE, 0.3)
    if stripe:
        ring = [(x + thick * 0.5, y) for x, y in (end[0], end[1], end[2]) if x > left - 0.1]
        easel.canvas.drawPath(shapes.outlined(shapes.polyline(ring), 1.8, True),
            skia.Paint(Color=0xFF000000 | easel.accent[0] << 16 | easel.accent[1] << 8 | easel.accent[2],
            AntiAlias=True))  # fmt: skip
    outline = easel.part(shapes.polygon(end), easel.body.shade(0.94), Volume.BEVEL, depth=0.7)
    inner = [(left - 0.8 + x * squash * 0.82, 50 + y * 0.82) for x, y in corners]
    plate = easel.part(shapes.polygon(inner), easel.body.shade(1.04), Volume.SOFT, depth=0.7)
    _head_mark(easel, look, left - 0.8, reach, squash, cap if near else 9)
    easel.edge(outline, 0.25)
    easel.edge(plate, 0.2)


def _head_mark(easel: Easel, look: Look, x: float, reach: float, squash: float, style: int) -> None:
    """What is on the end of a head: a coloured disc, a ring or the maker's name."""
    if style == 0:
        easel.part(
            shapes.ellipse(x, 50, reach * 0.52 * squash, reach * 0.52), easel.of("plastic"), Volume.SOFT, shadow=0.4
        )
    elif style == 1:
        easel.edge(shapes.ellipse(x, 50, reach * 0.5 * squash, reach * 0.5), 0.9, easel.accent, 0.95)
    if style > 2:
        return
    ink = legible(easel.accent if style == 0 else easel.colour)
    easel.canvas.save()
    easel.canvas.translate(x, 50)
    easel.canvas.scale(squash, 1)
    easel.words(latin(look.brand), 0, 0, 6, ink, width=reach * 0.9)
    easel.canvas.restore()


def _round_head(
    easel: Easel, look: Look, left: float, thick: float, reach: float, squash: float, trim: tuple[int, bool, bool]
) -> None:
    cap, stripe, near = trim
    tube = shapes.joined(shapes.box(left, 50 - reach, thick, 2 * reach),
        shapes.ellipse(left, 50, reach * squash, reach), shapes.ellipse(left + thick, 50, reach * squash,
        reach))  # fmt: skip
    easel.part(tube, easel.body, Volume.ROLL)
    if stripe:
        for x in (left + thick * 0.35, left + thick * 0.65):
            arc = skia.Path()
            arc.addArc(skia.Rect.MakeLTRB(x - reach * squash, 50 - reach, x + reach * squash, 50 + reach), -90, 180)
            easel.edge(arc, 1.0, easel.accent, 0.9)
    rim = easel.part(shapes.ellipse(left, 50, reach * squash, reach), easel.body.shade(0.92), Volume.SOFT, depth=0.8)
    easel.edge(rim, 0.4, WHITE, 0.25)
    easel.part(
        shapes.ellipse(left, 50, reach * squash * 0.84, reach * 0.84), easel.body.shade(0.84), Volume.SOFT, depth=0.8
    )
    plate = easel.of("steel", STEEL) if cap == 0 else easel.body.plain()
    easel.part(shapes.ellipse(left, 50, reach * squash * 0.6, reach * 0.6), plate, Volume.SOFT, shadow=0.4)
    _head_mark(easel, look, left, reach * 0.9, squash, (2 if cap == 0 else cap) if near else 9)
