"""The crowd written down and read back."""

import json

import pytest

from bowerbird.demo.crowd.files import EVENTS, TRUTH, read_about, read_events, read_shoppers, write_crowd
from bowerbird.demo.crowd.invent import DAYS, invent_crowd
from bowerbird.domain.errors import NotFoundError
from bowerbird.events import flow
from bowerbird.events.flow import MAX_BATCH

from .conftest import END, SEED


@pytest.fixture(scope="module")
def few(assortment):
    return invent_crowd(assortment, SEED, 25, END)


def test_what_was_written_is_read_back(tmp_path, few, assortment):
    about = write_crowd(tmp_path, few, assortment, SEED, END, DAYS)
    assert list(read_events(tmp_path)) == few.events
    assert list(read_shoppers(tmp_path)) == list(zip(few.shoppers, few.sessions, strict=True))
    assert read_about(tmp_path) == about
    assert (about.events, about.shoppers, about.end) == (len(few.events), 25, END)
    assert about.in_fashion and about.newcomers


def test_events_have_the_names_of_ga4(tmp_path, few, assortment):
    write_crowd(tmp_path, few, assortment, SEED, END, DAYS)
    lines = [json.loads(line) for line in (tmp_path / EVENTS).read_text("utf-8").splitlines()]
    search = next(line for line in lines if line["name"] == "view_search_results")
    assert search["query"] and search["items"][0]["index"] == 1 and {"id", "timestamp_micros"} <= set(search)
    truth = json.loads((tmp_path / TRUTH).read_text("utf-8").splitlines()[0])
    assert truth["likes"]["kind mug"] == few.shoppers[0].likes["kind mug"] and "t_shirt" in truth["sizes"]


def test_every_event_is_one_that_the_shop_takes(tmp_path, few, assortment):
    write_crowd(tmp_path, few, assortment, SEED, END, DAYS)
    records = [json.loads(line) for line in (tmp_path / EVENTS).read_text("utf-8").splitlines()]
    for start in range(0, len(records), MAX_BATCH):
        found = flow.read_events(records[start : start + MAX_BATCH], END)
        assert found.refused == () and list(found.events) == few.events[start : start + MAX_BATCH]


def test_a_folder_without_shoppers_says_how_to_make_them(tmp_path):
    with pytest.raises(NotFoundError, match="bowerbird demo"):
        read_about(tmp_path)
