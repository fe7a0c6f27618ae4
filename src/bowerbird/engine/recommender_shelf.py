"""The trained recommenders that a shop keeps: of each sort one may be in use, beside those of the other sorts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bowerbird.domain.errors import NotFoundError
from bowerbird.engine.shelf import Kept, Shelf
from bowerbird.recommend.model_files import read_seen
from bowerbird.recommend.models import SORTS, Trained, open_recommender
from bowerbird.storage.shop_folder import ShopFolder


class RecommenderShelf:
    """The folders of one shop's recommenders, a shelf a sort. One process at a time should write."""

    def __init__(self, folder: ShopFolder) -> None:
        self._shelves = {
            sort: Shelf(
                folder.recommenders / sort,
                f"recommender of the sort {sort}",
                open_recommender,
                read_seen,
                listed_by="bowerbird learn list",
            )
            for sort in SORTS
        }

    def add(self, sort: str, save: Callable[[Path], None]) -> str:
        """Keep the recommender that ``save`` writes; returns its name, which begins with its sort."""
        return f"{sort}/{self.of(sort).add(save)}"

    def promote(self, name: str) -> None:
        """Put a recommender in use. Raises NotFoundError; ArtefactError for one that this program cannot use."""
        sort, own = self._split(name)
        self.of(sort).promote(own)

    def rollback(self, sort: str) -> str | None:
        """Put the one before that of a sort in use again, or none; returns its name. Raises NotFoundError."""
        before = self.of(sort).rollback()
        return None if before is None else f"{sort}/{before}"

    @property
    def current(self) -> dict[str, Path]:
        """By sort the folder of the recommender in use; it changes when another one is promoted."""
        found = {sort: (shelf, shelf.current) for sort, shelf in self._shelves.items()}
        return {sort: shelf.path(name) for sort, (shelf, name) in found.items() if name is not None}

    def open_current(self, sort: str) -> Trained | None:
        """The recommender of a sort that is in use. Raises ArtefactError where it is torn or of another version."""
        folder = self.current.get(sort)
        return None if folder is None else open_recommender(folder)

    def all(self) -> list[Kept]:
        """Every recommender, by sort and the newest first; one that cannot be read says why, under ``fault``."""
        return [
            Kept(f"{sort}/{one.name}", one.in_use, one.seen)
            for sort, shelf in self._shelves.items()
            for one in shelf.all()
        ]

    def find(self, name: str) -> Kept:
        """One recommender by its name. Raises NotFoundError."""
        for one in self.all():
            if one.name == name:
                return one
        raise NotFoundError(f"no recommender {name[:100]!r}; see: bowerbird learn list")

    def of(self, sort: str) -> Shelf:
        """The shelf of a sort. Raises NotFoundError for one that this program does not know."""
        if sort not in self._shelves:
            raise NotFoundError(f"no sort of recommender {sort[:100]!r}: there are {', '.join(SORTS)}")
        return self._shelves[sort]

    def _split(self, name: str) -> tuple[str, str]:
        sort, found, own = name.partition("/")
        if not found:
            raise NotFoundError(f"no recommender {name[:100]!r}; see: bowerbird learn list")
        return sort, own
