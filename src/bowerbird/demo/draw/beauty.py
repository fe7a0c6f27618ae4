"""Make-up and scent: lipsticks, perfumes and nail polish."""

from __future__ import annotations

import skia

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.gems import gem, girdle
from bowerbird.demo.draw.glassware import caustic, collar, label_ink, print_label, printable, thick_glass, windows
from bowerbird.demo.draw.gleams import BLACK, GOLD, ROSE, SILVER, WHITE, fade, lit, metal_of, spot
from bowerbird.demo.draw.ground import Ground
from bowerbird.demo.draw.stuff import Stuff, lightness, mixed, shade
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import RGB, Look


def draw_lipstick(easel: Easel, look: Look) -> None:
    """A lipstick: a bullet turned up beside its cap, or a fat crayon."""
    {"bullet": _bullet, "crayon": _crayon}[look.silhouette](easel, look)


def _case(easel: Easel, look: Look) -> Stuff:
    """What lipsticks come in: gold, silver, black or white, seldom the accent."""
    pick = easel.chance.randrange(6)
    tone = (GOLD, SILVER, (34, 34, 38), (34, 34, 38), (240, 236, 230), ROSE)[pick]
    return easel.of(metal_of(tone) if pick in (0, 1, 5) or look.material == "steel" else "plastic", tone)


def _bullet(easel: Easel, look: Look) -> None:
    easel.ground = Ground.STANDING
    chance = easel.chance
    case = _case(easel, look)
    wide, up, slant = chance.uniform(10.2, 12.2), chance.uniform(27, 33), chance.uniform(7, 12)
    ring, fluted, square = chance.choice((GOLD, SILVER, easel.accent)), chance.random() < 0.35, chance.random() < 0.4
    base, gap = chance.uniform(24, 30), chance.uniform(1.0, 3.0)
    x, foot = 34.0, 89.0
    inner = foot - base - 14
    core = wide * 0.74
    stick = skia.Path()
    stick.moveTo(x - core, inner + 2)
    stick.lineTo(x - core, inner - up + slant)
    stick.cubicTo(x - core, inner - up + 2, x - core * 0.1, inner - up - 4.5, x + core * 0.7, inner - up - 3)
    stick.cubicTo(x + core * 1.1, inner - up - 2, x + core, inner - up + 4, x + core, inner - up + 6)
    stick.lineTo(x + core, inner + 2)
    stick.close()
    _waxy(easel, stick, x, core)
    slope = shapes.smooth(
        [
            (x - core * 0.98, inner - up + slant),
            (x - core * 0.5, inner - up + slant * 0.2),
            (x + core * 0.7, inner - up - 2.4),
            (x + core * 0.8, inner - up + 2),
            (x + core * 0.2, inner - up + slant * 0.66),
        ]
    )
    fade(easel, slope, (x - core, inner - up), (x + core, inner - up + slant), [(WHITE, 0.46), (WHITE, 0.14)])
    _tube_body(easel, case, (x, foot), (wide, base), ring, square, fluted)
    _cap(easel, case, (x + wide * 2 + 4 + gap, foot), (wide * 1.04, base + 24), ring, square)
    easel.words(printable(look.brand), x, foot - base * 0.5, 2.2, label_ink(case.colour), width=wide * 1.5)


def _waxy(easel: Easel, stick: skia.Path, x: float, core: float) -> None:
    easel.part(stick, easel.of("wax", easel.colour), Volume.ROUND, depth=0.9)
    bounds = stick.computeTightBounds()
    line = shapes.box(x - core * 0.62, bounds.top() + 9, core * 0.22, bounds.height() - 10, core * 0.1)
    easel.shine(shapes.within(stick, line), 0.34)


