"""Chairs, seen from the side and a little from above."""

from __future__ import annotations

import math

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.ground import Ground
from bowerbird.demo.draw.lathe import throw, turned
from bowerbird.demo.draw.shapes import Point
from bowerbird.demo.draw.stances import Place, Stance, ink, level, rounded
from bowerbird.demo.draw.stuff import Stuff, shade
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import RGB, Look

_UPHOLSTERED = frozenset(("velvet", "linen", "leather", "wool", "cotton", "fleece", "suede"))
_LEG_WOODS: tuple[RGB, ...] = ((168, 116, 70), (206, 168, 122), (92, 60, 40))


def draw_chair(easel: Easel, look: Look) -> None:
    """A chair for the dining table, an armchair or a stool."""
    easel.ground = Ground.STANDING
    level(easel)
    {"dining": _dining, "arm": _armchair, "stool": _stool}[look.silhouette](easel, look)


def _stance(easel: Easel, low: float, high: float, foot: float) -> Stance:
    """Turned to one side, in another view to the other and seen from higher."""
    side = easel.chance.choice((1, -1))
    turn = easel.chance.uniform(low, high) * side
    return Stance(turn * (0.72 if easel.look.view else 1.0), 21.0 if easel.look.view else 16.0, 50, foot)


def _legs_of(easel: Easel, look: Look) -> Stuff:
    """What the legs are made of: the chair's own material, or wood or black steel under cloth."""
    woods, steel = easel.chance.choice(_LEG_WOODS), easel.chance.random() < 0.25
    if look.material not in _UPHOLSTERED and look.material != "plastic":
        return easel.body.plain()
    return easel.of("steel", (52, 52, 56)) if steel else easel.of("wood", woods)


def _slab(easel: Easel, stance: Stance, corners: list[Place], thick: float, stuff: Stuff, plump: float) -> None:
    """A seat: its top with round corners, and its edge below."""
    upper = rounded(stance.points(corners), 5.5 if plump else 2.6)
    lower = shapes.moved(upper, 0, thick)
    bridge = shapes.joined(*[shapes.moved(upper, 0, thick * step / 4) for step in range(5)])
    easel.part(shapes.joined(bridge, lower), stuff.shade(0.68), Volume.ROUND, depth=0.8)
    easel.part(upper, stuff.shade(1.04), Volume.SOFT if plump else Volume.FLAT, depth=plump or 0.8)
    easel.edge(upper, 0.35, (255, 255, 255), 0.25)


def _dining(easel: Easel, look: Look) -> None:
    stance = _stance(easel, 24, 36, 83)
    chance = easel.chance
    legs = _legs_of(easel, look)
    wide, deep, seat, tall = (
        chance.uniform(34, 38),
        chance.uniform(30, 34),
        chance.uniform(32, 35),
        chance.uniform(64, 70),
    )
    back, splay, rails = chance.randrange(3), chance.uniform(1.5, 4), chance.random() < 0.5
    soft, rake = look.material in _UPHOLSTERED, chance.uniform(4, 8)
    half, near = wide / 2, deep / 2
    foot: dict[tuple[int, int], tuple[Place, Place]] = {}
    for across in (-1, 1):
        for depth in (-1, 1):
            # A wooden chair's back legs run up into its back.
            inset = 2.5 if depth > 0 or soft or look.material == "plastic" else 0.1 * half
            top = (
                across * (half - inset),
                seat - (2 if depth > 0 else 0),
                depth * (near - (2.5 if depth > 0 else 0.8)),
            )
            foot[across, depth] = (top, (across * (half - 2.5 + splay), 0, depth * (near - 2.5 + splay)))
    far = -1 if stance.turn > 0 else 1
    for key in ((far, -1), (-far, -1), (far, 1)):
        easel.part(stance.beam(*foot[key], 3.4, 2.3), legs.shade(0.72 if key[1] < 0 else 0.9), Volume.ROUND)
    if rails:
        for across in (-1, 1):
            start, end = (across * (half - 1), seat * 0.45, -near), (across * (half - 1), seat * 0.45, near)
            easel.part(stance.beam(start, end, 1.6, 1.6), legs.shade(0.8), Volume.ROLL)
    easel.part(stance.beam(*foot[-far, 1], 3.4, 2.3), legs, Volume.ROUND)
    stuff = easel.body
    corners: list[Place] = [
        (-half * 0.92, seat, -near),
        (half * 0.92, seat, -near),
        (half, seat, near),
        (-half, seat, near),
    ]
    if look.material == "plastic":
        _shell_back(easel, stance, (half * 0.96, seat, -near, tall, rake), stuff)
        _slab(easel, stance, corners, 3.2, stuff, 0.9)
        return
    if soft:
        _padded_back(easel, stance, (half * 0.94, seat + 6 * (back != 0), -near, tall, rake), stuff, legs)
    else:
        _wooden_back(easel, stance, (half * 0.9, seat, -near, tall, rake), stuff, back)
    _slab(easel, stance, corners, 5.2 if soft else 3.0, stuff, 1.0 if soft else 0.0)


