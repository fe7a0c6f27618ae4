"""LightGCN: its propagation counted by hand, its training on worlds whose answers are known."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt

import numpy as np
import pytest

from bowerbird.domain.errors import InputError
from bowerbird.learn.judge_recommender import hold_out, judge, model_scores, popularity_scores
from bowerbird.learn.train_graph import GraphSettings, ShopperGraph, fold, train_graph
from bowerbird.learn.training_run import TrainingRun
from bowerbird.recommend.histories import Histories
from bowerbird.testing.checkerboard import checkerboard
from bowerbird.testing.recommender_contract import RecommenderContract

SMALL = GraphSettings(dim=8, batch=64, negatives=10, epochs=20, fade=1.0, temperature=0.2)


class TestGraph(RecommenderContract):
    @classmethod
    def train(cls, histories, folder):
        train_graph(histories, SMALL).save(folder)


@pytest.fixture
def five() -> ShopperGraph:
    """Two shoppers and three products: the first came by 0 and 1, the second by 1 and 2."""
    return ShopperGraph.of(Histories.from_sequences([[0, 1], [1, 2]], ["a", "b", "c"]))


def test_two_steps_over_five_nodes_counted_by_hand(five):
    shoppers, products = np.array([[1.0], [2.0]], np.float32), np.array([[3.0], [4.0], [5.0]], np.float32)
    _, (first_s, first_p), (second_s, second_p) = five.steps(shoppers, products, 2)
    half, root = 1 / 2, 1 / sqrt(2)
    # Both shoppers and product 1 have two edges, products 0 and 2 one.
    assert first_s.ravel() == pytest.approx([3 * root + 4 * half, 4 * half + 5 * root])
    assert first_p.ravel() == pytest.approx([1 * root, 1 * half + 2 * half, 2 * root])
    one, two = 3 * root + 4 * half, 4 * half + 5 * root
    assert second_p.ravel() == pytest.approx([one * root, (one + two) * half, two * root])
    assert second_s.ravel() == pytest.approx([1 * half + 1.5 * half, 1.5 * half + 2 * half])
    smooth = five.smooth(np.concatenate([shoppers, products]), 2)
    assert smooth.ravel()[:2] == pytest.approx((shoppers + first_s + second_s).ravel() / 3)
    assert smooth.ravel()[2:] == pytest.approx((products + first_p + second_p).ravel() / 3)


def test_heavier_events_tell_more():
    histories = Histories.from_sequences([[0, 1]], ["a", "b"])
    heavy = replace(histories, weights=np.array([1.0, 3.0], np.float32))
    told = ShopperGraph.of(heavy).told.toarray()
    assert told.tolist() == [[pytest.approx(1 / sqrt(4 * 1)), pytest.approx(3 / sqrt(4 * 3))]]


def test_the_gradient_goes_back_the_way_the_vectors_came(five):
    rng = np.random.default_rng(0)
    one, other = rng.normal(size=(2, 5, 3)).astype(np.float32)
    forward = (five.smooth(one, 3) * other).sum()
    assert forward == pytest.approx((one * five.smooth(other, 3)).sum(), rel=1e-4)


def test_a_shopper_of_the_training_reads_as_they_were_smoothed_without_their_own_start(five):
    vectors = np.random.default_rng(1).normal(size=(5, 4)).astype(np.float32)
    vectors[:2] = 0
    model = fold(vectors, five, SMALL)
    read = model.read(np.array([0, 1], np.int32), np.ones(2, np.float32))
    np.testing.assert_allclose(read, five.smooth(vectors, SMALL.layers)[0], rtol=1e-5)


def test_it_stops_when_it_gets_no_better_and_gives_the_best():
    histories = checkerboard()
    valid = hold_out(histories)
    epochs = []

    def count(stage, done, total=None):
        epochs.append(done)

    settings = replace(SMALL, epochs=200, patience=3)
    model = train_graph(histories.without_last(1), settings, valid, progress=count)
    assert len(epochs) < 100
    found = judge(model_scores(model, valid[0]), valid[1])
    assert found.mrr > judge(popularity_scores(histories.without_last(1)), valid[1]).mrr
    assert found.recall[5] == 1.0


def test_a_training_that_was_broken_off_ends_where_it_would_have(tmp_path):
    class Pulled(Exception):
        pass

    def pull(stage, done, total=None):
        if done == 5:
            raise Pulled

    histories, settings = checkerboard(), replace(SMALL, epochs=9)
    whole = train_graph(histories, settings, run=TrainingRun(tmp_path / "whole", {"seed": 0}))
    with pytest.raises(Pulled), TrainingRun(tmp_path / "run", {"seed": 0}) as run:
        train_graph(histories, settings, run=run, progress=pull)
    with TrainingRun(tmp_path / "run", {"seed": 0}) as run:
        resumed = train_graph(histories, settings, run=run)
    np.testing.assert_array_equal(resumed.vectors, whole.vectors)


def test_a_graph_without_edges_is_refused():
    with pytest.raises(InputError, match="no graph"):
        train_graph(Histories.from_sequences([[]], ["a"]))
