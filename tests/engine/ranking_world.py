"""Rankers for the tiny shop, and ways to spoil what it ranks with."""

from __future__ import annotations

import json
from pathlib import Path

import lightgbm
import numpy as np

from bowerbird.index.product_rows import id_hash
from bowerbird.rank.behaviour import Behaviour
from bowerbird.rank.model import RankModel
from bowerbird.storage import artefacts

USED = ("price_level", "title_length")


def cheap_first(names: tuple[str, ...] = USED) -> RankModel:
    """A ranker to which only a low price counts."""
    random = np.random.default_rng(0)
    inputs = random.uniform(-3, 3, (400, len(names)))
    data = lightgbm.Dataset(inputs, -40 * inputs[:, 0], feature_name=list(names), params={"verbose": -1})
    trees = lightgbm.train({"verbose": -1, "num_leaves": 31, "num_threads": 1, "learning_rate": 0.5}, data, 20)
    return RankModel((trees,), names, 0.01, {"queries": 3, "learned": 0.9})


def put_in_use(shop: Path, model: RankModel | None = None, name: str = "one") -> Path:
    root = shop / "ranking" / "models"
    (model or cheap_first()).save(root / name)
    artefacts.swap_current(root, name)
    return root / name


def put_clicks(shop: Path, clicks: dict[str, float], name: str = "one") -> Path:
    known = sorted((id_hash(product), rate) for product, rate in clicks.items())
    keys = np.array([key for key, _ in known], np.uint64)
    root = shop / "ranking" / "clicks"
    Behaviour(keys, np.array([rate for _, rate in known], np.float32)).save(root / name, {})
    artefacts.swap_current(root, name)
    return root / name


def change_manifest(folder: Path, **details: object) -> None:
    path = folder / artefacts.MANIFEST
    manifest = json.loads(path.read_text())
    version = details.pop("version", manifest["version"])
    path.write_text(json.dumps(manifest | {"version": version, "details": manifest["details"] | details}))
