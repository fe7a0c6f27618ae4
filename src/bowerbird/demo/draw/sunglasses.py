"""Sunglasses."""

from __future__ import annotations

from typing import NamedTuple

import skia

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.gems import bead
from bowerbird.demo.draw.gleams import BLACK, GOLD, SILVER, WHITE, fade, metal_of, spot, wire
from bowerbird.demo.draw.ground import Ground
from bowerbird.demo.draw.metalwork import torus
from bowerbird.demo.draw.shapes import Point
from bowerbird.demo.draw.stuff import Stuff, lightness, mixed, shade
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import RGB, Look

_METALS = ("steel", "aluminium", "silver", "gold")


class _Form(NamedTuple):
    """The left half: the outline of its lens, the rim's width, and where the temple is hinged."""

    lens: skia.Path
    rim: float
    hinge: Point


def draw_sunglasses(easel: Easel, look: Look) -> None:
    """Sunglasses with their temples open, seen from the front and a little from above."""
    easel.ground = Ground.STANDING
    chance = easel.chance
    wide, tall, gap = chance.uniform(15.6, 17.2), chance.uniform(0.8, 1.0), chance.uniform(3.2, 4.6)
    rim = chance.uniform(1.0, 1.5) if look.material in _METALS else chance.uniform(2.0, 3.8)
    sharp, tint, mirrored, out = (
        chance.uniform(0.5, 1.0),
        chance.randrange(4),
        chance.random() < 0.4,
        chance.uniform(0.0, 2.5),
    )
    form = _FORMS[look.silhouette](wide, tall, gap + rim, rim, sharp)
    tones = _tint(easel, look, tint)
    frame = easel.of(metal_of(easel.colour), easel.colour) if look.material in _METALS else easel.body
    for side in (0, 1):
        _temple(easel, form, frame, side, look.material in _METALS, out - (3 if look.view else 0))
    lenses = (form.lens, shapes.flipped(form.lens))
    for lens in lenses:
        _lens(easel, lens, tones, mirrored)
    _bridge(easel, look, form, frame, gap + rim)
    for lens in lenses:
        if look.material in _METALS:
            bounds = lens.computeTightBounds()
            torus(easel, lens, form.rim * 1.5, easel.colour, (bounds.centerX(), bounds.centerY()))
            continue
        ring = shapes.without(shapes.joined(lens, shapes.outlined(lens, 2 * form.rim)), lens)
        easel.part(ring, frame, Volume.SOFT, depth=1.0)
        easel.edge(lens, 0.35, BLACK, 0.4)
    for side in (-1, 1):
        x = 50 + side * (50 - form.hinge[0])
        if look.material in _METALS:
            easel.part(shapes.box(x - 1.3, form.hinge[1] - 1.1, 2.6, 2.2, 0.6), frame, Volume.BEVEL, shadow=0.5)
        else:
            for down in (-0.9, 0.9):
                bead(easel, x + side * -1.6, form.hinge[1] + down, 0.62, SILVER if tint % 2 else GOLD)


def _aviator(wide: float, tall: float, gap: float, rim: float, sharp: float) -> _Form:
    x, y, down = 50 - gap - wide, 50.0, wide * (0.82 + 0.14 * tall)
    lens = shapes.smooth([
        (x - wide * 0.86, y - down * 0.74), (x + wide * 0.1, y - down * 0.84), (x + wide * 0.9, y - down * 0.66),
        (x + wide * 0.99, y - down * 0.2), (x + wide * 0.66, y + down * 0.52), (x + wide * 0.06, y + down * 0.98),
        (x - wide * 0.58, y + down * 0.84), (x - wide * 0.98, y + down * 0.12), (x - wide * 1.02, y - down * 0.42),
    ])  # fmt: skip
    return _Form(lens, rim, (x - wide * 1.02 - rim, y - down * 0.62))


def _round(wide: float, tall: float, gap: float, rim: float, sharp: float) -> _Form:
    x = 50 - gap - wide
    return _Form(shapes.ellipse(x, 50, wide, wide * (0.9 + 0.12 * tall)), rim, (x - wide * 0.96 - rim, 46.0))


def _square(wide: float, tall: float, gap: float, rim: float, sharp: float) -> _Form:
    x, down = 50 - gap - wide, wide * (0.62 + 0.22 * tall)
    lens = shapes.smooth([
        (x - wide * 0.96, 50 - down * 0.86), (x - wide * 0.5, 50 - down), (x + wide * 0.5, 50 - down * 0.98),
        (x + wide * 0.94, 50 - down * 0.84), (x + wide * 0.98, 50 - down * 0.3), (x + wide * 0.84, 50 + down * 0.7),
        (x + wide * 0.6 * sharp, 50 + down * 0.97), (x - wide * 0.56 * sharp, 50 + down),
        (x - wide * 0.84, 50 + down * 0.76), (x - wide * 1.0, 50 - down * 0.3),
    ])  # fmt: skip
    return _Form(lens, rim, (x - wide - rim, 50 - down * 0.7))


