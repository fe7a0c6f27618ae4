"""What sources count, learned in a shop whose shoppers are known."""

from __future__ import annotations

import numpy as np
import orjson
import pytest
from taste_world import catalogue, open_taste_shop

from bowerbird.domain.errors import InputError
from bowerbird.domain.event import Event, EventItem, EventName, Who
from bowerbird.domain.recommendation import Surface
from bowerbird.recommend.blend import SOURCES, Mixer

IDS = [product.id for product in catalogue()]
BEGIN = 1_780_000_000.0


def walks(shoppers, end, seed=0):
    """Everybody looks at three products by chance, and then at what ``end`` says."""
    rng = np.random.default_rng(seed)
    told = []
    for shopper in range(shoppers):
        seen = [IDS[place] for place in rng.choice(np.arange(2, len(IDS)), 3, replace=False)]
        for place, product in enumerate([*seen, end(rng)]):
            at = BEGIN + 86_400.0 * shopper / shoppers + 60.0 * place
            who = Who(session=f"visit-{shopper}")
            told.append(Event(f"{shopper}-{place}", EventName.VIEW_ITEM, at, who, (EventItem(product),)))
    return told


@pytest.fixture(scope="module")
def shop_of_crowds(tmp_path_factory):
    """Whatever they saw, everybody ends at one of the two products that all the others ended at."""
    engine = open_taste_shop(tmp_path_factory.mktemp("crowd") / "shop")
    engine.record_events(walks(260, lambda rng: IDS[int(rng.integers(2))]))
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def report(shop_of_crowds):
    return shop_of_crowds.recommending.mixer_training().learn()


def test_where_all_follow_the_crowd_what_is_popular_is_learned_to_count(report):
    found = report.learned[Surface.FOR_YOU]
    by_source = dict(zip(SOURCES, found.weights, strict=True))
    rule = 0.15 / 0.7
    assert found.learned >= found.start
    assert by_source["popular"] > rule * max(by_source["viewed_with"], 0.01)


def test_what_wins_serves_and_all_else_goes_by_rule(shop_of_crowds, report):
    models = shop_of_crowds.recommending.models
    models.renew()
    mixer = models.current()[1]
    assert set(mixer.learned) == set(report.kept) == {one for one, found in report.learned.items() if found.wins}


def test_the_mixer_says_which_data_it_has_seen(shop_of_crowds, report):
    seen = Mixer.read(orjson.loads(shop_of_crowds._stores.folder.mixer.read_bytes())).seen
    assert seen["until_seq"] == shop_of_crowds.events.log.last_seq()
    assert seen["shoppers"] >= 50 and seen["erasures"] == 0


def test_no_source_is_asked_with_its_own_answer(shop_of_crowds):
    training = shop_of_crowds.recommending.mixer_training()
    shoppers, left_out = training._held_out()
    ends = {IDS[0], IDS[1]}
    assert {one.wanted for one in shoppers} <= ends
    assert all(item.product not in ends for one in shoppers for act in one.before for item in act.event.items)
    shop = training._shop(left_out, BEGIN + 90_000)
    counted = sum(1 for batch in shop_of_crowds.events.log.iterate() for one in batch if one.seq not in left_out)
    assert shop.live.applied <= shop_of_crowds.events.log.last_seq()
    assert counted == 4 * 260 - len(left_out)


def test_surfaces_without_choices_are_told(report):
    assert "takes 50" in report.notes[Surface.COMPLETE_THE_CART]


def test_too_few_shoppers_are_said(tmp_path):
    engine = open_taste_shop(tmp_path / "shop")
    engine.record_events(walks(90, lambda rng: IDS[0]))
    with pytest.raises(InputError, match="too little to learn from"):
        engine.recommending.mixer_training().learn()
    engine.close()
