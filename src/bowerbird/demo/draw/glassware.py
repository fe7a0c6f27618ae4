"""Small bottles of thick glass with something coloured in them, and what closes and labels them."""

from __future__ import annotations

import skia

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.gleams import BLACK, WHITE, Tone, fade, metal_of, spot
from bowerbird.demo.draw.stuff import lightness, mixed, shade
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import RGB


def printable(text: str) -> str:
    """The text where the face has its letters, nothing elsewhere."""
    return text if text.isascii() else ""


def caustic(easel: Easel, x: float, y: float, across: float, colour: RGB) -> None:
    """Coloured light that falls through a bottle on the table, to its lower right."""
    spot(easel, x + across * 0.5, y + across * 0.06, across * 1.25, across * 0.16, (colour, 0.3))
    spot(easel, x + across * 0.4, y + across * 0.02, across * 0.6, across * 0.06, (WHITE, 0.3))


def thick_glass(easel: Easel, bottle: skia.Path, hollow: skia.Path, colour: RGB, clear: float) -> None:
    """A bottle's walls round its hollow, filled with a colour; ``clear`` is how much is seen through the filling."""
    bounds = bottle.computeTightBounds()
    left, top, right, foot = bounds.left(), bounds.top(), bounds.right(), bounds.bottom()
    tint = mixed(colour, (226, 236, 240), 0.72)
    walls: list[Tone] = [
        (shade(tint, 0.55), 0.75), (WHITE, 0.55), (tint, 0.42), (tint, 0.34), (shade(tint, 0.8), 0.5), (WHITE, 0.5),
        (shade(tint, 0.45), 0.8),
    ]  # fmt: skip
    fade(easel, bottle, (left, top), (right, top), walls, [0, 0.05, 0.16, 0.7, 0.88, 0.95, 1])
    deep, bright = shade(colour, 0.62), shade(colour, 1.22)
    alpha = 1 - clear
    filling: list[Tone] = [(deep, alpha), (colour, alpha), (bright, alpha * 0.94), (colour, alpha), (deep, alpha)]
    fade(easel, hollow, (left, top), (right, top), filling, [0, 0.2, 0.42, 0.72, 1])
    fade(
        easel,
        hollow,
        (left, top),
        (left, foot),
        [(WHITE, 0.2), (WHITE, 0.0), (BLACK, 0.0), (shade(colour, 0.35), 0.35)],
    )
    _base(easel, bottle, hollow, colour)
    easel.edge(hollow, 0.5, shade(colour, 0.45), 0.45)
    easel.edge(bottle, 0.45, shade(tint, 0.35), 0.55)
    easel.edge(shapes.moved(bottle, scale=0.985, about=((left + right) / 2, (top + foot) / 2)), 0.35, WHITE, 0.6)


def _base(easel: Easel, bottle: skia.Path, hollow: skia.Path, colour: RGB) -> None:
    """The heavy foot, where light breaks into bands."""
    low, foot = hollow.computeTightBounds().bottom(), bottle.computeTightBounds().bottom()
    if foot - low < 0.8:
        return
    block = shapes.without(shapes.within(bottle, shapes.box(0, low - 1.5, 100, 100)), hollow)
    bands: list[Tone] = [
        (shade(colour, 0.7), 0.5),
        (WHITE, 0.7),
        (colour, 0.4),
        (WHITE, 0.55),
        (shade(colour, 0.55), 0.6),
    ]
    fade(easel, block, (0, low), (0, foot), bands, [0, 0.25, 0.5, 0.72, 1])


def windows(easel: Easel, inside: skia.Path, strength: float = 1.0) -> None:
    """A tall soft box mirrored at the left of a bottle, and a thin one at its right."""
    bounds = inside.computeTightBounds()
    left, top, wide, tall = bounds.left(), bounds.top(), bounds.width(), bounds.height()
    strip = shapes.within(
        inside, shapes.box(left + wide * 0.1, top + tall * 0.07, wide * 0.13, tall * 0.8, wide * 0.05)
    )
    fade(
        easel,
        strip,
        (left, top),
        (left, top + tall),
        [(WHITE, 0.72 * strength), (WHITE, 0.4 * strength), (WHITE, 0.12 * strength)],
    )
    thin = shapes.within(
        inside, shapes.box(left + wide * 0.87, top + tall * 0.12, wide * 0.035, tall * 0.7, wide * 0.02)
    )
    fade(easel, thin, (left, top), (left, top + tall), [(WHITE, 0.5 * strength), (WHITE, 0.2 * strength)])


def collar(easel: Easel, x: float, y: float, wide: float, tall: float, metal: RGB) -> None:
    """A metal ring at a bottle's neck, its upper middle at (x, y)."""
    easel.part(shapes.box(x - wide / 2, y, wide, tall, tall * 0.24), easel.of(metal_of(metal), metal), Volume.ROUND)
    for share in (0.3, 0.7):
        easel.line(
            [(x - wide / 2 + 0.3, y + tall * share), (x + wide / 2 - 0.3, y + tall * share)],
            0.25,
            shade(metal, 0.35),
            0.6,
        )


def label_ink(colour: RGB) -> RGB:
    """What can be read when it is printed on a colour."""
    return (36, 38, 44) if lightness(colour) > 0.56 else (250, 248, 243)


def print_label(easel: Easel, place: tuple[float, float, float], ink: RGB, kind: str, style: int) -> None:
    """Brand, name and contents printed about a centre; ``place`` is x, y and the width."""
    x, y, wide = place
    brand, name = printable(easel.look.brand), printable(easel.look.flavour)
    size = wide * 0.15
    easel.words(brand.upper() if style % 2 else brand, x, y - size * 0.9, size, ink, width=wide * 0.92)
    easel.line([(x - wide * 0.2, y + size * 0.3), (x + wide * 0.2, y + size * 0.3)], 0.25, ink, 0.8, bent=False)
    easel.words(name.lower() if style % 2 else name, x, y + size * 1.15, size * 0.62, ink, width=wide * 0.92)
    easel.words(kind, x, y + size * 2.3, size * 0.46, ink, width=wide * 0.9)