def _tube_body(
    easel: Easel,
    case: Stuff,
    foot: tuple[float, float],
    size: tuple[float, float],
    ring: RGB,
    square: bool,
    fluted: bool,
) -> None:
    """The inner sleeve, a ring, and the base."""
    x, y = foot
    wide, base = size
    sleeve = easel.of("gold", GOLD) if metal_of(ring) == "gold" else easel.of("silver", SILVER)
    corner = 0.6 if square else 1.4
    easel.part(shapes.box(x - wide * 0.84, y - base - 14, wide * 1.68, 15, 0.8), sleeve, Volume.ROUND)
    easel.line(
        [(x - wide * 0.84, y - base - 10.5), (x + wide * 0.84, y - base - 10.5)], 0.35, shade(sleeve.colour, 0.4), 0.7
    )
    easel.part(shapes.box(x - wide, y - base, 2 * wide, base, corner), case, Volume.BEVEL if square else Volume.ROUND)
    if fluted:
        for place in range(1, 9):
            share = -0.95 + 1.9 * place / 9
            easel.line(
                [(x + wide * share, y - base + 3), (x + wide * share, y - 1.5)], 0.5, shade(case.colour, 0.5), 0.6
            )
            easel.line([(x + wide * share + 0.5, y - base + 3), (x + wide * share + 0.5, y - 1.5)], 0.3, WHITE, 0.4)
    easel.part(
        shapes.box(x - wide * 1.02, y - base - 1.6, wide * 2.04, 3.0, 0.7), easel.of(metal_of(ring), ring), Volume.ROUND
    )


def _cap(
    easel: Easel, case: Stuff, foot: tuple[float, float], size: tuple[float, float], ring: RGB, square: bool
) -> None:
    x, y = foot
    wide, tall = size
    easel.part(
        shapes.box(x - wide, y - tall, 2 * wide, tall, 0.8 if square else 2.6),
        case,
        Volume.BEVEL if square else Volume.ROUND,
    )
    easel.part(shapes.box(x - wide, y - 4, 2 * wide, 2.2), easel.of(metal_of(ring), ring), Volume.ROUND)
    # A band of the shade, so that it can be told with the cap on.
    easel.part(
        shapes.box(x - wide, y - tall + tall * 0.16, 2 * wide, tall * 0.2),
        easel.of("plastic", easel.colour),
        Volume.ROUND,
    )


def _crayon(easel: Easel, look: Look) -> None:
    easel.ground = Ground.LYING
    chance = easel.chance
    wide, ring = chance.uniform(7.5, 9.5), chance.choice((GOLD, SILVER, (36, 36, 40), (240, 238, 232)))
    tip, two_tone, capped = chance.uniform(13, 18), chance.random() < 0.4, chance.random() < 0.7
    with easel.turned(38 + (8 if look.view else 0), (44 if capped else 50, 50)):
        if capped:
            _crayon_cap(easel, wide, ring)
        left, right = 50 - wide, 50 + wide
        barrel = (
            easel.of("plastic" if look.material != "steel" else "steel", easel.colour)
            if not two_tone
            else easel.of("plastic", shade(easel.colour, 0.82))
        )
        cone = shapes.polygon(
            [
                (left + 0.6, 30),
                (left + wide * 0.52, 30 - tip * 0.6),
                (right - wide * 0.52, 30 - tip * 0.6),
                (right - 0.6, 30),
            ]
        )
        easel.part(cone, easel.of("plastic", ring if lightness(ring) < 0.9 else SILVER), Volume.ROUND)
        lead = shapes.smooth(
            [(left + wide * 0.5, 30 - tip * 0.58)] * 2
            + [(50 - wide * 0.3, 30 - tip * 1.2), (50 + wide * 0.06, 30 - tip * 1.4), (50 + wide * 0.4, 30 - tip * 1.1)]
            + [(right - wide * 0.5, 30 - tip * 0.58)] * 2
        )
        _waxy(easel, lead, 50, wide * 0.5)
        easel.part(shapes.box(left, 32, 2 * wide, 58, 1.0), barrel, Volume.ROUND)
        easel.part(shapes.box(left - 0.2, 29.4, 2 * wide + 0.4, 4.4, 0.8), easel.of(metal_of(ring), ring), Volume.ROUND)
        easel.part(shapes.box(left - 0.2, 80, 2 * wide + 0.4, 2.4, 0.5), easel.of(metal_of(ring), ring), Volume.ROUND)
        easel.part(shapes.box(left, 86, 2 * wide, 6, 2.4), easel.of("plastic", easel.colour), Volume.ROUND)
        easel.words(printable(look.brand), 50, 57, wide * 0.62, label_ink(barrel.colour), width=26, turn=-90)


