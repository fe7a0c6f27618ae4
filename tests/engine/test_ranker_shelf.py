"""The shelf of rankers: what is removed from it, and what something still needs."""

from __future__ import annotations

import time

import pytest
from engine_world import ask, open_fake_shop
from ranking_world import cheap_first

from bowerbird.domain.errors import ArtefactError
from bowerbird.engine.experiment_definitions import read_definition
from bowerbird.engine.ranker_shelf import RankerShelf
from bowerbird.engine.shelf import KEPT
from bowerbird.storage.shop_folder import ShopFolder

MODEL = cheap_first()


def add(shelf: RankerShelf, count: int = 1) -> list[str]:
    names = []
    for _ in range(count):
        names.append(shelf.add(MODEL, None))
        # Which is newest is told by the time of its folder.
        time.sleep(0.005)
    return names


def kept(shelf: RankerShelf) -> list[str]:
    return [one.name for one in shelf.all()]


@pytest.fixture
def folder(tmp_path) -> ShopFolder:
    return ShopFolder.create(tmp_path / "shop")


def test_rankers_that_never_win_do_not_pile_up(folder):
    shelf = RankerShelf(folder)
    (used,) = add(shelf)
    shelf.promote(used)
    newest = add(shelf, KEPT + 4)[-KEPT - 1 :]
    assert kept(shelf) == [*reversed(newest), used]


def test_the_ranker_to_go_back_to_outlives_those_that_never_won(folder):
    shelf = RankerShelf(folder)
    (good,) = add(shelf)
    shelf.promote(good)
    shelf.promote(add(shelf, KEPT + 2)[-1])
    add(shelf, KEPT + 2)
    assert shelf.rollback() == good


def test_where_it_cannot_be_told_what_is_needed_everything_stays(folder):
    def torn():
        raise ArtefactError("torn")

    shelf = RankerShelf(folder, torn)
    assert len(add(shelf, KEPT + 3)) == len(kept(shelf))


def test_the_model_of_a_running_experiment_stays_until_it_is_stopped(own, shop):
    (model,) = add(own.rankers)
    own.rankers.promote(model)
    arms = [{"name": "a", "rank": "default"}, {"name": "b", "rank": "learned"}]
    own.experiments.start(read_definition({"name": "r", "arms": arms, "goal": "clicks"}), "Ada")
    # So many promotions that the history has forgotten it too.
    for name in (add(own.rankers)[0] for _ in range(KEPT + 2)):
        own.rankers.promote(name)
    assert model in kept(own.rankers)
    again = open_fake_shop(shop)
    assert again.search(ask("shoes", shopper="s")).experiment is not None
    again.close()
    own.experiments.stop("r", "Ada", "enough")
    for name in add(own.rankers, KEPT + 1):
        own.rankers.promote(name)
    assert model not in kept(own.rankers)
