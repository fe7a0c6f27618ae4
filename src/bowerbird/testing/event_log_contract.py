"""What an event log is held to, whichever database it lies in.

Another database is held to it by three lines::

    class TestMyLog(EventLogContract):
        def make(self, place):
            return EventLog.open(...)
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Barrier, Thread

import pytest

from bowerbird.domain.event import Event, EventItem, EventName, Logged, Who
from bowerbird.events.log import EventLog

AT = 1_780_000_000.0
WHOLE = Event(
    "whole",
    EventName.PURCHASE,
    AT + 0.125,
    Who("ann", "visit 1"),
    (EventItem("p1", 3, "p1-red", 9.9, 2.0), EventItem("p2"), EventItem("茶壶", 1)),
    query_id="q7",
    surface="for-you",
    query="red shoes 红色",
    value=19.8,
    currency="EUR",
    transaction="T-1",
)


def view(event_id: str, who: Who, product: str = "p1", at: float = AT) -> Event:
    """Somebody looks at a product."""
    return Event(event_id, EventName.VIEW_ITEM, at, who, (EventItem(product),))


def ids(found: list[Logged]) -> list[str]:
    """The ids of events."""
    return [one.event.id for one in found]


class EventLogContract:
    """The behaviour of ``EventLog``; subclasses say where it lies."""

    def make(self, place: Path) -> EventLog:
        """A log that is empty for a place that is new, and the same one again for the same place."""
        raise NotImplementedError

    @pytest.fixture()
    def log(self, tmp_path: Path) -> Iterator[EventLog]:
        """An empty log."""
        log = self.make(tmp_path)
        yield log
        log.close()

    def test_an_event_comes_back_as_it_was_given(self, log: EventLog) -> None:
        assert [one.new for one in log.record([WHOLE])] == [True]
        assert log.after(0) == [Logged(1, WHOLE)]

    def test_numbers_follow_each_other_from_one(self, log: EventLog) -> None:
        told = log.record([view(f"e{n}", Who(session="s")) for n in range(5)])
        told += log.record([view("e5", Who())])
        assert [(one.id, one.seq, one.new) for one in told] == [(f"e{n}", n + 1, True) for n in range(6)]
        assert log.last_seq() == 6
        assert ids(log.after(2, limit=3)) == ["e2", "e3", "e4"]

    def test_an_event_that_comes_again_changes_nothing_and_keeps_its_number(self, log: EventLog) -> None:
        log.record([view("a", Who("ann"))])
        told = log.record([view("b", Who("ann")), view("a", Who("bob")), view("b", Who("cid"))])
        assert [(one.id, one.seq, one.new) for one in told] == [("b", 2, True), ("a", 1, False), ("b", 2, False)]
        assert [one.event.who.user for one in log.after(0)] == ["ann", "ann"]
        assert log.merged(Who("bob")) == "u:bob" and not log.of_shopper(Who("bob"))

    def test_nothing_is_recorded_of_nothing(self, log: EventLog) -> None:
        assert log.record([]) == []
        assert log.last_seq() == 0

    def test_what_was_recorded_is_there_after_opening_again(self, log: EventLog, tmp_path: Path) -> None:
        log.record([WHOLE])
        again = self.make(tmp_path)
        assert again.after(0) == [Logged(1, WHOLE)]
        again.close()

    def test_a_session_is_its_own_shopper_until_an_event_names_its_user(self, log: EventLog) -> None:
        log.record([view("a", Who(session="s"))])
        assert log.merged(Who(session="s")) == "s:s"
        log.record([Event("in", EventName.LOGIN, AT, Who("ann", "s"))])
        assert log.merged(Who(session="s")) == log.merged(Who("ann", "s")) == "u:ann"
        log.record([view("b", Who(session="s")), view("c", Who("ann", "s2")), view("d", Who(session="other"))])
        for who in (Who("ann"), Who(session="s"), Who(session="s2"), Who("ann", "nowhere")):
            assert ids(log.of_shopper(who)) == ["a", "in", "b", "c"]

    def test_a_session_stays_with_its_first_user_and_another_users_events_with_that_one(self, log: EventLog) -> None:
        log.record([view("a", Who("ann", "s")), view("b", Who("bob", "s")), view("c", Who(session="s"))])
        assert log.merged(Who(session="s")) == "u:ann"
        assert ids(log.of_shopper(Who("ann"))) == ["a", "c"]
        assert ids(log.of_shopper(Who("bob"))) == ids(log.of_shopper(Who("bob", "s"))) == ["b"]

    def test_a_session_given_beside_a_user_counts_as_the_users_while_it_is_nobodys(self, log: EventLog) -> None:
        log.record([view("a", Who(session="s")), view("b", Who("ann"))])
        assert ids(log.of_shopper(Who("ann", "s"))) == ["a", "b"]
        assert ids(log.of_shopper(Who("ann"))) == ["b"]

    def test_a_user_and_a_session_of_one_name_are_two_shoppers(self, log: EventLog) -> None:
        log.record([view("a", Who("x")), view("b", Who(session="x"))])
        assert ids(log.of_shopper(Who("x"))) == ["a"]
        assert ids(log.of_shopper(Who(session="x"))) == ["b"]

    def test_nobody_has_no_events_and_no_key(self, log: EventLog) -> None:
        log.record([view("a", Who())])
        assert log.of_shopper(Who()) == [] and log.merged(Who()) == ""
        assert log.after(0)[0].event.who == Who()

    def test_the_newest_of_a_shopper_come_oldest_first(self, log: EventLog) -> None:
        log.record([view(f"e{n}", Who("ann"), at=AT - n) for n in range(6)])
        assert ids(log.of_shopper(Who("ann"), limit=2)) == ["e4", "e5"]

    def test_all_events_are_read_in_pieces_and_by_name(self, log: EventLog) -> None:
        log.record([view(f"e{n}", Who("ann")) for n in range(7)] + [WHOLE])
        assert [ids(piece) for piece in log.iterate(batch=4)] == [["e0", "e1", "e2", "e3"], ["e4", "e5", "e6", "whole"]]
        assert [ids(piece) for piece in log.iterate([EventName.PURCHASE])] == [["whole"]]
        assert list(log.iterate([EventName.REFUND])) == []

    def test_all_events_of_a_shopper_are_told(self, log: EventLog) -> None:
        log.record([view(f"e{n}", Who("ann" if n % 2 else "bob", f"s{n % 3}")) for n in range(20)])
        assert [one.event.id for one in log.export(Who("ann"), batch=3)] == [f"e{n}" for n in range(1, 20, 2)]

    def test_writers_side_by_side_leave_no_number_out_and_record_each_event_once(self, log: EventLog) -> None:
        start = Barrier(8)

        def write(lane: int) -> None:
            start.wait()
            for n in range(12):
                log.record([view(f"{lane}-{n}", Who(f"u{lane}", f"s{n}")), view(f"shared-{n}", Who(session=f"s{n}"))])

        threads = [Thread(target=write, args=(lane,)) for lane in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        found = log.after(0, 1_000)
        assert [one.seq for one in found] == list(range(1, 8 * 12 + 12 + 1))
        assert len(set(ids(found))) == len(found)

    def test_two_logs_of_one_place_see_each_others_events_in_one_order(self, log: EventLog, tmp_path: Path) -> None:
        other = self.make(tmp_path)
        for n in range(5):
            (log if n % 2 else other).record([view(f"e{n}", Who("ann", "s"))])
        assert ids(log.after(0)) == ids(other.after(0)) == [f"e{n}" for n in range(5)]
        other.close()

    def test_who_waits_is_told_of_events_of_this_log_and_of_another(self, log: EventLog, tmp_path: Path) -> None:
        assert not log.wait(0, timeout=0)
        other = self.make(tmp_path)
        told: list[bool] = []
        for number, writer in enumerate((log, other)):
            waiting = Thread(target=lambda seen=number: told.append(log.wait(seen, timeout=60)))
            waiting.start()
            writer.record([view(f"e{number}", Who())])
            waiting.join()
        assert told == [True, True] and log.wait(1, timeout=0)
        other.close()

    def test_who_waits_is_let_go_when_the_log_closes(self, tmp_path: Path) -> None:
        log = self.make(tmp_path)
        told: list[bool] = []
        waiting = Thread(target=lambda: told.append(log.wait(0, timeout=60)))
        waiting.start()
        log.close()
        waiting.join()
        assert told == [False]
