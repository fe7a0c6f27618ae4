"""Dresses and skirts."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import skia

from bowerbird.demo.draw import sewing, shapes
from bowerbird.demo.draw.clothing_tops import posed
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.ground import Ground
from bowerbird.demo.draw.sewing import BRASS, Fold, button, clipped, drape, flip
from bowerbird.demo.draw.shapes import Point
from bowerbird.demo.draw.stuff import lightness, shade
from bowerbird.demo.draw.tailoring import (
    Sleeve,
    Torso,
    armhole_seams,
    lay_back_of_neck,
    lay_sleeves,
    pointed_neck,
    round_neck,
)
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import Look


def draw_dress(easel: Easel, look: Look) -> None:
    """A dress: fitted with a wide skirt, straight, or down to the floor."""
    chance, maxi, shift = easel.chance, look.silhouette == "maxi", look.silhouette == "shift"
    slim = chance.uniform(-0.8, 1.0)
    straps = chance.random() < (0.65 if maxi else 0.3)
    torso = Torso(
        top=11, neck=chance.uniform(6.2, 8.6) + (2.6 if straps else 0), shoulder=14.2 + slim,
        slope=chance.uniform(2.2, 3.4),
        armpit=25, chest=14.2 + slim, waist=13.6 + slim, hem=17.6 + slim, bottom=chance.uniform(78, 84),
    )  # fmt: skip
    flare = chance.uniform(24, 31) if not maxi else chance.uniform(20, 26)
    waist = chance.uniform(37, 40) - (3 if maxi else 0)
    vee, sleeved, belt = chance.random() < 0.45, chance.random() < 0.6, chance.random()
    tier, rounds, details = chance.random(), chance.randrange(3), sewing.own_chance(easel)
    drop = chance.uniform(10, 13) if vee else chance.uniform(5.5, 8)
    front = pointed_neck(torso, drop) if vee else round_neck(torso, drop)
    with posed(easel, look, torso, True):
        if not straps:
            lay_back_of_neck(easel, torso, front)
            if sleeved:
                sleeve = Sleeve(torso, 38 - 10 * look.view, 13 + 5 * rounds, 9.5 - rounds * 0.4, slack=1.0)
                lay_sleeves(easel, sleeve, easel.body, details)
                for mirror in (False, True):
                    line = sleeve.across(0.9)
                    easel.stitch(flip(line) if mirror else line, None, 0.24, 0.7)
        if shift:
            body = easel.part(_bodice(torso, front, straps, None), easel.body, depth=0.65)
            drape(easel, body, _shift_folds(torso, details))
            _shift_details(easel, torso, body, belt, rounds)
        else:
            bottom = 91.5 if maxi else torso.bottom
            _skirt_of_dress(easel, torso, waist, flare, bottom, tier if maxi else 1.0, details)
            body = easel.part(_bodice(torso, front, straps, waist), easel.body, depth=0.6, shadow=0.4)
            _bodice_details(easel, torso, waist, belt, body, rounds)
        if straps:
            _straps(easel, torso, front)
        elif sleeved:
            armhole_seams(easel, torso, 0.25)
        if not straps:
            easel.line(front, 0.9, shade(easel.colour, 0.8), 0.5, bent=not vee)
            easel.stitch([(x, y + 1.0) for x, y in front[1:-1]] if not vee else
                         [front[0], front[2], front[2], front[-1]], None, 0.22, 0.6)  # fmt: skip


def _bodice(torso: Torso, front: Sequence[Point], straps: bool, waist: float | None) -> skia.Path:
    """The upper part down to ``waist``, or the whole of a straight dress."""
    body = torso.outline(front)
    if straps:
        level = torso.armpit - 6
        body = shapes.without(body, shapes.smooth([
            (20, 0), (20, 0), (80, 0), (80, 0), (80, level + 4), (80, level + 4), (58, level - 1.4), (50, level + 2.4),
            (50, level + 2.4), (42, level - 1.4), (20, level + 4), (20, level + 4),
        ]))  # fmt: skip
    if waist is None:
        return body
    nip = 10.8
    cut = [(50 - torso.chest - 8, torso.armpit + 2), (50 - torso.chest - 0.2, torso.armpit + 2), (50 - nip - 0.8,
        waist - 4),
           (50 - nip, waist + 1), (50 - nip, waist + 1), (50, waist + 2), (50, waist + 2), (50, 100), (50, 100),
           (0, 100),
           (0, 100)]  # fmt: skip
    return shapes.without(body, shapes.smooth(cut), shapes.smooth(flip(cut)))


def _straps(easel: Easel, torso: Torso, front: Sequence[Point]) -> None:
    level = torso.armpit - 6
    for side in (-1, 1):
        line = [(50 + side * 8, level - 0.6), (50 + side * 8.6, torso.top + 5), (50 + side * 7.4, torso.top)]
        easel.part(shapes.ribbon(line, 1.3), easel.body.plain(), Volume.SOFT, shadow=0.3)
        button(easel, 50 + side * 8.2, level - 3.4, 0.8, BRASS, 0)
    edge = [(42, level - 0.8), (50, level + 2.9), (50, level + 2.9), (58, level - 0.8)]
    easel.stitch(edge, None, 0.24, 0.7)


def _skirt_of_dress(
    easel: Easel, torso: Torso, waist: float, flare: float, bottom: float, tier: float, details: Random
) -> None:
    """The wide skirt with its folds; in tiers where ``tier`` is small."""
    nip = 10.8
    skirt = flared(nip, waist, flare, bottom, details)
    easel.part(skirt, easel.body, depth=0.6)
    drape(easel, skirt, flared_folds(nip, waist, flare, bottom, details), 1.25)
    if tier < 0.5:
        for share in (0.36, 0.68):
            down = waist + (bottom - waist) * share
            half = nip + (flare - nip) * share
            line = [(50 - half, down - 0.8), (50 - half / 2, down + 1), (50, down + 1.4), (50 + half / 2, down + 1),
                    (50 + half, down - 0.8)]  # fmt: skip
            easel.crease([(x, y + 0.8) for x, y in line], 1.3, 0.3, skirt)
            gathers = [((x, down + 1), (x + (x - 50) * 0.04, down + details.uniform(3, 6)))
                       for x in (50 + half * (-0.96 + 0.06 * at) for at in range(33))]  # fmt: skip
            with clipped(easel, skirt):
                sewing.hatch(easel, gathers, 0.4, (0, 0, 0), 0.16)
    elif tier < 0.8:
        slit = [(50 + flare * 0.3, bottom - 30), (50 + flare * 0.4, bottom - 12), (50 + flare * 0.44, bottom + 3)]
        easel.crease([(x + 0.9, y) for x, y in slit], 2.4, 0.5, skirt)
        easel.line(slit, 0.4, shade(easel.colour, 0.5), 0.8)


def flared(top: float, high: float, flare: float, low: float, details: Random, waves: int = 5) -> skia.Path:
    """A skirt's outline: half ``top`` wide at ``high``, half ``flare`` at ``low``, with a waving hem."""
    left = [(50 - top, high), (50 - top, high), (50 - top - (flare - top) * 0.36, high + (low - high) * 0.34),
            (50 - flare, low - 3.4), (50 - flare, low - 3.4)]  # fmt: skip
    hem: list[Point] = []
    for at in range(1, 2 * waves):
        share = at / waves - 1
        hem.append((50 + share * flare, low - 3.4 * share * share + (0.9 if at % 2 else -0.6) + details.uniform(-0.2,
            0.2)))  # fmt: skip
    return shapes.smooth([*left, *hem, *flip(reversed(left)), (50, high - 0.3)])


