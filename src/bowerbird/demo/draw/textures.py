"""Small grey tiles that give surfaces their grain; made once a process, from fixed seeds.

A tile is an image whose alpha says how much it darkens (black) or lightens (white): laid over any colour it keeps
the colour's hue. All tiles repeat without a seam.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TypeAlias

import numpy as np
import skia
from numpy.typing import NDArray

Field: TypeAlias = NDArray[np.float32]
"""Numbers over a square, (size, size) float32, that repeat without a seam."""

SIZE = 256


def noise(seed: int, octaves: tuple[int, ...] = (4, 8, 16, 32), stretch: tuple[int, int] = (1, 1)) -> Field:
    """Smooth noise about 0 with a spread of 1, as the sum of random waves; ``stretch`` draws it out down or across."""
    rng = np.random.default_rng(seed)
    fy = np.fft.fftfreq(SIZE, 1 / SIZE)[:, None] * stretch[0]
    fx = np.fft.fftfreq(SIZE, 1 / SIZE)[None, :] * stretch[1]
    radius = np.hypot(fy, fx)
    spectrum = np.fft.fft2(rng.standard_normal((SIZE, SIZE)))
    band = sum(np.exp(-(((radius - octave) / (0.5 * octave)) ** 2)) / octave for octave in octaves)
    field = np.fft.ifft2(spectrum * band).real
    return np.asarray((field - field.mean()) / field.std(), np.float32)


def fine(seed: int) -> Field:
    """White noise."""
    return np.random.default_rng(seed).standard_normal((SIZE, SIZE)).astype(np.float32)


def _places() -> tuple[Field, Field]:
    y, x = np.mgrid[0:SIZE, 0:SIZE].astype(np.float32)
    return x, y


def _weave() -> Field:
    x, y = _places()
    return np.asarray(np.sin(x * np.pi / 2) * np.sin(y * np.pi / 2) * 0.8 + fine(1) * 0.35, np.float32)


def _twill() -> Field:
    x, y = _places()
    return np.asarray(np.sin((x + y) * np.pi / 3) * 0.9 + fine(2) * 0.6 + noise(2) * 0.4, np.float32)


def _canvas() -> Field:
    x, y = _places()
    return np.asarray(np.maximum(np.sin(x * np.pi / 4), np.sin(y * np.pi / 4)) * 0.9 - 0.4 + fine(3) * 0.3, np.float32)


def _knit() -> Field:
    x, y = _places()
    column = np.abs((x % 16) - 8)
    return np.asarray(np.sin((y + column * 1.4) * np.pi / 6) * 0.9 - (column > 6.6) * 0.9 + fine(4) * 0.25, np.float32)


def _fur() -> Field:
    return np.asarray(noise(5, (16, 32, 64), (1, 1)) * 0.8 + fine(5) * 0.5, np.float32)


def _grain() -> Field:
    # Fine dark creases between pebbles that catch a little light.
    creases = np.exp(-((noise(6, (20, 34)) / 0.22) ** 2))
    return np.asarray(0.35 - 1.5 * creases + noise(7, (2, 4)) * 0.25 + fine(6) * 0.15, np.float32)


def _wood() -> Field:
    x, _ = _places()
    bend = noise(8, (1, 2, 3), (1, 3)) * 10
    rings = np.sin((x * 6 * 2 * np.pi / SIZE) + bend * 0.5)
    return np.asarray(rings * 0.7 + noise(9, (32, 64), (6, 1)) * 0.5, np.float32)


def _brushed() -> Field:
    return noise(10, (16, 40, 64), (12, 1))


def _speckle() -> Field:
    return np.asarray((noise(11, (30, 50)) > 1.6) * -2.0 + fine(11) * 0.15, np.float32)


def _paper() -> Field:
    return np.asarray(noise(12, (8, 16, 48)) * 0.6 + fine(12) * 0.4, np.float32)


_MAKERS = {
    "weave": _weave, "twill": _twill, "canvas": _canvas, "knit": _knit, "fur": _fur, "grain": _grain, "wood": _wood,
    "brushed": _brushed, "speckle": _speckle, "paper": _paper,
}  # fmt: skip


@cache
def tile(name: str) -> skia.Image:
    """A texture's tile as an image of black and white with alpha. Raises KeyError for an unknown name."""
    field = np.clip(_MAKERS[name](), -2, 2) / 2
    pixels = np.zeros((SIZE, SIZE, 4), np.uint8)
    pixels[..., 3] = np.abs(field) * 255
    pixels[..., :3] = np.where(field > 0, pixels[..., 3], 0)[..., None]
    return image_of(pixels)


def image_of(pixels: NDArray[np.uint8]) -> skia.Image:
    """Pixels, (height, width, 4) blue, green, red (each times alpha) and alpha, as the renderer keeps them itself."""
    return skia.Image.fromarray(np.ascontiguousarray(pixels), skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType)


# A paint copies its shader, image and all, through a compressed file: milliseconds that are paid once.
@lru_cache(maxsize=512)
def texture(name: str, strength: float, scale: float = 1.0) -> skia.Paint:
    """A paint that lays a texture over what is drawn; ``scale`` 1 makes a tile 40 hundredths wide."""
    matrix = skia.Matrix.Scale(40 * scale / SIZE, 40 * scale / SIZE)
    sampling = skia.SamplingOptions(skia.FilterMode.kLinear)
    shader = tile(name).makeShader(skia.TileMode.kRepeat, skia.TileMode.kRepeat, sampling, matrix)
    return skia.Paint(Shader=shader, Alphaf=strength, AntiAlias=True)


def lay_texture(canvas: skia.Canvas, name: str, strength: float, scale: float, size: int) -> None:
    """Lay a texture over what the canvas is clipped to; the picture is ``size`` pixels square.

    Unless the canvas is turned far, it comes from a sheet as large as the picture: copied pixel by pixel, that takes a
    twentieth of the time.
    """
    matrix = canvas.getTotalMatrix()
    if abs(matrix.getSkewY()) > 0.16 * abs(matrix.getScaleX()):
        canvas.drawPaint(texture(name, strength, scale))
        return
    canvas.save()
    canvas.resetMatrix()
    canvas.drawImage(_sheet(name, scale, size), 0, 0, skia.SamplingOptions(), skia.Paint(Alphaf=strength))
    canvas.restore()


@lru_cache(maxsize=64)
def _sheet(name: str, scale: float, size: int) -> skia.Image:
    sheet = skia.Surface(size, size)
    canvas = sheet.getCanvas()
    canvas.scale(size / 100, size / 100)
    canvas.drawPaint(texture(name, 1.0, scale))
    return sheet.makeImageSnapshot()
