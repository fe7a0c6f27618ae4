from __future__ import annotations

import numpy as np
from rank_world import floats, table_of

from bowerbird.rank.score import ScoreSettings
from bowerbird.rank.signals import NAMES, SIGNALS, SignalTable


def test_every_signal_says_what_it_is_measured_in_and_where_it_comes_from():
    assert all(info.unit and info.source for info in SIGNALS.values())
    assert len(NAMES) == len(set(NAMES))


def test_what_was_not_read_is_missing_and_what_nobody_knows_is_left_out():
    table = SignalTable.of({"terms": floats(1, 0.5), "nonsense": floats(1, 1)}, 2)
    assert len(table) == 2 and table.values.shape == (2, len(NAMES))
    assert table.column("terms").tolist() == [1, 0.5]
    assert np.isnan(table.column("look")).all()


def test_a_missing_signal_is_taken_for_what_the_reader_says():
    table = table_of(2, sentiment=(0.5, np.nan))
    assert table.known("sentiment", -1).tolist() == [0.5, -1]
    assert table.known("look", 0.25).tolist() == [0.25, 0.25]


def test_a_product_s_signals_are_those_it_has():
    table = table_of(2, relevance=(1, 0.5), price_fit=(np.nan, 0.25))
    assert table.at(0) == {"relevance": 1}
    assert table.at(1) == {"relevance": 0.5, "price_fit": 0.25}


def test_a_table_may_be_empty():
    table = SignalTable.of({}, 0)
    assert len(table) == 0 and table.column("terms").tolist() == []


def test_the_exponents_of_the_default_score_are_of_signals_that_there_are():
    named = {"brand": "brand_match", "described": "body_length", "fit": "kind_fit", "kind": "same_kind"} | {
        "personal": "taste"
    }
    assert {named.get(name, name) for name in ScoreSettings.__slots__} <= set(NAMES)
