"""Groceries in boxes and cartons: tea, chocolate, pasta, cereal and juice."""

from __future__ import annotations

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.fruits import ball
from bowerbird.demo.draw.groceries_bags import cereal_bag, pasta_bag
from bowerbird.demo.draw.groceries_jars import juice_bottle
from bowerbird.demo.draw.groceries_tins import tea_tin
from bowerbird.demo.draw.ground import Ground
from bowerbird.demo.draw.labels import Label, label_of, print_label
from bowerbird.demo.draw.shapes import Point
from bowerbird.demo.draw.stances import Carton, Stance, ink, level
from bowerbird.demo.draw.stuff import Stuff, lightness, mixed, shade
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import RGB, Look

_COCOA: RGB = (88, 50, 32)
_FOIL: RGB = (206, 208, 212)


def _card(easel: Easel) -> Stuff:
    """Printed board: smooth, a little glossy."""
    return easel.of("matte", easel.colour)


def _carton(easel: Easel, wide: float, tall: float, deep: float, foot: float = 84.0) -> Carton:
    """A box turned to one side; in another view a little further round and seen from higher."""
    side = easel.chance.choice((1, 1, -1))
    turn = easel.chance.uniform(20, 28) + (9 if easel.look.view else 0)
    stance = Stance(side * turn, 17.0 if easel.look.view else 10.0, 50, foot)
    return Carton(stance, wide, tall, deep)


def _printed(easel: Easel, box: Carton, label: Label) -> None:
    """A box with its design on the front, and the brand up its side."""
    box.build(easel, _card(easel))
    with box.on_front(easel):
        front = shapes.box(0, 0, box.wide, box.tall)
        print_label(easel, label, front, (0, 0, box.wide, box.tall))
        easel.part(front, easel.of("paper", easel.colour), Volume.FLAT, depth=0.9, opacity=0.0)
    with box.on_side(easel):
        side = shapes.box(0, 0, box.deep, box.tall)
        easel.print_on(side, shapes.box(0, box.tall * 0.78, box.deep, box.tall * 0.05), label.accent, 0.75)
        easel.words(
            label.brand,
            box.deep / 2,
            box.tall * 0.4,
            min(box.deep * 0.3, 5),
            shade(label.ink, 0.85),
            width=box.tall * 0.6,
            turn=-90,
        )
        for line in range(5):
            y = box.tall * (0.86 + 0.02 * line)
            easel.line(
                [(box.deep * 0.2, y), (box.deep * (0.8 - 0.1 * (line % 3)), y)], 0.35, label.ink, 0.5, bent=False
            )
    box.edges(easel)


def draw_tea(easel: Easel, look: Look) -> None:
    """Tea in a box or a tin."""
    easel.ground = Ground.STANDING
    level(easel)
    label = label_of(look, easel.chance)
    if look.silhouette == "tin":
        tea_tin(easel, label)
        return
    chance = easel.chance
    wide, tall, deep = chance.uniform(44, 54), chance.uniform(46, 58), chance.uniform(18, 25)
    window = chance.random() < 0.3
    box = _carton(easel, wide, tall, deep, 82)
    _printed(easel, box, label)
    with box.on_top(easel):
        easel.line([(0, deep * 0.3), (wide, deep * 0.3)], 0.4, (0, 0, 0), 0.3, bent=False)
        if window:
            easel.part(
                shapes.ellipse(wide / 2, deep * 0.3, 4, 3), easel.of("matte", shade(easel.colour, 0.55)), Volume.FLAT
            )


def draw_cereal(easel: Easel, look: Look) -> None:
    """Cereal in a tall box or a bag."""
    easel.ground = Ground.STANDING
    level(easel)
    label = label_of(look, easel.chance)
    if look.silhouette == "bag":
        cereal_bag(easel, label)
        return
    chance = easel.chance
    box = _carton(easel, chance.uniform(45, 51), chance.uniform(64, 70), chance.uniform(14, 19), 85)
    _printed(easel, box, label)


def draw_pasta(easel: Easel, look: Look) -> None:
    """Pasta in a bag with a window, or in a box with one."""
    easel.ground = Ground.STANDING
    level(easel)
    label = label_of(look, easel.chance)
    if look.silhouette == "bag":
        pasta_bag(easel, label)
        return
    chance = easel.chance
    slim = "spaghetti" in look.flavour or "linguine" in look.flavour
    wide, tall = (
        (chance.uniform(27, 31), chance.uniform(70, 74)) if slim else (chance.uniform(40, 46), chance.uniform(60, 68))
    )
    form = chance.randrange(3)
    box = _carton(easel, wide, tall, chance.uniform(15, 19), 85)
    _printed(easel, box, label)
    with box.on_front(easel):
        _pasta_window(easel, box, label, form)


