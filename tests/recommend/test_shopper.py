"""A shopper as arrays: what models are asked with is shaped as what they were trained on."""

from __future__ import annotations

from recommend_world import buy, event, shopper
from recommend_world import view as viewed

from bowerbird.domain.event import EventName
from bowerbird.domain.taste_edits import TasteEdits
from bowerbird.recommend.interactions import WEIGHTS, keys_of


def test_a_view_a_cart_and_a_purchase_in_a_row_are_one_entry_that_weighs_as_the_strongest(view):
    done = [*viewed("tea-0"), event(EventName.ADD_TO_CART, "tea-0"), *buy("tea-0"), *viewed("milk-0"), *viewed("tea-0")]
    found = shopper(view, done)
    assert found.history.tolist() == keys_of(["tea-0", "milk-0", "tea-0"]).tolist()
    assert found.weights.tolist() == [WEIGHTS[EventName.PURCHASE], 1.0, 1.0]


def test_for_who_wants_nothing_arranged_nothing_is_read(view):
    assert not len(shopper(view, viewed("tea-0"), TasteEdits(personal=False)).history)
