from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bowerbird.learn.sequence_batches import cut_batches, draw_candidates
from bowerbird.recommend.histories import Histories

PRODUCTS = tuple(f"p{number}" for number in range(30))
SEQUENCES = st.lists(st.lists(st.integers(0, 29), max_size=12), min_size=1, max_size=20)


@given(SEQUENCES, st.integers(1, 20), st.integers(0, 3))
def test_every_step_of_every_short_history_is_learned_from_once(sequences, size, seed):
    histories = Histories.from_sequences(sequences, PRODUCTS)
    found = []
    for batch in cut_batches(histories, 50, size, np.random.default_rng(seed)):
        found += list(zip(batch.items[batch.known].tolist(), batch.targets.tolist(), strict=True))
    assert sorted(found) == sorted(step for one in sequences for step in pairwise(one))


@given(st.integers(2, 40), st.integers(1, 10), st.integers(0, 50))
def test_a_long_history_gives_a_part_that_hangs_together(length, longest, seed):
    histories = Histories.from_sequences([[5], list(range(length))], tuple(map(str, range(40))))
    (batch,) = cut_batches(histories, longest, 100, np.random.default_rng(seed))
    assert batch.items.shape == (1, min(longest, length - 1))
    assert (np.diff(batch.items[0]) == 1).all()
    assert (batch.targets == batch.items[0] + 1).all()


def test_batches_are_of_about_the_size_asked_for_and_hardly_padded():
    rng = np.random.default_rng(0)
    sequences = [rng.integers(0, 30, rng.integers(2, 40)).tolist() for _ in range(500)]
    batches = list(cut_batches(Histories.from_sequences(sequences, PRODUCTS), 50, 300, rng))
    places = [batch.known.sum() for batch in batches]
    assert np.mean(places) > 250
    assert max(places) <= 300 + 39
    assert sum(places) > 0.9 * sum(batch.known.size for batch in batches)


@given(st.lists(st.integers(0, 29), min_size=1, max_size=50), st.integers(1, 40), st.integers(0, 9))
def test_targets_stand_among_the_candidates_and_each_candidate_once(targets, negatives, seed):
    targets = np.array(targets)
    candidates, places, chances = draw_candidates(targets, 30, negatives, np.random.default_rng(seed))
    assert (candidates[places] == targets).all()
    assert len(np.unique(candidates)) == len(candidates) == len(chances)
    assert len(candidates) >= min(negatives, 30)
    assert ((chances > 0) & (chances <= 1)).all()


def test_chances_are_how_often_a_product_is_a_candidate():
    rng = np.random.default_rng(0)
    popular, counts = np.array([0] * 20 + [1] * 4 + list(range(2, 26))), np.zeros(30)
    for _ in range(4000):
        candidates, _, _ = draw_candidates(rng.choice(popular, 12), 30, 6, rng)
        counts[candidates] += 1
    targets = np.concatenate([[0] * 5, [1], np.arange(2, 8)])
    candidates, _, chances = draw_candidates(targets, 30, 6, rng)
    by_product = dict(zip(candidates.tolist(), chances.tolist(), strict=True))
    assert abs(by_product[0] - counts[0] / 4000) < 0.02
    assert abs(by_product[1] - counts[1] / 4000) < 0.1
