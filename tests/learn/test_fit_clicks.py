"""What clicks say, once it is known how far down shoppers look."""

import numpy as np
import pytest

from bowerbird.demo.sessions import plackett_luce, simulate
from bowerbird.demo.shoppers import Behaviour, World
from bowerbird.index.product_rows import id_hash
from bowerbird.learn.fit_clicks import ClickFitSettings, fit_behaviour, weigh_clicks
from bowerbird.measure.click_log import Impression, encode_impressions
from bowerbird.measure.click_models import fit_position_model

PLAIN = ClickFitSettings(product_prior=0.0, pair_prior=0.0, most_weight=100.0, least_sessions=1)


@pytest.fixture(scope="module")
def world():
    return World(
        queries=["shoe", "hat"],
        weights=np.array([1.0, 1.0]),
        products=[["s1", "s2", "s3"], ["h1", "h2", "h3"]],
        attractiveness=[np.array([0.6, 0.3, 0.1]), np.array([0.1, 0.2, 0.5])],
        behaviour=Behaviour(eta=1.0, depth=3),
    )


@pytest.fixture(scope="module")
def table(world):
    # The worst of each query stands on top most of the time.
    scores = [-2.0 * one for one in world.attractiveness]
    return simulate(world, plackett_luce(world, scores, 1.0), 60_000, seed=3)


def test_gains_are_what_attracts_and_not_what_stood_on_top(world, table):
    model = fit_position_model(table)
    gains = {one.query: one.gains for one in weigh_clicks(table, model, PLAIN)}
    for query, products, truth in zip(world.queries, world.products, world.attractiveness, strict=True):
        found = np.array([gains[query][product] for product in products])
        np.testing.assert_allclose(found, truth, atol=0.04)


def test_clicks_that_are_not_corrected_put_the_top_first(table):
    model = fit_position_model(table)
    clicks = np.bincount(table.product, table.click) / np.bincount(table.product)
    raw = dict(zip(table.products, clicks.tolist(), strict=True))
    gains = next(one.gains for one in weigh_clicks(table, model, PLAIN) if one.query == "shoe")
    assert raw["s1"] / raw["s2"] < 1.7 < gains["s1"] / gains["s2"]


def test_popularity_and_click_through_are_read_by_product_and_query(world, table):
    behaviour = fit_behaviour(table, settings=PLAIN)
    keys = np.array([id_hash(name) for name in ("s1", "s3", "unheard")], np.uint64)
    shoe = behaviour.read("shoe", keys)
    assert np.exp(shoe["popularity"][:2]) == pytest.approx([0.6, 0.1], abs=0.05)
    assert shoe["click_through"][:2] == pytest.approx([0.6, 0.1], abs=0.05)
    assert np.isnan(shoe["popularity"][2]) and np.isnan(shoe["click_through"][2])
    assert np.isnan(behaviour.read("hat", keys)["click_through"]).all()


def test_two_spellings_of_a_query_count_together():
    log = [Impression("Red  Shoe", ("a", "b"), (1,)), Impression("red shoe", ("b", "a"), (2,))] * 5
    table = encode_impressions(log)
    (one,) = weigh_clicks(table, fit_position_model(table), PLAIN)
    assert (one.query, one.sessions) == ("red shoe", 10)
    behaviour = fit_behaviour(table)
    assert len(behaviour.pairs) == 2 and (np.diff(behaviour.pairs.astype(object)) > 0).all()


def test_a_query_that_was_seldom_asked_is_not_learned_from():
    log = [Impression("often", ("a", "b"), (1,))] * 9 + [Impression("once", ("a", "b"), (2,))]
    table = encode_impressions(log)
    assert [one.query for one in weigh_clicks(table, fit_position_model(table))] == ["often"]


def test_little_is_said_of_what_was_shown_once():
    log = [Impression("shoe", ("a", "b"), (1,))] * 200 + [Impression("shoe", ("a", "c"), (2,))]
    table = encode_impressions(log)
    behaviour = fit_behaviour(table)
    keys = np.array([id_hash("a"), id_hash("c")], np.uint64)
    popularity = np.exp(behaviour.read("shoe", keys)["popularity"])
    assert popularity[0] > popularity[1]
