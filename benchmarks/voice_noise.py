"""A street, made from a seed: a low rumble, engines that pass, and a murmur of people."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

RATE = 16_000
_PARTS = {"rumble": 1.0, "engines": 0.8, "murmur": 0.6}
_VOICES = 6


def street_noise(length: int, seed: int) -> NDArray[np.float32]:
    """(length,) float32 of noise at 16 kHz and unit power; the same for the same seed."""
    rng = np.random.default_rng(seed)
    parts = {"rumble": _rumble(length, rng), "engines": _engines(length, rng), "murmur": _murmur(length, rng)}
    noise = sum(share * _unit(parts[name]) for name, share in _PARTS.items())
    return _unit(np.asarray(noise)).astype(np.float32)


def mix(speech: NDArray[np.int16], noise: NDArray[np.float32], decibels: float) -> NDArray[np.int16]:
    """Speech on noise; the power of the speech, where there is any, lies so many decibels over that of the noise."""
    samples = speech.astype(np.float64)
    # Pauses would make the speech seem softer than it is.
    loud = samples[np.abs(samples) > 0.02 * np.abs(samples).max()]
    level = np.sqrt(np.mean(loud**2)) * 10 ** (-decibels / 20)
    return np.clip(samples + level * noise, -32_767, 32_767).astype(np.int16)


def _rumble(length: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Tyres and wind: noise that falls with frequency."""
    return _shape(rng.normal(size=length), lambda hertz: 1 / (1 + (hertz / 150) ** 1.2))


def _engines(length: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Harmonics of a low note that swell and fade, each with a slight change of pitch."""
    time = np.arange(length) / RATE
    total = np.zeros(length)
    for _ in range(max(2, round(time[-1] if length else 0))):
        pitch = rng.uniform(45, 110) * (1 + 0.08 * np.tanh(time - rng.uniform(0, time[-1] if length else 0)))
        phase = 2 * np.pi * np.cumsum(pitch) / RATE
        swell = np.exp(-(((time - rng.uniform(-0.5, time[-1] + 0.5)) / rng.uniform(0.4, 1.2)) ** 2))
        total += swell * sum(np.sin(n * phase + rng.uniform(0, 6)) / n for n in range(1, 13))
    return total


def _murmur(length: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Bands of noise where voices lie, each coming and going a few times a second, as syllables do."""
    time = np.arange(length) / RATE
    total = np.zeros(length)
    for _ in range(_VOICES):
        centre, rate = rng.uniform(300, 2_500), rng.uniform(2, 5)
        band = _shape(
            rng.normal(size=length), lambda hertz, middle=centre: np.exp(-(((hertz - middle) / (0.3 * middle)) ** 2))
        )
        total += _unit(band) * (1 + np.sin(2 * np.pi * rate * time + rng.uniform(0, 6)))
    return total


def _shape(noise: NDArray[np.float64], gain: object) -> NDArray[np.float64]:
    spectrum = np.fft.rfft(noise)
    spectrum *= gain(np.fft.rfftfreq(len(noise), 1 / RATE))  # type: ignore[operator]
    return np.fft.irfft(spectrum, len(noise))


def _unit(signal: NDArray[np.float64]) -> NDArray[np.float64]:
    return signal / max(float(np.sqrt(np.mean(signal**2))), 1e-9)
