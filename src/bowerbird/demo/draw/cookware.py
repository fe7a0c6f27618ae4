"""Kettles and pans."""

from __future__ import annotations

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.ground import Ground
from bowerbird.demo.draw.kitchen import tube
from bowerbird.demo.draw.lathe import Lathe, hollow, lay, light, light_dish, seen_from, throw, turned
from bowerbird.demo.draw.shapes import Point
from bowerbird.demo.draw.stances import level
from bowerbird.demo.draw.stuff import Stuff, lightness, shade
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import RGB, Look

_DARK: RGB = (40, 41, 45)
_STEEL: RGB = (196, 199, 204)
_WATER: RGB = (196, 222, 236)


def draw_kettle(easel: Easel, look: Look) -> None:
    """A kettle: electric on its base, or whistling on the stove."""
    easel.ground = Ground.STANDING
    level(easel)
    if look.silhouette == "electric":
        _electric(easel, look)
    else:
        _stove(easel, look)


def _electric(easel: Easel, look: Look) -> None:
    chance = easel.chance
    wide, tall = chance.uniform(20, 22.5), chance.uniform(54, 60)
    waist, side, gauge = chance.uniform(0.66, 0.88), chance.choice((1, -1)), chance.random() < 0.6
    pale, grip = chance.random() < 0.3, chance.randrange(2)
    flat = seen_from(easel, 0.13, 0.22)
    trim = easel.of("plastic", _DARK if lightness(easel.colour) > 0.2 and not pale else shade(easel.accent, 0.9))
    foot, middle = 82.0, 50 + side * 3
    top = foot - tall
    base = turned([(foot + 1.6, wide * 1.04), (foot + 4.6, wide * 1.1), (foot + 6, wide * 1.06)], middle, flat)
    throw(easel, base, trim)
    body = turned([(top, wide * waist), (top + tall * 0.3, wide * (waist + 0.06)), (foot - 5, wide), (foot - 5, wide),
                   (foot, wide * 1.0)], middle, flat, turn=9.0 * look.view)  # fmt: skip
    _spouted(easel, body, side, tall)
    if look.material == "glass":
        hollow(easel, body, easel.body, 1)
        water = Lathe(body.part(top + tall * 0.36, foot - 2).profile, middle, flat)
        easel.part(water.outline(), easel.of("glass", _WATER), Volume.FLAT, depth=0.5)
        easel.part(water.circle(water.top), easel.of("matte", shade(_WATER, 1.4)), Volume.FLAT, opacity=0.6)
    path = throw(easel, body)
    for low, high, stuff in ((foot - 4.6, foot + 6, trim), (top - 4, top + 2.4, trim)):
        ring = shapes.within(path, body.band(low, high))
        lay(easel, body, stuff, path=ring)
        light(easel, body, stuff, path=ring)
    if gauge:
        _gauge(easel, middle - side * wide * 0.1, top + tall * 0.34, tall * 0.36)
    lid = turned([(top - 4.2, wide * waist * 0.4), (top - 3.2, wide * waist * 0.86), (top, wide * waist)], middle, flat)
    throw(easel, lid, trim if grip else easel.body.plain())
    throw(easel, turned([(top - 7.2, 2.6), (top - 6.4, 3.4), (top - 3.8, 2.4)], middle, flat), trim)
    out = middle - side * (wide * waist + (11 if look.view else 15))
    start = middle - side * (wide * waist - 2)
    handle: list[Point] = [
        (start, top + 3),
        (out + side * 3, top + 0.5),
        (out, top + 8),
        (out - side * 0.5, foot - tall * 0.34),
    ]
    if grip:
        handle += [(out + side * 5, foot - tall * 0.22), (middle - side * (wide - 1.5), foot - tall * 0.2)]
    tube(easel, handle, 5.2, trim)
    easel.part(shapes.ellipse(out - side * 0.1, top + 9, 1.3, 1.9), easel.of("plastic", (216, 60, 50)), Volume.BALL)


def _spouted(easel: Easel, body: Lathe, side: int, tall: float) -> None:
    """The beak at the upper rim."""
    top, edge = body.top, body.x + side * body.radius(body.top)
    beak = [(edge - side * 5, top - 1), (edge + side * 7.2, top - 2.6), (edge + side * 7.2, top - 2.6)]
    beak += [
        (edge + side * 3, top + tall * 0.14),
        (edge + side * 0.6, top + tall * 0.26),
        (edge - side * 5, top + tall * 0.3),
    ]
    easel.part(shapes.smooth(beak), easel.body.plain(), Volume.SOFT)


def _gauge(easel: Easel, x: float, y: float, tall: float) -> None:
    """The window that shows how much water there is."""
    window = easel.part(shapes.box(x - 1.7, y, 3.4, tall, 1.7), easel.of("plastic", (72, 78, 86)), Volume.ROUND)
    easel.print_on(window, shapes.box(x - 1.2, y + tall * 0.42, 2.4, tall, 1), _WATER, 0.85)
    for mark in range(5):
        easel.line([(x + 2.6, y + tall * (0.12 + 0.19 * mark)), (x + 4, y + tall * (0.12 + 0.19 * mark))], 0.35,
                   (250, 250, 250) if lightness(easel.colour) < 0.5 else _DARK, 0.8, bent=False)  # fmt: skip


