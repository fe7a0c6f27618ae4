"""Teddy bears."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache

import skia

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.device_parts import BLACK, WHITE, cord, fill
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.ground import Ground
from bowerbird.demo.draw.stuff import Stuff, argb, lightness, mixed, shade
from bowerbird.demo.draw.volumes import Volume
from bowerbird.demo.look import RGB, Look

_PILE = {"fleece": (1.9, 1.0), "velvet": (0.8, 0.55), "wool": (1.4, 0.8), "cotton": (1.2, 0.8)}
"""How long a cloth's hairs are, and how much of them is seen."""


def draw_teddy_bear(easel: Easel, look: Look) -> None:
    """A teddy bear from the front. Raises KeyError for another silhouette."""
    easel.ground = Ground.STANDING
    {"sitting": _sitting, "standing": _standing}[look.silhouette](easel, look)


class _Plush:
    """Sews furry parts: each with a ragged edge and hairs that hang down."""

    def __init__(self, easel: Easel, look: Look) -> None:
        self.easel = easel
        self.long, self.share = _PILE.get(look.material, (1.2, 0.8))
        self._seed = look.seed % 1000
        self.pale = mixed(easel.colour, (255, 246, 228), 0.55) if lightness(easel.colour) < 0.8 else (226, 214, 196)

    def sew(
        self, path: skia.Path, stuff: Stuff | None = None, shadow: float = 1.2, volume: Volume = Volume.BALL
    ) -> skia.Path:
        stuff = self.easel.body if stuff is None else stuff
        if stuff.finish.texture != "knit":
            # The hairs are texture enough.
            stuff = replace(stuff, finish=replace(stuff.finish, texture=""))
        ragged = self._ragged(path)
        self.easel.part(ragged, stuff, volume, depth=0.72, shadow=shadow)
        self._hairs(ragged)
        return ragged

    def pad(self, path: skia.Path, colour: RGB | None = None) -> None:
        """A short-haired patch: a sole, the inside of an ear."""
        self.easel.part(path, self.easel.of("velvet", self.pale if colour is None else colour), Volume.SOFT, depth=0.7)
        self.easel.edge(path, 0.3, shade(self.easel.colour, 0.5), 0.4)

    def _ragged(self, path: skia.Path) -> skia.Path:
        self._seed += 1
        paint = skia.Paint(Style=skia.Paint.kFill_Style)
        paint.setPathEffect(skia.DiscretePathEffect.Make(0.7, 0.26 * self.long, self._seed))
        ragged = skia.Path()
        paint.getFillPath(path, ragged)
        return ragged

    def _hairs(self, path: skia.Path) -> None:
        """Hairs that hang down and, on either half, outwards."""
        bounds, canvas = path.computeTightBounds(), self.easel.canvas
        canvas.save()
        canvas.clipPath(path, skia.ClipOp.kIntersect, True)
        for flank in (-1, 1):
            left = bounds.left() if flank < 0 else bounds.centerX()
            half = skia.Rect.MakeXYWH(left, bounds.top(), bounds.width() / 2, bounds.height())
            canvas.drawRect(half, _pile(round(self.long, 1), self.share, flank * -22.0))
        canvas.restore()


_TILE, _PIXELS = 36.0, 256


@cache
def _pile(long: float, share: float, turn: float) -> skia.Paint:
    """Hairs, dark and light, over a square that repeats: light and dark leave the cloth its colour."""
    chance = random.Random(11)
    surface = skia.Surface(_PIXELS, _PIXELS)
    canvas = surface.getCanvas()
    canvas.clear(0)
    canvas.scale(_PIXELS / _TILE, _PIXELS / _TILE)
    for tone, alpha in ((BLACK, 0.36), (WHITE, 0.2)):
        points = []
        for _ in range(int(_TILE * _TILE * 0.8)):
            x, y, reach = chance.uniform(0, _TILE), chance.uniform(0, _TILE), long * chance.uniform(0.5, 1.1)
            slant = chance.uniform(-0.4, 0.4) * reach
            for across in (-_TILE, 0.0, _TILE):
                for down in (-_TILE, 0.0):
                    points += [skia.Point(x + across, y + down), skia.Point(x + slant + across, y + reach + down)]
        pen = skia.Paint(Color=argb(tone, alpha * share), StrokeWidth=0.24, AntiAlias=True)
        canvas.drawPoints(skia.Canvas.kLines_PointMode, points, pen)
    matrix = skia.Matrix.RotateDeg(turn)
    matrix.preScale(_TILE / _PIXELS, _TILE / _PIXELS)
    sampling = skia.SamplingOptions(skia.FilterMode.kLinear)
    repeat = skia.TileMode.kRepeat
    return skia.Paint(Shader=surface.makeImageSnapshot().makeShader(repeat, repeat, sampling, matrix))


