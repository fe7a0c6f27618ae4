"""How products stand beside the others that were found."""

from __future__ import annotations

import math

import numpy as np
import pytest

from bowerbird.rank.flow import Ranked
from bowerbird.rank.score import Score
from bowerbird.rank.signals import SignalTable
from bowerbird.rank.standing import standings
from bowerbird.retrieve.candidates import Candidates

PRICES = (10.0, 20.0, 30.0, 40.0, 50.0, 60.0)


class Nothing:
    mask = np.ones(len(PRICES), bool)


class View:
    """Six products with prices; the shop's mean sentiment is 0.3."""

    def numbers(self, name, documents):
        column = np.array(PRICES) if name == "price" else np.full(len(PRICES), 0.3)
        return column[np.asarray(documents)]

    def select(self, condition):
        return Nothing


def ranked(factors=("sentiment", "popularity", "click_through"), rows=range(6), **columns):
    count = len(PRICES)
    documents = np.arange(count, dtype=np.int32)
    columns = {"price_level": np.log(np.array(PRICES) / 35), **{name: np.array(one) for name, one in columns.items()}}
    table = SignalTable.of(columns, count)
    score = Score(np.ones(count, np.float32), {name: np.ones(count, np.float32) for name in factors})
    candidates = Candidates(documents, np.ones(count, np.float32), documents, count)
    return Ranked(candidates, table, score, np.array(rows))


def test_what_buyers_say_is_held_against_the_shop_s_mean():
    standing = standings(ranked(sentiment=[0.5] * 6), View(), [2])[2]
    assert (standing.opinion, standing.praise) == (pytest.approx(0.5), pytest.approx(0.2))


def test_clicks_are_held_against_the_middle_of_the_candidates():
    found = standings(ranked(popularity=np.log([1, 1, 1, 1, 1, 4]), click_through=[0.1] * 5 + [0.2]), View(), [5])[5]
    assert found.popularity == pytest.approx(math.log(4))
    assert found.clicked == pytest.approx(math.log(2))


def test_of_few_products_there_is_no_middle():
    few = [np.nan] * 2
    found = standings(ranked(popularity=[1.0] * 4 + few, price_level=[0.0] * 4 + few), View(), [0])[0]
    assert (found.popularity, found.middle_price) == (None, None)


def test_what_did_not_count_in_the_score_is_not_told():
    found = standings(ranked((), sentiment=[0.9] * 6, popularity=[1.0] * 6, click_through=[0.1] * 6), View(), [0])[0]
    assert (found.opinion, found.praise, found.popularity, found.clicked) == (None, None, None, None)


def test_the_middle_price_is_the_one_that_prices_were_measured_by():
    found = standings(ranked(), View(), [0, 5])
    assert [one.middle_price for one in found.values()] == [pytest.approx(35), pytest.approx(35)]


def test_what_lies_past_the_ranked_window_is_left_out():
    assert set(standings(ranked(rows=[0, 1, 2, -1, -1, -1]), View(), [2, 3])) == {2}
    assert standings(ranked(rows=[-1] * 6), View(), [0]) == {}
