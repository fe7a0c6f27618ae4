"""Vases and clocks."""

from __future__ import annotations

import math

import skia

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.ground import Ground
from bowerbird.demo.draw.kitchen import tube
from bowerbird.demo.draw.lathe import Lathe, hollow, lay, light, light_dish, seen_from, throw, turned
from bowerbird.demo.draw.shapes import Point
from bowerbird.demo.draw.stances import ink, level
from bowerbird.demo.draw.stuff import lightness, mixed, shade
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import RGB, Look

_WATER: RGB = (206, 226, 234)
_LEAF: RGB = (96, 132, 92)


def draw_vase(easel: Easel, look: Look) -> None:
    """A vase: bottle, round or cylinder; some hold a branch."""
    chance = easel.chance
    easel.ground = Ground.STANDING
    level(easel)
    form = look.silhouette
    tall = (
        chance.uniform(58, 68)
        if form == "bottle"
        else chance.uniform(48, 56)
        if form == "round"
        else chance.uniform(50, 62)
    )
    wide, neck, belly = chance.uniform(0.9, 1.1), chance.uniform(0.8, 1.25), chance.uniform(0.56, 0.72)
    trim, branch, ears = chance.randrange(5), chance.random() < 0.4, chance.random() < 0.3
    sprig, dip = [chance.uniform(-1, 1) for _ in range(8)], chance.uniform(0.3, 0.5)
    if branch:
        tall *= 0.86
    flat = seen_from(easel, 0.15, 0.25)
    foot = 88.0
    top = foot - tall
    body = turned(_profile(form, top, foot, (wide, neck, belly)), 50, flat, 12.0 * look.view)
    lip = body.radius(top)
    glass = look.material == "glass"
    if branch:
        _sprigs(easel, 50, top if not glass else foot - tall * 0.2, top, lip, sprig)
    if ears and form == "bottle" and not glass:
        for side in (1, -1):
            x, y = 50 + side * body.radius(top + tall * 0.1), top + tall * 0.07
            out = x + side * 8
            tube(easel, [(x - side, y), (out - side * 2, y - 0.5), (out, y + 5), (50 + side * body.radius(top
                + tall * 0.36), top + tall * 0.38)],
                 2.6, easel.body.plain())  # fmt: skip
    if glass:
        hollow(easel, body, easel.body, 1.2)
        water = Lathe(
            tuple((y, max(r - 1.3, 0.2)) for y, r in body.part(foot - tall * dip, foot - 2).profile), 50, flat
        )
        easel.part(
            water.outline(), easel.of("matte", mixed(_WATER, easel.colour, 0.3)), Volume.FLAT, opacity=0.45, depth=0.4
        )
        easel.part(water.circle(water.top), easel.of("matte", (250, 252, 252)), Volume.FLAT, opacity=0.4, depth=0.3)
    path = lay(easel, body, easel.body)
    if not glass and look.pattern == "plain":
        _vase_trim(easel, look, body, path, (trim, dip))
    light(easel, body, easel.body, path=path)
    if glass:
        thick = turned([(foot - 4, body.radius(foot - 4) * 0.96), (foot, body.radius(foot) * 0.96)], 50, flat)
        easel.part(thick.outline(), easel.of("glass", shade(easel.colour, 0.7)), Volume.FLAT, opacity=0.5)
        easel.edge(body.circle(top), 0.6, (255, 255, 255), 0.8)
    elif branch:
        _front_lip(easel, body)
    else:
        hollow(easel, body, easel.body.plain(), 1.5, easel.body.plain().shade(0.55))


def _profile(form: str, top: float, foot: float, chances: tuple[float, float, float]) -> list[Point]:
    wide, neck, belly = chances
    tall = foot - top
    if form == "bottle":
        slim = 5.6 * neck
        return [(top, slim * 1.35), (top + tall * 0.05, slim), (top + tall * 0.3, slim), (top + tall * belly,
            22 * wide),
                (foot - tall * 0.12, 19 * wide), (foot - 1.2, 13 * wide), (foot, 12.4 * wide)]  # fmt: skip
    if form == "round":
        return [(top, 11 * neck), (top + tall * 0.05, 9.6 * neck), (top + tall * 0.14, 12 * neck), (top
            + tall * belly * 0.85, 27 * wide),
                (foot - tall * 0.14, 21.5 * wide), (foot - 1.4, 14 * wide), (foot - 1.4, 14 * wide), (foot,
                    14 * wide)]  # fmt: skip
    upper = 17.5 * wide
    lower = upper * (0.7 + 0.35 * (neck - 0.8) / 0.45)
    return [
        (top, upper),
        (top + tall * 0.5, (upper + lower) / 2 * 0.99),
        (foot - 2.5, lower),
        (foot - 2.5, lower),
        (foot, lower * 0.92),
    ]


