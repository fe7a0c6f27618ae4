"""The rows that an import refused, each whole and on a line of its own, with what was wrong with it."""

from __future__ import annotations

import json
import re
import reprlib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

import orjson

from bowerbird.domain.errors import InputError, shorten

_SHALLOW = reprlib.Repr()
_SHALLOW.maxlevel, _SHALLOW.maxdict, _SHALLOW.maxlist, _SHALLOW.maxstring = 20, 1_000, 1_000, 10_000


class Rejects:
    """A rejects file that comes to be with its first row; without a folder rows are only counted."""

    def __init__(self, folder: Path | None, source: Path, now: datetime | None = None) -> None:
        stamp = (now or datetime.now(UTC)).strftime("%Y%m%dT%H%M%S%fZ")
        name = re.sub(r"[^\w.\-]+", "-", source.name)[:80] or "source"
        self.target = None if folder is None else folder / f"{stamp}-{name}.jsonl"
        self.count = 0
        self.first: list[str] = []
        self._file: BinaryIO | None = None

    @property
    def path(self) -> Path | None:
        """The file, where there is one."""
        return self.target if self._file is not None else None

    def add(self, file: str, line: int, error: InputError, raw: object) -> None:
        """Write a refused row."""
        self.count += 1
        if len(self.first) < 20:
            field = f" ({error.field})" if error.field else ""
            self.first.append(f"{file}:{line}: {error}{field}")
        if self.target is None:
            return
        if self._file is None:
            self.target.parent.mkdir(parents=True, exist_ok=True)
            self._file = self.target.open("xb")
        entry = {
            "file": file,
            "line": line,
            "field": error.field,
            "message": error.message,
            "found": None if error.found is None else shorten(error.found, 500),
            "expected": error.expected,
            "row": dict(raw) if isinstance(raw, Mapping) else raw,
        }
        self._file.write(_line(entry))

    def close(self) -> None:
        """End the file."""
        if self._file is not None:
            self._file.close()

    def __enter__(self) -> Rejects:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _line(entry: dict[str, object]) -> bytes:
    try:
        return orjson.dumps(entry, default=str, option=orjson.OPT_NON_STR_KEYS) + b"\n"
    except TypeError:
        # Huge integers, deep nesting and broken text are just what a reject may hold.
        pass
    try:
        return json.dumps(entry, default=str).encode() + b"\n"
    except (RecursionError, ValueError, TypeError):
        # Nested deeper than any reader goes: what can be shown of it, as text.
        return json.dumps({**entry, "row": _SHALLOW.repr(entry["row"])}, default=str).encode() + b"\n"
