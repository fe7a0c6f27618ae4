"""Round bodies: pots, vases, jars and tins, by their profile, lit along it and with their pattern bent round them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import skia
from numpy.typing import NDArray

from bowerbird.demo.draw import shapes
from bowerbird.demo.draw.easel import Easel
from bowerbird.demo.draw.patterns import lay_pattern
from bowerbird.demo.draw.shapes import Point
from bowerbird.demo.draw.stuff import Stuff, argb
from bowerbird.demo.draw.textures import Field, texture

_SLICES = 12
# Of a pattern's sheet, a hundredth of the side.
_PIXELS = 6.4
# Towards the light: left, up, to the viewer.
_LIGHT = (-0.53, 0.46, 0.71)
_WHITE, _BLACK = (255, 255, 255), (0, 0, 0)
_MIRRORED = (
    (-1.0, -0.45), (-0.86, 0.1), (-0.66, 0.72), (-0.44, 0.3), (-0.36, -0.38), (-0.16, -0.5), (0.02, -0.14), (0.3,
        0.12),
    (0.62, -0.1), (0.74, 0.5), (0.84, 0.3), (0.93, -0.35), (1.0, -0.6),
)  # fmt: skip


def seen_from(easel: Easel, low: float = 0.17, high: float = 0.27) -> float:
    """How flat the circles of a round body are: seen a little from above, more so in another view than 0."""
    return high if easel.look.view else low


@dataclass(frozen=True, slots=True)
class Lathe:
    """A round body: (height y, radius) from top to bottom, its axis at ``x``; ``flat`` is how flat its circles are."""

    profile: tuple[Point, ...]
    x: float = 50.0
    flat: float = 0.17
    turn: float = 0.0
    """How far it is turned, in hundredths of the pattern."""

    @property
    def top(self) -> float:
        """The height of its upper end."""
        return self.profile[0][0]

    @property
    def foot(self) -> float:
        """The height of its lower end, at the axis."""
        return self.profile[-1][0]

    def radius(self, y: float) -> float:
        """Its radius at a height."""
        ys, radii = zip(*self.profile, strict=True)
        return float(np.interp(y, ys, radii))

    def circle(self, y: float, grow: float = 0.0) -> skia.Path:
        """Its circle at a height, ``grow`` wider."""
        radius = self.radius(y) + grow
        return shapes.ellipse(self.x, y, radius, radius * self.flat)

    def arc(self, y: float, start: float = 0.0, end: float = 180.0) -> list[Point]:
        """Points of the circle at a height; 0 to 180 degrees is its front from right to left."""
        radius = self.radius(y)
        steps = max(3, math.ceil(abs(end - start) / 9))
        angles = [math.radians(start + (end - start) * step / steps) for step in range(steps + 1)]
        return [(self.x + radius * math.cos(a), y + radius * self.flat * math.sin(a)) for a in angles]

    def outline(self) -> skia.Path:
        """The whole silhouette, with the front of the foot and of what is wider above it."""
        profile = np.array(self.profile, np.float64)
        widest = len(profile) - 1 - int(np.argmax(profile[::-1, 1]))
        ys, radii = profile[:, 0], profile[:, 1]
        across = radii[widest] * np.cos(np.linspace(0, np.pi / 2, 40))
        deep = np.sqrt(np.maximum(radii[widest:, None] ** 2 - across[None, :] ** 2, 0)) * self.flat + ys[widest:, None]
        lowest = np.where(radii[widest:, None] >= across[None, :], deep, -np.inf).max(axis=0)
        lowest = np.maximum(lowest, np.interp(across, radii[widest:][::-1], ys[widest:][::-1]))
        sides = [(float(radius), float(y)) for y, radius in profile[: widest + 1]]
        half = [*sides, *zip(across.tolist(), lowest.tolist(), strict=True)]
        left = [(self.x - radius, y) for radius, y in half]
        right = [(self.x + radius, y) for radius, y in reversed(half)]
        return shapes.polygon([*self.arc(self.top, 360, 180), *left, *right])

    def band(self, upper: float, lower: float) -> skia.Path:
        """What lies between two heights, as the front shows it."""
        within = [(y, radius) for y, radius in self.profile if upper < y < lower]
        left = [(self.x - radius, y) for y, radius in within]
        right = [(self.x + radius, y) for y, radius in reversed(within)]
        return shapes.polygon([*self.arc(upper, 0, 180), *left, *self.arc(lower, 180, 0), *right])

    def part(self, upper: float, lower: float) -> Lathe:
        """The body between two heights."""
        within = [(y, radius) for y, radius in self.profile if upper < y < lower]
        ends = ((upper, self.radius(upper)), (lower, self.radius(lower)))
        return replace(self, profile=(ends[0], *within, ends[1]))


def turned(points: Sequence[Point], x: float = 50.0, flat: float = 0.17, turn: float = 0.0, steps: int = 7) -> Lathe:
    """A body whose profile runs smoothly through (y, radius) points; a point given twice makes an edge."""
    fine: list[Point] = [points[0]]
    last = len(points) - 1
    for place in range(last):
        here, there = points[place], points[place + 1]
        if here == there:
            continue
        before, after = points[max(place - 1, 0)], points[min(place + 2, last)]
        for step in range(1, steps + 1):
            t = step / steps
            fine.append((_between(before[0], here[0], there[0], after[0], t),
                         max(_between(before[1], here[1], there[1], after[1], t), 0.05)))  # fmt: skip
    # Heights must grow for the radius to be looked up.
    kept = [fine[0]]
    for y, radius in fine[1:]:
        kept.append((max(y, kept[-1][0] + 1e-3), radius))
    return Lathe(tuple(kept), x, flat, turn)


def lay(easel: Easel, body: Lathe, stuff: Stuff, opacity: float = 1.0, path: skia.Path | None = None) -> skia.Path:
    """Colour, pattern and texture of a body, without light; returns its outline."""
    path = body.outline() if path is None else path
    canvas = easel.canvas
    canvas.save()
    canvas.clipPath(path, skia.ClipOp.kIntersect, True)
    alpha = opacity * (1 - stuff.finish.clear)
    if stuff.pattern == "plain":
        lay_pattern(canvas, stuff, path.computeTightBounds(), alpha)
    else:
        _lay_bent(canvas, body, stuff, path.computeTightBounds(), alpha)
    if stuff.finish.texture:
        canvas.drawPaint(texture(stuff.finish.texture, stuff.finish.grain * opacity, stuff.finish.scale))
    canvas.restore()
    return path


def light(easel: Easel, body: Lathe, stuff: Stuff, depth: float = 1.0, path: skia.Path | None = None) -> None:
    """Light on a body as its stuff takes it; what was laid on it before is lit with it."""
    tone(easel, body.outline() if path is None else path, lambda x, y: _tones(body, x, y, stuff) * depth)


def light_dish(
    easel: Easel,
    path: skia.Path,
    centre: Point,
    radius: float,
    slopes: Sequence[Point],
    stuff: Stuff,
    flat: float = 1.0,
) -> None:
    """Light on a round dish seen from above.

    ``slopes`` says how steeply it rises outwards at shares of its radius; ``flat`` is how flat its circle is.
    """
    shares, rises = zip(*slopes, strict=True)
    gloss = stuff.finish.gloss

    def tones(x: Field, y: Field) -> Field:
        across, down = (x - centre[0]) / radius, (y - centre[1]) / radius / flat
        away = np.hypot(across, down) + 1e-6
        rise = np.interp(away, shares, rises)
        # Towards the light, from above at the upper left.
        lit = ((across * 0.52 + down * 0.5) / away * rise + 0.69) / np.sqrt(1 + rise**2)
        shaded = (lit - 0.69) * 0.85 - (across + down) * 0.05
        spot = np.clip(lit, 0, 1) ** 14 * gloss * 0.5
        return np.asarray(np.where(shaded > 0, shaded * (0.5 + gloss * 0.6), shaded * 0.8) + spot, np.float32)

    tone(easel, path, tones)


def tone(easel: Easel, path: skia.Path, tones: Callable[[Field, Field], Field]) -> None:
    """Light (above 0) and shade (below) on a part, as ``tones`` says at places x (1, n) and y (m, 1)."""
    bounds = path.computeTightBounds()
    grain = min(4.5, max(1.4, 130 / max(bounds.width(), bounds.height())))
    across, down = math.ceil(bounds.width() * grain) + 2, math.ceil(bounds.height() * grain) + 2
    x = (bounds.left() + (np.arange(across, dtype=np.float32) - 0.5) / grain)[None, :]
    y = (bounds.top() + (np.arange(down, dtype=np.float32) - 0.5) / grain)[:, None]
    strength = tones(x, y)
    alpha = np.minimum(np.abs(strength), 0.94) * 255
    pixels = np.empty((down, across, 4), np.uint8)
    pixels[..., :3] = np.where(strength > 0, alpha, 0)[..., None]
    pixels[..., 3] = alpha
    place = skia.Rect.MakeXYWH(bounds.left() - 1 / grain, bounds.top() - 1 / grain, across / grain, down / grain)
    # The renderer's own order and premultiplied: drawn eight times as fast as any other.
    image = skia.Image.fromarray(pixels, skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType)
    easel.canvas.save()
    easel.canvas.clipPath(path, skia.ClipOp.kIntersect, True)
    easel.canvas.drawImageRect(image, place, skia.SamplingOptions(skia.FilterMode.kLinear))
    easel.canvas.restore()


def throw(easel: Easel, body: Lathe, stuff: Stuff | None = None, depth: float = 1.0) -> skia.Path:
    """A body with its light; returns its outline."""
    stuff = easel.body if stuff is None else stuff
    path = lay(easel, body, stuff)
    light(easel, body, stuff, depth, path)
    return path


def hollow(easel: Easel, body: Lathe, stuff: Stuff, lip: float = 1.0, inside: Stuff | None = None) -> skia.Path:
    """A body's opening: its lip and the wall inside, in the shade on the left; returns the opening."""
    rim = body.circle(body.top)
    canvas = easel.canvas
    clear = 1 - stuff.finish.clear
    canvas.drawPath(rim, skia.Paint(Color=argb(stuff.shade(1.12).colour, clear), AntiAlias=True))
    radius = body.radius(body.top) - lip
    opening = shapes.ellipse(body.x, body.top + lip * body.flat * 0.3, radius, radius * body.flat)
    within = (stuff if inside is None else inside).shade(0.86)
    left, right = body.x - radius, body.x + radius
    high, low = body.top - radius * body.flat, body.top + radius * body.flat
    canvas.save()
    canvas.clipPath(opening, skia.ClipOp.kIntersect, True)
    canvas.drawPaint(skia.Paint(Color=argb(within.colour, clear)))
    fade = 0.6 if clear > 0.9 else 0.25
    across = [argb(_BLACK, fade), argb(_BLACK, fade * 0.5), argb(_WHITE, 0.0), argb(_WHITE, 0.16), argb(_BLACK, 0.1)]
    canvas.drawPaint(_paint((left, high), (right, high), across, [0, 0.3, 0.62, 0.88, 1]))
    canvas.drawPaint(_paint((left, high), (left, low), [argb(_BLACK, 0.0), argb(_BLACK, fade * 0.8)], [0.2, 1]))
    canvas.restore()
    shine = _paint((left, high), (right, low), [argb(_WHITE, 0.75), argb(_WHITE, 0.1), argb(_BLACK, 0.3)], [0, 0.55, 1])
    shine.setStyle(skia.Paint.kStroke_Style)
    shine.setStrokeWidth(0.35)
    canvas.drawPath(rim, shine)
    return opening


