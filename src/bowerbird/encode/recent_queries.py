"""A text encoder that remembers the latest queries."""

from __future__ import annotations

from collections.abc import Sequence

from bowerbird.domain.ports import Floats, TextEncoder
from bowerbird.storage.recent import Recent


class RecentQueries:
    """Another encoder, which encodes each of the latest queries once; safe from many threads where that one is.

    What the shopper is after is guessed from the words that are then looked for, and the next page asks the same
    again: a query costs a millisecond or more each time. The vectors that ``encode_query`` gives are read-only.
    """

    def __init__(self, encoder: TextEncoder) -> None:
        self._encoder = encoder
        self._vectors: Recent[str, Floats] = Recent()

    @property
    def dim(self) -> int:
        """The length of a vector."""
        return self._encoder.dim

    @property
    def fingerprint(self) -> str:
        """The encoder's own."""
        return self._encoder.fingerprint

    def encode(self, texts: Sequence[str]) -> Floats:
        """Passages to (n, dim) float32 unit rows."""
        return self._encoder.encode(texts)

    def encode_query(self, text: str) -> Floats:
        """One query to a (dim,) float32 vector."""
        vector = self._vectors.get(text)
        if vector is None:
            vector = self._encoder.encode_query(text).view()
            vector.flags.writeable = False
            self._vectors.put(text, vector)
        return vector