_Back = tuple[float, float, float, float, float]
"""Half its width, the seat's height, how near it stands, its own height, and how far its top leans back."""


def _on_back(back: _Back, across: float, up: float) -> Place:
    """A place on the backrest: across from -1 to 1, up from 0 (the seat) to 1."""
    half, seat, near, tall, rake = back
    return across * half, seat + (tall - seat) * up, near - rake * up - 1.5 * (1 - across * across)


def _patch(stance: Stance, back: _Back, low: float, high: float, inset: float = 0.0, curve: float = 0.0) -> list[Point]:
    """The outline of a piece of the backrest, bent with it."""
    steps = [-1 + inset + (2 - 2 * inset) * step / 8 for step in range(9)]
    upper = [stance.point(_on_back(back, across, high + curve * (1 - across * across))) for across in steps]
    lower = [stance.point(_on_back(back, across, low)) for across in reversed(steps)]
    return [*upper, *lower]


def _wooden_back(easel: Easel, stance: Stance, back: _Back, stuff: Stuff, form: int) -> None:
    for across in (-1.0, 1.0):
        post = stance.beam(_on_back(back, across, -0.1), _on_back(back, across, 1.0), 3.2, 2.6)
        easel.part(post, stuff.plain(), Volume.ROUND)
    if form == 0:
        for low, high in ((0.32, 0.46), (0.58, 0.72)):
            easel.part(rounded(_patch(stance, back, low, high), 1.2), stuff.plain(), Volume.BEVEL, depth=0.6)
    elif form == 1:
        for step in range(5):
            across = -0.66 + 0.33 * step
            spindle = stance.beam(_on_back(back, across, 0.0), _on_back(back, across, 0.86), 1.7, 1.4)
            easel.part(spindle, stuff.plain(), Volume.ROUND)
    else:
        easel.part(rounded(_patch(stance, back, 0.3, 0.66), 1.2), stuff.plain().shade(0.96), Volume.FLAT)
    easel.part(rounded(_patch(stance, back, 0.8, 0.98, 0.0, 0.06), 1.2), stuff.plain(), Volume.BEVEL, depth=0.6)


def _padded_back(easel: Easel, stance: Stance, back: _Back, stuff: Stuff, legs: Stuff) -> None:
    for across in (-0.8, 0.8):
        easel.part(stance.beam(_on_back(back, across, -0.3), _on_back(back, across, 0.3), 2.8, 2.6), legs, Volume.ROUND)
    points = _patch(stance, back, 0.0, 0.94, 0.0, 0.07)
    pad = rounded(points, 4.0)
    side = 1.6 if stance.turn > 0 else -1.6
    easel.part(shapes.joined(pad, shapes.moved(pad, -side, -0.6)), stuff.shade(0.66), Volume.FLAT)
    easel.part(pad, stuff, Volume.SOFT)
    for across in (-0.34, 0.34):
        line = [stance.point(_on_back(back, across, up)) for up in (0.04, 0.5, 0.97)]
        easel.crease(line, 1.1, 0.24, pad)


