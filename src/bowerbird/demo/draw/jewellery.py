"""Necklaces and earrings."""

from __future__ import annotations

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.fittings import mirror_line
from bowerbird.demo.draw.gems import STONES, bead, bezel, chain, claws, gem, girdle, pearl, small_gem
from bowerbird.demo.draw.gleams import GOLD, SILVER, metal_of, polished, stations, wire
from bowerbird.demo.draw.ground import Ground
from bowerbird.demo.draw.metalwork import (
    flower,
    halo,
    medal,
    metal_and_stone,
    pave,
    pearl_in_cap,
    torus,
    twist,
)  # fmt: skip
from bowerbird.demo.draw.stuff import shade
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import RGB, Look

_CUTS = ("round", "oval", "cushion", "pear", "emerald")


def draw_necklace(easel: Easel, look: Look) -> None:
    """A necklace laid out: a pendant on a fine chain, a string of pearls, or a bold chain."""
    easel.ground = Ground.LYING
    {"pendant": _pendant, "pearls": _pearls, "chain": _chain_necklace}[look.silhouette](easel, look)


def _pendant(easel: Easel, look: Look) -> None:
    metal, stone = metal_and_stone(easel, look)
    chance = easel.chance
    style, link, out = (
        chance.choice(("cable", "box", "rope", "snake", "cable")),
        chance.uniform(1.7, 2.3),
        chance.uniform(26, 36),
    )
    design, cut, radius = chance.randrange(6), chance.choice(_CUTS), chance.uniform(15, 18)
    emblem, petals, low = chance.randrange(4), chance.choice((5, 6, 8)), chance.uniform(40, 47)
    sway = 3.0 if look.view else 0.0
    left = [(50 - out, -5), (50 - out * 0.86, low * 0.4), (50 - out * 0.46, low * 0.8), (50 + sway * 0.3, low)]
    line = shapes.smooth(
        [*left, (50 + out * 0.46, low * 0.8), (50 + out * 0.86 + sway, low * 0.4), (50 + out, -5)], closed=False
    )
    chain(easel, line, link, metal, style)
    x, y = 50 + sway * 0.3, low + 4.5 + radius
    bail = shapes.without(shapes.ellipse(x, low + 1.6, 2.2, 4.0), shapes.ellipse(x, low + 1.2, 0.9, 2.2))
    easel.part(bail, easel.of(metal_of(metal), metal), Volume.ROUND, shadow=0.6)
    polished(easel, bail, (x, low + 1.6), metal)
    _jewel(easel, (x, y, radius), (stone, STONES["white"]), metal, (design, cut, emblem, petals))


def _jewel(
    easel: Easel,
    place: tuple[float, float, float],
    stones: tuple[RGB, RGB],
    metal: RGB,
    form: tuple[int, str, int, int],
) -> None:
    """A pendant's jewel in one of six designs; ``form``: design, cut, emblem, petals."""
    x, y, radius = place
    design, cut, emblem, petals = form
    if design == 0:
        bezel(easel, girdle(x, y, radius * 0.86, cut), (x, y), radius * 0.1, metal)
        gem(easel, x, y, radius * 0.86, stones[0], cut)
    elif design in (1, 2):
        halo(easel, x, y, radius, stones, metal, "round" if cut == "emerald" else cut)
    elif design == 3:
        medal(easel, x, y, radius, metal, stones[0], emblem)
    elif design == 4:
        flower(easel, x, y, radius * 1.04, stones, metal, petals)
    else:
        small_gem(easel, x, y - radius * 0.82, radius * 0.22, stones[1])
        gem(easel, x, y + radius * 0.22, radius * 0.84, stones[0])
        claws(easel, x, y + radius * 0.22, radius * 0.86, metal, 4 if petals == 5 else 6)


