from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bowerbird.domain.errors import InputError
from bowerbird.measure.anytime import Sums
from bowerbird.measure.experiments import Arm, Experiment, Tally
from bowerbird.measure.impressions import Impression
from bowerbird.measure.outcomes import (
    LEAD,
    WINS,
    acts_of,
    add_outcomes,
    add_wins,
    finite,
    judge_interleaving,
    lead_of,
    stops_itself,
)
from bowerbird.storage.experiments import Outcome

SIDES = Experiment("e", (Arm("old"), Arm("new")), goal=LEAD, target=500, least=50)


def counted(*searches):
    """A tally of (shopper, clicks), each search in a batch of its own."""
    tally, known = Tally(), {}
    for number, (shopper, clicks) in enumerate(searches):
        known = add_outcomes(tally, known, [Outcome(str(number), "new", shopper, {"clicks": clicks})])
    return tally


def test_a_search_comes_to_its_acts_and_its_own_metrics():
    seen = Impression("q", ("a", "b"), (1, 2), (2,), metrics={"took_ms": 12.5})
    assert acts_of(seen) == {"clicks": 2, "orders": 1, "no_result": 0, "took_ms": 12.5}
    assert acts_of(Impression("q", ()))["no_result"] == 1


@pytest.mark.parametrize(
    "metrics",
    [{"clicks": 1.0}, {"": 1.0}, {"x" * 101: 1.0}, {"a": math.nan}, {"a": 1e300}, {str(n): 1.0 for n in range(21)}],
)
def test_a_metric_that_cannot_be_counted_is_refused(metrics):
    with pytest.raises(InputError) as caught:
        acts_of(Impression("q", (), metrics=metrics))
    assert caught.value.field.startswith("metrics") and caught.value.expected


def test_a_shopper_is_one_observation_however_many_searches_it_makes():
    tally = counted(("ann", 4.0), ("ben", 1.0), ("ann", 0.0))
    assert tally.get("new", "clicks") == Sums(2, 1.5, 0.5)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 5).map(float)), min_size=1, max_size=12))
def test_outcomes_one_by_one_come_to_the_shoppers_means(searches):
    found = counted(*searches).get("new", "clicks")
    means = [np.mean([value for who, value in searches if who == shopper]) for shopper in {who for who, _ in searches}]
    assert found.count == len(means)
    assert found.mean == pytest.approx(np.mean(means))
    assert found.variance == pytest.approx(np.var(means, ddof=1) if len(means) > 1 else 0, abs=1e-9)


def interleaved(lead, shoppers=400, seed=0):
    random = np.random.default_rng(seed)
    batch = [
        Outcome(str(n), "new", f"s{n}", {LEAD: float(sign)})
        for n, sign in enumerate(random.choice([1, -1], size=shoppers, p=[(1 + lead) / 2, (1 - lead) / 2]))
    ]
    tally = Tally()
    add_outcomes(tally, {}, batch)
    add_wins(tally, SIDES, batch)
    return tally


@pytest.mark.parametrize(("lead", "decision", "arm"), [(0.4, "better", "new"), (-0.4, "worse", "new")])
def test_an_interleaving_says_which_side_wins(lead, decision, arm):
    state = judge_interleaving(SIDES, interleaved(lead))
    assert (state.decision, state.arm) == (decision, arm)
    interval = state.arms[1].lifts[LEAD]
    assert interval.low < lead < interval.high
    assert state.arms[0].means[WINS] + state.arms[1].means[WINS] == pytest.approx(1)
    assert "of 400 searches" in state.words and not stops_itself(state)


def test_sides_that_are_alike_and_an_empty_tally_go_on():
    assert judge_interleaving(SIDES, interleaved(0.0)).decision == "running"
    state = judge_interleaving(SIDES, Tally())
    assert (state.decision, finite(state.arms[1].lifts[LEAD])) == ("running", {"value": 0, "low": None, "high": None})


def test_the_lead_is_the_side_with_more_clicks():
    assert lead_of(Impression("q", ("x", "y"), (2,), teams=("a", "b"))) == {LEAD: 1}
    assert lead_of(Impression("q", ("x", "y"), (1, 2), teams=("a", "b"))) == {LEAD: 0}
