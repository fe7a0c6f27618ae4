"""What the crowd does follows from what it likes, as far as chance lets one tell."""

from collections import Counter, defaultdict

import numpy as np
import pytest
from scipy.stats import binomtest, chisquare

from bowerbird.demo.crowd.invent import DAYS, invent_crowd
from bowerbird.demo.crowd.personas import CADENCE
from bowerbird.demo.crowd.visit import DAY
from bowerbird.demo.kinds import KINDS
from bowerbird.demo.shop_world import AskedFor
from bowerbird.domain.event import EventName, Who

from .conftest import END, SEED

IMPRESSIONS = (EventName.VIEW_SEARCH_RESULTS, EventName.VIEW_ITEM_LIST)
SURE = 1e-4


def named(crowd, *names):
    return [event for event in crowd.events if event.name in names]


def by_session(crowd):
    sessions = defaultdict(list)
    for event in crowd.events:
        if event.consent:
            sessions[event.who.session].append(event)
    return sessions


def shopper_of(crowd):
    return {name: row for row, names in enumerate(crowd.sessions) for name in names}


def test_the_same_seed_gives_the_same_events_and_another_seed_others(assortment, crowd):
    again = invent_crowd(assortment, SEED, 40, END)
    other = invent_crowd(assortment, SEED + 1, 40, END)
    assert again.shoppers == crowd.shoppers[:40] and again.sessions == crowd.sessions[:40]
    ids = {event.id for event in again.events}
    assert again.events == [event for event in crowd.events if event.id in ids]
    assert not ids & {event.id for event in other.events}


def test_events_come_in_order_within_the_time_and_each_has_its_own_name(crowd):
    times = [event.at for event in crowd.events]
    assert times == sorted(times) and END - (DAYS + 1) * DAY <= times[0] and times[-1] <= END
    assert len({event.id for event in crowd.events}) == len(crowd.events)
    assert 30 < len(crowd.events) / len(crowd.shoppers) < 120
    assert {event.name for event in crowd.events} >= {
        EventName.LOGIN, EventName.ADD_TO_WISHLIST, EventName.REMOVE_FROM_CART, EventName.BEGIN_CHECKOUT,
    }  # fmt: skip


def test_positions_count_from_one_down_every_list_and_products_stand_in_it_once(crowd):
    for event in named(crowd, *IMPRESSIONS):
        assert [item.position for item in event.items] == list(range(1, len(event.items) + 1))
        assert len({item.product for item in event.items}) == len(event.items)


def test_what_is_selected_was_shown_there_before(crowd):
    for events in by_session(crowd).values():
        shown = {}
        for event in events:
            if event.name in IMPRESSIONS:
                shown[event.query_id or event.surface] = {(item.product, item.position) for item in event.items}
            elif event.name == EventName.SELECT_ITEM:
                (item,) = event.items
                assert (item.product, item.position) in shown[event.query_id or event.surface]


def test_what_is_bought_was_viewed_and_put_in_the_cart(crowd):
    for events in by_session(crowd).values():
        viewed, cart = set(), set()
        for event in events:
            products = {item.product for item in event.items}
            if event.name == EventName.VIEW_ITEM:
                viewed |= products
            elif event.name == EventName.ADD_TO_CART:
                assert products <= viewed
                cart |= products
            elif event.name == EventName.REMOVE_FROM_CART:
                cart -= products
            elif event.name == EventName.PURCHASE:
                assert products <= cart and event.transaction
                paid = sum(item.price * item.quantity for item in event.items)
                assert event.value == pytest.approx(paid, abs=0.01)
                cart -= products


def test_without_consent_nobody_is_named(crowd):
    silent = [event for event in crowd.events if not event.consent]
    assert silent and all(event.who == Who() and not event.transaction for event in silent)
    assert all(event.who.session for event in crowd.events if event.consent)


def test_sessions_begin_without_a_name_and_some_get_one_on_the_way(crowd):
    users = [[event.who.user for event in events] for events in by_session(crowd).values()]
    assert any(not one[0] and one[-1] for one in users)
    for one in users:
        known = [bool(user) for user in one]
        assert known == sorted(known) and len(set(one) - {""}) <= 1
    guests = [shopper for shopper in crowd.shoppers if not shopper.user and shopper.consent]
    assert all(len(crowd.sessions[shopper.number]) <= 1 for shopper in guests)