def _pearls(easel: Easel, look: Look) -> None:
    chance = easel.chance
    metal = chance.choice((GOLD, SILVER))
    size, growth, rows = chance.uniform(2.5, 3.3), chance.uniform(0.0, 0.75), chance.choice((1, 1, 2))
    wide, low, drop = chance.uniform(31, 37), chance.uniform(78, 86), chance.random() < 0.3
    low -= 12 if drop else 0
    for row in reversed(range(rows)):
        reach, foot = wide - row * size * 2.3, low - row * size * 3.4
        half = [
            (50, 10),
            (50 - reach * 0.6, 13),
            (50 - reach, 32),
            (50 - reach * 0.86, 54),
            (50 - reach * 0.46, foot - 9),
            (50, foot),
        ]
        line = shapes.smooth(mirror_line(half))
        easel.edge(line, 0.5, shade(easel.colour, 0.6), 1.0)
        y = 10.0
        places = list(stations(line, size * (2.05 + growth)))
        for x, y, _ in places[1:]:
            pearl(easel, x, y, size * (1 + growth * (y - 10) / (foot - 10)), easel.colour)
    bead(easel, 47.4, 10.2, 1.5, metal)
    easel.part(shapes.box(47.8, 8.2, 6, 4, 1.6), easel.of(metal_of(metal), metal), Volume.ROLL, shadow=0.8)
    small_gem(easel, 50.8, 10.2, 1.2, STONES["white"])
    if drop:
        bead(easel, 50, low + 1.4 + size, 1.2, metal)
        pearl_in_cap(easel, 50, low + size * 2.4 + 3, size * 1.5, easel.colour, metal)


def _chain_necklace(easel: Easel, look: Look) -> None:
    metal, stone = metal_and_stone(easel, look)
    chance = easel.chance
    style = chance.choice(("curb", "curb", "cable", "paperclip", "rope", "snake"))
    link = {"curb": 6.4, "cable": 5.4, "paperclip": 8.6, "rope": 5.6, "snake": 3.6}[style] * chance.uniform(0.85, 1.2)
    wide, low, charm, emblem = chance.uniform(32, 38), chance.uniform(70, 78), chance.randrange(4), chance.randrange(4)
    half = [
        (50, 11),
        (50 - wide * 0.62, 14),
        (50 - wide, 33),
        (50 - wide * 0.84, 52),
        (50 - wide * 0.44, low - 8),
        (50, low),
    ]
    line = shapes.smooth(mirror_line(half))
    chain(easel, line, link, metal, style)
    torus(easel, shapes.ellipse(50, 11, 2.6, 2.0), 1.2, metal, (50, 11))
    easel.part(shapes.box(51, 9.6, 6.4, 2.8, 1.4), easel.of(metal_of(metal), metal), Volume.ROLL, shadow=0.8)
    torus(easel, shapes.ellipse(50, low + 2.6, 2.2), 1.0, metal, (50, low + 2.6))
    if charm == 0:
        medal(easel, 50, low + 11, 7.5, metal, stone, emblem)
    elif charm == 1:
        bezel(easel, girdle(50, low + 11.4, 7, "pear"), (50, low + 11.4), 0.9, metal)
        gem(easel, 50, low + 11.4, 7, stone, "pear")
    elif charm == 2:
        bar = shapes.box(38, low + 3.6, 24, 3.4, 1.7)
        easel.part(bar, easel.of(metal_of(metal), metal), Volume.ROLL, shadow=1.0)
        pave(easel, [(40.5 + place * 2.38, low + 5.2) for place in range(9)], 0.95, STONES["white"], metal)


def draw_earrings(easel: Easel, look: Look) -> None:
    """A pair of earrings: hoops, drops or studs."""
    easel.ground = Ground.LYING
    metal, stone = metal_and_stone(easel, look)
    {"hoop": _hoops, "drop": _drops, "stud": _studs}[look.silhouette](easel, look, metal, stone)


