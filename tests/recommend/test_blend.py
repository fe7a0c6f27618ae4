from __future__ import annotations

import numpy as np
import pytest

from bowerbird.domain.errors import ArtefactError
from bowerbird.domain.recommendation import Surface, WhyKind
from bowerbird.recommend.blend import RULES, SOURCES, Mixer, blend, place_values
from bowerbird.recommend.source_list import SourceList, join


def listed(source, *documents, strengths=None, anchors=None):
    found = np.array(documents, np.int32)
    worth = None if strengths is None else np.array(strengths, np.float32)
    return SourceList(source, WhyKind.POPULAR, found, np.linspace(1, 0.5, len(found), dtype=np.float32), anchors, worth)


def test_what_two_sources_like_comes_before_what_one_likes():
    found = blend([listed("alike", 1, 2, 3), listed("popular", 4, 3)], {"alike": 1.0, "popular": 1.0})
    assert found.documents[0] == 3
    assert found.scores[0] == 1
    assert sorted(found.documents.tolist()) == [1, 2, 3, 4]


def test_weights_decide_between_sources():
    lists = [listed("alike", 1), listed("popular", 2)]
    assert blend(lists, {"alike": 1.0, "popular": 0.5}).documents.tolist() == [1, 2]
    assert blend(lists, {"alike": 0.1, "popular": 0.5}).documents.tolist() == [2, 1]


def test_several_lists_of_one_source_count_once():
    lists = [listed("taste", 1), listed("taste", 1), listed("popular", 2)]
    assert blend(lists, {"taste": 0.6, "popular": 1.0}).documents.tolist() == [2, 1]


def test_it_is_told_which_list_speaks_most_for_each():
    lists = [listed("alike", 5, 9), listed("popular", 9, 7, 5)]
    found = blend(lists, {"alike": 1.0, "popular": 0.5})
    for document, number in zip(found.documents, found.lists, strict=True):
        assert document in lists[number].documents
    assert found.lists[found.documents.tolist().index(5)] == 0
    assert found.lists[found.documents.tolist().index(7)] == 1


def test_what_is_worth_less_than_its_place_counts_less():
    documents, values = place_values([listed("alike", 1, 2, strengths=(1.0, 0.1))])
    assert documents.tolist() == [1, 2]
    assert values[:, 0].tolist() == pytest.approx([1.0, 0.1 * 10 / 11])


def test_nothing_found_is_nothing_blended():
    assert len(blend([], {}).documents) == 0
    assert len(blend([listed("alike")], {"alike": 1.0}).documents) == 0


def test_neighbours_of_several_products_add_up_and_name_the_strongest():
    documents, anchors = (np.array(numbers, np.int32) for numbers in ((1, 2, 2, 3), (10, 10, 20, 20)))
    scores = np.array([0.5, 0.2, 0.4, 0.1], np.float32)
    found = join("bought_with", WhyKind.BOUGHT_WITH, documents, scores, anchors, 10)
    assert found.documents.tolist() == [2, 1, 3]
    assert found.scores.tolist() == pytest.approx([0.6, 0.5, 0.1])
    assert found.anchors.tolist() == [20, 10, 20]
    assert found.strengths.tolist() == pytest.approx([1.0, 0.5 / 0.6, 0.1 / 0.6])


def test_a_mixer_comes_back_as_it_was_and_goes_by_rule_where_nothing_was_learned():
    mixer = Mixer({Surface.FOR_YOU: {"sequence": 2.0, "popular": 0.1}}, {"events": 12})
    again = Mixer.read(mixer.to_record())
    assert again == mixer
    assert again.weights(Surface.FOR_YOU) == {"sequence": 2.0, "popular": 0.1}
    assert again.weights(Surface.SIMILAR) == RULES[Surface.SIMILAR]


@pytest.mark.parametrize(
    "record",
    [
        None,
        [],
        {"version": 2, "surfaces": {}},
        {"version": 1, "surfaces": {"nowhere": {}}},
        {"version": 1, "surfaces": {"for-you": {"sequence": -1}}},
        {"version": 1, "surfaces": {"for-you": {"sequence": float("nan")}}},
    ],
)
def test_a_damaged_mixer_is_refused(record):
    with pytest.raises(ArtefactError, match="mixer"):
        Mixer.read(record)


def test_rules_weigh_known_sources_only():
    assert {source for weights in RULES.values() for source in weights} <= set(SOURCES)
