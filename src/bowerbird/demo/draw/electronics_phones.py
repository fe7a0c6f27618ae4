"""Smartphones and power banks."""

from __future__ import annotations

import random

import skia

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.device_parts import (
    BLACK,
    STEEL,
    WHITE,
    cord,
    fill,
    glassy,
    glow,
    lamp,
    latin,
    legible,
    lens,
    port,
    solid,
    wallpaper,
)
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.ground import Ground
from bowerbird.demo.draw.stuff import argb, lightness, mixed, shade
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import COLOURS, Look


def draw_smartphone(easel: Easel, look: Look) -> None:
    """A telephone from behind, and the same with its screen on beneath it. KeyError for another silhouette."""
    easel.ground = Ground.LYING
    chance = easel.chance
    wide, tall = chance.uniform(34, 38), chance.uniform(69, 73)
    corner, island = chance.uniform(3.5, 7), chance.randrange(3)
    paper, icons, lean = chance.randrange(8), chance.random() < 0.6, chance.uniform(3, 7)
    cameras = {"plain": _two_cameras, "triple_camera": _three_cameras}[look.silhouette]
    side = 1 if look.view == 0 else -1
    with easel.turned(side * (lean + 4), (50 + side * 17, 50)):
        _phone_front(easel, 50 + side * 15 - wide / 2, 48 - tall / 2, wide, tall, corner, (paper, icons))
    with easel.turned(-side * lean, (50 - side * 13, 50)):
        left, top = 50 - side * 13 - wide / 2, 52 - tall / 2
        outline = shapes.box(left, top, wide, tall, corner)
        _side_keys(easel, left + wide - 0.6, top)
        easel.shadow_patch(shapes.moved(outline, side * 1.2, 1.2), 0.3, 1.2)
        fill(easel, outline, mixed(shade(easel.colour, 0.8), STEEL, 0.4))
        easel.edge(outline, 0.35, WHITE, 0.45)
        back = easel.part(shapes.box(left + 0.7, top + 0.7, wide - 1.4, tall - 1.4, corner - 0.5),
            solid(easel.body), Volume.SOFT, depth=0.75)  # fmt: skip
        if look.material == "glass":
            glassy(easel, back, 0.3)
        cameras(easel, left + 2.4, top + 2.4, wide, island)
        easel.words(latin(look.brand), left + wide / 2, top + tall * 0.8, 3.2, legible(easel.colour), width=wide * 0.6)


def _side_keys(easel: Easel, x: float, top: float) -> None:
    for y, long in ((18, 9), (30, 5)):
        easel.part(
            shapes.box(x, top + y, 1.2, long, 0.5), easel.of("aluminium", shade(easel.colour, 0.8)), Volume.ROUND
        )


def _phone_front(
    easel: Easel, left: float, top: float, wide: float, tall: float, corner: float, shown: tuple[int, bool]
) -> None:
    """The front of a telephone: its frame, and what is on its screen."""
    paper, icons = shown
    _side_keys(easel, left + wide - 0.6, top)
    frame = shapes.box(left, top, wide, tall, corner)
    fill(easel, frame, mixed(shade(easel.colour, 0.85), STEEL, 0.3))
    easel.edge(frame, 0.3, WHITE, 0.5)
    fill(easel, shapes.box(left + 0.6, top + 0.6, wide - 1.2, tall - 1.2, corner - 0.4), (16, 16, 19))
    glass = shapes.box(left + 1.7, top + 1.7, wide - 3.4, tall - 3.4, corner - 1.2)
    wallpaper(easel, glass, paper, easel.colour, easel.accent)
    middle = left + wide / 2
    easel.words("10:24" if icons else "8:36", middle, top + 13, 5.4 if icons else 7.5, WHITE)
    easel.canvas.drawRoundRect(skia.Rect.MakeXYWH(middle - 6, top + 19, 12, 1), 0.5, 0.5, skia.Paint(Color=0xBBFFFFFF))
    _icons(easel, left, top + tall - 11, (wide - 6) / 4, 5 if icons else 1, random.Random(paper))
    easel.canvas.drawRoundRect(
        skia.Rect.MakeXYWH(middle - 5, top + tall - 3.2, 10, 0.6),
        0.3,
        0.3,
        skia.Paint(Color=0xCCFFFFFF, AntiAlias=True),
    )
    easel.canvas.drawCircle(middle, top + 4.4, 0.9, skia.Paint(Color=0xFF08080A, AntiAlias=True))
    glassy(easel, glass, 0.13)