def flared_folds(top: float, high: float, flare: float, low: float, details: Random) -> list[Fold]:
    """Folds that spread from the waist to the hem."""
    folds: list[Fold] = []
    for at in range(9):
        share = -0.86 + at * 0.215 + details.uniform(-0.05, 0.05)
        start = high + (low - high) * details.choice((0.0, 0.02, 0.3))
        begin = 50 + share * (top + (flare - top) * max(0.0, (start - high) / (low - high)) * 0.9)
        line = [(begin, start), (50 + share * (top + (flare - top) * 0.55), (start + low) / 2), (50 + share * flare,
            low + 1)]  # fmt: skip
        folds.append((line[::-1], details.uniform(2.2, 4.2)))
    return folds


def _bodice_details(easel: Easel, torso: Torso, waist: float, belt: float, body: skia.Path, rounds: int) -> None:
    drape(easel, body, [
        ([(50 - torso.chest + 1, torso.armpit + 1), (44, torso.armpit + 4), (41.6, waist - 2)], 1.8),
        (flip([(50 - torso.chest + 1, torso.armpit + 1), (44, torso.armpit + 4), (41.6, waist - 2)]), 1.8),
        ([(46, waist), (45, waist - 5), (45.4, waist - 9)], 1.4), ([(54, waist), (55, waist - 5), (54.6, waist - 9)],
        1.4),
    ])  # fmt: skip
    for side in (-1, 1):
        easel.stitch([(50 + side * 5.6, waist), (50 + side * 6.2, waist - 10)], None, 0.22, 0.6)
    line = [(50 - 11, waist + 0.4), (50, waist + 1.6), (50 + 11, waist + 0.4)]
    if belt < 0.4:
        stuff = easel.of("leather") if belt < 0.2 else easel.body.plain().shade(0.82)
        easel.part(shapes.ribbon(line, 2.8, square=True), stuff, Volume.SOFT, shadow=0.6)
        if belt < 0.2:
            buckle = shapes.without(shapes.box(48, waist - 1, 4.4, 4.8, 0.8), shapes.box(49, waist, 2.4, 2.8, 0.4))
            easel.part(buckle, easel.of("gold", BRASS), Volume.BEVEL, shadow=0.4)
        else:
            for end in ([(50, waist + 1.4), (47, waist + 6), (47.4, waist + 14)],
                        [(50, waist + 1.4), (52.6, waist + 6), (52, waist + 16)]):  # fmt: skip
                easel.part(shapes.ribbon(end, 1.7, square=True), stuff, Volume.SOFT, shadow=0.6)
            for loop in (shapes.ellipse(47, waist + 0.6, 3, 1.5), shapes.ellipse(53, waist + 0.6, 3, 1.5)):
                easel.part(loop, stuff, Volume.SOFT, shadow=0.5)
            easel.part(shapes.ellipse(50, waist + 1.2, 1.3, 1.4), stuff, Volume.SOFT, shadow=0.4)
    else:
        easel.crease(line, 1.2, 0.3)
        easel.line(line, 0.3, easel.seam, 0.8)
    if rounds == 0 and belt > 0.3:
        tone = sewing.IVORY if lightness(easel.colour) < 0.75 else shade(easel.accent, 0.9)
        for at in range(3):
            button(easel, 50, waist - 2.6 - at * 4.2, 0.8, tone)


