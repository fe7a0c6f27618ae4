import math
from dataclasses import replace
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bowerbird.domain.errors import InputError
from bowerbird.domain.event import Event, EventItem, EventName, Who
from bowerbird.events.flow import MAX_BATCH, read_events
from bowerbird.events.records import event_record
from bowerbird.testing.event_log_contract import WHOLE

NOW = 1_780_000_000.0
VIEW: dict[str, Any] = {"name": "view_item", "items": [{"item_id": "p1"}], "timestamp": NOW - 60}


def one(record: dict[str, Any], **how: Any) -> Event:
    told = read_events(record, NOW, **how)
    if told.refused:
        raise told.refused[0].error
    return told.events[0]


def refusal(record: Any, **how: Any) -> InputError:
    with pytest.raises(InputError) as caught:
        one(record, **how)
    return caught.value


def test_a_ga4_event_is_read_with_everything_it_says():
    record = {
        "id": "e1",
        "name": "purchase",
        "timestamp": "2026-05-28T20:26:40+00:00",
        "user": "ann",
        "session": "s1",
        "query_id": "q7",
        "item_list_id": "for-you",
        "search_term": "  red\tshoes ",
        "value": "19.80",
        "currency": "eur",
        "transaction_id": "T-1",
        "items": [{"item_id": "p1", "index": 3, "item_variant": "red", "price": 9.9, "quantity": 2}, {"item_id": 12}],
    }
    items = (EventItem("p1", 3, "red", 9.9, 2.0), EventItem("12"))
    who = Who("ann", "s1")
    expected = Event("e1", EventName.PURCHASE, NOW, who, items, "q7", "for-you", "red shoes", 19.8, "EUR", "T-1")
    assert one(record) == expected


def test_the_measurement_protocol_is_read():
    body = {
        "client_id": "c1",
        "user_id": "ann",
        "timestamp_micros": "1780000000000000",
        "events": [{"name": "view_item", "params": {"items": [{"item_id": "p1"}], "session_id": 17}}],
    }
    event = read_events(body, NOW).events[0]
    assert (event.who, event.at, event.items) == (Who("ann", "c1"), NOW, (EventItem("p1"),))


def test_a_data_layer_is_read():
    event = one(
        {"event": "add_to_cart", "ecommerce": {"value": 5, "items": [{"item_id": "p1", "item_list_id": "new"}]}}
    )
    assert (event.name, event.value, event.surface, event.at) == (EventName.ADD_TO_CART, 5.0, "new", NOW)


@pytest.mark.parametrize("name", [name.value for name in EventName])
def test_every_name_is_known(name: str):
    assert one(VIEW | {"name": name}).name == name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Products Searched", "view_search_results"),
        ("Product List Viewed", "view_item_list"),
        ("product clicked", "select_item"),
        ("Product Viewed", "view_item"),
        ("Product Added", "add_to_cart"),
        ("Product Removed", "remove_from_cart"),
        ("Product Added to Wishlist", "add_to_wishlist"),
        ("Checkout Started", "begin_checkout"),
        ("Order Completed", "purchase"),
        ("Order Refunded", "refund"),
        ("Promotion Viewed", "view_promotion"),
        ("Promotion Clicked", "select_promotion"),
    ],
)
def test_segments_events_are_mapped(title: str, name: str):
    record = {
        "type": "track",
        "event": title,
        "messageId": "m1",
        "userId": "ann",
        "anonymousId": "anon",
        "timestamp": "2026-05-28T20:26:40.000Z",
        "properties": {
            "list_id": "home",
            "order_id": "T-1",
            "revenue": 25,
            "currency": "USD",
            "query": "red shoes",
            "query_id": "q1",
            "products": [
                {"product_id": "p1", "position": 2, "price": 5, "quantity": 3, "variant": "red"},
                {"sku": "p2"},
            ],
        },
    }
    items = (EventItem("p1", 2, "red", 5.0, 3.0), EventItem("p2"))
    who = Who("ann", "anon")
    assert one(record) == Event("m1", EventName(name), NOW, who, items, "q1", "home", "red shoes", 25.0, "USD", "T-1")


def test_a_single_product_of_segments_lies_in_the_properties():
    record = {"type": "track", "event": "Product Viewed", "properties": {"product_id": "p1", "price": "9.99"}}
    assert one(record).items == (EventItem("p1", price=9.99),)


def test_who_identifies_is_logged_in():
    assert one({"type": "identify", "userId": "ann", "anonymousId": "a"}).name is EventName.LOGIN
    assert one({"type": "alias", "userId": "ann", "previousId": "a"}).who == Who("ann", "a")


def test_a_batch_of_segments_is_read():
    told = read_events({"batch": [{"type": "identify", "userId": "ann"}, {"type": "page"}], "sentAt": NOW}, NOW)
    assert [event.who.user for event in told.events] == ["ann"]
    assert [(one.place, one.error.field) for one in told.refused] == [(1, "type")]