def _crayon_cap(easel: Easel, wide: float, ring: RGB) -> None:
    """The cap beside it, its dark mouth up."""
    x, top = 50 + wide * 2.6 + 3, 46.0
    easel.part(shapes.box(x - wide, top, 2 * wide, 32, 1.4), easel.of("plastic", easel.colour), Volume.ROUND)
    easel.part(
        shapes.box(x - wide - 0.2, top + 2.4, 2 * wide + 0.4, 2.2, 0.5), easel.of(metal_of(ring), ring), Volume.ROUND
    )
    easel.part(shapes.ellipse(x, top + 0.8, wide, 2.2), easel.of("plastic", shade(easel.colour, 0.8)), Volume.FLAT)
    easel.part(shapes.ellipse(x, top + 0.9, wide * 0.8, 1.6), easel.of("matte", shade(easel.colour, 0.25)), Volume.FLAT)


def draw_perfume(easel: Easel, look: Look) -> None:
    """A perfume in a heavy glass bottle, square or round."""
    easel.ground = Ground.STANDING
    chance = easel.chance
    round_ = look.silhouette == "round"
    wide, tall, wall = chance.uniform(24, 31), chance.uniform(44, 54), chance.uniform(2.2, 4.4)
    neck, cap_tall, cap = chance.uniform(5.2, 7.4), chance.uniform(15, 21), chance.randrange(4)
    metal, label, style, corner = (
        chance.choice((GOLD, SILVER, ROSE)),
        chance.randrange(4),
        chance.randrange(4),
        chance.uniform(2, 9),
    )
    full, facets = chance.uniform(0.06, 0.18), chance.random() < 0.45
    foot = 88.0
    if round_:
        tall = 2 * wide * chance.uniform(0.82, 0.96)
        wide *= 0.98
    top = foot - tall
    x, clear = 50.0, 0.12 if lightness(easel.colour) < 0.3 else 0.22
    bottle = (
        shapes.ellipse(x, (top + foot) / 2, wide, tall / 2)
        if round_
        else shapes.box(x - wide, top, 2 * wide, tall, corner)
    )
    caustic(easel, x, foot, wide, easel.colour)
    if round_:
        bottle = shapes.within(bottle, shapes.box(0, 0, 100, foot - tall * 0.035))
        hollow = shapes.within(
            shapes.ellipse(x, (top + foot) / 2 - 0.6, wide - wall, tall / 2 - wall),
            shapes.box(0, top + tall * full, 100, tall * (0.92 - full)),
        )
    else:
        hollow = shapes.box(
            x - wide + wall,
            top + tall * full,
            2 * (wide - wall),
            tall * (1 - full) - wall * 2.1,
            max(corner - wall * 0.5, 1),
        )
    thick_glass(easel, bottle, hollow, easel.colour, clear)
    easel.line([(x, top - 2), (x + 0.4, top + tall * 0.5), (x - 1.5, foot - wall * 2.4)], 0.8, WHITE, 0.25)
    if facets and not round_:
        _bevels(easel, (x, top, foot), (wide, corner))
    _perfume_label(easel, (x, (top + foot) / 2 + 3, wide), label, style, metal)
    windows(easel, hollow, 0.9)
    collar(easel, x, top - 4.4, neck * 2.3, 5.6, metal)
    _stopper(easel, (x, top - 4.2), (neck, cap_tall), cap, metal)


