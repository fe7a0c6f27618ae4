"""Reading every signal of a few products."""

from __future__ import annotations

import numpy as np
import pytest
from rank_world import PlainView, candidates_of, floats

from bowerbird.domain.filters import Equals, Range
from bowerbird.domain.understanding import EntityType, Preference
from bowerbird.rank.behaviour import Behaviour
from bowerbird.rank.faults import Faults
from bowerbird.rank.question import Question
from bowerbird.rank.read import mean_sentiment, read_fit, read_signals
from bowerbird.rank.signals import NAMES

NAN = float("nan")
VIEW = PlainView(
    3,
    {"title": ["red shoe", "blue shoe", "lamp"]},
    {"price": [20, 40, NAN], "sentiment": [0.8, NAN, -0.4], "review_count": [10, NAN, 2], "stock": [1, 0, 1]},
    {"color": ["red", "blue", ""], "category": ["shoes", "shoes", "home"]},
    [(1, 0), (1, 0), (0, 1)],
)
FOUND = candidates_of([0.9, 0.5, 0.1], terms=(1, 0.5, NAN), text=(0.8, 0.4, 0.1))


def wish(type_: EntityType, field: str, value: str, weight: float = 1.0) -> Preference:
    return Preference(type_, value, 0, 1, weight, Equals(field, value))


def test_every_part_brings_its_signals():
    question = Question("red shoe", (("red", "shoe"),), (wish(EntityType.COLOR, "color", "red"),))
    clicks = Behaviour(VIEW.keys(np.arange(2)), floats(0.5, 0.1))
    table = read_signals(VIEW, FOUND, question, 3, clicks, Faults())
    assert table.names == NAMES
    assert table.column("relevance") == pytest.approx([0.9, 0.5, 0.1])
    assert table.column("title_coverage") == pytest.approx([1, table.at(1)["title_coverage"], 0])
    assert table.column("meaning") == pytest.approx([0.8, 0.4, 0.1])
    assert table.column("attention")[0] == 1
    assert table.column("typical").argmin() == 2
    assert table.column("attribute_fit").tolist() == [1, 0, 0]
    assert np.isnan(table.column("kind_fit")).all()
    assert table.column("popularity")[:2] == pytest.approx(np.log([0.5, 0.1])) and np.isnan(table.values[2]).any()
    assert table.column("stock").tolist() == [1, 0, 1]
    assert table.column("price_level")[0] < 0 < table.column("price_level")[1]


def test_only_the_first_so_many_are_read():
    table = read_signals(VIEW, FOUND, Question("shoe", (("shoe",),)), 2, Behaviour(), Faults())
    assert len(table) == 2
    assert len(read_signals(VIEW, candidates_of([]), Question(), 0, Behaviour(), Faults())) == 0


def test_without_words_nothing_is_said_of_words():
    table = read_signals(VIEW, candidates_of([0.9, 0.5], photo=(1, 0.4)), Question(), 2, Behaviour(), Faults())
    assert np.isnan(table.column("title_match")).all() and np.isnan(table.column("typical")).all()
    assert table.column("look") == pytest.approx([1, 0.4])


def test_an_asked_price_is_what_prices_are_held_against():
    table = read_signals(VIEW, FOUND, Question(filters=Range("price", None, 20.0)), 3, Behaviour(), Faults())
    np.testing.assert_array_equal(table.column("price_fit"), floats(1, 0.5, NAN))


def test_preferences_count_by_their_weight_and_kinds_apart_from_the_rest():
    wishes = (
        wish(EntityType.COLOR, "color", "red", 3.0),
        wish(EntityType.COLOR, "color", "blue"),
        wish(EntityType.CATEGORY, "category", "shoes"),
    )
    found = read_fit(VIEW, wishes, np.arange(3, dtype=np.int32), Faults())
    assert found["attribute_fit"].tolist() == [0.75, 0.25, 0]
    assert found["kind_fit"].tolist() == [1, 1, 0]


def test_a_preference_for_a_field_that_is_gone_is_noted_and_left_out():
    faults = Faults()
    wishes = (wish(EntityType.MATERIAL, "material", "wool"), wish(EntityType.COLOR, "color", "red"))
    found = read_fit(VIEW, wishes, np.arange(3, dtype=np.int32), faults)
    assert found["attribute_fit"].tolist() == [1, 0, 0]
    assert faults.counts == {"preferences": 1}


def test_preferences_that_weigh_nothing_or_have_no_field_say_nothing():
    unmeant = Preference(EntityType.COLOR, "red", 0, 1, 1.0, None)
    weightless = wish(EntityType.COLOR, "color", "red", 0.0)
    assert read_fit(VIEW, (unmeant, weightless), np.arange(3, dtype=np.int32), Faults()) == {}


def test_the_shop_s_mean_is_over_what_is_said_and_worked_out_once_a_view():
    view = PlainView(3, numbers={"sentiment": [0.8, NAN, -0.4]})
    assert mean_sentiment(view) == pytest.approx(0.2)
    view._numbers = {}
    assert mean_sentiment(view) == pytest.approx(0.2)
    assert mean_sentiment(PlainView(2)) == 0
