"""Hoodies and jackets."""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random

import skia

from bowerbird.demo.draw import sewing, shapes
from bowerbird.demo.draw.clothing_tops import posed
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.sewing import BRASS, STEEL, button, clipped, drape, flip, mirrored, seen
from bowerbird.demo.draw.shapes import Point
from bowerbird.demo.draw.stuff import Stuff, argb, lightness, shade
from bowerbird.demo.draw.tailoring import (
    Sleeve,
    Torso,
    armhole_seams,
    body_folds,
    lay_back_of_neck,
    lay_sleeves,
    pointed_neck,
)
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import RGB, Look


def draw_hoodie(easel: Easel, look: Look) -> None:
    """A hooded sweatshirt, pulled over or zipped."""
    chance, zipped = easel.chance, look.silhouette == "zip"
    wide = chance.uniform(-0.8, 2.2)
    torso = Torso(
        top=25, neck=8.4, shoulder=22 + wide, slope=chance.uniform(5, 6.5), armpit=47, chest=22 + wide,
        waist=22 + wide, hem=20.6 + wide, bottom=chance.uniform(87, 89),
    )  # fmt: skip
    sleeve = Sleeve(torso, chance.uniform(16, 20) - 5 * look.view, chance.uniform(52, 54), 8.6, slack=1.8)
    tall, lining, trim = chance.uniform(4, 6), chance.random(), chance.random()
    ends, peak, motif = chance.uniform(13, 21), chance.uniform(15, 17.5), chance.random()
    details = sewing.own_chance(easel)
    rib = easel.body.plain() if trim < 0.75 else easel.of(look.material)
    inside = easel.body.plain().shade(0.72) if lining < 0.5 else easel.of("cotton", shade(easel.accent, 0.85))
    front = pointed_neck(torso, 9)
    with easel.turned(0, (50, 90), 1 - 0.05 * look.view):
        left = lay_sleeves(easel, sleeve, easel.body, details, 0.75)
        ribbed_ends(easel, sleeve, left, tall, rib)
        body = easel.part(torso.outline(front), easel.body, depth=0.7)
        drape(easel, body, body_folds(torso, details, 4))
        armhole_seams(easel, torso)
        hem = torso.bottom - tall
        sewing.band(easel, body, torso.across(hem), torso.across(torso.bottom + 1), rib, 40)
        _kangaroo_pocket(easel, torso, hem, zipped)
        if motif < 0.35 and not zipped and look.pattern == "plain":
            text = look.brand.upper() if look.brand.isascii() else ""
            easel.words(text, 50, torso.armpit + 4, 4.6, seen(easel.accent, easel.colour), width=26)
        if zipped:
            tape = easel.accent if trim > 0.5 else shade(easel.colour, 0.6)
            sewing.zip_line(easel, [(50, torso.top + 8), (50, 70), (50, torso.bottom + 1)], STEEL, tape, 1.7)
        _hood(easel, torso, peak, inside)
        _cords(easel, torso, ends, zipped)


def ribbed_ends(easel: Easel, sleeve: Sleeve, left: skia.Path, tall: float, rib: Stuff) -> None:
    """Ribbed cuffs on both sleeves, gathered a little."""
    start = 1 - tall / sleeve.length
    first, last = sleeve.across(start), sleeve.across(1.02)
    sewing.band(easel, left, first, last, rib, 12)
    sewing.band(easel, shapes.flipped(left), flip(first), flip(last), rib, 12)


def _kangaroo_pocket(easel: Easel, torso: Torso, hem: float, zipped: bool) -> None:
    half, top = torso.waist * 0.66, hem - 20
    pocket = shapes.polygon([
        (50 - half * 0.62, top), (50 + half * 0.62, top), (50 + half, top + 11), (50 + half, hem), (50 - half, hem),
        (50 - half, top + 11),
    ])  # fmt: skip
    easel.part(pocket, easel.body, Volume.SOFT, depth=0.35, shadow=0.8)
    slant = [(50 - half * 0.6, top + 0.6), (50 - half + 0.8, top + 11.2)]
    for line in (slant, flip(slant)):
        easel.crease(line, 1.4, 0.22)
        easel.stitch([(x + (1 if x < 50 else -1), y) for x, y in line], None, 0.3, 0.8)
    easel.stitch([(50 - half * 0.58, top + 0.9), (50 + half * 0.58, top + 0.9)], None, 0.3, 0.8)
    if zipped:
        easel.crease([(50, top), (50, hem)], 2, 0.3)