@pytest.mark.parametrize(
    ("record", "name", "items"),
    [
        (
            {"eventType": "click", "objectIDs": ["p1", "p2"], "positions": [4, 7]},
            "select_item",
            (EventItem("p1", 4), EventItem("p2", 7)),
        ),
        ({"eventType": "view", "objectIDs": ["p1"]}, "view_item", (EventItem("p1"),)),
        ({"eventType": "view", "objectIDs": ["p1", "p2"]}, "view_item_list", (EventItem("p1", 1), EventItem("p2", 2))),
        (
            {"eventType": "view", "objectIDs": ["p1", "p2"], "queryID": "q"},
            "view_search_results",
            (EventItem("p1", 1), EventItem("p2", 2)),
        ),
        ({"eventType": "conversion", "objectIDs": ["p1"]}, "add_to_cart", (EventItem("p1"),)),
        (
            {
                "eventType": "conversion",
                "eventSubtype": "purchase",
                "objectIDs": ["p1"],
                "objectData": [{"price": 9.5, "quantity": 2, "queryID": "q"}],
            },
            "purchase",
            (EventItem("p1", price=9.5, quantity=2.0),),
        ),
    ],
)
def test_algolias_events_are_mapped(record: dict[str, Any], name: str, items: tuple[EventItem, ...]):
    more = {"eventName": "x", "index": "shop", "userToken": "anon", "authenticatedUserToken": "ann"}
    event = one(record | more | {"timestamp": NOW * 1000, "value": 19, "currency": "EUR"})
    assert (event.name, event.items, event.who, event.at) == (name, items, Who("ann", "anon"), NOW)
    assert (event.value, event.currency) == (19.0, "EUR")


def test_the_good_ones_of_a_batch_are_kept_and_each_bad_one_is_told_by_place_and_field():
    bad = [
        VIEW | {"name": "view_items"},
        VIEW | {"items": [{"item_id": "p1"}, {"price": 3}]},
        VIEW | {"items": [{"item_id": "p1", "price": "cheap"}]},
        VIEW | {"timestamp": "yesterday"},
        7,
        {"name": "view_item"},
        VIEW | {"user": "a\x00b"},
    ]
    told = read_events([VIEW, *bad, VIEW | {"user": "ann"}], NOW)
    assert len(told.events) == 2 and not told.alone
    assert [(one.place, one.error.field) for one in told.refused] == [
        (1, "name"),
        (2, "items[1].item_id"),
        (3, "items[0].price"),
        (4, "timestamp"),
        (5, None),
        (6, "items"),
        (7, "user"),
    ]
    first, _, third, *_ = (one.error for one in told.refused)
    assert (first.found, first.expected) == ("view_items", "view_item")
    assert third.found == "cheap" and "a number from 0" in str(third)


@pytest.mark.parametrize(
    "change",
    [
        {"items": [{"item_id": "p" * 201}]},
        {"items": [{"item_id": "p"}] * 201},
        {"items": {"item_id": "p"}},
        {"items": ["p"]},
        {"items": [{"item_id": "p", "index": 1.5}]},
        {"items": [{"item_id": "p", "index": -1}]},
        {"items": [{"item_id": "p", "quantity": 10**9}]},
        {"items": [{"item_id": "p", "price": True}]},
        {"items": [{"item_id": "p", "price": "nan"}]},
        {"items": [{"item_id": "p", "price": float("inf")}]},
        {"items": [{"item_id": {"a": 1}}]},
        {"user": "\ud800"},
        {"user": "a\nb"},
        {"user": 10**30},
        {"user": True},
        {"session": ["s"]},
        {"query": 5},
        {"query": "a\ud800"},
        {"value": 10**400},
        {"value": "1" * 41},
        {"currency": "EURO"},
        {"currency": "€€€"},
        {"consent": "yes"},
        {"timestamp": NOW + 90_000},
        {"timestamp": -5},
        {"timestamp": 1e300},
        {"timestamp": "2026-05-28T20:26:40"},
        {"timestamp": "9999-12-31T23:59:59-23:59"},
        {"timestamp": {"a": 1}},
        {"id": "x" * 201},
    ],
)
def test_what_cannot_be_kept_is_refused_by_its_field(change: dict[str, Any]):
    error = refusal(VIEW | change)
    assert error.field is not None and error.field.startswith(next(iter(change)).split("[")[0])
    assert len(str(error)) < 600


def test_too_many_events_are_refused_as_a_whole():
    assert len(read_events([VIEW] * MAX_BATCH, NOW).events) == MAX_BATCH
    for body in ([VIEW] * (MAX_BATCH + 1), {"events": [VIEW] * (MAX_BATCH + 1)}, "x", 5, None, {"events": 5}):
        with pytest.raises(InputError):
            read_events(body, NOW)