def _bevels(easel: Easel, place: tuple[float, float, float], size: tuple[float, float]) -> None:
    """Cut corners: slanting planes that catch the light along both sides."""
    x, top, foot = place
    wide, corner = size
    cut = wide * 0.2
    for side, alpha in ((-1, 0.34), (1, 0.16)):
        plane = shapes.polygon(
            [
                (x + side * wide, top + corner),
                (x + side * (wide - cut), top + corner + cut * 0.7),
                (x + side * (wide - cut), foot - corner - cut * 0.7),
                (x + side * wide, foot - corner),
            ]
        )
        fade(easel, plane, (x, top), (x, foot), [(WHITE, alpha), (WHITE, alpha * 0.3), (WHITE, alpha)])
        easel.edge(plane, 0.3, WHITE, 0.45)


def _perfume_label(easel: Easel, place: tuple[float, float, float], label: int, style: int, metal: RGB) -> None:
    x, y, wide = place
    paper = (248, 246, 240)
    if label == 0:
        sheet = shapes.box(x - wide * 0.52, y - wide * 0.36, wide * 1.04, wide * 0.76, 0.6)
        easel.part(sheet, easel.of("paper", paper), Volume.FLAT, shadow=0.5)
        easel.edge(shapes.box(x - wide * 0.47, y - wide * 0.31, wide * 0.94, wide * 0.66, 0.3), 0.3, metal, 1.0)
        print_label(easel, (x, y - wide * 0.06, wide * 0.86), (52, 46, 40), "EAU DE PARFUM", style)
    elif label == 1:
        plate = shapes.ellipse(x, y, wide * 0.42)
        easel.part(plate, easel.of(metal_of(metal), metal), Volume.BEVEL, shadow=0.6)
        print_label(easel, (x, y - wide * 0.05, wide * 0.6), shade(metal, 0.3), "PARFUM", style)
    else:
        print_label(easel, (x, y - wide * 0.12, wide * 1.0), label_ink(easel.colour), "EAU DE PARFUM", style)


def _stopper(easel: Easel, foot: tuple[float, float], size: tuple[float, float], form: int, metal: RGB) -> None:
    """What closes a perfume: a block, a ball, a cut stone, or a tall cylinder of metal."""
    x, y = foot
    neck, tall = size
    accent = easel.of("plastic") if form != 3 else easel.of(metal_of(metal), metal)
    if form == 0:
        easel.part(shapes.box(x - neck * 1.5, y - tall, neck * 3, tall, 1.2), accent, Volume.BEVEL, shadow=0.4)
        easel.line([(x - neck * 1.5, y - 1.6), (x + neck * 1.5, y - 1.6)], 0.8, metal, 1.0)
    elif form == 1:
        easel.part(shapes.ellipse(x, y - tall * 0.5, tall * 0.56), accent, Volume.BALL)
        spot(easel, x - tall * 0.2, y - tall * 0.72, tall * 0.18, tall * 0.14, (WHITE, 0.9))
    elif form == 2:
        easel.edge(girdle(x, y - tall * 0.52, tall * 0.6, "cushion"), 0.8, lit(metal, 1.2), 1.0)
        gem(easel, x, y - tall * 0.52, tall * 0.6, mixed(easel.accent, (226, 236, 244), 0.4), "cushion")
    else:
        easel.part(shapes.box(x - neck * 1.24, y - tall, neck * 2.48, tall, 0.9), accent, Volume.ROUND)
        for share in (0.2, 0.3):
            easel.line(
                [(x - neck * 1.22, y - tall * share), (x + neck * 1.22, y - tall * share)], 0.3, shade(metal, 0.35), 0.7
            )


