"""The colours of a photo as one small vector: what a network trained to name things forgets.

A soft histogram over CIE L*a*b* of the whole picture and another of its middle part. Lightness is cut
coarsely and chroma finely, since a dimmed photo is still a photo of the same red dress. Square roots of
the shares are kept, so that the inner product of two vectors is the Bhattacharyya coefficient of the two
colour distributions and each half has length one.

Knows nothing of products, models or metrics.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image

SIDE = 26
"""Side in pixels of the picture whose pixels are counted."""
MIDDLE = slice(5, 21)
"""Rows and columns of the middle part."""
LIGHTNESS_BINS = 3
CHROMA_BINS = 6
CHROMA_SCALE = 40.0
"""a* and b* are squashed by ``tanh(x / CHROMA_SCALE)``: fine near grey, coarse among vivid colours."""

BINS = LIGHTNESS_BINS * CHROMA_BINS * CHROMA_BINS
COLOUR_DIM = 2 * BINS
"""Length of the colour vector: whole picture, then middle."""

# sRGB (D65) to XYZ, IEC 61966-2-1, each row divided by the white point.
_TO_XYZ = np.array(
    [
        [0.4124564 / 0.95047, 0.3575761 / 0.95047, 0.1804375 / 0.95047],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339 / 1.08883, 0.1191920 / 1.08883, 0.9503041 / 1.08883],
    ],
    dtype=np.float32,
)


def colour_vector(photo: Image.Image) -> NDArray[np.float32]:
    """Count the colours of one photo.

    Args:
        photo: an RGB picture, already resized and cropped as the image encoder sees it.

    Returns:
        ``(COLOUR_DIM,)`` f32, each half of length one.
    """
    small = photo.resize((SIDE, SIDE), Image.Resampling.BOX)
    pixels: NDArray[np.uint8] = np.asarray(small, dtype=np.uint8)
    return np.asarray(colours_of_pixels(pixels[None])[0], dtype=np.float32)


def colours_of_pixels(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Count the colours of ``(n, SIDE, SIDE, 3)`` u8 RGB pixels; returns ``(n, COLOUR_DIM)`` f32."""
    lab = _lab(pixels)
    middle = lab[:, MIDDLE, MIDDLE]
    return np.concatenate([_histogram(lab), _histogram(middle)], axis=1)


@cache
def _linear() -> NDArray[np.float32]:
    """Linear light of each of the 256 sRGB levels."""
    level = np.arange(256, dtype=np.float64) / 255.0
    return np.where(level > 0.04045, ((level + 0.055) / 1.055) ** 2.4, level / 12.92).astype(np.float32)


def _lab(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """CIE 1976 L*a*b* of sRGB pixels, same shape, f32."""
    xyz = _linear()[pixels] @ _TO_XYZ.T
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16.0 / 116.0)
    lab = np.empty_like(f)
    lab[..., 0] = 116.0 * f[..., 1] - 16.0
    lab[..., 1] = 500.0 * (f[..., 0] - f[..., 1])
    lab[..., 2] = 200.0 * (f[..., 1] - f[..., 2])
    return lab.astype(np.float32)


def _histogram(lab: NDArray[np.float32]) -> NDArray[np.float32]:
    """Square roots of the shares of each bin; a pixel is split between its eight nearest bins."""
    n = len(lab)
    flat = lab.reshape(n, -1, 3)
    lightness = _position(flat[..., 0] / 100.0, LIGHTNESS_BINS)
    a = _position((np.tanh(flat[..., 1] / CHROMA_SCALE) + 1.0) / 2.0, CHROMA_BINS)
    b = _position((np.tanh(flat[..., 2] / CHROMA_SCALE) + 1.0) / 2.0, CHROMA_BINS)
    start = np.arange(n)[:, None] * BINS
    counts = np.zeros(n * BINS)
    for l_bin, l_share in lightness:
        for a_bin, a_share in a:
            for b_bin, b_share in b:
                where = start + (l_bin * CHROMA_BINS + a_bin) * CHROMA_BINS + b_bin
                share = l_share * a_share * b_share
                counts += np.bincount(where.ravel(), weights=share.ravel(), minlength=n * BINS)
    return np.sqrt(counts.reshape(n, BINS) / flat.shape[1]).astype(np.float32)


def _position(value: NDArray[np.float32], bins: int) -> list[tuple[NDArray[np.intp], NDArray[np.float32]]]:
    """The two bins next to each value in [0, 1] and the share each of them gets."""
    place = np.clip(value, 0.0, 1.0) * (bins - 1)
    lower = np.minimum(place.astype(np.intp), bins - 2)
    upper_share = (place - lower).astype(np.float32)
    return [(lower, 1.0 - upper_share), (lower + 1, upper_share)]
