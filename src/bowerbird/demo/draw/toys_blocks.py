"""Building blocks."""

from __future__ import annotations

import random

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.device_parts import BLACK, STEEL, WHITE, cord, fill, latin, legible
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.ground import Ground
from bowerbird.demo.draw.solids import block
from bowerbird.demo.draw.stuff import Stuff, lightness, mixed, shade
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import RGB, Look

_NATURAL: RGB = (222, 188, 140)


def draw_building_blocks(easel: Easel, look: Look) -> None:
    """Building blocks, piled up or in their crate. Raises KeyError for another silhouette."""
    easel.ground = Ground.STANDING
    {"tower": _tower, "box": _crate}[look.silhouette](easel, look)


class _Blocks:
    """Blocks of a set: most in the product's colour, the rest in the accent, plain wood or white."""

    def __init__(self, easel: Easel, look: Look) -> None:
        self.easel = easel
        self._material = look.material
        self._chance = random.Random(look.seed)
        light = WHITE if lightness(easel.colour) < 0.8 else mixed(easel.accent, WHITE, 0.4)
        self._others = (
            easel.accent,
            _NATURAL if look.material == "wood" else light,
            mixed(easel.colour, WHITE, 0.35),
            easel.accent,
        )
        self._marks = list("ABCDEFGHKMNRS123578")
        self._chance.shuffle(self._marks)

    def stuff(self, own: bool | None = None) -> Stuff:
        """What the next block is made of."""
        mine = self._chance.random() < 0.6 if own is None else own
        other = self._chance.choice(self._others)
        if mine:
            return self.easel.body
        return self.easel.of(self._material, other)

    def cube(self, x: float, y: float, side: float, own: bool | None = None, wide: float | None = None) -> None:
        """A cube (or a longer brick) with its lower left corner at (x, y), a letter or a star on its front."""
        stuff = self.stuff(own)
        across = side if wide is None else wide
        front = block(self.easel, x, y - side, across, side, stuff, deep=side * 0.32)
        if wide is not None and wide > side * 1.3:
            return
        ink = self._ink(stuff)
        cx, cy = x + across / 2, y - side / 2
        self.easel.edge(
            shapes.box(x + side * 0.14, y - side * 0.86, side * 0.72, side * 0.72, 1), side * 0.045, ink, 0.9
        )
        mark = self._chance.randrange(5)
        if mark == 0:
            self.easel.print_on(front, shapes.star(cx, cy, side * 0.27, side * 0.12), ink)
        else:
            self.easel.words(self._marks.pop(), cx, cy, side * 0.4, ink)

    def tube(self, x: float, y: float, half: float, tall: float) -> None:
        """An upright cylinder with its foot's middle at (x, y)."""
        stuff = self.stuff(False)
        path = shapes.joined(
            shapes.box(x - half, y - tall, 2 * half, tall - half * 0.2),
            shapes.ellipse(x, y - half * 0.3, half, half * 0.3),
        )
        self.easel.part(path, stuff, Volume.ROUND)
        self.easel.part(shapes.ellipse(x, y - tall, half, half * 0.3), stuff.shade(1.2), Volume.FLAT)

    def arch(self, x: float, y: float, wide: float, tall: float, own: bool | None = True) -> None:
        """A bridge."""
        stuff = self.stuff(own)
        deep, lift = tall * 0.32, tall * 0.32 * 0.55
        right, top, radius = x + wide, y - tall, min(wide * 0.3, tall * 0.66)
        hole = shapes.ellipse(x + wide / 2, y, radius, radius)
        roof = [(x, top), (x + deep, top - lift), (right + deep, top - lift), (right, top)]
        self.easel.part(shapes.polygon(roof), stuff.shade(1.18), Volume.FLAT, depth=0.6)
        flank = [(right, top), (right + deep, top - lift), (right + deep, y - lift), (right, y)]
        self.easel.part(shapes.polygon(flank), stuff.shade(0.72), Volume.FLAT, depth=0.8)
        ceiling = shapes.without(hole, shapes.moved(hole, deep * 0.8, lift * 0.9))
        fill(self.easel, shapes.within(ceiling, shapes.box(x, top, wide, tall)), shade(stuff.colour, 0.5))
        self.easel.part(shapes.without(shapes.box(x, top, wide, tall, 0.5), hole), stuff, Volume.FLAT)
        self.easel.line([(x + 0.3, top), (right - 0.2, top)], 0.35, WHITE, 0.55, bent=False)

    def roof(self, x: float, y: float, wide: float, tall: float, own: bool | None = True) -> None:
        """A gable."""
        stuff = self.stuff(own)
        deep = min(wide, 15) * 0.32
        lift = deep * 0.55
        peak = (x + wide / 2, y - tall)
        slope = [peak, (peak[0] + deep, peak[1] - lift), (x + wide + deep, y - lift), (x + wide, y)]
        self.easel.part(shapes.polygon(slope), stuff.shade(0.78), Volume.FLAT)
        front = self.easel.part(shapes.polygon([(x, y), peak, (x + wide, y)]), stuff, Volume.FLAT)
        self.easel.line([peak, (x + wide, y)], 0.35, WHITE, 0.3, bent=False)
        ink = self._ink(stuff)
        self.easel.print_on(front, shapes.ellipse(peak[0], y - tall * 0.36, tall * 0.15), ink)

    def _ink(self, stuff: Stuff) -> RGB:
        if stuff.colour == self.easel.colour:
            own = self.easel.accent
            return own if abs(lightness(own) - lightness(stuff.colour)) > 0.2 else legible(stuff.colour)
        return (
            self.easel.colour
            if abs(lightness(stuff.colour) - lightness(self.easel.colour)) > 0.2
            else legible(stuff.colour)
        )