def _hoops(easel: Easel, look: Look, metal: RGB, stone: RGB) -> None:
    chance = easel.chance
    down, thick = chance.uniform(21, 27), chance.choice((2.2, 3.4, 5.0, 6.6))
    narrow, design, charm = chance.uniform(0.72, 0.98), chance.randrange(4), chance.randrange(4)
    turn = 8.0 if look.view else 0.0
    for side, x, y in ((-1, 34.0, 45.0), (1, 65.0, 53.0)):
        across = min(down * narrow, 25)
        with easel.turned(side * 5 + turn, (x, y)):
            line = shapes.ellipse(x, y, across, down)
            wire(easel, [(x - 3.4, y - down + 0.6), (x, y - down - 1.6), (x + 4.4, y - down + 0.8)], 0.9, metal)
            torus(easel, line, thick, metal, (x, y))
            if design == 1:
                twist(easel, line, thick, metal)
            elif design == 2:
                size = max(thick * 0.36, 1.0)
                front = [(px, py) for px, py, _ in stations(line, size * 2.35) if py > y - down * 0.45]
                pave(easel, front, size, stone, metal)
            if charm == 0:
                _hanging(easel, look, (x, y + down + thick * 0.5), metal, stone)
            easel.part(
                shapes.box(x + 2.6, y - down - 1.4, 3.2, 3.0, 1.0), easel.of(metal_of(metal), metal), Volume.ROLL
            )


def _hanging(easel: Easel, look: Look, place: tuple[float, float], metal: RGB, stone: RGB) -> None:
    x, y = place
    torus(easel, shapes.ellipse(x, y + 0.8, 1.4), 0.7, metal, (x, y + 0.8))
    if look.material == "pearl":
        pearl_in_cap(easel, x, y + 6, 4.2, easel.colour, metal)
    else:
        gem(easel, x, y + 6, 4.4, stone, "pear")


def _drops(easel: Easel, look: Look, metal: RGB, stone: RGB) -> None:
    chance = easel.chance
    design = chance.choice((0, 3)) if look.material == "pearl" else chance.randrange(5)
    cut, radius, stud = (
        chance.choice(("pear", "oval", "cushion", "emerald", "marquise")),
        chance.uniform(11, 13.5),
        chance.random() < 0.5,
    )
    emblem, gap = chance.randrange(4), chance.uniform(1.5, 6)
    for side in (-1, 1):
        x = 50 + side * 17.0
        with easel.turned(side * -1.5 + (side * 5 if look.view else 0), (50 + side * 4, 8), 1.32):
            top = _hook(easel, x, metal, stone if stud else None)
            links = shapes.polyline([(x, top), (x, top + 2 + gap)])
            chain(easel, links, 1.9, metal, "cable")
            _drop(easel, look, (x, top + 3 + gap, radius), (stone, metal), (design, cut, emblem))


def _hook(easel: Easel, x: float, metal: RGB, stone: RGB | None) -> float:
    """What goes through the ear: a bent wire, or a stud with a stone. Returns where the drop begins."""
    if stone is None:
        bend = [(x + 4.6, 30), (x + 4.8, 20), (x + 2.6, 14.4), (x - 0.6, 14.6), (x - 1.6, 18.5), (x - 0.4, 24), (x, 28)]
        wire(easel, bend, 1.0, metal)
        bead(easel, x, 27.6, 1.7, metal)
        return 29.6
    easel.line([(x, 20), (x + 4.5, 17)], 0.9, shade(metal, 0.7))
    bezel(easel, shapes.ellipse(x, 20, 4.2), (x, 20), 0.7, metal)
    gem(easel, x, 20, 4.2, stone)
    return 25.2


