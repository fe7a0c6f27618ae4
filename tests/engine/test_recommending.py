from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path

import pytest
from engine_world import becomes_true, open_fake_shop

from bowerbird.domain.errors import InputError, NotFoundError, StorageError
from bowerbird.domain.event import Event, EventItem, EventName, Who
from bowerbird.domain.filters import parse_filter
from bowerbird.domain.product import Availability
from bowerbird.domain.recommendation import PageKind, RecommendRequest, Surface, WhyKind
from bowerbird.domain.rules import Hide, Rule, Target
from bowerbird.recommend.bandit import Shown
from bowerbird.recommend.interactions import product_key, shopper_key
from bowerbird.recommend.live_counts import LiveCounts
from bowerbird.storage import artefacts

DAY = 86_400.0


def act(name, products, user="", session="", ago=0.0, **more):
    at = time.time() - ago
    items = tuple(EventItem(one) for one in products.split())
    return Event(f"{name}-{products}-{user}-{session}-{at}", name, at, Who(user, session), items, **more)


def bought_together(first, second, shoppers=12):
    return [act(EventName.PURCHASE, f"{first} {second}", f"{first}-{n}", ago=DAY + 60 * n) for n in range(shoppers)]


def tell(engine, *events):
    told = engine.record_events([one for some in events for one in (some if isinstance(some, list) else [some])])
    last = max(one.seq for one in told)
    assert becomes_true(lambda: engine.recommending.state.applied >= last)
    engine.recommending.state.redraw()


def ids(engine, surface, user="", **more):
    found = engine.recommend(RecommendRequest(surface, Who(user), **more))
    return [one.hit.product.id for one in found.hits]


def test_what_is_bought_together_is_recommended_with_its_reason(own):
    tell(own, bought_together("phone-128", "charger-65w"), bought_together("milk-whole", "honey-wild"))
    found = own.recommend(RecommendRequest(Surface.BOUGHT_TOGETHER, product="phone-128", limit=4))
    first = found.hits[0]
    assert first.hit.product.id == "charger-65w"
    assert (first.why.kind, first.why.product) == (WhyKind.BOUGHT_WITH, "phone-128")
    assert first.why.title == own.product("phone-128").title
    assert (found.anchor, found.title) == ("phone-128", own.product("phone-128").title)
    assert first.hit.image is not None
    assert len(found.hits) == 4


@pytest.mark.parametrize("surface", [one for one in Surface if one not in (Surface.BUY_AGAIN, Surface.RECENTLY_VIEWED)])
def test_a_shop_without_any_events_recommends_all_the_same(own, surface):
    found = own.recommend(RecommendRequest(surface, product="runner-swift", cart=("runner-swift",), limit=10))
    assert len(found.hits) == len({one.hit.product.id for one in found.hits}) == 10
    assert all("runner-swift" != one.hit.product.id for one in found.hits)


def test_an_event_changes_the_next_answer(own):
    before = ids(own, Surface.RECENTLY_VIEWED, "ann")
    own.record_events([act(EventName.VIEW_ITEM, "teapot-porcelain", "ann")])
    assert before == []
    assert ids(own, Surface.RECENTLY_VIEWED, "ann") == ["teapot-porcelain"]
    assert own.recommend(RecommendRequest(Surface.BECAUSE_YOU_VIEWED, Who("ann"))).anchor == "teapot-porcelain"
    assert "teapot-porcelain" in ids(own, Surface.NEW, "ann", limit=100)
    own.record_events([act(EventName.PURCHASE, "teapot-porcelain", "ann")])
    assert "teapot-porcelain" not in ids(own, Surface.NEW, "ann", limit=100)
    assert ids(own, Surface.BUY_AGAIN, "ann") == ["teapot-porcelain"]


def test_an_anonymous_visit_goes_on_as_a_users(own):
    own.record_events([act(EventName.VIEW_ITEM, "lamp-desk", session="tablet")])
    seen = own.recommend(RecommendRequest(Surface.RECENTLY_VIEWED, Who(session="tablet")))
    assert [one.hit.product.id for one in seen.hits] == ["lamp-desk"]
    own.record_events([act(EventName.LOGIN, "", "ann", "tablet")])
    assert ids(own, Surface.RECENTLY_VIEWED, "ann") == ["lamp-desk"]


