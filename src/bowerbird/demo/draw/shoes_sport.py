"""Sneakers and running shoes, seen from the side."""

from __future__ import annotations

from dataclasses import dataclass

import skia

from bowerbird.demo.draw import sewing, shapes
from bowerbird.demo.draw.cobbling import GUM, RUBBER_WHITE, SOLE_BLACK, laces, lug_sole, panel, pose, treads
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.sewing import clipped, drape, seen
from bowerbird.demo.draw.shapes import Point
from bowerbird.demo.draw.stuff import Stuff, lightness, mixed, shade
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import RGB, Look


@dataclass(frozen=True, slots=True)
class _Sneaker:
    """What chance gives one sneaker."""

    rise: float
    sole: RGB
    lace: RGB
    toe_cap: float
    side: int
    heel: Stuff
    rows: int
    high: bool
    lining: RGB


def draw_sneaker(easel: Easel, look: Look) -> None:
    """A low or a high sneaker; in another view the pair."""
    chance = easel.chance
    sole = (RUBBER_WHITE, RUBBER_WHITE, GUM, SOLE_BLACK)[chance.randrange(4)]
    lace = (RUBBER_WHITE, easel.accent, shade(easel.colour, 0.55))[chance.randrange(3)]
    heel = easel.of(look.material) if chance.random() < 0.65 else easel.body.plain().shade(0.8)
    shoe = _Sneaker(
        rise=chance.uniform(-2, 3), sole=sole, lace=lace, toe_cap=chance.random(), side=chance.randrange(5), heel=heel,
        rows=6 if look.silhouette == "high" else 5, high=look.silhouette == "high",
        lining=mixed(easel.accent, (235, 232, 226), 0.5),
    )  # fmt: skip
    up = 0.8 if shoe.high else 0.86
    pose(easel, lambda: _sneaker(easel, shoe), back=(12, -10), across=0.98 if shoe.high else 1.03, up=up)


def _sneaker(easel: Easel, shoe: _Sneaker) -> None:
    up = shoe.rise
    if shoe.high:
        collar: list[Point] = [(55, 22 - up), (60, 19.5 - up), (74, 21.6 - up), (84, 19.5 - up), (86, 21 - up),
            (86.4, 34), (87.4, 48)]  # fmt: skip
        throat: list[Point] = [(32, 51), (41, 44.5), (48, 36), (53, 27 - up * 0.6)]
    else:
        collar = [(54.6, 37 - up), (58, 35.6 - up), (68, 43), (77, 43), (83.6, 35.8 - up), (86.4, 36.4 - up),
            (86.8, 47)]  # fmt: skip
        throat = [(31, 52.4), (40, 46.4), (48, 40.6 - up * 0.4), (53.4, 37 - up)]
    upper = shapes.smooth([(10.6, 66), (11.6, 60), (18, 55), (26, 52.6), *throat[:-1], throat[-1], collar[0], *collar,
                           (89.4, 57), (89.2, 66), (88, 72), (88, 72), (12, 72), (12, 72)])  # fmt: skip
    tongue_top = (collar[0][0] - 1.5, collar[0][1] - 6.5)
    tongue = shapes.smooth([(44, 44), (47.4, 37 - up), (tongue_top[0] - 4.6, tongue_top[1] + 2), (tongue_top[0] - 3,
        tongue_top[1] - 0.6),
                            (tongue_top[0] + 2.4, tongue_top[1] + 0.6), (collar[1][0], collar[1][1] + 4),
                            (54, 50)])  # fmt: skip
    inside = shapes.smooth([(54, 40 - up), collar[0], *collar[1:5], (84, collar[5][1] + 3), (70, collar[3][1] + 9)])
    easel.part(inside, easel.of("canvas", shade(shoe.lining, 0.62)), Volume.FLAT)
    easel.part(tongue, easel.body.plain().shade(0.94), Volume.SOFT, depth=0.9)
    sewing.label(easel, tongue_top[0] - 0.6, tongue_top[1] + 3.0, 4.4, 2.6)
    body = easel.part(upper, easel.body, Volume.SOFT, depth=0.75, shadow=0.5)
    _sneaker_panels(easel, shoe, body, throat, collar)
    drape(easel, body, [([(27, 52), (29, 56), (28, 62)], 1.3), ([(31, 51), (34, 57), (34, 63)], 1.4),
                        ([(76, 46), (72, 54), (76, 60)], 1.3)], 0.6)  # fmt: skip
    near = [sewing.between(sewing.along(throat, at / shoe.rows), (58, 56), 0.09) for at in range(shoe.rows + 1)][1:]
    rows = [((x - 4.6, y - 4.2 - 0.1 * at), (x, y)) for at, (x, y) in enumerate(near)]
    laces(easel, rows, shoe.lace, 1.75, bow=shoe.toe_cap > 0.3)
    rim = [(collar[1][0], collar[1][1] + 0.8), *[(x, y + 0.9) for x, y in collar[2:4]], (collar[4][0],
        collar[4][1] + 0.6)]  # fmt: skip
    easel.part(shapes.ribbon(rim, 1.8), easel.of("cotton", shoe.lining), Volume.SOFT, depth=0.8, shadow=0.3)
    _cup_sole(easel, shoe)


