"""Boots and sandals, seen from the side."""

from __future__ import annotations

from collections.abc import Sequence

import skia

from bowerbird.demo.draw import sewing, shapes
from bowerbird.demo.draw.cobbling import GUM, RUBBER_WHITE, SOLE_BLACK, laces, lug_sole, panel, pose, seam_along
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.sewing import BRASS, STEEL, clipped, drape, seen
from bowerbird.demo.draw.shapes import Point
from bowerbird.demo.draw.shoes_dress import INSOLE, STACKED, gleam
from bowerbird.demo.draw.stuff import Stuff, lightness, mixed, shade
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import RGB, Look


def draw_boot(easel: Easel, look: Look) -> None:
    """An ankle boot, elastic or laced, or a tall boot."""
    chance = easel.chance
    traits = (chance.random(), chance.random(), chance.random(), chance.random())
    if look.silhouette == "tall":
        pose(easel, lambda: _tall(easel, traits), back=(15, -7), across=1.0, up=1.0)
    else:
        pose(easel, lambda: _ankle(easel, traits), back=(13, -9), across=0.96, up=0.98)


def _ankle(easel: Easel, traits: tuple[float, ...]) -> None:
    top, laced = 26 - 5 * traits[0], traits[1] < 0.5
    sole_tone = (SOLE_BLACK, STACKED, GUM, SOLE_BLACK)[int(traits[2] * 4)]
    _boot_sole(easel, sole_tone, lugs=traits[3] < 0.45)
    mouth = shapes.smooth([(48, top + 1), (56, top - 2), (74, top - 2.4), (84, top), (76, top + 3), (58, top + 4)])
    easel.part(mouth, easel.of("leather", mixed(easel.accent, INSOLE, 0.6)).shade(0.5), Volume.FLAT)
    if laced:
        tongue = shapes.smooth([(43, 44), (44, 30), (43.6, top - 3), (49, top - 5.6), (56, top - 3), (56, 40)])
        easel.part(tongue, easel.body.plain().shade(0.88), Volume.SOFT, depth=0.8)
    upper = shapes.smooth([
        (8.4, 70), (9.6, 63), (16, 58), (26, 55.4), (36, 51.4), (43, 44.6), (46.4, 36), (47, top + 1), (47, top + 1),
        (58, top + 2.2),
        (74, top + 1), (84.4, top), (84.4, top), (85, 38), (85.6, 48), (89.4, 58), (89.6, 71), (89.6, 71), (50, 74),
        (10, 74), (10, 74),
    ])  # fmt: skip
    body = easel.part(upper, easel.body, Volume.SOFT, depth=0.95, shadow=0.5)
    drape(easel, body, [
        ([(38, 51), (46, 56), (52, 57)], 2.0), ([(43, 46), (52, 51), (60, 51)], 1.8), ([(85, 46), (76, 50), (68, 49)],
        2.0),
        ([(50, 30), (53, 38), (52, 46)], 1.6),
    ], 0.9)  # fmt: skip
    counter = [(94, 50), (82, 50), (76, 58), (73, 76), (73, 76), (94, 76), (94, 76)]
    panel(easel, body, counter, easel.body.plain().shade(0.93))
    if laced:
        _laced(easel, body, traits, top)
    else:
        _elastic(easel, body, top)
    gleam(easel, [(12, 64.6), (18, 60.6), (28, 58)], 2.2, body)
    gleam(easel, [(82, top + 6), (82.4, 36), (83, 46)], 1.6, body)
    if traits[3] > 0.7:
        strap = [(40, 53), (58, 51), (76, 54), (90, 58)]
        with clipped(easel, body):
            easel.part(shapes.ribbon(strap, 3.0), easel.body.plain().shade(0.8), Volume.SOFT, shadow=0.8)
        buckle = shapes.without(shapes.box(60, 48.6, 6, 6, 0.8), shapes.box(61.4, 50, 3.2, 3.2, 0.4))
        easel.part(buckle, easel.of("gold", BRASS), Volume.BEVEL, shadow=0.5)
    _welt(easel, sole_tone)


