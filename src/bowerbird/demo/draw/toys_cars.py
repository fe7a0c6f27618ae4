"""Toy cars, lorries and buses."""

from __future__ import annotations

import skia

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.device_parts import BLACK, STEEL, WHITE, Mirrored, fill, grade, latin, legible, soft_black
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.ground import Ground
from bowerbird.demo.draw.stuff import Stuff, lightness, mixed, shade
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import Look


def draw_toy_car(easel: Easel, look: Look) -> None:
    """A toy car from its side, driving the other way in another view. Raises KeyError for another silhouette."""
    easel.ground = Ground.STANDING
    with Mirrored(easel, wanted=look.view == 1):
        {"sedan": _sedan, "truck": _truck, "bus": _bus}[look.silhouette](easel, look)


def _label(easel: Easel, look: Look, text: str, x: float, y: float, height: float, width: float = 20) -> None:
    """A word on a side, readable in the turned view too."""
    with Mirrored(easel, x, wanted=look.view == 1):
        easel.words(text, x, y, height, legible(easel.colour), width=width)


def _hull(easel: Easel, outline: skia.Path, deep: float = 3.4) -> skia.Path:
    """The side of the car, with its far side and roof showing behind it."""
    far = shapes.moved(outline, deep, -deep * 0.7)
    easel.part(far, easel.body.shade(0.68), Volume.FLAT)
    half_way = shapes.moved(outline, deep * 0.5, -deep * 0.35)
    easel.part(half_way, easel.body.shade(1.12), Volume.FLAT)
    return easel.part(outline, easel.body, Volume.SOFT, depth=0.8, shadow=0.6)


def _wheels(easel: Easel, places: tuple[float, ...], y: float, reach: float, style: int) -> None:
    """Wheels on the far side first, then the near ones."""
    for x in places:
        easel.part(shapes.ellipse(x + 3.4, y - 1.6, reach * 0.96), Stuff((22, 22, 25)), Volume.FLAT)
    for x in places:
        _wheel(easel, x, y, reach, style)


def _wheel(easel: Easel, x: float, y: float, reach: float, style: int) -> None:
    wooden = easel.look.material == "wood"
    tyre = easel.of("wood", (196, 150, 96)) if wooden and style == 2 else soft_black()
    easel.shadow_patch(shapes.ellipse(x, y - 0.6, reach * 1.1), 0.4, 0.7)
    easel.part(shapes.ellipse(x, y, reach), tyre, Volume.SOFT, depth=1.1)
    easel.edge(shapes.ellipse(x, y, reach * 0.84), 0.3, WHITE, 0.16)
    rim = easel.of("wood" if wooden else "steel", easel.accent if style != 1 or wooden else STEEL)
    easel.part(shapes.ellipse(x, y, reach * 0.6), rim, Volume.SOFT, shadow=0.3)
    if style != 2:
        for place in range(5):
            px, py = shapes.around(x, y, reach * 0.36, place * 72)
            fill(easel, shapes.ellipse(px, py, reach * 0.11), BLACK, 0.6)
    easel.part(shapes.ellipse(x, y, reach * 0.17), easel.of("steel", STEEL), Volume.BALL)


def _glass(easel: Easel, pane: skia.Path) -> None:
    """A tinted window with the sky in it."""
    bounds = pane.computeTightBounds()
    easel.edge(pane, 1.3, shade(easel.colour, 0.55), 0.9)
    top, low = (0, bounds.top()), (0, bounds.bottom())
    grade(easel, pane, top, low, [((196, 222, 238), 1.0), ((104, 138, 164), 1.0), ((66, 88, 110), 1.0)])
    left, wide = bounds.left(), bounds.width()
    gleam = shapes.polygon([(left + wide * 0.2, bounds.bottom()), (left + wide * 0.5, bounds.top()),
        (left + wide * 0.72, bounds.top()), (left + wide * 0.42, bounds.bottom())])  # fmt: skip
    fill(easel, shapes.within(pane, gleam), WHITE, 0.35)


