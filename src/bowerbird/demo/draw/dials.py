"""The face of a watch: scale, figures, small dials and hands, or a liquid crystal."""

from __future__ import annotations

from dataclasses import dataclass

import skia

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.gleams import BLACK, WHITE, dashes, flood, lit
from bowerbird.demo.draw.shapes import Point
from bowerbird.demo.draw.stuff import argb, lightness, mixed, shade
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import RGB

_ROMAN = ("XII", "I", "II", "III", "IIII", "V", "VI", "VII", "VIII", "IX", "X", "XI")


@dataclass(frozen=True, slots=True)
class Dial:
    """What a face shows.

    ``indices``: batons, Arabic figures at the quarters, Roman figures, or dots (0 to 3); ``hands``: pointed,
    straight or leaf-shaped (0 to 2); the time is ten o'clock and ``minutes``.
    """

    colour: RGB
    metal: RGB
    indices: int
    hands: int
    minutes: int
    seconds: float
    date: bool
    chronograph: bool
    second_colour: RGB

    @property
    def ink(self) -> RGB:
        """What is printed on the face."""
        return (38, 40, 46) if lightness(self.colour) > 0.5 else (240, 240, 236)

    @property
    def applied(self) -> RGB:
        """The metal of figures and hands, such as can be read on the face."""
        light = lightness(self.colour) > 0.5
        return mixed(self.metal, (30, 32, 40), 0.62) if light and lightness(self.metal) > 0.4 else lit(self.metal, 1.25)


def lay_dial(easel: Easel, face: skia.Path, dial: Dial, half: Point, square: bool) -> None:
    """Draw a dial about (50, 50) inside ``face``; ``half`` is half its width and height."""
    _sunburst(easel, face, dial.colour)
    across, down = half
    _minute_track(easel, dial, half, square)
    for hour in range(12):
        _index(easel, dial, hour, half, square)
    if dial.chronograph:
        for turn in (90, 180, 270):
            _small_dial(easel, dial, shapes.around(50, 50, across * 0.44, turn), across * 0.24, turn)
    elif dial.date:
        _date(easel, dial, 50 + across * 0.56)
    brand = easel.look.brand if easel.look.brand.isascii() else ""
    easel.words(brand, 50, 50 - down * 0.4, across * 0.11, dial.ink, width=across * 0.7)
    if not dial.chronograph:
        easel.words(
            ("AUTOMATIC", "QUARTZ", "SAPPHIRE")[dial.minutes % 3], 50, 50 + down * 0.44, across * 0.062, dial.ink
        )
    _hands(easel, dial, min(across, down))
    easel.edge(face, 1.6, BLACK, 0.22)


def _sunburst(easel: Easel, face: skia.Path, colour: RGB) -> None:
    """Light that turns with the brushing of the face."""
    factors = (1.12, 0.86, 1.05, 1.28, 0.84, 1.1, 1.38, 1.0, 0.8, 1.12)
    shades = [argb(shade(colour, factor)) for factor in factors]
    stops = [place / (len(shades) - 1) for place in range(len(shades))]
    shader = skia.GradientShader.MakeSweep(50, 50, shades, stops)
    flood(easel, face, shader)
    bounds = face.computeTightBounds()
    vignette = [argb(colour, 0.0), argb(colour, 0.0), argb(shade(colour, 0.5), 0.6)]
    edge = skia.GradientShader.MakeRadial(skia.Point(50, 50), bounds.height() * 0.56, vignette, [0, 0.55, 1])
    flood(easel, face, edge)


def _rim(half: Point, degrees: float, share: float, square: bool) -> Point:
    """A point at a share of the way from the middle to the edge of a round or square face."""
    across, down = half
    x, y = shapes.around(0, 0, 1, degrees)
    reach = 1 / max(abs(x), abs(y)) if square else 1.0
    return 50 + x * reach * across * share, 50 + y * reach * down * share


def _minute_track(easel: Easel, dial: Dial, half: Point, square: bool) -> None:
    if square:
        for every, width in ((1, 0.2), (5, 0.45)):
            marks = skia.Path()
            for minute in range(0, 60, every):
                marks.moveTo(*_rim(half, minute * 6, 0.9, square))
                marks.lineTo(*_rim(half, minute * 6, 0.945, square))
            easel.edge(marks, width, dial.ink, 0.85)
        return
    radius = half[0] * 0.93
    step = 2 * 3.14159 * radius / 60
    for every, width, on in ((1, half[0] * 0.045, 0.2), (5, half[0] * 0.07, 0.42)):
        # The circle begins at the top, so that the first mark lies at twelve.
        ring = shapes.moved(shapes.ellipse(50, 50, radius), turn=-90 - 360 * on / 2 / (step * 60))
        dashes(easel, ring, width, dial.ink, on, step * every - on, 0.9)


