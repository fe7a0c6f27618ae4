"""Fitting the maps on the shop's own photos and texts: collect -> copy -> fit the metric -> fit the alignment -> keep.

Raw vectors come from the cache, those of changed copies too, so fitting again encodes nothing twice.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bowerbird.domain.errors import PhotoError
from bowerbird.domain.ports import Floats
from bowerbird.encode.alignment import Alignment
from bowerbird.encode.flow import photo_vectors
from bowerbird.encode.photo_metric import PhotoMetric
from bowerbird.encode.progress import Progress
from bowerbird.encode.sessions import map_bounded
from bowerbird.engine.documents import DocumentMaker
from bowerbird.engine.maps import ALIGNMENT, KIND, METRIC, VERSION, own_maps, starting_maps
from bowerbird.engine.models import Models
from bowerbird.engine.stores import Stores
from bowerbird.learn.augment import augmented
from bowerbird.learn.fit_photo_metric import ChangedCopies, fit_photo_metric
from bowerbird.learn.flow import fit_alignment
from bowerbird.learn.pairs import pair_up
from bowerbird.learn.phrases import phrases_of
from bowerbird.storage import artefacts
from bowerbird.storage.artefacts import write_artefact
from bowerbird.storage.files import content_hash
from bowerbird.storage.photo_decoding import decode_photo

FEWEST_PHOTOS = 20
"""A shop with fewer has nothing to fit on."""
MOST_PRODUCTS = 20_000
"""Products that are fitted on, drawn from a larger shop."""
GROWN = 1.5
"""A shop that has this many times the photos it was fitted on is fitted again."""
COPIED_PHOTOS, COPIES = 800, 2
"""Photos whose changed copies are encoded, and how many of each."""
_BATCH = 8


@dataclass(frozen=True)
class FittedOn:
    """Photos to fit on: content hashes, each one's product by number, and the phrases it may be called by."""

    hashes: list[str]
    products: list[int]
    phrases: list[tuple[str, ...]]

    def take(self, rows: Sequence[int]) -> FittedOn:
        """Some of the photos only."""
        return FittedOn(
            [self.hashes[row] for row in rows],
            [self.products[row] for row in rows],
            [self.phrases[row] for row in rows],
        )


def fit_due(stores: Stores, models: Models) -> bool:
    """Whether the shop has photos enough, and more by half than its maps were fitted on."""
    photos = stores.photos.count()
    if photos < FEWEST_PHOTOS:
        return False
    own = own_maps(stores.folder, models)
    return own is None or photos > GROWN * float(own.details["photos_then"])


def fit_maps(stores: Stores, maker: DocumentMaker, progress: Progress) -> str:
    """Fit both maps and make them the shop's own; says what was kept. The raw vectors must be in the cache."""
    models = maker.models
    shop = collect(stores, maker)
    raw, missing = photo_vectors(shop.hashes, models.image, stores.vectors)
    shop, raw = shop.take(np.flatnonzero(~missing).tolist()), raw[~missing]
    copied, copies = changed_copies(stores, maker, shop.hashes, progress)
    start_space, start_metric = starting_maps(models)
    of = np.tile(np.asarray(copied, np.intp), len(copies))
    changed = ChangedCopies(np.concatenate(copies), of) if copied else None
    products = np.asarray(shop.products, np.intp)
    metric, metric_report = fit_photo_metric(raw, products, changed, start_metric, progress=progress)
    space, said = start_space, ""
    if models.joint_image is None:
        # An alignment takes all photos' copies or none.
        views = [raw, *copies] if len(copied) == len(raw) else [raw]
        pairs = pair_up(stores.folder.root.name, views, shop.phrases, shop.products, models.text.encode)
        space, report = fit_alignment(pairs, start_space, progress=progress)
        said = f"; alignment: {report.kept}"
    _keep(stores, models, space, metric, len(raw))
    return f"Fitted on {len(raw):,} photos (photo metric: {metric_report.kept}{said})"


def collect(stores: Stores, maker: DocumentMaker) -> FittedOn:
    """The photos of the shop, of at most ``MOST_PRODUCTS`` products drawn the same way each time."""
    share = min(1.0, MOST_PRODUCTS / max(1, stores.products.count()))
    found = FittedOn([], [], [])
    number = 0
    for batch in stores.products.iterate():
        products = [
            stored.product
            for stored in batch
            if zlib.crc32(stored.product.id.encode("utf-8", "surrogatepass")) / 2**32 <= share
        ]
        for photo in maker.photos_of(products):
            found.hashes.append(photo.hash)
            found.products.append(number + photo.product)
            found.phrases.append(phrases_of(products[photo.product], photo.variant))
        number += len(products)
    return found


def changed_copies(
    stores: Stores, maker: DocumentMaker, hashes: Sequence[str], progress: Progress
) -> tuple[list[int], list[Floats]]:
    """Raw vectors of changed copies of some photos: which ones, and (n, dim) of the first copies, of the second, ..."""
    encoder, store = maker.models.image, stores.vectors
    step = max(1, -(-len(hashes) // COPIED_PHOTOS))
    chosen = list(range(0, len(hashes), step))
    found: list[NDArray[np.float32]] = []
    whole = np.ones(len(chosen), np.bool_)
    for copy in range(COPIES):
        keys = [content_hash(f"{hashes[row]} copy {copy}".encode()) for row in chosen]
        absent = store.missing(encoder.fingerprint, keys)
        waiting = [(key, hashes[row]) for key, row in zip(keys, chosen, strict=True) if key in absent]
        batches = [waiting[at : at + _BATCH] for at in range(0, len(waiting), _BATCH)]

        def encode(batch: list[tuple[str, str]], copy: int = copy) -> tuple[list[str], Floats]:
            photos = {}
            for key, digest in batch:
                try:
                    photo = decode_photo(maker.read_photo(digest), target_side=384)
                except PhotoError:
                    continue
                photos[key] = augmented(photo, 1000 * int(digest[:8], 16) + copy)
            return list(photos), encoder.encode(list(photos.values()))

        for done, (known, vectors) in enumerate(map_bounded(encode, batches, 2), start=1):
            if known:
                store.put_matrix(encoder.fingerprint, known, vectors)
            progress("encoding changed copies", copy * len(batches) + done, COPIES * len(batches))
        halves, missing = store.get_matrix(encoder.fingerprint, keys, encoder.dim)
        whole &= ~missing
        found.append(halves.astype(np.float32))
    return [row for row, there in zip(chosen, whole, strict=True) if there], [part[whole] for part in found]


def _keep(stores: Stores, models: Models, space: Alignment | None, metric: PhotoMetric, fitted_on: int) -> None:
    root = stores.folder.alignment
    root.mkdir(exist_ok=True)
    name = f"maps-{time.time_ns():x}"
    with write_artefact(root / name, KIND, VERSION) as draft:
        if space is not None:
            space.save(draft.folder / ALIGNMENT)
        metric.save(draft.folder / METRIC)
        draft.details.update(models=models.fingerprints, fitted_on=fitted_on, photos_then=stores.photos.count())
    artefacts.swap_current(root, name)
    artefacts.prune(root)
