"""A cross-encoder reads the first candidates again, in time or not, and whatever goes wrong there is an answer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bowerbird.rank.faults import Faults
from bowerbird.rank.reranking import Reranker, RerankingSettings, batches, blend, reorder


class Clock:
    """A clock that only goes on when told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class CountingEncoder:
    """Finds a text the better, the more of the query's words it holds; takes a second a batch of its clock."""

    fingerprint = "counting"

    def __init__(self, clock: Clock | None = None, failing_at: int | None = None, wrong: bool = False) -> None:
        self.batches: list[list[str]] = []
        self._clock, self._failing_at, self._wrong = clock, failing_at, wrong

    def score(self, query: str, texts: Sequence[str]) -> np.ndarray:
        if len(self.batches) == self._failing_at:
            raise RuntimeError("the graph broke")
        self.batches.append(list(texts))
        if self._clock is not None:
            self._clock.now += 1
        if self._wrong:
            return np.full(len(texts), np.nan, np.float32)
        return np.asarray([4 * sum(word in text.split() for word in query.split()) - 4 for text in texts], np.float32)


TEXTS = {10: "kettle", 11: "red bag", 12: "red shoe", 13: "shoe", 14: "red shoe again", 15: "lamp"}
SEQS = np.asarray(list(TEXTS), np.int64)
SCORES = np.asarray([0.9, 0.8, 0.7, 0.6, 0.5, 0.4], np.float32)


def read(seqs: Sequence[int]) -> list[str]:
    return [TEXTS[seq] for seq in seqs]


def settings(**given: float) -> RerankingSettings:
    return RerankingSettings(**({"weight": 1.0, "batch": 2, "ahead": 1, "budget": 60.0} | given))


def test_what_answers_the_query_best_comes_first() -> None:
    found = Reranker(CountingEncoder(), Faults(), settings()).rerank("red shoe", SEQS, SCORES, read)
    assert found.order.tolist() == [2, 4, 1, 3, 0, 5]
    assert found.read == 6


def test_the_score_counts_beside_the_model() -> None:
    found = Reranker(CountingEncoder(), Faults(), settings(weight=0.25)).rerank("red shoe", SEQS, SCORES, read)
    assert found.scores[2] == pytest.approx(0.25 / (1 + np.exp(-4)) + 0.75 * 0.7)
    assert found.order.tolist()[0] == 2
    assert Reranker(CountingEncoder(), Faults(), settings(weight=0.0)).rerank(
        "red shoe", SEQS, SCORES, read
    ).order.tolist() == [0, 1, 2, 3, 4, 5]


def test_only_the_first_are_read_and_the_others_stay_below() -> None:
    encoder = CountingEncoder()
    found = Reranker(encoder, Faults(), settings(first=3)).rerank("red shoe", SEQS, SCORES, read)
    assert found.order.tolist() == [2, 1, 0, 3, 4, 5]
    assert sorted(text for batch in encoder.batches for text in batch) == ["kettle", "red bag", "red shoe"]
    np.testing.assert_array_equal(found.scores[3:], SCORES[3:])


def test_when_time_is_over_what_was_not_read_keeps_place_and_score_and_the_fault_is_noted() -> None:
    clock, faults = Clock(), Faults()
    reranker = Reranker(CountingEncoder(clock), faults, settings(budget=1.5), clock)
    found = reranker.rerank("red shoe", SEQS, SCORES, read)
    assert found.read == 4
    assert found.order.tolist() == [2, 1, 3, 0, 4, 5]
    np.testing.assert_array_equal(found.scores[4:], SCORES[4:])
    assert faults.counts == {"cross_encoder": 1}


def test_what_was_not_read_in_time_is_read_the_next_time() -> None:
    clock = Clock()
    reranker = Reranker(CountingEncoder(clock), Faults(), settings(budget=1.5), clock)
    assert reranker.rerank("red shoe", SEQS, SCORES, read).read == 4
    again = reranker.rerank("red shoe", SEQS, SCORES, read)
    assert again.read == 6
    assert again.order.tolist() == [2, 4, 1, 3, 0, 5]


def test_no_time_at_all_leaves_everything_as_it_was() -> None:
    encoder = CountingEncoder()
    found = Reranker(encoder, Faults(), settings(budget=0.0)).rerank("red shoe", SEQS, SCORES, read)
    assert found.order.tolist() == [0, 1, 2, 3, 4, 5]
    assert encoder.batches == []


