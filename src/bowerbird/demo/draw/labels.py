"""What is printed on packets, jars and tins: bands and panels, the brand, the flavour, and an emblem."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

import skia

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.emblems import emblem_of
from bowerbird.demo.draw.fruits import Emblem
from bowerbird.demo.draw.stances import ink
from bowerbird.demo.draw.stuff import lightness, mixed, shade
from bowerbird.demo.look import COLOURS, RGB, Look

_CREAM: RGB = (250, 245, 232)
_CAPTIONS = {
    "coffee": "small batch coffee", "tea": "fine tea", "chocolate": "fine chocolate",
        "olive_oil": "extra virgin olive oil",
    "honey": "pure honey", "pasta": "bronze cut pasta", "cereal": "wholegrain cereal", "juice": "pressed fruit juice",
    "cookies": "oven baked",
}  # fmt: skip
STYLES = 6


@dataclass(frozen=True, slots=True)
class Label:
    """The design of a packet, the same on all its sides."""

    style: int
    emblem: Emblem
    brand: str
    flavour: str
    caption: str
    colour: RGB
    accent: RGB
    ink: RGB
    serif_rules: bool

    @property
    def on_accent(self) -> RGB:
        """A tone that can be read on the accent."""
        return _readable(self.accent)

    def on_paper(self) -> Label:
        """The same design on cream paper, in the product's colour, for what is seen through."""
        dark = self.colour if lightness(self.colour) < 0.75 else shade(self.colour, 0.6)
        return replace(
            self,
            colour=mixed(self.colour, _CREAM, 0.88),
            accent=dark,
            ink=shade(mixed(self.colour, (40, 34, 24), 0.5), 0.52),
        )


def label_of(look: Look, chance: random.Random) -> Label:
    """A design for a product, by the chances of its easel."""
    style, pick, rules = chance.randrange(STYLES), chance.randrange(6), chance.random() < 0.5
    colour, accent = COLOURS[look.colour].rgb, COLOURS[look.accent].rgb
    if abs(lightness(colour) - lightness(accent)) < 0.16:
        accent = _CREAM if lightness(colour) < 0.55 else shade(colour, 0.45)
    brand, flavour = (text if text.isascii() else "" for text in (look.brand, look.flavour))
    emblem = emblem_of(look.kind, look.flavour, pick)
    return Label(style, emblem, brand.upper(), flavour, _CAPTIONS[look.kind], colour, accent, _readable(colour), rules)


def _readable(ground: RGB) -> RGB:
    return _CREAM if lightness(ground) < 0.58 else shade(mixed(ground, (40, 34, 30), 0.5), 0.42)


def print_label(easel: Easel, label: Label, inside: skia.Path, box: tuple[float, float, float, float]) -> None:
    """Print a design into a box (left, top, width, height), cut to the packet's outline; it takes light afterwards."""
    easel.canvas.save()
    easel.canvas.clipPath(inside, skia.ClipOp.kIntersect, True)
    (_panel, _band, _roundel, _wave, _stripe, _arch)[label.style](easel, label, *box)
    easel.canvas.restore()


def _bold(easel: Easel, text: str, x: float, y: float, height: float, colour: RGB, width: float) -> None:
    """Words twice, a hair apart: the face has no bold."""
    easel.words(text, x - height * 0.022, y, height, colour, width=width)
    easel.words(text, x + height * 0.022, y, height, colour, width=width)


def _rule(easel: Easel, x: float, y: float, half: float, colour: RGB, label: Label) -> None:
    if label.serif_rules:
        easel.line([(x - half, y), (x + half, y)], half * 0.04, colour, 0.9, bent=False)
        easel.canvas.drawPath(shapes.regular(x, y, half * 0.09, 4), ink(colour))
    else:
        easel.line([(x - half * 0.6, y), (x + half * 0.6, y)], half * 0.07, colour, 0.9, bent=False)


def _panel(easel: Easel, label: Label, x: float, y: float, wide: float, tall: float) -> None:
    middle, unit = x + wide / 2, min(wide, tall * 0.75)
    dark = shade(label.colour, 0.5) if lightness(label.colour) > 0.3 else label.colour
    for edge in (y + tall * 0.03, y + tall * 0.93):
        easel.canvas.drawPath(shapes.box(x - wide, edge, wide * 3, tall * 0.04), ink(label.accent))
    panel = shapes.box(middle - wide * 0.39, y + tall * 0.15, wide * 0.78, tall * 0.5, unit * 0.05)
    easel.canvas.drawPath(panel, ink(_CREAM))
    easel.edge(shapes.moved(panel, scale=0.94, about=(middle, y + tall * 0.4)), unit * 0.012, dark, 0.8)
    _bold(easel, label.brand, middle, y + tall * 0.26, unit * 0.115, dark, wide * 0.66)
    label.emblem(easel, middle, y + tall * 0.47, unit * 0.38)
    _bold(easel, label.flavour, middle, y + tall * 0.74, unit * 0.1, label.ink, wide * 0.8)
    easel.words(label.caption, middle, y + tall * 0.84, unit * 0.055, label.ink, width=wide * 0.8)


