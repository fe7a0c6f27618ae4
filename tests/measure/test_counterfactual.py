from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bowerbird.domain.errors import InputError
from bowerbird.measure.click_log import Impression, encode_impressions
from bowerbird.measure.click_models import Attractiveness, PositionModel, fit_position_model
from bowerbird.measure.counterfactual import (
    Weights,
    doubly_robust,
    examination_weights,
    inverse_propensity,
    naive,
    new_positions,
    propensity_weights,
    self_normalised,
)

EXAMINATION = np.array([1.0, 0.5, 0.25])
WORTH = {"best": 0.8, "good": 0.4, "poor": 0.1}
NAMES = list(WORTH)
POOR_FIRST = [[2, 1, 0], [2, 0, 1], [1, 2, 0], [0, 1, 2]]
SHARES = [0.5, 0.25, 0.15, 0.1]
BEST_FIRST = 0.8 + 0.4 / 2 + 0.1 / 4
LOGGED = sum(
    share * sum(look * WORTH[NAMES[one]] for look, one in zip(EXAMINATION, order, strict=True))
    for share, order in zip(SHARES, POOR_FIRST, strict=True)
)


def log(sessions, seed):
    """A randomised log of a ranking that mostly shows the poor product first, with its true propensities."""
    random = np.random.default_rng(seed)
    chances = np.zeros((3, 3))
    for share, order in zip(SHARES, POOR_FIRST, strict=True):
        chances[order, range(3)] += share
    searches = []
    for order in random.choice(POOR_FIRST, sessions, p=SHARES):
        shown = tuple(NAMES[one] for one in order)
        liked = random.random(3) < EXAMINATION * [WORTH[one] for one in shown]
        propensities = tuple(chances[order, range(3)].tolist())
        searches.append(Impression("q", shown, tuple((np.flatnonzero(liked) + 1).tolist()), propensities=propensities))
    return encode_impressions(searches)


def best_first(table):
    worth = np.array([WORTH[name] for name in table.products])
    return new_positions(table, worth[table.product])


def wrong(model):
    """The same model, but the worst product is thought the best."""
    return replace(model, attractiveness=replace(model.attractiveness, value=1 - model.attractiveness.value))


TABLE = log(12_000, seed=1)
NEW = best_first(TABLE)
LOOKS = examination_weights(TABLE, NEW, EXAMINATION)
CHANCES = propensity_weights(TABLE, NEW)
MODEL = fit_position_model(TABLE)


def test_the_naive_estimate_stays_at_what_was_logged_and_misses_the_truth():
    found = naive(TABLE, NEW)
    assert found.value == pytest.approx(LOGGED, abs=0.02)
    assert not found.low < BEST_FIRST < found.high


@pytest.mark.parametrize("weights", [LOOKS, CHANCES], ids=["examination", "propensity"])
def test_the_others_find_the_known_truth(weights):
    for found in (
        inverse_propensity(TABLE, weights),
        self_normalised(TABLE, weights, NEW),
        doubly_robust(TABLE, weights, NEW, MODEL),
    ):
        assert found.low < BEST_FIRST < found.high
        assert found.standard_error < 0.03


def test_the_fitted_examination_serves_as_well_as_the_known_one():
    found = inverse_propensity(TABLE, examination_weights(TABLE, NEW, MODEL.examination))
    assert found.value == pytest.approx(BEST_FIRST, abs=0.03)


def test_the_intervals_hold_the_truth_as_often_as_they_say():
    held = np.zeros(3)
    for seed in range(60):
        table = log(400, seed=100 + seed)
        new = best_first(table)
        weights = propensity_weights(table, new)
        estimates = (
            inverse_propensity(table, examination_weights(table, new, EXAMINATION)),
            inverse_propensity(table, weights),
            self_normalised(table, weights, new),
        )
        held += [one.low < BEST_FIRST < one.high for one in estimates]
    assert (held >= 52).all()


def test_self_normalising_and_a_good_model_make_propensities_surer():
    plain = inverse_propensity(TABLE, CHANCES).standard_error
    assert self_normalised(TABLE, CHANCES, NEW).standard_error < plain
    assert doubly_robust(TABLE, CHANCES, NEW, MODEL).standard_error < plain


def test_doubly_robust_is_right_with_a_wrong_model_or_with_wrong_weights():
    found = doubly_robust(TABLE, CHANCES, NEW, wrong(MODEL))
    assert found.low < BEST_FIRST < found.high
    doubled = replace(CHANCES, weight=CHANCES.weight * 2)
    assert inverse_propensity(TABLE, doubled).value == pytest.approx(2 * BEST_FIRST, rel=0.1)
    assert doubly_robust(TABLE, doubled, NEW, MODEL).value == pytest.approx(BEST_FIRST, abs=0.04)


