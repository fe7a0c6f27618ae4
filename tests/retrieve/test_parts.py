import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bowerbird.domain.ports import Matches
from bowerbird.retrieve.by_vectors import VectorLeg
from bowerbird.retrieve.flow import RetrieveSettings, add_tail, fuse_parts
from bowerbird.retrieve.ordering import put_in_order
from bowerbird.retrieve.parts import AGAIN, Signal, TermLeg, Wording, WordsPart

DOCUMENTS = np.arange(4, dtype=np.int32)


def column(*values):
    return np.array(values, np.float32)


def ids(*values):
    return np.array(values, np.int32)


def terms(scores, whole=(), weight=0.6, name="terms"):
    """A leg of documents with BM25 scores, the best first."""
    ranked = sorted(scores, key=lambda document: -scores[document])
    matches = Matches(ids(*ranked), column(*(scores[one] for one in ranked)), len(ranked))
    return TermLeg.make(matches, weight, ids(*whole), name)


def vector(name="text", near=(0,)):
    matches = Matches(ids(*near), column(*([1.0] * len(near))), len(near))
    return VectorLeg(name, "text", column(1, 0), matches, 0.0, 1.0)


def signal(*values):
    return Signal(column(*values), column(*values))


def test_a_wording_counts_by_the_weighted_mean_of_its_legs():
    wording = Wording(1.0, terms({0: 4, 1: 2}), ((vector(), 0.4),))
    found = wording.score({"terms": signal(1, 0.5, 0, 0), "text": signal(0, 1, np.nan, 0.5)})
    assert found.tolist() == pytest.approx([0.6, 0.7, 0, 0.2])


def test_a_weaker_wording_counts_less_by_its_strength():
    legs = terms({0: 4, 1: 2}), ((vector(), 0.4),)
    signals = {"terms": signal(1, 0.5, 0, 0), "text": signal(0, 1, 1, 0.5)}
    assert Wording(0.5, *legs).score(signals) == pytest.approx(0.5 * Wording(1.0, *legs).score(signals))


def test_a_wording_without_terms_counts_by_its_vectors(view_of):
    view = view_of("red shoe", "bag")
    wording = Wording(1.0, None, ((vector(), 0.4),))
    assert wording.score({"text": signal(1, 0.25, 0, 0)}).tolist() == [1, 0.25, 0, 0]
    assert wording.score_terms_alone(column(3, 2)).tolist() == [0, 0]
    assert Wording(1.0, terms({0: 2}), ()).read(view, ids(0, 1)).keys() == {"terms"}


def test_terms_alone_score_at_most_what_the_whole_would():
    wording = Wording(0.5, terms({0: 4, 1: 2}), ((vector(), 0.4),))
    assert wording.score_terms_alone(column(4, 2)).tolist() == pytest.approx([0.3, 0.15])


def test_beside_photos_what_holds_all_the_words_counts_at_least_so_much():
    wording = Wording(1.0, terms({0: 4, 1: 2}, whole=(0,)), ())
    signals = {"terms": signal(0.2, 1, 0, 0)}
    assert wording.score_beside_photos(signals, DOCUMENTS, 0.7).tolist() == pytest.approx([0.76, 0.3, 0, 0])
    none_whole = Wording(1.0, terms({0: 4, 1: 2}), ())
    assert none_whole.score_beside_photos(signals, DOCUMENTS, 0.7) == pytest.approx(none_whole.score(signals))


def test_a_weaker_wording_is_weaker_beside_photos_too():
    def scored(strength):
        wording = Wording(strength, terms({0: 4}, whole=(0,)), ())
        return wording.score_beside_photos({"terms": signal(1, 0, 0, 0)}, DOCUMENTS, 0.7)[0]

    assert scored(0.5) == pytest.approx(0.5 * scored(1.0))


@pytest.fixture
def two():
    """Words typed, and a weaker wording of them."""
    first = Wording(1.0, terms({0: 4, 1: 2}), ((vector(), 0.4),))
    second = Wording(0.5, terms({2: 9}, name=f"terms{AGAIN}2"), ((vector(f"text{AGAIN}2", near=(2,)), 0.4),))
    return WordsPart(1.0, (first, second))