def test_higher_positions_are_clicked_more_as_the_known_looks_say(crowd, likes):
    """Clicks by position against looks x attraction; what somebody owns is left out of both."""
    rows, place_of = shopper_of(crowd), likes.place_of
    kind_of = {
        kind_name: kind.id for kind in KINDS.values() for lang in ("en", "zh") for kind_name in kind.called(lang)
    }
    expected, found = np.zeros(12), np.zeros(12)
    looks = likes.behaviour.examination
    asked = {}
    for event in crowd.events:
        if not event.consent or event.query not in kind_of:
            continue
        row, kind = rows[event.who.session], kind_of[event.query]
        if event.name == EventName.VIEW_SEARCH_RESULTS:
            key = (row, kind, (END - event.at) // DAY)
            if key not in asked:
                asked[key] = likes.attraction(row, AskedFor("", kind), key[2])
            for item in event.items:
                expected[item.position - 1] += looks[item.position - 1] * asked[key][place_of[item.product]]
        elif event.name == EventName.SELECT_ITEM and event.surface == "search":
            found[event.items[0].position - 1] += 1
    assert found[0] > 2 * found[3] > 2 * found[9]
    # Few lists end early, after four products were opened, and what they own already they click less.
    assert found / expected == pytest.approx(np.ones(12), abs=0.35)
    assert 0.8 < found.sum() / expected.sum() < 1.05


def test_shoppers_view_the_kinds_and_brands_they_like(crowd, assortment):
    rows, place_of = shopper_of(crowd), {name: at for at, name in enumerate(assortment.ids)}
    brands = [name for name in assortment.names if name.startswith("brand ")]
    columns = np.column_stack([assortment.column(name) for name in brands]).argmax(axis=1)
    won = {"kind": [], "brand": []}
    for event in named(crowd, EventName.VIEW_ITEM):
        if event.consent and event.surface in ("search", "trending"):
            shopper = crowd.shoppers[rows[event.who.session]]
            place = place_of[event.items[0].product]
            kinds = [value for name, value in shopper.likes.items() if name.startswith("kind ")]
            won["kind"].append(shopper.likes[f"kind {assortment.kinds[place]}"] > np.median(kinds))
            worth = [shopper.likes[name] for name in brands]
            won["brand"].append(shopper.likes[brands[columns[place]]] > np.median(worth))
    for name, wins in won.items():
        assert binomtest(sum(wins), len(wins), 0.5, alternative="greater").pvalue < SURE, name


def test_each_persona_buys_more_of_its_kinds_than_the_others_do(crowd, assortment):
    rows, kind_of = shopper_of(crowd), dict(zip(assortment.ids, assortment.kinds, strict=True))
    bought = Counter()
    for event in named(crowd, EventName.PURCHASE):
        if event.consent:
            persona = crowd.shoppers[rows[event.who.session]].persona
            bought.update((persona, KINDS[kind_of[item.product]].department) for item in event.items)
    toys = [bought["has children", "Toys"], sum(count for (who, what), count in bought.items() if what == "Toys")]
    parents = sum(one.persona == "has children" for one in crowd.shoppers) / len(crowd.shoppers)
    assert binomtest(toys[0], toys[1], parents, alternative="greater").pvalue < SURE


def test_what_is_used_up_is_bought_again_after_its_time(crowd, assortment):
    rows, kind_of = shopper_of(crowd), dict(zip(assortment.ids, assortment.kinds, strict=True))
    last, gaps, again = {}, defaultdict(list), Counter()
    for event in named(crowd, EventName.PURCHASE):
        for item in event.items if event.consent else ():
            key = rows[event.who.session], item.product
            if key in last:
                gaps[kind_of[item.product]].append((event.at - last[key]) / DAY)
                again[kind_of[item.product] in CADENCE] += 1
            last[key] = event.at
    assert again[True] > 10 * max(1, again[False])
    for kind in ("juice", "chocolate"):
        assert 0.6 < np.median(gaps[kind]) / CADENCE[kind] < 1.6


def test_what_goes_together_is_bought_together(crowd, assortment):
    kind_of = dict(zip(assortment.ids, assortment.kinds, strict=True))
    together, pairs = 0, 0
    share = []
    for event in named(crowd, EventName.PURCHASE):
        kinds = [kind_of[item.product] for item in event.items]
        for one in kinds:
            share.append(len(KINDS[one].goes_with) / len(KINDS))
            for other in kinds:
                if one != other:
                    pairs += 1
                    together += other in KINDS[one].goes_with
    assert binomtest(together, pairs, float(np.mean(share)), alternative="greater").pvalue < SURE


def test_fashion_shows_in_the_last_days_alone_and_newcomers_only_once_they_came(crowd, assortment):
    place_of = {name: at for at, name in enumerate(assortment.ids)}
    seen = {"before": [0, 0], "lately": [0, 0]}
    for event in named(crowd, EventName.VIEW_ITEM):
        days = (END - event.at) / DAY
        place = place_of[event.items[0].product]
        assert days <= assortment.came[place] + 0.1
        if not 10 < days < 20:
            seen["lately" if days <= 6 else "before"][int(assortment.lift[place] > 0)] += 1
    expected = np.array(seen["before"]) / sum(seen["before"]) * sum(seen["lately"])
    assert seen["lately"][1] > expected[1]
    assert chisquare(seen["lately"], expected).pvalue < SURE


def test_the_variant_that_fits_is_bought(crowd, assortment):
    rows, place_of = shopper_of(crowd), {name: at for at, name in enumerate(assortment.ids)}
    right = []
    for event in named(crowd, EventName.ADD_TO_CART):
        item = event.items[0]
        forms = {form.id: form for form in assortment.forms[place_of[item.product]]}
        if event.consent and item.variant:
            size = crowd.shoppers[rows[event.who.session]].size(assortment.kinds[place_of[item.product]])
            if size in {form.size for form in forms.values() if form.in_stock}:
                right.append(forms[item.variant].size == size)
    assert right and all(right)
