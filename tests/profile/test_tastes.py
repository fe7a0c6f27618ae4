"""Tastes are sums that decay: the same in whatever order events come, and bounded."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from profile_world import FACTS, NOW, close, did, events, facts_of, viewed

from bowerbird.domain.event import EventName
from bowerbird.profile.tastes import DAY, LONG_TERM, MOST, SESSION, WEIGHTS, Tastes, fold, merge


@given(events, st.randoms(use_true_random=False))
def test_the_order_of_events_changes_nothing(done, random):
    shuffled = list(done)
    random.shuffle(shuffled)
    one_by_one = Tastes()
    for event in shuffled:
        one_by_one = fold(one_by_one, [event], FACTS)
    assert close(one_by_one, fold(Tastes(), done, FACTS))


@given(events, events)
def test_merging_gives_what_folding_all_events_gives(first, second):
    merged = merge(fold(Tastes(), first, FACTS), fold(Tastes(), second, FACTS))
    assert close(merged, fold(Tastes(), [*first, *second], FACTS))


@given(events, st.floats(0, 90), st.floats(0, 90))
def test_decay_in_two_steps_is_decay_in_one(done, first, second):
    tastes = fold(Tastes(), done, FACTS)
    at = max(tastes.at, NOW)
    stepped = tastes.as_of(at + first * DAY).as_of(at + (first + second) * DAY)
    assert close(stepped, tastes.as_of(at + (first + second) * DAY))


@pytest.mark.parametrize("half_life", [LONG_TERM, SESSION])
def test_a_look_counts_half_after_the_half_life(half_life):
    tastes = fold(Tastes(half_life), viewed("runner"), FACTS).as_of(NOW + half_life)
    assert tastes.weight == pytest.approx(0.5)
    assert tastes.values["brand"] == pytest.approx({"Luma": 0.5})
    assert np.linalg.norm(tastes.text) == pytest.approx(0.5) == np.linalg.norm(tastes.look)


def test_an_old_event_that_comes_late_counts_as_old():
    tastes = fold(Tastes(), viewed("lamp"), FACTS)
    tastes = fold(tastes, viewed("tote", at=NOW - LONG_TERM), FACTS)
    assert tastes.at == NOW and tastes.values["brand"] == pytest.approx({"Glow": 1, "Fleet": 0.5})


def test_the_surer_the_event_the_more_it_counts():
    rising = [EventName.VIEW_ITEM, EventName.ADD_TO_WISHLIST, EventName.ADD_TO_CART, EventName.PURCHASE]
    worth = [fold(Tastes(), [did(name, "tote")], FACTS).values["brand"]["Fleet"] for name in rising]
    assert worth == sorted(worth) and len(set(worth)) == 4


@pytest.mark.parametrize(
    ("done", "undone"),
    [(EventName.ADD_TO_CART, EventName.REMOVE_FROM_CART), (EventName.PURCHASE, EventName.REFUND)],
)
def test_what_is_taken_back_counts_against(done, undone):
    tastes = fold(Tastes(), [did(done, "tote"), did(undone, "tote")], FACTS)
    assert tastes.weight == 0 and tastes.values == {}


def test_a_colour_among_several_counts_its_share_and_every_level_of_a_category_whole():
    tastes = fold(Tastes(), viewed("boot"), FACTS)
    assert tastes.values["color"] == pytest.approx({"brown": 0.5, "red": 0.5})
    assert tastes.values["category"] == pytest.approx({"Shoes": 1, "Shoes/Boots": 1})


def test_the_variant_that_was_meant_tells_more_than_its_product():
    facts = {**FACTS, ("boot", "boot-red"): facts_of("boot", "Shoes/Boots", "Luma", "red")}
    tastes = fold(Tastes(), [did(EventName.ADD_TO_CART, "boot", variant="boot-red")], facts)
    assert tastes.values["color"] == pytest.approx({"red": 3})
    unknown = fold(Tastes(), [did(EventName.ADD_TO_CART, "boot", variant="other")], facts)
    assert unknown.values["color"] == pytest.approx({"brown": 1.5, "red": 1.5})


def test_what_says_nothing_of_tastes_changes_nothing():
    tastes = fold(Tastes(), viewed("lamp"), FACTS)
    assert fold(tastes, [did(EventName.VIEW_ITEM_LIST, "tote"), *viewed("unheard of")], FACTS) is tastes


def test_only_the_values_that_count_most_are_kept():
    facts = {(str(n), ""): facts_of(str(n), f"Kind/{n}", f"Brand {n}", "red") for n in range(60)}
    done = [event for n in range(60) for event in viewed(*[str(n)] * (3 if n < 5 else 1))]
    tastes = fold(Tastes(), done, facts)
    assert all(len(found) <= MOST for found in tastes.values.values()) and len(tastes.prices) <= MOST
    assert {f"Brand {n}" for n in range(5)} <= set(tastes.values["brand"])
    assert fold(Tastes(), viewed("0", at=NOW - 400 * DAY), facts).as_of(NOW).weight < 1e-3


def test_vectors_of_another_model_take_the_place_of_those_before():
    wide = facts_of("wide", "Shoes/Running", "Luma", "red")
    wide = type(wide)(wide.product, wide.values, text=np.ones(6, np.float32), look=wide.look)
    tastes = fold(fold(Tastes(), viewed("runner"), FACTS), viewed("wide"), {("wide", ""): wide})
    assert tastes.text.shape == (6,) and tastes.look.shape == (4,)


def test_kinds_of_events_are_those_of_ga4():
    assert set(WEIGHTS) <= set(EventName)
