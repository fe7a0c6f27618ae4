"""Chinese runs cut by jieba, in search mode: long words with the shorter words inside them."""

from __future__ import annotations

import logging
import os
import threading
import warnings
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Protocol

# jieba's graph of a run is held whole; nobody writes a sentence this long.
_LONGEST_RUN = 2_000

_loading = threading.Lock()


class _Tokenizer(Protocol):
    def cut(self, sentence: str, *, cut_all: bool = ..., HMM: bool = ...) -> Iterator[str]: ...

    @property
    def FREQ(self) -> dict[str, int]: ...


def cut_chinese(run: str, at: int = 0) -> list[tuple[str, int, int]]:
    """Cut a run of Chinese characters into (word, start, end), offsets counted from ``at``.

    As jieba's ``cut_for_search``, without its repetitions: the known words of two and three
    characters inside a longer word come before it.
    """
    if len(run) == 1:
        return [(run, at, at + 1)]
    tokenizer = load_tokenizer()
    known = tokenizer.FREQ
    found: list[tuple[str, int, int]] = []
    for offset in range(0, len(run), _LONGEST_RUN):
        start = at + offset
        for word in tokenizer.cut(run[offset : offset + _LONGEST_RUN]):
            end = start + len(word)
            for size in (2, 3):
                if len(word) > size:
                    for inner in range(len(word) - size + 1):
                        gram = word[inner : inner + size]
                        if known.get(gram):
                            found.append((gram, start + inner, start + inner + size))
            found.append((word, start, end))
            start = end
    return found


def load_tokenizer() -> _Tokenizer:
    """Load jieba's dictionary (about a second, once); safe from many threads, silent."""
    with _loading:
        return _load()


@cache
def _load() -> _Tokenizer:
    with warnings.catch_warnings():
        # Its sources hold escapes that newer Pythons warn of, and it looks for pkg_resources.
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel(logging.CRITICAL)
    tokenizer = jieba.Tokenizer()
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "bowerbird"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # By default it trusts a file in the temporary folder, where anyone may put one.
        tokenizer.tmp_dir = str(folder)
    except OSError:
        pass
    tokenizer.initialize()
    ready: _Tokenizer = tokenizer
    return ready