def _shell_back(easel: Easel, stance: Stance, back: _Back, stuff: Stuff) -> None:
    pad = rounded(_patch(stance, back, -0.06, 0.86, 0.05, 0.12), 4.0)
    easel.part(
        shapes.joined(pad, shapes.moved(pad, 0.9 if stance.turn < 0 else -0.9, -0.5)), stuff.shade(0.62), Volume.FLAT
    )
    easel.part(pad, stuff, Volume.SOFT)
    slot = rounded(_patch(stance, back, 0.22, 0.32, 0.55), 1.2)
    easel.part(slot, easel.of("matte", shade(stuff.colour, 0.4)), Volume.FLAT)


def _box(easel: Easel, stance: Stance, low: Place, high: Place, stuff: Stuff) -> None:
    """A padded block between two corners (left, bottom, back) and (right, top, front)."""
    (left, foot, back), (right, top, front) = low, high
    seen, hidden = (right, left) if stance.turn < 0 else (left, right)
    around: list[Place] = [(seen, top, back), (hidden, top, back), (hidden, top, front), (hidden, foot, front),
                           (seen, foot, front), (seen, foot, back)]  # fmt: skip
    whole = rounded(stance.points(around), 2.4)
    easel.canvas.drawPath(whole, ink(stuff.shade(0.8).colour))
    side: list[Place] = [(seen, top, back), (seen, top, front), (seen, foot, front), (seen, foot, back)]
    face: list[Place] = [(left, top, front), (right, top, front), (right, foot, front), (left, foot, front)]
    lid: list[Place] = [(left, top, back), (right, top, back), (right, top, front), (left, top, front)]
    for places, factor, depth in ((side, 0.94 if stance.turn > 0 else 0.76, 0.6), (face, 0.96, 0.8), (lid, 1.06, 0.7)):
        piece = shapes.within(rounded(stance.points(places), 2.6), whole)
        easel.part(piece, stuff.shade(factor), Volume.SOFT, depth=depth)


def _armchair(easel: Easel, look: Look) -> None:
    stance = _stance(easel, 22, 33, 82)
    chance = easel.chance
    legs = _legs_of(easel, look)
    wide, deep, tall = chance.uniform(54, 60), chance.uniform(40, 46), chance.uniform(60, 68)
    arm, arm_high, lift = chance.uniform(8, 11), chance.uniform(34, 40), chance.uniform(7, 11)
    pillow, buttons = chance.random() < 0.4, chance.random() < 0.5
    half, near = wide / 2, deep / 2
    stuff = easel.body
    for across in (-1, 1):
        for depth in (-1, 1):
            start = (across * (half - 5), lift + 1, depth * (near - 5))
            end = (across * (half - 3.5), 0.0, depth * (near - 3.5))
            easel.part(stance.beam(start, end, 3.6, 2.2), legs.shade(0.75 if depth < 0 else 1.0), Volume.ROUND)
    _box(easel, stance, (-half + 2, lift, -near), (half - 2, tall, -near + 11), stuff)
    if buttons:
        for row in range(2):
            for place in (-0.5, 0.0, 0.5):
                x, y = stance.point((place * (half - arm), tall - 8 - 9 * row, -near + 11))
                easel.shadow_patch(shapes.ellipse(x, y, 1.6), 0.3, 0.8)
                easel.part(shapes.ellipse(x, y, 0.9), stuff.plain(), Volume.BALL)
    far, close = (half - arm, half), (-half, -half + arm)
    if stance.turn < 0:
        far, close = close, far
    _box(easel, stance, (far[0], lift, -near + 3), (far[1], arm_high, near), stuff)
    inner = half - arm
    _box(easel, stance, (-inner, lift, -near + 10), (inner, lift + 9, near - 0.5), stuff.shade(0.9))
    _box(easel, stance, (-inner + 0.4, lift + 9, -near + 10), (inner - 0.4, lift + 18, near + 0.5), stuff)
    if pillow:
        x, y = stance.point((-inner * 0.35, lift + 27, -near + 16))
        shape = shapes.smooth([(x - 9, y - 8)] * 2 + [(x, y - 7.4)] + [(x + 9, y - 8)] * 2 + [(x + 8.4, y)] + [(x
            + 9, y + 8)] * 2
                              + [(x, y + 7.4)] + [(x - 9, y + 8)] * 2 + [(x - 8.4, y)])  # fmt: skip
        easel.part(shapes.moved(shape, turn=8, about=(x, y)), easel.of("linen"), Volume.SOFT, shadow=1.2)
    _box(easel, stance, (close[0], lift, -near + 3), (close[1], arm_high, near), stuff)


