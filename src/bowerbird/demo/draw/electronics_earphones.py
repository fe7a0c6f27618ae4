"""Things worn to listen: headphones and earbuds."""

from __future__ import annotations

import skia

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.device_parts import (
    BLACK,
    STEEL,
    WHITE,
    cord,
    grille,
    lamp,
    latin,
    legible,
    screw,
    soft_black,
    solid,
)
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.ground import Ground
from bowerbird.demo.draw.shapes import Point
from bowerbird.demo.draw.stuff import Stuff, mixed, shade
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import Look


def draw_headphones(easel: Easel, look: Look) -> None:
    """Headphones laid flat, the cups turned out; one turned over in another view. KeyError for another silhouette."""
    easel.ground = Ground.LYING
    {"over_ear": _over_ear, "on_ear": _on_ear}[look.silhouette](easel, look)


def _over_ear(easel: Easel, look: Look) -> None:
    chance = easel.chance
    apart, wide, tall = chance.uniform(23, 26), chance.uniform(12.5, 15), chance.uniform(16.5, 20)
    thick, steel_arms = chance.uniform(6.2, 8), chance.random() < 0.6
    plate, corner = chance.randrange(4), chance.uniform(0.75, 1.0)
    pad = chance.choice((BLACK, (66, 60, 56), (108, 84, 64), shade(easel.colour, 0.55)))
    body, y = solid(easel.body), 84 - tall
    arch = [(50 - apart + 1, y - 15), (50 - apart + 0.5, 36), (50 - apart * 0.62, 18), (50, 12.5)]
    arch += [(100 - x, y) for x, y in reversed(arch[:-1])]
    arms = easel.of("steel", STEEL) if steel_arms else body.plain().shade(0.7)
    for side in (-1, 1):
        x = 50 + side * apart
        easel.part(shapes.box(x - 1.3, y - tall - 9, 2.6, 14, 0.8), arms, Volume.ROUND)
        for notch in range(5):
            easel.line([(x - 0.9, y - tall - 7 + notch * 1.1), (x + 0.9, y - tall - 7 + notch * 1.1)], 0.22, BLACK, 0.5)
    inner = [(50 + (x - 50) * 0.93, y + 2.6) for x, y in arch]
    cord(easel, inner[1:-1], thick * 0.72, easel.of("leather", pad))
    cord(easel, arch, thick, body, shadow=0.8)
    easel.stitch([(50 + (x - 50) * 0.96, y + thick * 0.3) for x, y in arch[1:-1]], None, 0.35, 1.1)
    for side in (-1, 1):
        _collar(easel, 50 + side * apart, y - tall - 5.5, thick, body)
    for side in (-1, 1):
        x = 50 + side * apart
        _yoke(easel, x, y, wide, tall, arms)
        shell = shapes.box(x - wide, y - tall, 2 * wide, 2 * tall, min(wide, tall) * corner)
        cushion = easel.of("leather", pad)
        if look.view and side == 1:
            _cushion(easel, shell, cushion, "R" if look.seed % 2 else "L")
        else:
            easel.part(shapes.moved(shell, side * -1.2, 1.6), cushion, Volume.SOFT)
            easel.part(shell, body, Volume.SOFT, shadow=0.8)
            _cup_plate(easel, shell, plate, look, first=side == -1)


def _collar(easel: Easel, x: float, y: float, thick: float, body: Stuff) -> None:
    """The sleeve at the end of the headband, out of which the arm slides."""
    easel.part(shapes.box(x - thick * 0.6, y - 5, thick * 1.2, 6.4, 1.6), body.plain().shade(0.82), Volume.ROUND)
    easel.part(shapes.box(x - thick * 0.6, y - 0.4, thick * 1.2, 1.4, 0.4), easel.of("steel"), Volume.ROUND)


def _yoke(easel: Easel, x: float, y: float, wide: float, tall: float, arms: Stuff) -> None:
    """The fork that holds a cup at both sides."""
    fork = [(x - wide - 0.6, y + 1), (x - wide * 0.92, y - tall * 0.7), (x, y - tall - 3)]
    fork += [(2 * x - across, down) for across, down in reversed(fork[:-1])]
    cord(easel, fork, 2.6, arms, shadow=0.6)
    for side in (-1, 1):
        screw(easel, x + side * (wide + 0.5), y + 0.6, 1.2, 40 * side)


