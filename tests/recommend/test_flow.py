from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from recommend_world import DAY, NOW, World, buy, event, products, shopper, together
from recommend_world import view as viewed

from bowerbird.domain.errors import InputError
from bowerbird.domain.event import EventName
from bowerbird.domain.filters import parse_filter
from bowerbird.domain.recommendation import Likeness, Surface, WhyKind
from bowerbird.domain.rules import Hide, Rule, Target, WrittenFilter
from bowerbird.domain.taste_edits import TasteEdits
from bowerbird.recommend.interactions import keys_of

IDS = [product.id for product in products()]
BLENDED = [one for one in Surface if one not in (Surface.RECENTLY_VIEWED, Surface.BUY_AGAIN)]
ABOUT = {Surface.SIMILAR, Surface.BOUGHT_TOGETHER, Surface.VIEWED_TOGETHER}


def asked_for(surface, product="phone-0"):
    return (
        {"product": product}
        if surface in ABOUT
        else {"cart": (product,)}
        if surface is Surface.COMPLETE_THE_CART
        else {}
    )


# What each surface is for


def test_what_a_dozen_bought_with_a_phone_is_bought_together(view):
    world = World(view, together("phone-0", "cable-2"), together("shoe-1", "sock-1"), together("milk-0", "bread-0"))
    listed = world.ask(Surface.BOUGHT_TOGETHER, product="phone-0")
    assert world.ids[int(listed.documents[0])] == "cable-2"
    why = listed.told[0]
    assert (why.kind, world.ids[why.anchor]) == (WhyKind.BOUGHT_WITH, "phone-0")


def test_what_is_viewed_in_one_visit_is_viewed_together(view):
    visits = [one for n in range(12) for one in viewed("shoe-0 sock-3", f"a{n}", NOW - DAY, f"s{n}")]
    others = [one for n in range(12) for one in viewed("milk-0 bread-3", f"b{n}", NOW - DAY, f"t{n}")]
    world = World(view, visits, others)
    listed = world.ask(Surface.VIEWED_TOGETHER, product="shoe-0")
    assert world.ids[int(listed.documents[0])] == "sock-3"
    assert listed.told[0].kind is WhyKind.VIEWED_WITH


def test_similar_is_of_the_same_kind(view):
    world = World(view)
    for by in Likeness:
        found = world.ids_of(Surface.SIMILAR, product="tea-1", by=by, limit=4)
        assert set(found) == {"tea-0", "tea-2", "tea-3", "tea-4"}
    assert world.ask(Surface.SIMILAR, product="tea-1", by=Likeness.LOOK).told[0].kind is WhyKind.LOOKS_LIKE


def test_a_cart_is_completed_by_what_goes_with_all_of_it(view):
    world = World(
        view,
        together("phone-0", "case-1"),
        together("phone-0", "cable-2"),
        together("case-1", "cable-2"),
        together("milk-0", "bread-0", 60),
    )
    found = world.ids_of(Surface.COMPLETE_THE_CART, cart=("phone-0", "case-1"))
    assert found[0] == "cable-2"
    assert not {"phone-0", "case-1"} & set(found)


def test_what_is_suddenly_looked_at_is_trending(view):
    steady = [one for day in range(1, 60) for n in range(8) for one in viewed("tea-0", f"{n}", NOW - day * DAY)]
    sudden = [one for n in range(30) for one in viewed("shoe-2", f"x{n}", NOW - 60.0 * n)]
    world = World(view, steady, sudden)
    listed = world.ask(Surface.TRENDING)
    assert world.ids[int(listed.documents[0])] == "shoe-2"
    assert listed.told[0].kind is WhyKind.TRENDING
    assert world.ids_of(Surface.TRENDING)[1] == "tea-0"


def test_the_newest_come_first_among_the_new(view):
    world = World(view)
    found = world.ids_of(Surface.NEW, limit=5)
    assert found[0] == IDS[-1]
    assert all(one.startswith("tea") or one.startswith("bread") for one in found)


def test_what_was_viewed_comes_back_the_last_first(view):
    who = shopper(view, viewed("tea-0 milk-1 tea-0 shoe-3", "x", NOW - 600))
    assert World(view).ids_of(Surface.RECENTLY_VIEWED, who) == ["shoe-3", "tea-0", "milk-1"]


def test_what_came_late_to_the_log_stands_where_it_was_viewed(view):
    who = shopper(view, viewed("tea-0", "x", NOW - 100) + viewed("milk-1", "x", NOW - 900) + viewed("shoe-1", "x", NOW))
    assert World(view).ids_of(Surface.RECENTLY_VIEWED, who) == ["shoe-1", "tea-0", "milk-1"]


