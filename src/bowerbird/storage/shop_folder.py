"""The layout of a shop on disk, and who keeps it.

- ``shop.json``: what this folder is, and its version
- ``shop.db``: the truth: products, change log, vectors, photo table, keys
- ``events.db``: the truth too: what shoppers did, unless a server keeps that
- ``photos/<hh>/<hash>.<ext>``: photo files by content hash
- ``thumbnails/<width>/<hh>/<hash>.<ext>``: derived: small copies of the photos, made when first asked for
- ``index/<generation>/``: derived; ``index/CURRENT`` names the one in use
- ``rejects/<time>.jsonl``: the rows that each import refused
- ``models.json``: the models in use
- ``synonyms.json``: the merchant's own synonyms
- ``alignment/``: the maps fitted on this shop
- ``speech/``: derived: the words and the language model that speech is understood with
- ``ranking/models/<name>/``: learned rankers, and the one in use; ``ranking/clicks/<name>/`` what clicks say
- ``ranking/settings.json``: what the merchant set for the ranking
- ``recommending/models/<sort>/<name>/``: trained recommenders, of each sort the one in use;
  ``recommending/runs/<sort>/`` the checkpoints and logs of their trainings
- ``.lock``: held by the one process that keeps the index
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import orjson

from bowerbird.domain.errors import ArtefactError, InputError, NotFoundError, StorageError
from bowerbird.storage.database import FILE as DATABASE_FILE
from bowerbird.storage.faults import storage_faults
from bowerbird.storage.files import write_whole

VERSION = 1
_KIND = "bowerbird shop"


@dataclass(frozen=True, slots=True)
class ShopFolder:
    """The paths of one shop."""

    root: Path

    @classmethod
    def create(cls, root: Path) -> ShopFolder:
        """The shop in a folder, made where there is none yet.

        Raises InputError where the folder holds something else, ArtefactError for a newer version.
        """
        shop = cls(root)
        if shop.about.is_file():
            return cls.open(root)
        with storage_faults(root):
            if root.exists() and (not root.is_dir() or any(path.name != ".lock" for path in root.iterdir())):
                raise InputError("is not a shop and not empty", where=str(root), expected="a shop or a new folder")
            root.mkdir(parents=True, exist_ok=True)
            about = {"kind": _KIND, "version": VERSION, "created_at": datetime.now(UTC).isoformat(timespec="seconds")}
            write_whole(shop.about, orjson.dumps(about, option=orjson.OPT_INDENT_2))
        return shop

    @classmethod
    def open(cls, root: Path) -> ShopFolder:
        """The shop in a folder. Raises NotFoundError; ArtefactError for one that this program cannot read."""
        shop = cls(root)
        try:
            about = orjson.loads(shop.about.read_bytes())
            kind, version = about["kind"], int(about["version"])
        except (FileNotFoundError, NotADirectoryError):
            raise NotFoundError(f"{root}: there is no shop here") from None
        except OSError as error:
            raise StorageError(f"{shop.about}: {error.strerror}") from error
        except (ValueError, KeyError, TypeError) as error:
            raise ArtefactError(f"{shop.about}: is torn: {error}") from error
        if kind != _KIND or version > VERSION:
            raise ArtefactError(
                f"{root}: {kind} of version {version}; this program knows up to {VERSION}: use a newer bowerbird"
            )
        return shop

    @property
    def about(self) -> Path:
        """What this folder is, and its version."""
        return self.root / "shop.json"

    @property
    def database(self) -> Path:
        """The database's file; ``Database.open`` takes ``root``."""
        return self.root / DATABASE_FILE

    @property
    def events(self) -> Path:
        """The event log's file, where no server keeps it."""
        return self.root / "events.db"

    @property
    def photos(self) -> Path:
        """Photo files by content hash."""
        return self.root / "photos"

    @property
    def thumbnails(self) -> Path:
        """Small copies of the photos; may be deleted at any time."""
        return self.root / "thumbnails"

    @property
    def index(self) -> Path:
        """Generations of the derived index, and the pointer to the one in use."""
        return self.root / "index"

    @property
    def rankers(self) -> Path:
        """The learned rankers, and the pointer to the promoted one."""
        return self.root / "ranking" / "models"

    @property
    def clicks(self) -> Path:
        """What clicks say of products, and the pointer to the table in use."""
        return self.root / "ranking" / "clicks"

    @property
    def rank_settings(self) -> Path:
        """What the merchant set for the ranking, where that differs from the defaults."""
        return self.root / "ranking" / "settings.json"

    @property
    def live_counts(self) -> Path:
        """What recommendations count as events come, up to a number of the log."""
        return self.root / "recommending" / "state"

    @property
    def recommenders(self) -> Path:
        """A folder for each sort of trained recommender, with the models and the pointer to the promoted one."""
        return self.root / "recommending" / "models"

    @property
    def recommender_runs(self) -> Path:
        """A folder for each sort of recommender, with the checkpoint and the logs of its training."""
        return self.root / "recommending" / "runs"

    @property
    def mixer(self) -> Path:
        """What each source of recommendations counts, where that was learned."""
        return self.root / "recommending" / "mixer.json"

    @property
    def rejects(self) -> Path:
        """The rows that each import refused."""
        return self.root / "rejects"

    @property
    def models(self) -> Path:
        """Which models the shop uses."""
        return self.root / "models.json"

    @property
    def synonyms(self) -> Path:
        """The merchant's own synonyms."""
        return self.root / "synonyms.json"

    @property
    def alignment(self) -> Path:
        """The maps fitted on this shop."""
        return self.root / "alignment"

    @property
    def speech(self) -> Path:
        """The shop's own part of understanding speech; may be deleted at any time."""
        return self.root / "speech"

    @property
    def lock_file(self) -> Path:
        """Held by the process that keeps the index; holds its number."""
        return self.root / ".lock"

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Be the one process that keeps the index and may replace the shop. Raises StorageError naming the other.

        The system lets go of the lock when its process ends, however that comes. The database is safe without
        it: whoever only reads, or writes products, needs none.
        """
        with storage_faults(self.lock_file):
            self.root.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self.lock_file, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise StorageError(f"{self.root}: is in use by {_holder(descriptor)}; stop it first") from None
            with storage_faults(self.lock_file):
                os.ftruncate(descriptor, 0)
                os.pwrite(descriptor, str(os.getpid()).encode(), 0)
            yield
        finally:
            os.close(descriptor)


def _holder(descriptor: int) -> str:
    number = os.pread(descriptor, 32, 0).decode("ascii", "replace").strip()
    return f"process {number}" if number else "another process"
