"""Rings and bracelets."""

from __future__ import annotations

from dataclasses import replace

import skia

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.gems import STONES, bead, bezel, chain, claws, gem, girdle, pearl, small_gem
from bowerbird.demo.draw.gleams import GOLD, SILVER, WHITE, lit, metal_of, polished, sparkle, spot, stations, wire
from bowerbird.demo.draw.ground import Ground
from bowerbird.demo.draw.metalwork import Band, medal, metal_and_stone, metal_band, pave, torus, twist
from bowerbird.demo.draw.shapes import Point
from bowerbird.demo.draw.stuff import lightness, shade
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import RGB, Look


def draw_ring(easel: Easel, look: Look) -> None:
    """A ring that stands upright: with one stone, as a plain band, or with a plate to engrave."""
    easel.ground = Ground.STANDING
    metal, stone = metal_and_stone(easel, look)
    {"solitaire": _solitaire, "band": _band_ring, "signet": _signet}[look.silhouette](easel, look, metal, stone)


def _solitaire(easel: Easel, look: Look, metal: RGB, stone: RGB) -> None:
    chance = easel.chance
    size, thick, deep = chance.uniform(13.5, 17), chance.uniform(1.5, 2.6), chance.uniform(3.0, 5.0)
    shoulder, prongs, sides = chance.choice((0, 0, 3, 5)), chance.choice((4, 6)), chance.random() < 0.35
    cut = chance.choice(("round", "round", "cushion"))
    reach = 23.0
    band = Band(48.5, 89 - reach, reach * 0.95, reach, (deep, -deep * 0.36), thick)
    metal_band(easel, band, metal)
    x, foot = band.x + deep / 2, band.y - reach - deep * 0.18
    for place in range(shoulder):
        for side in (-1, 1):
            px, py, _ = band.at(side * (20 + place * 9.5))
            small_gem(easel, px, py, 1.75 - place * 0.1, STONES["white"], place * 30)
    y = foot - size * 0.86
    _basket(easel, (x, y, size), foot, stone, metal)
    if sides:
        for side in (-1, 1):
            px, py = x + side * size * 1.18, y + size * 0.5
            bezel(easel, shapes.ellipse(px, py, size * 0.34, size * 0.28), (px, py), 0.5, metal)
            gem(easel, px, py, size * 0.34, STONES["white"], flat=0.8)
    gem(easel, x, y, size, stone, cut, flat=0.62)
    claws(easel, x, y, size * (0.97 if cut == "round" else 0.92), metal, prongs, flat=0.64)
    if look.view == 0:
        sparkle(easel, x + size * 0.5, y - size * 0.4, size * 0.34)


def _basket(easel: Easel, place: tuple[float, float, float], foot: float, stone: RGB, metal: RGB) -> None:
    """The underside of a stone seen from the side, and the wires that carry it."""
    x, y, size = place
    culet = (x, y + size * 1.02)
    edge = [
        (x + size * share, y + size * 0.62 * (1 - share * share) ** 0.5) for share in (-1, -0.8, -0.45, 0, 0.45, 0.8, 1)
    ]
    tones = (0.95, 0.55, 1.35, 0.7, 0.45, 0.85)
    easel.print_on(shapes.polygon([*edge, culet]), shapes.box(0, 0, 100, 100), shade(stone, 0.5))
    for start, end, tone in zip(edge, edge[1:], tones, strict=False):
        facet = shapes.polygon([start, end, culet])
        easel.print_on(facet, facet, shade(stone, tone))
    for share in (-0.86, 0.86, -0.3, 0.3):
        top = (x + size * share, y + size * 0.4)
        wire(
            easel, [top, (x + size * share * 0.62, y + size * 0.8), (x + size * share * 0.24, foot + 0.6)], 1.15, metal
        )
    ring = shapes.ellipse(x, y + size * 0.86, size * 0.5, size * 0.15)
    torus(easel, ring, 0.9, metal, (x, y + size * 0.86))