def _icons(easel: Easel, left: float, bottom: float, step: float, rows: int, chance: random.Random) -> None:
    """Rows of icons, the lowest a little apart; each a coloured tile with a white mark."""
    tones = [
        COLOURS[name].rgb for name in ("blue", "green", "orange", "red", "teal", "yellow", "purple", "pink", "white")
    ]
    for row in range(rows):
        y = bottom - row * (step + 1.6) - (2.2 if row else 0)
        for column in range(4):
            tone, mark = chance.choice(tones), chance.randrange(3)
            x, size = left + 3 + step * (column + 0.5), step * 0.18
            tile = skia.Rect.MakeXYWH(x - step * 0.36, y, step * 0.72, step * 0.72)
            easel.canvas.drawRoundRect(tile, step * 0.2, step * 0.2, skia.Paint(Color=argb(tone, 0.96), AntiAlias=True))
            middle = y + step * 0.36
            if mark == 0:
                shape = shapes.ellipse(x, middle, size)
            elif mark == 1:
                shape = shapes.box(x - size, middle - size * 0.7, size * 2, size * 1.4, size * 0.4)
            else:
                shape = shapes.star(x, middle, size * 1.2, size * 0.55)
            fill(easel, shape, WHITE if lightness(tone) < 0.7 else BLACK, 0.88)


def _camera_eye(easel: Easel, x: float, y: float, radius: float, coating: float) -> None:
    easel.part(
        shapes.ellipse(x, y, radius * 1.16), easel.of("steel", mixed(easel.colour, STEEL, 0.5)), Volume.SOFT, shadow=0.6
    )
    easel.part(shapes.ellipse(x, y, radius), easel.of("plastic", (16, 17, 20)), Volume.FLAT)
    lens(easel, x, y, radius * 0.74, coating)


def _flash(easel: Easel, x: float, y: float) -> None:
    easel.part(shapes.ellipse(x, y, 1.25), easel.of("plastic", (250, 240, 206)), Volume.SOFT)
    easel.edge(shapes.ellipse(x, y, 1.25), 0.2)


def _island(easel: Easel, path: skia.Path) -> None:
    easel.part(
        path, solid(easel.body).shade(0.9 if lightness(easel.colour) > 0.2 else 1.12), Volume.SOFT, depth=0.8, shadow=1
    )


def _two_cameras(easel: Easel, x: float, y: float, wide: float, style: int) -> None:
    if style == 0:
        _island(easel, shapes.box(x, y, 11.5, 21, 5.7))
        eyes, flash = ((x + 5.75, y + 5.8), (x + 5.75, y + 15)), (x + 14.5, y + 5)
    elif style == 1:
        _island(easel, shapes.box(x, y, 18, 18, 5))
        eyes, flash = ((x + 5.6, y + 5.6), (x + 12.2, y + 12.2)), (x + 13.4, y + 4.6)
    else:
        eyes, flash = ((x + 6.5, y + 6.5), (x + 6.5, y + 17.5)), (x + 15, y + 6.5)
    for place, eye in enumerate(eyes):
        _camera_eye(easel, *eye, 4.1, 0.2 + 0.6 * place)
    _flash(easel, *flash)
    easel.canvas.drawCircle(flash[0], flash[1] + 4, 0.4, skia.Paint(Color=0xFF101012, AntiAlias=True))


