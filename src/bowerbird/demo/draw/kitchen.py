"""Mugs, plates, teapots, kettles and pans."""

from __future__ import annotations

from dataclasses import replace

import skia

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.ground import Ground
from bowerbird.demo.draw.lathe import Lathe, hollow, lay, light, light_dish, seen_from, throw, turned
from bowerbird.demo.draw.shapes import Point
from bowerbird.demo.draw.stances import level
from bowerbird.demo.draw.stuff import FINISHES, Stuff, argb, mixed, shade
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import RGB, Look

_CLAY: RGB = (198, 160, 122)
_TEA: RGB = (168, 84, 24)
_BLACK: RGB = (0, 0, 0)


def tube(easel: Easel, points: list[Point], width: float, stuff: Stuff) -> None:
    """A handle or spout: a bent tube with light along its upper left side."""
    tube = easel.part(shapes.ribbon(points, width, square=True), stuff, Volume.FLAT)
    away = width * 0.3
    easel.crease([(x + away, y + away) for x, y in points], width * 0.5, 0.4, tube)
    easel.glint(
        [(x - away * 0.7, y - away * 0.7) for x, y in points], width * 0.26, 0.3 + 0.4 * stuff.finish.gloss, tube
    )


def _fill(easel: Easel, body: Lathe, level: float, colour: RGB) -> None:
    """A drink inside a glass body, up to a height."""
    drink = body.part(level, body.foot - 1.5)
    inside = Lathe(tuple((y, max(radius - 1.2, 0.1)) for y, radius in drink.profile), body.x, body.flat)
    easel.part(inside.outline(), easel.of("matte", colour), Volume.ROUND, depth=0.5, opacity=0.86)
    easel.part(inside.circle(inside.top), easel.of("matte", shade(colour, 1.25)), Volume.FLAT)


def draw_mug(easel: Easel, look: Look) -> None:
    """A mug: straight, round-bellied or tall; glazed inside in white, in the accent or in its own colour."""
    chance = easel.chance
    easel.ground = Ground.STANDING
    level(easel)
    wide, tall = chance.uniform(23, 26.5), chance.uniform(50, 57)
    inner, trim, form = chance.random(), chance.randrange(5), chance.randrange(3)
    side, dip = chance.choice((1, 1, -1)), chance.uniform(0.55, 0.75)
    grip = chance.uniform(0.8, 1.05)
    if look.silhouette == "tall":
        wide, tall = wide * 0.82, tall * 1.24
    top, foot = 52 - tall / 2, 50 + tall / 2
    flat = seen_from(easel, 0.19, 0.3)
    middle = 50 - side * 5.5
    if look.silhouette == "round":
        points = [(top, wide * 0.92), (top + tall * 0.14, wide * 0.93), (top + tall * 0.55, wide * 1.13),
                  (foot - tall * 0.12, wide * 0.93), (foot - 1.5, wide * 0.64), (foot - 1.5, wide * 0.64),
                  (foot, wide * 0.62)]  # fmt: skip
    elif look.silhouette == "tall":
        lower = wide * chance.uniform(0.72, 0.94)
        points = [(top, wide), (foot - 4, lower * 1.02), (foot - 4, lower * 1.02), (foot, lower * 0.9)]
    else:
        points = [(top, wide), (foot - 3.4, wide), (foot - 1, wide * 0.97), (foot, wide * 0.88)]
    body = turned(points, middle, flat, turn=13.0 * look.view)
    _mug_handle(easel, body, side, grip * (0.72 if look.view else 1), form)
    # A steel mug is enamelled, which shines like porcelain and has a dark rim.
    enamel = look.material == "steel"
    glaze = replace(easel.body, finish=FINISHES["porcelain"]) if enamel else easel.body
    inside = easel.of("porcelain", (240, 238, 232)) if inner < 0.4 else glaze.plain()
    inside = easel.of("porcelain") if inner > 0.85 else inside
    if look.material == "glass":
        hollow(easel, body, easel.body, 1.2)
        _fill(easel, body, top + tall * 0.2, _TEA)
        throw(easel, body)
        return
    _glaze(easel, body, glaze, trim if look.pattern == "plain" or trim == 2 else 0, dip)
    hollow(easel, body, easel.of("porcelain") if trim == 4 or enamel else glaze.plain(), 1.5, inside)


