"""The truth about shoppers in closed form."""

from random import Random

import numpy as np
import pytest

from bowerbird.demo.crowd.shelves import Shelves
from bowerbird.demo.crowd.true_likes import TrueLikes
from bowerbird.demo.crowd.visit import DAY, Mind, Visit
from bowerbird.demo.shop_world import AskedFor
from bowerbird.domain.errors import InputError

END = 1_790_000_000.0


def test_a_list_is_worth_the_attraction_of_what_is_looked_at(likes):
    attraction = likes.attraction(0)
    first, second = likes.assortment.ids[:2]
    looks = likes.behaviour.examination
    assert likes.value(attraction, [first, second]) == pytest.approx(attraction[0] + looks[1] * attraction[1])
    assert likes.value(attraction, []) == 0.0
    whole = list(likes.assortment.ids)
    assert likes.value(attraction, whole) == likes.value(attraction, whole[: likes.behaviour.depth])
    with pytest.raises(InputError, match="without its truth"):
        likes.value(attraction, ["stranger"])


def test_no_list_of_what_can_be_bought_is_worth_more_than_the_best(likes):
    attraction, random = likes.attraction(1), np.random.default_rng(5)
    best = likes.best(attraction, 12)
    worth = likes.value(attraction, best)
    there = [name for name, stock in zip(likes.assortment.ids, likes.assortment.in_stock, strict=True) if stock]
    assert set(best) <= set(there)
    for _ in range(50):
        assert likes.value(attraction, random.permutation(there)[:12].tolist()) < worth


def test_what_is_liked_attracts(likes):
    for row in range(20):
        kinds = likes.shoppers[row].likes
        attraction = likes.attraction(row)
        liked, other = (
            [
                one
                for one, kind in zip(attraction, likes.assortment.kinds, strict=True)
                if low < kinds[f"kind {kind}"] < up
            ]
            for low, up in ((1.4, 9), (-9, -1.0))
        )
        assert np.mean(liked) > 3 * np.mean(other)


def test_what_was_asked_for_comes_before_what_is_liked(likes):
    asked = AskedFor("red mug", "mug", "red")
    attraction, shop = likes.attraction(2, asked), likes.assortment
    mugs, red = shop.of_kind("mug"), shop.of_colour("red")
    assert attraction[mugs & red].mean() > attraction[mugs & ~red].mean() > 5 * attraction[~mugs].mean()


def test_what_lasts_is_not_wanted_twice_and_what_is_used_up_is(likes):
    shop = likes.assortment
    durable, used_up = (shop.ids[shop.kinds.index(kind)] for kind in ("watch", "coffee"))
    before, after = likes.attraction(3), likes.attraction(3, owned=[durable, used_up, "gone from the shop"])
    places = likes.places([durable, used_up])
    assert after[places[0]] < before[places[0]] / 5
    assert after[places[1]] == before[places[1]]


def test_fashion_rises_towards_the_end(likes):
    lifted = likes.assortment.lift > 0
    then, now = likes.attraction(4, days=30), likes.attraction(4, days=0)
    assert lifted.any() and (now[lifted] > then[lifted]).all()
    assert now[~lifted] == pytest.approx(then[~lifted])


def test_shoppers_act_by_the_truth(likes):
    """A visit works with single products; it must think of them what the closed form says."""
    kind, rest = likes.parts(5)
    owned = {7}
    mind = Mind(likes.shoppers[5], kind.tolist(), rest.tolist(), {}, owned)
    visit = Visit(mind, Shelves(likes.assortment), 7, END - 2 * DAY, END, "s", Random(1))
    for asked in (None, AskedFor("red mug", "mug", "red")):
        true = likes.attraction(5, asked, 2.0, [likes.assortment.ids[7]])
        told = [visit.attraction(place, asked) for place in range(len(true))]
        assert told == pytest.approx(true.tolist())


def test_a_product_is_the_same_in_a_larger_shop(assortment, truths, records):
    from bowerbird.demo.crowd.assortment import APPEAL, STYLES, make_assortment

    smaller = make_assortment(truths[:100], records[:100], 7)
    for name in (APPEAL, *STYLES, "brand Halden"):
        assert smaller.column(name).tolist() == assortment.column(name)[:100].tolist()
    assert isinstance(TrueLikes(smaller, (), 7).place_of, dict)
