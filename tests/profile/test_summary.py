"""A profile as its shopper reads it."""

from __future__ import annotations

import pytest
from profile_world import FACTS, NOW, did, logged, viewed

from bowerbird.domain.event import EventName
from bowerbird.domain.taste_edits import NO_EDITS
from bowerbird.profile.profile import Profile
from bowerbird.profile.summary import summary_of
from bowerbird.profile.tastes import DAY


def read(*done, now: float = NOW, edits=NO_EDITS):
    return summary_of(Profile(edits=edits).updated(logged(done), FACTS), now)


def test_nobody_likes_nothing():
    assert read().values == {} and read().price is None and read().prices == ()


def test_the_strongest_comes_first_as_the_shop_writes_it():
    found = read(*viewed("runner", "boot", "tote"))
    assert [(one.value, one.strength) for one in found.values["brand"]] == [
        ("Luma", pytest.approx(1 / 3)),
        ("Fleet", pytest.approx(1 / 6)),
    ]
    assert list(found.values) == ["category", "brand", "color"]


def test_a_path_is_told_where_those_below_it_say_less():
    assert [one.value for one in read(*viewed("runner")).values["category"]] == ["Shoes/Running"]
    found = read(*viewed("runner", "boot")).values["category"]
    assert [one.value for one in found] == ["Shoes", "Shoes/Boots", "Shoes/Running"]


def test_what_was_done_just_now_is_told_apart():
    found = {one.value: one for one in read(*viewed("tote", at=NOW - DAY), *viewed("runner")).values["brand"]}
    assert found["Fleet"].session == pytest.approx(0, abs=1e-3) and found["Luma"].session == pytest.approx(1 / 4)


def test_prices_are_told_by_kind_and_together():
    found = read(*viewed("runner", "boot", "runner"), did(EventName.ADD_TO_CART, "lamp"))
    assert [one.category for one in found.prices] == ["Home/Lighting", "Shoes/Running", "Shoes/Boots"]
    lamp = found.prices[0]
    assert (lamp.low, lamp.high) == (pytest.approx(20, abs=0.02), pytest.approx(20, abs=0.02))
    assert 19 < found.price.low < found.price.high < 120


def test_what_is_told_does_not_depend_on_whether_anything_is_arranged():
    off = read(*viewed("runner"), edits=NO_EDITS.changed({"personal": False}))
    assert off.values == read(*viewed("runner")).values
