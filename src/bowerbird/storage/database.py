"""A database: one writer, whose commits are grouped, and many readers.

Committing costs one flush of the disk however much it holds. So writers that come while another one is
flushing wait in line, and the next to get the lock commits the whole line at once.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from bowerbird.domain.errors import BowerbirdError, NotFoundError, StorageError
from bowerbird.storage import migrations, postgres, sqlite
from bowerbird.storage.faults import storage_faults
from bowerbird.storage.migrations import Steps

T = TypeVar("T")

FILE = "shop.db"
_READERS = 32
_LARGEST_GROUP = 256
# What work on a connection raises: the database's refusals, and values that cannot be bound.
_CARRIED = (BowerbirdError, SQLAlchemyError, ValueError, TypeError, ArithmeticError, LookupError)


class _Job:
    """One writer's work and where its answer goes."""

    def __init__(self, work: Callable[[Connection], Any]) -> None:
        self.work = work
        self.answer: Future[Any] = Future()


class Database:
    """An open database; safe from many threads. ``place`` is its file, or what its server calls it."""

    def __init__(self, place: Path | str, writer: Engine | None, readers: Engine) -> None:
        self.place = place
        self._writer = writer
        self._readers = readers
        self._line: deque[_Job] = deque()
        self._turn = threading.Lock()

    @classmethod
    def open(cls, folder: Path, *, read_only: bool = False) -> Database:
        """Open the database in a shop's folder; raises as ``open_file``."""
        return cls.open_file(folder / FILE, migrations.STEPS, read_only=read_only)

    @classmethod
    def open_file(cls, path: Path, steps: Steps, *, read_only: bool = False) -> Database:
        """Open a SQLite database, creating it or bringing it up to date by ``steps`` unless ``read_only``.

        Raises ArtefactError for a database of a newer version, StorageError when read only for one of an older;
        NotFoundError when read only and there is none.
        """
        if read_only and not path.is_file():
            raise NotFoundError(f"{path}: there is no database")
        with storage_faults(path):
            if not read_only:
                path.parent.mkdir(parents=True, exist_ok=True)
            writer = None if read_only else sqlite.open_writer(path)
            return cls(path, writer, sqlite.open_readers(path, _READERS))._brought_up_to_date(steps)

    @classmethod
    def connect(cls, url: str, steps: Steps) -> Database:
        """Open a database of a PostgreSQL server, bringing it up to date by ``steps``.

        Raises SettingError for no such URL, MissingExtraError, StorageError where the server cannot be reached,
        ArtefactError for a database of a newer version.
        """
        address = postgres.read_url(url)
        place = postgres.name_of(address)
        with storage_faults(place):
            database = cls(place, postgres.open_writer(address), postgres.open_readers(address))
            return database._brought_up_to_date(steps)

    @property
    def path(self) -> Path:
        """The file of a SQLite database."""
        return Path(self.place)

    @property
    def is_file(self) -> bool:
        """Whether it is a SQLite database, whose file is in the shop's folder."""
        return isinstance(self.place, Path)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees the database as it is at its first statement."""
        with storage_faults(self.place), self._readers.begin() as connection:
            yield connection

    def write(self, work: Callable[[Connection], T]) -> T:
        """Run ``work`` in a transaction and return its answer once that is durable.

        The transaction may be shared with other callers' work, and ``work`` may run again after a
        failure: it must do nothing but use its connection and return. When this raises, nothing of
        the work was kept. Raises StorageError, DiskFullError.
        """
        if self._writer is None:
            raise StorageError(f"{self.place}: is open for reading only")
        job = _Job(work)
        self._line.append(job)
        try:
            while not job.answer.done():
                with self._turn:
                    if not job.answer.done():
                        self._commit_line(self._writer)
        except BaseException:
            # Interrupted while leading or waiting: nobody is to do the work for a caller who left.
            job.answer.cancel()
            raise
        answer: T = job.answer.result()
        return answer

    def _commit_line(self, writer: Engine) -> None:
        taken = [self._line.popleft() for _ in range(min(len(self._line), _LARGEST_GROUP))]
        jobs = [job for job in taken if not job.answer.cancelled()]
        try:
            if not self._committed(writer, jobs):
                for job in jobs:
                    self._committed(writer, [job])
        except BaseException:
            self._line.extendleft(job for job in reversed(jobs) if not job.answer.done())
            raise

    def _committed(self, writer: Engine, jobs: list[_Job]) -> bool:
        """Commit jobs together; False where one of several failed and each should be tried alone."""
        try:
            self._commit(writer, jobs)
        except _CARRIED as error:
            # It belongs to the caller of one job, who may wait in another thread.
            if len(jobs) > 1:
                return False
            jobs[0].answer.set_exception(error)
        return True

    def _commit(self, writer: Engine, jobs: list[_Job]) -> None:
        with storage_faults(self.place), writer.begin() as connection:
            answers = [job.work(connection) for job in jobs]
        for job, answer in zip(jobs, answers, strict=True):
            job.answer.set_result(answer)

    def _brought_up_to_date(self, steps: Steps) -> Database:
        try:
            while self._is_behind(steps):
                if self._writer is None:
                    raise StorageError(f"{self.place}: the database is of an older version; open it for writing once")
                self.write(lambda connection: migrations.apply_next(connection, steps))
        except BaseException:
            self._dispose()
            raise
        return self

    def _is_behind(self, steps: Steps) -> bool:
        with self.read() as connection:
            return migrations.pending(connection, self.place, steps)

    def back_up(self, target: Path) -> None:
        """Copy a SQLite database as it is at one moment, while others read and write it."""
        with storage_faults(target):
            sqlite.back_up(self.path, target)

    def scrub(self) -> None:
        """Leave nothing of what was deleted in a SQLite database's files; it holds up writers meanwhile.

        A server's free space is its own matter. Raises StorageError where another process reads or writes without
        a pause, DiskFullError where there is no room for a second copy.
        """
        if self._writer is not None and self.is_file:
            with self._turn, storage_faults(self.place):
                sqlite.scrub(self._writer)

    def close(self) -> None:
        """Bring everything into the one file, if there is room for it, and let go of it."""
        self._readers.dispose()
        if self._writer is not None and self.is_file:
            # What stays in the write-ahead log is durable there, and read from there.
            with self._turn, suppress(StorageError), storage_faults(self.place):
                sqlite.settle(self._writer)
        self._dispose()

    def _dispose(self) -> None:
        self._readers.dispose()
        if self._writer is not None:
            self._writer.dispose()
