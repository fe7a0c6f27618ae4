"""Shampoos and face creams."""

from __future__ import annotations

import skia

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.fittings import panel
from bowerbird.demo.draw.glassware import label_ink, print_label
from bowerbird.demo.draw.gleams import BLACK, GOLD, ROSE, SILVER, WHITE, fade, metal_of, spot
from bowerbird.demo.draw.ground import Ground
from bowerbird.demo.draw.shapes import Point
from bowerbird.demo.draw.stuff import lightness, mixed, shade
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import RGB, Look


def _emblem(easel: Easel, x: float, y: float, size: float, colour: RGB, style: int) -> None:
    """What is inside, as a drawing: a sprig, a drop, a blossom, a fruit, or waves (0 to 4)."""
    everywhere = shapes.box(0, 0, 100, 100)
    if style == 0:
        easel.line([(x, y + size), (x + size * 0.1, y), (x - size * 0.1, y - size)], size * 0.09, colour)
        for place in range(5):
            for side in (-1, 1):
                cx, cy = x + side * size * 0.36, y + size * 0.66 - place * size * 0.36
                leaf = shapes.moved(shapes.ellipse(cx, cy, size * 0.34, size * 0.12), turn=side * -38, about=(cx, cy))
                easel.print_on(everywhere, leaf, colour)
    elif style == 1:
        drop = shapes.smooth(
            [(x, y - size)] * 2
            + [(x + size * 0.6, y + size * 0.3), (x, y + size * 0.9), (x - size * 0.6, y + size * 0.3)]
        )
        easel.print_on(everywhere, drop, colour)
        easel.print_on(drop, shapes.ellipse(x - size * 0.2, y + size * 0.3, size * 0.14, size * 0.26), WHITE, 0.6)
    elif style == 2:
        for place in range(6):
            px, py = shapes.around(x, y, size * 0.52, 60 * place)
            petal = shapes.moved(shapes.ellipse(px, py, size * 0.3, size * 0.46), turn=60 * place, about=(px, py))
            easel.print_on(everywhere, petal, colour, 0.85)
        easel.print_on(everywhere, shapes.ellipse(x, y, size * 0.22), (250, 206, 90))
    elif style == 3:
        easel.print_on(everywhere, shapes.ellipse(x, y, size * 0.8), colour)
        easel.print_on(everywhere, shapes.ellipse(x, y, size * 0.66), shade(colour, 1.6))
        for place in range(8):
            slice_ = shapes.sector(x, y, size * 0.6, 45 * place + 4, 37)
            easel.print_on(everywhere, slice_, colour, 0.85)
    else:
        for place in range(3):
            down = y + (place - 1) * size * 0.5
            wave = [
                (x - size, down),
                (x - size * 0.5, down - size * 0.24),
                (x, down),
                (x + size * 0.5, down + size * 0.24),
                (x + size, down),
            ]
            easel.line(wave, size * 0.15, colour)


