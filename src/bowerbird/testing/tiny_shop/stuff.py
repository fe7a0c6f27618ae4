"""What drawn things are made of and painted with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float32]
Colour: TypeAlias = "tuple[int, int, int]"
Paint: TypeAlias = "Colour | Callable[[Floats, Floats], Floats]"


@dataclass(frozen=True, slots=True)
class Stuff:
    """What a part is made of.

    ``bulge`` is how far from its edge a part curves (hundredths), ``depth`` how steeply; ``gloss`` is the
    strength of the highlight; ``folds`` and ``grain`` are how much cloth folds and fine texture change the light.
    """

    bulge: float = 2.0
    depth: float = 0.8
    gloss: float = 0.0
    folds: float = 0.0
    grain: float = 0.0
    sharpness: float = 14.0


CLOTH = Stuff(bulge=3.2, depth=0.75, folds=0.075, grain=0.03)
KNIT = Stuff(bulge=3.6, depth=0.9, folds=0.04, grain=0.05)
DENIM = Stuff(bulge=2.2, depth=0.7, folds=0.06, grain=0.07)
SATIN = Stuff(bulge=3.6, depth=0.8, gloss=0.22, folds=0.12, grain=0.01)
LEATHER = Stuff(bulge=2.6, depth=0.85, gloss=0.3, folds=0.05, grain=0.04)
RUBBER = Stuff(bulge=1.2, depth=0.7, gloss=0.1)
PLASTIC = Stuff(bulge=1.6, depth=0.8, gloss=0.35, sharpness=22)
METAL = Stuff(bulge=1.4, depth=0.9, gloss=0.6, sharpness=30)
CERAMIC = Stuff(bulge=6.0, depth=0.9, gloss=0.55, sharpness=40)
GLASS = Stuff(bulge=3.0, depth=0.5, gloss=0.7, sharpness=50)
FRUIT = Stuff(bulge=8.0, depth=1.25, gloss=0.42, grain=0.03, sharpness=26)
PAPER = Stuff(bulge=0.5, depth=0.4, grain=0.012)
FLAT = Stuff(bulge=0.3, depth=0.0)


def stripes(colours: Sequence[Colour], width: float, across: bool = False) -> Paint:
    """Stripes that lie level, or upright with ``across``."""
    table = np.array(colours, dtype=np.float32)
    return lambda x, y: table[((x if across else y) // width).astype(int) % len(colours)]


def fade(top: Colour, bottom: Colour, start: float, end: float, across: bool = False) -> Paint:
    """A gradient between two heights (or, with ``across``, between two x)."""
    a, b = np.array(top, dtype=np.float32), np.array(bottom, dtype=np.float32)
    return lambda x, y: a + (b - a) * np.clip(((x if across else y) - start) / (end - start), 0, 1)[..., None]


def steel(start: float, end: float, tint: Colour = (196, 200, 206)) -> Paint:
    """The light and dark bands that a bright metal cylinder shows from left to right."""
    places = np.array([0, 0.12, 0.3, 0.45, 0.62, 0.8, 0.92, 1.0])
    levels = np.array([0.55, 0.8, 1.22, 0.98, 0.72, 0.9, 1.1, 0.6])
    base = np.array(tint, dtype=np.float32)
    return lambda x, y: np.minimum(base * np.interp((x - start) / (end - start), places, levels)[..., None], 255)


def shade_of(colour: Colour, factor: float) -> Colour:
    """The colour darker (below 1) or lighter (above 1, towards white)."""
    if factor <= 1:
        r, g, b = (round(c * factor) for c in colour)
    else:
        r, g, b = (round(c + (255 - c) * (factor - 1)) for c in colour)
    return r, g, b