def _stool(easel: Easel, look: Look) -> None:
    stance = _stance(easel, 18, 40, 84)
    chance = easel.chance
    legs = _legs_of(easel, look)
    radius, seat = chance.uniform(20, 23), chance.uniform(56, 63)
    count, splay, rail, low = (
        chance.choice((3, 4, 4)),
        chance.uniform(3, 7),
        chance.uniform(0.28, 0.42),
        chance.random() < 0.3,
    )
    soft = look.material in _UPHOLSTERED
    if low:
        seat *= 0.74
    flat = math.sin(math.radians(stance.pitch))
    seats: list[Place] = []
    feet: list[Place] = []
    for leg in range(count):
        angle = math.radians(360 * leg / count + 45 + 10)
        across, near = math.cos(angle), math.sin(angle)
        seats.append((across * radius * 0.72, seat - 2, near * radius * 0.72))
        feet.append((across * (radius * 0.72 + splay), 0, near * (radius * 0.72 + splay)))
    order = sorted(range(count), key=lambda leg: stance.point(feet[leg])[1])
    ring = radius * 0.72 + splay * (1 - rail)
    x, y = stance.point((0, seat * rail, 0))
    thick = 1.7
    ring_path = shapes.without(
        shapes.ellipse(x, y, ring + thick / 2, (ring + thick / 2) * flat),
        shapes.ellipse(x, y, ring - thick / 2, (ring - thick / 2) * flat),
    )
    steel = easel.of("steel", (180, 183, 188)) if look.material != "wood" else legs.shade(0.9)
    for place, leg in enumerate(order):
        if place == count // 2:
            easel.part(ring_path, steel, Volume.ROLL)
        easel.part(
            stance.beam(seats[leg], feet[leg], 3.4, 2.4),
            legs.shade((0.7, 0.8, 0.94, 1.0)[place + 4 - count]),
            Volume.ROUND,
        )
    x, y = stance.point((0, seat, 0))
    thick = 6.5 if soft else 3.6
    edge = [(y, radius), (y + thick * 0.5, radius * (1.03 if soft else 1.0)), (y + thick, radius * 0.94)]
    throw(easel, turned(edge, x, flat), easel.body.shade(0.9))
    upper = shapes.ellipse(x, y, radius, radius * flat)
    easel.part(upper, easel.body.shade(1.06), Volume.SOFT if soft else Volume.FLAT)
    if soft:
        easel.edge(
            shapes.ellipse(x, y + thick * 0.15, radius * 0.99, radius * flat), 0.6, shade(easel.colour, 0.6), 0.5
        )
        easel.part(shapes.ellipse(x, y, 1.3, 0.8), easel.body.plain(), Volume.BALL)
    else:
        easel.edge(shapes.ellipse(x, y + 0.3, radius * 0.86, radius * flat * 0.84), 0.5, shade(easel.colour, 0.6), 0.4)
