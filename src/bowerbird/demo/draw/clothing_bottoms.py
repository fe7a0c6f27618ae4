"""Jeans, shorts and leggings: from the front, jeans from behind in another view."""

from __future__ import annotations

import skia

from bowerbird.demo.draw import sewing, shapes
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.ground import Ground
from bowerbird.demo.draw.sewing import BRASS, STEEL, button, clipped, flip
from bowerbird.demo.draw.shapes import Point
from bowerbird.demo.draw.stuff import argb, lightness, mixed, shade
from bowerbird.demo.draw.trousers import Trousers, belt_loops, both_legs, fly, slant_pockets, turn_ups, waistband
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import RGB, Look


def _back_of_jeans(easel: Easel, cut: Trousers, legs: skia.Path, tall: float, thread: RGB | None, motif: int) -> None:
    """Yoke, patch pockets and the leather patch."""
    y = cut.top + tall
    yoke = [(50 - cut.hip - 1, y + 3.4), (44, y + 5.6), (50, y + 8)]
    with clipped(easel, legs):
        for line in (yoke, flip(yoke)):
            easel.line(line, 0.3, (0, 0, 0), 0.3)
            easel.stitch([(x, py + 0.7) for x, py in line], thread, 0.28, 0.8)
    easel.line([(50, y + 7), (50, cut.crotch)], 0.3, (0, 0, 0), 0.35)
    easel.stitch([(50.7, y + 7.4), (50.7, cut.crotch)], thread, 0.28, 0.8)
    for side in (-1, 1):
        x = 50 + side * cut.hip * 0.5
        sewing.patch_pocket(easel, x, y + 8.6, 11, 12.4, easel.body, point=2.6)
        arc = ([(x - 5, y + 13), (x, y + 15.4), (x + 5, y + 13)], [(x - 5, y + 15), (x, y + 12.4), (x + 5, y + 15)],
               [(x - 5, y + 13), (x, y + 16), (x + 5, y + 11)])[motif]  # fmt: skip
        easel.stitch(arc, thread, 0.3, 0.8)
    patch = shapes.box(50 + cut.waist * 0.42, cut.top + 0.6, 7.6, tall + 1.2, 0.4)
    easel.part(patch, easel.of("leather", (150, 96, 56)), Volume.FLAT, shadow=0.4)
    text = easel.look.brand if easel.look.brand.isascii() else ""
    easel.words(text, 50 + cut.waist * 0.42 + 3.8, cut.top + tall * 0.6 + 0.4, 1.7, (70, 40, 24), width=6.4)


def draw_jeans(easel: Easel, look: Look) -> None:
    """Jeans with narrow, wide or straight legs."""
    chance = easel.chance
    easel.ground = Ground.LYING
    waist = chance.uniform(14.4, 16.4)
    hip = waist + chance.uniform(3.4, 4.8)
    knee, outer, inner = {"slim": (15.6, 14.6, 5.4), "straight": (18.4, 18.6, 5.2), "wide": (22.2, 26.5,
        4.2)}[look.silhouette]  # fmt: skip
    vary = chance.uniform(-0.8, 0.9)
    cut = Trousers(
        top=9.5, waist=waist, rise=chance.uniform(20.5, 24.5), hip=hip, knee=knee + vary, outer=outer + vary * 1.4,
        inner=inner, bottom=chance.uniform(87, 90.5),
    )  # fmt: skip
    tall, fade, rolled, motif = chance.uniform(3.6, 4.6), chance.random(), chance.random(), chance.randrange(3)
    metal, gold = (BRASS, STEEL, (176, 112, 72))[chance.randrange(3)], chance.random() < 0.75
    details = sewing.own_chance(easel)
    thread = (206, 152, 84) if gold and lightness(easel.colour) < 0.6 else None
    back = look.view == 1
    legs = both_legs(easel, cut, details, 1.25 if look.silhouette == "wide" else 0.95)
    if fade > 0.35 and look.pattern == "plain" and look.material in ("denim", "cotton"):
        _fade(easel, cut, legs, 0.12 + 0.16 * fade)
    _seams(easel, cut, thread, legs)
    belt = waistband(easel, cut, tall, thread, back)
    if back:
        _back_of_jeans(easel, cut, legs, tall, thread, motif)
    else:
        slant_pockets(easel, cut, tall, thread, curved=True)
        fly(easel, cut, tall, thread, metal)
        for side in (-1, 1):
            for x, down in ((0.95, 8.4), (0.45, 1.6)):
                button(easel, 50 + side * cut.hip * x, cut.top + tall + down, 0.45, metal, 0)
    belt_loops(easel, cut, tall, thread)
    easel.edge(belt, 0.2, (0, 0, 0), 0.2)
    if rolled < 0.3:
        turn_ups(easel, cut, 4.6, thread)


