"""Handbags."""

from __future__ import annotations

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.fittings import (
    brand_mark,
    clasp,
    hardware,
    mirror_line,
    panel,
    patch,
    puller,
    ring,
    rivet,
    strap,
    thread,
    trim,
    zip_line,
)  # fmt: skip
from bowerbird.demo.draw.gleams import inset, metal_of, seam
from bowerbird.demo.draw.ground import Ground
from bowerbird.demo.draw.stuff import Stuff, shade
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import RGB, Look


def draw_handbag(easel: Easel, look: Look) -> None:
    """A handbag: a satchel with a flap, a slouching hobo, or a bucket drawn shut."""
    easel.ground = Ground.STANDING
    {"satchel": _satchel, "hobo": _hobo, "bucket": _bucket}[look.silhouette](easel, look)


def _satchel(easel: Easel, look: Look) -> None:
    chance = easel.chance
    wide, tall, taper = chance.uniform(29, 36), chance.uniform(38, 48), chance.uniform(0.84, 0.98)
    share, round_, style = chance.uniform(0.42, 0.62), chance.uniform(2, 14), chance.randrange(3)
    rise, metal, mark = chance.uniform(15, 22), hardware(easel), chance.choice((2, 2, 3))
    leather = easel.body.plain().shade(0.8) if chance.random() < 0.4 else easel.body.plain()
    tassel = chance.random() < 0.45
    top, foot = 87 - tall, 87.0
    for x in (50 - wide * 0.8, 50 + wide * 0.8):
        easel.part(shapes.box(x - 1.6, foot - 1, 3.2, 2.2, 0.6), easel.of(metal_of(metal), metal), Volume.ROUND)
    _top_handle(easel, wide * 0.42, top, rise, leather.shade(0.92), metal)
    gusset = panel(
        [(50 - wide * taper, top + 2, 2), (50 - wide - 3.4, top + tall * 0.34, 4), (50 - wide - 2.4, foot - 0.8, 3)]
    )
    easel.part(gusset, easel.of(look.material, shade(easel.colour, 0.64)), Volume.SOFT, depth=0.7)
    low = top + tall * share
    body = panel([(50 - wide * (taper * (1 - share) + share), low - round_ - 2, 1), (50 - wide, foot, 3.5)])
    easel.part(body, easel.body, Volume.SOFT, depth=0.8)
    seam(easel, inset(body, 1.4))
    flap = panel([(50 - wide * taper, top - 0.6, 1.5), (50 - wide * (taper * (1 - share) + share) - 0.4, low, round_)])
    easel.part(flap, easel.body, Volume.SOFT, shadow=1.6, depth=0.75)
    seam(easel, inset(flap, 1.3))
    brand_mark(easel, 50, top + tall * share * 0.5, 14, metal, mark)
    clasp(easel, 50, low - 1, metal, style)
    for side in (-1, 1):
        x = 50 + side * wide * 0.42
        patch(easel, x - 2, top - 1, 4, 6, leather.shade(0.92))
        rivet(easel, x, top + 3.4, metal, 0.6)
    if tassel:
        _tassel(easel, 50 + wide * 0.46, top + 2, metal)


def _top_handle(easel: Easel, reach: float, top: float, rise: float, stuff: Stuff, metal: RGB) -> None:
    left = [(50 - reach, top + 1), (50 - reach * 0.97, top - rise * 0.5), (50 - reach * 0.72, top - rise * 0.86)]
    points = mirror_line([*left, (50, top - rise)])
    strap(easel, points, 4.2, stuff)
    easel.glint([(x - 0.8, y - 0.8) for x, y in points[1:5]], 0.9, 0.35)
    for side in (-1, 1):
        ring(easel, 50 + side * reach, top - 1.2, 2.5, metal, 0.9)