def _sneaker_panels(easel: Easel, shoe: _Sneaker, body: skia.Path, throat: list[Point], collar: list[Point]) -> None:
    base = easel.body.plain()
    if shoe.toe_cap < 0.4:
        panel(easel, body, [(8, 66), (10, 56), (18, 53), (25, 54), (29, 60), (30, 74), (30, 74), (8, 74), (8, 74)],
              easel.of("rubber", RUBBER_WHITE) if shoe.toe_cap < 0.25 else shoe.heel)  # fmt: skip
    stay = [(30, 53), (30, 53), *throat[1:], (collar[0][0], collar[0][1] - 1), (collar[1][0] + 1, collar[1][1] - 1),
            (collar[1][0] + 1, collar[1][1] + 5), (55, 46), (47, 54), (38, 58.6), (33, 58)]  # fmt: skip
    panel(easel, body, stay, base if shoe.side != 1 else shoe.heel)
    panel(easel, body, [(92, collar[4][1] - 1), (81, collar[4][1] - 2), (80, collar[4][1] + 6), (76, 54), (73, 63),
        (72, 74), (72, 74),
                        (92, 74), (92, 74)], shoe.heel)  # fmt: skip
    if shoe.high:
        x, y = 70.5, 37.0
        easel.part(shapes.ellipse(x, y, 5.4), easel.of("rubber", seen(easel.accent, easel.colour)),
            Volume.FLAT, shadow=0.4)  # fmt: skip
        easel.part(shapes.star(x, y, 4.2, 1.8), easel.of("rubber", easel.colour), Volume.FLAT)
    mark = easel.of(easel.look.material, seen(easel.accent, easel.colour))
    if shoe.side == 0:
        for shift in (0.0, 6.0, 12.0):
            stripe = [(49 + shift, 54 - shift * 0.2), (52 + shift, 53.4 - shift * 0.2), (47 + shift, 72), (43 + shift,
                72)]  # fmt: skip
            panel(easel, body, [point for point in stripe for _ in range(2)], mark)
    elif shoe.side in (1, 2):
        wave = [(38, 66), (52, 66.5), (66, 59), (74, 49), (74, 49), (70, 63), (58, 70), (44, 70.5)]
        panel(easel, body, wave, mark)
    elif shoe.side == 3:
        bolt = [(52, 58), (68, 54), (62, 61), (70, 60), (50, 71), (56, 63), (49, 64)]
        panel(easel, body, [point for point in bolt for _ in range(2)], mark)
    elif not shoe.high:
        for at in range(5):
            easel.shadow_patch(shapes.ellipse(50 + at * 3.4, 60 - at * 0.5, 0.7), 0.7, 0.1, body)
    text = easel.look.brand if easel.look.brand.isascii() else ""
    easel.words(text, 81.6, 52, 1.9, seen(easel.colour, shoe.heel.colour), width=10, turn=-78)


def _cup_sole(easel: Easel, shoe: _Sneaker) -> None:
    line: list[Point] = [(9.4, 65.4), (20, 67.2), (40, 67.8), (60, 67.2), (78, 66), (90, 64.4)]
    sole = shapes.smooth([line[0], *line, line[-1], (91, 71), (89.6, 77.4), (89.6, 77.4), (60, 78), (24, 78),
        (13.4, 76.6), (8.6, 71.6)])  # fmt: skip
    easel.part(sole, easel.of("rubber", shoe.sole), Volume.ROLL, depth=0.55, shadow=0.7)
    tone = shade(shoe.sole, 0.7) if lightness(shoe.sole) > 0.3 else shade(shoe.sole, 1.3)
    easel.stitch([(x, y + 1.6) for x, y in line], tone, 0.4, 1.1)
    if shoe.toe_cap > 0.5:
        stripe = [(x + (0.6 if x < 50 else -0.4), y + 5.4) for x, y in line]
        with clipped(easel, sole):
            easel.line(stripe, 0.9, seen(easel.accent, shoe.sole), 0.95)
    treads(easel, sole, 10, 34, 70.5, 75.4, 1.3, 0.3)
    easel.crease([(10, 77.6), (50, 78.4), (90, 77.4)], 1.4, 0.4, sole)


