"""What shoppers say of their tastes: kept by key, given to an account, erased."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from bowerbird.domain.errors import ArtefactError
from bowerbird.domain.taste_edits import NO_EDITS
from bowerbird.events.log import EventLog
from bowerbird.events.schema import taste_edits
from bowerbird.events.taste_edits import TasteEditStore


@pytest.fixture(params=["sqlite", "postgres"])
def place(request, tmp_path):
    return tmp_path if request.param == "sqlite" else request.getfixturevalue("postgres").new_database()


@pytest.fixture
def log(place):
    opened = EventLog.open(place)
    yield opened
    opened.close()


@pytest.fixture
def store(log):
    return TasteEditStore(log.database)


def likes(brand: str):
    return lambda before: before.changed({"liked": {"brand": [*before.liked.get("brand", ()), brand]}})


def test_what_is_said_is_kept_and_counted(store, place):
    assert store.of(["u:ann"]) == NO_EDITS and store.version() == 0
    assert store.change("u:ann", likes("Luma")).liked == {"brand": ("Luma",)}
    store.change("u:ann", likes("Fleet"))
    assert store.version() == 2
    other = EventLog.open(place)
    assert TasteEditStore(other.database).of(["u:ann"]).liked == {"brand": ("Luma", "Fleet")}
    other.close()


def test_several_keys_of_a_shopper_are_read_as_one(store):
    store.change("u:ann", likes("Luma"))
    store.change("s:1", likes("Fleet"))
    assert store.of(["u:ann", "s:1", "", "s:2"]).liked == {"brand": ("Luma", "Fleet")}


def test_a_session_s_words_become_its_user_s_once(store):
    store.change("s:1", lambda before: replace(likes("Fleet")(before), cleared=7))
    assert store.join("s:1", "u:ann") and not store.join("s:1", "u:ann")
    assert store.of(["u:ann"]) == NO_EDITS.changed({"liked": {"brand": ["Fleet"]}})
    assert store.of(["s:1"]) == NO_EDITS


def test_erased_edits_leave_no_row(store, log):
    for key in ("u:ann", "s:1", "u:bob"):
        store.change(key, likes("Luma"))
    assert store.export(["u:ann", "s:1", "u:nobody"]).keys() == {"u:ann", "s:1"}
    assert store.erase(["u:ann", "s:1", "u:nobody"]) == 2
    assert store.export(["u:ann", "s:1"]) == {}
    store.change("u:bob", lambda before: NO_EDITS)
    with log.database.read() as connection:
        assert connection.execute(taste_edits.select()).all() == []


def test_edits_that_cannot_be_read_are_called_so(store, log):
    log.database.write(lambda connection: connection.execute(taste_edits.insert(), {"key": "u:x", "doc": b"{"}))
    with pytest.raises(ArtefactError, match="cannot be read"):
        store.of(["u:x"])


def test_two_who_say_something_at_once_are_both_heard(store, place):
    other = EventLog.open(place)
    stores = (store, TasteEditStore(other.database))

    def say(number: int) -> None:
        stores[number % 2].change("u:ann", likes(f"Brand {number}"))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(say, range(12)))
    assert len(store.of(["u:ann"]).liked["brand"]) == 12 and store.version() == 12
    other.close()
