"""Groceries in tins: coffee, tea, cookies and olive oil."""

from __future__ import annotations

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.labels import Label, print_label
from bowerbird.demo.draw.lathe import Lathe, lay, light, seen_from, throw, turned
from bowerbird.demo.draw.stances import Carton, Stance, ink
from bowerbird.demo.draw.stuff import Stuff, lightness, shade
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import RGB

_STEEL: RGB = (200, 202, 206)
_BRASS: RGB = (206, 168, 88)
_CREAM: RGB = (250, 245, 232)


def _around(easel: Easel, body: Lathe, label: Label, upper: float, lower: float, share: float = 1.5) -> None:
    """Print a design on the front of a body between two heights."""
    radius = body.radius((upper + lower) / 2)
    drop = radius * body.flat * 0.86
    wide = radius * share
    print_label(easel, label, body.band(upper, lower), (body.x - wide / 2, upper + drop, wide, lower - upper))


def _painted(easel: Easel) -> Stuff:
    """Lacquered tinplate: glossy, no mirror."""
    return easel.of("porcelain", easel.colour)


def _tin(easel: Easel, label: Label, wide: float, tall: float, lid: float, metal: Stuff, style: int) -> None:
    """A round tin with its lid; lid styles: slip-on in the tin's own colour, bare metal, or domed with a knob."""
    flat = seen_from(easel, 0.17, 0.27)
    foot = 87.0
    top = foot - tall
    body = turned([(top, wide), (foot - 1.2, wide), (foot, wide * 0.98)], 50, flat)
    path = lay(easel, body, _painted(easel))
    _around(easel, body, label, top + lid, foot - 1.5)
    for edge in (foot - 1.8, top + lid + 0.6):
        easel.print_on(path, body.band(edge, edge + 0.9), label.accent, 0.85)
    light(easel, body, _painted(easel), path=path)
    cover = _painted(easel) if style == 0 else metal
    slip = turned([(top, wide * 1.02), (top + lid, wide * 1.025), (top + lid + 0.01, wide * 1.02)], 50, flat)
    easel.crease(slip.arc(top + lid + 1.1, 5, 175), 1.3, 0.45, path)
    throw(easel, slip, cover)
    for ridge in (0.35, 0.6):
        easel.line(slip.arc(top + lid * ridge, 4, 176), 0.35, (0, 0, 0), 0.22)
        easel.line(slip.arc(top + lid * ridge + 0.4, 4, 176), 0.3, (255, 255, 255), 0.3)
    upper = slip.circle(top)
    easel.part(upper, cover.shade(1.12), Volume.FLAT)
    easel.edge(upper, 0.5, (255, 255, 255), 0.5)
    easel.edge(slip.circle(top + 0.3, -wide * 0.1), 0.5, (0, 0, 0), 0.16)
    if style == 2:
        dome = turned([(top - 3.4, wide * 0.2), (top - 2.6, wide * 0.6), (top + 0.2, wide * 0.84)], 50, flat)
        throw(easel, dome, cover)
        throw(easel, turned([(top - 5.2, 1.4), (top - 3, 1.8)], 50, flat), cover)
        easel.part(shapes.ellipse(50, top - 6.4, 2.5, 2.3), easel.of("gold", _BRASS), Volume.BALL)


def _metal_of(easel: Easel) -> Stuff:
    return easel.of("steel", _STEEL) if easel.chance.random() < 0.6 else easel.of("gold", _BRASS)


def coffee_tin(easel: Easel, label: Label) -> None:
    """A tall round tin of coffee."""
    chance = easel.chance
    wide, tall, style = chance.uniform(23, 26), chance.uniform(57, 65), chance.choice((0, 1, 1))
    _tin(easel, label, wide, tall, chance.uniform(7, 9), _metal_of(easel), style)


def tea_tin(easel: Easel, label: Label) -> None:
    """A tea caddy."""
    chance = easel.chance
    wide, tall, style = chance.uniform(22, 26), chance.uniform(46, 58), chance.choice((0, 1, 2))
    _tin(easel, label, wide, tall, chance.uniform(10, 14), _metal_of(easel), style)


