"""Laptops."""

from __future__ import annotations

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.device_parts import (
    WHITE,
    Perspective,
    cord,
    fill,
    glassy,
    grille,
    lamp,
    latin,
    legible,
    port,
    screw,
    soft_black,
    solid,
    wallpaper,
)
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.ground import Ground
from bowerbird.demo.draw.keycaps import ROWS, TOP_ROW, lay_keys
from bowerbird.demo.draw.shapes import Point
from bowerbird.demo.draw.stuff import lightness, mixed, shade
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import Look


def draw_laptop(easel: Easel, look: Look) -> None:
    """An open laptop from above its front edge. Raises KeyError for another silhouette."""
    easel.ground = Ground.STANDING
    {"thin": _thin, "sturdy": _sturdy}[look.silhouette](easel, look)


def _thin(easel: Easel, look: Look) -> None:
    chance = easel.chance
    half, flare, hinge = chance.uniform(30, 32.5), chance.uniform(5.5, 8), chance.uniform(52, 54)
    lid, paper = chance.uniform(37, 41), chance.randrange(8)
    dark_keys, notch, foot = chance.random() < 0.6, chance.random() < 0.4, chance.uniform(80, 83)
    window, speakers = chance.random() < 0.6, chance.random() < 0.5
    top, lean = hinge - lid, 1.0 if look.view == 0 else 2.0
    rim = [(50 - half - lean, top), (50 + half + lean, top), (50 + half, hinge + 1), (50 - half, hinge + 1)]
    rim = [(50 + (x - 50) * 0.955, y + (1.4 if y == top else 0)) for x, y in rim]
    frame = shapes.joined(shapes.polygon(rim), shapes.outlined(shapes.polygon(rim[:4]), 2.8))
    easel.part(frame, solid(easel.body), Volume.BEVEL)
    pane = shapes.moved(frame, 0, -0.2, scale=0.965, about=(50, (top + hinge) / 2))
    fill(easel, pane, (14, 14, 17))
    _screen(easel, look, (50 - half - lean + 2.2, top + 2.4, 2 * (half + lean) - 4.4, lid - 4.6), paper, window, notch)
    corners = ((50 - half, hinge), (50 + half, hinge), (50 + half + flare, foot), (50 - half - flare, foot))
    _deck(easel, corners, dark_keys, speakers)
    (_, _, (right, low), (left, _)) = corners
    lip = shapes.polygon([(left, low), (right, low), (right - 1.5, low + 2.6), (left + 1.5, low + 2.6)])
    easel.part(lip, solid(easel.body).shade(0.82), Volume.ROLL, depth=0.8)
    fill(easel, shapes.box(45, low, 10, 1.1, 0.5), shade(easel.colour, 0.5), 0.9)


def _screen(
    easel: Easel, look: Look, place: tuple[float, float, float, float], paper: int, window: bool, notch: bool
) -> None:
    """A lit screen: wallpaper, a bar of icons, and a window with a text and a picture on it."""
    left, top, wide, tall = place
    pane = shapes.box(left, top, wide, tall, 0.8)
    wallpaper(easel, pane, paper, easel.colour, easel.accent)
    fill(easel, shapes.box(left, top, wide, 1.6), (20, 22, 30), 0.35)
    for number in range(5):
        fill(easel, shapes.box(left + 1.5 + number * 3.2, top + 0.55, 2.2, 0.5, 0.2), WHITE, 0.8)
    if window:
        x, y, across, down = left + wide * 0.14, top + tall * 0.16, wide * 0.5, tall * 0.58
        easel.shadow_patch(shapes.box(x + 0.4, y + 0.8, across, down, 1), 0.35, 0.8)
        fill(easel, shapes.box(x, y, across, down, 1), (250, 250, 250))
        for number, tone in enumerate(((236, 96, 86), (244, 190, 78), (98, 196, 84))):
            fill(easel, shapes.ellipse(x + 1.5 + number * 1.5, y + 1.4, 0.45), tone)
        wallpaper(
            easel, shapes.box(x + 1.4, y + 3, across * 0.42, down - 4.6, 0.4), paper + 3, easel.accent, easel.colour
        )
        for line in range(6):
            long = across * (0.42, 0.38, 0.44, 0.3, 0.42, 0.2)[line]
            tone = easel.colour if line == 0 else (150, 152, 158)
            fill(
                easel,
                shapes.box(x + across * 0.5, y + 3.4 + line * down * 0.13, long, 1.5 if line == 0 else 0.8, 0.3),
                tone,
            )
    dock = shapes.box(50 - wide * 0.2, top + tall - 4.2, wide * 0.4, 3.4, 1)
    fill(easel, dock, WHITE, 0.4)
    tones = (
        (66, 133, 244),
        (244, 120, 60),
        (60, 170, 110),
        (240, 190, 60),
        (150, 90, 200),
        (90, 96, 110),
        easel.accent,
    )
    for number, tone in enumerate(tones):
        fill(easel, shapes.box(50 - wide * 0.185 + number * wide * 0.054, top + tall - 3.7, 2.4, 2.4, 0.6), tone)
    if notch:
        fill(easel, shapes.box(46, top - 0.5, 8, 2, 0.7), (14, 14, 17))
    else:
        fill(easel, shapes.ellipse(50, top - 1.1, 0.4), (60, 62, 72))
    glassy(easel, pane, 0.12)


