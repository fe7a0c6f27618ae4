"""What every rival is given, and what is done beside those that cannot do it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

TOP = 24
DEPTH = 100
FACETS = ("category", "color", "brand")


class Data:
    """The catalogue and the requests, as written by ``search.py``."""

    def __init__(self, folder: Path) -> None:
        self.rows = [json.loads(line) for line in (folder / "products.jsonl").open(encoding="utf-8")]
        self.texts = np.load(folder / "texts.npy").astype(np.float32)
        self.photos = np.load(folder / "photos.npy").astype(np.float32)
        self.requests = [json.loads(line) for line in (folder / "requests.jsonl").open(encoding="utf-8")]
        self.vectors = np.load(folder / "requests.npy").astype(np.float32)


class Columns:
    """Filter and facets in numpy, for engines that have none."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self.price = np.array([row["price"] for row in rows])
        self.stock = np.array([row["in_stock"] for row in rows])
        self.codes: dict[str, np.ndarray] = {}
        self.names: dict[str, list[str]] = {}
        for field in ("department", *FACETS):
            names, codes = np.unique([row[field] for row in rows], return_inverse=True)
            self.names[field], self.codes[field] = list(names), codes

    def facets(self, request: dict[str, Any]) -> dict[str, np.ndarray]:
        department = self.names["department"].index(request["department"])
        mask = (self.codes["department"] == department) & (self.stock == 1)
        mask &= (self.price >= request["low"]) & (self.price <= request["high"])
        return {field: np.bincount(self.codes[field][mask], minlength=len(self.names[field])) for field in FACETS}


def fuse(*rankings: list[int]) -> list[int]:
    """Reciprocal rank fusion, for engines that do not fuse."""
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, key in enumerate(ranking):
            scores[key] = scores.get(key, 0.0) + 1 / (60 + rank)
    return sorted(scores, key=lambda key: -scores[key])[:TOP]
