"""What the disk and the database say when they refuse, translated once into the error tree."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import exc

from bowerbird.domain.errors import ArtefactError, DiskFullError, StorageError

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_REFUSED = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
# A disk with less than this left is full for a database that must extend its log by a page and an index.
_NEARLY_NOTHING = 1_000_000


@contextmanager
def storage_faults(where: Path | str) -> Iterator[None]:
    """Raise what goes wrong inside as StorageError, DiskFullError or ArtefactError naming ``where``."""
    try:
        yield
    except OSError as error:
        raise _from_system(error, where) from error
    except exc.DBAPIError as error:
        if not isinstance(error.orig, BaseException):
            raise
        raise _from_database(error.orig, where) from error
    except exc.TimeoutError as error:
        raise StorageError(f"{where}: every reader of the database is busy; try again") from error
    except sqlite3.Error as error:
        raise _from_database(error, where) from error


def _from_system(error: OSError, where: Path | str) -> StorageError:
    place = error.filename or where
    if error.errno in _FULL:
        return _full(where)
    if error.errno in _REFUSED:
        return StorageError(f"{place}: cannot be written or read: {error.strerror}")
    return StorageError(f"{place}: {error.strerror or error}")


def _from_database(error: BaseException, where: Path | str) -> StorageError:
    if not isinstance(error, sqlite3.Error):
        return _from_server(error, where)
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL or (code == sqlite3.SQLITE_IOERR and _nothing_left(where)):
        return _full(where)
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return ArtefactError(f"{where}: the database is damaged ({error}); restore a snapshot")
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return StorageError(f"{where}: the database cannot be opened or written here ({error})")
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StorageError(f"{where}: another process is writing to the database; try again")
    return StorageError(f"{where}: the database refused: {error}")


def _from_server(error: BaseException, where: Path | str) -> StorageError:
    state = getattr(error, "sqlstate", None) or ""
    words = " ".join(str(error).split())
    if state == "53100":
        return _full(where)
    if state == "55P03":
        return StorageError(f"{where}: another process is writing to the database; try again")
    if not state or state[:2] in ("08", "57"):
        return StorageError(f"{where}: the database server cannot be reached: {words}")
    return StorageError(f"{where}: the database refused: {words}")


def _full(where: Path | str) -> DiskFullError:
    return DiskFullError(f"{where}: no space is left on the disk; nothing of this write was kept")


def _nothing_left(where: Path | str) -> bool:
    place = Path(where)
    while not place.exists() and place != place.parent:
        place = place.parent
    return shutil.disk_usage(place).free < _NEARLY_NOTHING
