"""Groceries in bags: coffee, pasta, cereal and cookies."""

from __future__ import annotations

import numpy as np
import skia

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.groceries_tins import coffee_tin, cookie_tin
from bowerbird.demo.draw.ground import Ground
from bowerbird.demo.draw.labels import Label, label_of, print_label
from bowerbird.demo.draw.lathe import tone
from bowerbird.demo.draw.shapes import Point
from bowerbird.demo.draw.stances import level, rounded
from bowerbird.demo.draw.stuff import Stuff, shade
from bowerbird.demo.draw.textures import Field
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import Look

# How much narrower a coffee bag is at its shoulder, on each side.
_INSET = 2.4


def draw_coffee(easel: Easel, look: Look) -> None:
    """Coffee in a bag or a tin."""
    easel.ground = Ground.STANDING
    label = label_of(look, easel.chance)
    if look.silhouette == "tin":
        level(easel)
        coffee_tin(easel, label)
    else:
        _coffee_bag(easel, label)


def draw_cookies(easel: Easel, look: Look) -> None:
    """Cookies in a packet or a round tin."""
    label = label_of(look, easel.chance)
    if look.silhouette == "tin":
        easel.ground = Ground.STANDING
        level(easel)
        cookie_tin(easel, label)
    else:
        easel.ground = Ground.LYING
        _flow_pack(easel, label)


def _film(easel: Easel, colour: tuple[int, int, int] | None = None) -> Stuff:
    """Paper or shiny film, as the product says."""
    tint = easel.colour if colour is None else colour
    return easel.of("paper" if easel.look.material == "paper" else "plastic", tint)


def _pillow(easel: Easel, path: skia.Path, box: tuple[float, float, float, float], seed: float, shiny: float) -> None:
    """Light on a filled bag: it bulges, and creases run in from its ends."""
    left, top, wide, tall = box

    def tones(x: Field, y: Field) -> Field:
        u, v = (x - left) / wide * 2 - 1, (y - top) / tall * 2 - 1
        bulge = -0.34 * np.abs(u) ** 2.4 * np.sign(u) - 0.16 * np.abs(v) ** 3 * np.sign(v) - 0.26 * np.abs(u) ** 9
        ends = np.clip(np.abs(v) - 0.62, 0, 1) / 0.38
        creases = np.sin(u * 13 + seed + 1.5 * np.sin(u * 5 + seed)) * 0.2 * ends
        dents = np.sin(u * 5.1 + v * 3.2 + seed) * np.sin(v * 4.3 - u * 2 + seed * 2) * 0.07
        streak = shiny * 0.5 * np.exp(-(((u + 0.6 + 0.05 * np.sin(v * 5 + seed)) / 0.07) ** 2)) * (1 - v * v)
        second = shiny * 0.16 * np.exp(-(((u - 0.7 + 0.04 * np.sin(v * 6)) / 0.06) ** 2)) * (1 - v * v)
        return np.asarray(bulge + creases + dents + streak + second + 0.05, np.float32)

    tone(easel, path, tones)


def _crimp(easel: Easel, left: float, top: float, wide: float, tall: float, stuff: Stuff) -> None:
    """The welded end of a bag, with its fine ridges."""
    strip = easel.part(shapes.box(left, top, wide, tall, 0.4), stuff.shade(0.95), Volume.FLAT)
    for line in range(int(tall / 0.9)):
        y = top + 0.5 + line * 0.9
        easel.line([(left, y), (left + wide, y)], 0.28, (0, 0, 0), 0.16, bent=False)
        easel.line([(left, y + 0.35), (left + wide, y + 0.35)], 0.25, (255, 255, 255), 0.25, bent=False)
    easel.crease([(left, top + tall), (left + wide, top + tall)], 0.7, 0.3, strip)


