"""What tastes come to at a moment: the session's fresh looks beside the time before, and the shopper's own words."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from profile_world import FACTS, NOW, events, viewed

from bowerbird.domain.taste_edits import NO_EDITS
from bowerbird.profile.affinity import Affinity, affinity_of
from bowerbird.profile.tastes import DAY, SESSION, Tastes, fold


def both(*done, now: float = NOW, edits=NO_EDITS) -> Affinity:
    long, session = (fold(one, done, FACTS) for one in (Tastes(), Tastes(half_life=SESSION)))
    return affinity_of(long, session, now, edits)


def test_nobody_leans_to_nothing():
    assert both().empty and not both(*viewed("runner")).empty


def test_a_share_grows_with_what_is_known():
    shares = [both(*viewed(*["runner"] * count)).shares["brand"]["luma"] for count in (1, 3, 20)]
    assert shares == pytest.approx([1 / 4, 1 / 2, 20 / 23])


def test_the_session_counts_more_when_it_is_fresh():
    old = viewed(*["loafer"] * 30, at=NOW - 2 * DAY)
    fresh = both(*old, *viewed(*["runner"] * 5))
    later = both(*old, *viewed(*["runner"] * 5), now=NOW + DAY)
    assert fresh.shares["brand"]["luma"] > fresh.shares["brand"]["fleet"]
    assert later.shares["brand"]["luma"] < later.shares["brand"]["fleet"]


def test_an_event_of_a_clock_that_goes_ahead_counts_as_of_now():
    assert both(*viewed("runner", at=NOW + DAY)).shares == both(*viewed("runner")).shares


@given(events)
def test_shares_and_vectors_stay_within_1(done):
    found = both(*done)
    assert all(-1 <= share <= 1 for shares in found.shares.values() for share in shares.values())
    for vector in (found.text, found.look):
        assert vector is None or np.linalg.norm(vector) <= 10
    assert 0 <= found.breadth <= 1 and all(0 <= found.reach(path) <= 1 for path in ("Shoes/Boots", "Home", "a/b/c"))


def test_one_kind_of_thing_tells_nothing_of_another_and_several_do():
    narrow, broad = both(*viewed("runner", "runner")), both(*viewed("runner", "tote", "lamp"))
    assert narrow.breadth == pytest.approx(0) and narrow.reach("Bags/Totes") == 0 and narrow.reach("Shoes/Running") == 1
    assert broad.breadth == 1 == broad.reach("Toys/Dolls") == broad.reach("Bags/Totes")
    assert 0 < both(*viewed(*["runner"] * 9, "tote")).breadth < 0.3


def test_prices_are_those_of_its_kind_and_pulled_to_the_middle():
    few, many = both(*viewed("boot")).level, both(*viewed(*["boot"] * 50)).level
    assert 0 < few[0] < many[0] < 0.8 and few[1] > many[1]


def test_what_the_shopper_said_is_kept_apart_from_what_was_learned():
    edits = NO_EDITS.changed({"liked": {"brand": ["Glow"]}, "hidden": {"color": ["RED"]}, "price_most": 70})
    found = both(*viewed("runner"), edits=edits)
    assert found.said == {"brand": {"glow": 1}, "color": {"red": -1}}
    assert found.price_most == 70 and found.shares["brand"]["luma"] > 0
    assert "red" not in found.shares["color"]
    assert not both(edits=edits).empty