def test_what_was_bought_after_it_was_viewed_is_not_among_the_recently_viewed(view):
    who = shopper(view, viewed("tea-0 milk-1", "x", NOW - 900) + buy("tea-0", "x", NOW - 600))
    assert World(view).ids_of(Surface.RECENTLY_VIEWED, who) == ["milk-1"]


def test_what_is_used_up_each_week_is_to_be_bought_again_after_a_week(view):
    weekly = [
        one for n in range(10) for week in range(5) for one in buy("milk-0", f"{n}", NOW - 60 * DAY + 7 * week * DAY)
    ]
    who = shopper(view, buy("shoe-1 tea-2", "x", NOW - 10 * DAY) + buy("milk-0", "x", NOW - 8 * DAY))
    world = World(view, weekly)
    assert world.ids_of(Surface.BUY_AGAIN, who)[0] == "milk-0"
    assert set(world.ids_of(Surface.BUY_AGAIN, who)) == {"milk-0", "shoe-1", "tea-2"}


def test_because_you_viewed_names_the_last_viewed_product(view):
    visits = [one for n in range(12) for one in viewed("shoe-0 sock-3", f"a{n}", NOW - DAY, f"s{n}")]
    others = [one for n in range(12) for one in viewed("milk-0 bread-3", f"b{n}", NOW - DAY, f"t{n}")]
    world = World(view, visits, others)
    who = shopper(view, viewed("milk-0 shoe-0", "x", NOW - 300))
    listed = world.ask(Surface.BECAUSE_YOU_VIEWED, who)
    assert world.ids[int(listed.documents[0])] == "sock-3"
    assert world.ids[listed.told[0].anchor] == "shoe-0"


def test_for_you_follows_what_was_just_looked_at(view):
    world = World(view, together("milk-0", "bread-0"))
    before = world.ids_of(Surface.FOR_YOU, shopper(view, viewed("milk-1 milk-2", "x", NOW - 900)), limit=6)
    after = world.ids_of(
        Surface.FOR_YOU,
        shopper(view, viewed("milk-1 milk-2", "x", NOW - 900) + viewed("shoe-1 shoe-2", "x", NOW - 100)),
        limit=6,
    )
    assert sum(one.startswith("shoe") for one in after) > sum(one.startswith("shoe") for one in before)


def test_a_liked_brand_is_told_as_the_reason(view):
    who = shopper(view, edits=TasteEdits(liked={"brand": ("Brand 2",)}))
    listed = World(view).ask(Surface.FOR_YOU, who)
    told = [one for one in listed.told if one.kind is WhyKind.YOUR_TASTE]
    assert told
    assert (told[0].field, told[0].value) == ("brand", "Brand 2")


# Who and what is cold


@pytest.mark.parametrize("surface", BLENDED)
def test_a_stranger_and_an_unknown_product_get_as_many_as_there_are(view, surface):
    for world in (World(view), World(view, together("phone-0", "case-0"))):
        assert len(world.ids_of(surface, **asked_for(surface), limit=12)) == 12


def test_a_stranger_gets_what_is_popular_and_not_of_one_kind(view):
    crowd = [
        one
        for n in range(9)
        for kind in ("tea", "shoe", "milk")
        for one in viewed(f"{kind}-{n % 5}", f"{n}", NOW - DAY)
    ]
    found = World(view, crowd).ids_of(Surface.FOR_YOU, limit=6)
    assert len({one.split("-")[0] for one in found}) >= 2


def test_a_product_without_events_gets_its_neighbours_by_vectors(view):
    world = World(view, together("phone-0", "case-0"))
    assert {one.split("-")[0] for one in world.ids_of(Surface.VIEWED_TOGETHER, product="bread-2", limit=4)} == {"bread"}


def test_who_wants_nothing_arranged_gets_what_a_stranger_gets(view):
    crowd = [one for n in range(9) for one in viewed("tea-1 tea-2", f"{n}", NOW - DAY)]
    events = viewed("shoe-0 shoe-1 shoe-2", "x", NOW - 300)
    world = World(view, crowd)
    told = shopper(view, events, TasteEdits(personal=False))
    assert world.ids_of(Surface.FOR_YOU, told) == world.ids_of(Surface.FOR_YOU)


def test_a_shopper_without_purchases_has_nothing_to_buy_again(view):
    assert World(view).ids_of(Surface.BUY_AGAIN, shopper(view, viewed("tea-0", "x"))) == []
    assert World(view).ids_of(Surface.RECENTLY_VIEWED) == []


