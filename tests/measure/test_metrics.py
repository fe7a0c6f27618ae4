from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bowerbird.measure.metrics import (
    expected_reciprocal_rank,
    judged_ndcg,
    judged_share,
    ndcg,
    precision,
    recall,
    reciprocal_rank,
)

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


def test_err_is_where_a_shopper_stops_who_is_satisfied_by_good_products():
    # Rated 3 of 3 satisfies 7 in 8, rated 1 satisfies 1 in 8.
    assert expected_reciprocal_rank(["a", "b"], RATINGS, 3) == pytest.approx(7 / 8 + 1 / 8 * 1 / 8 / 2)
    assert expected_reciprocal_rank(["b", "x", "a"], RATINGS, 3) == pytest.approx(1 / 8 + 7 / 8 * 7 / 8 / 3)
    assert expected_reciprocal_rank(["b", "a"], RATINGS, 3, depth=1) == pytest.approx(1 / 8)


def test_err_goes_by_the_highest_rating_of_all_judgements():
    assert expected_reciprocal_rank(["a"], {"a": 1.0}, 1) == pytest.approx(1 / 2)
    assert expected_reciprocal_rank(["a"], {"a": 1.0}, 4) == pytest.approx(1 / 16)
    assert expected_reciprocal_rank(["a"], {"a": 5000.0}, 5000) == pytest.approx(1.0)


def test_precision_is_the_share_of_the_places_with_something_relevant():
    assert precision(["a", "c", "x", "b"], RATINGS, 4) == pytest.approx(2 / 4)
    assert precision(["a"], RATINGS, 10) == pytest.approx(1 / 10)


def test_judged_is_the_share_of_what_came_that_anybody_rated():
    assert judged_share(["a", "c", "x", "y", "b"], RATINGS, 4) == pytest.approx(2 / 4)
    assert judged_share(["a", "c"], RATINGS, 10) == 1
    assert judged_share([], RATINGS, 10) == 1


def test_without_a_relevant_product_every_value_is_nought():
    nothing = {"a": 0.0}
    assert [ndcg(["a"], nothing), judged_ndcg(["a"], nothing), reciprocal_rank(["a"], nothing)] == [0, 0, 0]
    assert [recall(["a"], nothing, 10), precision(["a"], nothing, 10)] == [0, 0]
    assert expected_reciprocal_rank(["a"], nothing, 0) == 0


@given(ranked, judged)
def test_every_value_lies_between_nought_and_one(ranking, ratings):
    for value in (
        ndcg(ranking, ratings),
        judged_ndcg(ranking, ratings),
        reciprocal_rank(ranking, ratings),
        recall(ranking, ratings, 10),
        expected_reciprocal_rank(ranking, ratings, 3),
        precision(ranking, ratings, 10),
        judged_share(ranking, ratings, 10),
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