def _vase_trim(easel: Easel, look: Look, body: Lathe, path: skia.Path, chances: tuple[int, float]) -> None:
    """A dipped glaze, rings, or flutes."""
    trim, dip = chances
    top, foot = body.top, body.foot
    tall = foot - top
    if trim == 0 and look.material != "stone":
        lay(
            easel,
            body,
            easel.of("stone", (206, 178, 146)),
            path=shapes.within(path, body.band(foot - tall * dip * 0.6, foot + 9)),
        )
    elif trim == 1:
        for share in (0.4, 0.46, 0.52):
            easel.print_on(path, body.band(top + tall * share, top + tall * (share + 0.018)), easel.accent, 0.9)
    elif trim == 2:
        for flute in range(1, 18):
            side = math.cos(math.pi * flute / 18)
            line = [(50 + r * side, y + r * body.flat * math.sin(math.pi * flute / 18)) for y, r in body.profile[::3]]
            easel.line(line, 0.55, shade(easel.colour, 0.55 if lightness(easel.colour) > 0.2 else 1.3), 0.5)
    elif trim == 3:
        lay(easel, body, easel.of(look.material), path=shapes.within(path, body.band(top - 9, top + tall * 0.12)))


def _front_lip(easel: Easel, body: Lathe) -> None:
    """The front half of the rim, before the stems."""
    points = body.arc(body.top, 0, 180)
    easel.line(points, 1.0, shade(easel.colour, 1.25), 1.0)
    easel.line([(x, y + 0.6) for x, y in points], 0.4, shade(easel.colour, 0.6), 0.5)


def _sprigs(easel: Easel, x: float, root: float, top: float, lip: float, sprig: list[float]) -> None:
    """Two or three stems with leaves or dry seed heads."""
    if root <= top + 1:
        easel.part(shapes.ellipse(x, top, lip, lip * 0.17), easel.body.plain().shade(0.4), Volume.FLAT)
    dry = sprig[7] > 0.2
    tint = (196, 164, 110) if dry else mixed(_LEAF, (70, 120, 80) if sprig[6] > 0 else (140, 156, 130), 0.5)
    for stem in range(3 if sprig[5] > -0.3 else 2):
        lean = (-0.75, 0.6, 0.05)[stem] + 0.3 * sprig[stem]
        reach = min(24 + 6 * abs(sprig[stem + 2]) + 5 * (stem == 2), top - 10)
        tip = (x + lean * 26, top - reach)
        middle = (x + lean * 9, (top + tip[1]) / 2)
        points = [(x + lean * 2 - lean * 4 * (root > top + 1), root), (x + lean * lip * 0.7, top), middle, tip]
        easel.line(points, 0.7, shade(tint, 0.7))
        for leaf in range(9):
            t = 0.12 + leaf * 0.11
            px, py = _along((x + lean * lip * 0.7, top), middle, tip, t)
            side = 1 if leaf % 2 else -1
            size = 2.2 + 2.6 * (1 - abs(t - 0.45))
            if dry:
                head = shapes.moved(
                    shapes.ellipse(px, py - size * 0.7, 0.8, size * 0.7), turn=side * 34 + lean * 30, about=(px, py)
                )
                easel.canvas.drawPath(head, ink(shade(tint, 0.9 + 0.12 * (leaf % 3))))
            else:
                blade = shapes.ellipse(px, py - size * 0.8, size * 0.52, size * 0.86)
                blade = shapes.moved(blade, turn=side * 62 + lean * 30, about=(px, py))
                easel.part(blade, easel.of("matte", shade(tint, 0.88 + 0.1 * (leaf % 3))), Volume.FLAT, depth=1.6)


