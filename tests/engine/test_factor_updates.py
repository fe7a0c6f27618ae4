"""Factors between two trainings: taught what was done since, beginning from what was trained."""

from __future__ import annotations

import numpy as np
import pytest
from engine_world import becomes_true

from bowerbird.domain.event import Event, EventItem, EventName, Who
from bowerbird.engine.factor_updates import FactorUpdates, UpdateSettings
from bowerbird.engine.recommender_models import RecommenderModels
from bowerbird.engine.recommender_shelf import RecommenderShelf
from bowerbird.engine.recommender_training import RecommenderTraining
from bowerbird.events.log import EventLog
from bowerbird.rank.faults import Faults
from bowerbird.storage.shop_folder import ShopFolder
from bowerbird.testing.checkerboard import checkerboard_events


@pytest.fixture
def log(tmp_path):
    log = EventLog.open(ShopFolder.create(tmp_path / "shop").root)
    log.record(checkerboard_events())
    yield log
    log.close()


@pytest.fixture
def models(tmp_path, log):
    folder = ShopFolder(tmp_path / "shop")
    RecommenderTraining(log, folder, RecommenderShelf(folder)).train("factors", promote=True)
    return RecommenderModels(folder.recommenders, tmp_path / "mixer.json", Faults())


def view(number, who, product):
    return Event(f"late-{number}", EventName.VIEW_ITEM, 1_790_000_000.0 + number, who, (EventItem(product),))


def even_shoppers_find(log, product, shoppers=6):
    for number in range(shoppers):
        who = Who(session=f"new{number}")
        log.record([view(10 * number + at, who, name) for at, name in enumerate(["p0", "p2", "p4", product])])


def served(models):
    return models.current()[0]["factors"].model


def score(model, history, product):
    read = model.read(np.array([model.products.index(one) for one in history], np.int32), np.ones(len(history), "f4"))
    return float(model.vectors[model.products.index(product)] @ read)


def test_a_product_that_came_after_the_training_is_given_to_those_it_suits(log, models):
    even_shoppers_find(log, "new")
    assert FactorUpdates(log, models).update() == 24
    assert score(served(models), ["p0", "p6"], "new") > 3 * abs(score(served(models), ["p1", "p7"], "new"))


def test_without_news_nothing_is_taught(log, models):
    updates = FactorUpdates(log, models)
    trained = served(models)
    assert updates.update() == 0 and served(models) is trained
    even_shoppers_find(log, "new")
    assert updates.update() > 0
    taught = served(models)
    assert updates.update() == 0 and served(models) is taught


def test_taught_twice_is_taught_from_the_trained_ones_each_time(log, models):
    updates = FactorUpdates(log, models)
    even_shoppers_find(log, "new", 3)
    updates.update()
    even_shoppers_find(log, "newer", 6)
    updates.update()
    taught = served(models)
    again = FactorUpdates(log, RecommenderModels(models.root, models.root / "none", Faults()))
    again.update()
    np.testing.assert_allclose(again._models.current()[0]["factors"].model.vectors, taught.vectors)


def test_what_old_shoppers_are_given_stays(log, models):
    trained = served(models)
    even_shoppers_find(log, "new")
    FactorUpdates(log, models).update()
    taught = served(models)
    for history, own, other in ((["p0", "p2"], "p4", "p5"), (["p1", "p3"], "p5", "p4")):
        for model in (trained, taught):
            assert score(model, history, own) > score(model, history, other) + 0.3


def test_a_model_put_in_use_meanwhile_is_not_replaced(log, models):
    before = models.current()[0]["factors"]
    other = type(before).of(served(models))
    assert models.replace("factors", before, other)
    assert not models.replace("factors", before, before)
    assert models.current()[0]["factors"] is other


def test_without_factors_there_is_nothing_to_teach(log, tmp_path):
    assert FactorUpdates(log, RecommenderModels(tmp_path / "none", tmp_path / "mixer", Faults())).update() == 0


def test_followed_it_is_taught_by_itself(log, models):
    updates = FactorUpdates(log, models, UpdateSettings(after=0.01, share=1.0))
    updates.follow()
    even_shoppers_find(log, "new")
    assert becomes_true(lambda: "new" in served(models).products, seconds=20)
    updates.close()