def _coffee_bag(easel: Easel, label: Label) -> None:
    """A bag with side gussets, its top rolled down or welded, with a valve and a tie."""
    chance = easel.chance
    wide, tall = chance.uniform(44, 50), chance.uniform(66, 71)
    rolled, valve, tie = chance.random() < 0.55, chance.random() < 0.7, chance.random() < 0.6
    seed, gusset = chance.uniform(0, 6), chance.uniform(6.5, 8.5)
    left, top, right, foot = 50 - wide / 2, 88 - tall, 50 + wide / 2, 88.0
    film = _film(easel)
    shoulder = top + 11
    inset = _INSET
    if easel.look.view:
        gusset *= 1.3
    for side in (-1, 1):
        edge = 50 + side * wide / 2
        fold = [(edge - side * inset, shoulder), (edge + side * (gusset * 0.55 - inset), shoulder + 6), (edge
            + side * gusset * 0.55, foot - 5),
                (edge + side * gusset * 0.3, foot - 1.4), (edge - side * 3, foot - 0.6)]  # fmt: skip
        easel.part(shapes.polygon(fold), film.shade(0.9 if side < 0 else 0.66), Volume.SOFT)
    waist = [(right - inset, shoulder), (right - 0.4, (shoulder + foot) / 2), (right, foot)]
    body = rounded([(left + inset, shoulder), *waist, (left, foot), (left + 0.4, (shoulder + foot) / 2)], 0.8)
    easel.part(body, easel.body, Volume.FLAT, depth=0.2)
    print_label(easel, label, body, (left, shoulder + 2, wide, foot - shoulder - 3))
    _pillow(easel, body, (left, shoulder, wide, foot - shoulder), seed, film.finish.gloss * 1.2)
    for side in (-1, 1):
        x = 50 + side * (wide / 2 - 1.0)
        easel.glint([(x - side * 1.6, shoulder + 2), (x, foot - 3)], 0.5, 0.3, body)
    easel.crease([(left + 3, foot - 5.5), (50, foot - 4.8), (right - 3, foot - 5.5)], 0.8, 0.25, body)
    _bag_top(easel, label, (left, top, wide, shoulder), rolled, tie)
    if valve:
        x, y = 50 + wide * 0.3, shoulder + 6.0
        easel.part(shapes.ellipse(x, y, 2.1), film.shade(0.85), Volume.BALL, shadow=0.3)
        for dx, dy in ((-0.6, 0), (0.6, 0), (0, 0.7)):
            easel.canvas.drawPath(shapes.ellipse(x + dx, y + dy, 0.28), skia.Paint(Color=0x99000000, AntiAlias=True))


def _bag_top(easel: Easel, label: Label, box: tuple[float, float, float, float], rolled: bool, tie: bool) -> None:
    """The end of a coffee bag above its shoulder, rolled down or welded."""
    left, top, wide, shoulder = box
    right, film, inset = left + wide, _film(easel), _INSET
    if rolled:
        for step, grow in enumerate((0.0, 0.6)):
            roll = shapes.box(
                left + inset - 0.8 - grow, shoulder - 7.5 + step * 4, wide - 2 * inset + 1.6 + 2 * grow, 4.8, 1.6
            )
            easel.part(roll, film.shade(0.98), Volume.ROLL, shadow=0.8)
        if tie:
            for side in (-1, 1):
                x = 50 + side * (wide / 2 - 1)
                easel.part(
                    shapes.box(min(x, x + side * 5), shoulder - 5.4, 5, 3, 0.6),
                    easel.of("steel", (204, 180, 110)),
                    Volume.BEVEL,
                    shadow=0.4,
                )
            easel.part(
                shapes.box(left + 3, shoulder - 5.2, wide - 6, 2.6, 0.5), easel.of("plastic", label.accent), Volume.ROLL
            )
    else:
        neck = shapes.polygon(
            [
                (left + inset, shoulder + 0.4),
                (left + inset + 0.6, top + 5),
                (right - inset - 0.6, top + 5),
                (right - inset, shoulder + 0.4),
            ]
        )
        easel.part(neck, film, Volume.SOFT)
        _crimp(easel, left + inset + 0.4, top, wide - 2 * inset - 0.8, 6, film)