def _stove(easel: Easel, look: Look) -> None:
    chance = easel.chance
    wide, tall = chance.uniform(29, 32), chance.uniform(34, 41)
    side, wood, steep = chance.choice((1, -1)), chance.random() < 0.45, chance.uniform(0.3, 0.55)
    hoop, band = chance.uniform(16, 20), chance.random() < 0.4
    flat = seen_from(easel, 0.15, 0.25)
    foot, middle = 83.0, 50 - side * 4
    top = foot - tall
    body = turned([(top, wide * 0.44), (top + tall * 0.1, wide * 0.6), (top + tall * steep, wide * 0.9),
                   (foot - tall * 0.22, wide), (foot - 3, wide * 0.97), (foot, wide * 0.86)], middle, flat,
                       9.0 * look.view)  # fmt: skip
    grip = easel.of("wood", (146, 92, 52)) if wood else easel.of("plastic", _DARK)
    metal = easel.of("steel", _STEEL)
    low = top + tall * 0.16
    ends = [(middle - wide * 0.66, low), (middle - wide * 0.6, top - hoop * 0.72), (middle, top - hoop * 1.1),
            (middle + wide * 0.6, top - hoop * 0.72), (middle + wide * 0.66, low)]  # fmt: skip
    tube(easel, ends, 1.9, metal)
    tube(easel, [(middle - wide * 0.42, top - hoop * 0.98), (middle, top - hoop * 1.1), (middle + wide * 0.42,
        top - hoop * 0.98)],
         4.8, grip)  # fmt: skip
    low = foot - tall * 0.42
    root, out = middle + side * wide * 0.72, middle + side * (wide + (9 if look.view else 12))
    spout = [(root, low + 7), (out - side * 3, low - 8), (out + side * 1.6, top - 1), (out + side * 1.6, top - 1)]
    spout += [
        (out - side * 3.4, top - 3.4),
        (out - side * 3.4, top - 3.4),
        (out - side * 8.5, low - 9),
        (root - side * 3, low - 7),
    ]
    easel.part(shapes.smooth(spout), easel.body.plain(), Volume.SOFT)
    easel.part(shapes.moved(shapes.ellipse(out - side * 0.9, top - 2.4, 3.3, 2.2), turn=20 * side,
        about=(out - side, top - 2)),
               easel.of("plastic", _DARK), Volume.BALL)  # fmt: skip
    path = throw(easel, body)
    if band:
        ring = shapes.within(path, body.band(foot - 5, foot + 9))
        lay(easel, body, metal, path=ring)
        light(easel, body, metal, path=ring)
    for x in (middle - wide * 0.66, middle + wide * 0.66):
        easel.part(shapes.ellipse(x, top + tall * 0.18, 1.9), metal, Volume.BALL, shadow=0.4)
    lid = turned(
        [(top - 4.4, wide * 0.1), (top - 3, wide * 0.34), (top, wide * 0.46), (top + 0.6, wide * 0.47)], middle, flat
    )
    easel.crease(lid.arc(top + 1.4, 5, 175), 1.0, 0.45)
    throw(easel, lid, easel.body.plain())
    throw(easel, turned([(top - 6, 1.0), (top - 4, 1.4)], middle, flat), metal)
    easel.part(shapes.ellipse(middle, top - 7, 2.9, 2.5), grip, Volume.BALL)


def draw_frying_pan(easel: Easel, look: Look) -> None:
    """A pan seen from above at a slant: a frying pan, or a wok with a helper handle."""
    chance = easel.chance
    easel.ground = Ground.STANDING
    level(easel)
    wok = look.silhouette == "wok"
    wide, deep = chance.uniform(29.5, 32), chance.uniform(9, 12)
    side, grip, rivets = chance.choice((1, 1, -1)), chance.randrange(3), chance.choice((2, 3))
    long, coat, mark = chance.uniform(27, 32), chance.randrange(4), chance.random() < 0.6
    rise = chance.uniform(-13, -8)
    flat = seen_from(easel, 0.46, 0.58)
    if look.view:
        long, rise = long * 0.93, rise - 6
    if wok:
        wide, long = wide * 0.92, long * 0.82
    x, foot = 50 - side * (8.5 if wok else 12.5), 64.0
    top = foot - (deep * 1.7 if wok else deep)
    lower = wide * (0.5 if wok else 0.78)
    sink = foot - top
    points = [(top, wide), (top + sink * 0.5, wide * 0.93), (foot - 0.6, lower * 1.04), (foot, lower)]
    if wok:
        points = [(top, wide), (top + sink * 0.3, wide * 0.95), (top + sink * 0.65, wide * 0.8), (foot, lower)]
    body = turned(points, x, flat)
    metal = easel.of("steel", _STEEL)
    stuff = (easel.of("wood", (138, 88, 50)), easel.of("plastic", _DARK), easel.body.plain())[grip]
    _pan_handle(easel, (x + side * wide * 0.9, top - 1.2), (x + side * (wide + long), top + rise), stuff, metal, rivets)
    if wok:
        ear: list[Point] = [(x - side * wide * 0.93, top - 6), (x - side * (wide + 5), top - 7.5),
            (x - side * (wide + 8), top - 2.5),
                            (x - side * (wide + 5.5), top + 2.5), (x - side * wide * 0.98, top + 2.5)]  # fmt: skip
        tube(easel, ear, 2.8, stuff)
    throw(easel, body, easel.body)
    _inside(easel, body, _coating(easel, look, coat), wok, mark)