def _shift_folds(torso: Torso, details: Random) -> list[Fold]:
    folds: list[Fold] = []
    for share in (-0.7, -0.35, 0.05, 0.4, 0.75):
        start = details.uniform(torso.armpit + 4, 52)
        line = [(50 + share * torso.chest, start), (50 + share * (torso.waist + 1), (start + torso.bottom) / 2),
                (50 + share * torso.hem, torso.bottom)]  # fmt: skip
        folds.append((line[:: details.choice((1, -1))], details.uniform(1.8, 3)))
    dart = [(50 - torso.chest, torso.armpit + 4), (45, torso.armpit + 2), (42, torso.armpit + 1)]
    return [*folds, (dart, 1.4), (flip(dart), 1.4)]


def _shift_details(easel: Easel, torso: Torso, body: skia.Path, belt: float, rounds: int) -> None:
    with clipped(easel, body):
        easel.stitch(torso.across(torso.bottom - 2.4), None, 0.24, 0.7)
        if belt < 0.3:
            easel.part(shapes.box(10, torso.bottom - 8, 80, 12), easel.of(easel.look.material), Volume.FLAT)
            easel.line(torso.across(torso.bottom - 8, 0), 0.3, (0, 0, 0), 0.3)
    if rounds == 1:
        for side in (-0.55, 0.55):
            sewing.patch_pocket(easel, 50 + torso.hem * side, 54, 9, 10, easel.body, point=0.0)
    elif rounds == 2:
        for side in (-1, 1):
            easel.stitch([(50 + side * torso.waist * 0.95, 50), (50 + side * torso.waist * 0.62, 56)], None, 0.3, 0.8)
            easel.crease([(50 + side * torso.waist * 0.95, 50), (50 + side * torso.waist * 0.62, 56)], 1.2, 0.2)