def draw_shampoo(easel: Easel, look: Look) -> None:
    """A shampoo: a bottle with a pump, or one with a flip cap."""
    easel.ground = Ground.STANDING
    chance = easel.chance
    pump = look.silhouette == "pump"
    wide, tall, shoulder = chance.uniform(19, 24), chance.uniform(50, 57), chance.uniform(3, 14)
    waist, label, emblem, style = (
        chance.choice((1.0, 0.92, 1.06)),
        chance.randrange(4),
        chance.randrange(5),
        chance.randrange(4),
    )
    closing = chance.choice(((36, 38, 42), (246, 245, 240), easel.accent, SILVER, easel.accent))
    tip, ribbed, band = chance.uniform(0.55, 0.8), chance.random() < 0.5, chance.random() < 0.4
    foot = 89.0
    top = foot - tall if pump else foot - tall - 10
    neck = wide * (0.34 if pump else 0.5)
    if pump:
        _pump(easel, top, neck, closing, ribbed, -1 if look.view else 1)
        outline = panel(
            [
                (50 - neck, top, 1),
                (50 - neck - 0.4, top + shoulder * 0.45, shoulder * 0.4),
                (50 - wide, top + shoulder * 0.9, shoulder),
                (50 - wide * waist, (top + foot) / 2 + 6, 90),
                (50 - wide, foot, 4.5),
            ]
        )
    else:
        _flip_cap(easel, top, wide * tip, closing, ribbed)
        outline = panel(
            [
                (50 - wide * tip, top, 1),
                (50 - wide, top + shoulder * 1.2, 16),
                (50 - wide * waist, (top + foot) / 2 + 8, 90),
                (50 - wide * 0.92, foot, 5),
            ]
        )
    easel.part(outline, easel.body, Volume.ROUND, depth=0.85)
    _bottle_print(easel, look, outline, (top, foot, wide), (label, emblem, style))
    if band and label > 1:
        strip = shapes.within(outline, shapes.box(0, foot - 9, 100, 3.2))
        easel.part(strip, easel.of("plastic"), Volume.ROUND, depth=0.85)
    easel.crease([(50 - wide * 0.9, foot - 1.2), (50 + wide * 0.9, foot - 1.2)], 1.4, 0.25, outline)


def _bottle_print(
    easel: Easel, look: Look, bottle: skia.Path, place: tuple[float, float, float], form: tuple[int, int, int]
) -> None:
    """A label all round, a printed panel, or bare print on the bottle."""
    top, foot, wide = place
    label, emblem, style = form
    middle, tall = top + (foot - top) * 0.58, foot - top
    if label in (0, 1):
        paper = mixed((250, 248, 242), easel.accent, 0.0 if label == 0 else 0.12)
        if lightness(easel.colour) > 0.8:
            paper = mixed(easel.accent, WHITE, 0.35) if lightness(easel.accent) < 0.8 else (206, 214, 208)
        sheet = (
            shapes.box(0, middle - tall * 0.26, 100, tall * 0.52)
            if label == 0
            else shapes.box(50 - wide * 0.7, middle - tall * 0.3, wide * 1.4, tall * 0.6, 2.4)
        )
        sheet = shapes.within(bottle, sheet)
        easel.part(sheet, easel.of("matte", paper), Volume.ROUND if label == 0 else Volume.FLAT, depth=0.6)
        ink = label_ink(paper)
    else:
        paper, ink = easel.colour, label_ink(easel.colour)
    mark = easel.accent if abs(lightness(easel.accent) - lightness(paper)) > 0.2 else ink
    _emblem(easel, 50, middle - tall * 0.19, wide * 0.21, mark, emblem)
    print_label(easel, (50, middle + tall * 0.005, wide * 1.05), ink, "SHAMPOO", style)
    easel.words("400 ml", 50, middle + tall * 0.235, wide * 0.07, ink)


def _pump(easel: Easel, top: float, neck: float, tone: RGB, ribbed: bool, side: int) -> None:
    """Collar, stem and head with its spout to the left (side -1) or right."""
    stuff = easel.of(metal_of(tone) if tone == SILVER else "plastic", tone)
    easel.part(
        shapes.box(48.2, top - 17, 3.6, 14),
        easel.of("silver" if tone == SILVER else "plastic", mixed(tone, (226, 228, 230), 0.4)),
        Volume.ROUND,
    )
    spout = shapes.smooth(
        [
            (50, top - 21.4),
            (50 + side * 9, top - 21),
            (50 + side * 15, top - 18.6),
            (50 + side * 15.4, top - 14.6),
            (50 + side * 13, top - 15),
            (50 + side * 11.5, top - 16.8),
            (50, top - 16.8),
        ]
    )
    easel.part(spout, stuff, Volume.ROLL)
    easel.part(shapes.box(44, top - 22, 12, 6.6, 2.2), stuff, Volume.ROUND)
    easel.part(shapes.box(46, top - 8.4, 8, 4.4, 0.8), stuff.shade(0.9), Volume.ROUND)
    cap = easel.part(shapes.box(50 - neck - 1.2, top - 5, 2 * neck + 2.4, 7, 1), stuff, Volume.ROUND, shadow=0.4)
    _ribs(easel, cap, 50 - neck - 1, 50 + neck + 1, (top - 3.6, top + 1.2), 12 if ribbed else 0)


