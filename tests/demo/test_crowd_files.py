"""The crowd written down and read back."""

import json

import pytest

from bowerbird.demo.crowd.files import EVENTS, TRUTH, read_about, read_events, read_shoppers, write_crowd
from bowerbird.demo.crowd.invent import DAYS, invent_crowd
from bowerbird.domain.errors import NotFoundError

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
    assert search["params"]["search_term"] and search["params"]["items"][0]["index"] == 1
    assert {"event_id", "timestamp_micros", "params"} <= set(search)
    truth = json.loads((tmp_path / TRUTH).read_text("utf-8").splitlines()[0])
    assert truth["likes"]["kind mug"] == few.shoppers[0].likes["kind mug"] and "t_shirt" in truth["sizes"]


def test_a_folder_without_shoppers_says_how_to_make_them(tmp_path):
    with pytest.raises(NotFoundError, match="bowerbird demo"):
        read_about(tmp_path)
