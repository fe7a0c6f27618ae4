"""Words as hashes of 32 bits: in a shop of a million distinct words a query meets a wrong one once in thousands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

MOST_WORDS = 256
"""Of one field of one document; what comes later is not counted."""

Hashes: TypeAlias = NDArray[np.uint32]


def hash_words(words: Sequence[str]) -> Hashes:
    """(words,) uint32."""
    return np.array([crc32(word.encode()) for word in words], np.uint32)


def hash_text(text: str) -> Hashes:
    """The hashes of a cut text, words joined by blanks, as far as they are kept."""
    return hash_words(text.split(maxsplit=MOST_WORDS)[:MOST_WORDS])
