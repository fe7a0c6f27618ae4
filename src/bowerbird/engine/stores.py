"""The open stores of one shop, and whether this process keeps its index."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from bowerbird.domain.errors import DiskFullError, StorageError
from bowerbird.events.log import EventLog
from bowerbird.storage.database import Database
from bowerbird.storage.experiments import ExperimentStore
from bowerbird.storage.photos import PhotoStore
from bowerbird.storage.products import ProductStore
from bowerbird.storage.rules import RuleStore
from bowerbird.storage.shop_folder import ShopFolder
from bowerbird.storage.thumbnails import Thumbnails
from bowerbird.storage.vectors import VectorStore


@dataclass(frozen=True)
class Stores:
    """What a shop keeps; ``keeper`` says that this process holds the lock and so keeps the index up to date.

    Another process may read and write products meanwhile: the keeper finds its writes in the change log.
    """

    folder: ShopFolder
    database: Database
    products: ProductStore
    photos: PhotoStore
    thumbnails: Thumbnails
    vectors: VectorStore
    rules: RuleStore
    experiments: ExperimentStore
    events: EventLog
    keeper: bool
    resources: ExitStack

    @classmethod
    def open(cls, root: Path, events: str = "") -> Stores:
        """Open a shop, made where there is none yet; ``events`` is a database's URL, empty for the folder's own.

        Raises InputError, StorageError, MissingExtraError.
        """
        folder = ShopFolder.create(root)
        with ExitStack() as resources:
            keeper = True
            try:
                resources.enter_context(folder.lock())
            except DiskFullError:
                raise
            except StorageError:
                keeper = False
            database = Database.open(folder.root)
            resources.callback(database.close)
            log = EventLog.open(events or folder.root)
            resources.callback(log.close)
            photos = PhotoStore(database, folder.photos)
            return cls(
                folder=folder,
                database=database,
                products=ProductStore(database),
                photos=photos,
                thumbnails=Thumbnails(photos, folder.thumbnails),
                vectors=VectorStore(database),
                rules=RuleStore(database),
                experiments=ExperimentStore(database),
                events=log,
                keeper=keeper,
                resources=resources.pop_all(),
            )

    def close(self) -> None:
        """Close the databases and let go of the lock."""
        self.resources.close()