def _hood(easel: Easel, torso: Torso, peak: float, inside: Stuff) -> None:
    """The hood, lying open behind the neck."""
    y, low = torso.top, torso.top + 10.5
    outer = shapes.mirrored([
        (50, y - peak), (41, y - peak + 1.6), (35.6, y - peak * 0.55), (35, y - 2), (38.6, y + 5), (44, y + 8.6),
        (50, low),
        (50, low),
    ][1:])  # fmt: skip
    hood = easel.part(outer, easel.body, Volume.SOFT, depth=0.9, shadow=1.2)
    drape(easel, hood, [
        ([(38, y - peak * 0.5), (37, y), (42, y + 6)], 1.8), (flip([(39, y - peak * 0.5), (38, y), (43, y + 6)]), 1.8),
    ])  # fmt: skip
    opening = shapes.mirrored([
        (50, y - peak + 3.4), (43.4, y - peak + 4.6), (40.2, y - peak * 0.42), (41, y + 0.5), (45.5, y + 5.2),
        (50, low - 2.2), (50, low - 2.2),
    ][1:])  # fmt: skip
    easel.part(opening, inside, Volume.FLAT)
    easel.shadow_patch(shapes.ellipse(50, y - peak + 4, 11, 5), 0.35, 2.2, opening)
    easel.shadow_patch(shapes.ellipse(57, y + 3, 5, 6), 0.22, 2.0, opening)
    sewing.label(easel, 50, y + 1.5, 5.6, 2.0)
    easel.crease([(50, y - peak + 4.5), (50, y - 1)], 0.7, 0.25, opening)
    easel.edge(opening, 1.0, shade(easel.colour, 1.12), 0.5)
    rim = [(48.6, low - 1.6), (43.2, y + 6), (38.6, y + 1), (38, y - peak * 0.5), (42, y - peak + 2.6)]
    for line in (rim, flip(rim)):
        easel.stitch(line, None, 0.28, 0.8)


def _cords(easel: Easel, torso: Torso, ends: float, zipped: bool) -> None:
    tone = seen(easel.accent, easel.colour) if lightness(easel.colour) < 0.75 else shade(easel.accent, 0.9)
    y = torso.top + 6.2
    for side, long in ((-1, ends), (1, ends + 2)):
        x = 50 + side * 4.6
        button(easel, x, y, 0.75, STEEL, 0)
        line = [(x, y), (x + side * 0.9, y + long * 0.5), (x - side * 0.4, y + long)]
        easel.part(shapes.ribbon(line, 0.95), easel.of("cotton", tone), Volume.ROUND, shadow=0.8)
        easel.line(line[1:], 0.2, shade(tone, 0.6), 0.5)
        tip = [(x - side * 0.3, y + long - 1), (x - side * 0.42, y + long + 1.4)]
        easel.part(shapes.ribbon(tip, 1.2), easel.of("silver", STEEL), Volume.ROUND)
    if zipped:
        easel.crease([(50, torso.top + 10), (50, torso.top + 14)], 1.2, 0.2)


def draw_jacket(easel: Easel, look: Look) -> None:
    """A bomber jacket, a denim jacket or a quilted one."""
    chance, puffer = easel.chance, look.silhouette == "puffer"
    wide = chance.uniform(-0.8, 1.8) + (1.4 if puffer else 0)
    torso = Torso(
        top=18 if puffer else 16, neck=8.2, shoulder=22 + wide, slope=chance.uniform(4.5, 6), armpit=40 + wide * 0.5,
        chest=22 + wide, waist=21.8 + wide, hem=chance.uniform(20.4, 21.4) + wide, bottom=chance.uniform(82, 86),
    )  # fmt: skip
    sleeve = Sleeve(torso, chance.uniform(16, 20) - 4 * look.view, chance.uniform(55, 57), 9.0, slack=1.4)
    traits = (chance.random(), chance.random(), chance.random())
    details, wood = sewing.own_chance(easel), chance.random() < 0.5
    front = pointed_neck(torso, 7)
    with posed(easel, look, torso, wood):
        lay_back_of_neck(easel, torso, front, rise=-0.6)
        _JACKETS[look.silhouette](easel, torso, sleeve, front, traits, details)


_Traits = tuple[float, float, float]


