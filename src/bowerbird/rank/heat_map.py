"""Where a query photo matched a product: cover a part of the photo, and see how far the likeness falls.

Occlusion (Zeiler and Fergus, "Visualizing and Understanding Convolutional Networks", ECCV 2014): each cell of a grid is
covered in turn, all covered copies are encoded in one batch, and a cell's heat for a product is by how much the
similarity to the product's nearest photo falls without it. Encoding is done once for all products of a page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
from PIL import Image, ImageFilter

from bowerbird.domain.ports import ImageEncoder, PhotoMetric

if TYPE_CHECKING:
    from bowerbird.domain.ports import Floats

Fill: TypeAlias = Literal["mean", "blur"]


@dataclass(frozen=True, slots=True)
class HeatMapSettings:
    """How a photo is covered."""

    grid: int = 7
    """Cells a side."""
    cell: float = 1.5
    """A cover's side, in steps of the grid: above 1 covers overlap, which smooths the map."""
    fill: Fill = "mean"
    """What covers: the photo's mean colour, or the photo itself blurred."""
    least: float = 0.05
    """A fall of similarity that counts as hot. What falls by less all over stays cool: it is mostly chance."""
    side: int = 288
    """The shorter side in pixels that the photo is brought to first; the encoder wants no more."""


_GLOW = ((48, 16, 104), (122, 30, 130), (196, 62, 92), (242, 128, 38), (252, 226, 96))
"""From cold to hot, RGB."""
_COLOUR_LEFT = 0.35
_LONGEST = 4
"""The longer side that is looked at, in shorter ones."""

DEFAULT_HEAT_MAP = HeatMapSettings()


def heat_maps(
    photo: Image.Image,
    products: Sequence[Floats],
    image: ImageEncoder,
    metric: PhotoMetric,
    settings: HeatMapSettings = DEFAULT_HEAT_MAP,
) -> Floats:
    """Where an RGB photo matched each product, (products, grid, grid) f32 on 0..1, row by row from the top left.

    ``products`` are each a product's own photo vectors, (k, d) unit rows of the metric's space. A map is 0 all over
    without a row, and where no cover makes the photo any less like. Raises ModelError, PhotoError as the encoder does.
    """
    if not products:
        return np.zeros((0, settings.grid, settings.grid), np.float32)
    small = _reduced(photo, settings.side)
    raw = np.asarray(image.encode([small, *cover_cells(small, settings)]), np.float32)
    whole, *covered = metric.project(raw)
    return np.stack([_fall(whole, np.asarray(covered), rows, settings) for rows in products])


def cover_cells(photo: Image.Image, settings: HeatMapSettings = DEFAULT_HEAT_MAP) -> list[Image.Image]:
    """A copy of the photo for each cell, row by row, with that cell covered."""
    filling = _filling(photo, settings.fill)
    copies = []
    for box in cell_boxes(photo.width, photo.height, settings):
        copy = photo.copy()
        copy.paste(filling.crop(box), box[:2])
        copies.append(copy)
    return copies


def cell_boxes(width: int, height: int, settings: HeatMapSettings) -> list[tuple[int, int, int, int]]:
    """Left, top, right and bottom of each cell's cover in pixels, inside the photo, row by row."""
    spans = []
    for length in (height, width):
        step = length / settings.grid
        half = step * settings.cell / 2
        middles = [(number + 0.5) * step for number in range(settings.grid)]
        spans.append([(max(0, round(at - half)), min(length, round(at + half))) for at in middles])
    return [(left, top, right, bottom) for top, bottom in spans[0] for left, right in spans[1]]


def render_heat_map(photo: Image.Image, grid: Floats, strength: float = 0.75) -> Image.Image:
    """The photo, greyed, with one (g, g) map of 0..1 glowing over it: an RGB picture of the photo's size.

    Colours rise in brightness with the heat, from violet to yellow, so that they are told apart by any eyes.
    """
    heat = Image.fromarray(np.asarray(grid, np.float32)).resize(photo.size, Image.Resampling.BICUBIC)
    values = np.clip(np.asarray(heat), 0.0, 1.0)
    steps = np.linspace(0.0, 1.0, len(_GLOW))
    colours = np.stack([np.interp(values, steps, channel) for channel in np.asarray(_GLOW).T], axis=-1)
    pixels = np.asarray(photo.convert("RGB"), np.float32)
    grey = pixels.mean(axis=-1, keepdims=True)
    ground = grey + (pixels - grey) * _COLOUR_LEFT
    share = (strength * values)[..., None]
    return Image.fromarray((ground * (1 - share) + colours * share).round().astype(np.uint8))


def _fall(whole: Floats, covered: Floats, rows: Floats, settings: HeatMapSettings) -> Floats:
    """By how much the similarity to the nearest of a product's rows falls in each cell, scaled to 0..1."""
    if not len(rows):
        return np.zeros((settings.grid, settings.grid), np.float32)
    nearest = rows[int((rows @ whole).argmax())]
    fall = np.maximum(nearest @ whole - covered @ nearest, 0).reshape(settings.grid, settings.grid)
    return np.asarray(fall / max(float(fall.max()), settings.least), np.float32)


def _reduced(photo: Image.Image, side: int) -> Image.Image:
    # A strip is no photo of a thing: its longer side is bounded too, or fifty copies of it would fill the memory.
    factor = min(side / min(photo.size), _LONGEST * side / max(photo.size))
    if factor >= 1:
        return photo
    return photo.resize((max(1, round(photo.width * factor)), max(1, round(photo.height * factor))), reducing_gap=2)


def _filling(photo: Image.Image, fill: Fill) -> Image.Image:
    if fill == "blur":
        return photo.filter(ImageFilter.GaussianBlur(min(photo.size) / 8))
    mean = np.asarray(photo, np.float32).mean(axis=(0, 1)).round().astype(int)
    return Image.new("RGB", photo.size, tuple(mean.tolist()))
