"""The learned rankers that a shop keeps, the one in use and those that were before it."""

from __future__ import annotations

from collections.abc import Callable, Collection

from bowerbird.engine.shelf import Kept, Shelf
from bowerbird.rank.behaviour import Behaviour
from bowerbird.rank.model import RankModel, read_seen
from bowerbird.storage import artefacts
from bowerbird.storage.shop_folder import ShopFolder


class RankerShelf:
    """The folders of one shop's rankers and clicks. One process at a time should write."""

    def __init__(self, folder: ShopFolder, needed: Callable[[], Collection[str]] = frozenset) -> None:
        """``needed`` names the rankers that something else ranks with, such as an arm of a running experiment."""
        self._clicks = folder.clicks
        self._shelf = Shelf(
            folder.rankers, "ranker", RankModel.load, read_seen, needed, listed_by="bowerbird rank show"
        )

    def add(self, model: RankModel, behaviour: Behaviour | None) -> str:
        """Keep a ranker, and put what clicks say in use; returns the ranker's name."""
        name = self._shelf.add(model.save)
        if behaviour is not None:
            behaviour.save(self._clicks / name, dict(model.seen))
            artefacts.swap_current(self._clicks, name)
            artefacts.prune(self._clicks, keep=1)
        return name

    def promote(self, name: str) -> None:
        """Put a ranker in use. Raises NotFoundError; ArtefactError for one that this program cannot use."""
        self._shelf.promote(name)

    def rollback(self) -> str | None:
        """Put the ranker before the present one in use again, or none; returns its name. Raises NotFoundError."""
        return self._shelf.rollback()

    @property
    def current(self) -> str | None:
        """The name of the ranker in use."""
        return self._shelf.current

    def all(self) -> list[Kept]:
        """Every ranker on the shelf, the newest first; one that cannot be read says why."""
        return self._shelf.all()