def test_an_old_shopper_is_remembered_whatever_others_did_since(own):
    own.record_events([act(EventName.VIEW_ITEM, "pan-iron knife-chef", "old", ago=300 * DAY)])
    before = ids(own, Surface.FOR_YOU, "old", limit=6)
    tell(own, [act(EventName.VIEW_ITEM, "milk-whole", f"new{n}") for n in range(300)])
    assert ids(own, Surface.RECENTLY_VIEWED, "old") == ["knife-chef", "pan-iron"]
    kind = own.product("pan-iron").categories[0].split("/")[0]
    for found in (before, ids(own, Surface.FOR_YOU, "old", limit=6)):
        assert any(own.product(one).categories[0].startswith(kind) for one in found)


def test_what_is_sold_out_or_deleted_or_hidden_comes_out_no_more(own):
    assert {"lamp-desk", "knife-chef", "pan-iron"} <= set(ids(own, Surface.NEW, limit=100))
    own.put([replace(own.product("lamp-desk"), availability=Availability.OUT_OF_STOCK)])
    own.delete(["knife-chef"])
    own.set_rules([Rule("no-pans", (Hide(Target(("pan-iron",))),))], "ann")
    assert not {"lamp-desk", "knife-chef", "pan-iron"} & set(ids(own, Surface.NEW, limit=100))
    assert becomes_true(lambda: own.live_view().applied >= own.status()["last_seq"])
    assert not {"lamp-desk", "knife-chef", "pan-iron"} & set(ids(own, Surface.NEW, limit=100))


def test_a_product_that_is_added_is_the_newest(own):
    own.put([replace(own.product("lamp-desk"), id="lamp-new", title="New Lamp", images=(), updated_at=None)])
    assert becomes_true(lambda: own.recommending.state.redraw() or ids(own, Surface.NEW, limit=1) == ["lamp-new"], 5.0)


def test_filters_hold(own):
    found = ids(own, Surface.FOR_YOU, filters=parse_filter("price < 30"), limit=100)
    assert found
    for one in found:
        product = own.product(one)
        prices = [variant.price or product.price for variant in product.variants] or [product.price]
        assert min(price for price in prices if price is not None) < 30
    with pytest.raises(InputError, match="unknown field"):
        ids(own, Surface.FOR_YOU, filters=parse_filter("mood = good"))


def test_bad_requests_are_refused(own):
    for surface, asked, field in (
        (Surface.NEW, {"limit": 0}, "limit"),
        (Surface.NEW, {"limit": 101}, "limit"),
        (Surface.SIMILAR, {}, "product"),
        (Surface.COMPLETE_THE_CART, {"cart": ("x",) * 101}, "cart"),
    ):
        with pytest.raises(InputError) as refused:
            ids(own, surface, **asked)
        assert refused.value.field == field
    with pytest.raises(NotFoundError):
        ids(own, Surface.SIMILAR, product="nothing")


def test_a_page_shows_no_product_in_two_lists_but_the_shoppers_own(own):
    tell(own, bought_together("phone-128", "charger-65w"))
    own.record_events([act(EventName.VIEW_ITEM, "tee-classic", "ann")])
    page = own.recommend_page(PageKind.HOME, RecommendRequest(Surface.FOR_YOU, Who("ann"), limit=6))
    shown = {one.surface: [hit.hit.product.id for hit in one.hits] for one in page.lists}
    assert set(shown) == {
        Surface.FOR_YOU,
        Surface.BECAUSE_YOU_VIEWED,
        Surface.TRENDING,
        Surface.NEW,
        Surface.RECENTLY_VIEWED,
    }
    others = [one for surface, found in shown.items() if surface is not Surface.RECENTLY_VIEWED for one in found]
    assert len(others) == len(set(others))
    for place, one in enumerate(page.lists, 1):
        told = Shown.read(one.query_id)
        assert (told.surface, told.place) == (one.surface, place)
        assert 0 < one.propensity <= 1


def test_a_page_of_a_product_and_of_a_cart(own):
    product = own.recommend_page(PageKind.PRODUCT, RecommendRequest(Surface.FOR_YOU, product="milk-whole", limit=4))
    assert {one.surface for one in product.lists} == {
        Surface.SIMILAR,
        Surface.BOUGHT_TOGETHER,
        Surface.VIEWED_TOGETHER,
    }
    cart = own.recommend_page(PageKind.CART, RecommendRequest(Surface.FOR_YOU, cart=("milk-whole",), limit=4))
    assert Surface.COMPLETE_THE_CART in {one.surface for one in cart.lists}
    with pytest.raises(InputError):
        own.recommend_page(PageKind.PRODUCT, RecommendRequest(Surface.FOR_YOU))


