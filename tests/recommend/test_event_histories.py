"""From the event log to histories: whose they are, in which order, and what repeats."""

from __future__ import annotations

import pytest

from bowerbird.domain.event import Event, EventItem, EventName, Who
from bowerbird.events.log import EventLog
from bowerbird.recommend.event_histories import histories_of, read_histories
from bowerbird.recommend.interactions import WEIGHTS

ANN, VISIT = Who(user="ann"), Who(session="visit")


@pytest.fixture
def log(tmp_path):
    log = EventLog.open(tmp_path)
    yield log
    log.close()


def event(number, who, *products, name=EventName.VIEW_ITEM, at=None):
    return Event(f"e{number}", name, float(number if at is None else at), who, tuple(map(EventItem, products)))


def told(log, **options):
    found = read_histories(log, **options).histories
    return {name: [found.products[item] for item in found.of(shopper)] for shopper, name in enumerate(found.shoppers)}


def test_each_shopper_has_a_history_in_the_order_of_time(log):
    log.record([event(1, ANN, "a", at=9), event(2, VISIT, "b"), event(3, ANN, "c", at=5)])
    assert told(log) == {"s:visit": ["b"], "u:ann": ["c", "a"]}


def test_a_session_that_became_a_user_s_is_one_history_with_hers(log):
    log.record([event(1, VISIT, "a"), event(2, Who("ann", "visit"), "b")])
    assert told(log) == {"u:ann": ["a", "b"]}


def test_a_view_a_cart_and_a_purchase_in_a_row_are_one_entry_that_weighs_as_the_strongest(log):
    names = [EventName.VIEW_ITEM, EventName.VIEW_ITEM, EventName.ADD_TO_CART, EventName.PURCHASE]
    log.record([event(number, ANN, "a", name=name) for number, name in enumerate(names)])
    log.record([event(8, ANN, "b"), event(9, ANN, "a")])
    found = read_histories(log).histories
    assert told(log) == {"u:ann": ["a", "b", "a"]}
    assert found.weights.tolist() == [WEIGHTS[EventName.PURCHASE], 1.0, 1.0]
    assert found.at.tolist() == [3.0, 8.0, 9.0]


def test_being_shown_is_not_coming_by(log):
    log.record([event(1, ANN, "a", "b", name=EventName.VIEW_ITEM_LIST), event(2, ANN, "c")])
    assert told(log) == {"u:ann": ["c"]}


def test_who_gave_no_name_has_no_history(log):
    log.record([Event("e1", EventName.VIEW_ITEM, 1.0, Who(), (EventItem("a"),), consent=False)])
    found = read_histories(log)
    assert len(found.histories) == 0 and found.events == 1


def test_it_may_be_read_as_it_was_at_an_earlier_event(log):
    log.record([event(1, ANN, "a"), event(2, ANN, "b")])
    until = log.last_seq()
    log.record([event(3, ANN, "c")])
    assert told(log, until=until) == {"u:ann": ["a", "b"]}
    assert read_histories(log, until=until).until == until


def test_products_that_are_no_more_may_be_left_out(log):
    log.record([event(1, ANN, "a"), event(2, ANN, "gone"), event(3, ANN, "a")])
    assert told(log, products=["a"]) == {"u:ann": ["a"]}


def test_of_a_long_history_the_latest_part_stays(log):
    log.record([event(number, ANN, f"p{number}") for number in range(9)])
    assert told(log, longest=2) == {"u:ann": ["p7", "p8"]}


def test_some_shoppers_alone_read_as_they_do_among_all(log):
    log.record([event(1, VISIT, "a"), event(2, Who("ann", "visit"), "b"), event(3, Who(session="other"), "c")])
    found = histories_of(log, [Who(session="visit"), ANN, Who()])
    assert found.histories.shoppers == ("u:ann",)
    assert [found.histories.products[item] for item in found.histories.of(0)] == ["a", "b"]
    assert found.seqs.tolist() == [1, 2] and found.until == 2


def test_each_entry_tells_its_latest_event(log):
    log.record([event(1, ANN, "a"), event(2, ANN, "a"), event(3, ANN, "b", at=0)])
    assert read_histories(log).seqs.tolist() == [3, 2]


def test_an_empty_log_has_no_histories(log):
    found = read_histories(log)
    assert (len(found.histories), found.until, found.events) == (0, 0, 0)