def _lights(easel: Easel, front: float, back: float, y: float, size: float = 2.6) -> None:
    """Headlamp, tail lamp and bumpers; the car drives to the left."""
    easel.part(shapes.ellipse(front + 2.4, y, size * 0.8, size), easel.of("steel", STEEL), Volume.SOFT, shadow=0.3)
    easel.part(
        shapes.ellipse(front + 2.2, y, size * 0.55, size * 0.75), easel.of("plastic", (255, 236, 160)), Volume.BALL
    )
    easel.part(
        shapes.box(back - 3, y - size * 0.8, 2.4, size * 1.6, 0.9), easel.of("plastic", (214, 44, 40)), Volume.ROUND
    )


def _sedan(easel: Easel, look: Look) -> None:
    chance = easel.chance
    roof, reach, wheel = chance.uniform(31, 36), chance.uniform(9.5, 12), chance.randrange(3)
    hood, trunk = chance.uniform(49, 53), chance.uniform(48, 53)
    style, roundel, rack = chance.randrange(3), chance.random() < 0.5, chance.random() < 0.3
    low, left, right = 74.0, 10.0, 87.0
    cabin = ((34, roof), (62, roof)) if style else ((36, roof), (68, roof + 1))
    outline = shapes.smooth([(left + 1, low - 4), (left, low - 12), (left + 3, hood + 3), (left + 14, hood - 1),
        (27, hood - 2), (cabin[0][0], roof + 2), ((cabin[0][0] + cabin[1][0]) / 2, roof - 1.4),
        (cabin[1][0], roof + 2), (73, trunk - 1), (right - 8, trunk), (right, trunk + 6), (right + 0.6, low - 8),
        (right - 1, low - 2), (70, low), (50, low), (30, low), (16, low - 1)])  # fmt: skip
    if rack:
        for x in (42.0, 58.0):
            easel.part(shapes.box(x, roof - 5, 1.4, 5), easel.of("steel", STEEL), Volume.ROUND)
        easel.part(shapes.box(38, roof - 10, 25, 5.6, 1.6), easel.of("leather", (150, 100, 60)), Volume.BEVEL)
        easel.part(shapes.box(37, roof - 5, 27, 1.4, 0.6), easel.of("steel", STEEL), Volume.ROLL)
    side = _hull(easel, outline)
    middle = (cabin[0][0] + cabin[1][0]) / 2
    for pane in (
        [(32, hood - 1.5), (cabin[0][0] + 2.6, roof + 4), (middle - 1.6, roof + 3), (middle - 1.6, hood - 1.5)],
        [(middle + 1.6, hood - 1.5), (middle + 1.6, roof + 3), (cabin[1][0] - 1.6, roof + 4.4), (69, hood - 1.5)],
    ):
        _glass(easel, shapes.polygon(pane))
    if style == 1:
        easel.print_on(side, shapes.box(left - 2, hood + 6, 90, 3.2), easel.accent)
    elif style == 2:
        easel.print_on(side, shapes.box(left - 2, low - 9, 90, 12), easel.accent)
    for x in (middle, 33.0):
        easel.line([(x, hood), (x + 0.3, low - 4)], 0.4, BLACK, 0.4)
    easel.part(shapes.box(middle + 2.4, hood + 3, 5, 1.3, 0.6), easel.of("steel", STEEL), Volume.ROLL, shadow=0.3)
    if roundel:
        easel.part(shapes.ellipse(43, low - 12, 5.4), easel.of("matte", (248, 248, 244)), Volume.FLAT)
        with Mirrored(easel, 43, wanted=look.view == 1):
            easel.words(str(look.seed % 89 + 2), 43, low - 12, 5.4, (34, 34, 38))
    else:
        _label(easel, look, latin(look.brand), 59, low - 9, 3, 14)
    for x in (left - 1, right - 7):
        easel.part(shapes.box(x, low - 5, 9, 3, 1.4), easel.of("steel", STEEL), Volume.ROLL, shadow=0.4)
    _lights(easel, left, right + 1, hood + 8, 3)
    _wheels(easel, (27, 71), low + 1, reach, wheel)


