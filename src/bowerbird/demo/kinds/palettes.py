"""Weights and sizes that many kinds share, and which colours a material or pattern comes in."""

from __future__ import annotations

from typing import Final

from bowerbird.demo.kinds.kind import Sizes, weighted

WEAR: Final = weighted(
    "black 9 white 8 grey 7 red 6 burgundy 4 pink 5 orange 3 yellow 4 green 5 olive 4 teal 4 blue 7 navy 8 purple 4 "
    "brown 4 beige 6"
)
BRIGHT: Final = weighted(
    "black 5 white 5 grey 4 red 7 pink 5 orange 5 yellow 6 green 6 teal 5 blue 7 navy 4 purple 5 beige 2 "
    "burgundy 2 olive 2"
)
HOME: Final = weighted(
    "white 8 grey 7 black 5 beige 8 brown 4 red 5 burgundy 3 pink 4 orange 4 yellow 5 green 6 olive 4 teal 5 blue 6 "
    "navy 5 purple 3"
)
TECH: Final = weighted(
    "black 9 white 8 grey 6 silver 6 navy 4 blue 4 red 4 pink 3 green 3 teal 3 purple 2 beige 3 orange 2 yellow 2"
)
PACKETS: Final = weighted(
    "red 5 burgundy 4 brown 5 green 6 olive 4 teal 4 blue 5 navy 5 purple 3 orange 4 yellow 4 black 4 beige 4 gold 2 "
    "white 3 pink 3"
)
DARK_SHOES: Final = weighted("black 9 brown 8 beige 4 burgundy 5 navy 5 red 4 grey 4 olive 3 green 2 white 3 pink 2")

PALETTES: Final = {
    "gold": weighted("gold"),
    "silver": weighted("silver"),
    "pearl": weighted("white 6 pink 3 beige 2 grey 2 black 2"),
    "wood": weighted("brown 6 beige 5"),
    "bamboo": weighted("beige 6 brown 3"),
    "denim": weighted("blue 6 navy 6 black 4 grey 3 white 2"),
    "leather": weighted(
        "black 8 brown 8 beige 5 burgundy 5 navy 4 red 5 olive 3 white 4 grey 3 green 3 pink 3 yellow 1 blue 2 "
        "teal 1 orange 1"
    ),
    "suede": weighted("brown 6 beige 6 grey 4 navy 4 black 4 olive 4 burgundy 4 green 3 red 2 pink 2"),
    "stone": weighted("white 6 grey 5 black 4 beige 4 green 3 pink 2"),
    "iron": weighted("black 8 grey 4 red 3 teal 2 navy 2 green 2"),
}
"""By material; a material that is not named comes in every colour of its kind."""

PATTERN_PALETTES: Final = {
    "camouflage": weighted("olive 7 green 5 beige 4 grey 4 brown 4 navy 2 black 3"),
    "marbled": weighted(
        "white 7 grey 6 black 5 green 4 pink 4 teal 3 beige 4 blue 3 brown 3 burgundy 2 navy 2 purple 2"
    ),
}

PLAIN_MATERIALS: Final = frozenset(("leather", "suede", "denim", "gold", "silver", "pearl", "iron"))
"""Materials that take no pattern on any kind."""

MATERIAL_COST: Final = {
    "linen": 1.15, "wool": 1.35, "silk": 1.9, "leather": 1.8, "suede": 1.6, "velvet": 1.25, "gold": 2.6, "silver": 1.3,
    "aluminium": 1.2, "pearl": 1.7, "porcelain": 1.2, "wood": 1.15, "stone": 1.4, "glass": 1.1, "plastic": 0.85,
    "paper": 0.9, "nylon": 0.95, "rubber": 0.95, "iron": 1.15,
}  # fmt: skip

ACCENTS: Final = {
    "black": ("white", "beige", "grey", "red", "gold"),
    "white": ("navy", "blue", "red", "black", "green", "grey", "pink"),
    "grey": ("white", "black", "navy", "yellow"),
    "red": ("white", "navy", "beige", "black"),
    "burgundy": ("beige", "white", "pink", "gold"),
    "pink": ("white", "burgundy", "grey", "red"),
    "orange": ("white", "navy", "brown", "black"),
    "yellow": ("white", "navy", "grey", "black"),
    "green": ("white", "beige", "navy", "yellow"),
    "olive": ("beige", "black", "brown", "orange"),
    "teal": ("white", "beige", "orange", "navy"),
    "blue": ("white", "navy", "yellow", "beige"),
    "navy": ("white", "red", "beige", "yellow"),
    "purple": ("white", "pink", "silver", "yellow"),
    "brown": ("beige", "white", "black", "gold"),
    "beige": ("brown", "navy", "burgundy", "white", "black"),
    "gold": ("black", "white", "burgundy", "navy"),
    "silver": ("black", "navy", "white", "blue"),
}
"""What goes with a colour: the second colour of a pattern, a trim, a lid."""

LETTERS: Final = Sizes("size", {"": ("XS", "S", "M", "L", "XL", "XXL"), "kids": ("4Y", "6Y", "8Y", "10Y", "12Y")})
WAISTS: Final = Sizes("size", {
    "": ("W26", "W28", "W30", "W32", "W34", "W36", "W38"),
    "women": ("W24", "W25", "W26", "W27", "W28", "W29", "W30", "W32"),
})  # fmt: skip
SHOE_SIZES: Final = Sizes("size", {
    "women": ("35", "36", "37", "38", "39", "40", "41"),
    "men": ("39", "40", "41", "42", "43", "44", "45", "46"),
    "unisex": ("36", "37", "38", "39", "40", "41", "42", "43", "44", "45"),
    "kids": ("26", "27", "28", "29", "30", "31", "32", "33"),
}, fewest=4, most=6)  # fmt: skip
SOCK_SIZES: Final = Sizes("size", {
    "": ("35-38", "39-42", "43-46"),
    "kids": ("23-26", "27-30", "31-34"),
}, fewest=2, most=3)  # fmt: skip
RING_SIZES: Final = Sizes("size", {"": ("48", "50", "52", "54", "56", "58", "60")}, fewest=3, most=5)
HEAD_SIZES: Final = Sizes("size", {"": ("S", "M", "L"), "kids": ("XS", "S")}, fewest=2, most=3)
