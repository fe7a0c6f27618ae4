"""The words of each document by field, in their order: what ranking counts in the few hundred documents it looks at.

The term index knows which documents hold a word, and asking it about given documents costs a search. Here a word is a
hash of 32 bits, four bytes a place, so that counting is a comparison of arrays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from bowerbird.domain.ports import WordCounts
from bowerbird.index.arrays import Array, Growing
from bowerbird.index.column import Mask, spread
from bowerbird.index.word_hashes import Hashes


class WordRows:
    """One field's words by document. One writer appends; readers see what was there when they took their length."""

    def __init__(self, starts: Growing | None = None, words: Growing | None = None) -> None:
        self.starts = starts or Growing(np.zeros(1, np.int64))
        self.words = words or Growing.empty(np.uint32)

    def append(self, given: Sequence[Hashes]) -> None:
        """Add the next documents."""
        lengths = np.array([len(words) for words in given], np.int64)
        # Words before starts: a reader takes its length from the starts.
        if lengths.any():
            self.words.append(np.concatenate(given))
        self.starts.append(int(self.starts.array[-1]) + np.cumsum(lengths))

    def count(self, words: Hashes, documents: Array, document_count: int) -> WordCounts:
        """How often and where first each of ``words`` (w,) stands in each of ``documents`` (n,)."""
        starts = self.starts.first(document_count + 1)
        first = starts[documents]
        lengths = starts[documents + 1] - first
        ends = np.cumsum(lengths)
        begins = ends - lengths
        found = self.words.first(int(starts[-1]))[spread(first, lengths)]
        counts = np.zeros((len(documents), len(words)), np.int32)
        places = np.full((len(documents), len(words)), -1, np.int32)
        for at, word in enumerate(words):
            hits = np.flatnonzero(found == word)
            owners = np.searchsorted(ends, hits, side="right")
            counts[:, at] = np.bincount(owners, minlength=len(documents))
            # Backwards, so that the first place of each is written last.
            places[owners[::-1], at] = (hits - begins[owners])[::-1]
        mean = float(starts[-1]) / max(1, document_count)
        return WordCounts(counts, places, lengths.astype(np.int32), mean)

    def kept(self, alive: Mask) -> WordRows:
        """The rows of the documents alive only."""
        starts = self.starts.first(len(alive) + 1)
        lengths = np.diff(starts)[alive]
        words = self.words.array[spread(starts[:-1][alive], lengths)]
        return WordRows(Growing(np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])), Growing(words))

    @property
    def nbytes(self) -> int:
        """The bytes it holds."""
        return self.starts.nbytes + self.words.nbytes


def append_words(rows: dict[str, WordRows], given: Sequence[Mapping[str, Hashes]], document_count: int) -> None:
    """Add the words of the next documents to every field; one that is new has none for those before."""
    nothing = np.empty(0, np.uint32)
    for name in dict.fromkeys(name for words in given for name in words):
        if name not in rows:
            rows[name] = WordRows(Growing(np.zeros(document_count + 1, np.int64)))
    for name, field in rows.items():
        field.append([words.get(name, nothing) for words in given])
