"""Groceries in jars and bottles: honey, olive oil and juice."""

from __future__ import annotations

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.emblems import bee
from bowerbird.demo.draw.groceries_tins import oil_tin
from bowerbird.demo.draw.ground import Ground
from bowerbird.demo.draw.labels import Label, label_of, print_label
from bowerbird.demo.draw.lathe import Lathe, hollow, lay, light, seen_from, throw, turned
from bowerbird.demo.draw.shapes import Point
from bowerbird.demo.draw.stances import glow, level
from bowerbird.demo.draw.stuff import lightness, mixed, shade
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import RGB, Look

_STEEL: RGB = (200, 202, 206)
_BRASS: RGB = (206, 168, 88)
_CREAM: RGB = (250, 245, 232)


def draw_honey(easel: Easel, look: Look) -> None:
    """Honey in a jar or a squeezy bottle; it is seen through."""
    easel.ground = Ground.STANDING
    level(easel)
    label = label_of(look, easel.chance)
    if look.silhouette == "jar":
        _honey_jar(easel, label)
    else:
        _squeezy(easel, label)


def _see_through(easel: Easel, body: Lathe, level: float, colour: RGB, bright: float) -> None:
    """A clear body filled with something that the light shines through, up to a height."""
    glass = easel.of("glass", mixed(colour, (255, 255, 255), 0.7))
    hollow(easel, body, glass, 0.8)
    inside = Lathe(
        tuple((y, max(r - 0.9, 0.2)) for y, r in body.part(level, body.foot - 1.4).profile), body.x, body.flat
    )
    path = lay(easel, inside, easel.of("matte", colour))
    canvas = easel.canvas
    canvas.save()
    canvas.clipPath(path, doAntiAlias=True)
    wide = max(r for _, r in inside.profile)
    glow(
        easel,
        body.x + wide * 0.3,
        (level + body.foot) / 2 + 6,
        wide * 1.15,
        mixed(colour, (255, 224, 96), 0.72),
        bright,
    )
    canvas.restore()
    light(easel, inside, easel.of("matte"), 0.45, path)
    easel.part(inside.circle(level), easel.of("matte", shade(colour, 1.35)), Volume.FLAT)
    easel.edge(inside.circle(level), 0.3, shade(colour, 0.7), 0.5)
    front = lay(easel, body, glass, 0.08)
    light(easel, body, easel.of("glass", colour), path=front)


def _paper_label(easel: Easel, body: Lathe, label: Label, upper: float, lower: float, share: float) -> None:
    """A paper label stuck round the front of a body, printed in the product's colour."""
    path = body.outline()
    wide = body.radius((upper + lower) / 2) * share
    strip = shapes.within(body.band(upper, lower), shapes.box(body.x - wide, upper - 20, 2 * wide, lower - upper + 60))
    strip = shapes.within(strip, path)
    ground = label.colour if lightness(label.colour) < 0.92 else _CREAM
    lay(easel, body, easel.of("paper", ground), path=strip)
    drop = body.radius(lower) * body.flat * 0.86
    print_label(easel, label, strip, (body.x - wide * 0.9, upper + drop, wide * 1.8, lower - upper))
    light(easel, body, easel.of("paper"), path=strip)
    easel.edge(strip, 0.3, (0, 0, 0), 0.2)


def _honey_colour(easel: Easel) -> RGB:
    """Its honey: the product's colour, made to look like honey."""
    return mixed(easel.colour, (226, 122, 0), 0.55 if lightness(easel.colour) > 0.35 else 0.3)


