"""Lamps and candles: what gives light."""

from __future__ import annotations

import math

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.ground import Ground
from bowerbird.demo.draw.kitchen import tube
from bowerbird.demo.draw.lathe import Lathe, hollow, lay, light, seen_from, throw, turned
from bowerbird.demo.draw.shapes import Point
from bowerbird.demo.draw.stances import glow, ink, level
from bowerbird.demo.draw.stuff import Stuff, lightness, mixed, shade
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import RGB, Look

_WARM: RGB = (255, 236, 186)
_CREAM: RGB = (243, 234, 216)
_BRASS: RGB = (200, 160, 84)
_WOOD: RGB = (158, 108, 66)


def draw_lamp(easel: Easel, look: Look) -> None:
    """A lamp that is on: for a table, the floor or a desk."""
    easel.ground = Ground.STANDING
    level(easel)
    {"table": _table_lamp, "floor": _floor_lamp, "desk": _desk_lamp}[look.silhouette](easel, look)


def _shade(easel: Easel, shade_body: Lathe, stuff: Stuff, trim: RGB | None) -> None:
    """A lampshade lit from within, brightest about the bulb."""
    x, top, foot = shade_body.x, shade_body.top, shade_body.foot
    wide = shade_body.radius(foot)
    glow(easel, x, (top + foot) / 2, wide * 1.7, _WARM, 0.36)
    easel.part(shade_body.circle(top), easel.of("matte", mixed(_WARM, stuff.colour, 0.35)), Volume.FLAT)
    path = lay(easel, shade_body, stuff)
    light(easel, shade_body, easel.of("matte"), 0.62, path)
    canvas = easel.canvas
    canvas.save()
    canvas.clipPath(path, doAntiAlias=True)
    warm = mixed(_WARM, stuff.colour, 0.25)
    glow(easel, x, foot - (foot - top) * 0.36, wide * 1.05, warm, 0.74)
    glow(easel, x, top + 2, wide * 0.7, warm, 0.3)
    canvas.restore()
    if trim is not None:
        for low, high in ((top, top + 1.3), (foot - 1.3, foot)):
            easel.print_on(path, shade_body.band(low, high), trim, 0.9)
    upper = shade_body.circle(top, -0.7)
    easel.part(upper, easel.of("matte", (255, 247, 222)), Volume.FLAT)
    easel.edge(shade_body.circle(top), 0.5, shade(stuff.colour, 0.8), 0.6)


def _table_lamp(easel: Easel, look: Look) -> None:
    chance = easel.chance
    form, own, pleats = chance.randrange(4), chance.random() < 0.4, chance.random() < 0.3
    wide, high = chance.uniform(23, 28), chance.uniform(25, 30)
    taper, round_base = chance.uniform(0.55, 0.86), chance.uniform(14, 18)
    trim = easel.accent if chance.random() < 0.4 else None
    flat = seen_from(easel, 0.13, 0.22)
    linen = look.material == "linen"
    foot, mid, top = 87.0, 47.0, 47.0 - high
    wooden = easel.of("wood", _WOOD)
    base = easel.body if not linen else wooden
    neck = [(mid - 3, 1.6), (mid + 4, 1.6)]
    if form == 0:
        points = [
            (mid + 4, 3),
            (mid + 9, 5),
            (mid + 21, round_base),
            (foot - 6, round_base * 0.72),
            (foot, round_base * 0.56),
        ]
    elif form == 1:
        points = [(mid + 4, 3), (mid + 8, round_base * 0.72), (mid + 14, round_base * 0.9), (foot - 7,
            round_base * 0.46),
                  (foot - 3, round_base * 0.6), (foot, round_base * 0.62)]  # fmt: skip
    elif form == 2:
        points = [(mid + 4, 2.6), (mid + 10, 3.4), (foot - 13, 6), (foot - 5, round_base), (foot, round_base * 1.02)]
    else:
        points = [(mid + 4, 7), (mid + 6, 9.5), (mid + 6, 9.5), (foot - 3, 9.5), (foot, 8.5)]
    stem = turned(neck, flat=flat)
    throw(easel, stem, easel.of("gold", _BRASS))
    body = turned(points, flat=flat, turn=10.0 * look.view)
    throw(easel, body, base)
    cap = turned([(mid + 2.6, 2.0), (mid + 4.6, 3.4)], flat=flat)
    throw(easel, cap, easel.of("gold", _BRASS))
    cloth = easel.of("linen", easel.colour if own or linen else _CREAM)
    if linen and look.pattern != "plain":
        cloth = easel.body
    cover = turned([(top, wide * taper), (mid, wide)], flat=flat)
    _shade(easel, cover, cloth, trim)
    if pleats:
        for place in range(1, 16):
            side = math.cos(math.pi * place / 16)
            ends: list[Point] = [
                (50 + wide * taper * side, top + 1),
                (50 + wide * side, mid + wide * flat * math.sin(math.pi * place / 16)),
            ]
            easel.line(ends, 0.35, shade(cloth.colour, 0.55), 0.3, bent=False)