def _paint(start: Point, end: Point, shades: list[int], stops: list[float]) -> skia.Paint:
    ends = [skia.Point(*start), skia.Point(*end)]
    return skia.Paint(Shader=skia.GradientShader.MakeLinear(ends, shades, stops), AntiAlias=True)


def _tones(body: Lathe, x: Field, y: Field, stuff: Stuff) -> Field:
    """How much light (above 0) or shade (below) lies at each place."""
    heights = np.array([height for height, _ in body.profile], np.float32)
    radii = np.array([radius for _, radius in body.profile], np.float32)
    slopes = np.gradient(radii, heights) if len(radii) > 2 else np.full(2, (radii[1] - radii[0]) / np.ptp(heights))
    # A place low on the picture shows the front of a circle that lies higher: which one is found step by step.
    seen: NDArray[np.floating] = np.broadcast_to(y, np.broadcast_shapes(x.shape, y.shape))
    for _ in range(4):
        radius = np.interp(seen, heights, radii)
        side = np.clip((x - body.x) / radius, -1, 1)
        seen = 0.5 * seen + 0.5 * (y - radius * body.flat * np.sqrt(1 - side**2))
    side = np.clip((x - body.x) / np.interp(seen, heights, radii), -1, 1)
    slope = np.clip(np.interp(seen, heights, slopes), -4, 4)
    level = 1 / np.sqrt(1 + slope**2)
    up, front = slope * level, np.sqrt(1 - side**2) * level
    finish = stuff.finish
    lit = _LIGHT[0] * side * level + _LIGHT[1] * up + _LIGHT[2] * front
    if finish.clear:
        shaded = -0.5 * np.abs(side) ** 9 - 0.16 * np.abs(side) ** 3 + 0.05
    else:
        shaded = np.where(lit > 0.62, (lit - 0.62) * 0.5, (lit - 0.62) * 0.5)
        # Light thrown back from the table and from the right.
        shaded = shaded + 0.1 * np.clip(side - 0.8, 0, 1) + 0.12 * np.clip(-up, 0, 1)
    if finish.metal > 0.3:
        places, values = zip(*_MIRRORED, strict=True)
        shaded = shaded * (1 - 0.5 * finish.metal) + np.interp(side * level, places, values) * finish.metal * 0.72
        shaded = shaded + up * 0.25 * finish.metal
    gloss = finish.gloss
    if gloss > 0.1:
        spot = np.clip(lit / 0.99, 0, 1) ** 40
        window = np.exp(-(((side + 0.6) / 0.075) ** 4)) * np.clip(1.15 - np.abs(up) * 2.2, 0, 1)
        right = np.exp(-(((side - 0.86) / 0.05) ** 2)) * np.clip(1 - np.abs(up) * 2, 0, 1)
        shaded = shaded + gloss * (0.42 * spot + 0.5 * window + 0.2 * right) * (1 - 0.5 * finish.metal)
    return np.asarray(shaded, np.float32)


