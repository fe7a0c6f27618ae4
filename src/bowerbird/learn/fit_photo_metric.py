"""Fitting the photo metric to a shop: what its photos of one product, and changed copies of one photo, have in common.

Steps: spreads -> lean on the start -> map -> judge on held-out photos -> keep the best. Numpy alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from bowerbird.encode.photo_metric import PhotoMetric, Spread, pull_together
from bowerbird.encode.photo_parts import PhotoParts
from bowerbird.encode.progress import Progress, no_progress

COLOUR_WEIGHT = 0.8


@dataclass(frozen=True, slots=True)
class MetricSettings:
    """How a metric is fitted; measured by cross-validation inside the shops at hand."""

    dim: int = 256
    shrinkage: float = 0.1
    """How far the within-product covariance is drawn to a multiple of the identity (Ledoit and Wolf 2004)."""
    lean: int = 300
    """Residuals that the start's covariances count for beside the shop's own."""
    least_lean: float = 0.15
    """What the start's within covariance weighs at least; a shop's own sources weigh at most 1 each."""
    pulls: tuple[float, ...] = (0.0, 0.5)
    rank: int = 256
    """Of the covariances that are kept for a later fit."""
    fewest_photos: int = 20
    scene_photos: int = 6
    """A product with this many photos can be judged by holding out those that look least like the rest."""
    better: float = 0.002
    """How much a fitted metric must gain over the start to be kept."""
    most_judged: int = 2_000
    seed: int = 0


@dataclass(frozen=True, slots=True)
class ChangedCopies:
    """Vectors (n, photo_dim) of changed copies of photos, and the number (n,) of the photo that each is a copy of."""

    vectors: NDArray[np.float32]
    of: NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class MetricReport:
    """What was compared: by candidate, the share of held-out photos that found their product first, by test."""

    photos: int
    kept: str
    scores: dict[str, dict[str, float]] = field(default_factory=dict)

    def details(self) -> dict[str, object]:
        """For an artefact's manifest."""
        return {"photos": self.photos, "kept": self.kept, "held_out": self.scores}


def fit_photo_metric(
    photos: NDArray[np.float32],
    products: NDArray[np.intp],
    copies: ChangedCopies | None = None,
    start: PhotoMetric | None = None,
    settings: MetricSettings | None = None,
    progress: Progress = no_progress,
) -> tuple[PhotoMetric, MetricReport]:
    """Fit a metric to a shop, or keep ``start`` where that finds held-out photos as well.

    Args:
        photos: (n, photo_dim) f32 raw vectors of the shop's photos.
        products: (n,) the product of each.
        copies: changed copies of some of the photos (``augment``), which the metric learns not to mind.
        start: the metric to lean on, and to beat; the packaged one for the built-in encoder.
        settings: how to fit.
        progress: is told how far it is.
    """
    settings = settings or MetricSettings()
    start = start if start is not None and start.photo_dim == photos.shape[1] else None
    fallback = start or PhotoMetric.identity(photos.shape[1])
    if len(photos) < settings.fewest_photos:
        return fallback, MetricReport(len(photos), fallback.name)
    known = KnownPhotos.of(photos, products, copies)
    scores: dict[str, dict[str, float]] = {}
    tests = [test for test in (_test_copies(known, settings), _test_scenes(known, settings)) if test is not None]
    for number, test in enumerate(tests):
        progress("judging the photo metric", number, len(tests))
        fitted = fit_once(test.known, start, settings)
        scores.setdefault("start", {})[test.name] = test.score(fallback, fallback.pull)
        for pull in settings.pulls:
            scores.setdefault(f"pull {pull:g}", {})[test.name] = test.score(fitted, pull)
    # By query, not by test: a handful of held-out scenes should not outvote a thousand copies.
    weights = [len(test.queries) for test in tests]
    means = {name: float(np.average(list(by_test.values()), weights=weights)) for name, by_test in scores.items()}
    best = max(means, key=lambda name: means[name]) if means else "start"
    progress("judging the photo metric", len(tests), len(tests))
    if not means or means[best] < means["start"] + settings.better:
        return fallback, MetricReport(len(photos), fallback.name, scores)
    pull = float(best.removeprefix("pull "))
    report = MetricReport(len(photos), best, scores)
    fitted = fit_once(known, start, settings)
    return replace(fitted, pull=pull, fitted_on=report.details()), report


