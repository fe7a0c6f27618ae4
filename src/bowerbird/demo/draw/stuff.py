"""What parts are made of: a colour, a material's finish, and a pattern."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from bowerbird.demo.look import RGB


@dataclass(frozen=True, slots=True)
class Finish:
    """How a material takes the light.

    ``texture`` is a tile of ``textures``, laid on with ``grain`` (0 to 1) at ``scale``; ``gloss`` is the strength of
    its highlights, ``metal`` how much it mirrors its surroundings, ``clear`` how much is seen through it, ``folds`` how
    deep it creases.
    """

    texture: str = ""
    grain: float = 0.0
    scale: float = 1.0
    gloss: float = 0.0
    metal: float = 0.0
    clear: float = 0.0
    folds: float = 0.0


FINISHES: Final = {
    "cotton": Finish("weave", 0.10, 0.5, folds=0.5),
    "linen": Finish("canvas", 0.20, 0.6, folds=0.8),
    "wool": Finish("knit", 0.26, 0.9, folds=0.3),
    "denim": Finish("twill", 0.26, 0.6, folds=0.6),
    "silk": Finish("", 0.0, gloss=0.5, folds=1.0),
    "leather": Finish("grain", 0.20, 0.8, gloss=0.35, folds=0.2),
    "suede": Finish("fur", 0.18, 0.8, folds=0.2),
    "canvas": Finish("canvas", 0.24, 0.8, folds=0.25),
    "nylon": Finish("weave", 0.08, 0.6, gloss=0.28, folds=0.6),
    "fleece": Finish("fur", 0.26, 1.2, folds=0.4),
    "velvet": Finish("fur", 0.14, 0.5, gloss=0.22, folds=0.7),
    "steel": Finish("brushed", 0.10, 0.9, gloss=0.8, metal=0.8),
    "gold": Finish("", 0.0, gloss=0.9, metal=0.9),
    "silver": Finish("", 0.0, gloss=0.95, metal=0.95),
    "aluminium": Finish("brushed", 0.08, 0.6, gloss=0.5, metal=0.5),
    "iron": Finish("speckle", 0.2, 0.5, gloss=0.3, metal=0.15),
    "plastic": Finish(gloss=0.55),
    "rubber": Finish("paper", 0.06, 0.5, gloss=0.15),
    "glass": Finish(gloss=0.95, clear=0.5),
    "ceramic": Finish("speckle", 0.05, 0.9, gloss=0.6),
    "porcelain": Finish(gloss=0.75),
    "wood": Finish("wood", 0.34, 1.3, gloss=0.15),
    "bamboo": Finish("wood", 0.22, 0.7, gloss=0.2),
    "paper": Finish("paper", 0.08, 0.8),
    "stone": Finish("speckle", 0.4, 0.8, gloss=0.12),
    "pearl": Finish(gloss=0.85),
    "wax": Finish("paper", 0.04, 1.2, gloss=0.25),
    "foam": Finish("speckle", 0.16, 0.5),
    "matte": Finish(),
}
"""The finish of each material of ``look.MATERIALS``, and "matte" for parts without one."""


@dataclass(frozen=True, slots=True)
class Stuff:
    """What a part is made of; ``second`` is the pattern's other colour, ``turn`` (degrees) and ``size`` lay it out."""

    colour: RGB
    finish: Finish = FINISHES["matte"]
    pattern: str = "plain"
    second: RGB = (255, 255, 255)
    turn: float = 0.0
    size: float = 1.0
    seed: int = 0

    def shade(self, factor: float) -> Stuff:
        """The same, darker (below 1) or lighter (above 1)."""
        return replace(self, colour=shade(self.colour, factor), second=shade(self.second, factor))

    def plain(self) -> Stuff:
        """The same without its pattern."""
        return replace(self, pattern="plain")

    def turned(self, degrees: float) -> Stuff:
        """The same with its pattern turned, as on a sleeve."""
        return replace(self, turn=self.turn + degrees)

    def painted(self, colour: RGB) -> Stuff:
        """The same material in another colour, plain."""
        return replace(self, colour=colour, pattern="plain")


def shade(colour: RGB, factor: float) -> RGB:
    """A colour towards black (factor below 1) or towards white (above 1; 2 is white)."""
    if factor <= 1:
        return tuple(round(part * factor) for part in colour)  # type: ignore[return-value]
    share = min(factor - 1, 1.0)
    return mixed(colour, (255, 255, 255), share)


def mixed(one: RGB, other: RGB, share: float) -> RGB:
    """A colour between two; ``share`` is that of the other."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def lightness(colour: RGB) -> float:
    """How light a colour looks, 0 to 1 (Rec. 709 luma)."""
    return (0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2]) / 255


def argb(colour: RGB, alpha: float = 1.0) -> int:
    """A colour as the renderer takes it."""
    red, green, blue = colour
    return (round(max(0.0, min(1.0, alpha)) * 255) << 24) | (red << 16) | (green << 8) | blue