def _along(start: Point, middle: Point, end: Point, t: float) -> Point:
    u = 1 - t
    x, y = (u * u * a + 2 * u * t * b + t * t * c for a, b, c in zip(start, middle, end, strict=True))
    return x, y


def draw_clock(easel: Easel, look: Look) -> None:
    """A wall clock, or an alarm clock with two bells."""
    chance = easel.chance
    style, own = chance.randrange(5), chance.random() < 0.5
    hour, minute = chance.choice(((10, 9), (1, 51), (8, 18), (10, 8))), chance.uniform(0.13, 0.2)
    broad, bells, marks = minute, chance.random() < 0.7, chance.randrange(3)
    face = easel.colour if own and lightness(easel.colour) > 0.05 else (248, 246, 240)
    if lightness(face) > 0.75 and own:
        face = (250, 249, 246)
    if look.silhouette == "wall":
        easel.ground = Ground.HANGING
        level(easel)
        radius = chance.uniform(33, 36.5)
        form = chance.randrange(4)
        outer = shapes.ellipse(50, 50, radius)
        if form == 0:
            outer = shapes.box(50 - radius * 0.94, 50 - radius * 0.94, radius * 1.88, radius * 1.88, radius * 0.34)
        elif form == 1:
            outer = shapes.regular(50, 50, radius * 1.04, 8, 22.5)
        if look.view:
            easel.part(shapes.moved(outer, 3.4, 0.4), easel.body.plain().shade(0.55), Volume.FLAT)
        _case(easel, outer, (50, 50), radius, broad)
        _dial(easel, (50, 50), radius * (1 - broad), face, (style, marks), hour)
        return
    easel.ground = Ground.STANDING
    level(easel)
    radius = chance.uniform(25, 27.5)
    x, y = 50.0, 52.0
    if bells:
        _bells(easel, x, y, radius)
    else:
        half = radius * 1.12
        for side in (-1, 1):
            easel.part(
                shapes.box(x + side * half * 0.66 - 3, y + half - 1, 6, 4.6, 1),
                easel.of("wood", (120, 84, 54)),
                Volume.BEVEL,
            )
        easel.part(shapes.box(x - 7, y - half - 3, 14, 4.6, 1.8), easel.of("plastic"), Volume.ROLL)
    outer = (
        shapes.ellipse(x, y, radius)
        if bells
        else shapes.box(x - radius * 1.12, y - radius * 1.12, radius * 2.24, radius * 2.24, radius * 0.3)
    )
    shift = 2.4 if look.view else 1.2
    easel.part(shapes.joined(outer, shapes.moved(outer, shift, 0.6)), easel.body.plain().shade(0.6), Volume.ROUND)
    _case(easel, outer, (x, y), radius, 0.15)
    _dial(easel, (x, y), radius * 0.85, face, (style, marks), hour)


def _bells(easel: Easel, x: float, y: float, radius: float) -> None:
    """Two bells with a hammer, a handle and feet."""
    metal = easel.of("steel", (196, 199, 204))
    for side in (-1, 1):
        foot = shapes.polygon([(x + side * radius * 0.5, y + radius * 0.7), (x + side * radius * 0.68, y
            + radius * 0.62),
                               (x + side * radius * 0.86, y + radius * 1.18), (x + side * radius * 0.74, y
                                   + radius * 1.2)])  # fmt: skip
        easel.part(foot, metal, Volume.ROUND)
        easel.part(shapes.ellipse(x + side * radius * 0.8, y + radius * 1.18, 1.8), metal, Volume.BALL)
    arch = [
        (x - radius * 0.52, y - radius * 1.12),
        (x - radius * 0.3, y - radius * 1.48),
        (x + radius * 0.3, y - radius * 1.48),
        (x + radius * 0.52, y - radius * 1.12),
    ]
    tube(easel, arch, 1.7, metal)
    easel.part(shapes.box(x - 0.8, y - radius * 1.3, 1.6, radius * 0.4, 0.6), metal, Volume.ROUND)
    easel.part(shapes.box(x - 2.8, y - radius * 1.36, 5.6, 2.8, 1.2), metal, Volume.ROLL)
    for side in (-1, 1):
        cx, cy = x + side * radius * 0.58, y - radius * 0.92
        with easel.turned(side * 32, (cx, cy)):
            easel.part(shapes.box(cx - 0.8, cy, 1.6, 5, 0), metal, Volume.ROUND)
            dome = turned([(cy - 7.5, 0.4), (cy - 6.6, 4.2), (cy - 4, 7.8), (cy, 9.4), (cy + 0.8, 9.4)], cx, 0.2)
            throw(easel, dome, easel.body.plain())
            easel.part(shapes.ellipse(cx, cy - 7.6, 1.1), metal, Volume.BALL)


