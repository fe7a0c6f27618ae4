"""What comes of experiments: outcomes counted once, and judged."""

from __future__ import annotations

from dataclasses import replace

import pytest
from experiment_world import SIDES, TEXT, ask, outcomes, shopper_of, start, turned_model

from bowerbird.domain.errors import InputError
from bowerbird.measure.impressions import Impression


@pytest.fixture
def shop(shop):
    turned_model().save(shop / "ranking" / "models" / "turned")
    return shop


def test_outcomes_are_counted_once_and_judged(own):
    start(own)
    batch = [*outcomes("plain", lambda n: n % 5 == 0, 300), *outcomes("new", lambda n: n % 2 == 0, 300)]
    done = own.experiments.count("round", [*batch, Impression("other", (), shopper="ann", query_id="x")])
    assert (done.counted, done.known, done.passed_over) == (600, 0, 1)
    state = own.experiments.report("round").state
    assert (state.decision, state.arm) == ("better", "new") and "new is better: clicks" in state.words
    assert state.arms[1].lifts["clicks"].low < 0.3 < state.arms[1].lifts["clicks"].high
    assert state.ratio.p == 1.0
    again = own.experiments.count("round", batch)
    assert (again.counted, again.known) == (0, 600) and again.report.state == state
    assert again.report.stored.running


def test_the_latency_of_an_arm_is_a_guard_like_any_other(own):
    start(own, guards=[{"metric": "took_ms", "loss": 20, "higher_is_better": False}])
    new = shopper_of(own, "new")
    for arm, slow in (("plain", 0), ("new", 100)):
        for n in range(60):
            seen = outcomes(arm, lambda _: True, 1, n, metrics={"took_ms": 10.0 + n % 7 + slow})
            done = own.experiments.count("round", seen)
    assert not done.report.stored.running
    assert done.report.stored.stopped_by == "bowerbird" and "took_ms" in done.report.stored.why
    assert done.report.state.decision == "stopped by guard"
    assert own.search(ask(TEXT, shopper=new)).experiment is None


def test_shoppers_in_the_wrong_shares_stop_the_experiment(own):
    start(own)
    done = own.experiments.count(
        "round", [*outcomes("plain", lambda _: True, 3_000), *outcomes("new", lambda _: True, 2_000)]
    )
    assert done.report.state.decision == "sample ratio wrong" and not done.report.stored.running
    assert "shoppers" in own.experiments.all()[0].why


def test_an_interleaving_counts_which_side_was_clicked(own):
    start(own, SIDES)
    found = own.search(ask(TEXT, shopper="ann"))
    teams = tuple(hit.team for hit in found.hits)
    b = teams.index("b") + 1
    products = tuple(hit.product.id for hit in found.hits)
    batch = [
        Impression(TEXT, products, (b,), (), f"s{n}", f"q{n}", teams=teams, experiment="sides") for n in range(300)
    ]
    batch += [replace(batch[0], query_id="lost", shopper="lost", clicks=(teams.index("a") + 1,))]
    state = own.experiments.count("sides", batch).report.state
    assert (state.decision, state.arm) == ("better", "new")
    assert "new won 300 and plain 1 of 301 searches" in state.words


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"query_id": ""}, "query_id"),
        ({"shopper": ""}, "shopper"),
        ({"shopper": "x" * 201}, "shopper"),
        ({"arm": "other"}, "arm"),
        ({"metrics": {"clicks": 1.0}}, "metrics"),
    ],
)
def test_an_outcome_that_cannot_be_counted_names_its_place_and_nothing_is_counted(own, change, field):
    start(own)
    good = outcomes("new", lambda _: True, 2)
    with pytest.raises(InputError) as caught:
        own.experiments.count("round", [good[0], replace(good[1], **change)])
    assert caught.value.field == f"outcomes[1].{field}" and caught.value.expected
    assert own.experiments.count("round", good).counted == 2