def _laced(easel: Easel, body: skia.Path, traits: tuple[float, ...], top: float) -> None:
    stay = [(36, 49), (42, 42), (45, 34), (46, top - 2), (46, top - 2), (56, top - 2), (56, top - 2), (55.4, 38),
        (52, 48), (44, 56), (38, 56)]  # fmt: skip
    collar = easel.of("fleece", mixed(easel.accent, (230, 220, 205),
        0.4)) if traits[0] < 0.35 else easel.body.plain().shade(0.8)  # fmt: skip
    panel(easel, body, stay, easel.body.plain())
    if traits[2] < 0.4:
        panel(easel, body, [(4, 76), (4, 60), (16, 54), (25, 55), (30, 62), (31, 76)], easel.body.plain().shade(0.94))
    points: list[Point] = [(43.2, 51.4), (46.4, 47.2), (49, 42.6), (50.6, 37.6), (51.4, 32.8), (51.8, top + 3.6)]
    rows = [((x - 5.2, y - 2.6), (x, y)) for x, y in points]
    tone = (92, 62, 40) if lightness(easel.colour) > 0.25 else (196, 160, 90)
    laces(easel, rows, tone if traits[3] < 0.6 else seen(easel.accent, easel.colour), 1.5,
        metal=BRASS if traits[0] < 0.6 else STEEL)  # fmt: skip
    rim = [(47, top + 1.4), (58, top + 2.6), (74, top + 1.4), (84.2, top + 0.6)]
    easel.part(shapes.ribbon(rim, 3.4), collar, Volume.SOFT, depth=0.9, shadow=0.5)


def _elastic(easel: Easel, body: skia.Path, top: float) -> None:
    gore = [(58, top - 1), (58, top - 1), (74, top - 1), (74, top - 1), (72.6, 38), (69.4, 48), (69.4, 48),
        (64.6, 48.6), (64.6, 48.6), (60, 38)]  # fmt: skip
    path = shapes.smooth(gore)
    stuff = easel.of("cotton", seen(mixed(easel.accent, (40, 40, 44), 0.6), easel.colour))
    with clipped(easel, body):
        easel.part(path, stuff, Volume.FLAT, shadow=0.3)
        with clipped(easel, path):
            ribs: list[tuple[Point, Point]] = [((x, top - 2), (x + 0.4 * (67 - x) * 0.4, 50)) for x in range(57, 77)]
            sewing.hatch(easel, ribs, 0.34, (0, 0, 0), 0.35)
        easel.edge(path, 0.4, (0, 0, 0), 0.35)
        easel.stitch([(56.8, top), (58.8, 38), (63.6, 49.6), (70.4, 49.2), (73.8, 38), (75.2, top)], None, 0.26, 0.7)
    for x, lean in ((49.6, -0.6), (82.6, 0.8)):
        tab = shapes.ribbon([(x, top + 5), (x + lean, top - 3.4)], 3.0, square=True)
        easel.part(tab, easel.of("cotton", stuff.colour), Volume.SOFT, shadow=0.5)
    seam_along(easel, [(45, 42), (52, 50), (60, 55), (66, 62), (67, 73)])


def _boot_sole(easel: Easel, tone: RGB, *, lugs: bool) -> None:
    if lugs:
        stuff = easel.of("rubber", SOLE_BLACK)
        lug_sole(easel, [(12, 75.6), (30, 76.6), (56, 76.4), (62, 75)], 2.0, 5.2, stuff)
        heel = shapes.smooth([(64, 73), (64, 73), (91, 72), (91, 72), (90.6, 79), (90.6, 79), (66, 79), (66, 79)])
        easel.part(heel, stuff, Volume.BEVEL, depth=0.6)
        return
    heel = shapes.smooth([(65, 72), (65, 72), (91, 71), (91, 71), (90, 78.4), (90, 78.4), (67, 78.6), (67, 78.6)])
    easel.part(heel, easel.of("matte", tone), Volume.BEVEL, depth=0.5)
    layers: list[tuple[Point, Point]] = [((65, y), (91, y - 0.2)) for y in (74.4, 76.4)]
    sewing.hatch(easel, layers, 0.3, (0, 0, 0), 0.3)


