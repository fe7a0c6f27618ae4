import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bowerbird.domain.errors import InputError
from bowerbird.measure.click_log import Impression, encode_impressions
from bowerbird.measure.click_models import FitSettings, fit_cascade_model, fit_position_model, perplexity

EXAMINATION = np.array([1.0, 0.6, 0.4, 0.2])
WORTH = {"best": 0.8, "good": 0.5, "fair": 0.3, "poor": 0.1}
PRODUCTS = np.array(list(WORTH))


def clicked_by_position(sessions, seed, shuffle=True):
    """Four products whose worth is known, looked at by the known examination."""
    return encode_impressions(seen_by_position(sessions, seed, shuffle))


def seen_by_position(sessions, seed, shuffle=True):
    random = np.random.default_rng(seed)
    log = []
    for _ in range(sessions):
        order = random.permutation(4) if shuffle else np.arange(4)
        chances = EXAMINATION * [WORTH[PRODUCTS[one]] for one in order]
        clicks = np.flatnonzero(random.random(4) < chances) + 1
        log.append(Impression("shoe", tuple(PRODUCTS[order]), tuple(clicks.tolist())))
    return log


def clicked_in_a_cascade(sessions, seed):
    random = np.random.default_rng(seed)
    log = []
    for _ in range(sessions):
        shown = tuple(PRODUCTS[random.permutation(4)])
        liked = [place for place, one in enumerate(shown, start=1) if random.random() < WORTH[one]]
        log.append(Impression("shoe", shown, tuple(liked[:1])))
    return encode_impressions(log)


@st.composite
def logs(draw):
    size = draw(st.integers(2, 30))
    searches = []
    for _ in range(size):
        shown = draw(st.permutations("abcd").map(lambda order: order[:3]))
        searches.append(Impression(draw(st.sampled_from("xy")), tuple(shown), tuple(draw(st.sets(st.integers(1, 3))))))
    return encode_impressions([*searches, Impression("x", ("a", "b", "c"), (2,))])


def test_the_known_examination_and_worth_are_found():
    model = fit_position_model(clicked_by_position(20_000, seed=1))
    assert model.converged and model.identified
    assert model.examination == pytest.approx(EXAMINATION, abs=0.03)
    assert {product: value for _, product, value in model.attractiveness} == pytest.approx(WORTH, abs=0.03)


def test_the_examination_may_be_largest_below_the_top():
    log = [Impression("q", ("a", "b"), clicks) for clicks in [(2,)] * 40 + [(1,)] * 20 + [()] * 40]
    log += [Impression("q", ("b", "a"), clicks) for clicks in [(2,)] * 40 + [(1,)] * 20 + [()] * 40]
    assert fit_position_model(encode_impressions(log)).examination == pytest.approx([1, 2], abs=0.1)


@settings(max_examples=60, deadline=None)
@given(logs())
def test_the_fit_never_gets_worse_and_its_chances_are_chances(table):
    model = fit_position_model(table, FitSettings(rounds=60))
    assert (np.diff(model.objectives) >= -1e-9).all()
    assert model.log_likelihood <= 0
    for chances in (model.predict(table), fit_cascade_model(table).predict(table)):
        assert ((chances >= 0) & (chances <= 1)).all()


def test_always_the_same_order_tells_nothing_about_positions():
    model = fit_position_model(clicked_by_position(2_000, seed=2, shuffle=False))
    assert not model.identified
    assert model.linked.tolist() == [True, False, False, False]


def test_positions_are_tied_over_other_positions_but_not_by_products_that_nobody_clicked():
    first = [Impression("q", ("a", "b", "c", "d"), (1, 2, 3)), Impression("q", ("b", "c", "a", "d"), (1,))]
    assert fit_position_model(encode_impressions(first)).linked.tolist() == [True, True, True, False]
    lame = [Impression("q", ("a", "b"), (1,)), Impression("q", ("b", "a")), Impression("r", ("a", "b"))]
    assert fit_position_model(encode_impressions(lame)).linked.tolist() == [True, True]
    lamer = [Impression("q", ("a", "b", "c"), (1,)), Impression("q", ("a", "c", "b"))]
    assert fit_position_model(encode_impressions(lamer)).linked.tolist() == [True, False, False]


def test_a_pair_seen_once_stays_near_the_mean():
    table = encode_impressions([*seen_by_position(2_000, seed=3), Impression("shoe", ("new", "best"), (1,))])
    values = {product: value for _, product, value in fit_position_model(table).attractiveness}
    bold = {product: value for _, product, value in fit_position_model(table, FitSettings(0.0)).attractiveness}
    assert bold["new"] > 0.9
    assert 0.4 < values["new"] < 0.8


def test_the_known_worth_is_found_in_a_cascade():
    model = fit_cascade_model(clicked_in_a_cascade(10_000, seed=4))
    assert {product: value for _, product, value in model.attractiveness} == pytest.approx(WORTH, abs=0.02)
    assert model.examination[0] == 1
    assert model.examination[1] == pytest.approx(1 - np.mean(list(WORTH.values())), abs=0.02)


@pytest.mark.parametrize("cascade", [False, True])
def test_the_model_that_shoppers_follow_is_less_perplexed_on_new_searches(cascade):
    make = clicked_in_a_cascade if cascade else clicked_by_position
    known, new = make(6_000, seed=5), make(6_000, seed=6)
    by_position = perplexity(new, fit_position_model(known).predict(new)).mean
    in_cascade = perplexity(new, fit_cascade_model(known).predict(new)).mean
    assert (in_cascade < by_position) is cascade


def test_a_coin_has_a_perplexity_of_two():
    table = clicked_by_position(50, seed=7)
    found = perplexity(table, np.full(table.rows, 0.5))
    assert found.by_position == pytest.approx([2, 2, 2, 2])
    assert found.mean == pytest.approx(2)


def test_a_table_with_other_codes_and_new_pairs_is_predicted_by_name():
    model = fit_position_model(clicked_by_position(2_000, seed=8))
    other = encode_impressions([Impression("hat", ("poor",)), Impression("shoe", ("new", "poor", "best"))])
    values = {product: value for _, product, value in model.attractiveness}
    mean = model.attractiveness.mean
    expected = np.array([mean, mean, values["poor"] * model.examination[1], values["best"] * model.examination[2]])
    assert model.predict(other) == pytest.approx(expected)


def test_a_log_without_clicks_or_products_cannot_be_learned_from():
    for log, field in (([Impression("q", ("a",))], "clicks"), ([Impression("q", ())], "products")):
        for fit in (fit_position_model, fit_cascade_model):
            with pytest.raises(InputError) as caught:
                fit(encode_impressions(log))
            assert caught.value.field == field
