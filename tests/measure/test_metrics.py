from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bowerbird.measure.metrics import judged_ndcg, ndcg, recall, reciprocal_rank

RATINGS = {"a": 3.0, "b": 1.0, "c": 0.0, "d": 2.0}

judged = st.dictionaries(st.sampled_from("abcdefghijkl"), st.sampled_from([0.0, 1.0, 2.0, 3.0]), max_size=12)
ranked = st.permutations("abcdefghijklmnop")


def test_the_best_order_has_an_ndcg_of_one():
    assert ndcg(["a", "d", "b", "c"], RATINGS) == pytest.approx(1.0)


def test_ndcg_gains_are_the_ratings_and_fall_by_the_logarithm_of_the_rank():
    best = 3 + 2 / log2(3) + 1 / 2
    assert ndcg(["c", "a"], RATINGS) == pytest.approx(3 / log2(3) / best)


def test_a_product_nobody_rated_counts_as_nothing_and_is_left_out_of_the_judged_ndcg():
    assert ndcg(["x", "a", "d", "b"], RATINGS) < 1
    assert judged_ndcg(["x", "a", "d", "b"], RATINGS) == pytest.approx(1.0)


def test_only_the_first_ten_count():
    assert ndcg([*"opqrstuvwx", "a"], RATINGS) == 0


def test_the_reciprocal_rank_is_that_of_the_first_relevant_product():
    assert reciprocal_rank(["x", "c", "b", "a"], RATINGS) == pytest.approx(1 / 3)
    assert reciprocal_rank(["x", "c"], RATINGS) == 0


def test_recall_is_the_share_of_the_relevant_ones_found():
    assert recall(["a", "x", "b"], RATINGS, 2) == pytest.approx(1 / 3)
    assert recall(["a", "x", "b"], RATINGS, 3) == pytest.approx(2 / 3)


def test_without_a_relevant_product_every_value_is_nought():
    nothing = {"a": 0.0}
    assert [ndcg(["a"], nothing), judged_ndcg(["a"], nothing), reciprocal_rank(["a"], nothing)] == [0, 0, 0]
    assert recall(["a"], nothing, 10) == 0


@given(ranked, judged)
def test_every_value_lies_between_nought_and_one(ranking, ratings):
    for value in (
        ndcg(ranking, ratings),
        judged_ndcg(ranking, ratings),
        reciprocal_rank(ranking, ratings),
        recall(ranking, ratings, 10),
    ):
        assert 0 <= value <= 1 + 1e-12


@given(judged.filter(lambda ratings: any(ratings.values())))
def test_sorting_by_rating_is_perfect(ratings):
    ranking = sorted(ratings, key=lambda product: -ratings[product])
    assert ndcg(ranking, ratings) == pytest.approx(1.0)
    assert reciprocal_rank(ranking, ratings) == 1
    assert recall(ranking, ratings, len(ratings)) == 1


@given(ranked, judged)
def test_moving_a_better_product_up_never_lowers_ndcg(ranking, ratings):
    swapped = list(ranking)
    for place in range(9):
        if ratings.get(swapped[place], 0) < ratings.get(swapped[place + 1], 0):
            swapped[place], swapped[place + 1] = swapped[place + 1], swapped[place]
            break
    assert ndcg(swapped, ratings) >= ndcg(ranking, ratings) - 1e-12