_FORMS = {"aviator": _aviator, "round": _round, "square": _square}


def _tint(easel: Easel, look: Look, tint: int) -> tuple[RGB, RGB]:
    """The lens' colour above and below."""
    smoke, brown, green = (34, 36, 42), (74, 46, 30), (32, 58, 50)
    own = mixed(shade(easel.colour, 0.5), smoke, 0.35)
    dark = (smoke, brown, green, own)[tint]
    if look.colour not in ("black", "grey", "silver", "white") and tint in (0, 3):
        dark = own
    light = mixed(dark, easel.colour if lightness(easel.colour) > 0.2 else (196, 170, 140), 0.45)
    return dark, shade(light, 1.25)


def _lens(easel: Easel, lens: skia.Path, tones: tuple[RGB, RGB], mirrored: bool) -> None:
    """Tinted glass, dark above and clearer below, with the sky and a window in it."""
    bounds = lens.computeTightBounds()
    left, top, right, foot = bounds.left(), bounds.top(), bounds.right(), bounds.bottom()
    dark, light = tones
    run = [(dark, 0.97), (dark, 0.93), (mixed(dark, light, 0.6), 0.84), (light, 0.6)]
    fade(easel, lens, (left, top), (left, foot), run, [0, 0.25, 0.62, 1])
    if mirrored:
        sky = [(shade(light, 1.5), 0.75), (light, 0.35), (dark, 0.1), (shade(light, 1.4), 0.5)]
        fade(easel, lens, (left, top), (right, foot), sky, [0, 0.36, 0.6, 1])
    wide, tall = right - left, foot - top
    for start, width, alpha in ((0.06, 0.16, 0.2), (0.3, 0.05, 0.15)):
        streak = shapes.polygon([
            (left + wide * (start + 0.3), top), (left + wide * (start + width + 0.3), top),
            (left + wide * (start + width - 0.06), foot), (left + wide * (start - 0.06), foot),
        ])  # fmt: skip
        fade(easel, shapes.within(lens, streak), (left, top), (left, foot), [(WHITE, alpha), (WHITE, alpha * 0.1)])
    spot(easel, right - wide * 0.2, foot - tall * 0.16, wide * 0.36, tall * 0.2, (WHITE, 0.3), lens)
    easel.edge(lens, 1.4, BLACK, 0.16)


def _temple(easel: Easel, form: _Form, frame: Stuff, side: int, metallic: bool, out: float) -> None:
    """The arm behind: from the hinge back and inward, its tip bent down."""
    x, y = form.hinge
    points = [
        (x + 0.8, y),
        (x + 3.2 - out, y - 8),
        (x + 7 - out, y - 15.5),
        (x + 9.4 - out, y - 18.5),
        (x + 11.4 - out, y - 18.2),
        (x + 12.2 - out, y - 14),
    ]
    if side:
        points = [(100 - px, py) for px, py in points]
    if metallic:
        wire(easel, points[:4], 1.5, frame.colour)
        easel.part(shapes.ribbon(points[2:], 2.2), easel.of("plastic", (52, 46, 44)), Volume.SOFT)
    else:
        easel.part(shapes.ribbon(points, max(form.rim * 0.95, 2.2)), frame.shade(0.8), Volume.SOFT)


def _bridge(easel: Easel, look: Look, form: _Form, frame: Stuff, gap: float) -> None:
    bounds = form.lens.computeTightBounds()
    top, tall = bounds.top(), bounds.height()
    for side in (-1, 1):
        pad = shapes.moved(
            shapes.ellipse(50 + side * (gap * 0.62), top + tall * 0.52, 1.2, 2.6),
            turn=side * 18,
            about=(50 + side * gap * 0.62, top + tall * 0.52),
        )
        easel.part(pad, easel.of("glass", (226, 220, 210)), Volume.SOFT)
    if look.silhouette == "aviator":
        wire(
            easel,
            [(50 - gap - 3, top + 0.5), (50, top - 0.4), (50 + gap + 3, top + 0.5)],
            max(form.rim, 1.3),
            frame.colour,
        )
        wire(
            easel,
            [(50 - gap, top + tall * 0.3), (50, top + tall * 0.22), (50 + gap, top + tall * 0.3)],
            max(form.rim, 1.3),
            frame.colour,
        )
    elif look.material in _METALS:
        wire(
            easel,
            [(50 - gap, top + tall * 0.4), (50, top + tall * 0.28), (50 + gap, top + tall * 0.4)],
            1.7,
            frame.colour,
        )
    else:
        reach = gap - form.rim * 0.7
        high = top + tall * (0.2 if look.silhouette == "square" else 0.34)
        easel.part(
            shapes.ribbon([(50 - reach, high + 1.6), (50, high), (50 + reach, high + 1.6)], form.rim * 1.9),
            frame,
            Volume.SOFT,
        )