def _cushion(easel: Easel, shell: skia.Path, cushion: Stuff, letter: str) -> None:
    """The inside of a cup: a padded ring about the cloth over the sound."""
    bounds = shell.computeTightBounds()
    x, y = bounds.centerX(), bounds.centerY()
    easel.part(shell, easel.body.plain().shade(0.8), Volume.SOFT, shadow=0.8)
    easel.part(shapes.moved(shell, scale=0.96, about=(x, y)), cushion, Volume.SOFT, depth=1.2)
    hole = shapes.moved(shell, scale=0.55, about=(x, y))
    easel.shadow_patch(hole, 0.5, 0.8)
    easel.part(hole, easel.of("nylon", (52, 53, 58)), Volume.FLAT)
    grille(easel, hole, 1.1, 0.45, (0, 0, 0), 0.5)
    easel.words(letter, x, y, 7, (206, 208, 212))


def _cup_plate(easel: Easel, shell: skia.Path, style: int, look: Look, first: bool) -> None:
    """What is on the outside of a cup: a ring, a metal disc, a line or holes."""
    bounds = shell.computeTightBounds()
    x, y, reach = bounds.centerX(), bounds.centerY(), bounds.width() / 2
    inset = shapes.moved(shell, scale=0.78, about=(x, y))
    if style in (0, 3):
        easel.part(inset, solid(easel.body).shade(0.93), Volume.SOFT, depth=0.8)
        easel.edge(inset, 0.7, easel.accent, 0.95)
    elif style == 1:
        disc = easel.part(shapes.ellipse(x, y, reach * 0.6), easel.of("steel", mixed(easel.accent, STEEL, 0.5)))
        easel.edge(disc, 0.3)
        easel.edge(shapes.ellipse(x, y, reach * 0.5), 0.2, (0, 0, 0), 0.35)
    else:
        easel.edge(inset, 0.45, (0, 0, 0), 0.3)
        easel.line([(x - reach * 0.6, y + reach * 0.86), (x + reach * 0.6, y + reach * 0.86)], 0.8, easel.accent)
    if style == 3:
        grille(easel, shapes.ellipse(x, y, reach * 0.52), 1.3, 0.62)
    elif first or style == 0:
        colour = legible(easel.colour) if style != 1 else (48, 48, 52)
        easel.words(latin(look.brand), x, y, 2.9, colour, width=reach * 0.95, turn=-90 if reach < 13.5 else 0)
    if first:
        lamp(easel, x - reach * 0.3, bounds.bottom() - 2.6, 0.4, (90, 220, 140))


def _on_ear(easel: Easel, look: Look) -> None:
    chance = easel.chance
    apart, reach, thick = chance.uniform(21, 24), chance.uniform(11.5, 14), chance.uniform(3.6, 5)
    wired, plate, joint = chance.random() < 0.5, chance.randrange(4), chance.random() < 0.5
    pad = chance.choice((BLACK, (84, 84, 88), shade(easel.colour, 0.6)))
    body, y = solid(easel.body), 66.0
    arch = [(50 - apart, y - 6), (50 - apart - 0.5, 40), (50 - apart * 0.66, 20), (50, 13.5)]
    arch += [(100 - x, down) for x, down in reversed(arch[:-1])]
    if wired:
        _cable(easel, [(50 - apart, y + reach - 1), (50 - apart * 0.8, 90), (50, 87), (66, 91), (80, 84), (86, 88)])
    easel.part(
        shapes.ribbon([(50 + (x - 50) * 0.95, down + 2) for x, down in arch[2:-2]], thick), easel.of("foam", pad)
    )
    cord(easel, arch, thick, body, shadow=0.6)
    for side in (-1, 1):
        x = 50 + side * apart
        if joint:
            easel.part(shapes.box(x - 3, 40, 6, 5, 1.4), easel.of("plastic"), Volume.ROUND, shadow=0.4)
            screw(easel, x, 42.5, 1.1, 70)
        slider = shapes.box(x - 1.8, 47, 3.6, y - 47, 1.2)
        easel.part(slider, easel.of("steel", STEEL), Volume.ROUND, shadow=0.4)
        easel.part(shapes.ellipse(x, y - 9, 3.4, 4), body.plain().shade(0.8), Volume.SOFT, shadow=0.4)
        cup = shapes.ellipse(x, y, reach, reach * 1.04)
        cushion = easel.of("leather", pad)
        if look.view and side == 1:
            _cushion(easel, cup, cushion, "R" if look.seed % 2 else "L")
            continue
        easel.part(shapes.moved(cup, -side * 1.0, 1.3, scale=1.03, about=(x, y)), cushion, Volume.SOFT)
        easel.part(cup, body, Volume.SOFT, shadow=0.8)
        _cup_plate(easel, cup, plate, look, first=side == -1)