def _index(easel: Easel, dial: Dial, hour: int, half: Point, square: bool) -> None:
    x, y = _rim(half, hour * 30, 0.76, square)
    size = min(half)
    quarter = hour % 3 == 0
    if dial.chronograph and hour in (3, 6, 9):
        return
    if dial.date and hour == 3 and not dial.chronograph:
        return
    if dial.indices == 2 or (dial.indices == 1 and quarter):
        figure = _ROMAN[hour] if dial.indices == 2 else str(hour or 12)
        turn = hour * 30.0 if dial.indices == 2 and not square else 0.0
        easel.words(figure, x, y, size * (0.15 if dial.indices == 2 else 0.2), dial.ink, width=size * 0.3, turn=turn)
    elif dial.indices == 3:
        radius = size * (0.062 if quarter else 0.045)
        easel.print_on(shapes.box(0, 0, 100, 100), shapes.ellipse(x, y, radius * 1.3), shade(dial.applied, 0.5))
        easel.print_on(shapes.box(0, 0, 100, 100), shapes.ellipse(x, y, radius), lit(dial.applied, 1.5))
    else:
        turn = hour * 30.0
        ends = [_rim(half, turn, share, square) for share in (0.84, 0.62 if quarter else 0.68)]
        _baton(easel, ends[0], ends[1], size * (0.07 if quarter else 0.05), dial.applied)


def _baton(easel: Easel, start: Point, end: Point, width: float, metal: RGB) -> None:
    """A bar of metal with a light and a dark side and its shadow."""
    easel.line([(start[0] + 0.2, start[1] + 0.35), (end[0] + 0.2, end[1] + 0.35)], width, BLACK, 0.3, bent=False)
    easel.line([start, end], width, shade(metal, 0.55), 1.0, bent=False)
    shift = width * 0.18
    easel.line(
        [(start[0] - shift, start[1] - shift), (end[0] - shift, end[1] - shift)],
        width * 0.5,
        lit(metal, 1.6),
        1.0,
        bent=False,
    )


def _small_dial(easel: Easel, dial: Dial, centre: Point, radius: float, turn: float) -> None:
    x, y = centre
    disc = shapes.ellipse(x, y, radius)
    easel.print_on(disc, disc, shade(dial.colour, 0.78 if lightness(dial.colour) > 0.3 else 1.16))
    for share, alpha in ((0.9, 0.1), (0.7, 0.08), (0.5, 0.08)):
        easel.edge(shapes.ellipse(x, y, radius * share), 0.2, dial.ink, alpha * 2)
    easel.edge(disc, 0.35, lit(dial.metal, 1.3), 0.9)
    dashes(
        easel,
        shapes.ellipse(x, y, radius * 0.84),
        radius * 0.16,
        dial.ink,
        0.16,
        2 * 3.14159 * radius * 0.84 / 20 - 0.16,
    )
    _pointer(easel, centre, turn * 1.7 + dial.seconds * 4, radius * 0.72, 0.5, dial.applied)


def _date(easel: Easel, dial: Dial, x: float) -> None:
    frame = shapes.box(x - 2.3, 48, 4.8, 4, 0.4)
    easel.print_on(frame, frame, (250, 250, 247))
    easel.edge(frame, 0.4, shade(dial.metal, 0.7), 1.0)
    easel.words(str(int(dial.seconds) % 28 + 1), x + 0.1, 50, 2.4, (30, 30, 34))


def _hands(easel: Easel, dial: Dial, size: float) -> None:
    hour = 300 + dial.minutes * 0.5
    for degrees, length, width in ((hour, 0.5, 0.1), (dial.minutes * 6, 0.76, 0.078)):
        _hand(easel, dial, degrees, size * length, size * width)
    _pointer(easel, (50, 50), dial.seconds * 6, size * 0.84, 0.42, dial.second_colour)
    for radius, tone in ((0.062, shade(dial.applied, 0.5)), (0.05, dial.second_colour), (0.02, WHITE)):
        easel.print_on(shapes.box(0, 0, 100, 100), shapes.ellipse(50, 50, size * radius), tone)