def test_clipping_loses_clicks_that_self_normalising_and_the_model_give_back():
    clipped = LOOKS.clipped(1.5)
    assert inverse_propensity(TABLE, clipped).high < BEST_FIRST
    assert inverse_propensity(TABLE, clipped).standard_error < inverse_propensity(TABLE, LOOKS).standard_error
    assert doubly_robust(TABLE, clipped, NEW, MODEL).value == pytest.approx(BEST_FIRST, abs=0.03)
    assert self_normalised(TABLE, clipped, NEW).value == pytest.approx(BEST_FIRST, abs=0.05)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 1_000), st.lists(st.floats(0.05, 1), min_size=3, max_size=3))
def test_with_whole_examination_weights_all_corrected_estimates_are_one(seed, looks):
    table = log(30, seed)
    scores = np.random.default_rng(seed).random(table.rows)
    new = new_positions(table, scores)
    examination = np.array(looks) / looks[0]
    weights = examination_weights(table, new, examination)
    pairs = table.pairs()
    values = np.random.default_rng(seed).random(len(pairs[1]))
    worth = Attractiveness(table.queries, table.products, *pairs[1:], values, np.bincount(pairs[0]), 0.5)
    model = PositionModel(examination, worth, np.ones(3, bool), 0.0, np.zeros(1), True)
    expected = pytest.approx(inverse_propensity(table, weights).value)
    assert self_normalised(table, weights, new).value == expected
    assert doubly_robust(table, weights, new, model).value == expected


def test_the_order_that_was_shown_is_worth_what_it_earned():
    found = inverse_propensity(TABLE, examination_weights(TABLE, TABLE.position, EXAMINATION))
    assert found.value == pytest.approx(TABLE.click.sum() / TABLE.sessions)
    assert found.effective == pytest.approx(TABLE.sessions)


def test_a_product_that_is_not_shown_any_more_earns_nothing():
    table = encode_impressions([Impression("q", ("a", "b"), (1, 2)), Impression("q", ("a", "b"), (1,))])
    new = np.array([0, 1, 0, 1])
    assert naive(table, new).value == 0.5
    assert inverse_propensity(table, examination_weights(table, new, EXAMINATION)).value == 1.0


def test_any_reward_by_row_can_be_counted():
    table = encode_impressions([Impression("q", ("a", "b"), (1, 2), (2,))] * 2)
    weights = examination_weights(table, np.array([2, 1, 2, 1]), EXAMINATION)
    assert inverse_propensity(table, weights, table.order).value == 2.0
    with pytest.raises(InputError, match="reward"):
        inverse_propensity(table, weights, np.ones(3))


def test_few_heavy_searches_are_worth_few():
    table = log(100, seed=3)
    heavy = np.where(np.arange(table.rows) == 5, 300.0, 0.0)
    weights = Weights(heavy, np.ones(table.rows), np.ones(table.rows))
    assert inverse_propensity(table, weights).effective == pytest.approx(1 / 3)


def test_scores_rank_within_each_search_and_ties_stay_as_shown():
    table = encode_impressions([Impression("q", ("a", "b", "c")), Impression("q", ("a", "b"))])
    assert new_positions(table, np.array([1.0, 3.0, 1.0, 5.0, 9.0])).tolist() == [2, 1, 3, 2, 1]


def test_what_cannot_be_estimated_says_why():
    table = encode_impressions([Impression("q", ("a", "b"), (1,)), Impression("q", ("a", "b"))])
    same = table.position
    with pytest.raises(InputError, match="randomised"):
        propensity_weights(table, same)
    with pytest.raises(InputError, match="examination"):
        examination_weights(table, same, np.array([1.0]))
    with pytest.raises(InputError, match="one position"):
        naive(table, np.array([1, 1, 1, 2]))
    with pytest.raises(InputError, match="no ranking"):
        naive(table, np.array([1, 2]))
    with pytest.raises(InputError, match="too few"):
        naive(table.select(np.array([0])), np.array([1, 2]))
    told = encode_impressions([Impression("q", ("a", "b"), propensities=(0.9, 0.9))] * 2)
    swapped = np.array([2, 1, 2, 1])
    with pytest.raises(InputError, match="no search"):
        self_normalised(told, propensity_weights(told, swapped), swapped)
