"""A real PostgreSQL server of one's own, for tests and benchmarks: Debian's package, a new folder, a socket in it."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import count
from pathlib import Path

from bowerbird.domain.errors import NotFoundError

REQUIRED = "BOWERBIRD_REQUIRE_POSTGRES"
"""Set to 1 where tests are to fail, not to skip, when there is no server to start."""
_ACCOUNT = "postgres"


@dataclass(frozen=True)
class PostgresServer:
    """A running server."""

    folder: Path
    _control: Sequence[Path | str]
    _numbers: Iterator[int]

    def url(self, database: str = "postgres") -> str:
        """The URL of one of its databases."""
        return f"postgresql+psycopg://{_ACCOUNT}@/{database}?host={self.folder}"

    def new_database(self) -> str:
        """The URL of a new, empty database."""
        import psycopg

        name = f"shop{next(self._numbers)}"
        with psycopg.connect(host=str(self.folder), user=_ACCOUNT, dbname="postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self.url(name)

    def crash(self) -> None:
        """Stop it as a crash would, and start it again."""
        _run([*self._control, "-m", "immediate", "restart"], self.folder)


def why_not() -> str:
    """Why no server can be started here; empty where one can."""
    if _programs() is None:
        return "PostgreSQL is not installed (Debian: apt-get install postgresql)"
    if find_spec("psycopg") is None:
        return "psycopg is not installed (pip install 'bowerbird[postgres]')"
    if os.geteuid() == 0 and not _account_exists():
        return f"the superuser cannot run PostgreSQL, and there is no user {_ACCOUNT}"
    return ""


@contextmanager
def running_server() -> Iterator[PostgresServer]:
    """Start a server and stop it at the end, with all that was in it. Raises NotFoundError where none can be."""
    reason, programs = why_not(), _programs()
    if reason or programs is None:
        raise NotFoundError(reason)
    # Not below a folder of pytest's: those are closed to the account that runs the server.
    folder = Path(tempfile.mkdtemp(prefix="bowerbird-postgres-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, _ACCOUNT)
        data = folder / "data"
        _run([programs / "initdb", "-D", data, "-U", _ACCOUNT, "-A", "trust", "-E", "UTF8", "--no-sync"], folder)
        options = f"-k {folder} -c listen_addresses='' -c max_connections=200"
        control: list[Path | str] = [
            programs / "pg_ctl",
            "-D",
            data,
            "-w",
            "-t",
            "120",
            "-l",
            folder / "log",
            "-o",
            options,
        ]
        _run([*control, "start"], folder)
        try:
            yield PostgresServer(folder, control, count(1))
        finally:
            _run([*control, "-m", "immediate", "stop"], folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(command: Sequence[Path | str], folder: Path) -> None:
    as_root = os.geteuid() == 0
    errors = folder / "errors"
    with errors.open("ab") as stream:
        done = subprocess.run(
            [str(part) for part in command],
            cwd=folder,
            user=_ACCOUNT if as_root else None,
            group=pwd.getpwnam(_ACCOUNT).pw_gid if as_root else None,
            extra_groups=[] if as_root else None,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=stream,
        )
    if done.returncode:
        raise NotFoundError(f"{command[0]} failed: {errors.read_text('utf-8', 'replace')[-2_000:]}")


def _programs() -> Path | None:
    """Where the newest server that is installed has its programs."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: _version(path.parent.parent))
    if debian:
        return debian[-1].parent
    found = shutil.which("initdb")
    return None if found is None else Path(found).resolve().parent


def _version(folder: Path) -> int:
    return int(folder.name) if folder.name.isdigit() else 0


def _account_exists() -> bool:
    try:
        pwd.getpwnam(_ACCOUNT)
    except KeyError:
        return False
    return True