def draw_running_shoe(easel: Easel, look: Look) -> None:
    """A running shoe for the road or for trails; in another view the pair."""
    chance = easel.chance
    traits = (chance.random(), chance.random(), chance.random(), chance.random())
    foam = (RUBBER_WHITE, mixed(easel.accent, (255, 255, 255), 0.35), RUBBER_WHITE, shade(easel.colour,
        1.35))[int(traits[0] * 4)]  # fmt: skip
    trail = look.silhouette == "trail"
    pose(easel, lambda: _runner(easel, traits, foam, trail), back=(12, -10), across=1.0, up=0.87)


def _runner(easel: Easel, traits: tuple[float, ...], foam: RGB, trail: bool) -> None:
    up = 3 * traits[1]
    upper = shapes.smooth([
        (9.4, 64), (11, 57.6), (18, 52.4), (27, 48.6), (37, 43.4), (46, 37.4), (54, 33.6 - up * 0.3), (57, 32.6),
        (57, 32.6), (66, 39.4),
        (75, 40), (82, 34.6), (86.4, 31 - up), (89, 32 - up), (89, 42), (89.6, 52), (91, 64), (90, 70), (90, 70),
        (10, 70), (10, 70),
    ])  # fmt: skip
    inside = shapes.smooth([(52, 38), (58, 31), (70, 35), (84, 30), (90, 29 - up), (80, 44), (64, 46)])
    easel.part(inside, easel.of("nylon", shade(easel.accent, 0.5)), Volume.FLAT)
    tongue = shapes.smooth([(42, 42), (48, 33), (52, 26.4), (56.4, 26.8), (60.6, 33), (57, 42)])
    easel.part(tongue, easel.body.plain().shade(0.9), Volume.SOFT, depth=0.9)
    easel.part(shapes.ribbon([(54, 28.4), (57.4, 32)], 1.2), easel.of("nylon"), Volume.SOFT, shadow=0.4)
    body = easel.part(upper, easel.body, Volume.SOFT, depth=0.8, shadow=0.4)
    _mesh(easel, body)
    dark = easel.body.plain().shade(0.72) if lightness(easel.colour) > 0.2 else easel.body.plain().shade(1.25)
    toe = [(6, 70), (7, 58), (13, 54), (18.4, 57), (22, 63), (34, 66), (34, 74), (34, 74), (6, 74)]
    panel(easel, body, toe, easel.of("rubber", SOLE_BLACK) if trail else dark)
    heel = [(94, 25), (85.6, 28), (83, 40), (77, 50), (68, 60), (66, 74), (66, 74), (94, 74), (94, 74)]
    panel(easel, body, heel, easel.of("nylon") if traits[2] < 0.6 else dark)
    mark = easel.of("nylon", seen(easel.accent, easel.colour))
    _runner_mark(easel, body, mark, traits)
    stay = [(30, 49), (38, 42), (47, 36), (57, 30), (61, 35), (55, 42), (47, 49), (38, 54), (31, 54)]
    panel(easel, body, stay, dark if traits[3] < 0.5 else easel.body.plain())
    rows = [((x - 4.4, y - 4.6), (x, y)) for x, y in ((37.4, 48.2), (42.6, 44.6), (47.6, 40.8), (52.2, 37.2),
        (55.8, 34.6))]  # fmt: skip
    laces(easel, rows, seen(easel.accent, dark.colour) if traits[1] < 0.6 else RUBBER_WHITE, 1.4,
        bow=traits[2] > 0.3)  # fmt: skip
    easel.part(shapes.ribbon([(58, 33.6), (66, 40), (75, 40.6), (82.4, 35), (86.4, 32.4 - up)], 2.0),
        easel.of("nylon").shade(0.9),
               Volume.SOFT, shadow=0.3)  # fmt: skip
    loop = shapes.without(shapes.ribbon([(87.6, 32 - up), (90.4, 28.6 - up), (91.6, 33 - up), (89.4, 38 - up)], 1.2),
        inside)  # fmt: skip
    easel.part(loop, easel.of("nylon"), Volume.SOFT, depth=0.7)
    _foam_sole(easel, foam, traits, trail)


