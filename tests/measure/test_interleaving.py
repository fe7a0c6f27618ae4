import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bowerbird.domain.errors import InputError
from bowerbird.measure.click_log import Impression, encode_impressions
from bowerbird.measure.interleaving import judge, outcome, outcomes, sessions_needed, sign_test, team_draft

FIRST, SECOND = ("a", "b", "c", "d"), ("d", "c", "b", "a")

rankings = st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=8)
pinned = st.dictionaries(st.integers(1, 8), st.sampled_from("hxyz"), max_size=3).filter(
    lambda pins: len(set(pins.values())) == len(pins)
)


@given(rankings, rankings, st.integers(1, 10), st.text(max_size=4), pinned)
def test_the_page_holds_every_product_once_and_the_teams_take_turns(first, second, depth, seed, pins):
    draft = team_draft(first, second, depth=depth, seed=seed, pins=pins)
    assert draft == team_draft(first, second, depth=depth, seed=seed, pins=pins)
    assert len(set(draft.products)) == len(draft.products) <= depth
    pinned_there = {product for position, product in pins.items() if position <= depth}
    wanted = set(first) | set(second)
    assert len(draft.products) == min(depth, len((wanted - set(pins.values())) | pinned_there))
    for team, ranking in (("a", first), ("b", second)):
        own = [product for product, side in zip(draft.products, draft.teams, strict=True) if side == team]
        assert own == [product for product in ranking if product in own]
    for product, team in zip(draft.products, draft.teams, strict=True):
        assert (team == "") == (product in pins.values())


@given(rankings.filter(lambda ranking: len(ranking) >= 4), st.text(max_size=4))
def test_equal_rankings_stay_as_they_are(ranking, seed):
    draft = team_draft(ranking, ranking, depth=len(ranking), seed=seed)
    assert draft.products == tuple(ranking)
    assert abs(draft.teams.count("a") - draft.teams.count("b")) <= 1


def test_each_side_leads_half_of_the_pages():
    leads = [team_draft(FIRST, SECOND, depth=4, seed=str(number)).products[0] for number in range(400)]
    assert set(leads) == {"a", "d"}
    assert 160 < leads.count("a") < 240


def test_pins_stand_where_they_are_pinned_and_close_up_below_the_last_product():
    draft = team_draft(FIRST, SECOND, depth=6, seed="s", pins={1: "x", 3: "b", 9: "c"})
    assert (draft.products[0], draft.products[2]) == ("x", "b")
    assert draft.teams[0] == draft.teams[2] == ""
    assert set(draft.products) == {"x", "b", "a", "d"}
    assert team_draft(("a",), (), depth=5, seed="s", pins={4: "x"}).products == ("a", "x")


def test_pins_that_contradict_each_other_are_refused():
    for pins in ({1: "x", 2: "x"}, {0: "x"}):
        with pytest.raises(InputError, match="pins"):
            team_draft(FIRST, SECOND, depth=3, seed="s", pins=pins)
    with pytest.raises(InputError, match="page"):
        team_draft(FIRST, SECOND, depth=0, seed="s")


def test_the_side_with_more_clicks_wins_and_pins_count_for_nobody():
    teams = ("", "a", "b", "b")
    page = ("p", "x", "y", "z")
    searches = [Impression("q", page, clicks, teams=teams) for clicks in [(), (1,), (2,), (1, 3), (2, 3), (2, 3, 4)]]
    assert [outcome(one) for one in searches] == [0, 0, -1, 1, 0, 1]
    assert outcomes(encode_impressions(searches)).tolist() == [0, 0, -1, 1, 0, 1]


def test_a_search_that_was_not_interleaved_is_nobodys_win():
    assert outcome(Impression("q", ("a",), (1,))) == 0


def test_a_clear_preference_is_certain_and_an_even_one_is_not():
    clear = judge(np.array([1] * 60 + [-1] * 20 + [0] * 20))
    assert (clear.first, clear.second, clear.ties, clear.sessions) == (20, 60, 20, 100)
    assert clear.lead == pytest.approx(0.4)
    assert 0 < clear.low < 0.4 < clear.high
    assert clear.certain
    even = judge(np.array([1] * 40 + [-1] * 38))
    assert even.low < 0 < even.high
    assert not even.certain
    with pytest.raises(InputError):
        judge(np.array([], np.int64))


def test_the_sign_test_is_that_of_a_fair_coin():
    assert sign_test(0, 5) == pytest.approx(2 / 32)
    assert sign_test(5, 0) == pytest.approx(2 / 32)
    assert sign_test(7, 7) == 1
    assert sign_test(0, 0) == 1


def test_the_sessions_needed_are_enough_in_four_of_five_trials():
    needed = sessions_needed(0.6, ties=0.5)
    random = np.random.default_rng(0)
    wins = random.binomial(needed // 2, 0.6, 1_000)
    found = np.mean([sign_test(needed // 2 - win, win) < 0.05 for win in wins.tolist()])
    assert found == pytest.approx(0.8, abs=0.05)
    assert sessions_needed(0.51) > 50 * sessions_needed(0.6)
    with pytest.raises(InputError):
        sessions_needed(0.5)
