"""What bags are held together with: zips, rings, buckles, rivets, tabs and labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import skia

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.gems import bead
from bowerbird.demo.draw.gleams import GOLD, GUNMETAL, SILVER, dashes, inset, lit, metal_of, polished, seam
from bowerbird.demo.draw.shapes import Point
from bowerbird.demo.draw.stuff import Stuff, argb, lightness, shade
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import RGB


def hardware(easel: Easel) -> RGB:
    """The colour of a product's metal parts."""
    return easel.chance.choice((GOLD, GOLD, SILVER, SILVER, GUNMETAL))


def trim(easel: Easel) -> Stuff:
    """What handles and corners are made of: leather in the accent, tan, or the product's own in a darker shade."""
    pick = easel.chance.random()
    own = easel.body.plain()
    dark = own.shade(0.72) if lightness(easel.colour) > 0.2 else own.shade(1.14)
    if pick < 0.45:
        return easel.of("leather")
    if pick < 0.62:
        return easel.of("leather", (156, 100, 58) if easel.look.colour not in ("brown", "orange") else (64, 44, 36))
    return dark


def thread(stuff: Stuff) -> RGB:
    """A thread that shows on a stuff."""
    return shade(stuff.colour, 1.5) if lightness(stuff.colour) < 0.45 else shade(stuff.colour, 0.66)


def panel(half: Sequence[tuple[float, float, float]]) -> skia.Path:
    """A cut piece, symmetric about x = 50: the corners of its left half from the top, as (x, y, radius)."""
    corners = [*half, *[(100 - x, y, radius) for x, y, radius in reversed(half)]]
    path = skia.Path()
    path.moveTo(50, half[0][1])
    for place, (x, y, radius) in enumerate(corners):
        after = corners[(place + 1) % len(corners)]
        path.arcTo(skia.Point(x, y), skia.Point(after[0], after[1]), radius)
    path.close()
    return path


def mirror_line(half: Sequence[Point]) -> list[Point]:
    """Points of a line that is symmetric about x = 50, from its left half that ends in the middle."""
    return [*half, *[(100 - x, y) for x, y in reversed(half) if x != 50]]


def zip_line(easel: Easel, line: skia.Path, metal: RGB, tape: RGB, width: float = 2.2) -> None:
    """A closed zip: its tape and two rows of teeth."""
    easel.edge(shapes.outlined(line, width, square=True), 0.5, (0, 0, 0), 0.25)
    easel.canvas.drawPath(line, _pen(tape, width))
    easel.canvas.drawPath(line, _pen(shade(metal, 0.34), width * 0.5))
    dashes(easel, line, width * 0.44, lit(metal, 1.25), 0.34, 0.3, 1.0)
    easel.canvas.drawPath(line, _pen(shade(metal, 0.3), width * 0.09))


def puller(easel: Easel, x: float, y: float, metal: RGB, tag: Stuff | None = None, turn: float = 0.0) -> None:
    """A zip's slider with its pull hanging down (turned clockwise by degrees), of metal or with a tag of ``tag``."""
    with easel.turned(turn, (x, y)):
        easel.part(
            shapes.box(x - 1.1, y - 1.0, 2.2, 2.4, 0.6), easel.of(metal_of(metal), metal), Volume.BEVEL, shadow=0.6
        )
        if tag is None:
            pull = shapes.without(
                shapes.box(x - 0.8, y + 0.7, 1.6, 4.4, 0.7), shapes.box(x - 0.35, y + 3.0, 0.7, 1.3, 0.3)
            )
            easel.part(pull, easel.of(metal_of(metal), metal), Volume.ROUND, shadow=0.8)
        else:
            easel.part(shapes.ring(x, y + 1.8, 1.0, 0.6), easel.of(metal_of(metal), metal), Volume.BEVEL)
            easel.part(shapes.box(x - 1.1, y + 2.4, 2.2, 6.4, 0.9), tag, Volume.SOFT, shadow=0.9)
            seam(easel, shapes.box(x - 0.7, y + 2.9, 1.4, 5.4, 0.6), thread(tag), 0.22, 0.6)


def ring(easel: Easel, x: float, y: float, radius: float, metal: RGB, width: float = 1.0) -> None:
    """A round ring that a strap runs through."""
    path = shapes.ring(x, y, radius, radius - width)
    easel.part(path, easel.of("matte", metal), Volume.FLAT, shadow=0.7)
    polished(easel, path, (x, y), metal)
    easel.edge(path, 0.18, shade(metal, 0.3), 0.6)


def buckle(easel: Easel, x: float, y: float, wide: float, tall: float, metal: RGB, turn: float = 0.0) -> None:
    """A frame with a pin, for a strap that runs down."""
    with easel.turned(turn, (x, y)):
        frame = shapes.box(x - wide / 2, y - tall / 2, wide, tall, 1.0)
        frame = shapes.without(frame, shapes.box(x - wide / 2 + 0.9, y - tall / 2 + 0.9, wide - 1.8, tall - 1.8, 0.5))
        easel.part(frame, easel.of(metal_of(metal), metal), Volume.BEVEL, shadow=1.0)
        pin = shapes.box(x - 0.35, y - tall / 2 + 0.3, 0.7, tall - 0.5, 0.35)
        easel.part(pin, easel.of(metal_of(metal), metal), Volume.ROUND, shadow=0.5)