def _bomber(
    easel: Easel, torso: Torso, sleeve: Sleeve, front: Sequence[Point], traits: _Traits, details: Random
) -> None:
    rib = easel.body.plain() if traits[0] < 0.5 else easel.of("wool")
    arms = easel.body if traits[1] < 0.75 else easel.of(easel.look.material)
    metal = BRASS if traits[2] < 0.4 else STEEL
    left = lay_sleeves(easel, sleeve, arms, details, 0.8)
    ribbed_ends(easel, sleeve, left, 5.5, rib)
    body = easel.part(torso.outline(front), easel.body, depth=0.75)
    drape(easel, body, body_folds(torso, details, 6), 1.15)
    armhole_seams(easel, torso)
    hem = torso.bottom - 6.5
    sewing.band(easel, body, torso.across(hem), torso.across(torso.bottom + 1), rib, 40)
    pocket = [(50 - torso.waist * 0.42, hem - 19), (50 - torso.waist * 0.66, hem - 6)]
    for line in (pocket, flip(pocket)):
        easel.part(shapes.ribbon(line, 2.2, square=True), easel.body.plain(), Volume.SOFT, depth=0.8, shadow=0.6)
        easel.line(line, 0.3, (0, 0, 0), 0.4)
        button(easel, *sewing.between(line[0], line[1], 0.5), 0.7, metal, 0)
    zipper = [(50, torso.top + 7), (50, 60), (50, torso.bottom + 1)]
    easel.crease([(51.5, torso.top + 9), (51.5, torso.bottom)], 2, 0.25, body)
    sewing.zip_line(easel, zipper, metal, shade(easel.colour, 0.55), 1.9)
    arm = [sleeve.at(0.26, 0.35), sleeve.at(0.42, 0.35)]
    easel.part(shapes.ribbon(arm, 2.6, square=True), arms.plain(), Volume.SOFT, depth=0.6, shadow=0.5)
    easel.line(arm, 0.5, metal, 0.9)
    collar = [*front[:2], (49.4, front[2][1])]
    for line in (collar, flip(collar)):
        strip = shapes.ribbon(line, 4.6, square=True)
        easel.part(strip, rib, Volume.SOFT, depth=0.7, shadow=0.6)
        lower = [(x - 2.3 if x < 50 else x + 2.3, y + 1) for x, y in line]
        upper = [(x + 2.3 if x < 50 else x - 2.3, y - 1) for x, y in line]
        with clipped(easel, strip):
            sewing.ribbing(easel, upper, lower, 10, rib.colour)


def _denim(
    easel: Easel, torso: Torso, sleeve: Sleeve, front: Sequence[Point], traits: _Traits, details: Random
) -> None:
    thread = (206, 150, 84) if lightness(easel.colour) < 0.6 and traits[0] < 0.75 else easel.seam
    metal = ((176, 112, 72), BRASS, STEEL)[int(traits[1] * 3)]
    left = lay_sleeves(easel, sleeve, easel.body, details, 0.75)
    body = easel.part(torso.outline(front), easel.body, depth=0.7)
    easel.shine(shapes.ellipse(50, 62, 12, 13), 0.09, 4)
    drape(easel, body, body_folds(torso, details, 3), 0.7)
    armhole_seams(easel, torso)
    yoke, hem = torso.armpit - 4, torso.bottom - 5
    seams: list[list[Point]] = [
        [(50 - torso.chest - 1, yoke), (48, yoke + 0.6)],
        [(50 - torso.chest * 0.62, yoke + 7), (50 - torso.hem * 0.3, hem)],
        [(50 - torso.chest * 0.32, yoke + 7), (50 - torso.hem * 0.18, hem)],
        [(50 - torso.hem - 1, hem), (48, hem + 1)],
    ]
    with clipped(easel, body):
        for line in seams:
            for part in (line, flip(line)):
                easel.line(part, 0.3, (0, 0, 0), 0.35)
                easel.stitch([(x, y + 0.5) for x, y in part], thread, 0.3, 0.8)
                easel.stitch([(x + 0.3, y + 1.2) for x, y in part], thread, 0.3, 0.8)
        band_path = shapes.box(20, hem, 60, 12)
        easel.part(band_path, easel.body, Volume.SOFT, depth=0.3)
        for down in (0.8, 4.2):
            easel.stitch(torso.across(hem + down, 1.2), thread, 0.3, 0.8)
    for side in (-0.52, 0.52):
        sewing.patch_pocket(easel, 50 + torso.chest * side, yoke + 1.2, 10.5, 6, easel.body, flap=4.6, point=2.0)
        button(easel, 50 + torso.chest * side, yoke + 4.0, 0.8, metal, 0)
    strip = shapes.box(47.9, torso.top + 5, 4.2, torso.bottom - torso.top - 3.4, 0.3)
    easel.part(strip, easel.body, Volume.SOFT, depth=0.4, shadow=0.6)
    for x in (48.5, 51.5):
        easel.stitch([(x, torso.top + 7), (x, torso.bottom)], thread, 0.28, 0.8)
    for at in range(6):
        button(easel, 50, torso.top + 10 + (torso.bottom - torso.top - 12) * at / 5, 1.05, metal, 0)
    _cuffed(easel, sleeve, left, thread, metal)
    spread_collar(easel, torso, easel.body, 7, thread)


