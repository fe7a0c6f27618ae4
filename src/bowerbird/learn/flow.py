"""Fitting an alignment to a shop: split -> candidates -> compare on held-out products -> fit the best on all -> report.

The start (the packaged default) is one of the candidates, so a shop never gets a worse alignment than it had.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from importlib.util import find_spec

import numpy as np

from bowerbird.encode.alignment import Alignment
from bowerbird.encode.progress import Progress, no_progress
from bowerbird.learn.judge_alignment import AlignmentScores, judge_alignment
from bowerbird.learn.losses import infonce, triplet
from bowerbird.learn.pairs import Pairs, split_products
from bowerbird.learn.ridge import fit_ridge
from bowerbird.learn.train_towers import Loss, TowerSettings, train_towers

START = "start"
_LOSSES: Mapping[str, Loss] = {"infonce": infonce, "triplet": triplet}
Fit = Callable[[Pairs], Alignment]


@dataclass(frozen=True, slots=True)
class FitSettings:
    """How an alignment is fitted and chosen."""

    dim: int = 256
    """Of the shared space, where there is no start to take it from."""
    held_out: float = 0.2
    """The share of products that the candidates are compared on."""
    fewest_products: int = 50
    """A smaller shop keeps the start: too few held-out products to tell the candidates apart."""
    most_photos: int = 8_000
    """Photos that are fitted on, drawn at random from a larger shop."""
    better: float = 0.01
    """How much a candidate must gain over the start."""
    ridge_strengths: tuple[float, ...] = (0.03, 0.3, 3.0)
    towers: TowerSettings = field(default_factory=TowerSettings)
    seed: int = 0


@dataclass(frozen=True, slots=True)
class FitReport:
    """What was fitted and measured; ``scores`` are on held-out products, by candidate."""

    shop: str
    photos: int
    products: int
    kept: str
    scores: Mapping[str, AlignmentScores] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def details(self) -> dict[str, object]:
        """For an artefact's manifest."""
        return {
            "shop": self.shop,
            "photos": self.photos,
            "products": self.products,
            "kept": self.kept,
            "held_out": {name: scores.rounded() for name, scores in self.scores.items()},
            "notes": list(self.notes),
        }


def fit_alignment(
    pairs: Pairs,
    start: Alignment | None = None,
    settings: FitSettings | None = None,
    progress: Progress = no_progress,
) -> tuple[Alignment | None, FitReport]:
    """Fit an alignment to a shop's pairs, or keep ``start`` where nothing fitted finds held-out photos better.

    Returns the best alignment and what was measured; None only where there is no start and too few products.
    Without torch ridge regression alone is tried.
    """
    settings = settings or FitSettings()
    start = _usable_start(start, pairs)
    pairs = _sample(pairs, settings)
    products = len(np.unique(pairs.products))
    if products < settings.fewest_products:
        note = f"{products} products with photos; an alignment of its own takes {settings.fewest_products}"
        return start, FitReport(pairs.name, len(pairs), products, START, notes=(note,))
    kept, held = split_products(pairs.products, settings.held_out, settings.seed)
    training, held_out = pairs.take(kept), pairs.take(held)
    scores: dict[str, AlignmentScores] = {}
    if start is not None:
        scores[START] = judge_alignment(start, held_out)
    fits, notes = _candidates(start, settings, progress)
    for name, fit in fits.items():
        scores[name] = judge_alignment(fit(training), held_out)
    best = max(scores, key=lambda name: scores[name].overall)
    if start is not None and scores[best].overall < scores[START].overall + settings.better:
        best = START
    report = FitReport(pairs.name, len(pairs), products, best, scores, notes)
    if best == START:
        return start, report
    return replace(fits[best](pairs), name=best, fitted_on=report.details()), report


def _candidates(
    start: Alignment | None, settings: FitSettings, progress: Progress
) -> tuple[dict[str, Fit], tuple[str, ...]]:
    """Every way to fit, by name, and what could not be tried."""
    dim = settings.dim if start is None else start.dim

    def ridge(strength: float) -> Fit:
        return lambda pairs: fit_ridge(pairs, min(dim, pairs.phrases[0].vectors.shape[1]), strength)

    def towers(name: str, loss: Loss) -> Fit:
        def fit(pairs: Pairs) -> Alignment:
            ground = start if start is not None and start.photo_tower is not None else ridge(0.3)(pairs)
            return train_towers([pairs], ground, loss, settings.towers, name=name, progress=progress)

        return fit

    fits = {f"ridge {strength:g}": ridge(strength) for strength in settings.ridge_strengths}
    if find_spec("torch") is None:
        return fits, ("torch is not installed, so only ridge regression was tried",)
    return fits | {name: towers(name, loss) for name, loss in _LOSSES.items()}, ()


def _usable_start(start: Alignment | None, pairs: Pairs) -> Alignment | None:
    """The start where it takes these vectors: another model's alignment is no start."""
    if start is None or start.photo_dim != pairs.photos.shape[1]:
        return None
    return start if start.text_dim == pairs.phrases[0].vectors.shape[1] else None


def _sample(pairs: Pairs, settings: FitSettings) -> Pairs:
    if len(pairs) <= settings.most_photos:
        return pairs
    drawn = np.random.default_rng(settings.seed).permutation(len(pairs))[: settings.most_photos]
    return pairs.take(np.sort(drawn))