def _coating(easel: Easel, look: Look, coat: int) -> Stuff:
    """What is inside: the product's own colour, cream enamel, black or bare metal."""
    if coat < 2 or lightness(easel.colour) < 0.25:
        return easel.body.plain()
    if coat == 2 and look.material != "steel":
        return easel.of("ceramic", (232, 226, 212))
    return easel.of("iron", (54, 54, 58))


def _inside(easel: Easel, body: Lathe, stuff: Stuff, wok: bool, mark: bool) -> None:
    """The cooking surface: a sloping wall, dark at the upper left, and a flat floor."""
    x, top, wide = body.x, body.top, body.radius(body.top)
    easel.part(body.circle(top), easel.body.plain().shade(1.25), Volume.FLAT)
    edge = body.circle(top, -1.1)
    easel.part(edge, stuff.shade(0.88), Volume.FLAT, depth=0.4)
    sink, share = (9.5, 0.4) if wok else (4.6, 0.76)
    rims = (0.86, 0.72, 0.58) if wok else (0.88,)
    slopes = [(0, 0.25), (share, 0.7), (0.93, 1.1), (0.96, 0.9), (1.0, 0.3)]
    light_dish(easel, edge, (x, top), wide - 1.1, slopes, stuff, body.flat)
    for ring in rims:
        low = top + sink * 0.6 * (1 - ring) / (1 - share)
        ellipse = shapes.ellipse(x, low, wide * ring, wide * ring * body.flat)
        easel.edge(shapes.within(ellipse, edge), 0.3, (255, 255, 255), 0.1)
    radius = wide * share
    base = shapes.within(shapes.ellipse(x, top + sink * 0.6, radius, radius * body.flat), edge)
    easel.part(base, stuff, Volume.FLAT, depth=0.8)
    easel.edge(base, 0.35, (255, 255, 255), 0.22)
    if mark and not wok:
        for grow in (0.3, 0.42):
            easel.edge(
                shapes.ellipse(x, top + sink * 0.6, radius * grow, radius * grow * body.flat),
                0.35,
                (128, 128, 128),
                0.25,
            )
    tall = radius * body.flat
    streak = shapes.polygon([(x - radius * 0.3, top - tall), (x + radius * 0.1, top - tall), (x - radius * 0.4,
        top + tall * 2),
                             (x - radius * 0.9, top + tall * 2)])  # fmt: skip
    easel.shine(shapes.within(base, streak), 0.06 + 0.14 * stuff.finish.gloss, 0.6)


def _pan_handle(easel: Easel, root: Point, end: Point, stuff: Stuff, metal: Stuff, rivets: int) -> None:
    """A metal neck and a grip with a hole to hang it by."""

    def at(share: float, aside: float) -> Point:
        across, down = end[0] - root[0], end[1] - root[1]
        length = (across * across + down * down) ** 0.5
        return root[0] + across * share - down / length * aside, root[1] + down * share + across / length * aside

    neck = [
        at(-0.06, -4.6),
        at(-0.06, -4.6),
        at(0.14, -1.8),
        at(0.36, -1.9),
        at(0.36, -1.9),
        at(0.36, 1.9),
        at(0.36, 1.9),
    ]
    easel.part(shapes.smooth([*neck, at(0.14, 1.8), at(-0.06, 4.6), at(-0.06, 4.6)]), metal, Volume.ROLL)
    upper = [at(0.24, -2.3), at(0.42, -2.8), at(0.78, -3.7), at(0.97, -2.7)]
    lower = [at(0.97, 2.7), at(0.78, 3.7), at(0.42, 2.8), at(0.24, 2.3)]
    hole = shapes.ribbon([at(0.88, 0), at(0.95, 0)], 1.9)
    easel.part(shapes.without(shapes.smooth([*upper, at(1.0, 0), *lower]), hole), stuff, Volume.SOFT)
    easel.glint([at(0.3, -1.2), at(0.6, -1.6), at(0.84, -1.7)], 0.7, 0.25 + 0.4 * stuff.finish.gloss)
    for place in range(rivets):
        x, y = at(0.31 + 0.13 * place, 0)
        easel.part(shapes.ellipse(x, y, 0.75), metal, Volume.BALL)