def _glaze(easel: Easel, body: Lathe, stuff: Stuff, trim: int, dip: float) -> None:
    """A mug's outside: bare clay below, two rings, a foot in the accent, or nothing of the kind."""
    path = lay(easel, body, stuff)
    top, tall = body.top, body.foot - body.top
    if trim == 1 and easel.look.material != "steel":
        lay(easel, body, easel.of("stone", _CLAY), path=shapes.within(path, body.band(top + tall * dip, body.foot + 9)))
        stuff = easel.of("stone")
    elif trim == 2:
        for low in (0.1, 0.16):
            easel.print_on(path, body.band(top + tall * low, top + tall * (low + 0.025)), easel.accent)
    elif trim == 3:
        lay(easel, body, easel.of("porcelain"), path=shapes.within(path, body.band(top + tall * 0.78, body.foot + 9)))
    light(easel, body, stuff, path=path)


def _mug_handle(easel: Easel, body: Lathe, side: int, grip: float, form: int) -> None:
    top, tall = body.top, body.foot - body.top
    start, end = top + tall * 0.2, top + tall * (0.74 if form else 0.68)
    upper, lower = (body.x + side * (body.radius(y) - 1.5) for y in (start, end))
    out = body.x + side * (body.radius(start) + 13.5 * grip)
    if form == 0:
        points = [(upper, start), (out - side * 2, start + 0.5), (out, start + 6), (out, end - 6), (lower, end)]
    elif form == 1:
        points = [
            (upper, start),
            (out - side * 3, start + 2),
            (out + side, (start + end) / 2),
            (out - side * 4, end - 2),
            (lower, end),
        ]
    else:
        points = [(upper, start - 1), (out, start), (out + side * 0.5, start + tall * 0.18), (lower, end)]
    stuff = easel.body.plain() if easel.look.material == "glass" else easel.of("porcelain", easel.colour)
    tube(easel, points, 4.6 if body.radius(top) > 18 else 4.0, stuff)


def draw_plate(easel: Easel, look: Look) -> None:
    """A plate seen from above: flat with a broad rim, or deep."""
    chance = easel.chance
    easel.ground = Ground.LYING
    outer = chance.uniform(36.5, 38.5)
    if look.view:
        easel.canvas.translate(0, 7)
        easel.canvas.scale(1, 0.86)
    share = chance.uniform(0.63, 0.74) if look.silhouette == "flat" else chance.uniform(0.74, 0.8)
    trim, scallop = chance.randrange(5), chance.random() < 0.2
    two = chance.random() < 0.35 and look.pattern == "plain"
    stuff = easel.body
    well = outer * share
    rim = shapes.ellipse(50, 50, outer)
    if scallop and look.material not in ("wood", "bamboo"):
        points = [shapes.around(50, 50, outer * (1 if i % 2 else 0.965), 360 * i / 40) for i in range(40)]
        rim = shapes.smooth(points)
    easel.part(rim, stuff, Volume.FLAT, depth=0.2)
    centre = easel.of(look.material, mixed(easel.colour, (246, 243, 236), 0.8)) if two else stuff
    if trim == 1 or look.material == "glass":
        tone = easel.accent if look.material != "glass" else shade(easel.colour, 0.7)
        easel.edge(shapes.ellipse(50, 50, outer * 0.975), 1.1, tone, 0.9)
    elif trim == 2:
        for radius, thick in ((0.95, 0.5), (0.9, 1.3)):
            easel.edge(shapes.ellipse(50, 50, outer * radius), thick, easel.accent, 0.9)
    elif trim == 3 and look.pattern == "plain":
        _plate_dots(easel, outer)
    if centre is not stuff:
        easel.part(shapes.ellipse(50, 50, well), centre, Volume.FLAT, depth=0.2)
    easel.edge(shapes.ellipse(50, 50, well), 0.3, shade(centre.colour, 0.5), 0.3)
    floor = share * (0.86 if look.silhouette == "flat" else 0.6)
    steep = 0.95 if look.silhouette == "flat" else 0.8
    slopes = [(0, 0), (floor - 0.04, 0), (floor + 0.03, steep * 0.7), (share - 0.03, steep), (share + 0.02, 0.12),
        (0.93, 0.2),
              (0.96, 0.0), (0.985, -1.4), (1.05, -2)]  # fmt: skip
    light_dish(easel, rim, (50, 50), outer, slopes, centre)
    gloss = centre.finish.gloss
    window = shapes.within(shapes.ellipse(50, 50, outer * 0.92), shapes.polygon([(24, 8), (44, 8), (16, 60), (8, 44)]))
    window = shapes.without(window, shapes.ellipse(50, 50, well * 1.06))
    easel.shine(window, 0.24 * gloss, 0.8)
    floor = shapes.within(shapes.ellipse(50, 50, well * 0.78), shapes.polygon([(35, 22), (52, 22), (29, 66), (21, 52)]))
    easel.shine(floor, 0.14 * gloss, 0.8)