def _floor_lamp(easel: Easel, look: Look) -> None:
    chance = easel.chance
    tripod, wide, high = chance.random() < 0.55, chance.uniform(18, 23), chance.uniform(21, 26)
    taper, spread = chance.uniform(0.62, 1.0), chance.uniform(15, 20)
    trim = easel.accent if chance.random() < 0.35 else None
    cream, shelf = chance.random() < 0.3, chance.random() < 0.4
    top, foot = 9.0, 91.0
    mid = top + high
    flat = seen_from(easel, 0.14, 0.22)
    stuff = easel.body
    lean = -3.0 if look.view else 0.0
    if tripod:
        hub = mid + 9
        for side, low in ((0.22, foot - 7), (-1.0, foot - 1.5), (1.0, foot)):
            leg = shapes.polygon([(50 + side * 1.6 - 1.2, hub - 2), (50 + side * 1.6 + 1.2, hub - 2), (50 + lean
                + side * spread + 0.7, low),
                                  (50 + lean + side * spread - 0.7, low)])  # fmt: skip
            easel.part(leg, stuff.plain().shade(0.72 if side == 0.22 else 1), Volume.ROUND)
        throw(
            easel, turned([(mid - 4, 1.3), (hub - 3, 1.3), (hub - 3, 3.4), (hub + 1.5, 3.0)], flat=flat), stuff.plain()
        )
        if shelf:
            easel.line(
                [(50 + lean - spread * 0.45, 70), (50 + lean + spread * 0.45, 70.5)],
                0.7,
                shade(easel.colour, 0.6),
                1.0,
                bent=False,
            )
    else:
        throw(
            easel,
            turned([(foot - 3.4, 2.4), (foot - 2.6, spread * 0.78), (foot, spread * 0.8)], flat=flat),
            stuff.plain(),
        )
        throw(easel, turned([(mid - 4, 1.25), (foot - 3, 1.25)], flat=flat), stuff.plain())
        throw(easel, turned([(mid + 18, 1.9), (mid + 21, 1.9)], flat=flat), easel.of("gold", _BRASS))
    easel.line([(56, mid), (56.4, mid + 7), (56, mid + 13)], 0.35, _BRASS, 1.0)
    easel.part(shapes.ellipse(56, mid + 13.6, 0.9), easel.of("gold", _BRASS), Volume.BALL)
    colour = mixed(easel.colour, _CREAM, 0.88) if cream else easel.colour
    _shade(easel, turned([(top, wide * taper), (mid, wide)], flat=flat), easel.of("linen", colour), trim)


