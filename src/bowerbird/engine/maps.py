"""The alignment and the photo metric of a shop: its own where it has them, else those that come with the package."""

from __future__ import annotations

from bowerbird.domain.errors import ArtefactError
from bowerbird.encode.alignment import Alignment, default_alignment
from bowerbird.encode.photo_metric import PhotoMetric, default_photo_metric
from bowerbird.engine.documents import Maps
from bowerbird.engine.models import Models
from bowerbird.storage import artefacts
from bowerbird.storage.artefacts import Manifest, read_manifest
from bowerbird.storage.shop_folder import ShopFolder

KIND, VERSION = "maps", 1
ALIGNMENT, METRIC = "alignment", "photo_metric"


def load_maps(folder: ShopFolder, models: Models) -> Maps:
    """The maps for a shop and its models. Raises ArtefactError when the shop's own are torn."""
    own = own_maps(folder, models)
    if own is not None:
        place = artefacts.current(folder.alignment)
        if place is None:
            raise ArtefactError(f"{folder.alignment}: points at nothing")
        space = Alignment.load(place / ALIGNMENT) if (place / ALIGNMENT).is_dir() else None
        return make_maps(space, PhotoMetric.load(place / METRIC))
    return make_maps(*starting_maps(models))


def own_maps(folder: ShopFolder, models: Models) -> Manifest | None:
    """The manifest of the maps fitted on this shop with these models; None where there are none."""
    place = artefacts.current(folder.alignment)
    if place is None:
        return None
    manifest = read_manifest(place, KIND, VERSION)
    return manifest if manifest.details.get("models") == models.fingerprints else None


def starting_maps(models: Models) -> tuple[Alignment | None, PhotoMetric]:
    """What a shop starts from: the packaged maps for the built-in models, plain cosine for others."""
    if models.built_in:
        return default_alignment(), default_photo_metric()
    return None, PhotoMetric.identity(models.image.dim)


def make_maps(space: Alignment | None, metric: PhotoMetric) -> Maps:
    """Maps with the fingerprint that an index is built under."""
    return Maps(space, metric, f"{space.fingerprint if space is not None else 'none'}/{metric.fingerprint}")
