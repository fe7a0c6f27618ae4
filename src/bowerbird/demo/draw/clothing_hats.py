"""Caps, hats and beanies."""

from __future__ import annotations

from random import Random

import skia

from bowerbird.demo.draw import sewing, shapes
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.ground import Ground
from bowerbird.demo.draw.sewing import STEEL, clipped, drape, flip, mirrored, seen
from bowerbird.demo.draw.shapes import Point
from bowerbird.demo.draw.stuff import lightness, shade
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import RGB, Look


def draw_cap(easel: Easel, look: Look) -> None:
    """A baseball cap from the side, or a bucket hat."""
    chance = easel.chance
    easel.ground = Ground.STANDING if look.silhouette == "bucket" else Ground.LYING
    traits = (chance.random(), chance.random(), chance.random(), chance.random())
    if look.silhouette == "bucket":
        with easel.turned(0, (50, 52), 1.06):
            _bucket(easel, traits)
        return
    about = mirrored(easel) if look.view == 1 else easel.turned(0)
    with about, easel.turned(0, (50, 50), 1.04):
        easel.canvas.translate(4, 2)
        _baseball(easel, traits)
    if look.view == 0 or traits[3] < 0.6:
        _cap_emblem(easel, traits, look.view == 1)


def _baseball(easel: Easel, traits: tuple[float, ...]) -> None:
    high = 21 + 5 * traits[0]
    crown = shapes.smooth([
        (25.6, 59), (25.6, 59), (26, 46), (32, high + 9), (43, high + 1.4), (55, high), (68, high + 5),
        (77, high + 17), (80.4, 50),
        (80, 62), (80, 62), (69, 65.4), (54, 66.4), (39, 64), (30, 61),
    ])  # fmt: skip
    trim = easel.of(easel.look.material) if traits[1] < 0.45 else easel.body.plain()
    button = shapes.ellipse(55, high - 0.2, 2.6, 1.2)
    easel.part(button, trim, Volume.BALL)
    back = shapes.smooth([(76, 56), (81, 57), (81.6, 63.6), (76, 66), (72, 64)])
    easel.part(back, easel.body.plain().shade(0.5), Volume.FLAT)
    easel.part(crown, easel.body, Volume.BALL, depth=0.7)
    knob = (55.0, high + 0.2)
    seams: list[list[Point]] = [
        [knob, (42, high + 9), (36.6, high + 24), (37.5, 63)], [knob, (60, high + 13), (61.6, high + 28), (61, 66)],
        [knob, (69, high + 9), (75.6, high + 24), (76.6, 63)],
    ]  # fmt: skip
    if traits[2] < 0.3:
        with clipped(easel, crown):
            rear = shapes.smooth([*seams[1], seams[1][-1], (90, 70), (90, 70), (90, high), (90, high), knob])
            easel.part(rear, easel.of("nylon"), Volume.BALL, depth=0.6)
            holes: list[tuple[Point, Point]] = []
            for at in range(-20, 26):
                holes += [((50 + at * 1.9, high - 8), (66 + at * 1.9, 70)), ((50 + at * 1.9, high - 8),
                    (34 + at * 1.9, 70))]  # fmt: skip
            with clipped(easel, rear):
                sewing.hatch(easel, holes, 0.28, (0, 0, 0), 0.4)
    drape(easel, crown, [
        ([(44, 64), (46, 52), (44, 38)], 2.6), ([(68, 64), (69, 50), (66, 38)], 2.6), ([(30, 60), (31, 50), (34, 42)],
        2.0),
    ], 0.9)  # fmt: skip
    for seam in seams:
        with clipped(easel, crown):
            easel.crease(seam, 0.9, 0.32)
            for shift in (-0.7, 0.7):
                easel.stitch([(x + shift, y) for x, y in seam], None, 0.24, 0.7)
    for x, y in ((46.6, high + 9), (65, high + 10), (31.6, high + 15)):
        easel.part(shapes.ring(x, y, 1.15, 0.55), trim, Volume.FLAT, shadow=0.2)
        easel.shadow_patch(shapes.ellipse(x, y, 0.55), 0.6, 0.1)
    base = [(26, 58), (38, 62.6), (54, 65), (69, 64), (80, 60.6)]
    with clipped(easel, crown):
        easel.stitch(base, None, 0.26, 0.7)
    _brim(easel, trim.colour if traits[1] < 0.45 else easel.colour, traits)


