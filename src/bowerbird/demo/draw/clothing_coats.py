"""Coats: trench coats, pea coats and parkas."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from bowerbird.demo.draw import sewing, shapes
from bowerbird.demo.draw.clothing_tops import posed
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.sewing import BRASS, STEEL, Fold, button, clipped, drape, flip
from bowerbird.demo.draw.shapes import Point
from bowerbird.demo.draw.stuff import Stuff, lightness, mixed, shade
from bowerbird.demo.draw.tailoring import Sleeve, Torso, armhole_seams, lay_back_of_neck, lay_sleeves, pointed_neck
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import RGB, Look

HORN: RGB = (84, 58, 40)


def draw_coat(easel: Easel, look: Look) -> None:
    """A trench coat, a pea coat or a parka."""
    chance, parka = easel.chance, look.silhouette == "parka"
    wide, long = chance.uniform(-0.8, 1.2), {"trench": 0.0, "pea": -5.0, "parka": -2.0}[look.silhouette]
    torso = Torso(
        top=17.5 if parka else 12, neck=7.2, shoulder=18.4 + wide, slope=chance.uniform(3.6, 4.8),
        armpit=33 if parka else 29, chest=17.8 + wide, waist=chance.uniform(15.6, 17) + wide,
        hem=chance.uniform(19, 22) + wide - (2.2 if look.silhouette == "pea" else 0), bottom=chance.uniform(87,
        90) + long,
    )  # fmt: skip
    sleeve = Sleeve(torso, chance.uniform(15, 19) - 6 * look.view, chance.uniform(48, 51), 7.8, slack=1.0)
    traits = (chance.random(), chance.random(), chance.random(), chance.random())
    wood, details = chance.random() < 0.7, sewing.own_chance(easel)
    front = pointed_neck(torso, 6 if parka else 15)
    with posed(easel, look, torso, wood):
        lay_back_of_neck(easel, torso, front, rise=-0.6)
        lay_sleeves(easel, sleeve, easel.body, details, 0.7)
        body = easel.part(torso.outline(front), easel.body, depth=0.7)
        drape(easel, body, _skirt_folds(torso, details))
        armhole_seams(easel, torso)
        {"trench": _trench, "pea": _pea, "parka": _parka}[look.silhouette](easel, torso, sleeve, traits)


def _skirt_folds(torso: Torso, chance: Random) -> list[Fold]:
    """Folds that fall from the waist, and a few across it."""
    waist = torso.armpit + (torso.bottom - torso.armpit) * 0.45
    folds: list[Fold] = []
    for at in (-0.8, -0.5, -0.2, 0.25, 0.55, 0.82):
        share = at + chance.uniform(-0.1, 0.1)
        start = waist + chance.uniform(1, 8)
        folds.append((
            [(50 + share * torso.waist, start), (50 + share * (torso.waist + torso.hem) / 2,
            (start + torso.bottom) / 2),
             (50 + share * torso.hem * 1.02, torso.bottom)][:: chance.choice((1, -1))],
            chance.uniform(1.6, 3.2),
        ))  # fmt: skip
    x, y = torso.armpit_point
    line = [(x, y), (x + 4, y + 7), (x + 6, waist - 2)]
    return [*folds, (line, 2.4), (flip(line), 2.4)]


_Traits = tuple[float, float, float, float]


def _lapels(easel: Easel, torso: Torso, low: float, reach: float, stuff: Stuff, collar: Stuff) -> None:
    """Two lapels that meet at ``low``, and the collar above them."""
    x, y = 50 - torso.neck, torso.top
    notch, gorge = (x - 1.6, y + 7.2), (x + 1.2, y + 5.6)
    wing = [(x + 0.6, y), (x + 0.6, y), gorge, gorge, (50 - reach, y + 8.4), (50 - reach, y + 8.4),
            (50 - reach * 0.62, y + (low - y) * 0.72), (50.6, low), (50.6, low), (47.5, low - 7), (x + 3.4,
            y + 4)]  # fmt: skip
    for points in (wing, flip(wing)):
        easel.part(shapes.smooth(points), stuff, Volume.SOFT, depth=0.5, shadow=1.2)
    roll = [(50 - reach + 0.8, y + 9.2), (50 - reach * 0.6, y + (low - y) * 0.7), (49.6, low - 1.4)]
    for line in (roll, flip(roll)):
        easel.stitch(line, None, 0.26, 0.8)
    back = shapes.smooth([(x - 0.6, y), (x - 0.6, y), (x + 1, y - 2.8), (50, y - 3.8), (99 - x, y - 2.8), (100.6 - x,
        y),
                          (100.6 - x, y), (50, y + 0.8)])  # fmt: skip
    easel.part(back, collar.shade(0.9), Volume.SOFT, depth=0.6)
    leaf = [(x + 1, y - 2.8), (x - 2.6, y + 1), (x - 2.6, y + 1), (notch[0] - 1.6, notch[1] + 0.6),
            (notch[0] - 1.6, notch[1] + 0.6), (x + 3.4, y + 5.2), (x + 3.4, y + 5.2), (x + 3.2, y + 1.6)]  # fmt: skip
    for points in (leaf, flip(leaf)):
        easel.part(shapes.smooth(points), collar, Volume.SOFT, depth=0.6, shadow=0.9)


def _front_edge(easel: Easel, torso: Torso, low: float, over: float) -> None:
    """Where one front lies over the other."""
    edge = [(50 + over, low), (50 + over, 60), (50 + over * 1.05, torso.bottom + torso.sag)]
    easel.crease([(x + 0.6, y) for x, y in edge], 1.5, 0.3)
    easel.line(edge, 0.3, (0, 0, 0), 0.35)
    easel.stitch([(x - 0.9, y) for x, y in edge], None, 0.26, 0.8)


def _double_row(easel: Easel, rows: Sequence[float], half: float, radius: float, tone: RGB, holes: int) -> None:
    for down in rows:
        for side in (-1, 1):
            button(easel, 50 + side * half, down, radius, tone, holes)


def _trench(easel: Easel, torso: Torso, sleeve: Sleeve, traits: _Traits) -> None:
    tone = (HORN, shade(easel.colour, 0.5), (40, 40, 44))[int(traits[0] * 3)]
    y, waist = torso.top, torso.armpit + (torso.bottom - torso.armpit) * 0.32
    _front_edge(easel, torso, y + 15, 6.6)
    if traits[1] < 0.7:
        flap = shapes.smooth([(50 - torso.shoulder + 2, y + torso.slope), (50 - torso.shoulder + 2, y + torso.slope),
                              (50 - torso.neck, y + 1), (46, y + 13), (46, y + 13), (43, y + 17.6),
                              (50 - torso.chest + 1.4, y + 16)])  # fmt: skip
        easel.part(flap, easel.body, Volume.SOFT, depth=0.4, shadow=0.6)
    _double_row(easel, (y + 19, waist - 4, waist + 9, waist + 18), 5.2, 1.1, tone, 4)
    _lapels(easel, torso, y + 15.4, 11.6, easel.body, easel.body.turned(20))
    for side in (1, -1):
        pocket = [(50 - side * torso.waist * 0.52, waist + 7), (50 - side * torso.waist * 0.7, waist + 17)]
        easel.part(shapes.ribbon(pocket, 2.4, square=True), easel.body.plain(), Volume.SOFT, depth=0.7, shadow=0.6)
        button(easel, *sewing.between(pocket[0], pocket[1], 0.5), 0.6, tone, 2)
    (sx, sy), inner = torso.shoulder_tip, (50 - torso.neck - 2.6, y + 1.4)
    for mirror in (False, True):
        strap = [(sx + 0.6, sy + 0.8), inner]
        strap = flip(strap) if mirror else strap
        easel.part(shapes.ribbon(strap, 2.4), easel.body.plain(), Volume.SOFT, depth=0.7, shadow=0.6)
        button(easel, *sewing.between(strap[0], strap[1], 0.82), 0.6, tone, 2)
    _belt(easel, torso, waist, tone, tied=traits[2] < 0.45)
    _sleeve_straps(easel, sleeve, tone)


def _belt(easel: Easel, torso: Torso, down: float, tone: RGB, tied: bool) -> None:
    half = torso.side(down) + 0.5
    stuff = easel.body.plain().shade(0.94)
    line = [(50 - half, down), (50, down + 0.9), (50 + half, down)]
    easel.part(shapes.ribbon(line, 3.6, square=True), stuff, Volume.SOFT, depth=0.8, shadow=0.8)
    for shift in (-1.2, 1.2):
        easel.stitch([(x, y + shift) for x, y in line], None, 0.24, 0.7)
    for x in (50 - half * 0.72, 50 + half * 0.72):
        easel.part(shapes.box(x - 0.8, down - 2.4, 1.6, 5.4, 0.4), stuff, Volume.SOFT, shadow=0.4)
    if tied:
        for end in (
            [(51, down + 1), (54, down + 8), (53, down + 17)],
            [(50, down + 1), (48, down + 7), (46.6, down + 14)],
        ):
            easel.part(shapes.ribbon(end, 3.2, square=True), stuff, Volume.SOFT, depth=0.7, shadow=0.8)
        easel.part(shapes.box(47.8, down - 1.9, 5, 5.2, 1.6), stuff, Volume.SOFT, shadow=0.8)
        return
    end = [(55, down + 1), (60, down + 2.4), (62.6, down + 7)]
    easel.part(shapes.ribbon(end, 3.4, square=True), stuff, Volume.SOFT, depth=0.7, shadow=0.8)
    buckle = shapes.without(shapes.box(46.6, down - 2.6, 7, 6.8, 1.2), shapes.box(48, down - 1.2, 4.2, 4.0, 0.6))
    easel.part(buckle, easel.of("plastic", tone), Volume.BEVEL, shadow=0.6)
    easel.line([(50, down + 0.8), (53.4, down + 0.8)], 0.6, shade(tone, 1.2))


def _sleeve_straps(easel: Easel, sleeve: Sleeve, tone: RGB) -> None:
    for mirror in (False, True):
        line = [sleeve.at(0.88, -0.05), sleeve.at(0.88, 0.5), sleeve.at(0.88, 1.05)]
        line = flip(line) if mirror else line
        easel.part(shapes.ribbon(line, 2.2, square=True), easel.body.plain().shade(0.95), depth=0.7, shadow=0.6)
        button(easel, *line[1], 0.7, tone, 2)


def _pea(easel: Easel, torso: Torso, sleeve: Sleeve, traits: _Traits) -> None:
    dark = (32, 32, 40) if lightness(easel.colour) > 0.2 else HORN
    tone, holes = ((dark, 4), (BRASS, 0), (STEEL, 0))[int(traits[0] * 3)]
    y = torso.top
    _front_edge(easel, torso, y + 15, 8.4)
    collar = easel.body.turned(25) if traits[1] < 0.65 else easel.of("velvet", shade(easel.colour, 0.5))
    first, gap = y + 21, (torso.bottom - y - 40) / 2
    _double_row(easel, (first, first + gap, first + 2 * gap), 6.6, 1.5, tone, holes)
    _lapels(easel, torso, y + 17.5, 13.4, easel.body.turned(-10), collar)
    low = torso.bottom - 24
    if traits[2] < 0.5:
        for side in (-1, 1):
            lid = shapes.box(50 + side * torso.hem * 0.62 - 5.4, low + 4, 10.8, 4.4, 0.8)
            easel.part(lid, easel.body, Volume.SOFT, depth=0.6, shadow=0.8)
    else:
        for side in (-1, 1):
            slit = [(50 + side * torso.hem * 0.5, low - 1), (50 + side * torso.hem * 0.6, low + 10)]
            easel.part(shapes.ribbon(slit, 2.4, square=True), easel.body.plain(), depth=0.7, shadow=0.6)
    for mirror in (False, True):
        line = [sleeve.at(0.87, 0), sleeve.at(0.87, 0.5), sleeve.at(0.87, 1)]
        easel.line(flip(line) if mirror else line, 0.3, (0, 0, 0), 0.3)
        for across in (0.25, 0.5):
            x, down = sleeve.at(0.93, across)
            button(easel, 100 - x if mirror else x, down, 0.8, tone, holes)


def _parka(easel: Easel, torso: Torso, sleeve: Sleeve, traits: _Traits) -> None:
    metal = BRASS if traits[0] < 0.4 else STEEL
    waist = torso.armpit + (torso.bottom - torso.armpit) * 0.34
    line = torso.across(waist)
    for shift in (-0.8, 0.8):
        easel.crease([(x, y + shift) for x, y in line], 0.9, 0.24)
    gathers = [((x, waist - 2.4), (x + 0.5, waist + 2.8)) for x in range(int(51 - torso.waist), int(50 + torso.waist),
        2)]  # fmt: skip
    sewing.hatch(easel, [((a, b), (c, d)) for (a, b), (c, d) in gathers], 0.5, (0, 0, 0), 0.13)
    for side in (-1, 1):
        x = 50 + side * torso.hem * 0.56
        sewing.patch_pocket(easel, x, waist + 12, 12.4, 14, easel.body, flap=5.4)
        for shift in (-3.6, 3.6):
            button(easel, x + shift, waist + 15.2, 0.7, metal, 0)
        if traits[1] < 0.5:
            chest = 50 + side * torso.chest * 0.56
            easel.part(shapes.box(chest - 4.6, torso.armpit - 1, 9.2, 4, 0.7), easel.body, depth=0.6, shadow=0.7)
    flap = shapes.box(46.6, torso.top + 5, 6.8, torso.bottom - torso.top - 4.2, 0.6)
    easel.part(flap, easel.body, Volume.SOFT, depth=0.5, shadow=0.9)
    for x in (47.2, 52.8):
        easel.stitch([(x, torso.top + 7), (x, torso.bottom)], None, 0.26, 0.8)
    for at in range(6):
        button(easel, 50, torso.top + 12 + (torso.bottom - torso.top - 16) * at / 5, 0.9, metal, 0)
    for side in (-1, 1):
        cord = [(50 + side * 3.6, waist), (50 + side * 4.6, waist + 5), (50 + side * 4.0, waist + 8)]
        easel.part(shapes.ribbon(cord, 0.6), easel.of("cotton", shade(easel.colour, 0.5)), shadow=0.5)
    _sleeve_straps(easel, sleeve, shade(easel.colour, 0.5))
    _fur_hood(easel, torso, traits)


def _fur_hood(easel: Easel, torso: Torso, traits: _Traits) -> None:
    """A hood edged with fur, lying open behind the neck."""
    y, rim = torso.top, 12.6
    fur = mixed((214, 190, 158), easel.accent, 0.25) if traits[2] < 0.7 else (70, 60, 54)
    lining = easel.of("fleece", shade(easel.accent, 0.8)) if traits[3] < 0.5 else easel.body.plain().shade(0.6)
    outer = [(42, y - rim + 1.4), (36.4, y - rim * 0.5), (36.2, y), (40, y + 5), (45, y + 7.4), (50, y + 9)]
    hood = shapes.smooth([(50, y - rim), *outer, *flip(reversed(outer[:-1]))])
    easel.part(hood, easel.of("fleece", fur), Volume.SOFT, depth=0.6, shadow=1.2)
    opening = shapes.smooth([(x + (50 - x) * 0.32, py + (y - 3 - py) * 0.32) for x, py in
                             [(50, y - rim), *outer, *flip(reversed(outer[:-1]))]])  # fmt: skip
    easel.part(opening, lining, Volume.FLAT)
    easel.shadow_patch(shapes.ellipse(50, y - rim + 4, 9, 4), 0.35, 2.0, opening)
    strands = Random(int(traits[2] * 1e6))
    for tone, wide, alpha in ((shade(fur, 0.66), 0.45, 0.8), (shade(fur, 1.35), 0.35, 0.8), (fur, 0.5, 0.9)):
        lines: list[tuple[Point, Point]] = []
        edge = sewing.curved([(50, y - rim), *outer, *flip(reversed(outer[:-1])), (50, y - rim)], 16)
        for ex, ey in edge:
            share = strands.uniform(0.02, 0.3)
            x, down = ex + (50 - ex) * share, ey + (y - 3 - ey) * share
            out = strands.uniform(0.12, 0.24)
            lines.append(((x, down), (x + (x - 50) * out + strands.uniform(-1, 1), down + (down - y + 3) * out + 0.6)))
        sewing.hatch(easel, lines, wide, tone, alpha)
    sewing.label(easel, 50, y + 0.6, 5, 1.9)
    with clipped(easel, opening):
        easel.crease([(50, y - rim + 5), (50, y - 2)], 0.6, 0.25)