def _desk_lamp(easel: Easel, look: Look) -> None:
    chance = easel.chance
    side = chance.choice((1, -1))
    elbow = (50 - side * chance.uniform(14, 20), chance.uniform(42, 48))
    head = (50 + side * chance.uniform(6, 11), chance.uniform(17, 21))
    long, slim, springs = chance.uniform(18, 22), chance.random() < 0.35, chance.random() < 0.6
    button = chance.random() < 0.6
    if look.view:
        elbow, head = (elbow[0] + side * 5, elbow[1] - 2), (head[0] - side * 3, head[1] + 2)
    flat = seen_from(easel, 0.2, 0.3)
    base_x, foot = 50 - side * 7, 85.0
    stuff, metal = easel.body.plain(), easel.of("steel", (188, 191, 196))
    base = turned([(foot - 3.6, 16), (foot - 2.6, 18), (foot, 18.4)], base_x, flat)
    throw(easel, base, stuff)
    easel.part(base.circle(foot - 3.6), stuff.shade(1.15), Volume.FLAT)
    throw(easel, turned([(foot - 8, 2.4), (foot - 3, 3.4)], base_x, flat), stuff)
    if button:
        easel.part(shapes.ellipse(base_x + side * 8, foot - 2.6, 2.1, 0.9), easel.of("plastic"), Volume.BALL)
    root = (base_x, foot - 8)
    arm = 1.5 if slim else 2.3
    for start, end in ((root, elbow), (elbow, head)):
        offsets = (0.0,) if slim else (-1.9, 1.9)
        for offset in offsets:
            tube(easel, [(start[0] + offset, start[1]), (end[0] + offset, end[1])], arm, stuff if slim else metal)
    if springs and not slim:
        for step in range(9):
            t = 0.12 + step * 0.035
            x, y = root[0] + (elbow[0] - root[0]) * t, root[1] + (elbow[1] - root[1]) * t
            easel.line([(x - 1.6, y + 0.5), (x + 1.6, y - 0.5)], 0.45, (120, 122, 126), 1.0, bent=False)
    for x, y in (root, elbow, head):
        easel.part(shapes.ellipse(x, y, 3.1), stuff, Volume.BALL)
        easel.part(shapes.ellipse(x, y, 1.2), metal, Volume.BALL)
    _lamp_head(easel, head, side, long, stuff)


def _lamp_head(easel: Easel, joint: Point, side: int, long: float, stuff: Stuff) -> None:
    """A cone that hangs from the arm's end and looks down to the desk."""
    x, y = joint
    with easel.turned(-38.0 * side, (x, y)):
        cone = turned([(y - 4, 2.6), (y - 1.5, 5), (y + 2, 6.2), (y + 4, 7), (y + long * 0.82, long * 0.78), (y
            + long * 0.88, long * 0.8)],
                      x, 0.26)  # fmt: skip
        mouth = cone.circle(cone.foot)
        glow(easel, x, cone.foot + long * 0.35, long * 1.15, _WARM, 0.38)
        throw(easel, cone, stuff)
        easel.part(mouth, easel.of("matte", mixed(stuff.colour, (250, 244, 230), 0.72)), Volume.FLAT)
        glow(easel, x, cone.foot, long * 0.62, (255, 246, 214), 0.9)
        easel.part(
            shapes.ellipse(x, cone.foot, long * 0.24, long * 0.12), easel.of("matte", (255, 253, 240)), Volume.FLAT
        )
        easel.edge(mouth, 0.6, stuff.colour if lightness(stuff.colour) < 0.8 else (190, 190, 188), 0.9)


def draw_candle(easel: Easel, look: Look) -> None:
    """A burning candle: in a jar with a label, or a pillar."""
    easel.ground = Ground.STANDING
    level(easel)
    if look.silhouette == "jar":
        _jar_candle(easel, look)
    else:
        _pillar(easel, look)


