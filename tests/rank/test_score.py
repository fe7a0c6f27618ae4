"""The default score is a product of factors that can be read."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rank_world import random_table, table_of

from bowerbird.rank.score import BY_LOOK, MOST_PERSONAL, ScoreSettings, score
from bowerbird.rank.signals import SignalTable

NONE = ScoreSettings(**dict.fromkeys((field.name for field in fields(ScoreSettings)), 0.0))
EXPONENTS = [field.name for field in fields(ScoreSettings)]


def only(**exponents: float) -> ScoreSettings:
    return replace(NONE, **exponents)


def test_with_all_exponents_at_0_relevance_is_the_score():
    found = score(table_of(3, relevance=(0.9, 0.5, -0.2), stock=(0, 1, 1)), NONE)
    assert found.values == pytest.approx([0.9, 0.5, 0])
    assert list(found.factors) == ["relevance"]


def test_a_product_of_which_only_the_relevance_is_known_keeps_it():
    found = score(table_of(2, relevance=(0.8, 0.4)), ScoreSettings(freshness=0.3, margin=0.4, attention=0.1))
    assert len({round(float(value), 5) for value in found.values / (0.8, 0.4)}) == 1
    assert all(np.ptp(factor) == 0 for name, factor in found.factors.items() if name != "relevance")


@pytest.mark.parametrize(
    ("exponent", "signal", "values", "ratio"),
    [
        ("brand", "brand_match", (1, 0), 2),
        ("described", "body_length", (0.7, 0), 2),
        ("typical", "typical", (1, 0), 2),
        ("fit", "attribute_fit", (1, 0), 3 / 2),
        ("kind", "same_kind", (1, 0), 2),
        ("sentiment", "sentiment", (1, 0), np.exp(0.5)),
        ("popularity", "popularity", (0.5, -0.5), np.e),
        ("click_through", "click_through", (0.25, 0), 2),
        ("stock", "stock", (1, 0), 2),
        ("freshness", "freshness", (1, 0), 2),
        ("margin", "margin", (0.5, 0), 1.5),
        ("attention", "attention", (1, 0.25), 4),
        ("personal", "taste", (1, -1), MOST_PERSONAL),
    ],
)
def test_an_exponent_says_how_far_its_factor_counts(exponent, signal, values, ratio):
    table = table_of(2, relevance=(0.5, 0.5), **{signal: values})
    once, twice = (score(table, only(**{exponent: power})).values for power in (1, 2))
    assert once[0] / once[1] == pytest.approx(ratio, rel=1e-5)
    assert twice[0] / twice[1] == pytest.approx(ratio**2, rel=1e-5)


def test_what_is_called_so_in_its_title_is_of_the_kind_whatever_its_fields_forget():
    found = score(table_of(2, relevance=(1, 1), kind_fit=(0, 0), title_coverage=(1, 0)), only(fit=1))
    assert found.values == pytest.approx([1, 2 / 3])


def test_sentiment_is_held_against_the_shop_s_mean():
    found = score(table_of(2, relevance=(1, 1), sentiment=(0.4, np.nan)), only(sentiment=1), mean_sentiment=0.4)
    assert found.values == pytest.approx([1, 1])


def test_one_product_that_everybody_clicks_is_not_everything():
    found = score(table_of(2, relevance=(1, 1), popularity=(40, -40)), only(popularity=1))
    assert found.values == pytest.approx([np.exp(3), np.exp(-3)], rel=1e-5)


def test_a_photo_alone_is_answered_by_looks():
    table = table_of(2, relevance=(0.9, 0.8), stock=(0, 1), sentiment=(-1, 1), typical=(-1, 1), click_through=(0, 1))
    assert score(table, BY_LOOK).values.tolist() == pytest.approx([0.9, 0.8])


@given(st.integers(0, 2**32 - 1), st.floats(0, 2))
def test_what_answers_far_better_is_never_overtaken_for_a_taste(seed, exponent):
    random = np.random.default_rng(seed)
    relevance, taste = random.uniform(0.01, 1, 12), random.uniform(-1, 1, 12)
    neutral = score(table_of(12, relevance=relevance), only(personal=exponent)).values
    personal = score(table_of(12, relevance=relevance, taste=taste), only(personal=exponent)).values
    far_better = neutral[:, None] > 1.001 * MOST_PERSONAL**exponent * neutral[None, :]
    assert not (far_better & (personal[:, None] <= personal[None, :])).any()


def test_what_the_shopper_said_they_do_not_want_is_lowered_by_more_than_a_guess_may():
    table = table_of(2, relevance=(1, 0.6), taste=(-1, 0), hidden=(1, 0))
    found = score(table, only(personal=1, hidden=1)).values
    assert found[0] < found[1] and set(score(table, only(hidden=1)).factors) == {"relevance", "hidden"}


def test_without_a_shopper_no_taste_is_a_factor():
    assert "personal" not in score(table_of(2, relevance=(1, 0.5)), ScoreSettings()).factors
    assert "personal" in score(table_of(2, relevance=(1, 0.5), taste=(0.5, 0)), ScoreSettings()).factors


def test_nothing_has_no_score():
    assert score(SignalTable.of({}, 0), ScoreSettings()).values.tolist() == []


@given(
    st.integers(0, 2**32 - 1),
    st.fixed_dictionaries({name: st.floats(0, 3) for name in EXPONENTS}),
    st.floats(-1, 1),
)
def test_a_score_is_the_product_of_its_factors_and_always_a_number(seed, exponents, mean):
    table = random_table(np.random.default_rng(seed), 8)
    found = score(table, ScoreSettings(**exponents), mean)
    assert np.isfinite(found.values).all() and (found.values >= 0).all()
    np.testing.assert_allclose(found.values, np.prod(list(found.factors.values()), axis=0), rtol=1e-4)


@pytest.mark.parametrize("least", [-1.0001, -1.0])
def test_what_is_the_very_opposite_of_the_others_or_sold_at_a_loss_still_has_a_score(least):
    signals = {name: (least, 1.0) for name in ("typical", "sentiment", "margin")}
    found = score(table_of(2, relevance=(1, 1), **signals), only(typical=0.2, sentiment=1, margin=1))
    assert 0 < found.values[0] < found.values[1]