def _band_ring(easel: Easel, look: Look, metal: RGB, stone: RGB) -> None:
    chance = easel.chance
    deep, thick, design = chance.uniform(11, 16), chance.uniform(2.2, 3.6), chance.randrange(5)
    rows, slope = chance.choice((2, 3)), chance.uniform(0.62, 0.86)
    band = Band(46, 55, 29.0, 32.0, (deep, -deep * slope), thick)
    metal_band(easel, band, metal)
    for share in (0.06, 0.94):
        rim = band.outer(share - 0.05, share + 0.05)
        polished(easel, rim, (50, 50), lit(metal, 1.3), turn=30)
    (_grooves, _inlay, _stones, _hammered, _beaded)[design](easel, band, (metal, stone), rows)
    x, y, _ = band.at(34, 0.4)
    sparkle(easel, x, y, 5.5, 0.9)
    easel.glint([band.at(degrees, 0.3)[:2] for degrees in (8, 30, 52)], 1.4, 0.7)


def _seen(band: Band, share: float, step: float) -> list[tuple[float, float, float]]:
    """Places along the outside, ``step`` degrees apart, as far as they are seen, and how squarely."""
    places = [band.at(-90 + step * place, share) for place in range(int(270 / step))]
    return [place for place in places if place[2] > 0.05]


def _grooves(easel: Easel, band: Band, tones: tuple[RGB, RGB], rows: int) -> None:
    for share in (0.34, 0.66) if rows == 2 else (0.26, 0.5, 0.74):
        for shift, tone, alpha in ((0.0, shade(tones[0], 0.3), 0.9), (0.035, WHITE, 0.5)):
            groove = band.outer(share + shift - 0.03, share + shift)
            easel.print_on(groove, groove, tone, alpha)


def _inlay(easel: Easel, band: Band, tones: tuple[RGB, RGB], rows: int) -> None:
    """A stripe of enamel in the stone's colour."""
    inlay = band.outer(0.3, 0.7)
    easel.part(inlay, easel.of("porcelain", tones[1]), Volume.SOFT, depth=0.8)
    easel.edge(inlay, 0.35, shade(tones[0], 0.3), 0.8)
    easel.glint([band.at(degrees, 0.5)[:2] for degrees in (10, 40, 70)], 1.0, 0.5, inlay)


def _stones(easel: Easel, band: Band, tones: tuple[RGB, RGB], rows: int) -> None:
    """A row of stones all round, smaller where they turn away."""
    size = max(abs(band.behind[0]), abs(band.behind[1])) * 0.26
    last = (-99.0, -99.0)
    for place, (x, y, facing) in enumerate(_seen(band, 0.5, 1.5)):
        radius = size * (0.5 + 0.5 * facing)
        if (x - last[0]) ** 2 + (y - last[1]) ** 2 > (radius * 2.1) ** 2:
            small_gem(easel, x, y, radius, tones[1], 30 * place)
            last = x, y


def _hammered(easel: Easel, band: Band, tones: tuple[RGB, RGB], rows: int) -> None:
    for share in (0.22, 0.5, 0.78):
        for x, y, facing in _seen(band, share, 7 + share):
            spot(easel, x + 0.5, y + 0.5, 2.6 * facing + 0.4, 2.6, (shade(tones[0], 0.25), 0.5))
            spot(easel, x - 0.7, y - 0.7, 1.6 * facing + 0.3, 1.6, (WHITE, 0.85))


def _beaded(easel: Easel, band: Band, tones: tuple[RGB, RGB], rows: int) -> None:
    """Grains along both edges, and a groove or a row of stones between."""
    for share in (0.1, 0.9):
        for x, y, facing in _seen(band, share, 3):
            bead(easel, x, y, 0.5 + 0.4 * facing, tones[0])
    if rows == 3:
        _stones(easel, band, tones, rows)
    else:
        _grooves(easel, band, tones, rows)


