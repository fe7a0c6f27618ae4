"""The place of the held-out product: counted by hand, in laws, and on real data."""

from __future__ import annotations

import gzip
from math import log2

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bowerbird.domain.errors import InputError
from bowerbird.measure.next_item import HeldOut, rank_all, rank_among_sampled, summarise


def held(wanted, seen) -> HeldOut:
    starts = np.concatenate([[0], np.cumsum([len(one) for one in seen])]).astype(np.int64)
    return HeldOut(np.array(wanted, np.int32), starts, np.array([i for one in seen for i in one], np.int32))


def given_scores(rows):
    table = np.array(rows, np.float32)
    return lambda wanted: table[wanted].copy()


def test_an_example_counted_by_hand():
    scores = given_scores([[0.9, 0.8, 0.1, 0.2], [0.1, 0.2, 0.3, 0.4], [0.5, 0.1, 0.4, 0.3]])
    # 0: product 0 was seen, so 1 is first. 1: 3 and 2 stand before 1. 2: 0 before 2.
    ranks = rank_all(scores, held([1, 1, 2], [[0], [0], [3]]))
    assert ranks.tolist() == [1, 3, 2]
    found = summarise(ranks, (1, 2))
    assert found.recall == {1: pytest.approx(1 / 3), 2: pytest.approx(2 / 3)}
    assert found.ndcg[2] == pytest.approx((1 + 1 / log2(3)) / 3)
    assert found.mrr == pytest.approx((1 + 1 / 3 + 1 / 2) / 3)


def test_a_model_that_cannot_tell_products_apart_earns_nothing():
    ranks = rank_all(given_scores(np.zeros((1, 50))), held([7], [[3]]))
    assert ranks.tolist() == [49]


def test_what_is_wanted_again_is_ranked_though_it_was_seen():
    ranks = rank_all(given_scores([[0.9, 0.8, 0.1]]), held([0], [[0, 1]]))
    assert ranks.tolist() == [1]


def test_the_chunk_changes_nothing():
    rng = np.random.default_rng(3)
    scores = given_scores(rng.random((20, 30)))
    asked = held(rng.integers(0, 30, 20), [rng.integers(0, 30, 4) for _ in range(20)])
    assert rank_all(scores, asked, chunk=7).tolist() == rank_all(scores, asked).tolist()


@given(st.lists(st.integers(1, 50), min_size=1, max_size=30))
def test_deeper_is_never_worse_and_the_gain_never_above_the_share(ranks):
    found = summarise(np.array(ranks), (1, 5, 10))
    assert found.recall[1] <= found.recall[5] <= found.recall[10]
    assert all(found.ndcg[depth] <= found.recall[depth] + 1e-12 for depth in (1, 5, 10))
    assert found.ndcg[1] == pytest.approx(found.recall[1])


def test_among_sampled_ones_the_best_is_first_and_the_worst_last():
    scores = given_scores([np.arange(1000), np.arange(1000)])
    assert rank_among_sampled(scores, held([999, 0], [[5], [5]]), 100).tolist() == [1, 101]


def test_what_was_seen_is_never_drawn():
    scores = np.zeros((1, 1000))
    scores[0, :300] = 1
    scores[0, 350] = 0.5
    assert rank_among_sampled(given_scores(scores), held([350], [range(300)]), 100).tolist() == [1]


def test_with_few_products_all_the_others_are_drawn():
    assert rank_among_sampled(given_scores([[0.5, 1, 1, 1]]), held([0], [[1]]), 100).tolist() == [3]


def test_a_score_that_is_no_number_is_refused():
    with pytest.raises(InputError, match="no number"):
        rank_all(given_scores([[np.nan, 1]]), held([1], [[]]))


def test_some_shoppers_alone_are_asked_as_they_were_among_all():
    rng = np.random.default_rng(4)
    table = rng.random((9, 30)).astype(np.float32)
    asked = held(rng.integers(0, 30, 9), [rng.integers(0, 30, n) for n in range(9)])
    some = np.array([7, 0, 3])
    ranks = rank_all(given_scores(table), asked)
    assert rank_all(given_scores(table[some]), asked.take(some)).tolist() == ranks[some].tolist()


def test_nobody_to_measure_on_is_said():
    with pytest.raises(InputError, match="at least one"):
        summarise(np.empty(0, np.int64))


def test_parts_that_do_not_fit_are_refused():
    with pytest.raises(InputError, match="do not fit"):
        HeldOut(np.zeros(2, np.int32), np.array([0, 1]), np.zeros(1, np.int32))


@pytest.mark.realdata
@pytest.mark.parametrize("counted, recall, ndcg", [(None, 0.0152, 0.0068), (-1, 0.0130, 0.0059)])
def test_popularity_on_beauty_is_what_was_published(shared_data, counted, recall, ndcg):
    # The published figures count the held-out product into the popularity; without it there is less.
    with gzip.open(shared_data / "sequences" / "Beauty.txt.gz", "rt") as lines:
        histories = [np.array(line.split()[1:], np.int32) - 1 for line in lines]
    popularity = np.bincount(np.concatenate([one[:counted] for one in histories]), minlength=12_101)
    ranks = rank_all(
        lambda rows: np.tile(popularity.astype(np.float32), (len(rows), 1)),
        held([one[-1] for one in histories], [one[:-1] for one in histories]),
    )
    found = summarise(ranks)
    assert found.recall[10] == pytest.approx(recall, abs=0.001)
    assert found.ndcg[10] == pytest.approx(ndcg, abs=0.001)