def _flip_cap(easel: Easel, top: float, half: float, tone: RGB, ribbed: bool) -> None:
    stuff = easel.of(metal_of(tone) if tone == SILVER else "plastic", tone)
    lid = shapes.box(50 - half, top - 13, 2 * half, 8, 2.4)
    easel.part(lid, stuff, Volume.ROUND)
    cap = easel.part(shapes.box(50 - half, top - 7.6, 2 * half, 8.6, 0.8), stuff, Volume.ROUND)
    easel.line([(50 - half, top - 7.6), (50 + half, top - 7.6)], 0.5, shade(tone, 0.4), 0.8)
    easel.part(shapes.box(46.5, top - 9, 7, 1.8, 0.9), stuff.shade(0.8), Volume.FLAT)
    _ribs(easel, cap, 50 - half + 0.5, 50 + half - 0.5, (top - 6.4, top + 0.2), 18 if ribbed else 0)


def _ribs(easel: Easel, part: skia.Path, left: float, right: float, rows: tuple[float, float], count: int) -> None:
    for place in range(count):
        x = left + (right - left) * (place + 0.5) / count
        easel.line([(x, rows[0]), (x, rows[1])], 0.3, BLACK, 0.3, bent=False)
        easel.line([(x + 0.35, rows[0]), (x + 0.35, rows[1])], 0.2, WHITE, 0.3, bent=False)


def draw_face_cream(easel: Easel, look: Look) -> None:
    """A face cream in a jar with a screw lid, or in a tube that stands on its cap."""
    easel.ground = Ground.STANDING
    {"jar": _jar, "tube": _tube}[look.silhouette](easel, look)


def _jar(easel: Easel, look: Look) -> None:
    chance = easel.chance
    wide, tall, lid = chance.uniform(31, 36), chance.uniform(30, 38), chance.uniform(14, 19)
    bowl, style, emblem = chance.uniform(0.0, 9.0), chance.randrange(4), chance.randrange(5)
    tone = chance.choice((GOLD, SILVER, ROSE, (246, 245, 241), easel.accent, easel.accent))
    ring, round_lid, ribbed = chance.choice((GOLD, SILVER)), chance.random() < 0.4, chance.random() < 0.3
    foot = 85.0
    top = foot - tall
    body = panel(
        [(50 - wide * 0.96, top, 2), (50 - wide, top + tall * 0.3, 20), (50 - wide + bowl, foot, 6 + bowl * 0.5)]
    )
    if look.material == "glass":
        _frosted(easel, body, (top, foot, wide))
    else:
        easel.part(body, easel.body, Volume.ROUND, depth=0.85)
    easel.crease([(50 - wide + bowl, foot - 1), (50 + wide - bowl, foot - 1)], 1.6, 0.25, body)
    easel.part(
        shapes.box(50 - wide * 0.94, top - 2.6, wide * 1.88, 3.6, 0.8), easel.of(metal_of(ring), ring), Volume.ROUND
    )
    metallic = tone in (GOLD, SILVER, ROSE)
    stuff = easel.of(metal_of(tone) if metallic else "plastic", tone)
    corner = lid * 0.42 if round_lid else 1.8
    cover = panel([(50 - wide * 0.98, top - 2 - lid, corner), (50 - wide * 0.98, top - 2, 0.8)])
    easel.part(cover, stuff, Volume.ROUND)
    _ribs(easel, cover, 50 - wide * 0.96, 50 + wide * 0.96, (top - lid, top - 3), 40 if ribbed else 0)
    spot(easel, 50, top - 1.4 - lid, wide * 0.8, 1.6, (WHITE, 0.5), cover)
    ink = label_ink(easel.colour)
    mark = easel.accent if abs(lightness(easel.accent) - lightness(easel.colour)) > 0.25 else ink
    _emblem(easel, 50, top + tall * 0.2, wide * 0.12, mark, emblem)
    print_label(easel, (50, top + tall * 0.56, wide * 0.8), ink, "FACE CREAM", style)