def draw_skirt(easel: Easel, look: Look) -> None:
    """A pleated skirt, a narrow one, or a short one."""
    chance = easel.chance
    easel.ground = Ground.LYING if look.view == 0 else Ground.HANGING
    waist, tall = chance.uniform(16.5, 19) - 2.5 * (look.silhouette == "pencil"), chance.uniform(4, 6.5)
    traits = (chance.random(), chance.random(), chance.random())
    details = sewing.own_chance(easel)
    band_stuff = easel.body.plain() if traits[2] < 0.7 else easel.of(look.material)
    bottom, flare = {
        "pleated": (84 - 14 * (traits[0] < 0.4), 33 + 6 * traits[1]),
        "pencil": (87, 16 + 1.5 * traits[1]),
        "mini": (70 + 8 * traits[0], 27 + 5 * traits[1]),
    }[look.silhouette]
    top = 13 if bottom > 80 else 18
    inner = shapes.smooth([(50 - waist, top), (50, top - 2.2), (50 + waist, top), (50, top + 2)])
    easel.part(inner, easel.body.plain().shade(0.55), Volume.FLAT)
    _SKIRTS[look.silhouette](easel, waist, top + tall, flare, bottom, traits, details)
    belt = shapes.smooth([(50 - waist, top), (50 - waist, top), (50, top + 2), (50 + waist, top), (50 + waist, top),
                          (50 + waist + 0.8, top + tall), (50 + waist + 0.8, top + tall), (50, top + tall + 2),
                          (50 - waist - 0.8, top + tall), (50 - waist - 0.8, top + tall)])  # fmt: skip
    easel.part(belt, band_stuff, Volume.SOFT, depth=0.6, shadow=0.5)
    for down in (0.9, tall - 0.7):
        easel.stitch([(50 - waist, top + down), (50, top + down + 2), (50 + waist, top + down)], None, 0.26, 0.8)
    if look.silhouette == "mini":
        for x in (-0.7, -0.3, 0.3, 0.7):
            loop = shapes.box(50 + x * waist - 0.8, top + 0.3 + 1.6 * (1 - abs(x)), 1.6, tall + 0.8, 0.3)
            easel.part(loop, band_stuff, Volume.SOFT, shadow=0.4)


def _pleated(
    easel: Easel, waist: float, high: float, flare: float, low: float, traits: tuple[float, ...], details: Random
) -> None:
    count = (11, 15, 19)[int(traits[1] * 3)]
    skirt = shapes.smooth([
        (50 - waist, high), (50 - waist, high), (50 - waist - (flare - waist) * 0.5, (high + low) / 2),
        (50 - flare, low - 5), (50 - flare, low - 5),
        *[(50 + flare * (at / count * 2 - 1), low - 5 * (at / count * 2 - 1) ** 2 + (0.8 if at % 2 else -0.4))
          for at in range(1, count)],
        (50 + flare, low - 5), (50 + flare, low - 5), (50 + waist + (flare - waist) * 0.5, (high + low) / 2),
        (50 + waist, high), (50 + waist, high),
    ])  # fmt: skip
    easel.part(skirt, easel.body, depth=0.5)
    dark = 0.34 if lightness(easel.colour) > 0.3 else 0.6
    light = 0.16 if lightness(easel.colour) > 0.3 else 0.1
    with clipped(easel, skirt):
        for at in range(count):
            share, after = at / count * 2 - 1, (at + 1) / count * 2 - 1
            fold = shapes.polygon([
                (50 + waist * after, high), (50 + flare * after, low + 3),
                (50 + flare * (after * 0.62 + share * 0.38), low + 3), (50 + waist * (after * 0.7 + share * 0.3), high),
            ])  # fmt: skip
            lit = shapes.polygon([
                (50 + waist * share, high), (50 + flare * share, low + 3),
                (50 + flare * (share * 0.6 + after * 0.4), low + 3), (50 + waist * (share * 0.6 + after * 0.4), high),
            ])  # fmt: skip
            easel.canvas.drawPath(fold, _shade_across(fold, dark, False))
            easel.canvas.drawPath(lit, _shade_across(lit, light, True))
            easel.line([(50 + waist * after, high), (50 + flare * after, low + 3)], 0.28, (0, 0, 0), 0.35, bent=False)
    easel.stitch([(50 - flare * 0.97, low - 6.6), (50, low - 1.8), (50 + flare * 0.97, low - 6.6)], None, 0.24, 0.7)


def _shade_across(path: skia.Path, strength: float, light: bool) -> skia.Paint:
    bounds = path.computeTightBounds()
    ends = [skia.Point(bounds.left(), 0), skia.Point(bounds.right(), 0)]
    tone = 0xFFFFFF if light else 0
    strong, none = (round(strength * 255) << 24) | tone, tone
    shades = [strong, none] if light else [none, strong]
    return skia.Paint(Shader=skia.GradientShader.MakeLinear(ends, shades), AntiAlias=True)