def _plate_dots(easel: Easel, outer: float) -> None:
    for place in range(28):
        x, y = shapes.around(50, 50, outer * 0.88, 360 * place / 28)
        easel.print_on(shapes.ellipse(50, 50, outer), shapes.ellipse(x, y, 0.8), easel.accent)


def draw_teapot(easel: Easel, look: Look) -> None:
    """A teapot with its lid, spout and handle; of glass it shows the tea."""
    chance = easel.chance
    easel.ground = Ground.STANDING
    level(easel)
    wide = chance.uniform(23, 25.5) if look.silhouette == "round" else chance.uniform(18, 20)
    tall = chance.uniform(33, 40) if look.silhouette == "round" else chance.uniform(47, 54)
    side, hoop, knob = chance.choice((1, -1)), chance.random() < 0.28, chance.randrange(3)
    belly, trim, spout = chance.uniform(0.45, 0.62), chance.randrange(4), chance.uniform(0.9, 1.1)
    flat = seen_from(easel, 0.17, 0.27)
    foot = 84.0
    top = foot - tall
    middle = 50 + side * 1.5
    neck = wide * (0.5 if look.silhouette == "round" else 0.62)
    points = [(top, neck), (top + tall * 0.12, neck * 1.25), (top + tall * belly, wide), (foot - tall * 0.12,
        wide * 0.8),
              (foot - 1.6, wide * 0.58), (foot - 1.6, wide * 0.58), (foot, wide * 0.58)]  # fmt: skip
    if look.silhouette == "tall":
        points = [(top, neck), (top + tall * 0.1, neck * 1.12), (top + tall * 0.72, wide), (foot - 2, wide * 0.8),
                  (foot - 2, wide * 0.8), (foot, wide * 0.78)]  # fmt: skip
    body = turned(points, middle, flat, turn=11.0 * look.view)
    plain = easel.body.plain()
    grip = easel.of("wood", (150, 100, 60)) if hoop else plain
    if hoop:
        tube(easel, [(middle - wide * 0.8, top + tall * 0.3), (middle - wide * 0.72, top - 10), (middle, top - 21),
                      (middle + wide * 0.72, top - 10), (middle + wide * 0.8, top + tall * 0.3)], 2.6,
                          grip)  # fmt: skip
    else:
        _pot_ear(easel, body, -side * (0.8 if look.view else 1), tall, grip)
    _spout(easel, body, side * spout, tall, plain)
    if look.material == "glass":
        hollow(easel, body, easel.body, 1)
        _fill(easel, body, top + tall * 0.34, _TEA)
    path = lay(easel, body, easel.body)
    if trim == 1:
        easel.print_on(path, body.band(top + tall * 0.2, top + tall * 0.225), easel.accent, 0.9)
        easel.print_on(path, body.band(foot - tall * 0.16, foot - tall * 0.13), easel.accent, 0.9)
    light(easel, body, easel.body, path=path)
    if look.material == "iron":
        _studs(easel, body, path)
    _lid(easel, body, neck, knob, easel.of(look.material) if trim == 2 else plain, easel.body)