def _welt(easel: Easel, tone: RGB) -> None:
    welt = shapes.smooth([
        (6.8, 69.6), (6.8, 69.6), (30, 72.8), (60, 72.6), (91.2, 69.8), (91.2, 69.8), (91.4, 73), (91.4, 73),
        (66, 75.2), (60, 76.8), (30, 77.4), (11, 76),
        (6.6, 72.8),
    ])  # fmt: skip
    easel.part(welt, easel.of("rubber", tone), Volume.ROLL, depth=0.7, shadow=0.5)
    thread = shade(tone, 1.55) if lightness(tone) < 0.5 else shade(tone, 0.6)
    easel.stitch([(8.4, 71.2), (30, 74.2), (60, 74), (91, 71.2)], thread, 0.35, 0.8)


def _tall(easel: Easel, traits: tuple[float, ...]) -> None:
    top, heel_high = 7 + 4 * traits[0], (4.0, 7.5, 11.0)[int(traits[1] * 3)]
    up = heel_high - 4
    tone = SOLE_BLACK if traits[2] < 0.6 else STACKED
    wide = 2.4 * traits[3]
    heel = shapes.smooth([
        (60, 72 - up), (60, 72 - up), (76.4, 70 - up), (76.4, 70 - up), (75.6, 78.4), (75.6, 78.4), (64, 78.4),
        (64, 78.4),
    ])  # fmt: skip
    easel.part(heel, easel.of("matte", tone), Volume.ROUND, depth=0.8)
    mouth = shapes.ellipse(58.5, top + 0.6, 16 + wide, 2.4)
    easel.part(mouth, easel.of("leather", INSOLE).shade(0.5), Volume.FLAT)
    upper = shapes.smooth([
        (17.6, 73), (18.4, 68), (24, 64), (32, 61 - up * 0.5), (40, 55.4 - up), (44, 48 - up), (44.4, 40), (42.4, 26),
        (42.4 - wide, top + 0.8),
        (42.4 - wide, top + 0.8), (58, top + 2.6), (74.6 + wide, top + 0.8), (74.6 + wide, top + 0.8),
        (75.4 + wide * 0.6, 26), (73, 42),
        (72, 52 - up), (75, 62 - up), (76.6, 71 - up), (76.6, 71 - up), (60, 73.4 - up), (46, 75), (20, 75.4),
        (20, 75.4),
    ])  # fmt: skip
    body = easel.part(upper, easel.body, Volume.SOFT, depth=1.0)
    drape(easel, body, [
        ([(44, 50 - up), (54, 53 - up), (62, 51 - up)], 2.2), ([(42, 54 - up), (52, 58 - up), (60, 57 - up)], 2.0),
        ([(72, 50 - up), (64, 48), (56, 49)], 2.0), ([(45, 40), (54, 43), (62, 42)], 1.6), ([(50, 14), (52, 26),
        (50, 38)], 2.6),
        ([(70, 16), (68, 28), (69, 40)], 2.2),
    ], 1.0)  # fmt: skip
    easel.glint([(51, top + 8), (52, 26), (52, 40)], 3.2, 0.06 + 0.4 * easel.body.finish.gloss, body)
    gleam(easel, [(21, 69), (26, 66), (34, 63.6 - up * 0.5)], 1.6, body)
    panel(easel, body, [(82, 56 - up), (71, 55 - up), (67, 62 - up), (65, 78), (65, 78), (82, 78), (82, 78)],
        easel.body.plain().shade(0.93))  # fmt: skip
    seam_along(easel, [(43, 50 - up), (50, 57 - up), (56, 64 - up), (58, 74)])
    rim = [(42.6 - wide, top + 2.4), (58, top + 4.2), (74.4 + wide, top + 2.4)]
    easel.part(shapes.ribbon(rim, 3.0, square=True), easel.body.plain().shade(0.9), Volume.SOFT, shadow=0.4)
    if traits[1] < 0.5:
        zipper = [(64, top + 5), (63.4, 34), (63, 60 - up)]
        easel.crease(zipper, 1.6, 0.3, body)
        sewing.zip_line(easel, zipper, BRASS if traits[2] < 0.5 else STEEL, shade(easel.colour, 0.5), 1.1)
    if traits[3] > 0.45:
        for down in (top + 9, 54 - up) if traits[0] < 0.5 else (54 - up,):
            strap = [(38, down), (58, down + 2), (80, down - 0.4)]
            with clipped(easel, body):
                easel.part(shapes.ribbon(strap, 2.6), easel.body.plain().shade(0.82), Volume.SOFT, shadow=0.8)
            frame = shapes.without(shapes.box(53, down - 1.2, 5.4, 5.4, 0.8), shapes.box(54.2, down, 3, 3, 0.4))
            easel.part(frame, easel.of("gold", BRASS), Volume.BEVEL, shadow=0.5)
    sole = shapes.smooth([(16.4, 72.6), (16.4, 72.6), (30, 74.4), (46, 74), (60, 72 - up), (77, 70 - up),
        (77, 70 - up), (77, 72.4 - up),
                          (61, 74.6 - up), (48, 77.6), (30, 78.4), (18, 77), (16, 74.6)])  # fmt: skip
    easel.part(sole, easel.of("rubber", tone), Volume.SOFT, depth=0.7, shadow=0.4)


