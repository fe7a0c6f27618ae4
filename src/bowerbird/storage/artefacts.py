"""Folders on disk that are whole or not there: written under a temporary name, the manifest last, then renamed.

What the files mean is their owner's business; here they have names, sizes and checksums.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

import orjson

from bowerbird.domain.errors import ArtefactError
from bowerbird.storage.faults import storage_faults
from bowerbird.storage.files import CHECKSUM, file_hash, flush, is_temporary, temporary_name, write_whole

MANIFEST = "manifest.json"
CURRENT = "CURRENT"


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One file of an artefact: its size in bytes and its checksum (``files.content_hash``)."""

    size: int
    checksum: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an artefact is, the files it is made of (by relative posix path), and its owner's own details."""

    kind: str
    version: int
    created_at: str
    files: Mapping[str, FileEntry]
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Draft:
    """An artefact being written: put files under ``folder``, and what is worth telling into ``details``.

    ``checksums`` may hold, by relative posix path, those that are known already.
    """

    folder: Path
    details: dict[str, Any] = field(default_factory=dict)
    checksums: dict[str, str] = field(default_factory=dict)


@contextmanager
def write_artefact(target: Path, kind: str, version: int) -> Iterator[Draft]:
    """Write a folder that appears under ``target`` only when whole.

    When the block raises, nothing is left. Raises DiskFullError, StorageError; ArtefactError where
    ``target`` is there already.
    """
    if target.exists():
        raise ArtefactError(f"{target}: is there already")
    beside = temporary_name(target)
    with storage_faults(target):
        beside.mkdir(parents=True)
        draft = Draft(beside)
        try:
            yield draft
            _finish(draft, kind, version)
            beside.rename(target)
            flush(target.parent)
        except BaseException:
            shutil.rmtree(beside, ignore_errors=True)
            raise


def _finish(draft: Draft, kind: str, version: int) -> None:
    files: dict[str, dict[str, int | str]] = {}
    folders = [draft.folder]
    for path in sorted(draft.folder.rglob("*")):
        if path.is_dir():
            folders.append(path)
            continue
        name = path.relative_to(draft.folder).as_posix()
        flush(path)
        files[name] = {"size": path.stat().st_size, CHECKSUM: draft.checksums.get(name) or file_hash(path)}
    for folder in reversed(folders):
        flush(folder)
    manifest = {
        "kind": kind,
        "version": version,
        "created_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "files": files,
        "details": draft.details,
    }
    write_whole(draft.folder / MANIFEST, orjson.dumps(manifest, option=orjson.OPT_INDENT_2))


def read_manifest(folder: Path, kind: str, version: int) -> Manifest:
    """The manifest of an artefact whose files are all there with their sizes.

    Raises ArtefactError naming the file when one is missing or torn, or when the artefact is of
    another kind or version.
    """
    manifest = _parse(folder)
    if manifest.kind != kind:
        raise ArtefactError(f"{folder}: is {manifest.kind!r}, not {kind!r}")
    if manifest.version != version:
        raise ArtefactError(f"{folder}: {kind} of version {manifest.version}; this program reads version {version}")
    for name, entry in manifest.files.items():
        path = folder / name
        if not path.is_file():
            raise ArtefactError(f"{path}: is missing from the {kind}")
        if path.stat().st_size != entry.size:
            raise ArtefactError(f"{path}: is torn: {path.stat().st_size} bytes where {entry.size} were written")
    return manifest


def read_kind(folder: Path) -> str:
    """What the artefact in a folder is. Raises ArtefactError."""
    return _parse(folder).kind


def read_details(folder: Path) -> Mapping[str, Any]:
    """The owner's own details of an artefact of any kind and version. Raises ArtefactError."""
    return _parse(folder).details


def check_files(folder: Path, manifest: Manifest) -> None:
    """Read every file through. Raises ArtefactError naming the first that is not what was written."""
    for name, entry in manifest.files.items():
        with storage_faults(folder / name):
            found = file_hash(folder / name)
        if found != entry.checksum:
            raise ArtefactError(f"{folder / name}: is damaged: its checksum is not the one that was written")


def _parse(folder: Path) -> Manifest:
    path = folder / MANIFEST
    try:
        raw = orjson.loads(path.read_bytes())
        files = {
            _inside(name): FileEntry(int(entry["size"]), str(entry[CHECKSUM])) for name, entry in raw["files"].items()
        }
        return Manifest(str(raw["kind"]), int(raw["version"]), str(raw["created_at"]), files, raw["details"])
    except (FileNotFoundError, NotADirectoryError):
        raise ArtefactError(f"{folder}: has no {MANIFEST}: it is not whole, or not ours") from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ArtefactError(f"{path}: is torn: {error}") from error


def _inside(name: str) -> str:
    # A manifest from elsewhere must not lead a reader or a copy out of its own folder.
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.parts:
        raise ValueError(f"a file name that leads outside: {name!r}")
    return name


def swap_current(root: Path, name: str) -> None:
    """Point ``root/CURRENT`` at the artefact ``root/name``, in one step."""
    with storage_faults(root):
        write_whole(root / CURRENT, f"{name}\n".encode())


def current(root: Path) -> Path | None:
    """The artefact that ``root/CURRENT`` points at; None where nothing was swapped in yet.

    Raises ArtefactError when the pointer leads to nothing.
    """
    try:
        name = (root / CURRENT).read_text(encoding="utf-8", errors="replace").strip()
    except FileNotFoundError:
        return None
    if not name or "/" in name or name.startswith(".") or not (root / name).is_dir():
        raise ArtefactError(f"{root / CURRENT}: points at {name!r}, which is not there")
    return root / name


def prune(root: Path, keep: int = 1, spare: Collection[str] = ()) -> list[str]:
    """Remove older artefacts and what crashes left behind; the current one and the ``keep`` newest others stay.

    Those named in ``spare`` stay too and are none of the ``keep``. Returns the names removed. Newest is by the time of
    the folder.
    """
    if not root.is_dir():
        return []
    present = current(root)
    others = sorted(
        (path for path in root.iterdir() if _may_go(path) and path != present and path.name not in spare),
        key=lambda path: path.stat().st_mtime_ns,
        reverse=True,
    )
    rubbish = others[keep:] + [path for path in root.iterdir() if is_temporary(path)]
    for path in rubbish:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return [path.name for path in rubbish]


def _may_go(path: Path) -> bool:
    return path.is_dir() and not is_temporary(path)