def rivet(easel: Easel, x: float, y: float, metal: RGB, radius: float = 0.7) -> None:
    """A metal stud."""
    easel.shadow_patch(shapes.ellipse(x + 0.15, y + 0.25, radius * 1.15), 0.4, 0.25)
    bead(easel, x, y, radius, metal)


def strap(easel: Easel, points: Sequence[Point], width: float, stuff: Stuff, *, shadow: float = 1.5) -> skia.Path:
    """A sewn band along a line; too narrow for its grain to be seen."""
    plain = replace(stuff, finish=replace(stuff.finish, texture=""))
    band = easel.part(shapes.ribbon(points, width, square=True), plain, Volume.SOFT, shadow=shadow, depth=0.9)
    dashes(easel, shapes.ribbon(points, width - 0.9, square=True), 0.24, thread(stuff), 0.8, 0.55, 0.7)
    return band


def patch(easel: Easel, x: float, y: float, wide: float, tall: float, stuff: Stuff, radius: float = 0.9) -> skia.Path:
    """A sewn-on piece, its upper left corner at (x, y)."""
    path = easel.part(shapes.box(x, y, wide, tall, radius), stuff, Volume.SOFT, shadow=0.7)
    seam(easel, shapes.box(x + 0.6, y + 0.6, wide - 1.2, tall - 1.2, radius * 0.6), thread(stuff), 0.24, 0.7)
    return path


def clasp(easel: Easel, x: float, y: float, metal: RGB, style: int) -> None:
    """What closes a flap: a turn lock, a round press lock or a tongue lock (style 0 to 2)."""
    stuff = easel.of(metal_of(metal), metal)
    if style == 0:
        easel.part(shapes.box(x - 4, y - 3, 8, 6, 1.2), stuff, Volume.BEVEL, shadow=1.0)
        easel.part(shapes.ellipse(x, y, 1.8), stuff.shade(0.75), Volume.FLAT)
        easel.part(shapes.box(x - 1.9, y - 0.6, 3.8, 1.2, 0.6), stuff, Volume.BEVEL, shadow=0.8)
    elif style == 1:
        easel.part(shapes.ellipse(x, y, 3.3), stuff, Volume.FLAT, shadow=1.0)
        polished(easel, shapes.ring(x, y, 3.3, 2.1), (x, y), metal)
        polished(easel, shapes.ellipse(x, y, 1.9), (x, y), metal, turn=180)
    else:
        easel.part(shapes.box(x - 2.2, y - 4, 4.4, 9, 2.2), stuff, Volume.ROUND, shadow=1.0)
        easel.part(shapes.box(x - 0.5, y - 2.4, 1, 4.4, 0.5), stuff.shade(0.3), Volume.FLAT)


def brand_mark(easel: Easel, x: float, y: float, wide: float, metal: RGB, style: int) -> None:
    """A maker's mark about a centre: a leather tag, a woven label, metal letters, or a small plate (style 0 to 3)."""
    text = easel.look.brand if easel.look.brand.isascii() else ""
    tall = wide * 0.34
    if style == 0:
        leather = easel.of("leather", (150, 98, 60) if lightness(easel.colour) < 0.62 else (96, 62, 42))
        patch(easel, x - wide / 2, y - tall / 2, wide, tall, leather)
        easel.words(text, x, y, tall * 0.4, shade(leather.colour, 0.45), width=wide * 0.74)
    elif style == 1:
        cloth = easel.of("cotton", (243, 240, 232) if lightness(easel.colour) < 0.6 else (40, 42, 48))
        path = easel.part(
            shapes.box(x - wide * 0.36, y - tall * 0.36, wide * 0.72, tall * 0.72, 0.2), cloth, Volume.FLAT, shadow=0.4
        )
        seam(easel, inset(path, 0.35), thread(cloth), 0.18, 0.5)
        easel.words(
            text, x, y, tall * 0.36, thread(cloth) if lightness(cloth.colour) < 0.5 else (40, 40, 44), width=wide * 0.6
        )
    elif style == 2:
        easel.words(text, x + 0.12, y + 0.14, tall * 0.5, shade(metal, 0.25), width=wide)
        easel.words(text, x, y, tall * 0.5, lit(metal, 1.25), width=wide)
    else:
        plate = shapes.box(x - wide * 0.34, y - tall * 0.3, wide * 0.68, tall * 0.6, 0.5)
        easel.part(plate, easel.of(metal_of(metal), metal), Volume.BEVEL, shadow=0.5)
        easel.words(text, x, y, tall * 0.3, shade(metal, 0.35), width=wide * 0.56)


def _pen(colour: RGB, width: float) -> skia.Paint:
    return skia.Paint(Color=argb(colour), AntiAlias=True, Style=skia.Paint.kStroke_Style, StrokeWidth=width)