def test_times_may_be_told_in_many_ways():
    for when in (NOW, NOW * 1e3, NOW * 1e6, str(int(NOW * 1e6)), "2026-05-28T22:26:40+02:00", "2026-05-28T20:26:40Z"):
        assert one(VIEW | {"timestamp": when}).at == NOW
    untimed = {name: value for name, value in VIEW.items() if name != "timestamp"}
    assert one(untimed).at == NOW


def test_what_a_clock_that_is_ahead_tells_was_done_now():
    assert [one(VIEW | {"timestamp": NOW + ahead}).at for ahead in (5, 7_200)] == [NOW + 5, NOW]


def test_events_before_the_oldest_that_are_kept_are_refused():
    assert one(VIEW, oldest=NOW - 60).at == NOW - 60
    assert refusal(VIEW, oldest=NOW - 59).field == "timestamp"


def test_an_event_without_an_id_is_known_again_by_what_it_says():
    assert one(VIEW).id == one(dict(VIEW)).id and len(one(VIEW).id) == 32
    changes = ({"timestamp": NOW}, {"user": "a"}, {"session": "a"}, {"items": [{"item_id": "p2"}]}, {"query_id": "q"})
    assert len({one(VIEW | change).id for change in changes} | {one(VIEW).id}) == 6
    untimed = {name: value for name, value in VIEW.items() if name != "timestamp"}
    assert one(untimed).id != one(untimed).id


def test_an_alias_is_the_visitor_that_it_names_as_the_one_before():
    record = {"type": "alias", "userId": "ann", "previousId": "visitor", "anonymousId": "another"}
    assert one(record).who == Who("ann", "visitor")


def test_places_that_count_from_0_are_counted_from_1():
    items = [{"item_id": "a", "index": 0}, {"item_id": "b", "index": 1}, {"item_id": "c"}]
    assert [item.position for item in one(VIEW | {"name": "view_item_list", "items": items}).items] == [1, 2, 0]
    assert [item.position for item in one(VIEW | {"name": "select_item", "items": items[:1]}).items] == [1]


def test_a_list_that_was_shown_without_positions_is_numbered_in_its_order():
    items = [{"item_id": "a"}, {"item_id": "b"}]
    assert [item.position for item in one(VIEW | {"name": "view_item_list", "items": items}).items] == [1, 2]
    assert [item.position for item in one(VIEW | {"name": "purchase", "items": items}).items] == [0, 0]
    given = [{"item_id": "a", "index": 9}, {"item_id": "b"}]
    assert [item.position for item in one(VIEW | {"name": "view_item_list", "items": given}).items] == [9, 0]


def test_long_queries_are_cut():
    assert len(one(VIEW | {"query": "word " * 10_000}).query) <= 500


TEXT = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20)
ITEM = st.builds(
    EventItem,
    TEXT,
    st.integers(1, 1_000),
    st.just("") | TEXT,
    st.none() | st.floats(0, 1e6),
    st.floats(0, 1e5),
)
EVENT = st.builds(
    Event,
    TEXT,
    st.sampled_from(EventName),
    st.integers(0, int(NOW)).map(float),
    st.builds(Who, st.just("") | TEXT, st.just("") | TEXT),
    st.lists(ITEM, min_size=1, max_size=4).map(tuple),
    st.just("") | TEXT,
    st.just("") | TEXT,
    st.just("") | TEXT,
    st.none() | st.floats(-1e6, 1e6),
    st.sampled_from(["", "EUR", "CNY"]),
    st.just("") | TEXT,
)


@given(EVENT)
def test_what_is_told_of_an_event_is_read_back_as_the_same(event: Event):
    assert one(orjson.loads(orjson.dumps(event_record(event)))) == event


def test_an_event_without_consent_is_told_as_such():
    event = replace(WHOLE, consent=False, who=Who(), transaction="")
    assert one(event_record(event)) == event


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
FIELDS = st.sampled_from(
    "name event type eventType eventSubtype items params ecommerce properties products objectIDs positions objectData"
    " timestamp user session consent value currency events".split()
)
HINTS = st.sampled_from(["view_item", "track", "identify", "click", "view", "conversion", "Product Viewed", NOW, "p1"])


@given(JSON | st.dictionaries(FIELDS, HINTS | JSON | st.lists(st.dictionaries(FIELDS, HINTS | JSON, max_size=3))))
def test_whatever_comes_is_read_or_refused(body: Any):
    try:
        told = read_events(body, NOW)
    except InputError:
        return
    for event in told.events:
        assert event.id and 0 <= event.at <= NOW + 86_400
        assert all(math.isfinite(item.price or 0.0) for item in event.items)
        orjson.dumps(event_record(event))
