from __future__ import annotations

import numpy as np
import pytest
from rank_world import PlainView, floats

from bowerbird.rank.by_meaning import TYPICAL_OF, attention, nearness, typical


def test_retrieval_s_signals_come_by_their_names_here_the_first_so_many():
    found = nearness({"terms": floats(1, 0.5, 0.2), "joint.photo": floats(0.3, 0.2, 0.1), "odd": floats(1, 1, 1)}, 2)
    assert {name: values.tolist() for name, values in found.items()} == {
        "terms": [1, 0.5],
        "look_of_words": pytest.approx([0.3, 0.2]),
    }


def test_of_several_photos_the_one_that_is_nearest_counts_for_each_product():
    found = nearness({"photo": floats(0.2, np.nan, np.nan), "photo 2": floats(0.5, 0.4, np.nan)}, 3)
    np.testing.assert_array_equal(found["look"], floats(0.5, 0.4, np.nan))


def test_the_product_nearest_in_meaning_takes_the_most_attention():
    found = attention(floats(0.5, 0.9, 0.5, np.nan))
    assert found[1] == 1 and found[0] == found[2] < 0.01 and found[3] < 1e-6
    assert attention(floats()).tolist() == []
    assert attention(floats(np.nan, np.nan)).tolist() == [1, 1]


def test_what_reads_like_the_other_answers_is_typical_and_what_does_not_is_not():
    view = PlainView(4, vectors=[(1, 0), (1, 0), (0, 1), None])
    found = typical(view, np.arange(4, dtype=np.int32))
    assert found[0] == found[1] > found[2] and np.isnan(found[3])
    assert found[0] == pytest.approx(2 / np.sqrt(5))


def test_only_the_first_answers_say_what_is_typical():
    view = PlainView(TYPICAL_OF + 50, vectors=[(1, 0)] * TYPICAL_OF + [(0, 1)] * 50)
    found = typical(view, np.arange(TYPICAL_OF + 50, dtype=np.int32))
    assert found[0] == pytest.approx(1) and found[-1] == pytest.approx(0)


@pytest.mark.parametrize("vectors", [[None, None], [(1, 0), (-1, 0)], ()])
def test_nothing_is_typical_where_texts_have_no_vectors_or_no_middle(vectors):
    assert typical(PlainView(2, vectors=vectors), np.arange(2, dtype=np.int32)) is None