def _signet(easel: Easel, look: Look, metal: RGB, stone: RGB) -> None:
    chance = easel.chance
    form, size, design = chance.randrange(3), chance.uniform(14, 18), chance.randrange(5)
    deep, emblem = chance.uniform(7, 10), chance.randrange(4)
    band = Band(46, 63, 22.0, 24.5, (deep, -deep * 0.4), 2.6)
    metal_band(easel, band, metal)
    x, y = band.x + deep * 0.5, band.y - band.down - deep * 0.2 - size * 0.22
    for side in (-1, 1):
        inward = (x + side * size * 0.3, y + size * 0.62)
        wing = shapes.smooth(
            [(x + side * size * 0.98, y + size * 0.1)] * 2
            + [(x + side * size * 1.02, y + size * 0.7), (x + side * 21.5, y + 21)]
            + [(x + side * 17, y + 20)]
            + [inward] * 2
        )
        polished(easel, wing, (x, y + size), metal, turn=side * 20)
        easel.edge(wing, 0.25, shade(metal, 0.3), 0.5)
    plate = _plate(form, x, y, size)
    under = shapes.moved(plate, 0.3, size * 0.16)
    polished(easel, under, (x, y), shade(metal, 0.62))
    easel.edge(under, 0.4, shade(metal, 0.25), 0.8)
    polished(easel, plate, (x, y), lit(metal, 1.1), turn=30, depth=0.7)
    easel.edge(plate, 0.35, lit(metal, 1.9), 0.9)
    face = _plate(form, x, y, size * 0.82)
    if design in (0, 1):
        easel.part(face, easel.of("porcelain", stone if lightness(stone) < 0.8 else (40, 42, 50)), Volume.BEVEL)
        easel.edge(face, 0.4, shade(metal, 0.4), 0.9)
        tone = lit(metal, 1.3)
    else:
        easel.edge(face, 0.5, shade(metal, 0.35), 0.8)
        tone = shade(metal, 0.36)
    _engraving(easel, (x, y, size), tone, design, emblem)
    spot(easel, x - size * 0.5, y - size * 0.34, size * 0.5, size * 0.28, (WHITE, 0.5), plate)
    sparkle(easel, x - size * 0.72, y - size * 0.34, size * 0.3)


def _plate(form: int, x: float, y: float, size: float) -> skia.Path:
    if form == 0:
        return shapes.ellipse(x, y, size, size * 0.74)
    if form == 1:
        return shapes.box(x - size * 0.94, y - size * 0.68, size * 1.88, size * 1.36, size * 0.3)
    return shapes.polygon([(x + px * size * 1.3, y + py * size * 0.72) for px, py in _OCTAGON])


_OCTAGON = ((-0.4, -1), (0.4, -1), (0.74, -0.5), (0.74, 0.5), (0.4, 1), (-0.4, 1), (-0.74, 0.5), (-0.74, -0.5))


def _engraving(easel: Easel, place: tuple[float, float, float], tone: RGB, design: int, emblem: int) -> None:
    x, y, size = place
    brand = easel.look.brand
    if design in (0, 2) and brand and brand.isascii():
        easel.words(brand[0], x + 0.2, y + 0.3, size * 0.62, lit(tone, 1.7))
        easel.words(brand[0], x, y, size * 0.62, tone)
        return
    moon = shapes.ellipse(x + size * 0.2, y - size * 0.06, size * 0.36)
    mark = {
        0: shapes.star(x, y, size * 0.5, size * 0.21),
        1: shapes.star(x, y, size * 0.54, size * 0.12, 8),
        2: shapes.without(shapes.ellipse(x, y, size * 0.42), moon),
        3: shapes.without(shapes.regular(x, y, size * 0.5, 4), shapes.regular(x, y, size * 0.3, 4)),
    }[emblem]  # fmt: skip
    easel.edge(shapes.moved(mark, 0.2, 0.3), 0.3, lit(tone, 1.8), 0.6)
    easel.print_on(mark, mark, tone)


