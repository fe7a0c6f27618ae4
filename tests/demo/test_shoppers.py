from itertools import permutations

import numpy as np
import pytest

from bowerbird.demo.sessions import fixed, interleaved, plackett_luce, position_chances, simulate, swapped
from bowerbird.demo.shoppers import Behaviour, World, best_rankings, invent_world, rank_by, true_value
from bowerbird.domain.errors import InputError
from bowerbird.measure.interleaving import judge, outcomes

ORDER = [np.array([0, 1, 2]), np.array([1, 0])]


def tiny(**changes):
    parts = {
        "queries": ["shoe", "hat"],
        "weights": np.array([3.0, 1.0]),
        "products": [["s1", "s2", "s3"], ["h1", "h2"]],
        "attractiveness": [np.array([0.6, 0.3, 0.1]), np.array([0.2, 0.5])],
        "behaviour": Behaviour(eta=1.0, depth=3, conversion=0.5),
    }
    return World(**{**parts, **changes})


def tasteful(**changes):
    """Two shoppers who want opposite things of the two hats, and care for nothing else."""
    signals = [np.zeros((3, 1)), np.array([[1.0], [-1.0]])]
    return tiny(signals=signals, tastes=np.array([[5.0], [-5.0]]), **changes)


def counted(table, ranker_positions=3):
    """How often each product stood at each position, as a share of its query's sessions."""
    rows = table.query[table.session]
    shares = {}
    for query in range(len(table.queries)):
        for product in np.unique(table.product[rows == query]).tolist():
            for position in range(1, ranker_positions + 1):
                there = (rows == query) & (table.product == product) & (table.position == position)
                shares[table.queries[query], table.products[product], position] = (
                    there.sum() / (table.query == query).sum()
                )
    return shares


def test_the_true_value_is_what_shoppers_see_times_what_they_like():
    shoe, hat = 0.6 + 0.3 / 2 + 0.1 / 3, 0.5 + 0.2 / 2
    found = true_value(tiny(), ORDER)
    assert found.clicks == found.utility == pytest.approx(0.75 * shoe + 0.25 * hat)
    shoe, hat = 0.5 * (0.36 + 0.09 / 2 + 0.01 / 3), 0.5 * (0.25 + 0.04 / 2)
    assert found.orders == pytest.approx(0.75 * shoe + 0.25 * hat)


def test_in_a_cascade_shoppers_leave_with_the_first_click():
    world = tiny(behaviour=Behaviour(depth=3, cascade=True))
    shoe, hat = 1 - 0.4 * 0.7 * 0.9, 1 - 0.5 * 0.8
    assert true_value(world, ORDER).clicks == pytest.approx(0.75 * shoe + 0.25 * hat)
    table = simulate(world, fixed(world, ORDER), 2_000, seed=1)
    assert table.sums(table.click).max() == 1


@pytest.mark.parametrize(
    "behaviour",
    [
        Behaviour(depth=3, conversion=0.5),
        Behaviour(depth=2, eta=0.5),
        Behaviour(depth=3, noise=0.2),
        Behaviour(depth=3, cascade=True, noise=0.1),
    ],
)
@pytest.mark.parametrize("make", [tiny, tasteful])
def test_simulated_sessions_earn_the_true_value(make, behaviour):
    world = make(behaviour=behaviour)
    table = simulate(world, fixed(world, ORDER), 30_000, seed=2)
    value = true_value(world, ORDER)
    assert table.click.sum() / table.sessions == pytest.approx(value.clicks, abs=0.02)
    assert table.order.sum() / table.sessions == pytest.approx(value.orders, abs=0.02)


def test_the_same_seed_gives_the_same_log_and_another_another():
    world = tiny()
    first, same, other = (simulate(world, swapped(world, ORDER), 500, seed=seed) for seed in (1, 1, 2))
    for name in ("query", "shopper", "product", "position", "click", "order"):
        assert getattr(first, name).tolist() == getattr(same, name).tolist()
    assert first.click.tolist() != other.click.tolist()


def test_queries_come_as_often_as_they_weigh_and_pages_end_with_their_products():
    table = simulate(tiny(), fixed(tiny(), ORDER), 8_000, seed=3)
    assert (table.query == 0).mean() == pytest.approx(0.75, abs=0.02)
    assert set(np.diff(table.starts)[table.query == 1].tolist()) == {2}
    first = table.starts[np.flatnonzero(table.query == table.queries.index("hat"))[0]]
    assert [table.products[code] for code in table.product[first : first + 2]] == ["h2", "h1"]