def _cable(easel: Easel, points: list[Point]) -> None:
    cord(easel, points, 1.1, easel.of("rubber"))
    x, y = points[-1]
    easel.part(shapes.ribbon([points[-1], (x + 1.5, y + 1)], 2.2), easel.of("rubber"), Volume.SOFT)
    easel.part(shapes.ribbon([(x + 2.2, y + 1.4), (x + 5, y + 3)], 0.9), easel.of("gold", (214, 178, 96)), Volume.SOFT)


def draw_earbuds(easel: Easel, look: Look) -> None:
    """Two earbuds, in their open case or lying beside each other. Raises KeyError for another silhouette."""
    {"case": _earbuds_in_case, "pair": _earbud_pair}[look.silhouette](easel, look)


def _earbuds_in_case(easel: Easel, look: Look) -> None:
    easel.ground = Ground.STANDING
    chance = easel.chance
    half, tall, lid = chance.uniform(27, 33), chance.uniform(30, 36), chance.uniform(20, 25)
    radius, tilt = chance.uniform(9, 15), chance.uniform(0.0, 3.0)
    tone = chance.choice((shade(easel.colour, 0.5), BLACK, mixed(easel.colour, WHITE, 0.55)))
    stems, light = chance.random() < 0.6, chance.choice(((90, 220, 140), (250, 250, 250), (255, 170, 60)))
    body, top, foot = solid(easel.body), 84 - tall, 84.0
    # The lid behind: its inside looks at us.
    cap = shapes.box(50 - half, top - lid - 4 + tilt, 2 * half, lid + 8, radius)
    easel.part(cap, body, Volume.SOFT)
    inside = shapes.box(50 - half + 2, top - lid - 2 + tilt, 2 * half - 4, lid + 2, radius * 0.85)
    easel.part(inside, easel.of("plastic", tone), Volume.SOFT, depth=1.1)
    for side in (-1, 1):
        hollow = shapes.ellipse(50 + side * half * 0.45, top - lid * 0.42 + tilt, half * 0.27, lid * 0.3)
        easel.shadow_patch(hollow, 0.28, 1.2, inside)
    easel.part(shapes.box(50 - half * 0.5, top - 3.6, half, 2.6, 0.8), easel.of("steel", STEEL), Volume.ROLL)
    rim = easel.part(shapes.ellipse(50, top + 0.5, half, 5.0), easel.of("plastic", tone), Volume.FLAT)
    for side in (-1, 1):
        x = 50 + side * half * 0.45
        easel.shadow_patch(shapes.ellipse(x, top + 0.6, half * 0.34, 3.6), 0.6, 0.7, rim)
        _nested_bud(easel, x, top, half * 0.31, side, stems)
    front = [(50 - half, top + 0.5)] * 2
    front += [(50 - half * 0.98, foot - radius * 0.7), (50 - half + radius * 0.9, foot - 0.6), (50, foot)]
    front += [(100 - x, y) for x, y in reversed(front[2:-1])] + [(50 + half, top + 0.5)] * 2
    front += [(50 + half * 0.7, top + 4.2), (50, top + 5.6), (50 - half * 0.7, top + 4.2)]
    shell = easel.part(shapes.smooth(front), body, Volume.SOFT, depth=1.15)
    lip = [(50 - half + 0.6, top + 1.6), (50 - half * 0.7, top + 5), (50, top + 6.4)]
    easel.glint([*lip, *[(100 - x, y) for x, y in reversed(lip[:-1])]], 0.7, 0.6, shell)
    easel.glint([(50 - half * 0.86, top + 9), (50 - half * 0.84, foot - tall * 0.4)], 2.2, 0.4, shell)
    lamp(easel, 50, top + tall * 0.36, 0.65, light)
    easel.words(latin(look.brand), 50, top + tall * 0.62, 3.6, legible(easel.colour), width=half)


def _nested_bud(easel: Easel, x: float, y: float, reach: float, side: int, stem: bool) -> None:
    """An earbud in its place in the case: its head above the rim, the tip down inside."""
    body = solid(easel.body)
    head = shapes.smooth([(x - reach * 1.05, y - 2), (x - reach * 0.8, y - 9), (x + reach * 0.1, y - 12),
        (x + reach * 0.95, y - 8), (x + reach, y + 0.5), (x, y + 2.6)])  # fmt: skip
    if side > 0:
        head = shapes.flipped(head, x)
    easel.part(head, body, Volume.SOFT, depth=1.3, shadow=0.8)
    if stem:
        bar = shapes.box(x - side * reach * 0.3 - 2.3, y - 8, 4.6, 11.4, 2.3)
        easel.part(bar, body.plain(), Volume.ROUND, shadow=0.5)
        easel.print_on(bar, shapes.box(x - side * reach * 0.3 - 0.4, y - 5.6, 0.8, 3.4, 0.4), BLACK, 0.7)
    else:
        plate = shapes.ellipse(x + side * reach * 0.08, y - 5.6, reach * 0.46, 2.7)
        easel.part(plate, body.plain().shade(0.82), Volume.SOFT, depth=0.7)
        easel.edge(plate, 0.4, easel.accent)
    easel.glint([(x - reach * 0.4, y - 8.6), (x + reach * 0.3, y - 9.6)], 1.3, 0.5, head)