def _three_cameras(easel: Easel, x: float, y: float, wide: float, style: int) -> None:
    if style == 0:
        _island(easel, shapes.box(x, y, 20.5, 20.5, 5.5))
        eyes, flash = ((x + 5.8, y + 5.8), (x + 5.8, y + 14.7), (x + 14.6, y + 10.2)), (x + 15.4, y + 3.4)
    elif style == 1:
        middle = x - 2.4 + wide / 2
        _island(easel, shapes.ellipse(middle, y + 12, 12.6))
        eyes = ((middle - 5.2, y + 8.2), (middle + 5.2, y + 8.2), (middle, y + 17.4))
        flash = (middle, y + 11)
    else:
        _island(easel, shapes.box(x - 1.9, y + 3, wide - 1, 11.5, 2.4))
        eyes = ((x + 5, y + 8.7), (x + 14.4, y + 8.7), (x + 23.8, y + 8.7))
        flash = (x + wide - 6.4, y + 8.7)
    for place, eye in enumerate(eyes):
        _camera_eye(easel, *eye, 3.9, 0.15 + 0.35 * place)
    _flash(easel, *flash)


def draw_power_bank(easel: Easel, look: Look) -> None:
    """A power bank. Raises KeyError for another silhouette."""
    {"slab": _slab, "tube": _tube}[look.silhouette](easel, look)


def _slab(easel: Easel, look: Look) -> None:
    easel.ground = Ground.LYING
    chance = easel.chance
    wide, tall, corner = chance.uniform(35, 42), chance.uniform(62, 70), chance.uniform(3, 9)
    lean, ribs, full = chance.uniform(-16, 16), chance.randrange(3), chance.randrange(2, 5)
    cable, pad = chance.random() < 0.55, chance.random() < 0.4
    body, left, top = solid(easel.body), 50 - wide / 2, 52 - tall / 2
    with easel.turned(lean * (1 if look.view == 0 else -0.6), (50, 50)):
        if cable:
            line = [
                (left + wide * 0.3, top + 2),
                (left + wide * 0.28, top - 8),
                (left - 4, top - 7),
                (left - 8, top + 12),
            ]
            cord(easel, [*line, (left - 6, top + 30)], 1.8, easel.of("rubber"))
            easel.part(shapes.box(left + wide * 0.3 - 2.2, top - 6, 4.4, 7, 1), easel.of("rubber"), Volume.ROUND)
            easel.part(shapes.box(left - 8, top + 29, 4.4, 7, 1), easel.of("rubber"), Volume.ROUND)
            easel.part(shapes.box(left - 7.2, top + 36, 2.8, 4, 0.6), easel.of("steel", STEEL), Volume.ROUND)
        edge = shapes.box(left, top, wide, tall, corner)
        easel.part(edge, body.plain().shade(0.74), Volume.SOFT)
        port(easel, left + wide * 0.3, top + 1.6, 4.4, 1.9)
        port(easel, left + wide * 0.52, top + 1.6, 6, 2.4, WHITE)
        port(easel, left + wide * 0.76, top + 1.6, 6, 2.4, easel.accent)
        face = easel.part(shapes.box(left, top + 3.4, wide, tall - 3.4, corner), body, Volume.SOFT, depth=0.9)
        if ribs == 1:
            for place in range(1, 9):
                x = left + wide * place / 9
                easel.line([(x, top + tall * 0.34), (x, top + tall * 0.86)], 0.4, BLACK, 0.25)
                easel.line([(x + 0.45, top + tall * 0.34), (x + 0.45, top + tall * 0.86)], 0.25, WHITE, 0.3)
        elif ribs == 2:
            panel = shapes.within(face, shapes.box(left, top + 3.4, wide, tall * 0.25))
            easel.part(panel, easel.of("plastic"), Volume.FLAT)
            easel.line([(left, top + 3.4 + tall * 0.25), (left + wide, top + 3.4 + tall * 0.25)], 0.3, BLACK, 0.4)
        print_on = easel.accent if ribs == 2 else easel.colour
        for place in range(4):
            x, y = left + wide * 0.16 + place * 3, top + 9.5
            if place < full:
                lamp(easel, x, y, 0.6, (120, 220, 255) if lightness(print_on) < 0.6 else (40, 130, 230))
            else:
                easel.canvas.drawCircle(x, y, 0.6, skia.Paint(Color=0x66000000, AntiAlias=True))
        easel.part(shapes.ellipse(left + wide - 6, top + 9.5, 2.2), easel.of("steel", STEEL), Volume.SOFT, shadow=0.3)
        if pad:
            ring = shapes.ring(50, top + tall * 0.58, wide * 0.27, wide * 0.235)
            easel.part(ring, easel.of("rubber", legible(easel.colour)), Volume.FLAT)
            bolt = [(0.6, -5), (-3.2, 1), (-0.4, 1), (-0.8, 5), (3.2, -1.2), (0.4, -1.2)]
            easel.part(
                shapes.polygon([(50 + x * 0.8, top + tall * 0.58 + y * 0.8) for x, y in bolt]),
                easel.of("matte"),
                Volume.FLAT,
            )
        easel.words(latin(look.brand), 50, top + tall * 0.9, 3.4, legible(easel.colour), width=wide * 0.6)


