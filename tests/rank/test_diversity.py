"""Variety among the first places: maximal marginal relevance, caps, and pinned places that stay."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bowerbird.rank.diversity import Cap, DiversitySettings, cap, diversify

UNKNOWN = -1


def unit(rows: list[list[float]]) -> np.ndarray:
    array = np.asarray(rows, np.float32)
    return array / np.linalg.norm(array, axis=1, keepdims=True)


def codes(*values: int) -> np.ndarray:
    return np.asarray(values, np.int32)


def floats(*values: float) -> np.ndarray:
    return np.asarray(values, np.float32)


def mask(count: int, *positions: int) -> np.ndarray:
    pinned = np.zeros(count, bool)
    pinned[list(positions)] = True
    return pinned


TWINS = unit([[1, 0], [1, 0.01], [0, 1]])


def test_a_twin_of_what_is_shown_comes_after_something_else() -> None:
    assert diversify(floats(0.9, 0.89, 0.7), TWINS).tolist() == [0, 2, 1]


def test_a_twin_that_is_better_by_far_keeps_its_place() -> None:
    scores, settings = floats(0.9, 0.89, 0.1), DiversitySettings(relevance=0.8)
    assert diversify(scores, TWINS, settings=settings).tolist() == [0, 1, 2]


def test_without_variety_the_order_stays_whatever_the_scores_say() -> None:
    settings = DiversitySettings(relevance=1.0)
    assert diversify(floats(0.2, 0.9, 0.5), TWINS, settings=settings).tolist() == [0, 1, 2]


def test_only_the_first_places_are_chosen_for_variety() -> None:
    settings = DiversitySettings(first=1)
    assert diversify(floats(0.9, 0.89, 0.7), TWINS, settings=settings).tolist() == [0, 1, 2]


def test_a_candidate_without_a_vector_is_like_nothing() -> None:
    vectors = TWINS.copy()
    vectors[1] = np.nan
    assert diversify(floats(0.9, 0.89, 0.7), vectors).tolist() == [0, 1, 2]


def test_candidates_without_vectors_keep_their_order() -> None:
    assert diversify(floats(0.9, 0.8, 0.7)).tolist() == [0, 1, 2]


def test_a_brand_over_its_cap_goes_down_in_its_order() -> None:
    brands = codes(7, 7, 7, 3, 7, 4)
    assert cap([Cap(brands, most=2, first=4)], 6).tolist() == [0, 1, 3, 5, 2, 4]


def test_an_unknown_brand_is_never_capped() -> None:
    assert cap([Cap(codes(*[UNKNOWN] * 4), most=1, first=4)], 4).tolist() == [0, 1, 2, 3]


def test_where_caps_leave_none_they_give_way_and_nothing_is_dropped() -> None:
    assert cap([Cap(codes(1, 1, 1, 2), most=1, first=4)], 4).tolist() == [0, 3, 1, 2]


def test_several_caps_hold_together_each_over_its_own_places() -> None:
    brands, sellers = codes(1, 1, 2, 2, 3), codes(5, 6, 5, 6, 6)
    caps = [Cap(brands, most=1, first=3), Cap(sellers, most=1, first=2)]
    assert cap(caps, 5).tolist() == [0, 3, 4, 1, 2]


def test_a_cap_of_none_keeps_a_brand_out_of_the_first_places() -> None:
    assert cap([Cap(codes(1, UNKNOWN, UNKNOWN), most=0, first=2)], 3).tolist() == [1, 2, 0]


def test_a_pinned_place_stays_and_counts_against_its_cap() -> None:
    brands = codes(1, 2, 1, 3)
    assert cap([Cap(brands, most=1, first=4)], 4, mask(4, 2)).tolist() == [1, 3, 2, 0]


def test_a_pinned_product_pushes_its_twin_down_although_it_stands_below() -> None:
    order = diversify(floats(0.9, 0.8, 0.1), unit([[1, 0], [0, 1], [1, 0]]), pinned=mask(3, 2))
    assert order.tolist() == [1, 0, 2]


def test_variety_and_caps_are_chosen_together() -> None:
    vectors = unit([[1, 0, 0], [0, 1, 0], [0, 0, 1]])
    order = diversify(floats(0.9, 0.8, 0.7), vectors, [Cap(codes(1, 1, 2), most=1, first=2)])
    assert order.tolist() == [0, 2, 1]


def test_no_candidates_give_no_order() -> None:
    assert diversify(floats(), np.zeros((0, 4), np.float32)).tolist() == []
    assert cap([], 0).tolist() == []


worlds = st.integers(0, 25).flatmap(
    lambda n: st.fixed_dictionaries(
        {
            "seed": st.integers(0, 9_999),
            "count": st.just(n),
            "brands": st.lists(st.integers(-1, 3), min_size=n, max_size=n),
            "pinned": st.lists(st.booleans(), min_size=n, max_size=n),
            "most": st.integers(0, 3),
            "places": st.integers(0, 30),
            "first": st.integers(0, 30),
            "relevance": st.sampled_from([0.3, 0.7, 1.0]),
        }
    )
)


@given(worlds)
def test_every_candidate_is_ordered_once_and_pinned_ones_stay(world: dict) -> None:
    order, pinned = _diversified(world)
    assert sorted(order.tolist()) == list(range(world["count"]))
    np.testing.assert_array_equal(order[pinned], np.flatnonzero(pinned))


@given(worlds)
def test_no_brand_stands_oftener_than_its_cap_while_another_could_have_stood_there(world: dict) -> None:
    order, pinned = _diversified(world)
    brands, places = codes(*world["brands"]), min(world["places"], world["count"])
    for place in np.flatnonzero(~pinned[:places]):
        shown = [*order[:place], *np.flatnonzero(pinned[:places] & (np.arange(places) > place))]

        def fits(candidate: int, shown: list[int] = shown) -> bool:
            brand = brands[candidate]
            return brand == UNKNOWN or np.count_nonzero(brands[shown] == brand) < world["most"]

        later = [candidate for candidate in order[place:] if not pinned[candidate]]
        assert fits(order[place]) or not any(map(fits, later))


@given(worlds)
def test_each_place_goes_to_the_largest_marginal_relevance(world: dict) -> None:
    world = world | {"pinned": [False] * world["count"], "most": 100, "relevance": 0.7}
    order, _ = _diversified(world)
    scores, vectors = _candidates(world)
    rows = np.nan_to_num(vectors).astype(float)
    for place in range(min(world["first"], world["count"])):
        shown, left = order[:place], order[place:]
        likeness = np.maximum((rows[left] @ rows[shown].T).max(axis=1, initial=0), 0)
        values = 0.7 * scores[left] - 0.3 * likeness
        assert values[0] >= values.max() - 1e-5


def _candidates(world: dict) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(world["seed"])
    vectors = random.standard_normal((world["count"], 5)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors[random.random(world["count"]) < 0.2] = np.nan
    return np.sort(random.random(world["count"]).astype(np.float32))[::-1].copy(), vectors


def _diversified(world: dict) -> tuple[np.ndarray, np.ndarray]:
    scores, vectors = _candidates(world)
    pinned = np.asarray(world["pinned"], bool)
    caps = [Cap(codes(*world["brands"]), most=world["most"], first=world["places"])]
    settings = DiversitySettings(first=world["first"], relevance=world["relevance"])
    return diversify(scores, vectors, caps, settings, pinned), pinned
