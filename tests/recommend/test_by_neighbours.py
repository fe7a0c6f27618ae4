"""A table of neighbours beside the models of vectors: found, filtered, and told as what comes next."""

from __future__ import annotations

import numpy as np
import pytest
from recommend_world import World, products, shopper
from recommend_world import view as viewed

from bowerbird.domain.recommendation import Surface, WhyKind
from bowerbird.learn.fit_neighbours import COSINE, fit_neighbours
from bowerbird.recommend.by_neighbours import NeighbourScan
from bowerbird.recommend.histories import Histories
from bowerbird.recommend.interactions import keys_of

IDS = [product.id for product in products()]
KNOWN = (*reversed(IDS), "gone")
ONE = np.ones(1, np.float32)


@pytest.fixture
def scan():
    """After shoe-0 most go on to tea-1, some to milk-2, some to what is no more; nobody goes on from bread-0."""
    walks = [["shoe-0", "tea-1"]] * 4 + [["shoe-0", "milk-2"]] * 2 + [["shoe-0", "gone"]] + [["bread-0"]] * 60
    places = [[KNOWN.index(product) for product in walk] for walk in walks]
    return NeighbourScan.of(fit_neighbours(Histories.from_sequences(places, KNOWN), COSINE))


def found(scan, view, history, allowed=None, count=9):
    scores = scan.read(keys_of(history), np.ones(len(history), np.float32))
    mask = np.ones(len(IDS), bool) if allowed is None else allowed
    documents, values = scan.best(view, scores, mask, count)
    return [IDS[document] for document in documents.tolist()], values


def test_the_strongest_come_first_and_what_is_no_more_is_left_out(scan, view):
    names, values = found(scan, view, ["shoe-0"])
    assert names == ["tea-1", "milk-2"]
    assert values[0] > values[1] > 0


def test_only_what_is_allowed_is_found(scan, view):
    allowed = np.ones(len(IDS), bool)
    allowed[IDS.index("tea-1")] = False
    assert found(scan, view, ["shoe-0"], allowed)[0] == ["milk-2"]
    assert found(scan, view, ["shoe-0"], count=1)[0] == ["tea-1"]


def test_a_history_of_unknown_products_alone_is_not_read(scan):
    assert scan.read(keys_of(["who"]), ONE) is None


def test_where_nobody_goes_on_nothing_is_found(scan, view):
    assert found(scan, view, ["bread-0"])[0] == []


def test_scores_of_products_are_told_and_unknown_ones_have_none(scan):
    scores = scan.read(keys_of(["shoe-0"]), ONE)
    tea, bread, unknown = scan.scores(scores, keys_of(["tea-1", "bread-0", "who"]))
    assert tea > 0 and bread == 0 and np.isnan(unknown)


def test_a_shopper_is_given_what_others_went_on_to(scan, view):
    world = World(view, models={"neighbours": scan})
    listed = world.ask(Surface.FOR_YOU, shopper(view, viewed("shoe-0", "ann")), limit=40)
    places = {world.ids[document]: one for document, one in zip(listed.documents.tolist(), listed.told, strict=True)}
    assert (places["tea-1"].kind, places["tea-1"].source) == (WhyKind.NEXT, "neighbours")