def _tube(easel: Easel, look: Look) -> None:
    easel.ground = Ground.STANDING
    chance = easel.chance
    half, tall = chance.uniform(14, 18), chance.uniform(60, 68)
    flat, bands, full, loop = half * 0.24, chance.randrange(3), chance.randrange(2, 5), chance.random() < 0.6
    light = chance.random() < 0.5
    body, top, foot = solid(easel.body), 85 - tall, 85.0
    if loop:
        side = 1 if look.view == 0 else -1
        line = [(50 + side * half * 0.6, top - 1), (50 + side * half * 1.2, top - 6), (50 + side * (half + 9), top + 8)]
        line += [
            (50 + side * (half + 6), top + 30),
            (50 + side * (half + 2.5), top + 20),
            (50 + side * half * 1.0, top + 1),
        ]
        cord(easel, line, 1.7, easel.of("nylon"))
    tube = shapes.joined(shapes.box(50 - half, top, 2 * half, tall - 3), shapes.ellipse(50, foot - 3, half, flat),
        shapes.ellipse(50, top, half, flat))  # fmt: skip
    easel.part(tube, body, Volume.ROUND)
    for y in ((top + 4.5, 78), (top + 14, 70), (top + 4.5,))[bands]:
        band = [(50 - half, y), (50 - half * 0.7, y + flat * 0.72), (50, y + flat)]
        band += [(100 - x, down) for x, down in reversed(band[:-1])]
        easel.part(shapes.within(tube, shapes.ribbon(band, 2.4, square=True)), easel.of("aluminium"), Volume.ROUND)
    lid = easel.part(shapes.ellipse(50, top, half, flat), body.plain().shade(0.9), Volume.FLAT)
    easel.edge(shapes.ellipse(50, top, half - 0.5, flat - 0.2), 0.4, WHITE, 0.4)
    if light:
        easel.part(shapes.ellipse(50, top, half * 0.42, flat * 0.42), easel.of("plastic", (250, 244, 214)), Volume.SOFT)
        glow(easel, 50, top, half * 0.5, (255, 248, 220), 0.9)
    else:
        with easel.turned(0, (50, top)):
            port(easel, 50 - half * 0.3, top, 6, 1.8, WHITE)
            port(easel, 50 + half * 0.45, top, 4, 1.3)
    easel.glint([(50 - half * 0.8, top - flat * 0.4), (50, top - flat * 0.9)], 0.5, 0.6, lid)
    y = top + tall * 0.24
    button = easel.part(shapes.ellipse(50, y, 3), easel.of("steel", STEEL), Volume.SOFT, shadow=0.4)
    easel.edge(button, 0.2)
    easel.edge(shapes.sector(50, y, 1.1, -60, 300), 0.35, (60, 62, 66), 0.9)
    for place in range(4):
        x, down = 50, y + 7 + place * 2.6
        tone = (120, 220, 255) if lightness(easel.colour) < 0.6 else (40, 130, 230)
        if place >= 4 - full:
            lamp(easel, x, down, 0.6, tone)
        else:
            easel.canvas.drawCircle(x, down, 0.6, skia.Paint(Color=0x66000000, AntiAlias=True))
    easel.words(latin(look.brand), 50, top + tall * 0.68, 4.2, legible(easel.colour), width=22, turn=-90)
