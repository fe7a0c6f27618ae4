"""Watches: straps, cases and what is in front of the hands."""

from __future__ import annotations

import skia

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.dials import Dial, lay_dial, lay_screen
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.fittings import panel
from bowerbird.demo.draw.gleams import (
    BLACK,
    GOLD,
    GUNMETAL,
    ROSE,
    SILVER,
    WHITE,
    dashes,
    fade,
    inset,
    lit,
    metal_of,
    polished,
)  # fmt: skip
from bowerbird.demo.draw.ground import Ground
from bowerbird.demo.draw.straps import METALS, Case, strap_halves
from bowerbird.demo.draw.stuff import lightness, mixed, shade
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import RGB, Look


def draw_watch(easel: Easel, look: Look) -> None:
    """A wristwatch laid flat, its strap open."""
    easel.ground = Ground.LYING
    with easel.turned(-9 if look.view else 0, scale=0.95 if look.view else 1.0):
        if look.silhouette == "digital":
            _digital(easel, look)
        else:
            _hands_watch(easel, look)


def _hands_watch(easel: Easel, look: Look) -> None:
    chance = easel.chance
    square = look.silhouette == "square"
    metal = _case_metal(easel, look)
    size = chance.uniform(22, 25.5) if not square else chance.uniform(20, 23)
    rim, tall, crown = chance.uniform(2.0, 4.2), chance.uniform(1.0, 1.22) if square else 1.0, chance.uniform(2.2, 3.4)
    case = Case(size, size * tall, size * chance.uniform(0.5, 0.62), metal)
    links, bezel_style = chance.choice((3, 5, 0)), chance.randrange(4)
    dial = Dial(
        _dial_colour(easel, look), metal, indices=chance.randrange(4), hands=chance.randrange(3),
        minutes=chance.choice((9, 10, 8)), seconds=chance.uniform(20, 46), date=chance.random() < 0.45,
        chronograph=chance.random() < 0.4 and not square, second_colour=_second_hand(easel),
    )  # fmt: skip
    strap_halves(easel, look, case, links)
    _lugs(easel, case, square)
    corner = case.across * chance.uniform(0.14, 0.34)
    body = _face(case.across, case.down, square, corner)
    _crown(easel, case, crown, dial.chronograph)
    face = _face(case.across - rim, case.down - rim, square, max(corner - rim * 0.6, 1))
    easel.part(body, easel.of("matte", metal), Volume.FLAT, shadow=1.6)
    polished(easel, shapes.without(body, face), (50, 50), metal)
    easel.edge(body, 0.35, shade(metal, 0.28), 0.7)
    _bezel(easel, case, square, corner, rim, bezel_style)
    lay_dial(easel, face, dial, (case.across - rim, case.down - rim), square)
    _crystal(easel, face, case.across - rim)


def _case_metal(easel: Easel, look: Look) -> RGB:
    pick = easel.chance.choice((SILVER, SILVER, GOLD, ROSE, GUNMETAL))
    if look.material in METALS:
        return {"gold": GOLD, "silver": SILVER, "black": GUNMETAL}.get(look.colour, mixed(SILVER, easel.colour, 0.72))
    if look.colour in ("gold", "silver"):
        return GOLD if look.colour == "gold" else SILVER
    return pick


def _dial_colour(easel: Easel, look: Look) -> RGB:
    plain = ((244, 243, 238), (28, 30, 36), (238, 228, 206), (206, 210, 216))
    own = shade(easel.colour, 0.8) if look.colour not in ("gold", "silver") else shade(easel.accent, 0.9)
    return easel.chance.choice((*plain, own, own, own, own, own))


def _second_hand(easel: Easel) -> RGB:
    return easel.chance.choice((easel.accent, (206, 44, 40), (230, 130, 40)))


def _face(across: float, down: float, square: bool, corner: float) -> skia.Path:
    if square:
        return shapes.box(50 - across, 50 - down, 2 * across, 2 * down, corner)
    return shapes.ellipse(50, 50, across)


def _lugs(easel: Easel, case: Case, square: bool) -> None:
    reach = case.down + (2.6 if square else 4.0)
    for side in (-1, 1):
        for end in (-1, 1):
            x = 50 + side * (case.strap + 1.1)
            y = 50 + end * reach
            horn = shapes.polygon(
                [
                    (x - 1.7, y),
                    (x + 1.7, y),
                    (50 + side * case.strap * 1.14 + 2.2, 50 + end * case.down * 0.55),
                    (50 + side * case.strap * 1.14 - 3, 50 + end * case.down * 0.55),
                ]
            )
            easel.part(horn, easel.of(metal_of(case.metal), case.metal), Volume.BEVEL, shadow=0.6)


def _crown(easel: Easel, case: Case, size: float, pushers: bool) -> None:
    metal = easel.of(metal_of(case.metal), case.metal)
    x = 50 + case.across
    easel.part(shapes.box(x - 1.5, 50 - size * 0.6, 2.6, size * 1.2), metal.shade(0.7), Volume.ROLL)
    knob = easel.part(shapes.box(x + 0.8, 50 - size, 3.0, 2 * size, 0.7), metal, Volume.ROLL)
    dashes(
        easel,
        shapes.polyline([(x + 2.3, 50 - size), (x + 2.3, 50 + size)]),
        2.8,
        shade(case.metal, 0.3),
        0.22,
        0.5,
        0.7,
    )
    easel.edge(knob, 0.2, shade(case.metal, 0.25), 0.6)
    for turn in (62, 118) if pushers else ():
        px, py = shapes.around(50, 50, case.across + 1.9, turn)
        with easel.turned(turn - 90, (px, py)):
            easel.part(shapes.box(px - 2.2, py - 1.0, 3, 2), metal.shade(0.8), Volume.ROLL)
            easel.part(shapes.box(px + 0.2, py - 1.7, 2.4, 3.4, 0.6), metal, Volume.ROLL)


