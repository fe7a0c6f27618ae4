"""Recommenders trained from the event log: kept, judged, put in use when they win, taken back."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bowerbird.domain.errors import ArtefactError, InputError, NotFoundError
from bowerbird.domain.event import Event, EventItem, EventName, Who
from bowerbird.engine import recommender_fits
from bowerbird.engine.recommender_fits import FitOptions
from bowerbird.engine.recommender_shelf import RecommenderShelf
from bowerbird.engine.recommender_training import LEAST_SHOPPERS, RecommenderTraining, split
from bowerbird.events.log import EventLog
from bowerbird.learn.train_graph import GraphSettings
from bowerbird.recommend.event_histories import read_histories
from bowerbird.recommend.histories import Histories
from bowerbird.recommend.models import open_recommender
from bowerbird.storage.shop_folder import ShopFolder
from bowerbird.testing.checkerboard import PRODUCTS, checkerboard_events


@pytest.fixture
def folder(tmp_path) -> ShopFolder:
    return ShopFolder.create(tmp_path / "shop")


@pytest.fixture
def log(folder):
    log = EventLog.open(folder.root)
    log.record(checkerboard_events())
    yield log
    log.close()


@pytest.fixture
def shelf(folder) -> RecommenderShelf:
    return RecommenderShelf(folder)


@pytest.fixture
def training(log, folder, shelf) -> RecommenderTraining:
    return RecommenderTraining(log, folder, shelf)


def test_what_is_better_than_popularity_is_put_in_use(training, shelf):
    report = training.train("factors")
    assert report.wins and report.promoted
    assert report.scores["new"].ndcg[10] > report.scores["popularity"].ndcg[10]
    model = shelf.open_current("factors")
    scores = model.vectors @ model.read(np.array([0, 2], np.int32), np.ones(2, np.float32))
    places = [int(product[1:]) % 2 for product in model.products]
    assert scores[np.array(places) == 0].min() > scores[np.array(places) == 1].max()


def test_what_does_not_win_is_kept_but_not_in_use(log, training, shelf):
    training.train("factors")
    in_use = shelf.current["factors"]
    report = training.train("factors", FitOptions(epochs=1, seed=5), promote=False)
    assert shelf.current["factors"] == in_use
    assert {one.name: one.in_use for one in shelf.all()} == {f"factors/{in_use.name}": True, report.name: False}
    assert set(report.scores) == {"new", "popularity", "in use"}


def test_noise_does_not_win(folder, shelf, tmp_path):
    rng = np.random.default_rng(0)
    log = EventLog.open(tmp_path)
    log.record(
        [
            Event(f"{n}", EventName.VIEW_ITEM, float(n), Who(user=f"u{n % 200}"), (EventItem(f"p{rng.integers(50)}"),))
            for n in range(1000)
        ]
    )
    report = RecommenderTraining(log, folder, shelf).train("factors", FitOptions(epochs=2))
    assert not report.wins and not report.promoted and shelf.current == {}
    log.close()


def test_a_model_says_which_data_it_has_seen(log, training, shelf):
    report = training.train("factors", FitOptions(seed=3))
    seen = shelf.find(report.name).seen
    assert (seen["until_seq"], seen["events"], seen["shoppers"]) == (log.last_seq(), 800, 200)
    assert (seen["products"], seen["settings"]["seed"], seen["erasures"]) == (len(PRODUCTS), 3, 0)
    assert seen["held_out"]["new"]["shoppers"] >= LEAST_SHOPPERS
    log.erase(log.keys(Who(user="ann0")))
    assert shelf.find(training.train("factors").name).seen["erasures"] == 1


def test_the_same_seed_gives_the_same_model(training, folder):
    first, second = (open_recommender(folder.recommenders / training.train("factors").name) for _ in range(2))
    np.testing.assert_allclose(first.vectors, second.vectors, atol=1e-5)


def test_several_sorts_are_in_use_side_by_side_and_each_is_rolled_back_alone(training, shelf, monkeypatch):
    small(monkeypatch)
    first = training.train("factors", promote=True).name
    graph = training.train("graph", promote=True).name
    training.train("factors", promote=True)
    assert set(shelf.current) == {"factors", "graph"}
    assert shelf.rollback("factors") == first
    assert shelf.find(graph).in_use
    assert shelf.rollback("factors") is None
    with pytest.raises(NotFoundError, match="no recommender of the sort factors is in use"):
        shelf.rollback("factors")


def test_a_broken_off_training_goes_on_with_the_events_it_began_with(log, training, monkeypatch):
    class Pulled(Exception):
        pass

    def pull(stage, done, total=None):
        if stage == "training the graph" and done == 3:
            raise Pulled

    small(monkeypatch)
    whole = training.train("graph")
    with pytest.raises(Pulled):
        training.train("graph", progress=pull)
    log.record([Event("late", EventName.VIEW_ITEM, 2e9, Who(user="late"), (EventItem("p0"),))])
    resumed = training.train("graph", resume=True)
    assert resumed.seen["until_seq"] == whole.seen["until_seq"] < log.last_seq()
    assert resumed.scores["new"] == whole.scores["new"]


def test_without_a_training_there_is_nothing_to_go_on_with(training):
    with pytest.raises(InputError, match="no training to go on with"):
        training.train("graph", resume=True)


def test_who_is_tested_on_was_not_trained_on_and_is_so_in_every_training(log):
    histories = read_histories(log).histories
    parts, (before, held) = split(histories)
    assert len(parts.train.items) == len(histories.items) - len(held) - len(parts.valid[1])
    log.record([Event("more", EventName.VIEW_ITEM, 2e9, Who(user="somebody"), (EventItem("p0"),))])
    again = split(read_histories(log).histories)[1]
    assert again[0].shoppers == before.shoppers
    assert again[1].wanted.tolist() == held.wanted.tolist()


def test_nobody_is_tested_on_what_they_had_come_by_before(log):
    again = [one for one in checkerboard_events() if one.id.endswith("-0")]
    log.record([replace(one, id=f"again{one.id}", at=1_790_000_000.0) for one in again[:60]])
    histories = read_histories(log).histories
    before, held = split(histories)[1]
    seen = [set(before.of(shopper).tolist()) for shopper in range(len(before))]
    assert all(wanted not in own for wanted, own in zip(held.wanted.tolist(), seen, strict=True))


def test_too_few_shoppers_are_said(folder, shelf, tmp_path):
    log = EventLog.open(tmp_path)
    log.record(checkerboard_events(12))
    with pytest.raises(InputError, match=r"12 shoppers .* expected about 67"):
        RecommenderTraining(log, folder, shelf).train("factors")
    log.close()


def test_an_unknown_sort_name_or_torn_model_is_refused(training, shelf, folder):
    with pytest.raises(NotFoundError, match="there are factors, graph, neighbours, sequence"):
        training.train("oracle")
    name = training.train("factors", promote=False).name
    for wrong in ("factors", "factors/../..", "oracle/1", name + "0"):
        with pytest.raises(NotFoundError):
            shelf.promote(wrong)
    (folder.recommenders / name / "vectors.npy").write_bytes(b"")
    with pytest.raises(ArtefactError):
        shelf.promote(name)
    assert "torn" not in str(shelf.find(name).seen) and shelf.current == {}


def small(monkeypatch):
    settings = GraphSettings(dim=8, batch=64, negatives=10, epochs=6)
    monkeypatch.setattr(recommender_fits, "GraphSettings", lambda: settings)


def test_models_may_know_other_products_than_the_log(training, shelf, log):
    training.train("factors")
    log.record(
        [
            replace(one, id=f"new{number}", items=(EventItem(f"new{number % 3}"),))
            for number, one in enumerate(checkerboard_events(90))
        ]
    )
    report = training.train("factors")
    assert report.scores["in use"].shoppers == report.scores["new"].shoppers
    assert isinstance(read_histories(log).histories, Histories)


def test_products_begin_where_the_encoders_put_them_when_that_is_asked_for(log, folder, shelf):
    asked = []

    def encoded(products):
        asked.append(list(products))
        return np.eye(len(products), 4, dtype=np.float32)

    training = RecommenderTraining(log, folder, shelf, encoded)
    for from_encoders in (False, True):
        report = training.train("sequence", FitOptions(epochs=1, from_encoders=from_encoders))
        assert shelf.find(report.name).seen["settings"]["from_encoders"] is from_encoders
    assert [sorted(products) for products in asked] == [sorted(PRODUCTS)]