def _mesh(easel: Easel, body: skia.Path) -> None:
    dots: list[tuple[Point, Point]] = []
    for row in range(24, 70, 2):
        for column in range(10, 92, 2):
            x = column + (row % 4) * 0.5
            dots.append(((x, row), (x + 0.7, row + 0.2)))
    with clipped(easel, body):
        sewing.hatch(easel, dots, 0.7, (0, 0, 0), 0.2 if lightness(easel.colour) > 0.25 else 0.4)


def _runner_mark(easel: Easel, body: skia.Path, mark: Stuff, traits: tuple[float, ...]) -> None:
    style = int(traits[3] * 4)
    if style == 0:
        for shift in (0.0, 5.0, 10.0):
            slash = [(52 + shift, 46), (55 + shift, 45), (50 + shift, 66), (46 + shift, 67)]
            panel(easel, body, [point for point in slash for _ in range(2)], mark, shadow=0.3)
    elif style == 1:
        panel(easel, body, [(36, 62), (50, 61), (64, 52), (72, 42), (72, 42), (69, 56), (58, 65), (44, 66.6)], mark)
    elif style == 2:
        for wide, shift in ((1.5, 0.0), (1.5, 3.4), (1.5, 6.8)):
            path = shapes.ribbon([(40 + shift, 66), (50 + shift, 57), (58 + shift, 46)], wide, square=True)
            with clipped(easel, body):
                easel.part(path, mark, Volume.FLAT, shadow=0.3)
        with clipped(easel, body):
            easel.part(shapes.ribbon([(46, 52), (58, 57), (70, 64)], 1.6, square=True), mark, Volume.FLAT, shadow=0.3)
    else:
        panel(easel, body, [(45, 64), (45, 64), (60, 46), (60, 46), (66, 46), (66, 46), (58, 58), (66, 58), (66, 58),
            (54, 68), (54, 68)],
              mark)  # fmt: skip


def _foam_sole(easel: Easel, foam: RGB, traits: tuple[float, ...], trail: bool) -> None:
    top: list[Point] = [(8.6, 62), (20, 64.6), (36, 66.6), (52, 65), (66, 61.4), (80, 59), (92, 55)]
    bottom: list[Point] = [(12.4, 71), (24, 75.6), (40, 76.6), (60, 76.8), (78, 76.4), (91, 73)]
    under = seen(easel.accent, foam) if traits[1] < 0.5 else SOLE_BLACK
    grip = easel.of("rubber", under)
    if trail:
        lug_sole(easel, [(x, y - 0.4) for x, y in bottom], 2.8, 5.6, easel.of("rubber", SOLE_BLACK))
        grip = easel.of("rubber", SOLE_BLACK)
    outsole = shapes.smooth([bottom[0], *bottom, bottom[-1], (93, 66), (60, 68), (12, 66)])
    easel.part(outsole, grip, Volume.SOFT, depth=0.6)
    low = [(x, y - 2.4) for x, y in bottom]
    midsole = shapes.smooth([top[0], *top, (94.4, 59), (94.6, 65), (92, 70.4), *reversed(low), (8.4, 65)])
    easel.part(midsole, easel.of("foam", foam), Volume.ROLL, depth=0.5, shadow=0.7)
    tone = shade(foam, 0.72) if lightness(foam) > 0.3 else shade(foam, 1.3)
    for share in (0.4, 0.62):
        row = [sewing.between(sewing.along(top, at / 10), sewing.along(low, at / 10), share) for at in range(2, 11)]
        easel.line(row, 0.7, tone, 0.6)
    if traits[0] > 0.5:
        window = shapes.smooth([(70, 67.6), (80, 64), (90, 62.6), (88, 68), (78, 70.4)])
        easel.part(window, easel.of("plastic", seen(easel.accent, foam)), Volume.SOFT, shadow=0.3)
    with clipped(easel, midsole):
        easel.crease([(10, 63.4), (36, 67.6), (66, 62.4), (92, 56)], 1.2, 0.25)
    if not trail:
        grooves: list[tuple[Point, Point]] = [((x, 74), (x - 0.6, 76.4)) for x in range(24, 86, 6)]
        sewing.hatch(easel, grooves, 0.8, shade(under, 0.55), 0.9)
