"""What shoppers do is kept with the shop, and one of them is erased everywhere."""

from __future__ import annotations

import subprocess
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from engine_world import becomes_true, fake_models, open_fake_shop

from bowerbird.domain.errors import SettingError, StorageError
from bowerbird.domain.event import Who
from bowerbird.domain.recommendation import RecommendRequest, Surface
from bowerbird.engine import recording
from bowerbird.engine.assemble import open_shop
from bowerbird.engine.experiment_definitions import read_definition
from bowerbird.events.log import EventLog
from bowerbird.measure.impressions import read_impression
from bowerbird.storage import snapshot
from bowerbird.testing.event_log_contract import WHOLE, Notes, view

NOW = time.time()
ANN = replace(WHOLE, id="event-of-ann", at=NOW, who=Who("ann-the-shopper", "visit-of-ann"), transaction="order-of-ann")
TRACES = ("ann-the-shopper", "visit-of-ann", "event-of-ann", "order-of-ann", "a-taste-of-ann")


def in_any_file(folder: Path, text: str) -> list[str]:
    """The files that hold a text; asked of another process, since a file closed here would lose SQLite's locks."""
    found = subprocess.run(["grep", "-rlaF", text, str(folder)], capture_output=True, text=True)
    return found.stdout.split()


def test_events_are_kept_with_the_shop(shop: Path):
    engine = open_fake_shop(shop)
    assert [one.new for one in engine.record_events([ANN])] == [True]
    assert [one.new for one in engine.record_events([ANN])] == [False]
    engine.close()
    again = open_fake_shop(shop)
    assert [one.event for one in again.events.log.after(0)] == [ANN]
    again.close()


def test_an_erased_shopper_is_in_no_file_of_the_shop(own, shop: Path):
    own.record_events([ANN, view("other", Who("bob"), at=NOW)])
    count_outcome(own, "ann-the-shopper")
    own.profiles.change(Who("ann-the-shopper"), {"liked": {"brand": ["a-taste-of-ann"]}})
    own.recommend(RecommendRequest(Surface.FOR_YOU, ANN.who))
    own.recommending.state.write()
    for text in TRACES:
        assert in_any_file(shop, text)
    told = own.erase_shopper(Who("ann-the-shopper"))
    assert (told.events, told.names) == (1, 2)
    for text in TRACES:
        assert in_any_file(shop, text) == []
    assert own.export_shopper(Who("ann-the-shopper")).parts == {}
    assert [one.event.id for one in own.events.log.after(0)] == ["other"]


def test_an_export_tells_events_and_what_other_parts_keep(own):
    own.record_events([replace(ANN, id=f"e{n}") for n in range(3)])
    count_outcome(own, "visit-of-ann")
    own.profiles.change(Who("ann-the-shopper"), {"liked": {"brand": ["Zing"]}})
    told = own.export_shopper(Who("ann-the-shopper"))
    assert told.keys == ("s:visit-of-ann", "u:ann-the-shopper")
    assert [one.event.id for one in told.events] == ["e0", "e1", "e2"]
    assert list(told.parts["experiments"]["colours"]) == ["a"]
    assert told.parts["tastes"]["u:ann-the-shopper"] is not None
    assert own.export_shopper(Who("bob")).parts == {}


def test_an_erasure_broken_off_by_a_crash_is_finished_at_the_next_opening(shop: Path):
    log = EventLog.open(shop)
    log.record([ANN])
    log.note_erasure(log.keys(ANN.who))
    log.close()
    engine = open_fake_shop(shop)
    assert engine.events.log.after(0) == [] and engine.events.log.noted_erasures() == []
    engine.close()


def test_the_process_that_keeps_the_shop_carries_out_what_another_one_asks_for(own, shop: Path, monkeypatch):
    monkeypatch.setattr(recording, "LOOK_SECONDS", 0.02)
    own.record_events([ANN])
    notes = Notes()
    own.events.register(notes)
    guest, here = open_fake_shop(shop), Notes()
    guest.events.register(here)
    told = guest.erase_shopper(Who(session="visit-of-ann"))
    assert (told.events, told.names) == (1, 2)
    assert notes.asked == here.asked == [["s:visit-of-ann", "u:ann-the-shopper"]]
    assert guest.events.log.after(0) == []
    guest.close()


def test_who_waits_in_vain_for_the_keeper_is_told_that_it_is_written_down(shop: Path, monkeypatch):
    monkeypatch.setattr(recording, "WAIT_SECONDS", 0.0)
    keeper, guest = open_fake_shop(shop), open_fake_shop(shop)
    keeper.record_events([ANN])
    with pytest.raises(StorageError, match="written down"):
        guest.erase_shopper(ANN.who)
    assert keeper.events.log.noted_erasures() == [1]
    guest.close()
    keeper.close()


def test_a_long_running_process_forgets_events_that_are_too_old(shop: Path):
    engine = open_shop(shop, models=fake_models(), fit=False, keep_days=10)
    engine.record_events([view("old", Who("ann"), at=NOW - 11 * 86_400), view("new", Who("bob"), at=NOW - 9 * 86_400)])
    engine.events.watch()
    assert becomes_true(lambda: [one.event.id for one in engine.events.log.after(0)] == ["new"])
    engine.close()


def test_events_may_be_kept_for_as_long_as_the_shop(shop: Path):
    engine = open_shop(shop, models=fake_models(), fit=False, keep_days=0)
    engine.record_events([view("old", Who("ann"), at=1.0)])
    assert engine.events.forget_old() == 0
    engine.close()


def test_a_snapshot_holds_the_events_of_one_moment(own, tmp_path: Path):
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            own.record_events([view(f"{number}-{n}", Who("ann")) for n in range(10)])
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    assert becomes_true(lambda: own.events.log.last_seq() > 20)
    own.snapshot(tmp_path / "kept")
    stop.set()
    writer.join()
    snapshot.restore(tmp_path / "kept", tmp_path / "again")
    again = open_fake_shop(tmp_path / "again")
    seqs = [one.seq for piece in again.events.log.iterate() for one in piece]
    assert seqs == list(range(1, len(seqs) + 1)) and len(seqs) % 10 == 0 and len(seqs) > 20
    again.close()


@pytest.mark.parametrize("url", ["mysql://host/shop", "postgresql", "sqlite:///x.db"])
def test_an_address_of_no_known_database_is_refused(shop: Path, url: str):
    with pytest.raises(SettingError, match="postgresql"):
        open_shop(shop, models=fake_models(), events=url)


def test_a_server_that_cannot_be_reached_is_named_without_its_password(shop: Path):
    with pytest.raises(StorageError, match="cannot be reached") as caught:
        open_shop(shop, models=fake_models(), events="postgresql://me:secret@127.0.0.1:1/shop")
    assert "secret" not in str(caught.value) and "\n" not in str(caught.value)
    # And the shop is let go of.
    open_fake_shop(shop).close()


def count_outcome(engine, shopper: str) -> None:
    arms = [{"name": "a", "rank": "default"}, {"name": "b", "rank": "relevance"}]
    engine.experiments.start(read_definition({"name": "colours", "arms": arms, "goal": "clicks"}), "me")
    line = {"query": "red", "query_id": "q1", "shopper": shopper, "experiment": "colours", "arm": "a"}
    outcome = read_impression({**line, "products": ["p1"], "clicks": [1]}, "outcomes[0]")
    assert engine.experiments.count("colours", [outcome]).counted == 1
