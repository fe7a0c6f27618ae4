"""T-shirts, shirts and sweaters: laid flat, or on a hanger in another view."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import skia

from bowerbird.demo.draw import sewing, shapes
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.sewing import button, clipped, drape, flip
from bowerbird.demo.draw.shapes import Point
from bowerbird.demo.draw.stuff import Stuff, lightness, shade
from bowerbird.demo.draw.tailoring import (
    Sleeve,
    Torso,
    armhole_seams,
    body_folds,
    hang,
    lay_back_of_neck,
    lay_sleeves,
    pointed_neck,
    round_neck,
)
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import Look


@contextmanager
def posed(easel: Easel, look: Look, torso: Torso, wood: bool) -> Iterator[None]:
    """As it lies flat, or, in another view, on a hanger."""
    if look.view == 0:
        yield
        return
    with easel.turned(0, (50, 93), 0.89):
        hang(easel, torso, wood)
        yield


def draw_t_shirt(easel: Easel, look: Look) -> None:
    """A T-shirt with a round or a V neck, short or long sleeves; perhaps a pocket or a print."""
    chance, long = easel.chance, look.silhouette == "long_sleeve"
    slim = chance.uniform(-1.6, 1.8)
    torso = Torso(
        top=13.5, neck=chance.uniform(8, 9.6), shoulder=21.5 + slim, slope=chance.uniform(4.5, 6), armpit=36 + slim,
        chest=20.5 + slim, waist=19.6 + slim + chance.uniform(-0.8, 0.8), hem=20.6 + slim + chance.uniform(-0.6, 1),
        bottom=chance.uniform(84, 88),
    )  # fmt: skip
    spread = chance.uniform(16, 20) if long else chance.uniform(40, 50)
    reach, cuff = (chance.uniform(57, 60), 7.2) if long else (chance.uniform(18, 22), chance.uniform(13.5, 15.5))
    dip, trim, extra, wood = chance.uniform(6.5, 9), chance.random(), chance.random(), chance.random() < 0.6
    emblem, wide_rib, details = chance.randrange(4), chance.uniform(1.8, 2.8), sewing.own_chance(easel)
    sleeve = Sleeve(torso, spread - (6 if long else 14) * look.view, reach, cuff)
    vee = look.silhouette == "v_neck"
    front = pointed_neck(torso, dip + 6) if vee else round_neck(torso, dip)
    rib = easel.body.plain() if trim < 0.7 else easel.of(look.material)
    with posed(easel, look, torso, wood):
        lay_back_of_neck(easel, torso, front)
        left = lay_sleeves(easel, sleeve, easel.body, details)
        _sleeve_ends(easel, sleeve, left, rib if trim > 0.7 or long else None)
        body = easel.part(torso.outline(front), easel.body, depth=0.6)
        drape(easel, body, body_folds(torso, details))
        armhole_seams(easel, torso)
        with clipped(easel, body):
            for up in (2.2, 3.0):
                easel.stitch(torso.across(torso.bottom - up), None, 0.25, 0.7)
        _neck_rib(easel, front, wide_rib, rib, vee)
        if look.pattern == "plain" and extra < 0.38:
            _print(easel, emblem, body)
        elif extra > 0.75:
            pocket = easel.body if trim < 0.85 else easel.of(look.material)
            sewing.patch_pocket(easel, 50 + torso.chest * 0.5, torso.armpit + 2, 10, 11.5, pocket)


def _sleeve_ends(easel: Easel, sleeve: Sleeve, left: skia.Path, trim: Stuff | None) -> None:
    """Hems, or ribbed cuffs where ``trim`` is given."""
    for mirror in (False, True):
        path = shapes.flipped(left) if mirror else left
        if trim is None:
            for down in (0.86, 0.9):
                line = sleeve.across(down)
                with clipped(easel, path):
                    easel.stitch(flip(line) if mirror else line, None, 0.25, 0.7)
            continue
        wide = 2.4 / sleeve.length
        first, last = sleeve.across(1 - wide), sleeve.across(1.03)
        if mirror:
            first, last = flip(first), flip(last)
        sewing.band(easel, path, first, last, trim, 10)


def _neck_rib(easel: Easel, front: Sequence[Point], width: float, stuff: Stuff, vee: bool) -> None:
    line = [*front[:2], front[2], front[2], *front[3:]] if vee else list(front)
    collar = shapes.ribbon(line, width, square=True)
    easel.part(collar, stuff, Volume.SOFT, depth=0.6, shadow=0.25)
    with clipped(easel, collar):
        middle = sewing.along(front, 0.5)
        hub = (50.0, middle[1] - 16)
        spokes = [(hub, (x, y + 4)) for x, y in (sewing.along(front, at / 34) for at in range(35))]
        sewing.hatch(easel, spokes, 0.22, (0, 0, 0), 0.2)
    lower = [(x, y + width * 0.62) for x, y in line]
    easel.stitch(lower, None, 0.22, 0.6)


def _print(easel: Easel, emblem: int, body: skia.Path) -> None:
    """A print on the chest."""
    ink = easel.accent
    if abs(lightness(ink) - lightness(easel.colour)) < 0.12:
        ink = shade(easel.colour, 1.7 if lightness(easel.colour) < 0.5 else 0.45)
    if emblem == 0:
        easel.print_on(body, shapes.without(shapes.ellipse(50, 46, 9.5), shapes.ellipse(50, 46, 8.6)), ink)
        easel.print_on(body, shapes.polygon([(42, 50), (48, 40.5), (51, 45), (53, 42.5), (58, 50)]), ink)
    elif emblem == 1:
        for down in (40, 43.4, 46.8):
            easel.print_on(body, shapes.box(20, down, 60, 1.9), ink)
    elif emblem == 2:
        easel.print_on(body, shapes.sector(50, 49, 9, 180, 180), ink)
        for down in (50.4, 52.4, 54.4):
            easel.print_on(body, shapes.box(41 + (down - 50) * 0.8, down, 18 - (down - 50) * 1.6, 0.9), ink)
    else:
        easel.print_on(body, shapes.star(50, 45, 7.5, 3.2), ink)
    text = easel.look.brand
    if emblem != 1 and text.isascii():
        easel.words(text.upper(), 50, 59, 3.0, ink, width=22)


def draw_shirt(easel: Easel, look: Look) -> None:
    """A buttoned shirt with a collar, a band collar, or short sleeves."""
    chance, short, banded = easel.chance, look.silhouette == "short_sleeve", look.silhouette == "band_collar"
    slim = chance.uniform(-1.4, 1.6)
    torso = Torso(
        top=15, neck=7.4, shoulder=21.5 + slim, slope=chance.uniform(4.5, 6), armpit=37, chest=20.5 + slim,
        waist=19.4 + slim + chance.uniform(-1, 0.6), hem=20.5 + slim, bottom=chance.uniform(84, 87),
    )  # fmt: skip
    spread = chance.uniform(42, 50) if short else chance.uniform(16, 20)
    reach, cuff = (chance.uniform(20, 23), 15.0) if short else (chance.uniform(56, 59), 8.4)
    point, pockets, tint = chance.uniform(7, 10), chance.choice((0, 1, 1, 2)), chance.choice((0, 0, 1, 2))
    count, flap, wood = chance.choice((6, 7)), chance.choice((0.0, 3.6)), chance.random() < 0.6
    tails = chance.choice((0.0, 6.0, 9.0))
    details = sewing.own_chance(easel)
    sleeve = Sleeve(torso, spread - (6 if not short else 14) * look.view, reach, cuff, slack=1.1)
    tone = (sewing.IVORY, shade(easel.colour, 0.55), easel.accent)[tint]
    dip = 6.0 if banded else 8.0
    front = pointed_neck(torso, dip)
    with posed(easel, look, torso, wood):
        lay_back_of_neck(easel, torso, front, rise=-1.0)
        left = lay_sleeves(easel, sleeve, easel.body, details)
        body = easel.part(torso.outline(front, tails), easel.body, depth=0.6)
        drape(easel, body, body_folds(torso, details, 5))
        armhole_seams(easel, torso)
        _shirt_cuffs(easel, sleeve, left, short, tone)
        for side in range(pockets):
            across = 50 + torso.chest * (0.52, -0.52)[side]
            sewing.patch_pocket(easel, across, torso.armpit + 1, 10, 12, easel.body, flap=flap)
        _placket(easel, torso, dip, count, tone)
        if banded:
            _band_collar(easel, torso, front)
        else:
            _collar(easel, torso, dip, point, tone)


def _placket(easel: Easel, torso: Torso, dip: float, count: int, tone: tuple[int, int, int]) -> None:
    """The buttoned edge down the front."""
    start, end = torso.top + dip, torso.bottom + torso.sag - 0.4
    strip = shapes.box(48.2, start - 0.6, 3.6, end - start, 0.2)
    easel.part(strip, easel.body, Volume.SOFT, depth=0.4, shadow=0.4)
    for x in (48.7, 51.3):
        easel.stitch([(x, start), (x, end - 1)], None, 0.22, 0.7)
    for at in range(count):
        button(easel, 50, start + 4 + (end - start - 12) * at / (count - 1), 0.95, tone)


def _collar(easel: Easel, torso: Torso, dip: float, point: float, tone: tuple[int, int, int]) -> None:
    """A turned-down collar: the stand behind, the two wings before it."""
    x, y = 50 - torso.neck, torso.top
    stand = shapes.smooth([(x - 0.4, y), (x - 0.4, y), (x + 1, y - 3.2), (50, y - 4.4), (100 - x - 1, y - 3.2),
                           (100.4 - x, y), (100.4 - x, y), (50, y - 1.2)])  # fmt: skip
    easel.part(stand, easel.body.plain().shade(0.92), Volume.SOFT, depth=0.5)
    tip = (x + 0.6, y + point + 1)
    wing = [(x + 0.8, y - 3.2), (x - 2.2, y + 0.8), (x - 2.2, y + 0.8), tip, tip, (49.9, y + dip), (49.9, y + dip),
            (x + 4.0, y + 2.6), (x + 0.8, y - 3.2)]  # fmt: skip
    for points in (wing, flip(wing)):
        path = shapes.smooth(points)
        easel.part(path, easel.body.turned(30), Volume.SOFT, depth=0.5, shadow=0.9)
    edge = [(x - 1.4, y + 1.6), (x + 0.9, y + point), (48.6, y + dip - 0.2)]
    for side in (edge, flip(edge)):
        easel.stitch([side[0], side[1], side[1], side[2]], None, 0.22, 0.7)
    button(easel, 50, y + dip + 0.4, 0.9, tone)


def _band_collar(easel: Easel, torso: Torso, front: Sequence[Point]) -> None:
    """A collar without wings."""
    stuff = easel.body.plain()
    line = [*front[:2], front[2], front[2], *front[3:]]
    easel.part(shapes.ribbon(line, 3.0, square=True), stuff, Volume.SOFT, depth=0.6, shadow=0.5)
    back = [(50 - torso.neck, torso.top), (50, torso.top - 1.6), (50 + torso.neck, torso.top)]
    easel.part(shapes.ribbon(back, 2.6, square=True), stuff.shade(0.85), Volume.SOFT, depth=0.5)
    button(easel, 50, front[2][1] + 0.6, 0.9, sewing.IVORY)


def _shirt_cuffs(easel: Easel, sleeve: Sleeve, left: skia.Path, short: bool, tone: tuple[int, int, int]) -> None:
    if short:
        for mirror in (False, True):
            line = sleeve.across(0.88)
            easel.line(flip(line) if mirror else line, 0.3, easel.seam, 0.8)
            easel.crease(flip(line) if mirror else line, 0.9, 0.2, shapes.flipped(left) if mirror else left)
        return
    cuff = sleeve.outline(1.02, 0.885)
    for mirror in (False, True):
        turn = -sleeve.angle if mirror else sleeve.angle
        path = shapes.flipped(cuff) if mirror else cuff
        easel.part(path, easel.body.turned(turn), Volume.SOFT, depth=0.6, shadow=0.5)
        x, y = sleeve.at(0.955, 0.3)
        button(easel, 100 - x if mirror else x, y, 0.8, tone)
        line = [sleeve.at(0.9, 0.08), sleeve.at(0.9, 0.92)]
        easel.stitch(flip(line) if mirror else line, None, 0.22, 0.7)


def draw_sweater(easel: Easel, look: Look) -> None:
    """A knitted sweater with a round or a rolled neck, or a buttoned cardigan."""
    chance = easel.chance
    wide = chance.uniform(-1, 2.2)
    torso = Torso(
        top=17 if look.silhouette == "turtleneck" else 14, neck=chance.uniform(7.6, 8.8), shoulder=22.5 + wide,
        slope=chance.uniform(5, 7), armpit=39, chest=22 + wide, waist=21.6 + wide, hem=20.4 + wide,
        bottom=chance.uniform(82, 86),
    )  # fmt: skip
    sleeve_at = Sleeve(torso, chance.uniform(15, 19) - 6 * look.view, chance.uniform(54, 57), 8.4, slack=1.6)
    band_tall, cables, trim, wood = chance.uniform(4.5, 7), chance.random(), chance.random(), chance.random() < 0.6
    dip, tall, count = chance.uniform(6, 7.5), chance.uniform(10, 13), chance.choice((5, 6))
    pockets, leather, details = chance.random() < 0.6, chance.random() < 0.5, sewing.own_chance(easel)
    rib = easel.body.plain() if trim < 0.72 else easel.of(look.material)
    cardigan = look.silhouette == "cardigan"
    front = pointed_neck(torso, 27) if cardigan else round_neck(torso, dip)
    with posed(easel, look, torso, wood):
        if look.silhouette != "turtleneck":
            lay_back_of_neck(easel, torso, front)
        left = lay_sleeves(easel, sleeve_at, easel.body, details, 0.75)
        _knit_cuffs(easel, sleeve_at, left, band_tall, rib)
        body = easel.part(torso.outline(front), easel.body, depth=0.75)
        if cables > 0.55 and look.pattern == "plain" and not cardigan:
            _cables(easel, torso, band_tall, body)
        drape(easel, body, body_folds(torso, details, 3))
        armhole_seams(easel, torso)
        hem = torso.bottom - band_tall
        sewing.band(easel, body, torso.across(hem), torso.across(torso.bottom + 1), rib, 44)
        if cardigan:
            _cardigan_front(easel, torso, front, rib, (count, pockets, leather))
        elif look.silhouette == "turtleneck":
            _turtleneck(easel, torso, tall, rib)
        else:
            _neck_rib(easel, front, 3.4, rib, False)


def _knit_cuffs(easel: Easel, sleeve: Sleeve, left: skia.Path, tall: float, rib: Stuff) -> None:
    start = 1 - tall / sleeve.length
    first, last = sleeve.across(start), sleeve.across(1.02)
    sewing.band(easel, left, first, last, rib, 12)
    sewing.band(easel, shapes.flipped(left), flip(first), flip(last), rib, 12)


def _cables(easel: Easel, torso: Torso, band_tall: float, body: skia.Path) -> None:
    """Plaits down the front: two strands that cross, again and again."""
    with clipped(easel, body):
        for x in (-11.5, 0.0, 11.5):
            bottom, down, side = torso.bottom - band_tall, torso.top + (9 if x == 0 else 5), 1
            for edge in (-2.9, 2.9):
                easel.crease([(50 + x + edge, down), (50 + x + edge, bottom)], 0.9, 0.3)
            while down < bottom:
                for over in (False, True):
                    lean = side if over else -side
                    strand = [(50 + x - 1.5 * lean, down - 0.6), (50 + x - 1.1 * lean, down + 1.2),
                              (50 + x + 1.1 * lean, down + 4.0), (50 + x + 1.5 * lean, down + 5.8)]  # fmt: skip
                    easel.line([(px + 0.35, py + 0.2) for px, py in strand], 2.5, shade(easel.colour, 0.6), 0.5)
                    easel.line(strand, 2.0, shade(easel.colour, 1.1 if over else 0.92), 0.85)
                    easel.line([(px - 0.6, py - 0.2) for px, py in strand], 0.4, (255, 255, 255), 0.3)
                down, side = down + 5.2, -side


def _turtleneck(easel: Easel, torso: Torso, tall: float, rib: Stuff) -> None:
    """A high collar turned down over itself."""
    x, y = 50 - torso.neck, torso.top
    mouth = shapes.ellipse(50, y - tall * 0.52, torso.neck - 0.4, 1.7)
    roll = shapes.smooth([
        (x + 0.2, y - tall * 0.52), (x + 0.6, y - tall * 0.62), (50, y - tall * 0.7), (99.4 - x, y - tall * 0.62),
        (99.8 - x, y - tall * 0.52), (100.8 - x, y + tall * 0.36), (100.8 - x, y + tall * 0.36), (50, y + tall * 0.5),
        (x - 0.8, y + tall * 0.36), (x - 0.8, y + tall * 0.36),
    ])  # fmt: skip
    easel.part(roll, rib, Volume.ROUND, depth=0.55, shadow=1.3)
    top = [(x + 0.6, y - tall * 0.56), (50, y - tall * 0.42), (99.4 - x, y - tall * 0.56)]
    low = [(x - 0.4, y + tall * 0.38), (50, y + tall * 0.5), (100.4 - x, y + tall * 0.38)]
    sewing.ribbing(easel, top, low, 20, rib.colour)
    easel.part(mouth, rib.shade(0.5), Volume.FLAT)
    easel.crease([(x, y + tall * 0.3), (50, y + tall * 0.42), (100 - x, y + tall * 0.3)], 1.2, 0.2, roll)


def _cardigan_front(
    easel: Easel, torso: Torso, front: Sequence[Point], rib: Stuff, choice: tuple[int, bool, bool]
) -> None:
    """The ribbed band round the neck and down the front, with its buttons, and patch pockets."""
    count, pockets, leather = choice
    low, end = front[2][1], torso.bottom + 1
    if pockets:
        for side in (-0.56, 0.56):
            sewing.patch_pocket(easel, 50 + torso.hem * side, torso.bottom - 25, 12.5, 13, easel.body, point=0)
    for line in ([*flip(front[:2]), (50.9, low), (50.9, end)], [*front[:2], (49.1, low), (49.1, end)]):
        strip = shapes.ribbon(line, 3.4, square=True)
        easel.part(strip, rib, Volume.SOFT, depth=0.5, shadow=0.5)
        with clipped(easel, strip):
            rungs: list[tuple[Point, Point]] = [((45, at * 0.9), (55, at * 0.9)) for at in range(int(low / 0.9), 98)]
            sewing.hatch(easel, rungs, 0.25, (0, 0, 0), 0.2)
    tone = (96, 62, 40) if leather else shade(easel.colour, 0.6 if lightness(easel.colour) > 0.3 else 1.5)
    for at in range(count):
        button(easel, 49.2, low + 2.5 + (end - low - 8) * at / (count - 1), 1.15, tone)