def _sitting(easel: Easel, look: Look) -> None:
    chance = easel.chance
    plush = _Plush(easel, look)
    fat, head, leg = chance.uniform(20, 24), chance.uniform(18.5, 21.5), chance.uniform(0, 4)
    trim, belly, ears = chance.randrange(4), chance.random() < 0.5, chance.uniform(6.5, 8.5)
    side = 1 if look.view == 0 else -1
    tilt = chance.uniform(-5, 5) + (0 if look.view == 0 else side * 6)
    for flank in (-1, 1):
        arm = shapes.ribbon(
            [(50 + flank * (fat - 4), 52), (50 + flank * (fat + 4), 60), (50 + flank * (fat + 5), 67)], 12.5
        )
        plush.sew(arm, easel.body.turned(flank * 20).shade(0.94))
    body = plush.sew(shapes.ellipse(50, 64, fat, 22.5))
    if belly:
        plush.sew(shapes.ellipse(50, 68, fat * 0.62, 15.5), easel.of(look.material, plush.pale), 0.0, Volume.SOFT)
    easel.crease([(50, 46), (50.3, 62), (50, 84)], 0.5, 0.3, body)
    for flank in (-1, 1):
        x, y = 50 + flank * (22 + leg), 77.5
        plush.sew(
            shapes.moved(shapes.ellipse(x - flank * 4, y - 1, 13, 10.5), turn=flank * 18, about=(x, y)), shadow=1.6
        )
        with easel.turned(flank * 12, (x, y)):
            plush.sew(shapes.ellipse(x + flank * 1.5, y, 9.8, 11.4))
            plush.pad(shapes.ellipse(x + flank * 1.5, y + 2.4, 5.8, 6.2))
            for toe in (-1, 0, 1):
                plush.pad(shapes.ellipse(x + flank * 1.5 + toe * 4.2, y - 6.4 + abs(toe) * 1.2, 1.7, 1.9))
    with easel.turned(tilt, (50, 46)):
        _bear_head(plush, 50, 48 - head * 0.86, head, ears)
    _bear_trim(plush, trim, 50, 47.5)


def _standing(easel: Easel, look: Look) -> None:
    chance = easel.chance
    plush = _Plush(easel, look)
    fat, head, ears = chance.uniform(15.5, 18.5), chance.uniform(16, 18.5), chance.uniform(5.8, 7.4)
    trim, belly, wave = chance.randrange(4), chance.random() < 0.5, chance.random() < 0.5
    side = 1 if look.view == 0 else -1
    tilt = chance.uniform(-4, 4) + (0 if look.view == 0 else side * 5)
    for flank in (-1, 1):
        leg = shapes.smooth([(50 + flank * 2, 62), (50 + flank * fat * 0.98, 64), (50 + flank * (fat * 0.94), 80),
            (50 + flank * (fat + 2), 88), (50 + flank * 8, 89), (50 + flank * 2, 87),
            (50 + flank * 2.4, 76)])  # fmt: skip
        plush.sew(leg, easel.body.turned(flank * 8))
        plush.sew(shapes.ellipse(50 + flank * (fat * 0.62), 85.6, 9, 4.8), shadow=0.8)
    for flank in (-1, 1):
        raised = wave and flank == side
        hand = (50 + flank * (fat + 12), 40) if raised else (50 + flank * (fat + 7), 67)
        elbow = (50 + flank * (fat + 6), 48) if raised else (50 + flank * (fat + 4.5), 57)
        arm = shapes.ribbon([(50 + flank * (fat - 4), 48), elbow, hand], 10.5)
        plush.sew(arm, easel.body.turned(flank * 16).shade(0.94))
        if raised:
            plush.pad(shapes.ellipse(hand[0], hand[1], 3, 3.2))
    body = plush.sew(shapes.smooth([(50, 40), (50 + fat * 0.8, 46), (50 + fat, 60), (50 + fat * 0.86, 72), (50, 76),
        (50 - fat * 0.86, 72), (50 - fat, 60), (50 - fat * 0.8, 46)]))  # fmt: skip
    if belly:
        plush.sew(shapes.ellipse(50, 62, fat * 0.62, 11.5), easel.of(look.material, plush.pale), 0.0, Volume.SOFT)
    easel.crease([(50, 42), (50.3, 58), (50, 75)], 0.5, 0.3, body)
    with easel.turned(tilt, (50, 42)):
        _bear_head(plush, 50, 43 - head * 0.86, head, ears)
    _bear_trim(plush, trim, 50, 42.5, 0.84)