def test_a_product_counts_by_the_wording_that_speaks_best_for_it(two):
    signals = {
        "terms": signal(1, 0.5, 0, 0),
        "text": signal(1, 0.5, 0, 0),
        f"terms{AGAIN}2": signal(0, 0, 1, 0),
        f"text{AGAIN}2": signal(1, 1, 1, 0),
    }
    assert two.score(signals).tolist() == pytest.approx([1, 0.5, 0.5, 0])


def test_words_have_the_legs_of_all_their_wordings(two):
    assert [leg.name for leg, _ in two.legs] == ["text", f"text{AGAIN}2"]
    assert [leg.name for leg in two.terms] == ["terms", f"terms{AGAIN}2"]
    assert two.found


def test_a_wording_that_found_nothing_takes_no_part():
    first, empty = Wording(0.5, terms({0: 4}), ()), Wording(1.0, None, ())
    part = WordsPart(1.0, (first, empty))
    signals = {"terms": signal(1, 0, 0, 0)}
    assert part.found
    assert part.score(signals).tolist() == [0.5, 0, 0, 0]
    assert part.score_beside_photos(signals, DOCUMENTS, 0.7).tolist() == [0.5, 0, 0, 0]
    assert not WordsPart(1.0, (empty, empty)).found


def test_every_leg_of_every_wording_is_read(two, view_of):
    view = view_of("red shoe", "blue shoe", "bag", "lamp")
    for thing in view.things:
        thing.vectors["text"] = column(1, 0)[None]
    assert two.read(view, DOCUMENTS).keys() == {"terms", "text", f"terms{AGAIN}2", f"text{AGAIN}2"}


def test_past_the_pool_a_product_has_the_score_of_the_heaviest_wording_that_brought_it(two):
    documents, scores = add_tail([two], ids(0), column(0.9))
    assert documents.tolist() == [0, 1, 2]
    assert scores.tolist() == pytest.approx([0.9, 0.3, 0.3])


def test_past_the_pool_each_product_stands_once():
    both = WordsPart(1.0, (Wording(1.0, terms({3: 4, 1: 2}), ()), Wording(0.5, terms({1: 9, 3: 5, 2: 1}), ())))
    documents, scores = add_tail([both], ids(), column())
    assert documents.tolist() == [3, 1, 2]
    assert scores.tolist() == pytest.approx([1, 0.5, 0.5 / 9])


def test_words_beside_another_part_share_the_score(two):
    photo = WordsPart(1.0, (Wording(1.0, None, ((vector("photo"), 1.0),)),))
    words = WordsPart(3.0, two.wordings[:1])
    signals = [{"terms": signal(1, 0, 0, 0), "text": signal(1, 0, 0, 0)}, {"photo": signal(0, 1, 0, 0)}]
    assert fuse_parts([words, photo], signals, DOCUMENTS, RetrieveSettings()).tolist() == [0.75, 0.25, 0, 0]


def test_candidates_tell_the_better_of_the_wordings_signals_by_one_name(two, view_of):
    view = view_of("a", "b", "c", "d")
    signals = {
        "terms": signal(4, 2, 0, 0),
        "text": signal(0.5, np.nan, 0.1, 0),
        f"terms{AGAIN}2": signal(0, 0, 9, 0),
        f"text{AGAIN}2": signal(np.nan, np.nan, 0.4, 0.2),
    }
    found = put_in_order(view, [two], DOCUMENTS, DOCUMENTS, column(0.4, 0.3, 0.2, 0.1), [signals])
    assert set(found.signals) == {"terms", "text"}
    assert found.signals["terms"].tolist() == [4, 2, 9, 0]
    assert found.signals_at(1) == {"terms": 2.0}
    assert found.signals["text"].tolist()[2:] == pytest.approx([0.4, 0.2])


scaled = st.lists(st.floats(0, 1, width=32), min_size=4, max_size=4)


@given(scaled, scaled, st.floats(0, 1, width=32))
def test_another_wording_takes_nothing_away(first, second, strength):
    one = Wording(1.0, terms({0: 1.0}), ())
    other = Wording(strength, terms({0: 1.0}, name="terms@2"), ())
    signals = {"terms": signal(*first), "terms@2": signal(*second)}
    both = WordsPart(1.0, (one, other)).score(signals)
    assert (both >= WordsPart(1.0, (one,)).score(signals)).all()
    assert (both <= 1).all()
