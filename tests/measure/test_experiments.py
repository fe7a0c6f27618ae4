import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bowerbird.domain.errors import InputError
from bowerbird.measure.anytime import Sums, best_rho, difference_interval, mean_interval, reach, sample_ratio
from bowerbird.measure.experiments import Arm, Experiment, Guard, Tally, assign, judge_experiment

ARMS = (Arm("control"), Arm("new"))
TEST = Experiment("ranker", ARMS, goal="clicks", target=2_000)
GUARDED = Experiment(
    "ranker",
    ARMS,
    goal="clicks",
    guards=(Guard("orders", loss=0.02), Guard("no_result", loss=0.01, higher_is_better=False)),
)
SHOPPERS = [f"shopper {number}" for number in range(20_000)]


def tally(means, shoppers=5_000, seed=0):
    """Shoppers by arm whose yes-or-no acts have the given means."""
    random = np.random.default_rng(seed)
    counted = Tally()
    for arm, metrics in means.items():
        for metric, mean in metrics.items():
            counted.add(arm, metric, random.random(shoppers) < mean)
    return counted


def test_a_shopper_stays_in_one_arm_and_arms_have_their_shares():
    experiment = Experiment("e", (Arm("a", 1), Arm("b", 3)), goal="clicks")
    arms = [assign(experiment, shopper) for shopper in SHOPPERS]
    assert arms == [assign(experiment, shopper) for shopper in SHOPPERS]
    assert arms.count("b") / len(arms) == pytest.approx(0.75, abs=0.02)


def test_more_traffic_moves_nobody_between_arms():
    narrow, wide = (Experiment("e", ARMS, goal="clicks", share=share) for share in (0.2, 0.6))
    before, after = ([assign(one, shopper) for shopper in SHOPPERS] for one in (narrow, wide))
    assert all(old in (None, new) for old, new in zip(before, after, strict=True))
    assert sum(arm is not None for arm in before) / len(before) == pytest.approx(0.2, abs=0.02)


def test_two_experiments_split_shoppers_independently():
    first, second = (Experiment(name, ARMS, goal="clicks") for name in ("one", "two"))
    both = [assign(first, shopper) == assign(second, shopper) for shopper in SHOPPERS]
    assert np.mean(both) == pytest.approx(0.5, abs=0.02)


@pytest.mark.parametrize(
    "change",
    [
        {"arms": (Arm("a"),)},
        {"arms": (Arm("a"), Arm("a"))},
        {"arms": (Arm("a"), Arm("b", 0))},
        {"share": 2},
        {"level": 0},
    ],
)
def test_settings_that_make_no_experiment_are_refused(change):
    with pytest.raises(InputError):
        Experiment(**{"name": "e", "arms": ARMS, "goal": "clicks", **change})


def test_the_interval_is_that_of_the_paper():
    rho = best_rho(1_000, 0.05)
    assert rho == pytest.approx(math.sqrt((2 * math.log(20) + math.log(2 * math.log(20) + 1)) / 1_000))
    expected = math.sqrt(2 * (500 * rho**2 + 1) / (500**2 * rho**2) * math.log(math.sqrt(500 * rho**2 + 1) / 0.05))
    assert reach(500, rho, 0.05) == pytest.approx(expected)
    found = mean_interval(Sums.of_squares(500, 250, 250), target=1_000)
    assert found.high - found.value == pytest.approx(expected * math.sqrt(0.25 * 500 / 499))


@given(st.floats(100, 1e6), st.floats(100, 1e6))
def test_no_other_tuning_is_shorter_at_the_target(target, other):
    best = reach(target, best_rho(target, 0.05), 0.05)
    assert best <= reach(target, best_rho(other, 0.05), 0.05) * (1 + 2e-3)


def test_too_few_observations_or_none_that_differ_say_nothing():
    for first in (Sums(50, 0.5, 12.5), Sums(1_000, 0, 0)):
        found = difference_interval(first, first)
        assert (found.low, found.high) == (-math.inf, math.inf)


