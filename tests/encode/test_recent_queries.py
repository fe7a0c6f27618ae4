"""A query is encoded once, however often it is asked."""

from __future__ import annotations

import numpy as np
import pytest

from bowerbird.domain.ports import Floats, TextEncoder
from bowerbird.encode.recent_queries import RecentQueries
from bowerbird.testing.encoder_contract import TextEncoderContract
from bowerbird.testing.fakes import HashingTextEncoder


class Counted(HashingTextEncoder):
    queries = 0

    def encode_query(self, text: str) -> Floats:
        self.queries += 1
        return super().encode_query(text)


class TestRecentQueries(TextEncoderContract):
    def make(self) -> TextEncoder:
        return RecentQueries(HashingTextEncoder())


def test_the_same_words_are_encoded_once_and_others_by_themselves() -> None:
    encoder = Counted()
    recent = RecentQueries(encoder)
    first, again, other = (recent.encode_query(text) for text in ("red shoes", "red shoes", "blue bag"))
    assert encoder.queries == 2
    np.testing.assert_array_equal(first, again)
    np.testing.assert_array_equal(other, HashingTextEncoder().encode_query("blue bag"))


def test_what_is_remembered_cannot_be_written_over() -> None:
    vector = RecentQueries(HashingTextEncoder()).encode_query("red shoes")
    with pytest.raises(ValueError, match="read-only"):
        vector[0] = 7


def test_an_index_made_with_the_encoder_is_searched_by_what_it_remembers() -> None:
    assert RecentQueries(HashingTextEncoder(seed=3)).fingerprint == HashingTextEncoder(seed=3).fingerprint