def _fade(easel: Easel, cut: Trousers, legs: skia.Path, strength: float) -> None:
    """Thighs and knees that are washed out."""
    tone = argb(mixed(easel.colour, (255, 255, 255), 0.75), strength * 1.5)
    with clipped(easel, legs):
        for side in (-1, 1):
            x = 50 + side * (cut.hip * 0.48 + 0.6)
            for y, across, down in ((cut.crotch + 9, cut.hip * 0.36, 15), (cut.knee_at + 6, cut.hip * 0.3, 17)):
                matrix = skia.Matrix.Translate(x, y)
                matrix.preScale(across, down)
                shader = skia.GradientShader.MakeRadial(
                    skia.Point(0, 0), 1, [tone, tone & 0xFFFFFF], None, skia.TileMode.kClamp, 0, matrix
                )
                easel.canvas.drawRect(skia.Rect.MakeLTRB(x - across, y - down, x + across, y + down),
                    skia.Paint(Shader=shader))  # fmt: skip


def _seams(easel: Easel, cut: Trousers, thread: RGB | None, legs: skia.Path) -> None:
    inner = [(50 - cut.gap, cut.crotch + 3), (50 - cut.gap - (cut.inner - cut.gap) * 0.42, cut.knee_at),
        (50 - cut.inner, cut.bottom)]  # fmt: skip
    outer = [(50 - cut.hip, cut.crotch), (50 - cut.knee, cut.knee_at), (50 - cut.outer, cut.bottom)]
    with clipped(easel, legs):
        for mirror in (False, True):
            for line, shift in ((inner, -0.9), (outer, 0.9)):
                shifted = [(x + shift, y) for x, y in line]
                easel.stitch(flip(shifted) if mirror else shifted, thread, 0.24, 0.8)
            line = cut.hem(1.6)
            easel.stitch(flip(line) if mirror else line, thread, 0.28, 0.8)
    easel.crease([(50, cut.crotch - 1), (50, cut.crotch + 6)], 1.6, 0.3, legs)


def draw_shorts(easel: Easel, look: Look) -> None:
    """Shorts: chinos, or for sport with an elastic waist."""
    chance, sport = easel.chance, look.silhouette == "sport"
    easel.ground = Ground.LYING if look.view == 0 else Ground.HANGING
    waist, vary = chance.uniform(22, 25), chance.uniform(-1.5, 2)
    cut = Trousers(
        top=chance.uniform(15, 18), waist=waist + (1 if sport else 0), rise=chance.uniform(32, 36), hip=waist + 6.5,
        knee=waist + 9 + vary, outer=waist + (13 if sport else 10.5) + vary, inner=2.2 if sport else 4.0,
        bottom=chance.uniform(76, 84), gap=1.0,
    )  # fmt: skip
    tall, stripe, cuffed, pleat = chance.uniform(5.4, 7), chance.random(), chance.random(), chance.random()
    details = sewing.own_chance(easel)
    legs = both_legs(easel, cut, details, 1.5)
    with clipped(easel, legs):
        for up in (2.6, 3.6) if sport else (3.2,):
            for line in (cut.hem(up), flip(cut.hem(up))):
                easel.stitch(line, None, 0.26, 0.8)
    easel.crease([(50, cut.crotch - 12), (50.4, cut.crotch - 2), (50, cut.crotch + 8)], 2.0, 0.3, legs)
    if sport:
        _sport_shorts(easel, cut, tall, stripe, legs)
        return
    easel.line([(50, cut.top + tall), (50, cut.crotch)], 0.35, (0, 0, 0), 0.35)
    waistband(easel, cut, tall, None, False)
    slant_pockets(easel, cut, tall, None, curved=False)
    fly(easel, cut, tall, None, sewing.IVORY)
    belt_loops(easel, cut, tall, None)
    if pleat < 0.45:
        for side in (-1, 1):
            easel.crease([(50 + side * 11, cut.top + tall + 1), (50 + side * 12, cut.top + tall + 14)], 1.2, 0.35, legs)
    if cuffed < 0.4:
        turn_ups(easel, cut, 6, None)
    button(easel, 50.2, cut.top + tall * 0.5 + 1.6, 1.5, shade(easel.colour, 0.5), 4)


def _sport_shorts(easel: Easel, cut: Trousers, tall: float, stripe: float, legs: skia.Path) -> None:
    """Side stripes, a gathered waist and its cord."""
    easel.line([(50, cut.top + tall), (50, cut.crotch)], 0.3, easel.seam, 0.8)
    side = [(50 - cut.waist - 0.4, cut.top), (50 - cut.hip, cut.crotch - 8), (50 - cut.knee, cut.knee_at),
        (50 - cut.outer, cut.bottom + 2)]  # fmt: skip
    with clipped(easel, legs):
        for line in (side, flip(side)):
            shifts = (0.0,) if stripe < 0.4 else (-3.2, 0.6, 4.4)
            sign = 1 if line is side else -1
            for shift in shifts:
                moved = [(x + sign * (3 + shift), y) for x, y in line]
                easel.part(shapes.ribbon(moved, 6.5 if stripe < 0.4 else 2.0, square=True), easel.of("nylon"),
                    Volume.FLAT)  # fmt: skip
    half, y = cut.waist + 0.3, cut.top
    belt = waistband(easel, cut, tall, None, False)
    first = [(50 - half, y), (50, y + 1.7), (50 + half, y)]
    last = [(50 - half - 0.6, y + tall), (50, y + tall + 1.7), (50 + half + 0.6, y + tall)]
    with clipped(easel, belt):
        sewing.ribbing(easel, first, last, 40, easel.colour, 0.8)
    tone = easel.accent if abs(lightness(easel.accent) - lightness(easel.colour)) > 0.15 else shade(easel.colour, 0.4)
    for sign, long in ((-1, 17), (1, 14)):
        cord = [(50 + sign * 2.6, y + tall * 0.6 + 1.4), (50 + sign * 3.6, y + tall + 6), (50 + sign * 2.4,
            y + tall + long)]  # fmt: skip
        easel.part(shapes.ribbon(cord, 1.1), easel.of("cotton", tone), Volume.ROUND, shadow=0.7)
        button(easel, 50 + sign * 2.6, y + tall * 0.6 + 1.4, 0.9, STEEL, 0)
    text = easel.look.brand if easel.look.brand.isascii() else ""
    easel.words(text.upper(), 50 - cut.outer * 0.56, cut.bottom - 7, 2.0, tone, width=12)