def _tower(easel: Easel, look: Look) -> None:
    chance = easel.chance
    side, plan, loose = chance.uniform(15, 17), chance.randrange(3), chance.random() < 0.6
    shift, lean = chance.uniform(-1.5, 1.5), chance.random() < 0.5
    blocks = _Blocks(easel, look)
    floor = 86.0
    left = 50 - side * 1.6 - 2
    if look.view:
        easel.canvas.translate(1.5, 0)
    if plan == 0:
        for place in range(3):
            blocks.cube(left + place * (side + 1.2), floor, side, place != 1)
        blocks.arch(left + 1 + shift, floor - side, side * 2, side, True)
        blocks.tube(left + side * 2.75, floor - side, side * 0.4, side)
        blocks.cube(left + side * 0.1, floor - side * 2, side, False)
        blocks.cube(left + side * 1.2 + shift, floor - side * 2, side, True)
        blocks.roof(left - side * 0.1, floor - side * 3, side * 1.3, side * 0.8)
        blocks.tube(left + side * 1.7 + shift, floor - side * 3, side * 0.34, side * 0.9)
    elif plan == 1:
        blocks.cube(left, floor, side, True)
        blocks.cube(left + side * 2.2, floor, side, True)
        blocks.cube(left - side * 0.1, floor - side, side * 0.72, True, side * 3.4)
        blocks.tube(left + side * 0.5, floor - side * 1.72, side * 0.4, side)
        blocks.arch(left + side * 1.1, floor - side * 1.72, side * 1.9, side * 0.9, True)
        blocks.cube(left + side * 1.5 + shift, floor - side * 2.62, side, False)
        blocks.roof(left + side * 1.35 + shift, floor - side * 3.62, side * 1.3, side * 0.7)
        blocks.roof(left - side * 0.1, floor - side * 2.72, side * 1.2, side * 0.7, False)
    else:
        blocks.cube(left + side * 0.2, floor, side, True)
        blocks.cube(left + side * 1.35, floor, side, False)
        blocks.cube(left + side * 0.75 + shift, floor - side, side, True)
        blocks.cube(left + side * 0.85, floor - side * 2, side, True if lean else None)
        blocks.cube(left + side * 0.6, floor - side * 3, side * 0.6, False, side * 1.6)
        blocks.roof(left + side * 0.75, floor - side * 3.6, side * 1.2, side * 0.8)
        blocks.arch(left + side * 2.5, floor, side * 1.15, side * 0.8, True)
    if loose:
        blocks.tube(left - side * 0.7, floor + 1.5, side * 0.36, side * 0.8)