@pytest.mark.parametrize("depth", [1, 2, 3])
@pytest.mark.parametrize("kind", ["swapped", "drawn"])
def test_logged_propensities_are_the_shares_with_which_products_stand_there(kind, depth):
    world = tiny(behaviour=Behaviour(depth=depth))
    scores = [np.array([1.0, 0.5, -0.5]), np.array([0.0, 0.3])]
    ranker = swapped(world, ORDER, 0.4) if kind == "swapped" else plackett_luce(world, scores, 0.7)
    table = simulate(world, ranker, 20_000, seed=4)
    shares = counted(table, depth)
    told = {}
    rows = table.query[table.session]
    for row in range(table.rows):
        key = table.queries[rows[row]], table.products[table.product[row]], int(table.position[row])
        assert told.setdefault(key, table.propensity[row]) == pytest.approx(table.propensity[row])
    assert told
    for key, propensity in told.items():
        assert shares[key] == pytest.approx(propensity, abs=0.02)


def test_the_chances_of_drawn_positions_are_those_of_all_orders_summed():
    scores = np.array([2.0, 0.0, 1.0, -3.0])
    expected = np.zeros((4, 4))
    for order in permutations(range(4)):
        rates, left = np.exp(scores[list(order)]), np.exp(scores).sum()
        share = 1.0
        for rate in rates.tolist():
            share *= rate / left
            left -= rate
        expected[order, range(4)] += share
    assert position_chances(scores, 4) == pytest.approx(expected, abs=1e-5)


def test_personal_rankings_are_shown_to_the_shopper_they_are_for():
    world = tasteful()
    personal = best_rankings(world, personal=True)
    assert personal[1].tolist() == [[0, 1], [1, 0]]
    table = simulate(world, fixed(world, personal), 4_000, seed=5)
    hats = np.flatnonzero(table.query == table.queries.index("hat"))
    shown = zip(table.shopper[hats], table.product[table.starts[hats]], strict=True)
    assert {(table.shoppers[who], table.products[first]) for who, first in shown} == {
        ("shopper 0", "h1"),
        ("shopper 1", "h2"),
    }
    common = true_value(world, best_rankings(world)).clicks
    assert true_value(world, personal).clicks > common
    assert table.click.sum() / table.sessions == pytest.approx(true_value(world, personal).clicks, abs=0.05)


def test_no_ranking_is_better_than_the_best():
    world = tiny()
    best = true_value(world, best_rankings(world)).clicks
    for order in permutations(range(3)):
        assert true_value(world, [np.array(order), np.array([1, 0])]).clicks <= best + 1e-12


def test_interleaved_sessions_prefer_the_better_ranking():
    world = tiny()
    worse = [np.array([2, 1, 0]), np.array([0, 1])]
    found = judge(outcomes(simulate(world, interleaved(world, worse, best_rankings(world)), 3_000, seed=6)))
    assert found.certain and found.lead > 0
    same = judge(outcomes(simulate(world, interleaved(world, worse, worse), 3_000, seed=6)))
    assert abs(same.lead) < 0.05


def test_an_invented_world_depends_on_its_seed_and_asks_by_zipf():
    first, same, other = (invent_world(seed, queries=20, candidates=12, shoppers=5) for seed in (1, 1, 2))
    assert first.attractiveness[3].tolist() == same.attractiveness[3].tolist() != other.attractiveness[3].tolist()
    assert first.shares[0] == pytest.approx(2 * first.shares[1])
    by_chance = rank_by([np.zeros(12)] * 20)
    assert true_value(first, by_chance).clicks < true_value(first, best_rankings(first)).clicks


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"weights": np.ones(3)}, "weights"),
        ({"weights": np.zeros(2)}, "weights"),
        ({"products": [["s1", "s2", "s2"], ["h1", "h2"]]}, "products"),
        ({"attractiveness": [np.ones(3), np.ones(3)]}, "attractiveness"),
        ({"attractiveness": [np.ones(3), np.array([0.5, 1.5])]}, "attractiveness"),
        ({"tastes": np.ones((2, 1))}, "tastes"),
        ({"tastes": np.ones((2, 1)), "signals": [np.ones((3, 2)), np.ones((2, 2))]}, "signals"),
    ],
)
def test_a_world_whose_parts_do_not_fit_is_refused(change, field):
    with pytest.raises(InputError) as caught:
        tiny(**change)
    assert caught.value.field == field


def test_rankings_of_other_queries_are_refused():
    with pytest.raises(InputError, match="rankings"):
        true_value(tiny(), ORDER[:1])
    with pytest.raises(InputError, match="rankings"):
        fixed(tiny(), ORDER[:1])
    with pytest.raises(InputError, match="sessions"):
        simulate(tiny(), fixed(tiny(), ORDER), 0, seed=1)