def _truck(easel: Easel, look: Look) -> None:
    chance = easel.chance
    load, reach, wheel = chance.randrange(3), chance.uniform(8.5, 10), chance.randrange(3)
    cab, tall = chance.uniform(33, 37), chance.uniform(34, 40)
    bonnet, stack = chance.random() < 0.5, chance.random() < 0.6
    low, left, right = 74.0, 9.0, 89.0
    back = left + cab - 2
    easel.part(shapes.box(left + 4, low - 7, right - left - 4, 5, 1), easel.of("iron", (58, 60, 66)), Volume.ROLL)
    bed_top = 72 - tall
    if load == 0:
        bed = shapes.box(back + 1, bed_top, right - back - 1, tall - 6, 2)
        side = _hull(easel, bed)
        for place in range(1, 8):
            x = back + 1 + (right - back - 1) * place / 8
            easel.line([(x, bed_top + 2), (x, low - 10)], 0.5, BLACK, 0.16)
        easel.print_on(side, shapes.box(back, bed_top + tall * 0.32, 60, 8), easel.accent)
        middle = (back + right) / 2
        with Mirrored(easel, middle, wanted=look.view == 1):
            name = latin(look.brand).upper()
            easel.words(name, middle, bed_top + tall * 0.32 + 4, 4.6, legible(easel.accent), width=32)
    elif load == 1:
        rim = 44.0
        for x, y, size in ((54, rim, 7), (66, rim - 2, 8), (77, rim, 6.6), (60, rim - 4, 6)):
            easel.part(shapes.regular(x, y, size, 7, x), easel.of("stone", (150, 132, 108)), Volume.BALL)
        tub = shapes.polygon([(back + 1, rim), (right + 2, rim - 2), (right - 3, low - 8), (back + 4, low - 8)])
        _hull(easel, tub, 2.6)
        for x in (56, 66, 76):
            easel.part(shapes.box(x, rim, 2.6, low - 8 - rim), easel.body.shade(0.85), Volume.ROUND)
        easel.part(shapes.box(back, rim - 2, right - back + 2, 3.4, 1), easel.of("steel"), Volume.ROLL, shadow=0.4)
    else:
        tank = shapes.box(back + 1, 42, right - back - 1, 25, 11)
        easel.part(tank, easel.body, Volume.ROLL, shadow=0.6)
        for x in (back + 12, back + 28, back + 43):
            easel.print_on(tank, shapes.box(x, 40, 2.6, 30), easel.accent)
        easel.part(shapes.box(58, 38.6, 9, 4, 1), easel.of("steel", STEEL), Volume.ROUND)
        easel.line([(back + 5, 68), (right - 4, 68)], 0.8, STEEL)
    _cab(easel, left, cab, bonnet, stack, low)
    _label(easel, look, latin(look.brand), left + cab * 0.62, low - 12, 2.8, 13)
    _wheels(easel, (left + 12, 61, 80), low + 1, reach, wheel)