def _flame(easel: Easel, x: float, y: float, tall: float) -> None:
    glow(easel, x, y - tall * 0.4, tall * 2.0, (255, 214, 130), 0.36)
    easel.line([(x, y + tall * 0.16), (x + 0.2, y - tall * 0.14)], 0.7, (52, 40, 34))
    for grow, colour, drop in (
        (1.0, (255, 176, 62), 0.0),
        (0.72, (255, 222, 120), 0.08),
        (0.42, (255, 250, 226), 0.12),
    ):
        wide, high = tall * 0.24 * grow, tall * grow
        low = y - tall * drop
        outline = shapes.smooth([(x, low - high), (x, low - high), (x + wide * 0.75, low - high * 0.5), (x
            + wide * 0.8, low - high * 0.16), (x, low),
                                 (x - wide * 0.8, low - high * 0.16), (x - wide * 0.75, low - high * 0.5)])  # fmt: skip
        easel.canvas.drawPath(outline, ink(colour, 0.92))
    easel.canvas.drawPath(shapes.ellipse(x, y - tall * 0.08, tall * 0.09, tall * 0.07), ink((96, 130, 220), 0.55))


def _jar_candle(easel: Easel, look: Look) -> None:
    chance = easel.chance
    wide, tall = chance.uniform(24, 27.5), chance.uniform(44, 54)
    opaque, label, lid = chance.random() < 0.4, chance.randrange(3), chance.random() < 0.4
    flame = chance.uniform(11, 14)
    flat = seen_from(easel, 0.2, 0.3)
    foot = 85.0
    top = foot - tall
    wax: RGB = mixed(easel.colour, (250, 244, 232), 0.25)
    body = turned(
        [(top, wide), (foot - 4, wide), (foot - 1, wide * 0.96), (foot, wide * 0.88)], 50, flat, 12.0 * look.view
    )
    level = top + tall * 0.22
    if lid:
        side = -1 if look.seed % 2 else 1
        disc = turned(
            [(foot - 4.4, wide * 0.56), (foot - 4, wide * 0.58), (foot, wide * 0.58)], 50 + side * wide * 1.2, flat
        )
        throw(easel, disc, easel.of("wood", _WOOD))
        easel.part(disc.circle(disc.top), easel.of("wood", shade(_WOOD, 1.2)), Volume.FLAT)
    pot = easel.of("porcelain", easel.colour)
    if look.pattern != "plain":
        pot = easel.body
    if opaque or look.pattern != "plain":
        throw(easel, body, pot)
        opening = hollow(easel, body, pot.plain(), 1.4)
        pool = shapes.within(opening, shapes.moved(opening, 0, 2.2))
        easel.part(pool, easel.of("wax", (248, 240, 222)), Volume.FLAT)
        wick = body.top + 1.6
    else:
        glass = easel.of("glass", easel.colour)
        hollow(easel, body, glass, 1.0)
        filling = turned([(level, wide - 1.4), (foot - 4, wide - 1.4), (foot - 2, wide * 0.84)], 50, flat)
        throw(easel, filling, easel.of("wax", wax), 0.8)
        easel.part(filling.circle(level), easel.of("wax", shade(wax, 1.3)), Volume.FLAT)
        wick = level + 0.6
    glow(easel, 50, wick, wide * 0.8, (255, 226, 160), 0.6)
    _flame(easel, 50, wick, flame)
    if not (opaque or look.pattern != "plain"):
        path = lay(easel, body, easel.of("glass", mixed(easel.colour, (255, 255, 255), 0.4)), 0.3)
        light(easel, body, easel.of("glass", easel.colour), path=path)
        easel.edge(body.circle(top), 0.4, (255, 255, 255), 0.8)
    _candle_label(easel, look, body, label)