# What never comes out

HIDING = Rule("no-tea", (Hide(Target(filter=WrittenFilter.read('category UNDER "Food/Teas"'))),))
acts = st.lists(
    st.tuples(
        st.sampled_from([EventName.VIEW_ITEM, EventName.ADD_TO_CART, EventName.PURCHASE]),
        st.sampled_from(IDS),
        st.sampled_from(["x", "y", "z"]),
        st.floats(0, 40),
    ),
    max_size=40,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts, st.sampled_from(list(Surface)), st.integers(1, 40), st.booleans(), st.sampled_from(IDS), st.integers(0, 9))
def test_nothing_hidden_sold_out_bought_or_outside_the_filter_and_nothing_twice(
    view, acts, surface, limit, filtered, product, seed
):
    events = [event(name, one, user, NOW - day * DAY) for name, one, user, day in acts]
    events.sort(key=lambda one: one.at)
    world = World(view, events, rules=[HIDING])
    who = shopper(view, [one for one in events if one.who.user == "x"], TasteEdits(hidden={"brand": ("Brand 1",)}))
    filters = "price <= 30" if filtered else ""
    found = world.ids_of(surface, who, filters=filters, limit=limit, seed=seed, **asked_for(surface, product))
    bought = {one.items[0].product for one in events if one.who.user == "x" and one.name is EventName.PURCHASE}
    known = {one.id: one for one in products()}
    own = surface in (Surface.RECENTLY_VIEWED, Surface.BUY_AGAIN)
    assert len(found) == len(set(found)) <= limit
    assert "phone-4" not in found
    assert not any(one.startswith("tea") for one in found)
    assert not filtered or all(known[one].price <= 30 for one in found)
    assert product not in found or not asked_for(surface)
    if not own:
        assert not bought & set(found)
        assert not any(known[one].brand == "Brand 1" for one in found)
        eligible = {
            one.id
            for one in products()
            if one.id not in bought
            and one.id != "phone-4"
            and not one.id.startswith("tea")
            and one.brand != "Brand 1"
            and (not filtered or one.price <= 30)
            and (one.id != product or not asked_for(surface))
        }
        assert len(found) >= min(limit, 1, len(eligible))


def test_a_variant_must_meet_the_filter_and_be_in_stock(view):
    world = World(view)
    assert "shoe-0" in world.ids_of(Surface.NEW, filters="color = blue", limit=40)
    assert "shoe-0" not in world.ids_of(Surface.NEW, filters="color = red", limit=40)


def test_an_unknown_field_is_refused(view):
    with pytest.raises(InputError, match="unknown field"):
        World(view).ask(Surface.NEW, filters="taste = sweet")


def test_a_shopper_may_say_what_is_too_dear(view):
    who = shopper(view, edits=TasteEdits(price_most=20.0))
    found = World(view).ids_of(Surface.FOR_YOU, who, limit=40)
    prices = {one.id: one.price for one in products()}
    assert found
    assert all(prices[one] <= 20 for one in found)


def test_a_list_of_everything_holds_everything_once(view):
    found = World(view).ids_of(Surface.FOR_YOU, limit=100)
    assert sorted(found) == sorted(set(IDS) - {"phone-4"})


# New products


def test_new_products_get_at_most_one_place_in_twelve(view):
    crowd = [one for n in range(30) for one in viewed(" ".join(IDS[:30]), f"{n}", NOW - DAY)]
    world = World(view, crowd)
    world.counts.first_seen._rows.values[:, 0] = np.where(np.arange(len(IDS)) >= 36, NOW - DAY, 1.0)
    for seed in range(20):
        listed = world.ask(Surface.FOR_YOU, limit=12, seed=seed)
        explored = [place for place, one in enumerate(listed.told) if one.explored]
        assert len(explored) == 1
        assert explored[0] >= 3
        assert len(listed.documents) == 12


def test_what_was_shown_often_is_explored_no_more(view):
    shown = [event(EventName.VIEW_ITEM_LIST, " ".join(IDS), f"{n}", NOW - DAY, id=f"shown{n}") for n in range(100)]
    world = World(view, shown)
    world.counts.first_seen._rows.values[:, 0] = NOW - DAY
    assert not any(one.explored for one in world.ask(Surface.FOR_YOU, limit=12).told)
    assert (world.counts.exposure.of(keys_of(IDS))[:, 0] == 100).all()
    assert parse_filter("") is None
