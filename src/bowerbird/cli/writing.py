"""Files that a command is asked to write."""

from __future__ import annotations

from pathlib import Path

from bowerbird.domain.errors import InputError


def refuse_unwritable(path: Path) -> None:
    """Raise InputError where no file can be at a path: better before long work than after it."""
    if path.is_dir() or not path.parent.is_dir():
        raise _unwritable(path, "it is a folder" if path.is_dir() else f"there is no folder {path.parent}")


def write_file(path: Path, content: bytes) -> None:
    """Write a file. Raises InputError."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise _unwritable(path, error.strerror or str(error)) from error


def _unwritable(path: Path, reason: str) -> InputError:
    return InputError(f"the file cannot be written: {reason}", where=str(path))
