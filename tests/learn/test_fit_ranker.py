"""Fitting the ranker on worlds where one signal decides that the default score does not see."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bowerbird.domain.errors import InputError
from bowerbird.learn.fit_ranker import (
    LITTLE,
    RankFitSettings,
    fit,
    fit_ranker,
    make_folds,
    mean_by_query,
    used_signals,
)
from bowerbird.learn.rank_examples import MOST_LEVELS, RankExample, grade_levels, put_together
from bowerbird.rank.model import RankModel
from bowerbird.rank.signals import NAMES, SignalTable

QUICK = RankFitSettings(starts=(4.0, 8.0), rounds=(40,), repeats=1, folds=4, fits=2)


def world(queries: int, deciding: str = "popularity", seed: int = 0, count: int = 24) -> list[RankExample]:
    """Queries whose good products are those of the highest ``deciding`` signal, beside noise."""
    random = np.random.default_rng(seed)
    examples = []
    for number in range(queries):
        columns = {
            name: random.random(count).astype(np.float32) for name in ("relevance", deciding, "price_fit", "terms")
        }
        default = (0.5 + 0.2 * columns["relevance"]).astype(np.float32)
        gains = np.zeros(count, np.float32)
        gains[np.argsort(-columns[deciding])[:4]] = (1, 1, 0.5, 0.5)
        table = SignalTable.of(columns, count)
        examples.append(RankExample(f"query {number}", table, default, gains, (1, 1, 0.5, 0.5)))
    return examples


@pytest.fixture(scope="module")
def fitted():
    return fit_ranker(world(40), QUICK, {"from": "a tiny world"})


def mean(values: dict[str, float]) -> float:
    return sum(values.values()) / len(values)


def test_what_decides_is_found_and_holds_for_queries_never_seen(fitted):
    assert mean(fitted.learned) > mean(fitted.default) + 0.3
    fresh = world(20, seed=7)
    learned = np.mean([one.ndcg(fitted.model.scores(one.table, one.default)) for one in fresh])
    assert learned > np.mean([one.ndcg(one.default) for one in fresh]) + 0.3


def test_nothing_is_learned_of_one_shopper_s_tastes():
    assert "taste" not in used_signals(world(3, deciding="taste")) and "terms" in used_signals(world(3))


def test_the_signal_that_decides_adds_the_most(fitted):
    (example,) = world(1, seed=9)
    added = fitted.model.contributions(example.table)
    size = {name: sum(abs(one[name]) for one in added) for name in fitted.model.names}
    assert max(size, key=size.get) == "popularity"


def test_a_fit_tells_what_it_is_from_and_what_was_chosen(fitted):
    assert fitted.model.seen == {"from": "a tiny world"}
    assert fitted.chosen["start"] in QUICK.starts and fitted.chosen["rounds"] == 40
    assert set(fitted.learned) == set(fitted.default) == {f"query {number}" for number in range(40)}


def test_more_of_what_raises_never_lowers(fitted):
    assert {"popularity", "price_fit"} <= set(fitted.model.names)
    for name in ("popularity", "price_fit"):
        assert (np.diff(along(fitted.model, name), axis=1) >= -1e-5).all(), name


def test_a_signal_that_only_raises_is_not_turned_round_where_clicks_say_so():
    turned = [replace(one, gains=one.gains[by_rank(one.table.column("stock"))]) for one in world(30, "stock")]
    model = fit(turned, used_signals(turned), 4.0, 40, QUICK)
    assert (np.diff(along(model, "stock"), axis=1) >= -1e-5).all()
    free = fit(turned, used_signals(turned), 4.0, 40, replace(QUICK, monotone=False))
    assert (np.diff(along(free, "stock"), axis=1) < -1e-3).any()


def by_rank(values: np.ndarray) -> np.ndarray:
    """For each place that of the product which stands as far from the other end."""
    rising = np.argsort(values)
    return rising[np.argsort(-values).argsort()]


def along(model: RankModel, name: str) -> np.ndarray:
    """Scores of 20 products as one signal rises from 0 to 1."""
    random = np.random.default_rng(3)
    values = random.random((20, len(NAMES))).astype(np.float32)
    steps = []
    for step in np.linspace(0, 1, 15):
        values[:, NAMES.index(name)] = step
        steps.append(model.scores(SignalTable(values.copy()), np.zeros(20, np.float32)))
    return np.stack(steps, axis=1)


def test_a_model_that_learnt_comes_back_from_its_file_the_same(fitted, tmp_path):
    fitted.model.save(tmp_path / "kept")
    back = RankModel.load(tmp_path / "kept")
    (example,) = world(1, seed=5)
    np.testing.assert_allclose(
        back.scores(example.table, example.default), fitted.model.scores(example.table, example.default), rtol=1e-5
    )


def test_the_same_examples_give_the_same_model():
    examples = world(12)
    one, other = (fit(examples, used_signals(examples), 8.0, 10, QUICK) for _ in range(2))
    table, default = examples[0].table, examples[0].default
    np.testing.assert_array_equal(one.scores(table, default), other.scores(table, default))


@pytest.mark.parametrize("useless", ["no gains", "no products"])
def test_too_few_queries_are_refused(useless):
    examples = world(9)
    for one in world(20, seed=1):
        if useless == "no gains":
            examples.append(replace(one, gains=one.gains * 0, ideal=()))
        else:
            examples.append(replace(one, table=SignalTable.of({}, 0), default=one.default[:0], gains=one.gains[:0]))
    with pytest.raises(InputError, match="too little to learn from; found '9 with"):
        fit_ranker(examples, QUICK)


def test_products_that_no_signal_tells_apart_are_refused():
    alike = [replace(one, table=SignalTable.of({"terms": np.ones(24, np.float32)}, 24)) for one in world(12)]
    with pytest.raises(InputError, match="nothing to learn from"):
        fit_ranker(alike, QUICK)


def test_signals_that_differ_within_a_query_are_used_and_those_that_are_missing_for_some():
    columns = {
        "relevance": np.array([1, 0], np.float32),
        "terms": np.array([1, 1], np.float32),
        "look": np.array([1, np.nan], np.float32),
        "stock": np.array([1, 0], np.float32),
    }
    example = RankExample("q", SignalTable.of(columns, 2), np.ones(2, np.float32), np.ones(2, np.float32), (1,))
    assert used_signals([example]) == ("look", "stock")


def test_a_query_asked_twice_has_the_mean_of_its_values():
    one, other = (replace(example, query="twice") for example in world(2))
    assert mean_by_query([one, other], [0.5, 1.0]) == {"twice": 0.75}


def test_progress_is_told_from_nothing_to_all():
    told = []
    fit_ranker(world(12), replace(QUICK, starts=(8.0,), rounds=(5,)), progress=lambda *one: told.append(one))
    assert told[0] == ("measuring on held-out queries", 0, 4) and told[-1] == ("fitting", 1, 1)


def test_folds_hold_every_query_once():
    assert sorted(place for part in make_folds(23, 5, 0) for place in part) == list(range(23))
    assert make_folds(3, 5, 0) != [] and len(make_folds(3, 5, 0)) == 3


def test_grades_stand_for_gains_and_many_gains_share_them():
    examples = world(3)
    levels = grade_levels(examples)
    assert levels == (0.0, 0.5, 1.0)
    data = put_together(examples, ("popularity", "terms"), levels)
    assert data.inputs.shape == (72, 2) and data.groups == (24, 24, 24)
    np.testing.assert_array_equal(np.array(levels)[data.labels], np.concatenate([one.gains for one in examples]))
    many = [
        replace(one, gains=np.linspace(0, 1, 24).astype(np.float32) + place / 100) for place, one in enumerate(examples)
    ]
    assert len(grade_levels(many)) == MOST_LEVELS


def test_an_order_is_measured_by_the_best_there_is():
    (example,) = world(1)
    assert example.ndcg(example.gains) == pytest.approx(1)
    assert replace(example, ideal=(1.0,) * 10).ndcg(example.gains) < 1
    assert replace(example, ideal=()).ndcg(example.gains) == 0 and not replace(example, ideal=()).telling


def test_little_data_is_fitted_carefully():
    assert LITTLE.repeats > 1 and LITTLE.monotone
