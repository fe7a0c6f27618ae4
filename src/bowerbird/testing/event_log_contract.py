"""What an event log is held to, whichever database it lies in.

Another database is held to it by three lines::

    class TestMyLog(EventLogContract):
        def make(self, place):
            return EventLog.open(...)
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlalchemy import insert

from bowerbird.domain.errors import StorageError
from bowerbird.domain.event import Event, EventItem, EventName, Logged, Who
from bowerbird.events.log import EventLog
from bowerbird.events.schema import shoppers
from bowerbird.events.shoppers import roots_of

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


class Notes:
    """Another part that keeps something of shoppers."""

    name = "notes"

    def __init__(self) -> None:
        self.asked: list[list[str]] = []
        self.broken = False
        self.broken_for = ""

    def erase(self, keys: Collection[str]) -> None:
        """Note who is erased."""
        self.asked.append(sorted(keys))
        if self.broken and (not self.broken_for or self.broken_for in keys):
            raise StorageError("the disk is gone")

    def export(self, keys: Collection[str]) -> Mapping[str, object]:
        """Nothing."""
        return {}


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
        assert log.merged_sessions() == {"s:s": "u:ann"}
        log.record([view("b", Who(session="s")), view("c", Who("ann", "s2")), view("d", Who(session="other"))])
        for who in (Who("ann"), Who(session="s"), Who(session="s2"), Who("ann", "nowhere")):
            assert ids(log.of_shopper(who)) == ["a", "in", "b", "c"]

    def test_a_session_stays_with_its_first_user_and_another_users_events_with_that_one(self, log: EventLog) -> None:
        log.record([view("a", Who("ann", "s")), view("b", Who("bob", "s")), view("c", Who(session="s"))])
        assert log.merged(Who(session="s")) == "u:ann"
        assert ids(log.of_shopper(Who("ann"))) == ["a", "c"]
        assert ids(log.of_shopper(Who("bob"))) == ids(log.of_shopper(Who("bob", "s"))) == ["b"]

    def test_many_sessions_are_looked_up_at_once(self, log: EventLog) -> None:
        log.record([view("a", Who("ann", "s1")), view("b", Who(session="s2"))])
        assert log.owners(["s1", "s2", "s3"]) == {"s1": "u:ann", "s2": "s:s2", "s3": "s:s3"}
        assert log.owners([]) == {}

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
        assert [one.event.id for one in log.export(log.keys(Who("ann")), batch=3)] == [f"e{n}" for n in range(1, 20, 2)]

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

    def test_nobody_waits_for_an_event_that_is_erased(self, log: EventLog) -> None:
        log.record([view("a", Who("ann"))])
        log.erase(log.keys(Who("ann")))
        assert log.last_seq() == 1 and not log.wait(0, timeout=0.05)

    def test_who_waits_is_let_go_when_the_log_closes(self, tmp_path: Path) -> None:
        log = self.make(tmp_path)
        told: list[bool] = []
        waiting = Thread(target=lambda: told.append(log.wait(0, timeout=60)))
        waiting.start()
        log.close()
        waiting.join()
        assert told == [False]

    def test_an_erased_shopper_is_gone_with_every_session_and_nobody_else_is(self, log: EventLog) -> None:
        whos = [Who("ann", "s1"), Who(session="s2"), Who("ann", "s2"), Who("ann"), Who("bob", "s1"), Who(session="s3")]
        log.record([view(f"e{n}", who) for n, who in enumerate(whos)])
        notes = Notes()
        told = log.erase(log.keys(Who(session="s2")), [notes])
        assert (told.events, told.names) == (4, 3)
        assert notes.asked == [["s:s1", "s:s2", "u:ann"]]
        assert [(one.event.id, one.event.who) for one in log.after(0)] == [
            ("e4", Who("bob")),
            ("e5", Who(session="s3")),
        ]
        assert log.merged(Who(session="s2")) == "s:s2" and log.of_shopper(Who("ann")) == []
        assert log.noted_erasures() == []

    def test_who_shares_a_session_with_its_owner_takes_only_the_own_along(self, log: EventLog) -> None:
        log.record([view("a", Who("ann", "s")), view("b", Who("bob", "s")), view("c", Who(session="s"))])
        assert log.keys(Who("bob", "s")) == ["u:bob"]
        assert log.erase(log.keys(Who("bob", "s"))).events == 1
        assert ids(log.of_shopper(Who("ann"))) == ["a", "c"]

    def test_what_the_log_does_not_know_is_erased_elsewhere(self, log: EventLog) -> None:
        notes = Notes()
        assert log.erase(log.keys(Who("ann", "s")), [notes]).events == 0
        assert notes.asked == [["s:s", "u:ann"]]

    def test_an_erased_shopper_may_come_again(self, log: EventLog) -> None:
        log.record([view("a", Who("ann", "s"))])
        log.erase(log.keys(Who("ann")))
        assert [(one.seq, one.new) for one in log.record([view("a", Who(session="s"))])] == [(2, True)]
        assert log.merged(Who(session="s")) == "s:s"

    def test_many_events_go_in_many_steps(self, log: EventLog) -> None:
        for n in range(3):
            log.record([view(f"{n}-{m}", Who("ann" if m % 5 else "bob")) for m in range(500)])
        assert log.erase(log.keys(Who("ann"))).events == 1_200
        assert len(log.after(0)) == 300

    def test_a_shopper_of_more_sessions_than_a_statement_takes_is_told_and_erased(self, log: EventLog) -> None:
        log.record([view("a", Who("ann", "s0")), view("b", Who("bob"))])
        with log.database.read() as connection:
            (ann,) = roots_of(connection, Who("ann"))
        rows = [{"number": 1_000 + n, "key": f"s:v{n}", "account": ann, "seen": 0} for n in range(70_000)]
        log.database.write(lambda connection: connection.execute(insert(shoppers), rows))
        assert log.merged(Who(session="v69999")) == log.merged(Who(session="s0")) == "u:ann"
        keys = log.keys(Who("ann"))
        assert len(keys) == 70_002 and ids(list(log.export(keys))) == ["a"] and log.count_of(keys) == 1
        told = log.erase(keys)
        assert (told.events, told.names) == (1, 70_002)
        assert log.keys(Who(session="v5")) == ["s:v5"] and ids(log.after(0)) == ["b"]

    def test_a_session_alone_takes_nothing_of_the_user_that_it_becomes_meanwhile(self, log: EventLog) -> None:
        log.record([view("a", Who(session="s")), view("b", Who("ann"))])
        keys = log.keys(Who(session="s"))
        log.record([view("c", Who("ann", "s"))])
        assert ids(list(log.export(keys))) == ["a"]
        assert log.erase(keys).events == 1 and ids(log.of_shopper(Who("ann"))) == ["b", "c"]

    def test_an_erasure_that_cannot_be_finished_holds_up_no_other(self, log: EventLog) -> None:
        log.record([view("a", Who("ann")), view("b", Who("bob"))])
        notes = Notes()
        for name in ("ann", "bob"):
            log.note_erasure(log.keys(Who(name)))
        notes.broken = True
        with pytest.raises(StorageError):
            log.finish_erasures([notes])
        assert log.noted_erasures() == [1, 2] and log.after(0) == []
        notes.broken_for = "u:ann"
        with pytest.raises(StorageError):
            log.finish_erasures([notes])
        assert log.noted_erasures() == [1]

    def test_an_erasure_that_was_broken_off_is_finished_later_everywhere(self, log: EventLog, tmp_path: Path) -> None:
        log.record([view("a", Who("ann", "s")), view("b", Who("bob"))])
        notes = Notes()
        notes.broken = True
        with pytest.raises(StorageError):
            log.erase(log.keys(Who("ann")), [notes])
        again, notes.broken = self.make(tmp_path), False
        assert again.noted_erasures() == [1]
        assert again.finish_erasures([notes]) == 1
        assert notes.asked == [["s:s", "u:ann"]] * 2
        assert again.finish_erasures([notes]) == 0 and ids(again.after(0)) == ["b"]
        again.close()

    def test_a_noted_erasure_waits_for_whoever_finishes_it(self, log: EventLog) -> None:
        log.record([view("a", Who("ann", "s"))])
        log.note_erasure(log.keys(Who(session="s")))
        assert ids(log.after(0)) == ["a"]
        log.finish_erasures()
        assert log.after(0) == []

    def test_erasures_side_by_side_with_writers_harm_nobody_else(self, log: EventLog) -> None:
        log.record([view(f"{n}", Who(f"u{n % 8}", f"s{n % 16}")) for n in range(320)])
        start = Barrier(6)

        def erase(number: int) -> None:
            start.wait()
            log.erase(log.keys(Who(f"u{number}")))

        def write(number: int) -> None:
            start.wait()
            for n in range(20):
                log.record([view(f"new {number} {n}", Who(f"u{number}"))])

        threads = [Thread(target=erase, args=(n,)) for n in range(4)]
        threads += [Thread(target=write, args=(n,)) for n in (4, 5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [len(log.of_shopper(Who(f"u{n}"))) for n in range(8)] == [0, 0, 0, 0, 60, 60, 40, 40]

    def test_what_is_too_old_is_forgotten_with_names_that_nothing_newer_names(self, log: EventLog) -> None:
        day = 86_400.0
        log.record([view("a", Who("ann", "s"), at=AT), view("b", Who("bob", "t"), at=AT)])
        log.record([view("c", Who(session="t"), at=AT + 9 * day), view("d", Who("cid"), at=AT + 5 * day)])
        assert log.forget_before(AT + 5 * day) == 2
        assert ids(log.after(0)) == ["c", "d"]
        assert log.keys(Who("bob")) == log.keys(Who(session="t")) == ["s:t", "u:bob"]
        log.record([view("e", Who(session="s"), at=AT + 9 * day)])
        assert log.merged(Who(session="s")) == "s:s"
        assert log.forget_before(AT + 5 * day) == 0

    def test_it_tells_what_it_holds(self, log: EventLog) -> None:
        assert log.stats().events == {} and log.stats().first is None
        log.record([WHOLE, view("a", Who(session="s"), at=AT - 5), view("b", Who(session="s"), at=AT + 5)])
        told = log.stats()
        assert told.events == {"purchase": 1, "view_item": 2}
        assert (told.users, told.sessions, told.first, told.last, told.seq) == (1, 2, AT - 5, AT + 5, 3)
