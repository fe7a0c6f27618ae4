"""The shop's database: one writer, whose commits are grouped, and many readers.

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
from bowerbird.storage import migrations, sqlite
from bowerbird.storage.faults import storage_faults

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
    """The open database of one shop; safe from many threads."""

    def __init__(self, path: Path, writer: Engine | None, readers: Engine) -> None:
        self.path = path
        self._writer = writer
        self._readers = readers
        self._line: deque[_Job] = deque()
        self._turn = threading.Lock()

    @classmethod
    def open(cls, folder: Path, *, read_only: bool = False) -> Database:
        """Open the database in a shop's folder, creating it or bringing it up to date unless ``read_only``.

        Raises ArtefactError for a database of a newer version, or when read only of an older one;
        NotFoundError when read only and there is none.
        """
        path = folder / FILE
        if read_only and not path.is_file():
            raise NotFoundError(f"{path}: there is no database")
        with storage_faults(path):
            if not read_only:
                folder.mkdir(parents=True, exist_ok=True)
            writer = None if read_only else sqlite.open_writer(path)
            database = cls(path, writer, sqlite.open_readers(path, _READERS))
            try:
                database._bring_up_to_date()
            except BaseException:
                database._dispose()
                raise
        return database

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees the database as it is at its first statement."""
        with storage_faults(self.path), self._readers.begin() as connection:
            yield connection

    def write(self, work: Callable[[Connection], T]) -> T:
        """Run ``work`` in a transaction and return its answer once that is durable.

        The transaction may be shared with other callers' work, and ``work`` may run again after a
        failure: it must do nothing but use its connection and return. When this raises, nothing of
        the work was kept. Raises StorageError, DiskFullError.
        """
        if self._writer is None:
            raise StorageError(f"{self.path}: is open for reading only")
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
        with storage_faults(self.path), writer.begin() as connection:
            answers = [job.work(connection) for job in jobs]
        for job, answer in zip(jobs, answers, strict=True):
            job.answer.set_result(answer)

    def _bring_up_to_date(self) -> None:
        with self.read() as connection:
            behind = migrations.pending(connection, self.path)
        if behind and self._writer is None:
            raise StorageError(f"{self.path}: the database is of an older version; open it for writing once")
        while behind:
            self.write(migrations.apply_next)
            with self.read() as connection:
                behind = migrations.pending(connection, self.path)

    def back_up(self, target: Path) -> None:
        """Copy the database as it is at one moment, while others read and write it."""
        with storage_faults(target):
            sqlite.back_up(self.path, target)

    def close(self) -> None:
        """Bring everything into the one file, if there is room for it, and let go of it."""
        self._readers.dispose()
        if self._writer is not None:
            # What stays in the write-ahead log is durable there, and read from there.
            with self._turn, suppress(StorageError), storage_faults(self.path):
                sqlite.settle(self._writer)
        self._dispose()

    def _dispose(self) -> None:
        self._readers.dispose()
        if self._writer is not None:
            self._writer.dispose()