def _deck(easel: Easel, corners: tuple[Point, Point, Point, Point], dark_keys: bool, speakers: bool) -> None:
    """The lower half seen slantwise: keys in their well, touchpad, and grilles beside the keys."""
    tops = easel.part(shapes.polygon(corners), solid(easel.body), Volume.FLAT, depth=1.3)
    easel.shadow_patch(shapes.polygon([corners[0], corners[1], (corners[1][0], corners[1][1] + 1.6),
        (corners[0][0], corners[0][1] + 1.6)]), 0.4, 0.7, tops)  # fmt: skip
    key = (44, 45, 50) if dark_keys else mixed(easel.colour, WHITE, 0.4)
    with Perspective(easel, 100, 66, corners):
        well = shapes.box(11, 6, 78, 30, 1)
        fill(easel, well, shade(easel.colour, 0.62))
        lay_keys(easel, 11.6, 6.6, 76.8 / 15, 28.8 / 5.7, [TOP_ROW, *ROWS], key, flat=True)
        pad = shapes.box(33, 40, 34, 22, 1.4)
        fill(easel, pad, shade(easel.colour, 0.93 if lightness(easel.colour) > 0.2 else 1.1))
        easel.edge(pad, 0.35, (0, 0, 0), 0.3)
        if speakers:
            for x in (3, 91.5):
                grille(easel, shapes.box(x, 7, 5.5, 28), 1.3, 0.6, shade(easel.colour, 0.3))
    easel.edge(tops, 0.3, WHITE, 0.3)


def _sturdy(easel: Easel, look: Look) -> None:
    chance = easel.chance
    half, flare, hinge = chance.uniform(29, 31), chance.uniform(5.5, 7.5), chance.uniform(51, 53)
    lid, paper, handle = chance.uniform(36, 39), chance.randrange(8), chance.random() < 0.6
    window, screws = chance.random() < 0.6, chance.random() < 0.7
    top, foot = hinge - lid, 78.0
    body = solid(easel.body)
    frame = easel.part(shapes.box(50 - half - 1, top, 2 * half + 2, lid + 1, 2.6), body, Volume.BEVEL)
    for x in (50 - half - 2, 50 + half - 5):
        for y in (top - 1, hinge - 6):
            easel.part(shapes.box(x, y, 7, 7, 2), soft_black(), Volume.BEVEL)
            if screws:
                screw(easel, x + 3.5, y + 3.5, 1.0, x + y)
    easel.shadow_patch(shapes.box(50 - half + 3.6, top + 3.6, 2 * half - 7.2, lid - 8, 1), 0.6, 0.6, frame)
    fill(easel, shapes.box(50 - half + 4, top + 4, 2 * half - 8, lid - 9, 0.8), (14, 14, 17))
    _screen(easel, look, (50 - half + 5, top + 5, 2 * half - 10, lid - 11), paper, window, False)
    easel.words(latin(look.brand), 50, hinge - 2.4, 2.2, legible(easel.colour), width=20)
    for x in (50 - half * 0.6, 50 + half * 0.6):
        easel.part(shapes.box(x - 5, hinge - 0.6, 10, 3, 1), easel.of("steel", (110, 113, 119)), Volume.ROLL)
    corners = ((50 - half, hinge + 1), (50 + half, hinge + 1), (50 + half + flare, foot), (50 - half - flare, foot))
    if handle:
        line = [(38, foot + 4), (39, foot + 9.5), (61, foot + 9.5), (62, foot + 4)]
        cord(easel, line, 3, soft_black())
    _deck(easel, corners, True, True)
    left, right = corners[3][0], corners[2][0]
    lip = easel.part(
        shapes.box(left - 0.4, foot, right - left + 0.8, 6.2, 1.4), body.shade(0.9), Volume.ROLL, depth=0.8
    )
    for x in (left - 1, right - 7):
        easel.part(shapes.box(x, foot - 0.8, 8, 7.6, 2), soft_black(), Volume.BEVEL)
    for x in (41, 56):
        easel.part(shapes.box(x, foot - 0.6, 3.4, 3.4, 0.8), easel.of("plastic"), Volume.BEVEL)
    port(easel, left + 14, foot + 3.4, 6, 2.2, easel.accent)
    port(easel, left + 22, foot + 3.4, 4, 1.8)
    for place, tone in enumerate(((90, 220, 140), (255, 170, 60))):
        lamp(easel, right - 14 - place * 3, foot + 3.2, 0.5, tone)
    easel.edge(lip, 0.2)