def cookie_tin(easel: Easel, label: Label) -> None:
    """A low round tin of cookies, its lid printed."""
    chance = easel.chance
    wide, tall, ring = chance.uniform(34, 37), chance.uniform(17, 23), chance.randrange(3)
    flat = seen_from(easel, 0.56, 0.66)
    top = 50 - tall / 2 - 2
    foot = top + tall
    body = turned([(top, wide * 0.985), (foot - 1, wide * 0.985), (foot, wide * 0.97)], 50, flat)
    path = lay(easel, body, easel.body.shade(0.95))
    easel.print_on(path, body.band(foot - 4, foot - 2.6), label.accent, 0.85)
    light(easel, body, _painted(easel), path=path)
    depth = tall * 0.42
    slip = turned([(top, wide), (top + depth, wide), (top + depth + 0.01, wide)], 50, flat)
    easel.crease(slip.arc(top + depth + 1, 5, 175), 1.4, 0.45, path)
    lid = lay(easel, slip, easel.body)
    easel.print_on(lid, slip.band(top + depth * 0.6, top + depth * 0.78), label.accent, 0.85)
    light(easel, slip, _painted(easel), path=lid)
    face = slip.circle(top)
    easel.part(face, easel.body.shade(1.04), Volume.FLAT, depth=0.5)
    for share in ((0.93,), (0.93, 0.88), (0.9,))[ring]:
        easel.edge(
            shapes.ellipse(50, top, wide * share, wide * share * flat), 0.8 if ring == 2 else 0.5, label.accent, 0.9
        )
    canvas = easel.canvas
    canvas.save()
    canvas.translate(50, top)
    canvas.scale(1, flat)
    half = wide * 0.68
    inner = shapes.ellipse(0, 0, wide * 0.86)
    print_label(easel, label, inner, (-half, -half * 1.15, 2 * half, half * 2.3))
    canvas.restore()
    easel.part(face, easel.of("plastic", easel.colour), Volume.FLAT, opacity=0.0)
    easel.edge(face, 0.9, (255, 255, 255), 0.35)
    easel.edge(shapes.moved(face, 0.3, 0.5, scale=0.975, about=(50, top)), 0.5, (0, 0, 0), 0.2)
    shine = shapes.polygon(
        [
            (50 - wide * 0.5, top - wide),
            (50 - wide * 0.1, top - wide),
            (50 - wide * 0.7, top + wide),
            (50 - wide * 1.1, top + wide),
        ]
    )
    easel.shine(shapes.within(face, shine), 0.13, 0.6)


def oil_tin(easel: Easel, label: Label) -> None:
    """A square can of olive oil with a screw cap."""
    chance = easel.chance
    wide, tall, deep = chance.uniform(37, 42), chance.uniform(58, 64), chance.uniform(18, 22)
    side, spout, grip = chance.choice((1, -1)), chance.choice((-0.25, 0.0, 0.25)), chance.random() < 0.6
    turn = chance.uniform(20, 28) + (9 if easel.look.view else 0)
    stance = Stance(side * turn, 19.0 if easel.look.view else 12.0, 50, 85)
    box = Carton(stance, wide, tall, deep)
    box.build(easel, easel.of("plastic", easel.colour))
    with box.on_front(easel):
        front = shapes.box(0, 0, wide, tall)
        print_label(easel, label, front, (0, 1.5, wide, tall - 3))
        easel.part(front, easel.of("aluminium", easel.colour), Volume.BEVEL, opacity=0.0, depth=0.8)
    with box.on_side(easel):
        easel.words(label.brand, deep / 2, tall * 0.42, 4.6, shade(label.ink, 0.9), width=tall * 0.6, turn=-90)
        easel.print_on(shapes.box(0, 0, deep, tall), shapes.box(0, tall * 0.8, deep, tall * 0.05), label.accent, 0.7)
    box.edges(easel)
    corners = [box.corner(*corner) for corner in ((0, 1, 0), (1, 1, 0), (1, 1, 1), (0, 1, 1))]
    rim = shapes.polygon(stance.points(corners))
    easel.edge(rim, 1.3, (176, 178, 184), 1.0)
    easel.edge(shapes.moved(rim, -0.2, -0.3), 0.4, (255, 255, 255), 0.8)
    foot = [stance.point(box.corner(*corner)) for corner in ((0, 0, 1), (1, 0, 1))]
    easel.line(foot, 1.2, (150, 152, 158), 1.0, bent=False)
    x, y = stance.point((wide * spout, tall, 0))
    if grip:
        hx, hy = stance.point((wide * (spout + (0.3 if spout <= 0 else -0.3)), tall, 0))
        easel.edge(shapes.ellipse(hx, hy - 2.4, 6, 3.4), 1.4, (168, 170, 176), 1.0)
    cap = easel.of("plastic", label.accent if lightness(label.accent) < 0.92 else _BRASS)
    throw(easel, turned([(y - 3, 4.4), (y, 5.0)], x, 0.3), easel.of("steel", _STEEL))
    lid = turned([(y - 8.4, 3.7), (y - 7.8, 4.2), (y - 2.4, 4.2)], x, 0.3)
    throw(easel, lid, cap)
    easel.part(lid.circle(y - 8.4), cap.shade(1.15), Volume.FLAT)
    for ridge in range(1, 10):
        px, py = lid.arc(y - 5, 180 - 18 * ridge, 180 - 18 * ridge - 0.1)[0]
        easel.canvas.drawPath(shapes.box(px - 0.12, py - 2, 0.24, 4), ink((0, 0, 0), 0.25))