def test_looking_all_the_time_at_equal_arms_alarms_no_more_often_than_the_level():
    random = np.random.default_rng(3)
    steps, alarms, naive = np.arange(200, 8_000, 100), 0, 0
    for _ in range(200):
        totals = np.cumsum(random.random((2, 8_000)) < 0.2, axis=1)[:, steps - 1]
        for count, first, second in zip(steps.tolist(), *totals.tolist(), strict=True):
            arms = Sums.of_squares(count, first, first), Sums.of_squares(count, second, second)
            found = difference_interval(*arms, target=4_000)
            if found.low > 0 or found.high < 0:
                alarms += 1
                break
        spread = np.sqrt(2 * 0.16 / steps)
        naive += bool((np.abs(totals[1] - totals[0]) / steps > 1.96 * spread).any())
    assert alarms <= 0.05 * 200
    assert naive > 0.2 * 200


def test_a_true_difference_lies_in_the_interval_and_is_found():
    state = judge_experiment(TEST, tally({"control": {"clicks": 0.2}, "new": {"clicks": 0.3}}))
    assert (state.decision, state.arm) == ("better", "new")
    lift = state.arms[1].lifts["clicks"]
    assert lift.low < 0.1 < lift.high
    assert "new is better: clicks" in state.words
    assert state.arms[0].means["clicks"] == pytest.approx(0.2, abs=0.02)
    worse = judge_experiment(TEST, tally({"control": {"clicks": 0.3}, "new": {"clicks": 0.2}}))
    assert (worse.decision, worse.arm) == ("worse", "new")


def test_equal_arms_and_an_empty_tally_go_on_running():
    for counted in (tally({"control": {"clicks": 0.2}, "new": {"clicks": 0.2}}), Tally()):
        state = judge_experiment(TEST, counted)
        assert (state.decision, state.arm) == ("running", None)


@pytest.mark.parametrize(
    ("metric", "control", "new"), [("orders", 0.2, 0.1), ("no_result", 0.05, 0.15)], ids=["falls", "rises"]
)
def test_a_broken_guard_stops_even_a_better_arm(metric, control, new):
    means = {
        "control": {"clicks": 0.2, "orders": 0.2, "no_result": 0.05, metric: control},
        "new": {"clicks": 0.3, "orders": 0.2, "no_result": 0.05, metric: new},
    }
    state = judge_experiment(GUARDED, tally(means))
    assert (state.decision, state.arm) == ("stopped by guard", "new")
    assert metric in state.words


def test_a_loss_that_is_tolerated_breaks_no_guard():
    means = {
        "control": {"clicks": 0.2, "orders": 0.2, "no_result": 0.05},
        "new": {"clicks": 0.3, "orders": 0.19, "no_result": 0.055},
    }
    assert judge_experiment(GUARDED, tally(means, 40_000)).decision == "better"


def test_shoppers_in_the_wrong_shares_come_before_everything_else():
    counted = tally({"control": {"clicks": 0.2}}, 5_000)
    counted.add("new", "clicks", np.random.default_rng(0).random(6_000) < 0.4)
    state = judge_experiment(TEST, counted)
    assert state.decision == "sample ratio wrong"
    assert state.ratio.p < 0.001 and state.ratio.suspect


def test_the_sample_ratio_is_the_chi_square_test_and_never_surer_than_it_when_looked_at_any_time():
    assert sample_ratio([520, 480], [1, 1]).p == pytest.approx(math.erfc(math.sqrt(1.6 / 2)))
    assert sample_ratio([100, 300], [1, 3]).p == pytest.approx(1)
    for counts in ([5_000, 5_600], [520, 480], [900, 1_100], [0, 0]):
        found = sample_ratio(counts, [1, 1])
        assert found.anytime_p >= found.p
    with pytest.raises(InputError):
        sample_ratio([1, 2], [1, 0])


