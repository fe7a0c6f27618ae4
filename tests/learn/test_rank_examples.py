"""What a ranker is trained on."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bowerbird.learn.rank_examples import MOST_LEVELS, RankExample, fill_unshown, grade_levels, put_together
from bowerbird.rank.signals import SignalTable


def example(default, gains, judged=None, **more):
    values = np.array(default, np.float32)
    table = SignalTable.of({"relevance": values}, len(values))
    known = None if judged is None else np.array(judged, bool)
    ideal = tuple(sorted(gains, reverse=True))
    return RankExample("q", table, values, np.array(gains, np.float32), ideal, judged=known, **more)


def test_what_was_never_shown_is_worth_what_its_default_score_promises():
    one = example([0.8, 0.6, 0.4, 0.2], [0.4, 0.3, 0, 0], [1, 1, 0, 0], clicked=True)
    assert fill_unshown([one])[0].gains == pytest.approx([0.4, 0.3, 0.2, 0.1], abs=1e-6)


def test_where_clicks_do_not_follow_the_default_score_it_is_worth_the_mean():
    one = example([0.8, 0.6, 0.4, 0.2], [0.1, 0.5, 0, 0], [1, 1, 0, 0], clicked=True)
    assert fill_unshown([one])[0].gains == pytest.approx([0.1, 0.5, 0.3, 0.3], abs=1e-6)


def test_nothing_shown_fills_nothing():
    one = example([0.8, 0.2], [0, 0], [0, 0], clicked=True)
    assert fill_unshown([one])[0].gains.tolist() == [0, 0]
    assert fill_unshown([]) == []


def test_clicks_are_measured_on_what_was_shown():
    one = example([0.9, 0.5, 0.1], [0.2, 0.9, 1.0], [1, 0, 1], clicked=True)
    scores = np.array([0.1, 0.9, 0.5], np.float32)
    shown_best_first = replace(one, ideal=(1.0, 0.2))
    assert shown_best_first.ndcg(scores) == pytest.approx(1.0)
    assert replace(shown_best_first, clicked=False).ndcg(scores) != pytest.approx(1.0)


@given(st.lists(st.floats(0, 1, width=32), min_size=1, max_size=200))
def test_grades_are_few_rise_from_nothing_and_keep_the_order_of_gains(gains):
    one = example(list(range(len(gains))), gains)
    levels = grade_levels([one])
    assert len(levels) <= MOST_LEVELS and levels[0] == 0 and (np.diff(levels) > 0).all()
    labels = put_together([one], ["relevance"], levels).labels
    order = np.argsort(one.gains, kind="stable")
    assert (np.diff(labels[order]) >= 0).all()


def test_many_small_gains_beside_a_few_large_ones_stay_apart():
    small = np.linspace(0.01, 0.1, 100).tolist()
    levels = grade_levels([example(list(range(103)), [*small, 1.0, 2.0, 3.0])])
    assert sum(level <= 0.1 for level in levels) > 20
