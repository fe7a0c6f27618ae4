"""Files that are whole or not there: written beside, fsynced, renamed; and the hash their content goes by."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from pathlib import Path

CHECKSUM = "blake2b-160"
_DIGEST_BYTES = 20


def content_hash(data: bytes | memoryview) -> str:
    """The name that bytes go by everywhere in a shop: BLAKE2b with 160 bits, 40 hex digits."""
    return hashlib.blake2b(data, digest_size=_DIGEST_BYTES).hexdigest()


def file_hash(path: Path) -> str:
    """``content_hash`` of a file, read in pieces."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, lambda: hashlib.blake2b(digest_size=_DIGEST_BYTES)).hexdigest()


def temporary_name(path: Path) -> Path:
    """A new hidden name beside ``path``; what is left under such a name after a crash is rubbish."""
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")


def is_temporary(path: Path) -> bool:
    """Whether a name was made by ``temporary_name``."""
    return path.name.startswith(".") and path.name.endswith(".tmp")


def write_whole(path: Path, data: bytes) -> None:
    """Replace a file's content in one step; after a crash the file is the old or the new one."""
    beside = temporary_name(path)
    try:
        with beside.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    flush(path.parent)


def flush(path: Path) -> None:
    """Bring a file's content, or a folder's names, to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def link_or_copy(source: Path, target: Path) -> None:
    """Give a file that never changes in place a second name; a copy where the file system has no links to it.

    A copy may be left torn by a crash: the caller gives the target its last name only afterwards.
    """
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
