"""Watch straps and bracelets laid open."""

from __future__ import annotations

from typing import NamedTuple

import skia

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.fittings import panel, thread
from bowerbird.demo.draw.gleams import dashes, inset, lit, metal_of, seam
from bowerbird.demo.draw.stuff import shade
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import RGB, Look

METALS = ("steel", "gold", "silver", "aluminium")


class Case(NamedTuple):
    """Half the width and height of the case, half the strap's width at it, and its metal."""

    across: float
    down: float
    strap: float
    metal: RGB


def strap_halves(easel: Easel, look: Look, case: Case, links: int) -> None:
    """Both halves: a bracelet for a watch of metal, else a strap with holes and a buckle."""
    top, foot = 5.0, 95.0
    if look.material in METALS:
        for start, end in ((50 - case.down * 0.7, top), (50 + case.down * 0.7, foot)):
            _bracelet(easel, case, links, start, end)
        return
    stuff = easel.body
    stitched = look.material in ("leather", "suede", "nylon", "canvas")
    narrow = case.strap * 0.82
    upper = panel([(50 - narrow, top + 3, 1.0), (50 - case.strap, 50 - case.down * 0.6, 0.5)])
    lower = panel(
        [(50 - case.strap, 50 + case.down * 0.6, 0.5), (50 - narrow, foot - 4, 3), (50 - narrow * 0.5, foot, 3)]
    )
    for half in (upper, lower):
        easel.part(half, stuff, Volume.SOFT, depth=1.1)
        if stitched:
            seam(easel, inset(half, 1.4), thread(stuff) if easel.look.seed % 3 else easel.accent, 0.34, 1.1)
    _pin_buckle(easel, narrow, top + 2.4, case.metal)
    for y in (18.0, 12.5):
        if y < 50 - case.down - 6:
            easel.part(
                shapes.box(50 - narrow - 1.0, y, 2 * narrow + 2, 3.0, 0.8),
                stuff.plain().shade(0.85),
                Volume.SOFT,
                shadow=0.8,
            )
    for place in range(5):
        easel.part(shapes.ellipse(50, foot - 6 - place * 3.1, 0.75), stuff.plain().shade(0.2), Volume.FLAT)


def _pin_buckle(easel: Easel, narrow: float, y: float, metal: RGB) -> None:
    frame = shapes.without(
        shapes.box(50 - narrow - 2.2, y - 4.6, 2 * narrow + 4.4, 7.4, 2.4),
        shapes.box(50 - narrow, y - 2.8, 2 * narrow, 6, 1),
    )
    easel.part(frame, easel.of(metal_of(metal), metal), Volume.BEVEL, shadow=0.8)
    easel.part(shapes.box(49.3, y - 4.2, 1.4, 6, 0.7), easel.of(metal_of(metal), metal), Volume.ROUND, shadow=0.5)


def _bracelet(easel: Easel, case: Case, links: int, start: float, end: float) -> None:
    """A bracelet of links: three or five across, or a fine mesh (0)."""
    narrow = case.strap * 0.84
    near, far = (start, end) if start < end else (end, start)
    wide = (case.strap, narrow) if start < end else (narrow, case.strap)
    outline = shapes.polygon([(50 - wide[0], near), (50 + wide[0], near), (50 + wide[1], far), (50 - wide[1], far)])
    stuff = easel.of("steel", case.metal)
    easel.part(outline, stuff, Volume.ROUND, depth=0.9)
    canvas = easel.canvas
    canvas.save()
    canvas.clipPath(outline, skia.ClipOp.kIntersect, True)
    if not links:
        for row in range(int((far - near) / 1.1)):
            line = shapes.polyline([(50 - wide[0], near + row * 1.1), (50 + wide[0], near + row * 1.1)])
            dashes(easel, shapes.moved(line, 0.45 * (row % 2)), 0.55, shade(case.metal, 0.35), 0.5, 0.4, 0.75)
            dashes(easel, shapes.moved(line, 0.45 * (row % 2) + 0.45, 0.3), 0.4, lit(case.metal, 1.8), 0.4, 0.5, 0.8)
    else:
        _rows(easel, case, links, near, far)
    canvas.restore()
    easel.edge(outline, 0.35, shade(case.metal, 0.25), 0.6)


def _rows(easel: Easel, case: Case, links: int, near: float, far: float) -> None:
    """Rows of links: dull ones at the sides, polished ones, one or three, in the middle."""
    step, inner = 3.5, 2 * case.strap * (0.34 if links == 3 else 0.5)
    gaps, tiles = skia.Path(), skia.Path()
    count = 1 if links == 3 else 3
    for row in range(int((far - near) / step) + 1):
        y = near + row * step
        for left, right in ((50 - case.strap, 50 - inner / 2), (50 + inner / 2, 50 + case.strap)):
            gaps.moveTo(left, y)
            gaps.lineTo(right, y)
        for place in range(count):
            left = 50 - inner / 2 + place * inner / count
            tiles.addPath(shapes.box(left + 0.15, y - step / 2 + 0.2, inner / count - 0.3, step - 0.4, 0.5))
    easel.edge(gaps, 0.42, shade(case.metal, 0.2), 0.8)
    easel.edge(shapes.moved(gaps, 0, 0.45), 0.42, lit(case.metal, 1.85), 0.75)
    everything = shapes.box(0, 0, 100, 100)
    easel.print_on(everything, tiles, lit(case.metal, 1.15), 0.55)
    for row in range(int((far - near) / step) + 1):
        top = near + row * step - step / 2
        shine = shapes.box(50 - inner / 2 + 0.3, top + 0.6, inner - 0.6, 0.9)
        easel.shine(shine, 0.62)
        easel.print_on(everything, shapes.box(50 - inner / 2 + 0.3, top + 2.3, inner - 0.6, 0.9), (0, 0, 0), 0.22)
    easel.edge(tiles, 0.3, shade(case.metal, 0.2), 0.8)