def _pencil(
    easel: Easel, waist: float, high: float, flare: float, low: float, traits: tuple[float, ...], details: Random
) -> None:
    hip = waist + 6.2
    half = [(50 - waist, high), (50 - waist, high), (50 - hip + 1, high + 12), (50 - hip, high + 24), (50 - hip + 2,
        62),
            (50 - flare, low), (50 - flare, low)]  # fmt: skip
    skirt = shapes.smooth([*half, (50, low + 1.4), *flip(reversed(half)), (50, high + 1)])
    easel.part(skirt, easel.body, depth=0.7)
    drape(easel, skirt, [
        ([(50 - hip + 1, high + 14), (44, high + 17), (50, high + 18)], 2.0),
        (flip([(50 - hip + 2, high + 22), (45, high + 26), (51, high + 27)]), 2.2),
        ([(46, low), (44, low - 20), (45, low - 34)], 2.6), ([(56, low), (58, low - 16), (57, low - 30)], 2.4),
    ])  # fmt: skip
    for side in (-1, 1):
        easel.crease([(50 + side * waist * 0.5, high + 1), (50 + side * waist * 0.55, high + 11)], 0.7, 0.3)
    easel.stitch([(50 - flare, low - 2.4), (50, low - 1.2), (50 + flare, low - 2.4)], None, 0.24, 0.7)
    if traits[0] < 0.4:
        x = 50 + flare * 0.4
        slit = shapes.polygon([(x, low - 17), (x + 0.5, low - 8), (x + 2.2, low + 2), (x - 1.2, low + 2)])
        easel.part(slit, easel.body.plain().shade(0.4), Volume.FLAT)
        easel.stitch([(x - 1.2, low - 18), (x - 1.6, low - 1)], None, 0.24, 0.7)
    elif traits[0] < 0.7:
        sewing.zip_line(easel, [(50, high + 2), (50, low + 0.4)], BRASS, shade(easel.colour, 0.6), 1.5)
    else:
        tone = easel.accent
        for at in range(7):
            button(easel, 50, high + 5 + (low - high - 10) * at / 6, 1.0, tone)
        easel.stitch([(52.2, high + 2), (52.2, low)], None, 0.24, 0.7)


def _mini(
    easel: Easel, waist: float, high: float, flare: float, low: float, traits: tuple[float, ...], details: Random
) -> None:
    half = [(50 - waist - 0.6, high), (50 - waist - 0.6, high), (50 - waist - (flare - waist) * 0.5,
        (high + low) / 2 - 3),
            (50 - flare, low - 3), (50 - flare, low - 3)]  # fmt: skip
    skirt = shapes.smooth([*half, (50, low + 1.6), *flip(reversed(half)), (50, high + 1.6)])
    easel.part(skirt, easel.body, depth=0.7)
    drape(easel, skirt, flared_folds(waist, high + 6, flare, low, details)[::2], 0.9)
    thread = (206, 150, 84) if easel.look.material == "denim" else None
    pocket = [(50 - waist - 4, high + 13), (40, high + 10), (36.4, high + 1.4)]
    for edge in (pocket, flip(pocket)):
        easel.crease(edge, 1.2, 0.3, skirt)
        easel.stitch([(x, y + 1) for x, y in edge], thread, 0.3, 0.8)
    easel.stitch([(50 - flare, low - 5.4), (50, low - 0.8), (50 + flare, low - 5.4)], thread, 0.3, 0.8)
    if traits[2] < 0.5:
        easel.crease([(52.6, high + 2), (52.8, low)], 1.0, 0.25, skirt)
        for x in (47.4, 52.4):
            easel.stitch([(x, high + 2), (x, low)], thread, 0.28, 0.8)
        for at in range(5):
            button(easel, 50, high + 5 + (low - high - 10) * at / 4, 1.3, BRASS, 0)
    else:
        easel.stitch([(50, high + 2), (50, low)], thread, 0.28, 0.8)
        fly = [(54, high + 2), (54, high + 14), (53, high + 17), (50, high + 19)]
        easel.stitch(fly, thread, 0.28, 0.8)
        button(easel, 50, high - 1.4, 1.3, BRASS, 0)


_SKIRTS = {"pleated": _pleated, "pencil": _pencil, "mini": _mini}