def _hand(easel: Easel, dial: Dial, degrees: float, length: float, width: float) -> None:
    """A hand with a ridge: its left half lit, its right half dark."""
    tip, tail = 50 - length, 50 + length * 0.16
    widest = {0: 50 - length * 0.12, 1: 50 - length * 0.9, 2: 50 - length * 0.45}[dial.hands]
    foot = width * {0: 0.3, 1: 0.9, 2: 0.35}[dial.hands]
    head = width * (0.8 if dial.hands == 1 else 0.02)
    outline = [
        (50 - head / 2, tip),
        (50 + head / 2, tip),
        (50 + width / 2, widest),
        (50 + foot / 2, tail),
        (50 - foot / 2, tail),
        (50 - width / 2, widest),
    ]
    whole = shapes.moved(shapes.polygon(outline), turn=degrees)
    everywhere = shapes.box(0, 0, 100, 100)
    easel.print_on(everywhere, shapes.moved(whole, 0.35, 0.6), BLACK, 0.32)
    easel.print_on(everywhere, whole, shade(dial.applied, 0.62))
    lit_half = shapes.polygon(
        [(50, tip), (50, tail), (50 - foot / 2, tail), (50 - width / 2, widest), (50 - head / 2, tip)]
    )
    easel.print_on(everywhere, shapes.moved(lit_half, turn=degrees), lit(dial.applied, 1.45))
    if dial.hands == 1:
        glow = shapes.box(50 - width * 0.26, tip + length * 0.1, width * 0.52, length * 0.5, width * 0.2)
        easel.print_on(everywhere, shapes.moved(glow, turn=degrees), (236, 240, 226), 0.95)


def _pointer(easel: Easel, centre: Point, degrees: float, length: float, width: float, colour: RGB) -> None:
    """A thin hand with a counterweight, and its shadow."""
    tip, tail = shapes.around(*centre, length, degrees), shapes.around(*centre, length * 0.26, degrees + 180)
    easel.line([(tip[0] + 0.4, tip[1] + 0.7), (tail[0] + 0.4, tail[1] + 0.7)], width, BLACK, 0.25, bent=False)
    easel.line([tip, tail], width, colour, 1.0, bent=False)
    easel.line([shapes.around(*centre, length * 0.1, degrees + 180), tail], width * 2.2, colour, 1.0, bent=False)


def lay_screen(easel: Easel, half: tuple[float, float], light: bool, time: str, seconds: int, style: int) -> None:
    """A liquid crystal: the time in seven segments, the seconds, the day, and a row of small marks."""
    across, down = half
    ground, ink = ((186, 198, 178), (34, 40, 36)) if light else ((30, 36, 40), (196, 224, 226))
    screen = shapes.box(50 - across, 50 - down, 2 * across, 2 * down, 1.2)
    easel.part(screen, easel.of("matte", ground), Volume.FLAT)
    easel.shadow_patch(shapes.box(50 - across, 50 - down - 1, 2 * across, 1.8), 0.5, 0.6, screen)
    height = min(down * 1.05, across * 0.58)
    _segments(easel, time, (50 - across * 0.92, 50 - down * 0.26), height, ink)
    _segments(easel, str(seconds), (50 + across * 0.64, 50 - down * 0.26 + height * 0.54), height * 0.46, ink)
    easel.words(("SU 18", "FR 07", "MO 23")[style], 50 - across * 0.5, 50 - down * 0.66, down * 0.3, ink)
    for place in range(5 + style):
        easel.print_on(
            screen,
            shapes.box(50 + across * 0.1 + place * across * 0.11, 50 - down * 0.78, across * 0.07, down * 0.22),
            ink,
            0.85,
        )
    easel.line([(50 - across * 0.9, 50 - down * 0.44), (50 + across * 0.9, 50 - down * 0.44)], 0.25, ink, 0.6)


_SEGMENTS = {
    "0": "abcdef", "1": "bc", "2": "abged", "3": "abgcd", "4": "fgbc", "5": "afgcd", "6": "afgedc", "7": "abc",
    "8": "abcdefg", "9": "abcdfg",
}  # fmt: skip
_ENDS = {
    "a": (0, 0, 1, 0), "b": (1, 0, 1, 1), "c": (1, 1, 1, 2), "d": (0, 2, 1, 2), "e": (0, 1, 0, 2), "f": (0, 0, 0, 1),
    "g": (0, 1, 1, 1),
}  # fmt: skip


def _segments(easel: Easel, text: str, corner: tuple[float, float], height: float, ink: RGB) -> None:
    """Figures of seven segments from an upper left corner; a colon is two dots."""
    x, y = corner
    wide = height * 0.42
    pen = height * 0.11
    for sign in text:
        if sign == ":":
            for share in (0.32, 0.68):
                easel.print_on(shapes.box(0, 0, 100, 100), shapes.box(x, y + height * share, pen, pen), ink)
            x += height * 0.2
            continue
        for name in _SEGMENTS[sign]:
            ax, ay, bx, by = _ENDS[name]
            gap_x, gap_y = (pen * 0.62, 0.0) if ay == by else (0.0, pen * 0.62)
            start = (x + ax * wide + gap_x, y + ay * height / 2 + gap_y)
            end = (x + bx * wide - gap_x, y + by * height / 2 - gap_y)
            easel.print_on(shapes.box(0, 0, 100, 100), shapes.ribbon([start, end], pen, square=True), ink)
        x += height * 0.6
