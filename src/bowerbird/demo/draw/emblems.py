"""Small pictures on packets that tell what is inside: beans, leaves, fruit, shapes of pasta."""

from __future__ import annotations

import math
from typing import Final

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.fruits import (
    LEAF,
    Emblem,
    apple,
    ball,
    berries,
    blade,
    fill,
    grapes,
    lemon,
    mango,
    olives,
    orange,
    peach,
    pineapple,
    pomegranate,
)
from bowerbird.demo.draw.shapes import Point
from bowerbird.demo.draw.stuff import mixed, shade
from bowerbird.demo.look import RGB

_BEAN: RGB = (112, 66, 38)
_COCOA: RGB = (92, 52, 32)
_DOUGH: RGB = (214, 160, 92)
_WHEAT: RGB = (232, 190, 104)
_HONEY: RGB = (236, 164, 36)
_CUP: RGB = (82, 142, 146)
_BOWL: RGB = (92, 136, 184)


def beans(easel: Easel, x: float, y: float, size: float) -> None:
    """Three coffee beans."""
    for dx, dy, turn in ((-0.24, 0.12, -32), (0.25, 0.14, 38), (0.0, -0.22, 8)):
        cx, cy, r = x + dx * size, y + dy * size, size * 0.21
        with easel.turned(turn, (cx, cy)):
            fill(easel, shapes.ellipse(cx, cy, r, r * 1.38), shade(_BEAN, 0.75))
            fill(easel, shapes.ellipse(cx - r * 0.08, cy - r * 0.1, r * 0.88, r * 1.24), _BEAN)
            fill(easel, shapes.ellipse(cx - r * 0.4, cy - r * 0.4, r * 0.2, r * 0.5), shade(_BEAN, 1.35), 0.7)
            easel.line(
                [(cx + r * 0.1, cy - r * 1.3), (cx - r * 0.18, cy), (cx + r * 0.14, cy + r * 1.3)],
                r * 0.2,
                shade(_BEAN, 0.4),
            )


def tea_leaves(easel: Easel, x: float, y: float, size: float) -> None:
    """Two leaves and a bud."""
    low = y + size * 0.42
    easel.line([(x, low + size * 0.08), (x, low - size * 0.3)], size * 0.035, shade(LEAF, 0.7))
    for turn, length in ((-52, 0.6), (54, 0.62), (2, 0.82)):
        blade(easel, x, low - size * 0.06, size * length, turn, LEAF if turn != 2 else shade(LEAF, 1.2))


def cup(easel: Easel, x: float, y: float, size: float) -> None:
    """A cup with steam."""
    top = y - size * 0.05
    bowl = shapes.smooth([(x - size * 0.34, top)] * 2 + [(x - size * 0.26, y + size * 0.26), (x - size * 0.12, y
        + size * 0.34), (x + size * 0.12, y + size * 0.34),
                         (x + size * 0.26, y + size * 0.26)] + [(x + size * 0.34, top)] * 2)  # fmt: skip
    easel.edge(shapes.ellipse(x + size * 0.36, y + size * 0.1, size * 0.11, size * 0.1), size * 0.05, _CUP, 1.0)
    fill(easel, bowl, _CUP)
    fill(easel, shapes.within(bowl, shapes.box(x + size * 0.12, top, size, size)), shade(_CUP, 0.86))
    fill(easel, shapes.ellipse(x, top, size * 0.34, size * 0.08), (246, 240, 228))
    fill(easel, shapes.ellipse(x, top + size * 0.01, size * 0.3, size * 0.06), _BEAN)
    fill(easel, shapes.ellipse(x, y + size * 0.4, size * 0.42, size * 0.06), shade(_CUP, 0.75))
    for place in (-0.12, 0.02, 0.16):
        sx = x + place * size
        points = [
            (sx, top - size * 0.12),
            (sx + size * 0.05, top - size * 0.22),
            (sx - size * 0.03, top - size * 0.32),
            (sx + size * 0.03, top - size * 0.42),
        ]
        easel.line(points, size * 0.035, (176, 170, 160), 0.8)


