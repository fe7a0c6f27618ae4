"""Shoppers of the invented shop, whose likes follow from its truth."""

import numpy as np
import pytest

from bowerbird.demo.shop_world import AskedFor, Likes, ask_shop, praised, shop_world
from bowerbird.domain.errors import InputError

SURE = Likes(chance=0.0, brand=0.0, taste=0.0)


def test_queries_are_for_what_the_shop_has_in_both_languages(truths):
    asked = ask_shop(truths, 120, seed=1)
    assert len({one.text for one in asked}) == len(asked) == 120
    kinds = {truth.kind for truth in truths}
    assert all(one.kind in kinds for one in asked)
    assert 0.15 < np.mean([not one.text.isascii() for one in asked]) < 0.5
    assert 0.2 < np.mean([bool(one.colour) for one in asked]) < 0.7
    assert asked == ask_shop(truths, 120, seed=1) != ask_shop(truths, 120, seed=2)


def test_what_was_asked_for_is_liked_most(truths):
    shoe = next(truth for truth in truths if truth.kind == "sneaker" or "shoe" in truth.kind)
    same = [truth for truth in truths if truth.kind == shoe.kind and shoe.colours[0] in truth.colours][:1]
    other = [truth for truth in truths if truth.kind != shoe.kind][:3]
    ids = [truth.id for truth in (*other, *same)]
    query = AskedFor("shoe", shoe.kind, shoe.colours[0])
    likes = Likes(praise=0.0, price=0.0, brand=0.0, chance=0.0, taste=0.0)
    world = shop_world([query], truths, lambda text, count: ids, seed=1, likes=likes)
    assert world.attractiveness[0][-1] > 5 * world.attractiveness[0][:3].max()


def test_praise_and_a_low_price_are_liked(truths):
    kind = max({truth.kind for truth in truths}, key=lambda name: sum(truth.kind == name for truth in truths))
    group = [truth for truth in truths if truth.kind == kind]
    ids = [truth.id for truth in group]
    world = shop_world([AskedFor("x", kind)], truths, lambda text, count: ids, seed=1, likes=SURE)
    likes = world.attractiveness[0]
    prices, praise = (np.array([read(truth) for truth in group]) for read in (lambda one: np.log(one.price), praised))
    design = np.column_stack([np.ones(len(group)), prices, praise])
    slopes = np.linalg.lstsq(design, np.log(likes / (1 - likes)), rcond=None)[0]
    assert slopes[1] < 0 < slopes[2]


def test_a_query_that_finds_nothing_is_left_out_and_a_stranger_refused(truths):
    asked = [AskedFor("a", truths[0].kind), AskedFor("b", truths[0].kind)]
    found = {"a": [truths[0].id, truths[1].id], "b": []}
    assert shop_world(asked, truths, lambda text, count: found[text], seed=1).queries == ["a"]
    with pytest.raises(InputError, match="without its truth"):
        shop_world(asked[:1], truths, lambda text, count: [truths[0].id, "stranger"], seed=1)