def _window(easel: Easel, label: Label, hole: skia.Path, form: int) -> None:
    """Clear film with the food behind it."""
    box = hole.computeTightBounds()
    easel.part(hole, easel.of("matte", (196, 146, 78) if easel.look.kind == "cereal" else (214, 168, 92)), Volume.FLAT)
    canvas = easel.canvas
    canvas.save()
    canvas.clipPath(hole, doAntiAlias=True)
    if easel.look.flavour in ("spaghetti", "linguine"):
        for strand in range(int(box.width() / 0.9)):
            x = box.left() + strand * 0.9
            tint = ((240, 204, 122), (222, 176, 92), (204, 154, 70))[(strand * 5 + form) % 3]
            easel.line([(x, box.top()), (x + 0.4, box.bottom())], 0.8, tint, bent=False)
    elif easel.look.kind == "cereal":
        for flake in range(70):
            x = box.left() + box.width() * (flake * 0.7549 % 1)
            y = box.top() + box.height() * (flake * 0.5698 % 1)
            piece = shapes.moved(shapes.ellipse(x, y, 2.3, 1.5), turn=flake * 53, about=(x, y))
            tint = ((232, 172, 84), (206, 138, 58), (242, 196, 118), (168, 104, 52))[flake % 4]
            canvas.drawPath(shapes.moved(piece, 0.3, 0.4), skia.Paint(Color=0x55301800, AntiAlias=True))
            canvas.drawPath(
                piece, skia.Paint(Color=0xFF000000 | tint[0] << 16 | tint[1] << 8 | tint[2], AntiAlias=True)
            )
    else:
        for piece in range(24):
            x = box.left() + box.width() * ((piece % 5) + 0.5 * (piece // 5 % 2)) / 4.6
            y = box.top() + box.height() * (piece // 5 + 0.4) / 5
            with easel.turned(piece * 71 + form * 20, (x, y)):
                label.emblem(easel, x, y, 11)
    canvas.restore()
    easel.crease([(box.left(), box.top() + 0.6), (box.right(), box.top() + 0.6)], 1.2, 0.35, hole)


def _pouch(easel: Easel, label: Label, wide: float, tall: float, window: int) -> None:
    """A welded bag that stands, with a window in its lower half."""
    chance = easel.chance
    seed, zipped, round_bottom = chance.uniform(0, 6), chance.random() < 0.5, chance.uniform(2, 5)
    left, top, right, foot = 50 - wide / 2, 88 - tall, 50 + wide / 2, 88.0
    film = _film(easel)
    crimp = 6.0
    outline = shapes.smooth([(left + 1.4, top + crimp)] * 2 + [(right - 1.4, top + crimp)] * 2 + [(right - 0.6,
        top + tall * 0.3), (right + 0.8, foot - tall * 0.22),
                            (right - 0.4, foot - 1)] + [(right - 2, foot)] * 2 + [(50, foot
                                + round_bottom * 0.35)] + [(left + 2, foot)] * 2
                            + [(left + 0.4, foot - 1), (left - 0.8, foot - tall * 0.22), (left + 0.6, top
                                + tall * 0.3)])  # fmt: skip
    easel.part(outline, easel.body, Volume.FLAT, depth=0.2)
    height = foot - top - crimp
    share = 1.0 if window == 0 else 0.74
    print_label(easel, label, outline, (left, top + crimp + 1, wide, height * share))
    if window:
        y = top + crimp + height * 0.75
        band: list[Point] = [(left - 1, y), (50, y + (3 if window == 1 else -3)), (right + 1, y)]
        shape = shapes.smooth(
            [
                *band,
                band[-1],
                (right + 1, foot - 4),
                (right + 1, foot - 4),
                (50, foot - 3),
                (left - 1, foot - 4),
                (left - 1, foot - 4),
                band[0],
            ]
        )
        if window == 3:
            shape = shapes.ellipse(50, y + height * 0.1, wide * 0.4, height * 0.11)
        _window(easel, label, shapes.within(shape, outline), window)
    _pillow(easel, outline, (left, top + crimp, wide, height), seed, max(film.finish.gloss, 0.12) * 1.3)
    _crimp(easel, left + 1.2, top, wide - 2.4, crimp, film)
    if zipped:
        easel.glint([(left + 2, top + crimp + 3), (right - 2, top + crimp + 3)], 0.7, 0.4, outline)
        easel.crease([(left + 2, top + crimp + 4), (right - 2, top + crimp + 4)], 0.6, 0.3, outline)
    for x in (left + 1.2, right - 1.2):
        notch = shapes.regular(x, top + crimp * 0.6, 0.9, 3, 90 if x < 50 else -90)
        easel.canvas.drawPath(notch, skia.Paint(Color=0x66000000, AntiAlias=True))


def pasta_bag(easel: Easel, label: Label) -> None:
    """Pasta in a bag that shows it."""
    chance = easel.chance
    slim = easel.look.flavour in ("spaghetti", "linguine")
    wide, window = chance.uniform(33, 37) if slim else chance.uniform(46, 52), chance.choice((1, 2, 3))
    _pouch(easel, label, wide, chance.uniform(72, 77), window)


def cereal_bag(easel: Easel, label: Label) -> None:
    """Cereal in a pouch, with or without a window."""
    chance = easel.chance
    _pouch(easel, label, chance.uniform(50, 56), chance.uniform(70, 76), chance.choice((0, 1, 2, 3)))


def _flow_pack(easel: Easel, label: Label) -> None:
    """A packet welded at its two ends, lying."""
    chance = easel.chance
    wide, tall = chance.uniform(58, 63), chance.uniform(40, 47)
    seed, turn, tray = chance.uniform(0, 6), chance.uniform(-12, 12), chance.random() < 0.4
    left, top = 50 - wide / 2, 50 - tall / 2
    film = _film(easel)
    end = 7.0
    with easel.turned(turn * easel.look.view):
        for side in (-1, 1):
            x = 50 + side * (wide / 2 - 0.5)
            teeth = [(x + side * (end + (0.9 if i % 2 else 0)), top + 3 + (tall - 6) * i / 22) for i in range(23)]
            flap = shapes.polygon([(x - side, top + 4), *teeth, (x - side, top + tall - 4)])
            easel.part(flap, film.shade(0.96), Volume.FLAT, depth=0.8)
            for line in range(6):
                lx = x + side * (1.6 + line * 0.95)
                easel.line([(lx, top + 3.6), (lx, top + tall - 3.6)], 0.3, (0, 0, 0), 0.2, bent=False)
                easel.line(
                    [(lx + 0.4, top + 3.6), (lx + 0.4, top + tall - 3.6)], 0.25, (255, 255, 255), 0.3, bent=False
                )
        body = shapes.smooth([(left, top + 4)] * 2 + [(left + 5, top + 0.6), (50, top), (left + wide - 5, top
            + 0.6)] + [(left + wide, top + 4)] * 2
                             + [(left + wide, top + tall - 4)] * 2 + [(left + wide - 5, top + tall - 0.6), (50,
                                 top + tall), (left + 5, top + tall - 0.6)]
                             + [(left, top + tall - 4)] * 2)  # fmt: skip
        easel.part(body, easel.body, Volume.FLAT, depth=0.2)
        print_label(easel, label, body, (left + wide * 0.02, top + 1, wide * 0.56, tall - 2))
        easel.canvas.save()
        easel.canvas.clipPath(body, doAntiAlias=True)
        for dx, dy, size in ((0.79, 0.34, 0.46), (0.7, 0.72, 0.42), (0.92, 0.7, 0.44)):
            label.emblem(easel, left + wide * dx, top + tall * dy, tall * size)
        easel.canvas.restore()
        gloss = max(film.finish.gloss, 0.1)

        def tones(x: Field, y: Field) -> Field:
            u, v = (x - left) / wide * 2 - 1, (y - top) / tall * 2 - 1
            ends = np.clip(np.abs(u) - 0.78, 0, 1) / 0.22
            creases = np.sin(v * 11 + seed) * 0.22 * ends
            bulge = -0.3 * np.abs(v) ** 2.4 * np.sign(v) - 0.22 * np.abs(v) ** 8 - 0.1 * u * np.abs(u)
            ribs = np.sin(u * 26) * (0.05 if tray else 0.0) * (1 - ends)
            streak = gloss * 0.6 * np.exp(-(((v + 0.62 + 0.05 * np.sin(u * 7 + seed)) / 0.09) ** 2)) * (1 - u**4)
            low = gloss * 0.2 * np.exp(-(((v - 0.72) / 0.06) ** 2)) * (1 - u**4)
            return np.asarray(creases + bulge + ribs + streak + low + 0.04, np.float32)

        tone(easel, body, tones)
        easel.crease([(left + 1, top + tall * 0.5), (left + wide * 0.12, top + tall * 0.46)], 0.8, 0.2, body)
        easel.edge(body, 0.3, shade(easel.colour, 0.5), 0.3)