def _studs(easel: Easel, body: Lathe, path: skia.Path) -> None:
    """The rows of little studs of a cast-iron teapot."""
    for row in range(4):
        y = body.top + (body.foot - body.top) * (0.3 + 0.09 * row)
        for x, low in body.arc(y, 12 + 6 * (row % 2), 174)[::2]:
            easel.shine(shapes.ellipse(x - 0.2, low - 0.2, 0.55), 0.22)
            easel.canvas.drawPath(
                shapes.ellipse(x + 0.25, low + 0.35, 0.5), skia.Paint(Color=argb(_BLACK, 0.4), AntiAlias=True)
            )


def _pot_ear(easel: Easel, body: Lathe, side: float, tall: float, stuff: Stuff) -> None:
    start, end = body.top + tall * 0.16, body.top + tall * 0.8
    sign = 1 if side > 0 else -1
    upper, lower = (body.x + sign * (body.radius(y) - 1.5) for y in (start, end))
    out = body.x + sign * (max(r for _, r in body.profile) + 12 * abs(side))
    points = [
        (upper, start),
        (out - sign * 4, start - 1.5),
        (out, start + tall * 0.2),
        (out - sign * 3, start + tall * 0.45),
        (lower, end),
    ]
    tube(easel, points, 4.0, stuff)


def _spout(easel: Easel, body: Lathe, side: float, tall: float, stuff: Stuff) -> None:
    sign = 1 if side > 0 else -1
    low, high = body.top + tall * 0.74, body.top + tall * 0.06
    root = body.x + sign * (body.radius(low) - 4)
    out = body.x + sign * (max(r for _, r in body.profile) + 14 * abs(side))
    lip = [(out, high), (out, high), (out - sign * 3.8, high - 1.2), (out - sign * 3.8, high - 1.2)]
    lower = [(root, low + 3), (root + (out - root) * 0.45, low - 2), (out - sign * 4, high + tall * 0.2)]
    upper = [(root + (out - root) * 0.28, low - tall * 0.3), (root, low - tall * 0.36)]
    outline = shapes.smooth([*lower, *lip, (out - sign * 8.5, high + tall * 0.16), *upper])
    easel.part(outline, stuff, Volume.SOFT)
    easel.shadow_patch(shapes.moved(shapes.ellipse(out - sign * 1.9, high - 0.5, 1.9, 0.6), turn=14 * sign,
                                    about=(out - sign * 1.9, high)), 0.7, 0.2)  # fmt: skip


def _lid(easel: Easel, body: Lathe, neck: float, knob: int, stuff: Stuff, whole: Stuff) -> None:
    """A domed lid with its knob, a little wider than the neck."""
    top, wide = body.top, neck * 1.06
    rise = wide * 0.42
    dome = turned([(top - rise, wide * 0.12), (top - rise * 0.72, wide * 0.62), (top - 1.2, wide), (top + 0.4,
        wide * 1.02)],
                  body.x, body.flat)  # fmt: skip
    easel.crease(body.arc(top + 1.2, 5, 175), 1.2, 0.45)
    path = lay(easel, dome, whole if stuff.colour == whole.colour else stuff, 1.0)
    light(easel, dome, stuff, path=path)
    y = top - rise
    if knob == 2:
        button = turned([(y - 4.6, 1.2), (y - 3.6, 3.4), (y - 1.4, 3.2), (y + 0.8, 1.4)], body.x, body.flat)
        throw(easel, button, stuff)
    else:
        radius = 2.9 if knob else 2.3
        throw(easel, turned([(y - 1.2, 1.3), (y + 0.8, 1.7)], body.x, body.flat), stuff)
        easel.part(shapes.ellipse(body.x, y - radius * 0.9, radius, radius * 0.92), stuff, Volume.BALL)