def _brim(easel: Easel, tone: RGB, traits: tuple[float, ...]) -> None:
    stuff = easel.body.painted(tone) if tone != easel.colour else easel.body
    under = shapes.smooth([(24, 58), (10, 64), (2.6, 70), (8, 74), (27, 74.4), (47, 71.6), (62, 66.6), (44, 63)])
    easel.part(shapes.moved(under, 0.4, 1.5), stuff.plain().shade(0.5), Volume.FLAT)
    easel.part(under, stuff, Volume.SOFT, depth=0.75, shadow=0.6)
    for share in (0.13, 0.27, 0.41, 0.55, 0.69):
        outer = [(10, 64), (2.6, 70), (8, 74), (27, 74.4), (47, 71.6), (62, 66.6)]
        inner = [(25, 60.4), (27, 62), (32, 63.4), (41, 65), (52, 66), (62, 66.4)]
        row = [sewing.between(a, b, share) for a, b in zip(outer, inner, strict=True)]
        with clipped(easel, under):
            easel.stitch(row, None if tone == easel.colour else shade(tone, 0.6), 0.24, 0.7)
    easel.glint([(8, 66), (15, 63), (23, 60.6)], 1.6, 0.22, under)
    with clipped(easel, under):
        easel.crease([(24, 60.6), (38, 65), (52, 66.8), (62, 66.8)], 2.4, 0.4)


def _cap_emblem(easel: Easel, traits: tuple[float, ...], mirror: bool) -> None:
    x, y = 60.8 if mirror else 39.2, 48.0
    ink = seen(easel.accent, easel.colour)
    text = easel.look.brand if easel.look.brand.isascii() else ""
    if traits[3] < 0.3:
        patch = shapes.ellipse(x, y, 6.4, 6.8)
        easel.part(patch, easel.of("cotton", ink), Volume.FLAT, shadow=0.4)
        easel.words(text[:1], x, y, 6.4, easel.colour)
        easel.stitch([shapes.around(x, y, 5.6, at * 45) for at in range(9)], shade(ink, 0.6), 0.25, 0.7)
    elif traits[3] < 0.6:
        for step, tone in ((0.35, shade(ink, 0.5)), (0.0, ink)):
            easel.words(text[:1].upper(), x + step, y + step, 10.5, tone)
    else:
        easel.words(text.upper(), x + 1, y + 1, 3.4, ink, width=15, turn=6 if mirror else -2)