def _lay_bent(canvas: skia.Canvas, body: Lathe, stuff: Stuff, bounds: skia.Rect, alpha: float) -> None:
    """The pattern, painted flat once, in upright slices: narrower towards the sides and lower in the middle."""
    radius = max(radius for _, radius in body.profile)
    high, low = bounds.top() - radius * body.flat - 1, bounds.bottom() + 1
    wide, tall = math.ceil(math.pi * radius * _PIXELS), math.ceil((low - high) * _PIXELS)
    sheet = skia.Surface(wide, tall)
    flat = sheet.getCanvas()
    flat.scale(_PIXELS, _PIXELS)
    start = body.x - math.pi * radius / 2 + body.turn
    flat.translate(-start, -high)
    lay_pattern(flat, stuff, skia.Rect.MakeXYWH(start, high, wide / _PIXELS, tall / _PIXELS), 1.0)
    image, paint = sheet.makeImageSnapshot(), skia.Paint(Alphaf=alpha)
    sampling = skia.SamplingOptions(skia.FilterMode.kLinear)
    for place in range(_SLICES):
        one, other = (math.pi * (edge / _SLICES - 0.5) for edge in (place, place + 1))
        left, right = body.x + radius * math.sin(one), body.x + radius * math.sin(other)
        drop, end_drop = (radius * body.flat * math.cos(angle) for angle in (one, other))
        lean = (end_drop - drop) / (right - left)
        canvas.save()
        canvas.concat(skia.Matrix.MakeAll(1, 0, 0, lean, 1, drop - left * lean, 0, 0, 1))
        source = skia.Rect.MakeXYWH(wide * place / _SLICES, 0, wide / _SLICES, tall)
        # A hair wider, so that no seam shows; not where what lies beneath shines through.
        target = skia.Rect.MakeXYWH(left, high, right - left + (0.06 if alpha == 1 else 0), tall / _PIXELS)
        canvas.drawImageRect(image, source, target, sampling, paint)
        canvas.restore()


def _between(before: float, here: float, there: float, after: float, t: float) -> float:
    """Catmull-Rom between two values."""
    first = here if before == here else here + (there - before) / 6
    second = there if after == there else there - (after - here) / 6
    u = 1 - t
    return u**3 * here + 3 * u * u * t * first + 3 * u * t * t * second + t**3 * there
