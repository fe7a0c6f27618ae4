"""What sources count, learned from choices whose truth is known."""

from __future__ import annotations

import numpy as np
import pytest

from bowerbird.domain.errors import InputError
from bowerbird.learn.fit_mixer import Choice, fit_weights, learn_weights, ranks_by


def choices(truth, count, candidates=20, seed=0):
    """Shoppers who choose by the true weights, as a conditional logit has it."""
    rng = np.random.default_rng(seed)
    found = []
    for _ in range(count):
        values = rng.random((candidates, len(truth))).astype(np.float32)
        chances = np.exp(values @ truth)
        found.append(Choice(values, int(rng.choice(candidates, p=chances / chances.sum()))))
    return found


def test_the_weights_that_shoppers_chose_by_are_found():
    truth = np.array([6.0, 3.0, 0.0])
    found = fit_weights(choices(truth, 3000), np.ones(3), pull=0.0)
    np.testing.assert_allclose(found, truth, atol=0.4)


def test_a_source_that_speaks_against_itself_counts_nothing_and_never_less():
    found = fit_weights(choices(np.array([5.0, -5.0]), 500), np.ones(2), pull=0.0)
    assert found[1] == 0


def test_few_choices_change_little():
    start = np.array([1.0, 0.5])
    told = choices(np.array([0.0, 8.0]), 3)
    near = fit_weights(told, start, pull=1e6)
    np.testing.assert_allclose(near / near[0], start, rtol=0.01)


def test_what_is_better_than_the_rule_wins_on_choices_not_seen():
    learned = learn_weights(choices(np.array([0.0, 8.0]), 400), np.array([1.0, 0.2]))
    assert learned.wins and learned.learned > learned.start
    assert learned.weights[1] == 1.0 > learned.weights[0]


def test_where_the_rule_is_right_nothing_wins():
    learned = learn_weights(choices(np.array([4.0, 4.0]), 400), np.array([1.0, 1.0]))
    assert not learned.wins


def test_the_chosen_one_s_rank_counts_ties_against_it():
    tied = Choice(np.ones((4, 1), np.float32), 2)
    assert ranks_by([tied, Choice(np.array([[3.0], [5.0]], np.float32), 1)], np.ones(1)).tolist() == [4, 1]


def test_too_few_choices_are_said():
    with pytest.raises(InputError, match="too few choices"):
        learn_weights(choices(np.ones(2), 5), np.ones(2))
