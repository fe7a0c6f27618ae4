"""What a picture of an invented product shows: its kind, silhouette, colour, material and pattern.

The inventing side chooses a look and writes about it, the drawing side draws it; both take the names from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

RGB: TypeAlias = tuple[int, int, int]
"""Red, green and blue, each 0 to 255."""


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour as a shop names it, in English and Chinese, and as it is painted."""

    name: str
    chinese: str
    rgb: RGB


COLOURS: Final = {
    colour.name: colour
    for colour in (
        Colour("black", "黑色", (38, 38, 42)),
        Colour("white", "白色", (244, 243, 239)),
        Colour("grey", "灰色", (142, 145, 150)),
        Colour("red", "红色", (203, 40, 44)),
        Colour("burgundy", "酒红色", (112, 24, 46)),
        Colour("pink", "粉色", (240, 158, 182)),
        Colour("orange", "橙色", (238, 122, 36)),
        Colour("yellow", "黄色", (245, 200, 50)),
        Colour("green", "绿色", (52, 140, 76)),
        Colour("olive", "橄榄绿", (112, 114, 58)),
        Colour("teal", "蓝绿色", (24, 128, 132)),
        Colour("blue", "蓝色", (44, 100, 204)),
        Colour("navy", "藏青色", (30, 42, 88)),
        Colour("purple", "紫色", (116, 62, 152)),
        Colour("brown", "棕色", (122, 78, 48)),
        Colour("beige", "米色", (216, 194, 160)),
        Colour("gold", "金色", (214, 168, 72)),
        Colour("silver", "银色", (192, 196, 202)),
    )
}

MATERIALS: Final = (
    "cotton", "linen", "wool", "denim", "silk", "leather", "suede", "canvas", "nylon", "fleece", "velvet", "steel",
    "gold", "silver", "aluminium", "iron", "plastic", "rubber", "glass", "ceramic", "porcelain", "wood", "bamboo",
    "paper", "stone", "pearl", "wax", "foam",
)  # fmt: skip

PATTERNS: Final = ("plain", "striped", "checked", "dotted", "floral", "marbled", "zigzag", "camouflage")


@dataclass(frozen=True, slots=True)
class Look:
    """One picture's worth of a product.

    ``kind`` and ``silhouette`` name the drawing; ``colour`` and ``accent`` are keys of ``COLOURS``, the accent that of
    small parts and of the second colour of a pattern; ``seed`` settles the proportions and small details, so that two
    products of one kind, colour and pattern still differ; ``view`` 0 is the front, 1 another view of the same thing.
    ``brand`` may be printed where such a thing carries its brand; ``flavour`` is a word or two on a packet's label.
    """

    kind: str
    silhouette: str
    colour: str
    accent: str
    material: str
    pattern: str = "plain"
    seed: int = 0
    view: int = 0
    brand: str = ""
    flavour: str = ""
