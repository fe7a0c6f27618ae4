from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from recommend_world import DAY, NOW, buy, event, logged, view

from bowerbird.domain.errors import ArtefactError
from bowerbird.domain.event import EventName
from bowerbird.domain.recommendation import Surface
from bowerbird.recommend.bandit import Shown
from bowerbird.recommend.interactions import Interactions, product_key, shopper_key
from bowerbird.recommend.live_counts import LiveCounts
from bowerbird.recommend.repeats import intervals_of

ids = st.sampled_from("abcde")
steps = st.lists(
    st.tuples(st.sampled_from([EventName.VIEW_ITEM, EventName.PURCHASE, EventName.VIEW_ITEM_LIST]), ids, ids),
    max_size=30,
)


def log_of(steps):
    return logged(event(name, one, user, NOW + 400.0 * i, id=str(i)) for i, (name, one, user) in enumerate(steps))


def taken_in_pieces(events, size):
    counts = LiveCounts()
    found = Interactions.read(events).purchases
    intervals = intervals_of(found)
    at = 0
    for start in range(0, len(events), size):
        piece = events[start : start + size]
        bought = sum(len(one.event.items) for one in piece if one.event.name is EventName.PURCHASE)
        counts.take(piece, intervals[at : at + bought])
        at += bought
    return counts


def arrays_of(counts):
    for part in ("viewed", "bought", "popularity", "repeats", "exposure", "bandit"):
        for name, array in getattr(counts, part).to_arrays().items():
            if name not in ("open/shoppers", "open/at", "open/sizes", "open/products", "moment", "values", "keys"):
                yield f"{part}/{name}", array


@settings(deadline=None)
@given(steps, st.integers(1, 7))
def test_counting_piece_by_piece_is_counting_the_whole_log(steps, size):
    events = log_of(steps)
    live, whole = taken_in_pieces(events, size), LiveCounts()
    whole.rebuild([events] if events else [])
    assert live.applied == whole.applied == len(events)
    for (name, found), (other, expected) in zip(arrays_of(live), arrays_of(whole), strict=True):
        assert name == other
        np.testing.assert_allclose(found, expected, err_msg=name)
    now = NOW + DAY
    for part in ("popular", "trending"):
        one, other = (getattr(counts.popularity, part)(now) for counts in (live, whole))
        assert one.keys.tolist() == other.keys.tolist()
        np.testing.assert_allclose(one.values, other.values, rtol=1e-5)


def test_what_is_kept_comes_back_and_goes_on(tmp_path):
    query_id = Shown(Surface.NEW, 2, propensity=0.5).query_id()
    first = logged(
        [*view("a b", "x"), *buy("a", "x", NOW + 60), event(EventName.VIEW_ITEM_LIST, "a", query_id=query_id)]
    )
    later = logged([*view("c", "x", NOW + 300), *buy("a", "x", NOW + 9 * DAY)], first=len(first) + 1)
    counts = LiveCounts()
    counts.rebuild([first])
    counts.save(tmp_path / "one")
    again = LiveCounts.load(tmp_path / "one")
    assert (again.applied, again.latest) == (counts.applied, counts.latest)
    for one in (counts, again):
        one.take(later, np.array([9 * DAY - 60]))
    for (name, found), (_, expected) in zip(arrays_of(again), arrays_of(counts), strict=True):
        np.testing.assert_array_equal(found, expected, err_msg=name)
    assert again.viewed.count(product_key("a"), product_key("c")) == 1


def test_no_name_of_a_shopper_is_in_the_files(tmp_path):
    counts = LiveCounts()
    counts.rebuild([logged(view("a b", "alice-in-wonderland", session="her-tablet"))])
    counts.save(tmp_path / "one")
    written = b"".join(path.read_bytes() for path in (tmp_path / "one").iterdir())
    assert b"alice" not in written
    assert b"tablet" not in written
    key = shopper_key("s:her-tablet")
    assert key.to_bytes(8, "little") in written
    assert counts.held_of([key])["viewed"] == [product_key("a"), product_key("b")]
    assert counts.forget([key])
    assert not counts.forget([key])
    counts.save(tmp_path / "two")
    assert key.to_bytes(8, "little") not in b"".join(path.read_bytes() for path in (tmp_path / "two").iterdir())


def test_a_torn_copy_is_refused(tmp_path):
    LiveCounts().save(tmp_path / "one")
    path = tmp_path / "one" / "viewed.arrays"
    path.write_bytes(path.read_bytes()[:-8])
    with pytest.raises(ArtefactError):
        LiveCounts.load(tmp_path / "one")


def test_who_names_nobody_shares_no_basket():
    counts = LiveCounts()
    counts.rebuild([logged([*view("a b"), *buy("c d")])])
    assert counts.viewed.count(product_key("a"), product_key("b")) == 0
    assert counts.bought.count(product_key("c"), product_key("d")) == 1