def draw_nail_polish(easel: Easel, look: Look) -> None:
    """A bottle of nail polish with its tall cap."""
    easel.ground = Ground.STANDING
    chance = easel.chance
    round_ = look.silhouette == "round"
    wide, tall, cap_tall = chance.uniform(20, 24.5), chance.uniform(35, 40), chance.uniform(31, 37)
    taper, wall, style = chance.uniform(0.62, 0.95), chance.uniform(1.6, 2.8), chance.randrange(4)
    tone = chance.choice(((32, 32, 36), (32, 32, 36), (244, 242, 238), SILVER, GOLD, easel.accent))
    shimmer, corner = chance.random() < 0.35, chance.uniform(2, 5)
    foot = 88.0
    top = foot - (tall if not round_ else wide * 1.72)
    caustic(easel, 50, foot, wide, easel.colour)
    if round_:
        middle = foot - wide * 0.88
        cut = shapes.box(0, 0, 100, foot - wide * 0.06)
        bottle = shapes.within(shapes.ellipse(50, middle, wide, wide * 0.9), cut)
        hollow = shapes.within(
            shapes.ellipse(50, middle - 0.4, wide - wall, wide * 0.9 - wall), shapes.box(0, 0, 100, foot - wall * 2)
        )
        neck_top = middle - wide * 0.84
    else:
        bottle = shapes.box(50 - wide * 0.92, top, wide * 1.84, tall, corner)
        hollow = shapes.box(
            50 - wide * 0.92 + wall, top + wall, wide * 1.84 - 2 * wall, tall - wall * 3.4, max(corner - wall * 0.4, 1)
        )
        neck_top = top
    easel.part(
        shapes.box(44, neck_top - 4, 12, 7),
        easel.of("plastic", mixed(easel.colour, (230, 234, 238), 0.4)),
        Volume.ROUND,
    )
    thick_glass(easel, bottle, hollow, easel.colour, 0.0)
    if shimmer:
        for _ in range(60):
            x, y = chance.uniform(50 - wide * 0.8, 50 + wide * 0.8), chance.uniform(top, foot)
            easel.print_on(
                hollow,
                shapes.ellipse(x, y, chance.uniform(0.15, 0.4)),
                shade(easel.colour, 1.7),
                chance.uniform(0.4, 0.9),
            )
    windows(easel, bottle, 0.9)
    easel.words(
        printable(look.brand), 50, (neck_top + foot) / 2 + 1, wide * 0.2, label_ink(easel.colour), width=wide * 1.1
    )
    _brush_cap(easel, neck_top - 2, (7.4 + wide * 0.13, cap_tall), taper, tone, style)


def _brush_cap(easel: Easel, foot: float, size: tuple[float, float], taper: float, tone: RGB, style: int) -> None:
    wide, tall = size
    metallic = tone in (GOLD, SILVER)
    cap = shapes.smooth(
        [(50 - wide * taper, foot - tall)] * 2
        + [(50 - wide * (taper + 1) / 2, foot - tall * 0.5)]
        + [(50 - wide, foot)] * 2
        + [(50 + wide, foot)] * 2
        + [(50 + wide * (taper + 1) / 2, foot - tall * 0.5)]
        + [(50 + wide * taper, foot - tall)] * 2
    )
    easel.part(cap, easel.of(metal_of(tone) if metallic else "plastic", tone), Volume.ROUND)
    easel.part(shapes.ellipse(50, foot - tall, wide * taper, 1.0), easel.of("plastic", shade(tone, 1.2)), Volume.FLAT)
    if style == 1:
        for place in range(9):
            share = -0.9 + 1.8 * place / 8
            easel.line([(50 + wide * taper * share, foot - tall + 2), (50 + wide * share, foot - 2)], 0.4, BLACK, 0.4)
    elif style == 2:
        easel.part(
            shapes.box(50 - wide, foot - 4.4, 2 * wide, 2.6, 0.4),
            easel.of("gold", GOLD if not metallic else (40, 40, 44)),
            Volume.ROUND,
        )