def _bear_head(plush: _Plush, x: float, y: float, reach: float, ears: float) -> None:
    easel = plush.easel
    for flank in (-1, 1):
        ex, ey = x + flank * reach * 0.76, y - reach * 0.66
        plush.sew(shapes.ellipse(ex, ey, ears), shadow=0.0)
        plush.pad(shapes.ellipse(ex - flank * 0.6, ey + 1, ears * 0.56))
    plush.sew(shapes.ellipse(x, y, reach * 1.06, reach * 0.94))
    snout = shapes.ellipse(x, y + reach * 0.34, reach * 0.47, reach * 0.38)
    plush.sew(snout, easel.of(easel.look.material, plush.pale), 0.5)
    dark = (38, 28, 26)
    nose_y = y + reach * 0.16
    mouth = [
        (x - reach * 0.2, nose_y + reach * 0.34),
        (x - reach * 0.08, nose_y + reach * 0.4),
        (x, nose_y + reach * 0.3),
    ]
    easel.line([(x, nose_y), (x, nose_y + reach * 0.31)], 0.6, dark)
    easel.line(mouth, 0.6, dark)
    easel.line([(2 * x - across, down) for across, down in mouth], 0.6, dark)
    nose = shapes.smooth([(x - reach * 0.17, nose_y - reach * 0.06), (x, nose_y - reach * 0.12),
        (x + reach * 0.17, nose_y - reach * 0.06), (x, nose_y + reach * 0.13)])  # fmt: skip
    easel.part(nose, easel.of("velvet", dark), Volume.BALL, shadow=0.4)
    for flank in (-1, 1):
        ex, ey = x + flank * reach * 0.4, y - reach * 0.08
        easel.shadow_patch(shapes.ellipse(ex, ey + 0.3, 2.4), 0.3, 0.6)
        easel.part(shapes.ellipse(ex, ey, reach * 0.1), easel.of("plastic", (28, 20, 18)), Volume.BALL)
        fill(easel, shapes.ellipse(ex - 0.55, ey - 0.65, 0.55), WHITE, 0.95)
        easel.line([(ex - 1.8, ey - 3.2), (ex, ey - 3.9), (ex + 1.8, ey - 3.4)], 0.5, shade(easel.colour, 0.4), 0.7)


def _bear_trim(plush: _Plush, style: int, x: float, y: float, scale: float = 1.0) -> None:
    """A bow, a scarf, a ribbon with a heart, or nothing at the neck."""
    easel = plush.easel
    with easel.turned(0, (x, y), scale):
        if style == 0:
            for flank in (-1, 1):
                wing = shapes.smooth(
                    [
                        (x, y),
                        (x + flank * 7, y - 4.6),
                        (x + flank * 11, y - 3),
                        (x + flank * 10.4, y + 4.4),
                        (x + flank * 5, y + 3.6),
                    ]
                )
                path = easel.part(wing, easel.of("silk"), Volume.SOFT, shadow=1)
                easel.crease([(x + flank * 2, y), (x + flank * 8, y - 0.6)], 0.8, 0.35, path)
            easel.part(shapes.ellipse(x, y, 2.5, 2.8), easel.of("silk"), Volume.SOFT, shadow=0.6)
        elif style == 1:
            scarf = easel.of("wool")
            cord(
                easel,
                [(x - 15, y - 3), (x - 8, y + 2), (x, y + 3), (x + 8, y + 2), (x + 15, y - 3)],
                6,
                scarf,
                shadow=1.2,
            )
            tail = easel.part(shapes.polygon([(x + 5, y + 2), (x + 11, y + 1), (x + 13.5, y + 18),
                (x + 7, y + 19)]), scarf, Volume.SOFT, shadow=1)  # fmt: skip
            for place in range(5):
                easel.line([(x + 7.6 + place * 1.3, y + 18.6), (x + 7.6 + place * 1.3, y + 21.4)], 0.6, easel.accent)
            easel.print_on(tail, shapes.box(x, y + 12, 20, 2), WHITE if lightness(easel.accent) < 0.7 else easel.colour)
        elif style == 2:
            cord(easel, [(x - 13, y - 3), (x, y + 2), (x + 13, y - 3)], 2.2, easel.of("silk"), shadow=0.8)
            heart = [(0, 2), (-3.4, -1.4), (-3, -4), (0, -2.4), (3, -4), (3.4, -1.4)]
            easel.part(
                shapes.smooth([(x + a * 1.2, y + 6 + b * 1.2) for a, b in heart]),
                easel.of("velvet"),
                Volume.BALL,
                shadow=0.8,
            )
