"""Whose turn it is: the part of a search that is Python runs in one thread at a time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self


class Turns:
    """A lock that whoever holds it may step out of while another library works for it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._holder: int | None = None

    def __enter__(self) -> Self:
        self._lock.acquire()
        self._holder = threading.get_ident()
        return self

    def __exit__(self, *_: object) -> None:
        self._holder = None
        self._lock.release()

    @contextmanager
    def stepped_out(self) -> Iterator[None]:
        """Let others have their turn within the block; nothing changes for a thread whose turn it is not."""
        if self._holder != threading.get_ident():
            yield
            return
        self.__exit__()
        try:
            yield
        finally:
            self.__enter__()


# Between its calls into other libraries a search is Python, of which one thread runs at a time. Two searches that hand
# the interpreter to and fro a hundred times each take longer than one after the other; encoding runs beside them.
turns = Turns()