def draw_bracelet(easel: Easel, look: Look) -> None:
    """A bracelet: a stiff bangle, a string of beads, or a chain."""
    {"bangle": _bangle, "beads": _beads, "chain": _chain_bracelet}[look.silhouette](easel, look)


def _bangle(easel: Easel, look: Look) -> None:
    easel.ground = Ground.STANDING
    metal, stone = metal_and_stone(easel, look)
    chance = easel.chance
    tall, thick, design = chance.uniform(11, 22), chance.uniform(2.0, 3.4), chance.randrange(5)
    down, count = chance.uniform(19, 23), chance.choice((3, 4, 5))
    precious = look.material in ("gold", "silver", "steel")
    if precious and design == 0:
        _stacked(easel, count, down, metal)
        return
    band = Band(50, 48 - tall * 0.3, 38, down, (0, tall), thick)
    if precious:
        metal_band(easel, band, metal)
        if design in (1, 2):
            places = [band.at(degrees)[:2] for degrees in range(118, 243, 6 if tall < 16 else 8)]
            pave(easel, places, min(tall * 0.2, 3.0), stone, metal)
        elif design == 3:
            for share in (0.2, 0.8):
                for degrees in range(92, 269, 3):
                    bead(easel, *band.at(degrees, share)[:2], 0.9, metal)
        else:
            torus(easel, shapes.ellipse(50, band.y + tall, 38, down), 1.6, metal, (50, band.y))
        sparkle(easel, *band.at(222, 0.3)[:2], 5)
        return
    easel.part(band.inner(), easel.body.plain().shade(0.55), Volume.ROUND)
    easel.part(band.outer(), easel.body, Volume.ROUND)
    easel.part(band.rim(), easel.body.plain().shade(1.18), Volume.FLAT)
    easel.edge(band.disc(0, 0.3), 0.3, WHITE, 0.5)
    if design in (1, 2):
        for share in (0.36, 0.6):
            inlay = band.outer(share, share + 0.08)
            polished(easel, inlay, (50, band.y), GOLD if design == 1 else SILVER)


def _stacked(easel: Easel, count: int, down: float, metal: RGB) -> None:
    """Thin bangles in a pile, each a little out of line; every other one twisted."""
    for place in range(count):
        x, y = 50 + (1.6, -1.8, 0.8, -0.9, 1.2)[place], 56 + count * 1.6 - place * 5.6
        line = shapes.ellipse(x, y, 36, down)
        torus(easel, line, 3.2, metal if place % 3 != 2 else lit(metal, 1.25), (x, y))
        if place % 2:
            twist(easel, line, 3.2, metal)


