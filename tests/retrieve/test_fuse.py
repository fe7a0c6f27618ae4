import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bowerbird.domain.ports import Matches
from bowerbird.retrieve.by_vectors import VectorSettings, find_nearest
from bowerbird.retrieve.fuse import find_sorted, first_present, rank, reciprocal_ranks, weigh
from bowerbird.retrieve.parts import TermLeg

NAN = float("nan")


def column(*values):
    return np.array(values, np.float32)


values = st.lists(st.floats(0, 1, width=32), min_size=3, max_size=3)


def test_the_weighted_mean_is_over_what_a_product_has():
    found = weigh([column(1, 0.5, NAN), column(0, NAN, NAN)], [1, 3])
    assert found.tolist() == pytest.approx([0.25, 0.5, 0])


@given(values, values, st.floats(0.1, 5), st.floats(0.1, 5))
def test_a_mean_lies_between_its_signals(first, second, one, other):
    found = weigh([column(*first), column(*second)], [one, other])
    assert (found >= np.minimum(column(*first), column(*second)) - 1e-5).all()
    assert (found <= np.maximum(column(*first), column(*second)) + 1e-5).all()


@given(values, st.floats(0.1, 10))
def test_weights_count_only_in_proportion(first, factor):
    signals = [column(*first), column(0.2, 0.4, NAN)]
    assert weigh(signals, [1, 2]) == pytest.approx(weigh(signals, [factor, 2 * factor]), abs=1e-5)


def test_the_first_signal_present_is_taken():
    assert first_present([column(1, NAN), column(2, 3)]).tolist() == [1, 3]


def test_equal_scores_go_newest_first():
    assert rank(column(0.5, 0.9, 0.5), np.array([1, 2, 3])).tolist() == [1, 2, 0]
    assert rank(column(0.5, 0.5000001), np.array([2, 1])).tolist() == [0, 1]


def test_places_are_found_in_sorted_documents():
    assert find_sorted(np.array([2, 5, 9], np.int32), np.array([9, 1, 5, 10], np.int32)).tolist() == [2, -1, 1, -1]
    assert find_sorted(np.empty(0, np.int32), np.array([1], np.int32)).tolist() == [-1]


def test_reciprocal_ranks_add_up_over_rankings():
    rankings = [np.array([5, 2], np.int32), np.array([2], np.int32)]
    found = reciprocal_ranks(rankings, np.array([2, 5], np.int32))
    assert found.tolist() == pytest.approx([1 / 62 + 1 / 61, 1 / 61])


@given(st.floats(0.01, 100))
def test_a_terms_signal_does_not_depend_on_the_unit_of_its_scores(factor):
    scores = column(4, 2, 1)
    documents = np.array([3, 1, 2], np.int32)
    plain = TermLeg.make(Matches(documents, scores, 3), 1.0).read(documents).scaled
    scaled = TermLeg.make(Matches(documents, scores * np.float32(factor), 3), 1.0).read(documents).scaled
    assert scaled == pytest.approx(plain, rel=1e-5)


@given(st.floats(0.05, 20), st.floats(-3, 3))
def test_a_vector_signal_does_not_depend_on_scale_or_offset_of_its_space(factor, offset):
    rng = np.random.default_rng(0)
    plain = rng.normal(size=200).astype(np.float32)

    class Line:
        """Each document is a number, and so is the query."""

        def __init__(self, values):
            self.values = values

        def select(self, condition):
            return type("All", (), {"mask": np.ones(200, bool)})

        def vectors_of(self, vector_field, document):
            return self.values[document : document + 1, None]

        def nearest(self, vector_field, vector, limit, within=None):
            order = np.argsort(-self.values)[:limit].astype(np.int32)
            return Matches(order, self.values[order], 200)

    def scaled(values):
        leg = find_nearest(Line(values), "text", "text", column(1.0), None, VectorSettings())
        return leg.scaled(leg.matches.scores[:50])

    moved = (plain * np.float32(factor) + np.float32(offset)).astype(np.float32)
    assert scaled(moved) == pytest.approx(scaled(plain), abs=2e-3)