def _band(easel: Easel, label: Label, x: float, y: float, wide: float, tall: float) -> None:
    middle, unit = x + wide / 2, min(wide, tall * 0.75)
    easel.canvas.drawPath(shapes.box(x - wide, y + tall * 0.44, wide * 3, tall * 0.19), ink(label.accent))
    for edge in (0.415, 0.645):
        easel.canvas.drawPath(shapes.box(x - wide, y + tall * edge, wide * 3, tall * 0.012), ink(label.accent))
    label.emblem(easel, middle, y + tall * 0.23, unit * 0.46)
    _bold(easel, label.brand, middle, y + tall * 0.535, unit * 0.15, label.on_accent, wide * 0.84)
    _bold(easel, label.flavour, middle, y + tall * 0.74, unit * 0.1, label.ink, wide * 0.8)
    _rule(easel, middle, y + tall * 0.81, unit * 0.24, label.ink, label)
    easel.words(label.caption, middle, y + tall * 0.88, unit * 0.055, label.ink, width=wide * 0.8)


def _roundel(easel: Easel, label: Label, x: float, y: float, wide: float, tall: float) -> None:
    middle, unit = x + wide / 2, min(wide, tall * 0.75)
    centre, radius = y + tall * 0.48, unit * 0.34
    _bold(easel, label.brand, middle, y + tall * 0.13, unit * 0.15, label.ink, wide * 0.84)
    for share, colour in ((1.0, label.accent), (0.9, _CREAM)):
        easel.canvas.drawPath(shapes.ellipse(middle, centre, radius * share), ink(colour))
    for ray in range(40):
        px, py = shapes.around(middle, centre, radius * 1.1, 9 * ray)
        easel.canvas.drawPath(shapes.ellipse(px, py, radius * 0.03), ink(label.accent))
    label.emblem(easel, middle, centre, radius * 1.24)
    _bold(easel, label.flavour, middle, y + tall * 0.82, unit * 0.1, label.ink, wide * 0.8)
    easel.words(label.caption, middle, y + tall * 0.91, unit * 0.055, label.ink, width=wide * 0.8)


def _wave(easel: Easel, label: Label, x: float, y: float, wide: float, tall: float) -> None:
    middle, unit = x + wide / 2, min(wide, tall * 0.75)
    for shift, colour in ((-0.035, label.accent), (0.0, mixed(label.accent, _CREAM, 0.75))):
        low = y + tall * (0.68 + shift)
        wave = shapes.smooth([(x - wide, low), (x, low + tall * 0.03), (x + wide * 0.35, low - tall * 0.03), (x
            + wide * 0.75, low + tall * 0.04),
                              (x + wide * 2, low)] + [(x + wide * 2, y + tall * 2)] * 2 + [(x - wide, y
                                  + tall * 2)] * 2)  # fmt: skip
        easel.canvas.drawPath(wave, ink(colour))
    _bold(easel, label.brand, middle, y + tall * 0.14, unit * 0.16, label.ink, wide * 0.84)
    _rule(easel, middle, y + tall * 0.225, unit * 0.26, label.ink, label)
    easel.words(label.flavour, middle, y + tall * 0.3, unit * 0.095, label.ink, width=wide * 0.8)
    for dx, dy, size in ((-0.3, 0.7, 0.34), (0.31, 0.72, 0.34), (0.0, 0.6, 0.56)):
        label.emblem(easel, middle + wide * dx, y + tall * dy, unit * size)
    easel.words(
        label.caption,
        middle,
        y + tall * 0.93,
        unit * 0.055,
        shade(mixed(label.accent, (60, 44, 30), 0.6), 0.6),
        width=wide * 0.8,
    )


def _stripe(easel: Easel, label: Label, x: float, y: float, wide: float, tall: float) -> None:
    unit = min(wide, tall * 0.75)
    left = x + wide * 0.08
    easel.canvas.drawPath(shapes.box(left, y - tall, wide * 0.19, tall * 3), ink(label.accent))
    easel.canvas.drawPath(shapes.box(left + wide * 0.215, y - tall, wide * 0.018, tall * 3), ink(label.accent))
    easel.words(
        label.caption, left + wide * 0.095, y + tall * 0.5, unit * 0.075, label.on_accent, width=tall * 0.8, turn=-90
    )
    middle = x + wide * 0.65
    _bold(easel, label.brand, middle, y + tall * 0.16, unit * 0.13, label.ink, wide * 0.55)
    label.emblem(easel, middle, y + tall * 0.46, unit * 0.54)
    _rule(easel, middle, y + tall * 0.7, unit * 0.24, label.ink, label)
    _bold(easel, label.flavour, middle, y + tall * 0.79, unit * 0.095, label.ink, wide * 0.55)


def _arch(easel: Easel, label: Label, x: float, y: float, wide: float, tall: float) -> None:
    middle, unit = x + wide / 2, min(wide, tall * 0.75)
    half, low = wide * 0.36, y + tall * 0.62
    for grow, colour in ((1.0, label.accent), (0.93, _CREAM)):
        arch = shapes.joined(
            shapes.ellipse(middle, y + tall * 0.1 + half, half * grow),
            shapes.box(middle - half * grow, y + tall * 0.1 + half, 2 * half * grow, low - y - tall * 0.1 - half),
        )
        easel.canvas.drawPath(arch, ink(colour))
    dark = shade(label.colour, 0.5) if lightness(label.colour) > 0.3 else label.colour
    label.emblem(easel, middle, y + tall * 0.31, unit * 0.42)
    _bold(easel, label.brand, middle, y + tall * 0.53, unit * 0.11, dark, half * 1.7)
    easel.canvas.drawPath(shapes.box(x - wide, low, wide * 3, tall * 0.14), ink(label.accent))
    _bold(easel, label.flavour, middle, low + tall * 0.07, unit * 0.1, label.on_accent, wide * 0.8)
    _rule(easel, middle, y + tall * 0.82, unit * 0.22, label.ink, label)
    easel.words(label.caption, middle, y + tall * 0.89, unit * 0.055, label.ink, width=wide * 0.8)