def draw_sandal(easel: Easel, look: Look) -> None:
    """A slide with one or two wide straps, or a sandal of narrow ones."""
    chance = easel.chance
    traits = (chance.random(), chance.random(), chance.random(), chance.random())
    draw = _slide if look.silhouette == "slide" else _strappy
    pose(easel, lambda: draw(easel, traits), back=(11, -13), across=1.0, up=1.0)


def _over_foot(easel: Easel, left: Point, right: Point, high: float, stuff: Stuff) -> skia.Path:
    """A wide strap over an absent foot: the far side behind, the near side before it."""
    (lx, ly), (rx, ry) = left, right
    crest = (rx - 1.2, ry - high * 1.06)
    inside = shapes.smooth([crest, crest, (rx + 1.8, ry - high * 0.96), (rx + 3.4, ry - high * 0.6), (rx + 3.0,
        ry - 5), (rx - 2, ry - 3),
                            (rx - 2, ry - 3)])  # fmt: skip
    easel.part(inside, stuff.plain().shade(0.5), Volume.SOFT, depth=0.6)
    near = shapes.smooth([
        (lx, ly), (lx, ly), (lx - 0.2, ly - high * 0.42), (lx + 1.8, ly - high * 0.78), (lx + 5.0, ly - high * 0.94),
        ((lx + rx) / 2 + 1.5, (ly + ry) / 2 - high * 1.04), crest, crest, (rx + 0.9, ry - high * 0.82), (rx + 1.5,
        ry - high * 0.4),
        (rx, ry), (rx, ry), ((lx + rx) / 2, (ly + ry) / 2 + 1),
    ])  # fmt: skip
    return easel.part(near, stuff, Volume.SOFT, depth=0.95, shadow=1.0)