def test_clicks_on_a_surface_bring_it_up(own):
    request = RecommendRequest(Surface.FOR_YOU, Who("ann"), limit=3)
    for _ in range(60):
        page = own.recommend_page(PageKind.HOME, request)
        events = []
        for one in page.lists:
            told = {"query_id": one.query_id, "surface": one.surface.value, "user": "ann"}
            events.append(act(EventName.VIEW_ITEM_LIST, one.hits[0].hit.product.id, **told))
            if one.surface is Surface.NEW:
                events.append(act(EventName.SELECT_ITEM, "nothing", **told))
        own.record_events(events)
    own.recommending.state.catch_up()
    fresh = [own.recommend_page(PageKind.HOME, replace(request, who=Who(session=f"s{n}"))) for n in range(10)]
    assert sum(page.lists[0].surface is Surface.NEW for page in fresh) >= 8


def test_what_was_counted_is_there_after_a_restart_and_after_a_crash(own, shop, monkeypatch):
    tell(own, bought_together("phone-128", "charger-65w"))
    own.recommending.state.write()
    tell(own, bought_together("milk-whole", "honey-wild"))
    # The disk as a crash leaves it: written down once, and events after that.
    monkeypatch.setattr(type(own.recommending.state), "write", lambda self: None)
    own.close()
    monkeypatch.undo()
    again = open_fake_shop(shop)
    try:
        counts = again.recommending.state.counts
        assert counts.applied == again.events.log.last_seq()
        for first, second in (("phone-128", "charger-65w"), ("milk-whole", "honey-wild")):
            assert counts.bought.count(product_key(first), product_key(second)) == 12
        assert ids(again, Surface.BOUGHT_TOGETHER, product="milk-whole")[0] == "honey-wild"
    finally:
        again.close()


def test_a_torn_copy_is_counted_again_from_the_log(own, shop):
    tell(own, bought_together("phone-128", "charger-65w"), bought_together("milk-whole", "honey-wild"))
    own.close()
    (part,) = (shop / "recommending" / "state").glob("*/bought.arrays")
    part.write_bytes(part.read_bytes()[:100])
    again = open_fake_shop(shop)
    try:
        assert ids(again, Surface.BOUGHT_TOGETHER, product="phone-128")[0] == "charger-65w"
    finally:
        again.close()


def no_room(*_):
    raise StorageError("the disk is full")


def test_a_basket_whose_erasing_failed_is_off_the_disk_when_it_is_done_again(own, shop, monkeypatch):
    tell(own, [act(EventName.VIEW_ITEM, "lamp-desk", "alice", "tablet")])
    state = own.recommending.state
    state.write()
    keys = ["s:tablet", "u:alice"]
    with monkeypatch.context() as full:
        full.setattr(LiveCounts, "save", no_room)
        with pytest.raises(StorageError):
            state.erase(keys)
    state.erase(keys)
    folder = artefacts.current(shop / "recommending" / "state")
    assert not any(LiveCounts.load(folder).held_of([shopper_key(key) for key in keys]).values())


def test_an_erased_shopper_is_in_no_file_and_in_no_open_basket(own, shop):
    who = Who("alice-of-wonderland", "her-own-tablet")
    events = [
        act(EventName.VIEW_ITEM, one, who.user, who.session) for one in ("lamp-desk", "pan-iron", "mug-stoneware")
    ]
    tell(own, events)
    own.recommending.state.write()
    assert own.export_shopper(who).parts["baskets"] == {"viewed": 3}
    ids(own, Surface.FOR_YOU, who.user)
    own.erase_shopper(who)
    assert "baskets" not in own.export_shopper(who).parts
    assert ids(own, Surface.RECENTLY_VIEWED, who.user) == []
    for folder, _, names in os.walk(shop):
        for name in names:
            written = Path(folder, name).read_bytes()
            assert b"alice-of-wonderland" not in written, name
            assert b"her-own-tablet" not in written, name


def test_purchases_teach_when_a_product_is_bought_again(own):
    weekly = [
        act(EventName.PURCHASE, "milk-whole", f"w{n}", ago=(28 - 7 * week) * DAY) for n in range(8) for week in range(4)
    ]
    tell(own, sorted(weekly, key=lambda one: one.at))
    usual = own.recommending.state.counts.repeats
    import numpy as np

    assert 5 * DAY < usual.usual(np.array([product_key("milk-whole")], np.uint64))[0] < 12 * DAY
    own.record_events([act(EventName.PURCHASE, "milk-whole mug-stoneware", "ann", ago=8 * DAY)])
    assert ids(own, Surface.BUY_AGAIN, "ann")[0] == "milk-whole"