def _tassel(easel: Easel, x: float, y: float, metal: RGB) -> None:
    """A fringe of leather in the accent, hung on a cord."""
    easel.line([(x, y), (x + 1.2, y + 4), (x + 1, y + 7)], 0.6, metal)
    easel.part(shapes.box(x - 0.7, y + 6.6, 3.4, 2.6, 0.8), easel.of(metal_of(metal), metal), Volume.ROUND, shadow=0.8)
    skirt = shapes.polygon([(x - 0.6, y + 9), (x + 2.6, y + 9), (x + 4, y + 19), (x - 2, y + 19)])
    easel.part(skirt, easel.of("leather"), Volume.ROUND, shadow=1.2)
    for place in range(7):
        easel.line(
            [(x - 0.3 + place * 0.43, y + 9.4), (x - 1.6 + place * 0.86, y + 19)], 0.2, shade(easel.accent, 0.45)
        )


def _hobo(easel: Easel, look: Look) -> None:
    chance = easel.chance
    wide, sag, dip = chance.uniform(33, 39), chance.uniform(30, 39), chance.uniform(7, 14)
    loop, band = chance.uniform(24, 32), chance.uniform(4.5, 7.5)
    metal, tagged, knot, full = hardware(easel), chance.random() < 0.6, chance.random() < 0.4, chance.uniform(0.62, 0.8)
    top = 87 - sag - dip
    shift = 3.0 if look.view else 0.0
    tip, end = (50 - wide * 0.86, top - 3.0), (50 + wide * 0.86, top - 3.0)
    near, far = (50 - wide * 0.66, top - loop * 0.55), (50 + wide * 0.64, top - loop * 0.6)
    holder = [
        tip,
        near,
        (50 - wide * 0.2 + shift, top - loop * 0.96),
        (50 + wide * 0.24 + shift, top - loop * 0.97),
        far,
        end,
    ]
    strap(easel, [(x + 1.2, y + 1.8) for x, y in holder], band * 0.8, easel.body.plain().shade(0.6))
    rim = mirror_line([(50 - wide * 0.52, top + dip * 0.72), (50, top + dip)])
    belly = mirror_line([(50 - wide, top + sag * 0.42), (50 - wide * full, 84.5), (50, 88)])
    body = shapes.smooth([tip, *rim, end, *reversed(belly)])
    easel.part(body, easel.body, Volume.SOFT, depth=0.85)
    for points, strength in (
        ([tip, (50 - wide * 0.74, top + sag * 0.4), (50 - wide * 0.46, top + sag * 0.8)], 0.26),
        ([end, (50 + wide * 0.72, top + sag * 0.4), (50 + wide * 0.4, top + sag * 0.86)], 0.28),
        ([(50 - wide * 0.4, top + dip + 4), (50 - wide * 0.24, top + sag * 0.7)], 0.14),
    ):
        easel.crease(points, 2.0, strength, body)
    mouth = [(tip[0] + 2, tip[1] + 3.4), *[(x, y + 2.3) for x, y in rim], (end[0] - 2, end[1] + 3.4)]
    zip_line(easel, shapes.smooth(mouth, closed=False), metal, shade(easel.colour, 0.5), 2.0)
    seam(easel, shapes.smooth([(x, y + 2.2) for x, y in mouth], closed=False))
    strap(easel, holder, band, easel.body.plain())
    for x, y in (tip, end):
        if knot:
            easel.part(shapes.ellipse(x, y + 0.5, band * 0.62, band * 0.5), easel.body.plain(), Volume.BALL, shadow=1.0)
        else:
            ring(easel, x, y + 0.5, band * 0.62, metal, 1.1)
    puller(easel, mouth[1][0], mouth[1][1], metal, easel.of("leather") if tagged else None, 14)
    brand_mark(easel, 52, top + sag * 0.66 + dip * 0.5, 13, metal, 2)


