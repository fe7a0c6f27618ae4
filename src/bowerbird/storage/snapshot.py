"""A copy of a live shop that is consistent and checked, and a shop from such a copy.

The databases are copied each as it is at one moment; the products' decides which photos belong to it. The index is
derived: it is taken along when it can be had whole, so that a restored shop answers at once, and is built again by
the shop itself otherwise. A snapshot holds what shoppers did until then: who erases one erases its snapshots too.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import closing, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

from bowerbird.domain.errors import ArtefactError, InputError, NotFoundError, StorageError
from bowerbird.storage import sqlite
from bowerbird.storage.artefacts import (
    CURRENT,
    Draft,
    Manifest,
    check_files,
    current,
    read_manifest,
    write_artefact,
)
from bowerbird.storage.database import Database
from bowerbird.storage.faults import storage_faults
from bowerbird.storage.files import file_hash, flush, is_temporary, link_or_copy, temporary_name
from bowerbird.storage.photos import PhotoStore
from bowerbird.storage.products import ProductStore
from bowerbird.storage.shop_folder import ShopFolder

KIND = "bowerbird snapshot"
VERSION = 1

# A generation that is being written to is whole between two writes; tries to meet such a moment.
_TRIES = 20
_PAUSE_SECONDS = 0.02

Progress: TypeAlias = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class SnapshotReport:
    """What a snapshot holds; ``damaged`` are the hashes of photos whose file was lost or spoilt: they stayed out."""

    path: Path
    products: int
    photos: int
    damaged: tuple[str, ...]
    with_index: bool


def take(shop: ShopFolder, target: Path, progress: Progress | None = None) -> SnapshotReport:
    """Write a snapshot of a shop, which may be serving and written to meanwhile; it needs no lock.

    ``progress`` is told (photos done, photos in all). Raises InputError where ``target`` is there already or
    inside the shop, DiskFullError and StorageError, after which nothing of the target is left.
    """
    if target.exists():
        raise InputError("is there already", where=str(target), expected="a new folder's name")
    if target.resolve().is_relative_to(shop.root.resolve()):
        raise InputError("a snapshot cannot lie inside its own shop", where=str(target))
    with write_artefact(target, KIND, VERSION) as draft:
        # The index first: whatever it lacks of the later database it catches up with.
        with_index = _copy_index(shop, draft.folder)
        _copy_the_rest(shop, draft.folder)
        _copy_counts(shop, draft.folder)
        with closing(Database.open(shop.root, read_only=True)) as live:
            live.back_up(draft.folder / shop.database.name)
        if shop.events.is_file():
            with storage_faults(shop.events):
                sqlite.back_up(shop.events, draft.folder / shop.events.name)
        with closing(Database.open(draft.folder, read_only=True)) as copy:
            products = ProductStore(copy).count()
            hashes = PhotoStore(copy, shop.photos).hashes()
            damaged = _copy_photos(PhotoStore(copy, shop.photos), hashes, draft, progress)
        photos = len(hashes) - len(damaged)
        draft.details |= {"products": products, "photos": photos, "damaged_photos": damaged, "with_index": with_index}
    return SnapshotReport(target, products, photos, tuple(damaged), with_index)


def restore(snapshot: Path, root: Path, force: bool = False, progress: Progress | None = None) -> Path | None:
    """Make a shop of a snapshot, after every file of it was read and found whole.

    A shop that is there is only replaced when ``force`` is set and no process writes it; it is then kept
    beside, and its new path returned. Nothing is touched before the new one is complete. ``progress`` is told
    (files done, files in all). Raises ArtefactError naming the torn file, InputError, DiskFullError, StorageError.
    """
    manifest = read_manifest(snapshot, KIND, VERSION)
    present = ShopFolder(root)
    _check_place(present, force)
    if present.database.name not in manifest.files:
        raise ArtefactError(f"{snapshot}: holds no database")
    check_files(snapshot, manifest)
    beside = temporary_name(root)
    with storage_faults(root):
        try:
            _copy_files(snapshot, manifest, beside, progress)
            # What this program cannot open must not take the place of what it can.
            ShopFolder.open(beside)
            Database.open(beside, read_only=True).close()
            return _swap(beside, present)
        except BaseException:
            shutil.rmtree(beside, ignore_errors=True)
            raise


def _copy_index(shop: ShopFolder, target: Path) -> bool:
    """Take the current generation along, as a crash at one moment would leave it: its owner heals from that.

    Its files are written once and then only replaced or removed, so holding them by second names for a
    moment, in which nothing changed, is enough; copying them may then take its time.
    """
    try:
        generation = current(shop.index)
    except ArtefactError:
        return False
    if generation is None:
        return False
    held = temporary_name(generation)
    try:
        if not any(_hold(generation, held) for _ in range(_TRIES)):
            return False
        for source in _files(held):
            _copy(source, target / "index" / generation.name / source.relative_to(held))
    except FileNotFoundError:
        # The index's owner swept its folder.
        shutil.rmtree(target / "index", ignore_errors=True)
        return False
    finally:
        shutil.rmtree(held, ignore_errors=True)
    (target / "index" / CURRENT).write_text(f"{generation.name}\n", encoding="utf-8")
    return True


def _hold(generation: Path, held: Path) -> bool:
    """Give every file a second name; False, and nothing held, where files came, went or grew meanwhile."""
    try:
        before = _stamps(generation)
        for source in before:
            second = held / source.relative_to(generation)
            second.parent.mkdir(parents=True, exist_ok=True)
            link_or_copy(source, second)
        if _stamps(generation) == before:
            return True
    except FileNotFoundError:
        pass
    shutil.rmtree(held, ignore_errors=True)
    time.sleep(_PAUSE_SECONDS)
    return False


def _stamps(folder: Path) -> dict[Path, tuple[int, int, int]]:
    entries = ((path, path.stat()) for path in _files(folder) if path.suffix != ".lock")
    return {path: (entry.st_ino, entry.st_size, entry.st_mtime_ns) for path, entry in entries}


def _copy_the_rest(shop: ShopFolder, target: Path) -> None:
    apart = {shop.photos, shop.thumbnails, shop.speech, shop.index, shop.lock_file}
    # Trainings that go on are no part of the shop.
    apart |= {shop.live_counts, shop.recommender_runs}
    for source in _files(shop.root, apart):
        if not source.name.startswith((shop.database.name, shop.events.name)):
            _copy(source, target / source.relative_to(shop.root))


def _copy_counts(shop: ShopFolder, target: Path) -> None:
    """Take along what is counted of events, whose copies are written whole and replaced now and then."""
    for _ in range(_TRIES):
        try:
            folder = current(shop.live_counts)
            for source in () if folder is None else _files(folder):
                _copy(source, target / source.relative_to(shop.root))
            if folder is not None:
                name = target / shop.live_counts.relative_to(shop.root) / CURRENT
                name.write_text(f"{folder.name}\n", encoding="utf-8")
            return
        except (ArtefactError, FileNotFoundError):
            # Replaced meanwhile. Where it cannot be had at all it is counted again.
            shutil.rmtree(target / shop.live_counts.relative_to(shop.root), ignore_errors=True)


def _copy_photos(store: PhotoStore, hashes: list[str], draft: Draft, progress: Progress | None) -> list[str]:
    """Share or copy photos into a snapshot; those that are lost or spoilt stay out and are returned."""
    damaged = []
    for done, digest in enumerate(hashes, 1):
        try:
            source = store.path(digest)
        except NotFoundError:
            damaged.append(digest)
            continue
        name = f"photos/{digest[:2]}/{source.name}"
        target = draft.folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        link_or_copy(source, target)
        if file_hash(target) == digest:
            draft.checksums[name] = digest
        else:
            target.unlink()
            damaged.append(digest)
        if progress is not None:
            progress(done, len(hashes))
    return damaged


def _check_place(present: ShopFolder, force: bool) -> None:
    root = present.root
    if not root.exists() or (root.is_dir() and not any(root.iterdir())):
        return
    if not present.about.exists() and not present.database.exists():
        raise InputError("is not a shop and not empty", where=str(root), expected="a shop or a new folder")
    if not force:
        raise InputError("a shop is there already", where=str(root), expected="a new folder, or --force")


def _copy_files(snapshot: Path, manifest: Manifest, target: Path, progress: Progress | None) -> None:
    target.mkdir(parents=True)
    for done, name in enumerate(manifest.files, 1):
        source, copy = snapshot / name, target / name
        if name.startswith("photos/"):
            # Photos never change in place, so the snapshot and the shop may share them.
            copy.parent.mkdir(parents=True, exist_ok=True)
            link_or_copy(source, copy)
        else:
            _copy(source, copy)
        flush(copy)
        if progress is not None:
            progress(done, len(manifest.files))
    for folder in [path for path in target.rglob("*") if path.is_dir()]:
        flush(folder)
    flush(target)


def _swap(beside: Path, present: ShopFolder) -> Path | None:
    root = present.root
    replaces = root.exists() and any(root.iterdir())
    with present.lock() if replaces else nullcontext():
        kept = None
        if replaces:
            kept = root.with_name(f"{root.name}.before-restore-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
            root.rename(kept)
        try:
            beside.rename(root)
        except OSError as error:
            if kept is not None:
                kept.rename(root)
            raise StorageError(f"{root}: cannot be replaced: {error.strerror}") from error
        flush(root.absolute().parent)
    return kept


def _files(folder: Path, apart: set[Path] | None = None) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if is_temporary(path) or (apart is not None and path in apart):
            continue
        if path.is_dir():
            yield from _files(path, apart)
        else:
            yield path


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
