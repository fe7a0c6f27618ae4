"""What a shopper likes speaks among what answers the query equally well, and not where the query speaks itself."""

from __future__ import annotations

import numpy as np
import pytest
from rank_world import PlainView, floats

from bowerbird.domain.filters import Equals
from bowerbird.domain.understanding import EntityType, Preference
from bowerbird.profile.affinity import Affinity
from bowerbird.rank.by_taste import SIGNALS, TasteSettings, asked_fields, price_taste, read_taste, strongest
from bowerbird.rank.question import Question
from bowerbird.rank.signals import NAMES

TEXTS = {
    "brand": ["Luma", "Fleet", "Luma", "Fleet"],
    "Colour": ["red", "red", "blue", "blue"],
    "category": ["Shoes/Running", "Shoes/Boots", "Bags/Totes", "Bags/Totes"],
}
ALL = np.arange(4, dtype=np.int32)
LIKES_LUMA = Affinity(shares={"brand": {"luma": 0.6}, "category": {"shoes": 0.6, "shoes/running": 0.6}})


def view(**more):
    return PlainView(4, texts=TEXTS, **more)


def taste(affinity: Affinity, met=(), settings: TasteSettings = TasteSettings(), **question):  # noqa: B008
    read = read_taste(
        view(numbers={"price": [10, 20, 40, 80]}), Question(affinity=affinity, **question), ALL, met, settings
    )
    return read["taste"]


def preferring(type_: EntityType) -> tuple[Preference, ...]:
    return (Preference(type_, "x", 0, 1, 1.0),)


def test_nobody_s_taste_is_no_signal():
    assert read_taste(view(), Question(), ALL) == {}
    assert read_taste(view(), Question(affinity=Affinity()), ALL) == {}
    assert read_taste(view(), Question(affinity=LIKES_LUMA), ALL[:0]) == {}
    assert set(SIGNALS) <= set(NAMES)


def test_what_is_liked_rises_over_the_mean_of_the_others():
    found = taste(LIKES_LUMA)
    assert found[0] > 0 == found[1] and found[0] == max(found)


def test_what_is_known_of_one_kind_says_nothing_of_another():
    assert taste(LIKES_LUMA)[2:].tolist() == [0, 0]
    broad = Affinity(shares=LIKES_LUMA.shares, breadth=0.5)
    assert taste(broad)[2] != 0


def test_tastes_choose_among_what_answers_equally_well():
    alone = taste(LIKES_LUMA, met=[floats(1, 0, 0, 0)])
    assert alone[0] == 0
    pairs = taste(Affinity(shares={"brand": {"luma": 0.6}}, breadth=1.0), met=[floats(1, 1, 0, 0)])
    assert pairs[:2] == pytest.approx(pairs[2:]) and pairs[0] == -pairs[1] > 0


@pytest.mark.parametrize(
    "asked",
    [{"preferences": preferring(EntityType.BRAND)}, {"filters": Equals("brand", "Fleet")}],
)
def test_what_the_query_asks_for_silences_the_taste_for_it(asked):
    assert not taste(Affinity(shares={"brand": {"luma": 0.6}}, breadth=1), **asked).any()
    assert not taste(Affinity(said={"brand": {"luma": -1}}), **asked).any()


def test_a_colour_that_is_asked_for_silences_looks_too():
    affinity = Affinity(look=floats(1, 0))
    question = Question(affinity=affinity, preferences=preferring(EntityType.COLOR))
    assert "taste_look" in read_taste(view(), Question(affinity=affinity), ALL)
    assert "taste_look" not in read_taste(view(), question, ALL)


def test_a_filter_s_field_is_taken_by_what_it_is_about():
    asked = asked_fields(Question(filters=Equals("Colour", "red"), preferences=preferring(EntityType.PRICE)))
    assert asked == {"color", "price"}


def test_what_the_shopper_hid_stands_last_and_what_they_like_rises_in_every_kind():
    assert taste(Affinity(said={"brand": {"fleet": -1}})).tolist() == [0, -1, 0, -1]
    assert taste(Affinity(said={"category": {"bags": -1}})).tolist() == [0, 0, -1, -1]
    liked = taste(Affinity(said={"brand": {"luma": 1}}, shares=LIKES_LUMA.shares))
    assert liked[2] == pytest.approx(0.5)


def test_what_was_learned_of_a_hidden_value_lowers_nothing_else():
    learned = Affinity(shares={"brand": {"luma": 0.6}}, said={"brand": {"luma": -1}}, breadth=1)
    assert taste(learned).tolist() == [-1, 0, -1, 0]


def test_what_costs_more_than_the_shopper_wants_stands_last():
    assert taste(Affinity(price_most=30)).tolist() == [0, 0, -1, -1]


def test_a_usual_price_is_one_at_the_shopper_s_level():
    found = price_taste(np.array([10.0, 20, 40, np.nan]), (np.log(2), 0.3))
    assert found[2] == pytest.approx(1) and found[0] < found[1] < 1 and np.isnan(found[3])
    assert np.isnan(price_taste(np.full(2, np.nan), (0, 1))).all()


def test_texts_like_those_that_were_looked_at_rise():
    vectors = [(1, 0), (0, 1), (1, 0), None]
    found = read_taste(view(vectors=vectors), Question(affinity=Affinity(text=floats(0.5, 0), breadth=1)), ALL)
    assert found["taste_text"][:3].tolist() == [0.5, 0, 0.5] and np.isnan(found["taste_text"][3])
    assert found["taste"][0] > 0 > found["taste"][1] and found["taste"][3] == 0


def test_a_taste_of_another_model_says_nothing():
    vectors = [(1, 0)] * 4
    found = read_taste(view(vectors=vectors), Question(affinity=Affinity(text=floats(1, 0, 0))), ALL)
    assert np.isnan(found["taste_text"]).all() and not found["taste"].any()


def test_a_taste_stays_within_its_bounds():
    found = taste(LIKES_LUMA, settings=TasteSettings(fit=1000))
    assert found.min() >= -1 and found.max() == 1


def test_the_value_that_is_liked_best_is_told():
    values = {"brand": ("Luma",), "color": ("Red",)}
    affinity = Affinity(shares={"brand": {"luma": 0.35}, "color": {"red": 0.5}})
    assert strongest(affinity, values, frozenset()) == ("color", "Red")
    assert strongest(affinity, values, frozenset({"color"})) == ("brand", "Luma")
    assert strongest(Affinity(said={"brand": {"luma": 1}}), values, frozenset()) == ("brand", "Luma")
    assert strongest(Affinity(shares={"brand": {"luma": 0.1}}), values, frozenset()) is None
