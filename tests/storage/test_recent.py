"""What was worked out a moment ago is kept, within bounds."""

from __future__ import annotations

from collections import OrderedDict

from hypothesis import given
from hypothesis import strategies as st

from bowerbird.storage.recent import Recent


def test_an_empty_result_is_kept_like_any_other():
    recent: Recent[str, tuple[str, ...]] = Recent(2)
    recent.put("nothing to add", ())
    assert recent.get("nothing to add") == () and recent.get("never asked") is None


def test_what_is_put_again_takes_no_more_room():
    recent: Recent[str, int] = Recent(2)
    for value in (1, 2, 3):
        recent.put("same", value)
    assert (recent.get("same"), len(recent)) == (3, 1)


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 5)), max_size=60), st.integers(1, 4))
def test_it_holds_what_was_used_last_and_nothing_else(steps: list[tuple[bool, int]], room: int):
    recent: Recent[int, int] = Recent(room)
    used: OrderedDict[int, int] = OrderedDict()
    for number, (putting, key) in enumerate(steps):
        if putting:
            recent.put(key, number)
            used[key] = number
        elif recent.get(key) is not None:
            assert used[key] == recent.get(key)
        else:
            assert key not in list(used)[-room:]
            continue
        used.move_to_end(key)
    last = list(used.items())[-room:]
    assert len(recent) == len(last)
    assert all(recent.get(key) == value for key, value in last)
