"""Fruit and leaves on labels, printed with a light of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import skia

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.stances import ink
from bowerbird.demo.draw.stuff import shade
from bowerbird.demo.look import RGB

Emblem: TypeAlias = Callable[[Easel, float, float, float], None]
"""Draws about (x, y), about ``size`` wide and high."""

LEAF: RGB = (86, 138, 66)


def fill(easel: Easel, path: skia.Path, colour: RGB, alpha: float = 1.0) -> None:
    """Print a shape."""
    easel.canvas.drawPath(path, ink(colour, alpha))


def ball(easel: Easel, x: float, y: float, radius: float, colour: RGB, down: float | None = None) -> None:
    """A round thing, printed with its own light."""
    down = radius if down is None else down
    fill(easel, shapes.ellipse(x, y, radius, down), shade(colour, 0.78))
    fill(easel, shapes.ellipse(x - radius * 0.08, y - down * 0.08, radius * 0.88, down * 0.88), colour)
    fill(easel, shapes.ellipse(x - radius * 0.3, y - down * 0.34, radius * 0.3, down * 0.22), (255, 255, 255), 0.45)


def blade(easel: Easel, x: float, y: float, length: float, turn: float, colour: RGB = LEAF) -> None:
    """A leaf that grows from (x, y); ``turn`` 0 points up."""
    half = length * 0.24
    leaf = shapes.smooth(
        [(x, y), (x, y), (x - half, y - length * 0.45), (x, y - length), (x, y - length), (x + half, y - length * 0.45)]
    )
    right = shapes.smooth([(x, y), (x, y), (x, y - length), (x, y - length), (x + half, y - length * 0.45)])
    fill(easel, shapes.moved(leaf, turn=turn, about=(x, y)), colour)
    fill(easel, shapes.moved(right, turn=turn, about=(x, y)), shade(colour, 0.8))


def orange(easel: Easel, x: float, y: float, size: float, flesh: RGB = (250, 162, 40)) -> None:
    """Half an orange, with a leaf."""
    radius = size * 0.42
    blade(easel, x + radius * 0.5, y - radius * 0.6, size * 0.36, 62)
    fill(easel, shapes.ellipse(x, y, radius), shade(flesh, 0.88))
    fill(easel, shapes.ellipse(x, y, radius * 0.9), (255, 240, 206))
    for piece in range(9):
        fill(
            easel,
            shapes.moved(
                shapes.sector(x, y, radius * 0.8, 40 * piece + 3, 34),
                scale=0.95,
                about=shapes.around(x, y, radius * 0.5, 40 * piece + 110),
            ),
            flesh,
        )


def lemon(easel: Easel, x: float, y: float, size: float) -> None:
    """Half a lemon."""
    orange(easel, x, y, size, (250, 220, 70))


def _whole_fruit(colour: RGB, blush: RGB, tall: float, leaf: int = 1) -> Emblem:
    def fruit(easel: Easel, x: float, y: float, size: float) -> None:
        radius = size * 0.36
        easel.line([(x, y - radius * 0.8), (x + radius * 0.12, y - radius * 1.3)], size * 0.045, (104, 74, 44))
        for side in range(leaf):
            blade(easel, x + radius * 0.08, y - radius * 0.95, size * 0.34, 62 if not side else -58)
        ball(easel, x, y + radius * 0.08, radius, colour, radius * tall)
        fill(easel, shapes.ellipse(x + radius * 0.3, y + radius * 0.2, radius * 0.5, radius * tall * 0.55), blush, 0.4)

    return fruit


apple = _whole_fruit((206, 50, 44), (240, 190, 70), 0.94)
peach = _whole_fruit((248, 176, 110), (232, 84, 74), 0.98)
mango = _whole_fruit((246, 180, 50), (226, 86, 50), 1.18)


def pomegranate(easel: Easel, x: float, y: float, size: float) -> None:
    """A pomegranate with its crown."""
    radius = size * 0.36
    crown = shapes.star(x, y - radius * 1.02, radius * 0.46, radius * 0.22, 5, 0)
    fill(easel, crown, (160, 30, 44))
    ball(easel, x, y + radius * 0.1, radius, (190, 38, 54))
    fill(easel, shapes.ellipse(x + radius * 0.15, y + radius * 0.3, radius * 0.5, radius * 0.44), (250, 226, 190))
    for seed in range(7):
        px, py = shapes.around(x + radius * 0.15, y + radius * 0.3, radius * 0.27 * (seed > 0), 60 * seed)
        ball(easel, px, py, radius * 0.13, (206, 34, 60))


def grapes(easel: Easel, x: float, y: float, size: float) -> None:
    """A bunch of grapes."""
    radius = size * 0.12
    blade(easel, x, y - size * 0.3, size * 0.34, 58)
    easel.line([(x, y - size * 0.3), (x + size * 0.03, y - size * 0.46)], size * 0.04, (104, 84, 44))
    for row, count in enumerate((4, 3, 3, 2, 1)):
        for place in range(count):
            ball(
                easel,
                x + (place - (count - 1) / 2) * radius * 1.75,
                y - size * 0.24 + row * radius * 1.45,
                radius,
                (112, 60, 140),
            )


def berries(easel: Easel, x: float, y: float, size: float) -> None:
    """Red berries with leaves."""
    for turn in (-60, 58):
        blade(easel, x, y - size * 0.06, size * 0.42, turn)
    for dx, dy in ((-0.2, 0.04), (0.2, 0.06), (0.0, 0.24), (0.02, -0.1)):
        ball(easel, x + dx * size, y + dy * size, size * 0.17, (204, 40, 56))


def pineapple(easel: Easel, x: float, y: float, size: float) -> None:
    """A pineapple."""
    for turn in (-38, 38, -18, 18, 0):
        blade(easel, x, y - size * 0.1, size * 0.4, turn, (74, 140, 80))
    body = shapes.ellipse(x, y + size * 0.16, size * 0.23, size * 0.31)
    fill(easel, body, (238, 178, 50))
    for step in range(-4, 5):
        for lean in (-1, 1):
            ends = shapes.ribbon(
                [
                    (x - size * 0.4, y + size * (0.16 + step * 0.1 - 0.3 * lean)),
                    (x + size * 0.4, y + size * (0.16 + step * 0.1 + 0.3 * lean)),
                ],
                size * 0.016,
            )
            easel.print_on(body, ends, (190, 122, 30), 0.8)


def olives(easel: Easel, x: float, y: float, size: float) -> None:
    """A branch with two olives."""
    easel.line(
        [(x - size * 0.44, y + size * 0.2), (x, y - size * 0.1), (x + size * 0.46, y - size * 0.24)],
        size * 0.035,
        (112, 96, 56),
    )
    for px, py, turn in (
        (-0.3, 0.08, -20),
        (-0.14, -0.02, 140),
        (0.04, -0.12, -8),
        (0.24, -0.18, 150),
        (0.34, -0.2, 40),
    ):
        blade(easel, x + px * size, y + py * size, size * 0.32, turn, (128, 148, 92))
    for dx, dy in ((-0.06, 0.2), (0.22, 0.1)):
        ball(easel, x + dx * size, y + dy * size, size * 0.13, (106, 116, 44), size * 0.17)
