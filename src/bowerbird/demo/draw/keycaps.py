"""Keys with their letters: the rows of a keyboard."""

from __future__ import annotations

from typing import Final

import skia

from bowerbird.demo.draw.device_parts import WHITE
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.stuff import argb, lightness, mixed, shade
from bowerbird.demo.look import RGB

ROWS: Final = (
    "` 1 2 3 4 5 6 7 8 9 0 - = Back:2",
    "Tab:1.5 Q W E R T Y U I O P [ ] \\:1.5",
    "Caps:1.75 A S D F G H J K L ; ' Enter:2.25",
    "Shift:2.25 Z X C V B N M , . / Shift:2.75",
    "Ctrl:1.25 Fn:1.25 Alt:1.25 _:6.25 Alt:1.25 Fn:1.25 <:1.25 >:1.25",
)
"""The main block of keys, row by row; a number says how many keys wide one is; 15 in all."""

TOP_ROW: Final = "Esc F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 F11 F12 Ins Del"
"""The row above them, as wide as the block."""

SIDE: Final = ("Hm Up 7 8 9", "End Dn 4 5 6", "_ _ 1 2 3", "_ ^ 0:2 .", "< > + - Ent")
"""What a full keyboard has to the right of the main block, five keys wide, beside its lower rows."""


def lay_keys(
    easel: Easel,
    left: float,
    top: float,
    pitch: float,
    tall: float,
    rows: list[str],
    colour: RGB,
    *,
    flat: bool = False,
) -> None:
    """Rows of keycaps with their letters; the escape and enter keys of a keyboard are in the accent."""
    for number, row in enumerate(rows):
        x, y = left, top + number * tall
        down = tall
        if flat and number == 0:
            down = tall * 0.7
        elif flat:
            y -= tall * 0.3
        for name in row.split(" "):
            label, _, wide = name.partition(":")
            across = pitch * float(wide or 1)
            marked = not flat and label in ("Esc", "Enter", "Ent")
            _key(easel, (x, y, across, down), label, easel.accent if marked else colour, flat=flat)
            x += across


def _key(easel: Easel, place: tuple[float, float, float, float], label: str, colour: RGB, *, flat: bool) -> None:
    x, y, wide, tall = place
    gap = tall * 0.06
    ink = mixed(colour, WHITE, 0.78) if lightness(colour) < 0.5 else shade(colour, 0.32)
    if flat:
        _tile(easel, x + gap, y + gap, wide - 2 * gap, tall - 2 * gap, tall * 0.12, colour)
        if label != "_" and len(label) == 1:
            easel.words(label, x + wide / 2, y + tall / 2, tall * 0.36, ink)
        return
    # A keycap: its skirt, and its dished top, which lies a little towards the back.
    _tile(easel, x + gap, y + gap, wide - 2 * gap, tall - 2 * gap, tall * 0.14, shade(colour, 0.66))
    _tile(easel, x + gap, y + gap, wide - 2 * gap, tall * 0.16, tall * 0.1, shade(colour, 1.25))
    rim = tall * 0.16
    _tile(easel, x + rim, y + tall * 0.1, wide - 2 * rim, tall * 0.68, tall * 0.14, colour)
    _tile(easel, x + rim * 1.2, y + tall * 0.12, wide - 2.4 * rim, tall * 0.3, tall * 0.12, WHITE, 0.10)
    if label != "_":
        high = tall * (0.3 if len(label) == 1 else 0.2)
        easel.words(label, x + wide / 2, y + tall * 0.42, high, ink, width=wide - 2.6 * rim)


def _tile(
    easel: Easel, x: float, y: float, wide: float, tall: float, radius: float, colour: RGB, alpha: float = 1.0
) -> None:
    rect = skia.Rect.MakeXYWH(x, y, wide, tall)
    easel.canvas.drawRoundRect(rect, radius, radius, skia.Paint(Color=argb(colour, alpha), AntiAlias=True))