def draw_leggings(easel: Easel, look: Look) -> None:
    """Leggings, down to the ankle or to below the knee."""
    chance, capri = easel.chance, look.silhouette == "capri"
    easel.ground = Ground.LYING if look.view == 0 else Ground.HANGING
    waist = chance.uniform(11.5, 13)
    cut = Trousers(
        top=11 if capri else 8.5, waist=waist, rise=25, hip=waist + 4.4, knee=waist + 0.8,
        outer=waist + (0.4 if capri else -2.2), inner=5.4 if capri else 5.0, bottom=78 if capri else 91, gap=0.9,
    )  # fmt: skip
    tall, panel, pocket, mesh = chance.uniform(8, 11), chance.random(), chance.random(), chance.random()
    details = sewing.own_chance(easel)
    about = easel.turned(0, (50, 46), 1.12) if capri else easel.turned(0)
    with about:
        legs = both_legs(easel, cut, details, 0.6)
        _leg_panels(easel, cut, legs, panel, mesh)
        easel.crease([(50, cut.crotch - 2), (50, cut.crotch + 6)], 1.4, 0.3, legs)
        seam = [(50, cut.top + tall + 1), (50, cut.crotch)]
        easel.line(seam, 0.3, easel.seam, 0.8)
        trim = easel.body.plain() if pocket < 0.6 else easel.of(look.material)
        half, y, grow = cut.waist + 0.2, cut.top, tall * 0.13
        belt = shapes.smooth([
            (50 - half, y), (50 - half, y), (50, y - 0.6), (50 + half, y), (50 + half, y), (50 + half + grow, y + tall),
            (50 + half + grow, y + tall), (50, y + tall + 2.6), (50 - half - grow, y + tall), (50 - half - grow,
            y + tall),
        ])  # fmt: skip
        easel.part(belt, trim, Volume.SOFT, depth=0.7, shadow=0.4)
        easel.stitch([(50 - half - grow, y + tall - 0.8), (50, y + tall + 1.8), (50 + half + grow, y + tall - 0.8)],
            None, 0.26, 0.7)  # fmt: skip
        text = look.brand if look.brand.isascii() else ""
        ink = easel.accent if trim.colour != easel.accent else easel.colour
        easel.words(text.lower(), 50, y + tall * 0.4, 2.0, ink, width=11)
        for line in (cut.hem(1.6), flip(cut.hem(1.6))):
            with clipped(easel, legs):
                easel.stitch(line, None, 0.26, 0.7)


def _leg_panels(easel: Easel, cut: Trousers, legs: skia.Path, panel: float, mesh: float) -> None:
    """Seams that shape the leg, and perhaps panels of another colour."""
    curve = [(50 - cut.hip + 0.4, cut.crotch - 6), (50 - cut.hip * 0.66, cut.crotch + 12), (50 - cut.knee * 0.72,
        cut.knee_at + 4),
             (50 - cut.outer + 2.4, cut.bottom + 1)]  # fmt: skip
    outside = [(0.0, cut.bottom + 1), (0.0, cut.bottom + 1), (0.0, cut.crotch - 6), (0.0, cut.crotch - 6)]
    with clipped(easel, legs):
        for sign in (1, -1):
            edge = curve if sign == 1 else flip(curve)
            far = outside if sign == 1 else flip(outside)
            if panel < 0.4:
                easel.part(shapes.smooth([edge[0], *edge, edge[-1], *far]), easel.of("nylon"), Volume.FLAT)
            for shift in (-0.5, 0.5):
                easel.stitch([(x + shift, y) for x, y in edge], None, 0.22, 0.6)
            if mesh < 0.35:
                y = cut.knee_at + 10
                tone = shade(easel.colour, 0.6)
                lines: list[tuple[Point, Point]] = [((0, y + at), (100, y + at + 6)) for at in range(0, 12, 1)]
                band = shapes.box(0, y + 3, 50, 8) if sign == 1 else shapes.box(50, y + 3, 50, 8)
                with clipped(easel, band):
                    sewing.hatch(easel, lines, 0.35, tone, 0.7)