def _honey_jar(easel: Easel, label: Label) -> None:
    chance = easel.chance
    wide, tall = chance.uniform(24.5, 28), chance.uniform(47, 55)
    form, cloth, size, dip = (
        chance.randrange(3),
        chance.random() < 0.3,
        chance.uniform(0.36, 0.44),
        chance.random() < 0.25,
    )
    flat = seen_from(easel, 0.17, 0.27)
    foot = 87.0
    top = foot - tall
    points: list[Point] = [
        (top, wide * 0.8),
        (top + 3, wide * 0.8),
        (top + 8, wide),
        (foot - 5, wide),
        (foot - 1, wide * 0.95),
        (foot, wide * 0.86),
    ]
    if form == 1:
        points = [
            (top, wide * 0.72),
            (top + 3, wide * 0.73),
            (top + tall * 0.45, wide * 1.08),
            (foot - 6, wide * 0.92),
            (foot - 1, wide * 0.76),
            (foot, wide * 0.7),
        ]
    body = turned(points, 50, flat)
    honey = _honey_colour(easel)
    _see_through(easel, body, top + 4.5, honey, 1.0)
    if form == 2:
        for facet in (-0.62, -0.22, 0.22, 0.62):
            x = 50 + wide * facet
            easel.glint([(x, top + 9), (x, foot - 3)], 0.7, 0.3)
            easel.crease([(x + 0.8, top + 9), (x + 0.8, foot - 3)], 0.6, 0.14)
    _paper_label(easel, body, label, top + tall * 0.4, top + tall * (0.42 + size), 0.86)
    lid_stuff = easel.of("gold", _BRASS) if lightness(label.accent) > 0.9 else easel.of("porcelain", label.accent)
    radius = body.radius(top) * 1.06
    lid = turned([(top - 7, radius * 0.97), (top - 6.4, radius), (top + 1.6, radius)], 50, flat)
    throw(easel, lid, lid_stuff)
    easel.part(lid.circle(top - 7), lid_stuff.shade(1.14), Volume.FLAT)
    easel.edge(lid.circle(top - 7, -2), 0.4, (0, 0, 0), 0.18)
    for ridge in range(1, 30):
        x, y = lid.arc(top - 3, 180 - 6 * ridge, 180 - 6 * ridge - 0.1)[0]
        easel.line([(x, y - 2.4), (x, y + 3)], 0.25, (0, 0, 0), 0.2, bent=False)
    if cloth:
        easel.line(lid.arc(top + 2, 0, 180), 1.0, (190, 150, 100), 1.0)
        x, y = 50 + radius * 0.3, top + 2 + radius * flat * 0.9
        for dx, dy in ((-4, 7), (3, 8)):
            easel.line([(x, y), (x + dx * 0.6, y + dy * 0.4), (x + dx, y + dy)], 0.7, (176, 136, 88))
    if dip:
        bee(easel, 50 + wide * 0.55, top + tall * 0.27, 9)


def _squeezy(easel: Easel, label: Label) -> None:
    """A soft bottle that stands on its cap, or with its nozzle up."""
    chance = easel.chance
    wide, tall = chance.uniform(19, 22.5), chance.uniform(54, 60)
    upside, waist, size = chance.random() < 0.5, chance.uniform(0.8, 0.95), chance.uniform(0.38, 0.46)
    flat = seen_from(easel, 0.13, 0.21)
    honey = _honey_colour(easel)
    cap = easel.of("plastic", label.accent)
    if upside:
        foot = 80.0
        top = foot - tall
        body = turned([(top, wide * 0.62), (top + 1.5, wide * 0.84), (top + 6, wide), (top + tall * 0.45,
            wide * waist), (foot - tall * 0.2, wide * 0.98),
                       (foot - 5, wide * 0.82), (foot, wide * 0.66)], 50, flat)  # fmt: skip
        stand = turned(
            [(foot - 3, wide * 0.7), (foot + 2, wide * 0.84), (foot + 7.4, wide * 0.86), (foot + 8, wide * 0.82)],
            50,
            flat,
        )
    else:
        foot = 88.0
        top = foot - tall * 1.04
        body = turned([(top, wide * 0.42), (top + 3, wide * 0.44), (top + 8, wide * 0.86), (top + tall * 0.2,
            wide), (top + tall * 0.52, wide * waist), (foot - 6, wide),
                       (foot - 1, wide * 0.94), (foot, wide * 0.84)], 50, flat)  # fmt: skip
        stand = turned(
            [(top - 12, 1.6), (top - 7, 3.0), (top - 5, wide * 0.36), (top - 4, wide * 0.48), (top + 2.6, wide * 0.5)],
            50,
            flat,
        )
    if upside:
        throw(easel, stand, cap)
    _see_through(easel, body, top + tall * (0.02 if upside else 0.14), honey, 1.0)
    _paper_label(easel, body, label, top + tall * 0.3, top + tall * (0.32 + size), 0.88)
    if upside:
        easel.line(stand.arc(foot + 3.6, 3, 177), 0.4, (0, 0, 0), 0.3)
        easel.part(body.circle(top), easel.of("plastic", shade(honey, 1.2)), Volume.FLAT, opacity=0.6)
    else:
        throw(easel, stand, cap)
        for ridge in range(1, 15):
            x, y = stand.arc(top - 1, 180 - 12 * ridge, 180 - 12 * ridge - 0.1)[0]
            easel.line([(x, y - 1.8), (x, y + 2.4)], 0.3, (0, 0, 0), 0.22, bent=False)


def draw_olive_oil(easel: Easel, look: Look) -> None:
    """Olive oil in a bottle of dark glass or a tin."""
    easel.ground = Ground.STANDING
    level(easel)
    label = label_of(look, easel.chance)
    if look.silhouette == "bottle":
        _oil_bottle(easel, label)
    else:
        oil_tin(easel, label)