def _bezel(easel: Easel, case: Case, square: bool, corner: float, rim: float, style: int) -> None:
    """The ring round the glass: plain, stepped, ribbed, or with a scale of minutes."""
    face = _face(case.across - rim, case.down - rim, square, max(corner - rim * 0.6, 1))
    ring = _face(case.across - 0.8, case.down - 0.8, square, corner * 0.9)
    polished(easel, shapes.without(ring, face), (50, 50), lit(case.metal, 1.1), turn=40)
    easel.edge(ring, 0.25, lit(case.metal, 1.8), 0.8)
    if style == 1:
        middle = _face(case.across - rim * 0.55, case.down - rim * 0.55, square, corner * 0.8)
        polished(easel, shapes.without(middle, face), (50, 50), case.metal, turn=180)
    elif style == 2 and not square:
        ribs = shapes.ellipse(50, 50, case.across - rim * 0.5)
        dashes(easel, ribs, rim * 0.72, shade(case.metal, 0.25), 0.3, 0.55, 0.6)
    elif style == 3 and not square and rim > 2.6:
        tone = (30, 32, 40) if lightness(easel.colour) > 0.6 else shade(easel.colour, 0.75)
        scale = shapes.ring(50, 50, case.across - 1.0, case.across - rim + 0.2)
        easel.part(scale, easel.of("porcelain", tone), Volume.FLAT)
        radius = case.across - rim * 0.62
        dashes(easel, shapes.ellipse(50, 50, radius), rim * 0.34, (240, 240, 236), 0.3, 2 * 3.1416 * radius / 60 - 0.3)
    easel.edge(_face(case.across - rim + 0.3, case.down - rim + 0.3, square, corner * 0.7), 0.7, BLACK, 0.55)


def _crystal(easel: Easel, face: skia.Path, size: float) -> None:
    """The glass: a window mirrored across the upper left."""
    streak = shapes.polygon(
        [
            (50 - size * 1.1, 50 - size * 0.1),
            (50 + size * 0.25, 50 - size * 1.3),
            (50 + size * 0.75, 50 - size * 1.3),
            (50 - size * 1.1, 50 + size * 0.5),
        ]
    )
    fade(easel, shapes.within(face, streak), (50 - size, 50 - size), (50, 50), [(WHITE, 0.3), (WHITE, 0.06)])
    easel.edge(inset(face, 0.5), 0.4, WHITE, 0.35)


def _digital(easel: Easel, look: Look) -> None:
    chance = easel.chance
    across, down, cut = chance.uniform(22, 26), chance.uniform(23, 27), chance.uniform(5, 9)
    light, style, time = (
        chance.random() < 0.6,
        chance.randrange(3),
        f"{chance.randrange(10, 24)}:{chance.randrange(10, 60)}",
    )
    round_, seconds = chance.random() < 0.35, chance.randrange(10, 60)
    metallic = look.material in METALS
    shell = easel.of("steel", easel.colour) if metallic else easel.body
    case = Case(across, down, across * 0.66, SILVER if not metallic else _case_metal(easel, look))
    strap_halves(easel, look, case, 3)
    for side in (-1, 1):
        for y in (50 - down * 0.45, 50 + down * 0.45):
            easel.part(
                shapes.box(50 + side * (across + 0.4) - 1.6, y - 3, 3.2, 6, 1.2),
                easel.of("steel", case.metal),
                Volume.ROLL,
            )
    body = shapes.ellipse(50, 50, across + 1) if round_ else _octagon(across, down, cut)
    easel.part(body, shell, Volume.SOFT, shadow=1.6)
    step = shapes.ellipse(50, 50, across - 1.4) if round_ else _octagon(across - 2.4, down - 2.4, cut * 0.9)
    easel.part(step, shell.shade(0.86), Volume.BEVEL)
    window = shapes.ellipse(50, 50, across - 4.4) if round_ else _octagon(across - 5, down - 5.4, cut * 0.7)
    easel.part(window, easel.of("porcelain", (30, 32, 36)), Volume.FLAT)
    easel.edge(inset(window, 0.8), 0.7, easel.accent if lightness(easel.accent) > 0.15 else (190, 60, 50), 1.0)
    small = across * (0.62 if round_ else 0.68), down * (0.36 if round_ else 0.44)
    lay_screen(easel, small, light, time, seconds, style)
    tone = (214, 216, 220)
    brand = look.brand if look.brand.isascii() else ""
    easel.words(brand, 50, 50 - small[1] - down * 0.13, 2.3, tone, width=across)
    easel.words(
        ("WATER RESIST", "ALARM CHRONO", "SHOCK RESIST")[style],
        50,
        50 + small[1] + down * 0.13,
        1.7,
        tone,
        width=across,
    )
    _crystal(easel, window, across - 5)


def _octagon(across: float, down: float, cut: float) -> skia.Path:
    return panel(
        [
            (50 - across + cut, 50 - down, 3),
            (50 - across, 50 - down + cut, 3),
            (50 - across, 50 + down - cut, 3),
            (50 - across + cut, 50 + down, 3),
        ]
    )