def _slide(easel: Easel, traits: tuple[float, ...]) -> None:
    cork = traits[0] < 0.45
    base: RGB = (196, 152, 104) if cork else (SOLE_BLACK, RUBBER_WHITE, shade(easel.colour, 0.8))[int(traits[1] * 3)]
    bed = shapes.smooth([(8, 66), (14, 62.6), (30, 62), (50, 63.4), (70, 59.6), (86, 56), (90.6, 58), (90.6, 62),
        (60, 69), (20, 70)])  # fmt: skip
    easel.part(bed, easel.of("suede" if cork else "foam", (206, 176, 140) if cork else shade(base, 1.15)),
        Volume.SOFT, depth=0.7)  # fmt: skip
    two = traits[2] < 0.5
    straps = (((17, 67), (37, 69), 16 + 3 * traits[3]), ((43, 69), (63, 67), 18.5 + 3 * traits[3])) if two else \
        (((20, 67), (57, 68), 19 + 4 * traits[3]),)  # fmt: skip
    for left, right, high in straps:
        strap = _over_foot(easel, left, right, high, easel.body)
        bounds = strap.computeTightBounds()
        middle = [sewing.between(left, right, 0.5), ((left[0] + right[0]) / 2 + 2, left[1] - high * 0.66)]
        inner = shapes.moved(strap, scale=0.88, about=(bounds.centerX(), bounds.centerY()))
        pen = skia.Paint(AntiAlias=True, Style=skia.Paint.kStroke_Style, StrokeWidth=0.26,
            Color=skia.Color(*easel.seam, 215))  # fmt: skip
        pen.setPathEffect(skia.DashPathEffect.Make([0.8, 0.55], 0))
        easel.canvas.drawPath(inner, pen)
        if two or traits[1] < 0.3:
            x, y = middle[1]
            buckle = shapes.without(shapes.box(x - 3, y + 2.4, 6.4, 6.4, 1.2), shapes.box(x - 1.5, y + 3.9, 3.4, 3.4,
                0.6))  # fmt: skip
            easel.part(buckle, easel.of("gold", BRASS) if traits[3] < 0.6 else easel.of("silver", STEEL),
                Volume.BEVEL, shadow=0.6)  # fmt: skip
        elif traits[3] < 0.5:
            text = easel.look.brand if easel.look.brand.isascii() else ""
            easel.words(text.upper(), bounds.centerX() - 1, 58.6, 4.2, seen(easel.accent, easel.colour),
                width=24, turn=-3)  # fmt: skip
        gleam(easel, [(left[0] + 3, left[1] - high * 0.6), (left[0] + 8, left[1] - high * 0.84)], 2.0, strap)
    sole = shapes.smooth([
        (7, 66.6), (7, 66.6), (22, 69), (42, 70), (60, 68.4), (78, 64), (91.4, 59.6), (91.4, 59.6), (92.2, 66),
        (91.6, 75), (88, 78), (88, 78),
        (60, 77.4), (20, 78), (11, 76.6), (6.4, 71),
    ])  # fmt: skip
    easel.part(sole, easel.of("stone" if cork else "rubber", base), Volume.ROLL, depth=0.6, shadow=0.5)
    low = [(9, 75), (30, 76), (60, 75.4), (91, 74.4)]
    with clipped(easel, sole):
        easel.part(shapes.ribbon([(x, y + 2.4) for x, y in low], 3.2, square=True), easel.of("rubber", shade(base,
            0.45)), Volume.FLAT)  # fmt: skip
        if not cork and traits[3] < 0.6:
            easel.line([(8, 71.6), (40, 73.6), (70, 71), (92, 66)], 1.0, seen(easel.accent, base), 0.9)


def _strappy(easel: Easel, traits: tuple[float, ...]) -> None:
    heel_high = (3.0, 8.0, 14.0)[int(traits[0] * 3)]
    up, stuff = heel_high - 3, easel.body
    tone = (STACKED, SOLE_BLACK, (204, 166, 120))[int(traits[1] * 3)]
    if up:
        block = shapes.smooth([(72, 70 - up), (72, 70 - up), (91, 66 - up), (91, 66 - up), (89.6, 78), (89.6, 78),
            (75, 78), (75, 78)])  # fmt: skip
        easel.part(block, easel.of("matte", tone), Volume.ROUND, depth=0.8)
    bed: list[Point] = [(7.4, 72), (16, 72.6), (30, 73), (44, 71.6 - up * 0.3), (58, 67.6 - up * 0.75), (74, 65 - up),
        (91.4, 63.6 - up)]  # fmt: skip
    far_edge = [(x + 2, y - 3.4) for x, y in bed]
    insole = shapes.smooth([bed[0], *bed, bed[-1], (90.6, 61 - up), (90.6, 61 - up), *reversed(far_edge[:-1])])
    easel.part(insole, easel.of("leather", INSOLE), Volume.FLAT)
    width = 2.6 + 1.6 * traits[2]
    _narrow_straps(easel, stuff, traits, up, width)
    low = [(91.6, 66.6 - up), (91.6, 66.6 - up), (74, 69 - up), (58, 72 - up * 0.7), (46, 77), (30, 78.2), (12, 77.4),
        (6.8, 74.4)]  # fmt: skip
    sole = shapes.smooth([bed[0], *bed, bed[-1], low[0], *low, low[-1]])
    if not up:
        low = [(91, 77), (91, 77), (60, 77.4), (30, 78.2), (12, 77.4), (6.8, 74.4)]
        sole = shapes.smooth([bed[0], *bed, bed[-1], low[0], *low, low[-1]])
    easel.part(sole, easel.of("leather", tone), Volume.ROLL, depth=0.6, shadow=0.4)
    thread = shade(tone, 1.5) if lightness(tone) < 0.5 else shade(tone, 0.6)
    easel.stitch([(x, y + 1.4) for x, y in bed], thread, 0.3, 0.7)