def _cab(easel: Easel, left: float, wide: float, bonnet: bool, stack: bool, low: float) -> None:
    """The driver's cab, flat in front or with a bonnet."""
    right, roof = left + wide - 3, 36.0
    if stack:
        easel.part(shapes.box(right - 2.4, roof - 10, 3, 22, 1.4), easel.of("steel", STEEL), Volume.ROUND)
    if bonnet:
        line = [
            (left, low - 4),
            (left, 58),
            (left + 3, 54),
            (left + 11, 53),
            (left + 13, roof + 3),
            (left + 16, roof),
            (right, roof),
        ]
        window = [(left + 14.4, 52), (left + 16.6, roof + 4), (right - 4, roof + 4), (right - 4, 52)]
    else:
        line = [(left, low - 4), (left, 56), (left + 3, roof + 4), (left + 6, roof), (right, roof)]
        window = [(left + 4, 53), (left + 7, roof + 4), (right - 5, roof + 4), (right - 5, 53)]
    outline = shapes.joined(
        shapes.outlined(shapes.polygon([*line, (right, low - 4)]), 2), shapes.polygon([*line, (right, low - 4)])
    )
    _hull(easel, outline, 3.0)
    _glass(easel, shapes.polygon(window))
    door = window[0][0]
    for x in (door - 0.6, right - 3.4):
        easel.line([(x, 54), (x, low - 6)], 0.4, BLACK, 0.4)
    easel.part(shapes.box(right - 9, 57, 4, 1.3, 0.5), easel.of("steel", STEEL), Volume.ROLL, shadow=0.3)
    easel.part(shapes.box(left - 2, low - 7, 8, 4, 1.2), easel.of("steel", STEEL), Volume.ROLL, shadow=0.4)
    for place in range(4):
        easel.line([(left - 0.2, 57 + place * 1.8), (left + 2.2, 57 + place * 1.8)], 0.5, BLACK, 0.45)
    easel.part(
        shapes.ellipse(left + 1.6, 66 - 0.6, 1.8, 2.2), easel.of("plastic", (255, 236, 160)), Volume.BALL, shadow=0.3
    )
    easel.part(shapes.box(left + wide * 0.4, roof - 3.4, 6, 2.8, 1), easel.of("plastic"), Volume.ROUND)


def _bus(easel: Easel, look: Look) -> None:
    chance = easel.chance
    double, reach, wheel = chance.random() < 0.4, chance.uniform(8, 9.5), chance.randrange(3)
    windows, stripe, sign = chance.choice((4, 5)), chance.randrange(3), chance.random() < 0.6
    low, left, right = 75.0, 9.0, 88.0
    roof = 17.0 if double else chance.uniform(32, 36)
    side = _hull(easel, shapes.box(left, roof, right - left, low - roof, 6 if not double else 5))
    belt = 56.0
    if stripe == 0:
        easel.print_on(side, shapes.box(left, belt + 2, 90, 3), easel.accent)
    elif stripe == 1:
        easel.print_on(side, shapes.box(left, belt + 3, 90, 20), easel.accent)
    else:
        easel.print_on(side, shapes.box(left, roof, 90, 5), easel.accent)
    decks = ((belt - 15, belt - 1),) if not double else ((belt - 15, belt - 1), (roof + 5, roof + 16))
    step = (right - left - 21) / windows
    for deck, (top, bottom) in enumerate(decks):
        _glass(easel, shapes.box(left + 1.6, top, 6.4, bottom - top + (1 if deck == 0 else 0), 2.2))
        for place in range(windows + deck):
            x = left + 20 + place * step - (step if deck else 0)
            _glass(easel, shapes.box(x, top, step - 2.2, bottom - top, 1.8))
    door = shapes.box(left + 10, belt - 15, 8, 29, 1.4)
    _glass(easel, door)
    easel.line([(left + 14, belt - 15), (left + 14, belt + 14)], 0.7, shade(easel.colour, 0.5))
    if sign:
        board = shapes.box(left + 22, roof + (1.6 if not double else 19), 24, 3.8, 0.8)
        fill(easel, board, (24, 24, 28))
        bounds = board.computeTightBounds()
        route = f"{look.seed % 97 + 1} {latin(look.brand)}".strip()
        with Mirrored(easel, bounds.centerX(), wanted=look.view == 1):
            easel.words(route, bounds.centerX(), bounds.centerY(), 2.2, (255, 196, 80), width=22)
    if lightness(easel.colour) > 0.85:
        easel.edge(side, 0.3, (120, 122, 128), 0.5)
    _label(easel, look, latin(look.brand), 62, belt + 9, 3.6, 20)
    easel.part(
        shapes.box(left + 30, roof - 3.4, 16, 3, 1), easel.of("plastic", mixed(easel.colour, WHITE, 0.3)), Volume.ROLL
    )
    for x in (left - 1.4, right - 6):
        easel.part(shapes.box(x, low - 4.4, 8, 3, 1.4), easel.of("steel", STEEL), Volume.ROLL, shadow=0.4)
    _lights(easel, left, right + 1, belt + 9, 2.6)
    _wheels(easel, (left + 24, right - 17), low + 1, reach, wheel)
