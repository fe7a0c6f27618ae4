"""A profile is made from events and kept up by those that come after."""

from __future__ import annotations

from dataclasses import replace

from profile_world import FACTS, NOW, close, did, logged, viewed

from bowerbird.domain.event import EventName
from bowerbird.domain.taste_edits import NO_EDITS
from bowerbird.profile.profile import HISTORY, Profile, interactions_of, items_of

DONE = logged([*viewed("runner", "boot", at=NOW - 60), did(EventName.PURCHASE, "boot"), *viewed("lamp")])


def test_a_profile_kept_up_is_the_one_that_is_made_of_everything():
    whole = Profile("u:ann").updated(DONE, FACTS)
    kept_up = Profile("u:ann").updated(DONE[:2], FACTS).updated(DONE[1:], FACTS)
    assert close(whole.long, kept_up.long) and close(whole.session, kept_up.session)
    assert (whole.history, whole.bought, whole.seq) == (kept_up.history, kept_up.bought, kept_up.seq)
    assert whole.updated(DONE, FACTS) is whole


def test_it_knows_what_was_done_lately_and_what_was_bought():
    profile = Profile().updated(DONE, FACTS)
    assert [(one.product, one.name) for one in profile.history][-2:] == [
        ("boot", EventName.PURCHASE),
        ("lamp", EventName.VIEW_ITEM),
    ]
    assert profile.bought == {"boot": NOW}
    given_back = logged([did(EventName.REFUND, "boot")], first=9)
    assert profile.updated(given_back, FACTS).bought == {}


def test_history_is_bounded():
    profile = Profile().updated(logged(viewed(*["runner"] * (HISTORY + 20), "lamp")), FACTS)
    assert len(profile.history) == HISTORY and profile.history[-1].product == "lamp"


def test_a_forgotten_product_and_what_came_before_a_clearing_were_never_there():
    forgetting = Profile(edits=NO_EDITS.changed({"forget": ["boot"]})).updated(DONE, FACTS)
    assert {one.product for one in forgetting.history} == {"runner", "lamp"} and forgetting.bought == {}
    cleared = Profile(edits=replace(NO_EDITS, cleared=3)).updated(DONE, FACTS)
    assert [one.product for one in cleared.history] == ["lamp"]
    assert set(cleared.long.values["brand"]) == {"Glow"} and cleared.seq == 4


def test_who_wants_nothing_arranged_leans_to_nothing():
    profile = Profile().updated(DONE, FACTS)
    assert not profile.affinity(NOW).empty
    assert replace(profile, edits=NO_EDITS.changed({"personal": False})).affinity(NOW).empty


def test_items_are_those_that_tell_of_tastes_each_once():
    shown = did(EventName.VIEW_ITEM_LIST, "tote")
    events = [one.event for one in DONE]
    assert items_of([*events, shown]) == [("runner", ""), ("boot", ""), ("lamp", "")]
    assert len(interactions_of([*events, shown])) == 4
