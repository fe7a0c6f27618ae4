"""Skateboards."""

from __future__ import annotations

import skia

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.device_parts import BLACK, STEEL, WHITE, fill, glow, latin, legible, screw
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.ground import Ground
from bowerbird.demo.draw.stuff import mixed, shade
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import Look


def draw_skateboard(easel: Easel, look: Look) -> None:
    """A skateboard, its printed side up. Raises KeyError for another silhouette."""
    easel.ground = Ground.LYING
    chance = easel.chance
    lean = chance.uniform(24, 44) * (1 if chance.random() < 0.5 else -1)
    art = chance.randrange(5)
    wheel = chance.choice((easel.accent, easel.accent, (238, 232, 214)))
    if look.silhouette == "street":
        half, reach = chance.uniform(11, 12.6), chance.uniform(44, 47)
        deck, trucks, big = _street_deck(half, reach, chance.uniform(0.7, 0.95)), reach * 0.56, 1.0
    elif look.silhouette == "longboard":
        half, reach = chance.uniform(10.5, 12.5), chance.uniform(47, 50)
        deck, trucks, big = _long_deck(half, reach, chance.randrange(3)), reach * 0.66, 1.25
    else:
        raise KeyError(look.silhouette)
    ply = chance.choice(((206, 168, 118), (176, 128, 82), shade(easel.accent, 0.9)))
    with easel.turned(lean if look.view == 0 else -lean * 0.9, (50, 50), 1.04 if look.view == 0 else 0.95):
        easel.part(shapes.moved(deck, 0.5, 0.9), easel.of("wood", shade(ply, 0.8)), Volume.FLAT)
        easel.part(shapes.moved(deck, 0.25, 0.45), easel.of("wood", ply), Volume.FLAT)
        easel.part(deck, easel.body, Volume.SOFT, depth=0.6)
        _deck_art(easel, look, deck, art, half)
        for side in (-1, 1):
            _truck(easel, 50 + side * trucks, half, big, wheel, side)


def _street_deck(half: float, reach: float, nose: float) -> skia.Path:
    top = [
        (50, 50 - reach),
        (50 - half * 0.62, 50 - reach * 0.965),
        (50 - half * 0.95, 50 - reach * (0.7 + 0.14 * nose)),
    ]
    side = [(50 - half, 50 - reach * 0.6), (50 - half, 50), (50 - half, 50 + reach * 0.6)]
    low = [(50 - half * 0.95, 50 + reach * 0.8), (50 - half * 0.62, 50 + reach * 0.965), (50, 50 + reach)]
    return shapes.mirrored([*top, *side, *low])


def _long_deck(half: float, reach: float, style: int) -> skia.Path:
    """A pintail, a board cut in for the wheels, or a blunt cruiser."""
    if style == 0:
        line = [
            (50, 50 - reach),
            (50 - half * 0.6, 50 - reach * 0.86),
            (50 - half, 50 - reach * 0.4),
            (50 - half, 50 + reach * 0.1),
        ]
        return shapes.mirrored([*line, (50 - half * 0.66, 50 + reach * 0.62), (50, 50 + reach), (50, 50 + reach)])
    if style == 1:
        line = [(50, 50 - reach), (50 - half * 0.5, 50 - reach * 0.97), (50 - half * 0.62, 50 - reach * 0.84)]
        line += [(50 - half * 0.62, 50 - reach * 0.54), (50 - half, 50 - reach * 0.4), (50 - half, 50)]
        return shapes.mirrored([*line, *[(x, 100 - y) for x, y in reversed(line[:-1])]])
    line = [
        (50, 50 - reach),
        (50 - half * 0.7, 50 - reach * 0.9),
        (50 - half, 50 - reach * 0.5),
        (50 - half * 0.92, 50),
    ]
    return shapes.mirrored(
        [*line, (50 - half, 50 + reach * 0.5), (50 - half * 0.8, 50 + reach * 0.94), (50, 50 + reach)]
    )


def _deck_art(easel: Easel, look: Look, deck: skia.Path, style: int, half: float) -> None:
    """What is printed on a deck, between the trucks."""
    ink = easel.accent
    if look.pattern == "plain":
        if style == 0:
            for place in range(5):
                easel.print_on(deck, shapes.polygon([(30, 36 + place * 7), (70, 26 + place * 7),
                    (70, 29 + place * 7), (30, 39 + place * 7)]), ink, 0.95 - 0.12 * place)  # fmt: skip
        elif style == 1:
            sun = shapes.ellipse(50, 46, half * 0.72)
            easel.print_on(deck, sun, ink)
            for place in range(4):
                easel.print_on(deck, shapes.box(30, 47 + place * 2.4, 40, 0.5 + place * 0.35), easel.colour)
        elif style == 2:
            bolt = [(54, 24), (43, 52), (50, 50), (45, 76), (58, 44), (50.5, 46)]
            easel.print_on(deck, shapes.polygon(bolt), ink)
        elif style == 3:
            for y, tone in ((52, mixed(easel.colour, ink, 0.35)), (58, mixed(easel.colour, ink, 0.65)), (64, ink)):
                hill = [(30, y), (42, y - 14), (48, y - 7), (56, y - 17), (70, y)]
                easel.print_on(deck, shapes.polygon([*hill, (70, y + 5), (30, y + 5)]), tone)
    easel.words(
        latin(look.brand).upper(),
        50,
        50,
        half * 0.62,
        legible(easel.colour) if style != 1 else WHITE,
        width=34,
        turn=-90,
    )


def _truck(easel: Easel, y: float, half: float, big: float, wheel: tuple[int, int, int], side: int) -> None:
    """Axle, hanger, baseplate with its four bolts, and two wheels, from below."""
    metal = easel.of("steel", STEEL)
    easel.part(shapes.box(46.4, y - 6.4, 7.2, 12.8, 1.6), easel.of("steel", (150, 154, 160)), Volume.BEVEL, shadow=0.5)
    for x, down in ((47.8, -5), (52.2, -5), (47.8, 5), (52.2, 5)):
        screw(easel, x, y + down, 0.7, x * y)
    reach = half * 0.98
    for flank in (-1, 1):
        x = 50 + flank * (reach + 0.4)
        tyre = shapes.box(x - 2.8 * big, y - 3.6 * big, 5.6 * big, 7.2 * big, 1.5)
        easel.part(tyre, easel.of("rubber", wheel), Volume.ROLL, shadow=1.2)
        easel.line([(x - 2.0 * big, y - 2.8 * big), (x - 2.0 * big, y + 2.8 * big)], 0.3, BLACK, 0.25)
        easel.part(shapes.box(x + flank * 2.7 * big - 0.8, y - 0.9, 1.6, 1.8, 0.3), metal, Volume.ROLL)
    hanger = shapes.polygon([(50 - reach + 2.6, y - 1.3), (46.6, y - 2.6), (48, y - side * 4.4),
        (52, y - side * 4.4), (53.4, y - 2.6), (50 + reach - 2.6, y - 1.3), (50 + reach - 2.6, y + 1.3),
        (53.4, y + 2.6), (46.6, y + 2.6), (50 - reach + 2.6, y + 1.3)])  # fmt: skip
    easel.part(hanger, metal, Volume.ROLL, shadow=0.8)
    easel.part(shapes.ellipse(50, y + side * 1.6, 2.2), easel.of("rubber", wheel), Volume.SOFT, shadow=0.4)
    screw(easel, 50, y + side * 1.6, 1.2, 15)
    glow(easel, 48.4, y - 1, 2, WHITE, 0.35)
    fill(easel, shapes.ellipse(50, y + side * 1.6, 0.4), BLACK, 0.6)