def _pasta_window(easel: Easel, box: Carton, label: Label, form: int) -> None:
    """A hole in the front, with film, through which the pasta is seen."""
    if form == 2:
        return
    wide, tall = box.wide, box.tall
    x, y = wide / 2, tall * 0.885
    hole = (
        shapes.box(wide * 0.16, tall * 0.81, wide * 0.68, tall * 0.15, 1.5)
        if form
        else shapes.ellipse(x, y, wide * 0.32, tall * 0.075)
    )
    easel.part(hole, easel.of("matte", (120, 84, 44)), Volume.FLAT)
    easel.canvas.save()
    easel.canvas.clipPath(hole, doAntiAlias=True)
    for piece in range(9):
        px, py = wide * (0.2 + 0.3 * (piece % 3)), tall * (0.83 + 0.05 * (piece // 3))
        with easel.turned(piece * 67, (px, py)):
            label.emblem(easel, px, py, wide * 0.34)
    easel.canvas.restore()
    easel.crease([(wide * 0.18, tall * 0.82), (wide * 0.82, tall * 0.82)], 1.2, 0.4, hole)
    easel.edge(hole, 0.5, shade(label.colour, 0.6), 0.6)


def draw_chocolate(easel: Easel, look: Look) -> None:
    """Chocolate: a wrapped bar, or a box of them."""
    label = label_of(look, easel.chance)
    if look.silhouette == "bar":
        _bar(easel, label)
    else:
        _box_of_chocolates(easel, label)


def _bar(easel: Easel, label: Label) -> None:
    chance = easel.chance
    easel.ground = Ground.LYING
    wide, tall = chance.uniform(36, 41), chance.uniform(70, 76)
    turn, torn, sleeve = chance.uniform(-14, 14), chance.random() < 0.6, chance.uniform(0.8, 0.86)
    left, top = 50 - wide / 2, 50 - tall / 2
    with easel.turned(turn * easel.look.view):
        cut = top + tall * (1 - sleeve)
        if torn:
            _squares(easel, left + 1, top, wide - 2, tall * 0.2)
            jag = [
                (left - 0.5 + (wide + 1) * i / 12, top + tall * 0.11 + (2.4 if i % 2 else 0) + 1.5 * (i % 3))
                for i in range(13)
            ]
            foil = shapes.polygon([*jag, (left + wide + 0.5, cut + 4), (left - 0.5, cut + 4)])
            easel.part(foil, easel.of("silver", _FOIL), Volume.SOFT, shadow=0.8)
        else:
            foil = shapes.box(left + 0.4, top + 1, wide - 0.8, tall * 0.3)
            easel.part(foil, easel.of("silver", _FOIL), Volume.SOFT)
        for step in range(6):
            x = left + wide * (0.12 + 0.15 * step)
            easel.crease([(x, cut - 5), (x + 1.5, cut)], 0.7, 0.25, foil)
        paper = shapes.box(left, cut, wide, tall * sleeve, 0.8)
        easel.part(paper, easel.body, Volume.FLAT, depth=0.2, shadow=1.2)
        print_label(easel, label, paper, (left, cut, wide, tall * sleeve))
        easel.part(paper, easel.of("matte", easel.colour), Volume.SOFT, opacity=0.0, depth=0.55)
        # The bar's squares show a little through the paper.
        for row in range(1, 6):
            y = cut + tall * sleeve * row / 6
            easel.glint([(left + 1, y + 0.4), (left + wide - 1, y + 0.4)], 0.6, 0.13, paper)
            easel.crease([(left + 1, y - 0.3), (left + wide - 1, y - 0.3)], 0.6, 0.1, paper)
        easel.glint([(left + 1.4, cut + 2), (left + 1.4, top + tall - 2)], 1.0, 0.3, paper)


def _squares(easel: Easel, left: float, top: float, wide: float, tall: float) -> None:
    """The upper squares of a bar."""
    side = wide / 3
    easel.part(shapes.box(left, top, wide, tall, 0.8), easel.of("plastic", _COCOA), Volume.FLAT)
    for row in range(int(tall // side) + 1):
        for column in range(3):
            x, y = left + column * side, top + row * side
            for inset, colour in (
                (0.0, shade(_COCOA, 0.7)),
                (0.5, shade(_COCOA, 1.28)),
                (1.3, shade(_COCOA, 1.1)),
                (2.8, _COCOA),
            ):
                easel.canvas.drawPath(
                    shapes.box(x + inset, y + inset, side - 2 * inset, side - 2 * inset, 0.8), ink(colour)
                )
            near, far = side - 2.8, 2.8
            lower = shapes.polygon([(x + side, y + side), (x + near, y + near), (x + far, y + near), (x, y + side)])
            right = shapes.polygon([(x + side, y), (x + side, y + side), (x + near, y + near), (x + near, y + far)])
            easel.canvas.drawPath(lower, ink((0, 0, 0), 0.22))
            easel.canvas.drawPath(right, ink((0, 0, 0), 0.14))


def _box_of_chocolates(easel: Easel, label: Label) -> None:
    chance = easel.chance
    easel.ground = Ground.LYING
    wide, deep, tall = chance.uniform(54, 59), chance.uniform(44, 50), chance.uniform(11, 14)
    side, ribbon, window = chance.choice((1, -1)), chance.random() < 0.5, chance.random() < 0.45
    turn, pitch = chance.uniform(18, 26) + (6 if easel.look.view else 0), 52.0 if easel.look.view else 46.0
    stance = Stance(side * turn, pitch, 50, 60)
    box = Carton(stance, wide, tall, deep)
    box.build(easel, _card(easel).shade(0.84))
    with box.on_front(easel):
        face = shapes.box(0, 0, wide, tall)
        easel.print_on(face, shapes.box(0, tall * 0.62, wide, tall * 0.06), label.accent, 0.8)
        easel.line([(0, tall * 0.56), (wide, tall * 0.56)], 0.4, (0, 0, 0), 0.35, bent=False)
    with box.on_side(easel):
        easel.line([(0, tall * 0.56), (deep, tall * 0.56)], 0.4, (0, 0, 0), 0.35, bent=False)
    with box.on_top(easel):
        lid = shapes.box(0, 0, wide, deep)
        easel.part(lid, easel.body, Volume.FLAT, depth=0.3)
        if window:
            _pralines(easel, wide, deep)
            easel.words(label.brand, wide / 2, deep * 0.86, 4, label.ink, width=wide * 0.7)
            easel.words(label.flavour, wide / 2, deep * 0.95, 2.4, label.ink, width=wide * 0.6)
        else:
            print_label(easel, label, lid, (wide * 0.14, deep * 0.02, wide * 0.72, deep * 0.96))
        easel.part(lid, easel.of("plastic", easel.colour), Volume.FLAT, opacity=0.0)
        easel.edge(shapes.box(1.2, 1.2, wide - 2.4, deep - 2.4, 0.6), 0.35, label.accent, 0.7)
        if ribbon:
            band = shapes.box(wide * 0.05, 0, 4.6, deep)
            easel.part(band, easel.of("silk", label.accent), Volume.ROUND, depth=0.5, shadow=0.5)
    box.edges(easel)
    if ribbon:
        with box.on_front(easel):
            easel.part(
                shapes.box(wide * 0.05, 0, 4.6, tall),
                easel.of("silk", shade(label.accent, 0.85)),
                Volume.ROUND,
                depth=0.6,
            )
        place = (-wide / 2 + wide * 0.05 + 2.3, tall, deep * 0.2)
        _bow(easel, stance.point(place), label.accent)


def _bow(easel: Easel, knot: Point, colour: RGB) -> None:
    x, y = knot
    silk = easel.of("silk", colour)
    for side in (-1, 1):
        tail = shapes.polygon([(x, y), (x + side * 3, y + 8), (x + side * 5, y + 5.5), (x + side * 6.4, y + 6.6)])
        easel.part(tail, silk.shade(0.85), Volume.SOFT, shadow=0.4)
        loop = shapes.smooth(
            [(x, y), (x + side * 5, y - 5), (x + side * 9.5, y - 3), (x + side * 8.5, y + 1.5), (x + side * 4, y + 1.6)]
        )
        easel.part(loop, silk, Volume.SOFT, shadow=0.6)
    easel.part(shapes.ellipse(x, y - 0.4, 1.9, 1.7), silk.shade(0.92), Volume.BALL)


def _pralines(easel: Easel, wide: float, deep: float) -> None:
    """Chocolates under a window in the lid."""
    left, top, across, down = wide * 0.14, deep * 0.1, wide * 0.72, deep * 0.62
    hole = shapes.box(left, top, across, down, 2)
    easel.part(hole, easel.of("paper", (70, 44, 32)), Volume.FLAT)
    for row in range(3):
        for column in range(4):
            x, y = left + across * (0.125 + 0.25 * column), top + down * (0.17 + 0.33 * row)
            kind = (row * 3 + column * 2 + easel.look.seed) % 4
            tone = ((104, 60, 38), (74, 42, 28), (236, 220, 190), (132, 80, 46))[kind]
            easel.canvas.drawPath(shapes.star(x, y, across * 0.115, across * 0.1, 12), ink((46, 28, 22)))
            if kind % 2:
                square = shapes.box(x - across * 0.085, y - down * 0.12, across * 0.17, down * 0.24, 1.2)
                easel.canvas.drawPath(shapes.moved(square, 0.3, 0.5), ink(shade(tone, 0.6)))
                easel.canvas.drawPath(square, ink(tone))
                easel.canvas.drawPath(shapes.moved(square, -0.5, -0.6, scale=0.7, about=(x, y)), ink(shade(tone, 1.14)))
            else:
                ball(easel, x, y, across * 0.088, tone)
            easel.line([(x - 2, y - 0.6), (x, y + 0.8), (x + 2, y - 0.4)], 0.4, mixed(tone, (250, 236, 210), 0.6), 0.8)
    easel.crease([(left, top + 0.8), (left + across, top + 0.8)], 1.6, 0.5, hole)
    easel.shine(
        shapes.within(
            hole,
            shapes.polygon(
                [(left, top), (left + across * 0.4, top), (left + across * 0.1, top + down), (left, top + down)]
            ),
        ),
        0.16,
    )


def draw_juice(easel: Easel, look: Look) -> None:
    """Juice in a gabled carton or a bottle."""
    easel.ground = Ground.STANDING
    level(easel)
    label = label_of(look, easel.chance)
    if look.silhouette == "bottle":
        juice_bottle(easel, label)
        return
    chance = easel.chance
    wide, tall, cap = chance.uniform(27, 30), chance.uniform(50, 55), chance.random() < 0.75
    box = _carton(easel, wide, tall, wide * 0.94, 86)
    _printed(easel, box, label)
    _gable(easel, box, label, cap)


def _gable(easel: Easel, box: Carton, label: Label, cap: bool) -> None:
    """The roof of a drinks carton: two slopes, folded gussets, a crimped ridge and a screw cap."""
    wide, tall, deep = box.wide, box.tall, box.deep
    right = 1 if box.stance.turn < 0 else -1
    half, ridge, fin = deep / 2, tall + 13.0, tall + 18.0
    point = box.stance.points
    gusset = point(
        [(right * wide / 2, tall, -half), (right * wide / 2, tall, half), (right * wide / 2 * 0.9, ridge, 0)]
    )
    easel.part(shapes.polygon(gusset), _card(easel).shade(0.74 if right > 0 else 0.9), Volume.FLAT)
    fold = point([(right * wide / 2, tall, -half), (right * wide / 2, tall, half), (right * wide * 0.34, tall + 8, 0)])
    easel.part(shapes.polygon(fold), _card(easel).shade(0.6 if right > 0 else 0.78), Volume.FLAT)
    slope = shapes.polygon(
        point([(-wide / 2, tall, half), (wide / 2, tall, half), (wide / 2, ridge, 0.6), (-wide / 2, ridge, 0.6)])
    )
    easel.part(slope, _card(easel).shade(1.1), Volume.FLAT)
    strip = shapes.polygon(
        point([(-wide / 2, ridge, 0.6), (wide / 2, ridge, 0.6), (wide / 2, fin, 0.6), (-wide / 2, fin, 0.6)])
    )
    easel.part(strip, _card(easel), Volume.FLAT)
    easel.print_on(strip, shapes.moved(strip, 0, 3.4), label.accent, 0.85)
    for lift in (1.2, 2.4):
        easel.line(point([(-wide / 2, fin - lift, 0.6), (wide / 2, fin - lift, 0.6)]), 0.25, (0, 0, 0), 0.2, bent=False)
    easel.line(point([(-wide / 2, ridge, 0.6), (wide / 2, ridge, 0.6)]), 0.4, (0, 0, 0), 0.3, bent=False)
    if cap:
        x, y = box.stance.point((0, tall + 6.5, half * 0.52))
        lid = easel.of("plastic", label.accent if lightness(label.accent) < 0.97 else (240, 240, 240))
        easel.part(shapes.ellipse(x, y + 1.2, 5.4, 3.6), lid.shade(0.7), Volume.FLAT, shadow=0.5)
        easel.part(
            shapes.joined(
                shapes.ellipse(x, y, 4.6, 2.6),
                shapes.box(x - 4.6, y - 3.4, 9.2, 3.4),
                shapes.ellipse(x, y - 3.4, 4.6, 2.4),
            ),
            lid,
            Volume.ROUND,
        )
        easel.part(shapes.ellipse(x, y - 3.4, 4.6, 2.4), lid.shade(1.12), Volume.FLAT)