def _candle_label(easel: Easel, look: Look, body: Lathe, style: int) -> None:
    tall = body.foot - body.top
    x, y = 50.0, body.top + tall * 0.58 + body.radius(body.top) * body.flat * 0.85
    wide, high = body.radius(body.foot - 4) * (1.05, 0.92, 1.2)[style], tall * (0.4, 0.46, 0.3)[style]
    outline = (shapes.box(x - wide / 2, y - high / 2, wide, high, 0.6), shapes.ellipse(x, y, wide / 2, high / 2),
               shapes.box(x - wide / 2, y - high / 2, wide, high, 2.5))[style]  # fmt: skip
    tint = shade(easel.colour, 0.5) if lightness(easel.colour) > 0.35 else easel.colour
    easel.part(outline, easel.of("paper", (248, 244, 234)), Volume.FLAT, shadow=0.3)
    easel.edge(shapes.moved(outline, scale=0.92, about=(x, y)), 0.3, tint, 0.7)
    brand, scent = (text if text.isascii() else "" for text in (look.brand, look.flavour))
    easel.words(brand.upper(), x, y - high * 0.2, 2.3, tint, width=wide * 0.7)
    easel.line([(x - wide * 0.16, y - high * 0.02), (x + wide * 0.16, y - high * 0.02)], 0.25, tint, 0.8, bent=False)
    easel.words(scent, x, y + high * 0.16, 2.9, tint, width=wide * 0.72)


def _pillar(easel: Easel, look: Look) -> None:
    chance = easel.chance
    wide, tall = chance.uniform(15, 20), chance.uniform(46, 58)
    drips, dish, ridged = chance.random() < 0.4, chance.random() < 0.6, chance.random() < 0.35
    flame, spots = chance.uniform(12, 15), [chance.random() for _ in range(5)]
    flat = seen_from(easel, 0.19, 0.29)
    foot = 86.0 if not dish else 83.0
    top = foot - tall
    if dish:
        plate = turned([(foot - 1, wide * 1.55), (foot + 0.5, wide * 1.5), (foot + 2.4, wide * 1.05)], 50, flat)
        throw(easel, plate, easel.of("ceramic"))
        easel.part(plate.circle(plate.top), easel.of("ceramic", shade(easel.accent, 1.12)), Volume.FLAT)
    body = turned(
        [(top, wide * 0.96), (top + 1.5, wide), (foot - 1, wide), (foot, wide * 0.97)], 50, flat, 12.0 * look.view
    )
    path = throw(easel, body)
    if ridged:
        for place in range(1, 14):
            side = math.cos(math.pi * place / 14)
            low = wide * flat * math.sin(math.pi * place / 14)
            easel.line(
                [(50 + wide * side, top + low), (50 + wide * side, foot + low)],
                0.5,
                shade(easel.colour, 0.6),
                0.4,
                bent=False,
            )
    canvas = easel.canvas
    canvas.save()
    canvas.clipPath(path, doAntiAlias=True)
    glow(easel, 50, top + 3, wide * 1.25, mixed((255, 224, 160), easel.colour, 0.3), 0.62)
    canvas.restore()
    rim = body.circle(top)
    easel.part(rim, easel.body.plain().shade(1.2), Volume.FLAT)
    pool = shapes.ellipse(50, top + 0.4, wide * 0.74, wide * 0.74 * flat)
    easel.part(pool, easel.of("glass", mixed(easel.colour, (255, 236, 190), 0.45)), Volume.FLAT)
    easel.edge(pool, 0.35, shade(easel.colour, 0.6), 0.45)
    glow(easel, 50, top, wide * 0.7, (255, 232, 170), 0.6)
    if drips:
        for place, spot in enumerate(spots):
            x = 50 + wide * (-0.75 + 0.36 * place)
            start = top + wide * flat * math.sqrt(max(1 - ((x - 50) / wide) ** 2, 0))
            easel.part(
                shapes.ribbon([(x, start), (x + 0.3, start + 4 + 12 * spot)], 2.2),
                easel.body.plain().shade(1.12),
                Volume.ROUND,
                depth=0.4,
            )
    _flame(easel, 50, top - 0.2, flame)
