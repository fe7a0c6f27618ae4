from __future__ import annotations

import numpy as np
import pytest
from recommend_world import DAY, NOW, buy, interactions

from bowerbird.recommend.interactions import keys_of
from bowerbird.recommend.repeats import DEFAULT_REPEATS, Repeats, intervals_of, measure_due


def taken(*events):
    purchases = interactions([one for some in events for one in some]).purchases
    repeats = Repeats()
    repeats.take(purchases.products, intervals_of(purchases))
    return repeats


def weekly(product, shoppers, weeks=6):
    return [one for n in range(shoppers) for week in range(weeks) for one in buy(product, f"{n}", NOW + 7 * week * DAY)]


def test_an_interval_is_from_one_purchase_of_a_product_to_the_next_of_the_same_shopper():
    purchases = interactions(
        buy("milk soap", "x", NOW) + buy("milk", "y", NOW + DAY) + buy("milk", "x", NOW + 3 * DAY)
    ).purchases
    assert intervals_of(purchases)[[0, 1, 2]].tolist() == pytest.approx([np.nan] * 3, nan_ok=True)
    assert intervals_of(purchases)[3] == 3 * DAY


def test_what_is_bought_each_week_is_usually_bought_after_a_week():
    repeats = taken(weekly("milk", 20))
    assert repeats.usual(keys_of(["milk"]))[0] == pytest.approx(7 * DAY, rel=0.1)


def test_what_nobody_bought_again_takes_after_the_shop():
    repeats = taken(weekly("milk", 20), buy("sofa", "x"))
    usual = repeats.usual(keys_of(["sofa"]))[0]
    assert 7 * DAY < usual < DEFAULT_REPEATS.usual
    milk, sofa = repeats.shares(keys_of(["milk", "sofa"]))
    assert sofa < milk


def test_what_is_due_comes_before_what_was_just_bought_and_what_is_long_past():
    repeats = taken(weekly("milk", 20), weekly("bread", 20), weekly("eggs", 20))
    now = NOW + 100 * DAY
    bought = [np.array([now - age * DAY]) for age in (8, 1, 90)]
    found = measure_due(keys_of(["milk", "bread", "eggs"]), bought, now, repeats)
    assert found.scores.argmax() == 0
    assert found.due.tolist() == [True, False, True]


def test_a_shoppers_own_interval_counts_most():
    repeats = taken(weekly("milk", 20))
    now = NOW + 100 * DAY
    monthly = np.array([now - age * DAY for age in (100, 70, 40, 10)])
    found = measure_due(keys_of(["milk", "milk"]), [monthly, monthly[-1:]], now, repeats)
    assert found.due.tolist() == [False, True]


def test_what_is_kept_comes_back_the_same():
    repeats = taken(weekly("milk", 3))
    again = Repeats.of_arrays(repeats.to_arrays(), DEFAULT_REPEATS)
    keys = keys_of(["milk", "sofa"])
    assert again.usual(keys).tolist() == repeats.usual(keys).tolist()
    assert again.shares(keys).tolist() == repeats.shares(keys).tolist()
