"""Factors: what the library fits is what serving solves for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bowerbird.domain.errors import InputError
from bowerbird.learn.fit_factors import FactorSettings, confidence_matrix, fit_factors
from bowerbird.recommend.histories import Histories
from bowerbird.testing.checkerboard import checkerboard
from bowerbird.testing.recommender_contract import RecommenderContract

SMALL = FactorSettings(factors=2, regularisation=0.1, confidence=10.0, rounds=60, fade=1.0)


class TestFactors(RecommenderContract):
    @classmethod
    def train(cls, histories, folder):
        fit_factors(histories, SMALL).save(folder)


def test_a_shopper_of_the_training_reads_as_their_own_factors():
    from implicit.als import AlternatingLeastSquares

    histories = checkerboard()
    model = fit_factors(histories, SMALL)
    trained = AlternatingLeastSquares(
        factors=2, regularization=0.1, alpha=1.0, iterations=60, random_state=0, num_threads=1
    )
    trained.fit(confidence_matrix(histories, SMALL.confidence), show_progress=False)
    read = np.stack([model.read(histories.of(shopper), histories.weights_of(shopper)) for shopper in range(6)])
    # The library's last step was for the products: its shoppers are one half step behind.
    np.testing.assert_allclose(read, trained.user_factors[:6], rtol=0.05, atol=0.01)
    solved = trained.recalculate_user(np.arange(6), confidence_matrix(histories, SMALL.confidence)[:6])
    np.testing.assert_allclose(read, solved, rtol=1e-3, atol=1e-4)


def test_the_paper_s_equation_solved_by_hand():
    model = replace(
        fit_factors(checkerboard(), SMALL), vectors=np.eye(10, 4, dtype=np.float32), regularisation=0.5, confidence=2.0
    )
    # Y'Y is 1, so each seen product's number is (1 + 2 w) / (1 + 2 w + 0.5).
    read = model.read(np.array([0, 1], np.int32), np.array([1.0, 3.0], np.float32))
    assert read == pytest.approx([3 / 3.5, 7 / 7.5, 0, 0])


def test_what_came_last_counts_most():
    model = replace(fit_factors(checkerboard(), SMALL), vectors=np.eye(10, 4, dtype=np.float32), fade=0.5)
    first, last = model.read(np.array([0, 1], np.int32), np.ones(2, np.float32))[:2]
    assert last > first


def test_what_is_done_twice_counts_once_with_both_weights():
    model = fit_factors(checkerboard(), SMALL)
    twice = model.read(np.array([2, 2], np.int32), np.array([1.0, 2.0], np.float32))
    np.testing.assert_allclose(twice, model.read(np.array([2], np.int32), np.array([3.0], np.float32)), rtol=1e-5)


def test_nothing_to_factorise_is_said():
    with pytest.raises(InputError, match="nothing to factorise"):
        fit_factors(Histories.from_sequences([[]], ["a"]), SMALL)


def test_how_far_it_is_is_told():
    told = []
    fit_factors(checkerboard(), SMALL, lambda stage, done, total=None: told.append((done, total)))
    assert told[-1] == (60, 60)