def _frosted(easel: Easel, body: skia.Path, place: tuple[float, float, float]) -> None:
    """Thick glass, coloured inside: a clear wall and foot round the cup that holds the cream."""
    top, foot, wide = place
    tint = mixed(easel.colour, (228, 236, 240), 0.6)
    easel.part(body, easel.of("porcelain", tint), Volume.ROUND, depth=0.8)
    cup = shapes.within(body, panel([(50 - wide * 0.9, top, 1), (50 - wide * 0.9, foot - 5.5, 6)]))
    easel.part(cup, easel.of("porcelain", easel.colour), Volume.ROUND, depth=0.8)
    block = shapes.without(shapes.within(body, shapes.box(0, foot - 7, 100, 10)), cup)
    fade(
        easel,
        block,
        (0, foot - 6),
        (0, foot),
        [(WHITE, 0.6), (easel.colour, 0.3), (WHITE, 0.5), (shade(easel.colour, 0.6), 0.5)],
    )
    easel.edge(cup, 0.4, WHITE, 0.5)


def _tube(easel: Easel, look: Look) -> None:
    chance = easel.chance
    wide, tall, cap = chance.uniform(17, 21), chance.uniform(52, 58), chance.uniform(11, 15)
    grip, style, emblem, label = (
        chance.uniform(0.66, 0.94),
        chance.randrange(4),
        chance.randrange(5),
        chance.randrange(3),
    )
    tone = chance.choice(((246, 245, 241), (40, 42, 46), GOLD, SILVER, easel.accent, easel.accent))
    ribbed, split = chance.random() < 0.5, chance.uniform(0.68, 0.8)
    foot = 89.0
    low, top = foot - cap, foot - cap - tall
    flank: list[Point] = [(50 - wide * 1.02, top + tall * 0.4), (50 - wide * 0.96, low - 2)]
    end, neck = (50 - wide * 1.08, top), (50 - wide * 0.9, low)
    body = shapes.mirrored([end, end, (end[0], top + 4.5), *flank, neck, neck])
    easel.part(body, easel.body, Volume.ROUND, depth=0.8)
    if label == 0:
        cut = top + tall * split
        wave = shapes.smooth([(20, cut + 6), (50, cut), (80, cut - 6), *[(80, 99)] * 2, *[(20, 99)] * 2])
        foot_part = shapes.within(body, wave)
        easel.part(foot_part, easel.of("plastic", mixed(easel.accent, WHITE, 0.25)), Volume.ROUND, depth=0.8)
    # The press at the end, flat and ribbed.
    crimp = shapes.box(50 - wide * 1.08, top, wide * 2.16, 4.2, 0.4)
    easel.part(crimp, easel.body.plain().shade(0.94), Volume.FLAT)
    _ribs(easel, crimp, 50 - wide * 1.06, 50 + wide * 1.06, (top + 0.4, top + 3.8), 30)
    fade(easel, body, (50, top), (50, low), [(WHITE, 0.22), (WHITE, 0.0), (BLACK, 0.0), (BLACK, 0.12)])
    stuff = easel.of(metal_of(tone) if tone in (GOLD, SILVER) else "plastic", tone)
    cover = panel([(50 - wide * 0.94, low, 0.8), (50 - wide * grip * 0.94, foot, 2)])
    easel.part(cover, stuff, Volume.ROUND)
    _ribs(easel, cover, 50 - wide * grip * 0.9, 50 + wide * grip * 0.9, (low + 2, foot - 1.5), 16 if ribbed else 0)
    ink = label_ink(easel.colour)
    mark = easel.accent if abs(lightness(easel.accent) - lightness(easel.colour)) > 0.25 else ink
    _emblem(easel, 50, top + tall * 0.2, wide * 0.26, mark, emblem)
    print_label(easel, (50, top + tall * 0.46, wide * 1.2), ink, "FACE CREAM", style)