def _bucket(easel: Easel, traits: tuple[float, ...]) -> None:
    top, half, base = 26.0, 16 + 4 * traits[0], 23 + 2 * traits[0]
    reach, low = 35 + 4 * traits[1], 72 + 3 * traits[2]
    brim = shapes.smooth([
        (50 - base, 53), (50 - base, 53), (50 - reach + 5, 62), (50 - reach, low - 3), (50 - reach + 2, low),
        (50 - reach * 0.5, low + 5),
        (50, low + 6.6), (50 + reach * 0.5, low + 5), (50 + reach - 2, low), (50 + reach, low - 3), (50 + reach - 5,
        62),
        (50 + base, 53), (50 + base, 53), (50, 57),
    ])  # fmt: skip
    easel.part(brim, easel.body, Volume.SOFT, depth=0.8)
    rows = 5 if traits[3] < 0.5 else 8
    with clipped(easel, brim):
        for at in range(rows):
            share = (at + 0.7) / rows
            wide, y = base + (reach - base) * share, 54 + (low - 54) * share
            line = [(50 - wide - 1, y - 2), (50 - wide * 0.5, y + 3 + share * 1.6), (50, y + 4 + share * 2.4),
                (50 + wide * 0.5, y + 3 + share * 1.6),
                    (50 + wide + 1, y - 2)]  # fmt: skip
            easel.stitch(line, None, 0.26, 0.8)
        easel.crease([(50 - base, 54), (50, 59.6), (50 + base, 54)], 3.0, 0.4)
    crown = shapes.smooth([
        (50 - half, top), (50 - half - 1.4, top + 4), (50 - base, 55), (50 - base, 55), (50, 59.4), (50 + base, 55),
        (50 + base, 55),
        (50 + half + 1.4, top + 4), (50 + half, top), (50, top - 3.4),
    ])  # fmt: skip
    easel.part(crown, easel.body, Volume.ROUND, depth=0.6)
    drape(easel, crown, [
        ([(38, 56), (40, 44), (38, 34)], 2.6), ([(60, 57), (62, 46), (60, 36)], 3.0), ([(52, 57), (51, 48), (53, 38)],
        2.0),
    ])  # fmt: skip
    lid = shapes.ellipse(50, top + 0.4, half, 3.8)
    easel.part(lid, easel.body.turned(20), Volume.SOFT, depth=0.5)
    rim = [(50 - half - 0.4, top + 1), (50 - half * 0.5, top + 4), (50, top + 4.8), (50 + half * 0.5, top + 4),
        (50 + half + 0.4, top + 1)]  # fmt: skip
    easel.crease(rim, 0.8, 0.35, crown)
    easel.stitch([(x, y + 0.9) for x, y in rim], None, 0.26, 0.7)
    if traits[2] < 0.45:
        ribbon = [(50 - base + 0.7, 51.5), (50, 55.4), (50 + base - 0.7, 51.5)]
        with clipped(easel, crown):
            easel.part(shapes.ribbon(ribbon, 4.2), easel.of("cotton"), Volume.ROUND, depth=0.6, shadow=0.4)
    for shift in (0, 3.2):
        for x in (50 - half * 0.86 - shift * 0.2, 50 + half * 0.86 + shift * 0.2):
            if traits[1] < 0.6:
                easel.part(shapes.ring(x, 41 + shift, 1.0, 0.5), easel.of("steel", STEEL), Volume.FLAT)
    sewing.label(easel, 50, 45, 8, 3.2)


