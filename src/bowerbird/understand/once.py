"""What is made once a process and takes a while: whoever comes while it is being made waits for it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import cache, wraps
from typing import TypeVar

_Made = TypeVar("_Made")


def once(make: Callable[[], _Made]) -> Callable[[], _Made]:
    """Make it with the first call. ``functools.cache`` alone lets two threads make it beside each other."""
    made, lock = cache(make), threading.Lock()

    @wraps(make)
    def get() -> _Made:
        with lock:
            return made()

    return get