def _crate(easel: Easel, look: Look) -> None:
    chance = easel.chance
    half, tall, rope = chance.uniform(30, 34), chance.uniform(34, 40), chance.random() < 0.6
    boards, front_pile, side = chance.choice((2, 3)), chance.random() < 0.7, chance.uniform(15, 17)
    blocks = _Blocks(easel, look)
    floor, left, deep = 82.0, 50 - half - 3, 8.0
    top = floor - tall
    if rope:
        for x in (left - 0.5, left + 2 * half + deep * 0.5):
            sign = -1 if x < 50 else 1
            cord(
                easel,
                [(x, top + 8), (x + sign * 5, top + 11), (x + sign * 5, top + 17), (x, top + 17)],
                1.8,
                easel.of("canvas", _NATURAL),
            )
    inside = shapes.polygon(
        [
            (left, top),
            (left + deep, top - deep * 0.55),
            (left + 2 * half + deep, top - deep * 0.55),
            (left + 2 * half, top),
        ]
    )
    easel.part(inside, easel.body.shade(0.45), Volume.FLAT)
    _heap(blocks, left + 3, top + 5, half, side)
    front = shapes.box(left, top, 2 * half, tall, 0.8)
    flank = shapes.polygon([(left + 2 * half, top), (left + 2 * half + deep, top - deep * 0.55),
        (left + 2 * half + deep, floor - deep * 0.55), (left + 2 * half, floor)])  # fmt: skip
    easel.part(flank, easel.body.shade(0.7), Volume.FLAT)
    easel.part(front, easel.body, Volume.BEVEL, depth=0.6)
    for place in range(1, boards):
        y = top + tall * place / boards
        easel.line([(left + 0.3, y), (left + 2 * half - 0.3, y)], 0.6, BLACK, 0.45, bent=False)
        easel.line([(left + 0.3, y + 0.6), (left + 2 * half - 0.3, y + 0.6)], 0.3, WHITE, 0.3, bent=False)
    for x in (left + 2.2, left + 2 * half - 2.2):
        for y in (top + 2.4, floor - 2.4):
            easel.part(shapes.ellipse(x, y, 0.8), easel.of("steel", STEEL), Volume.BALL)
    label = shapes.box(50 - 3 - half * 0.52, top + tall * 0.26, half * 1.04, tall * 0.5, 1.6)
    easel.part(label, easel.of("paper", (248, 244, 234)), Volume.FLAT, shadow=0.4)
    easel.edge(shapes.moved(label, scale=0.93, about=(47, top + tall * 0.51)), 0.5, easel.accent)
    easel.words(latin(look.brand), 47, top + tall * 0.43, 4.4, (60, 52, 44), width=half * 0.9)
    easel.words(
        "BLOCKS",
        47,
        top + tall * 0.62,
        3.2,
        easel.accent if lightness(easel.accent) < 0.7 else (90, 80, 70),
        width=half * 0.8,
    )
    if front_pile:
        blocks.cube(left - 1, 90, side * 0.86, None)
        blocks.roof(left + side + 4, 90, side * 0.9, side * 0.6, None)
        blocks.arch(left + 2 * half - side * 1.1, 90, side * 1.4, side * 0.72, True)


def _heap(blocks: _Blocks, left: float, floor: float, half: float, side: float) -> None:
    """Blocks that stick out of the crate."""
    easel = blocks.easel
    step = (2 * half - 4) / 4
    blocks.arch(left + step * 1.3, floor - side * 0.5, side * 1.6, side * 0.8, True)
    with easel.turned(-9, (left + step, floor)):
        blocks.cube(left + step * 0.1, floor, side, True)
    blocks.tube(left + step * 1.62, floor, side * 0.38, side * 1.2)
    with easel.turned(7, (left + step * 2.5, floor)):
        blocks.cube(left + step * 2.1, floor, side, False)
    blocks.roof(left + step * 3.2, floor - side * 0.3, side * 1.15, side * 0.8, True)
