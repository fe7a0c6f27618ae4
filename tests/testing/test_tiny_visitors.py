from bowerbird.domain.event import EventName
from bowerbird.testing.tiny_shop import tiny_records
from bowerbird.testing.tiny_shop.visitors import BOUGHT_TOGETHER, COOKS, RUNS, tiny_visits

END = 1_790_000_000.0


def test_visitors_look_at_what_the_shop_has_and_never_at_the_others_things():
    products = {record["id"] for record in tiny_records()}
    assert set(COOKS) | set(RUNS) <= products and not set(COOKS) & set(RUNS)
    for event in tiny_visits(END):
        own = COOKS if event.who.user.startswith("cook") else RUNS
        assert {item.product for item in event.items} <= set(own)


def test_events_are_the_same_each_time_in_order_and_named_once():
    events = tiny_visits(END)
    assert events == tiny_visits(END) != tiny_visits(END, seed=2)
    assert [event.at for event in events] == sorted(event.at for event in events) and events[-1].at < END
    assert len({event.id for event in events}) == len(events)


def test_everybody_buys_what_goes_together_once():
    bought = [event for event in tiny_visits(END, visitors=6) if event.name is EventName.PURCHASE]
    assert len(bought) == 6
    assert {tuple(item.product for item in event.items) for event in bought} == set(BOUGHT_TOGETHER.values())
