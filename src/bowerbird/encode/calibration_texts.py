"""Short texts of the shape of product titles, made from label names: to calibrate and compare encoders."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import numpy as np

_FORMS = (
    "{a} for {b}, {n} GB, {m} cm, black",
    "A {a} with {b}. Red, size M, for women.",
    "{b} {n}-pack, {m} W, white plastic {a} by Acme",
    "{a}",
)


@cache
def label_names() -> tuple[str, ...]:
    """The 1,000 ImageNet labels, in the network's order."""
    return tuple(files("bowerbird.encode").joinpath("imagenet_labels.txt").read_text("utf-8").splitlines())


def make_texts(count: int, seed: int = 0) -> list[str]:
    """Invent ``count`` texts; the same seed gives the same ones."""
    labels = label_names()
    rng = np.random.default_rng(seed)
    picks = rng.integers(0, len(labels), (count, 2))
    numbers = rng.integers(1, 1000, (count, 2))
    return [
        _FORMS[row % len(_FORMS)].format(a=labels[a], b=labels[b], n=n, m=m)
        for row, ((a, b), (n, m)) in enumerate(zip(picks.tolist(), numbers.tolist(), strict=True))
    ]