def squares(easel: Easel, x: float, y: float, size: float) -> None:
    """A broken piece of chocolate."""
    with easel.turned(-14, (x, y)):
        step = size * 0.3
        for column in range(3):
            for row in range(2 if column < 2 else 1):
                left, top = x - step * 1.45 + column * step, y - step + row * step
                fill(easel, shapes.box(left, top, step * 1.02, step * 1.02, step * 0.08), shade(_COCOA, 0.75))
                fill(
                    easel,
                    shapes.box(left + step * 0.08, top + step * 0.08, step * 0.84, step * 0.84, step * 0.1),
                    _COCOA,
                )
                fill(
                    easel,
                    shapes.box(left + step * 0.2, top + step * 0.2, step * 0.6, step * 0.6, step * 0.08),
                    shade(_COCOA, 1.14),
                )


def nuts(easel: Easel, x: float, y: float, size: float) -> None:
    """Hazelnuts or almonds beside a square of chocolate."""
    squares(easel, x - size * 0.06, y - size * 0.1, size * 0.8)
    for dx, dy in ((0.2, 0.26), (-0.16, 0.3)):
        ball(easel, x + dx * size, y + dy * size, size * 0.15, (186, 124, 68), size * 0.17)


def bee(easel: Easel, x: float, y: float, size: float) -> None:
    """A bee."""
    with easel.turned(-18, (x, y)):
        for dx, turn in ((-0.06, -24), (0.12, 14)):
            wing = shapes.moved(
                shapes.ellipse(x + dx * size, y - size * 0.22, size * 0.12, size * 0.24), turn=turn, about=(x, y)
            )
            fill(easel, wing, (250, 248, 240), 0.92)
            easel.edge(wing, size * 0.015, (150, 140, 120), 0.8)
        body = shapes.ellipse(x, y + size * 0.06, size * 0.36, size * 0.2)
        fill(easel, body, (244, 186, 44))
        for stripe in (-0.2, -0.02, 0.16):
            easel.print_on(
                body, shapes.box(x + (stripe + 0.02) * size, y - size * 0.2, size * 0.085, size * 0.5), (52, 38, 28)
            )
        fill(easel, shapes.ellipse(x - size * 0.34, y + size * 0.04, size * 0.12), (52, 38, 28))
        for lift in (0.12, 0.02):
            easel.line([(x - size * 0.4, y), (x - size * 0.5, y - size * lift)], size * 0.025, (52, 38, 28))


def honeycomb(easel: Easel, x: float, y: float, size: float) -> None:
    """Cells of a honeycomb with a drop."""
    radius = size * 0.17
    for place in range(7):
        cx, cy = shapes.around(x, y, 0 if place == 6 else radius * 1.8, 60 * place + 30)
        fill(easel, shapes.regular(cx, cy, radius, 6, 0), shade(_HONEY, 0.8))
        fill(easel, shapes.regular(cx, cy, radius * 0.8, 6, 0), shade(_HONEY, 1.0 + 0.1 * (place % 3)))


def wheat(easel: Easel, x: float, y: float, size: float) -> None:
    """Two crossed ears of wheat."""
    for lean in (-1, 1):
        with easel.turned(24 * lean, (x, y + size * 0.3)):
            easel.line([(x, y + size * 0.46), (x, y - size * 0.4)], size * 0.03, shade(_WHEAT, 0.75))
            for grain in range(5):
                gy = y - size * 0.34 + grain * size * 0.13
                for side in (-1, 1):
                    blade(easel, x, gy + size * 0.1, size * 0.18, 34 * side, _WHEAT)
            blade(easel, x, y - size * 0.34, size * 0.18, 0, _WHEAT)