def fit_once(
    known: KnownPhotos, start: PhotoMetric | None, settings: MetricSettings, *, keep_spread: bool = False
) -> PhotoMetric:
    """Fit a metric without judging it; ``keep_spread`` makes one that later fits can lean on."""
    parts = PhotoParts.of(known.photos.shape[1], prior_weight=0.0, colour_weight=COLOUR_WEIGHT)
    rows = parts.prepare(known.photos)
    within, own_total = known.within(parts, rows, settings), _at_trace_one(_covariance(rows - rows.mean(0)))
    mean, total = rows.mean(0), own_total
    if start is not None and start.spread is not None and start.parts == parts and start.mean is not None:
        start_within, start_total = start.spread.covariances()
        lean = settings.lean / (settings.lean + len(rows))
        within = within + np.float32(settings.least_lean + lean) * start_within
        total = (1 - np.float32(lean)) * total + np.float32(lean) * start_total
        mean = (1 - np.float32(lean)) * mean + np.float32(lean) * start.mean
    within = _at_trace_one(within)
    spread = None
    if keep_spread:
        (w, w_floor), (t, t_floor) = _low_rank(within, settings.rank), _low_rank(total, settings.rank)
        spread = Spread(w, t, w_floor, t_floor)
    return PhotoMetric.of(parts, mean, _discriminants(within, total, settings), name="fitted", spread=spread)


@dataclass(frozen=True, slots=True)
class KnownPhotos:
    """What a metric may be fitted on."""

    photos: NDArray[np.float32]
    products: NDArray[np.intp]
    copies: ChangedCopies | None

    @classmethod
    def of(cls, photos: NDArray[np.float32], products: NDArray[np.intp], copies: ChangedCopies | None) -> KnownPhotos:
        """Check that the arrays belong together."""
        if len(photos) != len(products):
            raise ValueError(f"{len(photos)} photos and {len(products)} products do not match")
        return cls(photos, products, copies if copies is not None and len(copies.of) else None)

    def within(self, parts: PhotoParts, rows: NDArray[np.float32], settings: MetricSettings) -> NDArray[np.float32]:
        """Covariances of photos about their product and of copies about their photo, each at trace one, added."""
        sources = [_residuals(rows, self.products)]
        if self.copies is not None:
            copied = np.unique(self.copies.of)
            both = np.concatenate([rows[copied], parts.prepare(self.copies.vectors)])
            sources.append(_residuals(both, np.concatenate([copied, self.copies.of])))
        found = np.zeros((rows.shape[1], rows.shape[1]), np.float32)
        for residuals in sources:
            if len(residuals):
                share = len(residuals) / (len(residuals) + settings.lean)
                found += np.float32(share) * _at_trace_one(_covariance(residuals))
        if not found.any():
            found[np.diag_indices(len(found))] = 1.0
        return found


@dataclass(frozen=True, slots=True)
class _Test:
    """Queries that must find their product first among a gallery, and what may be known when they are asked."""

    name: str
    known: KnownPhotos
    gallery: NDArray[np.float32]
    owners: NDArray[np.intp]
    queries: NDArray[np.float32]
    wanted: NDArray[np.intp]

    def score(self, metric: PhotoMetric, pull: float) -> float:
        """The share of queries that find their product first."""
        order = np.argsort(self.owners, kind="stable")
        owners = self.owners[order]
        starts = np.flatnonzero(np.r_[True, owners[1:] != owners[:-1]])
        projected = np.split(metric.project(self.gallery[order]), starts[1:])
        gallery = np.concatenate([pull_together(rows, pull) for rows in projected])
        nearest = np.argmax(metric.project(self.queries) @ gallery.T, axis=1)
        return float(np.mean(owners[nearest] == self.wanted))


