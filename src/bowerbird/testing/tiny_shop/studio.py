"""A small studio: shapes lit from the upper left on a plain ground, drawn without any picture file.

A shape is a mask. Blurring the mask gives a height field, its slope gives normals, and Lambert's law with
a soft highlight lights it, so that every flat outline looks like a thing with volume. Lengths are in
hundredths of the picture's side, y points down. Everything is seeded: the same call gives the same pixels.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict, Unpack

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from bowerbird.testing.tiny_shop.blurring import blur, shifted
from bowerbird.testing.tiny_shop.paths import Point, ellipse, even_steps, ribbon, round_box, smooth
from bowerbird.testing.tiny_shop.stuff import FLAT, Colour, Floats, Paint, Stuff

_OVERSAMPLING = 3
_VIEWER = np.array([0.0, 0.0, 1.0], dtype=np.float32)


class Laying(TypedDict, total=False):
    """How a part is laid over the rest.

    It is cut to the mask ``inside``, less the outline ``hole``; ``lift`` is how far it hovers (its shadow), ``opacity``
    how much of what is below it hides.
    """

    inside: Floats
    hole: list[Point]
    lift: float
    opacity: float


@dataclass(frozen=True, slots=True)
class View:
    """How a thing is shown: turned (degrees), mirrored, scaled, moved, and on which ground."""

    turn: float = 0.0
    mirror: bool = False
    scale: float = 1.0
    shift: Point = (0.0, 0.0)
    ground: Colour = (236, 234, 230)


FRONT = View()


class Studio:
    """One picture in the making; parts are laid over each other in the order of the calls."""

    def __init__(self, name: str, size: int = 640, view: View = FRONT) -> None:
        self.size = size
        self.view = view
        self.random = np.random.default_rng(zlib.crc32(name.encode()))
        self._rgb = np.zeros((size, size, 3), dtype=np.float32)
        self._alpha = np.zeros((size, size), dtype=np.float32)

    def curve(self, points: Sequence[Point], stuff: Stuff, paint: Paint, **more: Unpack[Laying]) -> Floats:
        """A closed outline that runs smoothly through the points; doubled points make corners."""
        return self._part([smooth(points, closed=True)], stuff, paint, **more)

    def outline(self, points: Sequence[Point], stuff: Stuff, paint: Paint, **more: Unpack[Laying]) -> Floats:
        """A closed outline of straight lines."""
        return self._part([list(points)], stuff, paint, **more)

    def both(self, half: Sequence[Point], stuff: Stuff, paint: Paint, **more: Unpack[Laying]) -> Floats:
        """A closed smooth outline that is symmetric about x = 50, from its left half, top to bottom."""
        right = [(100 - x, y) for x, y in reversed(half)]
        return self.curve([*half, *right], stuff, paint, **more)

    def oval(self, centre: Point, radii: Point, stuff: Stuff, paint: Paint, **more: Unpack[Laying]) -> Floats:
        """An ellipse."""
        return self._part([ellipse(centre, radii)], stuff, paint, **more)

    def box(
        self, corner: Point, size: Point, radius: float, stuff: Stuff, paint: Paint, **more: Unpack[Laying]
    ) -> Floats:
        """A rectangle with round corners."""
        return self._part([round_box(corner, size, radius)], stuff, paint, **more)

    def band(self, points: Sequence[Point], width: float, stuff: Stuff, paint: Paint, **more: Unpack[Laying]) -> Floats:
        """A strap, handle or line of one width along a smooth path."""
        return self._part([ribbon(smooth(points, closed=False), width)], stuff, paint, **more)

    def stitch(self, points: Sequence[Point], paint: Colour, width: float = 0.45, dash: float = 1.2) -> None:
        """A dashed seam."""
        path = even_steps(smooth(points, closed=False), dash)
        dashes = [ribbon([path[start], path[start + 1]], width) for start in range(0, len(path) - 1, 2)]
        self._part(dashes, FLAT, paint, lift=0.0)

    def crease(self, points: Sequence[Point], width: float = 1.4, strength: float = 0.3) -> None:
        """A soft dark line on what is already drawn: a fold or the shade under an edge."""
        window, mask = self._soft_line(points, width)
        self._rgb[window] *= 1 - strength * mask

    def glint(self, points: Sequence[Point], width: float = 1.0, strength: float = 0.5) -> None:
        """A soft light line on what is already drawn: a reflection."""
        window, mask = self._soft_line(points, width)
        self._rgb[window] += (255 * self._alpha[window][..., None] - self._rgb[window]) * mask * strength

    def words(self, text: str, centre: Point, height: float, colour: Colour) -> None:
        """A short printed text, for labels and dials; not turned with the view, so kept to front views."""
        font = ImageFont.load_default(self._pixels(height * self.view.scale) * _OVERSAMPLING)
        large = Image.new("L", (self.size * _OVERSAMPLING,) * 2)
        x, y = self._place([centre])[0]
        ImageDraw.Draw(large).text((x * _OVERSAMPLING, y * _OVERSAMPLING), text, fill=255, font=font, anchor="mm")
        mask = np.asarray(large.reduce(_OVERSAMPLING), dtype=np.float32)[..., None] / 255
        self._rgb += (np.array(colour, dtype=np.float32) - self._rgb) * mask

    def finish(self, standing: bool = False) -> Image.Image:
        """Set the thing on its ground with a soft shadow; a standing thing's lies at its feet."""
        size, ground = self.size, np.array(self.view.ground, dtype=np.float32)
        y, x = np.mgrid[0:size, 0:size].astype(np.float32) / size
        light = 1.03 - 0.16 * ((x - 0.42) ** 2 + (y - 0.36) ** 2)
        if standing:
            light -= 0.05 * np.clip((y - 0.7) * 9, 0, 1)
        picture = ground * light[..., None]
        picture *= 1 - self._shadow(standing)[..., None]
        alpha = self._alpha[..., None]
        picture = picture * (1 - alpha) + self._rgb
        picture += self.random.normal(0, 0.8, picture.shape[:2]).astype(np.float32)[..., None]
        return Image.fromarray(np.clip(picture + 0.5, 0, 255).astype(np.uint8))

    def _soft_line(self, points: Sequence[Point], width: float) -> tuple[tuple[slice, slice], Floats]:
        mask = self._mask([ribbon(smooth(points, closed=False), width)])
        window = self._window(mask, width + 1)
        return window, (blur(mask[window], self._pixels(width * 0.45)) * self._alpha[window])[..., None]

    def _shadow(self, standing: bool) -> Floats:
        if not standing:
            moved = shifted(self._alpha, self._pixels(1.8), self._pixels(1.2))
            return 0.26 * blur(moved, self._pixels(2.0)) + 0.12 * blur(moved, self._pixels(6))
        rows = np.flatnonzero(self._alpha.max(axis=1) > 0.5)
        foot, height = int(rows[-1]), max(int(rows[-1] - rows[0]), 1)
        base = self._alpha[max(foot - height // 5, 0) : foot + 1].max(axis=0)
        shadow = np.zeros_like(self._alpha)
        flat = max(self._pixels(2.2), 2)
        shadow[max(foot - flat, 0) : foot + flat // 2] = base
        far = shifted(blur(shadow, self._pixels(5)), 0, self._pixels(3))
        return 0.45 * blur(shadow, self._pixels(1.3)) + 0.45 * far

    def _part(self, outlines: list[list[Point]], stuff: Stuff, paint: Paint, **more: Unpack[Laying]) -> Floats:
        """Light one part and lay it over the rest; returns its mask, to keep later parts ``inside`` it."""
        mask = self._mask(outlines)
        lift, opacity = more.get("lift", 0.5), more.get("opacity", 1.0)
        if "hole" in more:
            mask = mask * (1 - self._mask([more["hole"]]))
        if "inside" in more:
            mask = mask * more["inside"]
        if not mask.any():
            return mask
        window = self._window(mask, stuff.bulge + 3)
        part = mask[window]
        if lift:
            shade = blur(shifted(part, self._pixels(lift), self._pixels(lift)), self._pixels(lift) + 1)
            self._rgb[window] *= 1 - 0.3 * opacity * shade[..., None]
        colour = self._painted(window, paint, part.shape)
        lit = self._lit(part, colour, stuff)
        cover = (part * opacity)[..., None]
        self._rgb[window] = self._rgb[window] * (1 - cover) + lit * cover
        self._alpha[window] = self._alpha[window] * (1 - cover[..., 0]) + cover[..., 0]
        return mask

    def _lit(self, mask: Floats, colour: Floats, stuff: Stuff) -> Floats:
        reach = max(stuff.bulge * self.view.scale * self.size / 100, 0.6)
        height = (blur(mask, reach) * 1.9 + blur(mask, reach / 3) * 0.5) * reach * stuff.depth
        if stuff.folds:
            height = height + self._folds(mask.shape) * stuff.folds * self.size / 16
        slope_y, slope_x = np.gradient(height)
        length = np.sqrt(slope_x**2 + slope_y**2 + 1)
        towards = -0.42 if not self.view.mirror else 0.34
        light = np.array([towards, -0.58, 0.7], dtype=np.float32)
        light /= np.linalg.norm(light)
        facing = (-slope_x * light[0] - slope_y * light[1] + light[2]) / length
        brightness = 0.34 + 0.66 * np.clip(facing, 0, None) / light[2]
        if stuff.grain:
            brightness *= 1 + stuff.grain * blur(self.random.normal(0, 2, mask.shape).astype(np.float32), 0.7)
        lit = colour * np.minimum(brightness, 1.0)[..., None]
        lit += (255 - lit) * (np.clip(brightness - 1, 0, 0.5) * 0.55)[..., None]
        if stuff.gloss:
            half = light + _VIEWER
            half /= np.linalg.norm(half)
            shine = np.clip((-slope_x * half[0] - slope_y * half[1] + half[2]) / length, 0, 1) ** stuff.sharpness
            flat = float(half[2]) ** stuff.sharpness
            shine = np.clip((shine - flat) / (1 - flat), 0, 1) * stuff.gloss
            lit += (255 - lit) * shine[..., None]
        return np.asarray(lit, dtype=np.float32)

    def _folds(self, shape: tuple[int, ...]) -> Floats:
        """Low noise drawn out downwards, as cloth hangs; about unit range."""
        step = max(self.size // 26, 2)
        small = self.random.normal(0, 1, (shape[0] // (step * 4) + 3, shape[1] // step + 3)).astype(np.float32)
        large = Image.fromarray(small).resize((shape[1], shape[0]), Image.Resampling.BICUBIC)
        return np.asarray(large, dtype=np.float32)

    def _painted(self, window: tuple[slice, slice], paint: Paint, shape: tuple[int, ...]) -> Floats:
        if not callable(paint):
            return np.broadcast_to(np.array(paint, dtype=np.float32), (*shape, 3))
        rows, columns = np.mgrid[window].astype(np.float32)
        return np.asarray(paint(*self._unplace(columns, rows)), dtype=np.float32)

    def _mask(self, outlines: list[list[Point]]) -> Floats:
        placed = [np.array(self._place(outline)) for outline in outlines]
        corners = np.concatenate(placed)
        left, top = np.clip(np.floor(corners.min(axis=0)).astype(int) - 1, 0, self.size - 1)
        right, bottom = np.clip(np.ceil(corners.max(axis=0)).astype(int) + 1, (left + 1, top + 1), self.size)
        large = Image.new("L", ((right - left) * _OVERSAMPLING, (bottom - top) * _OVERSAMPLING))
        draw = ImageDraw.Draw(large)
        for points in placed:
            draw.polygon(((points - (left, top)) * _OVERSAMPLING).ravel().tolist(), fill=255)
        mask = np.zeros((self.size, self.size), dtype=np.float32)
        mask[top:bottom, left:right] = np.asarray(large.reduce(_OVERSAMPLING), dtype=np.float32) / 255
        return mask

    def _window(self, mask: Floats, pad: float) -> tuple[slice, slice]:
        rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
        p = self._pixels(pad * 2)
        end = self.size
        return (
            slice(max(int(rows[0]) - p, 0), min(int(rows[-1]) + p + 1, end)),
            slice(max(int(columns[0]) - p, 0), min(int(columns[-1]) + p + 1, end)),
        )

    def _place(self, points: Sequence[Point]) -> list[Point]:
        view, unit = self.view, self.size / 100
        c, s = math.cos(math.radians(view.turn)), math.sin(math.radians(view.turn))
        placed = []
        for px, py in points:
            x, y = (50 - px if view.mirror else px - 50) * view.scale, (py - 50) * view.scale
            placed.append(((50 + x * c - y * s + view.shift[0]) * unit, (50 + x * s + y * c + view.shift[1]) * unit))
        return placed

    def _unplace(self, columns: Floats, rows: Floats) -> tuple[Floats, Floats]:
        view, unit = self.view, self.size / 100
        c, s = math.cos(math.radians(view.turn)), math.sin(math.radians(view.turn))
        x, y = columns / unit - 50 - view.shift[0], rows / unit - 50 - view.shift[1]
        across, down = (x * c + y * s) / view.scale, (y * c - x * s) / view.scale
        across = -across if view.mirror else across
        return np.asarray(50 + across, dtype=np.float32), np.asarray(50 + down, dtype=np.float32)

    def _pixels(self, length: float) -> int:
        return max(round(length * self.size / 100), 1)