def _cuffed(easel: Easel, sleeve: Sleeve, left: skia.Path, thread: RGB, metal: RGB) -> None:
    cuff = sleeve.outline(1.01, 0.9)
    for mirror in (False, True):
        path = shapes.flipped(cuff) if mirror else cuff
        easel.part(path, easel.body.turned(-sleeve.angle if mirror else sleeve.angle), depth=0.6, shadow=0.5)
        for down in (0.915, 0.99):
            line = [sleeve.at(down, 0.05), sleeve.at(down, 0.95)]
            easel.stitch(flip(line) if mirror else line, thread, 0.28, 0.8)
        x, y = sleeve.at(0.955, 0.3)
        button(easel, 100 - x if mirror else x, y, 0.9, metal, 0)


def spread_collar(easel: Easel, torso: Torso, stuff: Stuff, point: float, thread: RGB | None = None) -> None:
    """A jacket's collar, turned down and lying open."""
    x, y = 50 - torso.neck, torso.top
    back = shapes.smooth([(x - 0.6, y), (x - 0.6, y), (x + 1, y - 3), (50, y - 4.2), (99 - x, y - 3), (100.6 - x, y),
                          (100.6 - x, y), (50, y + 0.4)])  # fmt: skip
    easel.part(back, stuff.plain().shade(0.9), Volume.SOFT, depth=0.6)
    tip = (x - 2.2, y + point + 2.5)
    wing = [(x + 1, y - 3), (x - 3.2, y + 1.2), (x - 3.2, y + 1.2), tip, tip, (48.6, y + 8), (48.6, y + 8),
            (x + 4.6, y + 3)]  # fmt: skip
    seam = [(x - 2.4, y + 2), (tip[0] + 0.9, tip[1] - 1), (tip[0] + 0.9, tip[1] - 1), (47.4, y + 7.8)]
    for points, line in ((wing, seam), (flip(wing), flip(seam))):
        easel.part(shapes.smooth(points), stuff, Volume.SOFT, depth=0.6, shadow=1.1)
        easel.stitch(line, thread, 0.28, 0.8)


def _puffer(
    easel: Easel, torso: Torso, sleeve: Sleeve, front: Sequence[Point], traits: _Traits, details: Random
) -> None:
    gap = (7.0, 8.6, 10.5)[int(traits[0] * 3)]
    left = _swollen_sleeve(sleeve, gap)
    for mirror in (False, True):
        path = shapes.flipped(left) if mirror else left
        easel.part(path, easel.body.turned(-sleeve.angle if mirror else sleeve.angle), Volume.SOFT, depth=0.9)
    for mirror in (False, True):
        if mirror:
            with mirrored(easel):
                quilt(easel, left, sleeve.at(0, 0.5), sleeve.angle, gap, details)
        else:
            quilt(easel, left, sleeve.at(0, 0.5), sleeve.angle, gap, details)
    body = easel.part(_swollen_body(torso, front, gap), easel.body, depth=0.9)
    quilt(easel, body, (50, torso.top + 4), 0, gap, details)
    armhole_seams(easel, torso, 0.45)
    easel.crease([(51.6, torso.top + 8), (51.6, torso.bottom)], 2.2, 0.3, body)
    pocket = [(50 - torso.waist * 0.42, torso.bottom - 24), (50 - torso.waist * 0.6, torso.bottom - 11)]
    for line in (pocket, flip(pocket)):
        easel.crease([(x + 0.6, y) for x, y in line], 1.6, 0.4)
        sewing.zip_line(easel, line, STEEL, shade(easel.colour, 0.5), 1.1)
    tape = easel.accent if traits[1] < 0.5 else shade(easel.colour, 0.5)
    collar = shapes.mirrored([
        (50, torso.top - 6.5), (44, torso.top - 6.2), (40.6, torso.top - 4.6), (40, torso.top + 2),
        (42.4, torso.top + 7.4),
        (50, torso.top + 9), (50, torso.top + 9),
    ][1:])  # fmt: skip
    easel.part(collar, easel.body.plain(), Volume.SOFT, depth=1.0, shadow=1.3)
    with clipped(easel, collar):
        easel.part(shapes.ellipse(50, torso.top - 5.2, 8.6, 2.4), easel.of("nylon", tape).shade(0.7), Volume.FLAT)
    quilt(easel, collar, (50, torso.top + 1.2), 0, 6.0, details)
    sewing.zip_line(easel, [(50, torso.top - 3), (50, 60), (50, torso.bottom + 1)], STEEL, tape, 1.7)
    if traits[2] < 0.6:
        sewing.label(easel, 50 + torso.chest * 0.52, torso.armpit, 6, 2.4, easel.accent)