def cookie(easel: Easel, x: float, y: float, size: float, dough: RGB = _DOUGH, bits: RGB = _COCOA) -> None:
    """A cookie with bits in it."""
    radius = size * 0.43
    points = [shapes.around(x, y, radius * (1 + 0.025 * math.sin(i * 2.4)), 360 * i / 20) for i in range(20)]
    fill(easel, shapes.moved(shapes.smooth(points), radius * 0.05, radius * 0.08), shade(dough, 0.62))
    fill(easel, shapes.smooth(points), shade(dough, 0.9))
    fill(easel, shapes.ellipse(x - radius * 0.06, y - radius * 0.08, radius * 0.8), shade(dough, 1.1), 0.8)
    for bit in range(9):
        px, py = shapes.around(x, y, radius * (0.25 + 0.5 * (bit * 0.618 % 1)), bit * 137)
        fill(easel, shapes.regular(px, py, radius * 0.12, 5, bit * 40), shade(bits, 0.8))
        fill(easel, shapes.ellipse(px - radius * 0.03, py - radius * 0.04, radius * 0.06), shade(bits, 1.3))


def dark_cookie(easel: Easel, x: float, y: float, size: float) -> None:
    """A chocolate cookie."""
    cookie(easel, x, y, size, (112, 68, 42), (66, 38, 24))


def shortbread(easel: Easel, x: float, y: float, size: float) -> None:
    """A round butter biscuit with a scalloped edge and holes."""
    radius = size * 0.42
    edge = [shapes.around(x, y, radius * (1 if i % 2 else 0.92), 360 * i / 36) for i in range(36)]
    fill(easel, shapes.moved(shapes.smooth(edge), radius * 0.05, radius * 0.08), shade(_DOUGH, 0.6))
    fill(easel, shapes.smooth(edge), mixed(_DOUGH, (250, 214, 150), 0.5))
    easel.edge(shapes.ellipse(x, y, radius * 0.78), radius * 0.05, shade(_DOUGH, 0.8), 0.9)
    for hole in range(8):
        px, py = shapes.around(x, y, radius * (0.45 if hole else 0), 360 * hole / 7)
        fill(easel, shapes.ellipse(px, py, radius * 0.055), shade(_DOUGH, 0.62))


def bowl(easel: Easel, x: float, y: float, size: float) -> None:
    """A bowl of flakes with milk."""
    top = y + size * 0.02
    lower = shapes.smooth([(x - size * 0.44, top)] * 2 + [(x - size * 0.32, y + size * 0.3), (x, y + size * 0.4),
        (x + size * 0.32, y + size * 0.3)]
                          + [(x + size * 0.44, top)] * 2)  # fmt: skip
    fill(easel, lower, _BOWL)
    fill(easel, shapes.within(lower, shapes.box(x + size * 0.14, top, size, size)), shade(_BOWL, 0.86))
    fill(easel, shapes.ellipse(x, top, size * 0.44, size * 0.12), shade(_BOWL, 1.3))
    fill(easel, shapes.ellipse(x, top, size * 0.4, size * 0.1), (252, 250, 244))
    for flake in range(16):
        px = x + size * 0.33 * math.sin(flake * 2.4)
        py = top - size * (0.03 + 0.11 * (1 - ((px - x) / size / 0.4) ** 2) * (flake * 0.618 % 1))
        piece = shapes.moved(shapes.ellipse(px, py, size * 0.085, size * 0.055), turn=flake * 47, about=(px, py))
        fill(easel, piece, shade((226, 160, 70), 0.84 + 0.3 * (flake * 0.37 % 1)))