def _drop(
    easel: Easel, look: Look, place: tuple[float, float, float], tones: tuple[RGB, RGB], form: tuple[int, str, int]
) -> None:
    x, top, radius = place
    stone, metal = tones
    design, cut, emblem = form
    y = top + radius
    if look.material == "pearl":
        small = radius * (0.42 if design else 0.0)
        if small:
            pearl(easel, x, top + small, small, easel.colour)
        pearl_in_cap(easel, x, y + small * 2, radius * 0.86, easel.colour, metal)
    elif design == 0:
        halo(easel, x, y + 2, radius * 1.12, (stone, STONES["white"]), metal, cut if cut != "emerald" else "pear")
    elif design == 1:
        for share, drop in ((0.3, 0.0), (0.46, 0.78), (0.68, 2.0)):
            middle = top + radius * (drop + share)
            bezel(easel, girdle(x, middle, radius * share, cut), (x, middle), 0.6, metal)
            gem(easel, x, middle, radius * share, stone, cut)
    elif design == 2:
        frame = shapes.smooth(
            [
                (x, top),
                (x - radius * 0.5, y),
                (x - radius * 0.9, y + radius * 0.9),
                (x, y + radius * 1.6),
                (x + radius * 0.9, y + radius * 0.9),
                (x + radius * 0.5, y),
            ]
        )
        torus(easel, frame, 1.9, metal, (x, y + radius * 0.5))
        gem(easel, x, y + radius * 0.66, radius * 0.52, stone, "pear")
    elif design == 3:
        medal(easel, x, y, radius * 0.94, metal, stone, emblem)
    else:
        for across, down, share in ((-0.62, 0.75, 0.36), (0.62, 0.75, 0.36), (0.0, 1.35, 0.5)):
            px, py = x + radius * across, top + radius * (down + 0.2)
            wire(easel, [(x, top), (px, py - radius * share)], 0.6, metal)
            bezel(easel, girdle(px, py, radius * share, "pear"), (px, py), 0.5, metal)
            gem(easel, px, py, radius * share, stone, "pear")


def _studs(easel: Easel, look: Look, metal: RGB, stone: RGB) -> None:
    chance = easel.chance
    design = 5 if look.material == "pearl" else chance.randrange(5)
    cut, radius, prongs = (
        chance.choice(("round", "round", "cushion", "oval", "emerald")),
        chance.uniform(15, 18.5),
        chance.choice((4, 6)),
    )
    petals, crowned = chance.choice((5, 6, 8)), chance.random() < 0.5
    lean = 10.0 if look.view else 0.0
    clawed = design == 0 and cut in ("round", "cushion")
    for x, y in ((30.5, 56.0), (69.5, 44.0)):
        _post(easel, x, y, radius, metal)
        with easel.turned(lean, (x, y)):
            if design == 5:
                if crowned:
                    ring = shapes.ellipse(x, y, radius * 0.98)
                    pave(easel, [(px, py) for px, py, _ in stations(ring, 3.6)], 1.6, STONES["white"], metal)
                pearl(easel, x, y, radius * 0.88, easel.colour)
            elif design in (0, 1):
                bezel(easel, girdle(x, y, radius * 0.88, cut), (x, y), radius * (0.04 if clawed else 0.12), metal)
                gem(easel, x, y, radius * 0.88, stone, cut)
                if clawed:
                    claws(easel, x, y, radius * (0.88 if cut == "round" else 0.8), metal, prongs)
            elif design == 2:
                halo(easel, x, y, radius, (stone, STONES["white"]), metal, cut if cut != "emerald" else "round")
            elif design == 3:
                flower(easel, x, y, radius, (stone, STONES["white"]), metal, petals)
            else:
                medal(easel, x, y, radius * 0.86, metal, stone, petals % 4)


def _post(easel: Easel, x: float, y: float, radius: float, metal: RGB) -> None:
    """The pin behind with its butterfly, peeping out at the lower right."""
    end = x + radius * 1.08, y + radius * 0.78
    wire(easel, [(x, y), (end[0] + 2.4, end[1] + 1.8)], 1.2, metal, bent=False)
    for turn in (-40, 60):
        wing = shapes.moved(shapes.ring(end[0], end[1] - 2.4, 2.6, 1.3), turn=turn + 90, about=end)
        polished(easel, wing, end, metal)
        easel.edge(wing, 0.25, shade(metal, 0.3), 0.6)
