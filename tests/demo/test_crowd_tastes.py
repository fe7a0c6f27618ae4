"""What is invented of a shopper before they do anything."""

from collections import Counter

import pytest

from bowerbird.demo.crowd.personas import CADENCE, PERSONAS
from bowerbird.demo.crowd.tastes import invent_shopper, invent_shoppers
from bowerbird.demo.kinds import KINDS

DAYS = 90.0


@pytest.fixture(scope="module")
def many():
    return list(invent_shoppers(3, 400, DAYS))


def test_a_shopper_is_the_same_however_many_there_are(many):
    assert list(invent_shoppers(3, 5, DAYS)) == many[:5]
    assert invent_shopper(3, 17, DAYS) == many[17] != invent_shopper(4, 17, DAYS)


def test_every_persona_has_kinds_for_its_audience_and_shoppers(many):
    assert all(persona.kinds for persona in PERSONAS.values())
    assert set(Counter(shopper.persona for shopper in many)) == set(PERSONAS)


def test_tastes_of_a_persona_go_together(many):
    devices = [one for one in many if one.persona == "likes devices"]
    looks = [one for one in many if one.persona == "cares for looks"]

    def mean(shoppers, name):
        return sum(one.likes[name] for one in shoppers) / len(shoppers)

    assert mean(devices, "kind keyboard") > mean(looks, "kind keyboard") + 1
    assert mean(looks, "kind lipstick") > mean(devices, "kind lipstick") + 1
    bargains = [one for one in many if one.persona == "looks for bargains"]
    dressed = [one for one in many if one.persona == "dresses well"]
    assert mean(bargains, "dear") < -0.5 < 0.5 < mean(dressed, "dear")


def test_nobody_likes_what_is_not_made_for_them(many):
    men = [one for one in many if one.audience == "men"]
    assert men
    for shopper in men:
        liked = [kind for kind in KINDS if shopper.likes[f"kind {kind}"] > 1.6]
        assert not set(liked) & {"heel", "handbag", "lipstick", "skirt"}


def test_some_have_no_account_some_give_no_consent_some_are_long_gone_and_some_are_new(many):
    shares = {
        "guests": sum(not one.user for one in many),
        "silent": sum(not one.consent for one in many),
        "gone": sum(one.left > 20 for one in many),
        "new": sum(one.came < 20 for one in many),
    }
    assert all(0.02 * len(many) < count < 0.5 * len(many) for count in shares.values()), shares
    assert all(0 <= one.left <= one.came <= DAYS and one.rate > 0 for one in many)


def test_sizes_fit_the_audience_and_the_build(many):
    small, large = (min(many, key=lambda one: one.build), max(many, key=lambda one: one.build))
    assert small.size("ring") == "48" and large.size("ring") == "60"
    child = next(one for one in many if one.audience == "kids")
    assert child.size("sneaker") in KINDS["sneaker"].sizes.by_audience["kids"]
    assert child.size("coffee") == "" == child.size("smartphone")


def test_what_is_used_up_is_a_kind_of_the_shop():
    assert set(CADENCE) < set(KINDS)