def _beads(easel: Easel, look: Look) -> None:
    easel.ground = Ground.LYING
    chance = easel.chance
    count, flat, every = chance.choice((15, 17, 19, 22)), chance.uniform(0.84, 1.0), chance.choice((0, 4, 5, 6))
    metal, charm, emblem = chance.choice((GOLD, SILVER)), chance.randrange(4), chance.randrange(4)
    veined = chance.random() < 0.5 and look.material == "stone"
    reach = 32.0
    y = 46.0 if charm < 2 else 50.0
    line = shapes.ellipse(50, y, reach, reach * flat)
    step = 2 * 3.1416 * reach * (1 + flat) / 2 / count
    easel.edge(line, 0.7, shade(easel.colour, 0.4), 1.0)
    body = easel.body
    if veined:
        body = replace(
            body, pattern="marbled", second=shade(easel.colour, 1.6 if lightness(easel.colour) < 0.6 else 0.7), size=0.5
        )
    places: list[Point] = [(px, py) for px, py, _ in stations(line, step)]
    for place, (px, py) in enumerate(places):
        radius = step * 0.5
        if every and place % every == 2:
            bead(easel, px, py, radius * 0.82, metal)
        elif look.material == "pearl":
            pearl(easel, px, py, radius, easel.colour)
        else:
            easel.part(shapes.ellipse(px, py, radius * 1.01), body if place % 5 else body.shade(0.9), Volume.BALL)
            spot(easel, px - radius * 0.34, py - radius * 0.4, radius * 0.34, radius * 0.3, (WHITE, 0.85))
    if charm == 0:
        torus(easel, shapes.ellipse(50, y + reach * flat + step * 0.62, 1.8), 0.8, metal, (50, y + reach * flat))
        medal(easel, 50, y + reach * flat + step * 0.62 + 7.6, 6, metal, STONES[look.accent], emblem)
    elif charm == 1:
        foot = y + reach * flat + step * 0.5
        easel.part(shapes.box(48, foot, 4, 3.6, 1), easel.of(metal_of(metal), metal), Volume.ROUND, shadow=0.6)
        skirt = shapes.polygon([(48.2, foot + 3.4), (51.8, foot + 3.4), (53.8, foot + 15), (46.2, foot + 15)])
        easel.part(skirt, easel.of("silk"), Volume.ROUND)
        for place in range(8):
            easel.line(
                [(48.4 + place * 0.45, foot + 3.6), (46.5 + place, foot + 15)], 0.2, shade(easel.accent, 0.5), 0.8
            )


def _chain_bracelet(easel: Easel, look: Look) -> None:
    easel.ground = Ground.LYING
    metal, stone = metal_and_stone(easel, look)
    chance = easel.chance
    design, style = chance.randrange(4), chance.choice(("curb", "cable", "paperclip", "rope", "curb"))
    link = {"curb": 8.2, "cable": 7.0, "paperclip": 10.5, "rope": 7.0}[style] * chance.uniform(0.85, 1.15)
    flat, size, emblem, charms = (
        chance.uniform(0.8, 0.98),
        chance.uniform(2.6, 3.5),
        chance.randrange(4),
        chance.choice((1, 3)),
    )
    y0 = 50.0 if design == 0 else 42.0
    line = shapes.ellipse(50, y0, 34, 34 * flat)
    if design == 0:
        # A tennis bracelet: one stone beside the other, each in its own box.
        for place, (x, y, degrees) in enumerate(stations(line, size * 2.3)):
            with easel.turned(degrees, (x, y)):
                easel.part(
                    shapes.box(x - size * 1.08, y - size * 1.04, size * 2.16, size * 2.08, 0.7),
                    easel.of("silver", metal),
                    Volume.BEVEL,
                )
            small_gem(easel, x, y, size * 0.92, stone, 30 * place)
            if place % 6 == 1:
                sparkle(easel, x - size * 0.3, y - size * 0.3, size * 1.2, 0.9)
        return
    chain(easel, line, link, metal, style)
    low, high = y0 + 34 * flat, y0 - 34 * flat
    torus(easel, shapes.ellipse(50, high, 3.6, 2.8), 1.5, metal, (50, high))
    easel.part(shapes.box(51.5, high - 1.8, 8, 3.6, 1.8), easel.of(metal_of(metal), metal), Volume.ROLL, shadow=0.8)
    for place in range(charms):
        x = 50 + (0, -15, 15)[place]
        y = low - (0, 4, 4)[place] + 1
        torus(easel, shapes.ellipse(x, y + 2.4, 1.9), 0.9, metal, (x, y + 2.4))
        if (place + emblem) % 2:
            medal(easel, x, y + 10, 6.2, metal, stone, (emblem + place) % 4)
        else:
            bezel(easel, girdle(x, y + 10, 6.2, "pear"), (x, y + 10), 0.8, metal)
            gem(easel, x, y + 10, 6.2, stone, "pear")
