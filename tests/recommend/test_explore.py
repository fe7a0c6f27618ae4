from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bowerbird.recommend.explore import DEFAULT_EXPLORE, choose_new, places_to_give


@given(st.integers(0, 100), st.integers(0, 1_000))
def test_at_most_one_place_in_twelve_is_given_and_never_the_first(length, seed):
    places = places_to_give(length, np.random.default_rng(seed))
    assert len(places) == len(set(places)) <= length / 12
    assert all(DEFAULT_EXPLORE.from_place - 1 <= place < length for place in places)


def test_what_is_known_well_enough_is_not_tried():
    exposure = np.array([[500.0, 40.0], [3.0, 0.0]])
    chosen, chances = choose_new(exposure, 2, np.random.default_rng(0))
    assert chosen.tolist() == [1]
    assert chances.tolist() == [1.0]


def test_what_was_clicked_is_tried_more():
    exposure = np.array([[40.0, 0.0], [40.0, 10.0], [40.0, 1.0]])
    chosen = [int(choose_new(exposure, 1, np.random.default_rng(seed))[0][0]) for seed in range(100)]
    assert chosen.count(1) > 90


def test_in_a_world_with_one_good_new_product_it_is_found():
    chances = np.array([0.02, 0.02, 0.3, 0.02, 0.02])
    exposure, random = np.zeros((5, 2)), np.random.default_rng(3)
    tried = []
    for _ in range(150):
        chosen, _ = choose_new(exposure, 1, random)
        if len(chosen):
            exposure[chosen[0]] += [1.0, float(random.random() < chances[chosen[0]])]
            tried.append(int(chosen[0]))
    assert np.mean(np.array(tried[-50:]) == 2) > 0.5 or exposure[2, 0] >= DEFAULT_EXPLORE.enough