def test_of_several_better_arms_the_best_is_named():
    experiment = Experiment("e", (*ARMS, Arm("third")), goal="clicks", target=2_000)
    means = {"control": {"clicks": 0.2}, "new": {"clicks": 0.3}, "third": {"clicks": 0.4}}
    assert judge_experiment(experiment, tally(means)).arm == "third"


@given(st.lists(st.floats(-100, 100), min_size=2, max_size=20), st.integers(1, 19))
def test_a_tally_is_the_same_at_once_in_parts_and_after_saving(values, cut):
    whole, part = Tally(), Tally()
    whole.add("new", "clicks", values)
    part.add("new", "clicks", values[:cut])
    part = Tally.from_dict(json.loads(json.dumps(part.to_dict())))
    part.add("new", "clicks", values[cut:])
    found, expected = part.get("new", "clicks"), whole.get("new", "clicks")
    assert found.mean == pytest.approx(expected.mean, abs=1e-9)
    assert found.variance == pytest.approx(np.var(values, ddof=1), abs=1e-6)


def test_what_is_no_number_or_no_tally_is_refused():
    with pytest.raises(InputError, match="no number"):
        Tally().add("new", "clicks", [1.0, math.nan])
    for saved in ([1, 2], {"count": 1, "mean": 2}, 3, None):
        with pytest.raises(InputError, match="no sums"):
            Tally.from_dict({"new": {"clicks": saved}})


def test_a_small_variance_around_a_large_mean_is_kept_and_decides():
    random = np.random.default_rng(0)
    times = {"control": 1.7e9 + random.normal(0, 1, 5_000), "new": 1.7e9 + random.normal(0.5, 1, 5_000)}
    counted = Tally()
    for arm, values in times.items():
        for value in values[:2_500]:
            counted.add(arm, "clicks", value + 100)
            counted.renew(arm, "clicks", value + 100, value)
        counted.add(arm, "clicks", values[2_500:])
        found = counted.get(arm, "clicks")
        assert found.mean == pytest.approx(values.mean(), abs=1e-3)
        assert found.variance == pytest.approx(values.var(ddof=1), rel=1e-3)
    assert judge_experiment(TEST, counted).decision == "better"


def test_values_that_differ_by_how_they_are_rounded_have_no_variance():
    counted = Tally()
    for _ in range(300):
        counted.add("new", "clicks", 0.1)
        counted.renew("new", "clicks", 0.1, (0.1 + 0.1 + 0.1) / 3)
        counted.add("new", "clicks", 0.1)
    assert counted.get("new", "clicks").variance == 0


def test_a_tally_saved_as_sums_of_squares_is_read_and_goes_on():
    counted = Tally.from_dict({"new": {"clicks": [3, 6.0, 14.0]}})
    counted.add("new", "clicks", 10.0)
    found = counted.get("new", "clicks")
    assert (found.count, found.mean) == (4, 4)
    assert found.variance == pytest.approx(np.var([1, 2, 3, 10], ddof=1))


def test_a_goal_that_only_some_bring_is_no_wrong_split_of_shoppers():
    experiment = Experiment("e", ARMS, goal="basket", target=2_000)
    random, counted = np.random.default_rng(1), tally({arm.name: {"clicks": 0.2} for arm in ARMS}, 6_000)
    counted.add("control", "basket", 50 + random.random(1_800))
    counted.add("new", "basket", 51 + random.random(2_200))
    state = judge_experiment(experiment, counted)
    assert (state.decision, state.arm) == ("better", "new")
    assert [(arm.shoppers, arm.counts) for arm in state.arms] == [
        (6_000, {"basket": 1_800}),
        (6_000, {"basket": 2_200}),
    ]
    assert state.ratio.p == 1


def test_a_metric_that_nothing_has_brought_is_told():
    experiment = Experiment("e", ARMS, goal="basket", guards=(Guard("clicks"), Guard("weight")))
    state = judge_experiment(experiment, tally({arm.name: {"clicks": 0.2} for arm in ARMS}))
    assert state.missing == ("basket", "weight")
    assert state.words.endswith("; no outcome has brought basket, weight yet")
