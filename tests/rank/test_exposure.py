"""Exposure by seller, over one ranking and many, and the floor under it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bowerbird.rank.exposure import ExposureLedger, ExposureSettings, examination, give_floor, measure_exposure

BIG, SMALL, UNKNOWN = 0, 1, -1


def shares(order: np.ndarray, sellers: np.ndarray, first: int) -> dict[int, float]:
    weights = examination(min(first, len(order)))
    shown = sellers[order[:first]]
    return {int(code): weights[shown == code].sum() / weights.sum() for code in np.unique(sellers)}


def world(sellers: list[int], step: float = 0.01) -> tuple[np.ndarray, np.ndarray]:
    scores = 1 - np.float32(step) * np.arange(len(sellers), dtype=np.float32)
    return scores, np.asarray(sellers, np.int32)


def test_the_first_place_is_worth_the_most() -> None:
    np.testing.assert_allclose(examination(3), [1, 1 / np.log2(3), 0.5])
    assert examination(0).shape == (0,)


def test_a_sellers_exposure_is_the_sum_over_its_places() -> None:
    found = measure_exposure(["ann", "bob", None, "ann"])
    assert found == pytest.approx({"ann": 1 + 1 / np.log2(5), "bob": 1 / np.log2(3)})
    assert measure_exposure(["ann", "bob"], first=1) == {"ann": 1.0}


def test_exposure_adds_up_over_searches() -> None:
    ledger = ExposureLedger()
    ledger.add(["ann", "bob"])
    ledger.add(["ann"])
    assert ledger.searches == 2
    assert ledger.exposure() == pytest.approx({"ann": 2, "bob": 1 / np.log2(3)})
    assert sum(ledger.shares().values()) == pytest.approx(1)
    assert next(iter(ledger.shares())) == "ann"


def test_an_empty_ledger_has_no_shares() -> None:
    assert ExposureLedger().shares() == {}


def test_a_ledger_keeps_the_most_seen_sellers_and_forgets_no_exposure() -> None:
    ledger = ExposureLedger(room=10)
    for number in range(200):
        ledger.add(["big", f"once {number}"])
    assert len(ledger.exposure()) <= 10
    assert ledger.exposure()["big"] == pytest.approx(200)
    assert ledger.shares()["big"] == pytest.approx(1 / (1 + 1 / np.log2(3)))


def test_a_ledger_counts_right_from_many_threads() -> None:
    ledger = ExposureLedger()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: ledger.add(["ann"]), range(400)))
    assert ledger.searches == 400
    assert ledger.exposure() == {"ann": 400.0}


def test_a_small_seller_just_below_the_page_is_moved_onto_it() -> None:
    scores, sellers = world([BIG] * 4 + [SMALL] + [BIG] * 3)
    raised = give_floor(scores, sellers, ExposureSettings(floor=0.15, first=4, tolerance=0.05))
    assert raised.order.tolist() == [0, 1, 2, 4, 3, 5, 6, 7]
    (move,) = raised.moves
    assert (move.candidate, move.seller, move.passed) == (4, SMALL, 3)
    assert move.loss == pytest.approx(0.01 / np.log2(5), abs=1e-6)


def test_it_goes_no_further_up_than_the_floor_needs() -> None:
    scores, sellers = world([BIG] * 4 + [SMALL])
    for floor, place in ((0.1, 3), (0.18, 2), (0.2, 1), (0.3, 0)):
        raised = give_floor(scores, sellers, ExposureSettings(floor=floor, first=4, tolerance=0.05))
        assert raised.order.tolist().index(4) == place


def test_what_is_much_worse_is_not_moved() -> None:
    scores, sellers = world([BIG] * 4 + [SMALL], step=0.1)
    raised = give_floor(scores, sellers, ExposureSettings(floor=0.1, first=4, tolerance=0.05))
    assert raised.order.tolist() == [0, 1, 2, 3, 4]
    assert raised.moves == ()


def test_where_tolerance_allows_part_of_the_way_it_goes_part_of_the_way() -> None:
    scores, sellers = world([BIG] * 4 + [SMALL])
    raised = give_floor(scores, sellers, ExposureSettings(floor=0.3, first=4, tolerance=0.02))
    assert raised.order.tolist() == [0, 1, 4, 2, 3]


def test_without_a_floor_nothing_moves() -> None:
    scores, sellers = world([BIG] * 4 + [SMALL])
    assert give_floor(scores, sellers, ExposureSettings()).order.tolist() == [0, 1, 2, 3, 4]


def test_a_seller_that_has_its_share_is_left_alone() -> None:
    scores, sellers = world([BIG, SMALL, BIG, SMALL])
    assert give_floor(scores, sellers, ExposureSettings(floor=0.3, first=4)).moves == ()


def test_an_unknown_seller_is_owed_nothing() -> None:
    scores, sellers = world([BIG] * 4 + [UNKNOWN])
    assert give_floor(scores, sellers, ExposureSettings(floor=0.2, first=4)).moves == ()


def test_the_cheapest_of_two_sellers_moves_first() -> None:
    scores, sellers = world([BIG] * 6 + [5, 9])
    raised = give_floor(scores, sellers, ExposureSettings(floor=0.08, first=6, tolerance=0.1))
    assert [move.seller for move in raised.moves] == [5, 9]
    assert min(shares(raised.order, sellers, 6).values()) >= 0.08


def test_a_small_seller_that_stands_last_on_the_page_does_not_pay_for_another() -> None:
    scores, sellers = world([BIG] * 5 + [5, 9])
    raised = give_floor(scores, sellers, ExposureSettings(floor=0.1, first=6, tolerance=0.1))
    assert raised.order.tolist() == [0, 1, 2, 3, 6, 5, 4]


def test_pinned_places_stay() -> None:
    scores, sellers = world([BIG] * 4 + [SMALL])
    pinned = np.asarray([False, False, False, True, False])
    raised = give_floor(scores, sellers, ExposureSettings(floor=0.1, first=4), pinned)
    assert raised.order.tolist() == [0, 1, 4, 3, 2]


def test_no_candidates_give_no_order() -> None:
    scores, sellers = world([])
    assert give_floor(scores, sellers, ExposureSettings(floor=0.1)).order.tolist() == []


worlds = st.integers(1, 40).flatmap(
    lambda n: st.fixed_dictionaries(
        {
            "sellers": st.lists(st.integers(-1, 5).map(lambda code: code * 1_000 if code > 0 else code),
                                min_size=n, max_size=n),
            "scores": st.lists(st.floats(0, 1, width=32), min_size=n, max_size=n).map(lambda s: sorted(s)[::-1]),
            "pinned": st.lists(st.booleans(), min_size=n, max_size=n),
            "floor": st.sampled_from([0.05, 0.1, 0.3, 0.9]),
            "first": st.integers(1, 12),
            "tolerance": st.sampled_from([0.0, 0.05, 0.5]),
        }
    )
)  # fmt: skip


@given(worlds)
def test_a_floor_orders_every_candidate_once_and_moves_only_what_is_nearly_as_good(world: dict) -> None:
    scores, sellers = np.asarray(world["scores"], np.float32), np.asarray(world["sellers"], np.int32)
    pinned = np.asarray(world["pinned"], bool)
    settings = ExposureSettings(world["floor"], world["first"], world["tolerance"])
    raised = give_floor(scores, sellers, settings, pinned)
    assert sorted(raised.order.tolist()) == list(range(len(scores)))
    np.testing.assert_array_equal(raised.order[pinned], np.flatnonzero(pinned))
    for move in raised.moves:
        assert scores[move.passed] - scores[move.candidate] <= settings.tolerance + 1e-6
        assert sellers[move.candidate] == move.seller != UNKNOWN
    moved = {move.candidate for move in raised.moves}
    assert len(moved) == len(raised.moves)
    for seller in np.unique(sellers):
        kept = [one for one in raised.order if sellers[one] == seller and one not in moved and not pinned[one]]
        assert kept == sorted(kept)


@given(worlds)
def test_a_floor_never_leaves_sellers_further_from_what_they_are_owed(world: dict) -> None:
    scores, sellers = np.asarray(world["scores"], np.float32), np.asarray(world["sellers"], np.int32)
    raised = give_floor(scores, sellers, ExposureSettings(world["floor"], world["first"], world["tolerance"]))

    def missing(order: np.ndarray) -> float:
        found = shares(order, sellers, world["first"])
        return sum(max(0.0, world["floor"] - share) for code, share in found.items() if code != UNKNOWN)

    before, after = missing(np.arange(len(scores))), missing(raised.order)
    assert after <= before + 1e-9
    assert not raised.moves or after < before


@given(worlds)
def test_the_loss_told_is_the_loss_made(world: dict) -> None:
    scores, sellers = np.asarray(world["scores"], np.float32), np.asarray(world["sellers"], np.int32)
    raised = give_floor(scores, sellers, ExposureSettings(world["floor"], world["first"], world["tolerance"]))
    weights = examination(min(world["first"], len(scores)))

    def worth(order: np.ndarray) -> float:
        return float((weights * scores[order[: len(weights)]]).sum())

    lost = worth(np.arange(len(scores))) - worth(raised.order)
    assert lost == pytest.approx(sum(move.loss for move in raised.moves), abs=1e-5)