def _case(easel: Easel, outer: skia.Path, centre: Point, radius: float, broad: float) -> None:
    """The rim about the dial."""
    easel.part(outer, easel.body, Volume.FLAT, depth=0.3)
    slopes = [
        (0, 0.2),
        (1 - broad, 1.0),
        (1 - broad * 0.62, 0.25),
        (1 - broad * 0.4, 0.0),
        (1 - broad * 0.2, -0.6),
        (1.0, -1.4),
        (1.5, -1.4),
    ]
    light_dish(easel, outer, centre, radius, slopes, easel.body)


def _dial(
    easel: Easel, centre: Point, radius: float, colour: RGB, styles: tuple[int, int], time: tuple[int, int]
) -> None:
    """The face with its marks or numerals, the hands, and the glass before them."""
    style, marks = styles
    x, y = centre
    dial = shapes.ellipse(x, y, radius)
    easel.part(dial, easel.of("matte", colour), Volume.FLAT, depth=0.5)
    dark = lightness(colour) < 0.55
    tint: RGB = (244, 242, 236) if dark else (44, 46, 52)
    hand = easel.accent if abs(lightness(easel.accent) - lightness(colour)) > 0.3 and marks == 2 else tint
    if style < 2:
        for place in range(1, 13):
            px, py = shapes.around(x, y, radius * 0.79, 30 * place)
            if style == 0 or place % 3 == 0:
                easel.words(str(place), px, py, radius * (0.15 if style == 0 else 0.2), tint)
    for place in range(60):
        if place % 5 and marks == 0:
            continue
        big = place % 5 == 0
        if big and style >= 2:
            start, width = (0.76, 0.055) if style == 2 else (0.82, 0.03)
            if style == 4:
                easel.canvas.drawPath(
                    shapes.ellipse(
                        *shapes.around(x, y, radius * 0.84, 6 * place), radius * (0.045 if place % 15 else 0.07)
                    ),
                    ink(tint),
                )
                continue
        else:
            start, width = (0.92, 0.022) if big else (0.94, 0.012)
        ends = [shapes.around(x, y, radius * share, 6 * place) for share in (start, 0.97 if start > 0.9 else 0.93)]
        easel.line(ends, radius * width, tint, 0.9, bent=False)
    easel.shadow_patch(
        shapes.without(dial, shapes.ellipse(x + radius * 0.05, y + radius * 0.06, radius * 0.96)), 0.35, 1.0, dial
    )
    hour, minute = time
    for angle, length, width in ((30 * hour + minute / 2, 0.5, 0.06), (6 * minute, 0.76, 0.042)):
        tip, tail = shapes.around(x, y, radius * length, angle), shapes.around(x, y, radius * 0.12, angle + 180)
        easel.line(
            [(tail[0] + 0.4, tail[1] + 0.6), (tip[0] + 0.4, tip[1] + 0.6)], radius * width, (0, 0, 0), 0.22, bent=False
        )
        easel.line([tail, tip], radius * width, hand, bent=False)
    second: RGB = (214, 52, 44) if lightness(easel.accent) > 0.8 or dark else easel.accent
    easel.line(
        [shapes.around(x, y, radius * 0.2, 38), shapes.around(x, y, radius * 0.82, 218)],
        radius * 0.018,
        second,
        bent=False,
    )
    easel.part(shapes.ellipse(x, y, radius * 0.055), easel.of("plastic", second), Volume.BALL)
    window = shapes.within(shapes.ellipse(x, y, radius * 0.95), shapes.polygon([(x - radius * 0.5, y - radius),
        (x + radius * 0.25, y - radius),
                           (x - radius * 0.75, y + radius), (x - radius * 1.2, y + radius * 0.5)]))  # fmt: skip
    easel.shine(window, 0.1)