def draw_beanie(easel: Easel, look: Look) -> None:
    """A knitted beanie with a turned-up edge, perhaps with a pompom."""
    chance, bobble = easel.chance, look.silhouette == "pompom"
    easel.ground = Ground.LYING if look.view == 0 else Ground.STANDING
    wide, tall, cuff = chance.uniform(26, 30), chance.uniform(44, 52), chance.uniform(14, 19)
    traits = (chance.random(), chance.random(), chance.random(), chance.uniform(8.5, 11.5))
    details = sewing.own_chance(easel)
    low = 82.0
    top = low - cuff * 0.4 - tall + (6 if bobble else 0)
    foot = low - cuff * 0.5
    pull = 0.5 if traits[0] < 0.6 else 0.3
    dome = shapes.smooth([
        (50 - wide, foot), (50 - wide, foot), (50 - wide + 0.4, foot - tall * 0.34), (50 - wide * 0.84,
        foot - tall * 0.66),
        (50 - wide * pull, top + 2), (50, top), (50 + wide * pull, top + 2), (50 + wide * 0.84, foot - tall * 0.66),
        (50 + wide - 0.4, foot - tall * 0.34), (50 + wide, foot), (50 + wide, foot),
    ])  # fmt: skip
    easel.part(dome, easel.body, Volume.SOFT, depth=1.0)
    _dome_ribs(easel, dome, wide, foot, top, 26 if traits[1] < 0.5 else 17)
    drape(easel, dome, [
        ([(50 - wide * 0.4, top + 5), (50 - wide * 0.55, top + 16), (50 - wide * 0.5, foot - 8)], 3.2),
        ([(50 + wide * 0.3, top + 5), (50 + wide * 0.5, top + 18), (50 + wide * 0.45, foot - 6)], 3.6),
    ])  # fmt: skip
    if traits[2] < 0.3 and look.pattern == "plain":
        with clipped(easel, dome):
            for down in (7, 11):
                y = foot - cuff * 0.5 - down
                line = [(50 - wide, y - 0.6), (50, y + 1.6), (50 + wide, y - 0.6)]
                easel.part(shapes.ribbon(line, 2.2, square=True), easel.of(look.material), Volume.FLAT)
    trim = easel.of(look.material) if traits[2] > 0.8 else easel.body.plain()
    half, y = wide + 0.9, low - cuff
    side = [(50 - half + 2.4, y - 0.2), (50 - half + 0.4, y + 1.6), (50 - half - 0.4, (y + low) / 2),
        (50 - half + 0.4, low - 2.2),
            (50 - half + 2.6, low - 0.2)]  # fmt: skip
    band = shapes.smooth([(50, y + 2.2), *side, (50, low + 2.4), *flip(reversed(side))])
    easel.part(band, trim, Volume.SOFT, depth=0.9, shadow=1.4)
    upper = _arc(half, y, 2.2)
    lower = _arc(half, low - 0.6, 2.6)
    with clipped(easel, band):
        sewing.ribbing(easel, upper, lower, 30 if traits[1] < 0.5 else 21, trim.colour)
    x = 50 if traits[0] < 0.5 else 50 + wide * 0.42
    sewing.label(easel, x, low - cuff * 0.45 + (2 if x == 50 else 1.2), 9.5, 4.6)
    if bobble:
        tone = easel.accent if traits[2] < 0.6 else shade(easel.colour, 1.15)
        pompom(easel, 50, top - traits[3] * 0.5, traits[3], tone, details)


def _arc(half: float, y: float, sag: float) -> list[Point]:
    return [(50 - half * at / 6, y + sag * (1 - (at / 6) ** 2)) for at in range(6, -7, -1)]


def _dome_ribs(easel: Easel, dome: skia.Path, wide: float, foot: float, top: float, count: int) -> None:
    """Ribs that run together at the crown."""
    light = lightness(easel.colour)
    with clipped(easel, dome):
        for at in range(count):
            share = (at + 0.5) / count * 2 - 1
            across = share * (1.2 - 0.2 * abs(share))
            line = [(50 + across * wide, foot + 2), (50 + across * wide * 0.98, foot - (foot - top) * 0.4),
                    (50 + across * wide * 0.72, top + (foot - top) * 0.24), (50 + share * 3, top - 0.5)]  # fmt: skip
            easel.line(line, 0.55, (0, 0, 0), 0.2 if light > 0.3 else 0.32)
            easel.line([(x - 0.6, y) for x, y in line], 0.4, (255, 255, 255), 0.16 if light < 0.5 else 0.26)


def pompom(easel: Easel, x: float, y: float, radius: float, tone: RGB, details: Random) -> None:
    """A ball of wool."""
    ball = shapes.smooth([shapes.around(x, y, radius * details.uniform(0.9, 1.04), at * 20) for at in range(18)])
    easel.part(ball, easel.of("fleece", tone), Volume.BALL, depth=0.7, shadow=1.0)
    for colour, alpha, spread in ((shade(tone, 0.62), 0.55, 1.02), (shade(tone, 1.3), 0.55, 0.9), (tone, 0.9, 1.1)):
        strands: list[tuple[Point, Point]] = []
        for _ in range(90):
            turn, far = details.uniform(0, 360), details.uniform(0.25, spread)
            start = shapes.around(x, y, radius * far * 0.86, turn)
            strands.append((start, shapes.around(x, y, radius * far * 1.05, turn + details.uniform(-9, 9))))
        sewing.hatch(easel, strands, 0.38, colour, alpha)