def noodle(easel: Easel, x: float, y: float, size: float, form: str) -> None:
    """One piece of pasta of a form."""
    light, dark = (242, 206, 124), (204, 150, 66)
    if form in ("penne", "rigatoni"):
        slant = size * 0.14 if form == "penne" else 0.0
        tube = shapes.polygon([(x - size * 0.44 + slant, y - size * 0.14), (x + size * 0.44 + slant, y - size * 0.14),
                               (x + size * 0.44 - slant, y + size * 0.14), (x - size * 0.44 - slant, y
                                   + size * 0.14)])  # fmt: skip
        fill(easel, tube, dark)
        fill(easel, shapes.within(tube, shapes.box(x - size, y - size * 0.13, size * 2, size * 0.17)), light)
        fill(easel, shapes.ellipse(x + size * 0.44, y, size * 0.05 + slant * 0.6, size * 0.13), shade(dark, 0.6))
    elif form == "fusilli":
        for turn in range(6):
            px = x - size * 0.42 + turn * size * 0.16
            fill(easel, shapes.moved(shapes.ellipse(px, y, size * 0.085, size * 0.2), turn=28, about=(px, y)), dark)
            fill(
                easel,
                shapes.moved(
                    shapes.ellipse(px - size * 0.015, y - size * 0.02, size * 0.055, size * 0.17),
                    turn=28,
                    about=(px, y),
                ),
                light,
            )
    elif form == "farfalle":
        wings: list[Point] = [
            (-0.42, -0.26),
            (-0.06, -0.07),
            (0.06, -0.07),
            (0.42, -0.26),
            (0.42, 0.26),
            (0.06, 0.07),
            (-0.06, 0.07),
            (-0.42, 0.26),
        ]
        fill(easel, shapes.polygon([(x + a * size, y + b * size) for a, b in wings]), light)
        fill(easel, shapes.box(x - size * 0.08, y - size * 0.09, size * 0.16, size * 0.18, size * 0.05), dark)
    elif form == "orecchiette":
        fill(easel, shapes.ellipse(x, y, size * 0.34, size * 0.3), dark)
        fill(easel, shapes.ellipse(x - size * 0.03, y - size * 0.04, size * 0.27, size * 0.22), light)
        fill(easel, shapes.ellipse(x + size * 0.03, y + size * 0.03, size * 0.17, size * 0.13), shade(dark, 0.85), 0.7)
    else:
        for strand in range(7):
            px = x + (strand - 3) * size * 0.07
            easel.line(
                [(px, y - size * 0.44), (px + (strand - 3) * size * 0.015, y + size * 0.44)],
                size * 0.05,
                light if strand % 2 else dark,
            )


def pasta(form: str) -> Emblem:
    """The emblem of a form of pasta."""

    def pieces(easel: Easel, x: float, y: float, size: float) -> None:
        if form in ("spaghetti", "linguine"):
            noodle(easel, x, y, size, form)
            return
        for dx, dy, turn in ((-0.16, -0.2, -24), (0.16, 0.0, 20), (-0.1, 0.22, -6)):
            with easel.turned(turn, (x + dx * size, y + dy * size)):
                noodle(easel, x + dx * size, y + dy * size, size * 0.62, form)

    return pieces


_BY_WORD: Final[dict[str, Emblem]] = {
    "orange": orange, "lemon": lemon, "apple": apple, "mango": mango, "pomegranate": pomegranate, "grape": grapes,
    "pineapple": pineapple, "cranberry": berries, "berry": berries, "peach": peach, "hazelnut": nuts, "almond": nuts,
    "nut": nuts,
}  # fmt: skip
_BY_KIND: Final[dict[str, tuple[Emblem, ...]]] = {
    "coffee": (beans, cup), "tea": (tea_leaves, tea_leaves, cup), "chocolate": (squares,), "olive_oil": (olives,),
        "honey": (bee, honeycomb),
    "cereal": (bowl, wheat, bowl), "juice": (orange, apple, berries), "cookies": (cookie,),
}  # fmt: skip


def emblem_of(kind: str, flavour: str, pick: int) -> Emblem:
    """What to print on a packet; ``pick`` chooses where several would do."""
    words = flavour.lower()
    if kind == "pasta":
        return pasta(words if words.isascii() and words else "penne")
    if kind == "cookies":
        if "chocolate" in words:
            return dark_cookie
        return shortbread if "butter" in words or "lemon" in words else cookie
    if kind in ("juice", "chocolate") or (kind == "cereal" and "berry" in words):
        # The longest word that fits: a pineapple is no apple.
        for word in sorted(_BY_WORD, key=len, reverse=True):
            if word in words:
                return _BY_WORD[word]
    known = _BY_KIND[kind]
    return known[pick % len(known)]