def test_a_model_that_breaks_costs_only_what_it_has_not_read() -> None:
    faults = Faults()
    found = Reranker(CountingEncoder(failing_at=1), faults, settings()).rerank("red bag", SEQS, SCORES, read)
    assert found.order.tolist() == [1, 0, 2, 3, 4, 5]
    assert faults.counts == {"cross_encoder": 1}


def test_a_model_that_gives_no_numbers_is_not_heeded() -> None:
    faults = Faults()
    found = Reranker(CountingEncoder(wrong=True), faults, settings()).rerank("red bag", SEQS, SCORES, read)
    assert found.order.tolist() == [0, 1, 2, 3, 4, 5]
    assert faults.counts == {"cross_encoder": 1}


def test_texts_that_cannot_be_had_are_a_fault_and_no_error() -> None:
    faults = Faults()

    def torn(seqs: Sequence[int]) -> list[str]:
        raise OSError("the disk is gone")

    found = Reranker(CountingEncoder(), faults, settings()).rerank("red bag", SEQS, SCORES, torn)
    assert found.order.tolist() == [0, 1, 2, 3, 4, 5]
    assert faults.counts == {"cross_encoder": 1}


def test_a_pair_is_read_once_and_a_product_written_anew_is_read_anew() -> None:
    encoder, asked = CountingEncoder(), []

    def watched(seqs: Sequence[int]) -> list[str]:
        asked.append(list(seqs))
        return [TEXTS.get(seq, "red shoe") for seq in seqs]

    reranker = Reranker(encoder, Faults(), settings())
    first = reranker.rerank("red  shoe", SEQS, SCORES, watched)
    second = reranker.rerank("red shoe", SEQS, SCORES, watched)
    np.testing.assert_array_equal(first.logits, second.logits)
    assert asked == [SEQS.tolist()]
    reranker.rerank("red shoe", np.asarray([10, 99], np.int64), SCORES[:2], watched)
    assert asked[1:] == [[99]]


@pytest.mark.parametrize("query", ["", "   "])
def test_an_empty_query_reads_nothing(query: str) -> None:
    encoder = CountingEncoder()
    found = Reranker(encoder, Faults(), settings()).rerank(query, SEQS, SCORES, read)
    assert (found.order.tolist(), found.read, encoder.batches) == ([0, 1, 2, 3, 4, 5], 0, [])


def test_no_candidates_give_no_order() -> None:
    found = Reranker(CountingEncoder(), Faults()).rerank("red", SEQS[:0], SCORES[:0], read)
    assert found.order.tolist() == []


def test_batches_are_sorted_by_length_within_what_is_looked_ahead() -> None:
    assert list(batches([0, 1, 2, 3, 4, 5], [9, 1, 5, 3, 2, 1], size=2, ahead=2)) == [[1, 3], [2, 0], [5, 4]]


@given(st.lists(st.integers(0, 50), max_size=40), st.integers(1, 5), st.integers(1, 4))
def test_batches_hold_everything_once_and_are_never_too_large(lengths: list[int], size: int, ahead: int) -> None:
    found = list(batches(range(len(lengths)), lengths, size, ahead))
    assert sorted(position for batch in found for position in batch) == list(range(len(lengths)))
    assert all(1 <= len(batch) <= size for batch in found)


@given(
    st.lists(st.tuples(st.floats(0, 1, width=32), st.floats(-200, 200, width=32) | st.just(np.nan)), max_size=20),
    st.floats(0, 1),
)
def test_blended_scores_stay_on_their_scale_and_what_was_not_read_stays_where_it_was(
    rows: list[tuple[float, float]], weight: float
) -> None:
    scores, logits = (np.asarray([row[column] for row in rows], np.float32) for column in (0, 1))
    blended = blend(scores, logits, weight)
    assert ((blended >= -1e-6) & (blended <= 1 + 1e-6)).all()
    order, unread = reorder(blended, logits), np.isnan(logits)
    assert sorted(order.tolist()) == list(range(len(rows)))
    np.testing.assert_array_equal(order[unread], np.flatnonzero(unread))
    np.testing.assert_array_equal(blended[unread], scores[unread])
    assert (np.diff(blended[order[~unread]]) <= 0).all()