def _earbud_pair(easel: Easel, look: Look) -> None:
    easel.ground = Ground.LYING
    chance = easel.chance
    stem, long = chance.random() < 0.6, chance.uniform(33, 40)
    reach, spread = chance.uniform(15, 18), chance.uniform(6, 20)
    tip = chance.choice((BLACK, (232, 232, 230), shade(easel.accent, 0.9)))
    rim, wing = chance.random() < 0.5, chance.random() < 0.5
    for side in (-1, 1):
        x, y = 50 + side * 21, (35 if stem else 48) + side * 2.0
        with easel.turned(side * spread + (14 * side if look.view else 0), (x, 50)):
            if stem:
                _stem(easel, x, y, reach, long, look)
            elif wing:
                hook = [(x + side * reach * 0.2, y - reach * 0.9), (x + side * reach * 0.9, y - reach * 1.25)]
                hook += [(x + side * reach * 1.12, y - reach * 0.7), (x + side * reach * 0.9, y - reach * 0.2)]
                cord(easel, hook, 2.6, easel.of("rubber", tip))
            _silicone(easel, x - side * reach * 0.8, y - reach * 0.4, reach * 0.74, side, tip)
            _bud(easel, x, y, reach * (0.95 if stem else 1.08), side, look, rim=rim or not stem)


def _silicone(easel: Easel, x: float, y: float, reach: float, side: int, colour: tuple[int, int, int]) -> None:
    """The soft tip and the mesh at its end."""
    with easel.turned(-side * 24, (x, y)):
        easel.part(shapes.ellipse(x, y, reach * 0.66, reach), easel.of("rubber", colour), Volume.SOFT, depth=1.2)
        rim = shapes.ellipse(x - side * reach * 0.3, y, reach * 0.34, reach * 0.66)
        easel.part(rim, easel.of("rubber", shade(colour, 0.8)), Volume.SOFT)
        mesh = shapes.ellipse(x - side * reach * 0.34, y, reach * 0.2, reach * 0.42)
        easel.part(mesh, easel.of("steel", (120, 124, 130)), Volume.FLAT)
        grille(easel, mesh, 0.6, 0.26)


def _stem(easel: Easel, x: float, y: float, reach: float, long: float, look: Look) -> None:
    body, half = solid(easel.body), reach * 0.33
    bar = easel.part(shapes.box(x - half, y, 2 * half, long + 6, half), body, Volume.ROUND)
    end = shapes.within(bar, shapes.box(x - half, y + long + 3.4, 2 * half, 4))
    easel.part(end, easel.of("steel"), Volume.ROUND)
    slot = shapes.box(x - 0.5, y + long * 0.52, 1.0, 4.4, 0.5)
    easel.print_on(bar, slot, BLACK, 0.75)
    easel.words(latin(look.brand), x, y + long * 0.82, 1.7, legible(easel.colour), width=6, turn=-90)


def _bud(easel: Easel, x: float, y: float, reach: float, side: int, look: Look, *, rim: bool) -> None:
    body = solid(easel.body)
    head = shapes.smooth([(x - reach, y - reach * 0.3), (x - reach * 0.5, y - reach),
        (x + reach * 0.5, y - reach * 0.95), (x + reach, y - reach * 0.1), (x + reach * 0.6, y + reach * 0.8),
        (x - reach * 0.4, y + reach * 0.85)])  # fmt: skip
    if side > 0:
        head = shapes.flipped(head, x)
    easel.part(head, body, Volume.BALL, shadow=0.8)
    plate = shapes.ellipse(x + side * reach * 0.16, y - reach * 0.04, reach * 0.52)
    if rim:
        easel.part(plate, body.shade(0.86), Volume.SOFT, depth=0.8)
        easel.edge(plate, 0.6, easel.accent)
    vent = shapes.box(x - side * reach * 0.62 - 0.6, y + reach * 0.26, 3.2, 1.2, 0.6)
    easel.part(vent, soft_black(), Volume.FLAT)
    if side == -1 or not rim:
        easel.words(latin(look.brand)[:1], x + side * reach * 0.16, y - reach * 0.04, 4, legible(easel.colour))
    lamp(easel, x + side * reach * 0.5, y + reach * 0.5, 0.4, (120, 200, 255))