def _test_copies(known: KnownPhotos, settings: MetricSettings) -> _Test | None:
    """Copies of half of the photos are queries; the metric has seen copies of the other half only."""
    if known.copies is None or len(np.unique(known.copies.of)) < settings.fewest_photos:
        return None
    copied = np.random.default_rng(settings.seed).permutation(np.unique(known.copies.of))
    asked = np.isin(known.copies.of, copied[: len(copied) // 2])
    seen = ChangedCopies(known.copies.vectors[~asked], known.copies.of[~asked])
    queries = np.flatnonzero(asked)[: settings.most_judged]
    return _Test(
        "changed copies", replace(known, copies=seen), known.photos, known.products,
        known.copies.vectors[queries], known.products[known.copies.of[queries]],
    )  # fmt: skip


def _test_scenes(known: KnownPhotos, settings: MetricSettings) -> _Test | None:
    """Of products with many photos, the smaller of two groups that look unlike is asked for.

    Photos of one product are often taken in one go; held out at random, each would have a near twin in the gallery.
    """
    parts = PhotoParts.of(known.photos.shape[1], prior_weight=0.0, colour_weight=COLOUR_WEIGHT)
    held = np.zeros(len(known.photos), bool)
    counts = np.bincount(known.products)
    many = np.flatnonzero(counts >= settings.scene_photos)
    if len(many) < 10:
        return None
    for product in many:
        members = np.flatnonzero(known.products == product)
        rows = parts.prepare(known.photos[members])
        rows -= rows.mean(0)
        side = np.linalg.svd(rows, full_matrices=False)[0][:, 0] > 0
        held[members] = side if side.sum() * 2 <= len(members) else ~side
    kept = np.flatnonzero(~held)
    place = np.cumsum(~held) - 1
    copies = known.copies
    if copies is not None:
        seen = ~held[copies.of]
        copies = ChangedCopies(copies.vectors[seen], place[copies.of[seen]])
    queries = np.random.default_rng(settings.seed).permutation(np.flatnonzero(held))[: settings.most_judged]
    return _Test(
        "other scenes", KnownPhotos.of(known.photos[kept], known.products[kept], copies), known.photos[kept],
        known.products[kept], known.photos[queries], known.products[queries],
    )  # fmt: skip


def _residuals(rows: NDArray[np.float32], groups: NDArray[np.intp]) -> NDArray[np.float32]:
    """Rows less their group's mean, for groups of two or more, scaled to an unbiased covariance."""
    _, place, counts = np.unique(groups, return_inverse=True, return_counts=True)
    sums = np.zeros((len(counts), rows.shape[1]), np.float32)
    np.add.at(sums, place, rows)
    several = counts[place] > 1
    size = counts[place][several, None].astype(np.float32)
    return np.asarray((rows[several] - sums[place[several]] / size) * np.sqrt(size / (size - 1)), np.float32)


def _covariance(centred: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(centred.T @ centred / np.float32(max(1, len(centred))), np.float32)


def _at_trace_one(matrix: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(matrix / max(float(np.trace(matrix)), 1e-12), np.float32)


def _discriminants(
    within: NDArray[np.float32], total: NDArray[np.float32], settings: MetricSettings
) -> NDArray[np.float32]:
    """Whiten the shrunk within covariance, then keep the directions of the largest total variance."""
    values, vectors = np.linalg.eigh(within)
    values = np.maximum(values, 0.0)
    shrunk = (1 - settings.shrinkage) * values + settings.shrinkage * values.mean()
    # Lengths do not matter to a cosine; this keeps the numbers inside f16.
    whiten = vectors * np.sqrt(shrunk.mean() / shrunk)
    _, main = np.linalg.eigh(whiten.T @ total @ whiten)
    return np.asarray(whiten @ main[:, ::-1][:, : settings.dim], np.float32)


def _low_rank(matrix: NDArray[np.float32], rank: int) -> tuple[NDArray[np.float32], float]:
    """A factor (rank, dim), rounded to f16, and the mean of the eigenvalues left out, to be added everywhere."""
    values, vectors = np.linalg.eigh(matrix)
    values, vectors = values[::-1], vectors[:, ::-1]
    floor = float(max(values[rank:].mean(), 0.0)) if len(values) > rank else 0.0
    factor = (vectors[:, :rank] * np.sqrt(np.maximum(values[:rank] - floor, 0.0))).T
    return factor.astype(np.float16).astype(np.float32), floor
