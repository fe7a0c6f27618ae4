"""``bowerbird learn`` on a tiny shop: train, list, show, promote, roll back."""

from __future__ import annotations

import json

import pytest

from bowerbird.domain.event import Who
from bowerbird.events.log import EventLog
from bowerbird.storage.database import Database
from bowerbird.storage.shop_folder import ShopFolder
from bowerbird.testing.checkerboard import checkerboard_events


@pytest.fixture
def empty_shop(tmp_path):
    return ShopFolder.create(tmp_path / "shop").root


@pytest.fixture(autouse=True)
def has_a_database(empty_shop):
    Database.open(empty_shop).close()


@pytest.fixture
def visited(empty_shop):
    log = EventLog.open(empty_shop)
    log.record(checkerboard_events())
    log.close()
    return empty_shop


def as_json(run_on_shop, *arguments):
    code, out, _ = run_on_shop("learn", *arguments, "--json")
    assert code == 0
    return json.loads(out)


def test_a_recommender_is_trained_and_put_in_use(visited, run_on_shop):
    code, out, _ = run_on_shop("learn", "recommender", "--model", "factors")
    assert code == 0
    assert "it wins, and is in use" in out
    code, out, _ = run_on_shop("learn", "list")
    assert "factors/" in out and " *" in out and "800 up to" in out


def test_what_wins_may_be_left_aside_and_put_in_use_later(visited, run_on_shop):
    report = as_json(run_on_shop, "recommender", "--model", "factors", "--no-promote", "--epochs", "3", "--seed", "7")
    assert (report["wins"], report["promoted"]) == (True, False)
    name = report["name"]
    assert as_json(run_on_shop, "promote", name) == {"in_use": name}
    shown = as_json(run_on_shop, "show", name)
    assert shown["in_use"] and shown["settings"]["rounds"] == 3 and shown["settings"]["seed"] == 7
    assert as_json(run_on_shop, "rollback", "--model", "factors") == {"in_use": None}


def test_who_was_erased_after_a_training_is_counted_against_it(visited, run_on_shop):
    name = as_json(run_on_shop, "recommender", "--model", "factors")["name"]
    log = EventLog.open(visited)
    log.erase(log.keys(Who(user="ann1")))
    log.close()
    (listed,) = as_json(run_on_shop, "list")
    assert (listed["name"], listed["erased_since"]) == (name, 1)
    code, out, _ = run_on_shop("learn", "show", name)
    assert code == 0 and "erased_since" in out and "held_out.popularity.ndcg@10" in out


def test_without_events_it_says_what_is_missing(run_on_shop):
    code, _, error = run_on_shop("learn", "recommender", "--model", "factors")
    assert code == 2
    assert "too little to learn from" in error


@pytest.mark.parametrize(
    "arguments, said",
    [
        (["promote", "factors/none"], "bowerbird learn list"),
        (["show", "none"], "bowerbird learn list"),
        (["rollback", "--model", "graph"], "no recommender of the sort graph is in use"),
        (["recommender", "--model", "graph", "--resume"], "no training to go on with"),
    ],
)
def test_what_is_not_there_is_said(run_on_shop, arguments, said):
    code, _, error = run_on_shop("learn", *arguments)
    assert code == 2
    assert said in error


def test_an_empty_shelf_says_how_to_fill_it(run_on_shop):
    code, out, _ = run_on_shop("learn", "list")
    assert code == 0
    assert "learn recommender" in out