def _bucket(easel: Easel, look: Look) -> None:
    chance = easel.chance
    wide, tall = chance.uniform(24, 29), chance.uniform(44, 52)
    narrow, base = chance.uniform(0.78, 1.0), chance.uniform(0.14, 0.26)
    rise, metal, leather, eyes = chance.uniform(20, 28), hardware(easel), trim(easel), chance.choice((4, 6))
    top = 89 - tall
    lean = 4.0 if look.view else 0.0
    left = [(50 - wide * 0.94, top + 10), (50 - wide * 0.9, top - rise * 0.4), (50 - wide * 0.3 + lean, top - rise)]
    right = [
        (50 + wide * 0.36 + lean, top - rise * 0.96),
        (50 + wide * 0.9, top - rise * 0.36),
        (50 + wide * 0.94, top + 10),
    ]
    strap(easel, [*left, *right], 3.0, leather.shade(0.86))
    crown = [(50 - wide * 0.9, top + 1), (50 - wide * 0.5, top - 2.8), (50, top - 1.4)]
    easel.part(shapes.smooth([*mirror_line(crown), (50, top + 4)]), easel.body.plain().shade(0.42), Volume.FLAT)
    side = [(50 - wide * 0.9, top + 1), (50 - wide * 0.93, top + 9), (50 - wide * (1 + narrow) / 2, 66)]
    foot = [(50 - wide * narrow, 85), (50 - wide * narrow * 0.93, 88), (50, 89.4)]
    frill = [(50, top + 3), (50 - wide * 0.36, top + 0.8), (50 - wide * 0.66, top + 2.6)]
    outline = [*mirror_line([*side, *foot]), *[(100 - x, y) for x, y in reversed(frill[1:])], *frill]
    body = shapes.smooth(outline)
    easel.part(body, easel.body, Volume.ROUND, depth=0.7)
    for place in range(-3, 4):
        x = wide * place * 0.27
        easel.crease(
            [(50 + x, top + 3), (50 + x * 1.04, top + 11), (50 + x * 1.1, top + 19)], 1.2, 0.3 - 0.04 * abs(place), body
        )
    line = 89 - tall * base
    cut = shapes.smooth([(0, line - 3), (50, line + 2.6), (100, line - 3)] + [(100, 99)] * 2 + [(0, 99)] * 2)
    easel.part(shapes.within(body, cut), leather, Volume.ROUND, shadow=0.5, depth=0.7)
    arc = mirror_line([(50 - wide * narrow * 0.98, line + 1.8), (50, line + 3.9)])
    seam(easel, shapes.smooth(arc, closed=False), thread(leather))
    _drawstring(easel, wide, top + 9, eyes, metal, leather)
    for away in (-1, 1):
        patch(easel, 50 + away * wide * 0.9 - 2, top + 7, 4, 8, leather)
        rivet(easel, 50 + away * wide * 0.9, top + 12.6, metal)
    brand_mark(easel, 50, top + tall * 0.6, 13, metal, 2)


def _drawstring(easel: Easel, wide: float, y: float, eyes: int, metal: RGB, leather: Stuff) -> None:
    places = [50 + wide * 0.78 * (2 * place / (eyes - 1) - 1) for place in range(eyes)]
    for left, right in zip(places[::2], places[1::2], strict=True):
        easel.part(
            shapes.ribbon([(left, y), ((left + right) / 2, y + 1.2), (right, y)], 1.4), leather, Volume.SOFT, shadow=0.8
        )
    for x in places:
        ring(easel, x, y, 1.5, metal, 0.7)
    for side in (-1, 1):
        end = 50 + side * 5, y + 17 + side * 1.5
        easel.part(shapes.ribbon([(50, y + 0.5), (50 + side * 4, y + 8), end], 1.3), leather, Volume.SOFT, shadow=1.0)
        easel.part(shapes.ellipse(*end, 1.5, 2.2), leather, Volume.BALL, shadow=0.8)
    easel.part(shapes.ellipse(50, y + 1.2, 2.4, 1.9), leather, Volume.BALL, shadow=0.8)
