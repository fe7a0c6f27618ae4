"""Blurs of two-dimensional float arrays."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from PIL import Image

from bowerbird.testing.tiny_shop.stuff import Floats


def shifted(values: Floats, down: int, right: int) -> Floats:
    """The values moved down and to the right, zeros behind them."""
    moved = np.zeros_like(values)
    moved[down:, right:] = values[: values.shape[0] - down, : values.shape[1] - right]
    return moved


def blur(values: Floats, radius: float) -> Floats:
    """A Gaussian of a radius in pixels: true taps when small, three running means when large."""
    blurred = np.asarray(values, dtype=np.float32)
    if radius < 4.5:
        reach = max(math.ceil(radius * 2.5), 1)
        taps = np.exp(-0.5 * (np.arange(-reach, reach + 1) / max(radius, 0.1)) ** 2)
        for axis in (0, 1):
            blurred = _weighed(blurred, (taps / taps.sum()).tolist(), axis)
        return blurred
    step = min(int(radius / 2.2), 8)
    if step > 1:
        # A wide blur of a small copy cannot be told from one of the whole, and costs a fraction.
        rows, columns = (-(-length // step) * step for length in blurred.shape)
        even = np.pad(blurred, ((0, rows - blurred.shape[0]), (0, columns - blurred.shape[1])))
        small = even.reshape(rows // step, step, columns // step, step).mean(axis=(1, 3))
        large = Image.fromarray(blur(small, radius / step)).resize((columns, rows), Image.Resampling.BICUBIC)
        return np.asarray(large, dtype=np.float32)[: blurred.shape[0], : blurred.shape[1]]
    half = max(round((math.sqrt(4 * radius * radius + 1) - 1) / 2), 1)
    for axis in (0, 1):
        for _ in range(3):
            blurred = _running_mean(blurred, half, axis)
    return blurred


def _padded(values: Floats, reach: int, axis: int) -> Floats:
    return np.pad(values, [(reach, reach) if a == axis else (0, 0) for a in (0, 1)])


def _weighed(values: Floats, taps: Sequence[float], axis: int) -> Floats:
    padded, length = _padded(values, len(taps) // 2, axis), values.shape[axis]
    total = np.zeros_like(values)
    for offset, tap in enumerate(taps):
        total += np.float32(tap) * (
            padded[offset : offset + length] if axis == 0 else padded[:, offset : offset + length]
        )
    return total


def _running_mean(values: Floats, half: int, axis: int) -> Floats:
    width = 2 * half + 1
    sums = np.cumsum(_padded(values, half + 1, axis), axis=axis, dtype=np.float64)
    upper, lower = (sums[width:-1], sums[: -width - 1]) if axis == 0 else (sums[:, width:-1], sums[:, : -width - 1])
    return np.asarray((upper - lower) / width, dtype=np.float32)