def _oil_bottle(easel: Easel, label: Label) -> None:
    chance = easel.chance
    wide, tall, neck = chance.uniform(14.5, 17), chance.uniform(68, 74), chance.uniform(0.22, 0.34)
    sloping, sleeve, pourer = chance.random() < 0.5, chance.uniform(7, 12), chance.random() < 0.3
    flat = seen_from(easel, 0.13, 0.21)
    foot = 90.0
    top = foot - tall
    shoulder = top + tall * (neck + 0.12)
    throat = 4.2
    points: list[Point] = [
        (top, throat),
        (top + tall * neck * 0.7, throat),
        (shoulder - 3, wide * 0.72),
        (shoulder + 3, wide),
        (foot - 3, wide),
        (foot - 0.8, wide * 0.96),
        (foot, wide * 0.88),
    ]
    if sloping:
        points = [
            (top, throat),
            (top + tall * 0.24, throat * 1.1),
            (top + tall * 0.36, wide * 0.62),
            (top + tall * 0.5, wide),
            (foot - 3, wide * 1.04),
            (foot, wide * 0.92),
        ]
    body = turned(points, 50, flat)
    glass = mixed(easel.colour, (24, 30, 16), 0.12)
    path = lay(easel, body, easel.of("porcelain", glass))
    canvas = easel.canvas
    canvas.save()
    canvas.clipPath(path, doAntiAlias=True)
    glow(easel, 50 + wide * 0.35, foot - tall * 0.2, wide * 1.1, mixed(easel.colour, (236, 214, 90), 0.55), 0.5)
    canvas.restore()
    light(easel, body, easel.of("porcelain", glass), 1.1, path)
    light(easel, body, easel.of("glass", glass), 0.8, path)
    paper = label.on_paper()
    _paper_label(easel, body, paper, shoulder + tall * 0.1, shoulder + tall * 0.42, 0.9)
    capsule = easel.of("plastic", label.accent if lightness(label.accent) < 0.92 else _BRASS)
    cover = turned([(top - 3, throat * 1.06), (top - 2.4, throat * 1.16), (top + sleeve, throat * 1.16)], 50, flat)
    if pourer:
        easel.part(
            shapes.ribbon([(50, top - 2), (50.3, top - 5), (53.5, top - 8)], 1.8),
            easel.of("steel", _STEEL),
            Volume.SOFT,
        )
    throw(easel, cover, capsule)
    easel.part(cover.circle(top - 3), capsule.shade(1.15), Volume.FLAT)
    easel.line(cover.arc(top + 3, 0, 180), 0.4, (0, 0, 0), 0.3)


def juice_bottle(easel: Easel, label: Label) -> None:
    """Juice in a clear bottle with a paper label."""
    chance = easel.chance
    wide, tall = chance.uniform(16.5, 19), chance.uniform(63, 69)
    form, full, size = chance.randrange(3), chance.uniform(0.12, 0.2), chance.uniform(0.3, 0.36)
    flat = seen_from(easel, 0.14, 0.22)
    foot = 89.0
    top = foot - tall
    throat = 7.2
    points: list[Point] = [
        (top, throat),
        (top + 6, throat),
        (top + tall * 0.3, wide * 0.94),
        (top + tall * 0.36, wide),
        (foot - 3, wide),
        (foot - 0.8, wide * 0.95),
        (foot, wide * 0.86),
    ]
    if form == 1:
        points = [
            (top, throat),
            (top + 5, throat),
            (top + tall * 0.2, wide * 0.92),
            (top + tall * 0.42, wide),
            (top + tall * 0.62, wide * 0.86),
            (foot - 6, wide),
            (foot, wide * 0.88),
        ]
    elif form == 2:
        points = [
            (top, throat),
            (top + 4, throat * 1.02),
            (top + tall * 0.14, wide * 0.86),
            (top + tall * 0.2, wide),
            (foot - 4, wide),
            (foot - 1, wide * 0.94),
            (foot, wide * 0.86),
        ]
    body = turned(points, 50, flat)
    _see_through(easel, body, top + tall * full * 0.8, easel.colour, 0.5)
    middle = top + tall * 0.45
    pale = label.on_paper()
    _paper_label(easel, body, pale, middle, middle + tall * size, 0.9)
    cap = easel.of("plastic", label.accent) if easel.look.material == "plastic" else easel.of("steel", label.accent)
    lid = turned([(top - 6, throat * 1.1), (top - 5.4, throat * 1.18), (top + 1.4, throat * 1.18)], 50, flat)
    throw(easel, lid, cap)
    easel.part(lid.circle(top - 6), cap.shade(1.15), Volume.FLAT)
    for ridge in range(1, 18):
        x, y = lid.arc(top - 2.4, 180 - 10 * ridge, 180 - 10 * ridge - 0.1)[0]
        easel.line([(x, y - 2.2), (x, y + 2.6)], 0.28, (0, 0, 0), 0.2, bent=False)
