"""Held-out products, and what is known of models whose answers are plain."""

from __future__ import annotations

import numpy as np

from bowerbird.learn.fit_neighbours import fit_neighbours
from bowerbird.learn.judge_recommender import hold_out, judge, model_scores, popularity_scores
from bowerbird.recommend.histories import Histories
from bowerbird.testing.checkerboard import PRODUCTS, checkerboard


def test_the_last_product_is_held_out_and_those_with_nothing_before_it_are_left_out():
    before, held = hold_out(Histories.from_sequences([[0, 1, 2], [3], [], [2, 0]], "abcd"))
    assert held.wanted.tolist() == [2, 0]
    assert [before.of(shopper).tolist() for shopper in range(len(before))] == [[0, 1], [2]]


def test_the_one_before_it_is_for_choosing():
    before, held = hold_out(Histories.from_sequences([[0, 1, 2], [2, 0]], "abcd"), last=2)
    assert held.wanted.tolist() == [1]
    assert before.of(0).tolist() == [0]


def test_only_some_shoppers_may_be_asked():
    _, held = hold_out(Histories.from_sequences([[0, 1], [1, 2], [2, 3]], "abcd"), shoppers=np.array([2, 0]))
    assert held.wanted.tolist() == [3, 1]


def test_the_most_popular_comes_first_for_everybody():
    histories = Histories.from_sequences([[0, 1], [0, 1], [2, 1], [3, 0]], "abcd")
    before, held = hold_out(histories)
    found = judge(popularity_scores(before), held)
    # Three want 1, which nobody had before: last of the unseen. One wants 0, the most popular.
    assert found.recall[5] == 1.0
    assert found.mrr == np.mean([1 / 3, 1 / 3, 1 / 3, 1 / 1])


def test_on_a_checkerboard_neighbours_beat_popularity():
    before, held = hold_out(checkerboard(400))
    model = fit_neighbours(before)
    ours, popular = judge(model_scores(model, before), held), judge(popularity_scores(before), held)
    assert ours.recall[5] == 1.0
    assert ours.mrr > 1.5 * popular.mrr
    assert len(model.products) == len(PRODUCTS)
