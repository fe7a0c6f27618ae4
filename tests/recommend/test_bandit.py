from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from recommend_world import event, logged

from bowerbird.domain.event import EventName
from bowerbird.domain.recommendation import Surface
from bowerbird.recommend.bandit import ARMS, DEFAULT_BANDIT, Context, Shown, SurfaceBandit

HOME = (Surface.FOR_YOU, Surface.TRENDING, Surface.NEW, Surface.BUY_AGAIN)
SEEN = Context.KNOWN | Context.DEEP


@given(st.sampled_from(ARMS), st.integers(0, 15), st.integers(0, 127), st.floats(0, 1))
def test_the_id_of_a_list_says_what_it_was_shown_for(surface, place, context, propensity):
    shown = Shown(surface, place, Context(context), propensity)
    read = Shown.read(shown.query_id())
    assert (read.surface, read.place, read.context) == (surface, place, Context(context))
    assert read.propensity == pytest.approx(propensity, abs=1 / 255)


@pytest.mark.parametrize("text", ["", "abc", "0" * 32, "0" * 32 + "-ffffff", "0" * 32 + "-00f100", "q-1"])
def test_other_ids_say_nothing(text):
    assert Shown.read(text) is None


def test_without_clicks_surfaces_stand_by_rule_more_often_than_not():
    bandit, random = SurfaceBandit(), np.random.default_rng(0)
    firsts = [bandit.order(HOME, SEEN, random)[0][0] for _ in range(300)]
    assert max(HOME, key=firsts.count) is Surface.FOR_YOU
    assert set(firsts) == set(HOME)


def test_chances_are_told_of_each_place():
    order, chances = SurfaceBandit().order(HOME, SEEN, np.random.default_rng(0))
    assert sorted(order) == sorted(HOME)
    assert all(0 < chance <= 1 for chance in chances)


def test_regret_per_page_falls_as_the_best_surface_is_found_for_each_kind_of_shopper():
    """Known shoppers click on one surface, strangers on another."""
    truth = {
        context: {surface: 0.05 for surface in HOME} | {best: 0.35}
        for context, best in ((SEEN, Surface.BUY_AGAIN), (Context.NOTHING, Surface.TRENDING))
    }
    bandit, random = SurfaceBandit(), np.random.default_rng(7)
    regrets = []
    for _ in range(3_000):
        context = SEEN if random.random() < 0.5 else Context.NOTHING
        order, chances = bandit.order(HOME, context, random)
        for place, (surface, chance) in enumerate(zip(order, chances, strict=True), 1):
            shown = Shown(surface, place, context, chance)
            bandit.learn(shown, clicked=False)
            if random.random() < truth[context][surface] * place**-0.5:
                bandit.learn(shown, clicked=True)
        regrets.append(max(truth[context].values()) - truth[context][order[0]])
    assert np.mean(regrets[-500:]) < 0.1 * np.mean(regrets[:100])
    assert bandit.expected(Surface.BUY_AGAIN, SEEN, 3) == pytest.approx(0.35, abs=0.06)


def test_events_teach_it_once_each_in_any_order():
    query_id = Shown(Surface.NEW, 1, SEEN, 0.5).query_id()
    shown = event(EventName.VIEW_ITEM_LIST, "a b", "x", query_id=query_id)
    click = event(EventName.SELECT_ITEM, "a", "x", query_id=query_id)
    again = event(EventName.SELECT_ITEM, "b", "x", query_id=query_id)
    one, other = SurfaceBandit(), SurfaceBandit()
    one.take(logged([shown, click, again]))
    other.take(logged([click, shown]))
    for name, found in one.to_arrays().items():
        assert (found == other.to_arrays()[name]).all()
    kept = SurfaceBandit.of_arrays(one.to_arrays(), DEFAULT_BANDIT)
    assert (
        kept.expected(Surface.NEW, SEEN)
        == one.expected(Surface.NEW, SEEN)
        > SurfaceBandit().expected(Surface.NEW, SEEN)
    )


def test_lists_that_nobody_ordered_teach_nothing():
    bandit = SurfaceBandit()
    bandit.take(logged([event(EventName.VIEW_ITEM_LIST, "a", "x", query_id=Shown(Surface.NEW).query_id())]))
    assert not bandit.to_arrays()["looks"].any()