def _swollen_body(torso: Torso, front: Sequence[Point], gap: float) -> skia.Path:
    """The body's outline, with each chamber standing out at the sides."""
    body, down = torso.outline(front), torso.top + 4 + gap * 2
    while down + gap * 0.5 < torso.bottom:
        if down > torso.armpit - gap * 0.4:
            for side in (-1, 1):
                chamber = shapes.ellipse(50 + side * (torso.side(down + gap / 2) - 1.6), down + gap / 2, 3.2,
                    gap * 0.53)  # fmt: skip
                body = shapes.joined(body, chamber)
        down += gap
    return body


def _swollen_sleeve(sleeve: Sleeve, gap: float) -> skia.Path:
    """The left sleeve's outline, with each chamber standing out."""
    arm, start = sleeve.outline(), sleeve.at(0, 0.5)
    turn, rows = math.radians(sleeve.angle), int(sleeve.length / gap) + 1
    for row in range(1, rows):
        middle = (start[0] - math.sin(turn) * gap * (row + 0.5), start[1] + math.cos(turn) * gap * (row + 0.5))
        down = math.dist(sleeve.at(0, 0.5), middle) / sleeve.length
        if not 0.26 < down < 0.97:
            continue
        one, other = sleeve.at(down, 0), sleeve.at(down, 1)
        wide = math.dist(one, other) / 2 + 0.5
        x, y = sewing.between(one, other, 0.5)
        chamber = shapes.ellipse(x, y, wide, gap * 0.54)
        arm = shapes.joined(arm, shapes.moved(chamber, turn=sleeve.angle, about=(x, y)))
    return arm


def quilt(easel: Easel, path: skia.Path, start: Point, turn: float, gap: float, details: Random) -> None:
    """Down chambers across a part: each swells, and is gathered at its seams."""
    bounds = path.computeTightBounds()
    light = 0.30 if lightness(easel.colour) < 0.75 else 0.5
    shades = [argb((0, 0, 0), 0.36), argb((255, 255, 255), 0.0), argb((255, 255, 255), light), argb((255, 255, 255),
        0.0),
              argb((0, 0, 0), 0.12), argb((0, 0, 0), 0.42)]  # fmt: skip
    ends = [skia.Point(0, 0), skia.Point(0, gap)]
    shader = skia.GradientShader.MakeLinear(ends, shades, [0, 0.12, 0.3, 0.55, 0.75, 1], skia.TileMode.kRepeat)
    reach = max(bounds.width(), bounds.height())
    with clipped(easel, path):
        easel.canvas.translate(*start)
        easel.canvas.rotate(turn)
        easel.canvas.drawRect(skia.Rect.MakeLTRB(-reach, -reach, reach, reach), skia.Paint(Shader=shader))
        puckers: list[tuple[Point, Point]] = []
        for row in range(int(-reach / gap), int(reach / gap) + 1):
            for _ in range(int(bounds.width() / 2.2)):
                x, size = details.uniform(-0.5, 0.5) * bounds.width(), details.uniform(0.8, 2.0)
                puckers.append(((x, row * gap - size), (x + details.uniform(-0.5, 0.5), row * gap + size)))
        sewing.hatch(easel, puckers, 0.4, (0, 0, 0), 0.13)
        sewing.hatch(easel, [((a - 0.4, b), (c - 0.4, d)) for (a, b), (c, d) in puckers], 0.3, (255, 255, 255), 0.12)


_JACKETS = {"bomber": _bomber, "denim": _denim, "puffer": _puffer}