def _narrow_straps(easel: Easel, stuff: Stuff, traits: tuple[float, ...], up: float, width: float) -> None:
    """Straps over the toes, over the instep, and round the ankle with a buckle."""
    shadowed = stuff.plain().shade(0.58)
    arches: list[tuple[Sequence[Point], Sequence[Point]]] = [
        ([(19, 73), (20, 66), (25, 61.6), (30, 61)], [(30, 61), (34, 64), (35, 70)]),
        ([(29, 73), (31, 63.6), (37, 57.6), (42, 56.6)], [(42, 56.6), (46, 60), (47, 69)]),
    ]
    if traits[3] < 0.5:
        arches.append(([(19, 73), (28, 64), (36, 58.6), (42, 56.6)], [(42, 56.6), (45, 60), (47, 69)]))
    ankle_y = 40 - up * 0.9
    for _, far in arches:
        easel.part(shapes.ribbon(far, width), shadowed, Volume.SOFT)
    back = [(58, ankle_y + 3), (64, ankle_y - 2.4), (76, ankle_y - 3), (85, ankle_y + 1)]
    easel.part(shapes.ribbon(back, width * 0.9), shadowed, Volume.SOFT)
    for near, _ in arches:
        easel.part(shapes.ribbon(near, width), stuff, Volume.SOFT, depth=0.9, shadow=0.7)
    heel = shapes.smooth([
        (73, 66 - up), (73, 66 - up), (79, 58 - up), (83.6, ankle_y + 6), (84, ankle_y), (84, ankle_y),
        (87.4, ankle_y - 0.4),
        (87.4, ankle_y - 0.4), (88.6, 52 - up), (91.4, 58 - up), (91.6, 66 - up), (91.6, 66 - up),
    ])  # fmt: skip
    easel.part(heel, stuff, Volume.SOFT, depth=0.9, shadow=0.5)
    easel.stitch([(75.4, 65 - up), (81, 58 - up), (84.8, ankle_y + 6), (85.2, ankle_y + 1)], None, 0.24, 0.6)
    if traits[2] < 0.45:
        long = [(42, 56.6), (50, 52 - up * 0.4), (56, 46 - up * 0.7), (58, ankle_y + 3)]
        easel.part(shapes.ribbon(long, width), stuff, Volume.SOFT, depth=0.9, shadow=0.5)
    else:
        side = [(62, 67 - up * 0.8), (60, 56 - up * 0.9), (59.6, ankle_y + 4)]
        easel.part(shapes.ribbon(side, width), stuff, Volume.SOFT, depth=0.9, shadow=0.5)
    near_strap = [(58, ankle_y + 3), (64, ankle_y + 7.4), (76, ankle_y + 7), (85.6, ankle_y + 1.4)]
    easel.part(shapes.ribbon(near_strap, width), stuff, Volume.SOFT, depth=0.9, shadow=0.8)
    x, y = 66.4, ankle_y + 7.6
    half = width * 0.5 + 1.0
    frame = shapes.without(shapes.box(x - half, y - half, 2 * half, 2 * half, 0.7), shapes.box(x - half + 1,
        y - half + 1, 2 * half - 2, 2 * half - 2, 0.4))  # fmt: skip
    easel.part(frame, easel.of("gold", BRASS) if traits[1] < 0.6 else easel.of("silver", STEEL), Volume.BEVEL,
        shadow=0.5)  # fmt: skip
    for at in range(3):
        easel.shadow_patch(shapes.ellipse(71 + at * 2.4, ankle_y + 7.6 - at * 0.3, 0.4), 0.7, 0.1)
